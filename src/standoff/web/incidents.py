"""Incidents: a question a row, an account a column; and every question on which accounts part."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import QueryParams

from standoff.analysis import beside, sure
from standoff.analysis.brief import Copies, copies_of, in_words, whence
from standoff.analysis.weight import Weight, weigh
from standoff.errors import InputError
from standoff.export.html import Html
from standoff.export.selection import Selection
from standoff.model import AuxMode, Claim, Dispute, DisputeKind, DisputeState, Span, among
from standoff.reconcile import dossier, policies, voices
from standoff.reconcile.side_by_side import in_order
from standoff.reconcile.soundness import SOUND
from standoff.store.browse import ClaimRow, IncidentRow, Wanted
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.hand import joinable
from standoff.web.view import Site, drawn_once, page, site
from standoff.web.words import act

router = APIRouter(include_in_schema=False)

ORDERS = {"day": "the latest first", "deaths": "most deaths told first", "accounts": "most accounts first"}
"""How the list can be ordered."""
QUOTED = 12
"""Claims of a side of which the one is shown that is nearest to what the side holds."""
STEP = 50
"""Incidents on one page of the list."""
FOLDED = 20
"""Of those that are less likely one happening, rightly named, so many stand below the list, behind a fold."""
MOST_ORDERED = 100_000
"""Incidents that are put in an order other than by day."""
ALONE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What a page of its own may do: it carries its style, and nothing else."""
MOST_COMPARED = 200
"""Reports of one incident that are compared for copies on its page."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What several claims tell alike: one heading, and every telling under it."""

    claims: tuple[Claim, ...]
    faint: bool = False

    @property
    def outlets(self) -> int:
        return len({claim.doc for claim in self.claims})


@router.get("/incidents")
@drawn_once
def incidents(request: Request) -> Response:
    held, query = site(request), request.query_params
    party, event = query.get("party") or None, query.get("event") or None
    disputed, placed = query.get("disputed") == "yes", {"yes": True, "no": False}.get(query.get("placed", ""))
    order = query.get("order") or "day"
    if order not in ORDERS:
        raise InputError(f"order {order[:40]!r}", "not known", f"one of {', '.join(ORDERS)}")
    since, until = asked.day(query, "since"), asked.day(query, "until")
    browse = held.store.browse
    wanted: dict[str, Any] = {"party": party, "event": event, "since": since, "until": until, "disputed": disputed}
    wanted["placed"] = placed
    uncertain = query.get("uncertain") == "yes"
    likely: dict[str, float] = {"below": SOUND} if uncertain else {"least": SOUND}
    shown = {**wanted, **likely}
    further = "after" in query or "page" in query
    doubtful = 0 if uncertain or further else browse.count_incidents(**wanted, below=SOUND)
    faint = browse.incidents(**wanted, below=SOUND, limit=FOLDED).rows if doubtful else ()
    listed: Sequence[IncidentRow]
    if order == "day":
        found = browse.incidents(**shown, after=query.get("after") or None, limit=STEP)
        listed, next_ = found.rows, f"after={found.after}" if found.after else ""
        weights = weigh(browse.questions([row.id for row in (*listed, *faint)]))
    else:
        listed, weights, next_ = _by_weight(held, browse.incidents(**shown, limit=MOST_ORDERED).rows, order, query)
    parties = held.parties
    kept = asked.with_(query, ("page",))
    return page(
        request,
        "incidents.html",
        listed=listed,
        weights=weights,
        nothing=Weight(),
        total=browse.count_incidents(**shown),
        faint=faint,
        doubtful=doubtful,
        uncertain=uncertain,
        every_uncertain=asked.with_(query, ("after", "page"), uncertain="yes"),
        placed=query.get("placed", "") if placed is not None else "",
        order=order,
        quoted={
            row.id: in_words(held.store, row, held.titles) for row in (*listed, *faint) if held.titles.says_little(row)
        },
        orders={name: (says, asked.with_(query, ("page",), order=name)) for name, says in ORDERS.items()},
        party=party,
        event=event,
        disputed=disputed,
        since=query.get("since", ""),
        until=query.get("until", ""),
        parties=parties,
        parting=held.parting,
        next="&".join(filter(None, (kept, next_))) if next_ else None,
        facets=held.drawn.get(("incident facets", uncertain), lambda: browse.incident_facets(**likely)),
    )


