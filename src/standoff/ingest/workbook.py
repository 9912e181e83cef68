"""Excel workbooks: each sheet that is a table of reports, as a table like any other. Runs in the child.

What is hidden is not read, and told; a cell that was merged over several rows stands in each of them; what is struck out
is left out; a formula has the value that was last reckoned, or none.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from standoff.errors import InputError
from standoff.ingest import child, office, table, table_head
from standoff.ingest.capture import Capture, Options, Read

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_MERGED = 200_000
"""Cells of a sheet that are merged with others."""
_MERGED = re.compile(rb"""mergeCell\s[^<>]{0,200}?ref\s{0,9}=\s{0,9}["']([A-Za-z0-9$:]{2,40})["']""")
_MEND = "save its sheet as CSV, and add that"


class Workbook:
    """A workbook in the form of Excel since 2007."""

    kind = "xlsx"

    def recognises(self, capture: Capture) -> bool:
        return capture.head().startswith(b"PK\x03\x04") and office.kind(capture) == "xlsx"

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        found = child.shared.call(
            "standoff.ingest.workbook:sheets",
            capture.name,
            capture.whole(MAX_BYTES),
            seconds=options.seconds,
            megabytes=options.megabytes,
        )
        left, tables, heads = list(found["left"]), [], []
        for sheet in found["sheets"]:
            inside = capture.part(f"sheet “{sheet['name']}”", sheet["csv"].encode())
            if table_head.names_reports(inside, options):
                tables.append((inside, sheet["left"]))
            elif sheet["csv"].strip():
                left.append(f"the sheet “{sheet['name']}”, which has no column for text or address")
                heads += [" ".join(name.split()) for name in table_head.head_of(inside).names[:12] if name.strip()]
        if not tables:
            mend = f"name the columns: --column text=NAME (it has {', '.join(heads[:24])})"
            raise InputError(capture.name, "a workbook without a table of reports", mend)
        for number, (inside, own) in enumerate(tables):
            told = (*capture.left, *(left if number == 0 else ()), *own)
            yield from table.Csv().read(replace(inside, left=told), options)


def sheets(data: bytes) -> dict[str, Any]:
    """The sheets of a workbook as CSV, and what of it was left. Runs in the child.

    Raises:
        InputError: it is broken, locked, or larger than a table of reports.
    """
    import warnings

    from openpyxl import load_workbook

    _check_merged(office.checked(data))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
            formulas = load_workbook(io.BytesIO(data))
            left, out = [], []
            for sheet in values.worksheets:
                if sheet.sheet_state != "visible":
                    left.append(f"a hidden sheet, “{sheet.title}”")
                elif (sheet.max_row or 0) > MAX_ROWS or (sheet.max_column or 0) > MAX_COLUMNS:
                    raise InputError("", f"a sheet of more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns", _MEND)
                else:
                    out.append(_sheet(sheet, formulas[sheet.title]))
    except (MemoryError, InputError):
        raise
    except Exception as error:  # what is broken brings all kinds of faults about in the library
        raise InputError("", f"a broken workbook ({error})"[:200], _MEND) from None
    return {"sheets": out, "left": left}


def _check_merged(archive: zipfile.ZipFile) -> None:
    """Each of the cells that are merged into one is made by the library: a line may name all that there are.

    Raises:
        InputError: there are too many.
    """
    from openpyxl.utils.cell import range_boundaries

    for name in archive.namelist():
        if not name.startswith("xl/worksheets/"):
            continue
        cells = 0
        for area in _MERGED.findall(archive.read(name)):
            try:
                left, top, right, bottom = (edge or 0 for edge in range_boundaries(area.decode("latin-1")))
            except ValueError:
                continue  # the library says what is wrong with it
            cells += max(0, right - left + 1) * max(0, bottom - top + 1)
        if cells > MAX_MERGED:
            raise InputError("", f"a sheet of more than {MAX_MERGED:,} merged cells", _MEND)


def _sheet(sheet: Any, formulas: Any) -> dict[str, Any]:
    left, hidden, bare, struck = [], 0, [], []
    spread = {}
    for area in sheet.merged_cells.ranges:
        # Over rows alone: a head that is merged over columns is no name of each.
        if area.min_col == area.max_col:
            for row in range(area.min_row + 1, area.max_row + 1):
                spread[row, area.min_col] = (area.min_row, area.min_col)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in sheet.iter_rows():
        number = row[0].row if row else 0
        if sheet.row_dimensions[number].hidden:
            hidden += any(cell.value is not None for cell in row)
            continue
        cells = []
        for cell in row:
            at = spread.get((cell.row, cell.column), (cell.row, cell.column))
            value = sheet.cell(*at).value
            formula = formulas.cell(*at).value
            if value is None and isinstance(formula, str) and formula.startswith("="):
                if formula.upper().startswith("=HYPERLINK("):
                    value = formula  # its words stand in it
                else:
                    bare.append(cell.coordinate)
            words, gone = _words(value)
            struck += gone
            cells.append(words)
        writer.writerow(cells)
    if hidden:
        left.append(f"{hidden} hidden {'row' if hidden == 1 else 'rows'} of the sheet “{sheet.title}”")
    if bare:
        left.append(f"formulas without a value, in {', '.join(bare[:10])}")
    if struck:
        left.append(f"struck out: “{' '.join(struck)[:200]}”")
    return {"name": sheet.title, "csv": out.getvalue(), "left": left}


def _words(value: Any) -> tuple[str, list[str]]:
    """A cell's words, and those of them that are struck out."""
    if value is None:
        return "", []
    if isinstance(value, datetime):
        return (value.isoformat(sep=" ") if (value.hour, value.minute) != (0, 0) else value.date().isoformat()), []
    if isinstance(value, date):
        return value.isoformat(), []
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), []
    if isinstance(value, list):  # runs of letters, each in its own form
        kept: list[str] = []
        gone: list[str] = []
        for run in value:
            words = str(getattr(run, "text", run))
            (gone if getattr(getattr(run, "font", None), "strike", None) else kept).append(words)
        return " ".join("".join(kept).split()), gone
    return str(value), []
