"""Tables of reports: CSV and JSON Lines, as exports of other programs are, and plain lists of addresses.

A column is known by its name; ``--column text=Body`` names what is called otherwise. A row with a text is a report; one
with an address alone is a link to it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from html import unescape
from itertools import islice
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, condense, dates, encodings, exports, freeze, scraps
from standoff.ingest.capture import HEAD, Capture, Failed, Options, Read, Reference, Said
from standoff.ingest.pagewords import listed

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
                  "datepublished", "created_at", "timestamp", "report_date", "report date", "date_of_report", "date of report",
                  "date reported", "date_reported", "reported_on", "published.$date", "date.$date", "publish_date.$date",
                  "published_at.$date", "created_at.$date"),
    "url": ("url", "link", "article_url", "source_url", "canonical_url", "href", "documentidentifier", "sourceurl"),
    "outlet": ("outlet", "source", "publisher", "media_name", "source_name", "newspaper", "site", "publication"),
    "author": ("author", "authors", "byline"),
    "id": ("id", "doc_id", "document_id", "uid", "stories_id"),
}  # fmt: skip


@cache
def _fields() -> Mapping[str, tuple[str, ...]]:
    """The names of columns, the English ones first."""
    return {field: (*names, *exports.columns().get(field, ())) for field, names in FIELDS.items()}


_LESS = ("description", "details", "narrative", "incident description", "incident_description", "event_description", "report",
         "report text", "report_text", "summary", "notes", "message")  # fmt: skip
"""Columns that hold a text where no other does, and no address leads to one."""
_HYPERLINK = re.compile(r'\s*=HYPERLINK\(\s*"([^"]*)"\s*[,;]\s*"((?:[^"]|"")*)"\s*\)\s*', re.I)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")
_PASSED_ON = re.compile(r"RT @(\w{1,30}): ")
_STRONG = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_HEAD_LINES = 15
"""Lines at the top of a table in which its head is looked for."""
_SAMPLE = 500
"""Reports of an input in which lines that repeat are looked for."""
_OTHER_TEXT = 40
_SCRIPT = re.compile(rb"^window\.YTD\.[\w.]{1,80}\s*=\s*")
_SCRIPT_TEXT = re.compile(r"^window\.YTD\.[\w.]{1,80}\s*=\s*")
"""What X writes before the list in an archive of an account."""
_SEPARATOR = re.compile(r"sep=(\\t|[,;|\t])", re.I)
"""Excel's own line before a table."""
_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|article|main|div|section|p|h[1-6])\b[^>]{0,500}>", re.I)
_SPACE = re.compile(r"[\s,;]*")
_DECODER = json.JSONDecoder()
_ENOUGH_ROWS = 20_000
_X = "an X export"
_BRIEF = "only what its list says of it is read, not its own text"
_MEND = "name the columns: --column text=NAME --column url=NAME"
_NEITHER = "neither a text nor an address"


