"""Model objects as rows of the tables, and back from rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, bindparam, delete, insert, select, update

from standoff.model import (
    Account,
    Asked,
    Claim,
    Dispute,
    Document,
    Incident,
    Link,
    Mention,
    Party,
    Provenance,
    Reconciliation,
    Review,
    Source,
    Span,
)
from standoff.records import (
    account_from_record,
    account_record,
    asked_from_record,
    asked_record,
    claim_from_record,
    claim_record,
    dispute_from_record,
    dispute_record,
    dumps,
    loads,
    provenance_from_record,
    provenance_record,
)
from standoff.review import reviewed, standing
from standoff.store import tables

Values = dict[str, Any]
Rows = dict[Table, list[Values]]
Names = Mapping[tuple[str, str], Party]
"""Who a name, as it was read, is to be taken for."""


def document_row(document: Document) -> Values:
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "captured": document.captured.isoformat() if document.captured else None,
        "sha256": document.sha256,
        "text": document.text,
        "author": document.author,
        "domain": document.domain,
        "country": document.country,
        "provenance": dumps(provenance_record(document.provenance)) if document.provenance else None,
    }


def document_from_row(row: Row[*tuple[Any, ...]]) -> Document:
    return Document(
        id=row.id,
        text=row.text,
        sha256=row.sha256,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published=date.fromisoformat(row.published) if row.published else None,
        language=row.language,
        captured=datetime.fromisoformat(row.captured) if row.captured else None,
        author=row.author,
        domain=row.domain,
        country=row.country,
        provenance=_provenance(row.id, row.provenance),
    )


def _provenance(doc: str, record: str | None) -> Provenance | None:
    where = f"provenance of {doc}"
    return provenance_from_record(loads(record, where), where) if record else None


def claim_rows(claims: Sequence[Claim], reviews: Mapping[str, Sequence[Review]], names: Names) -> Rows:
    """The rows of one document's claims: their records as they were read, all else as people corrected it."""
    rows: Rows = defaultdict(list)
    for ordinal, read in enumerate(claims):
        said = reviews.get(read.id, ())
        claim, verdict = reviewed(read, said, names), standing(said)
        rows[tables.claim].append(
            {**_claim_row(claim, ordinal), "record": dumps(claim_record(read)), "verdict": verdict and verdict.value}
        )
        for role, mentions in (("actor", claim.actors), ("recipient", claim.recipients)):
            for at, mention in enumerate(mentions):
                rows[tables.claim_party].append(_party_row(claim.id, role, at, mention))
        for at, source in enumerate(claim.sources):
            rows[tables.claim_party].append(_party_row(claim.id, "source", at, source.mention, source))
        for at, count in enumerate(claim.counts):
            values = {"kind": count.kind.value, "low": count.low, "high": count.high, "best": count.best}
            words = {
                "unit": count.unit,
                "count_text": count.text,
                "bound": count.bound.value,
                **_offsets("span", count.span),
            }
            rows[tables.claim_count].append({"claim": claim.id, "ordinal": at, **values, **words})
    return rows


def _claim_row(claim: Claim, ordinal: int) -> Values:
    record, when, where = claim_record(claim), claim.when, claim.where
    quad = record["quad_code"]
    return {
        "id": claim.id,
        "doc": claim.doc,
        "ordinal": ordinal,
        "event": claim.event,
        **{name: _json(record[name]) for name in ("mode", "context", "aux", "targets")},
        **{name: record[name] for name in ("date", "enddate", "date_text", "event_text", "confidence", "event_scale")},
        **_offsets("date", when.span if when else None),
        "place": where.name if where else None,
        "place_text": where.text if where else None,
        "place_country": where.country if where else None,
        "latitude": where.lat if where else None,
        "longitude": where.lon if where else None,
        "geonames_id": where.geonames_id if where else None,
        "place_precision": where.precision if where else None,
        **_offsets("place", where.span if where else None),
        **_offsets("span", claim.span),
        "trigger_text": claim.trigger.text,
        **_offsets("trigger", claim.trigger.span),
        "quad_code": None if quad is None else str(quad),
    }


def _party_row(claim: str, role: str, ordinal: int, mention: Mention, source: Source | None = None) -> Values:
    return {
        "claim": claim,
        "role": role,
        "ordinal": ordinal,
        "party": mention.party.key,
        "code": mention.party.code,
        "sectors": _json(mention.party.sectors),
        "name": mention.party.name,
        "entity_text": mention.text,
        **_offsets("span", mention.span),
        "cue": source.cue if source else None,
        **_offsets("cue", source.cue_span if source else None),
    }


def claim_from_row(row: Row[*tuple[Any, ...]]) -> Claim:
    return _claim(row.id, row.record)


@lru_cache(1_000)
def _claim(id: str, record: str) -> Claim:
    """The claims of the pages that are open are asked for again and again; they are frozen, so all may hold one."""
    where = f"claim {id}"
    return claim_from_record(loads(record, where), where)


