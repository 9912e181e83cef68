"""Read reports without keeping them: their claims, what decided each, and the samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

import standoff
from standoff.cli.inputs import Batch, Inputs, estimate, readers_of
from standoff.cli.options import (
    AsCsv,
    AsJson,
    AsJsonl,
    AsTable,
    Columns,
    DocId,
    DryRun,
    Format,
    Given,
    Model,
    Offline,
    Published,
    ReaderName,
    format_of,
    load_settings,
)
from standoff.cli.printing import print_claims, print_disputes, renderer, write_records
from standoff.cli.telling import note, note_meter, status
from standoff.errors import InputError
from standoff.printable import many

if TYPE_CHECKING:
    from standoff.model import Claim, Document


def extract(
    sources: Given,
    published: Published = None,
    doc_id: DocId = None,
    columns: Columns = None,
    statements: Annotated[bool, typer.Option("--statements", help="Who is said to say what, not claims.")] = False,
    disputes: Annotated[bool, typer.Option("--disputes", help="Where the accounts part, not claims.")] = False,
    offline: Offline = False,
    reader: ReaderName = None,
    dry_run: DryRun = False,
    model: Model = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Read reports and print their claims."""
    form = format_of(jsonl, json, csv, table)
    if statements and disputes:
        raise typer.BadParameter("--statements and --disputes exclude each other")
    from standoff import coding

    settings = load_settings(model=model, offline=offline or None, reader=reader)
    given = Inputs(sources, settings, published, doc_id, columns=columns)
    if dry_run:
        estimate(given, settings, form)
        return
    if statements:
        if settings.reader != "standoff":
            raise typer.BadParameter("--statements are read by standoff alone")
        coding.start(settings.model)
        attributed = Batch(given, lambda d: coding.statements(d, settings.model), form)
        _print_statements(attributed, form)
        attributed.finish()
        return
    readers = readers_of(settings)
    coded = Batch(given, lambda d: coding.read(readers, d).claims, form, readers)
    if disputes:
        _print_disputes_of(list(coded), form)
    else:
        print_claims(coded, form)
    note_meter(readers)
    coded.finish()


def explain(
    sources: Given,
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID", help="One claim; all of them otherwise.")
    ] = None,
    published: Published = None,
    offline: Offline = False,
    model: Model = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Say for each value of a claim what proposed it, with what probability, and what decided."""
    from dataclasses import asdict

    from standoff.explain import explain as explained

    form = format_of(jsonl, json, csv, table)
    settings = load_settings(model=model, offline=offline or None)
    read = Batch(Inputs(sources, settings, published), lambda d: tuple(explained(d, settings.model)), form)
    found = [(document, one) for document, all_ in read for one in all_ if claim in {None, one.claim.id}]
    if claim is not None and not found:
        raise InputError(
            f"claim {claim}", "no report given holds it", "`standoff extract REPORT --jsonl` names the claims"
        )
    if form is not Format.TABLE:
        rows = ({"doc": d.id, "claim": one.claim.id, **asdict(step)} for d, one in found for step in one.steps)
        write_records(rows, "steps", form)
    else:
        for document, one in found:
            typer.echo(f"{one.claim.id} · {document.id}: “{' '.join(one.claim.text.split())}”")
            for step in one.steps:
                sure = "" if step.probability is None else f" {step.probability:.2f}"
                typer.echo(f"  {step.slot}: {step.value or 'nobody told'}  [{step.decided}]")
                typer.echo(f"      rules: {step.rules or '–'} · reader: {step.reader or '–'}{sure}")
    read.finish()


def demo(
    store: Annotated[str, typer.Option(metavar="PATH", help="Where to leave the store.")] = "standoff-demo.db",
    model: Model = None,
) -> None:
    """Read the sample reports, show what they claim and where they part, and leave a store to go on with."""
    from standoff import demo as samples

    settings = load_settings(model=model)
    samples.clear(store)
    read: dict[str, tuple[Document, tuple[Claim, ...]]] = {}
    with status("reading the sample reports"):
        for document in samples.documents():
            read[document.id] = document, standoff.extract(document, model=settings.model)
    documents = [document for document, _ in read.values()]
    held = [claim for _, found in read.values() for claim in found]
    with standoff.open_store(store) as opened:
        for document, found in read.values():
            opened.add(document, found)
        reconciled = standoff.reconcile(held, documents)
        opened.save(reconciled)

    page = renderer(held, documents)
    page.heading(f"{many(len(documents), 'report')}, {many(len(held), 'claim')}: who says who did what to whom")
    page.claims()
    page.heading(f"Where the accounts part: {many(len(reconciled.disputes), 'dispute')}")
    page.disputes(reconciled.disputes)
    from standoff.reconcile import dossier, voices

    page.heading("Where they agree")
    for one in dossier.draw(reconciled, {claim.id: claim for claim in held}, documents):
        page.corroborated([p for p in one.corroborated if p.by == "adversary" and p.what not in voices.BARE])
    page.note("")
    page.note("The reports were written for this demo. What was read is in a store; go on with")
    for command in (
        "incidents --store {}",
        "disputes --store {} --csv",
        "claims --store {} --jsonl",
        "add REPORT.txt --store {}",
    ):
        page.note("  standoff " + command.format(store))


def _print_statements(read: Iterable[tuple[Document, tuple[Any, ...]]], form: Format) -> None:
    if form is Format.TABLE:
        pairs = list(read)
        page = renderer([], [document for document, _ in pairs])
        for document, found in pairs:
            page.statements(document, found)
        return
    from standoff.records import statement_record

    write_records((statement_record(one, document) for document, found in read for one in found), "statements", form)


def _print_disputes_of(read: Sequence[tuple[Document, tuple[Claim, ...]]], form: Format) -> None:
    documents = [document for document, _ in read]
    held = [claim for _, found in read for claim in found]
    found = standoff.reconcile(held, documents).standing
    if not found and form is Format.TABLE:
        note("no disputes found")
    print_disputes(found, held, documents, form)
