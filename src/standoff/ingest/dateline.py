"""The date that a report gives itself at its head. Only what is beyond doubt: day, month and year, in words or ISO."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.ingest.pagewords import words

YEARS = range(1900, 2101)
_LINES = 5
_CHARACTERS = 2000

MONTHS = ("january february march april may june july august september october november december").split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

# Of other languages, in any case; "mar" and "mai" alone are too short to be sure of.
_FOREIGN = {name.casefold(): n for entry in lexicon.load("pages")["month"] for n, names in enumerate(entry["names"], 1) for name in names.split("|")}  # fmt: skip
_MONTH = r"(?P<month{n}>" + "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "may" else m for m in MONTHS) + r"|sept)\b\.?"
_ANY_MONTH = r"(?P<month{n}>" + "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "may" else m for m in MONTHS) + r"|sept|" + "|".join(sorted(map(re.escape, _FOREIGN), key=len, reverse=True)) + r")\b\.?"  # fmt: skip
_WEEKDAY = r"(?:(?P<weekday>" + "|".join(rf"{d[:3]}(?:{d[3:]})?" for d in _DAYS) + r"|tues|thur|thurs)\b\.?,?\s+)?"
_DATE = (
    _WEEKDAY + r"(?:"
    r"(?P<day1>\d{1,2})(?:(?:st|nd|rd|th|er|[.ºª°])?\s+(?:de\s+)?|-)"
    + _ANY_MONTH.format(n=1)
    + r"(?:[,،]?\s+(?:del?\s+)?|-)(?P<year1>\d{4})"
    r"|" + _MONTH.format(n=2) + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})"
    r"|(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})"
    r")(?!\d)"
)
_ZONE = r"(?:\s*(?:[A-Z]{2,5}|[+-]\d{2}:?\d{2}))?"
_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?" + _ZONE
_CLOCK = r"(?:[\s,|–—-]*(?:at\s+)?" + _HOUR + r")?"
_CLOCK_FIRST = r"(?:" + _HOUR + r",?\s+)?"

_HEADED = 120
"""Characters of the longest line that only says what a document is, and of which day."""
_BEFORE = re.compile(r"[\s|,،–—·•:(\[-]+(?:(?:le|el|den|il)\s+)?$")
# "ISLAMABAD, May 8, 2025 (Reuters) -", "Mandalay, 8 May 2025 -": the town, and a dash.
_PLACED = re.compile(
    r"(?:(?-i:[A-Z][A-Z'’. -]+(?:/[A-Z'’. -]+)?)(?:,\s+[A-Z][\w. ]{1,30}?)?(?:\s*\([^)]{1,40}\))?[,\s–—-]+"
    r"|(?-i:[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,2}),\s+)" + _DATE + r"\s*(?:\([^)]{1,40}\)\s*)?[:–—-]",
    re.IGNORECASE,
)
# "4 Apr 2017 An alleged attack …": a date in front of a sentence that goes on without it.
_LEADING = re.compile(_DATE + r"[.:|–—-]?\s+(?-i:[A-Z])", re.IGNORECASE)

_WRITTEN = re.compile(r"\b(?:wrote|posted) on " + _DATE + r": “(?P<said>[^”\n]{1,5000})”", re.IGNORECASE)
_ANYWHERE = re.compile(r"(?<![\d\w])" + _DATE, re.IGNORECASE)
# What may stand behind the day of a document: its hour, the mark of a bracket, another number.
_TAIL = re.compile(_CLOCK + r"(?:\s*hrs\.?)?[)\]\s.|,–—-]*(?:г\.?|р\.?|م)?(?:(?:page|no\.?|#)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)?(?:(?-i:(?:(?:by|By) )?[A-Z][\w.'’-]+(?: (?:of|the|for|and|&|[A-Z][\w.'’-]+)){0,5}(?: \([\w ]{1,30}\))?))?", re.IGNORECASE)  # fmt: skip
_APART = re.compile(r"\s*[|;·•(]")
_ENDS = re.compile(r"(?:[A-Z][\w.'’-]*|\d+|[^\W\d_a-z]*[^\x00-\x7f]\w*)\s+$")
# "Bogotá", "San José del Guaviare", "Khartoum, Sudan", "Goma (DRC)"
_PARTICLES = "|".join(sorted(map(re.escape, words("place_particle")), key=len, reverse=True))
_NAMED = rf"[^\W\d_a-z][\w.'’-]{{0,30}}(?:[ /](?:(?:{_PARTICLES}) )?[^\W\d_a-z][\w.'’-]{{0,30}}){{0,3}}"
_TOWN = re.compile(rf"{_NAMED}(?:\s*\([^()]{{1,20}}\))?(?:[,،] ?{_NAMED})?")
# "3 – 9 March 2026" is not one day.
_SPAN = re.compile(r"(?:\d|\b(?:" + "|".join(m[:3] for m in MONTHS) + r")[a-z]*)\.?\s*(?:-|–|—|to|until|and|/)\s*$", re.IGNORECASE)  # fmt: skip


def find(text: str) -> date | None:
    """The publication date at the head of a report; None where there is none that is certain.

    >>> find("Truce holds\\n\\nISLAMABAD, May 8, 2025 (Reuters) - Both sides said ...")
    datetime.date(2025, 5, 8)
    >>> find("On 8 May 2025 the army said ...") is None
    True
    """
    for line in _head(text):
        if _whole("changed").fullmatch(line):
            continue  # when it was changed, which is not when it was published
        for pattern, whole in ((_whole("day_of_issue"), True), (_PLACED, False), (_LEADING, False)):
            found = pattern.fullmatch(line) if whole else pattern.match(line)
            if found and (day := _day(found)):
                return day
        if day := _headed(line) or _beside(line):
            return day
    return None


def _beside(line: str) -> date | None:
    """The day of issue that was run into the words about it: "Monitor AFP Sunday 18 Sep 2016 More than 60 soldiers were"."""
    for found in _ANYWHERE.finditer(line[:_OPENING]):
        before, after = line[: found.start()].split(), line[found.end() :].lstrip(" .|,–—-")
        if not before or not after[:1].isupper():
            continue
        issued = " ".join(before).strip(":").casefold() in words("day_of_issue")
        if (issued or (found["weekday"] and before[-1][:1].isupper())) and (day := _day(found)):
            return day
    return None


_OPENING = 200
"""Characters at the head of a report among which its own day stands."""


def _headed(line: str) -> date | None:
    """The day in a line that says what a document is: "Situation report No. 4 | 9 March 2026", "Juba, 9 March 2026"."""
    days = list(_ANYWHERE.finditer(line)) if len(line) <= _HEADED else []
    if len(days) != 1:
        return None
    before, after = line[: days[0].start()], line[days[0].end() :]
    if before.strip(" :").casefold() in words("day_of_issue") and _APART.match(after):
        return _day(days[0])  # "Issued 9 March 2026 · covers 2 to 8 March"
    if not _TAIL.fullmatch(after) or _SPAN.search(before):
        return None
    told, placed = before.casefold(), _BEFORE.search(before)
    if not before.strip() and re.match(r"\s*[|–—·•-]\s", after):
        return _day(days[0])  # "9 March 2026 - Relief Network"
    if placed is not None and not placed.group().strip():
        placed = None  # a space alone parts nothing
    if any(told == f"{word} of " for word in words("document_kind")):
        return _day(days[0])
    if not any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told) for word in words("document_kind")):
        # Else only a town may stand before it, and a comma: "Attack of 9 March 2026" is a headline.
        if placed is None or not {",", "،"} & set(placed.group()) or not _TOWN.fullmatch(before[: placed.start()]):
            return None
    elif (
        placed is None
        and not _ENDS.search(before)
        and not any(re.search(rf"(?<!\w){re.escape(word)}\s*$", told) for word in words("day_of_issue"))
    ):
        return None
    return _day(days[0])


@cache
def _whole(*tables: str) -> re.Pattern[str]:
    """A line that is a date and nothing more: "8 May 2025", "Published: Thursday, May 8, 2025, 10:32 GMT", "10:32 AM EDT, Thu May 8, 2025"."""
    before = "|".join(re.escape(word).replace(r"\ ", r"\s+") for table in tables for word in words(table))
    may = "?" if "day_of_issue" in tables else ""
    weekday = "|".join(map(re.escape, words("weekday")))
    return re.compile(rf"[(\[]?(?:(?:{before})(?:\s+(?:on|at))?\s*:?\s+){may}{_CLOCK_FIRST}(?:(?:{weekday}),?\s+)?" + _DATE + _CLOCK + r"(?:\s*(?:г|р|م)\b)?(?:\s*[–-]\s*\d{1,2}(?:\s+\w+){1,2}\s+\d{4}\s*هـ)?[)\]]?\.?", re.IGNORECASE)  # fmt: skip


def each(line: str) -> Iterator[date]:
    """Every day that a line names in full, as a file's name does.

    >>> list(each("sitrep 10 March 2026 and 11 March 2026"))
    [datetime.date(2026, 3, 10), datetime.date(2026, 3, 11)]
    """
    for found in _ANYWHERE.finditer(line):
        if (day := _day(found)) is not None:
            yield day


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing more."""
    return _whole("day_of_issue", "changed").fullmatch(line.strip()) is not None


