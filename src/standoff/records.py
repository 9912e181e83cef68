"""Model objects as JSON records, and back without loss.

One line of a JSON Lines file is one record. Fields stand in a fixed order, so that the same claim gives the
same bytes; every value keeps the span it was read from. Names that PLOVER knows (``actor``, ``recipient``,
``event``, ``mode``, ``context``, ``event_loc``, ``date``, ``enddate``, ``event_text``, ``event_scale``,
``quad_code``) keep PLOVER's meaning, so that PLOVER's tools can read a claim.

A record of another program need not carry the spans that only ours has (of a count, a date, a place): they are
then found by their words in the claim's clause, or the clause itself stands in for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from standoff import ontology
from standoff.bounds import bound_of
from standoff.errors import InputError
from standoff.model import (
    SCHEMA_VERSION,
    Account,
    Answer,
    Asked,
    AuxMode,
    Bound,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    DisputeState,
    Document,
    Dropped,
    Holds,
    Incident,
    Line,
    Link,
    Mention,
    Party,
    Position,
    Provenance,
    Question,
    Reading,
    Reconciliation,
    Source,
    Span,
    Statement,
    Topic,
    Trigger,
    Turn,
    When,
    Where,
    shared_code,
)
from standoff.reconcile.dossier import Dossier
from standoff.reconcile.versions import Change

Record = dict[str, Any]
LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON takes as it is."""
LINE_LIMIT = 10_000_000
"""Characters of one line of JSON Lines; a longer one is refused unread."""

_Enum = TypeVar("_Enum", bound=StrEnum)
_Item = TypeVar("_Item")

# Line ends to many readers of lines (str.splitlines), yet allowed raw in JSON: written as escapes.
_LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}


# -- writing ---------------------------------------------------------------------------------------------------------


