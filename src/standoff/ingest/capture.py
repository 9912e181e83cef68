"""What an input is before it is a document: bytes, where they came from, and what their container says about them."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from standoff.errors import InputError, StandoffError
from standoff.model import Document

STDIN = "-"

MAX_INPUT = 64_000_000
"""Bytes of standard input, of which the end is not known before it comes."""
HEAD = 8192
"""As much of an input as its kind is recognised by."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about a report beside its text: by the user, a feed, a table's columns, a mail's head."""

    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    date_method: str | None = None
    """Who says when it was published; ``given`` by the user goes before everything."""

    def over(self, other: Said) -> Said:
        """This, and where it is silent the other."""
        mine = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        if self.published is None:
            mine.pop("date_method", None)
        elif "date_method" not in mine:
            mine["date_method"] = None
        return replace(other, **mine)


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they came. ``name`` is how errors name them; ``root`` is what a user gives to have them read again."""

    name: str
    root: str
    content: bytes | Path
    taken: datetime
    said: Said = Said()
    chain: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    charset: str | None = None
    """The encoding that the sender declared."""
    depth: int = 0
    """How many containers it was taken out of."""
    file: str | None = None
    """What it is called in the last of them, where it is a file there."""
    left: tuple[str, ...] = ()
    """What of its container could not be kept, in words; see :attr:`standoff.model.Provenance.left`."""
    container_encoding: str | None = None
    """The encoding that its container was read in, where its own bytes were written anew from that."""

    @property
    def path(self) -> str | None:
        """What it is called as a file, with its folders, be they packed; None for a row, a message or a page."""
        return self.file if self.depth else self.root

    @property
    def inherited(self) -> Said:
        """What holds for everything in this container: its own address and title are not those of what lies in it."""
        return replace(self.said, url=None, title=None)

    def head(self) -> bytes:
        """The first bytes."""
        if isinstance(self.content, bytes):
            return self.content[:HEAD]
        with self.stream() as file:
            return file.read(HEAD)

    def stream(self) -> BinaryIO:
        """The bytes as a file, for what is read piece by piece.

        Raises:
            InputError: the file cannot be opened.
        """
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        return open_file(self.content, self.name)

    def whole(self, limit: int, why: str = "", mend: str = "split it into one file a report") -> bytes:
        """All of them; ``why`` and ``mend`` say what is wrong with more of them, and what to do, where it is no file of a report.

        Raises:
            InputError: there are none, or more than ``limit``.
        """
        with self.stream() as file:
            try:
                data = up_to(file, limit + 1)
            except OSError as error:
                raise InputError(
                    self.name, f"cannot be read ({error.strerror})", "check the file and its disk"
                ) from None
        if not data:
            raise InputError(self.name, "empty", "give a file with the text of a report")
        if len(data) > limit:
            raise InputError(self.name, why or f"larger than {_megabytes(limit)}", mend)
        return data

    def part(self, place: str, content: bytes, said: Said | None = None, **changes: object) -> Capture:
        """Something taken out of this container; ``place`` says where it lay in it."""
        inside = replace(self, name=f"{self.name}: {place}", content=content, depth=self.depth + 1)
        return replace(inside, **{"said": said or self.said, "file": None, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Reference:
    """The address of a report that is elsewhere, and what a feed or a list says about it."""

    name: str
    root: str
    url: str
    said: Said = Said()
    inline: Capture | None = None
    """The report's text, where the feed carries it: read where its page cannot be."""
    stamp: str | None = None
    """When it was last changed, as a feed writes it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An input, or a part of one, that could not be read."""

    name: str
    root: str
    error: StandoffError
    times: int = 1
    """How many it stands for, where the same was refused over and over."""


Read = Document | Capture | Reference | Failed


class Ingester(Protocol):
    """Reads one kind of input. Others join by the entry point group ``standoff.ingesters``."""

    kind: str
    """What it reads, in a word: ``html``."""

    def recognises(self, capture: Capture) -> bool:
        """Whether the bytes are of this kind; the name of a file says nothing."""
        ...

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        """Its documents; of a container what lies in it, to be recognised in turn.

        Raises:
            InputError: nothing more can be read of it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Of tables: field → column, as in ``{"text": "Body"}``."""
    seconds: float = 8.0
    """For one page or PDF; a longer one is hostile or broken."""
    megabytes: int = 350
    """Memory that making text of one page or PDF may take."""
    altogether: float | None = None
    """Seconds of the processor for all that one input holds; None: by its size and what it gives."""


def now() -> datetime:
    """The time of capture. ``SOURCE_DATE_EPOCH`` stands in for the clock where a run has to be repeated exactly."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def from_file(path: str | Path, said: Said | None = None, folder: Path | None = None) -> Capture:
    """A file, or standard input where the path is ``-``. ``folder`` is where it lies, if not here.

    Raises:
        InputError: it cannot be read.
    """
    if str(path) == STDIN:
        if sys.stdin is None:
            raise InputError("standard input", "closed", "give a file, or pipe a report into it")
        data = sys.stdin.buffer.read(MAX_INPUT + 1)
        if len(data) > MAX_INPUT:
            raise InputError(
                "standard input", f"larger than {_megabytes(MAX_INPUT)}", "save it to a file, and add that"
            )
        return Capture("standard input", STDIN, data, now(), said or Said())
    name = written(path)
    capture = Capture(name, name, (folder or Path()) / path, now(), said or Said())
    capture.stream().close()
    return capture


def written(path: str | Path) -> str:
    r"""A name as it can be printed and kept: bytes that are no UTF-8 are written out.

    >>> written("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def open_file(path: Path, name: str) -> BinaryIO:
    """A file for reading.

    Raises:
        InputError: it is not there, no file, or not to be read.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(name, "no such file", "check the name") from None
    except IsADirectoryError:
        raise InputError(name, "a folder, not a file", "name the files in it") from None
    except PermissionError:
        raise InputError(name, "not allowed to read it", "change its permissions, or read a copy") from None
    except ValueError:
        raise InputError(name, "not a file name", "check the name") from None
    except OSError as error:
        raise InputError(name, f"cannot be read ({error.strerror})", "check the file and its disk") from None


def up_to(file: BinaryIO, limit: int) -> bytes:
    """So many bytes at most; a read of so many at once would make room for all of them, however few there are."""
    pieces, left = [], limit
    while left and (piece := file.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


_PIECE = 1 << 20


def _megabytes(limit: int) -> str:
    return f"{limit // 1_000_000} MB"
