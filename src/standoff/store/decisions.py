"""What people decided about incidents and disputes: made, joined, split, named, no dispute. Kept above the rules in every later run."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update

from standoff.errors import InputError
from standoff.model import Decision, Doing
from standoff.store import reviews as _reviews
from standoff.store import tables
from standoff.store.intake import stamp

if TYPE_CHECKING:
    from standoff.store import Store


class Decisions:
    """The decisions of a store; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, decision: Decision, at: datetime) -> int:
        """Keep a decision; the number it is kept under.

        Raises:
            InputError: it names no claim, or one that is not in the store.
        """
        named = (*decision.claims, *decision.others, *decision.into)
        claim = tables.claim
        with self._store.writing() as connection:
            docs: set[str] = set()
            for key in named:
                doc = connection.execute(select(claim.c.doc).where(claim.c.id == key)).scalar()
                if doc is None:
                    raise InputError("claim", f"{key[:60]} is not in the store", "choose claims that are")
                docs.add(doc)
            if not decision.claims or (decision.doing is Doing.APART and not decision.others):
                raise InputError("claims", "none is chosen", "choose one or more")
            values = {
                "doing": decision.doing.value,
                "claims": json.dumps(decision.claims),
                "others": json.dumps(decision.others),
                "into": json.dumps(decision.into),
                "words": decision.words,
                "reason": decision.reason,
                "reviewer": decision.reviewer,
                "at": stamp(at),
            }
            made = connection.execute(insert(tables.decision).values(**values)).inserted_primary_key
            for doc in sorted(docs):
                _reviews.owe(connection, doc)
            return int(made[0]) if made else 0

    def undo(self, number: int, at: datetime) -> Decision:
        """Take a decision back. It stays in the history.

        Raises:
            InputError: there is none of that number, or it has been taken back.
        """
        table, claim = tables.decision, tables.claim
        with self._store.writing() as connection:
            row = connection.execute(select(table).where(table.c.number == number)).one_or_none()
            if row is None or row.undone is not None:
                why = "not in the store" if row is None else "was taken back already"
                raise InputError("decision", why, "look at the history")
            connection.execute(update(table).where(table.c.number == number).values(undone=stamp(at)))
            found = _decision(row)
            keys = (*found.claims, *found.others, *found.into)
            for doc in sorted(set(connection.execute(select(claim.c.doc).where(claim.c.id.in_(keys))).scalars())):
                _reviews.owe(connection, doc)
            return found

    def all(self) -> list[Decision]:
        """Every decision, in order, also those taken back."""
        table = tables.decision
        with self._store.reading() as connection:
            return [_decision(row) for row in connection.execute(select(table).order_by(table.c.number))]

    def standing(self) -> list[Decision]:
        """The decisions that hold."""
        return [one for one in self.all() if one.undone is None]


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        Doing(row.doing),
        tuple(json.loads(row.claims)),
        tuple(json.loads(row.others)),
        tuple(json.loads(row.into)),
        row.words,
        row.reason,
        row.reviewer,
        datetime.fromisoformat(row.at),
        row.number,
        datetime.fromisoformat(row.undone) if row.undone else None,
    )
