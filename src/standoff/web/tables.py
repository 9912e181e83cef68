"""Tables to take along: as CSV, as JSON Lines and as XLSX, row by row as the store gives them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from fastapi.responses import Response, StreamingResponse

from standoff.export import csv, jsonl, xlsx
from standoff.records import Record

KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/x-ndjson",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def csv_lines(records: Iterable[Record], kind: str) -> Iterator[bytes]:
    """The header, then a line a record."""
    yield _written(csv.write, [], kind)
    for record in records:
        yield _written(csv.write, [record], kind).partition(b"\n")[2]


def json_lines(records: Iterable[Record], kind: str) -> Iterator[bytes]:
    """A line a record."""
    for record in records:
        yield _written(jsonl.write, [record], kind)


def workbook(records: Iterable[Record], kind: str) -> Iterator[bytes]:
    """A workbook of one sheet."""
    out = io.BytesIO()
    xlsx.write(records, kind, out)
    yield out.getvalue()


def download(chunks: Iterator[bytes], name: str) -> Response:
    """An answer that a browser keeps as a file of that name."""
    kind = KINDS["." + name.rpartition(".")[2]]
    return StreamingResponse(chunks, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _written(write: Callable[[list[Record], str, TextIO], object], records: list[Record], kind: str) -> bytes:
    out = io.StringIO()
    write(records, kind, out)
    return out.getvalue().encode()
