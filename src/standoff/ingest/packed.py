"""Files packed into one (ZIP, TAR) and files that are packed alone (gzip, bzip2, xz): each is read as it would be unpacked.

Nothing is unpacked to a disk, so a name that leads out of its folder leads nowhere. What a system puts beside files of
its own, pictures and whatever else is no report is counted with the first report; a packed file within a packed one is
read, three deep at most.
"""

from __future__ import annotations

import bz2
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from standoff.errors import InputError
from standoff.ingest import beside, packing
from standoff.ingest.capture import Capture, Failed, Options, Read, up_to

MAX_ENTRIES = 10_000
MAX_ENTRY = 64_000_000
"""Bytes of one file, unpacked."""
MAX_ALL = 1_000_000_000
MAX_RATIO = 200
"""What grows more than so many times is a bomb."""
_LEAST = 1_000_000
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError,
           tarfile.TarError, lzma.LZMAError, IndexError, KeyError)  # fmt: skip
_MEND = "fetch it again, or unpack it and add the folder"
_PACKED: dict[bytes, Callable[[BinaryIO], Any]] = {b"\x1f\x8b": packing.Gzip, b"BZh": bz2.BZ2File, b"\xfd7zXZ\0": lzma.LZMAFile}  # fmt: skip


class Zip:
    """A ZIP of files, which is no document and no archive of pages."""

    kind = "zip"

    def recognises(self, capture: Capture) -> bool:
        return capture.head()[:4] in (b"PK\x03\x04", b"PK\x05\x06")

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
                entries = [entry for entry in archive.infolist() if entry.filename and not entry.is_dir()]
                if len(entries) > MAX_ENTRIES:
                    raise InputError(capture.name, f"a ZIP of more than {MAX_ENTRIES:,} files", "split it")
                if entries and all(entry.flag_bits & 1 for entry in entries):
                    raise InputError(capture.name, "a ZIP locked with a password", "unpack it, and add the folder")
                yield from _each(
                    capture, ((_name(entry), entry) for entry in entries), lambda entry: unzipped(archive, entry)
                )
        except BROKEN as error:
            raise InputError(capture.name, f"a broken ZIP ({error})"[:200], _MEND) from None


class Tar:
    """A TAR, packed or not; and a file that is packed alone."""

    kind = "tar"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head()
        return head[257:262] == b"ustar" or any(head.startswith(mark) for mark in _PACKED)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        with capture.stream() as raw:
            try:
                first = up_to(_opened(raw, capture.head()), 512)
            except BROKEN as error:
                raise InputError(capture.name, f"broken, or cut off ({error})"[:200], _MEND) from None
        with capture.stream() as raw:
            stream = _opened(raw, capture.head())
            if first[257:262] == b"ustar":
                yield from self._files(capture, stream)
            else:
                yield self._alone(capture, stream)

    def _alone(self, capture: Capture, stream: Any) -> Read:
        """The one file of a stream that is no TAR."""
        try:
            data = up_to(stream, MAX_ENTRY + 1)
        except BROKEN as error:
            raise InputError(capture.name, f"broken, or cut off ({error})"[:200], _MEND) from None
        if len(data) > MAX_ENTRY:
            raise InputError(capture.name, f"larger than {MAX_ENTRY // 1_000_000} MB when unpacked", "unpack it first")
        if not data:
            raise InputError(capture.name, "empty", "give a file with the text of a report")
        return replace(capture.part("unpacked", data, file=capture.path), name=capture.name)

    def _files(self, capture: Capture, stream: Any) -> Iterator[Read]:
        number = 0
        try:
            with tarfile.open(fileobj=stream, mode="r|", bufsize=512) as archive:

                def entries() -> Iterator[tuple[str, tarfile.TarInfo]]:
                    nonlocal number
                    for entry in archive:
                        number += 1
                        if number > MAX_ENTRIES:
                            raise InputError(capture.name, f"a TAR of more than {MAX_ENTRIES:,} files", "split it")
                        if entry.isfile():
                            yield entry.name, entry

                yield from _each(capture, entries(), lambda entry: _untarred(archive, entry))
        except BROKEN as error:
            where = f"{capture.name}: after file {number}"
            yield Failed(where, capture.root, InputError(where, f"cut off, or broken ({error})"[:200], _MEND))


