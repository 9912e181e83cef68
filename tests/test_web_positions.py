"""What accounts hold, as the pages put it: what is agreed, whose latest word and figure stands in front, what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import small
from small import Said, Telling
from standoff.model import Question
from standoff.store import Store, open_store
from standoff.web.app import create_app

OURS = "http://127.0.0.1"
FIRST, SECOND, THIRD = date(2017, 10, 9), date(2017, 10, 14), date(2017, 10, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "small.db") as opened:
        yield opened


@contextmanager
def asking(store: Store) -> Iterator[TestClient]:
    yield TestClient(create_app(store), base_url=OURS)


def words(page: str) -> str:
    """A page's text, without what stands in its head and its tags."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


# -- what is agreed --------------------------------------------------------------------------------------------------

KILLED = "How many people were killed? (Raid on Amdjena, 9 October 2017)"


@pytest.mark.parametrize(
    ("said", "answers", "agreed"),
    [
        pytest.param(
            [Said("a", FIRST, "Four died, Khartoum said.", "SDN", number=4), Said("b", FIRST, "Four died, Chad said.", "TCD", number=4)],
            [("SDN", "4", [0]), ("TCD", "4", [1])],
            "Sudan, Chad",
            id="two sides say it",
        ),
        pytest.param(
            [Said("a", FIRST, "Four died, Chad said.", "TCD", number=4), Said("b", FIRST, "Four people died in the raid.", number=4, outlet="Chad Telegraph")],
            [("TCD", "4", [0]), ("Chad Telegraph", "4", [1])],
            "",
            id="a side and its own paper",
        ),
        pytest.param(
            [Said("a", FIRST, "Four died, Chad said.", "TCD", number=4), Said("b", FIRST, "Four died, the radio said.", "TCD-MED", number=4)],
            [("TCD", "4", [0]), ("TCD-MED", "4", [1])],
            "",
            id="a side and its own radio",
        ),
        pytest.param(
            [Said("a", FIRST, "Four died, Khartoum said.", "SDN", number=4),
             Said("b", FIRST, "The story of four dead was a bluff of the raiders, Chad said.", "TCD", "four dead", number=4)],
            [("SDN", "4", [0]), ("TCD", "4", [1])],
            "",
            id="one calls it a bluff",
        ),
        pytest.param(
            [Said("a", FIRST, "Nobody died, Khartoum said.", "SDN", number=0), Said("b", FIRST, "Nobody died, Chad said.", "TCD", number=0)],
            [("SDN", "none", [0]), ("TCD", "none", [1])],
            "",
            id="two that say none",
        ),
    ],
)  # fmt: skip
def test_agreed_is_what_two_named_sides_say_and_nobody_calls_false(
    store: Store, said: list[Said], answers: list[tuple[str, str, list[int]]], agreed: str
) -> None:
    small.fill(store, "Raid on Amdjena, 9 October 2017", said, [Telling(Question.HOW_MANY, KILLED, answers)])
    with asking(store) as pages:
        found = re.findall(r'<section aria-labelledby="agreed">.*?</section>', pages.get("/").text, re.DOTALL)
        told = pages.get("/brief.md").text
    assert bool(found) is bool(agreed)
    assert ("## Agreed" in told) is bool(agreed)
    if agreed:
        assert agreed in words(f"<main{found[0]}</main>")
