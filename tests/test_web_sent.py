"""The page of one incident that is sent or printed: it says what the incident's page says, in words that anybody reads."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import small
from browser import browsing, chromium, served
from small import Said, Telling
from standoff.model import Question
from standoff.store import open_store
from standoff.web.app import create_app

DAY, LATER = date(2017, 10, 9), date(2017, 10, 14)
SAID = [
    Said("a", DAY, "Fourteen died, Chad said.", "TCD", number=14, outlet="Doha Gazette"),
    Said("b", LATER, "Six died, Sudan said.", "SDN", number=6, outlet="Nile Post"),
    Said("c", DAY, "Fourteen people were killed.", number=14, outlet="Harraz Courier"),
    Said("d", LATER, "The dead are fourteen.", number=14, outlet="Lake Post"),
    Said("e", LATER, "Twenty-one were killed.", number=21, outlet="Casualty Desk"),
]
ANSWERS = [
    ("TCD", "14", [0]),
    ("SDN", "6", [1]),
    ("Harraz Courier", "14", [2]),
    ("Lake Post", "14", [3]),
    ("Casualty Desk", "21", [4]),
]
KILLED = Telling(
    Question.HOW_MANY,
    "How many people were killed? (Raid on Amdjena, 9 October 2017)",
    ANSWERS,
    True,
    "killed people TCD this",
)


@pytest.fixture
def sent(tmp_path: Path) -> str:
    """The page of a raid that two sides and three outlets tell of."""
    with open_store(tmp_path / "small.db") as store:
        made = small.fill(store, "Raid on Amdjena, 9 October 2017", SAID, [KILLED])
        client = TestClient(create_app(store), base_url="http://127.0.0.1")
        return client.get(f"/incidents/{made.incidents[0].id}/accounts.html").text


def plain(page: str) -> str:
    body = page[page.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_it_has_the_incidents_headline_and_where_its_words_are_from(sent: str) -> None:
    assert "<h1><bdi>Raid on Amdjena, 9 October 2017</bdi></h1>" in sent
    assert "<title>Raid on Amdjena, 9 October 2017</title>" in sent
    assert "5 claims in 5 reports from 5 outlets" in sent


def test_it_asks_what_the_page_asks_and_folds_outlets_that_say_the_same(sent: str) -> None:
    assert "How many people were killed? They differ: 6, 14 and 21" in plain(sent)
    assert re.search(r"3 outlets in their own words</bdi></th>", sent)
    assert "Harraz Courier, Lake Post" in sent
    assert sent.count('<th scope="col"><bdi>') == 3


def test_every_quotation_has_its_outlet_and_its_day(sent: str) -> None:
    assert "Chad : “Fourteen died, Chad said.” Doha Gazette , 9 October 2017" in plain(sent)
    assert "Casualty Desk , in its own words: “Twenty-one were killed.” Casualty Desk , 14 October 2017" in plain(sent)


def test_it_has_no_inside_word(sent: str) -> None:
    inside = r"\b(?:assault|graded|ucdp|SDN|TCD|incident=|voices?|origins?|text [0-9a-f]{6}|\d{4}-\d\d-\d\d)\b"
    assert not re.search(inside, plain(sent), re.IGNORECASE)
    assert "<code" not in sent


COPY = "The ministry of Amdjena said on Monday that ten jets had bombed the market and the harbour of the town."


def test_a_copy_shows_which_passage_it_left_out_and_no_difference_of_space(tmp_path: Path) -> None:
    said = [
        Said("a", DAY, f"{COPY} Chad says that it has shot down ten of them.", outlet="Lake Wire"),
        Said("b", DAY, COPY.replace(" that ", "\n"), outlet="Baltic Courier"),
    ]
    with open_store(tmp_path / "small.db") as store:
        small.fill(store, "Raid on Amdjena, 9 October 2017", said)
        page = TestClient(create_app(store), base_url="http://127.0.0.1").get("/copies?a=a&b=b").text
    assert "Only in Lake Wire" in plain(page)
    assert "“ Chad says that it has shot down ten of them. ”" in plain(page)
    assert '<mark class="whole"> Chad says' in page
    assert re.findall(r"<mark>([^<]*)</mark>", page) == [" that"]


@pytest.mark.skipif(chromium() is None, reason="no Chromium here")
def test_what_is_printed_has_what_stands_in_folds(tmp_path: Path) -> None:
    import pypdf

    with open_store(tmp_path / "small.db") as store:
        made = small.fill(store, "Raid on Amdjena, 9 October 2017", SAID, [KILLED])
        with served(store) as address, browsing() as context:
            page = context.new_page()
            page.goto(f"{address}/incidents/{made.incidents[0].id}")
            printed = pypdf.PdfReader(io.BytesIO(page.pdf()))
            assert page.locator("main details[open]").count() == 0, "as it was"
    text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "Six died, Sudan said." in text
    assert "Lake Post" in text


@pytest.mark.skipif(chromium() is None, reason="no Chromium here")
def test_it_opens_with_its_style_and_takes_the_window_of_a_phone(sent: str, tmp_path: Path) -> None:
    path = tmp_path / "sent.html"
    path.write_text(sent, encoding="utf-8")
    with browsing(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.on("console", lambda message: pytest.fail(message.text))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("getComputedStyle(document.querySelector('sup a')).color") != "rgb(0, 0, 238)"
