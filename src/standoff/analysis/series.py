"""How much, and how hostile, each account tells of two parties, by day, week or month.

Days on which no report came, nor the day after, and of which nothing is told, are gaps: nothing is known of them, which is
not the same as nothing having happened. A period of gaps alone has no figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from standoff import ontology
from standoff.analysis import deeds as _deeds
from standoff.analysis.deeds import ALL, BETWEEN, Deed, Dyad
from standoff.days import shift
from standoff.errors import SettingsError
from standoff.model import Count, CountKind, Span
from standoff.reconcile.policies import POLICIES, Estimate, Figure, estimate
from standoff.records import Record

Numbers = NDArray[np.float64]

QUADS = {1: "verbal_cooperation", 2: "material_cooperation", 3: "verbal_conflict", 4: "material_conflict"}
MATERIAL_CONFLICT = 4
MOST = 80_000
"""Periods of one series: two centuries of days."""
FAR = 36_525
"""Days."""
FIGURES = ("low", "best", "high")


class Step(StrEnum):
    """The length of a period."""

    DAY = "day"
    WEEK = "week"
    """From Monday on."""
    MONTH = "month"

    def begin(self, day: date) -> date:
        """The first day of the period that a day falls in."""
        if self is Step.WEEK:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self is Step.MONTH else day

    def after(self, begin: date) -> date:
        """The first day of the next period; of the last there is, itself."""
        if self is Step.MONTH:
            return shift(begin.replace(day=28), 4).replace(day=1)
        return shift(begin, 7 if self is Step.WEEK else 1)

    def end(self, begin: date) -> date:
        """Its last day."""
        after = self.after(begin)
        return shift(after, -1) if after > begin else date.max


class Weighing(StrEnum):
    """How much a happening counts."""

    ONCE = "once"
    VOICES = "voices"
    """As often as independent voices tell of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One account in one direction: a value a period, nan in gaps."""

    events: Numbers
    score_sum: Numbers
    quads: Mapping[int, Numbers]
    types: Mapping[str, Numbers]
    losses: Mapping[CountKind, tuple[Numbers, Numbers, Numbers]]
    """Lowest, best and highest by the policy, summed over happenings of material conflict."""

    @property
    def score_mean(self) -> Numbers:
        """Nan where nothing is told."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.score_sum / self.events)


@dataclass(frozen=True, slots=True)
class Series:
    """Two parties over time, by every account and in both directions."""

    dyad: Dyad
    step: Step
    begins: tuple[date, ...]
    until: date
    """The last day of the last period that is looked at."""
    reports: NDArray[np.int64]
    """Published in each period, on whatever it may be."""
    gap: NDArray[np.bool_]
    lines: Mapping[tuple[str, str], Line]
    """By account and direction."""
    divergence: Numbers
    """How far the two sides' own tellings part, from 0 to 1; nan where one of them tells nothing."""
    policy: str
    weighing: Weighing
    deeds: Sequence[Deed] = field(repr=False)

    @property
    def ends(self) -> tuple[date, ...]:
        return tuple(min(self.step.end(begin), self.until) for begin in self.begins)


