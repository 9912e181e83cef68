"""One JSON object: the version of the schema, and the records in a list named for their kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from standoff.model import SCHEMA_VERSION
from standoff.printable import json_safe
from standoff.records import Record


def write(records: Iterable[Record], kind: str, out: TextIO) -> None:
    """``{"schema_version": "1.0", "claims": [...]}``."""
    body = json.dumps({"schema_version": SCHEMA_VERSION, kind: list(records)}, ensure_ascii=False, indent=2)
    out.write((json_safe(body) if out.isatty() else body) + "\n")
