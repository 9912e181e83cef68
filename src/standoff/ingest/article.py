"""What a page says: its article without the furniture, its headline, outlet, author and dates. Runs in the child."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from html import unescape
from typing import Any

import trafilatura
from lxml import etree, html

from standoff.errors import InputError
from standoff.ingest import dates, encodings, endnotes, furniture, kept, liveblog, scraps, shown

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})", re.I)

# In the order in which they are trusted.
_META_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "LiveBlogPosting BlogPosting Report SocialMediaPosting DiscussionForumPosting WebPage VideoObject".split()
)
_PARAGRAPHS = (
    "p",
    "div",
    "li",
    "tr",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "pre",
)
# Properties of an element that is shown, in RDFa and microdata.
_DATED = ("datepublished", "datecreated", "dc:date", "dc:created", "dcterms:created")
_SCHEMA_DEPTH = 12
_FEW = 0.05

# What calls itself one of these is Windows-1252, as every browser reads it.
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
# Python's names for what is no encoding of a page, or one that hides markup from whoever looks at the bytes.
_NO_CHARSETS = frozenset(
    {"utf-7", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "idna", "punycode"}
)


def read(data: bytes, url: str | None, charset: str | None) -> dict[str, Any]:
    """Text, headline, outlet, author, address, dates by method, and the encodings declared and used.

    Raises:
        InputError: there is no article in it.
    """
    words, declared, used = decode(data, charset)
    tree = tree_of(words)
    meta = _meta(tree) if tree is not None else {}
    said = list(_json_ld(tree)) if tree is not None else []
    schema = _of_this(list(_schema(said)), tree, meta) if tree is not None else []
    candidates = list(_dates(tree, meta, schema)) if tree is not None else []
    things = _things(said)
    left: list[str] = []
    live = changed = wrote = None
    page: Any = words
    if tree is not None:
        if not schema and meta.get("og:type") != "article" and furniture.is_list_of_stories(tree):
            raise InputError("", "a list of stories, and no report", "add the pages that it leads to")
        left = kept.other_pages(tree) + furniture.clear(tree)
        # What is left has no comments in it, whose days are not the article's.
        candidates += _times(tree)
        if (day := shown.first(tree)) is not None or (not candidates and (day := shown.last(tree)) is not None):
            candidates.append(("shown", day))
        if furniture.PAID not in left and any(_is_paid(item) for item in schema):
            left.append("what the page keeps for subscribers, if it was not shown when it was saved")
        changed = shown.changed(tree, meta) or _changed(schema)
        shown.drop_labels(tree)
        wrote = shown.writer(tree)
        live = liveblog.text(tree, schema)
        page = tree
    found = _extracted(page, url) if tree is None else _extracted(deepcopy(tree), url)
    # Each line is a paragraph.
    text = live or "\n\n".join(line for line in ((found.text if found else None) or "").splitlines() if line.strip())
    if tree is not None and live is None:
        text = kept.put_back(tree, kept.parted(tree, text))
        left += kept.warning(tree, text)
        text, gone = scraps.without(text)
        left += gone
        if notes := endnotes.spans(text):
            left += endnotes.told(notes, text)
            text = scraps.cut(text, notes)
    if not any(character.isalpha() for character in text):
        why = "no article found in the page"
        raise InputError("", why, "save the text of the report as .txt and read that")
    if (notice := kept.notice(tree, text)) is not None:
        raise InputError("", f"no report on the page, only what its site says (“{notice}”)", "open it in a browser, and save it when its text is there")  # fmt: skip
    if (day := _found_date(tree, words)) is not None:
        candidates.append(("htmldate", day))
    return {
        "text": text,
        "title": _headline(tree, schema, meta) or (found.title if found else None),
        "outlet": meta.get("og:site_name")
        or _named(schema, "publisher", things)
        or (found.sitename if found else None),
        "author": _named(schema, "author", things) or wrote or (found.author if found else None),
        "url": _canonical(tree, meta, url, _saved_from(words)),
        "dates": [(how, day.isoformat()) for how, day in candidates],
        "changed": changed.isoformat() if changed else None,
        "left": left,
        "declared": declared,
        "encoding": used,
        "method": f"trafilatura {trafilatura.__version__}",
    }


def all_words(page: str, *, mail: bool = False) -> str:
    """Every paragraph of a page or a piece of one, whatever it is; of a mail what its reader sees, without its foot."""
    tree = tree_of(page)
    if tree is None:
        return ""
    if mail:
        furniture.clear_mail(tree)
    for element in list(tree.iter("script", "style", "head", "noscript")):
        furniture.drop(element)
    for line_break in tree.iter("br"):
        line_break.tail = furniture.settable("\n" + (line_break.tail or ""))
    for block in tree.iter(*_PARAGRAPHS):
        block.text = furniture.settable("\n" + (block.text or ""))
        block.tail = furniture.settable("\n" + (block.tail or ""))
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n\n".join(line for line in lines if line)


def _extracted(page: Any, url: str | None) -> Any:
    found = trafilatura.bare_extraction(
        page, url=url, include_comments=False, with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    return None if isinstance(found, dict) else found


def _found_date(tree: html.HtmlElement | None, words: str) -> date | None:
    """What a search of the whole page makes of its day, without what only dates a change."""
    from htmldate import find_date

    try:
        page = words if tree is None else shown.without_changes(tree)
        found = dates.iso_day(find_date(page, extensive_search=False, original_date=True))
        return None if found is not None and tree is not None and shown.only_in_numbers(page, found) else found
    except Exception:  # it fails on odd pages, and is only a guess
        return None


def decode(data: bytes, charset: str | None) -> tuple[str, str | None, str]:
    """The words of a page, the encoding it declares (its sender's word first), and the one it was read in.

    What is declared is tried first and must fit; UTF-8 next; then the best guess. A byte that fits nowhere is U+FFFD.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), charset, encoding
    head = data[:4096]
    found = _META_CHARSET.search(head) or _XML_CHARSET.search(head)
    declared = charset or (found.group(1).decode("ascii") if found else None)
    for said in (declared, "utf-8"):
        if said is None or said.lower() in _NO_CHARSETS or not encodings.of_letters(said):
            continue
        used = "cp1252" if said.lower() in _LATIN else said.lower()
        with contextlib.suppress(LookupError, ValueError):
            return data.decode(used), declared, used
    if sum(byte > 0x7F for byte in data[:200_000]) < _FEW * min(len(data), 200_000):
        # Latin letters with a few marks among them: Windows-1252, of which guesses make Polish and Turkish.
        used = "cp1252"
        with contextlib.suppress(UnicodeDecodeError):
            used = encodings.latin(data)
        return data.decode(used, "replace"), declared, used
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    guess = str(best.encoding) if best is not None else "cp1252"
    return data.decode(guess, "replace"), declared, guess


