"""Reviewing claims: a queue, one key for each verdict, corrections by slot, a history that forgets nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff import acts, byname, review
from standoff.days import shift
from standoff.errors import InputError
from standoff.export import gold
from standoff.ingest.capture import now
from standoff.model import Claim, HandLink, Review, Verdict
from standoff.readers import both
from standoff.settings import OWN
from standoff.store import Store
from standoff.store.browse import NONE, ClaimRow, Order, Wanted
from standoff.store.people import Person, Role
from standoff.web import asked
from standoff.web.guard import NAME_COOKIE, Refused, local, named
from standoff.web.view import Site, needs, page, person, site
from standoff.wording import sentence_case

router = APIRouter(include_in_schema=False)

FORMS = {
    "event": "",
    "mode": "with drones",
    "context": "economic",
    "aux": "background",
    "actor": "a state, or a name and its state",
    "recipient": "a state",
    "sources": "a name, its state",
    "counts": "12 people killed",
    "date": "a day, or two",
    "event_loc": "a town, its state",
}
"""An example of what each field takes."""
DOINGS = {
    "together": "one incident",
    "apart": "split off",
    "move": "moved to another incident",
    "name": "named",
    "no dispute": "no dispute",
}
"""What a decision about incidents is called."""


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
        **_editing(held),
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
    return _claim(request, id)


def _claim(request: Request, id: str, refused: dict[str, str] | None = None) -> Response:
    held = site(request)
    row = held.store.browse.row(id)
    if row is None:
        raise Refused(404, "This claim", "not in the store", "the page Claims lists what is")
    document = held.store.document(row.claim.doc)
    return page(
        request,
        "claim.html",
        status=400 if refused else 200,
        **_editing(held),
        row=row,
        refused=refused,
        around=_around(document.text if document else "", row),
        parted=_parted(held.store, row),
        history=held.store.reviews.of(id),
        decisions=[one for one in held.store.decisions() if id in (one.first, one.second)],
        nearby=_nearby(held, row),
        slots=review.SLOTS,
        kept="",
    )


def _editing(held: Site) -> dict[str, Any]:
    """What the fields of a claim are shown and filled with."""
    return {
        "written": byname.shown,
        "said_value": _said_value,
        "forms": FORMS,
        "everybody": held.everybody,
    }


def _said_value(word: Review) -> str:
    """A corrected value in a history, in words."""
    value = json.loads(word.value or "null")
    if word.slot == "date" and isinstance(value, dict):
        return " to ".join(dict.fromkeys(str(day) for day in (value.get("date"), value.get("enddate")) if day))
    held = value if isinstance(value, list) else [value]
    kind = {"event": "event", "mode": "mode", "aux": "firmness"}.get(word.slot or "")
    if kind:
        return ", ".join(acts.label(kind, str(one)) for one in held)
    names = [one.get("name") or one.get("text") or "" if isinstance(one, dict) else str(one or "") for one in held]
    if word.slot == "counts":
        names = [f"{one.get('text')} {one.get('unit') or ''} {acts.label('loss', one.get('kind'))}" for one in held]
    return "; ".join(" ".join(name.split()) for name in names) or "nothing"


def _nearby(held: Site, row: ClaimRow) -> tuple[ClaimRow, ...]:
    """Claims that may tell of the same: of other incidents, on days near by, among the same parties."""
    keys = tuple(row.claim.actor_keys | row.claim.recipient_keys)
    day = (row.claim.when.start if row.claim.when else None) or row.published
    wanted = Wanted(
        party=keys[:10],
        since=shift(day, -3) if day else None,
        until=shift(day, 3) if day else None,
    )
    found = held.store.browse.claims(wanted, limit=60).rows
    own = row.incident
    return tuple(one for one in found if one.claim.id != row.claim.id and (own is None or one.incident != own))[:40]


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
    who = needs(request, Role.REVIEWER)
    try:
        judge(site(request).store, id, who, verdict, slot, value, reason)
    except InputError as error:
        if isinstance(error, Refused) or slot not in review.SLOTS:
            raise
        # What was typed stays in its field, with what to change beside it.
        says = f"{sentence_case(error.why)}; {error.mend}."
        return _claim(request, id, {"slot": slot, "value": value, "reason": reason, "says": says})
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


@router.get("/history")
def history(request: Request) -> Response:
    """Every decision made by hand, the latest first, each with its undoing."""
    held = site(request)
    said = sorted(held.store.reviews.all(), key=lambda one: one.number, reverse=True)[:200]
    rows = {row.claim.id: row for row in held.store.browse.rows(list(dict.fromkeys(one.claim for one in said)))}
    return page(
        request,
        "history.html",
        said=said,
        rows=rows,
        made=sorted(held.store.made.all(), key=lambda one: one.number, reverse=True)[:200],
        decided=sorted(held.store.decided.all(), key=lambda one: one.number, reverse=True)[:200],
        doings=DOINGS,
        incident_of=held.store.browse.incident_of(
            list(dict.fromkeys(key for one in held.store.decided.all() for key in one.claims[:1]))
        ),
        renamings=sorted(held.store.reviews.renamings(), key=lambda one: one.number, reverse=True)[:200],
        said_value=_said_value,
    )


@router.post("/reviews/{number}/undo")
def undo(request: Request, number: int, back: Annotated[str, Form()] = "/review") -> Response:
    who = needs(request, Role.REVIEWER)
    site(request).store.reviews.undo(number, who.name, now())
    return RedirectResponse(local(back), 303)


@router.post("/review/name")
def name(request: Request, name: Annotated[str, Form()]) -> Response:
    """Who reviews at this machine, where nobody signs in."""
    answer = RedirectResponse("/review", 303)
    answer.set_cookie(NAME_COOKIE, named(name), httponly=True, samesite="strict", max_age=365 * 86_400)
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
