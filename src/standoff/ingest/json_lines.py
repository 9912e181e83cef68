"""Reports as JSON: one object a line, a list of them, or an object that holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from standoff.errors import InputError
from standoff.ingest import encodings, exports, scraps, subtitles
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.pagewords import listed
from standoff.ingest.record import FIELDS, MAX_LINE, SAMPLE, each_line, failed, order, report, texts, words_of

MAX_LIST = 20_000_000
"""Bytes of a list, which has to be held whole; of one object a line there may be any number."""
SCRIPT = re.compile(r"^\s*window\.YTD\.[\w.]{1,80}\s*=\s*")
_SCRIPT = re.compile(SCRIPT.pattern.encode())
"""What X writes before the list in an archive of an account."""
_SPACE = re.compile(r"[\s,;]*")
_DECODER = json.JSONDecoder()


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
        first_ones = list(_first(capture))
        known, by = scraps.repeated(texts(first_ones)), order(first_ones)
        with capture.stream() as file:
            for number, line in enumerate(each_line(file), 1):
                words = line.removeprefix(b"\xef\xbb\xbf").strip()
                if not words:
                    continue
                where = f"line {number}"
                if len(words) > MAX_LINE:
                    yield failed(capture, where, f"longer than {MAX_LINE:,} bytes", "write one report a line")
                    continue
                try:
                    record, encoding = _loads(words)
                except RecursionError:
                    yield failed(capture, where, "nested too deep", "write one object a line")
                except ValueError as error:
                    yield failed(capture, where, f"not JSON ({error})"[:200], "write one JSON object a line")
                else:
                    if (said := subtitles.transcript(record)) and not options.columns:
                        yield capture.part("transcript", said.encode("utf-8", "replace"), charset="utf-8")
                    elif (held := _holds(record, options)) is not None:
                        yield from self._held(capture, held, encoding, options)
                    else:
                        yield report(capture, where, record, options, encoding, by, known)

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
            words = SCRIPT.sub("", words.lstrip("\ufeff \t\r\n"))
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
            if (said := subtitles.transcript(value)) and not options.columns:
                yield capture.part("transcript", said.encode("utf-8", "replace"), charset="utf-8")
                continue
            if (held := _holds(value, options)) is not None:
                yield from self._held(capture, held, encoding, options)
                continue
            if isinstance(value, list):
                known, by = scraps.repeated(texts(value[:SAMPLE])), order(map(exports.unpacked, value[:SAMPLE]))
                for number, record in enumerate(value, number + 1):  # noqa: B020  (goes on counting)
                    yield report(capture, f"item {number}", exports.unpacked(record), options, encoding, by, known)
            else:
                number += 1
                yield report(capture, f"item {number}", exports.unpacked(value), options, encoding)

    def _held(
        self, capture: Capture, held: tuple[list[Any], str | None], encoding: str | None, options: Options
    ) -> Iterator[Read]:
        """The records of an export that is one object. What it holds beside reports is counted."""
        records, name = held
        records = inner if (inner := _asked_within(records, options)) is not None else records
        told = [exports.unpacked(one) for one in records]
        plain = [one for one in told if not (isinstance(one, dict) and _says_nothing(one))]
        if len(plain) < len(told) and plain:
            capture = replace(capture, left=(*capture.left, *exports.silent(len(told) - len(plain))))
        by = order(told[:SAMPLE])
        for number, one in enumerate(told, 1):
            if isinstance(one, dict) and _says_nothing(one) and plain:
                continue
            if isinstance(one, dict) and name and _is_message(one):
                one = {**one, "from": one.get("forwarded_from") or name}
            yield report(capture, f"item {number}", one, options, encoding, by)
            capture = replace(capture, left=())


def _holds(value: Any, options: Options) -> tuple[list[Any], str | None] | None:
    """The records that a value holds, and what it calls itself; None where it is a list of them, or one."""
    if posts := exports.listings(value):
        return posts, None
    if isinstance(value, list) and any(isinstance(one, dict) and exports.is_service(one) for one in value):
        return value, None
    held = exports.records(value)
    if held is not None and not _has_own(value, options):
        return held
    return None if (inner := _asked_within(value, options)) is None else (inner, None)


def _asked_within(whole: Any, options: Options) -> list[Any] | None:
    """The objects that have the field that a user names for the text, where they lie deeper than the records do."""
    name = options.columns.get("text")
    tops = whole if isinstance(whole, list) else [whole]
    if name is None or any(name.lower() in exports.flat(one) for one in tops if isinstance(one, dict)):
        return None
    return exports.within(whole, name) or None


def _says_nothing(record: dict[str, Any]) -> bool:
    """A message without words: a picture alone, somebody who joined."""
    if exports.is_service(record):
        return True
    if "created_utc" in record:  # Reddit's: a post that is a picture or a link is none of these
        return str(record.get("body") or "").strip() in listed("taken_back")
    if _is_message(record):
        return not str(exports.flat(record).get("text") or "").strip()
    return False


def _is_message(record: dict[str, Any]) -> bool:
    """Whether Telegram Desktop wrote it, in a form of today or of before 2022."""
    old = record.get("type") == "message" and "from" in record and "text" in record
    return old or "date_unixtime" in record or "text_entities" in record


def _has_own(record: Any, options: Options) -> bool:
    """Whether an object is a report itself, whatever else it holds."""
    named = exports.flat(record) if isinstance(record, dict) else {}
    wanted = (options.columns["text"].lower(),) if "text" in options.columns else FIELDS["text"]
    return any(words_of(named.get(name)) is not None for name in wanted)


def _first(capture: Capture) -> Iterator[Any]:
    """The first objects of a file with one a line."""
    with capture.stream() as file:
        for line in islice(each_line(file), SAMPLE):
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
