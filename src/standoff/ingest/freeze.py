"""From words to a frozen document: what no reader sees is taken out and noted, and nothing changes afterwards."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from standoff.errors import InputError, SettingsError
from standoff.ingest import address, archived, byline, dateline, english, letterhead, outlets, unseen
from standoff.ingest.capture import Capture, Said
from standoff.ingest.dates import in_name
from standoff.ingest.pagewords import listed
from standoff.model import Document, Provenance
from standoff.wording import long_day

MAX_BYTES = 1_000_000
"""A report is seldom over 100 kB; the language stage takes about a gigabyte of memory at a million characters."""

# No word of any report is as long; a parser given one would be busy for minutes.
_ENDLESS = re.compile(r"\w{1000}|\S{10000}")

_SURROGATES = re.compile("[\ud800-\udfff]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROLS_IN_TEXT = 1 / 1000

_GIVE_TEXT = "give a file with the text of a report"


def freeze(words: str, name: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The frozen text: NFC, ``\\n`` line ends, without what cannot be seen; and what was taken out, how often.

    Raises:
        InputError: it is no text, or none that a report could be.
    """
    text = words.replace("\r\n", "\n").replace("\r", "\n")
    controls = len(_BINARY.findall(text))
    if "\0" in text or controls > len(text) * _CONTROLS_IN_TEXT + 1:
        raise InputError(name, "binary data, not text", _GIVE_TEXT)
    text, removed = unseen.taken_out(_SURROGATES.sub("\ufffd", text))
    if len(text.encode()) > MAX_BYTES:
        raise InputError(name, f"larger than {MAX_BYTES // 1_000_000} MB", "split it into one file a report")
    if not any(character.isalpha() for character in text):
        why = "no text in it, only white space" if not text.strip() else "no words in it"
        raise InputError(name, why, _GIVE_TEXT)
    if endless := _ENDLESS.search(text):
        start = endless.start()
        raise InputError(name, f"a word without end at character {start}", "give the text of a report, with its spaces")
    return text, tuple((f"U+{ord(mark):04X}", times) for mark, times in sorted(removed.items()))


def document(
    capture: Capture,
    words: str,
    *,
    method: str,
    id: str,
    found: Said | None = None,
    dates: tuple[tuple[str, date], ...] = (),
    declared: str | None = None,
    encoding: str | None = None,
    left: tuple[str, ...] = (),
    removed: tuple[tuple[str, int], ...] = (),
    bounds: tuple[date, ...] = (),
) -> Document:
    """A document of a capture: ``words`` are its text, ``found`` what it says about itself, ``dates`` by method, best first.

    Raises:
        InputError: the text cannot be that of a report.
        SettingsError: the id that was asked for cannot be one.
    """
    text, taken_out = freeze(words, capture.name)
    if removed:  # by the reader, which knew better than we do whether these are text or not
        taken_out = tuple(sorted((Counter(dict(taken_out)) + Counter(dict(removed))).items()))
    said = capture.said.over(found or Said())
    # A clock that is set for a run to be repeated says nothing of which days have been.
    latest = (max(capture.taken, datetime.now(UTC)) + timedelta(days=1)).date()
    if said.published is not None:
        dates = ((said.date_method or "given", said.published), *dates)
    if (head := dateline.find(text)) is not None:
        told, row = ("text", head), dates[0][1] if dates and dates[0][0] == "column" else head
        if abs(head - row) > timedelta(days=1) and _BEGIN <= head <= latest:
            # Lists of reports often give the day of what is told, or a wrong one; "on Tuesday" is meant from the report's own.
            left = (*left, f"the day that the table gives, which is another than its own: {long_day(row)}")
            dates = (told, *dates)
        else:
            dates = (*dates, told)
    # What was given stands, whatever it is; what was found is a day on which a report can have been published.
    dates = tuple((how, day) for how, day in dates if how == "given" or _BEGIN <= day <= latest)
    named_by = _called_by(capture)
    if dates and named_by is not None and named_by not in {day for _, day in dates} and dates[0][0] != "given":
        left = (*left, f"the day that it is called by, which is another than its own: {long_day(named_by)}")
    if not dates and (day := named_by):
        # Only where nothing else names a day: a file is often called by the day on which it was saved.
        dates = (("file name", day),) if _BEGIN <= day <= latest else ()
    named = [day for _, day in dates] or [day for day in bounds if _BEGIN <= day <= latest]
    url = address.clean(archived.original(said.url))
    domain = address.domain(url)
    known = outlets.known(domain)
    data = capture.content if isinstance(capture.content, bytes) else capture.whole(_ANY)
    return Document(
        id=check_id(said.id) if said.id is not None else id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=_line(said.title) or title(text),
        outlet=known.name if known and not capture.said.outlet else _line(said.outlet),
        url=url,
        published=dates[0][1] if dates else None,
        language=english.detect(text),
        captured=capture.taken,
        author=_line(said.author) or byline.find(text),
        domain=domain,
        country=known.country if known else outlets.country(domain),
        provenance=Provenance(
            sha256=hashlib.sha256(data).hexdigest(),
            method=method,
            name=capture.name,
            chain=capture.chain,
            headers=capture.headers,
            encoding_declared=declared or capture.charset,
            encoding=capture.container_encoding or encoding,
            date_method=dates[0][0] if dates else None,
            date_bounds=(min(named), max(named)) if named else None,
            removed=taken_out,
            mixed=unseen.words(text),
            left=tuple(dict.fromkeys((*capture.left, *left))),
        ),
    )


