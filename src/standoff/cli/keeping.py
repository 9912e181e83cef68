"""Read reports into a store, and list the ones that it holds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    GivenOrNone,
    Model,
    Offline,
    OneDoc,
    Outlet,
    Published,
    ReaderName,
    StorePath,
    Url,
    check_doc,
    format_of,
    load_settings,
)
from standoff.cli.printing import renderer, write_records
from standoff.cli.stores import existing, reconcile_again
from standoff.cli.telling import FAILED, PARTIAL, aside, complain, note, note_meter
from standoff.errors import InputError, ReaderFault
from standoff.printable import many, one_line

if TYPE_CHECKING:
    from standoff.model import Document
    from standoff.readers.choice import Choice
    from standoff.settings import Settings
    from standoff.store import Store


def add(
    sources: GivenOrNone = None,
    published: Published = None,
    doc_id: DocId = None,
    url: Url = None,
    outlet: Outlet = None,
    columns: Columns = None,
    retry: Annotated[bool, typer.Option("--retry", help="What failed before, again.")] = False,
    recode: Annotated[bool, typer.Option("--recode", help="Code known reports again, as after an update.")] = False,
    again: Annotated[
        list[str] | None, typer.Option("--again", metavar="ID", help="A report of the store, to be read by --reader.")
    ] = None,
    keep_unread: Annotated[
        bool, typer.Option("--keep-unread", help="Keep what a model cannot read now, for --retry.")
    ] = False,
    offline: Offline = False,
    reader: ReaderName = None,
    dry_run: DryRun = False,
    model: Model = None,
    store: StorePath = None,
    folder: Annotated[str | None, typer.Option(metavar="DIR", help="Where the files lie that are named.")] = None,
) -> None:
    """Read reports into a store; each goes in whole or not at all. What the reader does not know is kept, and not coded."""
    settings = load_settings(model=model, store=store, offline=offline or None, reader=reader)
    given = list(sources or ())
    stored: dict[str, Document] = {}
    by_whom: dict[str, str] = {}
    if retry or again:
        with existing(settings) as opened:
            stored, by_whom = _stored(opened, again or (), settings, retry=retry, asked=reader)
            here = {one.provenance.name if one.provenance else one.id for one in stored.values()}
            roots = (f.root for f in opened.intake.failures() if f.source not in here) if retry else ()
            given += [root for root in dict.fromkeys(roots) if root != "-"]
        given += stored
        if not given:
            note(f"nothing in {settings.store} is to be tried again")
            return
    if not given:
        raise typer.BadParameter("name what to read, --retry, or --again")
    from standoff import coding
    from standoff.ingest.capture import now
    from standoff.watch import failure, keep

    form = Format.TABLE if sys.stdout.isatty() else Format.JSONL
    read_from = Inputs(given, settings, published, doc_id, url, outlet, columns, folder, stored)
    if dry_run:
        estimate(read_from, settings, form)
        return
    once_more = {document.id for document in stored.values()}
    readers = readers_of(settings)
    others = {name: readers_of(settings.model_copy(update={"reader": name})) for name in sorted(set(by_whom.values()))}
    fault: ReaderFault | None = None
    beyond: dict[str, ReaderFault] = {}  # by reader: why it cannot be asked any more in this run
    with ExitStack() as opened_stores:
        target: list[Store] = []  # opened for the first report that can be read: a failed run leaves no empty file
        known = other = dayless = unread = 0
        texts: dict[str, str] = {}

        def chosen(document: Document) -> Choice:
            return others.get(by_whom.get(document.id, ""), readers)

        def work(document: Document) -> bool:
            nonlocal unread
            asked, name = chosen(document), by_whom.get(document.id, settings.reader)
            if not target:
                if asked.of(document):
                    coding.ready(settings.model)  # fails here, where there is no store yet to leave behind
                target.append(opened_stores.enter_context(standoff.open_store(settings.store)))
            waits = keep_unread or document.id in once_more
            if name in beyond:
                asked = asked.failing(beyond[name])
            try:
                anew = recode or document.id in (again or ())
                return keep(target[0], document, settings.model, recode=anew, readers=asked, unread=waits)
            except ReaderFault as error:
                if not waits:
                    raise
                beyond[name] = error
                unread += 1
                of = document.provenance.name if document.provenance else document.id
                raise InputError(of, f"kept, not read: {error.what}: {error.why}", error.mend) from None
            except InputError:
                unread += waits and asked.named is not None and document.id in target[0].readings.unread(document.id)
                raise

        batch = Batch(read_from, work, form, readers)
        try:
            for document, fresh in batch:
                dayless += document.published is None
                by = target[0].readings.readers(document.id).get(document.id, ())
                if not by and not chosen(document).of(document):
                    from standoff.ingest import english

                    other += 1
                    typer.echo(f"{one_line(document.id)}: kept, not coded: in {english.named(document.language)}")
                elif fresh:
                    told = f", read by {' and '.join(by)}" if by != ("standoff",) else ""
                    typer.echo(f"{one_line(document.id)}: {many(len(target[0].claims(document.id)), 'claim')}{told}")
                    _note_reading(target[0], document.id)
                else:
                    known += 1
                    continue
                for left in document.provenance.left if document.provenance else ():
                    typer.echo(f"  not kept: {one_line(left)}")
                if (same := texts.setdefault(document.sha256, document.id)) != document.id:
                    typer.echo(f"  word for word the same as {one_line(same)}: one voice, not two")
        except ReaderFault as error:
            fault = error  # what was read until then is kept, and is put together
            complain(str(error))
        if not target and batch.failed and ("://" in settings.store or Path(settings.store).is_file()):
            target.append(opened_stores.enter_context(standoff.open_store(settings.store)))
        for kept in target:
            for failed in batch.failed:
                kept.intake.fail(failure(failed, now()))
            parts = {"added": batch.done - known, "known": known, "not coded": other}
            parts |= {"kept, not read": unread, "failed": len(batch.failed) - unread}
            typer.echo(", ".join(f"{what} {n}" for what, n in parts.items() if n or what == "added"))
            if dayless:
                reports = "report names no day" if dayless == 1 else "reports name no day"
                typer.echo(f"{dayless} {reports} of publication: weekdays in it stay undated; --published gives one")
            if kept.unreconciled():
                reconcile_again(kept)
    for one in (readers, *others.values()):
        note_meter(one)
    if fault is not None:
        raise typer.Exit(PARTIAL if batch.done else FAILED)
    batch.finish()


def _stored(
    store: Store, again: Sequence[str], settings: Settings, *, retry: bool, asked: str | None
) -> tuple[dict[str, Document], dict[str, str]]:
    """Reports of a store that are to be read once more, by a name in place of a file's; and by report, who was to read it."""
    from standoff.readers.choice import setting
    from standoff.settings import OWN

    found: dict[str, Document] = {}
    by_whom: dict[str, str] = {}
    for key, names in store.readings.unread().items() if retry else ():
        gone = sorted(set(names) - {OWN, *settings.readers})
        if gone and asked is None:
            complain(f"{key}: reader {gone[0]!r} is not in the settings any more; read it with --reader NAME")
            continue
        by_whom[key] = asked or setting(names)
    for key in dict.fromkeys((*again, *by_whom)):
        document = store.document(key)
        if document is None:
            raise InputError(f"report {key!r}", "not in the store", "standoff documents prints their ids")
        found[f"{key} (in the store)"] = document
    return found, by_whom


