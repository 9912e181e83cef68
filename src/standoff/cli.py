"""The command line: parse, call the API, print. Every heavy import is inside a function, so that help is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from enum import StrEnum
from io import StringIO, TextIOWrapper
from itertools import chain, pairwise
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, Generic, TextIO, TypeVar

import typer
from typer.core import TyperGroup

import standoff
from standoff.errors import InputError, ReaderFault, StandoffError, StoreError, StoreFault
from standoff.printable import NOTE, many, one_line

if TYPE_CHECKING:
    from datetime import date

    from standoff.analysis.alerts import Alert, Rule
    from standoff.analysis.report import Report
    from standoff.ingest.capture import Failed
    from standoff.model import Claim, Decision, Dispute, Document
    from standoff.readers.choice import Choice
    from standoff.reconcile.dossier import Dossier
    from standoff.records import Record
    from standoff.render import Renderer
    from standoff.runners.bulk import Summary
    from standoff.settings import Settings
    from standoff.store import Store

FAILED = 1
PARTIAL = 3
_looked_into: ContextVar[str | None] = ContextVar("store", default=None)
"""The store that a command reads: what breaks it may be the store's fault."""
SHOWN = 20
"""Failures of a bulk reading that are printed; all are in its result."""

_Result = TypeVar("_Result")


class Commands(TyperGroup):
    """All commands: an error a user can act on is one line on stderr and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        _looked_into.set(None)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except StandoffError as error:
            _complain(str(error))
            raise typer.Exit(FAILED) from None
        except BrokenPipeError:
            # Who reads us has enough. Python would complain once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit from None
        except OSError as error:
            what = error.filename or "standard output"
            _complain(str(StandoffError(str(what), error.strerror or str(error), "check the file and its disk")))
            raise typer.Exit(FAILED) from None
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            if sys.flags.dev_mode or (fault := _unsound()) is None:
                raise  # a fault of our own
            _complain(str(fault))
            raise typer.Exit(FAILED) from error
        return result


def _unsound() -> StoreError | None:
    """What is wrong with the store that a command looked into; None where it is sound, or there is none."""
    from standoff.store import backup

    if (where := _looked_into.get()) is None:
        return None
    try:
        with standoff.open_store(where) as opened:
            backup.check(opened)
    except StoreError as error:
        return error
    return None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How records are written."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    TABLE = "table"


class RunnerName(StrEnum):
    """Who runs the parts of a bulk reading."""

    SERIAL = "serial"
    POOL = "pool"
    RAY = "ray"


_SOURCES = typer.Argument(
    metavar="SOURCE…", help="Files, folders, web addresses, feeds, archives; - is standard input."
)
Given = Annotated[list[str], _SOURCES]
GivenOrNone = Annotated[list[str] | None, _SOURCES]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="When they were published: 2025-05-08.")]
DocId = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Id of the document; with several, a pattern such as '{parent}-{stem}'."),
]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the report was found.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="What a table calls text, title, url, published, outlet."),
]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published them.")]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="The spaCy pipeline that reads.")]
ReaderName = Annotated[
    str | None,
    typer.Option("--reader", metavar="NAME", help="Who reads: standoff, a model of standoff.toml, or both."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what a model would take and cost; send nothing.")]
StorePath = Annotated[str | None, typer.Option("--store", metavar="PATH", help="The store: a file, or a URL.")]
OneDoc = Annotated[str | None, typer.Option("--doc", metavar="ID", help="Of this document alone.")]
OfParty = Annotated[str | None, typer.Option("--party", metavar="KEY", help="Of this party: UKR, SYR-REB, NGO …")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")]
PolicyName = Annotated[str, typer.Option("--policy", metavar="NAME", help="By which rule; see standoff policy.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with it.")]
AsJsonl = Annotated[bool, typer.Option("--jsonl", help="One record a line (in a pipe, the default).")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV, safe for spreadsheets.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")]
Out = Annotated[str | None, typer.Option("--out", metavar="FILE", help="Into this file; else it is printed.")]
Rules = Annotated[
    str | None, typer.Option("--alerts", metavar="FILE", help="A file of rules: what to tell of when it comes about.")
]
AsTable = Annotated[bool, typer.Option("--table", help="A table to read (on a terminal, the default).")]


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Reads reports on crises and conflicts: who says who did what to whom, and where the accounts part.

    Exit codes: 0 done, 1 error, 2 usage, 3 some inputs failed (listed on stderr).
    """
    if version:
        typer.echo(f"standoff {standoff.__version__}")
        raise typer.Exit


@app.command()
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
    form = _format(jsonl, json, csv, table)
    if statements and disputes:
        raise typer.BadParameter("--statements and --disputes exclude each other")
    from standoff import coding

    settings = _settings(model=model, offline=offline or None, reader=reader)
    given = _Given(sources, settings, published, doc_id, columns=columns)
    if dry_run:
        _estimate(given, settings, form)
        return
    if statements:
        if settings.reader != "standoff":
            raise typer.BadParameter("--statements are read by standoff alone")
        coding.start(settings.model)
        attributed = _Batch(given, lambda d: coding.statements(d, settings.model), form)
        _print_statements(attributed, form)
        attributed.finish()
        return
    readers = _readers(settings)
    coded = _Batch(given, lambda d: coding.read(readers, d).claims, form, readers)
    if disputes:
        _print_disputes_of(list(coded), form)
    else:
        _print_claims(coded, form)
    _note_meter(readers)
    coded.finish()


@app.command()
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

    form = _format(jsonl, json, csv, table)
    settings = _settings(model=model, offline=offline or None)
    read = _Batch(_Given(sources, settings, published), lambda d: tuple(explained(d, settings.model)), form)
    found = [(document, one) for document, all_ in read for one in all_ if claim in {None, one.claim.id}]
    if claim is not None and not found:
        raise InputError(
            f"claim {claim}", "no report given holds it", "`standoff extract REPORT --jsonl` names the claims"
        )
    if form is not Format.TABLE:
        rows = ({"doc": d.id, "claim": one.claim.id, **asdict(step)} for d, one in found for step in one.steps)
        _write(rows, "steps", form)
    else:
        for document, one in found:
            typer.echo(f"{one.claim.id} · {document.id}: “{' '.join(one.claim.text.split())}”")
            for step in one.steps:
                sure = "" if step.probability is None else f" {step.probability:.2f}"
                typer.echo(f"  {step.slot}: {step.value or 'nobody told'}  [{step.decided}]")
                typer.echo(f"      rules: {step.rules or '–'} · reader: {step.reader or '–'}{sure}")
    read.finish()