class JsonLines:
    """One JSON object a line, or a list of them."""

    kind = "jsonl"

    def recognises(self, capture: Capture) -> bool:
        head = _SCRIPT.sub(b"", capture.head().removeprefix(b"\xef\xbb\xbf").lstrip())
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            head = head[2:].replace(b"\0", b"")
        return bool(re.match(rb'\{\s*"|\[\s*\{\s*"|\[?\s*\{\s*\'\w+\'\s*:', head))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as file:
            first = file.readline(MAX_LINE + 2)
        begins = _SCRIPT.sub(b"", first.removeprefix(b"\xef\xbb\xbf").lstrip())
        long_line = begins[:1] == b"{" and len(first) > MAX_LINE  # named below, and the rest go on
        if (not long_line and (begins[:1] != b"{" or not _is_object(begins))) or first[:2] in (
            b"\xff\xfe",
            b"\xfe\xff",
        ):
            # A list, or what goes on over several lines: held whole.
            if begins[:1] in (b"[", b"{", b"\xff", b"\xfe") and (whole := self._whole(capture)) is not None:
                yield from self._records(capture, *whole, options)
                return
        known = scraps.repeated(_texts(_first(capture)))
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
                    record, encoding = _loads(words)
                except RecursionError:
                    yield _failed(capture, where, "nested too deep", "write one object a line")
                except ValueError as error:
                    yield _failed(capture, where, f"not JSON ({error})"[:200], "write one JSON object a line")
                else:
                    held = exports.records(record)
                    if held is not None and not _has_own(record, options):
                        yield from self._held(capture, held, encoding, options)
                    else:
                        yield _row(capture, where, record, options, encoding, known=known)

    def _whole(self, capture: Capture) -> tuple[list[Any], str | None] | None:
        """The values that a file holds, one or several, each over as many lines as it likes; None where it is no JSON
        from its first line on.

        Raises:
            InputError: a list that is no JSON.
        """
        data = capture.whole(MAX_LIST)
        values: list[Any] = []
        try:
            words, encoding = _decoded(data)
            words = _SCRIPT_TEXT.sub("", words.lstrip("\ufeff \t\r\n"))
            at = 0
            while at < len(words):
                value, at = _DECODER.raw_decode(words, at)
                values.append(value)
                at = _SPACE.match(words, at).end()  # type: ignore[union-attr]
        except (ValueError, RecursionError) as error:
            if isinstance(error, json.JSONDecodeError) and len(values) == 0 and _ends_early(error):
                why = f"cut off: the JSON of it ends amid line {error.doc.count(chr(10)) + 1}"
                raise InputError(capture.name, why, "fetch it again, or write one JSON object a line") from None
            if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and (
                values or data.count(b"\n") == 0 or not _pretty(data)
            ):
                return None
            raise InputError(capture.name, f"not JSON ({error})"[:200], "write one JSON object a line") from None
        return values, encoding

    def _records(self, capture: Capture, values: list[Any], encoding: str | None, options: Options) -> Iterator[Read]:
        number = 0
        for value in values:
            if isinstance(value, list):
                known = scraps.repeated(_texts(value[:_SAMPLE]))
                for number, record in enumerate(value, number + 1):  # noqa: B020  (goes on counting)
                    yield _row(capture, f"item {number}", exports.unpacked(record), options, encoding, known=known)
                continue
            held = exports.records(value)
            if held is not None and not _has_own(value, options):
                yield from self._held(capture, held, encoding, options)
            else:
                number += 1
                yield _row(capture, f"item {number}", exports.unpacked(value), options, encoding)

    def _held(
        self, capture: Capture, held: tuple[list[Any], str | None], encoding: str | None, options: Options
    ) -> Iterator[Read]:
        """The records of an export that is one object. What it holds beside reports is counted."""
        records, name = held
        told = [exports.unpacked(one) for one in records]
        plain = [one for one in told if not (isinstance(one, dict) and _says_nothing(one))]
        if len(plain) < len(told) and plain:
            many = len(told) - len(plain)
            capture = replace(
                capture, left=(*capture.left, f"{many} {'message' if many == 1 else 'messages'} without text left out")
            )
        for number, one in enumerate(told, 1):
            if isinstance(one, dict) and _says_nothing(one) and plain:
                continue
            if isinstance(one, dict) and name and "date_unixtime" in one:
                one = {**one, "from": one.get("forwarded_from") or name}
            yield _row(capture, f"item {number}", one, options, encoding)
            capture = replace(capture, left=())


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
                known = None
                for batch in table.iter_batches(batch_size=ROWS, use_threads=False):
                    records = batch.to_pylist()
                    known = scraps.repeated(_texts(records)) if known is None else known
                    for record in records:
                        number += 1
                        grown += sum(len(value) for value in record.values() if isinstance(value, str))
                        if grown > most:
                            why = f"grows more than {MAX_RATIO} times when unpacked, at row {number}"
                            raise InputError(capture.name, why, "write it as CSV or JSON Lines")
                        plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in record.items()}
                        yield _row(capture, f"row {number}", plain, options, known=known)
        except (ArrowException, OSError, ValueError) as error:
            raise InputError(capture.name, f"broken Parquet ({error})"[:200], "write the file again") from None


