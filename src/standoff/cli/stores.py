"""The store that a command looks into, and its incidents drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import typer

import standoff
from standoff.errors import StoreError, StoreFault
from standoff.printable import many, one_line

if TYPE_CHECKING:
    from standoff.settings import Settings
    from standoff.store import Store

looked_into: ContextVar[str | None] = ContextVar("store", default=None)
"""The store that a command reads: what breaks it may be the store's fault."""


@contextmanager
def existing(settings: Settings) -> Iterator[Store]:
    """The store, which must be there: a look into one does not make one."""
    where = settings.store
    if "://" not in where and not Path(where).is_file():
        raise StoreError(where, "no such store", "make one with standoff add, or name another with --store")
    looked_into.set(where)
    with standoff.open_store(where) as store:
        yield store


def reconcile_again(store: Store) -> None:
    """Draw the incidents and disputes of a store anew, and say how many there are."""
    for left in (2, 1, 0):
        documents = store.documents()
        found = standoff.reconcile(store.claims(reviewed=True), documents, store.decisions(), store.decided.standing())
        try:
            store.save(found, [document.id for document in documents])
            break
        except StoreFault:
            raise
        except StoreError:
            if not left:
                raise  # another program changed what this rests on, each time
    parts = (len(documents), "report"), (len(found.incidents), "incident"), (len(found.standing), "dispute")
    typer.echo(f"{one_line(store.name)}: " + ", ".join(many(n, what) for n, what in parts))
