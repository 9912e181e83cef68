"""Opening a store: which database, with which settings, and brought to the tables that this version knows.

SQLite is the default: a file, in write-ahead mode, every commit synced to the disk. What can be set only on the file
(write-ahead mode, the application id) is set after it is known to be a store of ours, never on a stranger's database.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from standoff.errors import StoreError, StoreFault
from standoff.store import schema

APPLICATION_ID = 0x53544F46
"""``STOF``: marks a SQLite file as a store (PRAGMA application_id)."""
HEAD = "0015"
"""The step of the migrations that this version's tables are at."""
WAL_FAULT_MENDED = (3, 51, 3)
"""Earlier SQLite libraries can, very rarely, spoil a write-ahead file that two processes write at once."""
WRITING = "standoff_writing"
_MIGRATIONS = Path(__file__).parent / "migrations"

_ANEW = "make a new store, and add the reports to it"

# By the primary code of SQLite's error: what is wrong, and what to do about it.
_SQLITE_FAULTS = {
    sqlite3.SQLITE_BUSY: ("another program is writing to it", "try again when it has finished"),
    sqlite3.SQLITE_LOCKED: ("another program is writing to it", "try again when it has finished"),
    sqlite3.SQLITE_READONLY: ("it cannot be written to", "make the file and its folder writable, or work on a copy"),
    sqlite3.SQLITE_PERM: ("it may not be opened", "make the file and its folder readable and writable"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "make the file and its folder readable and writable"),
    sqlite3.SQLITE_NOTADB: ("not a SQLite database", "give the path of a store, or of a new file"),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", "go back to a backup"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and try again"),
    sqlite3.SQLITE_IOERR: ("the disk could not be read or written", "check the disk, then try again"),
    sqlite3.SQLITE_TOOBIG: ("a text is too long for the database", "split the document"),
}


def locate(where: str | Path) -> URL:
    """The URL of a store given by its path or URL.

    Raises:
        StoreError: it is no path to a file and no URL of a database that can hold a store.
    """
    if isinstance(where, Path) or "://" not in where:
        return _file_url(where)
    try:
        url = make_url(where)
        asynchronous = url.get_dialect().is_async
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError):
        why, mend = "not the URL of a database", "give a file, sqlite:///FILE or postgresql+psycopg://..."
        raise StoreError(_without_secret(where), why, mend) from None
    if url.get_backend_name() == "sqlite":
        if url.query:
            return url
        return _file_url(url.database or "")
    if url.get_backend_name() != "postgresql" or asynchronous:
        why = f"{url.drivername} cannot hold a store"
        raise StoreError(shown(url), why, "give a SQLite file or postgresql+psycopg://...")
    return url


def readable(url: URL) -> URL:
    """A file that is there and cannot be written to, as one to be read alone."""
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or url.query or not os.access(path, os.R_OK) or not path.is_file():
        return url
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return url
    ahead = path.with_name(path.name + "-wal")
    # Without a file of writes that are still to come in, nothing has to be made beside it to read it.
    still = not (ahead.exists() and ahead.stat().st_size)
    query = {"mode": "ro", "uri": "true", **({"immutable": "1"} if still else {})}
    return URL.create("sqlite", database=path.absolute().as_uri(), query=query)


