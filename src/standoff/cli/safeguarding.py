"""Copy a store, back it up, restore it, and look whether it is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import standoff
from standoff.cli.options import StorePath, load_settings
from standoff.cli.stores import existing
from standoff.cli.telling import FAILED, complain, note, status
from standoff.errors import StoreError
from standoff.printable import many, one_line


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A store: a file, or the URL of a database.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new one.")],
) -> None:
    """Copy a store into a new one, from SQLite to PostgreSQL or back: reports, claims, reviews, decisions, feeds, people."""
    from standoff.store import copying

    with existing(load_settings(store=source)) as read, standoff.open_store(target) as write, status("copying"):
        rows = copying.copy(read, write)
    typer.echo(f"{one_line(write.name)}: {many(rows, 'row')}, the same as in {one_line(read.name)}")


def backup(
    into: Annotated[str, typer.Argument(metavar="FILE", help="A new file.")],
    store: StorePath = None,
) -> None:
    """Copy a store into a new file, while others may write to it, and look whether the copy is sound."""
    from standoff.store import backup as backups

    with existing(load_settings(store=store)) as opened, status("copying"):
        size = backups.backup(opened, Path(into))
        typer.echo(f"{one_line(into)}: {size:,} bytes, all that {one_line(opened.name)} held")


def restore(
    saved: Annotated[str, typer.Argument(metavar="FILE", help="What standoff backup wrote.")],
    store: StorePath = None,
) -> None:
    """Put a backup where a store is to be; one that is there is not written over."""
    from standoff.store import backup as backups

    into = load_settings(store=store).store
    if "://" in into:
        raise StoreError(into.partition("://")[0], "is no file", "restore into a file, then standoff copy it there")
    with status("copying"):
        size = backups.restore(Path(saved), Path(into))
    typer.echo(f"{one_line(into)}: {size:,} bytes, from {one_line(saved)}")


def verify(store: StorePath = None) -> None:
    """Look whether a store is sound: its file, its links, its texts, and the words that each claim quotes."""
    from itertools import islice

    from standoff.store import backup as backups

    with existing(load_settings(store=store)) as opened:
        with status("looking"):
            found = list(islice(backups.faults(opened), backups.MOST + 1))
        for fault in found[: backups.MOST]:
            complain(f"{opened.name}: {fault}")
        if found:
            more = " or more" if len(found) > backups.MOST else ""
            note(f"{min(len(found), backups.MOST)}{more} faults; go back to a backup with standoff restore")
            raise typer.Exit(FAILED)
        held = opened.browse.totals()
        typer.echo(
            f"{one_line(opened.name)}: sound, {many(held['reports'], 'report')}, {many(held['claims'], 'claim')}"
        )
