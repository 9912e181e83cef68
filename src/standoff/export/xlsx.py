"""A workbook for spreadsheets: the columns of the CSV on one sheet, numbers as numbers, text never as a formula or a link."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from standoff.export import csv
from standoff.records import Record

ROWS = 1_048_575
"""Records that a sheet holds below its header; more go on to a second sheet."""
LONGEST = 32_767
"""Characters of a cell."""


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook. ``columns`` step into records as those of the CSV do."""

    name: str
    columns: Sequence[str]
    records: Iterable[Record]


def write(records: Iterable[Record], kind: str, out: BinaryIO, columns: Sequence[str] = ()) -> int:
    """A workbook of one table; how many records it holds."""
    return write_sheets([Sheet(kind, columns or csv.COLUMNS[kind], records)], out)


def write_sheets(sheets: Iterable[Sheet], out: BinaryIO) -> int:
    """A workbook: each table with a bold header that stays in view. The same records give the same bytes.

    Raises:
        OSError: the disk does not take it, here or where the library keeps what it is at.
    """
    from xlsxwriter.exceptions import XlsxFileError

    try:
        return _sheets(sheets, out)
    except XlsxFileError as error:
        cause = next(
            (one for one in (*error.args, error.__cause__, error.__context__) if isinstance(one, OSError)), None
        )
        raise cause or OSError(errno.EIO, f"the workbook cannot be written ({error})") from error


def _sheets(sheets: Iterable[Sheet], out: BinaryIO) -> int:
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
    }
    written = 0
    with Workbook(out, options) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        bold = book.add_format({"bold": True})
        for one in sheets:
            page = _page(book, one, 1, bold)
            for row, record in enumerate(one.records):
                written += 1
                if row and row % ROWS == 0:
                    page = _page(book, one, row // ROWS + 1, bold)
                line = row % ROWS + 1
                for at, cell in enumerate(csv.cells(record, one.columns)):
                    if isinstance(cell, int | float):
                        page.write_number(line, at, cell)
                    elif cell:
                        page.write_string(line, at, cell[:LONGEST])
    return written


def _page(book: Any, one: Sheet, number: int, bold: Any) -> Any:
    page = book.add_worksheet(one.name if number == 1 else f"{one.name} {number}")
    page.freeze_panes(1, 0)
    for at, column in enumerate(one.columns):
        page.write_string(0, at, csv.heading(column), bold)
    return page
