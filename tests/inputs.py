"""One input of each kind, made here: the same report as a file, a page, a feed, an archive, a mail …"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping

TITLE = "Ukraine accuses Russia of seizing three ships"
PARAGRAPHS = (
    "Ukraine's navy accused Russia on Sunday of seizing three of its ships off Crimea and said six sailors were wounded.",
    "Russia's Federal Security Service said the vessels had entered Russian waters and that three sailors were injured.",
    "The foreign ministry in Kyiv rejected the account and demanded that the ships and their crews be returned at once.",
)
DAY = "2018-11-26"
OUTLET = "Example Wire"
URL = "https://www.example.org/world/2018/11/26/kerch-strait.html"
BODY = "\n\n".join(PARAGRAPHS)
WHOLE = f"{TITLE}\n\n{BODY}"
ALERTS = """
[[alert]]
name = "figures"
when = "dispute"
kind = "count"
parties = ["Russia", "UKR"]

[[alert]]
name = "heat"
when = "tension"
parties = ["RUS", "UKR"]
over = 3.0

[[alert]]
name = "tolls"
when = "toll"
loss = "injured"
by = 2
"""


def page(body: str | None = None, *, head: str = "", title: str = TITLE) -> bytes:
    inner = body if body is not None else "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    schema = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": f"{DAY}T08:30:00+02:00",
            "author": {"@type": "Person", "name": "Example Desk"},
            "publisher": {"@type": "Organization", "name": OUTLET},
        }
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} | {OUTLET}</title>'
        f'<meta property="og:site_name" content="{OUTLET}"><link rel="canonical" href="{URL}">'
        f'<script type="application/ld+json">{schema}</script>{head}</head>'
        f"<body><article><h1>{title}</h1>{inner}</article></body></html>"
    ).encode()


def markdown() -> bytes:
    front = f"---\ntitle: {TITLE}\ndate: {DAY}\nsource: {OUTLET}\nurl: {URL}\n---\n"
    return f"{front}# {TITLE}\n\n**Ukraine's** {BODY.removeprefix(PARAGRAPHS[0][:9])}".encode()


def text() -> bytes:
    return f"{TITLE}\n26 November 2018\n\n{BODY}\n".encode()


def rss(items: str | None = None) -> bytes:
    inner = items if items is not None else item(URL)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{OUTLET}</title><link>https://www.example.org/</link>{inner}</channel></rss>"
    ).encode()


def item(url: str, *, title: str = TITLE, content: bool = True) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    inner = f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded>" if content else ""
    return (
        f"<item><title>{title}</title><link>{url}</link><pubDate>Mon, 26 Nov 2018 06:30:00 GMT</pubDate>"
        f"<author>Example Desk</author>{inner}</item>"
    )


def atom() -> bytes:
    paragraphs = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in PARAGRAPHS)
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title><id>x</id>'
        f'<entry><title>{TITLE}</title><id>1</id><link href="{URL}"/><published>{DAY}T06:30:00Z</published>'
        f'<content type="html">{paragraphs}</content></entry></feed>'
    ).encode()


def json_feed() -> bytes:
    one = {"id": "1", "url": URL, "title": TITLE, "date_published": f"{DAY}T06:30:00Z", "content_text": BODY}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": OUTLET, "items": [one]}).encode()


def sitemap(url: str = URL) -> bytes:
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{url}</loc><news:news><news:publication><news:name>{OUTLET}</news:name></news:publication>"
        f"<news:publication_date>{DAY}T06:30:00Z</news:publication_date><news:title>{TITLE}</news:title></news:news></url></urlset>"
    ).encode()


def jsonl() -> bytes:
    record = {"headline": TITLE, "body": BODY, "date": DAY, "source": OUTLET, "url": URL, "author": "Example Desk"}
    return (json.dumps(record) + "\n").encode()


def csv() -> bytes:
    quoted = BODY.replace('"', '""')
    return f'url,title,publish_date,media_name,text\n{URL},{TITLE},{DAY},{OUTLET},"{quoted}"\n'.encode()


def mail() -> bytes:
    return (
        f"From: {OUTLET} <news@example.org>\r\nTo: desk@example.net\r\nSubject: {TITLE}\r\n"
        "Date: Mon, 26 Nov 2018 08:30:00 +0200\r\nMIME-Version: 1.0\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\n\r\n' + BODY.replace("\n", "\r\n")
    ).encode()


def mail_in_html() -> bytes:
    head, _, _ = mail().partition(b"\r\n\r\n")
    return head.replace(b"text/plain", b"text/html") + b"\r\n\r\n" + page()


def pdf(lines: tuple[str, ...] | None = None) -> bytes:
    """One page, each line drawn where a typewriter would put it."""
    shown = lines if lines is not None else (TITLE, "26 November 2018", "", *_wrapped(BODY))
    drawn = "".join(f"({_escaped(line)}) Tj T*\n" for line in shown)
    stream = f"BT /F1 10 Tf 12 TL 40 800 Td\n{drawn}ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Author (Example Desk) /CreationDate (D:20181126063000Z) >>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def _wrapped(body: str) -> list[str]:
    import textwrap

    return [line for part in body.split("\n\n") for line in (*textwrap.wrap(part, 88), "")]


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("’", "'")


def warc_record(body: bytes, url: str = URL, *, kind: str = "text/html; charset=utf-8", encoding: str = "") -> bytes:
    packing = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{packing}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2018-11-27T01:02:03Z\r\n"
        "WARC-Record-ID: <urn:uuid:11111111-2222-4333-8444-555555555555>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc() -> bytes:
    return warc_record(page())


def warc_gz() -> bytes:
    return gzip.compress(warc_record(gzip.compress(page()), encoding="gzip"))


def wacz(name: str = "archive/data.warc.gz", content: bytes | None = None) -> bytes:
    return packed({"datapackage.json": "{}", name: content if content is not None else warc_gz()})


def packed(files: Mapping[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def zips() -> list[bytes]:
    """ZIPs of reports: as they are, deflated, one in another."""
    files = {"2026/report.html": page(), "second.txt": text(), "__MACOSX/._second.txt": b"\0\5\x16\7"}
    stored = packed(files, zipfile.ZIP_STORED)
    return [stored, packed({**files, "inner.zip": stored})]


def tars() -> list[bytes]:
    """TARs of reports, packed and not, and a report that is packed alone."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in (("a/report.html", page()), ("a/._report.html", b"\0\5\x16\7"), ("b/second.txt", text())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    whole = out.getvalue()
    return [whole, gzip.compress(whole), bz2.compress(whole), lzma.compress(whole), gzip.compress(page())]


def workbook(rows: list[list[object]] | None = None, **changes: object) -> bytes:
    """A workbook with a sheet of reports; ``changes`` are done to it before it is saved."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows or [["date", "title", "text", "source"], [DAY, TITLE, BODY, OUTLET]]:
        sheet.append(row)
    for change in changes.values():
        change(book)  # type: ignore[operator]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
