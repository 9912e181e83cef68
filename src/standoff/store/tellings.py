"""Claims as they are counted: what happened that day between whom, and in whose telling. Read in one pass, a row a claim.

A claim counts where it asserts that something happened: denials, background, plans, conditions and attempts that failed are
left out, and so is what people rejected. Values are as people corrected them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, cast, func, or_, select

from standoff.model import Bound, Count, CountKind, Party, Span, Verdict
from standoff.reconcile.accounts import tellers
from standoff.store import Store, tables

_STEP = 5_000
_FEW = 6
"""Parties that the database is asked for; of more the claims are looked through here, which is quicker."""
_FIELD, _PARTY = "\x1f", "\x1e"
"""What stands between the fields of a party and between parties, as the database joins them."""


class Telling(NamedTuple):
    """One claim that asserts a happening. A tuple, because an archive has millions."""

    claim: str
    doc: str
    happening: str
    """The incident; of a claim that none links, the claim itself."""
    day: date
    dated: bool
    """The report gives the day; else it is the day of the report."""
    event: str
    score: float
    """PLOVER's, with the modes."""
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    tellers: tuple[str, ...]
    """Keys of the parties that answer for it; none: the outlet itself."""
    counts: tuple[Count, ...]
    outlet: str
    """Who published the report; its id where that is not known."""
    reported: date | None
    """The day of the report."""


def tellings(store: Store, parties: Collection[str] = ()) -> Iterator[Telling]:
    """The tellings of what any of the parties did or suffered; without any named, all. Those without any day are left out.

    In no order that means anything, and the same each time. Others may come among them where many parties are asked for.
    """
    claim, document, link = tables.claim, tables.document, tables.incident_link
    claims = (
        select(
            claim.c.id,
            claim.c.doc,
            claim.c.event,
            claim.c.event_scale,
            claim.c.date,
            document.c.published,
            document.c.outlet,
            link.c.incident,
            _parties(),
        )
        .select_from(claim.join(document).join(link, link.c.claim == claim.c.id, isouter=True))
        .order_by(claim.c.doc, claim.c.ordinal)
    )
    with store.reading() as connection:
        streamed = connection.execution_options(yield_per=_STEP)
        counts = _counts(streamed.execute(_asserted(_figures(), parties)))
        for id, doc, event, score, day, published, outlet, incident, joined in streamed.execute(
            _asserted(claims, parties)
        ):
            actors, recipients, told = _sides(joined or "", event)
            yield Telling(
                id,
                doc,
                incident or id,
                _day(day or published),
                day is not None,
                event,
                score or 0.0,
                actors,
                recipients,
                told,
                counts.get(id, ()),
                outlet or f"outlet:{doc}",
                _day(published) if published else None,
            )


def coverage(store: Store) -> Counter[date]:
    """How many reports were published each day."""
    document = tables.document
    query = select(document.c.published, func.count().label("n")).where(document.c.published.is_not(None))
    with store.reading() as connection:
        return Counter({date.fromisoformat(r.published): r.n for r in connection.execute(query.group_by("published"))})


def pairs(store: Store, party: str | None = None) -> list[tuple[str, str]]:
    """The pairs of parties between which something is told, of one of them or of all; those with most happenings first."""
    claim, link = tables.claim, tables.incident_link
    actor, recipient = tables.claim_party.alias(), tables.claim_party.alias()
    happening = func.coalesce(link.c.incident, claim.c.id)
    query = (
        select(actor.c.party, recipient.c.party, func.count(happening.distinct()))
        .select_from(
            claim.join(tables.document)
            .join(actor, and_(actor.c.claim == claim.c.id, actor.c.role == "actor"))
            .join(recipient, and_(recipient.c.claim == claim.c.id, recipient.c.role == "recipient"))
            .join(link, link.c.claim == claim.c.id, isouter=True)
        )
        .where(actor.c.party != recipient.c.party, actor.c.code != "UNK", recipient.c.code != "UNK")
        .group_by(actor.c.party, recipient.c.party)
    )
    if party is not None:
        query = query.where(or_(actor.c.party == party, recipient.c.party == party))
    found: Counter[tuple[str, str]] = Counter()
    with store.reading() as connection:
        for one, other, number in connection.execute(_asserted(query, ())):
            first, second = sorted((one, other))
            found[first, second] += number
    return sorted(found, key=lambda pair: (-found[pair], pair))