def _called_by(capture: Capture) -> date | None:
    """The day in the name of a file or its folder, be it one of a packed folder; what is no file has none."""
    return None if capture.path is None or address.is_url(capture.path) else in_name(capture.path)


def when_made(words: str, capture: Capture, made: date | None) -> tuple[str, ...]:
    """A word on the day on which a file was made, where nothing says when it was published: that may be years later, or
    years before where it was made of an older one, so it dates nothing."""
    if made is None or capture.said.published is not None or dateline.find(words) is not None:
        return ()
    if in_name(capture.path or capture.root):
        return ()
    return (f"its day of publication, which it does not name: the file was made on {long_day(made)}",)


_BEGIN = date(dateline.YEARS.start, 1, 1)
_ANY = 10**9


def title(text: str) -> str | None:
    """The first line, where it is plainly a headline: short, not a sentence, not a date, with text after it."""
    head, line_end, rest = text.lstrip("\n ").partition("\n")
    head = head.strip()
    if head.lower().strip(" :–—-*#") in listed("document_label"):
        return title(rest) if rest.strip() else None
    if (named := letterhead.title(text)) is not None:
        return named
    if not (line_end and rest.strip() and head) or len(head) >= 200 or not any(c.isalpha() for c in head):
        return None
    if re.search(r"[.:;,][\"”’')]*$", head) or dateline.is_date_line(head):
        return None
    return head


def with_title(head: str | None, body: str) -> str:
    """Headline and text as one, the headline once."""
    head = _line(head)
    if not head or " ".join(body[: len(head) + 200].split()).casefold().startswith(head.casefold()):
        return body
    return f"{head}\n\n{body}"


def check_id(given: str) -> str:
    """An id that can be one.

    Raises:
        SettingsError: it is empty, or has characters that cannot be printed.
    """
    if not given.strip() or not given.isprintable():
        raise SettingsError(f"document id {given!r}", "empty or not printable", "give a short name, as in 'dawn-0508'")
    return given


def short_hash(text: str) -> str:
    """Enough of the text's sha256 to tell reports apart."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def _line(words: object) -> str | None:
    """A title, a name: one line, without what cannot be seen, and not endless. What a page gives as one may be none."""
    if not isinstance(words, str) or not words:
        return None
    line = " ".join(unseen.taken_out(_SURROGATES.sub("", words))[0].split())
    return line[:500] or None