def tree_of(words: str) -> html.HtmlElement | None:
    """A page as a tree; None where it cannot be one."""
    try:
        # A declaration of an encoding is refused in text that is decoded already.
        tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", words), parser=html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError):
        return None
    for template in tree.iter("template"):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"  # what a page that was saved shows in a frame of its own
    return tree


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _schema(said: list[Any]) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that describe the article, outermost first."""

    def walk(item: Any, depth: int) -> Iterator[dict[str, Any]]:
        if depth > _SCHEMA_DEPTH:
            return
        if isinstance(item, list):
            for one in item[:100]:
                yield from walk(one, depth + 1)
        elif isinstance(item, dict):
            kinds = item.get("@type")
            if any(
                isinstance(kind, str) and kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                yield item
            for name in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from walk(item.get(name), depth + 1)

    yield from (one for block in said for one in walk(block, 0))


def _json_ld(tree: html.HtmlElement) -> Iterator[Any]:
    """What the page's JSON-LD holds, block by block; a broken one is passed over."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() == "application/ld+json" and element.text:
            with contextlib.suppress(ValueError, RecursionError):
                yield json.loads(element.text, strict=False)


def _things(said: list[Any]) -> dict[str, str]:
    """The names of persons and bodies by the ids that articles name them by."""
    found: dict[str, str] = {}
    for block in said:
        graph = block.get("@graph") if isinstance(block, dict) else block
        for one in graph[:500] if isinstance(graph, list) else ():
            if isinstance(one, dict) and isinstance(one.get("@id"), str) and isinstance(one.get("name"), str):
                found.setdefault(one["@id"], one["name"])
    return found


