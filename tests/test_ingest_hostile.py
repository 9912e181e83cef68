"""Hostile and broken inputs: each ends within its time and its memory, with a reason, and harms nothing."""

from __future__ import annotations

import cProfile
import gzip
import io
import json
import os
import re
import resource
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inputs
import samples
from spent import MEGABYTES, SECONDS, spent
from standoff.errors import InputError
from standoff.ingest import html, reader, sources
from standoff.ingest.capture import Capture, Failed, Options, now
from standoff.ingest.child import Child
from standoff.model import Document

SENTENCE = "The army said ten soldiers were killed near the border on Monday."


def _page(inner: str) -> bytes:
    return f"<!DOCTYPE html><html><body><article><p>{SENTENCE}</p>{inner}</article></body></html>".encode()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'.encode()


def _quadratic() -> bytes:
    return (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "'
        + "a" * 100_000
        + '">]><rss version="2.0"><channel><title>'
        + "&a;" * 20_000
        + "</title></channel></rss>"
    ).encode()


def _external(kind: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE rss {kind}><rss version="2.0"><channel><title>&x;</title></channel></rss>'.encode()


def _zip_bomb() -> bytes:
    return inputs.wacz("archive/bomb.warc", inputs.warc_record(b"\0" * 200_000_000))


def _gzip_in_warc() -> bytes:
    return gzip.compress(inputs.warc_record(gzip.compress(b"a" * 500_000_000, 9), encoding="gzip"))


def _gzip_member() -> bytes:
    """A member that grows ten thousand times, by compressing what is compressed: its record claims to be small."""
    return gzip.compress(inputs.warc_record(b"<html>" + b"a" * 300_000_000))


def _pdf_bomb() -> bytes:
    import zlib

    stream = zlib.compress(b"(aaaaaaaa) Tj\n" * 20_000_000, 9)
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >> endobj\n"
        b"4 0 obj << /Filter /FlateDecode /Length "
        + str(len(stream)).encode()
        + b" >> stream\n"
        + stream
        + b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n"
    )


def _pdf_loop() -> bytes:
    return b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >> endobj\ntrailer << /Root 1 0 R >>\n"


def _many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(10_100):
            archive.writestr(f"archive/{number}", "")
    return out.getvalue()


def _nested_mail() -> bytes:
    head = "From: a@b\r\nSubject: x\r\nDate: Mon, 26 Nov 2018 08:30:00 +0200\r\nMIME-Version: 1.0\r\n"
    part = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    return (head + part * 5000 + "Content-Type: text/plain\r\n\r\n" + SENTENCE).encode()


