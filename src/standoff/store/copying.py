"""One store into another, row by row as the tables hold them: from SQLite to PostgreSQL and back, nothing left out.

Only who is signed in or at work stays behind. Passwords' hashes are copied to where the target keeps them. The target must be new: what two stores hold is not merged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, literal, select, text

from standoff.errors import StoreError
from standoff.store import Store, tables
from standoff.store import search as _search

_STEP = 2_000
_LEFT = (tables.session, tables.lease, tables.change, tables.kept)
COPIED: Sequence[Table] = [table for table in tables.metadata.sorted_tables if table not in _LEFT]


def copy(source: Store, target: Store, told: Callable[[str, int], None] | None = None) -> int:
    """Write all that one store holds into a new one, in one transaction; how many rows that were.

    ``told`` is called with the name of each table and its rows.

    Raises:
        StoreError: the target holds something already.
    """
    total = 0
    digest = hashlib.sha256()
    with source.snapshot() as read, target.writing() as write:
        for table in COPIED:
            if write.execute(select(func.count()).select_from(table)).scalar():
                raise StoreError(target.name, "holds something already", "copy into a new store")
        for table in COPIED:
            rows = 0
            digest.update(table.name.encode())
            for some in _rows(read, table):
                _add(digest, some)
                write.execute(insert(table), some)
                rows += len(some)
            _go_on(write, table)
            total += rows
            if told is not None:
                told(table.name, rows)
        # Compared with what was read, not with what the source holds by now; where they differ nothing stays.
        if _dump(write) != digest.hexdigest():
            raise StoreError(target.name, "does not hold what was copied", "check its disk, then copy again")
        _search.reindex(write)
        # Before the end of it: a copy whose people cannot come in is not whole, and is not written over either.
        if held := {name: secret for name, secret in source.people.keys.secrets().items() if secret}:
            target.people.keys.give(held, write)
    return total


def dump(store: Store) -> str:
    """A hash of all that is copied: two stores with the same hold the same, on whatever database."""
    with store.reading() as connection:
        return _dump(connection)


def _dump(connection: Connection) -> str:
    digest = hashlib.sha256()
    for table in COPIED:
        digest.update(table.name.encode())
        for some in _rows(connection, table):
            _add(digest, some)
    return digest.hexdigest()


def _add(digest: Any, some: list[dict[str, Any]]) -> None:
    for row in some:
        digest.update(repr(list(row.values())).encode())


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table in the order of its key, some at a time."""
    # Of the statement, not of the connection: there it would stay, and hold for what is written after.
    # Secrets are elsewhere in a file than in a database: they are no part of what is compared.
    columns = [literal("").label("secret") if column is tables.person.c.secret else column for column in table.columns]
    wanted = select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=_STEP)
    with connection.execute(wanted) as found:
        for some in found.mappings().partitions():
            yield [dict(row) for row in some]


def _go_on(connection: Connection, table: Table) -> None:
    """Numbers that PostgreSQL gives go on after those that were copied."""
    number = table.columns.get("number")
    if connection.dialect.name != "postgresql" or number is None or number.identity is None:
        return
    sequence = f"pg_get_serial_sequence('{table.name}', 'number')"
    highest = f"SELECT setval({sequence}, max(number)) FROM {table.name} HAVING max(number) IS NOT NULL"  # noqa: S608
    connection.execute(text(highest))
