"""An endpoint that means harm, or is merely broken: what it answers is bounded in size and time, and is shown, stored and exported harmlessly."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import desk
import standoff
from conftest import document
from endpoint import KEY, Asked, Endpoint, Play, answers, completion, endpoint, says, send
from standoff import cli
from standoff.errors import InputError, ReaderFault
from standoff.model import Document
from standoff.readers.build import MOST_DROPPED
from standoff.readers.named import Named, reader
from standoff.records import reading_record
from standoff.settings import Settings
from standoff.web.app import create_app

TEXT = "El ejército de Malí dijo el martes que sus drones mataron a 12 rebeldes cerca de Kidal."
CLAIM: dict[str, Any] = {
    "clause": "sus drones mataron a 12 rebeldes cerca de Kidal",
    "word": "mataron",
    "event": "ASSAULT",
    "modes": ["aerial"],
    "actors": [{"quote": "sus drones", "who": "army of Mali"}],
    "recipients": [{"quote": "rebeldes", "who": "rebels of Mali"}],
    "sources": [{"quote": "El ejército de Malí", "who": "army of Mali", "cue": "dijo"}],
    "aux": [],
    "figures": [{"quote": "12 rebeldes", "kind": "killed", "low": 12, "high": 12, "unit": "rebels"}],
    "time": {"quote": "el martes", "gloss": "on Tuesday"},
    "place": {"quote": "Kidal", "gloss": "Kidal, Mali"},
    "target": None,
    "gloss": "its drones killed 12 rebels near Kidal",
}
GOOD = {"claims": [CLAIM], "people": []}


def report() -> Document:
    return replace(document(TEXT, "r1"), language="es")


def named(found: Endpoint, **more: Any) -> Named:
    """It asks once."""
    return desk.named(found, **{"tries": 1, **more})


def settings(found: Endpoint, **more: Any) -> Settings:
    return desk.settings(found, **{"tries": 1, **more})


# -- how much and how long ----------------------------------------------------------------------------------------------


def headed(*headers: tuple[str, str]) -> Callable[[BaseHTTPRequestHandler], None]:
    def begin(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()

    return begin


def dripping(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    """A byte now and then, for ever: no pause is long enough to be noticed."""
    headed()(handler)
    for _ in range(5000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def dripping_head(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(5000):
        handler.wfile.write(f"X-{number}: a\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.02)


def packed(body: bytes, encoding: str = "gzip") -> Play:
    def play(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        headed(("Content-Encoding", encoding), ("Content-Length", str(len(body))))(handler)
        handler.wfile.write(body)

    return play


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> Play:
    def play(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        handler.protocol_version = "HTTP/1.1"
        headed(("Transfer-Encoding", "chunked"))(handler)
        for piece in pieces:
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.wfile.write(end)

    return play


@pytest.mark.parametrize("play", [dripping, dripping_head])
def test_an_answer_that_drips_is_ended_when_its_time_is_over(play: Play) -> None:
    start = time.monotonic()
    with endpoint(play) as found, pytest.raises(InputError, match="took too long to answer"):
        named(found, seconds=0.4).read(report())
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    ("play", "told"),
    [
        (packed(gzip.compress(b" " * 50_000_000)), "m answered without end"),
        (packed(b"\x1f\x8b broken"), "m answered with broken gzip"),
        (packed(b"xxxx", "br"), "m answered packed with br"),
        (says(200, "[" * 100_000), "none of an OpenAI-compatible endpoint"),
        (says(200, '{"choices":' * 100_000), "none of an OpenAI-compatible endpoint"),
        (says(200, '{"choices": [3]}'), "none of an OpenAI-compatible endpoint"),
        (says(200, '{"choices": [{"message": "claims"}]}'), "none of an OpenAI-compatible endpoint"),
        (answers("[" * 100_000), "answered with no claims record"),
        (answers('{"claims":' + "[" * 100_000), "answered with no claims record"),
        (answers('{"claims":[{"clause":' + '{"a":' * 100_000), "answered with no claims record"),
        (answers('{"claims": [{"figures": [{"low": ' + "9" * 50_000), "answered with no claims record"),
        (lambda handler, asked: send(handler, 200, completion("{}").replace(b"{}", b"\xff\xfe")), "none of an OpenAI"),
        (chunked(completion(json.dumps(GOOD))[:40], end=b""), "cannot be reached|took too long|broke off"),
    ],
)
def test_what_is_no_answer_fails_one_report_with_its_reason(play: Play, told: str) -> None:
    start = time.monotonic()
    with endpoint(play) as found, pytest.raises(InputError, match=told) as caught:
        named(found).read(report())
    assert not isinstance(caught.value, ReaderFault)
    assert len(str(caught.value)) < 600
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    "play",
    [
        chunked(*re.findall(b"(?s).{1,60}", completion(json.dumps(GOOD)))),
        packed(gzip.compress(completion(json.dumps(GOOD)))),
        lambda handler, asked: send(handler, 200, b"\xef\xbb\xbf" + completion(json.dumps(GOOD))),
        lambda handler, asked: send(
            handler,
            200,
            json.dumps(
                {"choices": [{"message": {"content": [{"type": "text", "text": json.dumps(GOOD)}, {"type": "x"}, 3]}}]}
            ).encode(),
        ),
    ],
)
def test_answers_that_are_sent_otherwise_are_read(play: Play) -> None:
    with endpoint(play) as found:
        assert len(named(found).read(report()).claims) == 1


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_nobody_else_is_asked(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M_KEY", KEY)
    with endpoint(answers(GOOD)) as other, endpoint(says(status, "", Location=other.address)) as found:
        with pytest.raises(ReaderFault, match="sends on to another address, which is not followed"):
            named(found, key="M_KEY").read(report())
        assert other.paths == []


@pytest.mark.parametrize(
    ("asks", "waits"),
    [
        ("999999", 60.0),
        ("-5", 1.0),
        ("soon", 1.0),
        ("1e9", 1.0),
        ("0.5", 1.0),
        ("tomorrow", 60.0),
        ("Fri, 31 Dec 9999 23:59:59 -9999", 1.0),
    ],
)
def test_no_endpoint_makes_a_run_wait_for_ever(asks: str, waits: float) -> None:
    if asks == "tomorrow":
        asks = format_datetime(datetime.now(UTC) + timedelta(days=1))
    with endpoint(says(429, "{}", Retry_After=asks), answers(GOOD)) as found:
        asked = named(found, tries=2)
        waited: list[float] = []
        asked.client.sleep = waited.append
        asked.client.chance = lambda: 0.5
        told: list[str] = []
        asked.client.tell = told.append
        asked.read(report())
    assert waited == [waits]
    assert told == [f"r1: m: status 429; asked again in {waited[0]:.0f} seconds, try 2 of 2"]


# -- what is in it ------------------------------------------------------------------------------------------------------

NASTY = "\ud800\x00\x1b[2J\u202egnp.exe\u2066<script>alert(1)</script>=HYPERLINK(1)\n\n\x07"


def test_what_a_model_writes_is_stored_shown_and_exported_harmlessly(tmp_path: Path) -> None:
    nasty = {
        **CLAIM,
        "gloss": "drones killed " + NASTY,
        "actors": [{"quote": "sus drones", "who": NASTY}, {"quote": NASTY, "who": NASTY}],
        "figures": [{**CLAIM["figures"][0], "unit": NASTY}, {"quote": NASTY, "kind": NASTY}],
        "modes": [NASTY],
        "target": NASTY,
    }
    sent = json.dumps({"claims": [nasty], "people": [{"quote": "Kidal", "who": NASTY}]})
    with endpoint(answers(sent + "\ud800", finish=NASTY * 1000)) as found:
        held = settings(found, answers=tmp_path / "answers")
        asked = reader("m", held)
        reading = asked.read(report())
        assert reader("m", held).read(report()) == reading, "what was kept reads the same"
    (claim,) = reading.claims
    written = json.dumps([reading_record(reading), claim.gloss, [one.unit for one in claim.counts]], ensure_ascii=False)
    assert not set(written) & set("\ud800\x00\x1b\u202e\u2066\x07")
    assert claim.gloss.startswith("drones killed ")
    assert "\n" not in claim.gloss
    store = standoff.open_store(str(tmp_path / "s.db"))
    with store:
        store.add(report(), reading.claims, [reading])
        with TestClient(create_app(store, settings=held), base_url="http://localhost") as client:
            for path in ("/reports/r1", f"/claims/{claim.id}", "/review", "/claims"):
                page = client.get(path).text
                assert "<script>alert" not in page
    for form in ("xlsx", "csv", "html", "jsonl"):
        where = str(tmp_path / f"as-{form}")
        done = CliRunner().invoke(cli.app, ["export", form, where, "--store", str(tmp_path / "s.db")])
        assert done.exit_code == 0, done.output


def test_the_key_is_kept_nowhere_be_it_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M_KEY", KEY)
    echo = {**CLAIM, "gloss": f"drones, {KEY}", "target": KEY, "actors": [{"quote": KEY, "who": KEY}]}
    with endpoint(answers({"claims": [echo], "people": []})) as found:
        reading = named(found, answers=tmp_path, key="M_KEY").read(report())
    assert KEY not in json.dumps(reading_record(reading)) + repr(reading.claims)
    assert all(KEY not in path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json"))
    for play in (answers(f"Your key {KEY} is fine"), answers("", finish="content_filter", refusal=KEY), says(500, KEY)):
        with endpoint(play) as found, pytest.raises(InputError) as caught:
            named(found, key="M_KEY").read(report())
        assert KEY not in str(caught.value)


@pytest.mark.parametrize("low", [-3.0, 1e300, -1, 2**70, True, "12", [12], float("nan"), float("inf")])
def test_a_number_that_is_none_is_no_figure(low: Any) -> None:
    with endpoint(
        answers({"claims": [{**CLAIM, "figures": [{**CLAIM["figures"][0], "low": low, "high": low}]}]})
    ) as found:
        (claim,) = named(found).read(report()).claims
    assert all(count.low in (None, 12) and count.high in (None, 12) for count in claim.counts)


def test_a_flood_of_inventions_is_cut_off_and_counted() -> None:
    lies = [{"quote": f"General {number}", "who": "army of Mali"} for number in range(40)]
    flood = {**CLAIM, "actors": lies, "recipients": lies, "modes": ["x"] * 1000}
    start = time.process_time()
    with endpoint(
        answers({"claims": [flood] * 100 + [3] * 100_000, "people": [{"quote": "a", "who": "b"}] * 50_000})
    ) as found:
        reading = named(found).read(report())
    assert len(reading.dropped) < MOST_DROPPED + 500
    assert any("after too much that is not in the report" in one.why for one in reading.dropped)
    assert any("more than one part of a report has" in one.why for one in reading.dropped)
    assert time.process_time() - start < 20


def test_a_quotation_without_end_is_not_looked_for() -> None:
    with endpoint(answers({"claims": [{**CLAIM, "clause": "x" * 1_000_000}, CLAIM]})) as found:
        assert len(named(found).read(report()).claims) == 1


# -- money and pace -----------------------------------------------------------------------------------------------------


def test_what_did_not_arrive_counts_towards_the_price_limit() -> None:
    """An answer that broke off was perhaps paid for."""

    def hangs_up(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        headed(("Content-Length", "5000"))(handler)

    money: dict[str, Any] = {"price_in": 0.0, "price_out": 10.0, "answer": 1000, "price_limit": 0.025, "tries": 9}
    with endpoint(hangs_up) as found:
        asked = named(found, **money)
        with pytest.raises(ReaderFault, match=r"0\.0000 spent, and 0\.0200 more if answers that did not arrive"):
            asked.read(report())
        assert len(found.asked) == 2
    assert "more if answers that did not arrive are paid for" in asked.meter.told()


def test_the_workers_of_a_bulk_run_share_its_limits() -> None:
    with endpoint(answers(GOOD)) as found:
        held = reader("m", settings(found, a_minute=40, price_limit=8.0), share=0.25).client.settings
    assert (held.a_minute, held.price_limit) == (10, 2.0)
