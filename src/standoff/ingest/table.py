"""Tables of reports: CSV and JSON Lines, as exports of other programs are, and plain lists of addresses.

A column is known by its name; ``--column text=Body`` names what is called otherwise. A row with a text is a report; one
with an address alone is a link to it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, dates, freeze
from standoff.ingest.capture import Capture, Failed, Options, Read, Reference, Said

MAX_LINE = 10_000_000
"""Characters of one line, or of one row."""
MAX_RATIO = 100
LEAST_GROWN = 20_000_000
"""Characters to which a Parquet file may grow, however small it is: one text can stand there for a million."""
ROWS = 256
"""Rows of a Parquet file that are held at once."""
MAX_LIST = 20_000_000
"""Bytes of a list, which has to be held whole; of one object a line there may be any number."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext", "story", "maintext"),
    "title": ("title", "headline", "heading"),
    "published": ("published", "date", "publish_date", "published_at", "pubdate", "publication_date", "date_publish",
                  "datepublished", "created_at", "timestamp"),
    "url": ("url", "link", "article_url", "source_url", "canonical_url", "href", "documentidentifier", "sourceurl"),
    "outlet": ("outlet", "source", "publisher", "media_name", "source_name", "newspaper", "site", "publication"),
    "author": ("author", "authors", "byline"),
    "id": ("id", "doc_id", "document_id", "uid", "stories_id"),
}  # fmt: skip
_MEND = "name the columns: --column text=NAME --column url=NAME"


class JsonLines:
    """One JSON object a line, or a list of them."""

    kind = "jsonl"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head().removeprefix(b"\xef\xbb\xbf").lstrip()
        return bool(re.match(rb'\{\s*"|\[\s*\{\s*"', head))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as file:
            first = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if first == b"[":
            yield from self._list(capture, options)
            return
        with capture.stream() as file:
            for number, line in enumerate(_lines(file), 1):
                words = line.removeprefix(b"\xef\xbb\xbf").strip()
                if not words:
                    continue
                where = f"line {number}"
                if len(words) > MAX_LINE:
                    yield _failed(capture, where, f"longer than {MAX_LINE:,} bytes", "write one report a line")
                    continue
                try:
                    record = json.loads(words)
                except RecursionError:
                    yield _failed(capture, where, "nested too deep", "write one object a line")
                except ValueError as error:
                    yield _failed(capture, where, f"not JSON ({error})"[:200], "write one JSON object a line")
                else:
                    yield _row(capture, where, record, options)

    def _list(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            records = json.loads(capture.whole(MAX_LIST))
        except (ValueError, RecursionError) as error:
            raise InputError(capture.name, f"not JSON ({error})"[:200], "write one JSON object a line") from None
        for number, record in enumerate(records, 1):
            yield _row(capture, f"item {number}", record, options)


class Parquet:
    """A Parquet file with a row a report, read a group of rows at a time."""

    kind = "parquet"

    def recognises(self, capture: Capture) -> bool:
        return capture.head().startswith(b"PAR1")

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            from pyarrow import ArrowException, parquet
        except ImportError:
            raise InputError(capture.name, "Parquet, which pyarrow reads", "pip install 'standoff[parquet]'") from None
        try:
            with capture.stream() as file, parquet.ParquetFile(file) as table:
                number = grown = 0
                most = max(LEAST_GROWN, MAX_RATIO * file.seek(0, io.SEEK_END))
                for batch in table.iter_batches(batch_size=ROWS, use_threads=False):
                    for record in batch.to_pylist():
                        number += 1
                        grown += sum(len(value) for value in record.values() if isinstance(value, str))
                        if grown > most:
                            why = f"grows more than {MAX_RATIO} times when unpacked, at row {number}"
                            raise InputError(capture.name, why, "write it as CSV or JSON Lines")
                        plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in record.items()}
                        yield _row(capture, f"row {number}", plain, options)
        except (ArrowException, OSError, ValueError) as error:
            raise InputError(capture.name, f"broken Parquet ({error})"[:200], "write the file again") from None


