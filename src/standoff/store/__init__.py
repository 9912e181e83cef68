"""Where documents, their claims and what reconciling adds are kept: a SQLite file, or PostgreSQL by URL.

>>> from standoff.store import open_store
>>> with open_store("reports.db") as store:               # doctest: +SKIP
...     store.add(document, claims)
...     store.claims(party="PAK", limit=10)

Every call is one transaction: what fails leaves nothing behind. Any thread may use a store; writes stand in line.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, exists, func, insert, or_, select, update

from standoff.errors import InputError, StoreError
from standoff.model import (
    Account,
    Asked,
    Claim,
    Dispute,
    Document,
    HandLink,
    Incident,
    Reading,
    Reconciliation,
    Verdict,
)
from standoff.reconcile import identity
from standoff.reconcile.way import way
from standoff.records import check_quote, dumps, loads, reconciliation_from_record, reconciliation_record
from standoff.store import engine as _engine
from standoff.store import made as _made
from standoff.store import readings as _readings
from standoff.store import reviews as _reviews
from standoff.store import rows as _rows
from standoff.store import search as _search
from standoff.store import summaries as _summaries
from standoff.store import tables
from standoff.store.alerts import Alerts
from standoff.store.browse import Browse, of_parties
from standoff.store.decisions import Decisions
from standoff.store.intake import Intake
from standoff.store.made import Made
from standoff.store.outbox import Outbox
from standoff.store.people import People
from standoff.store.readings import Readings
from standoff.store.reviews import Reviews, owe
from standoff.store.search import Hit

__all__ = ["Added", "Hit", "Store", "open_store"]

TIMEOUT = 30.0
"""Seconds that a write waits for another program's to finish."""
UNDOS = 10
"""How many reconcilings can be undone."""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did."""

    new: bool
    """The document was not in the store."""
    changed: bool
    """Something was written: False where the store held just this already."""
    withdrawn: bool
    """The incidents, accounts and disputes rested on claims that are gone or changed, and were taken back."""


def open_store(where: str | Path, *, timeout: float = TIMEOUT) -> Store:
    """Open or make a store: a SQLite file, or a database by its SQLAlchemy URL.

    An older store is brought up to date; a file that cannot be written to is read as it is. ``timeout`` is how many seconds to wait for another program's write.

    Raises:
        StoreError: it cannot be opened, is no store, or is of a newer version.
    """
    url = _engine.locate(where)
    name = _engine.shown(url)
    return Store(_engine.connect(_engine.readable(url), timeout, name), name)


class Store:
    """An open store. A context manager; :func:`open_store` makes it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self.url = engine.url
        """Where it is. Printed, the password is left out."""
        self.readonly = engine.url.query.get("mode") == "ro"
        """Nothing can be written to it."""
        self._engine: Engine | None = engine
        self._writing = threading.Lock()
        self.alerts = Alerts(self)
        self.intake = Intake(self)
        self.outbox = Outbox(self)
        self.readings = Readings(self)
        self.reviews = Reviews(self)
        self.made = Made(self)
        self.decided = Decisions(self)
        self.people = People(self)
        self.browse = Browse(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. A closed store can be closed again, and nothing else."""
        if self._engine is not None:
            with _engine.faults(self.name):
                self._engine.dispose()
            self._engine = None

    # -- documents and claims ----------------------------------------------------------------------------------------

    def add(self, document: Document, claims: Iterable[Claim], readings: Iterable[Reading] = ()) -> Added:
        """Keep a document and its claims, in their order; its earlier claims are replaced.

        ``readings`` say who read it so; what another reader read before is kept beside them.

        Adding the same again changes nothing. Where claims that incidents, accounts or disputes rest on are gone or
        say something else, those are withdrawn: reconcile again.

        Raises:
            StoreError: the store holds another text under this id, or cannot be written to.
            InputError: a claim is not of this document, or does not quote it.
        """
        claims = tuple(claims)
        for claim in claims:
            check_quote(claim, document)
        with self.writing() as connection:
            said, names = _reviews.of_document(connection, document.id), _reviews.names(connection)
            read = {claim.id for claim in claims}
            claims += tuple(one for one in _made.of_document(connection, document.id) if one.id not in read)
            fresh = _rows.claim_rows(claims, said, names)
            old = self._stored(connection, document)
            if old is not None and document.published is None and old.published is not None:
                document = replace(document, published=old.published)  # somebody gave it its day
            if old is None:
                connection.execute(insert(tables.document).values(_rows.document_row(document)))
                _search.index(connection, document.id)
                _rows.insert_rows(connection, self._unclaimed(connection, fresh))
                _search.index_claims(connection, document.id)
                _readings.keep(connection, document.id, readings)
                owe(connection, document.id)
                return Added(new=True, changed=True, withdrawn=False)
            if old != document:
                kept = tables.document.c.id == document.id
                _search.unindex(connection, document.id)
                connection.execute(update(tables.document).where(kept).values(_rows.document_row(document)))
                _search.index(connection, document.id)
                owe(connection, document.id)
            _readings.keep(connection, document.id, readings)
            before = _records(connection, document.id)
            after = [(row["id"], row["record"]) for row in fresh[tables.claim]]
            if before == after:
                return Added(new=False, changed=old != document, withdrawn=False)
            withdrawn = _withdraw(connection, {key for key, _ in set(before) - set(after)})
            _search.unindex_claims(connection, document.id)
            connection.execute(delete(tables.claim).where(tables.claim.c.doc == document.id))
            _rows.insert_rows(connection, self._unclaimed(connection, fresh))
            _search.index_claims(connection, document.id)
            owe(connection, document.id)
            return Added(new=False, changed=True, withdrawn=withdrawn)

    def withdraw(self, connection: Connection, claims: set[str]) -> bool:
        """Take back what incidents and disputes rest on these claims, in a transaction that removes them."""
        return _withdraw(connection, claims)

    def documents(self) -> list[Document]:
        """Every document, by id."""
        with self.reading() as connection:
            found = connection.execute(select(tables.document).order_by(tables.document.c.id))
            return [_rows.document_from_row(row) for row in found]

    def ids(self) -> list[str]:
        """The ids of all documents, in their order."""
        with self.reading() as connection:
            return list(connection.scalars(select(tables.document.c.id).order_by(tables.document.c.id)))

    def document(self, id: str) -> Document | None:
        """The document of that id; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(select(tables.document).where(tables.document.c.id == id)).one_or_none()
            return _rows.document_from_row(row) if row else None

    def claims(
        self,
        doc: str | None = None,
        party: str | None = None,
        event: str | None = None,
        limit: int | None = None,
        *,
        reviewed: bool = False,
    ) -> list[Claim]:
        """Claims by document, then as they were added.

        ``party`` is a key at the grain of accounts ("PAK", "PAK-REB") or a name as the records have it; claims are
        found where it acts, is acted upon, or speaks. ``event`` is a PLOVER type. They come as the machine read them;
        with ``reviewed`` as people corrected them, without those that were rejected.
        """
        claim, claim_party = tables.claim, tables.claim_party
        wanted = select(claim.c.id, claim.c.record).order_by(claim.c.doc, claim.c.ordinal)
        if doc is not None:
            wanted = wanted.where(claim.c.doc == doc)
        if party is not None:
            named = or_(of_parties([party]), claim_party.c.name == party)
            wanted = wanted.where(exists().where(claim_party.c.claim == claim.c.id, named))
        if event is not None:
            wanted = wanted.where(claim.c.event == event)
        if reviewed:
            wanted = wanted.where(or_(claim.c.verdict.is_(None), claim.c.verdict != Verdict.REJECT.value))
        if limit is not None:
            wanted = wanted.limit(max(0, limit))
        with self.reading() as connection:
            found = [_rows.claim_from_row(row) for row in connection.execute(wanted)]
            return _reviews.applied(connection, found) if reviewed else found

    def claim(self, id: str) -> Claim | None:
        """The claim of that id; None where there is none."""
        with self.reading() as connection:
            wanted = select(tables.claim.c.id, tables.claim.c.record).where(tables.claim.c.id == id)
            row = connection.execute(wanted).one_or_none()
            return _rows.claim_from_row(row) if row else None

    def search(self, text: str, limit: int = 50) -> list[Hit]:
        """Documents that have every word and "phrase" of ``text`` in their text or title, best first."""
        with self.reading() as connection:
            return _search.find(connection, text, max(0, limit))

    # -- what reconciling adds ---------------------------------------------------------------------------------------

    def unreconciled(self) -> list[str]:
        """Ids of the documents that came or changed since the last reconciling."""
        with self.reading() as connection:
            return list(connection.execute(select(tables.unreconciled.c.doc).order_by("doc")).scalars())

    def save(self, reconciliation: Reconciliation, of: Iterable[str] | None = None) -> None:
        """Keep what reconciling found, in place of what it found before. :meth:`undo` takes that back.

        An incident or dispute that keeps most of its claims keeps its id; :meth:`heir` says where others lead.

        ``of`` are the ids of the documents it was made of, where others may have come meanwhile; else all.

        Raises:
            StoreError: it rests on a claim that is not in the store, or the store cannot be written to.
        """
        # What can be made before is: others cannot write meanwhile.
        with self.snapshot() as connection:
            seen = connection.execute(select(tables.change.c.number)).scalar()
            before = _rows.read_reconciliation(connection)
        found, gone = identity.held(reconciliation, before)
        rows, record = _rows.reconciliation_rows(found), dumps(reconciliation_record(before))
        with self.writing() as connection:
            if connection.execute(select(tables.change.c.number)).scalar() != seen:
                with self._as_written():
                    before = _rows.read_reconciliation(connection)
                found, gone = identity.held(reconciliation, before)
                rows, record = _rows.reconciliation_rows(found), dumps(reconciliation_record(before))
            _settled(connection, of)
            _drawn(connection)
            if before == found:
                return
            self._replace(connection, found, rows, before)
            _lead(connection, gone, found)
            _remember(connection, record)

    def drawn_otherwise(self) -> bool:
        """Whether incidents and disputes were drawn by another version of standoff, which may have drawn others."""
        with self.reading() as connection:
            if connection.execute(select(tables.incident.c.id).limit(1)).first() is None:
                return False
            return way() not in connection.execute(select(tables.drawn.c.way)).scalars().all()

    def undo(self) -> bool:
        """Put back what the last :meth:`save` replaced. False where there is nothing to put back."""
        past = tables.past_reconciliation
        with self.writing() as connection:
            row = connection.execute(select(past).order_by(past.c.number.desc()).limit(1)).one_or_none()
            if row is None:
                return False
            with self._as_written():
                where = f"past reconciliation {row.number}"
                before = reconciliation_from_record(loads(row.record, where), where)
            with self._as_written():
                now = _rows.read_reconciliation(connection)
            self._replace(connection, before, _rows.reconciliation_rows(before), now)
            connection.execute(delete(past).where(past.c.number == row.number))
            return True

    def reconciliation(self) -> Reconciliation:
        """All that reconciling added, as it was saved."""
        with self.reading() as connection:
            return _rows.read_reconciliation(connection)

    def incidents(self) -> list[Incident]:
        """Incidents in the order they were saved."""
        with self.reading() as connection:
            return _rows.read_incidents(connection)

    def accounts(self) -> list[Account]:
        """Accounts in the order they were saved."""
        with self.reading() as connection:
            return _rows.read_accounts(connection)

    def disputes(self) -> list[Dispute]:
        """Disputes in the order they were saved."""
        with self.reading() as connection:
            return _rows.read_disputes(connection)

    def questions(self) -> list[Asked]:
        """What incidents ask, with a line for each account, in the order they were saved."""
        with self.reading() as connection:
            return _rows.read_questions(connection)

    # -- what people decide ------------------------------------------------------------------------------------------

    def decide(self, link: HandLink) -> None:
        """Keep a decision about two claims, in place of an earlier one about the same two.

        Raises:
            InputError: one of the claims is not in the store, or it is one claim twice.
        """
        if link.first == link.second:
            raise InputError(f"claim {link.first}", "given twice", "name two claims")
        first, second = sorted((link.first, link.second))
        table = tables.hand_link
        with self.writing() as connection:
            for key in (link.first, link.second):
                if connection.execute(select(tables.claim.c.id).where(tables.claim.c.id == key)).first() is None:
                    raise InputError(f"claim {key}", f"not in {self.name}", "standoff claims prints the ids")
            connection.execute(delete(table).where((table.c.first == first) & (table.c.second == second)))
            values = {"together": int(link.together), "reason": link.reason}
            connection.execute(insert(table).values(first=first, second=second, **values))

    def decisions(self) -> list[HandLink]:
        """Every decision about two claims, also about claims that are gone and may come back."""
        table = tables.hand_link
        with self.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.first, table.c.second))
            return [HandLink(row.first, row.second, bool(row.together), row.reason) for row in rows]

    def heir(self, id: str) -> str:
        """Where the id of an incident or dispute that is gone leads; the id itself where it leads nowhere."""
        with self.reading() as connection:
            rows = connection.execute(select(tables.moved.c.old, tables.moved.c.new))
            return identity.heirs([(row.old, row.new) for row in rows], id)

    # -- whole records by key -----------------------------------------------------------------------------------------

    def of_incident(self, id: str) -> tuple[Reconciliation, list[Claim]] | None:
        """One incident with its accounts, its disputes and its claims as people corrected them; None where it is not."""
        with self.reading() as connection:
            found = _rows.read_reconciliation(connection, id)
            if not found.incidents:
                return None
            claim = tables.claim
            keys = found.incidents[0].claims
            read = [
                _rows.claim_from_row(row)
                for some in _chunks(keys)
                for row in connection.execute(select(claim.c.id, claim.c.record).where(claim.c.id.in_(some)))
            ]
            return found, _reviews.applied(connection, read)

    def documents_of(self, ids: Iterable[str]) -> list[Document]:
        """Documents by their ids; those that are gone are left out."""
        document = tables.document
        with self.reading() as connection:
            return [
                _rows.document_from_row(row)
                for some in _chunks(sorted(set(ids)))
                for row in connection.execute(select(document).where(document.c.id.in_(some)).order_by(document.c.id))
            ]

    def changes(self) -> tuple[object, ...]:
        """Something that differs after any writing of the contents, by this program or another standoff.

        What was drawn from them holds so long. Who looks, signs in or saves a search changes none of it.
        """
        with self.reading() as connection:
            return (connection.execute(select(tables.change.c.number)).scalar(),)

    def kept(self, key: str) -> tuple[int, object] | None:
        """What was drawn from the contents and kept under a key, and the number of changes that it was drawn at."""
        table = tables.kept
        with self.reading() as connection:
            row = connection.execute(select(table).where(table.c.key == key)).one_or_none()
            if row is None:
                return None
            record = loads(row.record, f"kept {key}")
            return (row.change, record["value"]) if isinstance(record, dict) and "value" in record else None

    def keep(self, key: str, change: object, record: object) -> None:
        """Keep what was drawn."""
        table = tables.kept
        with self.writing(contents=False) as connection:
            connection.execute(delete(table).where(table.c.key == key))
            connection.execute(insert(table).values(key=key, change=change, record=dumps({"value": record})))

    # -- transactions ------------------------------------------------------------------------------------------------

    def _open(self) -> Engine:
        if self._engine is None:
            raise StoreError(self.name, "the store is closed", "open it again")
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that reads."""
        with self._as_written(), _engine.faults(self.name), self._open().begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One transaction that reads the same throughout, whatever others write meanwhile."""
        engine = self._open()
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with self._as_written(), _engine.faults(self.name), engine.begin() as connection:
            yield connection

    @contextmanager
    def _as_written(self) -> Iterator[None]:
        """What was written well and cannot be read was changed by another hand."""
        try:
            yield
        except InputError as error:
            why = f"holds a record that cannot be read: {error.what}: {error.why}"
            raise StoreError(self.name, why, "go back to a backup") from error
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            if sys.flags.dev_mode:
                raise
            why = f"holds what cannot be read ({type(error).__name__}: {error})"[:300]
            raise StoreError(self.name, why, "standoff verify looks what it is; go back to a backup") from error

    @contextmanager
    def writing(self, *, contents: bool = True) -> Iterator[Connection]:
        """One transaction that writes; another program's is waited for.

        ``contents`` is False where nothing is written that pages are drawn from.
        """
        engine = self._open().execution_options(**{_engine.WRITING: True})
        with self._writing, _engine.faults(self.name), engine.begin() as connection:
            yield connection
            if contents:
                change = tables.change
                connection.execute(update(change).values(number=change.c.number + 1))

    def _stored(self, connection: Connection, document: Document) -> Document | None:
        row = connection.execute(select(tables.document).where(tables.document.c.id == document.id)).one_or_none()
        if row is None:
            return None
        if (row.sha256, row.text) != (document.sha256, document.text):
            why = f"document {document.id} is stored with another text"
            raise StoreError(self.name, why, "keep both: give this one an id of its own with --doc-id")
        return _rows.document_from_row(row)

    def _unclaimed(self, connection: Connection, fresh: _rows.Rows) -> _rows.Rows:
        """The rows, after a look that no id stands twice: an id is a claim's for good."""
        seen: set[str] = set()
        wanted = [row["id"] for row in fresh[tables.claim]]
        for key in wanted:
            if key in seen:
                raise StoreError(self.name, f"two claims have the id {key}", "give each claim an id of its own")
            seen.add(key)
        for some in _chunks(wanted):
            claim = tables.claim
            row = connection.execute(select(claim.c.id, claim.c.doc).where(claim.c.id.in_(some)).limit(1)).one_or_none()
            if row is not None:
                why = f"claim {row.id} is stored already, of document {row.doc}"
                raise StoreError(self.name, why, "give each claim an id of its own")
        return fresh

    def _replace(
        self, connection: Connection, reconciliation: Reconciliation, rows: _rows.Rows, before: Reconciliation
    ) -> None:
        """Others cannot write meanwhile: what is the same as before is not written again."""
        known = {row["id"] for row in rows[tables.incident]}
        for table in (tables.account, tables.dispute, tables.question):
            for row in rows[table]:
                if row["incident"] is not None and row["incident"] not in known:
                    why = f"the records do not fit together: {table.name} of incident {row['incident']}, which is not there"
                    raise StoreError(self.name, why, "reconcile what is stored")
        used = (tables.incident_link, tables.account_claim, tables.position_claim)
        wanted = sorted({row["claim"] for table in used for row in rows[table]})
        stored: set[str] = set()
        for some in _chunks(wanted):
            stored.update(connection.execute(select(tables.claim.c.id).where(tables.claim.c.id.in_(some))).scalars())
        for key in wanted:
            if key not in stored:
                why = f"claim {key} is not in the store"
                raise StoreError(self.name, why, "add its document first, or reconcile what is stored")
        _rows.replace_rows(connection, _rows.reconciliation_rows(before), rows)
        _summaries.write(connection, reconciliation)


