"""The command line: parse, call the API, print; every heavy import is inside a function, so that help is instant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated

import typer

import standoff
from standoff.cli import (
    archives,
    checking,
    comparing,
    deciding,
    exchanging,
    keeping,
    reading,
    reporting,
    safeguarding,
    serving,
    watching,
)
from standoff.cli.faults import Commands
from standoff.cli.options import HELP

COMMANDS: dict[str, Callable[..., None]] = {
    "extract": reading.extract,
    "explain": reading.explain,
    "add": keeping.add,
    "documents": keeping.documents,
    "watch": watching.watch,
    "claims": comparing.claims,
    "disputes": comparing.disputes,
    "incidents": comparing.incidents,
    "incident": comparing.incident,
    "versions": comparing.versions,
    "link": deciding.link,
    "unlink": deciding.unlink,
    "group": deciding.group,
    "split": deciding.split,
    "move": deciding.move,
    "name": deciding.name_incident,
    "no-dispute": deciding.no_dispute,
    "undecide": deciding.undecide,
    "policy": comparing.policy,
    "parties": comparing.parties,
    "demo": reading.demo,
    "reconcile": comparing.reconcile,
    "serve": serving.serve,
    "export": exchanging.export,
    "series": reporting.series,
    "brief": reporting.brief,
    "report": reporting.report,
    "alerts": watching.alerts,
    "copy": safeguarding.copy,
    "backup": safeguarding.backup,
    "restore": safeguarding.restore,
    "verify": safeguarding.verify,
    "bulk": archives.bulk,
    "load": archives.load_,
    "import": exchanging.import_,
    "gold": exchanging.gold,
    "evaluate": checking.evaluate,
    "doctor": checking.doctor,
}
"""In the order in which ``standoff --help`` lists them."""
GROUPS: dict[str, typer.Typer] = {"sources": watching.feeds, "people": serving.people_commands}
"""Commands with commands of their own, listed after the others."""

app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, context_settings=HELP
)
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
for _name, _group in GROUPS.items():
    app.add_typer(_group, name=_name)


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


def main() -> None:
    """Entry point of ``standoff``. Output is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