class Csv:
    """A table whose first row names its columns; by comma, semicolon or tab."""

    kind = "csv"

    def recognises(self, capture: Capture) -> bool:
        return bool(_columns(capture, {}))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        columns = _columns(capture, options.columns)
        if columns is None:
            raise InputError(capture.name, "a table without a column for text or address", _MEND)
        separator, names = columns
        csv.field_size_limit(MAX_LINE)
        with capture.stream() as raw:
            file = io.TextIOWrapper(raw, encoding=_encoding(capture), errors="replace", newline="")
            rows = csv.DictReader(file, delimiter=separator)
            number = 1
            while True:
                number += 1
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise InputError(f"{capture.name}: row {number}", f"no row of a table ({error})", _MEND) from None
                yield _row(capture, f"row {number}", {n: row.get(c) for n, c in names.items()}, Options())


class Addresses:
    """A list of addresses, one a line; lines that begin with # say something else."""

    kind = "list"

    def recognises(self, capture: Capture) -> bool:
        lines = [line.strip() for line in capture.head().decode("utf-8", "replace").splitlines()[:20]]
        told = [line for line in lines if line and not line.startswith("#")]
        whole = told if len(capture.head()) < 8192 else told[:-1]
        return bool(whole) and all(address.is_url(line) for line in whole)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as file:
            for number, line in enumerate(_lines(file), 1):
                words = line.decode("utf-8", "replace").strip()
                if words and not words.startswith("#"):
                    yield _row(capture, f"line {number}", {"url": words}, Options())


def _row(capture: Capture, where: str, record: Any, options: Options) -> Read:
    """A report, a link to one, or why it is neither."""
    if not isinstance(record, dict):
        return _failed(capture, where, "no object with fields", "write one JSON object a line")
    named = {str(name).strip().lower(): value for name, value in record.items() if isinstance(name, str)}
    found: dict[str, str] = {}
    for field, names in FIELDS.items():
        wanted = (options.columns[field].lower(),) if field in options.columns else names
        value = next((v for name in wanted if (v := _words(named.get(name))) is not None), None)
        if value is not None:
            found[field] = value
    day = dates.iso_day(found.get("published")) if "published" in found else None
    if day is None and isinstance(named.get("timestamp"), int | float):
        day = dates.iso_day(named["timestamp"])
    url = address.clean(found.get("url"))
    said = Said(
        id=name if "text" in found and (name := found.get("id", "")).isprintable() and name else None,
        title=found.get("title"),
        outlet=found.get("outlet"),
        author=found.get("author"),
        url=url,
        published=day,
        date_method="column" if day else None,
    )
    said = capture.inherited.over(said)
    if text := found.get("text"):
        whole = freeze.with_title(found.get("title"), text)
        return capture.part(where, whole.encode("utf-8", "replace"), said, charset="utf-8")
    if url is not None:
        return Reference(f"{capture.name}: {where}", capture.root, url, said)
    if "url" in found:
        return _failed(capture, where, f"no web address: {found['url'][:80]}", "write it as https://…")
    return _failed(capture, where, "neither a text nor an address", _MEND)


def _columns(capture: Capture, given: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """The separator of a table and the columns of our fields; None where the first line names no text and no address."""
    head = capture.head()
    line = head.decode(_encoding(capture), "replace").removeprefix("\ufeff").partition("\n")[0].strip("\r")
    for separator in ",;\t":
        try:
            header = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            continue
        cells = {cell.strip().lower(): cell for cell in header}
        if not header or (len(header) == 1 and separator != ","):
            continue
        found = {}
        for field, names in FIELDS.items():
            wanted = (given[field].lower(),) if field in given else names
            column = next((cells[name] for name in wanted if name in cells), None)
            if column is not None:
                found[field] = column
        plain = all(len(cell) <= 40 and not re.search(r"[.!?]\s|\s\w+\s\w+\s\w+\s", cell) for cell in header)
        if ("text" in found or "url" in found) and plain and len(cells) == len(header):
            return separator, found
    return None


def _encoding(capture: Capture) -> str:
    head = capture.head()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    return "utf-8-sig"


def _lines(file: Any) -> Iterator[bytes]:
    """Lines, each as far as its limit: one that is longer comes as a piece that shows it."""
    while line := file.readline(MAX_LINE + 2):
        whole = line
        while not line.endswith(b"\n") and len(line) == MAX_LINE + 2:
            line = file.readline(MAX_LINE + 2)  # the rest of it, unread
            if not line:
                break
        yield whole


def _words(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    return value if isinstance(value, str) and value.strip() else None


def _failed(capture: Capture, where: str, why: str, mend: str) -> Failed:
    name = f"{capture.name}: {where}"
    return Failed(name, capture.root, InputError(name, why, mend))
