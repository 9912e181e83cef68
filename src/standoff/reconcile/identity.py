"""Ids that hold: an incident is called by its founder, the first report's claim, so that the order in which reports come is nothing to it.

A later report changes no id. An earlier one may, and the old id leads to the new; so does that of an incident which was joined to
another. Where people or a new reading took the founder away, what keeps more than half of the claims keeps the id.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from standoff.model import Asked, Claim, Dispute, Incident, Reconciliation

BY_HAND = "by hand"


def of_incident(claims: Iterable[Claim], published: Mapping[str, date | None]) -> str:
    """The id of an incident of these claims: that of the claim which the first of their reports tells first."""
    founder = min(
        claims, key=lambda c: (published.get(c.doc) or date.max, c.doc, c.span.start, c.trigger.span.start, c.id)
    )
    return called(founder.id)


def called(founder: str) -> str:
    """The id of an incident that this claim founds."""
    return f"i{hashlib.sha256(founder.encode()).hexdigest()[:12]}"


def of_question(question: str, subject: str, incident: str) -> str:
    """The id of a question, and after its first letter that of its dispute."""
    return hashlib.sha256(f"{question}|{subject}|{incident}".encode()).hexdigest()[:12]


def held(found: Reconciliation, before: Reconciliation) -> tuple[Reconciliation, dict[str, str]]:
    """What was found, under ids that hold over from before; and where ids that are gone lead."""
    names = _kept(found.incidents, before.incidents)
    incidents = tuple(
        replace(i, id=names[i.id], under=names.get(i.under, i.under) if i.under else None) for i in found.incidents
    )
    asked = {q.id: _of(q, names) for q in found.questions}
    renamed = {old: new.id for old, new in asked.items()}
    disputes = tuple(
        replace(d, id=f"d{renamed.get('q' + d.id[1:], d.id)[1:]}", incident=names.get(d.incident or "", d.incident))
        for d in found.disputes
    )
    result = Reconciliation(
        incidents,
        tuple(replace(a, incident=names.get(a.incident, a.incident)) for a in found.accounts),
        disputes,
        tuple(asked.values()),
    )
    gone = _gone({i.id: i.claims for i in incidents}, {i.id: i.claims for i in before.incidents})
    return result, gone | _gone(_claims_of(disputes), _claims_of(before.disputes))


def _of(asked: Asked, names: Mapping[str, str]) -> Asked:
    incident = names.get(asked.incident, asked.incident)
    if incident == asked.incident:
        return asked
    name = of_question(asked.question.value, asked.subject, incident)
    return replace(asked, id=f"q{name}", incident=incident, dispute=f"d{name}" if asked.dispute else None)


def _kept(now: Sequence[Incident], before: Sequence[Incident]) -> dict[str, str]:
    """Of each incident found the id it is to have: its founder's, or, where the founder was taken away, the one it had."""
    of_claim = {claim: i for i in now for claim in i.claims}
    reasons = {link.claim: link.reason for i in now for link in i.links}
    founders = {called(claim): claim for i in (*now, *before) for claim in i.claims}
    names = {i.id: i.id for i in now}
    for old in sorted(before, key=lambda i: i.id):
        founder = founders.get(old.id, "")
        holding = Counter(of_claim[c].id for c in old.claims if c in of_claim)
        heir, most = max(holding.items(), key=lambda kv: (kv[1], kv[0]), default=("", 0))
        if 2 * most <= len(old.claims) or founder in next(i for i in now if i.id == heir).claims:
            continue
        gone_with = of_claim.get(founder)
        if gone_with is None or reasons[founder].startswith(BY_HAND):
            names[heir] = old.id
            if gone_with is not None and gone_with.id == old.id:
                names[old.id] = called(f"{founder} by hand")  # what it was moved to cannot be called as what it left
    return names


def _claims_of(disputes: Iterable[Dispute]) -> dict[str, tuple[str, ...]]:
    return {d.id: tuple(sorted({c for p in d.positions for c in p.claims})) for d in disputes}


def _gone(now: Mapping[str, Iterable[str]], before: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Of each id that is no more, the one that holds most of its claims now."""
    holding: dict[str, list[str]] = defaultdict(list)
    for key, claims in now.items():
        for claim in claims:
            holding[claim].append(key)
    found = {}
    for old, claims in before.items():
        if old not in now:
            votes = Counter(key for claim in claims for key in holding[claim])
            if votes:
                found[old] = min(votes, key=lambda key: (-votes[key], key))
    return found


def heirs(moved: Sequence[tuple[str, str]], id: str) -> str:
    """Where an id leads by now, over any number of steps."""
    leads = dict(moved)
    seen = {id}
    while id in leads and leads[id] not in seen:
        id = leads[id]
        seen.add(id)
    return id