class Csv:
    """A table whose first row names its columns; by comma, semicolon or tab."""

    kind = "csv"

    def recognises(self, capture: Capture) -> bool:
        return _columns(capture, {}) is not None or _is_table(capture)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as raw:
            encoding = encodings.detect(raw)
        if encoding is None:
            raise InputError(capture.name, "a table in an encoding that is not known", "save it again as UTF-8")
        head = _head(capture)
        export = exports.known(name.strip().lower() for name in head.names) or _headless(head)
        if export is not None and export.asked and not options.columns:
            raise InputError(capture.name, f"{export.name}, not reports", export.asked)
        columns = _columns(capture, options.columns)
        if columns is None:
            named = ", ".join(name.strip() for name in head.names[:12])
            raise InputError(capture.name, "a table without a column for text or address", f"{_MEND} (it has {named})")
        separator, names = columns
        csv.field_size_limit(MAX_LINE)
        order = self._order(capture, encoding, separator, names.get("published"), head.skipped)
        named_encoding = None if encoding.startswith("utf-8") else encoding
        number = 1 + head.skipped
        telling = [column for field, column in names.items() if field in ("text", "url")]
        if export is not None and export.lead and (lead := head.called(export.lead)):
            telling.append(lead)
        known = frozenset[str]()
        if text_column := names.get("text"):
            first = islice(self._rows(capture, encoding, separator, head.skipped), _SAMPLE)
            known = scraps.repeated(row.get(text_column) or "" for row in first)
        told, empty = head.above, 0
        for row in self._rows(capture, encoding, separator, head.skipped):
            number += 1
            if self._is_head(row):
                continue
            if row.get(None) and any(cell.strip() for cell in row[None]):
                many = len(row) - 1 + len(row[None])
                why = f"{many} cells, where the head of the table has {len(row) - 1}: a text with commas and no quotes?"
                yield _failed(capture, f"row {number}", why, "put what has commas in quotes, and save it again")
                continue
            if not any(value.strip() for value in row.values() if isinstance(value, str)):
                empty += 1
                if empty > condense.MOST:
                    why = f"more than {condense.MOST:,} rows of it are empty; the rest was not read"
                    raise InputError(capture.name, why, "check that it is a list of reports, and name its columns")
                continue
            if not any(row.get(column) for column in telling):  # as most rows of some tables are
                yield _failed(capture, f"row {number}", _NEITHER, _MEND)
                continue
            record = {field: row.get(column) for field, column in names.items()}
            if export is not None and export.lead and (lead := row.get(head.called(export.lead))):
                record["text"] = _led(lead, record.get("text"))
            days = _days_of(row, names)
            if days is not None and not record.get("published"):
                record["published"] = days
            others = _others(row, names)
            one = replace(capture, left=(*capture.left, *told, *others)) if told or others else capture
            yield _row(one, f"row {number}", record, Options(), named_encoding, order, known)
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
                raise InputError(f"{capture.name}: row {number + 1}", f"no row of a table ({error})", _MEND) from None
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


class Addresses:
    """A list of addresses, one a line; lines that begin with # say something else."""

    kind = "list"

    def recognises(self, capture: Capture) -> bool:
        lines = [line.strip() for line in capture.head().decode("utf-8", "replace").splitlines()[:20]]
        told = [line for line in lines if line and not line.startswith("#")]
        whole = told if len(capture.head()) < 8192 else told[:-1]
        return bool(whole) and all(address.is_url(line) for line in whole)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        seen = set()
        with capture.stream() as file:
            for number, line in enumerate(_lines(file), 1):
                words = line.decode("utf-8", "replace").strip()
                if words and not words.startswith("#") and words not in seen:  # once is enough for a page
                    seen.add(words)
                    yield _row(capture, f"line {number}", {"url": words}, Options())


