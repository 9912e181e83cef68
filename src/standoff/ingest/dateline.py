"""The date that a report gives itself at its head. Only what is beyond doubt: day, month and year, in words or ISO."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

YEARS = range(1900, 2101)
_LINES = 5
_CHARACTERS = 2000

MONTHS = ("january february march april may june july august september october november december").split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_MONTH = r"(?P<month{n}>" + "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "may" else m for m in MONTHS) + r"|sept)\b\.?"
_WEEKDAY = r"(?:(?P<weekday>" + "|".join(rf"{d[:3]}(?:{d[3:]})?" for d in _DAYS) + r"|tues|thur|thurs)\b\.?,?\s+)?"
_DATE = (
    _WEEKDAY + r"(?:"
    r"(?P<day1>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH.format(n=1) + r",?\s+(?P<year1>\d{4})"
    r"|" + _MONTH.format(n=2) + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})"
    r"|(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})"
    r")(?!\d)"
)
_ZONE = r"(?:\s*(?:[A-Z]{2,5}|[+-]\d{2}:?\d{2}))?"
_CLOCK = r"(?:[\s,|–—-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?" + _ZONE + r")?"

# A line that is a date and nothing more: "8 May 2025", "Published: Thursday, May 8, 2025, 10:32 GMT".
_WHOLE = re.compile(
    r"(?:(?:first\s+)?(?:published|updated|posted|last\s+updated|date|issued)(?:\s+on)?:?\s+)?"
    + _DATE
    + _CLOCK
    + r"\.?",
    re.IGNORECASE,
)
# "ISLAMABAD, May 8, 2025 (Reuters) -": the town in capitals, and a dash.
_PLACED = re.compile(
    r"(?-i:[A-Z][A-Z'’. -]+(?:/[A-Z'’. -]+)?)(?:,\s+[A-Z][\w. ]{1,30}?)?(?:\s*\([^)]{1,40}\))?[,\s–—-]+"
    + _DATE
    + r"\s*(?:\([^)]{1,40}\)\s*)?[:–—-]",
    re.IGNORECASE,
)
# "4 Apr 2017 An alleged attack …": a date in front of a sentence that goes on without it.
_LEADING = re.compile(_DATE + r"[.:|–—-]?\s+(?-i:[A-Z])", re.IGNORECASE)

_WRITTEN = re.compile(r"\b(?:wrote|posted) on " + _DATE + r": “(?P<said>[^”\n]{1,5000})”", re.IGNORECASE)
_ANYWHERE = re.compile(r"(?<![\d\w])" + _DATE, re.IGNORECASE)


def find(text: str) -> date | None:
    """The publication date at the head of a report; None where there is none that is certain.

    >>> find("Truce holds\\n\\nISLAMABAD, May 8, 2025 (Reuters) - Both sides said ...")
    datetime.date(2025, 5, 8)
    >>> find("On 8 May 2025 the army said ...") is None
    True
    """
    for line in _head(text):
        for pattern, whole in ((_WHOLE, True), (_PLACED, False), (_LEADING, False)):
            found = pattern.fullmatch(line) if whole else pattern.match(line)
            if found and (day := _day(found)):
                return day
    return None


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
    return _WHOLE.fullmatch(line.strip()) is not None


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
        if 8 <= len(line) <= 80 and (whole := _WHOLE.fullmatch(line.strip())) and (day := _day(whole)):
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
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(written[:3].lower()))
