"""The first page: what is in the store, what came since the last visit, the gravest disputes, the latest incidents."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.ingest.capture import now
from standoff.model import DisputeState
from standoff.web.view import page, person, site

router = APIRouter(include_in_schema=False)


@router.get("/")
def overview(request: Request) -> Response:
    held = site(request)
    since = held.store.people.visit(person(request).name, now())
    disputes = [one for one in held.store.browse.disputes() if one.state is not DisputeState.SETTLED]
    totals = dict(held.drawn.get("totals", held.store.browse.totals))
    return page(
        request,
        "overview.html",
        totals=totals,
        since=since,
        new=held.store.browse.reports(since=since) if since else [],
        disputes=disputes[:6],
        incidents=held.store.browse.incidents(limit=12).rows,
        rows={
            row.claim.id: row
            for row in held.store.browse.rows([p.claims[0] for d in disputes[:6] for p in d.positions if p.claims])
        },
    )