def _row(
    capture: Capture,
    where: str,
    record: Any,
    options: Options,
    encoding: str | None = None,
    order: str | None = None,
    known: frozenset[str] = frozenset(),
) -> Read:
    """A report, a link to one, or why it is neither."""
    if not isinstance(record, dict):
        return _failed(capture, where, "no object with fields", "write one JSON object a line")
    named = exports.flat(record)
    export, fields = _fields_of(tuple(named), tuple(options.columns.items()))
    if export is not None and export.asked and not options.columns:
        return _failed(capture, where, f"{export.name}, not a report", export.asked)
    found: dict[str, str] = {}
    for field, names in fields:
        for name in names:
            if field != "text" and str(named[name]).strip().lower() in listed("nothing"):
                continue  # how programs write that there is none
            if (value := _words(named[name], "\n\n" if field == "text" else ", ")) is not None:
                found[field] = value
                break
    if export is not None and export.lead:
        found["text"] = _led(_words(named.get(export.lead)) or "", found.get("text")) or ""
    if export is not None and export.name == _X and "text" in found:
        found["text"] = unescape(found["text"])  # X writes "&amp;" for "&"
    link = _HYPERLINK.fullmatch(found.get("title", ""))
    if link is not None:  # what Excel shows of it
        found["title"] = link.group(2).replace('""', '"')
        found.setdefault("url", link.group(1))
    if "text" in found and not _MARKUP.match(found["text"]) and _ENTITY.search(found["text"]):
        found["text"] = unescape(found["text"])
    if (passed := _PASSED_ON.match(found.get("text", ""))) is not None:
        found["outlet"], found["text"] = f"@{passed.group(1)}", found["text"][passed.end() :]
    day = dates.iso_day(found.get("published")) if "published" in found else None
    if day is None and isinstance(named.get("timestamp"), int | float):
        day = dates.iso_day(named["timestamp"])
    left = capture.left
    if day is None and "published" in found:
        day = dates.numbered(found["published"], order)
        if day is None:
            left = (*left, f"its day, which is not certain: {found['published'][:40]}")
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
        # Markup is read as a page, which puts its headline in front itself.
        if not _MARKUP.match(text):
            text, gone = scraps.without(_STRONG.sub(r"\1", text), known)
            left = (*left, *gone)
            text = freeze.with_title(found.get("title"), text)
        return capture.part(
            where,
            text.encode("utf-8", "replace"),
            said,
            charset="utf-8",
            left=left,
            container_encoding=encoding or capture.container_encoding,
        )
    brief = _words(named.get(export.brief)) if export is not None and export.brief else None
    inline = None
    if brief is not None:
        words = freeze.with_title(found.get("title"), brief).encode("utf-8", "replace")
        inline = capture.part(where, words, said, charset="utf-8", left=(*left, _BRIEF))
    if url is not None:
        return Reference(f"{capture.name}: {where}", capture.root, url, said, inline)
    if inline is not None:
        return inline
    if "url" in found:
        return _failed(capture, where, f"no web address: {found['url'][:80]}", "write it as https://…")
    return _failed(capture, where, _NEITHER, _MEND)


