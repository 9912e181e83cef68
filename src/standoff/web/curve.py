"""A figure over time as SVG: a step line an account, bounds as bands, every point a link to its words.

Drawn here, and not by a script, so that it stands on the page, in print and in a file alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 640, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 14, 12, 26
STYLES = ("", "6 3", "2 3", "8 3 2 3", "1 2", "10 4")
"""Dashes, so that lines are told apart without colour."""
COLOURS = ("#1f6aa5", "#b3261e", "#00664b", "#8a5a00", "#6b4e9b", "#9b2d6e")
"""For a picture in a file; on a page the style sheet gives them."""


@dataclass(frozen=True, slots=True)
class At:
    """One point: a range on a day; a bound leaves one end open."""

    day: date
    low: int | None
    high: int | None
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What one account gave over time."""

    name: str
    points: tuple[At, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The inside of an SVG element, and what its lines are called."""

    title: str
    inside: Markup
    legend: tuple[str, ...]


def draw(title: str, curves: Sequence[Curve]) -> Chart | None:
    """The chart; None where less than two days have a figure: a table says that better."""
    curves = [one for one in curves if one.points]
    points = [point for one in curves for point in one.points]
    if len({point.day for point in points}) < 2:
        return None
    first, last = min(p.day for p in points), max(p.day for p in points)
    most = max((n for p in points for n in (p.low, p.high) if n is not None), default=0)
    top = max(1, round(most * 1.15 + 0.5))
    days = max(1, (last - first).days)
    left = max(_LEFT, 8 * len(f"{_ticks(top)[-1]:,}") + 8)

    def x(day: date) -> float:
        return round(left + (WIDTH - left - _RIGHT) * (day - first).days / days, 1)

    def y(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / top, 1)

    parts = []
    for value in _ticks(top):
        parts.append(f'<path class="grid" stroke="#8884" d="M{left} {y(value)}H{WIDTH - _RIGHT}"/>')
        parts.append(f'<text x="{left - 6}" y="{y(value) + 4}" text-anchor="end">{value:,}</text>')
    for day, anchor in ((first, "start"), (last, "end")):
        parts.append(f'<text x="{x(day)}" y="{HEIGHT - 6}" text-anchor="{anchor}">{_short(day)}</text>')
    for at, one in enumerate(curves):
        parts.append(_curve(one, at % len(STYLES), x, y, top))
    # Every word in it was escaped where it was put in.
    return Chart(title, Markup("".join(parts)), tuple(one.name for one in curves))  # noqa: S704


def alone(chart: Chart) -> str:
    """The chart as a file of its own, with its title and legend."""
    legend = "".join(
        f'<path d="M{_LEFT} {HEIGHT + 14 + 18 * at}h28" stroke="{COLOURS[at % len(COLOURS)]}" stroke-width="2"'
        f' stroke-dasharray="{STYLES[at % len(STYLES)]}"/>'
        f'<text x="{_LEFT + 36}" y="{HEIGHT + 18 + 18 * at}">{escape(name)}</text>'
        for at, name in enumerate(chart.legend)
    )
    height = HEIGHT + 10 + 18 * len(chart.legend)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -24 {WIDTH} {height + 24}" font-family="sans-serif"'
        f' font-size="12" fill="#1d2329"><rect y="-24" width="{WIDTH}" height="{height + 24}" fill="#fff"/>'
        f'<text x="0" y="-8" font-weight="bold">{escape(chart.title)}</text>{chart.inside}{legend}</svg>'
    )


def _curve(one: Curve, style: int, at_x: Callable[[date], float], at_y: Callable[[float], float], top: int) -> str:
    colour = COLOURS[style]
    parts, path = [], ""
    for point in one.points:
        low = point.low if point.low is not None else 0
        high = point.high if point.high is not None else top
        shown = point.low if point.low is not None else high
        px, py = at_x(point.day), at_y(shown)
        if low != high:
            upper, lower = at_y(high), at_y(low)
            parts.append(
                f'<rect class="band k{style}" x="{px - 5}" y="{upper}" width="10" height="{max(1, lower - upper)}"'
                f' fill="{colour}" fill-opacity="0.18"/>'
            )
        path += f"M{px} {py}" if not path else f"H{px}V{py}"
    dash = f' stroke-dasharray="{STYLES[style]}"' if STYLES[style] else ""
    parts.append(f'<path class="k{style}" fill="none" stroke="{colour}" stroke-width="2"{dash} d="{path}"/>')
    for point in one.points:
        shown = point.low if point.low is not None else point.high or 0
        says = f"{one.name}, {_short(point.day)}: {point.says}"
        parts.append(
            f'<a href="{escape(point.href)}" aria-label="{escape(says)}"><circle class="k{style} dot" r="5"'
            f' fill="{colour}" cx="{at_x(point.day)}" cy="{at_y(shown)}"><title>{escape(says)}</title></circle></a>'
        )
    return "".join(parts)


def _ticks(top: int) -> list[int]:
    step = next(
        s
        for base in (1, 10, 100, 1_000, 10_000, 100_000, 10**6, 10**7, 10**8)
        for s in (base, 2 * base, 5 * base)
        if top / s <= 5
    )
    return list(range(0, top + 1, step))


def _short(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
