"""Incidents with the accounts side by side, and the disputes of the whole store."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.model import Account, Answer, CountKind, DisputeKind, DisputeState, Question
from standoff.reconcile import dossier, policies
from standoff.reconcile.dossier import Dossier
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.view import page, site

router = APIRouter(include_in_schema=False)

_ROWS: tuple[tuple[str, Question, CountKind | None, frozenset[DisputeKind]], ...] = (
    ("What happened?", Question.WHAT, None, frozenset({DisputeKind.OCCURRENCE})),
    ("What was hit?", Question.WHAT, None, frozenset({DisputeKind.CHARACTER})),
    ("Who did it?", Question.WHO, None, frozenset({DisputeKind.RESPONSIBILITY})),
    ("To whom?", Question.WHOM, None, frozenset()),
    *((f"{kind.value.capitalize()}?", Question.HOW_MANY, kind, frozenset({DisputeKind.COUNT})) for kind in CountKind),
    ("When?", Question.WHEN, None, frozenset()),
    ("Where?", Question.WHERE, None, frozenset()),
    ("How did it end?", Question.OUTCOME, None, frozenset({DisputeKind.OUTCOME})),
    ("What is it called?", Question.CALLED, None, frozenset({DisputeKind.CHARACTER})),
)


_EVENT = re.compile(r"(?:not )?[A-Z]+(?: \([^)]*\))?")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party answers to one question."""

    answers: tuple[tuple[str, Answer], ...]
    """Each value as it is shown, and the answer behind it."""
    disputed: str = ""
    """How it parts from what others say, where it does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question, with a cell for each account."""

    question: str
    cells: tuple[Cell, ...]


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
    parties = held.drawn.get("parties", lambda: sorted(held.store.browse.parties()))
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
    # Those whose deed it is, or who suffered it, stand first; who only tells of it, after them.
    accounts = sorted(one.accounts, key=lambda a: (a.party not in one.parties, a.party not in held.words, a.party))
    one = replace(one, accounts=tuple(accounts))
    rows = {row.claim.id: row for row in held.store.browse.rows(list(by_id))}
    return page(
        request,
        "incident.html",
        one=one,
        table=side_by_side(one, held.words.value),
        rows=rows,
        policy=policy,
        policies=policies.POLICIES,
        under=held.store.browse.incidents(ids=[one.incident.under]).rows if one.incident.under else (),
    )


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


def side_by_side(one: Dossier, word: Callable[[str], str]) -> list[Row]:
    """The questions that any account answers, each with a cell for every account, in their order."""
    found = []
    for question, key, kind, disputing in _ROWS:
        cells = tuple(_cell(question, account, one, key, kind, disputing, word) for account in one.accounts)
        if any(cell.answers for cell in cells):
            found.append(Row(question, cells))
    return found


def _cell(
    name: str,
    account: Account,
    one: Dossier,
    question: Question,
    kind: CountKind | None,
    disputing: frozenset[DisputeKind],
    word: Callable[[str], str],
) -> Cell:
    answers = []
    for answer in account.answers:
        if answer.question is not question:
            continue
        value = answer.value
        if question is Question.WHAT:
            # An account answers with the type of event, and with what was hit in the words of the report.
            if bool(_EVENT.fullmatch(value)) is (name == "What was hit?"):
                continue
            value = value.lower() if _EVENT.fullmatch(value) else value
        if kind is not None:
            if not value.startswith(f"{kind.value}: "):
                continue
            value = value.removeprefix(f"{kind.value}: ")
        answers.append((word(value), answer))
    claims = {key for _, answer in answers for key in answer.claims}
    parts = [
        dispute
        for dispute in one.disputes
        if dispute.kind in disputing
        and any(p.party == account.party and claims & set(p.claims) for p in dispute.positions)
    ]
    others = [
        f"{word(position.party)}: {word(position.value)}"
        for dispute in parts
        for position in dispute.positions
        if position.party != account.party
    ]
    return Cell(tuple(answers), "; ".join(dict.fromkeys(others)))
