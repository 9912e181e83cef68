"""The days that a time expression means, counted from the day of the report, or from the day last named.

Nothing is guessed: an expression that cannot be resolved has no days, and so has a day that cannot be ("February 30").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from standoff import lexicon
from standoff.language.time_forms import Found

Days = tuple[date | None, date | None]
"""First and last day; either may be unknown."""
UNKNOWN: Days = (None, None)

NEAR_FUTURE = timedelta(days=7)
"""A date without a year is taken for the latest that lies no further ahead of the report than this."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression is counted from. ``ahead``: its clause tells of what is to come; ``gone``: of what was."""

    published: date
    anchor: date | None
    ahead: bool
    gone: bool


def resolve(
    found: Found, published: date | None, anchor: date | None = None, ahead: bool = False, gone: bool = False
) -> Days:
    """The days of an expression; unknown where they cannot be told.

    ``anchor`` is the day last named before it in the text, which "a day earlier" is counted from; ``ahead`` and
    ``gone`` are the tense of its clause.
    """
    rule, words = found.form.rule, found.words
    try:
        if rule in _ABSOLUTE and ("year" in words or "decade" in words or "year2" in words):
            return _ABSOLUTE[rule](words)
        if published is None:
            return UNKNOWN
        moment = Moment(published, anchor, ahead, gone)
        if rule in _YEARLESS:
            return _YEARLESS[rule](words, moment)
        if rule in _RELATIVE:
            return _RELATIVE[rule](found, moment)
    except (ValueError, OverflowError):  # no such day in the calendar
        pass
    return UNKNOWN


Words = dict[str, str]


def _value(words: Words, name: str) -> int:
    """The number that a word of a pattern stands for."""
    word = words[name]
    if word[0].isdigit():
        return int(re.match(r"\d+", word)[0])  # type: ignore[index]
    number: int = lexicon.load("times")["words"][name.rstrip("0123456789")][word]
    return number


def _days(first: date, last: date) -> Days:
    return (first, last) if first <= last else UNKNOWN


def _one(day: date) -> Days:
    return day, day


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _day_of(words: Words) -> Days:
    return _one(
        date(int(words["year"]), int(words["mm"]) if "mm" in words else _value(words, "month"), _value(words, "day"))
    )


def _numeric(words: Words) -> Days:
    """ "22/04/2025": only where one order makes a date, or both the same."""
    a, b, year = int(words["a"]), int(words["b"]), int(words["year"])
    if a <= 12 and b <= 12 and a != b:
        return UNKNOWN
    return _one(date(year, a, b) if b > 12 else date(year, b, a))


def _days_of(words: Words) -> Days:
    """ "April 22-24, 2025"; one year for both, and the turn of the year where the first lies after the last."""
    month = _value(words, "month")
    month2 = _value(words, "month2") if "month2" in words else month
    year2 = int(words.get("year2") or words["year"])
    year = int(words.get("year") or year2)
    day, day2 = _value(words, "day"), _value(words, "day2")
    if month2 < month and year == year2:
        year, year2 = (year, year + 1) if "year2" not in words else (year - 1, year)
    return _days(date(year, month, day), date(year2, month2, day2))


def _month_of(words: Words) -> Days:
    return _month(int(words["year"]), _value(words, "month"))


def _months_of(words: Words) -> Days:
    year2 = int(words.get("year2") or words["year"])
    first, last = _value(words, "month"), _value(words, "month2")
    year = int(words.get("year") or (year2 if first <= last else year2 - 1))
    return date(year, first, 1), _month(year2, last)[1]


def _years_of(words: Words) -> Days:
    first = int(words["year"])
    if "year2" in words:
        return _days(date(first, 1, 1), date(int(words["year2"]), 12, 31))
    short = int(words["yy"])
    return _days(date(first, 1, 1), date(first - first % 100 + short + (100 if short < first % 100 else 0), 12, 31))


def _decade_of(words: Words) -> Days:
    return date(int(words["decade"]), 1, 1), date(int(words["decade"]) + 9, 12, 31)


def _yearless_day(words: Words, at: Moment) -> Days:
    month, day = _value(words, "month"), _value(words, "day")
    if "which" in words:
        return _one(date(at.published.year + _shift(words["which"]), month, day))
    return _one(_nearest(month, day, at))


def _yearless_days(words: Words, at: Moment) -> Days:
    month, day, day2 = _value(words, "month"), _value(words, "day"), _value(words, "day2")
    month2 = _value(words, "month2") if "month2" in words else month
    first = _nearest(month, day, at)
    return _days(first, date(first.year + (month2 < month), month2, day2))


