"""Files written for the tests as other programs write them, and what a careful reader gets of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standoff.ingest.capture import Failed, Options
from standoff.ingest.sources import Sources
from standoff.model import Document


@dataclass(frozen=True)
class Case:
    """Files, and what is read of them: of each report its words or parts of them, what must not be in it, its day and
    names; the reasons of what is not read; what is told as left out."""

    name: str
    files: Mapping[str, bytes | str]
    reports: tuple[Mapping[str, Any], ...] = ()
    failures: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    source: str | None = None
    options: Options = field(default_factory=Options)

    def faults(self, folder: Path) -> list[str]:
        """What of it was read otherwise."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = list(Sources(None, self.options, folder=folder).read(self.source or next(iter(self.files))))
        read = [one for one in found if isinstance(one, Document)]
        failed = " | ".join(f"{one.name}: {one.error.why}" for one in found if isinstance(one, Failed))
        told = " | ".join(line for one in read if one.provenance is not None for line in one.provenance.left)
        faults = [f"{len(read)} reports, not {len(self.reports)}"] if len(read) != len(self.reports) else []
        for number, (want, got) in enumerate(zip(self.reports, read, strict=False), 1):
            faults += [f"report {number}: {fault}" for fault in _faults(want, got)]
        faults += [f"no failure {why!r} in {failed!r}" for why in self.failures if not re.search(why, failed)]
        faults += [f"a failure: {failed}"] if failed and not self.failures else []
        faults += [f"not told {what!r} in {told!r}" for what in self.left if not re.search(what, told)]
        return faults


def _faults(want: Mapping[str, Any], got: Document) -> list[str]:
    words, at, faults = _plain(got.text), 0, []
    if "text" in want and words != _plain(want["text"]):
        faults.append(f"its words are {got.text!r}")
    for part in want.get("has", ()):
        place = words.find(_plain(part))
        if place < at:
            faults.append(f"{'lacks' if place < 0 else 'out of order:'} {part!r} in {got.text!r}")
        at = max(at, place)
    faults += [f"has {part!r} in {got.text!r}" for part in want.get("no", ()) if _plain(part) in words]
    faults += [f"lacks {part!r} in {got.text!r}" for part in want.get("raw", ()) if part not in got.text]
    told = {"day": got.published.isoformat() if got.published else None}
    for name in ("outlet", "title", "author", "url", "language", "day"):
        is_now = told.get(name) if name == "day" else getattr(got, name)
        if name in want and is_now != want[name]:
            faults.append(f"its {name} is {is_now!r}, not {want[name]!r}")
    return faults


def _plain(words: str) -> str:
    return " ".join(words.split())


class Cases:
    """The cases of one kind of input."""

    def __init__(self) -> None:
        self.all: list[Case] = []

    def add(
        self,
        name: str,
        files: tuple[str, bytes | str] | Mapping[str, bytes | str],
        docs: Iterable[Mapping[str, Any]] = (),
        fails: Iterable[str] = (),
        left: Iterable[str] = (),
        path: str | None = None,
        options: Options | None = None,
    ) -> None:
        held = {files[0]: files[1]} if isinstance(files, tuple) else files
        self.all.append(Case(name, held, tuple(docs), tuple(fails), tuple(left), path, options or Options()))
