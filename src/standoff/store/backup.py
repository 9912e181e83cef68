"""Backups of a store in a file, and looking whether a store is sound.

SQLite copies its pages in one transaction: what is written meanwhile is in the backup whole or not at all. PostgreSQL has
its own program for it, which is named. The passwords of people are in a file of their own, and so is their copy.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from standoff.errors import InputError, StandoffError, StoreError
from standoff.records import check_quote
from standoff.store import Store, open_store, tables
from standoff.store import engine as _engine
from standoff.store.intake import running
from standoff.store.keys import beside as _people

MOST = 20
"""Faults that are named."""


def backup(store: Store, into: Path) -> int:
    """Write all that a store holds into a new file, while others may write to it; how many bytes that are.

    Raises:
        StoreError: there is such a file, the store is no file, or the copy is not sound.
    """
    if store.url.get_backend_name() != "sqlite":
        why = "is no file: a backup of PostgreSQL is made by its own program"
        raise StoreError(store.name, why, f"pg_dump --format=custom --file={into.name} DATABASE")
    return _copied(Path(store.name), into)


def restore(saved: Path, into: Path) -> int:
    """Put a backup where a store is to be; how many bytes that are.

    Raises:
        StoreError: there is a store already, or the backup is not sound.
    """
    if not saved.is_file():
        raise StoreError(str(saved), "no such file", "name a file that standoff backup wrote")
    return _copied(saved, into)


def faults(store: Store) -> Iterator[str]:
    """What is wrong with a store, a line each: its file, its links, its index, its texts, and the words of its claims."""
    if store.url.get_backend_name() == "sqlite":
        with store.reading() as connection:
            for row in connection.exec_driver_sql("PRAGMA integrity_check"):
                if row[0] != "ok":
                    yield f"the file: {row[0]}"
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"a row of {row[0]} names one of {row[2]} that is not there"
    table = tables.document
    with store.reading() as connection:
        ids = list(connection.scalars(select(table.c.id).order_by(table.c.id)))
    for key in ids:
        try:
            document = store.document(key)
            if document is None:
                continue
            if hashlib.sha256(document.text.encode()).hexdigest() != document.sha256:
                yield f"report {key}: its text is not the one that was read"
            for claim in store.claims(key):
                check_quote(claim, document)
        except (InputError, StoreError) as error:
            yield f"report {key}: {error.why}"
    try:
        store.reconciliation()
    except (InputError, StoreError) as error:
        yield f"what reconciling found: {error.why}"


def check(store: Store) -> None:
    """Refuse a store that is not sound.

    Raises:
        StoreError: naming the first fault.
    """
    first = next(faults(store), None)
    if first is not None:
        raise StoreError(store.name, f"not sound: {first}", "standoff verify lists the faults; go back to a backup")


def _copied(source: Path, target: Path) -> int:
    for one in (target, _people(target)):
        if one.exists() or one.is_symlink():
            raise StoreError(str(one), "is there already", "name a new file, or move that one away")
    for one in (target, _people(target)):
        for mark in ("-wal", "-shm", "-journal"):
            left = one.with_name(one.name + mark)
            if left.exists() or left.is_symlink():
                # SQLite would read it as the new store's own, and spoil that.
                raise StoreError(str(left), "is left of another store of this name", "move it away, or name a new file")
    if not target.parent.is_dir():
        raise StoreError(str(target), "its folder does not exist", f"make {target.parent} first")
    beside: Path | None = None
    try:
        _sweep(target.parent)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{_mine()}{os.getpid()}-", suffix=".db")
        os.close(handle)
        beside = Path(name)
        _copy(source, beside, target)
        if _people(source).exists():
            os.close(os.open(_people(beside), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy(_people(source), _people(beside), target)
        with open_store(beside) as store:
            check(store)
        # First who may come in: a store without them would be one that asks nobody.
        for copy, to in ((_people(beside), _people(target)), (beside, target)):
            if copy.exists():
                for mark in ("-wal", "-shm"):
                    copy.with_name(copy.name + mark).unlink(missing_ok=True)
                _synced(copy)
                os.link(copy, to)  # fails where another was quicker, and never writes over it
        return target.stat().st_size
    except FileExistsError:
        raise StoreError(str(target), "is there already", "name a new file, or move that one away") from None
    except OSError as error:
        raise StoreError(str(target), error.strerror or str(error), "check the folder and its disk") from None
    except StandoffError as error:
        if beside is not None and error.what == str(beside):
            raise StoreError(str(source), error.why, error.mend) from None
        raise
    finally:
        for copy in (beside, _people(beside)) if beside is not None else ():
            for mark in ("", "-wal", "-shm", "-journal"):
                copy.with_name(copy.name + mark).unlink(missing_ok=True)


def _mine() -> str:
    """How the unfinished copies begin that programs of this machine make: a folder may be shared with others."""
    return f".standoff-{hashlib.sha256(platform.node().encode()).hexdigest()[:8]}-"


def _sweep(folder: Path) -> None:
    """Take away what programs that were killed left unfinished: it is a whole store, with the hashes of its people."""
    for left in folder.glob(f"{_mine()}*-*"):
        process = left.name.removeprefix(_mine()).partition("-")[0]
        if process.isdecimal() and not running(int(process)) and not left.is_dir():
            left.unlink(missing_ok=True)


def _copy(source: Path, into: Path, target: Path) -> None:
    """A file of SQLite as it is at one moment; ``target`` is how a fault of what is written is called."""
    uri = source.absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as held, closing(sqlite3.connect(into)) as copy:
        with _engine.faults(str(source)):
            held.execute("PRAGMA schema_version").close()  # whether it can be read is known before anything is written
        with _engine.faults(str(target)):
            held.backup(copy, pages=-1)
            # One file, without another beside it: a backup is carried about.
            copy.execute("PRAGMA journal_mode=DELETE").close()


def _synced(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
