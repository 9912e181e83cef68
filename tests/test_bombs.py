"""Files made to hang, blow up or mislead their reader: each ends within ten seconds of processor and 400 MB, with a reason.

They are made here and never kept. With the bombs of ``test_ingest_hostile.py`` they are more than a hundred.
"""

from __future__ import annotations

import gzip
import io
import json
import re
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


_OOXML = "http://schemas.openxmlformats.org/"
_W = f'xmlns:w="{_OOXML}wordprocessingml/2006/main"'
_R = f'xmlns:r="{_OOXML}officeDocument/2006/relationships"'


def _docx_with(**parts: str | bytes) -> bytes:
    """A DOCX with more parts: in their names "__" stands for a folder, and each is XML unless its name says otherwise."""
    import zipfile

    out = io.BytesIO(_docx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            where = name.replace("__", "/")
            archive.writestr(where if "." in where else f"{where}.xml", body)
    return out.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="r{n}" Type="{_OOXML}officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_OOXML}package/2006/relationships">{told}</Relationships>'


def _docx_related(body: str = "", *targets: tuple[str, str], **parts: str | bytes) -> bytes:
    """A DOCX whose document has relationships of its own."""
    made = {
        "word/_rels/document.xml.rels": _relations(*targets),
        "word/document.xml": f"<w:document {_W} {_R}><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>{body}</w:body></w:document>",
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "[Content_Types].xml": f'<Types xmlns="{_OOXML}package/2006/content-types"/>',
    }
    return inputs.packed({**made, **{f"{name.replace('__', '/')}.xml": one for name, one in parts.items()}})


def _xlsx(
    rows: str, *, before: str = "", after: str = "", sheets: int = 1, strings: str = "", styles: str = ""
) -> bytes:
    """A workbook whose sheets have these rows."""
    names = f'xmlns="{_OOXML}spreadsheetml/2006/main"'
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(sheets)
    )
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    sheet = f"<worksheet {names}>{before}<sheetData>{head}{rows}</sheetData>{after}</worksheet>"
    return inputs.packed({
        "[Content_Types].xml": f'<Types xmlns="{_OOXML}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{book}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{book}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{book}.sharedStrings+xml"/>{kinds}</Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {names} {_R}><sheets>'
        + "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(sheets)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(sheets)), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/sharedStrings.xml": f"<sst {names}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {names}>{styles}</styleSheet>",
        **{f"xl/worksheets/sheet{n}.xml": sheet for n in range(sheets)},
    })  # fmt: skip


def _cells(rows: int, columns: int) -> str:
    row = "".join("<c><v>1</v></c>" for _ in range(columns))
    return f"<row>{row}</row>" * rows


def _epub(**parts: str | bytes) -> bytes:
    return inputs.packed(
        {"mimetype": "application/epub+zip", **{name.replace("__", "/"): one for name, one in parts.items()}}
    )


def _one_part_many_times(data: bytes, name: str, times: int) -> bytes:
    """A ZIP whose list names one of its parts over and over: none of the names has bytes of its own."""
    at = data.rindex(b"PK\x05\x06")
    begin = struct.unpack("<I", data[at + 16 : at + 20])[0]
    entry = data.index(name.encode(), begin) - 46
    size = 46 + sum(struct.unpack("<3H", data[entry + 28 : entry + 34]))
    more = data[entry : entry + size] * times
    end = bytearray(data[at:])
    count = struct.unpack("<H", end[10:12])[0] + times
    end[8:16] = struct.pack("<HHI", count, count, at - begin + len(more))
    return data[:at] + more + bytes(end)


