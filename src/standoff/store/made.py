"""Claims that a person added where the machine missed them. They stand beside those that were read, and outlive a new reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select, update

from standoff.errors import InputError
from standoff.model import Claim
from standoff.records import check_quote, claim_from_record, claim_record, dumps, loads
from standoff.store import reviews as _reviews
from standoff.store import rows as _rows
from standoff.store import search as _search
from standoff.store import tables
from standoff.store.intake import stamp

if TYPE_CHECKING:
    from standoff.store import Store


@dataclass(frozen=True, slots=True)
class MadeClaim:
    """A claim that somebody added, with why; an undone one is kept, and counts no more."""

    number: int
    claim: Claim
    reviewer: str
    at: datetime
    reason: str = ""
    undone: datetime | None = None
    undone_by: str | None = None


class Made:
    """Claims by hand of a store, and days that were given to its reports; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def make(self, claim: Claim, reviewer: str, at: datetime, reason: str = "") -> int:
        """Keep a claim of a report; the number it is kept under.

        Raises:
            InputError: its report is not in the store, it quotes other words, or it stands there already.
        """
        return self.make_all([claim], reviewer, at, reason)[0]

    def make_all(self, claims: Sequence[Claim], reviewer: str, at: datetime, reason: str = "") -> list[int]:
        """Keep several, or none of them where one is at fault."""
        for claim in claims:
            document = self._store.document(claim.doc)
            if document is None:
                raise InputError("report", "not in the store", "add the report first")
            check_quote(claim, document)
        table = tables.made_claim
        numbers = []
        with self._store.writing() as connection:
            for claim in claims:
                if connection.execute(select(tables.claim.c.id).where(tables.claim.c.id == claim.id)).first():
                    raise InputError("claim", "the same stands there already", "correct that one")
                record = dumps(claim_record(claim))
                values = {"claim": claim.id, "doc": claim.doc, "record": record, "reviewer": reviewer}
                made = connection.execute(insert(table).values(**values, reason=reason, at=stamp(at)))
                numbers.append(int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0)
                self._insert(connection, claim)
        return numbers

    def undo(self, number: int, by: str, at: datetime) -> MadeClaim:
        """Take an added claim back. It stays in the history.

        Raises:
            InputError: there is none of that number, or it has been taken back.
        """
        table = tables.made_claim
        with self._store.writing() as connection:
            row = connection.execute(select(table).where(table.c.number == number)).one_or_none()
            if row is None or row.undone is not None:
                why = "not in the store" if row is None else "was taken back already"
                raise InputError("added claim", why, "look at the history")
            connection.execute(update(table).where(table.c.number == number).values(undone=stamp(at), undone_by=by))
            self._store.withdraw(connection, {row.claim})
            _search.unindex_claims(connection, row.doc)
            connection.execute(delete(tables.claim).where(tables.claim.c.id == row.claim))
            _search.index_claims(connection, row.doc)
            _reviews.owe(connection, row.doc)
        return next(one for one in self.all() if one.number == number)

    def all(self) -> list[MadeClaim]:
        """Every claim that was added, in order, also those taken back."""
        table = tables.made_claim
        with self._store.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.number)).all()
        return [
            MadeClaim(
                row.number,
                claim_from_record(loads(row.record, "added claim"), "added claim"),
                row.reviewer,
                datetime.fromisoformat(row.at),
                row.reason,
                datetime.fromisoformat(row.undone) if row.undone else None,
                row.undone_by,
            )
            for row in rows
        ]

    def date(self, doc: str, day: date) -> None:
        """Say on which day a report was published.

        Raises:
            InputError: the report is not in the store.
        """
        document = tables.document
        with self._store.writing() as connection:
            changed = connection.execute(
                update(document).where(document.c.id == doc).values(published=day.isoformat())
            ).rowcount
            if not changed:
                raise InputError("report", "not in the store", "the page Reports lists what is")
            _reviews.owe(connection, doc)

    def _insert(self, connection: Connection, claim: Claim) -> None:
        table = tables.claim
        last = connection.execute(select(func.max(table.c.ordinal)).where(table.c.doc == claim.doc)).scalar()
        fresh = _rows.claim_rows([claim], {}, _reviews.names(connection))
        fresh[table][0]["ordinal"] = -1 if last is None else last
        fresh[table][0]["ordinal"] += 1
        _search.unindex_claims(connection, claim.doc)
        _rows.insert_rows(connection, fresh)
        _search.index_claims(connection, claim.doc)
        _reviews.owe(connection, claim.doc)


def of_document(connection: Connection, doc: str) -> list[Claim]:
    """The claims that people added to a report and did not take back."""
    table = tables.made_claim
    wanted = select(table.c.record).where(table.c.doc == doc, table.c.undone.is_(None)).order_by(table.c.number)
    return [
        claim_from_record(loads(record, "added claim"), "added claim")
        for record in connection.execute(wanted).scalars()
    ]
