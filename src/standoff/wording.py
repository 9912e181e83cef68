"""How values are worded for the eye, alike on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.model import Count, DisputeKind, When

QUESTIONS = {
    DisputeKind.COUNT: "How many?",
    DisputeKind.RESPONSIBILITY: "Who did it?",
    DisputeKind.OCCURRENCE: "Did it happen?",
    DisputeKind.CHARACTER: "What was it?",
    DisputeKind.OUTCOME: "How did it end?",
    DisputeKind.READOUT: "What was said?",
}
"""What a kind of dispute is about."""


def dates(start: date | None, end: date | None) -> str:
    """Two days, or one where they are the same."""
    return " to ".join(dict.fromkeys(day.isoformat() for day in (start, end) if day is not None))


@cache
def states() -> Mapping[str, str]:
    """Names of states by ISO 3166 alpha-3 code."""
    return {entry["code"]: entry["name"] for entry in lexicon.load("states")["state"]}


def state_name(code: str) -> str | None:
    """The name of a state; None where the code is none of one."""
    return states().get(code)


def figure(count: Count) -> str:
    """ "40–50 soldiers killed"; a vague amount in its own words."""
    if count.low is None and count.high is None:
        return f"{count.text} {count.kind.value}"
    if count.low == count.high:
        number = f"{count.low:,}"
    elif count.high is None:
        number = f"{count.low:,} or more"
    elif count.low is None:
        number = f"up to {count.high:,}"
    else:
        number = f"{count.low:,}–{count.high:,}"
    return " ".join(part for part in (number, count.unit, count.kind.value) if part)


def days(when: When) -> str:
    """A time as it is shown in a list: the day, the days, or its words where no day is known."""
    if when.start is None:
        return when.text
    if when.end is None or when.end == when.start:
        return when.start.isoformat()
    if when.start == date(when.start.year, 1, 1) and when.end == date(when.start.year, 12, 31):
        return str(when.start.year)
    same_month = (when.start.year, when.start.month) == (when.end.year, when.end.month)
    return f"{when.start.isoformat()}/{when.end.day:02d}" if same_month else f"{when.start}/{when.end}"


def clip(text: str, limit: int) -> str:
    """The text, cut at a word where it is longer."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(None, 1)[0].rstrip(" ,;:—–-") + "…"