def shown(url: URL) -> str:
    """How messages name a store: the file, or the URL without its password, which may stand in the query too."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(query={}).render_as_string(hide_password=True)


def connect(url: URL, timeout: float, name: str | None = None) -> Engine:
    """An engine on an up-to-date store, its tables made or migrated where they are not.

    Raises:
        StoreError: it cannot be reached or used, is not a store, or is of a newer version.
    """
    name = name or shown(url)
    sqlite = url.get_backend_name() == "sqlite"
    path = Path(url.database or "")
    made = sqlite and not url.query and _check_file(path)
    try:
        if sqlite:
            engine = create_engine(url, connect_args={"timeout": timeout})
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(name, f"the driver {error.name} is not installed", f"pip install {error.name}") from None
    try:
        with faults(name):
            _bring_up(engine, name, sqlite)
    except BaseException:
        engine.dispose()
        if made and path.stat().st_size == 0:  # nothing of it could be kept
            path.unlink()
        raise
    return engine


@contextmanager
def faults(name: str) -> Iterator[None]:
    """Turn what a database raises into an error that names the store, the cause and the mend."""
    try:
        yield
    except DataError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise _failing(error.orig)(name, *_reason(error)) from error
        said = str(error.orig).strip().partition("\n")[0]
        raise StoreError(name, f"the database refused: {said}", "ask without characters that no text has") from error
    except DBAPIError as error:
        raise _failing(error.orig)(name, *_reason(error)) from error
    except sqlite3.Error as error:
        raise _failing(error)(name, *_sqlite_reason(error)) from error
    except SQLAlchemyError as error:
        why = f"the database gave what cannot be read ({type(error).__name__})"
        raise StoreError(name, why, "go back to a backup") from error
    except UnicodeDecodeError as error:  # the database's own words on a file that is spoilt may be no text
        raise StoreFault(name, *_SQLITE_FAULTS[sqlite3.SQLITE_CORRUPT]) from error
    except OverflowError as error:
        raise StoreError(name, "a number is too large for the database", "mend the record") from error
    except UnicodeEncodeError as error:
        why = f"a text holds half of a surrogate pair (U+{ord(error.object[error.start]):04X})"
        raise StoreError(name, why, "read the document again from its bytes") from error


def wal_fault(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str | None:
    """What is known against this SQLite library, for ``doctor``; None where nothing is.

    >>> wal_fault((3, 51, 3)) is None
    True
    """
    if version >= WAL_FAULT_MENDED:
        return None
    found, mended = (".".join(map(str, v)) for v in (version, WAL_FAULT_MENDED))
    return f"SQLite {found}: let one process at a time write to a store (mended in {mended})"


def _file_url(where: str | Path) -> URL:
    path = str(where)
    if path in {"", ".", ":memory:"}:
        raise StoreError(path or "store", "not a file", "give the path of a file, such as reports.db")
    if "\0" in path:
        raise StoreError(path.replace("\0", "\\0"), "not a path", "give the path of a file, such as reports.db")
    return URL.create("sqlite", database=path)


def _without_secret(where: str) -> str:
    """A URL that could not be read, without what stands before the host."""
    scheme, _, rest = where.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _check_file(path: Path) -> bool:
    """Say what is wrong with a path before SQLite says that it is "unable to open database file"; whether it was made."""
    name = str(path)
    try:
        if path.is_dir():
            raise StoreError(name, "a folder, not a file", "give the path of a file in it")
        if not path.exists():
            if not path.parent.is_dir():
                raise StoreError(name, "its folder does not exist", f"make {path.parent} first")
            if os.access(path.parent, os.W_OK):
                # Reports may be anybody's, and people's passwords are in it too: for who made it alone.
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                return True
            return False
        if not path.is_file():
            raise StoreError(name, "not a regular file", "give the path of a file")
        if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
            raise StoreError(name, *_SQLITE_FAULTS[sqlite3.SQLITE_READONLY])
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise StoreError(name, f"cannot be opened: {error.strerror}", "check the path and its permissions") from None
    if head and head != b"SQLite format 3\0":
        raise StoreError(name, *_SQLITE_FAULTS[sqlite3.SQLITE_NOTADB])
    return False


def _set_up_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin by _begin_sqlite alone
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF", "cell_size_check=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a lock asked for in mid-transaction can fail without any waiting.
    immediate = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _bring_up(engine: Engine, name: str, sqlite: bool) -> None:
    with engine.connect() as connection:
        if sqlite:
            _check_owner(connection, name)
        version = _version(connection)
    if version != HEAD:
        with engine.execution_options(**{WRITING: True}).begin() as connection:
            _migrate(connection, name)
            if sqlite:
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    if sqlite:
        _write_ahead(engine)


def _check_owner(connection: Connection, name: str) -> None:
    """A database of another program is not ours to change."""
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar()
    if mark != APPLICATION_ID and (mark or tables):
        raise StoreError(name, "a database of another program", "give the path of a store, or of a new file")
    for kind, called, sql in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema"):
        if (why := schema.fault(sql)) is not None:
            why = f"has {'an' if kind == 'index' else 'a'} {kind} that is not standoff's ({str(called)[:60]!r}{why})"
            mend = f"open the file with sqlite3 and drop the {kind}" if kind != "table" else _ANEW
            raise StoreError(name, why, f"it would run with every look: {mend}")

    made = (
        "SELECT s.name, c.name, c.hidden, c.dflt_value FROM sqlite_schema s, pragma_table_xinfo(s.name) c "
        "WHERE s.type = 'table'"
    )
    for table, column, hidden, default in connection.exec_driver_sql(made):
        if hidden in (2, 3) or not schema.plain(default):
            what = f"{str(table)[:40]}.{str(column)[:40]}"
            why = f"has a column that is made on reading or writing, {what}, which is not standoff's"
            raise StoreError(name, why, f"it could be without end: {_ANEW}")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, name: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    version = _version(connection)
    if version is not None and version not in known:
        why = f"made by a newer version of standoff (tables {version}, known {HEAD})"
        raise StoreError(name, why, "update standoff")
    command.upgrade(config, "head")


def _write_ahead(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL").close()
    except sqlite3.OperationalError as error:
        # Another process is in it, or the file is read-only: the mode it has is as safe, only slower.
        if _primary(error) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY}:
            raise
    finally:
        connection.close()


def _failing(error: object) -> type[StoreError]:
    """Whether it is what was to be written that the database cannot take, or the database that fails all that comes."""
    if isinstance(error, sqlite3.Error):
        return StoreError if _primary(error) in (sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_CONSTRAINT) else StoreFault
    # PostgreSQL: 23 is what does not fit together, 54 what is longer than one of its limits.
    return StoreError if str(getattr(error, "sqlstate", "")).startswith(("23", "54")) else StoreFault


def _reason(error: DBAPIError) -> tuple[str, str]:
    original: Any = error.orig
    if isinstance(original, sqlite3.Error):
        return _sqlite_reason(original)
    said = str(original).strip().partition("\n")[0] or type(original).__name__
    if error.connection_invalidated or type(original).__name__ == "OperationalError":
        return f"the database cannot be reached: {said}", "check that it runs, its address, user and password"
    return f"the database refused: {said}", "check the database and the records"


def _sqlite_reason(error: sqlite3.Error) -> tuple[str, str]:
    said = str(error)
    if _primary(error) == sqlite3.SQLITE_CONSTRAINT:
        return f"the records do not fit together: {said}", "check that each id stands once"
    refused = (f"the database refused: {said}", "check the file, or go back to a backup")
    return _SQLITE_FAULTS.get(_primary(error), refused)


def _primary(error: sqlite3.Error) -> int:
    """SQLite's primary result code: the low byte of the extended one; -1 where Python's own layer raised."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1
