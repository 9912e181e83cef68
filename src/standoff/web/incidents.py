"""Incidents with the accounts side by side, and the disputes of the whole store."""

from __future__ import annotations

import io

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.export.html import Html
from standoff.export.selection import Selection
from standoff.model import DisputeKind, DisputeState
from standoff.reconcile import dossier, policies
from standoff.reconcile.side_by_side import in_order, side_by_side
from standoff.store.browse import Wanted
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.view import page, site

router = APIRouter(include_in_schema=False)


@router.get("/incidents")
def incidents(request: Request) -> Response:
    held, query = site(request), request.query_params
    party, event = query.get("party") or None, query.get("event") or None
    disputed = query.get("disputed") == "yes"
    found = held.store.browse.incidents(
        party=party,
        event=event,
        since=asked.day(query, "since"),
        until=asked.day(query, "until"),
        disputed=disputed,
        after=query.get("after") or None,
    )
    parties = sorted(held.named)
    return page(
        request,
        "incidents.html",
        listed=found.rows,
        party=party,
        event=event,
        disputed=disputed,
        since=query.get("since", ""),
        until=query.get("until", ""),
        parties=parties,
        next=f"{asked.with_(query)}&after={found.after}" if found.after else None,
    )


@router.get("/incidents/{id}")
def incident(request: Request, id: str) -> Response:
    held = site(request)
    policy = request.query_params.get("policy") or "ucdp"
    policies.policy(policy)
    found = held.store.of_incident(id)
    if found is None:
        raise Refused(404, f"incident {id[:60]}", "not in the store", "/incidents lists what is")
    reconciliation, claims = found
    by_id = {claim.id: claim for claim in claims}
    (one,) = dossier.draw(reconciliation, by_id, held.store.documents_of({c.doc for c in claims}), policy)
    one = in_order(one, held.words)
    rows = {row.claim.id: row for row in held.store.browse.rows(list(by_id))}
    return page(
        request,
        "incident.html",
        one=one,
        table=side_by_side(one, held.words.value, held.words.party),
        rows=rows,
        policy=policy,
        policies=policies.POLICIES,
        under=held.store.browse.incidents(ids=[one.incident.under]).rows if one.incident.under else (),
    )


@router.get("/incidents/{id}/accounts.html")
def take_along(request: Request, id: str) -> Response:
    """The accounts of one incident as a page of its own, to send or print."""
    held = site(request)
    policy = request.query_params.get("policy") or "ucdp"
    policies.policy(policy)
    if held.store.of_incident(id) is None:
        raise Refused(404, f"incident {id[:60]}", "not in the store", "/incidents lists what is")
    body = io.BytesIO()
    (part,) = Html().parts(Selection(held.store, Wanted(incident=(id,)), policy))
    part.write(body)
    headers = {"content-disposition": 'attachment; filename="accounts.html"'}
    return Response(body.getvalue(), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/disputes")
def disputes(request: Request) -> Response:
    held, query = site(request), request.query_params
    kind, state, party = query.get("kind") or None, query.get("state") or None, query.get("party") or None
    found = [
        one
        for one in held.store.browse.disputes()
        if kind in (None, one.kind.value)
        and party in (None, *(position.party for position in one.positions))
        and (one.state is not DisputeState.SETTLED if state is None else state in ("all", one.state.value))
    ]
    shown = found[:100]
    claims = [key for one in shown for position in one.positions for key in position.claims[:3]]
    return page(
        request,
        "disputes.html",
        disputes=shown,
        total=len(found),
        rows={row.claim.id: row for row in held.store.browse.rows(list(dict.fromkeys(claims)))},
        kind=kind,
        state=state,
        party=party,
        kinds=DisputeKind,
        states=DisputeState,
    )