def _by_weight(
    held: Site, rows: Sequence[IncidentRow], order: str, query: QueryParams
) -> tuple[Sequence[IncidentRow], dict[str, Weight], str]:
    """A page of incidents by deaths or by accounts, those with the most first, and what asks for the next page."""

    def draw() -> dict[str, Weight]:
        every = held.store.browse.incidents(limit=MOST_ORDERED).rows
        return weigh(held.store.browse.questions([row.id for row in every]))

    weights: dict[str, Weight] = held.drawn.get("weights", draw)
    ordered = sorted(rows, key=lambda row: -_weight(weights.get(row.id, Weight()), order))
    at = int(query["page"]) if re.fullmatch(r"[0-9]{1,6}", query.get("page", "")) else 1
    shown = ordered[(max(at, 1) - 1) * STEP : max(at, 1) * STEP]
    return shown, weights, f"page={max(at, 1) + 1}" if len(ordered) > max(at, 1) * STEP else ""


def _weight(one: Weight, order: str) -> int:
    return one.accounts if order == "accounts" else -1 if one.deaths is None else one.deaths


@router.get("/incidents/{id}")
@drawn_once
def incident(request: Request, id: str) -> Response:
    return show(request, id)


def show(request: Request, id: str, faults: dict[str, str] | None = None) -> Response:
    """One incident; ``faults`` stand beside the fields that they are of."""
    held = site(request)
    policy = request.query_params.get("policy") or "ucdp"
    policies.policy(policy)
    found = held.store.of_incident(id)
    if found is None:
        new = held.store.browse.moved(id)
        if new:
            return RedirectResponse(f"/incidents/{new}", 301)
        raise Refused(404, "This incident", "not in the store", "the page Incidents lists what is")
    reconciliation, claims = found
    by_id = {claim.id: claim for claim in claims}
    documents = held.store.documents_of({c.doc for c in claims})
    drawn = dossier.draw(reconciliation, by_id, documents, policy)
    if not drawn:
        raise Refused(404, "This incident", "without a claim", "the page Incidents lists what is")
    one = in_order(drawn[0], held.words)
    (row,) = held.store.browse.incidents(ids=[id]).rows or (None,)
    rows = {row.claim.id: row for row in held.store.browse.rows(list(by_id))}
    copied = len(documents) - len(voices.group(documents)) if len(documents) <= MOST_COMPARED else 0
    surely = {key for key, told in rows.items() if sure.is_sure(told, sure.FAINT)}
    order = [by_id[key] for key in sorted(rows, key=lambda key: _place(rows[key]))]
    return page(
        request,
        "incident.html",
        status=400 if faults else 200,
        faults=faults or {},
        joinable=joinable(held, row) if row else [],
        one=one,
        title=held.titles.incident(row) if row else "",
        table=beside.draw(
            held.titles, held.words, reconciliation, one, row.title if row else "", by_id, surely, held.unsure
        ),
        rows=rows,
        sound=one.incident.likely >= SOUND,
        order=order,
        deeds=_deeds(order, held, surely),
        whence=whence(len(documents), len({d.outlet or d.domain or d.id for d in documents}), copied),
        policy=policy,
        policies=policies.POLICIES,
        under=held.store.browse.incidents(ids=[one.incident.under]).rows if one.incident.under else (),
        copies=_copies(held, claims),
    )


