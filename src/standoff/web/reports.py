"""Reports: the list, and the reader that marks in the text what its claims were read from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.model import Verdict
from standoff.store.reviews import CREDIBILITY, RELIABILITY
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.marks import paragraphs
from standoff.web.view import page, site

router = APIRouter(include_in_schema=False)


@router.get("/reports")
def reports(request: Request) -> Response:
    held = site(request)
    words = request.query_params.get("words", "")[:500]
    hits = held.store.search(words, 200) if words.strip() else None
    return page(
        request,
        "reports.html",
        reports=held.store.browse.reports([hit.doc for hit in hits] if hits is not None else None),
        snippets={hit.doc: hit.snippet for hit in hits or ()},
        searched=words,
    )


@router.get("/reports/{id:path}")
def report(request: Request, id: str) -> Response:
    held = site(request)
    document = held.store.document(id)
    if document is None:
        raise Refused(404, f"report {id[:100]}", "not in the store", "/reports lists what is")
    rows = held.store.browse.rows([claim.id for claim in held.store.claims(id)])
    span = asked.span(request.query_params, len(document.text))
    marked = [row.claim for row in rows if row.verdict is not Verdict.REJECT]
    outlet = held.store.reviews.grades("outlet").get(document.outlet or document.domain or "", [])
    own = held.store.reviews.grades("document").get(id, [])
    return page(
        request,
        "report.html",
        document=document,
        rows=rows,
        paragraphs=paragraphs(document.text, marked, span),
        reviews=held.store.reviews.of_document(id),
        reliability=next(((g.grade, RELIABILITY[g.grade]) for g in outlet[-1:] if g.grade), None),
        credibility=next(((g.grade, CREDIBILITY[g.grade]) for g in own[-1:] if g.grade), None),
        grades=CREDIBILITY,
        readings=held.store.readings.of(id),
    )
