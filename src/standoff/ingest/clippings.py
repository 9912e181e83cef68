"""What press databases write: many reports in one text, each with a head of fields. LexisNexis, Nexis Uni, Factiva, ProQuest.

A report begins or ends at a line that its database alone writes. Its head says how long it is, whose it is and of which
day; the fields behind its text are no part of it. Their names are data (``lexicon/exports.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.ingest import byline, child, dateline, freeze, lines
from standoff.ingest import html as pages
from standoff.ingest.capture import Capture, Failed, Options, Read, Said
from standoff.ingest.record import failed
from standoff.ingest.text import decode

MAX_BYTES = 20_000_000
ABSTRACT = "the text of the report, of which the database has only an abstract"
_ABOVE = re.compile(r"[ \t]*(?:\d{1,4} of \d{1,4} DOCUMENTS?|_{20,})[ \t]*")
_BELOW = re.compile(r"[ \t]*(?:End of Document|Document [A-Z0-9]{4,10}\d{10,}[a-z0-9]{6,})[ \t]*")
_NUMBERED = re.compile(r"\s*Document \d{1,4} of \d{1,4}\s*")
_LENGTH = re.compile(r"[ \t]*(?:LENGTH: *|Length: *)?[\d,.]{1,7} words[ \t]*")
_FIELD = re.compile(r"[ \t]*([A-Za-z][A-Za-z/ -]{2,40}):(?:\s+(.*))?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?:\s*[A-Za-z.]{1,6})?|\d{1,4}|[A-Z][A-Z0-9]{2,7}")
_WORD = r"[^\W\d_a-z][\w.'’-]{0,40}"
_NAME = re.compile(rf"(?:By |BY )?{_WORD}(?:(?: and |, | ){_WORD}){{1,7}}(?: in {_WORD})?")
_COPYRIGHT = re.compile(r"\s*(?:copyright\b|\(c\)|©|all rights reserved)", re.IGNORECASE)
_PAGE = re.compile(rb"class=[\"']?[^\"'>]{0,40}\b(?:enArticle|enHeadline|articleParagraph)", re.IGNORECASE)
_BEGINS_WITH_DAY = re.compile(r"\d{1,2} |[A-Z][a-z]+\.? \d{1,2},? \d{4}|[A-Z][a-z]+day,? ")
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}[.!?…][\"”’)]*\s*$")
_HEAD = 20_000
"""Characters in which the first report begins."""
_HEAD_LINES = 14
"""Lines behind that with the length in which a head may go on."""
_LONGEST_DAY = 60
_FEW_WORDS = 8
_PROSE = 25
"""Words from which on a line that begins like a field is a sentence."""
_MEND = "save its text as .txt, and add that"


@dataclass(frozen=True, slots=True)
class Clipping:
    """One report, and what its head says of it."""

    text: str
    title: str | None
    outlet: str | None
    author: str | None
    day: date | None
    left: tuple[str, ...] = ()


class Clippings:
    """The text or the page that a press database writes."""

    kind = "clippings"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head()
        if pages.Html().recognises(capture):
            return _PAGE.search(head) is not None
        if head.startswith(b"\xff\xfe"):
            return looks(head[: len(head) & ~1].decode("utf-16", "replace"))
        return looks(head.decode("utf-8", "replace"))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(MAX_BYTES)
        if pages.Html().recognises(capture):
            pages.check(data, capture.name)
            words = child.shared.call(
                "standoff.ingest.clippings:words_of",
                capture.name,
                data,
                seconds=options.seconds,
                megabytes=options.megabytes,
            )
        else:
            words, _ = decode(data, capture.name, capture.charset)
        yield from parts(capture, words)


def words_of(data: bytes) -> str:
    """The lines of a page. Runs in the child."""
    from standoff.ingest import article

    words, _, _ = article.decode(data, None)
    return article.all_words(words)


def looks(words: str) -> bool:
    """Whether a text is one of a press database: a head with a length in words and a day, or a numbered document with fields."""
    told = _lines(words[:_HEAD])
    for at, line in enumerate(told):
        if _NUMBERED.fullmatch(line):
            return any(_named(one, "text") for one in told[at:])
        if _LENGTH.fullmatch(line):
            near = told[max(0, at - 12) : at + 12]
            marked = any(
                _ABOVE.fullmatch(one) or _COPYRIGHT.match(one) or _named(one, "head") or _named(one, "below")
                for one in near
            )
            return marked and any(_day(one) for one in near)
    return False


def parts(capture: Capture, words: str) -> Iterator[Capture | Failed]:
    """The reports of such a text, to be read in turn; what of it has a text and no head that is known fails."""
    for number, one in enumerate(reports(words), 1):
        if one is None:
            yield failed(capture, f"report {number}", "a report whose head is not known", _MEND)
            continue
        said = Said(
            title=one.title,
            outlet=one.outlet,
            author=one.author,
            published=one.day,
            date_method="column" if one.day else None,
        )
        yield capture.part(
            f"report {number}",
            freeze.with_title(one.title, one.text).encode("utf-8", "replace"),
            capture.inherited.over(said),
            charset="utf-8",
            left=(*(capture.left if number == 1 else ()), *one.left),
        )


def reports(words: str) -> list[Clipping | None]:
    """The reports of such a text; None in the place of one whose head is not known."""
    found: list[Clipping | None] = []
    held: list[str] = []
    for line in [*_lines(words), "_" * 20]:
        if not (_ABOVE.fullmatch(line) or _BELOW.fullmatch(line)):
            held.append(line)
            continue
        one = _labelled(held) if any(_named(other, "text") for other in held) else _headed(held)
        if one is not None or any(_is_prose(other) for other in held):
            found.append(one)
        held = []
    return found


def _lines(words: str) -> list[str]:
    return [line.strip("\f\ufeff") for line in re.sub(r"\r\n?", "\n", words).split("\n")]


def _headed(held: Sequence[str]) -> Clipping | None:
    """A report with its length in its head, as LexisNexis, Nexis Uni and Factiva write it; None where there is none."""
    at = next((n for n, line in enumerate(held) if _LENGTH.fullmatch(line)), None)
    if at is None:
        return None
    days = [(n, day) for n, line in enumerate(held[: at + _HEAD_LINES]) if (day := _day(line))]
    if (before := next(((n, day) for n, day in reversed(days) if n < at), None)) is not None:
        return _day_above(held, at, *before)
    after = next(((n, day) for n, day in days if n > at), None)
    return None if after is None else _day_below(held, at, *after)


def _day_above(held: Sequence[str], at: int, place: int, day: date) -> Clipping | None:
    """The day stands above the length, below the outlet: LexisNexis has the title below them, Nexis Uni above."""
    outlet = next((n for n in range(place - 1, -1, -1) if held[n].strip()), None)
    over = [] if outlet is None else [line.strip() for line in held[:outlet] if line.strip()]
    fields = dict(field for line in held[place:at] if (field := _named(line, "head")))
    start = at + 1
    for n in range(at + 1, min(at + 1 + _HEAD_LINES, len(held))):
        if (field := _named(held[n], "head")) is not None:
            fields.setdefault(*field)
        elif held[n].strip() and held[n].strip().casefold() != "body":
            break
        if held[n].strip():
            start = n + 1
    title = over[-1] if over else _title(held[place + 1 : at]) or fields.get("headline")
    told = held[outlet].strip() if outlet is not None else None
    return _clipping(held[start:], title, told, fields.get("byline"), day)


def _day_below(held: Sequence[str], at: int, place: int, day: date) -> Clipping | None:
    """The length stands above the day, and the outlet below it: Factiva."""
    over = [line.strip() for line in held[:at] if line.strip()]
    writer = over.pop() if len(over) > 1 and (byline.find(over[-1]) or _NAME.fullmatch(over[-1])) else None
    rest = [n for n in range(place + 1, min(place + _HEAD_LINES, len(held))) if held[n].strip()]
    outlet = next((held[n].strip() for n in rest if not _CLOCK.fullmatch(held[n].strip())), None)
    ends = [n for n in rest if _COPYRIGHT.match(held[n])]
    start = (ends[0] if ends else place) + 1
    return _clipping(held[start:], over[-1] if over else None, outlet, writer, day)


def _labelled(held: Sequence[str]) -> Clipping | None:
    """A report whose every field has its name before it, as ProQuest writes it."""
    first = next((line.strip() for line in held if line.strip() and not _NUMBERED.fullmatch(line)), None)
    begins = next(n for n, line in enumerate(held) if _named(line, "text"))
    rest = [(_named(held[begins], "text") or ("", ""))[1], *held[begins + 1 :]]
    end = _end(rest)
    fields: dict[str, str] = {}
    for line in (*held[:begins], *rest[end:]):
        if (field := _named(line, "below") or _named(line, "head")) is not None:
            fields.setdefault(*field)
    info = fields.get("publication info", "")
    day = _day(fields.get("publication date", "")) or next(dateline.each(info), None)
    title = fields.get("title") or (first if first is not None and not _FIELD.fullmatch(first) else None)
    text = "\n".join(rest[:end]).strip()
    left: tuple[str, ...] = ()
    if len(text.split()) < _FEW_WORDS and (abstract := fields.get("abstract")):
        text, left = abstract, (ABSTRACT,)
    outlet = fields.get("publication title") or info.partition(" ;")[0] or None
    return Clipping(text, title, outlet, fields.get("author"), day, left) if text else None


def _clipping(
    body: Sequence[str], title: str | None, outlet: str | None, writer: str | None, day: date
) -> Clipping | None:
    text = lines.joined("\n".join(body[: _end(body)]).strip("\n"))
    author = re.sub(r"^by\s+", "", writer, flags=re.IGNORECASE) if writer else None
    return Clipping(text, title, outlet, author, day) if any(one.isalpha() for one in text) else None


def _end(body: Sequence[str]) -> int:
    """Where a report's text ends: at the first field behind its last sentence, since a text may name a field too."""
    last = max((n for n, line in enumerate(body) if _is_prose(line)), default=-1)
    for n, line in enumerate(body):
        if n > last and (_named(line, "below") or _COPYRIGHT.match(line) or line.strip().casefold() in _words("end")):
            return n
    return len(body)