def documents(
    store: StorePath = None,
    doc: OneDoc = None,
    failed: Annotated[bool, typer.Option("--failed", help="Inputs that could not be read, and why.")] = False,
    readings: Annotated[
        bool, typer.Option("--readings", help="Who read each, where, for how much, and what was not taken.")
    ] = False,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print the reports of a store: where each came from, when, and how it was read."""
    from dataclasses import asdict

    form = format_of(jsonl, json, csv, table)
    with existing(load_settings(store=store)) as opened:
        failures, held, read = opened.intake.failures(), opened.documents(), opened.readings.all()
    if readings:
        check_doc(doc, {document.id for document in held})
        read = [one for one in read if doc in (None, one.doc)]
        if form is Format.TABLE:
            renderer([], []).readings(read)
            return
        from standoff.records import reading_record

        write_records(map(reading_record, read), "readings", form)
        return
    if failed:
        if not failures:
            note("no input has failed")
        if form is Format.TABLE:
            renderer([], []).failures(failures)
        else:
            write_records(({**asdict(one), "failed": one.failed.isoformat()} for one in failures), "failures", form)
        return
    check_doc(doc, {document.id for document in held})
    shown = [document for document in held if doc in (None, document.id)]
    by = {one.doc for one in read if not one.fault}
    unread = {one.doc for one in read if one.fault} - by
    if form is Format.TABLE:
        renderer([], shown).documents({key: [one.reader for one in read if one.doc == key] for key in by})
        return
    from standoff.records import document_record

    coded = (
        {**document_record(one), "coded": one.id in by or (one.language == "en" and one.id not in unread)}
        for one in shown
    )
    write_records(coded, "documents", form)


def _note_reading(store: Store, doc: str) -> None:
    """What a person should know of how a model read a report."""
    for reading in store.readings.of(doc):
        for warning in reading.warnings:
            aside(f"{doc}: {warning}")
