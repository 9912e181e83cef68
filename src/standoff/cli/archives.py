"""Read whole archives at once, and load what came of them into a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

import standoff
from standoff.cli.options import Columns, Model, ReaderName, RunnerName, StorePath, load_settings, named_columns
from standoff.cli.stores import reconcile_again
from standoff.cli.telling import FAILED, PARTIAL, complain, note
from standoff.errors import InputError, StoreError, StoreFault
from standoff.printable import many, one_line

if TYPE_CHECKING:
    from standoff.runners.bulk import Summary

SHOWN = 20
"""Failures of a bulk reading that are printed; all are in its result."""


def bulk(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="WARC, JSON Lines, CSV, Parquet, or folders of files.")
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="The folder that the Parquet goes into.")],
    runner: Annotated[RunnerName, typer.Option(help="Here, in processes, or on Ray.")] = RunnerName.POOL,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Processes or actors.")] = os.cpu_count() or 1,
    address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Of a Ray cluster; auto: the one here.")
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="Parse only what tells of a crisis by its words.")
    ] = True,
    columns: Columns = None,
    part: Annotated[int, typer.Option(metavar="N", min=1, help="Reports that are worked through together.")] = 200,
    seconds: Annotated[
        float, typer.Option(metavar="S", min=1, help="Without a sign of life, until a worker is replaced.")
    ] = 120,
    megabytes: Annotated[
        int, typer.Option(metavar="MB", min=500, help="Memory of a worker, until it is replaced.")
    ] = 3000,
    reader: ReaderName = None,
    model: Model = None,
) -> None:
    """Read an archive into Parquet; a run that was cut off goes on where it was. standoff load brings it into a store."""
    from standoff.ingest.capture import Options
    from standoff.runners import Limits, named
    from standoff.runners import bulk as archive
    from standoff.runners.work import Job

    settings = load_settings(model=model, reader=reader)
    if os.sep in settings.model:  # workers may run in another folder
        settings = settings.model_copy(update={"model": str(Path(settings.model).absolute())})
    share = 1 / workers if runner is not RunnerName.SERIAL else 1.0
    asked = settings if settings.reader != "standoff" else None
    job = Job(settings.model, gate, Options(columns=named_columns(columns)), asked, share)
    patience = max((2 * one.seconds + 120 for one in settings.readers.values()), default=0) if asked else 0
    chosen = named(runner.value, Limits(workers, max(seconds, patience), megabytes), address)
    with _counted() as report:
        done = archive.run(inputs, Path(out), chosen, job, reports=part, report=report)
    told = f"{many(done.rows['documents'], 'report')}, {done.read} parsed, {many(done.rows['claims'], 'claim')}"
    known = f", {done.known} of {done.parts} parts known" if done.known else ""
    typer.echo(f"{one_line(out)}: {told}{known}")
    for failed in archive.failures(Path(out), SHOWN):
        complain(f"{failed['name']}: {failed['why']}; {failed['mend']}")
    if done.rows["failures"] > SHOWN:
        note(f"and {done.rows['failures'] - SHOWN} more, in {one_line(out)}/failures")
    if done.rows["failures"]:
        raise typer.Exit(PARTIAL if done.rows["documents"] else FAILED)


def load_(
    result: Annotated[str, typer.Argument(metavar="DIR", help="The folder that standoff bulk wrote.")],
    store: StorePath = None,
) -> None:
    """Bring a bulk result into a store: the reports with claims in them, each whole or not at all."""
    from standoff.runners import bulk as archive

    settings = load_settings(store=store)
    contents = archive.contents(Path(result))
    first = next(contents, None)  # a result that cannot be read leaves no empty store
    added = known = failed = 0
    with standoff.open_store(settings.store) as opened:
        held = set(opened.ids())
        for document, claims in chain([first] if first else [], contents):
            try:
                # A result comes from elsewhere: what the store has, with what people said of it, is not written over by it.
                if document.id not in held:
                    archive.check(document, claims)
                elif (there := opened.document(document.id)) is not None and there.sha256 != document.sha256:
                    raise InputError(document.id, "held with other words", "load it into another store")
                else:
                    known += 1
                    continue
                fresh = opened.add(document, claims).new
            except StoreFault:
                raise
            except (InputError, StoreError) as error:
                failed += 1
                complain(str(error))
            else:
                added, known = added + fresh, known + (not fresh)
        parts = {"added": added, "known": known, "failed": failed}
        typer.echo(", ".join(f"{what} {n}" for what, n in parts.items() if n or what == "added"))
        if opened.unreconciled():
            reconcile_again(opened)
    if failed:
        raise typer.Exit(PARTIAL if added + known else FAILED)


@contextmanager
def _counted() -> Iterator[Callable[[Summary], None]]:
    """How far a bulk reading is: reports, their rate, and the time left as the bytes of finished files tell it."""
    if not sys.stderr.isatty():
        yield lambda summary: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    start = monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def report(summary: Summary) -> None:
            rate = summary.rows["documents"] / max(monotonic() - start, 0.001)
            told = f"{many(summary.rows['documents'], 'report')}, {rate:.0f} a second, {many(summary.rows['claims'], 'claim')}"
            whole = summary.bytes if summary.files > 1 else None
            progress.update(task, description=told, completed=summary.bytes_done, total=whole)

        yield report