def _of_this(schema: list[dict[str, Any]], tree: html.HtmlElement, meta: dict[str, str]) -> list[dict[str, Any]]:
    """What a page says of the article that it shows, where it speaks of others too."""
    heads = {_plain(furniture.text_of(one)) for one in tree.iter("h1", "title")} | {_plain(meta.get("og:title", ""))}
    own = [
        item for item in schema if isinstance(item.get("headline"), str) and _plain(item["headline"]) in heads - {""}
    ]
    return [item for item in schema if item in own or not item.get("headline")] if own else schema


def _plain(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _dates(tree: html.HtmlElement, meta: dict[str, str], schema: list[dict[str, Any]]) -> Iterator[tuple[str, date]]:
    # Of an article and the page that shows it, the article's: the page may be older by years.
    for item in sorted(schema, key=lambda item: item.get("@type") == "WebPage"):
        if day := dates.iso_day(item.get("datePublished")):
            yield "json-ld", day
            break
    for name in _META_DATES:
        if name in meta and (day := dates.iso_day(meta[name])):
            yield "meta", day
            break


def _times(tree: html.HtmlElement) -> list[tuple[str, date]]:
    for element in tree.xpath("//*[@content and (@property or @itemprop)]"):
        said = f"{element.get('property') or ''} {element.get('itemprop') or ''}".lower()
        if element.tag != "meta" and any(name in said for name in _DATED) and (day := dates.iso_day(element.get("content"))):  # fmt: skip
            return [("time", day)]
    times = tree.xpath(
        "//time[@datetime and (@pubdate or @itemprop='datePublished' or contains(@class,'publish') or ancestor::header)]"
    ) or tree.xpath("//article//time[@datetime]")
    for element in times:
        if not shown.is_change(element) and (day := dates.iso_day(element.get("datetime"))):
            return [("time", day)]
    return []


def _is_paid(item: dict[str, Any]) -> bool:
    """Whether a page says of an article that not everybody may read it."""
    return str(item.get("isAccessibleForFree")).strip().lower() == "false"


def _changed(schema: list[dict[str, Any]]) -> date | None:
    return max((day for item in schema if (day := dates.iso_day(item.get("dateModified")))), default=None)


def _headline(tree: html.HtmlElement | None, schema: list[dict[str, Any]], meta: dict[str, str]) -> str | None:
    """What a page calls its article, in its head; or over its text, where that has other figures: they were mended since."""
    named = [value for item in schema if isinstance(value := item.get("headline"), str)]
    told = next((unescape(value) for value in (*named, meta.get("og:title", "")) if value.strip()), None)
    heads = [furniture.text_of(one).strip() for one in tree.iter("h1")] if tree is not None else []
    if told is None or len(heads) != 1 or not heads[0]:
        return told
    (shown_,) = heads
    same = set(_WORD.findall(told.casefold())) & set(_WORD.findall(shown_.casefold()))
    alike = 2 * len(same) > len(set(_WORD.findall(shown_.casefold())))
    return shown_ if alike and sorted(_NUMBER.findall(told)) != sorted(_NUMBER.findall(shown_)) else told


_WORD, _NUMBER = re.compile(r"[^\W\d_]{3,}"), re.compile(r"\d+")


def _named(schema: list[dict[str, Any]], role: str, things: Mapping[str, str]) -> str | None:
    """The name of an article's publisher, or of its authors; ``things`` are the names of what has an id elsewhere."""
    for item in schema:
        value = item.get(role)
        names = [
            one
            if isinstance(one, str)
            else one.get("name") or things.get(str(one.get("@id")))
            if isinstance(one, dict)
            else None
            for one in (value if isinstance(value, list) else [value])
        ]
        found = [name.strip() for name in names if isinstance(name, str) and name.strip()]
        if found:
            return ", ".join(found[:10])
    return None


# What browsers write into a page that they save: Internet Explorer and Chrome; SingleFile.
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)", re.I)


def _saved_from(words: str) -> str | None:
    found = _SAVED.search(words[:4000])
    return found.group(1) if found else None


def _canonical(tree: html.HtmlElement | None, meta: dict[str, str], url: str | None, saved: str | None) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href") if tree is not None else []
    for address in (*links, meta.get("og:url"), url, saved):
        if isinstance(address, str) and address.strip().lower().startswith(("http://", "https://")):
            return address.strip()
    return url
