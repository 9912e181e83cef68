"""One JSON object: the schema's version, and the records in a list named for their kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from standoff.model import SCHEMA_VERSION
from standoff.printable import json_safe


def write(records: Iterable[Mapping[str, Any]], kind: str, out: TextIO) -> None:
    """``{"schema": "1.0", "claims": [...]}``."""
    body = {"schema": SCHEMA_VERSION, kind: [dict(record) for record in records]}
    out.write(json_safe(json.dumps(body, ensure_ascii=False, indent=2)) + "\n")
