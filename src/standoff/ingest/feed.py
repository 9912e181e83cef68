"""Feeds: RSS, Atom and JSON Feed, and the news sitemaps of outlets. What they name is read from its own page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, child, dates, prologue
from standoff.ingest.capture import HEAD, Capture, Failed, Options, Read, Reference, Said

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
# One that only names a form, and declares nothing of its own.
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[\w:]{1,20}(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:\"[^\"\[<]{0,300}\"|'[^'\[<]{0,300}')){1,2})?\s*>(?=\s*<(?:[a-zA-Z]+:)?(?:rss|feed|RDF)\b)", re.I)  # fmt: skip
_ENDS = re.compile(rb"</(?:[a-zA-Z]+:)?(?:rss|feed|RDF|urlset|sitemapindex)\s*>", re.I)
# Numbers of characters that XML knows not.
_NO_CHARACTER = re.compile(rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));", re.I)
_BROKEN_OFF = re.compile(r"(?<=[\s>])\d[\d.,]{0,20}(?:\.\.\.|…)(?=\s*(?:</[^>]{1,20}>\s*)*$)")
_CUT = re.compile(r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])\s*(?:</[^>]{1,20}>\s*)*$")
_ITEM = re.compile(r"<li\b[^>]*>(.*?)</li>", re.S | re.I)
_LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.S | re.I)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Feed:
    """A feed or a news sitemap."""

    kind = "feed"

    def recognises(self, capture: Capture) -> bool:
        head = plain(capture.head())
        return _is_feed(head) or (head.lstrip()[:1] == b"{" and bool(_JSON_FEED.search(head)))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = plain(capture.whole(MAX_BYTES))
        if data[:1] == b"{":
            found = _json_feed(data, capture.name)
        else:
            data = _DOCTYPE.sub(b"", data, count=1)
            if _declares(data):
                raise InputError(capture.name, "a feed that declares a document type", "take that line out of it")
            found = child.shared.call(
                "standoff.ingest.feed:entries",
                capture.name,
                data,
                seconds=options.seconds,
                megabytes=options.megabytes,
            )
        base = capture.chain[-1] if capture.chain else capture.said.url or found.get("link")
        for number, entry in enumerate(found["entries"], 1):
            link = address.clean(address.joined(base, entry["url"])) if entry["url"] else None
            day = date.fromisoformat(entry["published"]) if entry["published"] else None
            said = Said(
                title=_line(entry["title"]),
                outlet=_line(entry["outlet"] or found["title"]),
                author=_line(entry["author"]),
                url=link,
                published=day,
                date_method="feed" if day else None,
            )
            inline, left = None, (*capture.left, *(found.get("left", ()) if number == 1 else ()))
            if found.get("cut") and number == len(found["entries"]):
                where = f"{capture.name}: item {number}"
                why = InputError(where, "cut off: the feed ends within it", "fetch the feed again")
                yield Failed(where, capture.root, why)
                entry["content"] = None
            if (words := markup(entry["content"] or "")) and _says_more(words, entry["title"]):
                if _CUT.search(words):
                    # "and of 1..." may have been 12 or 100: what is broken off is no word.
                    words = _BROKEN_OFF.sub("…", words)
                    left = (*left, "the rest of it, which the feed does not carry")
                page = f"<html><body><article>{words}</article></body></html>".encode("utf-8", "replace")
                inline = capture.part(f"item {number}", page, capture.inherited.over(said), charset="utf-8", left=left)
            if link is not None:
                where = f"{capture.name}: item {number}"
                yield Reference(where, capture.root, link, capture.inherited.over(said), inline, entry["stamp"])
            elif inline is not None:
                yield inline


def plain(data: bytes) -> bytes:
    """A feed as UTF-8 from its first element on: without marks of byte order, and without what a program that failed
    wrote in front of it."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _as_utf8(data[len(mark) : len(data) - len(data) % 2], encoding)
    if data[:4] == b"<\0?\0" or data[:4] == b"\0<\0?":
        return _as_utf8(data[: len(data) - len(data) % 2], "utf-16-le" if data[:1] == b"<" else "utf-16-be")
    if marks := _MARKS.match(data):
        data = data[marks.end() :]
    if not _is_feed(data) and (begins := _BEGINS.search(data[:_JUNK])) and not _PAGE.search(data[: begins.start()]):
        rest = data[begins.start() :]
        return rest if _is_feed(rest) else data
    return data