# What it is, its bytes, and what is said of it; None where it can be read after all, for what is in it.
BOMBS: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "200,000 paragraphs": (lambda: _page("<p>a</p>" * 200_000), "more than 50,000 elements"),
    "100,000 attributes": (lambda: _page("<div " + " ".join(f"a{n}=b" for n in range(100_000)) + ">"), "a tag "),
    "50,000 deep": (lambda: _page("<div>" * 49_000), "elements nested more than 256 deep"),
    "a tag without end": (lambda: _page("<div " + "a" * 100_000), "a tag of more than 65,536 bytes"),
    "10 MB of a paragraph": (lambda: _page("<p>" + "word " * 2_000_000), "larger than 5 MB"),
    "4 MB of a paragraph": (lambda: _page("<p>" + "word " * 800_000), "larger than 1 MB"),
    "unclosed scripts": (lambda: _page("<script>" * 400_000), None),
    "unclosed comments": (lambda: _page("<!--" * 1_000_000), None),
    "opening brackets": (lambda: _page("<" * 4_000_000), None),
    "nested tables": (lambda: _page("<table><tr><td>" * 250), None),
    "nested formatting": (lambda: _page("<b><i><a>" * 80 + "x"), None),
    "JSON-LD too deep": (lambda: _page('<script type="application/ld+json">' + "[" * 200_000 + "</script>"), None),
    "one endless word": (lambda: b"a" * 999_000, "a word without end"),
    "combining marks": (lambda: ("The army " + "a" + "\u0301" * 400_000).encode(), None),
    "a billion laughs": (_laughs, "a feed that declares a document type"),
    "quadratic entities": (_quadratic, "a feed that declares a document type"),
    "a file of ours": (lambda: _external('[<!ENTITY x SYSTEM "file:///etc/passwd">]'), "a feed that declares a document type"),
    "a type from outside": (lambda: _external('SYSTEM "http://127.0.0.1:1/x.dtd" []'), "a feed that declares a document type"),
    "100,000 items": (lambda: inputs.rss("<item><title>a</title></item>" * 100_000), "no report in it|seconds"),
    "a JSON feed too deep": (lambda: b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 500_000, "a broken JSON feed"),
    "a ZIP that grows": (_zip_bomb, "archive"),
    "a page that grows": (_gzip_in_warc, "unpacked"),
    "a record that grows": (_gzip_member, "unpacked"),
    "10,100 entries": (_many_entries, "a WACZ of more than 10,000 entries"),
    "a PDF that grows": (_pdf_bomb, "PDF|seconds|memory"),
    "a PDF in a circle": (_pdf_loop, "PDF"),
    "a mail in 5,000 parts": (_nested_mail, "mail"),
    "a JSON list of 30 MB": (lambda: b'[{"text": "a"}' + b', {"text": "a"}' * 2_000_000 + b"]", "larger than 20 MB"),
    "JSON too deep": (lambda: b'{"a": ' * 100_000, "nested too deep"),
    "a line of 30 MB": (lambda: b'{"text": "' + b"a " * 15_000_000 + b'"}', "longer than 10,000,000 bytes"),
    "a row of 30 MB": (lambda: b'url,text\nx,"' + b"a " * 15_000_000, "no row of a table"),
    "a heading of hashes": (lambda: b"# " + b"#" * 900_000 + b"\n" + SENTENCE.encode(), None),
    "Markdown brackets": (lambda: b"# a\n" + b"[" * 300_000 + SENTENCE.encode(), None),
    "Markdown emphasis": (lambda: b"# a\n" + b"*a _" * 200_000 + SENTENCE.encode(), None),
    "Markdown quotes": (lambda: b"# a\n" + b"> " * 100_000 + SENTENCE.encode(), None),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_its_time_and_memory(tmp_path: Path, name: str) -> None:
    make, says = BOMBS[name]
    (tmp_path / "bomb").write_bytes(make())
    said: list[str] = []

    def read() -> None:
        for found in sources.Sources().read(str(tmp_path / "bomb")):
            said.append(str(found.error) if isinstance(found, Failed) else found.id)

    cost = spent(read)
    assert cost.seconds < SECONDS
    assert cost.megabytes < MEGABYTES
    if says is not None:
        assert all(re.search(says, one) for one in said), said
    assert all("/etc/" not in one and "root:" not in one for one in said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bomb"]


def test_a_child_that_hangs_is_killed_and_the_next_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))))
    child = Child()
    started = time.monotonic()
    with pytest.raises(InputError, match="slow: took more than 1 seconds to read"):
        child.call("test_ingest_hostile:hang", "slow", b"", seconds=1, megabytes=300)
    assert time.monotonic() - started < 30  # a busy machine; it would hang for ever
    assert child.call("test_ingest_hostile:length", "next", b"four", seconds=5, megabytes=300) == 4
    with pytest.raises(InputError, match="greedy: took more than 300 MB of memory to read"):
        child.call("test_ingest_hostile:grow", "greedy", b"", seconds=5, megabytes=300)
    with pytest.raises(InputError, match="crash: broke the program that reads it"):
        child.call("test_ingest_hostile:crash", "crash", b"", seconds=5, megabytes=300)
    with pytest.raises(InputError, match=r"fault: cannot be read \(ZeroDivisionError"):
        child.call("test_ingest_hostile:fault", "fault", b"", seconds=5, megabytes=300)
    assert child.call("test_ingest_hostile:length", "next", b"four", seconds=5, megabytes=300) == 4


