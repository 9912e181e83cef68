"""Figures over time: how many, by whose account, with the bounds as bands, and each point opening its words."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.analysis.brief import HEARD, Titles, bare, claims_of, number_of, phrase, steps_of
from standoff.model import Asked, Bound, Claim, DisputeState, Line, among
from standoff.web import asked, curve
from standoff.web.guard import Refused
from standoff.web.view import Site, drawn_once, page, site

router = APIRouter(include_in_schema=False)

MOST = 40
"""Figures drawn on one page."""
HEARD_AT_ONCE = 400
"""Figures of which all claims are looked at; of more, those of one page."""
ONCE = 200
"""Figures told once that are listed."""


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
    asked: Asked

    @property
    def bounded(self) -> bool:
        """Some figure is a bound or a range: its band wants a word."""
        return any(point.low != point.high for point in self.points)

    @property
    def moves(self) -> bool:
        """Some account gave another number."""
        given: dict[str, set[str]] = {}
        for point in self.points:
            given.setdefault(point.party, set()).add(point.value)
        return any(len(values) > 1 for values in given.values())

    @property
    def differs(self) -> bool:
        """Not all that is given is the same number."""
        return len({point.value for point in self.points}) > 1

    @property
    def once(self) -> bool:
        """It was told once, and nobody disputes it."""
        return len(self.points) == 1 and not self.disputed


@router.get("/figures")
@drawn_once
def figures(request: Request) -> Response:
    held, query = site(request), request.query_params
    party, words = query.get("party") or None, query.get("words", "")[:200]
    every: list[Figure] = held.drawn.get("figures", lambda: _all(held))
    told: dict[str, str] = held.drawn.get("figures' words", lambda: _words(held, every)) if words else {}
    found = [
        one
        for one in every
        if among(party, (point.party for point in one.points))
        and all(word.removesuffix("s") in told[one.id] for word in words.lower().split())
    ]
    at = int(query.get("page", "1")) if query.get("page", "1").isdecimal() else 1
    if len(found) <= HEARD_AT_ONCE:
        found = sorted(_heard(held, found), key=_first)
    often = [one for one in found if not one.once]
    shown, told_once = often[(at - 1) * MOST : at * MOST], [one for one in found if one.once]
    if len(found) > HEARD_AT_ONCE:
        shown, told_once = _heard(held, shown), [*_heard(held, told_once[:ONCE]), *told_once[ONCE:]]
    keys = [point.claim for one in (*shown, *told_once[:ONCE]) for point in one.points if point.claim]
    ids = [one.incident for one in (*shown, *told_once[:ONCE])]
    titles = held.store.browse.incidents(ids=ids, limit=len(ids)).rows if ids else ()
    tellers: dict[str, str] = held.drawn.get("figures' tellers", lambda: _tellers(every, held.titles))
    return page(
        request,
        "figures.html",
        figures=[(one, _drawn(one)) for one in shown],
        total=len(found),
        once=told_once[:ONCE],
        more_once=max(0, len(told_once) - ONCE),
        differing=(differing := sum(one.moves or one.differs or one.disputed for one in often)),
        alike=len(often) - differing,
        kept=asked.with_(query, ("page",)),
        incidents={row.id: held.titles.incident(row) for row in titles},
        stored={row.id: row.title for row in titles},
        rows={row.claim.id: row for row in held.store.browse.rows(keys)},
        party=party,
        searched=words,
        tellers=sorted(tellers.items(), key=lambda item: item[1]),
        at=at,
        pages=-(-len(often) // MOST),
        bare=bare,
    )


def _words(held: Site, figures: list[Figure]) -> dict[str, str]:
    """What a figure is looked for by: its question, what is counted, and the words of the reports that give it."""
    keys = {
        one.id: [key for line in one.asked.lines for key in (*line.claims[:HEARD], *_turns(line))] for one in figures
    }
    # Of very many the words of each account's last figure are enough: all claims would have to be read.
    many = len(figures) > HEARD_AT_ONCE
    claims = {} if many else claims_of(held.store, [key for own in keys.values() for key in own])
    found = {}
    for one in figures:
        own = [claims[key] for key in keys[one.id] if key in claims]
        units = [count.unit for claim in own for count in claim.counts]
        parts = [one.question, one.asked.subject, *units, *(claim.text for claim in own)]
        found[one.id] = " ".join([*parts, *(line.words for line in one.asked.lines)]).lower()
    return found


def _drawn(one: Figure) -> curve.Chart | None:
    """A figure's curve; two numbers are read sooner than drawn."""
    return curve.draw(one.question, _curves(one)) if len(one.points) > 2 or one.moves else None