def _is_feed(data: bytes) -> bool:
    return _ROOT.match(prologue.after(data[:HEAD])) is not None


_MARKS = re.compile(rb"(?:\xef\xbb\xbf|\s)*")


# Where a feed begins behind what stands in front of it; and what shows that it stands in a page, which is not read as one.
_JUNK = 4000
_BEGINS = re.compile(rb"<\?xml\s|<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")
_PAGE = re.compile(rb"<!doctype|<html|<body|<head", re.I)


def _as_utf8(data: bytes, encoding: str) -> bytes:
    words = data.decode(encoding, "replace").lstrip("\ufeff")
    return re.sub(r"(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*[\"'][^\"']{1,40}[\"']", r"\1", words, count=1).lstrip().encode("utf-8", "replace")  # fmt: skip


def _declares(data: bytes) -> bool:
    """Whether a document type stands before the first element: there alone it declares anything."""
    at = 0
    while (found := _MARKUP.search(data, at)) is not None:
        if found.group().upper().startswith(b"<!D") or found.group().upper().startswith(b"<!E"):
            return True
        if found.group() == b"<!--":
            at = data.find(b"-->", found.end())
        elif found.group() == b"<?":
            at = data.find(b"?>", found.end())
        else:
            return False
        if at < 0:
            return bool(_DECLARES.search(data))
    return False


_MARKUP = re.compile(rb"<!--|<\?|<!DOCTYPE|<!ENTITY|<[a-zA-Z]", re.I)
_ESCAPED = re.compile(
    r"&(?:amp;)*lt;/?(?:p|br|div|span|a|b|i|em|strong|ul|li|h[1-6]|img|figure|blockquote)\b[^<]{0,2000}?&(?:amp;)*gt;",
    re.I,
)
_CDATA = re.compile(r"(?:<|&lt;)!\[CDATA\[(.*?)(?:\]\](?:>|&gt;)|$)", re.S)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
# What ReliefWeb puts before a text: the countries and sources that it is filed under.
_TAGGED = re.compile(r'<div class="tag [a-z_ -]{1,40}">[^<]{0,400}</div>')


def markup(content: str) -> str:
    """What a feed carries of a report, as HTML: also where it was escaped twice, or its mark of raw text was escaped."""
    from html import unescape

    for _ in range(4):
        content = _CDATA.sub(lambda found: found.group(1), content)
        # Markup that is shown as words, and no other markup around it: it was escaped once too often.
        if _ESCAPED.search(content) and len(_ESCAPED.findall(content)) > len(_TAG.findall(content)):
            content = unescape(content)
    items = _ITEM.findall(content)
    if len(items) > 1 and all(
        _LINK.search(one) and len(_TAG.sub("", _LINK.sub("", one)).split()) <= 8 for one in items
    ):
        content = _ITEM.sub("", content)  # what others have of it, by their headlines
    return _TAGGED.sub("", content).strip()


def _says_more(words: str, title: str | None) -> bool:
    """Whether a feed's own text is more than the headline again, or a link."""
    told = re.sub(r"\W+", "", _TAG.sub(" ", words)).casefold()
    return len(told) >= _SHORTEST and told != re.sub(r"\W+", "", _line(title) or "").casefold()


_SHORTEST = 25
"""Letters of the shortest sentence that tells of something."""


def _line(told: str | None) -> str | None:
    """A title, a name: words without markup, whose entities are letters."""
    from html import unescape

    if told is None:
        return None
    words = _CDATA.sub(lambda found: found.group(1), told)
    for _ in range(3):
        if "&" not in words:
            break
        words = unescape(words)
    return " ".join(re.sub(r"</?(?:p|br|b|i|em|strong|span|a|sup|sub|font)\b[^<>]*>", " ", words).split()) or None


_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_OWN_WORDS = re.compile(rb"<(?:description|summary|content|content:encoded)[\s>]")
_MEDIA = re.compile(
    rb"<media:(description|text|title)\b[^>]{0,400}>[^<]{0,20000}(?:<!\[CDATA\[.{0,20000}?\]\]>)?\s*</media:\1>", re.S
)