@app.command()
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
    settings = _settings(model=model, store=store, offline=offline or None, reader=reader)
    given = list(sources or ())
    stored: dict[str, Document] = {}
    by_whom: dict[str, str] = {}
    if retry or again:
        with _existing(settings) as opened:
            stored, by_whom = _stored(opened, again or (), settings, retry=retry, asked=reader)
            here = {one.provenance.name if one.provenance else one.id for one in stored.values()}
            roots = (f.root for f in opened.intake.failures() if f.source not in here) if retry else ()
            given += [root for root in dict.fromkeys(roots) if root != "-"]
        given += stored
        if not given:
            _note(f"nothing in {settings.store} is to be tried again")
            return
    if not given:
        raise typer.BadParameter("name what to read, --retry, or --again")
    from standoff import coding
    from standoff.ingest.capture import now
    from standoff.watch import failure, keep

    form = Format.TABLE if sys.stdout.isatty() else Format.JSONL
    read_from = _Given(given, settings, published, doc_id, url, outlet, columns, folder, stored)
    if dry_run:
        _estimate(read_from, settings, form)
        return
    once_more = {document.id for document in stored.values()}
    readers = _readers(settings)
    others = {name: _readers(settings.model_copy(update={"reader": name})) for name in sorted(set(by_whom.values()))}
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

        batch = _Batch(read_from, work, form, readers)
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
            _complain(str(error))
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
                _reconcile_again(kept)
    for one in (readers, *others.values()):
        _note_meter(one)
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
            _complain(f"{key}: reader {gone[0]!r} is not in the settings any more; read it with --reader NAME")
            continue
        by_whom[key] = asked or setting(names)
    for key in dict.fromkeys((*again, *by_whom)):
        document = store.document(key)
        if document is None:
            raise InputError(f"report {key!r}", "not in the store", "standoff documents prints their ids")
        found[f"{key} (in the store)"] = document
    return found, by_whom


@app.command()
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

    form = _format(jsonl, json, csv, table)
    with _existing(_settings(store=store)) as opened:
        failures, held, read = opened.intake.failures(), opened.documents(), opened.readings.all()
    if readings:
        _check_doc(doc, {document.id for document in held})
        read = [one for one in read if doc in (None, one.doc)]
        if form is Format.TABLE:
            _renderer([], []).readings(read)
            return
        from standoff.records import reading_record

        _write(map(reading_record, read), "readings", form)
        return
    if failed:
        if not failures:
            _note("no input has failed")
        if form is Format.TABLE:
            _renderer([], []).failures(failures)
        else:
            _write(({**asdict(one), "failed": one.failed.isoformat()} for one in failures), "failures", form)
        return
    _check_doc(doc, {document.id for document in held})
    shown = [document for document in held if doc in (None, document.id)]
    by = {one.doc for one in read if not one.fault}
    unread = {one.doc for one in read if one.fault} - by
    if form is Format.TABLE:
        _renderer([], shown).documents({key: [one.reader for one in read if one.doc == key] for key in by})
        return
    from standoff.records import document_record

    coded = (
        {**document_record(one), "coded": one.id in by or (one.language == "en" and one.id not in unread)}
        for one in shown
    )
    _write(coded, "documents", form)


feeds = typer.Typer(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
app.add_typer(feeds, name="sources")


@feeds.callback()
def sources(
    context: typer.Context,
    store: StorePath = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List the feeds that a store watches, add one, pause it, or drop it."""
    from dataclasses import asdict

    context.obj = store
    if context.invoked_subcommand is not None:
        return
    form = _format(jsonl, json, csv, table)
    with _existing(_settings(store=store)) as opened:
        held = opened.intake.feeds()
    if not held:
        _note("no feed is watched; standoff sources add URL")
    if form is Format.TABLE:
        _renderer([], []).feeds(held)
        return
    times = ("due", "fetched")
    records = ({n: v.isoformat() if n in times and v else v for n, v in asdict(one).items()} for one in held)
    _write(records, "feeds", form)


@feeds.command("add")
def sources_add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="An RSS, Atom or JSON feed, or a news sitemap.")],
    every: Annotated[int, typer.Option(metavar="SECONDS", min=60, help="How often to look.")] = 900,
    outlet: Outlet = None,
    store: StorePath = None,
) -> None:
    """Watch a feed from now on; standoff watch looks at it."""
    from standoff.ingest.capture import now

    clean = _feed_address(url)
    with standoff.open_store(_settings(store=store or context.obj).store) as opened:
        fresh = opened.intake.watch(clean, every, now(), outlet)
        typer.echo(
            f"{one_line(clean)}: {'watched' if fresh else 'was watched already, changed'}, every {every} seconds"
        )


@feeds.command("pause")
def sources_pause(context: typer.Context, url: str, store: StorePath = None) -> None:
    """Leave a feed alone until it is resumed."""
    with _existing(_settings(store=store or context.obj)) as opened:
        opened.intake.pause(url, True)


@feeds.command("resume")
def sources_resume(context: typer.Context, url: str, store: StorePath = None) -> None:
    """Look at a paused feed again."""
    with _existing(_settings(store=store or context.obj)) as opened:
        opened.intake.pause(url, False)


@feeds.command("drop")
def sources_drop(context: typer.Context, url: str, store: StorePath = None) -> None:
    """Watch a feed no longer. What came from it stays."""
    with _existing(_settings(store=store or context.obj)) as opened:
        opened.intake.drop(url)


def _feed_address(url: str) -> str:
    from standoff.ingest import address

    clean = address.clean(url)
    if clean is None:
        raise InputError(url, "no web address", "give the address of a feed, as in https://example.org/feed.xml")
    return clean


@app.command()
def watch(
    urls: Annotated[list[str] | None, typer.Argument(metavar="FEED…", help="Feeds to watch too from now on.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Look at what is due now, and end.")] = False,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Post new disputes there as JSON.")] = None,
    alerts: Rules = None,
    reader: ReaderName = None,
    model: Model = None,
    store: StorePath = None,
    jsonl: AsJsonl = False,
    table: AsTable = False,
) -> None:
    """Look at the feeds of a store whenever they are due, and print each new dispute, and what rules of alerts find."""
    import time

    from standoff.ingest import bounded
    from standoff.ingest.capture import now
    from standoff.ingest.sources import Sources, fetcher
    from standoff.watch import EVERY, Watch, tell

    form = _format(jsonl, False, False, table)
    settings = _settings(model=model, store=store, alerts=alerts, reader=reader)
    readers = _readers(settings)
    rules = _rules(settings)
    way_out = fetcher(settings)
    if way_out is None:
        raise InputError("watch", "this run is offline", "set offline = false")
    for url in map(_feed_address, urls or ()):
        with standoff.open_store(settings.store) as opened:
            if url not in {feed.url for feed in opened.intake.feeds()}:
                opened.intake.watch(url, EVERY, now())
    with _existing(settings) as opened:
        if not opened.intake.feeds():
            raise InputError(opened.name, "no feed is watched", "standoff sources add URL")
        sources = Sources(way_out, pause=settings.pause, read=bounded.read)
        watching = Watch(
            opened, way_out, sources, model=settings.model, readers=readers, rules=rules, tell=webhook is not None
        )
        try:
            while True:
                found = watching.round()
                for failed in found.failed:
                    _complain(str(failed.error))
                if found.added:
                    _note_meter(readers)
                    _note(f"{many(len(found.added), 'new report')}, {many(len(found.disputes), 'new dispute')}")
                if found.disputes:
                    _print_disputes(found.disputes, opened.claims(reviewed=True), opened.documents(), form)
                    sys.stdout.flush()
                if found.alerts:
                    _print_alerts(found.alerts, form)
                    sys.stdout.flush()
                untold = False
                if webhook is not None:
                    try:
                        tell(opened, way_out, webhook)
                    except InputError as error:
                        _complain(str(error))
                        untold = True
                if once:
                    if found.failed or untold:
                        raise typer.Exit(PARTIAL if found.added or untold else FAILED)
                    return
                time.sleep(watching.until_next())
        except KeyboardInterrupt:
            _note("stopped; everything read so far is in the store")
        finally:
            watching.done()


@app.command()
def claims(
    store: StorePath = None,
    doc: OneDoc = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print the claims of a store."""
    form = _format(jsonl, json, csv, table)
    with _existing(_settings(store=store)) as opened:
        documents = {document.id: document for document in opened.documents()}
        _check_doc(doc, documents)
        found: dict[str, list[Claim]] = {key: [] for key in documents if doc in (None, key)}
        for claim in opened.claims(doc):
            found[claim.doc].append(claim)
    _print_claims([(documents[key], tuple(held)) for key, held in found.items()], form)


@app.command()
def disputes(
    store: StorePath = None,
    doc: OneDoc = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="count, responsibility, occurrence …")] = None,
    party: OfParty = None,
    since: Since = None,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="open, narrowed or settled; all by name.")] = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print where the accounts in a store part; what later reports settled is shown with --state settled or all."""
    form = _format(jsonl, json, csv, table)
    from standoff.model import DisputeKind, DisputeState

    _check_choice("--kind", kind, [k.value for k in DisputeKind])
    _check_choice("--state", state, [*(s.value for s in DisputeState), "all"])
    start = _day(since)
    with _existing(_settings(store=store)) as opened:
        documents = opened.documents()
        _check_doc(doc, {document.id for document in documents})
        published = {document.id: document.published for document in documents}
        found = [
            dispute
            for dispute in opened.disputes()
            if doc in (None, *dispute.docs)
            and kind in (None, dispute.kind.value)
            and party in (None, *(position.party for position in dispute.positions))
            and (dispute.state is not DisputeState.SETTLED if state is None else state in ("all", dispute.state.value))
            and (start is None or any((day := published.get(key)) and day >= start for key in dispute.docs))
        ]
        held = opened.claims(reviewed=True)
    if not found:
        asked = any(value is not None for value in (doc, kind, party, since, state))
        _note(f"no disputes in {opened.name}" + (" that are asked for" if asked else ""))
    _print_disputes(found, held, documents, form)


@app.command()
def incidents(
    store: StorePath = None,
    party: OfParty = None,
    since: Since = None,
    policy: PolicyName = "ucdp",
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print the incidents of a store: claims of one happening, with its losses by a named policy."""
    form = _format(jsonl, json, csv, table)
    start = _day(since)
    with _existing(_settings(store=store)) as opened:
        found, held, documents = _dossiers(opened, policy)
    found = [
        one
        for one in found
        if (party is None or party in one.parties or any(a.party == party for a in one.accounts))
        and (start is None or (one.end is not None and one.end >= start))
    ]
    if not found:
        _note(f"no incidents in {opened.name}" + (" that are asked for" if party or since else ""))
    if form is Format.TABLE:
        _renderer(held, documents).incidents(found)
        return
    from standoff.records import dossier_record

    _write(map(dossier_record, found), "incidents", form)