def dumps(record: Mapping[str, Any]) -> str:
    """One record as one line of JSON, fields in the order given, without the line end.

    Raises:
        InputError: a value is no JSON (a number that is not finite, half of a surrogate pair).

    >>> dumps({"name": "Kâzım", "low": 2})
    '{"name": "Kâzım", "low": 2}'
    """
    try:
        line = json.dumps(record, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
        line.encode()
    except (TypeError, ValueError) as error:
        what = f"record {record.get('id', '')}".strip()
        raise InputError(what, f"cannot be written as JSON: {error}", "mend that value") from None
    return line


def claim_record(claim: Claim, document: Document | None = None) -> Record:
    """A claim with every field of the claim record, in its order; ``document`` adds where the report came from.

    Raises:
        InputError: ``document`` is not the one that the claim was read from.
    """
    when, where = claim.when, claim.where
    record: Record = {
        "id": claim.id,
        "doc": claim.doc,
        "event": claim.event,
        "mode": list(claim.modes),
        "context": list(claim.contexts),
        "actor": [_entity(m) for m in claim.actors],
        "recipient": [_entity(m) for m in claim.recipients],
        "sources": [_source(s) for s in claim.sources],
        "aux": [mode.value for mode in claim.aux],
        "counts": [_count(c) for c in claim.counts],
        "date": _iso(when.start) if when else None,
        "enddate": _iso(when.end) if when else None,
        "date_text": when.text if when else None,
        "date_span": _pair(when.span) if when else None,
        "event_loc": _place(where) if where else None,
        "start": claim.span.start,
        "end": claim.span.end,
        "trigger": {"text": claim.trigger.text, "start": claim.trigger.span.start, "end": claim.trigger.span.end},
        "event_text": claim.text,
        "confidence": claim.confidence,
        "event_scale": ontology.score(claim.event, claim.modes),
        "quad_code": ontology.quad(claim.event),
        "targets": list(claim.targets),
        "schema_version": SCHEMA_VERSION,
    }
    # What only a language model's claim has, so that all others stay as they were.
    record |= {name: value for name, value in (("reader", claim.reader), ("gloss", claim.gloss)) if value}
    if document is not None:
        check_quote(claim, document)
        record["document"] = {
            "title": document.title,
            "outlet": document.outlet,
            "url": document.url,
            "published": _iso(document.published),
            "sha256": document.sha256,
        }
    return record


def check_quote(claim: Claim, document: Document) -> None:
    """Refuse a claim that does not point at its own words in the document.

    Raises:
        InputError: it names another document, or the text at its offsets is not the text that it quotes.
    """
    if claim.doc != document.id:
        raise InputError(f"claim {claim.id}", f"is of document {claim.doc}, not {document.id}", "give its own document")
    if claim.span.of(document.text) != claim.text:
        raise InputError(
            f"claim {claim.id}",
            f"its words do not stand at {claim.span.start}-{claim.span.end} of document {document.id}",
            "give the text that the claim was read from; offsets count code points",
        )


def check_days(claim: Claim) -> None:
    """Refuse a claim that ends before it begins.

    Raises:
        InputError: it does.
    """
    if claim.when and claim.when.start and claim.when.end and claim.when.end < claim.when.start:
        why = f"its enddate {claim.when.end} is before its date {claim.when.start}"
        raise InputError(f"claim {claim.id[:80]}", why, "put the earlier day first")


def reading_record(reading: Reading) -> Record:
    """How a reader read a report, without its claims."""
    return {
        "doc": reading.doc,
        "reader": reading.reader,
        "model": reading.model or None,
        "prompt": reading.prompt or None,
        "where": reading.where or None,
        "at": reading.at.isoformat() if reading.at else None,
        "tokens_in": reading.tokens_in,
        "tokens_out": reading.tokens_out,
        "cost": round(reading.cost, 6),
        "parts": reading.parts,
        "claims": len(reading.claims),
        "values": reading.values,
        "grounded": round(reading.grounded, 3),
        "dropped": [{"what": d.what, "why": d.why, "words": d.words} for d in reading.dropped],
        "warnings": list(reading.warnings),
        "fault": reading.fault or None,
        "schema_version": SCHEMA_VERSION,
    }


def statement_record(statement: Statement, document: Document) -> Record:
    """An attribution. ``source``, ``cue`` and ``content`` are spans, as corpora of attributions have them."""
    text, source = document.text, statement.source_span
    if source is None and statement.sources:
        source = statement.sources[0].mention.span
    return {
        "doc": document.id,
        "source": _pair(source) if source else None,
        "cue": _pair(statement.cue_span),
        "content": [_pair(span) for span in statement.content],
        "source_text": source.of(text) if source else None,
        "cue_text": statement.cue,
        "content_text": [span.of(text) for span in statement.content],
        "sources": [_source(s) for s in statement.sources],
        "stance": statement.stance.value,
        "quoted": statement.quoted,
        "attitude": statement.attitude,
        "schema_version": SCHEMA_VERSION,
    }


def incident_record(incident: Incident) -> Record:
    """An incident: the claims tied to it, each with the reason and the version that tied it."""
    return {
        "id": incident.id,
        "links": [{"claim": link.claim, "reason": link.reason, "version": link.version} for link in incident.links],
        "under": incident.under,
        "title": incident.title,
        "likely": incident.likely,
        "event_loc": incident.place or None,
        "schema_version": SCHEMA_VERSION,
    }


def account_record(account: Account) -> Record:
    """What one party holds about an incident."""
    return {
        "incident": account.incident,
        "party": account.party,
        "claims": list(account.claims),
        "counts": [_count(c) for c in account.counts],
        "answers": [
            {
                "question": a.question.value,
                "value": a.value,
                "claims": list(a.claims),
                "voices": list(a.voices),
                "first": _iso(a.first),
                "latest": _iso(a.latest),
            }
            for a in account.answers
        ],
        "schema_version": SCHEMA_VERSION,
    }


def asked_record(asked: Asked) -> Record:
    """One question of an incident, with a line for each account."""
    return {
        "id": asked.id,
        "incident": asked.incident,
        "question": asked.question.value,
        "text": asked.text,
        "subject": asked.subject,
        "dispute": asked.dispute,
        "lines": [
            {
                "party": line.party,
                "value": line.value,
                "claims": list(line.claims),
                "holds": line.holds.value,
                "low": line.low,
                "high": line.high,
                "bound": line.bound.value,
                "as_of": _iso(line.as_of),
                "voices": list(line.voices),
                "first": _iso(line.first),
                "latest": _iso(line.latest),
                "words": line.words,
                "series": [_turn(t) for t in line.series],
            }
            for line in asked.lines
        ],
        "schema_version": SCHEMA_VERSION,
    }


def _turn(turn: Turn) -> Record:
    return {"party": turn.party, "value": turn.value, "claim": turn.claim, "reported": _iso(turn.reported)}


def _position(position: Position) -> Record:
    """A side with its party's code, and the name where the party shares the code with others."""
    code, name = shared_code(position.party)
    return {"party": code, "name": name or None, "claims": list(position.claims), "value": position.value}


def dispute_record(dispute: Dispute) -> Record:
    """A dispute with every field of the dispute record, and the reason it was found."""
    return {
        "id": dispute.id,
        "docs": list(dispute.docs),
        "kind": dispute.kind.value,
        "incident": dispute.incident,
        "positions": [_position(p) for p in dispute.positions],
        "reason": dispute.reason,
        "severity": dispute.severity,
        "likely": dispute.likely,
        "state": dispute.state.value,
        "history": [_turn(t) for t in dispute.history],
        "topics": [
            {"topic": t.topic, "parties": list(t.parties), "claims": list(t.claims), "told": t.told}
            for t in dispute.topics
        ],
        "question": dispute.question,
        "title": dispute.title,
        "schema_version": SCHEMA_VERSION,
    }


def document_record(document: Document) -> Record:
    """One report as it was captured, with its whole text."""
    provenance = document.provenance
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "domain": document.domain,
        "country": document.country,
        "author": document.author,
        "url": document.url,
        "published": _iso(document.published),
        "language": document.language,
        "coded": document.language == "en",
        "captured": document.captured.isoformat() if document.captured else None,
        "sha256": document.sha256,
        "characters": len(document.text),
        "provenance": provenance_record(provenance) if provenance else None,
        "text": document.text,
        "schema_version": SCHEMA_VERSION,
    }