def hang(data: bytes) -> None:
    while True:
        pass


def length(data: bytes) -> int:
    return len(data)


def grow(data: bytes) -> int:
    return len(bytearray(2_000_000_000))


def crash(data: bytes) -> None:
    import os

    os.abort()


def fault(data: bytes) -> float:
    return 1 / 0


# --------------------------------------------------------------------------- fuzzing

SEEDS = [
    inputs.text(), inputs.markdown(), inputs.page(), inputs.pdf(), inputs.mail(), inputs.mail_in_html(), inputs.jsonl(), inputs.csv(),
    inputs.warc(), inputs.warc_gz(), inputs.wacz(), inputs.rss(), inputs.atom(), inputs.json_feed(), inputs.sitemap(),
    *samples.MORE,
]  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A good input with a piece cut out, put in twice, or overwritten."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        piece = draw(st.one_of(st.just(b""), st.binary(max_size=40), st.just(data[start:end] * 3)))
        data = data[:start] + piece + data[end:]
    return data


def read(data: bytes) -> list[object]:
    return list(reader.read(Capture("x", "x", data, now()), Options()))


@settings(max_examples=150, deadline=None)
@given(st.one_of(broken(), st.binary(max_size=500)))
def test_whatever_the_bytes_a_document_or_a_reason_comes_out(data: bytes) -> None:
    for found in read(data):
        if isinstance(found, Document):
            found.text.encode()
            assert found.published is None or found.published <= now().date().replace(year=now().year + 1)
        elif isinstance(found, Failed):
            assert str(found.error).startswith("x")
            assert "\n" not in str(found.error)
            assert "please report" not in str(found.error)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<br/>", "<script>", "</script>", "<!--", "-->", "<", ">", "a", '"', "=", "\0"]
        ),
        max_size=60,
    )
)
def test_the_count_of_tags_takes_any_page(parts: list[str]) -> None:
    html.check("".join(parts).encode(), "x")


FOUND = [  # by fuzzing, each once the end of a run
    inputs.sitemap().replace(b"<loc>", b"<new:name>").replace(b"</loc>", b"</new:name>"),
    inputs.mail().replace(b"08:30:00 +0200", b"08:30:00 +9999999999999"),
    inputs.mail().replace(b"26 Nov 2018", b"26 Nov 99999999999"),
    inputs.wacz()[60:],
    inputs.rss().replace(
        b"<link>https://www.example.org/world", b"<link><a>x</a><url>y</url>https://www.example.org/world"
    ),
    inputs.json_feed().replace(b'"title": "Ukraine', b'"title": {}, "x": "Ukraine'),
    inputs.pdf().replace(b"/Parent 2 0 R", b"/Parent0  2 R"),
]


@pytest.mark.parametrize("data", FOUND)
def test_what_fuzzing_found_stays_mended(data: bytes) -> None:
    for found in read(data):
        assert isinstance(found, Document) or "please report" not in str(found)


def test_the_count_of_tags_grows_as_the_page_does() -> None:
    def seconds(times: int) -> float:
        page = b"<p>word</p>" * times
        start = time.perf_counter()
        for _ in range(5):
            html.check(page, "x")
        return time.perf_counter() - start

    assert seconds(40_000) < 30 * seconds(4_000)


def test_limits_are_on_in_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))))
    soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
    child = Child()
    assert child.call("test_ingest_hostile:data_limit", "x", b"", seconds=5, megabytes=200) == 200_000_000
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == soft


