"""Figures over time: how many, by whose account, with the bounds as bands, and each point opening its words."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.analysis.brief import Titles, bare, number_of, phrase, steps_of
from standoff.model import Asked, Bound, DisputeState, Line
from standoff.web import curve
from standoff.web.guard import Refused
from standoff.web.view import Site, page, site

router = APIRouter(include_in_schema=False)

MOST = 40
"""Figures drawn on one page."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one account gave on one day."""

    account: str
    party: str
    day: date | None
    value: str
    low: int | None
    high: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A question of how many, with all that accounts gave over time."""

    id: str
    question: str
    incident: str
    points: tuple[Point, ...]
    disputed: bool

    @property
    def bounded(self) -> bool:
        """Some figure is a bound or a range: its band wants a word."""
        return any(point.low != point.high for point in self.points)

    @property
    def moves(self) -> bool:
        return len({point.value for point in self.points}) > 1


@router.get("/figures")
def figures(request: Request) -> Response:
    held, query = site(request), request.query_params
    party, words = query.get("party") or None, query.get("words", "")[:200]
    every: list[Figure] = held.drawn.get("figures", lambda: _all(held))
    found = [
        one
        for one in every
        if party in (None, *(point.party for point in one.points))
        and all(word in one.question.lower() for word in words.lower().split())
    ]
    at = int(query.get("page", "1")) if query.get("page", "1").isdecimal() else 1
    shown = found[(at - 1) * MOST : at * MOST]
    keys = [point.claim for one in shown for point in one.points if point.claim]
    titles = held.store.browse.incidents(ids=[one.incident for one in shown], limit=MOST).rows if shown else ()
    tellers: dict[str, str] = {
        p.party: p.account for one in every for p in one.points if not held.titles.is_outlet(p.party)
    }
    return page(
        request,
        "figures.html",
        figures=[(one, curve.draw(one.question, _curves(one))) for one in shown],
        total=len(found),
        incidents={row.id: held.titles.incident(row) for row in titles},
        rows={row.claim.id: row for row in held.store.browse.rows(keys)},
        party=party,
        searched=words,
        tellers=sorted(tellers.items(), key=lambda item: item[1]),
        at=at,
        pages=-(-len(found) // MOST),
        bare=bare,
    )


@router.get("/figures.csv")
def as_csv(request: Request) -> Response:
    """Every figure as every account gave it."""
    return _table(_all(site(request)), "figures.csv")


@router.get("/figures/{id}.csv")
def one_csv(request: Request, id: str) -> Response:
    return _table([_one(request, id)], "figure.csv")


@router.get("/figures/{id}.svg")
def picture(request: Request, id: str) -> Response:
    one = _one(request, id)
    drawn = curve.draw(one.question, _curves(one))
    if drawn is None:
        raise Refused(404, one.question, "has no day to be drawn by", "its table has the words")
    headers = {"content-disposition": 'attachment; filename="figure.svg"'}
    return Response(curve.alone(drawn), media_type="image/svg+xml", headers=headers)


def _one(request: Request, id: str) -> Figure:
    found = next((one for one in _all(site(request)) if one.id == id), None)
    if found is None:
        raise Refused(404, "This figure", "not in the store", "the page Figures lists what is")
    return found


def _all(held: Site) -> list[Figure]:
    """All figures, those that moved or are disputed first."""
    apart = {d.id for d in held.store.browse.disputes() if d.state is not DisputeState.SETTLED}
    found = [_figure(one, held.titles, one.dispute in apart) for one in held.store.browse.figures()]
    return sorted(found, key=lambda one: (not (one.moves or one.disputed), -len(one.points)))


def _figure(one: Asked, titles: Titles, disputed: bool) -> Figure:
    points: list[Point] = []
    for line in one.lines:
        points += _points(line, titles.account(line.party))
    points.sort(key=lambda point: (point.day or date.max, point.account))
    return Figure(one.id, one.text, one.incident, tuple(points), disputed)


def _points(line: Line, account: str) -> list[Point]:
    steps = steps_of(line)
    found = []
    for at, step in enumerate(steps):
        low = high = number_of(step.value)
        if at == len(steps) - 1 and (line.low is not None or line.high is not None):
            low, high = line.low, line.high
        last = phrase(line) if at == len(steps) - 1 else step.value
        bound = next((b for b in Bound if b is not Bound.EXACT and last.lower().startswith(b.value)), Bound.EXACT)
        if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
            high = None
        elif bound in (Bound.UP_TO, Bound.LESS_THAN):
            low = None
        found.append(Point(account, line.party, step.day, last, low, high, step.claim))
    return found


def _curves(one: Figure) -> list[curve.Curve]:
    by_account: dict[str, list[Point]] = {}
    for point in one.points:
        if point.day is not None and (point.low is not None or point.high is not None):
            by_account.setdefault(point.account, []).append(point)
    return [
        curve.Curve(
            name, tuple(curve.At(p.day, p.low, p.high, p.value, f"#w-{one.id}-{p.claim}") for p in held if p.day)
        )
        for name, held in by_account.items()
    ]


def _table(figures: list[Figure], name: str) -> Response:
    from standoff.export.csv import safe

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["question", "account", "day", "as told", "low", "high", "claim", "incident"])
    for one in figures:
        for p in one.points:
            cells = [one.question, p.account, p.day.isoformat() if p.day else "", p.value]
            low, high = ("" if n is None else str(n) for n in (p.low, p.high))
            writer.writerow([*(safe(cell) for cell in cells), low, high, p.claim, one.incident])
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue().encode(), media_type="text/csv; charset=utf-8", headers=headers)
