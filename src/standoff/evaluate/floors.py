"""Floors: figures of a corpus that a change must not lower, pinned in ``floors.toml`` with the corpus' fingerprint.

A corpus is known by what is in it, not by where it lies: a corpus that has changed is another, with floors of its own.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from standoff.errors import StandoffError
from standoff.evaluate.report import Report

FILE = Path(__file__).with_name("floors.toml")
HEAD = """\
# Figures that a change must not lower. `standoff evaluate --pin` raises them to what it measures and never lowers one;
# Lowered by hand in November 2026: of GVA's links the whole, until it is measured anew (decision 021 replaced what linked them; the
# first 150 articles are pinned), and PLV's root of the pairs found, .860 to .857, since 43 more pairs are found.
# tests/test_floors.py fails where one falls. `limit` is how much of a corpus, from its start, they were measured on; `spread`, by how
# much a figure differs from one kind of processor to another, whose sums in floating point differ in the last digits: one claim
# more or less of an archive of four reports joins its incidents or not.
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """What is pinned of one corpus."""

    name: str
    fingerprint: str
    limit: int | None
    floors: Mapping[str, float]
    spread: Mapping[str, float] = field(default_factory=dict)
    """By how much a figure may lie under its floor on another kind of processor."""


def fingerprint(path: Path) -> str:
    """SHA-256 over names and contents of the corpus' files, in the order of their names."""
    files = sorted(_files(path), key=lambda file: file[0])
    digest = hashlib.sha256()
    for name, file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield path.name, path
        return
    for file in path.rglob("*"):
        name = file.relative_to(path).as_posix()
        # What an editor or a desktop leaves behind is no part of it.
        if file.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, file


def pins(file: Path = FILE) -> list[Pin]:
    """All that is pinned.

    Raises:
        StandoffError: the file of floors is not well formed.
    """
    if not file.is_file():
        return []
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return [
            Pin(c["name"], c["fingerprint"], c.get("limit"), dict(c["floors"]), dict(c.get("spread", {})))
            for c in data.get("corpus", ())
        ]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise StandoffError(str(file), f"no file of floors: {error}", "restore it from the repository") from None


def pinned(fingerprint: str, limit: int | None, file: Path = FILE) -> Pin | None:
    """What is pinned of a corpus, read to this limit; none where nothing is."""
    return next((pin for pin in pins(file) if (pin.fingerprint, pin.limit) == (fingerprint, limit)), None)


def check(report: Report, file: Path = FILE) -> list[str]:
    """A line for every figure that has fallen under its floor; a figure that is gone has fallen."""
    pin = pinned(report.fingerprint, report.limit, file)
    if pin is None:
        return []
    fallen = []
    for name, floor in pin.floors.items():
        figure = report.figures.get(name)
        if figure is None or round(figure, 3) < round(floor - pin.spread.get(name, 0.0), 3):
            is_now = "is no longer measured" if figure is None else f"is {figure:.3f}"
            fallen.append(f"{report.name}: {name} {is_now}, under its floor of {floor:.3f}")
    return fallen


def pin(report: Report, file: Path = FILE) -> list[str]:
    """Raise the floors of a corpus to its figures; a lower figure leaves its floor. A line for every floor raised.

    Raises:
        StandoffError: the file of floors cannot be written.
    """
    held = pins(file)
    old = pinned(report.fingerprint, report.limit, file)
    floors = dict(old.floors) if old else {}
    raised = []
    for name, figure in report.figures.items():
        floor = floors.get(name)
        if floor is None or round(figure, 3) > floor:
            floors[name] = round(figure, 3)
            since = "" if floor is None else f", up from {floor:.3f}"
            raised.append(f"{report.name}: {name} is pinned at {floors[name]:.3f}{since}")
    if not raised:
        return []
    new = Pin(report.name, report.fingerprint, report.limit, floors, old.spread if old else {})
    held = [new if one == old else one for one in held] if old else [*held, new]
    try:
        file.write_text(_toml(held), encoding="utf-8")
    except OSError as error:
        raise StandoffError(str(file), f"cannot be written: {error.strerror}", "pin from a checkout") from None
    return raised


def _toml(held: list[Pin]) -> str:
    parts = [HEAD]
    for one in sorted(held, key=lambda p: (p.name, p.fingerprint, p.limit or 0)):
        lines = [
            "[[corpus]]",
            f"name = {json.dumps(one.name, ensure_ascii=False)}",
            f'fingerprint = "{one.fingerprint}"',
        ]
        if one.limit is not None:
            lines.append(f"limit = {one.limit}")
        lines += ["[corpus.floors]", *(f"{name} = {floor}" for name, floor in sorted(one.floors.items()))]
        if one.spread:
            lines += ["[corpus.spread]", *(f"{name} = {by}" for name, by in sorted(one.spread.items()))]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