def _drawn(connection: Connection) -> None:
    """Note by which way of reconciling it was done."""
    connection.execute(delete(tables.drawn))
    connection.execute(insert(tables.drawn), [{"way": way()}])


def _lead(connection: Connection, gone: Mapping[str, str], found: Reconciliation) -> None:
    """Note where ids lead that are gone; one that is back leads nowhere."""
    table = tables.moved
    alive = [i.id for i in found.incidents] + [d.id for d in found.disputes]
    for some in _chunks(sorted({*gone, *alive})):
        connection.execute(delete(table).where(table.c.old.in_(some)))
    if gone:
        connection.execute(insert(table), [{"old": old, "new": new} for old, new in sorted(gone.items())])


def _settled(connection: Connection, docs: Iterable[str] | None) -> None:
    table = tables.unreconciled
    if docs is None:
        connection.execute(delete(table))
    else:
        known = set(docs)
        for doc in connection.execute(select(table.c.doc)).scalars().all():
            if doc in known:
                connection.execute(delete(table).where(table.c.doc == doc))


def _records(connection: Connection, doc: str) -> list[tuple[str, str]]:
    claim = tables.claim
    wanted = select(claim.c.id, claim.c.record).where(claim.c.doc == doc).order_by(claim.c.ordinal)
    return [(row.id, row.record) for row in connection.execute(wanted)]


def _withdraw(connection: Connection, changed: set[str]) -> bool:
    """Take back what rests on claims that are gone or changed. What was to be undone to may rest on them too."""
    if not changed:
        return False
    connection.execute(delete(tables.past_reconciliation))
    for table in (tables.incident_link, tables.account_claim, tables.position_claim):
        for some in _chunks(sorted(changed)):
            if connection.execute(select(table.c.claim).where(table.c.claim.in_(some)).limit(1)).first():
                _clear(connection)
                return True
    return False


def _clear(connection: Connection) -> None:
    for table in tables.RECONCILED:
        connection.execute(delete(table))


def _remember(connection: Connection, record: str) -> None:
    past = tables.past_reconciliation
    latest = connection.execute(select(func.max(past.c.number))).scalar() or 0
    connection.execute(insert(past).values(number=latest + 1, record=record))
    connection.execute(delete(past).where(past.c.number <= latest + 1 - UNDOS))


def _chunks(keys: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """A database takes only so many values in one statement."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