def data_limit(data: bytes) -> int:
    return resource.getrlimit(resource.RLIMIT_DATA)[0]


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "punycode", "idna", "rot13", "zlib"])
@pytest.mark.parametrize("kind", ["page", "mail"])
def test_what_is_no_encoding_of_texts_changes_no_letter(kind: str, charset: str) -> None:
    words = "The army shelled the town of Lyman on Monday, killing 12 people, the governor \\u003cb\\u003e said. " * 5
    if kind == "page":
        made = inputs.page(f"<p>{words}</p>").replace(b"utf-8", charset.encode(), 1)
    else:
        made = f"From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset={charset}\r\n\r\n{words}".encode()
    found = [one for one in reader.read(Capture("x", "x", made, now()), Options()) if isinstance(one, Document)]
    assert "\\u003cb\\u003e said" in found[0].text


_CHAT = "12/05/2021, 10:00 - Ann: "
_CUE = "1\n00:00:01,000 --> 00:00:02,000\n"
_MAIL = "From: Desk <d@example.org>\nTo: a@b.example\nSubject: news\nDate: Mon, 9 Mar 2026 10:00:00 +0000\n\n"
_SENTENCE = "On 12 May 2021 the Armenian army shelled Goris and killed four soldiers, the ministry said.\n"
_PGP = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n"


@pytest.mark.parametrize(
    ("made", "reports"),
    [
        pytest.param(
            _CHAT + "Hello.\n" + _CHAT + "x" + " " * 400_000 + f"y\n{_CHAT}{_SENTENCE}", 3, id="a chat, spaces"
        ),
        pytest.param(
            _CHAT + "Hello.\n" + _CHAT + "x" + "<abc> " * 70_000 + f"y\n{_CHAT}{_SENTENCE}", 3, id="a chat, marks"
        ),
        pytest.param(f"{_MAIL}{_SENTENCE}" + f"{_PGP}\n" * 10_000 + _SENTENCE, 1, id="a mail, signed and signed"),
        pytest.param(f"{_MAIL}{_SENTENCE}" + _PGP * 10_000 + _SENTENCE, 1, id="a mail, heads and heads"),
        pytest.param("TY  - NEWS\n" + "AU  - a\n" * 80_000 + f"TI  - x\nAB  - {_SENTENCE}ER  - \n", 1, id="RIS"),
        pytest.param(
            _CUE + "".join(f"l{n}\n" for n in range(40_000)) + f"\n{_CUE}" + "".join(f"m{n}\n" for n in range(40_000)),
            1,
            id="subtitles",
        ),
        pytest.param(f"{_SENTENCE}a" + "\u0301\u0323" * 150_000 + "\n", 1, id="marks out of order"),
    ],
)
def test_the_time_of_reading_grows_as_the_input_does(made: str, reports: int) -> None:
    begun = time.process_time()
    found = list(reader.read(Capture("x", "x", made.encode(), now()), Options()))
    assert time.process_time() - begun < 3
    assert sum(isinstance(one, Document) for one in found) == reports


_FIELDS: dict[str, tuple[str, int]] = {
    "in the head": ("X-Seen: yes\n{}\n{words}", 0),
    "below the head": ("\n{words}X-Seen: yes\n{}{words}", 1),
    "below what is passed on": ("\n---------- Forwarded message ----------\n{}{words}", 1),
    "below marks of quoting": ("\n{words}> X-Seen: yes\n{}{words}", 1),
}


