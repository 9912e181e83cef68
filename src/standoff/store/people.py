"""Who uses the web application: names with roles and passwords, who is signed in, when they last looked, what they saved.

Passwords are kept as Argon2id hashes, sessions as hashes of what the browser holds: neither can be read back.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from standoff.errors import InputError
from standoff.store import tables
from standoff.store.intake import stamp

if TYPE_CHECKING:
    from standoff.store import Store

SESSION = timedelta(days=14)
APART = timedelta(minutes=30)
"""Two looks closer than this are one visit."""
SHORTEST = 10
LONGEST = 1_000
"""Characters of a password."""


class Role(StrEnum):
    """What a person may do: read; review too; add reports, feeds and people too."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at the keyboard."""

    name: str
    role: Role


class People:
    """The people of a store; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, name: str, role: Role, password: str, now: datetime) -> None:
        """Let a person in, or give one who is in another password and role; they are signed out everywhere.

        Raises:
            InputError: the name is empty, or the password too short.
        """
        from argon2 import PasswordHasher

        name = " ".join(name.split())
        password = _same(password)
        if not name:
            raise InputError("person", "has no name", "give a name")
        if len(password) < SHORTEST:
            raise InputError(f"password of {name}", "too short", f"take {SHORTEST} characters or more")
        if len(password) > LONGEST:
            raise InputError(f"password of {name}", "too long", f"take {LONGEST:,} characters at most")
        table = tables.person
        values = {"role": role.value, "secret": PasswordHasher().hash(password), "made": stamp(now)}
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.person == name))
            if not connection.execute(update(table).where(table.c.name == name).values(**values)).rowcount:
                connection.execute(insert(table).values(name=name, **values))

    def drop(self, name: str) -> None:
        """Let a person in no longer. What they decided stays, with their name.

        Raises:
            InputError: no one has that name.
        """
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.person == name))
            if not connection.execute(delete(tables.person).where(tables.person.c.name == name)).rowcount:
                raise InputError(f"person {name!r}", f"not in {self._store.name}", "standoff people lists them")

    def all(self) -> list[Person]:
        """Everyone who may come in, by name."""
        table = tables.person
        with self._store.reading() as connection:
            rows = connection.execute(select(table.c.name, table.c.role).order_by(table.c.name))
            return [Person(row.name, Role(row.role)) for row in rows]

    def sign_in(self, name: str, password: str, now: datetime) -> str | None:
        """The key that a browser is to hold, or None where name and password do not go together."""
        table = tables.person
        with self._store.reading() as connection:
            secret = connection.execute(select(table.c.secret).where(table.c.name == name)).scalar()
        # A name that is not known takes as long as a wrong password: its hash is one that was made before.
        if not _verified(secret or _nobody(), password[: LONGEST + 1]) or secret is None:
            return None
        key = secrets.token_urlsafe(32)
        values = {"key": _hash(key), "person": name, "until": stamp(now + SESSION)}
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.until < stamp(now)))
            connection.execute(insert(tables.session).values(**values))
        return key

    def signed_in(self, key: str, now: datetime) -> Person | None:
        """Who holds this key."""
        session, person = tables.session, tables.person
        wanted = select(person.c.name, person.c.role).join(session, session.c.person == person.c.name)
        with self._store.reading() as connection:
            held = (session.c.key == _hash(key)) & (session.c.until >= stamp(now))
            row = connection.execute(wanted.where(held)).one_or_none()
            return Person(row.name, Role(row.role)) if row else None

    def sign_out(self, key: str) -> None:
        """The key opens nothing any more."""
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.key == _hash(key)))

    def visit(self, name: str, now: datetime) -> datetime | None:
        """Note that someone looks, and say when they looked the time before; None on the first visit."""
        table = tables.visit
        with self._store.reading() as connection:
            row = connection.execute(select(table).where(table.c.person == name)).one_or_none()
        if self._store.readonly:
            return datetime.fromisoformat(row.before) if row and row.before else None
        if row is not None and now - datetime.fromisoformat(row.latest) < timedelta(minutes=1):
            return datetime.fromisoformat(row.before) if row.before else None
        with self._store.writing(contents=False) as connection:
            if row is None:
                connection.execute(insert(table).values(person=name, before=None, latest=stamp(now)))
                return None
            latest = datetime.fromisoformat(row.latest)
            before = row.latest if now - latest >= APART else row.before
            values = {"before": before, "latest": stamp(now)}
            connection.execute(update(table).where(table.c.person == name).values(**values))
            return datetime.fromisoformat(before) if before else None

    def save_search(self, person: str, name: str, query: str) -> None:
        """Keep a search under a name, in place of one of the same name.

        Raises:
            InputError: it has no name.
        """
        name = " ".join(name.split())[:80]
        if not name:
            raise InputError("search", "has no name", "give it a name")
        table = tables.saved_search
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(table).where((table.c.person == person) & (table.c.name == name)))
            connection.execute(insert(table).values(person=person, name=name, query=query))

    def drop_search(self, person: str, name: str) -> None:
        """Forget a search."""
        table = tables.saved_search
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(table).where((table.c.person == person) & (table.c.name == name)))

    def searches(self, person: str) -> list[tuple[str, str]]:
        """A person's searches: name and query, by name."""
        table = tables.saved_search
        with self._store.reading() as connection:
            rows = connection.execute(select(table).where(table.c.person == person).order_by(table.c.name))
            return [(row.name, row.query) for row in rows]

    def any(self) -> bool:
        """Somebody has a password here."""
        with self._store.reading() as connection:
            return bool(connection.execute(select(func.count()).select_from(tables.person)).scalar())


def _verified(secret: str, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    given = dict.fromkeys((_same(password), password.encode("utf-8", "replace").decode()))  # older ones: as typed
    for one in given:
        try:
            return PasswordHasher().verify(secret, one)
        except (VerificationError, InvalidHashError):
            continue
    return False


def _same(password: str) -> str:
    """A password as it is kept: on one keyboard an accent is a letter of its own, on another it is not."""
    return unicodedata.normalize("NFC", password.encode("utf-8", "replace").decode())


def prepare() -> None:
    """Make now what the first sign-in would have to wait for: it must not be told from the others."""
    _nobody()


@cache
def _nobody() -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(secrets.token_urlsafe(32))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
