"""What is told over time: deeds by party, and how much and how hostile each account tells."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from standoff.store.browse import Wanted
from standoff.web import asked, series
from standoff.web.map import built
from standoff.web.view import drawn_once, page, site

router = APIRouter(include_in_schema=False)


@router.get("/told")
@drawn_once
def overview(request: Request) -> Response:
    held = site(request)
    query = request.query_params
    wanted = asked.wanted(query)
    party = wanted.party[0] if wanted.party else None
    event = wanted.event[0] if wanted.event else None
    return page(
        request,
        "overview.html",
        series=_series(request, wanted),
        until=query.get("until", ""),
        party=party,
        event=event,
        parties=held.parties,
        since=query.get("since", ""),
        draws="charts" if built("charts.js") else "",
    )


@router.get("/series.json")
@drawn_once
def over_time(request: Request) -> Response:
    """What the charts of the overview draw."""
    return JSONResponse(_series(request, asked.wanted(request.query_params)))


def _series(request: Request, wanted: Wanted) -> dict[str, Any]:
    held = site(request)
    since, until = asked.charted(held.store, request.query_params)

    def draw() -> dict[str, Any]:
        told = list(held.store.browse.told(wanted))
        near = [row for row in told if (not since or row.day >= since) and (not until or row.day <= until)] or told
        left = sum(row.claims for row in told) - sum(row.claims for row in near)
        return {**series.draw(near, held.words.party), "left": left}

    found: dict[str, Any] = held.drawn.get(("series", wanted, since, until), draw)
    return found
