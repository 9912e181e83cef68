"""A container of thousands of refused parts: the first are told one by one, the rest as one with its number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standoff.ingest import bounded, condense, reader
from standoff.ingest.capture import Capture, Failed, Options, Reference, now
from standoff.model import Document
from standoff.runners import parts

WORDS = "Mali's army said on Monday that its drones had killed 14 rebels near Kidal."


def read(data: str, how: str = "here") -> list[Document | Reference | Failed]:
    capture = Capture("table", "table", data.encode(), now())
    return list((reader if how == "here" else bounded).read(capture, Options()))


def told(found: list[Document | Reference | Failed]) -> list[str]:
    return [str(one.error) for one in found if isinstance(one, Failed)]


@pytest.mark.parametrize("how", ["here", "in a child"])
def test_rows_refused_for_one_reason_are_counted_and_good_ones_after_them_are_read(how: str) -> None:
    found = read("text,url\n" + ",x\n" * 1_000 + f'"{WORDS}",\n', how)
    said = told(found)
    assert said[0] == "table: row 2: no web address: x; write it as https://…"
    assert said[-1] == (
        "table: 700 more could not be read: no web address; the last was row 1001; write it as https://…"
    )
    assert len(said) == 301
    assert [one.text for one in found if isinstance(one, Document)] == [WORDS]
    assert sum(one.times for one in found if isinstance(one, Failed)) == 1_000


def test_reasons_are_told_apart_and_a_few_are_told_one_by_one() -> None:
    lines = ["{torn"] * 400 + [json.dumps({"url": f"ftp://{n}"}) for n in range(302)] + ["{}"] * 5
    said = told(read("\n".join([json.dumps({"text": WORDS}), *lines])))
    assert sum("not JSON (" in one for one in said) == 300
    assert sum(one.startswith("table: 100 more could not be read: not JSON;") for one in said) == 1
    assert sum(one.startswith("table: 2 more could not be read: no web address;") for one in said) == 1
    assert sum("neither a text nor an address" in one for one in said) == 5
    assert len(said) == 607


def test_what_was_counted_is_told_where_reading_ends_early() -> None:
    data = b"text,url,note\n" + b",,x\n" * 500 + b"\xff\xfe broken \x81\n"
    found = list(reader.read(Capture("table", "table", data, now(), charset="utf-8"), Options()))
    assert sum(one.times for one in found if isinstance(one, Failed)) >= 500


def test_a_table_that_holds_almost_no_report_is_left_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condense, "MOST", 1_000)
    rows = f'"{WORDS}",\n'
    said = told(read("text,url,note\n" + rows + ",,x\n" * 5_000))
    assert said[-1].startswith("table: more than 1,000 parts of it are no reports, and hardly any is; the rest was not")
    assert said[-2].startswith("table: 701 more could not be read: neither a text nor an address; the last was row ")
    mixed = read("text,url,note\n" + (rows + ",,x\n" * 9) * 150)  # one in ten is a report: all of it is read
    assert sum(isinstance(one, Document) for one in mixed) == 150


def test_an_address_that_a_list_names_again_and_again_is_asked_once() -> None:
    found = read("https://a.example/1\nhttps://a.example/2\n" + "https://a.example/1\n" * 50)
    assert [one.url for one in found if isinstance(one, Reference)] == ["https://a.example/1", "https://a.example/2"]


def test_a_list_of_addresses_in_bulk_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("".join(f"https://a.example/{n}\n" for n in range(1_000)))
    (tmp_path / "report.txt").write_text(WORDS)
    found = [one for part in parts.cut([str(tmp_path)], Options(), "1", now()) for one in part.items]
    failed = [one for one in found if isinstance(one, Failed)]
    assert len(failed) == 301
    assert sum(one.times for one in failed) == 1_000
