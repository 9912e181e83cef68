"""Files made to hang, blow up or mislead their reader: each ends within ten seconds of processor and 400 MB, with a reason.

They are made here and never kept. With the bombs of ``test_ingest_hostile.py`` they are more than a hundred.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import inputs
from spent import MEGABYTES, SECONDS, spent
from standoff.ingest import bounded
from standoff.ingest.capture import Failed, Options, from_file
from standoff.model import Document
from test_ingest_hostile import BOMBS as EARLIER

WORDS = "Sudan's army said on Monday that the Rapid Support Forces shelled a market in Omdurman, killing 12 people. "


def _mail(head: str = "", body: str = WORDS) -> bytes:
    first = "From: a@b.example\r\nSubject: x\r\nDate: Mon, 26 Nov 2018 08:30:00 +0200\r\nMIME-Version: 1.0\r\n"
    return f"{first}{head}\r\n{body}".encode()


def _warc(*heads: bytes) -> bytes:
    return b"".join(b"WARC/1.0\r\n" + head + b"\r\n\r\n" for head in heads)


def _page(inside: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><article><p>{WORDS}</p>{inside}</article></body></html>".encode()


def _pdf(stream: bytes, how: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >> endobj\n4 0 obj << "
        + how + b" /Length " + str(len(stream)).encode() + b" >> stream\n" + stream
        + b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n"
    )  # fmt: skip


def _pdf_of_lines() -> bytes:
    text = b"BT /F1 9 Tf " + b"(a line that goes on and on) Tj T* " * 20_000 + b" ET"
    return _pdf(zlib.compress(text), b"/Filter /FlateDecode")


def _parquet(rows: int, length: int) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    out = io.BytesIO()
    one = pyarrow.array(["a " * length])
    column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows, pyarrow.int32()), one)
    parquet.write_table(pyarrow.table({"text": column}), out, compression="zstd")
    return out.getvalue()


def _zip(**entries: bytes) -> bytes:
    return inputs.packed({name.replace("__", "/").replace("_warc", ".warc"): body for name, body in entries.items()})


def _zip_that_lies() -> bytes:
    data = bytearray(_zip(archive__a_warc=b"\0" * 50_000_000))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def _rss(items: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def _odt(before: str = "", inside: str = "", kind: bytes = b"", encoding: str = "utf-8") -> bytes:
    names = f'xmlns:office="{_OPEN}office:1.0" xmlns:text="{_OPEN}text:1.0"'
    body = f"<office:body><office:text><text:p>{WORDS}{inside}</text:p></office:text></office:body>"
    page = f'<?xml version="1.0" encoding="{encoding}"?>{before}<office:document-content {names}>{body}</office:document-content>'
    return inputs.packed(
        {"mimetype": b"application/vnd.oasis.opendocument.text" + kind, "content.xml": page.encode(encoding)}
    )


def _docx(before: str = "", inside: str = "") -> bytes:
    office = "http://schemas.openxmlformats.org/"
    runs = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r>{inside}</w:p>"
    page = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{office}wordprocessingml/2006/main"><w:body>{runs}</w:body></w:document>'
    return inputs.packed({
        "[Content_Types].xml": f'<Types xmlns="{office}package/2006/content-types"/>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{office}package/2006/relationships"><Relationship Id="r" Target="word/document.xml"'
        f' Type="{office}officeDocument/2006/relationships/officeDocument"/></Relationships>'.encode(),
        "word/document.xml": page.encode(),
    })  # fmt: skip


_FAR = "<!--" + "x" * 5_000 + "-->"
_ROUNDS = (
    _FAR
    + '<!DOCTYPE r [<!ENTITY a "'
    + "ha " * 100
    + '">'
    + "".join(f'<!ENTITY {c} "{f"&{b};" * 50}">' for b, c in pairwise("abcdefg"))
    + "]>"
)
_FILE = '<!DOCTYPE r [<!ENTITY g SYSTEM "file:///etc/passwd">]>'

MORE: dict[str, Callable[[], bytes]] = {
    "40 empty comments before a page": lambda: b"<!---->" * 40 + inputs.page(),
    "8 kB of empty comments": lambda: b"<!---->" * 1_200,
    "comments that open and never close": lambda: b"<!--" * 2_000 + inputs.page(),
    "comments and space before a feed": lambda: b"<!-- -->\n" * 400 + inputs.rss(),
    "declarations before a page": lambda: b"<?xml ?>" * 1_000 + inputs.page(),
    "a mail of quotation marks": lambda: _mail('Cc: "' + '"' * 32_000 + "\r\n"),
    "a mail to quotation marks": lambda: _mail('To: "' + '"' * 32_000 + "\r\n"),
    "a mail to 100,000": lambda: _mail("To: " + ", ".join(f"a{n}@b.example" for n in range(100_000)) + "\r\n"),
    "a mail from brackets": lambda: _mail("Reply-To: " + "(" * 50_000 + "\r\n"),
    "a mail in encoded words": lambda: _mail("Comments: " + "=?utf-8?q?a?= " * 20_000 + "\r\n"),
    "a mail of a type without end": lambda: _mail("Content-Type: text/plain; " + 'a="b"; ' * 20_000 + "\r\n"),
    "a mail of continuations": lambda: _mail("To: a\r\n" + " b\r\n" * 200_000),
    "a mail of 200,000 fields": lambda: _mail("".join(f"X-{n}: a\r\n" for n in range(200_000))),
    "a mail of boundaries": lambda: _mail('Content-Type: multipart/mixed; boundary="b"\r\n', "--b\r\n" * 300_000),
    "a mail of markup": lambda: _mail("Content-Type: text/html\r\n", "<div>" * 49_000 + WORDS),
    "a mail in punycode": lambda: _mail("Content-Type: text/plain; charset=punycode\r\n", "-" + "a" * 900_000),
    "a mail whose subject is punycode": lambda: _mail(f"Subject: =?punycode?q?{'a' * 30_000}?=\r\n"),
    "a mail of base64": lambda: _mail("Content-Transfer-Encoding: base64\r\n", "QUJD" * 4_000_000),
    "a WARC head of 200 MB": lambda: gzip.compress(_warc(b"WARC-Type: response\r\nX: " + b"y" * 200_000_000)),
    "a WARC head of 20 million lines": lambda: gzip.compress(
        _warc(b"WARC-Type: response\r\n" + b"X: y\r\n" * 20_000_000)
    ),
    "a WARC of a lying length": lambda: _warc(b"WARC-Type: response\r\nContent-Length: 5") + b"z" * 50_000_000,
    "a WARC of a huge length": lambda: (
        _warc(b"WARC-Type: response\r\nContent-Length: 99999999999999999999") + b"z" * 100
    ),
    "a WARC of a long address": lambda: _warc(
        b"WARC-Type: response\r\nWARC-Target-URI: https://a.example/" + b"a" * 200_000 + b"\r\nContent-Length: 0"
    ),
    "a WARC of 200,000 empty records": lambda: gzip.compress(
        _warc(b"WARC-Type: response\r\nContent-Length: 0") * 200_000
    ),
    "a WARC in 2,000 members": lambda: gzip.compress(_warc(b"WARC-Type: warcinfo\r\nContent-Length: 0")) * 2_000,
    "an HTTP head of 100 MB": lambda: gzip.compress(
        _warc(b"WARC-Type: response\r\nContent-Length: 100000000") + b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000_000
    ),
    "a ZIP that lies of its size": _zip_that_lies,
    "a ZIP of zeros": lambda: _zip(archive__a_warc=b"\0" * 300_000_000),
    "a ZIP in a ZIP": lambda: _zip(archive__a_warc=_zip(archive__b_warc=b"\0" * 100_000_000)),
    "a torn ZIP": lambda: _zip(archive__a_warc=b"WARC/1.0\r\n" * 1_000)[:200],
    "Parquet of one long word": lambda: _parquet(1, 100_000_000),
    "Parquet of a million long rows": lambda: _parquet(1_000_000, 50_000),
    "Parquet of nothing": lambda: b"PAR1" + b"\0" * 100_000 + b"PAR1",
    "Parquet that is torn": lambda: _parquet(10, 10)[:-10],
    "a CSV of one cell": lambda: b'text,url\n"' + b"a " * 4_500_000 + b'",x\n',
    "a CSV of quotation marks": lambda: b"text,url\n" + b'"' * 5_000_000,
    "a CSV of 2 million rows": lambda: b"text,url\n" + b",\n" * 2_000_000,
    "a CSV of 500,000 rows that are no reports": lambda: b"text,url\n" + b",x\n" * 500_000,
    "JSON Lines of 500,000 empty objects": lambda: b'{"text": "a"}\n' + b"{}\n" * 500_000,
    "JSON Lines of 300,000 torn objects": lambda: b'{"text": "a"}\n' + b"{\n" * 300_000,
    "a CSV of 100,000 columns": lambda: b"text," + b"a," * 100_000 + b"b\n" + b"x," * 100_000,
    "a CSV of commas": lambda: b"text,url\n" + b"," * 9_000_000,
    "JSON Lines of brackets": lambda: b'{"text": "a"}\n' + b"[" * 5_000_000,
    "JSON Lines of numbers": lambda: b'{"text": "a", "b": ' + b"9" * 5_000_000 + b"}",
    "JSON Lines of keys": lambda: b'{"text": "a"' + b"".join(b', "k%d": 1' % n for n in range(500_000)) + b"}",
    "JSON Lines of escapes": lambda: b'{"text": "' + b"\\ud83d" * 500_000 + b'"}',
    "a JSON list of lists": lambda: b'[{"text": "a"}' + b",[]" * 5_000_000 + b"]",
    "a PDF of 20,000 lines": _pdf_of_lines,
    "a PDF of filters": lambda: _pdf(b"a" * 100, b"/Filter [" + b"/FlateDecode " * 10_000 + b"]"),
    "a PDF of brackets": lambda: _pdf(b"[" * 1_000_000),
    "a PDF of strings": lambda: _pdf(b"(" * 1_000_000),
    "a PDF of objects": lambda: b"%PDF-1.4\n" + b"1 0 obj << >> endobj\n" * 200_000,
    "a PDF of hex": lambda: _pdf(b"<" + b"41" * 2_000_000 + b"> Tj", b""),
    "a feed of one item of 4 MB": lambda: _rss(
        f"<item><title>a</title><description>{'a ' * 2_000_000}</description></item>"
    ),
    "a feed of markup": lambda: _rss(
        "<item><title>a</title><description>" + "&lt;div&gt;" * 300_000 + "</description></item>"
    ),
    "a feed 100,000 deep": lambda: _rss("<a>" * 100_000),
    "a feed of attributes": lambda: _rss("<item " + " ".join(f'a{n}="b"' for n in range(100_000)) + "/>"),
    "a feed of spaces": lambda: b"<?xml version='1.0'?>" + b" " * 4_000_000 + _rss(""),
    "a feed of half letters": lambda: json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [{"url": "https://a.example", "title": "\ud83d" * 10_000}] * 100,
        }
    ).encode(),
    "a sitemap of 200,000": lambda: b"<urlset>" + b"<url><loc>https://a.example/</loc></url>" * 100_000 + b"</urlset>",
    "a page of entities": lambda: _page("&amp;" * 900_000),
    "a page of one table": lambda: _page("<table>" + "<tr><td>a" * 24_000 + "</table>"),
    "a page of open links": lambda: _page("<a href=x>a" * 40_000),
    "a page of selects": lambda: _page("<select><option>a" * 20_000),
    "a page of styles": lambda: _page("<style>" + "a{b:c}" * 600_000 + "</style>"),
    "a page of JSON-LD": lambda: _page('<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>"),
    "a page of names": lambda: _page('<meta name="author" content="' + "a, " * 1_000_000 + '">'),
    "a page of dates": lambda: _page("2024-05-07 May 7, 2024 " * 40_000),
    "a page in UTF-16": lambda: b"\xff\xfe" + _page("<p>a" * 20_000).decode().encode("utf-16-le"),
    "a page of null bytes": lambda: _page("\0" * 4_000_000),
    "a page of directions": lambda: _page("\u202e" * 1_000_000),
    "a text of unseen letters": lambda: ("Ru\u200dssian " + "a\u200d" * 240_000).encode(),
    "a text of stray dots": lambda: (WORDS + "a\u0301\u0307 " * 120_000).encode(),
    "a text of line ends": lambda: WORDS.encode() + b"\n" * 900_000,
    "a text of tabs": lambda: WORDS.encode() + b"\t" * 900_000,
    "a text of two alphabets": lambda: ("Ru\u0455sian " * 70_000).encode(),
    "a text of dates": lambda: b"KYIV, May 7 (Reuters) - " * 40_000,
    "a text in UTF-7": lambda: b"+ADw-script+AD4- " * 50_000,
    "Markdown of tables": lambda: b"# a\n\n" + b"|a" * 200_000 + b"\n" + b"|-" * 200_000,
    "Markdown of lists": lambda: b"# a\n\n" + b"".join(b" " * (n % 200) + b"- a\n" for n in range(60_000)),
    "Markdown of backticks": lambda: b"# a\n\n" + b"".join(b"`" * n + b" " for n in range(1_200)),
    "Markdown of links": lambda: b"# a\n\n" + b"[a](" * 200_000,
    "Markdown of references": lambda: b"# a\n\n" + b"[a]: b\n" * 100_000,
    "a list of one address 400,000 times": lambda: b"https://a.example/\n" * 400_000,
    "a list of 60,000 addresses": lambda: b"".join(b"https://a.example/%d\n" % n for n in range(60_000)),
    "ODT of entities": lambda: _odt(_ROUNDS, "&g;"),
    "ODT that names a file": lambda: _odt(_FAR + _FILE, "&g;"),
    "ODT that names a file in UTF-16": lambda: _odt(_FILE, "&g;", encoding="utf-16"),
    "ODT whose kind is 900 MB": lambda: _odt(kind=b" " * 900_000_000),
    "DOCX of entities": lambda: _docx(_ROUNDS, "&g;"),
    "DOCX that names a file": lambda: _docx(_FAR + _FILE, "&g;"),
    "DOCX of fields": lambda: _docx(inside='<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 30_000),
    "DOCX 60,000 deep": lambda: _docx(inside="<w:p>" * 60_000 + "</w:p>" * 60_000),
    "one byte": lambda: b"\xff",
    "only zeros": lambda: b"\0" * 60_000_000,
}


def test_the_bombs_are_more_than_a_hundred() -> None:
    assert len({*MORE, *EARLIER}) > 100


@pytest.mark.parametrize("name", MORE)
def test_a_bomb_is_set_aside_within_its_time_and_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(MORE[name]())

    def read() -> None:
        told = 0
        for found in bounded.read(from_file(tmp_path / "bomb"), Options()):
            if isinstance(found, Failed):
                told += 1
                assert len(str(found.error)) < 2_000
                assert "please report" not in str(found.error)
            elif isinstance(found, Document):
                found.text.encode()
        assert told < 1_000

    cost = spent(read)
    assert cost.seconds < SECONDS
    assert cost.megabytes < MEGABYTES


@pytest.mark.parametrize(
    "name", [one for one in MORE if one.startswith(("ODT of", "ODT that", "DOCX of", "DOCX that"))]
)
def test_a_document_with_a_document_type_or_fields_without_end_is_refused_by_its_reason(
    name: str, tmp_path: Path
) -> None:
    """Wherever it stands and however it is written: what it names is never opened, and never grown."""
    (tmp_path / "bomb").write_bytes(MORE[name]())
    (found,) = bounded.read(from_file(tmp_path / "bomb"), Options())
    assert isinstance(found, Failed)
    assert ("fields" if "fields" in name else "declares a document type") in str(found.error)
