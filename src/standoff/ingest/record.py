"""What one record of an export says, be it a row of a table or an object: a report, a link to one, or why it is neither.

A field is known by its name; ``--column text=Body`` names what is called otherwise. A record with a text is a report; one
with an address alone is a link to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from html import unescape
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, dates, exports, freeze, scraps
from standoff.ingest.capture import Capture, Failed, Options, Read, Reference, Said
from standoff.ingest.pagewords import listed

MAX_LINE = 10_000_000
"""Characters of one line, or of one row."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "story", "maintext"),
    "title": ("title", "headline", "heading"),
    "published": ("published", "date", "publish_date", "published_at", "pubdate", "publication_date", "date_publish",
                  "datepublished", "created_at", "timestamp", "report_date", "report date", "date_of_report", "date of report",
                  "date reported", "date_reported", "reported_on", "published.$date", "date.$date", "publish_date.$date",
                  "published_at.$date", "created_at.$date"),
    "url": ("url", "link", "article_url", "source_url", "canonical_url", "href", "documentidentifier", "sourceurl"),
    "outlet": ("outlet", "source", "publisher", "media_name", "source_name", "newspaper", "site", "publication"),
    "author": ("author", "authors", "byline"),
    "id": ("id", "doc_id", "document_id", "uid", "stories_id"),
}  # fmt: skip
SAMPLE = 500
"""Reports of an input in which lines that repeat are looked for."""
WORDY = 8
"""Words of the shortest note beside an address that is a report of its own, and says no more about the page."""
MEND = "name the columns: --column text=NAME --column url=NAME"
NEITHER = "neither a text nor an address"
_HYPERLINK = re.compile(r'\s*=HYPERLINK\(\s*"([^"]*)"\s*[,;]\s*"((?:[^"]|"")*)"\s*\)\s*', re.I)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")
_PASSED_ON = re.compile(r"RT @(\w{1,30}): ")
_STRONG = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|article|main|div|section|p|h[1-6])\b[^>]{0,500}>", re.I)
_X = "an X export"
_CUT = re.compile(r"\[\+(\d{1,7}) chars\]\s*$")
_BRIEF = "only what its list says of it is read, not its own text"


@cache
def known_fields() -> Mapping[str, tuple[str, ...]]:
    """The names of columns, the English ones first."""
    written = {field: (*names, *exports.columns().get(field, ())) for field, names in FIELDS.items()}
    # "publish_date", "publish date", "publish-date": one name.
    return {
        field: tuple(dict.fromkeys((*names, *(name.replace("_", mark) for mark in " -" for name in names))))
        for field, names in written.items()
    }


def report(
    capture: Capture,
    where: str,
    record: Any,
    options: Options,
    encoding: str | None = None,
    order: str | None = None,
    known: frozenset[str] = frozenset(),
) -> Read:
    """A report, a link to one, or why it is neither."""
    if not isinstance(record, dict):
        return failed(capture, where, "no object with fields", "write one JSON object a line")
    named = exports.flat(record)
    export, fields = _fields_of(tuple(named), tuple(options.columns.items()))
    if export is not None and export.asked and not options.columns:
        return failed(capture, where, f"{export.name}, not a report", export.asked)
    found: dict[str, str] = {}
    for field, names in fields:
        for name in names:
            if field != "text" and str(named[name]).strip().lower() in listed("nothing"):
                continue  # how programs write that there is none
            if (value := words_of(named[name], "\n\n" if field == "text" else ", ")) is not None:
                found[field] = value
                break
    if found and not {"text"} & {*found, *options.columns} and (told := _told(named, "url" in found)) is not None:
        found["text"] = told
    if export is not None and export.lead:
        found["text"] = led(words_of(named.get(export.lead)) or "", found.get("text")) or ""
    if export is not None and export.name == _X and "text" in found:
        found["text"] = unescape(found["text"])  # X writes "&amp;" for "&"
    if {found.get("text"), found.get("title")} & listed("taken_back"):
        return failed(capture, where, "taken back by who wrote or lists it", "give its text, if you have it")
    link = _HYPERLINK.fullmatch(found.get("title", ""))
    if link is not None:  # what Excel shows of it
        found["title"] = link.group(2).replace('""', '"')
        found.setdefault("url", link.group(1))
    if "text" in found and not _MARKUP.match(found["text"]) and _ENTITY.search(found["text"]):
        found["text"] = unescape(found["text"])
    if (passed := _PASSED_ON.match(found.get("text", ""))) is not None:
        found["outlet"], found["text"] = f"@{passed.group(1)}", found["text"][passed.end() :]
    day = dates.iso_day(found.get("published")) if "published" in found else None
    if day is None and isinstance(named.get("timestamp"), int | float):
        day = dates.iso_day(named["timestamp"])
    left = capture.left
    if day is None and "published" in found:
        day = dates.numbered(found["published"], order)
        if day is None:
            left = (*left, f"its day, which is not certain: {found['published'][:40]}")
    url = address.clean(found.get("url"))
    said = Said(
        id=name if "text" in found and (name := found.get("id", "")).isprintable() and name else None,
        title=found.get("title"),
        outlet=found.get("outlet"),
        author=found.get("author"),
        url=url,
        published=day,
        date_method="column" if day else None,
    )
    said = capture.inherited.over(said)
    if text := found.get("text"):
        # Markup is read as a page, which puts its headline in front itself.
        if not _MARKUP.match(text):
            text, gone = scraps.without(_STRONG.sub(r"\1", text), known)
            left = (*left, *gone)
            text = freeze.with_title(found.get("title"), text)
        return capture.part(
            where,
            text.encode("utf-8", "replace"),
            said,
            charset="utf-8",
            left=left,
            container_encoding=encoding or capture.container_encoding,
        )
    brief = words_of(named.get(export.brief)) if export is not None and export.brief else None
    if export is not None and export.cut and (begun := words_of(named.get(export.cut))) is not None:
        first, missing = _CUT.sub("", begun).strip(), _CUT.search(begun)
        if len(first) > len(brief or ""):
            brief = first
            left = (*left, f"{missing[1]} characters of it are missing, which its list cut off") if missing else left
    inline = None
    if brief is not None:
        words = freeze.with_title(found.get("title"), brief).encode("utf-8", "replace")
        inline = capture.part(where, words, said, charset="utf-8", left=(*left, _BRIEF))
    if url is not None:
        return Reference(f"{capture.name}: {where}", capture.root, url, said, inline)
    if inline is not None:
        return inline
    if "url" in found:
        return failed(capture, where, f"no web address: {found['url'][:80]}", "write it as https://…")
    return failed(
        capture,
        where,
        NEITHER,
        f"{MEND} (it has {', '.join(' '.join(name.split()) for name in list(named)[:12])})" if named else MEND,
    )