def _lies(data: bytes, name: str) -> bytes:
    """A ZIP whose list says that a part of it has ten bytes."""
    made = bytearray(data)
    entry = data.index(name.encode(), struct.unpack("<I", data[data.rindex(b"PK\x05\x06") + 16 :][:4])[0]) - 46
    made[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(made)


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
    "DOCX of 90 MB of spaces": lambda: _docx(inside=" " * 90_000_000),
    "DOCX of one attribute of 40 MB": lambda: _docx(inside='<w:r w:a="' + "x" * 40_000_000 + '"/>'),
    "DOCX of 100,000 attributes": lambda: _docx(inside="<w:r " + " ".join(f'w:a{n}=""' for n in range(100_000)) + "/>"),
    "DOCX of a million paragraphs": lambda: _docx(inside="</w:p>" + "<w:p/>" * 1_000_000 + "<w:p>"),
    "DOCX of 300,000 paragraphs of a word": lambda: _docx(
        inside="</w:p>" + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000 + "<w:p>"
    ),
    "DOCX of 400,000 cells": lambda: _docx(
        inside="</w:p><w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 400_000 + "</w:tr></w:tbl><w:p>"
    ),
    "DOCX of tables 3,000 deep": lambda: _docx(
        inside="</w:p>" + "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000 + "<w:p>"
    ),
    "DOCX of cells that span a billion": lambda: _docx(
        inside='</w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p>'
    ),
    "DOCX of 300,000 relationships": lambda: _docx_related("", *[("hyperlink", "a")] * 300_000),
    "DOCX whose relationship is itself": lambda: _docx_related(
        "", ("footnotes", "document.xml"), ("styles", "document.xml")
    ),
    "DOCX of notes that hold themselves": lambda: _docx_related(
        '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' * 2_000,
        ("footnotes", "footnotes.xml"),
        word__footnotes=f'<w:footnotes {_W}><w:footnote w:id="2"><w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        "</w:footnote></w:footnotes>",
    ),
    "DOCX of styles without end": lambda: _docx_related(
        '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>' * 1_000,
        ("styles", "styles.xml"),
        word__styles=f"<w:styles {_W}>"
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 100_000}"/></w:style>'
            for n in range(100_000)
        )
        + "</w:styles>",
    ),
    "DOCX of lists in a circle": lambda: _docx_related(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 100,
        ("numbering", "numbering.xml"),
        ("styles", "styles.xml"),
        word__numbering=f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        word__styles=f'<w:styles {_W}><w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>',
    ),
    "DOCX that lies of its size": lambda: _lies(_docx(inside=" " * 90_000_000), "word/document.xml"),
    "DOCX of one part 60,000 times": lambda: _one_part_many_times(_docx(), "word/document.xml", 60_000),
    "DOCX of one part of 2 MB 4,000 times": lambda: _one_part_many_times(
        _docx(inside=" " * 2_000_000), "word/document.xml", 4_000
    ),
    "DOCX in a DOCX in a DOCX": lambda: _docx_with(
        **{"word__embeddings__a.docx": _docx_with(**{"word__embeddings__a.docx": _docx(inside=" " * 90_000_000)})}
    ),
    "DOCX of hidden words without end": lambda: _docx(
        inside="<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>" * 200_000
    ),
    "DOCX of fields to fill in, one in another": lambda: _docx(
        inside="<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000
    ),
    "DOCX whose head is 50 MB": lambda: _docx_with(docProps__core="<a>" + "<creator>a</creator>" * 2_500_000 + "</a>"),
    "ODT of a billion spaces": lambda: _odt(inside='<text:s text:c="1000000000"/>' * 1_000),
    "ODT 100,000 deep": lambda: _odt(inside="<text:span>" * 100_000 + "</text:span>" * 100_000),
    "ODT 900 deep": lambda: _odt(inside="<text:span>" * 900 + "a" + "</text:span>" * 900),
    "ODT of sections 900 deep": lambda: _odt(
        inside="</text:p>" + "<text:section>" * 900 + "</text:section>" * 900 + "<text:p>"
    ),
    "ODT of a million paragraphs": lambda: _odt(inside="</text:p>" + "<text:p>a</text:p>" * 1_000_000 + "<text:p>"),
    "ODT of tables in tables": lambda: _odt(
        inside="</text:p>"
        + "<table><table-row><table-cell>" * 300
        + "<text:p>a</text:p>"
        + "</table-cell></table-row></table>" * 300
        + "<text:p>"
    ),
    "ODT of boxes in boxes": lambda: _odt(
        inside="<frame><text-box><text:p>a" * 60 + "</text:p></text-box></frame>" * 60
    ),
    "ODT of 500,000 notes": lambda: _odt(inside="<text:note/>" * 500_000),
    "ODT of one attribute of 40 MB": lambda: _odt(inside='<text:span text:style-name="' + "x" * 40_000_000 + '"/>'),
    "XLSX of a million cells": lambda: _xlsx(_cells(10_000, 100)),
    "XLSX of 5 million empty rows": lambda: _xlsx("<row/>" * 5_000_000),
    "XLSX whose last cell is the last there may be": lambda: _xlsx(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "XLSX of 100,000 rows of which the last has 200 cells": lambda: _xlsx(
        '<row r="100000"><c r="GR100000"><v>1</v></c></row>'
    ),
    "XLSX of columns merged to the bottom": lambda: _xlsx(
        "", after="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 2_000 + "</mergeCells>"
    ),
    "XLSX merged as a whole": lambda: _xlsx("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "XLSX of 4,000 sheets": lambda: _xlsx("", sheets=4_000),
    "XLSX of a million shared words": lambda: _xlsx("", strings="<si><t>a</t></si>" * 1_000_000),
    "XLSX of one shared word of 90 MB": lambda: _xlsx(
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>' * 50, strings="<si><t>" + "a " * 45_000_000 + "</t></si>"
    ),
    "XLSX of a shared word of 2 MB in 90,000 cells": lambda: _xlsx(
        '<row><c t="s"><v>0</v></c></row>' * 90_000, strings="<si><t>" + "a " * 1_000_000 + "</t></si>"
    ),
    "XLSX of a million forms": lambda: _xlsx(
        "", styles="<fonts>" + "<font/>" * 1_000_000 + "</fonts><fills/><borders/><cellXfs><xf/></cellXfs>"
    ),
    "XLSX of a million rules": lambda: _xlsx(
        "", after="<dataValidations>" + '<dataValidation sqref="A1"/>' * 500_000 + "</dataValidations>"
    ),
    "XLSX of a column that is a billion": lambda: _xlsx(
        "", before='<cols><col min="1" max="999999999" width="1"/></cols>'
    ),
    "XLSX that lies of its size": lambda: _lies(_xlsx(_cells(10_000, 100)), "xl/worksheets/sheet0.xml"),
    "XLSX that names a file": lambda: _xlsx("", strings="</sst>" + _FILE + "<sst>"),
    "EPUB whose spine is itself": lambda: _epub(
        **{
            "META-INF__container.xml": '<container><rootfile full-path="META-INF/container.xml"/></container>',
            "content.opf": '<package><manifest><item id="a" href="content.opf"/></manifest><spine toc="a">'
            + '<itemref idref="a"/>' * 100_000
            + "</spine></package>",
        }
    ),
    "EPUB of 60,000 pages": lambda: _one_part_many_times(_epub(page__html="<p>a</p>"), "page/html", 60_000),
    "EPUB of 900 MB of zeros": lambda: _epub(page__html=b"\0" * 900_000_000),
    "PPTX of a slide of 300 MB": lambda: inputs.packed(
        {"ppt/presentation.xml": "<a/>", "ppt/slides/slide1.xml": " " * 300_000_000}
    ),
    "one byte": lambda: b"\xff",
    "only zeros": lambda: b"\0" * 60_000_000,
}


CLOCK = 3.0
"""Seconds of the processor until a child is ended here: what hangs, hangs at any clock; those of a command have the clock of all."""


def test_the_bombs_are_more_than_a_hundred() -> None:
    assert len({*MORE, *EARLIER}) > 100


@pytest.mark.parametrize("name", MORE)
def test_a_bomb_is_set_aside_within_its_time_and_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(MORE[name]())

    def read() -> None:
        told = 0
        for found in bounded.read(from_file(tmp_path / "bomb"), Options(seconds=CLOCK)):
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
    "name",
    [one for one in MORE if re.fullmatch(r"(?:ODT|DOCX|XLSX) (?:of entities|of fields|that names a file.*)", one)],
)
def test_a_document_with_a_document_type_or_fields_without_end_is_refused_by_its_reason(
    name: str, tmp_path: Path
) -> None:
    """Wherever it stands and however it is written: what it names is never opened, and never grown."""
    (tmp_path / "bomb").write_bytes(MORE[name]())
    (found,) = bounded.read(from_file(tmp_path / "bomb"), Options())
    assert isinstance(found, Failed)
    assert ("fields" if "fields" in name else "declares a document type") in str(found.error)


def test_the_others_of_a_command_are_read_whatever_lies_between_them(tmp_path: Path) -> None:
    """One that runs out of memory, one out of time, one that is refused: each is a line, and the reports are in the store."""
    from typer.testing import CliRunner

    import standoff
    from standoff import cli

    (tmp_path / "in").mkdir()
    bombs = (
        "DOCX of 90 MB of spaces",
        "XLSX merged as a whole",
        "EPUB whose spine is itself",
    )
    for number, name in enumerate(bombs):
        (tmp_path / "in" / f"{number}-a").write_bytes(MORE[name]())
        (tmp_path / "in" / f"{number}-b.txt").write_text(WORDS.replace("12", str(12 + number)))
    result = CliRunner().invoke(cli.app, ["add", str(tmp_path / "in"), "--offline", "--store", str(tmp_path / "a.db")])
    assert result.exit_code == 3, result.stderr
    assert "added 3, failed 3" in result.stdout
    with standoff.open_store(tmp_path / "a.db") as store:
        assert len(store.ids()) == 3


def test_a_document_whose_head_cannot_be_read_is_read(tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(MORE["DOCX whose head is 50 MB"]())
    (found,) = bounded.read(from_file(tmp_path / "bomb"), Options())
    assert isinstance(found, Document)
