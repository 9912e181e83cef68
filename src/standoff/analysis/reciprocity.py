"""Who answers whom, and after how long: an association in time, no proof of a cause.

Deeds are set against deeds: happenings of material conflict. Words are told again by many, on other days too, and would blur
who was first; they are counted along only where deeds are too few.

Two sides are hostile in the same weeks because a crisis rises and falls for both; that is no answer. So each side's
happenings are counted by day against the level around that day (the mean of the five days before and after it, without the
day itself, as Pearson residuals). For each lag the residuals of one side are multiplied with those of the other so many days
later, and compared with what turning one series round against the other gives, which keeps both as they are and takes apart
only what they have to do with each other. The p-value of a lag is the share of turns of which the largest product, over all
lags, is as large: searching many lags finds no more by luck than looking at one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.analysis.deeds import ALL, directions
from standoff.analysis.series import Numbers, Series, Step

LAGS = 14
AROUND = 5
"""Days before and after that make the level of a day."""
TURNS = 999
FEWEST = 60
"""Days with figures that are needed, and hostile days of each side (a tenth of that)."""


@dataclass(frozen=True, slots=True)
class Lag:
    """One side's hostility so many days after the other's."""

    days: int
    observed: float
    """Pairs of a hostile happening of the one and of the other so many days later."""
    expected: float
    """Pairs that the levels around those days make on their own."""
    p: float
    """That turning the series round finds as much at any lag."""

    @property
    def ratio(self) -> float:
        return self.observed / self.expected if self.expected else float("nan")


@dataclass(frozen=True, slots=True)
class Answering:
    """How one side's hostility follows the other's."""

    first: str
    then: str
    lags: tuple[Lag, ...]
    deeds: bool
    """Material conflict alone; else all that is hostile, words too."""

    @property
    def clearest(self) -> Lag | None:
        """The lag that is least likely to be chance, where that is less than one in twenty."""
        sure = [lag for lag in self.lags if lag.p < 0.05]
        return min(sure, key=lambda lag: (lag.p, -lag.ratio), default=None)


def draw(
    series: Series, *, account: str = ALL, lags: int = LAGS, turns: int = TURNS, seed: int = 1
) -> tuple[Answering, ...]:
    """Both sides' answers to each other, by one account or all; empty where there are too few days to tell.

    The series has to be by day. Same-day pairs are left out: nothing says who was first.
    """
    if series.step is not Step.DAY:
        return ()
    one, other = series.dyad
    there, back, _ = directions(series.dyad)
    if len(series.begins) - int(series.gap.sum()) < FEWEST:
        return ()
    for deeds in (True, False):
        hostile = [_hostile(series, account, way, deeds) for way in (there, back)]
        if all((told > 0).sum() >= FEWEST // 10 for told in hostile):
            break
    else:
        return ()
    chance = np.random.default_rng(seed)
    return (
        _answering(one, other, hostile[0], hostile[1], lags, turns, chance, deeds),
        _answering(other, one, hostile[1], hostile[0], lags, turns, chance, deeds),
    )


def _hostile(series: Series, account: str, way: str, deeds: bool) -> Numbers:
    """How many hostile happenings a day; gaps count as none, in both series alike."""
    line = series.lines[account, way]
    return np.nan_to_num(line.quads[4] if deeds else line.quads[3] + line.quads[4])


def _answering(
    first: str,
    then: str,
    before: Numbers,
    after: Numbers,
    lags: int,
    turns: int,
    chance: np.random.Generator,
    deeds: bool,
) -> Answering:
    size = len(before)
    levels = _level(before), _level(after)
    above = [(told - level) / np.sqrt(level + 0.25) for told, level in zip((before, after), levels, strict=True)]
    # Products at every lag at once: the circular cross-correlation.
    crossed = np.fft.irfft(np.conj(np.fft.rfft(above[0])) * np.fft.rfft(above[1]), size)
    wanted = np.arange(1, lags + 1)
    # Turns that would bring a lag back among those looked at are left out.
    shifts = chance.integers(lags + 1, max(lags + 2, size - lags), size=turns)
    largest = crossed[(wanted[None, :] + shifts[:, None]) % size].max(axis=1)
    return Answering(
        first,
        then,
        tuple(
            Lag(
                int(days),
                float(np.sum(before[:-days] * after[days:])),
                float(np.sum(levels[0][:-days] * levels[1][days:])),
                float((1 + np.sum(largest >= crossed[days])) / (turns + 1)),
            )
            for days in wanted
        ),
        deeds,
    )


def _level(told: Numbers) -> Numbers:
    """The mean of the days around each day."""
    window = np.ones(2 * AROUND + 1)
    window[AROUND] = 0
    summed = np.convolve(told, window, mode="same")
    return np.asarray(summed / np.convolve(np.ones(len(told)), window, mode="same"))
