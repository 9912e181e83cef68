"""Reading the tables of a bulk result, which may come from anywhere: in a child with a clock and a bound of memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.export import columnar
from standoff.ingest import child
from standoff.records import Record, dumps

SECONDS = 60
BYTES_A_SECOND = 4_000_000
MEGABYTES = 2_000
RATIO = 100
"""Times that a table may grow when unpacked, beyond ``GROWN``."""
GROWN = 64_000_000
"""Characters to which any table may grow."""
LARGEST = 2_000_000_000
"""Bytes of a table; a part of a result has a few hundred reports."""
_AT_ONCE = 1_000_000
_ROWS = 100
_MEND = "run standoff bulk again"

_reader = child.Child("standoff.runners.loaded", mend=_MEND)


def rows(path: Path, name: str, sha256: str) -> Iterator[Record]:
    """The rows of a table of a result; days as text.

    Raises:
        InputError: it is not the file of that hash, no such table, or cannot be read within its time and memory.
    """
    columnar.arrow()
    try:
        if not path.is_file():
            why = "not a regular file" if path.exists() else "not there"
            raise InputError(str(path), why, _MEND)
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                str(path), f"larger than {LARGEST // 1_000_000} MB", "run standoff bulk with smaller parts"
            )
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", _MEND) from None
    if digest != sha256:
        raise InputError(str(path), "not the file that the manifest names", _MEND)
    for _, lines in _reader.each(
        "standoff.runners.loaded:answer",
        str(path),
        b"",
        seconds=SECONDS + size // BYTES_A_SECOND,
        megabytes=MEGABYTES,
        path=str(path.absolute()),
        table=name,
        most=max(GROWN, RATIO * size),
    ):
        yield from json.loads(lines)


def answer(data: bytes, path: str, table: str, most: int) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The rows, some at a time. Runs in the child."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            _check(file.schema_arrow, path, table)
            number = grown = held = 0
            lines: list[str] = []
            for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
                for record in batch.to_pylist():
                    number += 1
                    days = {k: v.isoformat() for k, v in record.items() if isinstance(v, date)}
                    lines.append(dumps({**record, **days}))
                    grown, held = grown + len(lines[-1]), held + len(lines[-1])
                    if grown > most:
                        raise InputError(path, f"grows more than {RATIO} times when unpacked, at row {number}", _MEND)
                    if held > _AT_ONCE:
                        yield {}, f"[{','.join(lines)}]".encode()
                        lines, held = [], 0
            yield {}, f"[{','.join(lines)}]".encode()
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, MemoryError):
            raise
        raise InputError(path, f"broken Parquet ({' '.join(str(error).split())})"[:200], _MEND) from None


def _check(schema: Any, path: str, name: str) -> None:
    """That columns of our names are of our types, and those without which there is no record are there."""
    needed = {"documents": ("id", "text", "sha256"), "claims": ("id", "doc")}.get(name, ())
    for field in columnar.bulk_tables()[name]:
        at = schema.get_all_field_indices(field.name)
        if len(at) > 1:
            raise InputError(path, f"two columns are called {field.name}", _MEND)
        if not at and field.name in needed:
            raise InputError(path, f"no column {field.name}", _MEND)
        if at and schema.field(at[0]).type != field.type:
            raise InputError(path, f"column {field.name}: {field.type} is wanted"[:200], _MEND)
