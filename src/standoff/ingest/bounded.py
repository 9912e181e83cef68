"""Reading in a child process that can be killed: whatever an input does to its reader, the next one is read.

One level of an input at a time: what a container holds comes back as bytes, and is given to a child again. So the clock
and the memory are those of one report, or of one step from a report to the next in its container.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from standoff import errors
from standoff.errors import InputError, StandoffError
from standoff.ingest import child, reader
from standoff.ingest.capture import Capture, Failed, Options, Read, Reference, Said
from standoff.model import Document

BYTES_A_SECOND = 4_000_000
"""Bytes of a file that are another second for its reader: a long archive may hold little that is a page."""
FILES = 10
"""A container may take so many times the seconds of one file,"""
PACKED_A_SECOND = 100_000
"""one more for so many of its bytes,"""
EACH = 0.1
"""and so many for each report that it has given. What is left of it then is not read: a few kilobytes may hold ten thousand
files, each of which takes just less than its time, or is refused for taking more."""
LANGUAGES = 50
"""MB that knowing a language takes, beside what is made of the input."""

_readers = child.Children("standoff.ingest.bounded")


def read(capture: Capture, options: Options) -> Iterator[Document | Reference | Failed]:
    """As :func:`standoff.ingest.reader.read`, in a child, and in no more than a time for all that it holds."""
    return reader.read(capture, options, Allowance(capture, options).level)


class Allowance:
    """What the readers of one input, and of all that lies in it, have taken of the processor together."""

    def __init__(self, capture: Capture, options: Options) -> None:
        self._name, self._each = capture.name, EACH
        if options.altogether is None:
            self._may = options.seconds * FILES + _size(capture) / PACKED_A_SECOND
        else:
            self._may, self._each = options.altogether, 0.0
        self._took = 0.0

    def level(self, capture: Capture, options: Options) -> Iterator[Read]:
        """As :func:`level`.

        Raises:
            Spent: all of its time is used up.
        """
        self._check()
        with closing(level(capture, options, self._add)) as found:
            for one in found:
                if isinstance(one, Document):
                    self._may += self._each
                yield one
                self._check()

    def _add(self, seconds: float) -> None:
        self._took += seconds

    def _check(self) -> None:
        if self._took > self._may:
            why = f"what it holds took more than {self._may:.0f} seconds to read; the rest of it was not read"
            raise reader.Spent(self._name, why, "unpack it, or split it, and add the parts")


def _size(capture: Capture) -> int:
    if isinstance(capture.content, bytes):
        return len(capture.content)
    return capture.content.stat().st_size if capture.content.exists() else 0


def level(capture: Capture, options: Options, took: child.Took = lambda seconds: None) -> Generator[Read, None, None]:
    """As :func:`standoff.ingest.reader.level`, in a child; ``took`` is called with the seconds that each thing in it was.

    Raises:
        InputError: nothing more can be read of it, or not within its time and memory.
    """
    if sys.flags.dev_mode:  # python -X dev -m standoff.cli shows where it fails
        yield from reader.level(capture, options)
        return
    body = capture.content if isinstance(capture.content, bytes) else b""
    record, size = _to(capture), len(body)
    if isinstance(capture.content, Path):
        path = capture.content.absolute()
        record["path"] = os.fsdecode(path)
        size = path.stat().st_size
    answers = _readers.each(
        "standoff.ingest.bounded:answer",
        capture.name,
        body,
        seconds=options.seconds + size // BYTES_A_SECOND,
        megabytes=options.megabytes + LANGUAGES,
        took=took,
        capture=record,
        options={"columns": dict(options.columns), "seconds": options.seconds, "megabytes": options.megabytes},
    )
    with closing(answers):  # where the rest is not wanted, its child is ended now
        for said, data in answers:
            yield _from(said, data)


def answer(data: bytes, capture: dict[str, Any], options: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What a capture holds. Runs in the child."""
    path = capture.pop("path", None)
    given = replace(_capture(capture, data), content=data if path is None else Path(path))
    for found in reader.level(given, Options(**options)):
        if isinstance(found, Document):
            yield {"document": _adapters()[0].dump_python(found, mode="json")}, b""
        elif isinstance(found, Capture):
            yield {"capture": _to(found)}, _content(found)
        elif isinstance(found, Reference):
            inline = found.inline
            record = {
                "name": found.name,
                "root": found.root,
                "url": found.url,
                "said": _said(found.said),
                "stamp": found.stamp,
                "inline": None if inline is None else _to(inline),
            }
            yield {"reference": record}, b"" if inline is None else _content(inline)
        else:
            error = found.error
            words = [type(error).__name__, error.what, error.why, error.mend]
            yield {"failed": [found.name, found.root, found.times, *words]}, b""


def _from(said: dict[str, Any], data: bytes) -> Read:
    if "document" in said:
        document: Document = _adapters()[0].validate_python(said["document"])
        return document
    if "capture" in said:
        return _capture(said["capture"], data)
    if "reference" in said:
        record = said["reference"]
        inline = None if record["inline"] is None else _capture(record["inline"], data)
        said_of_it = _adapters()[1].validate_python(record["said"])
        return Reference(record["name"], record["root"], record["url"], said_of_it, inline, record["stamp"])
    name, root, times, kind, *words = said["failed"]
    made = getattr(errors, kind, InputError)
    ours = isinstance(made, type) and issubclass(made, StandoffError)
    return Failed(name, root, (made if ours else InputError)(*words), times)


def _to(capture: Capture) -> dict[str, Any]:
    return {
        "name": capture.name,
        "root": capture.root,
        "taken": capture.taken.isoformat(),
        "said": _said(capture.said),
        "chain": capture.chain,
        "headers": capture.headers,
        "charset": capture.charset,
        "depth": capture.depth,
        "file": capture.file,
        "left": capture.left,
        "container_encoding": capture.container_encoding,
    }


def _said(said: Said) -> dict[str, Any]:
    record = {name: value for name in Said.__slots__ if (value := getattr(said, name)) is not None}
    if said.published is not None:
        record["published"] = said.published.isoformat()
    return record


def _capture(record: dict[str, Any], data: bytes) -> Capture:
    capture: Capture = _adapters()[2].validate_python({**record, "content": data})
    return capture


def _content(capture: Capture) -> bytes:
    return capture.content if isinstance(capture.content, bytes) else capture.whole(child.LARGEST)


@cache
def _adapters() -> tuple[Any, Any, Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(Document), TypeAdapter(Said), TypeAdapter(Capture)