def provenance_record(provenance: Provenance) -> Record:
    bounds = provenance.date_bounds
    return {
        "sha256": provenance.sha256,
        "method": provenance.method,
        "name": provenance.name,
        "chain": list(provenance.chain),
        "headers": [list(pair) for pair in provenance.headers],
        "encoding_declared": provenance.encoding_declared,
        "encoding": provenance.encoding,
        "date_method": provenance.date_method,
        "date_bounds": [bounds[0].isoformat(), bounds[1].isoformat()] if bounds else None,
        "removed": [list(pair) for pair in provenance.removed],
        "mixed": list(provenance.mixed),
        "left": list(provenance.left),
    }


def change_record(before: Document, after: Document, change: Change) -> Record:
    """A passage that a later version of a page has otherwise; null on the side that lacks it."""

    def quoted(document: Document, span: Span | None) -> Record | None:
        return None if span is None else {"text": span.of(document.text), "start": span.start, "end": span.end}

    return {
        "url": after.url,
        "before": before.id,
        "after": after.id,
        "removed": quoted(before, change.before),
        "added": quoted(after, change.after),
        "schema_version": SCHEMA_VERSION,
    }


def dossier_record(dossier: Dossier) -> Record:
    """An incident with all that is told of it: accounts, figures by a named policy, responsibility, what is confirmed."""
    return {
        **incident_record(dossier.incident),
        "event": dossier.event,
        "parties": list(dossier.parties),
        "date": _iso(dossier.start),
        "enddate": _iso(dossier.end),
        "docs": list(dossier.docs),
        "voices": list(dossier.voices),
        "accounts": [account_record(a) for a in dossier.accounts],
        "figures": [
            {
                "kind": kind.value,
                "low": figure.low,
                "best": figure.best,
                "high": figure.high,
                "policy": figure.policy,
                "reason": figure.reason,
            }
            for kind, figure in dossier.figures
        ],
        "responsibility": [
            {"by": r.by, "accused": r.accused, "standing": r.standing.value, "claims": list(r.claims)}
            for r in dossier.responsibility
        ],
        "corroborated": [
            {"what": c.what, "by": c.by, "parties": list(c.parties), "voices": list(c.voices), "claims": list(c.claims)}
            for c in dossier.corroborated
        ],
        "grade": dossier.grade.value if dossier.grade else None,
        "grade_reason": dossier.grade_reason,
        "contest": dossier.contest,
        "disputes": [d.id for d in dossier.disputes],
    }