@router.get("/figures.csv")
def as_csv(request: Request) -> Response:
    """Every figure as every account gave it."""
    held = site(request)
    return _table(_heard(held, _all(held)), "figures.csv")


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
    held = site(request)
    found = next((one for one in _all(held) if one.id == id), None)
    if found is None:
        raise Refused(404, "This figure", "not in the store", "the page Figures lists what is")
    (heard,) = _heard(held, [found])
    return heard


def _all(held: Site) -> list[Figure]:
    """All figures, those that moved or are disputed first."""
    apart = {d.id for d in held.disputes if d.state is not DisputeState.SETTLED}
    titles = held.titles  # looked up once: each look asks the store whether it changed
    found = [_figure(one, titles, one.dispute in apart) for one in held.store.browse.figures()]
    return sorted(found, key=_first)


def _first(one: Figure) -> tuple[bool, bool, int]:
    """What moved or is disputed first, then what is told differently, then what most tell."""
    return not (one.moves or one.disputed), not one.differs, -len(one.points)


def _heard(held: Site, figures: list[Figure]) -> list[Figure]:
    """The same with their claims looked at: accounts by who speaks, and one figure a report."""
    keys = [key for one in figures for line in one.asked.lines for key in (*line.claims[:HEARD], *_turns(line))]
    claims = claims_of(held.store, keys)
    titles = held.titles
    return [_figure(one.asked, titles, one.disputed, claims) for one in figures]


def _tellers(figures: list[Figure], titles: Titles) -> dict[str, str]:
    """Whose figures there are, outlets' own words left out."""
    found = {point.party: point.account for one in figures for point in one.points}
    return {key: name for key, name in found.items() if not titles.is_outlet(key)}


def _turns(line: Line) -> list[str]:
    return [turn.claim for turn in line.series]


def _figure(one: Asked, titles: Titles, disputed: bool, claims: Mapping[str, Claim] | None = None) -> Figure:
    points: list[Point] = []
    for line in one.lines:
        spoken = [claims[key] for key in line.claims[:HEARD] if key in claims] if claims else ()
        points += _points(line, titles.account(line.party, spoken), claims, one.dispute is not None)
    points.sort(key=lambda point: (point.day or date.max, point.account))
    return Figure(one.id, one.text, one.incident, tuple(points), disputed, one)


def _points(line: Line, account: str, claims: Mapping[str, Claim] | None, disputed: bool) -> list[Point]:
    steps = steps_of(line, claims, disputed)
    found = []
    for at, step in enumerate(steps):
        low = high = number_of(step.value)
        latest = step.value in (line.value, phrase(line))
        if at == len(steps) - 1 and latest and (line.low is not None or line.high is not None):
            low, high = line.low, line.high
        last = phrase(line) if at == len(steps) - 1 and latest else step.value
        bound = next((b for b in Bound if b is not Bound.EXACT and last.lower().startswith(b.value)), Bound.EXACT)
        if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
            high = None
        elif bound in (Bound.UP_TO, Bound.LESS_THAN):
            low = None
        found.append(Point(account, line.party, step.day, last, low, high, step.claim))
    return found


FAR = 200
"""So many times the middle one, a figure counts a whole war and would press all others flat; the table has it."""


def _curves(one: Figure) -> list[curve.Curve]:
    by_account: dict[str, list[Point]] = {}
    numbers = sorted(n for point in one.points for n in (point.low, point.high) if n)
    most = FAR * numbers[(len(numbers) - 1) // 2] if len(one.points) > 2 and numbers else None
    for point in one.points:
        if most is not None and (point.low or point.high or 0) > most:
            continue
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
