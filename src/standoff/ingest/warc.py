"""Web archives: WARC and WARC.gz (Common Crawl News among them), and WACZ, which is a ZIP of them.

warcio reads them: fastwarc is quicker (24,000 records a second against 9,000, where making text of one page takes a
fiftieth of a second), but ends the program on some of what is broken. Only :func:`_records` and :func:`_record` know it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from standoff.errors import InputError
from standoff.ingest import address, packing
from standoff.ingest.capture import Capture, Failed, Options, Read, Said

MAX_RECORD = 20_000_000
"""Bytes of one page or PDF in an archive, unpacked."""
MAX_HEAD = 256_000
"""Bytes of a head."""
MAX_RATIO = 100
"""A body that grows more than so many times when unpacked is a bomb."""
MAX_ENTRIES = 10_000
MAX_ARCHIVE = 50_000_000_000

_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_MEND = "fetch the archive again"


class Warc:
    """A WARC file, packed or not."""

    kind = "warc"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head()
        if head.startswith(b"\x1f\x8b"):
            try:
                head = zlib.decompressobj(wbits=31).decompress(head, 64)
            except zlib.error:
                return False
        elif packing.is_zstd(head):
            try:
                with capture.stream() as stream:
                    head = packing.zstd_archive(stream).read(64)
            except (ValueError, OSError, EOFError):
                return False
        return bool(head.startswith((b"WARC/1.", b"WARC/0.1")))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as stream:
            if packing.is_zstd(capture.head()):
                try:
                    unpacked = packing.zstd_archive(stream)
                except ValueError as error:
                    raise InputError(capture.name, f"a broken archive ({error})", _MEND) from None
                yield from _records(capture, io.BufferedReader(unpacked))
            else:
                yield from _records(capture, stream)


class Wacz:
    """A WACZ file: a ZIP with WARC files under ``archive/``."""

    kind = "wacz"

    def recognises(self, capture: Capture) -> bool:
        if not capture.head().startswith(b"PK\x03\x04"):
            return False
        try:
            with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
                return any(name.startswith("archive/") for name in archive.namelist()[:MAX_ENTRIES])
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, struct.error):
            return False

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
                for entry in self._entries(archive, capture.name):
                    with archive.open(entry) as packed:
                        inside = capture.part(entry.filename, b"")
                        yield from _records(inside, _Bounded(packed, entry))
        except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError, zlib.error, struct.error) as error:
            raise InputError(capture.name, f"a broken WACZ ({error})"[:200], _MEND) from None

    def _entries(self, archive: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
        """The archives in it. Nothing is unpacked to a disk, so a name that leads out of its folder leads nowhere."""
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise InputError(name, f"a WACZ of more than {MAX_ENTRIES:,} entries", "split it")
        for entry in entries:
            parts = entry.filename.replace("\\", "/").split("/")
            if parts[0] != "archive" or ".." in parts or entry.is_dir():
                continue
            if not entry.filename.lower().endswith((".warc", ".warc.gz")):
                continue
            if entry.file_size > MAX_ARCHIVE:
                raise InputError(f"{name}: {entry.filename}", "larger than 50 GB", "split it")
            yield entry


class _Bounded(io.RawIOBase):
    """An entry of a ZIP, refused where it grows beyond reason while it is unpacked."""

    def __init__(self, packed: Any, entry: zipfile.ZipInfo) -> None:
        self._packed, self._left = packed, max(1_000_000, entry.compress_size * MAX_RATIO)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._packed.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise zlib.error("grows more than a hundred times when unpacked")
        buffer[: len(data)] = data
        return len(data)


def _records(capture: Capture, stream: BinaryIO | io.RawIOBase) -> Iterator[Read]:
    """The pages of an archive. Where it is torn, all before the tear are read, and the tear is said."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import BufferedReader

    # It would unpack brotli without a limit: that is done here, see packing.
    BufferedReader.DECOMPRESSORS.pop("br", None)
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        # Unpacked here: some are packed record by record and some as a whole, and warcio reads only the first.
        held = io.BufferedReader(cast(io.RawIOBase, stream))
        unpacked = packing.Gzip(held) if held.peek(2)[:2] == b"\x1f\x8b" else held
        archive = ArchiveIterator(unpacked)
        archive.INC_RECORD = ""  # it would write to standard error that a record's length is wrong: told below
        archive.reader.readline = _Head(archive.reader.readline)
        for record in archive:
            number += 1
            if record.rec_type in {"response", "resource", "conversion"}:
                yield from _record(capture, record, number)
        if archive.err_count:
            where = f"{capture.name}: {archive.err_count} of its records"
            why = InputError(where, "of another length than they say; what lies between them is not read", _MEND)
            yield Failed(where, capture.root, why)
    except (
        ArchiveLoadFailed,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
    ) as error:
        where = f"{capture.name}: after record {number}"
        yield Failed(
            where, capture.root, InputError(where, " ".join(f"the archive is torn ({error})".split())[:200], _MEND)
        )


