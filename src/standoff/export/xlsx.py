"""A workbook for spreadsheets: the columns of the CSV on one sheet, numbers as numbers, text never as a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO

from standoff.export import csv
from standoff.records import Record

ROWS = 1_048_575
"""Records that a sheet holds below its header; more go on to a second sheet."""
LONGEST = 32_767
"""Characters of a cell."""


def write(records: Iterable[Record], kind: str, out: BinaryIO) -> None:
    """A bold header that stays in view and filters, and a row a record. The same records give the same bytes."""
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
    }
    columns = [column.replace(".", "_") for column in csv.COLUMNS[kind]]
    with Workbook(out, options) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        bold = book.add_format({"bold": True})
        sheet: Any = None
        row = number = 0
        for row, record in enumerate(records):
            if row % ROWS == 0:
                number += 1
                sheet = _sheet(book, kind, number, columns, bold)
            for at, cell in enumerate(csv.cells(record, kind)):
                line = row % ROWS + 1
                if isinstance(cell, int | float):
                    sheet.write_number(line, at, cell)
                elif cell:
                    sheet.write_string(line, at, cell[:LONGEST])
        if sheet is None:
            _sheet(book, kind, 1, columns, bold)


def _sheet(book: Any, kind: str, number: int, columns: list[str], bold: Any) -> Any:
    sheet = book.add_worksheet(kind if number == 1 else f"{kind} {number}")
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, bold)
    return sheet
