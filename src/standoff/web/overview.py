"""The first page: what is told over time, what came since the last visit, the gravest disputes, the latest incidents."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from standoff.ingest.capture import now
from standoff.model import DisputeState
from standoff.store.browse import Wanted
from standoff.web import asked, series
from standoff.web.map import built
from standoff.web.view import page, person, site

router = APIRouter(include_in_schema=False)


@router.get("/")
def overview(request: Request) -> Response:
    held = site(request)
    query = request.query_params
    wanted = asked.wanted(query)
    party = wanted.party[0] if wanted.party else None
    event = wanted.event[0] if wanted.event else None
    visited = held.store.people.visit(person(request).name, now())
    disputes = [
        one
        for one in held.drawn.get("disputes", held.store.browse.disputes)
        if one.state is not DisputeState.SETTLED and party in (None, *(p.party for p in one.positions))
    ]
    incidents = held.store.browse.incidents(
        party=party, event=event, since=wanted.since, until=wanted.until, limit=12
    ).rows
    return page(
        request,
        "overview.html",
        totals=dict(held.drawn.get("totals", held.store.browse.totals)),
        series=_series(request, wanted),
        until=query.get("until", ""),
        party=party,
        event=event,
        parties=sorted(held.named),
        visited=visited,
        since=query.get("since", ""),
        new=held.store.browse.reports(since=visited) if visited else [],
        disputes=disputes[:6],
        open=len(disputes),
        incidents=incidents,
        rows={
            row.claim.id: row
            for row in held.store.browse.rows([p.claims[0] for d in disputes[:6] for p in d.positions if p.claims])
        },
        draws="charts" if built("charts.js") else "",
    )


@router.get("/series.json")
def over_time(request: Request) -> Response:
    """What the charts of the overview draw."""
    return JSONResponse(_series(request, asked.wanted(request.query_params)))


def _series(request: Request, wanted: Wanted) -> dict[str, Any]:
    held = site(request)
    found: dict[str, Any] = held.drawn.get(
        ("series", wanted), lambda: series.draw(held.store.browse.told(wanted), held.words.party)
    )
    return found
