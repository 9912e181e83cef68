"""Check how well reports are read, and what standoff runs on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.options import Model, ReaderName, load_settings
from standoff.cli.telling import FAILED, PARTIAL, complain, note, note_meter, status
from standoff.errors import InputError
from standoff.printable import one_line


def evaluate(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Corpora: folders, or tables of marked pairs.")],
    misses: Annotated[bool, typer.Option("--misses", help="Every miss, false claim and wrong slot too.")] = False,
    per_type: Annotated[bool, typer.Option("--per-type", help="Figures by event type too.")] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Of large corpora the first N texts.")] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Raise the floors to these figures; none is lowered.")] = False,
    into: Annotated[
        str | None, typer.Option("--markdown", metavar="FILE", help="Put the tables into this file, between its marks.")
    ] = None,
    reader: ReaderName = None,
    model: Model = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Score extraction against gold and public corpora; each is known by its files.

    Corpora are gold.json files with their texts, brat attributions, marked pairs (.tsv), PLOVER's records, and killed
    and injured per incident (docs.jsonl, incidents.jsonl).
    """
    settings = load_settings(model=model, reader=reader)
    from standoff.readers.choice import choose

    readers = choose(settings)
    with status("loading"):
        from standoff.evaluate import floors, measure, page
        from standoff.render import console
    reports = []
    for path in paths:
        try:
            with status(f"scoring {one_line(path)}"):
                report = measure(Path(path), model=settings.model, limit=limit, readers=readers)
        except InputError as error:
            complain(str(error))
            continue
        reports.append(report)
        if not json:
            page.draw(report, console(sys.stdout), by_type=per_type, misses=misses)
        for line in (*floors.check(report), *(floors.pin(report) if pin else ())) if readers.named is None else ():
            note(line)
    note_meter(readers)
    if json:
        from json import dumps

        found = [page.record(report, by_type=per_type, misses=misses) for report in reports]
        typer.echo(dumps({"corpora": found}, indent=2, ensure_ascii=False))
    if into and reports:
        page.write_markdown(reports, Path(into))
    if len(reports) < len(paths):
        raise typer.Exit(PARTIAL if reports else FAILED)


def doctor(
    model: Model = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what standoff runs on, and what is known to be wrong with it."""
    from dataclasses import asdict
    from json import dumps

    from standoff.doctor import examine

    findings = examine(load_settings(model=model).model)
    if json:
        typer.echo(
            dumps({"ok": not any(f.missing for f in findings), "findings": [asdict(f) for f in findings]}, indent=2)
        )
    else:
        for finding in findings:
            typer.echo(
                f"{finding.name:<13}{one_line(finding.value)}" + (f" — {finding.fault}" if finding.fault else "")
            )
    if any(finding.missing for finding in findings):
        raise typer.Exit(FAILED)
