"""Inputs cut into parts: a few hundred reports each, known by what they hold.

A container is unpacked by whoever cuts, which is cheap; making text of a page and reading it is left to the workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from standoff.errors import InputError, StandoffError
from standoff.ingest import bounded, reader
from standoff.ingest.capture import Capture, Failed, Options, Read, Reference, from_file
from standoff.ingest.condense import condensed
from standoff.model import Document


@dataclass(frozen=True, slots=True)
class Partition:
    """Reports and claims that are reconciled together, in files."""

    name: str
    paths: tuple[Path, ...]


Item = Document | Capture | Failed | Partition

REPORTS = 200
"""Reports of a part."""
BYTES = 16_000_000
"""Bytes of a part, beyond which no further report joins it."""
UNREAD = "standoff add reads what is elsewhere"


@dataclass(frozen=True, slots=True)
class Part:
    """Reports that are worked through together. ``key`` is the SHA-256 of all that decides what they give."""

    number: int
    key: str
    items: tuple[Item, ...]
    passed: int = 0
    """Bytes of the input files that lie wholly before the end of this part."""


def cut(inputs: Iterable[str], options: Options, said: str, taken: datetime, reports: int = REPORTS) -> Iterator[Part]:
    """The parts of some inputs, in their order. ``said`` is what else decides the result: model, version, settings.

    ``taken`` is the time of capture that documents get.
    """
    held: list[Item] = []
    size = number = passed = 0
    digest = hashlib.sha256(said.encode())
    for item in _items(inputs, options):
        if isinstance(item, int):
            passed += item
            continue
        if isinstance(item, Capture):
            item = replace(item, taken=taken)
        content, weight = _content(item)
        digest.update(content)
        held.append(item)
        size += weight
        if len(held) >= reports or size >= BYTES:
            yield Part(number, digest.hexdigest(), tuple(held), passed)
            held, size, number = [], 0, number + 1
            digest = hashlib.sha256(said.encode())
    if held:
        yield Part(number, digest.hexdigest(), tuple(held), passed)


def paths(name: str) -> Iterator[Path]:
    """The files of an input; none where it is not there, which reading it says."""
    path = Path(name)
    try:
        yield from reader.files(path) if path.is_dir() else filter(Path.is_file, (path,))
    except (OSError, ValueError):
        return


def _items(inputs: Iterable[str], options: Options) -> Iterator[Item | int]:
    """What lies in the inputs, and after each file its size."""
    for name in inputs:
        try:
            for path in reader.walk(Path(name)) if Path(name).is_dir() else iter((Path(name),)):
                if isinstance(path, Failed):
                    yield path
                    continue
                yield from _file(from_file(path), options)
                yield path.stat().st_size
        except StandoffError as error:
            yield Failed(name, name, error)
        except (OSError, ValueError) as error:
            yield Failed(name, name, InputError(name, f"cannot be read ({error})", "check the file and its disk"))


def _file(capture: Capture, options: Options) -> Iterator[Item]:
    """What lies in a file; what is refused by the thousand is told once."""
    try:
        yield from condensed(_inside(capture, options, bounded.Allowance(capture, options).level), capture)
    except StandoffError as error:
        yield Failed(capture.name, capture.root, error)


def _inside(capture: Capture, options: Options, level: Callable[[Capture, Options], Iterator[Read]]) -> Iterator[Item]:
    """A report as it lies in its container, or by itself."""
    try:
        ingester = reader.recognise(capture, options)
        if ingester.kind not in reader.CONTAINERS:
            yield replace(capture, content=capture.whole(BYTES)) if isinstance(capture.content, Path) else capture
            return
        for found in level(capture, options):
            if isinstance(found, Reference):
                if found.inline is not None:
                    yield found.inline
                else:
                    yield Failed(found.name, capture.root, InputError(found.name, "an address, not a report", UNREAD))
            elif isinstance(found, Capture) and found.depth < reader.MAX_DEPTH:
                yield from _inside(found, options, level)
            else:
                yield found
    except reader.Spent:
        raise
    except StandoffError as error:
        yield Failed(capture.name, capture.root, error)


def _content(item: Item) -> tuple[bytes, int]:
    """What of an item decides the result, as bytes, and how many."""
    if isinstance(item, Document):
        said = repr((item.id, item.sha256, item.published, item.url, item.title, item.outlet))
        return said.encode("utf-8", "replace"), len(item.text)
    if isinstance(item, Failed):
        return f"{item.name}\0{item.error}".encode("utf-8", "replace"), 0
    assert isinstance(item, Capture)  # reports alone are cut
    body = item.content if isinstance(item.content, bytes) else str(item.content).encode()
    return repr((item.name, item.said, item.headers, item.charset)).encode("utf-8", "replace") + body, len(body)
