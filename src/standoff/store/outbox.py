"""What is still to be told to a webhook: kept until it has been taken, so that none is lost while nobody listens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from standoff.records import Record, dumps, loads
from standoff.store import tables
from standoff.store.intake import stamp

if TYPE_CHECKING:
    from standoff.store import Store

MOST = 500
"""Messages that are told at once."""


class Outbox:
    """The messages of a store that wait; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, records: Mapping[str, Record], now: datetime) -> None:
        """Keep messages by their keys; one that waits already is replaced."""
        with self._store.writing(contents=False) as connection:
            put(connection, records, now)

    def waiting(self) -> dict[str, Record]:
        """The oldest of what waits."""
        table = tables.outbox
        with self._store.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.made, table.c.key).limit(MOST))
            found = {row.key: loads(row.record, f"message {row.key}") for row in rows}
        return {key: record for key, record in found.items() if isinstance(record, dict)}

    def told(self, keys: Iterable[str]) -> None:
        """They have been taken, and wait no more."""
        with self._store.writing(contents=False) as connection:
            for key in keys:
                connection.execute(delete(tables.outbox).where(tables.outbox.c.key == key))


def put(connection: Connection, records: Mapping[str, Record], now: datetime) -> None:
    """The same, in a transaction that is under way."""
    for number, (key, record) in enumerate(records.items()):
        connection.execute(delete(tables.outbox).where(tables.outbox.c.key == key))
        connection.execute(
            insert(tables.outbox).values(key=key, record=dumps(record), made=f"{stamp(now)} {number:06}")
        )