@lru_cache(maxsize=64)
def _fields_of(
    held: tuple[str, ...], columns: tuple[tuple[str, str], ...]
) -> tuple[exports.Export | None, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The export that has these columns, and which of them our fields may stand in. The rows of a table have the same."""
    export, given, there = exports.known(held), dict(columns), set(held)
    known = {**_fields(), **(export.columns if export is not None else {})}
    wanted = {field: (given[field].lower(),) if field in given else names for field, names in known.items()}
    fields = ((field, tuple(name for name in names if name in there)) for field, names in wanted.items())
    return export, tuple((field, names) for field, names in fields if names)


def _led(lead: str, text: str | None) -> str | None:
    """A text with its first sentences in front, where it does not begin with them."""
    if not text or not lead.strip() or not lead.rstrip().endswith((".", "!", "?", "”", '"')):
        return text
    if _against(lead, text):
        return text
    begins = re.sub(r"\W+", "", text[: 2 * len(lead)]).casefold()
    return text if re.sub(r"\W+", "", lead)[:40].casefold() in begins else f"{lead.strip()}\n\n{text}"


def _against(lead: str, text: str) -> bool:
    """Whether two texts give another number of the same: an older lead, which the text has left behind."""
    one, other = ({noun: number for number, noun in _OF_WHAT.findall(words)} for words in (lead, text))
    return any(noun in other and other[noun] != number for noun, number in one.items())


_OF_WHAT = re.compile(r"\b(\d[\d,]*) ([a-z]{4,})")


def _says_nothing(record: dict[str, Any]) -> bool:
    """A message without words: a picture alone, somebody who joined."""
    if record.get("type") == "service":
        return True
    if "date_unixtime" in record or "text_entities" in record:
        return not str(exports.flat(record).get("text") or "").strip()
    return False


def _has_own(record: Any, options: Options) -> bool:
    """Whether an object is a report itself, whatever else it holds."""
    named = exports.flat(record) if isinstance(record, dict) else {}
    wanted = (options.columns["text"].lower(),) if "text" in options.columns else FIELDS["text"]
    return any(_words(named.get(name)) is not None for name in wanted)


@dataclass(frozen=True)
class _Head:
    """The first line of a table that names its columns."""

    names: tuple[str, ...]
    separator: str
    skipped: int = 0
    """Lines in front of it: ``sep=;``, a title."""
    above: tuple[str, ...] = ()
    """What these say, in words."""

    def called(self, name: str) -> str | None:
        """A column as the table writes it."""
        return next((one for one in self.names if one.strip().lower() == name), None)


def _head(capture: Capture, separators: str = ",;\t|") -> _Head:
    """The head, parted as most of its cells ask for."""
    words = _head_words(capture)
    skipped = 0
    line = words.partition("\n")[0].strip("\r")
    if (said := _SEPARATOR.fullmatch(line.strip(" \r"))) is not None:
        separators, skipped = said.group(1).replace("\\t", "\t"), 1
        line = words.partition("\n")[2].partition("\n")[0].strip("\r")
    if skipped == 0 and (lower := _lower_head(capture, separators)) is not None:
        return lower
    best = _Head((line,), separators[0], skipped)
    for separator in separators:
        cells = _cells(line, separator)
        if len(cells) > len(best.names) or (len(cells) == len(best.names) == 1 and separator == separators[0]):
            best = _Head(tuple(cells), separator, skipped)
    return best


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line; none where it is no line of a table."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _lower_head(capture: Capture, separators: str) -> _Head | None:
    """A head that stands below a title and the like: the first of the lines that names a text and something beside it."""
    words = _head_words(capture)
    wanted = {name for names in _fields().values() for name in names}
    texts = {*_fields()["text"], *_LESS, *_fields()["url"]}
    lines = [line.strip("\r") for line in words.split("\n")[: _HEAD_LINES + 1]][:-1]
    for number, line in enumerate(lines):
        for separator in separators:
            cells = _cells(line, separator)
            told = [cell.strip().lower() for cell in cells if cell.strip()]
            if (
                len(told) < 2
                or len(set(told)) < len(told)
                or sum(cell in wanted for cell in told) < 2
                or not texts & set(told)
            ):
                continue
            above = [" ".join(one.replace(separator, " ").split()) for one in lines[:number]]
            above = [one for one in above if one and not _SEPARATOR.fullmatch(one)]
            said = f"{len(above)} {'line' if len(above) == 1 else 'lines'} above the table: “{'; '.join(above)[:200]}”"
            return _Head(tuple(cells), separator, number, (said,) if above else ())
    return None


def _days_of(row: Mapping[Any, Any], names: Mapping[str, str]) -> str | None:
    """A day that stands in three columns."""
    if "published" in names:
        return None
    cells = {name.strip().lower(): value for name, value in row.items() if isinstance(name, str) and value}
    parts = [str(cells.get(name, "")).strip() for name in ("year", "month", "day")]
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


def _head_words(capture: Capture) -> str:
    head = capture.head()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) - len(head) % 2].decode("utf-16", "replace").lstrip("\ufeff")
    if len(head) > 3 and head[1:4:2] == b"\0\0":
        return head[: len(head) - len(head) % 2].decode("utf-16-le", "replace")
    try:
        return head.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # torn at the end of what was looked at
            return head[: error.start].decode("utf-8").lstrip("\ufeff")
        return head.decode("cp1252", "replace")


def _headless(head: _Head) -> exports.Export | None:
    """GDELT's own files, which have no head: known by their many columns and by what stands in the first."""
    cells = head.names
    if head.separator == "\t" and len(cells) in (58, 61) and cells[0].isdigit() and re.fullmatch(r"\d{8}", cells[1]):
        return exports.known(["globaleventid", "goldsteinscale", "sourceurl"])
    if head.separator == "\t" and len(cells) == 27 and re.fullmatch(r"\d{14}-T?\d+", cells[0]):
        return exports.known(["gkgrecordid", "v2.1date", "v2documentidentifier"])
    if head.separator == "\t" and len(cells) in (14, 15, 16) and all(re.fullmatch(r"\d{14}", c) for c in cells[1:3]):
        return exports.known(["globaleventid", "mentiontimedate", "mentionidentifier"])
    return None


def names_reports(capture: Capture, options: Options) -> bool:
    """Whether a table has a column for text or address, or holds what is known as event data."""
    return _columns(capture, options.columns) is not None or exports.known(n.strip().lower() for n in _head(capture).names) is not None  # fmt: skip


def _is_table(capture: Capture) -> bool:
    """Whether an input is plainly a table, though none of its columns is known: better refused than read as a text."""
    head = _head(capture)
    names = [name.strip() for name in head.names]
    if _headless(head) is not None:
        return True
    fewest = 3 if head.separator in ",|" else 2
    if len(names) < fewest or len(set(names)) < len(names) or not all(names):
        return False
    if any(len(name) > 40 or len(name.split()) > 5 or name[-1] in ".!?:" for name in names):
        return False
    if head.separator == "," and any(name.startswith(" ") for name in head.names):
        return False  # "One, two and three": a sentence
    words = _head_words(capture)
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=head.separator))[1 + head.skipped :]
    except csv.Error:
        return False
    rows = [row for row in rows if row][: 20 if len(words) < HEAD - 4 else -1]
    alike = [row for row in rows if len(row) == len(names)]
    if not alike or len(alike) < 0.8 * len(rows):
        return False
    return exports.known(name.lower() for name in names) is not None or (
        len(alike) >= 2 and any(re.fullmatch(r"[\d.,:/ +-]+", cell.strip() or "x") for row in alike for cell in row)
    )