def reconciliation_rows(reconciliation: Reconciliation) -> Rows:
    """The rows of everything that reconciling adds."""
    rows: Rows = defaultdict(list)
    for ordinal, incident in enumerate(reconciliation.incidents):
        rows[tables.incident].append(
            {
                "id": incident.id,
                "ordinal": ordinal,
                "under": incident.under,
                "title": incident.title,
                "likely": incident.likely,
                "place": incident.place or None,
            }
        )
        for at, link in enumerate(incident.links):
            values = {"claim": link.claim, "reason": link.reason, "version": link.version}
            rows[tables.incident_link].append({"incident": incident.id, "ordinal": at, **values})
    for ordinal, account in enumerate(reconciliation.accounts):
        key = {"incident": account.incident, "party": account.party}
        rows[tables.account].append({**key, "ordinal": ordinal, "record": dumps(account_record(account))})
        rows[tables.account_claim] += [{**key, "ordinal": at, "claim": c} for at, c in enumerate(account.claims)]
    for ordinal, dispute in enumerate(reconciliation.disputes):
        rows[tables.dispute].append(_dispute_row(dispute, ordinal))
        for side, position in enumerate(dispute.positions):
            values = {"party": position.party, "value": position.value}
            rows[tables.position].append({"dispute": dispute.id, "ordinal": side, **values})
            rows[tables.position_claim] += [
                {"dispute": dispute.id, "position": side, "ordinal": at, "claim": c}
                for at, c in enumerate(position.claims)
            ]
    for ordinal, asked in enumerate(reconciliation.questions):
        values = {"id": asked.id, "incident": asked.incident, "question": asked.question.value}
        rows[tables.question].append({**values, "ordinal": ordinal, "record": dumps(asked_record(asked))})
    return rows


def _dispute_row(dispute: Dispute, ordinal: int) -> Values:
    return {
        "id": dispute.id,
        "ordinal": ordinal,
        "kind": dispute.kind.value,
        "incident": dispute.incident,
        "docs": _json(dispute.docs),
        "reason": dispute.reason,
        "record": dumps(dispute_record(dispute)),
    }


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Write rows, the tables that others refer to first."""
    for table in tables.metadata.sorted_tables:
        if rows.get(table):
            connection.execute(insert(table), rows[table])


def replace_rows(connection: Connection, old: Rows, new: Rows) -> None:
    """Write what differs between rows that are there and those that are to be. What is new comes before what is gone,
    since with an incident goes what still belongs to it."""
    gone: list[tuple[Table, list[Values]]] = []
    for table in tables.metadata.sorted_tables:
        key = [column.name for column in table.primary_key]
        before = {tuple(row[name] for name in key): row for row in old.get(table, ())}
        after = {tuple(row[name] for name in key): row for row in new.get(table, ())}
        added = [row for at, row in after.items() if at not in before]
        changed = [row for at, row in after.items() if before.get(at, row) != row]
        if added:
            connection.execute(insert(table), added)
        if changed:
            others: dict[str, Any] = {name: bindparam(f"to_{name}") for name in changed[0] if name not in key}
            named = [{**_keys(key, row), **{f"to_{name}": row[name] for name in others}} for row in changed]
            connection.execute(update(table).where(*_at(table, key)).values(others), named)
        gone.append((table, [_keys(key, row) for at, row in before.items() if at not in after]))
    for table, removed in reversed(gone):
        if removed:
            connection.execute(delete(table).where(*_at(table, [column.name for column in table.primary_key])), removed)


def _at(table: Table, key: list[str]) -> list[ColumnElement[bool]]:
    return [table.c[name] == bindparam(f"key_{name}") for name in key]


def _keys(key: list[str], row: Values) -> Values:
    return {f"key_{name}": row[name] for name in key}


def read_incidents(connection: Connection, only: str | None = None) -> list[Incident]:
    links: dict[str, list[Link]] = defaultdict(list)
    table, incident = tables.incident_link, tables.incident
    of = (incident.c.id, incident.c.under, incident.c.title, incident.c.likely, incident.c.place)
    wanted, found = select(table), select(*of)
    if only is not None:
        wanted, found = wanted.where(table.c.incident == only), found.where(incident.c.id == only)
    for row in connection.execute(wanted.order_by(table.c.incident, table.c.ordinal)):
        links[row.incident].append(Link(row.claim, row.reason, row.version))
    rows = connection.execute(found.order_by(incident.c.ordinal))
    return [Incident(row.id, tuple(links[row.id]), row.under, row.title, row.likely, row.place or "") for row in rows]


def read_accounts(connection: Connection, only: str | None = None) -> list[Account]:
    return [account_from_record(record, "account") for record in _kept(connection, tables.account, only)]


def read_disputes(connection: Connection, only: str | None = None) -> list[Dispute]:
    return [dispute_from_record(record, "dispute") for record in _kept(connection, tables.dispute, only)]


def read_questions(connection: Connection, only: str | None = None) -> list[Asked]:
    return [asked_from_record(record, "question") for record in _kept(connection, tables.question, only)]


def read_reconciliation(connection: Connection, only: str | None = None) -> Reconciliation:
    """All that reconciling added, or what it made of one incident."""
    incidents, accounts = read_incidents(connection, only), read_accounts(connection, only)
    disputes, questions = read_disputes(connection, only), read_questions(connection, only)
    return Reconciliation(tuple(incidents), tuple(accounts), tuple(disputes), tuple(questions))


def _kept(connection: Connection, table: Table, only: str | None) -> Iterator[object]:
    wanted = select(table.c.record).order_by(table.c.ordinal)
    if only is not None:
        wanted = wanted.where(table.c.incident == only)
    for record in connection.execute(wanted).scalars():
        yield loads(record, f"{table.name} record")


def _offsets(name: str, span: Span | None) -> Values:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