@app.command()
def incident(
    id: Annotated[str, typer.Argument(metavar="ID", help="The incident, as standoff incidents prints it.")],
    store: StorePath = None,
    policy: PolicyName = "ucdp",
    json: AsJson = False,
) -> None:
    """Set the accounts of one incident side by side."""
    with _existing(_settings(store=store)) as opened:
        found, held, documents = _dossiers(opened, policy)
    chosen = [one for one in found if one.incident.id.startswith(id)]
    if len(chosen) != 1:
        why = "begins several ids" if chosen else f"not in {opened.name}"
        raise InputError(f"incident {id!r}", why, "standoff incidents prints them")
    if json:
        from standoff.records import dossier_record

        _write(map(dossier_record, chosen), "incidents", Format.JSON)
        return
    _renderer(held, documents).incident(chosen[0])


@app.command()
def versions(
    store: StorePath = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Print what changed between the versions of a page: reports of one address with other words."""
    from standoff.reconcile.versions import changes
    from standoff.reconcile.versions import versions as found_in

    form = _format(jsonl, json, csv, table)
    with _existing(_settings(store=store)) as opened:
        documents = {document.id: document for document in opened.documents()}
    pages = found_in(list(documents.values()))
    if not pages:
        _note(f"no page in {opened.name} with several versions; standoff add --url says where a report was found")
    pairs = [(old, new, changes(old, new)) for held in pages for old, new in pairwise(held)]
    if form is Format.TABLE:
        _renderer([], documents.values()).versions(pairs)
        return
    from standoff.records import change_record

    _write((change_record(old, new, one) for old, new, some in pairs for one in some), "changes", form)


@app.command()
def link(
    first: Annotated[str, typer.Argument(metavar="CLAIM")],
    second: Annotated[str, typer.Argument(metavar="CLAIM")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Say that two claims tell of one happening. It stands in every later run; unlink takes it back."""
    from standoff.model import HandLink

    with _existing(_settings(store=store)) as opened:
        opened.decide(HandLink(first, second, True, why))
        _reconcile_again(opened)


@app.command()
def unlink(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    others: Annotated[list[str] | None, typer.Argument(metavar="CLAIM…", help="Kept apart from these.")] = None,
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Say that a claim tells of another happening than the claims named, or than all now linked with it."""
    from standoff.model import HandLink

    with _existing(_settings(store=store)) as opened:
        apart = others or [key for i in opened.incidents() if claim in i.claims for key in i.claims if key != claim]
        if not apart:
            raise InputError(
                f"claim {claim!r}", "is linked with no other", "standoff incidents --json prints the links"
            )
        for other in apart:
            opened.decide(HandLink(claim, other, False, why))
        _reconcile_again(opened)


@app.command()
def group(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Claims that tell of one happening.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Make one incident of claims: of claims that stand alone, or of two incidents by a claim of each."""
    from standoff.model import Decision, Doing

    _decided(store, lambda opened: Decision(Doing.TOGETHER, tuple(claims), reason=why))


@app.command()
def split(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="These tell of another happening.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Part an incident: the claims named are one of their own."""
    from standoff.model import Decision, Doing

    def decide(opened: Store) -> Decision:
        others = tuple(key for key in _claims_of(opened, incident) if key not in claims)
        return Decision(Doing.APART, tuple(claims), others, reason=why)

    _decided(store, decide)


@app.command()
def move(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Where it belongs.")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Put a claim into another incident, and out of the one that it is in."""
    from standoff.model import Decision, Doing

    def decide(opened: Store) -> Decision:
        out = tuple(key for i in opened.incidents() if claim in i.claims for key in i.claims if key != claim)
        return Decision(Doing.MOVE, (claim,), out, _claims_of(opened, incident), reason=why)

    _decided(store, decide)


@app.command(name="name")
def name_incident(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    store: StorePath = None,
) -> None:
    """Give an incident a title of your own."""
    from standoff.model import Decision, Doing

    _decided(store, lambda opened: Decision(Doing.NAME, _claims_of(opened, incident), words=" ".join(title.split())))


@app.command(name="no-dispute")
def no_dispute(
    dispute: Annotated[str, typer.Argument(metavar="DISPUTE")],
    why: Why = "",
    store: StorePath = None,
) -> None:
    """Say that a dispute is none: it is not found again while it rests on the same claims."""
    from standoff.model import Decision, Doing

    def decide(opened: Store) -> Decision:
        wanted = opened.heir(dispute)
        for one in opened.disputes():
            if one.id == wanted:
                held = tuple(dict.fromkeys(key for position in one.positions for key in position.claims))
                return Decision(Doing.NO_DISPUTE, held, words=one.kind.value, reason=why)
        raise InputError(f"dispute {dispute!r}", "not in the store", "standoff disputes prints the ids")

    _decided(store, decide)


@app.command()
def undecide(
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="The last decision, unless named.")] = None,
    store: StorePath = None,
) -> None:
    """Undo what was last decided by hand about incidents and disputes."""
    from standoff.ingest.capture import now

    with _existing(_settings(store=store)) as opened:
        standing = [one.number for one in opened.decided.standing()]
        if not standing:
            raise InputError("decision", "there is none to undo", "standoff group, split, move, name make some")
        undone = opened.decided.undo(standing[-1] if number is None else number, now())
        typer.echo(f"undone: {undone.doing.value}, {many(len(undone.claims), 'claim')}")
        _reconcile_again(opened)


def _decided(store: str | None, make: Callable[[Store], Decision]) -> None:
    """Keep a decision and reconcile again."""
    from standoff.ingest.capture import now

    with _existing(_settings(store=store)) as opened:
        number = opened.decided.add(make(opened), now())
        typer.echo(f"decision {number}; standoff undecide {number} takes it back")
        _reconcile_again(opened)


def _claims_of(store: Store, incident: str) -> tuple[str, ...]:
    wanted = store.heir(incident)
    for one in store.incidents():
        if one.id == wanted:
            return one.claims
    raise InputError(f"incident {incident!r}", "not in the store", "standoff incidents prints the ids")


@app.command()
def policy(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Apply this one to the store.")] = None,
    store: StorePath = None,
    json: AsJson = False,
) -> None:
    """List the rules that turn the figures told of one loss into a range, or apply one to every incident of a store."""
    from standoff.reconcile import policies

    if name is not None:
        incidents(store=store, policy=name, json=json, table=not json)
        return
    if json:
        _write(({"name": p.name, "says": p.says} for p in policies.POLICIES.values()), "policies", Format.JSON)
        return
    for rule in policies.POLICIES.values():
        typer.echo(f"{rule.name:<10}{rule.says}")
    typer.echo(f"{'ranked:…':<10}your own order of sources, as in ranked:UNO,NGO: the first that gives a figure")


@app.command()
def parties(store: StorePath = None, json: AsJson = False) -> None:
    """Print what became of each party's claims about others: denied, confirmed by another side, still open."""
    from dataclasses import asdict

    from standoff.reconcile import dossier

    with _existing(_settings(store=store)) as opened:
        found, held, documents = _dossiers(opened, "ucdp")
    records = dossier.records(found)
    if json:
        _write(map(asdict, records), "parties", Format.JSON)
        return
    _renderer(held, documents).records(records)


@app.command()
def demo(
    store: Annotated[str, typer.Option(metavar="PATH", help="Where to leave the store.")] = "standoff-demo.db",
    model: Model = None,
) -> None:
    """Read the sample reports, show what they claim and where they part, and leave a store to go on with."""
    from standoff import demo as samples

    settings = _settings(model=model)
    samples.clear(store)
    read: dict[str, tuple[Document, tuple[Claim, ...]]] = {}
    with _status("reading the sample reports"):
        for document in samples.documents():
            read[document.id] = document, standoff.extract(document, model=settings.model)
    documents = [document for document, _ in read.values()]
    held = [claim for _, found in read.values() for claim in found]
    with standoff.open_store(store) as opened:
        for document, found in read.values():
            opened.add(document, found)
        reconciled = standoff.reconcile(held, documents)
        opened.save(reconciled)

    page = _renderer(held, documents)
    page.heading(f"{many(len(documents), 'report')}, {many(len(held), 'claim')}: who says who did what to whom")
    page.claims()
    page.heading(f"Where the accounts part: {many(len(reconciled.disputes), 'dispute')}")
    page.disputes(reconciled.disputes)
    from standoff.reconcile import dossier

    page.heading("Where they agree")
    for one in dossier.draw(reconciled, {claim.id: claim for claim in held}, documents):
        page.corroborated([point for point in one.corroborated if point.by == "adversary"])
    page.note("")
    page.note("The reports were written for this demo. What was read is in a store; go on with")
    for command in (
        "incidents --store {}",
        "disputes --store {} --csv",
        "claims --store {} --jsonl",
        "add REPORT.txt --store {}",
    ):
        page.note("  standoff " + command.format(store))


@app.command()
def reconcile(
    store: StorePath = None,
    bulk: Annotated[
        str | None, typer.Option("--bulk", metavar="DIR", help="Not a store: what standoff bulk wrote, by partitions.")
    ] = None,
    runner: Annotated[RunnerName, typer.Option(help="With --bulk: here, in processes, or on Ray.")] = RunnerName.POOL,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="With --bulk.")] = os.cpu_count() or 1,
    address: Annotated[str | None, typer.Option(metavar="ADDRESS", help="With --bulk: of a Ray cluster.")] = None,
    policy: PolicyName = "ucdp",
) -> None:
    """Draw incidents, accounts and disputes anew, with what people decided taken in."""
    if bulk is not None:
        from standoff.reconcile import policies
        from standoff.runners import Limits, named, reconciling

        if store is not None:
            raise typer.BadParameter("--store and --bulk exclude each other")
        policies.policy(policy)
        chosen = named(runner.value, Limits(workers, seconds=3600), address)
        with _status("reconciling"):
            found = reconciling.run(Path(bulk), chosen, reconciling.Reconciling(policy))
        told = ", ".join(
            many(number, what.removesuffix("s")) for what, number in found.items() if number or what != "failures"
        )
        typer.echo(f"{one_line(bulk)}/{reconciling.FOLDER}: {told}")
        if found["failures"]:
            raise typer.Exit(PARTIAL)
        return
    with _existing(_settings(store=store)) as opened:
        _reconcile_again(opened)