def written(text: str) -> list[tuple[int, int, date]]:
    """What somebody is quoted to have written on a day that is named, from mark to mark: ``wrote on May 8, 2025: “…”``."""
    found = []
    for quote in _WRITTEN.finditer(text):
        if (day := _day(quote)) is not None:
            found.append((quote.start("said"), quote.end("said"), day))
    return found


def lines(text: str) -> list[tuple[int, date]]:
    """Where in a text a line stands that is a day and nothing more, and which day.

    >>> lines("Live\\n\\n9 March 2026, 10:00\\n\\nThe army fired on Monday.")
    [(6, datetime.date(2026, 3, 9))]
    """
    found, at = [], 0
    for line in text.split("\n"):
        if (
            8 <= len(line) <= 80
            and (whole := _whole("day_of_issue", "changed").fullmatch(line.strip()))
            and (day := _day(whole))
        ):
            found.append((at, day))
        at += len(line) + 1
    return found


def _head(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text[:_CHARACTERS].split("\n"))
    for number, line in enumerate(line for line in lines if line):
        if number == _LINES:
            return
        yield line


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    for n in "123":
        if part[f"year{n}"]:
            year, day, month = int(part[f"year{n}"]), int(part[f"day{n}"]), _month(part[f"month{n}"])
    try:
        resolved = date(year, month, day)
    except ValueError:
        return None
    weekday = part["weekday"]
    if weekday and _DAYS[resolved.weekday()][:3] != weekday[:3].lower():
        return None  # the head contradicts itself
    return resolved if resolved.year in YEARS else None


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    if (foreign := _FOREIGN.get(written.casefold())) is not None:
        return foreign
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(written[:3].lower()))
