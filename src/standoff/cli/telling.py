"""What is told beside the results, on standard error and by the exit code: faults, notes, and that work goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from standoff.printable import NOTE, one_line

if TYPE_CHECKING:
    from standoff.readers.choice import Choice

FAILED = 1
PARTIAL = 3


def complain(message: str) -> None:
    """A line on standard error."""
    typer.echo(f"standoff: {one_line(message)}", err=True)


note = complain


def aside(message: str) -> None:
    """What is good to know, and no fault."""
    note(f"{NOTE}{message}")


def note_meter(readers: Choice) -> None:
    """What a run took of a model, in a line."""
    if readers.named is not None and (readers.named.meter.requests or readers.named.meter.kept):
        aside(readers.named.meter.told())


@contextmanager
def status(words: str) -> Iterator[None]:
    """Say on a terminal that work goes on."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield
