"""Reports: the list, and the reader that marks in the text what its claims were read from."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from jinja2.filters import do_urlencode
from starlette.concurrency import run_in_threadpool

from standoff import byname, review
from standoff.errors import InputError
from standoff.ingest.capture import now
from standoff.model import Span, Verdict
from standoff.readers.choice import setting
from standoff.store.people import Role
from standoff.store.reviews import CREDIBILITY, RELIABILITY
from standoff.web import asked, readers
from standoff.web.guard import Refused, local
from standoff.web.marks import paragraphs
from standoff.web.reviews import FORMS
from standoff.web.view import Site, drawn_once, needs, page, person, site
from standoff.wording import sentence_case

router = APIRouter(include_in_schema=False)


@router.get("/reports")
@drawn_once
def reports(request: Request) -> Response:
    held = site(request)
    query = request.query_params
    words, outlet = query.get("words", "")[:500], query.get("outlet") or None
    undated = query.get("undated") == "yes"
    hits = held.store.search(words, 200) if words.strip() else None
    listed = held.store.browse.reports([hit.doc for hit in hits] if hits is not None else None)
    if outlet:
        listed = [one for one in listed if one.outlet == outlet]
    if undated:
        listed = [one for one in listed if one.published is None]
    outlets = held.drawn.get("outlets", held.store.browse.outlets)
    return page(
        request,
        "reports.html",
        reports=listed,
        snippets={hit.doc: hit.snippet for hit in hits or ()},
        searched=words,
        outlet=outlet,
        outlets=outlets,
        undated=undated,
        offered={one.id: offered(one.id, one.title) for one in listed if one.published is None},
        total=held.store.browse.days()[0],
    )


@router.post("/reports/{id:path}/day")
def give_day(
    request: Request, id: str, day: Annotated[str, Form()] = "", back: Annotated[str, Form()] = ""
) -> Response:
    """Say on which day a report was published."""
    who, held = needs(request, Role.REVIEWER), site(request)
    try:
        first, _ = byname.days(day)
    except InputError as error:
        return _report(request, id, {"day": f"{sentence_case(error.why)}; {error.mend}."}, {"day": day})
    held.store.made.date(id, first)
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(local(back or f"/reports/{do_urlencode(id)}"), 303)


@router.post("/reports/{id:path}/claims")
async def add_claim(request: Request, id: str) -> Response:
    """Add a claim that the machine missed."""
    who, held = needs(request, Role.REVIEWER), site(request)
    form = {name: str(value)[:2000] for name, value in (await request.form()).items()}
    return await run_in_threadpool(_add_claim, request, id, form, who.name, held)


def _add_claim(request: Request, id: str, form: dict[str, str], name: str, held: Site) -> Response:
    document = held.store.document(id)
    if document is None:
        raise Refused(404, "This report", "not in the store", "the page Reports lists what is")
    try:
        claim = review.made(document, marked_words(form, document.text), form)
        held.store.made.make(claim, name, now(), " ".join(form.get("reason", "").split())[:500])
    except InputError as error:
        slot = error.what if error.what in (*review.SLOTS, "words") else "event"
        return _report(request, id, {slot: f"{sentence_case(error.why)}; {error.mend}."}, form)
    held.jobs.start("incidents and disputes", ["reconcile"], name)
    return RedirectResponse(f"/reports/{do_urlencode(id)}?span={claim.span.start}-{claim.span.end}#span", 303)


@router.post("/made/{number}/undo")
def undo_made(request: Request, number: int, back: Annotated[str, Form()] = "/history") -> Response:
    who, held = needs(request, Role.REVIEWER), site(request)
    held.store.made.undo(number, who.name, now())
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(local(back), 303)


@router.get("/reports/{id:path}")
def report(request: Request, id: str) -> Response:
    return _report(request, id)


def _report(
    request: Request, id: str, faults: dict[str, str] | None = None, typed: dict[str, str] | None = None
) -> Response:
    held = site(request)
    document = held.store.document(id)
    if document is None:
        raise Refused(404, "This report", "not in the store", "the page Reports lists what is")
    readings = held.store.readings.of(id)
    unread = readings if all(one.fault for one in readings) else []
    rows = held.store.browse.rows([claim.id for claim in held.store.claims(id)])
    span = asked.span(request.query_params, len(document.text))
    marked = [row.claim for row in rows if row.verdict is not Verdict.REJECT]
    outlet = held.store.reviews.grades("outlet").get(document.outlet or document.domain or "", [])
    own = held.store.reviews.grades("document").get(id, [])
    made = {one.claim.id: one for one in held.store.made.all() if one.undone is None and one.claim.doc == id}
    typed = {**dict.fromkeys((*review.SLOTS, "words", "start", "end", "reason", "day"), ""), **(typed or {})}
    if span and not typed["words"]:
        typed = {**typed, "words": span.of(document.text)}
    return page(
        request,
        "report.html",
        status=400 if faults else 200,
        document=document,
        rows=rows,
        paragraphs=paragraphs(document.text, marked, span),
        reviews=held.store.reviews.of_document(id),
        reliability=next(((g.grade, RELIABILITY[g.grade]) for g in outlet[-1:] if g.grade), None),
        credibility=next(((g.grade, CREDIBILITY[g.grade]) for g in own[-1:] if g.grade), None),
        grades=CREDIBILITY,
        readings=readings,
        unread=unread,
        readers=readers.offered(request),
        asked_of=setting([one.reader for one in readings if one.fault]) or held.settings.reader,
        may_add=person(request).role.may(Role.ADMIN),
        made=made,
        faults=faults or {},
        typed=typed,
        forms=FORMS,
        everybody=held.everybody,
        day_offered=offered(document.provenance.name if document.provenance else id, document.title, document.url),
    )


def offered(*names: str | None) -> str:
    """A day that stands in the name of a report's file, folder or address, as it may be meant; empty where none does.

    >>> offered("press/2025-05-08/statement.txt"), offered("statement.txt")
    ('2025-05-08', '')
    """
    for name in names:
        found = re.search(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?([0-2]\d|3[01])(?!\d)", name or "")
        if found:
            return "-".join(found.groups())
    return ""


def marked_words(form: dict[str, str], text: str) -> Span:
    """The words that a form marks: by their offsets, or by the words themselves where they stand once."""
    start, end = form.get("start", ""), form.get("end", "")
    words = form.get("words", "").strip()
    if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text):
        span = Span(int(start), int(end))
        if not words or " ".join(span.of(text).split()) == " ".join(words.split()):
            return span
    if not words:
        raise InputError("words", "none are marked", "mark the words of the report that say it, or type them here")
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = list(pattern.finditer(text))
    if not found:
        raise InputError("words", "they do not stand in the report", "take them as the report has them")
    if len(found) > 1:
        raise InputError("words", f"they stand {len(found)} times in the report", "take more of the sentence")
    return Span(found[0].start(), found[0].end())
