"""Write a store in formats of other programs, and take back what people corrected there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.options import Since, StorePath, Until, Why, day_of, load_settings
from standoff.cli.stores import existing, reconcile_again
from standoff.cli.telling import FAILED, PARTIAL, complain, note, status
from standoff.errors import InputError
from standoff.printable import many, one_line


def export(
    form: Annotated[
        str | None, typer.Argument(metavar="FORMAT", help="One of the formats; without one, their list.")
    ] = None,
    into: Annotated[
        str | None, typer.Argument(metavar="PATH", help="A folder, or a file where one is written; - prints it.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar="FIELD=VALUE", help="Claims alone that are so: event=ASSAULT, actor=RUS, doc=…"
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Of its files this one alone.")
    ] = None,
    fields: Annotated[str | None, typer.Option("--fields", metavar="A,B", help="These columns alone.")] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="NAME", help="The rule for figures; see standoff policy.")
    ] = None,
    texts: Annotated[bool, typer.Option("--text", help="Whole reports too, where you may pass them on.")] = False,
    store: StorePath = None,
) -> None:
    """Write a store in a format of the field, with a manifest of what was written."""
    from standoff.export import registry

    if form is None:
        for one in registry.exporters().values():
            typer.echo(f"{one.name:<15}{one.says}")
        return
    from standoff.export.selection import Selection, save, select
    from standoff.reconcile import policies
    from standoff.store import query

    made_by = registry.exporter(form)
    if policy is not None:
        policies.policy(policy)
    pairs = [
        (name, value) for given in where or () for part in given.split("&") for name, _, value in [part.partition("=")]
    ]
    wanted = query.wanted([*pairs, ("since", _iso(since)), ("until", _iso(until))])
    columns = tuple(name.strip() for name in (fields or "").split(",") if name.strip())
    with existing(load_settings(store=store)) as opened:
        chosen = Selection(opened, wanted, policy, texts, columns)
        if into == "-":
            parts = select(made_by, chosen, only or ())
            if len(parts) != 1:
                stems = ", ".join(part.name.partition(".")[0] for part in parts)
                raise typer.BadParameter(f"{form} is several files: name one with --only, of {stems}")
            parts[0].write(sys.stdout.buffer)
            return
        with status(f"writing {form}"):
            manifest = save(made_by, chosen, Path(into or f"standoff-{form}"), only or ())
    for written in manifest.files:
        typer.echo(f"{one_line(str(written.path))}: {many(written.records, 'record')}, {many(written.bytes, 'byte')}")


def import_(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="JSON Lines, a sheet, doccano's lines, brat's or gold folders.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Whose corrections they are.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Take back what people corrected elsewhere, as their reviews of the claims of a store."""
    from standoff.imports import take
    from standoff.ingest.capture import now

    if not by.strip():
        raise typer.BadParameter("--by names nobody")
    failed = changed = 0
    with existing(load_settings(store=store)) as opened:
        for path in paths:
            try:
                taken = take(opened, Path(path), by.strip(), now(), why)
            except InputError as error:
                failed += 1
                complain(str(error))
                continue
            changed += taken.changed
            parts = (
                *((("added", taken.added),) if taken.added else ()),
                ("corrected", taken.corrected),
                ("accepted", taken.accepted),
                ("rejected", taken.rejected),
            )
            told = ", ".join(
                f"{what} {n}" for what, n in (*parts, ("as they were", taken.same), ("left", len(taken.left)))
            )
            typer.echo(f"{one_line(path)}: {told}")
            for left in taken.left:
                note(f"{left.what}: {left.why}")
        if changed or opened.unreconciled():  # by one that was killed before it came to that
            reconcile_again(opened)
    if failed:
        raise typer.Exit(PARTIAL if failed < len(paths) else FAILED)


def gold(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where to put them, a folder each.")],
    store: StorePath = None,
) -> None:
    """Write the reviewed reports of a store as gold that standoff evaluate scores: your own corpus from your own work."""
    from standoff.export.gold import write

    with existing(load_settings(store=store)) as opened:
        written = write(opened, Path(folder))
    typer.echo(f"{one_line(folder)}: {many(len(written), 'report')}; standoff evaluate {one_line(folder)} scores them")


def _iso(text: str | None) -> str:
    found = day_of(text)
    return found.isoformat() if found else ""
