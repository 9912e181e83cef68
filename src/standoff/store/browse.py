"""Looking through a store page by page: claims by facets and words, incidents and disputes by what lists show of them.

A page begins after a mark (the last row of the page before), not after so many rows: the thousandth page comes as
quickly as the first.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, text

from standoff.errors import InputError
from standoff.model import Asked, Claim, Dispute, Question, Verdict, shared_code
from standoff.records import asked_from_record, dispute_from_record, loads
from standoff.store import reviews as _reviews
from standoff.store import rows as _rows
from standoff.store import search as _search
from standoff.store import tables

if TYPE_CHECKING:
    from standoff.store import Store

LARGEST = 1000
"""Rows of a page, at most."""
MARK = 2000
"""Characters of a mark, at most."""
NONE = "none"
"""In a filter: without a value. A claim told in the outlet's own voice, asserted plainly, not reviewed."""


class Order(StrEnum):
    """How claims are ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    UNSURE = "unsure"
    """The least confident first, as a review wants them."""
    SURE = "sure"
    REPORT = "report"
    """By report, and in it by their order in the text."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims. Of several values in one field any will do; all fields have to hold."""

    event: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    """According to whom; ``none``: the outlet itself."""
    party: tuple[str, ...] = ()
    """In any of these roles."""
    outlet: tuple[str, ...] = ()
    doc: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    """Where it happened."""
    place: tuple[str, ...] = ()
    aux: tuple[str, ...] = ()
    """``none``: asserted as having happened now."""
    verdict: tuple[str, ...] = ()
    """``none``: not reviewed."""
    incident: tuple[str, ...] = ()
    since: date | None = None
    """The day it happened on; where none is told, the day of the report."""
    until: date | None = None
    sure: float | None = None
    """At least so confident."""
    words: str = ""
    """Words and "phrases" that stand in the claim's own words."""

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


