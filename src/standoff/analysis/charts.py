"""Charts of a pair of parties as pictures: tension with its interval, what each account tells, and how many reports came.

Colours are those of Okabe and Ito (2008), told apart by people who see fewer colours; every line has a dash of its own too,
and its name beside its end, so that a print in grey can be read.
"""

from __future__ import annotations

import io
from datetime import date
from threading import Lock
from typing import Any

import numpy as np

from standoff.analysis import needed
from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD
from standoff.analysis.series import Series, Step
from standoff.analysis.study import Study
from standoff.days import shift
from standoff.wording import Names, clip, long_day, long_days

INK, DIM, GRID, GAP = "#1a1a1a", "#555555", "#d9d9d9", "#ececec"
STYLES = (
    ("#0072B2", "-", "o"),
    ("#D55E00", (0, (5, 2)), "s"),
    ("#009E73", (0, (1, 1.5)), "^"),
    ("#CC79A7", (0, (6, 2, 1, 2)), "D"),
)
"""Of each account in turn: colour, dash, mark."""
BAND = "#9ecae1"
_DRAWING = Lock()
SHORT = 10
"""Periods up to which less room will do."""
LONGEST = 24
"""Letters of a name beside a line."""


def picture(study: Study, names: Names, form: str = "svg", *, width: float = 8.0) -> bytes:
    """The charts as ``svg``, ``png`` or ``pdf``; the same study gives the same bytes.

    Raises:
        SettingsError: matplotlib is not installed.
    """
    matplotlib = needed("matplotlib")
    figures = needed("matplotlib.figure")
    settings = {
        "font.family": "DejaVu Sans",
        "font.size": 9,
        "svg.hashsalt": "standoff",
        "text.parse_math": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": DIM,
        "axes.labelcolor": INK,
        "xtick.color": DIM,
        "ytick.color": DIM,
    }
    # Its settings are the whole program's while they hold.
    with _DRAWING, matplotlib.rc_context(settings):
        height = 5.2 if len(study.series.begins) <= SHORT else 6.8
        figure = figures.Figure(figsize=(width, height), layout="constrained")
        tension, told, reports = figure.subplots(3, 1, sharex=True, height_ratios=[3, 3, 1.1])
        first, second = (names.party(key) for key in study.series.dyad)
        figure.suptitle(f"{clip(first, 40)} and {clip(second, 40)}", x=0.01, ha="left", fontsize=11, fontweight="bold")
        series = study.series
        _tension(tension, study)
        _accounts(told, series, names)
        _reports(reports, series)
        for axes in (tension, told, reports):
            _gaps(axes, series)
        _days(reports, series, study)
        out = io.BytesIO()
        # No date and no version of the program that drew it: they would make each copy another file.
        blank = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}
        figure.savefig(out, format=form, dpi=160, metadata=blank[form])
    return out.getvalue()


def alt(study: Study, names: Names) -> str:
    """What the charts show, in a sentence, for who does not see them."""
    series = study.series
    first, second = (names.party(key) for key in series.dyad)
    index = study.tension[ALL].index
    level = ""
    if not np.all(np.isnan(index)):
        top = int(np.nanargmax(index))
        at = "on" if series.step is Step.DAY else f"in the {series.step.value} of"
        level = f"; tension is highest {at} {long_day(series.begins[top])}"
    return f"{first} and {second}, {long_days(series.begins[0], series.until)} by {series.step.value}{level}."


def _middles(series: Series) -> list[Any]:
    """Where a period's mark stands: the middle of its days."""
    return [begin + (end - begin) / 2 for begin, end in zip(series.begins, series.ends, strict=True)]