def _told(named: Mapping[str, Any], addressed: bool) -> str | None:
    """What a record without a text tells in another field; beside an address a word or two on its page are no report."""
    narrative, summary = exports.columns()["narrative"], exports.columns()["summary"]
    names = narrative if addressed else (*narrative, *summary)
    told = next((told for name in names if (told := words_of(named.get(name)))), None)
    return told if told is not None and (not addressed or len(told.split()) >= WORDY) else None


@lru_cache(maxsize=64)
def _fields_of(
    held: tuple[str, ...], columns: tuple[tuple[str, str], ...]
) -> tuple[exports.Export | None, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The export that has these columns, and which of them our fields may stand in. The rows of a table have the same."""
    export, given, there = exports.known(held), dict(columns), set(held)
    known = {**known_fields(), **(export.columns if export is not None else {})}
    wanted = {field: (given[field].lower(),) if field in given else names for field, names in known.items()}
    fields = ((field, tuple(name for name in names if name in there)) for field, names in wanted.items())
    return export, tuple((field, names) for field, names in fields if names)


def led(lead: str, text: str | None) -> str | None:
    """A text with its first sentences in front, where it does not begin with them."""
    if not text or not lead.strip() or not lead.rstrip().endswith((".", "!", "?", "”", '"')):
        return text
    if _against(lead, text):
        return text
    begins = re.sub(r"\W+", "", text[: 2 * len(lead)]).casefold()
    return text if re.sub(r"\W+", "", lead)[:40].casefold() in begins else f"{lead.strip()}\n\n{text}"


def _against(lead: str, text: str) -> bool:
    """Whether two texts give another number of the same: an older lead, which the text has left behind."""
    one, other = ({noun: number for number, noun in _OF_WHAT.findall(words)} for words in (lead, text))
    return any(noun in other and other[noun] != number for noun, number in one.items())


_OF_WHAT = re.compile(r"\b(\d[\d,]*) ([a-z]{4,})")


def words_of(value: object, between: str = ", ") -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = between.join(one.strip() for one in value if one.strip())
    return unmangled(value) if isinstance(value, str) and value.strip() else None


def unmangled(words: str) -> str:
    """A text whose bytes were taken for letters one by one, as Facebook writes it, put right.

    >>> unmangled("the guard \u00e2\u0080\u0093 a man of 60"), unmangled("Un café")
    ('the guard – a man of 60', 'Un café')
    """
    if _MANGLED.search(words) is None:
        return words
    try:
        return words.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return words


_MANGLED = re.compile(
    r"[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}"
)


def order(records: Iterable[Any]) -> str | None:
    """Whether days written in numbers are day and month or month and day, as some records of one input show together."""
    names = known_fields()["published"]
    told = (exports.flat(one) for one in records if isinstance(one, dict))
    shown = {dates.order_of(words_of(one[name])) for one in told for name in names if name in one} - {None}
    return shown.pop() if len(shown) == 1 else None


def texts(records: Iterable[Any]) -> Iterator[str]:
    """The texts of some records, in which lines that repeat are looked for."""
    for record in records:
        if isinstance(record, dict):
            named = {name.lower(): value for name, value in record.items() if isinstance(name, str)}
            text = next((named[name] for name in FIELDS["text"] if isinstance(named.get(name), str)), None)
            if text is not None:
                yield text


def each_line(file: Any) -> Iterator[bytes]:
    """Lines, each as far as its limit: one that is longer comes as a piece that shows it."""
    while line := file.readline(MAX_LINE + 2):
        whole = line
        while not line.endswith(b"\n") and len(line) == MAX_LINE + 2:
            line = file.readline(MAX_LINE + 2)  # the rest of it, unread
            if not line:
                break
        yield whole


def failed(capture: Capture, where: str, why: str, mend: str) -> Failed:
    name = f"{capture.name}: {where}"
    return Failed(name, capture.root, InputError(name, why, mend))
