"""How tense it is between two parties: an index with its uncertainty, the days on which it changed, and what drove it.

The index of a period is the root of the sum of the PLOVER conflict-cooperation scores of the happenings between the two, each
counted once with the mean of its voices' tellings, turned so that hostile is positive: ``sign(s) sqrt(|s|)``. Counts of
happenings scatter the more the more there are; of their root the scatter is alike at every level, so that a change of level
shows as well in a quiet time as in a war. A day with one attack of -9 stands at 3, with four at 6, with talks of +2.5 at -1.6,
and a quiet day on which reports came at 0.

The interval is that of a Bayesian bootstrap (Rubin 1981): happenings and voices are given random weights (exponential with
mean 1), as if others of their kind had been reported, and the index is drawn anew; shown are the 10th and 90th percentiles.
What one voice alone tells is therefore less sure than what five tell.

Changes of level are found by an exact search for the segmentation of least squares (ruptures' KernelCPD with a linear
kernel; Arlot, Celisse and Harchaoui 2019), penalised with ``PENALTY`` times the variance times the logarithm of the length.
The penalty was set on made-up archives without any change (``benchmarks/analysis.py``), so that it finds less than one a year.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from standoff.analysis import needed
from standoff.analysis.deeds import ALL, BETWEEN, Deed, of
from standoff.analysis.series import Numbers, Series, weight
from standoff.days import shift

DRAWS = 200
"""Times that the bootstrap draws anew."""
PENALTY = 3.0
SHORTEST = 3
"""Periods between two changes at least."""
FEWEST = 21
"""Periods with figures that a search for changes needs."""
DRIVERS = 5


@dataclass(frozen=True, slots=True)
class Tension:
    """The index of each period with its 80 % interval; nan in gaps."""

    index: Numbers
    low: Numbers
    high: Numbers
    account: str = ALL


@dataclass(frozen=True, slots=True)
class Driver:
    """A happening behind a change, and by how much it moves the sum of scores."""

    happening: str
    day: date
    event: str
    direction: str
    hostility: float
    linked: bool
    """An incident; else a claim that none links."""


@dataclass(frozen=True, slots=True)
class Change:
    """A day from which on the level is another one."""

    day: date
    before: float
    after: float
    """Mean index of the stretch up to it, and of the one from it on."""
    drivers: tuple[Driver, ...]
    """The most hostile happenings of the time after a rise, the most friendly after a fall."""

    @property
    def rises(self) -> bool:
        return self.after > self.before


def draw(
    series: Series, voices: Mapping[str, str] | None = None, *, account: str = ALL, draws: int = DRAWS, seed: int = 1
) -> Tension:
    """The index of a series, by one account or all; the same for the same seed."""
    told = list(of(series.deeds, account, BETWEEN))
    origins = voices or {}
    size = len(series.begins)
    starts = np.array([begin.toordinal() for begin in series.begins])
    at = np.searchsorted(starts, np.array([d.day.toordinal() for d in told], dtype=np.int64), side="right") - 1
    weights = np.array([weight(d, series.weighing, origins) for d in told])
    spread, mean = _by_voice(told, origins)
    hostile = -weights * mean
    sums = np.bincount(at, weights=hostile, minlength=size) if told else np.zeros(size)
    index = _root(np.asarray(sums, dtype=float))
    low, high = index.copy(), index.copy()
    if told:
        chance = np.random.default_rng(seed)
        by_period = np.zeros((draws, size))
        for n in range(draws):
            drawn = chance.exponential(1.0, spread.shape[1])
            each = -weights * (spread @ drawn) * chance.exponential(1.0, len(told))
            by_period[n] = np.bincount(at, weights=each, minlength=size)
        low, high = np.percentile(_root(by_period), [10, 90], axis=0)
    for values in (index, low, high):
        values[series.gap] = np.nan
    return Tension(index, np.minimum(low, index), np.maximum(high, index), account)


def _root(sums: Numbers) -> Numbers:
    return np.asarray(np.sign(sums) * np.sqrt(np.abs(sums)))


def _by_voice(told: Sequence[Deed], voices: Mapping[str, str]) -> tuple[Any, Numbers]:
    """Of each deed (rows) the score that each voice (columns) gives it, divided by how many voices tell of it; and their mean."""
    from scipy.sparse import csr_array

    columns: dict[str, int] = {}
    rows, cells, values = [], [], []
    for row, deed in enumerate(told):
        held: dict[str, list[float]] = {}
        for one in deed.told:
            held.setdefault(voices.get(one.doc, one.doc), []).append(one.score)
        for voice, scores in held.items():
            rows.append(row)
            cells.append(columns.setdefault(voice, len(columns)))
            values.append(sum(scores) / len(scores) / len(held))
    spread = csr_array((values, (rows, cells)), shape=(len(told), max(1, len(columns))))
    return spread, np.asarray(spread.sum(axis=1)).ravel() if told else np.zeros(0)


def changes(series: Series, tension: Tension, *, penalty: float = PENALTY) -> tuple[Change, ...]:
    """The periods from which on the tension is at another level, in their order; none where there is too little to go by.

    Raises:
        SettingsError: ruptures is not installed.
    """
    known = np.flatnonzero(~np.isnan(tension.index))
    values = tension.index[known]
    bounds = [0, *breaks(values, penalty), len(values)]
    driving = _Driving(series)
    found = []
    for start, middle, end in zip(bounds, bounds[1:], bounds[2:], strict=False):
        before, after = values[start:middle].mean(), values[middle:end].mean()
        day = series.begins[known[middle]]
        last = series.ends[known[end - 1]]
        found.append(Change(day, float(before), float(after), driving.behind(day, last, bool(after > before))))
    return tuple(found)


def breaks(values: Numbers, penalty: float = PENALTY) -> list[int]:
    """Where the level of a row of values changes: the first position of each new level.

    Raises:
        SettingsError: ruptures is not installed.
    """
    if len(values) < FEWEST or (noise := _noise(values)) == 0:
        return []
    search = needed("ruptures").KernelCPD(kernel="linear", min_size=SHORTEST).fit(values)
    return list(search.predict(pen=penalty * noise * np.log(len(values)))[:-1])


def _noise(values: Numbers) -> float:
    """The variance about a level that may change: half that of the steps from one period to the next."""
    return float(np.mean(np.diff(values) ** 2) / 2)


class _Driving:
    """The happenings of a series in the order of their days, and in which direction each runs; looked through once."""

    def __init__(self, series: Series) -> None:
        self._told = list(of(series.deeds, ALL, BETWEEN))
        self._days = [deed.day for deed in self._told]
        self._ways: dict[tuple[str, int], set[str]] = defaultdict(set)
        for deed in series.deeds:
            if deed.direction != BETWEEN:
                self._ways[deed.happening, deed.quad].add(deed.direction)

    def behind(self, since: date, until: date, rises: bool) -> tuple[Driver, ...]:
        """What moves the index most in the two weeks from a day on: hostile happenings of a rise, friendly ones of a fall."""
        last = min(until, shift(since, 13))
        near = self._told[bisect_left(self._days, since) : bisect_right(self._days, last)]
        moving = [deed for deed in near if (deed.score < 0 if rises else deed.score > 0)]
        moving.sort(key=lambda deed: (-abs(deed.score), deed.day, deed.happening))
        return tuple(
            Driver(
                deed.happening, deed.day, deed.event, self._way(deed), -deed.score, deed.told[0].claim != deed.happening
            )
            for deed in moving[:DRIVERS]
        )

    def _way(self, deed: Deed) -> str:
        ways = self._ways[deed.happening, deed.quad]
        return next(iter(ways)) if len(ways) == 1 else BETWEEN
