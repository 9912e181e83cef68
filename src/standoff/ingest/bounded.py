"""Reading in a child process that can be killed: whatever an input does to its reader, the next one is read.

One level of an input at a time: what a container holds comes back as bytes, and is given to a child again. So the clock
and the memory are those of one report, or of one step from a report to the next in its container.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
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
LANGUAGES = 50
"""MB that knowing a language takes, beside what is made of the input."""

_readers = child.Children("standoff.ingest.bounded")


def read(capture: Capture, options: Options) -> Iterator[Document | Reference | Failed]:
    """As :func:`standoff.ingest.reader.read`, in a child."""
    return reader.read(capture, options, level)


def level(capture: Capture, options: Options) -> Iterator[Read]:
    """As :func:`standoff.ingest.reader.level`, in a child.

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
    for said, data in _readers.each(
        "standoff.ingest.bounded:answer",
        capture.name,
        body,
        seconds=options.seconds + size // BYTES_A_SECOND,
        megabytes=options.megabytes + LANGUAGES,
        capture=record,
        options={"columns": dict(options.columns), "seconds": options.seconds, "megabytes": options.megabytes},
    ):
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