def _yearless_month(words: Words, at: Moment) -> Days:
    """ "In March": this year's, or last year's where it has not come yet."""
    month, which, now = _value(words, "month"), words.get("which"), at.published
    if which and words["span" if "span" in words else "which"].endswith("year"):
        return _month(now.year + _shift(which), month)
    if which == "next" or (at.ahead and which != "last"):
        return _month(now.year + (month < now.month or (which == "next" and month == now.month)), month)
    return _month(now.year - (month > now.month or (which == "last" and month == now.month)), month)


def _yearless_months(words: Words, at: Moment) -> Days:
    last = _yearless_month({"month": words["month2"]}, at)
    first = _value(words, "month")
    assert last[0] is not None
    return date(last[0].year - (first > last[0].month), first, 1), last[1]


def _nearest(month: int, day: int, at: Moment) -> date:
    """The day of a month that a report means: the next to come where it speaks of plans, else the last that was.

    Raises:
        ValueError: no year has such a day.
    """
    years = range(at.published.year - 8, at.published.year + 9)  # 29 February comes every fourth year, or eighth
    days = [date(y, month, day) for y in years if 1 <= y <= 9999 and day <= monthrange(y, month)[1]]
    ahead = [d for d in days if d >= at.published]
    gone = [d for d in days if d <= at.published + NEAR_FUTURE]
    if not gone or (at.ahead and ahead):
        return min(ahead, default=date(1, month, day))
    return max(gone)


def _shift(which: str) -> int:
    return {"last": -1, "next": 1, "coming": 1}.get(which.split()[-1], 0)


def _of_report(found: Found, at: Moment) -> Days:
    first, last = found.form.offset
    return at.published + timedelta(first), at.published + timedelta(last)


def _of_anchor(found: Found, at: Moment) -> Days:
    return UNKNOWN if at.anchor is None else _one(at.anchor + timedelta(found.form.offset[0]))


def _of_anchor_or_report(found: Found, at: Moment) -> Days:
    return _one((at.anchor or at.published) + timedelta(found.form.offset[0]))


def _day_of_month(found: Found, at: Moment) -> Days:
    """ "On the 21st": of the month last named, else the last that was."""
    day, now = _value(found.words, "day"), at.published
    if "which" in found.words:
        first, _ = _shifted_month(now, _shift(found.words["which"]))
        assert first is not None
        return _one(first.replace(day=day))
    if at.anchor is not None and (at.anchor.year, at.anchor.month) != (now.year, now.month):
        return _one(at.anchor.replace(day=day))
    if at.ahead:
        return _one(next(d for d in (now + timedelta(n) for n in range(62)) if d.day == day))
    return _one(next(d for d in (now - timedelta(n) for n in range(62)) if d.day == day))


def _weekday(found: Found, at: Moment) -> Days:
    words = found.words
    day = _value(words, "weekday" if "weekday" in words else "short_weekday")
    if "week" in words:
        monday = at.published - timedelta(at.published.weekday())
        return _one(monday + timedelta(7 * _shift(words["week"]) + day))
    return _one(_day_of_week(day, words.get("which", "").split(" ")[-1] if words.get("which") else "", words, at))


def _day_of_week(day: int, which: str, words: Words, at: Moment) -> date:
    """A weekday is the last one up to the day of the report, or the next where its clause speaks of what is to come."""
    back = (at.published.weekday() - day) % 7
    ahead = (day - at.published.weekday()) % 7
    if which == "last":
        return at.published - timedelta(back or 7)
    if which == "next":  # that of the week after: "next Friday" is not tomorrow
        return at.published - timedelta(at.published.weekday()) + timedelta(7 + day)
    if which == "coming" or (at.ahead and which != "past"):
        return at.published + timedelta(ahead)
    return at.published - timedelta(back)


def _weekdays(found: Found, at: Moment) -> Days:
    first, last = _value(found.words, "weekday"), _value(found.words, "weekday2")
    if at.ahead:
        start = _day_of_week(first, "", found.words, at)
        return start, start + timedelta((last - first) % 7)
    end = _day_of_week(last, "", found.words, at)
    return end - timedelta((last - first) % 7), end


def _night_of_weekday(found: Found, at: Moment) -> Days:
    """ "Overnight into Wednesday" ends on it; "overnight on Wednesday" may be either night, but none after the report."""
    day = _day_of_week(_value(found.words, "weekday"), "", found.words, at)
    if "into" in found.words or day == at.published:
        return day - timedelta(1), day
    return day, day + timedelta(1)


