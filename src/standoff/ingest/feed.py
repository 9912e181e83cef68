"""Feeds: RSS, Atom and JSON Feed, and the news sitemaps of outlets. What they name is read from its own page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, child, dates, prologue
from standoff.ingest.capture import HEAD, Capture, Options, Read, Reference, Said

MAX_BYTES = 5_000_000
MAX_ITEMS = 10_000

# Its first element, or a document type that names it, however long that goes on; what stands before is stepped over.
_ROOT = re.compile(
    rb"(?:<!DOCTYPE\s+(?=(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b)|<)(?:[a-zA-Z]+:)?(rss|feed|RDF|urlset|sitemapindex)\b",
    re.S,
)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/')
# Entities can grow without end (a billion laughs), or name a file of ours: no feed needs any of its own.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ENOUGH_INLINE = 250
"""Characters of a feed's own text from which on it can be a report, not a teaser."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_TEASER = 600
"""Characters up to which what a feed calls a summary is one."""


class Feed:
    """A feed or a news sitemap."""

    kind = "feed"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head().removeprefix(b"\xef\xbb\xbf")
        return bool(_ROOT.match(prologue.after(head))) or (head.lstrip()[:1] == b"{" and bool(_JSON_FEED.search(head)))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(MAX_BYTES)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            found = _json_feed(data, capture.name)
        else:
            if _DECLARES.search(data):
                raise InputError(capture.name, "a feed that declares a document type", "take that line out of it")
            found = child.shared.call(
                "standoff.ingest.feed:entries",
                capture.name,
                data,
                seconds=options.seconds,
                megabytes=options.megabytes,
            )
        base = capture.chain[-1] if capture.chain else capture.said.url
        for number, entry in enumerate(found["entries"], 1):
            link = address.clean(address.joined(base, entry["url"])) if entry["url"] else None
            day = date.fromisoformat(entry["published"]) if entry["published"] else None
            said = Said(
                title=entry["title"],
                outlet=entry["outlet"] or found["title"],
                author=entry["author"],
                url=link,
                published=day,
                date_method="feed" if day else None,
            )
            inline = None
            if len(entry["content"] or "") >= _ENOUGH_INLINE:
                page = f"<html><body><article>{entry['content']}</article></body></html>".encode("utf-8", "replace")
                inline = capture.part(f"item {number}", page, capture.inherited.over(said), charset="utf-8")
            if link is not None:
                where = f"{capture.name}: item {number}"
                yield Reference(where, capture.root, link, capture.inherited.over(said), inline)
            elif inline is not None:
                yield inline


def entries(data: bytes) -> dict[str, Any]:
    """The entries of an XML feed or sitemap: title, address, day, author, outlet, text. Runs in the child.

    Raises:
        InputError: it is no feed.
    """
    root = _ROOT.match(prologue.after(data[:HEAD].removeprefix(b"\xef\xbb\xbf")))
    if root and root.group(1) in (b"urlset", b"sitemapindex"):
        return _sitemap(data)
    import feedparser

    found = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    if not found.version:
        raise InputError("", f"no feed that can be read ({found.get('bozo_exception') or 'unknown form'})"[:200], _MEND)
    return {
        "title": _text(found.feed.get("title")),
        "entries": [
            {
                "title": _text(entry.get("title")),
                "url": _text(entry.get("link")),
                "published": _iso(entry.get("published") or entry.get("updated")),
                "author": _text(entry.get("author")),
                "outlet": _text(_source(entry).get("title")),
                "content": _content(entry),
            }
            for entry in found.entries[:MAX_ITEMS]
        ],
    }


def _content(entry: Any) -> str | None:
    parts = [_text(part.get("value")) or "" for part in entry.get("content", ()) if isinstance(part, dict)]
    summary = _text(entry.get("summary")) or ""
    return max(parts, key=len, default="") or (summary if len(summary) > _TEASER else None)


def _source(entry: Any) -> dict[str, Any]:
    source = entry.get("source")
    return source if isinstance(source, dict) else {}


_MEND = "give the address or the file of an RSS, Atom or JSON feed"


def _sitemap(data: bytes) -> dict[str, Any]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None or _local(root.tag) == "sitemapindex":
        raise InputError("", "a list of sitemaps", "give one of the sitemaps that it names")
    found: list[dict[str, Any]] = []
    for element in root.iterchildren():
        fields = {
            _local(part.tag): (part.text or "").strip()
            for part in element.iter()
            if isinstance(part.tag, str) and part.text
        }
        if "loc" in fields and len(found) < MAX_ITEMS:
            found.append(
                {
                    "title": fields.get("title"),
                    "url": fields["loc"],
                    "published": _iso(fields.get("publication_date")),
                    "author": None,
                    "outlet": fields.get("name"),
                    "content": None,
                }
            )
    return {"title": None, "entries": found}


def _local(tag: str) -> str:
    """A name without its namespace; of broken XML too, which lxml's own way refuses."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _json_feed(data: bytes, name: str) -> dict[str, Any]:
    try:
        feed = json.loads(data)
        items = feed["items"][:MAX_ITEMS]
        return {
            "title": _text(feed.get("title")),
            "entries": [
                {
                    "title": _text(item.get("title")),
                    "url": _text(item.get("url")) or _text(item.get("external_url")),
                    "published": _iso(item.get("date_published")),
                    "author": _authors(item),
                    "outlet": None,
                    "content": _text(item.get("content_html")) or _paragraphs(item.get("content_text")),
                }
                for item in items
            ],
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(name, f"a broken JSON feed ({error})"[:200], _MEND) from None


def _authors(item: dict[str, Any]) -> str | None:
    return ", ".join(name for one in item.get("authors") or () if (name := _text(one.get("name")))) or None


def _paragraphs(value: object) -> str | None:
    from html import escape

    return "".join(f"<p>{escape(line)}</p>" for line in value.splitlines()) if isinstance(value, str) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    # Half an emoji, or a NUL: no database keeps them, and a feed that sends them is still read.
    value = _NO_TEXT.sub("\ufffd", value)
    return value if value.strip() else None


def _iso(value: object) -> str | None:
    day = dates.iso_day(value)
    return day.isoformat() if day else None
