"""A language model as reader wherever one is named: terminal, store, pages, bulk, Python; alone, and beside our own."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import recorded
import standoff
from desk import opened, run, write
from endpoint import KEY, Endpoint, answers, report_of, says
from standoff.cli.inputs import Batch
from standoff.readers import both
from standoff.readers.parts import cut
from standoff.web.app import create_app

ARABIC = recorded.REPORTS / "ar-fasher" / "text.txt"
ENGLISH = recorded.REPORTS / "market-blast" / "text.txt"


PRICES = {"price_in": 3.0, "price_out": 15.0}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """Two reports lie there."""
    for source, name in ((ARABIC, "ar.txt"), (ENGLISH, "en.txt")):
        (tmp_path / name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    with opened(tmp_path, monkeypatch, **PRICES) as found:
        yield found


def lines(done: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_nothing_is_sent_unless_a_model_is_named(desk: Endpoint) -> None:
    run("extract", "en.txt", "--jsonl")
    run("add", "en.txt", "ar.txt", "--store", "s.db")
    assert desk.paths == []
    (english, arabic) = standoff.open_store("s.db").documents()[::-1]
    assert {english.language, arabic.language} == {"en", "ar"}


def test_extract_with_a_model_reads_any_language(desk: Endpoint) -> None:
    done = run("extract", "ar.txt", "--reader", "m", "--published", "2024-06-15", "--jsonl")
    claims = lines(done)
    text = ARABIC.read_text(encoding="utf-8")
    assert len(claims) == 9
    for claim in claims:
        assert text[claim["start"] : claim["end"]] == claim["event_text"]
        assert claim["reader"] == "m"
    assert any("threatened to respond" in claim["gloss"] for claim in claims)
    assert "m: 1 question," in done.stderr
    assert "cost 0." in done.stderr
    table = run("extract", "ar.txt", "--reader", "m", "--csv")
    assert table.stdout.splitlines()[0].endswith("reader,gloss")
    assert run("extract", "ar.txt", code=1).stderr.count("name a language model as its reader") == 1


def test_the_setting_names_a_reader_too_and_python_does(desk: Endpoint) -> None:
    text = Path("standoff.toml").read_text(encoding="utf-8")
    Path("standoff.toml").write_text('reader = "m"\n' + text, encoding="utf-8")
    assert {claim["reader"] for claim in lines(run("extract", "en.txt", "--jsonl"))} == {"m"}
    assert all("reader" not in claim for claim in lines(run("extract", "en.txt", "--reader", "standoff", "--jsonl")))
    report = standoff.read("ar.txt", published="2024-06-15")
    assert len(standoff.extract(report, reader="m")) == 9


def test_a_dry_run_says_what_it_would_take_and_sends_nothing(desk: Endpoint) -> None:
    done = run("add", "en.txt", "ar.txt", "--reader", "m", "--store", "s.db", "--dry-run")
    assert desk.paths == []
    assert not Path("s.db").exists()
    assert done.stdout.startswith("m: 2 reports in 2 questions, about ")
    assert ", cost 0." in done.stdout
    run("extract", "en.txt", "--reader", "m")
    assert "(1 answered before)" in run("extract", "en.txt", "--reader", "m", "--dry-run").stdout


def test_the_store_says_who_read_what_where_and_for_how_much(desk: Endpoint) -> None:
    done = run("add", "ar.txt", "en.txt", "--reader", "m", "--store", "s.db", "--published", "2024-06-15")
    assert "ar: 9 claims, read by m" in done.stdout
    one, two = lines(run("documents", "--readings", "--store", "s.db"))
    assert (one["doc"], one["reader"], one["model"], one["where"]) == ("ar", "m", "test-model", desk.address)
    assert one["tokens_in"] > 1000
    assert one["cost"] > 0
    assert 0.9 < two["grounded"] <= 1
    assert [record["coded"] for record in lines(run("documents", "--store", "s.db"))] == [True, True]
    table = run("documents", "--readings", "--table", "--store", "s.db").stdout
    assert "test-model" in table
    before = len(desk.asked)
    same = ("--store", "s.db", "--published", "2024-06-15")
    assert "known 2" in run("add", "ar.txt", "en.txt", "--reader", "m", *same).stdout
    assert "known 2" in run("add", "ar.txt", "en.txt", *same).stdout, "our own reader takes no one's place"
    assert len(desk.asked) == before
    assert "added 1" in run("add", "en.txt", "--recode", "--reader", "standoff", *same).stdout
    with standoff.open_store("s.db") as store:
        assert store.readings.readers() == {"ar": ("m",), "en": ("standoff",)}
        held = {reading.reader: reading for reading in store.readings.of("en")}
        assert {claim.reader for claim in held["m"].claims} == {"m"}, "what the model read is still there"
    assert KEY.encode() not in b"".join(path.read_bytes() for path in Path().rglob("*") if path.is_file())


def test_both_read_by_themselves_and_neither_overwrites_the_other(desk: Endpoint) -> None:
    run("add", "en.txt", "ar.txt", "--reader", "both", "--store", "s.db", "--published", "2021-08-09")
    alone = lines(run("extract", "en.txt", "--reader", "standoff", "--published", "2021-08-09", "--doc-id", "en"))
    model = lines(run("extract", "en.txt", "--reader", "m", "--published", "2021-08-09", "--doc-id", "en"))
    with standoff.open_store("s.db") as store:
        assert store.readings.readers() == {"ar": ("m",), "en": ("m", "standoff")}
        held = {one.reader: one.claims for one in store.readings.of("en")}
        assert [claim.id for claim in held["standoff"]] == [claim["id"] for claim in alone]
        assert [claim.id for claim in held["m"]] == [claim["id"] for claim in model]
        stand = {claim.id: claim for claim in store.claims("en")}
        pairs = both.pairs(held["m"], held["standoff"])
        agreed = [pair for pair in pairs if pair.one and pair.other and not pair.apart]
        parted = [pair for pair in pairs if pair.apart]
        lonely = [pair for pair in pairs if pair.one is None or pair.other is None]
        assert agreed
        assert lonely
        for pair in agreed:
            assert pair.one is not None
            assert stand[pair.one.id].confidence > pair.one.confidence
            assert pair.other is not None
            assert pair.other.id not in stand, "one happening once"
        for pair in (*parted, *(one for one in lonely if one.one)):
            assert pair.one is not None
            assert stand[pair.one.id].confidence < pair.one.confidence
        for pair in lonely:
            if pair.one is None:
                assert pair.other is not None
                assert stand[pair.other.id].confidence < pair.other.confidence


def test_both_in_another_language_is_the_model_alone(desk: Endpoint) -> None:
    claims = lines(run("extract", "ar.txt", "--reader", "both", "--jsonl"))
    assert {claim["reader"] for claim in claims} == {"m"}


def page(path: str, store: str = "s.db") -> str:
    from standoff.settings import load

    with (
        standoff.open_store(store) as opened,
        TestClient(create_app(opened, settings=load()), base_url="http://localhost") as client,
    ):
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        assert KEY not in answer.text
        return answer.text


def test_the_page_of_a_report_says_who_read_it_and_shows_right_to_left_rightly(desk: Endpoint) -> None:
    run("add", "ar.txt", "--reader", "m", "--store", "s.db", "--published", "2024-06-15")
    found = page("/reports/ar")
    assert "test-model" in found
    assert desk.address in found
    assert 'lang="ar"' in found
    assert '<p dir="auto">' in found
    assert "In English: the army&#39;s commander Abdel Fattah al-Burhan threatened to respond" in found
    assert "Not in English" not in found
    run("add", "ar.txt", "--doc-id", "unread", "--store", "s.db")
    assert "Choose a language model above, and it is read" in page("/reports/unread")


def test_review_shows_where_the_readers_part(desk: Endpoint) -> None:
    run("add", "en.txt", "--reader", "both", "--store", "s.db", "--published", "2021-08-09")
    first = page("/review")
    assert "alone read this" in first or "The readers part on" in first
    with standoff.open_store("s.db") as store:
        held = {one.reader: one.claims for one in store.readings.of("en")}
        pairs = both.pairs(held["m"], held["standoff"])
        agreed = next(pair.one for pair in pairs if pair.one and pair.other and not pair.apart)
    assert "alone read this" not in page(f"/review?words={agreed.text.split()[0]}&sure=0.99")


def test_the_page_that_adds_says_where_a_text_would_be_sent(desk: Endpoint) -> None:
    run("add", "en.txt", "--store", "s.db")
    found = page("/add")
    assert f"m: the text is sent to {desk.address}" in found
    assert "standoff, on this machine" in found
    Path("standoff.toml").unlink()
    assert "Read by" not in page("/add")


def test_a_run_that_ends_early_keeps_what_it_read_and_goes_on_from_there(desk: Endpoint) -> None:
    known = recorded.held()
    desk.plays = [answers(lambda part: known[part]), says(401)]
    done = run("add", "ar.txt", "en.txt", "--reader", "m", "--store", "s.db", code=3)
    assert "refuses the key" in done.stderr
    assert "added 1" in done.stdout
    desk.plays = [recorded.play()]
    again = run("add", "ar.txt", "en.txt", "--reader", "m", "--store", "s.db")
    assert "added 1, known 1" in again.stdout
    assert len(desk.asked) == 3


def test_one_report_that_fails_stops_no_other(desk: Endpoint) -> None:
    known = recorded.held()
    desk.plays = [answers("I will not."), answers("I will not."), answers(lambda part: known[part])]
    done = run("add", "ar.txt", "en.txt", "--reader", "m", "--store", "s.db", code=3)
    assert "answered with no claims record" in done.stderr
    assert "en: " in done.stdout
    (failed,) = lines(run("documents", "--failed", "--store", "s.db"))
    assert failed["source"].endswith("ar.txt")


def test_watch_reads_with_the_model_and_tries_again_where_it_cannot_be_asked(
    desk: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inputs import item, rss
    from server import serving

    monkeypatch.setenv("STANDOFF_ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("STANDOFF_PAUSE", "0")
    desk.plays = [says(401), answers('{"claims": []}')]
    with serving() as server:
        body = item("https://www.example.org/one", content=True).replace(
            "https://www.example.org/one", server.url + "/one"
        )
        feed = server.page("/feed.xml", rss(body), "application/rss+xml")
        server.routes["/robots.txt"] = (404, {}, b"")
        server.routes["/one"] = (404, {}, b"")
        done = run("watch", feed, "--once", "--reader", "m", "--store", "s.db", code=1)
    assert "refuses the key" in done.stderr
    with standoff.open_store("s.db") as store:
        assert store.documents() == []
        (feed_,) = store.intake.feeds()
        assert feed_.waiting == 1, "asked for again later"


@pytest.mark.parametrize("runner", ["serial", "pool"])
def test_bulk_reads_with_the_model(desk: Endpoint, runner: str) -> None:
    pytest.importorskip("pyarrow")
    Path("in").mkdir()
    for name in ("ar.txt", "en.txt"):
        Path(name).rename(Path("in") / name)
    arguments = ["bulk", "in", "--out", "out", "--runner", runner, "--workers", "1", "--reader", "m"]
    run(*arguments)
    asked = len(desk.asked)
    assert asked == 2
    run(*arguments)
    assert len(desk.asked) == asked, "what is done is not asked again"
    run("load", "out", "--store", "s.db")
    with standoff.open_store("s.db") as store:
        claims = store.claims()
        assert {claim.reader for claim in claims} == {"m"}
        assert sum(bool(claim.gloss) for claim in claims) == 9


def test_bulk_ends_where_no_report_could_be_read(desk: Endpoint) -> None:
    pytest.importorskip("pyarrow")
    desk.plays = [says(401)]
    done = run("bulk", "en.txt", "--out", "out", "--runner", "pool", "--workers", "1", "--reader", "m", code=1)
    assert "refuses the key" in done.stderr
    assert not (Path("out") / "manifest.json").exists()


def test_evaluate_scores_a_model_on_the_gold_of_our_own_reader(desk: Endpoint) -> None:
    import shutil

    shutil.copytree(recorded.REPORTS / "market-blast", "gold/market-blast")
    shutil.copytree(recorded.REPORTS / "ar-fasher", "gold/ar-fasher")
    done = run("evaluate", "gold", "--reader", "m", "--misses")
    assert "strict, m" in done.stdout
    assert "strict, standoff" in done.stdout
    assert "grounded" in done.stdout
    assert "tokens in, a report" in done.stdout
    found = json.loads(run("evaluate", "gold", "--reader", "m", "--json").stdout)
    assert found["corpora"][0]["figures"]["strict_f1"] > 0.9
    Path("pairs.tsv").write_text("x\n", encoding="utf-8")
    assert run("evaluate", "pairs.tsv", "--reader", "m", code=1)
    desk.plays = [answers("no"), answers("no"), recorded.play()]
    done = run("evaluate", "gold", "--reader", "m", "--misses")
    assert "FAILED" not in done.stdout, "kept answers are used"


def test_a_report_of_a_model_survives_copy_and_export(desk: Endpoint) -> None:
    run("add", "ar.txt", "--reader", "m", "--store", "s.db", "--published", "2024-06-15")
    run("copy", "s.db", "t.db")
    with standoff.open_store("s.db") as one, standoff.open_store("t.db") as two:
        assert one.claims() == two.claims()
        assert one.readings.of("ar") == two.readings.of("ar")
    run("export", "jsonl", "out", "--store", "s.db")
    exported = [json.loads(line) for line in (Path("out") / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(record["gloss"] and record["reader"] == "m" for record in exported)
    for form in ("csv", "xlsx", "parquet", "plover", "html", "geojson", "webannotation"):
        run("export", form, f"as-{form}", "--store", "s.db")


def test_the_question_holds_the_report_and_its_day(desk: Endpoint) -> None:
    run("extract", "ar.txt", "--reader", "m", "--published", "2024-06-15")
    (asked,) = desk.asked
    assert report_of(asked) == ARABIC.read_text(encoding="utf-8")
    assert "Published: 2024-06-15. Language: Arabic (ar)." in asked["messages"][-1]["content"]
    assert [message["role"] for message in asked["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
        "assistant",
        "user",
    ]


def test_the_progress_tells_tokens_and_the_time_left(desk: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    import rich.console
    import rich.progress

    drawn = io.StringIO()

    class Terminal(rich.console.Console):
        def __init__(self, **_: object) -> None:
            super().__init__(file=drawn, force_terminal=True, width=200, legacy_windows=False)

    monkeypatch.setattr(rich.console, "Console", Terminal)
    begin = Batch.__init__

    def begun(self: Any, *given: Any, **more: Any) -> None:
        begin(self, *given, **more)
        self._show_progress = True  # as at a terminal, which the runner of commands is not

    monkeypatch.setattr(Batch, "__init__", begun)
    guesses: list[float | None] = []
    left = rich.progress.TimeRemainingColumn.render

    def render(self: rich.progress.TimeRemainingColumn, task: rich.progress.Task) -> Any:
        guesses.append(task.time_remaining)
        return left(self, task)

    monkeypatch.setattr(rich.progress.TimeRemainingColumn, "render", render)
    for name in ("b.txt", "c.txt"):
        Path(name).write_text(ENGLISH.read_text(encoding="utf-8"), encoding="utf-8")
    run("extract", "en.txt", "b.txt", "c.txt", "ar.txt", "--reader", "m", "--table")
    assert "tokens in" in drawn.getvalue()
    assert any(guess for guess in guesses), "after some reports it is known how long the others will take"


def test_a_run_that_is_killed_goes_on_where_it_was_and_pays_for_nothing_twice(desk: Endpoint) -> None:
    """The real command, killed while the model is at work on the second part of the second report."""
    known = recorded.held()
    (parts,) = [list(cut(text, 500)) for text in known if text == ENGLISH.read_text(encoding="utf-8")]
    assert len(parts) > 1
    write(desk, **PRICES, part=500)
    command = [
        sys.executable,
        "-m",
        "standoff.cli",
        "add",
        "ar.txt",
        "en.txt",
        "--reader",
        "m",
        "--published",
        "2024-06-15",
    ]
    running: list[subprocess.Popen[bytes]] = []

    def answer(report: str) -> str:
        """What the model answered about the whole report, as far as this part of it goes."""
        whole = json.loads(next(found for text, found in known.items() if report in text))
        return json.dumps({**whole, "claims": [one for one in whole["claims"] if one["clause"] in report]})

    def kills(handler: Any, asked: Any) -> None:
        if len(desk.asked) == killed_at:
            running[-1].kill()
        answers(answer)(handler, asked)

    def start(store: str) -> int:
        running.append(subprocess.Popen([*command, "--store", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        running[-1].communicate()
        return running[-1].returncode

    arabic = len(list(cut(ARABIC.read_text(encoding="utf-8"), 500)))
    killed_at = arabic + 2
    desk.plays = [kills]
    assert start("killed.db") == -signal.SIGKILL
    assert start("killed.db") == 0
    assert len(desk.asked) == arabic + len(parts) + 1, "only what was being asked was asked again"
    assert len(desk.asked) - 1 == len({asked["messages"][-1]["content"] for asked in desk.asked})
    asked = len(desk.asked)
    assert start("whole.db") == 0
    assert len(desk.asked) == asked, "all of it was answered before"
    with standoff.open_store("killed.db") as killed, standoff.open_store("whole.db") as whole:
        assert killed.claims() == whole.claims()
        assert killed.readings.of("ar") + killed.readings.of("en") == whole.readings.of("ar") + whole.readings.of("en")
        assert killed.reconciliation() == whole.reconciliation()
        assert len(killed.claims("en")) >= 6
    kept = [run("claims", "--jsonl", "--store", name).stdout for name in ("killed.db", "whole.db")]
    assert kept[0] == kept[1]