def _tension(axes: Any, study: Study) -> None:
    series, tension = study.series, study.tension[ALL]
    at = _middles(series)
    axes.axhline(0, color=DIM, linewidth=0.8)
    axes.fill_between(at, tension.low, tension.high, color=BAND, alpha=0.6, linewidth=0, label="80 % interval")
    mark = "o" if len(at) <= 60 else None
    axes.plot(at, tension.index, color=INK, linewidth=1.4, marker=mark, markersize=3)
    first = series.begins[0].toordinal()
    wide = max(1, series.until.toordinal() - first)
    row, before = 0, float("-inf")
    for change in study.changes:
        share = (change.day.toordinal() - first) / wide
        # Dates that would lie on each other are set in two rows, and the last one to the left of its line.
        left = share > 0.85
        row = 1 - row if share - before < (0.26 if left else 0.13) else 0
        before = share
        axes.axvline(change.day, color=DIM, linewidth=0.9, linestyle=(0, (2, 2)))
        axes.annotate(
            ("\N{BLACK UP-POINTING TRIANGLE} " if change.rises else "\N{BLACK DOWN-POINTING TRIANGLE} ")
            + change.day.isoformat(),
            (change.day, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(-2 if left else 2, -8 - 9 * row),
            ha="right" if left else "left",
            textcoords="offset points",
            fontsize=7,
            color=DIM,
            rotation=90 if len(study.changes) > 6 else 0,
            va="top" if len(study.changes) > 6 else "baseline",
        )
    ahead = study.outlook.ahead
    if ahead and series.step is Step.DAY:
        days = [one.day for one in ahead]
        axes.fill_between(
            days, [o.low for o in ahead], [o.high for o in ahead], color=BAND, alpha=0.35, hatch="///", linewidth=0
        )
        axes.plot(days, [o.level for o in ahead], color=INK, linewidth=1.2, linestyle=(0, (1, 1)))
    axes.margins(y=0.14 if study.changes else 0.05)
    axes.set_title(
        "Tension by all accounts together (hostile is up), with its 80 % interval", loc="left", fontsize=9, color=INK
    )
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)


def _accounts(axes: Any, series: Series, names: Names) -> None:
    at = _middles(series)
    ends: list[tuple[float, str, str]] = []
    for account, (colour, dash, mark) in zip((*series.dyad, THIRD, OUTLETS), STYLES, strict=True):
        values = series.lines[account, BETWEEN].events
        if not np.nansum(values):
            continue
        axes.plot(
            at,
            values,
            color=colour,
            linestyle=dash,
            linewidth=1.4,
            marker=mark if len(at) <= 60 else None,
            markersize=3.5,
        )
        name = names.party(account) if account in series.dyad else account
        ends.append((float(values[~np.isnan(values)][-1]), clip(name, LONGEST), colour))
    axes.set_ylim(bottom=0)
    axes.yaxis.get_major_locator().set_params(integer=True)
    _named(axes, ends)
    axes.set_title("Happenings that each account tells of", loc="left", fontsize=9, color=INK)
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)


def _named(axes: Any, ends: list[tuple[float, str, str]]) -> None:
    """Names at the right, at the heights of their lines' ends, moved apart where they would lie on each other."""
    low, high = axes.get_ylim()
    apart = 0.12 * (high - low)
    height = float("-inf")
    placed = []
    for value, name, colour in sorted(ends):
        height = max(value, height + apart)
        placed.append((height, name, colour))
    over = max(0.0, (placed[-1][0] if placed else 0.0) - high)
    for height, name, colour in placed:
        axes.annotate(
            name,
            (1.0, (height - over - low) / (high - low)),
            xycoords="axes fraction",
            xytext=(5, 0),
            textcoords="offset points",
            color=colour,
            fontsize=8,
            va="center",
            fontweight="bold",
        )


def _reports(axes: Any, series: Series) -> None:
    days = [(after - begin).days + 1 for begin, after in zip(series.begins, series.ends, strict=True)]
    axes.bar(_middles(series), series.reports, width=[0.8 * n for n in days], color=DIM)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_title("Reports published (hatched: none, so nothing is known)", loc="left", fontsize=9, color=INK)


def _gaps(axes: Any, series: Series) -> None:
    for begin, end, gap in zip(series.begins, series.ends, series.gap, strict=True):
        if gap:
            axes.axvspan(begin, shift(end, 1), facecolor=GAP, hatch="////", edgecolor="#c8c8c8", linewidth=0, zorder=0)


def _days(axes: Any, series: Series, study: Study) -> None:
    dates = needed("matplotlib.dates")
    last = study.outlook.ahead[-1].day if study.outlook.ahead and series.step is Step.DAY else series.until
    first = series.begins[0]
    room = max(1, (last - first).days) * 0.015 + 0.5
    # Marks of weeks and months stand in their middle, and the last of them has its whole width.
    axes.set_xlim(_ordinal(first) - room, _ordinal(last) + room)
    locator = dates.AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))


def _ordinal(day: date) -> float:
    return float(needed("matplotlib.dates").date2num(day))