@router.get("/incidents/{id}/accounts.html")
def take_along(request: Request, id: str) -> Response:
    """The accounts of one incident as a page of its own, to send or print."""
    held = site(request)
    policy = request.query_params.get("policy") or None
    if policy:
        policies.policy(policy)
    if held.store.of_incident(id) is None:
        raise Refused(404, "This incident", "not in the store", "the page Incidents lists what is")
    body = io.BytesIO()
    (part,) = Html().parts(Selection(held.store, Wanted(incident=(id,)), policy))
    part.write(body)
    # Opened, not saved: what it may do stands in the page itself too, for where it is sent to.
    headers = {"content-disposition": 'inline; filename="accounts.html"', "content-security-policy": ALONE}
    return Response(body.getvalue(), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/disputes")
@drawn_once
def disputes(request: Request) -> Response:
    held, query = site(request), request.query_params
    kind, state, party = query.get("kind") or None, query.get("state") or None, query.get("party") or None
    # Drawn once for all who open the page; choices on it are many, and each would be held.
    if (kind, state, party) == (None, None, None):
        shown = held.drawn.get("disputes shown", lambda: _disputes(held, None, None, None))
    else:
        shown = _disputes(held, kind, state, party)
    return page(request, "disputes.html", kind=kind, state=state, party=party, states=DisputeState, **shown)


def _disputes(held: Site, kind: str | None, state: str | None, party: str | None) -> dict[str, Any]:
    """What the page of disputes shows of a choice."""
    whole, unsure = held.disputes, held.unsure
    standing = [one for one in whole if _stands(one, state)]
    of_party = [one for one in standing if among(party, (position.party for position in one.positions))]
    found = sorted((one for one in of_party if kind in (None, one.kind.value)), key=lambda one: one.id in unsure)
    shown = found[:100]
    questions = held.store.browse.questions(list(dict.fromkeys(d.incident for d in shown if d.incident)))
    by_dispute = {one.dispute: one for one in questions if one.dispute}
    keys = [key for one in shown for position in one.positions for key in position.claims[:QUOTED]]
    rows = {row.claim.id: row for row in held.store.browse.rows(list(dict.fromkeys(keys)))}
    claims = {key: row.claim for key, row in rows.items()}
    about = list(dict.fromkeys(d.incident for d in shown if d.incident))
    heads = held.titles.heads(held.store.browse.incidents(ids=about, limit=len(about) or 1).rows)
    titles = held.titles
    parted = [titles.parted(one, by_dispute.get(one.id), claims, heads) for one in shown]
    both = list(zip(shown, parted, strict=True))
    return {
        "disputes": [(one, told) for one, told in both if one.id not in unsure],
        "faint": [(one, told) for one, told in both if one.id in unsure],
        "total": len(found),
        "unsure": sum(one.id in unsure for one in found),
        "rows": rows,
        "counts": {k.value: sum(one.kind is k for one in of_party) for k in DisputeKind},
        "parties": _parties(standing, held),
    }


def _stands(one: Dispute, state: str | None) -> bool:
    return one.state is not DisputeState.SETTLED if not state else state in ("all", one.state.value)


def _parties(disputes: Sequence[Dispute], held: Site) -> list[tuple[str, str, int]]:
    """Whose disputes they are, with how many, most first."""
    counts: dict[str, int] = {}
    titles, words = held.titles, held.words  # looked up once: each look asks the store whether it changed
    for one in disputes:
        for key in {position.party for position in one.positions}:
            counts[key] = counts.get(key, 0) + 1
    counts = {key: n for key, n in counts.items() if not titles.is_outlet(key)}
    return [(key, words.party(key), n) for key, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _place(row: ClaimRow) -> tuple[str, str, Span]:
    return str(row.published or ""), row.claim.doc, row.claim.span


def _deeds(order: Sequence[Claim], held: Site, surely: Collection[str]) -> list[Deed]:
    """Claims that tell the same in the same way together, what most reports tell first; of ``surely`` are those read surely."""
    found: dict[tuple[str, tuple[AuxMode, ...]], list[Claim]] = {}
    words = held.words
    for claim in order:
        told = "".join(piece.text for piece in act(claim, words))
        found.setdefault((told.casefold(), claim.aux), []).append(claim)
    deeds = [Deed(tuple(held_), not any(one.id in surely for one in held_)) for held_ in found.values()]
    return sorted(deeds, key=lambda one: -one.outlets)


def _copies(held: Site, claims: Sequence[Claim]) -> list[Copies]:
    """Reports of this incident that have one origin, where they are of several outlets."""
    documents = held.store.documents_of({claim.doc for claim in claims})
    return copies_of(voices.group(documents), {d.id: d for d in documents}) if len(documents) <= MOST_COMPARED else []
