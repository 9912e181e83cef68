"""Search: words in claims and reports, by incident, with the words marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.store import search
from standoff.store.browse import ClaimRow
from standoff.web import asked
from standoff.web.view import drawn_once, page, site

router = APIRouter(include_in_schema=False)

MOST = 200
"""Claims that one page of results is made of."""


@router.get("/search")
@drawn_once
def find(request: Request) -> Response:
    held, query = site(request), request.query_params
    wanted = asked.wanted(query)
    looked = bool(search.terms(wanted.words))
    groups: dict[str | None, list[ClaimRow]] = defaultdict(list)
    count, hits = 0, []
    if looked:
        count = held.drawn.get(("count", wanted), lambda: held.store.browse.count(wanted))
        for row in held.store.browse.claims(wanted, limit=MOST).rows:
            groups[row.incident].append(row)
        hits = held.drawn.get(("hits", wanted.words), lambda: held.store.search(wanted.words, 50))
    incidents = {row.id: row for row in held.store.browse.incidents(ids=[i for i in groups if i], limit=MOST).rows}
    titles = held.titles
    found = [(titles.happened(incidents[i]), rows) for i, rows in groups.items() if i in incidents]
    loose = [row for i, rows in groups.items() if i not in incidents for row in rows]
    seen = {row.claim.doc for rows in groups.values() for row in rows}
    reports = {one.id: one for one in held.store.browse.reports([hit.doc for hit in hits])} if hits else {}
    snippets = search.marked([hit.snippet for hit in hits], wanted.words)
    return page(
        request,
        "search.html",
        wanted=wanted,
        looked=looked,
        count=count,
        groups=sorted(found, key=lambda pair: (-len(pair[1]), pair[0].title)),
        loose=loose,
        reports=[(reports[h.doc], s, h.doc in seen) for h, s in zip(hits, snippets, strict=True) if h.doc in reports],
        facets=held.drawn.get(("facets", wanted), lambda: held.store.browse.facets(wanted)) if looked and count else {},
        toggled=lambda facet, value: asked.toggled(query, facet, value),
        unfiltered=held.store.browse.count(replace(type(wanted)(), words=wanted.words)) if looked and not count else 0,
        kept=[(n, v) for n, v in query.multi_items() if n not in ("words", "since", "until", "after")],
    )