def _columns(capture: Capture, given: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """The separator of a table and the columns of our fields; None where its head names no text and no address."""
    for separator in (_head(capture).separator, ",", ";", "\t"):
        head = _head(capture, separator)
        if head.separator != separator:
            continue
        cells = {cell.strip().lower(): cell for cell in head.names}
        if len(head.names) == 1 and separator != ",":
            continue
        export = exports.known(cells)
        known = {**_fields(), **(export.columns if export is not None else {})}
        found = {}
        for field, names in known.items():
            wanted = (given[field].lower(),) if field in given else names
            column = next((cells[name] for name in wanted if name in cells), None)
            if column is not None:
                found[field] = column
        if "text" not in found and "url" not in found and len(cells) > 1 and len({*found} - {"id"}) > 0:
            less = next((cells[name] for name in _LESS if name in cells), None)
            if less is not None:
                found["text"] = less
        blanks = sum(not cell.strip() for cell in head.names)
        plain = all(len(cell) <= 40 and not re.search(r"[.!?]\s|\s\w+\s\w+\s\w+\s", cell) for cell in head.names)
        if ("text" in found or "url" in found) and plain and len({*cells} - {""}) == len(head.names) - blanks:
            return separator, found
    return None


def _texts(records: Iterable[Any]) -> Iterator[str]:
    """The texts of some records, in which lines that repeat are looked for."""
    for record in records:
        if isinstance(record, dict):
            named = {name.lower(): value for name, value in record.items() if isinstance(name, str)}
            text = next((named[name] for name in FIELDS["text"] if isinstance(named.get(name), str)), None)
            if text is not None:
                yield text


def _first(capture: Capture) -> Iterator[Any]:
    """The first objects of a file with one a line."""
    with capture.stream() as file:
        for line in islice(_lines(file), _SAMPLE):
            try:
                yield _loads(line.removeprefix(b"\xef\xbb\xbf").strip())[0] if len(line) <= MAX_LINE else None
            except (ValueError, RecursionError):
                continue  # named when it is read


def _ends_early(error: json.JSONDecodeError) -> bool:
    """Whether what is wrong with some JSON is that it stops."""
    rest = error.doc[error.pos :]
    return (error.msg.startswith("Unterminated string") and "\n" not in rest.rstrip()) or not rest.strip()


def _is_object(line: bytes) -> bool:
    """Whether a line is a JSON value by itself."""
    try:
        _loads(line.strip())
    except RecursionError:
        return True  # named when it is read
    except ValueError:
        return False
    return True


def _pretty(data: bytes) -> bool:
    """Whether an object goes on in the second line: then it is one over many lines, and not one a line."""
    second = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[2].lstrip()[:1]
    return second == b'"'


def _loads(words: bytes) -> tuple[Any, str | None]:
    """A JSON value of some bytes, and their encoding where it is not UTF-8."""
    told, encoding = _decoded(words)
    return json.loads(told), encoding


def _decoded(data: bytes) -> tuple[str, str | None]:
    try:
        return data.decode(json.detect_encoding(data)), None
    except UnicodeDecodeError:
        encoding = encodings.eight_bits(data[:200_000]) or "cp1252"
        return data.decode(encoding), encoding


def _lines(file: Any) -> Iterator[bytes]:
    """Lines, each as far as its limit: one that is longer comes as a piece that shows it."""
    while line := file.readline(MAX_LINE + 2):
        whole = line
        while not line.endswith(b"\n") and len(line) == MAX_LINE + 2:
            line = file.readline(MAX_LINE + 2)  # the rest of it, unread
            if not line:
                break
        yield whole


def _words(value: object, between: str = ", ") -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = between.join(value)
    return value if isinstance(value, str) and value.strip() else None


def _failed(capture: Capture, where: str, why: str, mend: str) -> Failed:
    name = f"{capture.name}: {where}"
    return Failed(name, capture.root, InputError(name, why, mend))
