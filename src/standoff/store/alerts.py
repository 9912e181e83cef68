"""What rules of alerts have found, each thing once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from standoff.records import Record, dumps, loads
from standoff.store import tables
from standoff.store.intake import stamp
from standoff.store.outbox import put

if TYPE_CHECKING:
    from standoff.store import Store


class Alerts:
    """The alerts of a store; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, found: Mapping[str, Record], now: datetime, *, tell: bool = False) -> list[str]:
        """Keep what was found, by its keys; the keys of what was not there before, in their order.

        With ``tell`` they are put among what a webhook is still to be told, in the same transaction.
        """
        table = tables.alert
        with self._store.writing() as connection:
            known = set(connection.scalars(select(table.c.key)))
            fresh = [key for key in found if key not in known]
            for key in fresh:
                connection.execute(insert(table).values(key=key, record=dumps(found[key]), raised=stamp(now)))
            if tell:
                put(connection, {f"alert/{key}": found[key] for key in fresh}, now)
        return fresh

    def all(self) -> list[tuple[Record, str]]:
        """Every alert that was raised, with when, the latest first."""
        table = tables.alert
        with self._store.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.raised.desc(), table.c.key)).all()
        found: list[tuple[Record, str]] = []
        for row in rows:
            record = loads(row.record, f"alert {row.key}")
            if isinstance(record, dict):
                found.append((record, row.raised))
        return found
