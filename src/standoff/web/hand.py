"""Incidents by hand: named, split, joined, made of claims; a dispute that is none. Each is undone on the page of what people did."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from jinja2.filters import do_urlencode

from standoff.days import shift
from standoff.ingest.capture import now
from standoff.model import Decision, Doing
from standoff.store.browse import IncidentRow
from standoff.store.people import Role
from standoff.web.claims import show as claims_page
from standoff.web.guard import Refused, local
from standoff.web.view import Site, needs, page, site

router = APIRouter(include_in_schema=False)

NEAR = 30
"""Incidents of so many days around one are offered to be joined with it."""


@router.post("/incidents/{id}/name")
def name(
    request: Request, id: str, title: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = ""
) -> Response:
    """Give an incident a title of one's own."""
    words = " ".join(title.split())[:200]
    if not words:
        return _again(request, id, {"title": "Write a title, as in Attack on the police camp in Srinagar."})
    return _decide(request, Doing.NAME, _claims(request, id), words=words, reason=reason)


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
    return _decide(request, Doing.APART, chosen, others=rest, reason=reason)


@router.post("/incidents/{id}/join")
def join(
    request: Request, id: str, other: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = ""
) -> Response:
    """Say that two incidents are one."""
    if not other or other == id:
        return _again(request, id, {"join": "Choose the other incident."})
    return _decide(request, Doing.TOGETHER, (*_claims(request, id), *_claims(request, other)), reason=reason)


@router.post("/disputes/{id}/none")
def no_dispute(request: Request, id: str, reason: Annotated[str, Form()] = "") -> Response:
    """Say that a dispute is none."""
    found = site(request).store.browse.disputes(ids=[id])
    if not found:
        raise Refused(404, "This dispute", "not in the store", "the page Disputes lists what is")
    claims = tuple(dict.fromkeys(key for position in found[0].positions for key in position.claims))
    return _decide(request, Doing.NO_DISPUTE, claims, words=found[0].kind.value, reason=reason)


@router.post("/incidents/make")
def make(
    request: Request,
    claim: Annotated[list[str] | None, Form()] = None,
    title: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Make one incident of the claims that are chosen, with a title of its own where one is written."""
    chosen = tuple(dict.fromkeys(claim or ()))
    if len(chosen) < 2:
        return claims_page(request, {"make": "Choose two claims or more that tell of the same."}, chosen)
    words = " ".join(title.split())[:200]
    if words:
        _keep(request, Doing.NAME, chosen, words=words, reason=reason)
    return _decide(request, Doing.TOGETHER, chosen, reason=reason)


@router.post("/decisions/{number}/undo")
def undo(request: Request, number: int, back: Annotated[str, Form()] = "/history") -> Response:
    who, held = needs(request, Role.REVIEWER), site(request)
    held.store.decided.undo(number, now())
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(local(back), 303)


def joinable(held: Site, row: IncidentRow) -> list[tuple[str, str]]:
    """Incidents near one in time, by title."""
    since = shift(row.start, -NEAR) if row.start else None
    until = shift(row.end or row.start, NEAR) if row.start else None
    found = held.store.browse.incidents(since=since, until=until, limit=200).rows
    return sorted(((one.id, held.titles.incident(one)) for one in found if one.id != row.id), key=lambda pair: pair[1])


def _claims(request: Request, id: str) -> tuple[str, ...]:
    found = site(request).store.of_incident(id)
    if found is None:
        raise Refused(404, "This incident", "not in the store", "the page Incidents lists what is")
    return found[0].incidents[0].claims


def _keep(
    request: Request,
    doing: Doing,
    claims: tuple[str, ...],
    others: tuple[str, ...] = (),
    words: str = "",
    reason: str = "",
) -> None:
    who = needs(request, Role.REVIEWER)
    why = " ".join(reason.split())[:500]
    site(request).store.decided.add(Decision(doing, claims, others, (), words, why, who.name), now())


def _decide(
    request: Request,
    doing: Doing,
    claims: tuple[str, ...],
    others: tuple[str, ...] = (),
    words: str = "",
    reason: str = "",
) -> Response:
    who, held = needs(request, Role.REVIEWER), site(request)
    _keep(request, doing, claims, others, words, reason)
    held.jobs.start("incidents and disputes", ["reconcile"], who.name)
    return RedirectResponse(f"/kept?{do_urlencode({'claim': claims[0]})}" if claims else "/kept", 303)


@router.get("/kept")
def kept(request: Request, claim: str = "") -> Response:
    """What a decision leads to: the incident of its claims, as soon as incidents are drawn anew."""
    held = site(request)
    id = held.store.browse.incident_of([claim]).get(claim) if claim else None
    busy = any(not job.over for job in held.jobs.all())
    return page(request, "decided.html", busy=busy, back=f"/incidents/{id}" if id else "/incidents")


def _again(request: Request, id: str, faults: dict[str, str]) -> Response:
    from standoff.web.incidents import show

    return show(request, id, faults)
