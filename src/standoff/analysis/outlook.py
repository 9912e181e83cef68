"""What level of tension the next days may bring, with an interval, where looking back shows that such a forecast was of use.

The forecast is simple exponential smoothing (statsmodels): the level of late, with the latest days counting most. Beside it
stand two naive ones, that tomorrow is as the last day was and that it is as all days were on average. Each is tried at every
day of the past from ``WARM_UP`` on, with what was known then, and its own past errors make its interval: the quantiles of the
errors at that many days ahead (split conformal prediction, Lei and others 2018). Scores are the continuous ranked probability
score of those distributions (Gneiting and Raftery 2007; lower is better) and the share of days that fell into the 80 % interval.

It is given only where its score is lower than those of both naive ones; else it says that it was not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.analysis import needed
from standoff.analysis.series import Numbers, Series, Step
from standoff.analysis.tension import Tension
from standoff.days import shift

AHEAD = 7
WARM_UP = 90
"""Days that are known before the first trial."""
KEPT = 180
"""Latest errors that an interval is made of."""
FEWEST = 60
"""Errors before the first interval is scored."""
AGAIN = 30
"""Days after which smoothing is fitted anew."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How one way of forecasting did, looking back."""

    name: str
    crps: float
    coverage: float
    """Share of days within the 80 % interval."""
    days: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """One day to come."""

    day: date
    low: float
    level: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast, with how it and the naive ones did. ``ahead`` is empty where it was of no use, or too little is known."""

    ahead: tuple[Ahead, ...]
    trials: tuple[Trial, ...]
    says: str
    """Why it is given, or not."""


def draw(series: Series, tension: Tension) -> Outlook:
    """The outlook of a series by day, after its last day.

    Raises:
        SettingsError: statsmodels is not installed.
    """
    values = tension.index
    known = int((~np.isnan(values)).sum())
    if series.step is not Step.DAY:
        return Outlook((), (), "an outlook is drawn from days, not weeks or months")
    if known < WARM_UP + FEWEST + AHEAD:
        return Outlook(
            (),
            (),
            f"{known} day{'s' if known != 1 else ''} with reports {'are' if known != 1 else 'is'} too few to try a"
            " forecast on",
        )
    alphas = _fitted(values)
    ways: dict[str, Callable[[Numbers], Numbers]] = {
        "smoothing": lambda told: _smoothed(told, alphas),
        "as the last day": _last,
        "as on average": _average,
    }
    levels = {name: way(values) for name, way in ways.items()}
    errors = {name: _errors(values, level) for name, level in levels.items()}
    trials = tuple(_trial(name, found) for name, found in errors.items())
    naive = min(trials[1:], key=lambda trial: trial.crps)
    if not trials[0].crps < naive.crps:
        return Outlook(
            (),
            trials,
            f"looking back, smoothing did no better than \N{LEFT DOUBLE QUOTATION MARK}{naive.name}\N{RIGHT DOUBLE QUOTATION MARK}",
        )
    level = float(levels["smoothing"][-1])
    ahead = []
    for step in range(1, AHEAD + 1):
        of_step = errors["smoothing"][step - 1]
        held = of_step[~np.isnan(of_step)][-KEPT:]
        low, middle, high = np.quantile(held, [0.1, 0.5, 0.9])
        day = shift(series.until, step)
        ahead.append(Ahead(day, level + float(low), level + float(middle), level + float(high)))
    better = 1 - trials[0].crps / naive.crps
    return Outlook(
        tuple(ahead),
        trials,
        f"looking back, its score is {better:.0%} better than that of \N{LEFT DOUBLE QUOTATION MARK}{naive.name}\N{RIGHT DOUBLE QUOTATION MARK}",
    )


def _fitted(values: Numbers) -> Numbers:
    """The smoothing constant in use on each day, fitted every month on what was known then."""
    smoothing = needed("statsmodels.tsa.holtwinters").SimpleExpSmoothing
    alphas = np.full(len(values), 0.3)
    for day in range(WARM_UP, len(values), AGAIN):
        told = values[:day]
        told = told[~np.isnan(told)]
        if len(told) >= 30 and np.ptp(told) > 0:
            fit = smoothing(told, initialization_method="estimated").fit()
            alphas[day:] = min(0.99, max(0.01, float(fit.params["smoothing_level"])))
    return alphas


def _smoothed(values: Numbers, alphas: Numbers) -> Numbers:
    level = np.empty(len(values))
    now = float(values[~np.isnan(values)][0])
    for at, value in enumerate(values):
        if not np.isnan(value):
            now += float(alphas[at]) * (float(value) - now)
        level[at] = now
    return level


def _last(values: Numbers) -> Numbers:
    at = np.where(~np.isnan(values), np.arange(len(values)), 0)
    return np.asarray(values[np.maximum.accumulate(at)])


def _average(values: Numbers) -> Numbers:
    told = ~np.isnan(values)
    return np.asarray(np.cumsum(np.nan_to_num(values)) / np.maximum(1, np.cumsum(told)))


def _errors(values: Numbers, level: Numbers) -> list[Numbers]:
    """What came less what was forecast, by the days ahead; each at the day that it came to be known, nan in gaps."""
    found = []
    for step in range(1, AHEAD + 1):
        errors = np.full(len(values), np.nan)
        errors[WARM_UP + step :] = values[WARM_UP + step :] - level[WARM_UP:-step]
        found.append(errors)
    return found


def _trial(name: str, errors: list[Numbers]) -> Trial:
    """Scores over all days and steps ahead, of distributions that only earlier errors make."""
    scores, within = [], []
    for step, found in enumerate(errors, 1):
        for at in np.flatnonzero(~np.isnan(found)):
            # The forecast was made ``step`` days before: errors since then were not known yet.
            before = found[: at - step + 1]
            past = before[~np.isnan(before)][-KEPT:]
            if len(past) < FEWEST:
                continue
            low, high = np.quantile(past, [0.1, 0.9])
            within.append(low <= found[at] <= high)
            scores.append(_crps(np.sort(past), float(found[at])))
    return Trial(name, float(np.mean(scores)), float(np.mean(within)), len(scores))


def _crps(sample: Numbers, came: float) -> float:
    """Of a distribution that is given by a sorted sample (Gneiting and Raftery 2007, equation 20)."""
    size = len(sample)
    spread = 2 * float(np.sum(sample * (2 * np.arange(1, size + 1) - size - 1))) / (size * size)
    return float(np.mean(np.abs(sample - came))) - spread / 2