FACETS = ("event", "actor", "recipient", "source", "outlet", "country", "aux", "verdict")
_ROLES = ("actor", "recipient", "source")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list: as the machine read it and as people have it, with the report it stands in."""

    claim: Claim
    read: Claim
    verdict: Verdict | None
    title: str | None
    outlet: str | None
    published: date | None
    incident: str | None
    url: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the mark that the next page begins after; None on the last."""

    rows: tuple[Any, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a list or on a map."""

    id: str
    event: str
    start: date | None
    end: date | None
    parties: tuple[str, ...]
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    claims: int
    reports: int
    disputes: int
    severity: float
    title: str = ""
    """A headline; empty in a store that was reconciled before there were any."""
    likely: float = 1.0
    """How likely it is one happening, of the kind that its headline says."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many claims tell of one kind of event on one day, by whom it was done and in whose telling."""

    day: date
    event: str
    actor: str
    recipient: str
    """Empty where none is named."""
    teller: str
    """The first source; ``none``: the outlet itself."""
    claims: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet by its reports in a store."""

    country: str | None
    reports: int
    latest: str | None
    """The day of its latest report."""
    named: bool
    """Its name is known, and not its domain alone."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list."""

    id: str
    title: str | None
    outlet: str | None
    published: date | None
    language: str
    claims: int


class Browse:
    """Pages of a store. Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- claims ------------------------------------------------------------------------------------------------------

    def claims(self, wanted: Wanted, *, order: Order = Order.NEWEST, after: str | None = None, limit: int = 50) -> Page:
        """A page of claims.

        Raises:
            InputError: ``after`` is no mark that a page of this order gave.
        """
        limit = max(1, min(limit, LARGEST))
        keys, columns, down = _ordering(order)
        begin = _past(keys, columns, _unmark(after, len(columns)), down) if after is not None else None
        with self._store.reading() as connection:
            query = _where(connection, select(tables.claim.c.id, *columns), wanted)
            if begin is not None:
                query = query.where(begin)
            query = query.order_by(*(column.desc() if down else column.asc() for column in columns)).limit(limit + 1)
            found = connection.execute(query).all()
            more = len(found) > limit
            found = found[:limit]
            rows = _claim_rows(connection, [row[0] for row in found])
            return Page(rows, _mark(list(found[-1])[1:]) if more else None)

    def every(self, wanted: Wanted, *, order: Order = Order.NEWEST, step: int = 500) -> Iterator[ClaimRow]:
        """All claims that are wanted, read page by page."""
        after: str | None = None
        while True:
            page = self.claims(wanted, order=order, after=after, limit=step)
            yield from page.rows
            if page.after is None:
                return
            after = page.after

    def count(self, wanted: Wanted) -> int:
        """How many claims there are."""
        with self._store.reading() as connection:
            query = _where(connection, select(func.count()).select_from(tables.claim), wanted)
            return connection.execute(query).scalar() or 0

    def row(self, claim: str) -> ClaimRow | None:
        """One claim as a row."""
        with self._store.reading() as connection:
            found = _claim_rows(connection, [claim])
            return found[0] if found else None

    def rows(self, claims: Sequence[str]) -> tuple[ClaimRow, ...]:
        """Claims by their ids, in that order; those that are gone are left out."""
        with self._store.reading() as connection:
            return _claim_rows(connection, claims)

    def facets(self, wanted: Wanted, most: int = 12) -> dict[str, list[tuple[str, int]]]:
        """Of each facet the values and how many claims they leave, most first.

        A facet counts what choosing another of its values would give: its own choice is left out of its figures.
        """
        chosen = [facet for facet in FACETS if getattr(wanted, facet)]
        with self._store.reading() as connection:
            found = _counted(connection, wanted, [facet for facet in FACETS if facet not in chosen])
            for facet in chosen:
                without: dict[str, Any] = {facet: ()}
                found |= _counted(connection, replace(wanted, **without), [facet])
        ranked = {}
        for facet in FACETS:
            own = set(getattr(wanted, facet))
            ranked[facet] = sorted(found[facet].items(), key=lambda item: (item[0] not in own, -item[1], item[0]))[
                :most
            ]
        return ranked

    # -- reports -----------------------------------------------------------------------------------------------------

    def reports(
        self, ids: Sequence[str] | None = None, *, since: datetime | None = None, most: int = 500
    ) -> list[ReportRow]:
        """Reports without their texts, the latest published first; of ``ids`` in their order, or those captured since."""
        document, claim = tables.document, tables.claim
        query = select(
            document.c.id,
            document.c.title,
            document.c.outlet,
            document.c.domain,
            document.c.published,
            document.c.language,
            document.c.captured,
            select(func.count()).where(claim.c.doc == document.c.id).scalar_subquery().label("claims"),
        )
        if ids is not None:
            query = query.where(document.c.id.in_(ids))
        if since is not None:
            query = query.where(document.c.captured > since.isoformat())
        query = query.order_by(func.coalesce(document.c.published, "").desc(), document.c.id).limit(most)
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
        found = [
            ReportRow(
                row.id,
                row.title,
                row.outlet or row.domain,
                date.fromisoformat(row.published) if row.published else None,
                row.language,
                row.claims,
            )
            for row in rows
        ]
        if ids is not None:
            found.sort(key=lambda one: ids.index(one.id))
        return found

    def days(self) -> tuple[int, date | None, date | None]:
        """How many reports there are, and the first and the last day they were published on."""
        document = tables.document
        query = select(func.count(), func.min(document.c.published), func.max(document.c.published))
        with self._store.reading() as connection:
            count, first, last = connection.execute(query).one()
        return count, *(date.fromisoformat(day) if day else None for day in (first, last))

    def undated(self) -> int:
        """How many reports have no day."""
        with self._store.reading() as connection:
            query = select(func.count()).where(tables.document.c.published.is_(None))
            return connection.execute(query).scalar() or 0

    def outlet_names(self) -> dict[str, str]:
        """What the outlet of each report is called, by report; the report's own id where none is known."""
        document = tables.document
        with self._store.reading() as connection:
            rows = connection.execute(select(document.c.id, document.c.outlet, document.c.domain))
            return {row.id: row.outlet or row.domain or row.id for row in rows}

    def outlets(self) -> list[tuple[str, Outlet]]:
        """The outlets of all reports, those with the most first; by domain where no name is known."""
        document = tables.document
        name = func.coalesce(document.c.outlet, document.c.domain)
        found = select(
            name.label("name"),
            func.max(document.c.country).label("country"),
            func.count().label("reports"),
            func.max(document.c.published).label("latest"),
            func.count(document.c.outlet).label("named"),
        ).where(name.is_not(None))
        with self._store.reading() as connection:
            rows = connection.execute(found.group_by(name).order_by(func.count().desc(), name))
            return [(row.name, Outlet(row.country, row.reports, row.latest, bool(row.named))) for row in rows]

    # -- incidents and disputes ---------------------------------------------------------------------------------------

    def incidents(
        self,
        *,
        party: str | None = None,
        event: str | None = None,
        since: date | None = None,
        until: date | None = None,
        disputed: bool = False,
        placed: bool | None = None,
        least: float = 0.0,
        below: float | None = None,
        after: str | None = None,
        limit: int = 50,
        ids: Sequence[str] | None = None,
    ) -> Page:
        """A page of incidents, the newest first; those without a day stand last. ``placed``: with a position, or without.
        ``least`` and ``below``: how likely they are to be one happening, of the kind that their headline says.

        Raises:
            InputError: ``after`` is no mark that a page gave.
        """
        table = tables.incident
        day = func.coalesce(table.c.start, "")
        query = _incidents(select(table), party, event, since, until, disputed, placed, least, below)
        if ids is not None:
            query = query.where(table.c.id.in_(ids))
        if after is not None:
            query = query.where(_past(("day", "id"), (day, table.c.id), _unmark(after, 2), True))
        query = query.order_by(day.desc(), table.c.id.desc()).limit(limit + 1)
        with self._store.reading() as connection:
            found = connection.execute(query).all()
        rows = tuple(_incident_row(row) for row in found[:limit])
        last = found[limit - 1] if len(found) > limit else None
        return Page(rows, _mark([last.start or "", last.id]) if last is not None else None)

    def count_incidents(
        self,
        *,
        party: str | None = None,
        event: str | None = None,
        since: date | None = None,
        until: date | None = None,
        disputed: bool = False,
        placed: bool | None = None,
        least: float = 0.0,
        below: float | None = None,
    ) -> int:
        """How many incidents there are."""
        query = select(func.count()).select_from(tables.incident)
        with self._store.reading() as connection:
            query = _incidents(query, party, event, since, until, disputed, placed, least, below)
            return connection.execute(query).scalar() or 0

    def told_days(self) -> tuple[date | None, date | None]:
        """The first and the last day that anything is told of, or that a report came on."""
        claim, document = tables.claim, tables.document
        with self._store.reading() as connection:
            told = connection.execute(
                select(func.min(claim.c.date), func.max(func.coalesce(claim.c.enddate, claim.c.date)))
            ).one()
            came = connection.execute(select(func.min(document.c.published), func.max(document.c.published))).one()
        days = sorted(date.fromisoformat(day) for day in (*told, *came) if day)
        return (days[0], days[-1]) if days else (None, None)

    def incident_facets(self, least: float = 0.0, below: float | None = None) -> dict[str, list[tuple[str, int]]]:
        """What incidents so likely are of, with how many: types, and parties."""
        table = tables.incident
        listed = [table.c.claims > 0, table.c.likely >= least]
        if below is not None:
            listed.append(table.c.likely < below)
        with self._store.reading() as connection:
            grouped = select(table.c.event, func.count()).where(*listed).group_by(table.c.event)
            events = [(row[0], row[1]) for row in connection.execute(grouped) if row[0]]
            parties: Counter[str] = Counter()
            for held in connection.execute(select(table.c.parties).where(*listed)).scalars():
                parties.update(json.loads(held or "[]"))
        events.sort(key=lambda item: (-item[1], item[0]))
        return {"event": events, "party": sorted(parties.items(), key=lambda item: (-item[1], item[0]))}

    def most_told(self, limit: int = 60, least: float = 0.0) -> tuple[IncidentRow, ...]:
        """The incidents that most reports tell of, of those that are at the ``least`` so likely."""
        table = tables.incident
        query = select(table).where(table.c.claims > 0, table.c.likely >= least)
        query = query.order_by(table.c.reports.desc(), table.c.claims.desc(), table.c.id).limit(limit)
        with self._store.reading() as connection:
            return tuple(_incident_row(row) for row in connection.execute(query))

    def questions(self, incidents: Sequence[str]) -> list[Asked]:
        """What these incidents ask, in the order they were saved."""
        table = tables.question
        found: list[tuple[int, Asked]] = []
        with self._store.reading() as connection:
            for start in range(0, len(incidents), 500):
                some = table.c.incident.in_(incidents[start : start + 500])
                for row in connection.execute(select(table.c.ordinal, table.c.record).where(some)):
                    found.append((row.ordinal, asked_from_record(loads(row.record, "question"), "question")))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def figures(self) -> list[Asked]:
        """Every question of how many, in the order they were saved."""
        table = tables.question
        query = select(table.c.record).where(table.c.question == Question.HOW_MANY.value).order_by(table.c.ordinal)
        with self._store.reading() as connection:
            records = connection.execute(query).scalars().all()
        return [asked_from_record(loads(record, "question"), "question") for record in records]

    def moved(self, id: str) -> str | None:
        """Where the address of an incident or a dispute leads that has another id now."""
        table = tables.moved
        with self._store.reading() as connection:
            return connection.execute(select(table.c.new).where(table.c.old == id)).scalar()

    def incident_of(self, claims: Sequence[str]) -> dict[str, str]:
        """The incident that each claim is linked with."""
        table = tables.incident_link
        found: dict[str, str] = {}
        with self._store.reading() as connection:
            for start in range(0, len(claims), 500):
                some = select(table.c.claim, table.c.incident).where(table.c.claim.in_(claims[start : start + 500]))
                found.update({row.claim: row.incident for row in connection.execute(some)})
        return found

    def confidence(self, claims: Sequence[str]) -> dict[str, float]:
        """How sure each claim is; what a person accepted or corrected is sure."""
        table = tables.claim
        found: dict[str, float] = {}
        with self._store.reading() as connection:
            for start in range(0, len(claims), 500):
                some = table.c.id.in_(claims[start : start + 500])
                for row in connection.execute(select(table.c.id, table.c.confidence, table.c.verdict).where(some)):
                    borne = row.verdict in (Verdict.ACCEPT.value, Verdict.CORRECT.value)
                    found[row.id] = 1.0 if borne else float(row.confidence)
        return found

    def of_incident(self, incident: str, limit: int) -> tuple[ClaimRow, ...]:
        """The first claims of an incident, as it was drawn."""
        link = tables.incident_link
        wanted = select(link.c.claim).where(link.c.incident == incident).order_by(link.c.ordinal).limit(limit)
        with self._store.reading() as connection:
            return _claim_rows(connection, tuple(connection.execute(wanted).scalars()))

    def acted(self, incidents: Sequence[str]) -> frozenset[str]:
        """Those of the incidents of which some claim names who did it."""
        link, party = tables.incident_link, tables.claim_party
        named = select(link.c.incident).join(party, party.c.claim == link.c.claim).where(party.c.role == "actor")
        with self._store.reading() as connection:
            found: set[str] = set()
            for start in range(0, len(incidents), 500):
                some = named.where(link.c.incident.in_(incidents[start : start + 500])).distinct()
                found.update(connection.execute(some).scalars())
        return frozenset(found)

    def disputes(self, incident: str | None = None, ids: Sequence[str] | None = None) -> list[Dispute]:
        """Disputes, the gravest first."""
        table = tables.dispute
        query = select(table.c.record)
        if incident is not None:
            query = query.where(table.c.incident == incident)
        if ids is not None:
            query = query.where(table.c.id.in_(ids))
        with self._store.reading() as connection:
            found = [dispute_from_record(loads(r, "dispute"), "dispute") for r in connection.execute(query).scalars()]
        return sorted(found, key=lambda one: (-one.severity, one.id))

    # -- figures -----------------------------------------------------------------------------------------------------

    def parties(self) -> dict[str, list[tuple[str, int]]]:
        """Every party that acts, suffers or speaks: by key, its names with how often each stands, most first."""
        party = tables.claim_party
        query = select(party.c.party, party.c.name, func.count().label("n")).group_by(party.c.party, party.c.name)
        found: dict[str, list[tuple[str, int]]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(query.order_by(party.c.party, func.count().desc(), party.c.name)):
                found.setdefault(row.party, []).append((row.name, row.n))
        return found

    def told(self, wanted: Wanted) -> list[Told]:
        """Claims that assert something as having happened, counted by day, event, parties and teller.

        A claim without a day stands on the day of its report.

        Of several parties in one role the first one stands for all, so that each claim is counted once.
        """
        claim = tables.claim
        roles = {role: tables.claim_party.alias() for role in _ROLES}
        day = func.coalesce(claim.c.date, tables.document.c.published).label("day")
        columns = [day, claim.c.event, *(roles[role].c.party.label(role) for role in _ROLES)]
        joined: Any = claim.join(tables.document, tables.document.c.id == claim.c.doc)
        for role, party in roles.items():
            on = and_(party.c.claim == claim.c.id, party.c.role == role, party.c.ordinal == 0)
            joined = joined.join(party, on, isouter=role != "actor")
        query = select(*columns, func.count().label("n")).select_from(joined)
        with self._store.reading() as connection:
            query = _where(connection, query, wanted).where(
                day.is_not(None),
                claim.c.aux == "[]",
                or_(claim.c.verdict.is_(None), claim.c.verdict != Verdict.REJECT.value),
            )
            found = connection.execute(query.group_by(*columns)).all()
        return sorted(
            (
                Told(date.fromisoformat(r.day), r.event, r.actor, r.recipient or "", r.source or NONE, r.n)
                for r in found
            ),
            key=lambda told: (told.day, told.event, told.actor, told.recipient, told.teller),
        )

    def totals(self) -> dict[str, int]:
        """How much a store holds."""
        held = {
            "reports": tables.document,
            "claims": tables.claim,
            "failures": tables.failure,
            "unreconciled": tables.unreconciled,
        }
        with self._store.reading() as connection:
            found = {n: connection.execute(select(func.count()).select_from(t)).scalar() or 0 for n, t in held.items()}
            told = select(func.count()).select_from(tables.incident).where(tables.incident.c.claims > 0)
            found["incidents"] = connection.execute(told).scalar() or 0  # as they are listed
            # Incidents carry how many disputes stand, drawn as they were saved; the rest belong to none.
            of_incidents = connection.execute(select(func.sum(tables.incident.c.disputes))).scalar() or 0
            alone = select(tables.dispute.c.record).where(tables.dispute.c.incident.is_(None))
            records = connection.execute(alone).scalars().all()
        loose = [dispute_from_record(loads(record, "dispute"), "dispute") for record in records]
        found["disputes"] = int(of_incidents) + sum(one.state != "settled" for one in loose)
        return found

    def stamp(self) -> tuple[Any, ...]:
        """Something that is different after whatever was written: what was drawn for an equal stamp still holds."""
        return self._store.changes()


def _incidents(
    query: Select[Any],
    party: str | None,
    event: str | None,
    since: date | None,
    until: date | None,
    disputed: bool,
    placed: bool | None,
    least: float,
    below: float | None,
) -> Select[Any]:
    table = tables.incident
    query = query.where(table.c.claims > 0)
    if party is not None:
        query = query.where(table.c.parties.contains(json.dumps(party), autoescape=True))
    if event is not None:
        query = query.where(table.c.event == event)
    if since is not None:
        query = query.where(table.c.end >= since.isoformat())
    if until is not None:
        query = query.where(table.c.start <= until.isoformat())
    if disputed:
        query = query.where(table.c.disputes > 0)
    if placed is not None:
        query = query.where(table.c.latitude.is_not(None) if placed else table.c.latitude.is_(None))
    if least > 0:
        query = query.where(table.c.likely >= least)
    if below is not None:
        query = query.where(table.c.likely < below)
    return query


def _counted(connection: Connection, wanted: Wanted, facets: Sequence[str]) -> dict[str, Counter[str]]:
    """How many of the claims have each value, facet by facet, in two looks at the store."""
    claim, party, document = tables.claim, tables.claim_party, tables.document
    found: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    columns = {"event": claim.c.event, "country": claim.c.place_country, "aux": claim.c.aux, "verdict": claim.c.verdict}
    own = [facet for facet in facets if facet in columns]
    grouped = [columns[facet] for facet in own]
    total = 0
    query = _where(connection, select(func.count().label("n"), *grouped).select_from(claim), wanted).group_by(*grouped)
    for row in connection.execute(query):
        total += row[0]
        for facet, value in zip(own, row[1:], strict=False):
            if facet == "aux":
                for mode in json.loads(value) or [NONE]:
                    found[facet][mode] += row[0]
            elif value is not None or facet == "verdict":
                found[facet][value or NONE] += row[0]
    if "outlet" in facets:
        per_doc = (
            _where(connection, select(claim.c.doc, func.count().label("n")), wanted).group_by(claim.c.doc).subquery()
        )
        per_outlet = select(document.c.outlet, func.sum(per_doc.c.n)).join(per_doc, per_doc.c.doc == document.c.id)
        for outlet, n in connection.execute(per_outlet.group_by(document.c.outlet)):
            found["outlet"][outlet or NONE] += int(n)
    roles = [facet for facet in facets if facet in _ROLES]
    if roles:
        named = select(party.c.role, party.c.party, func.count(party.c.claim.distinct())).where(party.c.role.in_(roles))
        spoken = select(func.count(party.c.claim.distinct())).where(party.c.role == "source")
        if wanted:
            held = _where(connection, select(claim.c.id), wanted)
            named, spoken = named.where(party.c.claim.in_(held)), spoken.where(party.c.claim.in_(held))
        for role, key, n in connection.execute(named.group_by(party.c.role, party.c.party)):
            found[role][key] = n
        if "source" in roles and total and (left := total - (connection.execute(spoken).scalar() or 0)):
            found["source"][NONE] = left
    return found


def _on(own: ColumnElement[bool], of_report: ColumnElement[bool]) -> ColumnElement[bool]:
    """A claim stands on its own day; where it has none, on that of its report."""
    published = select(tables.document.c.id).where(of_report)
    return or_(own, and_(tables.claim.c.date.is_(None), tables.claim.c.doc.in_(published)))


def of_parties(keys: Sequence[str]) -> ColumnElement[bool]:
    """Rows of mentions of the parties of these keys; one that shares its code with others is told by its name."""
    party = tables.claim_party
    alone = [shared_code(key) for key in keys]
    named = [and_(party.c.party == code, party.c.name.contains(name, autoescape=True)) for code, name in alone if name]
    return or_(party.c.party.in_([key for key, (_, name) in zip(keys, alone, strict=True) if not name]), *named)


def _where(connection: Connection, query: Select[Any], wanted: Wanted) -> Select[Any]:
    claim, party, document = tables.claim, tables.claim_party, tables.document
    for role in (*_ROLES, "party"):
        values = getattr(wanted, role)
        if not values:
            continue
        named: list[ColumnElement[bool]] = []
        keys = [value for value in values if value != NONE]
        if keys:
            held = select(party.c.claim).where(of_parties(keys))
            named.append(claim.c.id.in_(held.where(party.c.role == role) if role in _ROLES else held))
        if NONE in values:
            named.append(~exists().where(party.c.claim == claim.c.id, party.c.role == role))
        query = query.where(or_(*named))
    for name, column in (
        ("event", claim.c.event),
        ("country", claim.c.place_country),
        ("place", claim.c.place),
        ("doc", claim.c.doc),
        ("verdict", claim.c.verdict),
    ):
        if values := getattr(wanted, name):
            query = query.where(_among(column, values))
    if wanted.aux:
        holds = [
            claim.c.aux == "[]" if value == NONE else claim.c.aux.contains(f'"{value}"', autoescape=True)
            for value in wanted.aux
        ]
        query = query.where(or_(*holds))
    if wanted.outlet:
        query = query.where(
            claim.c.doc.in_(select(tables.document.c.id).where(_among(tables.document.c.outlet, wanted.outlet)))
        )
    if wanted.incident:
        link = tables.incident_link
        query = query.where(claim.c.id.in_(select(link.c.claim).where(link.c.incident.in_(wanted.incident))))
    if wanted.since is not None:
        query = query.where(
            _on(claim.c.date >= wanted.since.isoformat(), document.c.published >= wanted.since.isoformat())
        )
    if wanted.until is not None:
        query = query.where(
            _on(claim.c.date <= wanted.until.isoformat(), document.c.published <= wanted.until.isoformat())
        )
    if wanted.sure is not None:
        query = query.where(claim.c.confidence >= wanted.sure)
    if terms := _search.terms(wanted.words):
        query = query.where(_search.claims(connection, terms))
    elif wanted.words.strip():
        query = query.where(text("1 = 0"))
    return query


def _among(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    keys = [value for value in values if value != NONE]
    return or_(*([column.in_(keys)] if keys else []), *([column.is_(None)] if NONE in values else []))


def _ordering(order: Order) -> tuple[tuple[str, ...], tuple[ColumnElement[Any], ...], bool]:
    claim = tables.claim
    day = func.coalesce(claim.c.date, tables.EMPTY)
    if order is Order.REPORT:
        return ("doc", "ordinal"), (claim.c.doc, claim.c.ordinal), False
    if order in (Order.UNSURE, Order.SURE):
        return ("confidence", "id"), (claim.c.confidence, claim.c.id), order is Order.SURE
    return ("day", "id"), (day, claim.c.id), order is Order.NEWEST


def _past(
    keys: Sequence[str], columns: Sequence[ColumnElement[Any]], values: Sequence[Any], down: bool
) -> ColumnElement[bool]:
    """Rows that stand after these values; two columns, as (a, b) > (x, y), written so that an index serves it."""
    first, second = columns
    at, then = values
    if keys[0] == "confidence" and not isinstance(at, int | float):
        raise _no_mark()
    if keys[0] != "confidence" and not isinstance(at, str):
        raise _no_mark()
    if not isinstance(then, int if keys[1] == "ordinal" else str):
        raise _no_mark()
    if down:
        return and_(first <= at, or_(first < at, second < then))
    return and_(first >= at, or_(first > at, second > then))


def _mark(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values), ensure_ascii=False).encode()).decode().rstrip("=")


def _unmark(mark: str, parts: int) -> list[Any]:
    try:
        if len(mark) > MARK:
            raise ValueError
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise _no_mark() from None
    if not isinstance(values, list) or len(values) != parts:
        raise _no_mark()
    return values


def _no_mark() -> InputError:
    return InputError("after", "not a mark of a page", "begin with the first page, and follow its next")


def _claim_rows(connection: Connection, ids: Sequence[str]) -> tuple[ClaimRow, ...]:
    claim, document, link = tables.claim, tables.document, tables.incident_link
    found: dict[str, ClaimRow] = {}
    for start in range(0, len(ids), 500):
        some = list(ids[start : start + 500])
        query = (
            select(
                claim.c.id,
                claim.c.record,
                claim.c.verdict,
                document.c.title,
                document.c.outlet,
                document.c.published,
                document.c.url,
                document.c.sha256,
                link.c.incident,
            )
            .join(document, document.c.id == claim.c.doc)
            .outerjoin(link, link.c.claim == claim.c.id)
            .where(claim.c.id.in_(some))
        )
        rows = connection.execute(query).all()
        read = [_rows.claim_from_row(row) for row in rows]
        for row, machine, held in zip(rows, read, _reviews.applied(connection, read), strict=True):
            found[row.id] = ClaimRow(
                held,
                machine,
                Verdict(row.verdict) if row.verdict else None,
                row.title,
                row.outlet,
                date.fromisoformat(row.published) if row.published else None,
                row.incident,
                row.url,
                row.sha256,
            )
    return tuple(found[key] for key in ids if key in found)


def _incident_row(row: Row[Any]) -> IncidentRow:
    return IncidentRow(
        id=row.id,
        event=row.event,
        start=date.fromisoformat(row.start) if row.start else None,
        end=date.fromisoformat(row.end) if row.end else None,
        parties=tuple(json.loads(row.parties)),
        place=row.place,
        country=row.place_country,
        lat=row.latitude,
        lon=row.longitude,
        precision=row.place_precision,
        claims=row.claims,
        reports=row.reports,
        disputes=row.disputes,
        severity=row.severity,
        title=row.title,
        likely=row.likely,
    )
