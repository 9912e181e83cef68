"""Reviewing claims: a queue, one key for each verdict, corrections by slot, a history that forgets nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff import review
from standoff.errors import InputError
from standoff.export import gold
from standoff.ingest.capture import now
from standoff.model import Claim, HandLink, Review, Verdict
from standoff.readers import both
from standoff.settings import OWN
from standoff.store import Store
from standoff.store.browse import NONE, ClaimRow, Order
from standoff.store.people import Person, Role
from standoff.web import asked
from standoff.web.guard import NAME_COOKIE, Refused, local
from standoff.web.view import needs, page, person, site

router = APIRouter(include_in_schema=False)


@router.get("/review")
def queue(request: Request) -> Response:
    held, query = site(request), request.query_params
    wanted = replace(asked.wanted(query), verdict=(NONE,))
    order = asked.order(query, Order.UNSURE)
    found = held.store.browse.claims(wanted, order=order, after=query.get("after") or None, limit=1)
    row: ClaimRow | None = found.rows[0] if found.rows else None
    text = held.store.document(row.claim.doc) if row else None
    said = held.store.reviews.all()
    return page(
        request,
        "review.html",
        row=row,
        around=_around(text.text if text else "", row),
        parted=_parted(held.store, row) if row else None,
        left=held.store.browse.count(wanted),
        done=len({r.claim for r in said if r.undone is None}),
        latest=held.store.reviews.latest(person(request).name),
        agreement=review.agreement(said),
        kept=asked.with_(query),
        order=order,
        skip=f"{asked.with_(query)}&after={found.after}" if found.after else None,
        slots=review.SLOTS,
    )


@router.get("/claims/{id}")
def claim(request: Request, id: str) -> Response:
    held = site(request)
    row = held.store.browse.row(id)
    if row is None:
        raise Refused(404, f"claim {id[:60]}", "not in the store", "/claims lists what is")
    document = held.store.document(row.claim.doc)
    return page(
        request,
        "claim.html",
        row=row,
        around=_around(document.text if document else "", row),
        parted=_parted(held.store, row),
        history=held.store.reviews.of(id),
        decisions=[one for one in held.store.decisions() if id in (one.first, one.second)],
        slots=review.SLOTS,
        kept="",
    )


@router.post("/claims/{id}/review")
def decide(
    request: Request,
    id: str,
    verdict: Annotated[Verdict, Form()],
    slot: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/review",
) -> Response:
    judge(site(request).store, id, needs(request, Role.REVIEWER), verdict, slot, value, reason)
    return RedirectResponse(local(back), 303)


@router.post("/claims/{id}/link")
def link(request: Request, id: str, other: Annotated[str, Form()], reason: Annotated[str, Form()] = "") -> Response:
    """Say that two claims tell of one happening; incidents are drawn anew."""
    who, held = needs(request, Role.REVIEWER), site(request)
    held.store.decide(HandLink(id, other.strip(), True, " ".join(reason.split())[:500]))
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(f"/claims/{id}", 303)


@router.post("/claims/{id}/apart")
def apart(request: Request, id: str, reason: Annotated[str, Form()] = "") -> Response:
    """Say that a claim tells of another happening than all it is now linked with; incidents are drawn anew."""
    who, held = needs(request, Role.REVIEWER), site(request)
    incident = held.store.browse.incident_of([id]).get(id)
    found = held.store.of_incident(incident) if incident else None
    others = [key for one in (found[0].incidents if found else ()) for key in one.claims if key != id]
    if not others:
        raise InputError(f"claim {id[:60]}", "is linked with no other", "its incident shows the links")
    for other in others:
        held.store.decide(HandLink(id, other, False, " ".join(reason.split())[:500]))
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(f"/claims/{id}", 303)


@router.get("/review/gold.zip")
def take_along(request: Request) -> Response:
    """The reviewed reports as gold folders."""
    held = gold.zipped(site(request).store)
    headers = {"content-disposition": 'attachment; filename="gold.zip"'}
    return Response(held, media_type="application/zip", headers=headers)


def judge(store: Store, id: str, who: Person, verdict: Verdict, slot: str, value: str, reason: str) -> int:
    """Keep what someone says of a claim; the number it is kept under.

    Raises:
        Refused: the claim is not in the store.
        InputError: the correction is none of that slot.
    """
    row = store.browse.row(id)
    if row is None:
        raise Refused(404, f"claim {id[:60]}", "not in the store", "/claims lists what is")
    fresh: str | None = None
    if verdict is Verdict.CORRECT:
        document = store.document(row.claim.doc)
        fresh = review.read(value[:2000], slot, row.claim, document.text if document else "")
    of = slot if fresh is not None else None
    word = Review(id, row.claim.doc, who.name, verdict, now(), of, fresh, " ".join(reason.split())[:500])
    return store.reviews.add([word])[0]


@router.post("/reviews/{number}/undo")
def undo(request: Request, number: int, back: Annotated[str, Form()] = "/review") -> Response:
    who = needs(request, Role.REVIEWER)
    site(request).store.reviews.undo(number, who.name, now())
    return RedirectResponse(local(back), 303)


@router.post("/review/name")
def name(request: Request, name: Annotated[str, Form()]) -> Response:
    """Who reviews at this machine, where nobody signs in."""
    answer = RedirectResponse("/review", 303)
    clean = "".join(c for c in " ".join(name.split())[:40] if c.isascii() and (c.isalnum() or c in " .-_"))
    answer.set_cookie(NAME_COOKIE, clean, httponly=True, samesite="strict", max_age=365 * 86_400)
    return answer


@dataclass(frozen=True, slots=True)
class Parted:
    """What another reader has for the claim of one: nothing, or other values."""

    one: str
    other: str
    claim: Claim | None
    apart: tuple[str, ...]


def _parted(store: Store, row: ClaimRow) -> Parted | None:
    """Where two readers of a report part about a claim; None where one alone read it, or both read it alike."""
    readings = store.readings.of(row.claim.doc)
    ours = row.claim.reader or OWN
    mine = next((one for one in readings if one.reader == ours), None)
    other = next((one for one in readings if one.reader != ours and one.claims), None)
    if mine is None or other is None:
        return None
    for pair in both.pairs(mine.claims, other.claims):
        if pair.one is not None and pair.one.id == row.claim.id:
            if pair.other is None:
                return Parted(ours, other.reader, None, ())
            return Parted(ours, other.reader, pair.other, pair.apart) if pair.apart else None
    return None


def _around(text: str, row: ClaimRow | None, more: int = 300) -> tuple[str, str]:
    """The words before and after a claim."""
    if row is None:
        return "", ""
    span = row.claim.span
    before, after = text[max(0, span.start - more) : span.start], text[span.end : span.end + more]
    if span.start > more:
        before = "…" + before[before.find(" ") :]
    if span.end + more < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    return before, after
