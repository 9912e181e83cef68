"""Exports of other programs known by their heads; encodings, days in numbers, JSON over many lines; packed archives."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import brotli
import pytest
import zstandard

import inputs
from standoff import lexicon
from standoff.ingest import exports, headed, reader
from standoff.ingest.capture import Capture, Failed, Options, Reference, now
from standoff.model import Document

WORDS = "Sudan's army bombed a market in Nyala on Monday, the RSF said."
OTHER = "The army denied on Monday that it had bombed the market in Nyala."
DAY = date(2026, 3, 10)
Found = Document | Reference | Failed


def read(data: bytes | str, **columns: str) -> list[Found]:
    raw = data.encode() if isinstance(data, str) else data
    return list(reader.read(Capture("t", "t", raw, now()), Options(columns=columns)))


def table(*rows: dict[str, str], separator: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def gist(found: Found) -> tuple[object, ...]:
    if isinstance(found, Document):
        return found.text.rpartition("\n\n")[2], found.published, found.outlet
    if isinstance(found, Reference):
        return found.url, found.said.published, found.said.outlet
    return ("failed", str(found.error))


ACLED = {
    "event_id_cnty": "SDN1",
    "event_date": "2026-03-10",
    "event_type": "Battles",
    "notes": WORDS,
    "source": "Radio X",
    "fatalities": "14",
    "timestamp": "1773100000",
}
TABLES = {
    "ACLED": (table(ACLED), (WORDS, DAY, "Radio X")),
    "ACLED, older days": (table({**ACLED, "event_date": "10 March 2026"}), (WORDS, DAY, "Radio X")),
    "ACLED, semicolons": (table(ACLED, separator=";"), (WORDS, DAY, "Radio X")),
    "ACLED as JSON": (json.dumps({"status": 200, "success": True, "data": [ACLED]}), (WORDS, DAY, "Radio X")),
    "Media Cloud": (table({"id": "a1", "indexed_date": "2026-03-12", "language": "en", "media_name": "Example Wire", "media_url": "example.org", "publish_date": "2026-03-10", "title": "Nyala bombed", "url": inputs.URL}), (inputs.URL, DAY, "Example Wire")),
    "Media Cloud, older": (table({"stories_id": "7", "publish_date": "2026-03-10 07:00:00", "title": "x", "url": inputs.URL, "media_id": "1", "media_name": "Example Wire", "media_url": "example.org"}), (inputs.URL, DAY, "Example Wire")),
    "GDELT DOC": (json.dumps({"articles": [{"url": inputs.URL, "url_mobile": "", "title": "x", "seendate": "20260310T071500Z", "socialimage": "", "domain": "example.org", "language": "English"}]}), (inputs.URL, DAY, "example.org")),
    "GDELT DOC table": (table({"url": inputs.URL, "title": "x", "seendate": "20260310T071500Z", "domain": "example.org", "sourcecountry": "Sudan"}), (inputs.URL, DAY, "example.org")),
    "ReliefWeb": (json.dumps({"totalCount": 1, "data": [{"id": "4", "score": 1, "fields": {"title": "x", "body": WORDS, "date": {"created": "2026-03-11T00:00:00+00:00", "original": "2026-03-10T00:00:00+00:00"}, "source": [{"name": "OCHA"}], "url": inputs.URL}}]}, indent=1), (WORDS, DAY, "OCHA")),
    "ReliefWeb, in HTML": (json.dumps({"data": [{"id": "4", "fields": {"title": "x", "body-html": f"<p>{WORDS}</p>", "date": {"created": "2026-03-10T00:00:00+00:00"}, "source": [{"shortname": "OCHA"}]}}]}), (WORDS, DAY, "OCHA")),
    "Telegram": (json.dumps({"name": "Nyala Channel", "type": "public_channel", "id": 1, "messages": [{"id": 1, "type": "service", "date": "2026-03-10T06:00:00", "date_unixtime": "1773122400", "action": "create_channel", "text": ""}, {"id": 2, "type": "message", "date": "2026-03-10T08:00:00", "date_unixtime": "1773129600", "from": "Nyala Channel", "text": ["Sudan's army ", {"type": "bold", "text": "bombed"}, " a market in Nyala on Monday, the RSF said."]}, {"id": 3, "type": "message", "date": "2026-03-10T09:00:00", "date_unixtime": "1773133200", "from": "Nyala Channel", "photo": "a.jpg", "text": ""}]}, indent=1), (WORDS, DAY, "Nyala Channel")),
    "Telegram as a table": (table({"message_id": "2", "date": "2026-03-10 08:00:00+00:00", "channel": "Nyala Channel", "message": WORDS, "views": "9"}), (WORDS, DAY, "Nyala Channel")),
    "Telegram, other columns": (table({"id": "2", "date": "2026-03-10 08:00:00", "message": WORDS, "views": "9", "forwards": "1", "channel_name": "Nyala Channel"}), (WORDS, DAY, "Nyala Channel")),
    "Telegram, forwarded": (json.dumps({"name": "Nyala Channel", "messages": [{"id": 2, "type": "message", "date": "2026-03-10T08:00:00", "date_unixtime": "1773129600", "from": "Nyala Channel", "forwarded_from": "Army Press", "text": WORDS}]}), (WORDS, DAY, "Army Press")),
    "X, version 2": (json.dumps({"data": [{"id": "9", "text": WORDS, "created_at": "2026-03-10T08:00:00.000Z", "author_id": "5"}], "includes": {"users": [{"id": "5", "name": "Field Desk", "username": "desk"}]}}), (WORDS, DAY, "Field Desk")),
    "X, version 1": (json.dumps({"created_at": "Tue Mar 10 08:00:00 +0000 2026", "id_str": "9", "full_text": WORDS, "user": {"name": "Field Desk", "screen_name": "desk"}}), (WORDS, DAY, "Field Desk")),
    "X, an archive": ("window.YTD.tweets.part0 = " + json.dumps([{"tweet": {"created_at": "Tue Mar 10 08:00:00 +0000 2026", "id_str": "9", "full_text": WORDS}}], indent=1), (WORDS, DAY, None)),
    "X as a table": (table({"tweet_id": "9", "created_at": "2026-03-10T08:00:00Z", "username": "desk", "text": WORDS}), (WORDS, DAY, "desk")),
    "news-please": (json.dumps({"title": "x", "description": "Army jets hit Nyala.", "maintext": WORDS, "date_publish": "2026-03-10 06:00:00", "date_download": "2026-03-12 06:00:00", "date_modify": None, "source_domain": "example.org", "url": inputs.URL, "authors": ["A"]}), (WORDS, DAY, "example.org")),
    "Fundus": (json.dumps([{"title": "x", "body": {"summary": ["A summary."], "sections": [{"headline": ["Nyala"], "paragraphs": [OTHER, WORDS]}]}, "authors": ["A"], "publishing_date": "2026-03-10 06:00:00+00:00", "topics": [], "publisher": "Example Wire"}]), (WORDS, DAY, "Example Wire")),
    "Fundus, as text": (json.dumps({"title": "x", "plaintext": WORDS, "publishing_date": "2026-03-10T06:00:00", "publisher": "Example Wire", "html": {"requested_url": inputs.URL}}, indent=2), (WORDS, DAY, "Example Wire")),
    "Elasticsearch": (json.dumps({"took": 1, "hits": {"total": 1, "hits": [{"_id": "1", "_source": {"title": "x", "text": WORDS, "date": "2026-03-10", "outlet": "Example Wire"}}]}}), (WORDS, DAY, "Example Wire")),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_an_export_is_known_by_its_head(name: str) -> None:
    data, wanted = TABLES[name]
    (found,) = read(data)
    assert gist(found) == wanted


def test_messages_without_words_are_told() -> None:
    (found,) = read(TABLES["Telegram"][0])
    assert isinstance(found, Document)
    assert found.provenance is not None
    assert found.provenance.left == ("2 messages without text left out",)


def test_a_lead_that_stands_apart_is_in_front() -> None:
    (found,) = read(TABLES["news-please"][0])
    assert isinstance(found, Document)
    assert found.text == f"x\n\nArmy jets hit Nyala.\n\n{WORDS}"


GED = table({"id": "1", "type_of_violence": "1", "dyad_name": "A - B", "source_headline": WORDS, "date_start": "2026-03-10", "best": "14", "high": "20", "low": "9"})  # fmt: skip
GDELT = "\t".join(["1234567890", "20260310", "202603", "2026", *(["x"] * 56), inputs.URL])
EVENTS = {
    "GED": (GED, "UCDP GED event data, not reports"),
    "GDELT with a head": (table({"GLOBALEVENTID": "1", "SQLDATE": "20260310", "GoldsteinScale": "-9", "SOURCEURL": inputs.URL}, separator="\t"), "GDELT event data, not reports"),
    "GDELT without one": (f"{GDELT}\n{GDELT}\n", "GDELT event data, not reports"),
    "ICEWS": (table({"Event ID": "1", "Event Date": "2026-03-10", "Source Name": "a", "Source Sectors": "b", "CAMEO Code": "190"}, separator="\t"), "ICEWS event data, not reports"),
    "POLECAT": (table({"Event ID": "1", "Event Date": "2026-03-10", "Event Type": "ASSAULT", "Quad Code": "4", "Actor Name": "a"}, separator="\t"), "POLECAT event data, not reports"),
    "GED as JSON": (json.dumps({"TotalCount": 1, "Result": []})[:-1] + ', "data": ' + json.dumps([{"id": 1, "type_of_violence": 1, "dyad_name": "A - B", "best": 1, "high": 1, "low": 1, "source_headline": WORDS}]) + "}", "UCDP GED event data, not a report"),
}  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_event_data_is_refused_by_its_name(name: str) -> None:
    data, why = EVENTS[name]
    (found,) = read(data)
    assert isinstance(found, Failed)
    assert why in str(found.error)


def test_event_data_is_read_from_the_column_that_is_asked_for() -> None:
    (found,) = read(GED, text="source_headline", published="date_start")
    assert gist(found)[:2] == (WORDS, DAY)


def test_a_table_of_unknown_columns_is_no_text() -> None:
    (found,) = read("Ort,Tote,Verletzte\nNyala,14,40\nUvira,4,9\n")
    assert isinstance(found, Failed)
    assert "a table without a column for text or address" in str(found.error)
    assert "it has Ort, Tote, Verletzte" in str(found.error)


SEPARATED = [
    f'sep=;\r\nDate;Headline;Text;Outlet\r\n10/03/2026;x;"{WORDS}";Wire\r\n',
    f'sep=,\nDate,Headline,Text,Outlet\n2026-03-10,x,"{WORDS}",Wire\n',
    f"sep=\t\nDate\tHeadline\tText\tOutlet\n10.03.2026\tx\t{WORDS}\tWire\n",
    f'\ufeffsep=|\nDate|Headline|Text|Outlet\n2026-03-10|x|"{WORDS}"|Wire\n',
    f'SEP=;\nDate;Headline;Text;Outlet\n10.03.2026;x;"{WORDS}";Wire\n',
]


@pytest.mark.parametrize("data", SEPARATED, ids=range(len(SEPARATED)))
def test_a_line_that_names_the_separator_is_no_head(data: str) -> None:
    (found,) = read(data)
    assert gist(found) == (WORDS, DAY, "Wire")


ORDERS = [
    (["10/03/2026", "25/03/2026"], DAY),
    (["03/10/2026", "03/25/2026"], DAY),
    (["10/03/2026", "11/03/2026"], None),
    (["10.03.2026", "11.03.2026"], DAY),
    (["3/3/2026", "4/4/2026"], date(2026, 3, 3)),
    (["10/03/2026", "25/03/2026", "03/25/2026"], None),
]


@pytest.mark.parametrize(("days", "wanted"), ORDERS, ids=[" ".join(days) for days, _ in ORDERS])
def test_days_in_numbers_are_read_where_their_order_is_certain(days: list[str], wanted: date | None) -> None:
    first, *_ = read(table(*({"date": day, "title": f"n{n}", "text": f"{n}: {WORDS}"} for n, day in enumerate(days))))
    assert isinstance(first, Document)
    assert first.published == wanted
    assert first.provenance is not None
    assert bool(first.provenance.left) == (wanted is None)


ENCODED = [
    ("cp1252", "ELN rebels killed four soldiers in Cúcuta – Colombia’s army said on Monday.", "cp1252"),
    ("cp1252", "The “victory” cost 40 €, said Peña’s army on Monday.", "cp1252"),
    ("utf-16", "ELN rebels killed four soldiers in Cúcuta – Colombia’s army said.", "utf-16"),
    ("utf-16-le", "ELN rebels killed four soldiers in Cúcuta – Colombia’s army said.", "utf-16-le"),
    ("cp1251", "Армия сообщила в понедельник, что четыре солдата были убиты у города Нияла, а повстанцы это отрицают. " * 4, "cp1251"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "words", "named"), ENCODED, ids=[f"{e}-{n}" for n, (e, _, _) in enumerate(ENCODED)]
)
def test_encodings_of_tables_are_detected_and_named(encoding: str, words: str, named: str) -> None:
    (found,) = read(table({"date": "2026-03-10", "title": "x", "text": words, "outlet": "y"}).encode(encoding))
    assert isinstance(found, Document)
    assert words.strip() in found.text
    assert "\ufffd" not in found.text
    assert found.provenance is not None
    assert found.provenance.encoding == named


def test_a_table_that_breaks_its_encoding_far_down_is_still_read() -> None:
    rows = [{"date": "2026-03-10", "title": f"n{n}", "text": f"{n}: {WORDS}"} for n in range(300)]
    found = read(table(*rows, {"date": "2026-03-10", "title": "last", "text": "In Cúcuta four died."}).encode("cp1252"))
    assert isinstance(found[-1], Document)
    assert "In Cúcuta four died." in found[-1].text


RECORD = {"title": "Nyala bombed", "text": WORDS, "date": "2026-03-10", "outlet": "Wire"}
JSONS = [
    json.dumps(RECORD, indent=2),
    "\ufeff" + json.dumps(RECORD, indent=4),
    json.dumps([RECORD], indent=2),
    json.dumps({"reports": [RECORD]}, indent=2),
    json.dumps({"results": {"items": [RECORD]}}),
    "\n\n" + json.dumps(RECORD, indent=None) + "\n\n",
]


@pytest.mark.parametrize("data", JSONS, ids=range(len(JSONS)))
def test_one_object_may_go_over_many_lines(data: str) -> None:
    (found,) = read(data)
    assert gist(found) == (WORDS, DAY, "Wire")


def test_several_objects_may_go_over_many_lines() -> None:
    data = "\n".join(json.dumps({**RECORD, "text": words}, indent=2) for words in (WORDS, OTHER))
    assert [gist(one)[0] for one in read(data)] == [WORDS, OTHER]


def test_windows_json_is_read_and_named() -> None:
    (found,) = read(json.dumps({**RECORD, "text": "In Cúcuta four died."}, ensure_ascii=False).encode("cp1252"))
    assert isinstance(found, Document)
    assert found.text.endswith("In Cúcuta four died.")
    assert found.provenance is not None
    assert found.provenance.encoding == "cp1252"


@pytest.mark.parametrize("entry", lexicon.load("exports")["export"], ids=lambda entry: entry["example"][:40])
def test_every_export_is_known_by_the_head_of_its_example(entry: dict[str, object]) -> None:
    separator = "\t" if "\t" in str(entry["example"]) else ","
    names = [name.strip().lower() for name in str(entry["example"]).split(separator)]
    known = exports.known([*names, *entry["has"]] if "." in str(entry["has"]) else names)  # type: ignore[misc]
    assert known is not None
    assert known.name == entry["name"]


# ---------------------------------------------------------------------- archives


def warc(body: bytes, url: str = inputs.URL, encoding: str | None = None) -> bytes:
    return inputs.warc_record(body, url, encoding=encoding) if encoding else inputs.warc_record(body, url)


CUT = [10, 100, 400, 700]


@pytest.mark.parametrize("cut", CUT)
def test_a_record_that_breaks_off_is_named_and_not_kept(cut: int) -> None:
    second = warc(inputs.page(title="Another report"), inputs.URL + "2")
    found = read(warc(inputs.page()) + second[:-cut])
    assert isinstance(found[0], Document)
    assert isinstance(found[1], Failed)
    assert "cut off" in str(found[1].error)
    assert len(found) == 2


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip", "deflate", "gzip, br"])
def test_packed_bodies_are_read(encoding: str) -> None:
    import gzip
    import zlib

    pack = {"br": brotli.compress, "zstd": zstandard.ZstdCompressor().compress, "gzip": gzip.compress, "deflate": zlib.compress}  # fmt: skip
    body = inputs.page()
    for one in encoding.split(", "):
        body = pack[one](body)
    (found,) = read(warc(body, encoding=encoding))
    assert isinstance(found, Document), found
    assert found.text == inputs.WHOLE


@pytest.mark.parametrize("encoding", ["br", "zstd"])
def test_a_packed_body_that_grows_or_breaks_off_is_named(encoding: str) -> None:
    pack = {"br": brotli.compress, "zstd": zstandard.ZstdCompressor().compress}[encoding]
    for body, why in ((pack(b"<html>" + b"a" * 300_000_000), "larger than"), (pack(inputs.page())[:-40], "cut off")):
        (found,) = read(warc(body, encoding=encoding))
        assert isinstance(found, Failed)
        assert why in str(found.error)


@pytest.mark.parametrize("frames", [1, 2])
def test_archives_packed_with_zstd(frames: int) -> None:
    records = [warc(inputs.page()), warc(inputs.page(title="Another report"), inputs.URL + "2")]
    pack = zstandard.ZstdCompressor().compress
    data = pack(b"".join(records)) if frames == 1 else b"".join(map(pack, records))
    assert [one.title for one in read(data) if isinstance(one, Document)] == [inputs.TITLE, "Another report"]


def test_the_text_records_of_an_archive_are_read() -> None:
    body = inputs.WHOLE.encode()
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {inputs.URL}\r\nWARC-Date: 2018-11-27T01:02:03Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    (found,) = read(head.encode() + body + b"\r\n\r\n")
    assert isinstance(found, Document)
    assert (found.text, found.url) == (inputs.WHOLE, inputs.URL)


@pytest.mark.parametrize(
    "entry", lexicon.load("exports")["column"], ids=lambda entry: f"{entry['field']} {entry['words'][0]}"
)
def test_every_column_of_another_name_stands_in_the_head_of_its_example(entry: dict[str, Any]) -> None:
    assert {name.strip().lower() for name in re.split("[,;]", entry["example"])} & set(entry["words"])


@pytest.mark.parametrize("entry", lexicon.load("exports")["head"], ids=lambda entry: entry["field"])
def test_a_field_of_a_head_above_a_report_is_known_by_its_example(entry: dict[str, Any]) -> None:
    field, value = headed.labelled(entry["example"]) or ("", "")
    assert field == entry["field"]
    assert entry["example"].endswith(value)


@pytest.mark.parametrize(
    "table",
    [
        "notice",
        "wall",
        "byline_role",
        "chat_own",
        "wire_line",
        "wire_start",
        "taken_back",
        "covering",
        "bounce",
        "bounce_subject",
    ],
)
def test_words_that_are_no_report_stand_in_their_examples(table: str) -> None:
    for entry in lexicon.load("pages")[table]:
        assert entry["example"].lower().startswith(tuple(word.lower() for word in entry["words"])) or any(
            word in entry["example"].lower() for word in entry["words"]
        )


def test_messages_of_a_program_itself_are_known_by_their_kinds() -> None:
    for entry in lexicon.load("exports")["service"]:
        assert exports.is_service(json.loads(entry["example"]))