@pytest.mark.parametrize("where", _FIELDS)
def test_a_mail_of_fields_is_looked_at_a_number_of_times_that_grows_as_it_does(where: str) -> None:
    """The looks are counted, and not the time. The library that finds mails within others looks from each of their fields at
    all that follow: where they are thousands it is not asked, which is told."""
    form, told = _FIELDS[where]
    mark = "> " if "marks" in where else ""

    def looks(fields: int) -> int:
        made = (_MAIL.rstrip("\n") + "\n" + form.format(f"{mark}X-A: a\n" * fields, words=_SENTENCE)).encode()
        profile = cProfile.Profile()
        (found,) = profile.runcall(lambda: list(reader.read(Capture("x", "x", made, now()), Options())))
        assert isinstance(found, Document)
        assert _SENTENCE.strip() in found.text
        assert found.provenance is not None
        notes = [one for one in found.provenance.left if one.startswith("not searched for mails within it")]
        assert len(notes) == told
        return sum(entry.callcount for entry in profile.getstats())

    looks(2_500)  # loads what it needs
    assert looks(20_000) < 6 * looks(5_000)


def test_what_pgp_writes_around_a_text_is_left_out() -> None:
    signature = "-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----\n"
    made = f"{_MAIL}{_PGP}\n{_SENTENCE}- -- a line\n{signature}{_SENTENCE.replace('four', 'five')}{_PGP}\nRest of it."
    (found,) = reader.read(Capture("x", "x", made.encode(), now()), Options())
    assert isinstance(found, Document)
    assert "killed four" in found.text
    assert "killed five" in found.text
    assert "PGP SIGNATURE" not in found.text


_SAYS = "[12-May-26 06:00 PM] Wells Watch\n"


def test_no_more_of_a_chat_is_held_than_one_message_and_a_limit(tmp_path: Path) -> None:
    """A chat whose messages are a letter, as most of them as there could be; its words alone are held."""
    (tmp_path / "chat").write_text(_CHAT + "a\n" + f"{_CHAT}a\n" * 60_000)
    given = Capture("x", "x", tmp_path / "chat", now())
    counted, most = 0, 0
    tracemalloc.start()
    try:
        for _ in islice(reader.level(given, Options()), 200):
            counted, most = counted + 1, max(most, tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert counted == 200
    assert most < 3 * (tmp_path / "chat").stat().st_size


def test_a_message_without_end_is_refused_and_those_around_it_are_read() -> None:
    for head in (_CHAT, _SAYS):
        made = f"{head}{_SENTENCE}" * 2 + head + "words\n" * 400_000 + f"{head}{_SENTENCE}"
        found = list(reader.read(Capture("x", "x", made.encode(), now()), Options()))
        assert [type(one) for one in found] == [Document, Document, Failed, Document]
        assert "message 3: larger than 1 MB" in str(found[2].error)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "made", [_CHAT + "<Media omitted>\n" + _CHAT + "\n", _SAYS + "\n" + _SAYS + "Joined the server.\n"]
)
def test_a_chat_without_words_is_told(made: str) -> None:
    (found,) = reader.read(Capture("x", "x", made.encode(), now()), Options())
    assert isinstance(found, Failed)
    assert "a chat without a message in words" in str(found.error)


def test_a_chat_that_is_too_large_is_refused_by_its_reason() -> None:
    (found,) = reader.read(Capture("x", "x", (_CHAT + "a\n").encode() * 800_000, now()), Options())
    assert isinstance(found, Failed)
    assert str(found.error) == "x: a chat of more than 20 MB; export it in parts"


def test_a_broken_day_of_a_workspace_loses_no_other() -> None:
    said = json.dumps([{"type": "message", "user": "U1", "text": _SENTENCE, "ts": "1620813600.0"}])
    days = {"2021-05-10": said, "2021-05-11": said[:-9], "2021-05-12": "[" * 100_000, "2021-05-13": said}
    files = {"users.json": "[{", "channels.json": "[]"} | {f"wells/{day}.json": told for day, told in days.items()}
    found = list(reader.read(Capture("x", "x", inputs.packed(files), now()), Options()))
    assert [type(one) for one in found] == [Failed, Failed, Failed, Document, Document]
    assert [one.error.what for one in found if isinstance(one, Failed)] == [
        f"x: {name}.json" for name in ("users", "wells/2021-05-11", "wells/2021-05-12")
    ]