def draw(
    deeds: Sequence[Deed],
    dyad: Dyad,
    coverage: Mapping[date, int],
    *,
    step: Step = Step.DAY,
    since: date | None = None,
    until: date | None = None,
    policy: str = "ucdp",
    weighing: Weighing = Weighing.ONCE,
    voices: Mapping[str, str] | None = None,
) -> Series | None:
    """The series of two parties; None where nothing is told of them in that time.

    It runs over the days that anything was told of or published on, within ``since`` and ``until``: of earlier and later ones
    nothing is known. Where these are not given, what lies more than a century from the middle of what is told is left out: a
    slip in one report's year makes no millennia of gaps. ``coverage`` is how many reports came each day, ``voices`` the independent voice of each report (without it each report
    is its own).

    Raises:
        SettingsError: no policy has that name, or the days are too far apart.
    """
    kept = [d for d in deeds if (since is None or d.day >= since) and (until is None or d.day <= until)]
    if not kept:
        return None
    middle = sorted(d.day for d in kept)[len(kept) // 2]
    low, high = since or shift(middle, -FAR), until or shift(middle, FAR)
    kept = [d for d in kept if low <= d.day <= high]
    first, last = min(d.day for d in kept), max(d.day for d in kept)
    published = [day for day in coverage if coverage[day]]
    if since is not None:
        first = min(first, max(since, min(published, default=first)))
    if until is not None:
        last = max(last, min(until, max(published, default=last)))
    begins = [step.begin(first)]
    while begins[-1] < (after := step.after(begins[-1])) <= last:
        begins.append(after)
        if len(begins) > MOST:
            why = f"told of from {first} to {last}, which is more than {MOST:,} periods of a {step.value}"
            raise SettingsError("series", why, "name the days with since and until, or take longer periods")
    starts = np.array([begin.toordinal() for begin in begins])
    origins = voices or {}

    open_days = {d.day for d in kept} | {shift(day, -late) for day in published for late in (0, 1)}
    at_open = np.array([d.toordinal() for d in sorted(open_days) if first <= d <= last], dtype=np.int64)
    published = [day for day in published if first <= day <= last]
    reports = np.bincount(
        _at(starts, np.array([d.toordinal() for d in published], dtype=np.int64)),
        weights=[coverage[day] for day in published],
        minlength=len(begins),
    )
    gap = np.bincount(_at(starts, at_open), minlength=len(begins)) == 0

    groups: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    for deed in kept:
        groups[deed.account, deed.direction].append(deed)
    estimates = _Losses(policy, origins)
    lines = {
        (account, way): _line(groups.get((account, way), []), starts, gap, weighing, origins, estimates)
        for account in _deeds.accounts(dyad)
        for way in _deeds.directions(dyad)
    }
    return Series(
        dyad,
        step,
        tuple(begins),
        last,
        reports.astype(np.int64),
        gap,
        lines,
        _divergence(groups.get((dyad[0], BETWEEN), []), groups.get((dyad[1], BETWEEN), []), starts),
        policy,
        weighing,
        kept,
    )


def weight(deed: Deed, weighing: Weighing, voices: Mapping[str, str]) -> float:
    """How much a deed counts."""
    if weighing is Weighing.ONCE:
        return 1.0
    return float(len({voices.get(one.doc, one.doc) for one in deed.told}))


def losses(deed: Deed, policy: str, voices: Mapping[str, str]) -> dict[CountKind, Estimate]:
    """What a policy makes of each kind of loss that the deed's account tells."""
    figures: dict[CountKind, list[Figure]] = defaultdict(list)
    for one in deed.told:
        for count in one.counts:
            for party in one.tellers or (one.outlet,):
                figures[count.kind].append(Figure(count, party, voices.get(one.doc, one.doc), one.reported))
    return {kind: _estimated(held, policy) for kind, held in figures.items()}


class _Losses:
    """Estimates of deeds; one and the same telling counts in several lines, and is estimated once."""

    def __init__(self, policy: str, voices: Mapping[str, str]) -> None:
        self._policy, self._voices = policy, voices
        self._held: dict[int, dict[CountKind, Estimate]] = {}

    def of(self, deed: Deed) -> dict[CountKind, Estimate]:
        key = id(deed.told)
        if key not in self._held:
            self._held[key] = losses(deed, self._policy, self._voices)
        return self._held[key]


def _estimated(figures: Sequence[Figure], policy: str) -> Estimate:
    """A policy's estimate. Figures that are all alike, as in reprints, are estimated once."""
    first = figures[0].count
    # Who tells is nothing to the named policies where all tell the same; to a ranking it is everything.
    if policy in POLICIES and all(
        one.count.text == first.text and (one.count.low, one.count.high) == (first.low, first.high) for one in figures
    ):
        return _alike(policy, first.kind, first.low, first.high, first.text)
    return estimate(figures, policy)


@lru_cache(maxsize=10_000)
def _alike(policy: str, kind: CountKind, low: int | None, high: int | None, text: str) -> Estimate:
    return estimate([Figure(Count(kind, low, high, low, "", text, Span(0, 0)), "")], policy)


def _at(starts: NDArray[np.int64], days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The period that each day falls in."""
    return np.asarray(np.searchsorted(starts, days, side="right") - 1)


def _line(
    deeds: Sequence[Deed],
    starts: NDArray[np.int64],
    gap: NDArray[np.bool_],
    weighing: Weighing,
    voices: Mapping[str, str],
    estimates: _Losses,
) -> Line:
    size = len(starts)
    at = _at(starts, np.array([d.day.toordinal() for d in deeds], dtype=np.int64))
    once = weighing is Weighing.ONCE
    weights = np.ones(len(deeds)) if once else np.array([weight(d, weighing, voices) for d in deeds])

    def summed(of: Numbers) -> Numbers:
        total = np.bincount(at, weights=of, minlength=size).astype(float) if len(at) else np.zeros(size)
        total[gap] = np.nan
        return total

    scores = np.array([d.score for d in deeds])
    quads = np.array([d.quad for d in deeds])
    kinds = {event: number for number, event in enumerate(sorted({d.event for d in deeds}))}
    events = np.array([kinds[d.event] for d in deeds])
    told: dict[CountKind, Numbers] = {}
    for position, deed in enumerate(deeds):
        if deed.quad != MATERIAL_CONFLICT or not any(one.counts for one in deed.told):
            continue
        for kind, found in estimates.of(deed).items():
            if kind not in told:
                told[kind] = np.zeros((3, size))
            held = told[kind]
            best = found.best if found.best is not None else found.low
            for row, number in enumerate((found.low, best, found.high)):
                held[row, at[position]] += number or 0
    for held in told.values():
        held[:, gap] = np.nan
    return Line(
        summed(weights),
        summed(weights * scores) if len(at) else summed(weights),
        {quad: summed(weights * (quads == quad)) if len(at) else summed(weights) for quad in QUADS},
        {event: summed(weights * (events == number)) for event, number in kinds.items()},
        {kind: (held[0], held[1], held[2]) for kind, held in sorted(told.items())},
    )


def _divergence(one: Sequence[Deed], other: Sequence[Deed], starts: NDArray[np.int64]) -> Numbers:
    """Bray and Curtis' dissimilarity of two tellings, happening by happening, by how hostile or friendly they are told.

    J. R. Bray and J. T. Curtis (1957), Ecological Monographs 27. What only one tells counts whole, what both tell by how far
    their scores part.
    """
    size = len(starts)
    sides: list[dict[tuple[str, int], float]] = [{}, {}]
    period: dict[tuple[str, int], int] = {}
    totals = [np.zeros(size), np.zeros(size)]
    for side, deeds in enumerate((one, other)):
        at = _at(starts, np.array([deed.day.toordinal() for deed in deeds], dtype=np.int64)).tolist()
        for deed, found in zip(deeds, at, strict=True):
            key = (deed.happening, deed.quad)
            # Of a happening that the two put on different days, the first side's day holds.
            sides[side][key] = deed.score
            totals[side][period.setdefault(key, found)] += abs(deed.score)
    apart = np.zeros(size)
    for key, at in period.items():
        first, second = (side.get(key, 0.0) for side in sides)
        apart[at] += abs(first - second)
    whole = totals[0] + totals[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        found_all = apart / whole
    found_all[(totals[0] == 0) | (totals[1] == 0)] = np.nan
    return np.asarray(found_all)


# -- records -----------------------------------------------------------------------------------------------------------


def records(series: Series, accounts: Sequence[str] = (), directions: Sequence[str] = ()) -> Iterator[Record]:
    """A record a period, account and direction; null is a gap, or nothing told."""
    for at, (begin, end) in enumerate(zip(series.begins, series.ends, strict=True)):
        for (account, way), line in series.lines.items():
            if (accounts and account not in accounts) or (directions and way not in directions):
                continue
            lost = {
                f"{kind.value}_{name}": _whole(line.losses[kind][row][at]) if kind in line.losses else _none(series, at)
                for kind in CountKind
                for row, name in enumerate(FIGURES)
            }
            yield {
                "period": begin.isoformat(),
                "end": end.isoformat(),
                "account": account,
                "direction": way,
                "reports": int(series.reports[at]),
                "gap": bool(series.gap[at]),
                "events": _whole(line.events[at]),
                **{name: _whole(line.quads[quad][at]) for quad, name in QUADS.items()},
                "score_sum": _number(line.score_sum[at]),
                "score_mean": _number(line.score_mean[at]),
                "divergence": _number(series.divergence[at]) if (account, way) == (ALL, BETWEEN) else None,
                **lost,
                **{
                    code.lower(): _whole(line.types[code][at]) if code in line.types else _none(series, at)
                    for code in ontology.event_types()
                },
                "weighing": series.weighing.value,
                "policy": series.policy,
            }


def _none(series: Series, at: int) -> int | None:
    return None if series.gap[at] else 0


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