@app.command()
def serve(
    store: StorePath = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535)] = 8311,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="A name under which others reach it.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What others have to show; 'new' makes one.", envvar="STANDOFF_TOKEN"),
    ] = None,
    boundaries: Annotated[
        str | None, typer.Option(metavar="FILE", help="GeoJSON or TopoJSON that the map is drawn on.")
    ] = None,
) -> None:
    """Open the pages of a store in a browser on this machine: read, compare, correct."""
    from standoff.web import serve as web

    settings = _settings(store=store)
    with _existing(settings):
        pass  # a look before anything is printed
    if token is None and "STANDOFF_TOKEN" in os.environ:
        token = os.environ["STANDOFF_TOKEN"]  # empty: a slip, which must not open the door
    if token == "new":  # noqa: S105 (a word that asks for one)
        token = web.fresh_token()
        _note(f"token: {token}")
    drawn = Path(boundaries) if boundaries else None
    shown = "localhost" if host == "127.0.0.1" else (name or [host])[0]
    shown = f"[{shown}]" if ":" in shown else shown
    _note(f"http://{shown}:{port}/ shows {settings.store}; stop with Ctrl-C")
    web.serve(settings.store, settings, host=host, port=port, hosts=name or [], token=token, boundaries=drawn)


people_commands = typer.Typer(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
app.add_typer(people_commands, name="people")


@people_commands.callback()
def people(context: typer.Context, store: StorePath = None) -> None:
    """List who may use the pages of a store, let someone in, or drop them. While there is nobody, whoever sits here may."""
    context.obj = store
    if context.invoked_subcommand is None:
        with _existing(_settings(store=store)) as opened:
            for person in opened.people.all():
                typer.echo(f"{one_line(person.name)}: {person.role}")


@people_commands.command("add")
def people_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[str, typer.Option(metavar="ROLE", help="reader, reviewer or admin.")] = "reviewer",
    store: StorePath = None,
) -> None:
    """Let someone in, with a password that is asked for, or read from standard input."""
    from standoff.ingest.capture import now
    from standoff.store.people import Role

    _check_choice("--role", role, [one.value for one in Role])
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    with _existing(_settings(store=store or context.obj)) as opened:
        opened.people.add(name, Role(role), password, now())
        typer.echo(f"{one_line(name)}: {role}")


@people_commands.command("drop")
def people_drop(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")], store: StorePath = None
) -> None:
    """Let someone in no longer. What they decided stays."""
    with _existing(_settings(store=store or context.obj)) as opened:
        opened.people.drop(name)


@app.command()
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
    with _existing(_settings(store=store)) as opened:
        chosen = Selection(opened, wanted, policy, texts, columns)
        if into == "-":
            parts = select(made_by, chosen, only or ())
            if len(parts) != 1:
                stems = ", ".join(part.name.partition(".")[0] for part in parts)
                raise typer.BadParameter(f"{form} is several files: name one with --only, of {stems}")
            parts[0].write(sys.stdout.buffer)
            return
        with _status(f"writing {form}"):
            manifest = save(made_by, chosen, Path(into or f"standoff-{form}"), only or ())
    for written in manifest.files:
        typer.echo(f"{one_line(str(written.path))}: {many(written.records, 'record')}, {many(written.bytes, 'byte')}")


class By(StrEnum):
    """What a series is kept apart by."""

    ALL = "all"
    ACCOUNT = "account"
    DIRECTION = "direction"
    BOTH = "both"


@app.command()
def series(
    one: Annotated[str, typer.Argument(metavar="PARTY", help="By its key or its name: RUS, Russia, SYR-REB …")],
    other: Annotated[str, typer.Argument(metavar="PARTY", help="The other one.")],
    by: Annotated[By, typer.Option(help="Keep apart who tells, who acts, or both.")] = By.ALL,
    step: Annotated[str | None, typer.Option(metavar="STEP", help="day, week or month; else what fits.")] = None,
    since: Since = None,
    until: Until = None,
    weigh: Annotated[str, typer.Option(metavar="HOW", help="Each happening once, or by its voices.")] = "once",
    policy: PolicyName = "ucdp",
    store: StorePath = None,
    out: Out = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
    png: Annotated[bool, typer.Option("--png", help="Charts, as a picture of points.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="Charts, as a drawing.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Charts and what is to be read from them, as a page.")] = False,
) -> None:
    """Count what two parties are told to have done to each other over time, by each account; its tension and changes."""
    drawn = [name for name, given in (("png", png), ("svg", svg), ("html", html)) if given]
    if len(drawn) + sum((jsonl, json, csv, table)) > 1:
        raise typer.BadParameter("ask for one form")
    from standoff.analysis import charts, study
    from standoff.analysis import series as counted
    from standoff.analysis.deeds import ALL, BETWEEN
    from standoff.analysis.report import build
    from standoff.analysis.report import html as as_html
    from standoff.wording import Names

    _check_choice("--step", step, [one.value for one in counted.Step])
    _check_choice("--weigh", weigh, [one.value for one in counted.Weighing])
    asked: dict[str, Any] = {
        "step": counted.Step(step) if step else None,
        "since": _day(since),
        "until": _day(until),
        "policy": policy,
        "weighing": counted.Weighing(weigh),
    }
    with _existing(_settings(store=store)) as opened:
        dyad = study.pair(opened, one, other)
        with _status("counting"):
            found = study.draw(opened, dyad, **asked)
        names = Names(opened.browse.parties())
        if found is None:
            told = " and ".join(names.party(key) for key in dyad)
            raise InputError(
                told, f"nothing is told between them in {opened.name}", "standoff parties lists who is told of"
            )
        page = as_html.write(build.of_pair(opened, found, policy)) if html else ""
    if found.lacking:
        _note(found.lacking)
    if drawn:
        _deliver(page.encode() if html else charts.picture(found, names, drawn[0]), out, "a picture" if png else "")
        return
    form = _format(jsonl, json, csv, table)
    with _into(out) as stream:
        if form is Format.TABLE:
            from standoff import render

            render.study(stream, found, names)
            return
        accounts = () if by in (By.ACCOUNT, By.BOTH) else (ALL,)
        directions = () if by in (By.DIRECTION, By.BOTH) else (BETWEEN,)
        _write(counted.records(found.series, accounts, directions), "series", form, stream)


@app.command()
def brief(
    store: StorePath = None,
    out: Out = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown (the default).")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF.")] = False,
    docx: Annotated[bool, typer.Option("--docx", help="As a Word document.")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="All of it, and not a page of the most told.")] = False,
) -> None:
    """Write a page on the whole store: what is agreed, disputed and by whom, how figures moved, what nobody says, who copies whom."""
    if sum((markdown, pdf, docx)) > 1:
        raise typer.BadParameter("ask for one form")
    from standoff.analysis import brief as briefs
    from standoff.analysis import brief_files
    from standoff.wording import Names

    with _existing(_settings(store=store)) as opened, _status("writing the brief"):
        found = briefs.draw(opened, Names(opened.browse.parties()), briefs.WHOLE if whole else None)
    kind = "pdf" if pdf else "docx" if docx else "md"
    _deliver(brief_files.write(found, kind), out, {"pdf": "a PDF", "docx": "a Word document"}.get(kind, ""))


