"""JSON Lines: one record a line, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from standoff.printable import json_safe
from standoff.records import Record, dumps


def write(records: Iterable[Record], kind: str, out: TextIO) -> None:
    """One record a line, written out as soon as it is there."""
    for record in records:
        line = dumps(record)
        out.write((json_safe(line) if out.isatty() else line) + "\n")
        out.flush()
