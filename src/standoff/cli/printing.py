"""How results leave: records in the form that was asked for, tables to read, and files that are there when they are whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from standoff.cli.options import Format

if TYPE_CHECKING:
    from standoff.model import Claim, Dispute, Document
    from standoff.records import Record
    from standoff.render import Renderer


def write_records(records: Iterable[Record], kind: str, form: Format, out: TextIO | None = None) -> None:
    from standoff.export import csv, json, jsonl

    {Format.JSONL: jsonl, Format.JSON: json, Format.CSV: csv}[form].write(records, kind, out or sys.stdout)


@contextmanager
def stream_into(out: str | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there when it is whole."""
    if out is None:
        yield sys.stdout
        return
    stream = StringIO(newline="")
    yield stream
    deliver(stream.getvalue().encode(), out)


def deliver(body: bytes, out: str | None, what: str = "") -> None:
    """Print, or put into a file that is there when it is whole. ``what`` is no text, and no terminal takes it."""
    if out is not None:
        from standoff.export.selection import Part, write_part

        write_part(Part(out, lambda stream: stream.write(body)), Path(out))
        return
    if what and sys.stdout.isatty():
        raise typer.BadParameter(f"{what} is not for a terminal: give --out FILE")
    sys.stdout.buffer.write(body)


def renderer(held: Iterable[Claim], documents: Iterable[Document]) -> Renderer:
    from standoff.render import Renderer

    return Renderer(sys.stdout, held, documents)


def print_claims(read: Iterable[tuple[Document, tuple[Claim, ...]]], form: Format) -> None:
    if form is Format.TABLE:
        pairs = list(read)
        renderer([claim for _, found in pairs for claim in found], [document for document, _ in pairs]).claims()
        return
    from standoff.records import claim_record

    of = form is Format.CSV  # a row of a table stands alone; a record is read with its report
    write_records(
        (claim_record(claim, document if of else None) for document, found in read for claim in found), "claims", form
    )


def print_disputes(
    found: Sequence[Dispute], held: Iterable[Claim], documents: Iterable[Document], form: Format
) -> None:
    if form is Format.TABLE:
        renderer(held, documents).disputes(found)
        return
    from standoff.records import dispute_record

    write_records(map(dispute_record, found), "disputes", form)