@app.command()
def report(
    party: OfParty = None,
    since: Since = None,
    until: Until = None,
    policy: PolicyName = "ucdp",
    store: StorePath = None,
    out: Out = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown (the default).")] = False,
    html: Annotated[bool, typer.Option("--html", help="As one HTML file.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON: each number with the claims behind it.")] = False,
) -> None:
    """Write a situation report: what is new, incidents by each account, disputes, figures, the series; all with sources."""
    if sum((markdown, html, pdf, json)) > 1:
        raise typer.BadParameter("ask for one form")
    from standoff.analysis.report import build, record
    from standoff.analysis.report import html as as_html
    from standoff.analysis.report import markdown as as_markdown
    from standoff.analysis.report import pdf as as_pdf
    from standoff.records import dumps

    with _existing(_settings(store=store)) as opened, _status("writing the report"):
        found = build.draw(opened, party=party, since=_day(since), until=_day(until), policy=policy)
    if pdf:
        _deliver(as_pdf.write(found), out, "a PDF")
    elif json:
        _deliver((dumps(record(found)) + "\n").encode(), out)
    elif html:
        _deliver(as_html.write(found).encode(), out)
    else:
        _deliver(as_markdown.write(found, _pictures(found, out)).encode(), out)


@app.command()
def alerts(
    rules: Rules = None,
    store: StorePath = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Look what rules of alerts find in a store, and print all that was ever found."""
    form = _format(jsonl, json, csv, table)
    from standoff.analysis import alerts as waited
    from standoff.ingest.capture import now

    settings = _settings(store=store, alerts=rules)
    given = _rules(settings)
    with _existing(settings) as opened:
        new = waited.raise_new(opened, given, now()) if given else []
        raised = waited.raised(opened)
    _note(f"{len(new)} new of {len(raised)}" if raised else f"nothing was raised in {settings.store}")
    _print_alerts(raised, form)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A store: a file, or the URL of a database.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new one.")],
) -> None:
    """Copy a store into a new one, from SQLite to PostgreSQL or back: reports, claims, reviews, decisions, feeds, people."""
    from standoff.store import copying

    with _existing(_settings(store=source)) as read, standoff.open_store(target) as write, _status("copying"):
        rows = copying.copy(read, write)
    typer.echo(f"{one_line(write.name)}: {many(rows, 'row')}, the same as in {one_line(read.name)}")


@app.command()
def backup(
    into: Annotated[str, typer.Argument(metavar="FILE", help="A new file.")],
    store: StorePath = None,
) -> None:
    """Copy a store into a new file, while others may write to it, and look whether the copy is sound."""
    from standoff.store import backup as backups

    with _existing(_settings(store=store)) as opened, _status("copying"):
        size = backups.backup(opened, Path(into))
        typer.echo(f"{one_line(into)}: {size:,} bytes, all that {one_line(opened.name)} held")


@app.command()
def restore(
    saved: Annotated[str, typer.Argument(metavar="FILE", help="What standoff backup wrote.")],
    store: StorePath = None,
) -> None:
    """Put a backup where a store is to be; one that is there is not written over."""
    from standoff.store import backup as backups

    into = _settings(store=store).store
    if "://" in into:
        raise StoreError(into.partition("://")[0], "is no file", "restore into a file, then standoff copy it there")
    with _status("copying"):
        size = backups.restore(Path(saved), Path(into))
    typer.echo(f"{one_line(into)}: {size:,} bytes, from {one_line(saved)}")


@app.command()
def verify(store: StorePath = None) -> None:
    """Look whether a store is sound: its file, its links, its texts, and the words that each claim quotes."""
    from itertools import islice

    from standoff.store import backup as backups

    with _existing(_settings(store=store)) as opened:
        with _status("looking"):
            found = list(islice(backups.faults(opened), backups.MOST + 1))
        for fault in found[: backups.MOST]:
            _complain(f"{opened.name}: {fault}")
        if found:
            more = " or more" if len(found) > backups.MOST else ""
            _note(f"{min(len(found), backups.MOST)}{more} faults; go back to a backup with standoff restore")
            raise typer.Exit(FAILED)
        held = opened.browse.totals()
        typer.echo(
            f"{one_line(opened.name)}: sound, {many(held['reports'], 'report')}, {many(held['claims'], 'claim')}"
        )


@app.command()
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

    settings = _settings(model=model, reader=reader)
    if os.sep in settings.model:  # workers may run in another folder
        settings = settings.model_copy(update={"model": str(Path(settings.model).absolute())})
    share = 1 / workers if runner is not RunnerName.SERIAL else 1.0
    asked = settings if settings.reader != "standoff" else None
    job = Job(settings.model, gate, Options(columns=_named_columns(columns)), asked, share)
    patience = max((2 * one.seconds + 120 for one in settings.readers.values()), default=0) if asked else 0
    chosen = named(runner.value, Limits(workers, max(seconds, patience), megabytes), address)
    with _counted() as report:
        done = archive.run(inputs, Path(out), chosen, job, reports=part, report=report)
    told = f"{many(done.rows['documents'], 'report')}, {done.read} parsed, {many(done.rows['claims'], 'claim')}"
    known = f", {done.known} of {done.parts} parts known" if done.known else ""
    typer.echo(f"{one_line(out)}: {told}{known}")
    for failed in archive.failures(Path(out), SHOWN):
        _complain(f"{failed['name']}: {failed['why']}; {failed['mend']}")
    if done.rows["failures"] > SHOWN:
        _note(f"and {done.rows['failures'] - SHOWN} more, in {one_line(out)}/failures")
    if done.rows["failures"]:
        raise typer.Exit(PARTIAL if done.rows["documents"] else FAILED)


@app.command("load")
def load_(
    result: Annotated[str, typer.Argument(metavar="DIR", help="The folder that standoff bulk wrote.")],
    store: StorePath = None,
) -> None:
    """Bring a bulk result into a store: the reports with claims in them, each whole or not at all."""
    from standoff.runners import bulk as archive

    settings = _settings(store=store)
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
                _complain(str(error))
            else:
                added, known = added + fresh, known + (not fresh)
        parts = {"added": added, "known": known, "failed": failed}
        typer.echo(", ".join(f"{what} {n}" for what, n in parts.items() if n or what == "added"))
        if opened.unreconciled():
            _reconcile_again(opened)
    if failed:
        raise typer.Exit(PARTIAL if added + known else FAILED)


@app.command("import")
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
    with _existing(_settings(store=store)) as opened:
        for path in paths:
            try:
                taken = take(opened, Path(path), by.strip(), now(), why)
            except InputError as error:
                failed += 1
                _complain(str(error))
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
                _note(f"{left.what}: {left.why}")
        if changed or opened.unreconciled():  # by one that was killed before it came to that
            _reconcile_again(opened)
    if failed:
        raise typer.Exit(PARTIAL if failed < len(paths) else FAILED)


@app.command()
def gold(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where to put them, a folder each.")],
    store: StorePath = None,
) -> None:
    """Write the reviewed reports of a store as gold that standoff evaluate scores: your own corpus from your own work."""
    from standoff.export.gold import write

    with _existing(_settings(store=store)) as opened:
        written = write(opened, Path(folder))
    typer.echo(f"{one_line(folder)}: {many(len(written), 'report')}; standoff evaluate {one_line(folder)} scores them")


@app.command()
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
    settings = _settings(model=model, reader=reader)
    from standoff.readers.choice import choose

    readers = choose(settings)
    with _status("loading"):
        from standoff.evaluate import floors, measure, page
        from standoff.render import console
    reports = []
    for path in paths:
        try:
            with _status(f"scoring {one_line(path)}"):
                report = measure(Path(path), model=settings.model, limit=limit, readers=readers)
        except InputError as error:
            _complain(str(error))
            continue
        reports.append(report)
        if not json:
            page.draw(report, console(sys.stdout), by_type=per_type, misses=misses)
        for line in (*floors.check(report), *(floors.pin(report) if pin else ())) if readers.named is None else ():
            _note(line)
    _note_meter(readers)
    if json:
        from json import dumps

        found = [page.record(report, by_type=per_type, misses=misses) for report in reports]
        typer.echo(dumps({"corpora": found}, indent=2, ensure_ascii=False))
    if into and reports:
        page.write_markdown(reports, Path(into))
    if len(reports) < len(paths):
        raise typer.Exit(PARTIAL if reports else FAILED)


@app.command()
def doctor(
    model: Model = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what standoff runs on, and what is known to be wrong with it."""
    from dataclasses import asdict
    from json import dumps

    from standoff.doctor import examine

    findings = examine(_settings(model=model).model)
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


# ---------------------------------------------------------------------- inputs


class _Given:
    """What was named on the command line, and what was said about it."""

    def __init__(
        self,
        sources: Sequence[str],
        settings: Settings,
        published: str | None = None,
        doc_id: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        columns: Sequence[str] | None = None,
        folder: str | None = None,
        stored: Mapping[str, Document] | None = None,
    ) -> None:
        from standoff.ingest.capture import Options, Said
        from standoff.ingest.dates import parse_date
        from standoff.ingest.freeze import check_id
        from standoff.ingest.sources import from_settings

        if url is not None and len(sources) > 1:
            raise typer.BadParameter("one --url for several files: add them one by one")
        if doc_id is not None and len(sources) > 1 and "{" not in doc_id:
            raise typer.BadParameter("one --doc-id for several files: use a pattern, as in '{parent}-{stem}'")
        self.sources = sources
        self._stored = stored or {}
        self._doc_id = doc_id if doc_id is None else check_id(doc_id)
        self._said = Said(outlet=outlet, url=url, published=parse_date(published))
        lie = None if folder is None else Path(folder)
        self._reader = from_settings(settings, Options(columns=_named_columns(columns)), lie, apart=True)

    def read(self, source: str) -> Iterator[Document | Failed]:
        """The reports of one source, and what of it could not be read."""
        from dataclasses import replace

        if source in self._stored:
            return iter((self._stored[source],))
        given = None
        if self._doc_id is not None:
            path = Path("stdin" if source == "-" else source).absolute()
            given = self._doc_id.replace("{stem}", path.stem).replace("{parent}", path.parent.name)
        return self._reader.read(source, replace(self._said, id=given))


class _Batch(Generic[_Result]):
    """Inputs worked through one after the other. One that fails is reported and counted; the rest go on."""

    def __init__(
        self, given: _Given, work: Callable[[Document], _Result], form: Format, readers: Choice | None = None
    ) -> None:
        self._given = given
        self._named = readers.named if readers is not None else None
        self._work = work
        self._ids: dict[str, tuple[str, str]] = {}
        self.done = 0
        self.failed: list[Failed] = []
        # Lines that are written as they come would run through a moving progress bar.
        self._show_progress = sys.stderr.isatty() and (form is Format.TABLE or not sys.stdout.isatty())

    def __iter__(self) -> Iterator[tuple[Document, _Result]]:
        from standoff.ingest.capture import Failed

        for source in self._watched():
            for found in self._given.read(source):
                if isinstance(found, Failed):
                    self._fail(found)
                    continue
                name = found.provenance.name if found.provenance else found.id
                try:
                    self._check_id(found, name)
                    result = self._work(found)
                except StoreFault:
                    raise
                except (InputError, StoreError) as error:
                    self._fail(Failed(name, source, error))
                except StandoffError:
                    raise  # a fault of the model or the lexicon, which every other input would meet too
                except Exception as error:
                    if sys.flags.dev_mode:  # python -X dev -m standoff.cli shows where
                        raise
                    why = f"standoff failed on it ({error!r})"
                    self._fail(Failed(name, source, StandoffError(name, why, "please report it, with the text")))
                else:
                    self.done += 1
                    yield found, result

    def finish(self) -> None:
        """Leave with the exit code that says how it went."""
        if self.failed:
            raise typer.Exit(PARTIAL if self.done else FAILED)

    def _fail(self, failed: Failed) -> None:
        from standoff.errors import ModelError, SettingsError

        if isinstance(failed.error, ModelError | SettingsError):
            raise failed.error
        self.failed.append(failed)
        _complain(str(failed.error))

    def _check_id(self, document: Document, name: str) -> None:
        """Two texts of one id would be taken for one report."""
        other, text = self._ids.setdefault(document.id, (name, document.sha256))
        if other != name and text != document.sha256:
            why = f"would have the id {document.id!r} of {other}"
            raise InputError(name, why, "tell them apart by --doc-id '{parent}-{stem}'")

    def _watched(self) -> Iterator[str]:
        if not self._show_progress:
            yield from self._given.sources
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        left = (TimeRemainingColumn(),) if self._named is not None else ()
        with Progress(*columns, *left, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading", total=len(self._given.sources))
            for source in self._given.sources:
                yield source
                told = f"reading · {self._named.meter.told()}" if self._named is not None else "reading"
                progress.update(task, advance=1, description=told)


@contextmanager
def _existing(settings: Settings) -> Iterator[Store]:
    """The store, which must be there: a look into one does not make one."""
    where = settings.store
    if "://" not in where and not Path(where).is_file():
        raise StoreError(where, "no such store", "make one with standoff add, or name another with --store")
    _looked_into.set(where)
    with standoff.open_store(where) as store:
        yield store


def _reconcile_again(store: Store) -> None:
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


def _dossiers(store: Store, policy: str) -> tuple[list[Dossier], list[Claim], list[Document]]:
    from standoff.reconcile import dossier, policies

    policies.policy(policy)
    held, documents = store.claims(reviewed=True), store.documents()
    by_id = {claim.id: claim for claim in held}
    return list(dossier.draw(store.reconciliation(), by_id, documents, policy)), held, documents


def _check_choice(option: str, value: str | None, choices: Sequence[str]) -> None:
    if value is not None and value not in choices:
        raise typer.BadParameter(f"{option} is one of {', '.join(choices)}")


def _day(text: str | None) -> date | None:
    from standoff.ingest.dates import parse_date

    return parse_date(text)


def _iso(text: str | None) -> str:
    found = _day(text)
    return found.isoformat() if found else ""


def _check_doc(doc: str | None, known: Iterable[str]) -> None:
    if doc is not None and doc not in known:
        raise InputError(f"document {doc!r}", "not in the store", f"it holds {', '.join(sorted(known)) or 'none'}")


def _named_columns(columns: Sequence[str] | None) -> dict[str, str]:
    from standoff.ingest.record import FIELDS

    named = dict(pair.partition("=")[::2] for pair in columns or ())
    if not all(field in FIELDS and name for field, name in named.items()):
        raise typer.BadParameter(f"--column is FIELD=NAME, with a field of {', '.join(FIELDS)}")
    return named


def _settings(**flags: str | bool | None) -> Settings:
    from standoff import settings

    return settings.load(**flags)


# --------------------------------------------------------------------- outputs


def _format(jsonl: bool, json: bool, csv: bool, table: bool) -> Format:
    asked = [form for form, given in zip(Format, (jsonl, json, csv, table), strict=True) if given]
    if len(asked) > 1:
        raise typer.BadParameter(f"--{asked[0]} and --{asked[1]} exclude each other")
    if asked:
        return asked[0]
    return Format.TABLE if sys.stdout.isatty() else Format.JSONL


def _write(records: Iterable[Record], kind: str, form: Format, out: TextIO | None = None) -> None:
    from standoff.export import csv, json, jsonl

    {Format.JSONL: jsonl, Format.JSON: json, Format.CSV: csv}[form].write(records, kind, out or sys.stdout)


@contextmanager
def _into(out: str | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there when it is whole."""
    if out is None:
        yield sys.stdout
        return
    stream = StringIO(newline="")
    yield stream
    _deliver(stream.getvalue().encode(), out)


def _deliver(body: bytes, out: str | None, what: str = "") -> None:
    """Print, or put into a file that is there when it is whole. ``what`` is no text, and no terminal takes it."""
    if out is not None:
        from standoff.export.selection import Part, write_part

        write_part(Part(out, lambda stream: stream.write(body)), Path(out))
        return
    if what and sys.stdout.isatty():
        raise typer.BadParameter(f"{what} is not for a terminal: give --out FILE")
    sys.stdout.buffer.write(body)


def _pictures(found: Report, out: str | None) -> str:
    """Charts of a report in files beside it; the pattern of their names, empty where it is printed."""
    from standoff.analysis.report import pictures

    if out is None:
        return ""
    for number, one in enumerate(pictures(found), 1):
        _deliver(one.svg, f"{Path(out).with_suffix('')}-{number}.svg")
    return f"{Path(out).stem}-{{}}.svg"


def _rules(settings: Settings) -> tuple[Rule, ...]:
    if not settings.alerts:
        return ()
    from standoff.analysis.alerts import load

    return load(Path(settings.alerts))


def _print_alerts(raised: Sequence[Alert], form: Format) -> None:
    if form is Format.TABLE:
        from standoff import render

        render.alerts(sys.stdout, raised)
        return
    from standoff.analysis.alerts import record

    _write(map(record, raised), "alerts", form)


def _note_meter(readers: Choice) -> None:
    """What a run took of a model, in a line."""
    if readers.named is not None and (readers.named.meter.requests or readers.named.meter.kept):
        _aside(readers.named.meter.told())


def _readers(settings: Settings) -> Choice:
    """The readers of a run; a model's tells what it waits for."""
    from standoff import coding

    found = coding.readers(settings)
    if found.named is not None:
        found.named.client.tell = _aside
    return found


def _note_reading(store: Store, doc: str) -> None:
    """What a person should know of how a model read a report."""
    for reading in store.readings.of(doc):
        for warning in reading.warnings:
            _aside(f"{doc}: {warning}")


def _estimate(given: _Given, settings: Settings, form: Format) -> None:
    """What a model would take for some inputs."""
    from standoff.readers.choice import choose
    from standoff.readers.named import Estimate

    readers = choose(settings)
    if readers.named is None:
        raise typer.BadParameter("--dry-run is for a language model: name one with --reader")
    named, found = readers.named, Estimate()
    batch = _Batch(given, named.estimate, form)
    for _, one in batch:
        found += one
    cost = f", cost {found.cost:.4f}" if named.client.settings.price_in or named.client.settings.price_out else ""
    kept = f" ({found.kept} answered before)" if found.kept else ""
    told = f"{many(found.reports, 'report')} in {many(found.parts, 'question')}{kept}, about {found.tokens_in:,} tokens in, {found.tokens_out:,} out"
    typer.echo(f"{named.name}: {told}{cost}")
    batch.finish()


def _print_claims(read: Iterable[tuple[Document, tuple[Claim, ...]]], form: Format) -> None:
    if form is Format.TABLE:
        pairs = list(read)
        _renderer([claim for _, found in pairs for claim in found], [document for document, _ in pairs]).claims()
        return
    from standoff.records import claim_record

    of = form is Format.CSV  # a row of a table stands alone; a record is read with its report
    _write(
        (claim_record(claim, document if of else None) for document, found in read for claim in found), "claims", form
    )


def _print_statements(read: Iterable[tuple[Document, tuple[Any, ...]]], form: Format) -> None:
    if form is Format.TABLE:
        pairs = list(read)
        page = _renderer([], [document for document, _ in pairs])
        for document, found in pairs:
            page.statements(document, found)
        return
    from standoff.records import statement_record

    _write((statement_record(one, document) for document, found in read for one in found), "statements", form)


def _print_disputes_of(read: Sequence[tuple[Document, tuple[Claim, ...]]], form: Format) -> None:
    documents = [document for document, _ in read]
    held = [claim for _, found in read for claim in found]
    found = standoff.reconcile(held, documents).standing
    if not found and form is Format.TABLE:
        _note("no disputes found")
    _print_disputes(found, held, documents, form)


def _print_disputes(
    found: Sequence[Dispute], held: Iterable[Claim], documents: Iterable[Document], form: Format
) -> None:
    if form is Format.TABLE:
        _renderer(held, documents).disputes(found)
        return
    from standoff.records import dispute_record

    _write(map(dispute_record, found), "disputes", form)


def _renderer(held: Iterable[Claim], documents: Iterable[Document]) -> Renderer:
    from standoff.render import Renderer

    return Renderer(sys.stdout, held, documents)


@contextmanager
def _status(words: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


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


def _complain(message: str) -> None:
    typer.echo(f"standoff: {one_line(message)}", err=True)


_note = _complain


def _aside(message: str) -> None:
    """What is good to know, and no fault."""
    _note(f"{NOTE}{message}")


def main() -> None:
    """Entry point of ``standoff``. Output is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