class _Head:
    """Reads lines of heads, of records and of answers in them, which are as long as heads are and no longer."""

    def __init__(self, readline: Any) -> None:
        self._readline, self._taken = readline, 0

    def __call__(self, length: int | None = None) -> bytes:
        line: bytes = self._readline(min(length or MAX_HEAD, MAX_HEAD))
        self._taken = self._taken + len(line) if line.strip() else 0
        if self._taken >= MAX_HEAD:
            raise ValueError(f"a head of more than {MAX_HEAD // 1_000} kB")
        return line


def _record(capture: Capture, record: Any, number: int) -> Iterator[Read]:
    http = record.http_headers
    if http is not None and http.get_statuscode() != "200":
        return
    headers = {name.lower(): value for name, value in (http or record.rec_headers).headers}
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in _KINDS:
        return
    target = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if target.lower().startswith("urn:"):
        return  # what the crawler wrote of its own: a page's words again, a picture of it
    url = address.clean(target)
    where = url[:500] if url else f"record {number}"
    declared = record.rec_headers.get_header("Content-Length") or ""
    try:
        if why := record.rec_headers.get_header("WARC-Truncated"):
            raise ValueError(f"cut off when it was archived ({why[:40]})")
        body = _body(record, int(declared) if declared.isdecimal() else 0, headers.get("content-encoding", ""))
    except (ValueError, zlib.error, EOFError, OSError) as error:
        name = f"{capture.name}: {where}"
        yield Failed(name, capture.root, InputError(name, str(error)[:200] or "cannot be unpacked", _MEND))
        return
    whole = headers.get("content-length", "") if http is not None else ""
    packed = headers.get("content-encoding") or headers.get("transfer-encoding")
    if body and not packed and whole.isdecimal() and len(body) < int(whole):
        name = f"{capture.name}: {where}"
        why = f"cut off: {int(whole) - len(body):,} bytes of it are missing"
        yield Failed(name, capture.root, InputError(name, why, _MEND))
        return
    if body:
        yield capture.part(
            where,
            body,
            capture.inherited.over(Said(url=url)),
            taken=_time(record.rec_headers.get_header("WARC-Date") or "") or capture.taken,
            chain=(url,) if url else (),
            headers=tuple(sorted(headers.items())),
            charset=_charset(headers.get("content-type", "")),
        )


def _body(record: Any, packed: int, encoding: str) -> bytes:
    """The body of a record, unpacked piece by piece.

    Raises:
        ValueError: it is cut off, too large, or grows beyond reason.
    """
    stream = record.content_stream()
    most = min(MAX_RECORD, max(1_000_000, packed * MAX_RATIO))
    body = bytearray()
    while piece := stream.read(65_536):
        body += piece
        _check_size(len(body), most)
    # What is left of the record is read too: only then is it seen whether all of it is there.
    while record.raw_stream.read(65_536):
        continue
    missing = getattr(record.raw_stream, "limit", 0)
    if missing and missing > 0:
        raise ValueError(f"cut off: {missing:,} bytes of it are missing")
    encoding = encoding.strip().lower()
    if encoding not in {"", "identity", "gzip", "deflate"}:
        body = bytearray(packing.unpacked(bytes(body), encoding, most))
        _check_size(len(body), most)
    return bytes(body)


def _check_size(size: int, most: int) -> None:
    if size > most:
        grown = "" if most == MAX_RECORD else ", a hundred times its size in the archive"
        raise ValueError(f"larger than {most // 1_000_000} MB when unpacked{grown}")


def _charset(kind: str) -> str | None:
    _, found, name = kind.lower().partition("charset=")
    return name.strip(" \"'").partition(";")[0] or None if found else None


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
