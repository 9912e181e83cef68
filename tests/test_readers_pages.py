"""A report that a page gives to a language model which is broken, slow, refusing or in a hurry: said plainly, and nothing is lost."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import desk
import recorded
from browser import browsing, chromium, served
from conftest import document
from endpoint import KEY, Endpoint, Play, answers, broken, says, slow
from standoff.readers.choice import choose
from standoff.settings import load
from standoff.store import open_store
from standoff.web.app import create_app

OURS = "http://127.0.0.1"
TEXT = (recorded.REPORTS / "market-blast" / "text.txt").read_text(encoding="utf-8")
OTHER = (recorded.REPORTS / "jet-down" / "text.txt").read_text(encoding="utf-8")


HASTE = {"tries": 1, "seconds": 20}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    with desk.opened(tmp_path, monkeypatch, **HASTE) as found:
        yield found


def run(*arguments: str, code: int = 0) -> str:
    return desk.run(*arguments, code=code).output


def finished(client: TestClient) -> str:
    for _ in range(600):
        page = client.get("/add").text
        if "data-refresh" not in page:
            assert KEY not in page
            return page
        time.sleep(0.1)
    raise AssertionError("still reading")


FAULTS: list[tuple[Play, dict[str, object], str]] = [
    (broken, {}, "m gave no answer in 1 try (cannot be reached"),
    (says(500), {}, "m gave no answer in 1 try (status 500)"),
    (slow(3), {"seconds": 0.3}, "m gave no answer in 1 try (took too long to answer)"),
    (says(429, "{}", Retry_After="30"), {}, "m gave no answer in 1 try (status 429)"),
    (says(401), {}, "refuses the key (status 401)"),
    (answers("I would rather not."), {}, "m answered with no claims record: “I would rather not.”"),
    (answers("", refusal="no"), {}, "m refused to read it"),
    (answers('{"cla'), {}, "m answered with no claims record"),
]


@pytest.mark.parametrize(("play", "more", "told"), FAULTS, ids=[told[:40] for _, _, told in FAULTS])
def test_what_a_model_cannot_read_now_is_kept(play: Play, more: dict[str, object], told: str, model: Endpoint) -> None:
    desk.write(model, **{**HASTE, **more})
    model.plays = [play]
    Path("blast.txt").write_text(TEXT, encoding="utf-8")
    said = run("add", "blast.txt", "--reader", "m", "--keep-unread", "--store", "s.db", code=1)
    assert told in said
    assert "added 0, kept, not read 1" in said
    with open_store("s.db") as store:
        (document,) = store.documents()
        assert document.text == TEXT
        assert store.claims() == []
        ((reading,),) = [store.readings.of("blast")]
        assert (told in reading.fault, reading.claims, reading.reader) == (True, (), "m")
        assert [one.source for one in store.intake.failures()] == ["blast.txt"]


def test_what_is_kept_unread_is_shown_and_read_later(model: Endpoint) -> None:
    model.plays = [says(500)]
    Path("blast.txt").write_text(TEXT, encoding="utf-8")
    run("add", "blast.txt", "--reader", "m", "--keep-unread", "--published", "2021-08-09", "--store", "s.db", code=1)
    assert json.loads(run("documents", "--store", "s.db"))["coded"] is False
    assert json.loads(run("documents", "--readings", "--store", "s.db"))["fault"].startswith("m gave no answer")
    assert "not read: " in run("documents", "--readings", "--table", "--store", "s.db")

    Path("blast.txt").unlink()  # as what a page was given, it lies nowhere else
    model.plays = [recorded.play()]
    assert "blast: 6 claims, read by m" in run("add", "--retry", "--store", "s.db")
    with open_store("s.db") as store:
        assert {claim.reader for claim in store.claims("blast")} == {"m"}
        assert [str(one.published) for one in store.documents()] == ["2021-08-09"]
        assert store.readings.unread() == {}
        assert store.intake.failures() == []
    assert "is to be tried again" in run("add", "--retry", "--store", "s.db")


def test_once_it_cannot_be_asked_a_model_is_not_asked_for_the_rest(model: Endpoint) -> None:
    model.plays = [says(401)]
    Path("blast.txt").write_text(TEXT, encoding="utf-8")
    Path("jet.txt").write_text(OTHER, encoding="utf-8")
    run("add", "blast.txt", "jet.txt", "--reader", "both", "--keep-unread", "--store", "s.db", code=1)
    assert len(model.asked) == 1
    with open_store("s.db") as store:
        assert store.readings.unread() == {"blast": ("m", "standoff"), "jet": ("m", "standoff")}
    model.plays = [recorded.play()]
    run("add", "--retry", "--store", "s.db")
    with open_store("s.db") as store:
        assert store.readings.readers() == {"blast": ("m", "standoff"), "jet": ("m", "standoff")}, "both, as was asked"


def test_without_the_option_what_cannot_be_read_is_left_where_it_lies(model: Endpoint) -> None:
    model.plays = [says(500)]
    Path("blast.txt").write_text(TEXT, encoding="utf-8")
    assert "kept" not in run("add", "blast.txt", "--reader", "m", "--store", "s.db", code=1).replace("is kept", "")
    with open_store("s.db") as store:
        assert store.documents() == []


def test_a_failure_takes_nothing_from_what_was_read_before(model: Endpoint) -> None:
    Path("blast.txt").write_text(TEXT, encoding="utf-8")
    run("add", "blast.txt", "--store", "s.db")
    with open_store("s.db") as store:
        before = store.claims()
    model.plays = [says(500)]
    run("add", "--again", "blast", "--reader", "m", "--store", "s.db", code=1)
    with open_store("s.db") as store:
        assert store.claims() == before
        assert store.readings.readers() == {"blast": ("standoff",)}
        assert store.readings.unread() == {"blast": ("m",)}
    model.plays = [recorded.play()]
    assert "6 claims, read by m" in run("add", "--again", "blast", "--reader", "m", "--store", "s.db")
    assert "claims, read by m" not in run("add", "--again", "blast", "--reader", "standoff", "--store", "s.db")
    with open_store("s.db") as store:
        assert store.claims() == before
        assert store.readings.unread() == {}
    assert "not in the store" in run("add", "--again", "other", "--reader", "m", "--store", "s.db", code=1)


def test_a_report_whose_reader_is_gone_stops_no_other(model: Endpoint) -> None:
    model.plays = [says(500)]
    Path("blast.txt").write_text(TEXT, encoding="utf-8")
    run("add", "blast.txt", "--reader", "m", "--keep-unread", "--store", "s.db", code=1)
    Path("standoff.toml").unlink()
    said = run("add", "--retry", "--store", "s.db")
    assert "blast: reader 'm' is not in the settings any more; read it with --reader NAME" in said
    assert "1 claims" not in said
    run("add", "--retry", "--reader", "standoff", "--store", "s.db")
    with open_store("s.db") as store:
        assert store.readings.readers() == {"blast": ("standoff",)}


def test_a_page_says_that_a_model_could_not_read_and_loses_no_report(model: Endpoint) -> None:
    model.plays = [says(429, "{}", Retry_After="1"), says(500)]
    desk.write(model, **{**HASTE, "tries": 2})
    with (
        open_store("s.db") as store,
        TestClient(create_app(store, settings=load()), base_url=OURS) as client,
    ):
        client.post("/add/text", data={"text": TEXT, "published": "2021-08-09", "id": "blast", "reader": "m"})
        page = finished(client)
        assert "m: status 429; asked again in 1 seconds, try 2 of 2" in page
        assert "m gave no answer in 2 tries (status 500)" in page
        assert "kept, not read 1" in page
        report = client.get("/reports/blast").text
        assert "Not read yet." in report
        assert "Nobody has read it yet" in report
        assert "m gave no answer in 2 tries (status 500)" in report
        assert '<option value="m" selected>' in report

        model.plays = [recorded.play()]
        client.post("/add/again", data={"id": "blast", "reader": "m"})
        page = finished(client)
        assert "blast: 6 claims, read by m" in page
        assert "What could not be read" not in page
        job = page.partition("blast: 6 claims")[0].rpartition("<article")[2]
        assert 'class="fault"' not in job, "what a run cost is no fault"
        assert "Not read yet" not in client.get("/reports/blast").text
        assert {claim.reader for claim in store.claims("blast")} == {"m"}


def test_a_page_reads_a_known_report_with_no_reader_that_is_not_named(model: Endpoint) -> None:
    with open_store("s.db") as store, TestClient(create_app(store, settings=load()), base_url=OURS) as client:
        assert client.post("/add/again", data={"id": "none", "reader": "m"}).status_code == 400
        Path("blast.txt").write_text(TEXT, encoding="utf-8")
        run("add", "blast.txt", "--store", "s.db")
        refused = client.post("/add/again", data={"id": "blast", "reader": "gpt"})
        assert (refused.status_code, "not in the settings" in refused.text) == (400, True)
        assert client.get("/reports/blast").text.count("the text is sent to") == 2
    assert model.asked == []


@pytest.mark.skipif(chromium() is None, reason="no Chromium here: install Debian's package chromium")
def test_right_to_left_is_shown_rightly_wide_and_narrow(model: Endpoint) -> None:
    text = (recorded.REPORTS / "ar-fasher" / "text.txt").read_text(encoding="utf-8")
    arabic = replace(document(text, "ar"), language="ar", title=text.partition("\n")[0])
    asked = choose(load(reader="m")).named
    assert asked is not None
    reading = asked.read(arabic)
    with open_store("s.db") as store:
        store.add(arabic, reading.claims, [reading])
        with served(store, settings=load()) as base, browsing() as context:
            page = context.new_page()
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(base + "/reports/ar")
                title, first = page.locator("h1"), page.locator("article.text p").nth(1)
                for part in (title, first):
                    assert part.evaluate("e => getComputedStyle(e).direction") == "rtl"
                right = [part.evaluate(LAST_LETTER) for part in (title, first)]
                assert right[0] == pytest.approx(right[1], abs=4), "title and text begin at one edge"
                assert right[0] > width * 0.4
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                gloss = page.locator(".card", has_text="In English:").first
                assert gloss.evaluate("e => getComputedStyle(e).direction") == "ltr"
                mark = page.locator("mark.m-event").first
                assert mark.evaluate("e => e.closest('p').dir") == "auto"


LAST_LETTER = (
    "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right; }"
)
