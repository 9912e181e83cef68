"""Options that several commands share, and what is asked of their values."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from standoff.settings import Settings

HELP = {"help_option_names": ["-h", "--help"]}


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


def load_settings(**flags: str | bool | None) -> Settings:
    """The settings of this run; what is None was not said on the command line."""
    from standoff import settings

    return settings.load(**flags)


def format_of(jsonl: bool, json: bool, csv: bool, table: bool) -> Format:
    """The form that is asked for: by default a table for a terminal, and lines for a pipe."""
    asked = [form for form, given in zip(Format, (jsonl, json, csv, table), strict=True) if given]
    if len(asked) > 1:
        raise typer.BadParameter(f"--{asked[0]} and --{asked[1]} exclude each other")
    if asked:
        return asked[0]
    return Format.TABLE if sys.stdout.isatty() else Format.JSONL


def named_columns(columns: Sequence[str] | None) -> dict[str, str]:
    """What a table calls the fields of a report."""
    from standoff.ingest.record import FIELDS

    named = dict(pair.partition("=")[::2] for pair in columns or ())
    if not all(field in FIELDS and name for field, name in named.items()):
        raise typer.BadParameter(f"--column is FIELD=NAME, with a field of {', '.join(FIELDS)}")
    return named


def check_choice(option: str, value: str | None, choices: Sequence[str]) -> None:
    """Refuse a value that the option does not have."""
    if value is not None and value not in choices:
        raise typer.BadParameter(f"{option} is one of {', '.join(choices)}")


def check_doc(doc: str | None, known: Iterable[str]) -> None:
    """Refuse a document that the store does not hold."""
    if doc is not None and doc not in known:
        raise InputError(f"document {doc!r}", "not in the store", f"it holds {', '.join(sorted(known)) or 'none'}")


def day_of(text: str | None) -> date | None:
    """The day that a date on the command line means."""
    from standoff.ingest.dates import parse_date

    return parse_date(text)
