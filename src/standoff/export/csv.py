"""CSV for spreadsheets: one row a record, one header line, always the same columns.

A list stands in one cell, its parts joined by ``"; "``; cells drawn from one list keep its order, so the second
``sources_name`` goes with the second ``sources_cue``. A part that is missing leaves its place empty.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from standoff import ontology
from standoff.model import CountKind
from standoff.printable import printable
from standoff.records import Record

# A dot steps into an object, or into each object of a list.
COLUMNS: Mapping[str, Sequence[str]] = {
    "claims": (
        "id", "doc", "event", "mode", "context",
        "actor.name", "actor.code", "actor.sector", "actor.entity_text",
        "recipient.name", "recipient.code", "recipient.sector", "recipient.entity_text",
        "sources.name", "sources.code", "sources.sector", "sources.entity_text", "sources.cue",
        "aux", "counts.kind", "counts.bound", "counts.low", "counts.high", "counts.best", "counts.unit", "counts.text",
        "date", "enddate", "date_text",
        "event_loc.name", "event_loc.country", "event_loc.lat", "event_loc.lon", "event_loc.geonames_id",
        "event_loc.precision", "start", "end", "trigger.text", "event_text", "confidence",
        "document.title", "document.outlet", "document.url", "document.published", "document.sha256",
        "incident", "verdict", "reader", "gloss",
    ),
    "documents": (
        "id", "title", "outlet", "domain", "country", "author", "url", "published", "language", "coded", "captured",
        "characters", "sha256", "provenance.method", "provenance.name", "provenance.date_method",
    ),
    "changes": ("url", "before", "after", "removed.text", "removed.start", "added.text", "added.start"),
    "failures": ("source", "why", "mend", "failed", "tries"),
    "feeds": ("url", "outlet", "every", "due", "paused", "fetched", "failures", "fault", "read", "waiting"),
    "statements": (
        "doc", "sources.name", "sources.code", "sources.sector", "sources.entity_text", "cue_text", "stance", "quoted",
        "attitude", "content_text", "source", "cue", "content",
    ),
    "disputes": (
        "id", "kind", "docs", "incident", "reason", "positions.party", "positions.name", "positions.value", "positions.claims",
        "severity", "likely", "state",
    ),
    "incident-list": (
        "id", "event", "start", "end", "parties", "place", "country", "lat", "lon", "precision", "claims", "reports",
        "disputes", "severity", "likely",
    ),
    "parties": ("party", "names.name", "names.times"),
    "incidents": (
        "id", "event", "parties", "date", "enddate", "event_loc", "voices", "docs", "figures.kind", "figures.low",
        "figures.best", "figures.high", "figures.policy", "disputes",
        "killed.low", "killed.best", "killed.high", "injured.low", "injured.best", "injured.high",
        "grade", "contest", "under", "likely",
    ),
    "series": (
        "period", "end", "account", "direction", "reports", "gap", "events",
        "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict",
        "score_sum", "score_mean", "divergence",
        *(f"{kind.value}_{name}" for kind in CountKind for name in ("low", "best", "high")),
        *(code.lower() for code in ontology.event_types()), "weighing", "policy",
    ),
    "alerts": ("day", "rule", "says", "claims", "incident", "dispute", "key"),
    "accounts": ("incident", "party", "name", "question", "value", "claims", "voices", "first", "latest"),
}  # fmt: skip

# A spreadsheet takes a cell that begins so for a formula; the last ones are their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


_INSIDE = re.compile(r"([;\t\n][ \t]*)([=+@＝＋＠]|[-－](?![\d\s]))")


def write(records: Iterable[Record], kind: str, out: TextIO, columns: Sequence[str] = ()) -> int:
    """The header, and a row a record; text that a spreadsheet would run as a formula gets an apostrophe in front.

    ``columns`` are some of the kind's; how many records were written.
    """
    columns = columns or COLUMNS[kind]
    shown = printable if out.isatty() else str
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(heading(column) for column in columns)
    number = 0
    for record in records:
        number += 1
        rows.writerow(shown(safe(cell)) if isinstance(cell, str) else cell for cell in cells(record, columns))
    return number


def heading(column: str) -> str:
    """What stands above a column."""
    return column.replace(".", "_")


def cells(record: Record, columns: Sequence[str]) -> list[Any]:
    """A record's cells in the order of the columns: text, or a number."""
    return [_cell(_of(record, column), column in _SPANS) for column in columns]


def safe(cell: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    # A lone carriage return is not quoted by the writer, and would end the row.
    # Where a cell's own separators part it in another program's eyes, what follows them begins a cell too.
    cell = _INSIDE.sub(r"\1'\2", cell.replace("\r", "\n"))
    return ("'" if cell.startswith(_FORMULA) else "") + cell


def _value(item: Any, path: Sequence[str]) -> Any:
    for step, name in enumerate(path):
        if isinstance(item, list):
            return [_value(part, path[step:]) for part in item]
        item = item.get(name) if isinstance(item, dict) else None
    return item


# Columns of places in a text, which are written start-end. Two figures of one claim are no range, and never look like one.
_SPANS = frozenset({"source", "cue", "content"})


def _of(record: Record, column: str) -> Any:
    if column == "counts.bound":
        return [_bound(count) for count in record.get("counts") or ()]
    return _value(record, column.split("."))


def _bound(count: Record) -> str | None:
    """How a figure is meant: as its record says, else as its two ends show."""
    if count.get("bound"):
        return str(count["bound"])
    low, high = count.get("low"), count.get("high")
    if low is None and high is None:
        return None
    if low is None or high is None:
        return "up to" if low is None else "at least"
    return "exact" if low == high else "between"


def _cell(value: Any, span: bool = False) -> Any:
    """A number stays a number; a span is written ``start-end``."""
    if isinstance(value, list):
        if span and len(value) == 2 and all(type(part) is int for part in value):
            return f"{value[0]}-{value[1]}"
        if len(value) == 1:
            return _cell(value[0], span)
        value = "; ".join(str(_cell(part, span)) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