def reconciliation_record(reconciliation: Reconciliation) -> Record:
    """Everything that reconciling adds, in one record."""
    return {
        "incidents": [incident_record(i) for i in reconciliation.incidents],
        "accounts": [account_record(a) for a in reconciliation.accounts],
        "disputes": [dispute_record(d) for d in reconciliation.disputes],
        "questions": [asked_record(q) for q in reconciliation.questions],
        "schema_version": SCHEMA_VERSION,
    }


def _entity(mention: Mention) -> Record:
    return {
        "code": mention.party.code,
        "sector": list(mention.party.sectors),
        "name": mention.party.name,
        "entity_text": mention.text,
        "start": mention.span.start,
        "end": mention.span.end,
    }


def _source(source: Source) -> Record:
    cue = _pair(source.cue_span) if source.cue_span else None
    return {**_entity(source.mention), "cue": source.cue, "cue_span": cue}


def _count(count: Count) -> Record:
    return {
        "kind": count.kind.value,
        "low": count.low,
        "high": count.high,
        "best": count.best,
        "unit": count.unit,
        "text": count.text,
        "bound": count.bound.value,
        "start": count.span.start,
        "end": count.span.end,
    }


def _place(where: Where) -> Record:
    return {
        "name": where.name,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "geonames_id": where.geonames_id,
        "precision": where.precision,
        "text": where.text,
        "start": where.span.start,
        "end": where.span.end,
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# -- reading ---------------------------------------------------------------------------------------------------------


def claim_from_record(record: object, where: str = "claim record") -> Claim:
    """The claim that a record was written from; ``where`` names the record in errors ("claims.jsonl line 3").

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    clause, text = fields.span(), fields.text("event_text")

    def near(words: str) -> Span:
        at = text.find(words) if words else -1
        return Span(clause.start + at, clause.start + at + len(words)) if at >= 0 else clause

    trigger = fields.fields("trigger")
    return Claim(
        id=fields.name("id"),
        doc=fields.name("doc"),
        event=fields.event("event"),
        trigger=Trigger(trigger.text("text"), trigger.span()),
        span=clause,
        text=text,
        modes=fields.texts("mode"),
        contexts=fields.texts("context"),
        actors=fields.each("actor", _read_mention),
        recipients=fields.each("recipient", _read_mention),
        sources=fields.each("sources", _read_source),
        aux=tuple(fields.choice("aux", value, AuxMode) for value in fields.texts("aux")),
        counts=fields.each("counts", lambda item: _read_count(item, near)),
        when=_read_when(fields, near),
        where=_read_where(fields.fields("event_loc"), near) if fields.has("event_loc") else None,
        confidence=fields.number("confidence", 0.0, 1.0) if fields.has("confidence") else 0.5,
        targets=fields.texts("targets"),
        reader=fields.maybe("reader") or "",
        gloss=fields.maybe("gloss") or "",
    )


def dispute_from_record(record: object, where: str = "dispute record") -> Dispute:
    """The dispute that a record was written from.

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    return Dispute(
        id=fields.name("id"),
        docs=fields.texts("docs"),
        kind=fields.choice("kind", fields.text("kind"), DisputeKind),
        positions=fields.each("positions", _read_position),
        incident=fields.maybe("incident"),
        reason=fields.maybe("reason") or "",
        severity=fields.number("severity", 0.0, 1.0) if fields.has("severity") else 0.0,
        likely=fields.number("likely", 0.0, 1.0) if fields.has("likely") else 1.0,
        state=fields.choice("state", fields.text("state"), DisputeState) if fields.has("state") else DisputeState.OPEN,
        history=fields.each("history", _read_turn),
        topics=fields.each("topics", _read_topic),
        question=fields.maybe("question") or "",
        title=fields.maybe("title") or "",
    )


def asked_from_record(record: object, where: str = "question record") -> Asked:
    """The question that a record was written from.

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    return Asked(
        id=fields.name("id"),
        incident=fields.name("incident"),
        question=fields.choice("question", fields.text("question"), Question),
        text=fields.text("text"),
        lines=fields.each("lines", _read_line),
        subject=fields.maybe("subject") or "",
        dispute=fields.maybe("dispute"),
    )


def incident_from_record(record: object, where: str = "incident record") -> Incident:
    """The incident that a record was written from.

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    return Incident(
        fields.name("id"),
        fields.each("links", _read_link),
        fields.maybe("under"),
        fields.maybe("title") or "",
        fields.number("likely", 0.0, 1.0) if fields.has("likely") else 1.0,
        fields.maybe("event_loc") or "",
    )


def account_from_record(record: object, where: str = "account record") -> Account:
    """The account that a record was written from.

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    counts = fields.each("counts", lambda item: _read_count(item, None))
    answers = fields.each("answers", _read_answer)
    return Account(fields.name("incident"), fields.name("party"), fields.texts("claims"), counts, answers)


def provenance_from_record(record: object, where: str = "provenance record") -> Provenance:
    """How a document came, from its record.

    Raises:
        InputError: a field is missing or of the wrong kind.
    """
    fields = _Fields(record, where)
    earliest, latest = fields.days("date_bounds")
    return Provenance(
        sha256=fields.text("sha256"),
        method=fields.text("method"),
        name=fields.text("name"),
        chain=fields.texts("chain"),
        headers=tuple((str(name), str(value)) for name, value in fields.pairs("headers")),
        encoding_declared=fields.maybe("encoding_declared"),
        encoding=fields.maybe("encoding"),
        date_method=fields.maybe("date_method"),
        date_bounds=(earliest, latest) if earliest and latest else None,
        removed=tuple((str(mark), int(times)) for mark, times in fields.pairs("removed") if isinstance(times, int)),
        mixed=fields.texts("mixed"),
        left=fields.texts("left"),
    )


def reconciliation_from_record(record: object, where: str = "reconciliation record") -> Reconciliation:
    """The reconciliation that a record was written from.

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    return Reconciliation(
        fields.each("incidents", lambda item: incident_from_record(item.record, item.place)),
        fields.each("accounts", lambda item: account_from_record(item.record, item.place)),
        fields.each("disputes", lambda item: dispute_from_record(item.record, item.place)),
        fields.each("questions", lambda item: asked_from_record(item.record, item.place)),
    )


def reading_from_record(record: object, where: str = "reading record") -> Reading:
    """How a reader read a report, from its record.

    Raises:
        InputError: the record is not well formed; the message names the field and what stands in it.
    """
    fields = _Fields(record, where)
    fields.check_version()
    at = fields.maybe("at")

    def whole(name: str) -> int:
        return int(fields.number(name, 0, LARGEST))

    return Reading(
        doc=fields.name("doc"),
        reader=fields.name("reader"),
        model=fields.maybe("model") or "",
        prompt=fields.maybe("prompt") or "",
        where=fields.maybe("where") or "",
        at=datetime.fromisoformat(at) if at else None,
        tokens_in=whole("tokens_in"),
        tokens_out=whole("tokens_out"),
        cost=fields.number("cost", 0, LARGEST),
        parts=whole("parts"),
        values=whole("values"),
        dropped=fields.each("dropped", lambda item: Dropped(item.text("what"), item.text("why"), item.text("words"))),
        warnings=fields.texts("warnings"),
        fault=fields.maybe("fault") or "",
    )


def read_claims(lines: Iterable[str], name: str) -> Iterator[Claim]:
    """Claims of JSON Lines, empty lines left out; ``name`` is the input's, for errors.

    Raises:
        InputError: a line is not a claim; the message names the line and the field.
    """
    for where, record in _records(lines, name):
        yield claim_from_record(record, where)


def read_disputes(lines: Iterable[str], name: str) -> Iterator[Dispute]:
    """Disputes of JSON Lines, empty lines left out; ``name`` is the input's, for errors.

    Raises:
        InputError: a line is not a dispute; the message names the line and the field.
    """
    for where, record in _records(lines, name):
        yield dispute_from_record(record, where)


def loads(line: str, where: str = "record") -> object:
    """The JSON of one line; ``where`` names it in errors.

    Raises:
        InputError: it is not JSON, longer than a line may be, or nested too deep.
    """
    if len(line) > LINE_LIMIT:
        raise InputError(where, f"longer than {LINE_LIMIT:,} characters", "write one record a line")
    try:
        return json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        raise InputError(where, "nested too deep", "write one record a line") from None
    except json.JSONDecodeError as error:
        why = f"column {error.colno}: not JSON: {error.msg}"
        raise InputError(where, why, "write one JSON object a line") from None
    except ValueError as error:
        raise InputError(where, f"not JSON: {error}", "write one JSON object a line") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _records(lines: Iterable[str], name: str) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix("\ufeff")
        if line.strip():
            where = f"{name} line {number}"
            yield where, loads(line, where)


class _Fields:
    """One JSON object under reading: gives its fields typed, and names the field when one is not as it should be."""

    def __init__(self, record: object, where: str, path: str = "") -> None:
        self.where, self.path = where, path
        if not isinstance(record, Mapping):
            raise InputError(where, f"{path or 'the record'}: an object is wanted, not {_short(record)}", _MEND)
        self.record: Mapping[str, Any] = record

    @property
    def place(self) -> str:
        return f"{self.where}, {self.path}" if self.path else self.where

    def fault(self, name: str, wanted: str) -> InputError:
        found = _short(self.record[name]) if name in self.record else "missing"
        path = f"{self.path}.{name}" if self.path else name
        return InputError(self.where, f"{path}: {wanted} is wanted, not {found}", _MEND)

    def has(self, name: str) -> bool:
        return self.record.get(name) is not None

    def text(self, name: str) -> str:
        value = self.record.get(name)
        if not isinstance(value, str):
            raise self.fault(name, "text")
        return value

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def name(self, name: str) -> str:
        if not self.text(name):
            raise self.fault(name, "text that is not empty")
        return self.text(name)

    def event(self, name: str) -> str:
        if self.text(name) not in ontology.event_types():
            raise self.fault(name, "one of PLOVER's event types")
        return self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.record.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(name, "a list of texts")
        return tuple(value)

    def whole(self, name: str) -> int:
        value = self.record.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
            raise self.fault(name, "a whole number, 0 or more,")
        return value

    def number(self, name: str, low: float, high: float) -> float:
        value = self.record.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise self.fault(name, f"a number from {low:g} to {high:g}")
        return float(value)

    def day(self, name: str) -> date | None:
        if not self.has(name):
            return None
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise self.fault(name, "a date such as 2025-05-08") from None

    def days(self, name: str) -> tuple[date | None, date | None]:
        """A range of days, its first and last; two times None where there is none."""
        if not self.has(name):
            return None, None
        try:
            first, last = (date.fromisoformat(day) for day in self.record[name])
        except (TypeError, ValueError):
            raise self.fault(name, "two dates such as 2025-05-08") from None
        return first, last

    def pairs(self, name: str) -> list[tuple[object, object]]:
        value = self.record.get(name)
        if not isinstance(value, list) or not all(isinstance(one, list) and len(one) == 2 for one in value):
            raise self.fault(name, "a list of pairs")
        return [(one[0], one[1]) for one in value]

    def choice(self, name: str, value: str, kind: type[_Enum]) -> _Enum:
        try:
            return kind(value)
        except ValueError:
            raise self.fault(name, f"one of {', '.join(kind)}") from None

    def span(self) -> Span:
        """The object's own ``start`` and ``end``."""
        start, end = self.whole("start"), self.whole("end")
        if end < start:
            raise self.fault("end", f"an offset not before start ({start})")
        return Span(start, end)

    def pair(self, name: str) -> Span | None:
        """A span written as two offsets."""
        value = self.record.get(name)
        if value is None:
            return None
        whole = isinstance(value, list) and len(value) == 2 and all(type(at) is int for at in value)
        if not whole or not 0 <= value[0] <= value[1] <= LARGEST:
            raise self.fault(name, "two offsets, start and end,")
        return Span(value[0], value[1])

    def fields(self, name: str) -> _Fields:
        if not self.has(name):
            raise self.fault(name, "an object")
        return _Fields(self.record[name], self.where, f"{self.path}.{name}" if self.path else name)

    def each(self, name: str, read: Callable[[_Fields], _Item]) -> tuple[_Item, ...]:
        value = self.record.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fault(name, "a list")
        path = f"{self.path}.{name}" if self.path else name
        return tuple(read(_Fields(item, self.where, f"{path}[{at}]")) for at, item in enumerate(value))

    def check_version(self) -> None:
        """Records of a later major version may mean other things by the same names."""
        version = self.maybe("schema_version")
        if version is not None and version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
            raise InputError(
                self.where,
                f"schema_version: {version} is not one that this version reads ({SCHEMA_VERSION})",
                "use the version of standoff that wrote it",
            )


_MEND = "see the claim record for the form of each field"
_Near = Callable[[str], Span]


def _short(value: object) -> str:
    text = "null" if value is None else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _read_mention(fields: _Fields) -> Mention:
    party = Party(fields.name("code"), fields.texts("sector"), fields.maybe("name") or "")
    return Mention(party, fields.text("entity_text"), fields.span())


def _read_source(fields: _Fields) -> Source:
    return Source(_read_mention(fields), fields.maybe("cue") or "", fields.pair("cue_span"))


def _read_count(fields: _Fields, near: _Near | None) -> Count:
    low, high, best = (fields.whole(name) if fields.has(name) else None for name in ("low", "high", "best"))
    if low is not None and high is not None and high < low:
        raise fields.fault("high", f"a number not below low ({low})")
    words = fields.text("text")
    kind = fields.choice("kind", fields.text("kind"), CountKind)
    span = fields.span() if near is None or fields.has("start") or fields.has("end") else near(words)
    # A record of an earlier version, or of another program, may not say; the figure's own words do.
    bound = fields.choice("bound", fields.text("bound"), Bound) if fields.has("bound") else bound_of(words)
    return Count(kind, low, high, best, fields.maybe("unit") or "", words, span, bound)


def _read_when(fields: _Fields, near: _Near) -> When | None:
    start, end = fields.day("date"), fields.day("enddate")
    words, span = fields.maybe("date_text"), fields.pair("date_span")
    if start is None and end is None and words is None and span is None:
        return None
    return When(start, end, words or "", span or near(words or ""))


def _read_where(fields: _Fields, near: _Near) -> Where:
    name, words, precision = fields.text("name"), fields.maybe("text"), fields.maybe("precision")
    own = fields.has("start") or fields.has("end")
    return Where(
        name=name,
        text=name if words is None else words,
        span=fields.span() if own else near(words or name),
        country=fields.maybe("country"),
        lat=fields.number("lat", -90, 90) if fields.has("lat") else None,
        lon=fields.number("lon", -180, 180) if fields.has("lon") else None,
        geonames_id=fields.whole("geonames_id") if fields.has("geonames_id") else None,
        precision="area" if precision is None else precision,
    )


def _read_position(fields: _Fields) -> Position:
    code, name = fields.name("party"), fields.maybe("name")
    return Position(f"{code}-{name}" if name else code, fields.texts("claims"), fields.text("value"))


def _read_turn(fields: _Fields) -> Turn:
    return Turn(fields.name("party"), fields.text("value"), fields.name("claim"), fields.day("reported"))


def _read_line(fields: _Fields) -> Line:
    low, high = (fields.whole(name) if fields.has(name) else None for name in ("low", "high"))
    return Line(
        party=fields.name("party"),
        value=fields.text("value"),
        claims=fields.texts("claims"),
        holds=fields.choice("holds", fields.text("holds"), Holds) if fields.has("holds") else Holds.OPEN,
        low=low,
        high=high,
        bound=fields.choice("bound", fields.text("bound"), Bound) if fields.has("bound") else Bound.EXACT,
        as_of=fields.day("as_of"),
        voices=fields.texts("voices"),
        first=fields.day("first"),
        latest=fields.day("latest"),
        words=fields.maybe("words") or "",
        series=fields.each("series", _read_turn),
    )


def _read_topic(fields: _Fields) -> Topic:
    return Topic(fields.text("topic"), fields.texts("parties"), fields.texts("claims"), fields.text("told"))


def _read_answer(fields: _Fields) -> Answer:
    return Answer(
        fields.choice("question", fields.text("question"), Question),
        fields.text("value"),
        fields.texts("claims"),
        fields.texts("voices"),
        fields.day("first"),
        fields.day("latest"),
    )


def _read_link(fields: _Fields) -> Link:
    return Link(fields.name("claim"), fields.maybe("reason") or "", fields.maybe("version") or "")
