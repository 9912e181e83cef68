"""Publication dates as machines write them: ISO 8601, RFC 822, seconds since 1970. Never a guess at an order of numbers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from standoff.errors import SettingsError
from standoff.ingest import dateline

_ISO = re.compile(r"\s*(\d{4})([/-])(\d{2})\2(\d{2})(?![\d/-])", re.ASCII)
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\s*", re.ASCII)
# "Thu May 08 10:00:00 +0000 2025", as X has it.
_POSTED = re.compile(r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) (?P<day>\d{2}) [\d:]{8} [+-]\d{4} (?P<year>\d{4})")
# "/2025/05/08/", "/2025-05-08-": a day in an address.
_IN_URL = re.compile(r"[/_-](\d{4})[/_-](\d{2})[/_-](\d{2})(?:[/_.-]|$)", re.ASCII)


def parse_date(value: date | str | None) -> date | None:
    """A publication date as a user gives it: ``2025-05-08``.

    >>> parse_date("2025-05-08")
    datetime.date(2025, 5, 8)

    Raises:
        SettingsError: it is no day of the calendar, or not written as year, month and day.
    """
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    what = f"publication date {value!r}"
    mend = "write it as YYYY-MM-DD, as in 2025-05-08"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        raise SettingsError(what, "not an ISO date", mend)
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        raise SettingsError(what, "no such day in the calendar", mend) from None
    if found.year not in dateline.YEARS:
        years = f"{dateline.YEARS.start} and {dateline.YEARS.stop - 1}"
        raise SettingsError(what, f"not between {years}", mend)
    return found


def iso_day(value: object) -> date | None:
    """The day that a machine-written date names, in the zone it is written in; None where it names none.

    >>> iso_day("2025-05-08T23:30:00+05:00"), iso_day("Thu, 08 May 2025 10:00:00 GMT"), iso_day("08/05/2025")
    (datetime.date(2025, 5, 8), datetime.date(2025, 5, 8), None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int | float) or re.fullmatch(r"\s*\d{10}(?:\d{3}|\.\d{1,6})?\s*", value):
        return _epoch(float(value))
    if found := _ISO.match(value):
        return _day(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(value):
        return _day(*found.groups()[:3])
    if stamp := _POSTED.fullmatch(value.strip()):
        return dateline.find(f"{stamp['day']} {stamp['month']} {stamp['year']}")
    whole = dateline.find(value)  # "May 8, 2025": the month in words
    if whole is not None:
        return whole
    try:
        return _bounded(parsedate_to_datetime(value).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


_NUMBERED = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)


def order_of(value: object) -> str | None:
    """Whether a day written in numbers can only be day and month, or month and day.

    >>> order_of("25/03/2026"), order_of("03/25/2026"), order_of("10/03/2026"), order_of("10.03.2026")
    ('day', 'month', None, 'day')
    """
    found = _NUMBERED.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    one, mark, other, _ = found.groups()
    if mark == "." or (int(one) > 12 >= int(other)):
        return "day"
    return "month" if int(other) > 12 >= int(one) else None


def numbered(value: str, order: str | None = None) -> date | None:
    """A day written in numbers, where their order is certain: by themselves, or as ``order`` has it.

    >>> numbered("10/03/2026"), numbered("10/03/2026", "day"), numbered("03/03/2026")
    (None, datetime.date(2026, 3, 10), datetime.date(2026, 3, 3))
    """
    found = _NUMBERED.match(value)
    if found is None:
        return None
    one, _, other, year = found.groups()
    sure = order_of(value) or order or ("day" if one == other else None)
    if sure is None:
        return None
    day, month = (one, other) if sure == "day" else (other, one)
    return _day(year, month, day)


def in_url(url: str | None) -> date | None:
    """The day in an address.

    >>> in_url("https://example.org/2025/05/08/strike")
    datetime.date(2025, 5, 8)
    """
    found = _IN_URL.search(url or "")
    return _day(*found.groups()) if found else None


_NUMBERS = re.compile(r"(?<!\d)(\d{4})([-_. ]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{2})[-_. ](\d{2})[-_. ](\d{4})(?!\d)", re.ASCII)
_DAYS_IN_A_NAME = 4
"""How many parts of a path, from its end, are looked at."""


def in_name(path: str) -> date | None:
    """The day that a file is called by, or else a folder it lies in; None where that is not beyond doubt.

    >>> in_name("reports/2026-03-10_nyala.txt"), in_name("2026/03/10/a.txt"), in_name("sitrep 10 March 2026.pdf")
    (datetime.date(2026, 3, 10), datetime.date(2026, 3, 10), datetime.date(2026, 3, 10))
    >>> in_name("from 2026-03-01 to 2026-03-09.txt") is None
    True
    """
    parts = path.replace("\\", "/").split("/")[-_DAYS_IN_A_NAME:]
    for part in reversed(parts):
        if found := _days_named(part):
            return found.pop() if len(found) == 1 else None
    # A folder a year, a month and a day.
    return day if (day := in_url("/" + "/".join(parts))) and len(parts) >= 4 else None


def _days_named(part: str) -> set[date]:
    found = {_day(year, month, day) for year, _, month, day in _NUMBERS.findall(part)}
    for day, month, year in _DAY_FIRST.findall(part):
        if int(day) > 12:  # else it may be the month
            found.add(_day(year, month, day))
    words = re.sub(r"[_.+-]+|%20", " ", part)
    found.update(dateline.each(words))
    return {day for day in found if day is not None}


def _epoch(seconds: float) -> date | None:
    if seconds > 1e11:  # milliseconds
        seconds /= 1000
    try:
        # The first hours of 1970 are no date, but one that is not set.
        return datetime.fromtimestamp(seconds, UTC).date() if seconds > 86_400 else None
    except (ValueError, OverflowError, OSError):
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return _bounded(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _bounded(day: date) -> date | None:
    return day if day.year in dateline.YEARS else None
