"""JSON Lines: one record a line, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from standoff.printable import json_safe


def write(records: Iterable[Mapping[str, Any]], kind: str, out: TextIO) -> None:
    """One record a line, written out as soon as it is there."""
    for record in records:
        out.write(line(record) + "\n")
        out.flush()


def line(record: Mapping[str, Any]) -> str:
    """One record as JSON, without a line end."""
    return json_safe(json.dumps(record, ensure_ascii=False))
