"""Who uses the web application: names with roles and passwords, who is signed in, when they last looked, what they saved.

Passwords are kept as Argon2id hashes, sessions as hashes of what the browser holds: neither can be read back. Both are kept
apart from the store's contents (:mod:`standoff.store.keys`).
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
from standoff.store import keys as _keys
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
        self.keys = _keys.of(store)
        if isinstance(self.keys, _keys.InFile):
            self.keys.move()

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
        secret = PasswordHasher().hash(password)
        values = {"role": role.value, "made": stamp(now)}
        self.keys.forget(name)  # before the role is another: nobody is ever in by an earlier password
        with self._store.writing(contents=False) as connection:
            if not connection.execute(update(table).where(table.c.name == name).values(**values)).rowcount:
                connection.execute(insert(table).values(name=name, secret="", **values))
        self.keys.give({name: secret})

    def drop(self, name: str) -> None:
        """Let a person in no longer. What they decided stays, with their name.

        Raises:
            InputError: no one has that name.
        """
        with self._store.writing(contents=False) as connection:
            if not connection.execute(delete(tables.person).where(tables.person.c.name == name)).rowcount:
                raise InputError(f"person {name!r}", f"not in {self._store.name}", "standoff people lists them")
        self.keys.forget(name)

    def all(self) -> list[Person]:
        """Everyone who may come in, by name."""
        table = tables.person
        with self._store.reading() as connection:
            rows = connection.execute(select(table.c.name, table.c.role).order_by(table.c.name))
            return [Person(row.name, Role(row.role)) for row in rows]

    def sign_in(self, name: str, password: str, now: datetime) -> str | None:
        """The key that a browser is to hold, or None where name and password do not go together."""
        secret, role = self.keys.secrets().get(name), self._role(name)
        # A name that is not known takes as long as a wrong password: its hash is one that was made before.
        if not _verified(secret or _nobody(), password[: LONGEST + 1]) or not secret or role is None:
            return None
        key = secrets.token_urlsafe(32)
        self.keys.begin(_hash(key), name, stamp(now + SESSION), stamp(now))
        return key

    def signed_in(self, key: str, now: datetime) -> Person | None:
        """Who holds this key."""
        name = self.keys.holder(_hash(key), stamp(now))
        role = self._role(name) if name is not None else None
        return Person(name, role) if name is not None and role is not None else None

    def sign_out(self, key: str) -> None:
        """The key opens nothing any more."""
        self.keys.end(_hash(key))

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

    def _role(self, name: str) -> Role | None:
        table = tables.person
        with self._store.reading() as connection:
            role = connection.execute(select(table.c.role).where(table.c.name == name)).scalar()
            return Role(role) if role else None


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
