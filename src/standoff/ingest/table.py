"""Tables of reports in CSV, as exports of other programs are, one a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from standoff.errors import InputError
from standoff.ingest import condense, dates, encodings, exports, scraps
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.record import MAX_LINE, MEND, NEITHER, SAMPLE, failed, led, report
from standoff.ingest.table_head import columns_of, head_of, headless, is_table

_OTHER_TEXT = 40
_ENOUGH_ROWS = 20_000


class Csv:
    """A table whose first row names its columns; by comma, semicolon or tab."""

    kind = "csv"

    def recognises(self, capture: Capture) -> bool:
        return columns_of(capture, {}) is not None or is_table(capture)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as raw:
            encoding = encodings.detect(raw)
        if encoding is None:
            raise InputError(capture.name, "a table in an encoding that is not known", "save it again as UTF-8")
        head = head_of(capture)
        export = exports.known(name.strip().lower() for name in head.names) or headless(head)
        if export is not None and export.asked and not options.columns:
            raise InputError(capture.name, f"{export.name}, not reports", export.asked)
        columns = columns_of(capture, options.columns)
        if columns is None:
            held = ", ".join(" ".join(name.split()) for name in head.names[:12])
            raise InputError(capture.name, "a table without a column for text or address", f"{MEND} (it has {held})")
        separator, names = columns
        csv.field_size_limit(MAX_LINE)
        order = self._order(capture, encoding, separator, names.get("published"), head.skipped)
        named_encoding = None if encoding.startswith("utf-8") else encoding
        number = 1 + head.skipped
        telling = [column for field, column in names.items() if field in ("text", "url")]
        if export is not None and export.lead and (lead := head.called(export.lead)):
            telling.append(lead)
        # Of an export whose text stands now in one column, now in another, each is looked at.
        texts = [at for name in (export.columns.get("text", ()) if export else ()) if (at := head.called(name))]
        telling += texts if "text" not in options.columns else ()
        known = frozenset[str]()
        if text_column := names.get("text"):
            first = islice(self._rows(capture, encoding, separator, head.skipped), SAMPLE)
            known = scraps.repeated(row.get(text_column) or "" for row in first)
        told, empty = head.above, 0
        for row in self._rows(capture, encoding, separator, head.skipped):
            number += 1
            if self._is_head(row):
                continue
            if row.get(None) and any(cell.strip() for cell in row[None]):
                many = len(row) - 1 + len(row[None])
                why = f"{many} cells, where the head of the table has {len(row) - 1}: a text with commas and no quotes?"
                yield failed(capture, f"row {number}", why, "put what has commas in quotes, and save it again")
                continue
            if not any(value.strip() for value in row.values() if isinstance(value, str)):
                empty += 1
                if empty > condense.MOST:
                    why = f"more than {condense.MOST:,} rows of it are empty; the rest was not read"
                    raise InputError(capture.name, why, "check that it is a list of reports, and name its columns")
                continue
            if not any(row.get(column) for column in telling):  # as most rows of some tables are
                yield failed(capture, f"row {number}", NEITHER, MEND)
                continue
            record = {field: row.get(column) for field, column in names.items()}
            if export is not None and export.lead and (lead := row.get(head.called(export.lead))):
                record["text"] = led(lead, record.get("text"))
            if not (record.get("text") or "").strip() and "text" not in options.columns:
                record["text"] = next((row[name] for name in texts if (row.get(name) or "").strip()), None)
            days = _days_of(row, names)
            if days is not None and not record.get("published"):
                record["published"] = days
            others = _others(row, names)
            one = replace(capture, left=(*capture.left, *told, *others)) if told or others else capture
            yield report(one, f"row {number}", record, Options(), named_encoding, order, known)
            told = ()

    def _is_head(self, row: dict[str | Any, str | Any]) -> bool:
        """Whether a row is the head of the table again, or the tags that HXL has below it."""
        cells = [(name, value) for name, value in row.items() if isinstance(name, str) and isinstance(value, str)]
        told = [(name, value) for name, value in cells if value.strip()]
        return bool(told) and (
            all(value.strip() == name.strip() for name, value in told)
            or all(value.strip().startswith("#") and " " not in value.strip() for _, value in told)
        )

    def _rows(
        self, capture: Capture, encoding: str, separator: str, skipped: int
    ) -> Iterator[dict[str | Any, str | Any]]:
        with capture.stream() as raw:
            file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")
            number = 1
            try:
                for _ in range(skipped):
                    file.readline()
                rows = csv.DictReader(file, delimiter=separator)
                for row in rows:
                    number += 1
                    yield row
            except csv.Error as error:
                raise InputError(f"{capture.name}: row {number + 1}", f"no row of a table ({error})", MEND) from None
            except UnicodeDecodeError as error:
                where = f"{capture.name}: after row {number}"
                raise InputError(where, f"not {encoding} ({error.reason})", "save it again as UTF-8") from None

    def _order(self, capture: Capture, encoding: str, separator: str, column: str | None, skipped: int) -> str | None:
        """Whether days written in numbers are day and month or month and day, as the column itself shows."""
        if column is None:
            return None
        seen = set()
        try:
            for number, row in enumerate(self._rows(capture, encoding, separator, skipped)):
                if number >= _ENOUGH_ROWS:
                    break
                seen.add(dates.order_of(row.get(column)))
        except InputError:
            pass  # named when the row is read
        shown = seen & {"day", "month"}
        if shown:
            return shown.pop() if len(shown) == 1 else None
        # Where a comma parts the decimals a semicolon parts the columns, and the day goes first.
        return "day" if separator == ";" else None


def _days_of(row: Mapping[Any, Any], names: Mapping[str, str]) -> str | None:
    """A day that stands in three columns."""
    if "published" in names:
        return None
    cells = {name.strip().lower(): value for name, value in row.items() if isinstance(name, str) and value}
    parts = [str(cells.get(name) or cells.get(f"i{name}", "")).strip() for name in ("year", "month", "day")]
    if not all(part.isdecimal() for part in parts):
        return None
    return f"{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}"


def _others(row: Mapping[Any, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    """Other columns with words of a report in them, which are not read; and days, where none was known."""
    read = set(names.values())
    rest = [(name, value) for name, value in row.items() if isinstance(name, str) and isinstance(value, str) and name not in read]  # fmt: skip
    texts = [
        name.strip() for name, value in rest if len(value) >= _OTHER_TEXT and re.search(r"\w[.!?。][\"”’)]*\s*$", value)
    ]
    left = [f"the column “{name}”, which holds a text too" for name in texts[:3]]
    if "published" not in names:
        days = [f"{name.strip()} {value.strip()}" for name, value in rest if dates.iso_day(value) and re.search("date|day|time", name, re.I)]  # fmt: skip
        left += [f"its day, which is not certain: {', '.join(days)[:120]}"] if days else []
    return tuple(left)