def entries(data: bytes) -> dict[str, Any]:
    """The entries of an XML feed or sitemap: title, address, day, author, outlet, text. Runs in the child.

    Raises:
        InputError: it is no feed.
    """
    root = _ROOT.match(prologue.after(data[:HEAD]))
    if root and root.group(1) in (b"urlset", b"sitemapindex"):
        return _sitemap(data)
    import feedparser

    cut = _ENDS.search(data[-4000:]) is None
    data = _NO_CHARACTER.sub(b" ", _CONTROLS.sub(b" ", data))
    if _OWN_WORDS.search(data):
        data = _MEDIA.sub(b"", data)  # what describes a picture would be taken for what describes the report
    found = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    told = data.decode("utf-8", "replace") if b"<wp:author_login" in data else ""
    writers = {login: name for login, name in _WRITER.findall(told) if name.strip()}
    shown = [entry for entry in found.entries if _is_published_post(entry)]
    if not found.version:
        raise InputError("", f"no feed that can be read ({found.get('bozo_exception') or 'unknown form'})"[:200], _MEND)
    # Of Atom: whoever wrote the feed wrote those of its entries that name nobody.
    above = _text(found.feed.get("author")) if found.version.startswith("atom") else None
    above = above if above != _text(found.feed.get("title")) else None
    return {
        "title": _text(found.feed.get("title")),
        "link": _text(found.feed.get("link")),
        "cut": cut,
        "left": _not_posts(found.entries),
        "entries": [
            {
                "title": _text(entry.get("title")),
                "url": _text(entry.get("link")),
                "published": _iso(entry.get("published") or entry.get("updated")),
                "author": _text(writers.get(entry.get("author"), entry.get("author")))
                or _text(_source(entry).get("author"))
                or (None if entry.get("source") else above),
                "outlet": _text(_source(entry).get("title")),
                "content": _content(entry),
                "stamp": _stamp(entry.get("updated"), entry.get("published")),
            }
            for entry in shown[:MAX_ITEMS]
        ],
    }


# An export of WordPress (WXR) is a feed with more in it than was ever published.
_WRITER = re.compile(
    r"<wp:author_login>\s*(?:<!\[CDATA\[)?([^<\]]{1,100}).{0,500}?<wp:author_display_name>\s*(?:<!\[CDATA\[)?([^<\]]{1,100})",
    re.S,
)
_CAPTION = re.compile(r"\[caption\b[^\]]{0,500}\].{0,2000}?\[/caption\]", re.S)
_SHORTCODE = re.compile(
    r"\[/?[a-z][a-z0-9]*[_-][a-z0-9_-]{1,40}\b[^\[\]<>]{0,500}\]|\[/?(?:gallery|embed|audio|video|playlist)\b[^\[\]<>]{0,500}\]"
)


def _is_published_post(entry: Any) -> bool:
    """Whether what a feed names is a report that was published; a feed that says nothing of it has only such."""
    return entry.get("wp_post_type") in (None, "post") and entry.get("wp_status") in (None, "publish")


def _not_posts(entries: Sequence[Any]) -> list[str]:
    """What an export of WordPress holds beside published posts, counted by kind."""
    kinds = Counter(
        entry.get("wp_post_type") if entry.get("wp_post_type") != "post" else f"{entry.get('wp_status')} post"
        for entry in entries
        if not _is_published_post(entry)
    )
    return [f"{many} of the export that {'is no published post' if many == 1 else 'are no published posts'}: {kind}" for kind, many in sorted(kinds.items())]  # fmt: skip


def _content(entry: Any) -> str | None:
    parts = [_text(part.get("value")) or "" for part in entry.get("content", ()) if isinstance(part, dict)]
    summary = _text(entry.get("summary")) or ""
    words = max(
        (*parts, summary), key=lambda part: len(_TAG.sub("", part))
    )  # a podcast gives its notes under both names
    if entry.get("wp_post_type"):
        words = _SHORTCODE.sub("", _CAPTION.sub("", words))
    return words or None


def _stamp(*times: object) -> str | None:
    """When a report was last changed, as its feed writes it: another is another version."""
    return next((" ".join(time.split()) for time in times if isinstance(time, str) and time.strip()), None)


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
                    "stamp": _stamp(fields.get("lastmod"), fields.get("publication_date")),
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
                    "content": _text(item.get("content_html"))
                    or _paragraphs(item.get("content_text") or item.get("summary")),
                    "stamp": _stamp(item.get("date_modified"), item.get("date_published")),
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
    # The first day of 1970 is none: the clock of a program that knows of no day.
    return day.isoformat() if day and (day.year, day.month, day.day) != (1970, 1, 1) else None
