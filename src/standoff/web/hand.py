"""Incidents by hand: named, split, joined, made of claims; a dispute that is none. Each is undone on the page of what people did."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff.ingest.capture import now
from standoff.model import Decision, Doing
from standoff.store.browse import IncidentRow
from standoff.store.people import Role
from standoff.web.guard import Refused, local
from standoff.web.view import Site, needs, page, site

router = APIRouter(include_in_schema=False)

NEAR = timedelta(days=30)
"""Incidents of so many days around one are offered to be joined with it."""


@router.post("/incidents/{id}/name")
def name(
    request: Request, id: str, title: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = ""
) -> Response:
    """Give an incident a title of one's own."""
    words = " ".join(title.split())[:200]
    if not words:
        return _again(request, id, {"title": "Write a title, as in Attack on the police camp in Srinagar."})
    return _decide(request, id, Doing.NAME, _claims(request, id), words=words, reason=reason)


@router.post("/incidents/{id}/split")
def split(
    request: Request, id: str, claim: Annotated[list[str] | None, Form()] = None, reason: Annotated[str, Form()] = ""
) -> Response:
    """Say that some claims of an incident tell of another one."""
    chosen = tuple(dict.fromkeys(claim or ()))
    own = _claims(request, id)
    rest = tuple(key for key in own if key not in chosen)
    if not chosen or not rest or not set(chosen) <= set(own):
        return _again(request, id, {"split": "Choose the claims that tell of something else, and leave one at least."})
    return _decide(request, id, Doing.APART, chosen, others=rest, reason=reason)


@router.post("/incidents/{id}/join")
def join(
    request: Request, id: str, other: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = ""
) -> Response:
    """Say that two incidents are one."""
    if not other or other == id:
        return _again(request, id, {"join": "Choose the other incident."})
    return _decide(request, id, Doing.TOGETHER, (*_claims(request, id), *_claims(request, other)), reason=reason)


@router.post("/disputes/{id}/none")
def no_dispute(request: Request, id: str, reason: Annotated[str, Form()] = "") -> Response:
    """Say that a dispute is none."""
    found = site(request).store.browse.disputes(ids=[id])
    if not found:
        raise Refused(404, "This dispute", "not in the store", "the page Disputes lists what is")
    claims = tuple(dict.fromkeys(key for position in found[0].positions for key in position.claims))
    return _decide(request, found[0].incident or "", Doing.NO_DISPUTE, claims, words=found[0].kind.value, reason=reason)


@router.post("/incidents/make")
def make(
    request: Request, claim: Annotated[list[str] | None, Form()] = None, reason: Annotated[str, Form()] = ""
) -> Response:
    """Make one incident of the claims that are chosen."""
    return _decide(request, "", Doing.TOGETHER, tuple(dict.fromkeys(claim or ())), reason=reason)


@router.post("/decisions/{number}/undo")
def undo(request: Request, number: int, back: Annotated[str, Form()] = "/history") -> Response:
    who, held = needs(request, Role.REVIEWER), site(request)
    held.store.decided.undo(number, now())
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(local(back), 303)


def joinable(held: Site, row: IncidentRow) -> list[tuple[str, str]]:
    """Incidents near one in time, by title."""
    since = row.start - NEAR if row.start else None
    until = (row.end or row.start) + NEAR if row.start else None
    found = held.store.browse.incidents(since=since, until=until, limit=200).rows
    return sorted(((one.id, held.titles.incident(one)) for one in found if one.id != row.id), key=lambda pair: pair[1])


def _claims(request: Request, id: str) -> tuple[str, ...]:
    found = site(request).store.of_incident(id)
    if found is None:
        raise Refused(404, "This incident", "not in the store", "the page Incidents lists what is")
    return found[0].incidents[0].claims


def _decide(
    request: Request,
    id: str,
    doing: Doing,
    claims: tuple[str, ...],
    others: tuple[str, ...] = (),
    words: str = "",
    reason: str = "",
) -> Response:
    who, held = needs(request, Role.REVIEWER), site(request)
    why = " ".join(reason.split())[:500]
    held.store.decided.add(Decision(doing, claims, others, (), words, why, who.name), now())
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return page(request, "decided.html", doing=doing.value, back=f"/incidents/{id}" if id else "/incidents")


def _again(request: Request, id: str, faults: dict[str, str]) -> Response:
    from standoff.web.incidents import show

    return show(request, id, faults)