def _asserted(query: Select[Any], parties: Collection[str]) -> Select[Any]:
    """Of a query over claims those that assert something as having happened, on some day."""
    claim, party = tables.claim, tables.claim_party
    query = query.where(
        func.coalesce(claim.c.date, tables.document.c.published).is_not(None),
        claim.c.aux == "[]",
        or_(claim.c.verdict.is_(None), claim.c.verdict != Verdict.REJECT.value),
    )
    if not 0 < len(parties) <= _FEW:
        return query
    of_them = and_(party.c.party.in_(sorted(parties)), party.c.role.in_(("actor", "recipient")))
    return query.where(claim.c.id.in_(select(party.c.claim).where(of_them)))


def _parties() -> Any:
    """The parties of a claim in one value: a row each would take ten times as long. Of its sources those that speak together
    with the first."""
    party, first = tables.claim_party, tables.claim_party.alias()
    cue = (
        select(first.c.cue_start)
        .where(first.c.claim == party.c.claim, first.c.role == "source", first.c.ordinal == 0)
        .correlate(party)
        .scalar_subquery()
    )
    fields = (party.c.role, cast(party.c.ordinal, String), party.c.code, party.c.sectors, party.c.name)
    joined: Any = fields[0]
    for field in fields[1:]:
        joined = joined + _FIELD + field
    together = or_(party.c.role != "source", party.c.ordinal == 0, party.c.cue_start.is_not_distinct_from(cue))
    return (
        select(func.aggregate_strings(joined, _PARTY))
        .where(party.c.claim == tables.claim.c.id, together)
        .correlate(tables.claim)
        .scalar_subquery()
    )


@lru_cache(maxsize=100_000)
def _sides(joined: str, event: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Keys of actors, recipients and tellers."""
    held: dict[str, list[tuple[int, Party]]] = {"actor": [], "recipient": [], "source": []}
    for one in joined.split(_PARTY) if joined else ():
        role, ordinal, code, sectors, name = one.split(_FIELD)
        held[role].append((int(ordinal), Party(code, tuple(json.loads(sectors)), name)))
    actors, recipients, sources = ([p for _, p in sorted(found)] for found in held.values())
    return (
        tuple(dict.fromkeys(p.key for p in actors if p.code != "UNK")),
        tuple(dict.fromkeys(p.key for p in recipients if p.code != "UNK")),
        tellers(event, actors, [(p, None) for p in sources]),
    )


def _figures() -> Select[Any]:
    count, claim = tables.claim_count, tables.claim
    return (
        select(
            count.c.claim,
            count.c.kind,
            count.c.low,
            count.c.high,
            count.c.best,
            count.c.unit,
            count.c.count_text,
            count.c.span_start,
            count.c.span_end,
            count.c.bound,
        )
        .select_from(count.join(claim, claim.c.id == count.c.claim).join(tables.document))
        .order_by(count.c.claim, count.c.ordinal)
    )


def _counts(rows: Any) -> dict[str, tuple[Count, ...]]:
    found: dict[str, list[Count]] = defaultdict(list)
    for claim, kind, low, high, best, unit, text, start, end, bound in rows:
        found[claim].append(Count(_KINDS[kind], low, high, best, unit, text, Span(start, end), Bound(bound)))
    return {claim: tuple(counts) for claim, counts in found.items()}


_KINDS = {kind.value: kind for kind in CountKind}


@lru_cache(maxsize=100_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)
