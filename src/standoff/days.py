"""Going from one day to another within the days that there are: a report may be of the year 1, or of 9999."""

from __future__ import annotations

from datetime import date, timedelta


def shift(day: date, by: int) -> date:
    """The day so many days on, or the last there is on that side.

    >>> shift(date(2024, 5, 7), -7), shift(date(9999, 12, 30), 5)
    (datetime.date(2024, 4, 30), datetime.date(9999, 12, 31))
    """
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return date.min if by < 0 else date.max