def _anaphoric_weekday(found: Found, at: Moment) -> Days:
    day, base = _value(found.words, "weekday"), at.anchor or at.published
    if found.words["which"] in {"previous", "preceding"}:
        return _one(base - timedelta((base.weekday() - day) % 7 or 7))
    return UNKNOWN if at.anchor is None else _one(base + timedelta((day - base.weekday()) % 7 or 7))


def _period(found: Found, at: Moment) -> Days:
    shift, side, now = _shift(found.words.get("which", "this")), found.words.get("side"), at.published
    match found.words["stretch"]:
        case "week":
            first = now - timedelta(now.weekday()) + timedelta(weeks=shift)
            last = first + timedelta(6)
        case "month":
            first, last = _shifted_month(now, shift)
        case _:
            first, last = date(now.year + shift, 1, 1), date(now.year + shift, 12, 31)
    if shift == 0 and side == "earlier":
        return first, now
    return (now, last) if shift == 0 and side == "later" else (first, last)


def _shifted_month(day: date, months: int) -> tuple[date, date]:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _weekend(found: Found, at: Moment) -> Days:
    which = found.words.get("which", "").replace("this past", "last")
    coming = at.published + timedelta((5 - at.published.weekday()) % 7)
    if at.published.weekday() == 6:
        coming = at.published - timedelta(1)
    running = at.published.weekday() >= 5
    if which == "next" or which.endswith("coming"):
        saturday = coming + timedelta(7 if running else 0)
    elif at.ahead or (which == "this" and not at.gone):
        saturday = coming
    else:
        saturday = coming if running and which != "last" else coming - timedelta(7)
    return saturday, saturday + timedelta(1)


def _length(words: Words) -> int:
    """A stretch in days; hours rounded up, for twelve hours before a report may lie on the day before."""
    number, unit = _value(words, "n") if "n" in words else 1, words["unit"]
    return -(-number // 24) if unit == "hour" else number * _value(words, "unit")


def _past(found: Found, at: Moment) -> Days:
    return at.published - timedelta(_length(found.words)), at.published


def _coming(found: Found, at: Moment) -> Days:
    return at.published, at.published + timedelta(_length(found.words))


def _ago(found: Found, at: Moment) -> Days:
    return _away(at.published, found.words, -1)


def _earlier(found: Found, at: Moment) -> Days:
    return _away(at.anchor or at.published, found.words, -1)


def _later(found: Found, at: Moment) -> Days:
    return UNKNOWN if at.anchor is None else _away(at.anchor, found.words, 1)


def _away(base: date, words: Words, sign: int) -> Days:
    """So many units away, as exact as the unit: a day, days about a week's end, a month, a year."""
    number, unit = _value(words, "n"), words["unit"]
    match unit:
        case "hour":
            return tuple(sorted((base, base + sign * timedelta(_length(words)))))  # type: ignore[return-value]
        case "day" | "night":
            return _one(base + sign * timedelta(number))
        case "week" | "fortnight":
            day = base + sign * timedelta(_length(words))
            return day - timedelta(3), day + timedelta(3)
        case "month":
            return _shifted_month(base, sign * number)
        case "year":
            return _year(base.year + sign * number)
    return UNKNOWN


def _named(found: Found, at: Moment) -> Days:
    day = found.form.day
    return _one(day) if day is not None and day <= at.published else UNKNOWN


def until_now(days: Days, published: date | None) -> Days:
    """ "Since Monday": from then until the report. Without the report's day, only its beginning is known."""
    start, _ = days
    return days if published is not None and start is not None and start > published else (start, published)


_ABSOLUTE: dict[str, Callable[[Words], Days]] = {
    "day": _day_of,
    "numeric": _numeric,
    "days": _days_of,
    "month": _month_of,
    "months": _months_of,
    "year": lambda words: _year(int(words["year"])),
    "years": _years_of,
    "decade": _decade_of,
}
_YEARLESS: dict[str, Callable[[Words, Moment], Days]] = {
    "day": _yearless_day,
    "days": _yearless_days,
    "month": _yearless_month,
    "months": _yearless_months,
}
_RELATIVE: dict[str, Callable[[Found, Moment], Days]] = {
    "offset": _of_report,
    "anaphor": _of_anchor,
    "anaphor or report": _of_anchor_or_report,
    "day of month": _day_of_month,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "night of weekday": _night_of_weekday,
    "anaphoric weekday": _anaphoric_weekday,
    "period": _period,
    "weekend": _weekend,
    "past": _past,
    "coming": _coming,
    "ago": _ago,
    "earlier": _earlier,
    "later": _later,
    "named": _named,
}
