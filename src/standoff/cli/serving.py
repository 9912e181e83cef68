"""Open the pages of a store in a browser, and say who may use them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.options import HELP, StorePath, check_choice, load_settings
from standoff.cli.stores import existing
from standoff.cli.telling import note
from standoff.printable import one_line


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

    settings = load_settings(store=store)
    with existing(settings):
        pass  # a look before anything is printed
    if token is None and "STANDOFF_TOKEN" in os.environ:
        token = os.environ["STANDOFF_TOKEN"]  # empty: a slip, which must not open the door
    if token == "new":  # noqa: S105 (a word that asks for one)
        token = web.fresh_token()
        note(f"token: {token}")
    drawn = Path(boundaries) if boundaries else None
    shown = "localhost" if host == "127.0.0.1" else (name or [host])[0]
    shown = f"[{shown}]" if ":" in shown else shown
    note(f"http://{shown}:{port}/ shows {settings.store}; stop with Ctrl-C")
    web.serve(settings.store, settings, host=host, port=port, hosts=name or [], token=token, boundaries=drawn)


people_commands = typer.Typer(invoke_without_command=True, context_settings=HELP)


@people_commands.callback()
def people(context: typer.Context, store: StorePath = None) -> None:
    """List who may use the pages of a store, let someone in, or drop them. While there is nobody, whoever sits here may."""
    context.obj = store
    if context.invoked_subcommand is None:
        with existing(load_settings(store=store)) as opened:
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

    check_choice("--role", role, [one.value for one in Role])
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    with existing(load_settings(store=store or context.obj)) as opened:
        opened.people.add(name, Role(role), password, now())
        typer.echo(f"{one_line(name)}: {role}")


@people_commands.command("drop")
def people_drop(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")], store: StorePath = None
) -> None:
    """Let someone in no longer. What they decided stays."""
    with existing(load_settings(store=store or context.obj)) as opened:
        opened.people.drop(name)
