"""What people decided about what the machine read: verdicts and corrections, names, grades of sources.

Each is one row that is never changed but to note that it was taken back. The columns of a claim that are searched show
the corrected values; its record stays as it was read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from standoff.errors import InputError
from standoff.model import Claim, Party, Renaming, Review, SourceGrade, Verdict
from standoff.review import names_given, reviewed
from standoff.store import rows as _rows
from standoff.store import tables
from standoff.store.intake import stamp

if TYPE_CHECKING:
    from standoff.store import Store

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Of outlets, as NATO's STANAG 2511 words it; set by people, never computed."""
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""Of reports, likewise."""


FEW = 400
"""Claims up to which their reviews are asked for, not everybody's."""


class Reviews:
    """The decisions of a store; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- claims ------------------------------------------------------------------------------------------------------

    def add(self, reviews: Sequence[Review]) -> list[int]:
        """Keep what one person said of one or more claims; the numbers they are kept under.

        Raises:
            InputError: a claim is not in the store.
        """
        with self._store.writing() as connection:
            numbers = []
            for review in reviews:
                values = {
                    "claim": review.claim,
                    "doc": review.doc,
                    "reviewer": review.reviewer,
                    "verdict": review.verdict.value,
                    "slot": review.slot,
                    "value": review.value,
                    "reason": review.reason,
                    "at": stamp(review.at),
                }
                numbers.append(_insert(connection, tables.review, values))
            for key in dict.fromkeys(review.claim for review in reviews):
                self._rewrite(connection, key)
            return numbers

    def undo(self, number: int, by: str, at: datetime) -> Review:
        """Take one word back. It stays in the history.

        Raises:
            InputError: there is none of that number, or it has been taken back.
        """
        table = tables.review
        with self._store.writing() as connection:
            row = connection.execute(select(table).where(table.c.number == number)).one_or_none()
            if row is None or row.undone is not None:
                why = "not in the store" if row is None else "was taken back already"
                raise InputError(f"review {number}", why, "look at the history of the claim")
            connection.execute(update(table).where(table.c.number == number).values(undone=stamp(at), undone_by=by))
            self._rewrite(connection, row.claim)
            return replace(_review(row), undone=at, undone_by=by)

    def of(self, claim: str) -> list[Review]:
        """Everything said of a claim, in order."""
        table = tables.review
        with self._store.reading() as connection:
            rows = connection.execute(select(table).where(table.c.claim == claim).order_by(table.c.number))
            return [_review(row) for row in rows]

    def of_document(self, doc: str) -> dict[str, list[Review]]:
        """Everything said of a document's claims, by claim."""
        with self._store.reading() as connection:
            return of_document(connection, doc)

    def all(self) -> list[Review]:
        """Everything that was said, in order."""
        table = tables.review
        with self._store.reading() as connection:
            return [_review(row) for row in connection.execute(select(table).order_by(table.c.number))]

    def latest(self, reviewer: str) -> Review | None:
        """What a person said last and has not taken back."""
        table = tables.review
        mine = (table.c.reviewer == reviewer) & table.c.undone.is_(None)
        with self._store.reading() as connection:
            row = connection.execute(select(table).where(mine).order_by(table.c.number.desc()).limit(1)).one_or_none()
            return _review(row) if row else None

    # -- names -------------------------------------------------------------------------------------------------------

    def rename(self, renaming: Renaming) -> int:
        """Say who a name is to be taken for; the number that this is kept under.

        Raises:
            InputError: no claim names it.
        """
        party = renaming.party
        record = json.dumps([party.code, list(party.sectors), party.name], ensure_ascii=False)
        with self._store.writing() as connection:
            touched = _named(connection, renaming.name, renaming.code)
            if not touched:
                raise InputError(f"party {renaming.name!r}", "no claim names it", "take the name as the claims have it")
            values = {"name": renaming.name, "code": renaming.code, "party": record, "reviewer": renaming.reviewer}
            words = {"reason": renaming.reason, "at": stamp(renaming.at)}
            number = _insert(connection, tables.renaming, {**values, **words})
            for key in touched:
                self._rewrite(connection, key)
            return number

    def restore(self, number: int, by: str, at: datetime) -> Renaming:
        """Take a renaming back.

        Raises:
            InputError: there is none of that number, or it has been taken back.
        """
        table = tables.renaming
        with self._store.writing() as connection:
            row = connection.execute(select(table).where(table.c.number == number)).one_or_none()
            if row is None or row.undone is not None:
                why = "not in the store" if row is None else "was taken back already"
                raise InputError(f"renaming {number}", why, "look at the page of the party")
            touched = _named(connection, row.name, row.code)
            connection.execute(update(table).where(table.c.number == number).values(undone=stamp(at), undone_by=by))
            for key in touched:
                self._rewrite(connection, key)
            return replace(_renaming(row), undone=at, undone_by=by)

    def renamings(self) -> list[Renaming]:
        """Every word on a name, in order, also those taken back."""
        table = tables.renaming
        with self._store.reading() as connection:
            return [_renaming(row) for row in connection.execute(select(table).order_by(table.c.number))]

    # -- grades ------------------------------------------------------------------------------------------------------

    def grade(self, grade: SourceGrade) -> None:
        """Give an outlet or a report an Admiralty grade; an empty one takes it away.

        Raises:
            InputError: it is no grade of that kind.
        """
        known = RELIABILITY if grade.kind == "outlet" else CREDIBILITY
        if grade.grade and grade.grade not in known:
            raise InputError(f"grade {grade.grade!r}", f"no grade of an {grade.kind}", f"one of {', '.join(known)}")
        values = {"kind": grade.kind, "subject": grade.subject, "grade": grade.grade, "reviewer": grade.reviewer}
        with self._store.writing() as connection:
            words = {"reason": grade.reason, "at": stamp(grade.at)}
            connection.execute(insert(tables.source_grade).values(**values, **words))

    def grades(self, kind: str) -> dict[str, list[SourceGrade]]:
        """Every grade given to outlets, or to documents, by subject and in order; the last one holds."""
        table = tables.source_grade
        found: dict[str, list[SourceGrade]] = defaultdict(list)
        with self._store.reading() as connection:
            for r in connection.execute(select(table).where(table.c.kind == kind).order_by(table.c.number)):
                at = datetime.fromisoformat(r.at)
                found[r.subject].append(SourceGrade(r.kind, r.subject, r.grade, r.reviewer, at, r.reason))
        return dict(found)

    # -- what they do to the rows ------------------------------------------------------------------------------------

    def _rewrite(self, connection: Connection, key: str) -> None:
        """Draw the columns of one claim anew; its record stays, and what it was linked with is to be looked at again."""
        claim = tables.claim
        row = connection.execute(select(claim).where(claim.c.id == key)).one_or_none()
        if row is None:
            raise InputError(f"claim {key}", f"not in {self._store.name}", "standoff claims prints the ids")
        reviews = {key: _of_claim(connection, key)}
        fresh = _rows.claim_rows([_rows.claim_from_row(row)], reviews, names(connection))
        values = {**fresh[claim][0], "ordinal": row.ordinal}
        connection.execute(update(claim).where(claim.c.id == key).values(**values))
        for table in (tables.claim_party, tables.claim_count):
            connection.execute(delete(table).where(table.c.claim == key))
            if fresh.get(table):
                connection.execute(insert(table), fresh[table])
        owe(connection, row.doc)


