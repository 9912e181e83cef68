"""Where the hashes of passwords are kept, and who is signed in: for a file, in a file of its own beside it.

A store's file is copied, served by Datasette and sent to colleagues. What is in ``reports.db.people`` goes with none of it;
without that file the people of a store are known, and none of them can sign in. In PostgreSQL both are tables, whose rights
are given there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, delete, insert, select, update

from standoff.errors import StoreError
from standoff.store import engine as _engine
from standoff.store import tables

if TYPE_CHECKING:
    from standoff.store import Store

SUFFIX = ".people"
TIMEOUT = 30.0
_TABLES = (
    "CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, secret TEXT NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS session (key TEXT PRIMARY KEY, person TEXT NOT NULL, until TEXT NOT NULL) STRICT",
)


class Keys(Protocol):
    """The secrets of a store's people."""

    def secrets(self) -> dict[str, str]:
        """The hash of each one's password."""
        ...

    def give(self, secrets: Mapping[str, str], within: Connection | None = None) -> None:
        """Keep these hashes, each in place of the one before; who held a session by it does no longer. ``within``: a
        transaction that makes their people; where hashes are in the store they are there when it ends, else before."""
        ...

    def forget(self, name: str) -> None:
        """No password and no session of that name any more."""
        ...

    def begin(self, key: str, name: str, until: str, now: str) -> None:
        """Keep a session; those that are over go."""
        ...

    def holder(self, key: str, now: str) -> str | None:
        """Whose session it is."""
        ...

    def end(self, key: str) -> None:
        """The session is over."""
        ...


def beside(store: Path) -> Path:
    """The file of the people of a store."""
    return store.with_name(store.name + SUFFIX)


def of(store: Store) -> Keys:
    """Where the secrets of a store are."""
    if store.url.get_backend_name() != "sqlite":
        return InDatabase(store)
    return InFile(store, Path(store.name.removeprefix("file:").partition("?")[0]))


class InDatabase:
    """In the tables of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def secrets(self) -> dict[str, str]:
        person = tables.person.c
        with self._store.reading() as connection:
            return {row.name: row.secret for row in connection.execute(select(person.name, person.secret))}

    def give(self, secrets: Mapping[str, str], within: Connection | None = None) -> None:
        table = tables.person
        with nullcontext(within) if within is not None else self._store.writing(contents=False) as connection:
            for name, secret in secrets.items():
                connection.execute(delete(tables.session).where(tables.session.c.person == name))
                connection.execute(update(table).where(table.c.name == name).values(secret=secret))

    def forget(self, name: str) -> None:
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.person == name))
            connection.execute(update(tables.person).where(tables.person.c.name == name).values(secret=""))

    def begin(self, key: str, name: str, until: str, now: str) -> None:
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.until < now))
            connection.execute(insert(tables.session).values(key=key, person=name, until=until))

    def holder(self, key: str, now: str) -> str | None:
        session = tables.session.c
        with self._store.reading() as connection:
            held = (session.key == key) & (session.until >= now)
            found: str | None = connection.execute(select(session.person).where(held)).scalar()
            return found

    def end(self, key: str) -> None:
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.key == key))


class InFile:
    """In a file beside the store's."""

    def __init__(self, store: Store, path: Path) -> None:
        self._store, self._main, self._path = store, path, beside(path)

    def secrets(self) -> dict[str, str]:
        found = {name: secret for name, secret in InDatabase(self._store).secrets().items() if secret}
        if self._there():
            with self._open() as file:
                found |= dict(file.execute("SELECT name, secret FROM secret").fetchall())
        return found

    def give(self, secrets: Mapping[str, str], within: Connection | None = None) -> None:
        with self._open(make=True) as file:
            for name, secret in secrets.items():
                file.execute("DELETE FROM session WHERE person = ?", (name,))
                file.execute("INSERT OR REPLACE INTO secret VALUES (?, ?)", (name, secret))

    def forget(self, name: str) -> None:
        if self._there():
            with self._open(make=True) as file:
                file.execute("DELETE FROM session WHERE person = ?", (name,))
                file.execute("DELETE FROM secret WHERE name = ?", (name,))

    def begin(self, key: str, name: str, until: str, now: str) -> None:
        with self._open(make=True) as file:
            file.execute("DELETE FROM session WHERE until < ?", (now,))
            file.execute("INSERT INTO session VALUES (?, ?, ?)", (key, name, until))

    def holder(self, key: str, now: str) -> str | None:
        if not self._there():
            return None
        with self._open() as file:
            row = file.execute("SELECT person FROM session WHERE key = ? AND until >= ?", (key, now)).fetchone()
        return str(row[0]) if row else None

    def end(self, key: str) -> None:
        if self._there():
            with self._open(make=True) as file:
                file.execute("DELETE FROM session WHERE key = ?", (key,))

    def move(self) -> None:
        """Take secrets out of a store of before, its free pages too: first they are in their file, then they go."""
        if self._store.readonly or not any(InDatabase(self._store).secrets().values()):
            return
        with (
            _engine.faults(self._store.name),
            closing(sqlite3.connect(self._main, timeout=TIMEOUT, isolation_level=None)) as main,
        ):
            main.execute("PRAGMA secure_delete=ON").close()
            main.execute("BEGIN IMMEDIATE")
            with self._open(make=True) as file:
                rows = main.execute("SELECT name, secret FROM person WHERE secret != ''").fetchall()
                file.executemany("INSERT OR REPLACE INTO secret VALUES (?, ?)", rows)
            main.execute("UPDATE person SET secret = ''")
            main.execute("DELETE FROM session")
            main.execute("COMMIT")
            with suppress(sqlite3.OperationalError):  # another program is in it
                main.execute("VACUUM")
                main.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def _there(self) -> bool:
        """It is there, and was not left empty by one who was ended in the middle of making it."""
        return self._path.exists() and self._path.stat().st_size > 0

    @contextmanager
    def _open(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """The file, in one transaction; ``make`` where something is to be written."""
        with _engine.faults(str(self._path)):
            if make and not self._path.exists():
                with suppress(OSError):  # another was quicker; or it cannot be made, and SQLite says so
                    os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            # Who reads may have to take back what one who was killed left half, which only a writer can.
            writable = os.access(self._path, os.W_OK) and os.access(self._path.parent, os.W_OK)
            uri = self._path.absolute().as_uri() + ("?mode=rw" if make or writable else "?mode=ro")
            with closing(sqlite3.connect(uri, uri=True, timeout=TIMEOUT, isolation_level=None)) as file:
                for pragma in ("trusted_schema=OFF", "secure_delete=ON", "synchronous=FULL"):
                    file.execute(f"PRAGMA {pragma}").close()
                file.execute("BEGIN IMMEDIATE" if make else "BEGIN")
                ours = {None, *(table.replace("IF NOT EXISTS ", "") for table in _TABLES)}
                for kind, sql in file.execute("SELECT type, sql FROM sqlite_schema"):
                    if sql not in ours:
                        raise StoreError(str(self._path), f"holds more than standoff's own ({kind})", "make it anew")
                for table in _TABLES if make else ():
                    file.execute(table)
                yield file
                file.execute("COMMIT")