def _is_prose(line: str) -> bool:
    """Whether a line is of sentences, or ends one; a list of subjects ends otherwise."""
    field = _FIELD.fullmatch(line) is not None and len(line.split()) < _PROSE
    return not field and len(line.split()) > 2 and bool(_SENTENCE_END.search(line)) and not _COPYRIGHT.match(line)


def _title(held: Sequence[str]) -> str | None:
    """The last lines before the first field: the title, which stands below the day and what edition it was."""
    found: list[str] = []
    last: list[str] = []
    for line in held:
        if _named(line, "head") or _named(line, "below"):
            break
        if line.strip():
            found.append(line.strip())
        elif found:
            last, found = found, []
    return " ".join(found or last) or None


def _day(line: str) -> date | None:
    """The day of a line that is little more than that: "March 9, 2026 Monday", "9 March 2026 Final Edition"."""
    told = line.strip()
    if not 0 < len(told) <= _LONGEST_DAY or told.endswith(".") or _BEGINS_WITH_DAY.match(told) is None:
        return None
    days = list(dateline.each(told))
    return days[0] if len(days) == 1 else None


def _named(line: str, where: str) -> tuple[str, str] | None:
    """The field that a line begins with, where it is one of those, and what it says."""
    found = _FIELD.fullmatch(line)
    if found is None or (name := " ".join(found.group(1).casefold().split())) not in _words(where):
        return None
    return name, (found.group(2) or "").strip()


@cache
def _words(where: str) -> frozenset[str]:
    """The names of fields in the head, of the text itself, or below it; or lines that end it."""
    return frozenset(
        w for entry in lexicon.load("exports")["database"] if entry["place"] == where for w in entry["words"]
    )
