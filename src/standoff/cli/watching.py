"""Watch feeds, and tell of new disputes and of what rules of alerts find."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import standoff
from standoff.cli.inputs import readers_of
from standoff.cli.options import (
    HELP,
    AsCsv,
    AsJson,
    AsJsonl,
    AsTable,
    Format,
    Model,
    Outlet,
    ReaderName,
    Rules,
    StorePath,
    format_of,
    load_settings,
)
from standoff.cli.printing import print_disputes, renderer, write_records
from standoff.cli.stores import existing
from standoff.cli.telling import FAILED, PARTIAL, complain, note, note_meter
from standoff.errors import InputError
from standoff.printable import many, one_line

if TYPE_CHECKING:
    from standoff.analysis.alerts import Alert, Rule
    from standoff.settings import Settings

feeds = typer.Typer(invoke_without_command=True, context_settings=HELP)


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
    form = format_of(jsonl, json, csv, table)
    with existing(load_settings(store=store)) as opened:
        held = opened.intake.feeds()
    if not held:
        note("no feed is watched; standoff sources add URL")
    if form is Format.TABLE:
        renderer([], []).feeds(held)
        return
    times = ("due", "fetched")
    records = ({n: v.isoformat() if n in times and v else v for n, v in asdict(one).items()} for one in held)
    write_records(records, "feeds", form)


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
    with standoff.open_store(load_settings(store=store or context.obj).store) as opened:
        fresh = opened.intake.watch(clean, every, now(), outlet)
        typer.echo(
            f"{one_line(clean)}: {'watched' if fresh else 'was watched already, changed'}, every {every} seconds"
        )


@feeds.command("pause")
def sources_pause(context: typer.Context, url: str, store: StorePath = None) -> None:
    """Leave a feed alone until it is resumed."""
    with existing(load_settings(store=store or context.obj)) as opened:
        opened.intake.pause(url, True)


@feeds.command("resume")
def sources_resume(context: typer.Context, url: str, store: StorePath = None) -> None:
    """Look at a paused feed again."""
    with existing(load_settings(store=store or context.obj)) as opened:
        opened.intake.pause(url, False)


@feeds.command("drop")
def sources_drop(context: typer.Context, url: str, store: StorePath = None) -> None:
    """Watch a feed no longer. What came from it stays."""
    with existing(load_settings(store=store or context.obj)) as opened:
        opened.intake.drop(url)


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

    form = format_of(jsonl, False, False, table)
    settings = load_settings(model=model, store=store, alerts=alerts, reader=reader)
    readers = readers_of(settings)
    rules = _rules(settings)
    way_out = fetcher(settings)
    if way_out is None:
        raise InputError("watch", "this run is offline", "set offline = false")
    for url in map(_feed_address, urls or ()):
        with standoff.open_store(settings.store) as opened:
            if url not in {feed.url for feed in opened.intake.feeds()}:
                opened.intake.watch(url, EVERY, now())
    with existing(settings) as opened:
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
                    complain(str(failed.error))
                if found.added:
                    note_meter(readers)
                    note(f"{many(len(found.added), 'new report')}, {many(len(found.disputes), 'new dispute')}")
                if found.disputes:
                    print_disputes(found.disputes, opened.claims(reviewed=True), opened.documents(), form)
                    sys.stdout.flush()
                if found.alerts:
                    _print_alerts(found.alerts, form)
                    sys.stdout.flush()
                untold = False
                if webhook is not None:
                    try:
                        tell(opened, way_out, webhook)
                    except InputError as error:
                        complain(str(error))
                        untold = True
                if once:
                    if found.failed or untold:
                        raise typer.Exit(PARTIAL if found.added or untold else FAILED)
                    return
                time.sleep(watching.until_next())
        except KeyboardInterrupt:
            note("stopped; everything read so far is in the store")
        finally:
            watching.done()


def alerts(
    rules: Rules = None,
    store: StorePath = None,
    jsonl: AsJsonl = False,
    json: AsJson = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Look what rules of alerts find in a store, and print all that was ever found."""
    form = format_of(jsonl, json, csv, table)
    from standoff.analysis import alerts as waited
    from standoff.ingest.capture import now

    settings = load_settings(store=store, alerts=rules)
    given = _rules(settings)
    with existing(settings) as opened:
        new = waited.raise_new(opened, given, now()) if given else []
        raised = waited.raised(opened)
    note(f"{len(new)} new of {len(raised)}" if raised else f"nothing was raised in {settings.store}")
    _print_alerts(raised, form)


def _feed_address(url: str) -> str:
    from standoff.ingest import address

    clean = address.clean(url)
    if clean is None:
        raise InputError(url, "no web address", "give the address of a feed, as in https://example.org/feed.xml")
    return clean


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

    write_records(map(record, raised), "alerts", form)
