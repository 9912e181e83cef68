"""The interface for programs, under ``/api/v1``: every table as JSON page by page or as CSV whole, and reviewing.

Records are those of ``docs/records.md``. A page names the next one; errors have one shape; offsets count code points
of the report's text, or UTF-16 units where ``offset_unit=utf16`` asks for them, as JavaScript and Java count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from itertools import chain, islice
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from standoff.analysis import alerts, series, study
from standoff.analysis.report import build
from standoff.analysis.report import record as report_record
from standoff.analysis.series import Numbers, Step, Weighing
from standoff.analysis.study import Study
from standoff.ingest.capture import now as captured_now
from standoff.model import SCHEMA_VERSION, DisputeKind, DisputeState, Document, Review, Verdict, among
from standoff.reconcile import dossier, policies
from standoff.records import Record, claim_record, dispute_record, document_record, dossier_record, dumps
from standoff.review import made
from standoff.store import query as query_
from standoff.store.browse import LARGEST, ClaimRow, IncidentRow, Order, Wanted
from standoff.store.people import Role
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.reports import marked_words
from standoff.web.reviews import judge
from standoff.web.tables import csv_lines, download
from standoff.web.view import drawn_once, needs, site


class Fault(BaseModel):
    """What went wrong: the input, the reason, the mend."""

    status: int
    what: str
    why: str
    mend: str


class Refusal(BaseModel):
    """The one shape of errors."""

    error: Fault


router = APIRouter(
    prefix="/api/v1",
    responses={
        code: {"model": Refusal, "description": words}
        for code, words in {
            400: "The request asks for what cannot be.",
            401: "Nobody is signed in.",
            403: "This takes another role.",
            404: "It is not in the store.",
            413: "The request is too large.",
            422: "A field is not well formed.",
            503: "The store cannot be used now.",
        }.items()
    },
)

_Row = TypeVar("_Row")
Text = Annotated[str, StringConstraints(max_length=500)]
Key = Annotated[str, Path(max_length=500)]
Mark = Annotated[str, Field(max_length=2000, description="The mark of the page before; take it from `next`.")]
Limit = Annotated[int, Field(ge=1, le=LARGEST, description="Rows of a page.")]


class OffsetUnit(StrEnum):
    """What offsets count."""

    CODEPOINT = "codepoint"
    UTF16 = "utf16"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Paged(_Asked):
    """A page of a table."""

    after: Mark | None = None
    limit: Limit = 50


def _chosen(field: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in query_.CHOICES[field]:
            raise ValueError(f"not one of {', '.join(sorted(query_.CHOICES[field]))}")
        return value

    return AfterValidator(check)


def _choices(field: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": sorted(query_.CHOICES[field])})


Event = Annotated[str, _chosen("event"), _choices("event")]
Aux = Annotated[str, _chosen("aux"), _choices("aux")]
Judged = Annotated[str, _chosen("verdict"), _choices("verdict")]
_many = Field(default=(), max_length=query_.MOST)


class ClaimsAsked(_Asked):
    """Which claims: of several values of one field any will do, all fields have to hold. `none` is "without"."""

    event: tuple[Event, ...] = _many
    actor: tuple[Text, ...] = _many
    recipient: tuple[Text, ...] = _many
    source: tuple[Text, ...] = _many
    party: tuple[Text, ...] = Field((), max_length=query_.MOST, description="In any of these roles.")
    outlet: tuple[Text, ...] = _many
    doc: tuple[Text, ...] = _many
    country: tuple[Text, ...] = _many
    place: tuple[Text, ...] = _many
    aux: tuple[Aux, ...] = _many
    verdict: tuple[Judged, ...] = _many
    incident: tuple[Text, ...] = _many
    since: date | None = None
    until: date | None = None
    sure: Annotated[float, Field(ge=0, le=1)] | None = None
    words: Text = ""
    order: Order = Order.NEWEST
    offset_unit: OffsetUnit = OffsetUnit.CODEPOINT

    def wanted(self) -> Wanted:
        return Wanted(**self.model_dump(exclude={"order", "offset_unit", "after", "limit"}))


class ClaimsPage(ClaimsAsked):
    """Which claims, and which page of them."""

    after: Mark | None = None
    limit: Limit = 50


class IncidentsAsked(_Asked):
    """Which incidents."""

    party: Text | None = None
    event: Event | None = None
    since: date | None = None
    until: date | None = None
    disputed: bool = False
    least: Annotated[float, Field(ge=0, le=1)] = 0.0
    """How likely each is one happening, of the kind that its headline says."""


class IncidentsPage(IncidentsAsked):
    """Which incidents, and which page of them."""

    after: Mark | None = None
    limit: Limit = 50


class DisputesAsked(_Asked):
    """Which disputes."""

    kind: DisputeKind | None = None
    state: DisputeState | None = None
    party: Text | None = None


class SeriesAsked(_Asked):
    """Two parties, by their keys or names, and how what they did to each other is counted."""

    a: Text
    b: Text
    step: Step | None = None
    since: date | None = None
    until: date | None = None
    weighing: Weighing = Weighing.ONCE
    policy: Text = "ucdp"


class ReportAsked(_Asked):
    """What a situation report is on."""

    party: Text | None = None
    since: date | None = None
    until: date | None = None
    policy: Text = "ucdp"


class Page(BaseModel, Generic[_Row]):
    """Some rows, and where the next ones are."""

    schema_version: str = SCHEMA_VERSION
    rows: list[_Row]
    next: str | None = Field(description="The path of the next page; null on the last.")


class Judgement(_Asked):
    """What a reviewer says of a claim. A correction names its slot and gives the value as a line, as the pages take it."""

    verdict: Verdict
    slot: Annotated[str, StringConstraints(max_length=40)] = ""
    value: Annotated[str, StringConstraints(max_length=2000)] = ""
    reason: Text = ""


class Choice(BaseModel):
    """A value of a facet, and how many claims it leaves."""

    value: str
    claims: int


class Kept(BaseModel):
    """The number that a review is kept under."""

    number: int


Records = dict[str, Any]


# -- claims ---------------------------------------------------------------------------------------------------------------


@router.get("/claims", response_model=Page[Records])
@drawn_once
def claims(request: Request, query: Annotated[ClaimsPage, Query()]) -> Response:
    """Claims as people corrected them, with their incident and what was made of them."""
    found = site(request).store.browse.claims(query.wanted(), order=query.order, after=query.after, limit=query.limit)
    in_units = _units(request, query.offset_unit)
    return _page([in_units(_claim(row)) for row in found.rows], _next(request, found.after))


@router.get("/claims.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def claims_csv(request: Request, query: Annotated[ClaimsAsked, Query()]) -> Response:
    in_units = _units(request, query.offset_unit)
    rows = site(request).store.browse.every(query.wanted(), order=query.order)
    return download(csv_lines((in_units(claim_record(row.claim)) for row in rows), "claims"), "claims.csv")


@router.get("/claims/{id}")
def claim(request: Request, id: Key, offset_unit: OffsetUnit = OffsetUnit.CODEPOINT) -> Records:
    """One claim, with what the machine read and every review."""
    held = site(request)
    row = held.store.browse.row(id)
    if row is None:
        raise Refused(404, f"claim {id[:60]}", "not in the store", "/api/v1/claims lists what is")
    in_units = _units(request, offset_unit)
    reviews = [_review(one) for one in held.store.reviews.of(id)]
    return in_units(_claim(row)) | {"read": in_units(claim_record(row.read)), "reviews": reviews}


@router.post("/claims/{id}/reviews", status_code=201)
def review(request: Request, id: Key, given: Judgement) -> Kept:
    """Accept, reject, or correct a slot of a claim."""
    who = needs(request, Role.REVIEWER)
    store = site(request).store
    return Kept(number=judge(store, id, who, given.verdict, given.slot, given.value, given.reason))


class Adding(_Asked):
    """A claim that the machine missed: the words that say it, by their place or as they stand, and its parts by name."""

    start: int | None = Field(None, ge=0, le=2**31, description="of the words, in code points")
    end: int | None = Field(None, ge=0, le=2**31)
    words: str = Field("", max_length=10_000, description="the words, where no place is given")
    event: str = Field(max_length=100, examples=["attack"])
    mode: str = Field("", max_length=500)
    context: str = Field("", max_length=500)
    aux: str = Field("", max_length=500)
    actor: str = Field("", max_length=2000, examples=["India"])
    recipient: str = Field("", max_length=2000)
    sources: str = Field("", max_length=2000, examples=["Khawaja Asif, Pakistan"])
    counts: str = Field("", max_length=2000, examples=["25 drones destroyed"])
    date: str = Field("", max_length=100, examples=["10 May 2025"])
    event_loc: str = Field("", max_length=500)
    reason: str = Field("", max_length=500)


@router.post("/documents/{id:path}/claims", status_code=201)
def add_claim(request: Request, id: Key, given: Adding) -> Kept:
    """Add a claim of a report. Incidents take it in at the next reconciling."""
    who, store = needs(request, Role.REVIEWER), site(request).store
    document = store.document(id)
    if document is None:
        raise Refused(404, f"report {id[:100]}", "not in the store", "/api/v1/documents lists what is")
    lines = {name: str(value) for name, value in given.model_dump().items() if value is not None}
    claim = made(document, marked_words(lines, document.text), lines)
    return Kept(number=store.made.make(claim, who.name, captured_now(), " ".join(given.reason.split())))


@router.post("/added/{number}/undo", status_code=204)
def undo_added(request: Request, number: Annotated[int, Path(ge=1, le=2**31)]) -> None:
    """Take an added claim back."""
    who = needs(request, Role.REVIEWER)
    site(request).store.made.undo(number, who.name, captured_now())


@router.post("/reviews/{number}/undo", status_code=204)
def undo(request: Request, number: Annotated[int, Path(ge=1, le=2**62)]) -> None:
    """Take a review back; it stays in the history."""
    who = needs(request, Role.REVIEWER)
    site(request).store.reviews.undo(number, who.name, _now())


@router.get("/reviews")
def reviews(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """Every review, in order."""
    return _numbered(request, query, (_review(one) for one in site(request).store.reviews.all()))


@router.get("/facets")
def facets(request: Request, query: Annotated[ClaimsAsked, Query()]) -> dict[str, list[Choice]]:
    """Of each facet of the claims the values and how many claims they leave, most first."""
    found = site(request).store.browse.facets(query.wanted())
    return {facet: [Choice(value=value, claims=n) for value, n in values] for facet, values in found.items()}


# -- reports --------------------------------------------------------------------------------------------------------------


@router.get("/documents")
def documents(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """Reports with where they come from, without their texts."""
    store = site(request).store
    begin = _begin(query)
    ids = store.ids()[begin : begin + query.limit + 1]
    rows = list(_without_texts(store.documents_of(ids[: query.limit])))
    return Page(rows=rows, next=_next(request, str(begin + query.limit) if len(ids) > query.limit else None))


@router.get("/documents.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def documents_csv(request: Request) -> Response:
    store = site(request).store
    ids = store.ids()
    some = (_without_texts(store.documents_of(ids[at : at + LARGEST])) for at in range(0, len(ids), LARGEST))
    return download(csv_lines(chain.from_iterable(some), "documents"), "documents.csv")


@router.get("/documents/{id}")
def document(request: Request, id: Key) -> Records:
    """One report with its text."""
    found = site(request).store.document(id)
    if found is None:
        raise Refused(404, f"document {id[:100]}", "not in the store", "/api/v1/documents lists what is")
    return document_record(found)


# -- incidents and disputes -----------------------------------------------------------------------------------------------


@router.get("/incidents", response_model=Page[Records])
@drawn_once
def incidents(request: Request, query: Annotated[IncidentsPage, Query()]) -> Response:
    """Incidents in short, the newest first."""
    found = site(request).store.browse.incidents(**query.model_dump())
    return _page([_incident(row) for row in found.rows], _next(request, found.after))


@router.get("/incidents.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def incidents_csv(request: Request, query: Annotated[IncidentsAsked, Query()]) -> Response:
    def every() -> Iterator[Record]:
        after: str | None = None
        while True:
            found = site(request).store.browse.incidents(**query.model_dump(), after=after, limit=LARGEST)
            yield from map(_incident, found.rows)
            after = found.after
            if after is None:
                return

    return download(csv_lines(every(), "incident-list"), "incidents.csv")


@router.get("/incidents/{id}")
def incident(request: Request, id: Key, policy: Annotated[str, Query(max_length=200)] = "ucdp") -> Records:
    """One incident whole: accounts, figures by a named policy, disputes, links."""
    policies.policy(policy)
    found = site(request).store.of_incident(id)
    if found is None:
        raise Refused(404, f"incident {id[:60]}", "not in the store", "/api/v1/incidents lists what is")
    reconciliation, held = found
    texts = site(request).store.documents_of({one.doc for one in held})
    (one,) = dossier.draw(reconciliation, {one.id: one for one in held}, texts, policy)
    return dossier_record(one)


@router.get("/disputes", response_model=Page[Records])
@drawn_once
def disputes(request: Request, query: Annotated[DisputesAsked, Query()]) -> Response:
    """Disputes, the gravest first, all of them."""
    return _page(list(_disputes(request, query)), None)


@router.get("/disputes.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def disputes_csv(request: Request, query: Annotated[DisputesAsked, Query()]) -> Response:
    return download(csv_lines(_disputes(request, query), "disputes"), "disputes.csv")


# -- parties and rules ----------------------------------------------------------------------------------------------------


@router.get("/series")
def series_(request: Request, query: Annotated[SeriesAsked, Query()]) -> Records:
    """What each account tells of two parties over time, in each direction; tension, changes and outlook."""
    found = _study(request, query)
    changes = [
        {
            "day": change.day.isoformat(),
            "before": round(change.before, 3),
            "after": round(change.after, 3),
            "drivers": [_plain(driver) for driver in change.drivers],
        }
        for change in found.changes
    ]
    answers = [
        {"first": one.first, "then": one.then, "deeds": one.deeds, "lags": [_plain(lag) for lag in one.lags]}
        for one in found.answers
    ]
    outlook = {
        "ahead": [_plain(one) for one in found.outlook.ahead],
        "trials": [_plain(one) for one in found.outlook.trials],
        "says": found.outlook.says,
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "parties": list(found.series.dyad),
        "step": found.series.step.value,
        "rows": list(series.records(found.series)),
        "tension": [
            {"account": account, "index": _numbers(one.index), "low": _numbers(one.low), "high": _numbers(one.high)}
            for account, one in found.tension.items()
        ],
        "changes": changes,
        "answers": answers,
        "outlook": outlook,
    }


@router.get("/report")
def report(request: Request, query: Annotated[ReportAsked, Query()]) -> Records:
    """A situation report: every sentence, what each number in it rests on, and the places of its sources."""
    held = site(request)
    with held.drawn.turn():
        return report_record(build.draw(held.store, **query.model_dump()))


@router.get("/alerts")
def raised(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """What rules of alerts have found, the latest first."""
    return _numbered(request, query, map(alerts.record, alerts.raised(site(request).store)))


@router.get("/parties")
def parties(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """Parties that act, suffer or speak: their keys, and the names that reports give them with how often."""
    return _numbered(request, query, _parties(request))


@router.get("/parties.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def parties_csv(request: Request) -> Response:
    return download(csv_lines(_parties(request), "parties"), "parties.csv")


@router.get("/policies")
def rules(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """The rules that turn the figures told of one loss into a range."""
    return _numbered(request, query, ({"name": p.name, "says": p.says} for p in policies.POLICIES.values()))


@router.get("/failures")
def failures(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """Inputs that could not be read, and why."""
    return _numbered(request, query, map(_plain, site(request).store.intake.failures()))


@router.get("/feeds")
def feeds(request: Request, query: Annotated[Paged, Query()]) -> Page[Records]:
    """Feeds that are watched."""
    return _numbered(request, query, map(_plain, site(request).store.intake.feeds()))


# -- how rows are written -------------------------------------------------------------------------------------------------


def _claim(row: ClaimRow) -> Record:
    more = {"title": row.title, "outlet": row.outlet, "published": row.published.isoformat() if row.published else None}
    verdict = row.verdict.value if row.verdict else None
    return claim_record(row.claim) | {"document": more, "incident": row.incident, "verdict": verdict}


def _incident(row: IncidentRow) -> Record:
    return _plain(row)


def _review(one: Review) -> Record:
    return _plain(one)


def _study(request: Request, query: SeriesAsked) -> Study:
    held = site(request)
    dyad = study.pair(held.store, query.a, query.b)
    with held.drawn.turn():
        found = study.draw(held.store, dyad, **query.model_dump(exclude={"a", "b"}))
    if found is None:
        raise Refused(404, f"series of {dyad[0]} and {dyad[1]}", "nothing is told in that time", "ask for other days")
    return found


def _numbers(values: Numbers) -> list[float | None]:
    """Null in gaps."""
    return [None if math.isnan(value) else round(float(value), 3) for value in values]


def _plain(row: Any) -> Record:
    return {
        name: value.isoformat()
        if isinstance(value, date | datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in asdict(row).items()
    }


def _without_texts(documents: Iterable[Document]) -> Iterator[Record]:
    for one in documents:
        record = document_record(one)
        del record["text"]
        yield record


def _disputes(request: Request, query: DisputesAsked) -> Iterator[Record]:
    for one in site(request).disputes:
        kept = query.kind in (None, one.kind) and query.state in (None, one.state)
        if kept and among(query.party, (position.party for position in one.positions)):
            yield dispute_record(one)


def _parties(request: Request) -> Iterator[Record]:
    for key, names in sorted(site(request).named.items()):
        yield {"party": key, "names": [{"name": name, "times": n} for name, n in names]}


def _numbered(request: Request, query: Paged, rows: Iterator[Record]) -> Page[Records]:
    """A page of a list that is drawn whole: its mark is how many rows came before."""
    begin = _begin(query)
    found = list(islice(rows, begin, begin + query.limit + 1))
    more = str(begin + query.limit) if len(found) > query.limit else None
    return Page(rows=found[: query.limit], next=_next(request, more))


def _begin(query: Paged) -> int:
    after = query.after or "0"
    if not (after.isascii() and after.isdecimal() and len(after) < 12):
        raise Refused(400, f"after {after[:60]!r}", "no mark of a page", "take it from next")
    return int(after)


def _page(rows: list[Record], following: str | None) -> Response:
    """A page as it is written: its records are ours, and need no look whether they are records."""
    return Response(
        dumps({"schema_version": SCHEMA_VERSION, "rows": rows, "next": following}), media_type="application/json"
    )


def _next(request: Request, after: str | None) -> str | None:
    return f"{request.url.path}?{asked.with_(request.query_params)}&after={after}" if after else None


def _units(request: Request, unit: OffsetUnit) -> Callable[[Record], Record]:
    """Gives a claim record with its offsets in a unit."""
    if unit is OffsetUnit.CODEPOINT:
        return lambda record: record
    texts: dict[str, str] = {}

    def give(record: Record) -> Record:
        doc = record["doc"]
        if doc not in texts:
            if len(texts) > 50:
                texts.clear()
            found = site(request).store.document(doc)
            texts[doc] = found.text if found else ""
        text = texts[doc]
        return record if max(text, default="") < "\U00010000" else in_utf16(record, text)

    return give


_OFFSETS = frozenset({"start", "end"})
_SPANS = frozenset({"date_span", "cue_span"})


def in_utf16(value: Any, text: str) -> Any:
    """A claim record whose offsets count UTF-16 units of the text.

    >>> in_utf16({"start": 1, "end": 2, "low": 1, "cue_span": [0, 1]}, "\\U0001f4a5!")
    {'start': 2, 'end': 3, 'low': 1, 'cue_span': [0, 2]}
    """

    def at(offset: int) -> int:
        return offset + sum(letter > "\uffff" for letter in text[:offset])

    if isinstance(value, list):
        return [in_utf16(one, text) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: at(one)
        if name in _OFFSETS and isinstance(one, int)
        else [at(part) for part in one]
        if name in _SPANS and one
        else in_utf16(one, text)
        for name, one in value.items()
    }


def _now() -> datetime:
    from standoff.ingest.capture import now

    return now()
