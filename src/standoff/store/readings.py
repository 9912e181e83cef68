"""Who read each report, where and for how much; and all that each reader read, also what does not stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from standoff.model import Reading
from standoff.records import claim_from_record, claim_record, dumps, loads, reading_from_record, reading_record
from standoff.settings import OWN
from standoff.store import tables

if TYPE_CHECKING:
    from standoff.store import Store


class Readings:
    """The readings of a store; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, doc: str) -> list[Reading]:
        """The readings of a report with their claims: those whose claims stand first, then by the reader's name."""
        table = tables.reading
        wanted = select(table).where(table.c.doc == doc).order_by(table.c.stands.desc(), table.c.reader)
        with self._store.reading() as connection:
            return [_reading(row.record, row.claims) for row in connection.execute(wanted)]

    def all(self) -> list[Reading]:
        """Every reading, without its claims, by report and reader."""
        table = tables.reading
        with self._store.reading() as connection:
            rows = connection.execute(select(table.c.record).order_by(table.c.doc, table.c.reader))
            return [_reading(row.record, None) for row in rows]

    def readers(self, doc: str | None = None) -> dict[str, tuple[str, ...]]:
        """By report, the readers whose claims stand; of one report or of all."""
        table = tables.reading
        wanted = select(table.c.doc, table.c.reader).where(table.c.stands == 1)
        return self._by_report(wanted if doc is None else wanted.where(table.c.doc == doc))

    def unread(self, doc: str | None = None) -> dict[str, tuple[str, ...]]:
        """By report, the readers that were to read it and have not; of one report or of all."""
        table = tables.reading
        wanted = select(table.c.doc, table.c.reader, table.c.record).where(table.c.stands == 0)
        return self._by_report(wanted if doc is None else wanted.where(table.c.doc == doc), faults=True)

    def _by_report(self, wanted: Select[Any], *, faults: bool = False) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(wanted.order_by(tables.reading.c.doc, tables.reading.c.reader)):
                if not faults or _reading(row.record, None).fault:
                    found[row.doc] = (*found.get(row.doc, ()), row.reader)
        return found

    def missed(self, readings: Iterable[Reading]) -> None:
        """Note that a report could not be read; what its readers have read before stays."""
        table = tables.reading
        with self._store.writing() as connection:
            for one in readings:
                kept = (table.c.doc == one.doc) & (table.c.reader == one.reader)
                before = connection.execute(select(table.c.record).where(kept)).scalar()
                if before is None or _reading(before, None).fault:
                    connection.execute(delete(table).where(kept))
                    connection.execute(insert(table).values(**_row(one, None)))


def keep(connection: Connection, doc: str, readings: Iterable[Reading]) -> None:
    """Keep the readings whose claims stand from now on; those of other readers stay, and stand no more."""
    table = tables.reading
    readings = tuple(readings)
    connection.execute(update(table).where(table.c.doc == doc).values(stands=0))
    for row in connection.execute(select(table.c.reader, table.c.record).where(table.c.doc == doc)).all():
        if _reading(row.record, None).fault:  # somebody has read it now, be it another
            connection.execute(delete(table).where((table.c.doc == doc) & (table.c.reader == row.reader)))
    alone = len(readings) == 1
    for one in readings:
        kept = (table.c.doc == doc) & (table.c.reader == one.reader)
        connection.execute(delete(table).where(kept))
        # Our own reader reads the same again at no cost: its claims are written down only beside another's.
        record = (
            json.dumps([claim_record(c) for c in one.claims], ensure_ascii=False)
            if not (alone and one.reader == OWN)
            else None
        )
        connection.execute(insert(table).values(**_row(one, record)))


def _row(reading: Reading, claims: str | None) -> dict[str, object]:
    held = {"doc": reading.doc, "reader": reading.reader, "stands": 0 if reading.fault else 1}
    return held | {"record": dumps(reading_record(reading)), "claims": claims}


def _reading(record: str, claims: str | None) -> Reading:
    found = reading_from_record(loads(record, "reading"), "reading")
    if claims is None:
        return found
    held = loads(claims, f"claims of {found.doc}")
    assert isinstance(held, list)
    return replace(found, claims=tuple(claim_from_record(one, f"claim of {found.doc}") for one in held))