def _each(capture: Capture, entries: Iterator[tuple[str, Any]], unpacked: Callable[[Any], bytes]) -> Iterator[Read]:
    """The files, and with the last one what was passed over: only then that is known."""
    passed: list[str] = []
    held: Read | None = None
    try:
        for found in _files_of(capture, entries, unpacked, passed):
            if held is not None:
                yield held
            held = found
    except Exception:  # what was read before it is kept
        if held is not None:
            yield held
        raise
    what = "file of it, which is no report" if len(passed) == 1 else "files of it, which are no reports"
    if isinstance(held, Capture) and passed:
        held = replace(held, left=(*held.left, f"{len(passed)} {what}: {', '.join(map(_printable, passed[:5]))}"))
    if held is not None:
        yield held


def _files_of(
    capture: Capture, entries: Iterator[tuple[str, Any]], unpacked: Callable[[Any], bytes], passed: list[str]
) -> Iterator[Read]:
    whole = 0
    for name, entry in entries:
        if beside.is_system(name):
            passed.append(name)
            continue
        shown = _printable(name)
        where = f"{capture.name}: {shown}"
        try:
            data = unpacked(entry)
        except InputError as error:
            yield Failed(where, capture.root, InputError(where, error.why, error.mend))
            continue
        whole += len(data)
        if whole > MAX_ALL:
            why = "grows to more than a gigabyte when unpacked"
            raise InputError(capture.name, why, "unpack it, and add the folder")
        if (what := beside.picture(data)) is not None:
            passed.append(f"{shown} ({what})")
        elif data:
            yield capture.part(shown, data, file=name)


def unzipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file of a ZIP.

    Raises:
        InputError: it is locked, broken, or grows beyond reason.
    """
    if entry.flag_bits & 1:
        raise InputError("", "locked with a password", "unpack it, and add the file")
    if entry.file_size > MAX_ENTRY or entry.file_size > max(_LEAST, entry.compress_size * MAX_RATIO):
        raise InputError(
            "", "larger than a report, or grows beyond reason when unpacked", "unpack it, and add the file"
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        return b""
    try:
        with archive.open(entry) as packed:
            data = packed.read(entry.file_size + 1)
    except BROKEN as error:
        raise InputError("", f"broken, or cut off ({error})"[:200], _MEND) from None
    return data


def _untarred(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    if entry.size > MAX_ENTRY:
        raise InputError("", f"larger than {MAX_ENTRY // 1_000_000} MB", "unpack it, and add the file")
    file = archive.extractfile(entry)
    data = file.read() if file is not None else b""
    if len(data) < entry.size:
        raise EOFError("cut off")
    return data


def _opened(raw: BinaryIO, head: bytes) -> Any:
    """The bytes of a stream, unpacked where it is packed."""
    unpacker = next((unpacker for mark, unpacker in _PACKED.items() if head.startswith(mark)), None)
    return raw if unpacker is None else unpacker(raw)


def _name(entry: zipfile.ZipInfo) -> str:
    """A file's name; one without the mark of UTF-8 is in the code page of who packed it, of which Cyrillic is told apart."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "cp866"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = [letter for letter in name if letter.isalpha() and not letter.isascii()]
        if encoding == "utf-8" or (letters and all("\u0400" <= letter <= "\u04ff" for letter in letters)):
            return name
    return raw.decode("cp1252", "replace") if b"\x81" not in raw else entry.filename


def _printable(name: str) -> str:
    """A name inside an archive as it is told: where it would lead out of its folder it leads nowhere."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/", ".")]
    return "".join(letter if letter.isprintable() else "?" for letter in "/".join(parts))[:200] or "a file"