def of_document(connection: Connection, doc: str) -> dict[str, list[Review]]:
    """Everything said of a document's claims, by claim."""
    table = tables.review
    found: dict[str, list[Review]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.doc == doc).order_by(table.c.number)):
        found[row.claim].append(_review(row))
    return dict(found)


def names(connection: Connection) -> dict[tuple[str, str], Party]:
    """Who each name is to be taken for."""
    table = tables.renaming
    return names_given(_renaming(row) for row in connection.execute(select(table).order_by(table.c.number)))


def applied(connection: Connection, claims: Iterable[Claim]) -> list[Claim]:
    """Claims as people corrected them."""
    claims = list(claims)
    table = tables.review
    found: dict[str, list[Review]] = defaultdict(list)
    live = select(table).where(table.c.slot.is_not(None), table.c.undone.is_(None)).order_by(table.c.number)
    if len(claims) <= FEW:
        live = live.where(table.c.claim.in_([claim.id for claim in claims]))
    for row in connection.execute(live):
        found[row.claim].append(_review(row))
    given = names(connection)
    if not found and not given:
        return claims
    return [reviewed(claim, found.get(claim.id, ()), given) for claim in claims]


def owe(connection: Connection, doc: str) -> None:
    """Note that a document is still to be reconciled."""
    table = tables.unreconciled
    if connection.execute(select(table.c.doc).where(table.c.doc == doc)).first() is None:
        connection.execute(insert(table).values(doc=doc))


def _insert(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    made = connection.execute(insert(table).values(**values).returning(table.c.number))
    return int(made.scalar_one())


def _of_claim(connection: Connection, key: str) -> list[Review]:
    table = tables.review
    return [_review(r) for r in connection.execute(select(table).where(table.c.claim == key).order_by(table.c.number))]


def _named(connection: Connection, name: str, code: str) -> list[str]:
    """Claims that name a party so, as they were read or as it was renamed before."""
    party = tables.claim_party
    given = names(connection).get((name, code))
    pairs = {(name, code)} | ({(given.name, given.code)} if given else set())
    found: set[str] = set()
    for one, of in pairs:
        found.update(connection.execute(select(party.c.claim).where(party.c.name == one, party.c.code == of)).scalars())
    return sorted(found)


def _review(row: Row[Any]) -> Review:
    return Review(
        claim=row.claim,
        doc=row.doc,
        reviewer=row.reviewer,
        verdict=Verdict(row.verdict),
        at=datetime.fromisoformat(row.at),
        slot=row.slot,
        value=row.value,
        reason=row.reason,
        number=row.number,
        undone=datetime.fromisoformat(row.undone) if row.undone else None,
        undone_by=row.undone_by,
    )


def _renaming(row: Row[Any]) -> Renaming:
    code, sectors, name = json.loads(row.party)
    return Renaming(
        name=row.name,
        code=row.code,
        party=Party(code, tuple(sectors), name),
        reviewer=row.reviewer,
        at=datetime.fromisoformat(row.at),
        reason=row.reason,
        number=row.number,
        undone=datetime.fromisoformat(row.undone) if row.undone else None,
        undone_by=row.undone_by,
    )
