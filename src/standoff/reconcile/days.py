"""On which days an incident was: one rule for lists, timelines, maps and data sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from standoff import wording
from standoff.reconcile.titles import few, long_ago, undated

NEAR = 14
"""Days around the day that most tell of in which an incident's other days lie; further off, a claim looks back on a war."""

Days = tuple[date, date]


def of_incident(title: str, dated: Sequence[Days], told: int, reported: date | None) -> Days | None:
    """The days that the headline of an incident shows; where it shows none, those that most of its claims name, and others near them.

    ``dated`` are the days that claims tell which do not look back, ``told`` how many claims tell of it, ``reported`` the day of
    the first report: what few claims name and was long over then is none of the others'.
    """
    if titled := wording.days_in(undated(title)[1]):
        return titled
    held = most(dated)
    if held and few(len(dated), told) and long_ago(held[1], reported):
        return None
    return held


def most(dated: Sequence[Days]) -> Days | None:
    """The first and the last of the days that most claims name, and of single days near them.

    >>> most([(date(2024, 3, 4), date(2024, 3, 4))] * 2 + [(date(2024, 3, 9),) * 2, (date(2013, 8, 21),) * 2])
    (datetime.date(2024, 3, 4), datetime.date(2024, 3, 9))
    """
    if not dated:
        return None
    often = Counter(dated)
    first, last = min(often, key=lambda two: (-often[two], two[1] - two[0], two))
    single = [
        one for one, other in often if one == other and min(abs((one - day).days) for day in (first, last)) <= NEAR
    ]
    return min([first, *single]), max([last, *single])
