"""brat's folders: events changed in type, arguments or attributes; ``Rejected`` says that there is no such claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from standoff import ontology
from standoff.errors import InputError
from standoff.export.brat import REJECTED
from standoff.imports.files import text_of
from standoff.imports.word import Left, Marks, Word, compared, known
from standoff.model import AuxMode, CountKind, Span, Verdict
from standoff.store import Store

_LOSSES = {kind.value.capitalize(): kind.value.upper() for kind in CountKind}
_LABELS = {
    "Actor": "ACTOR",
    "Recipient": "RECIPIENT",
    "Source": "SOURCE",
    "Cue": "CUE",
    "Date": "DATE",
    "Place": "PLACE",
}


@dataclass
class _Event:
    kind: str
    arguments: list[tuple[str, str]]
    attributes: set[str] = field(default_factory=set)
    claim: str = ""


def read(store: Store, folder: Path) -> Iterator[Word | Left]:
    """What each ``.ann`` file says of the claims that its notes name.

    Raises:
        InputError: a line is not brat's; the message names the file and the line.
    """
    for path in sorted(folder.rglob("*.ann")):
        yield from _file(store, path)


def _file(store: Store, path: Path) -> Iterator[Word | Left]:
    marks, events = _parsed(path)
    text = text_of(path.with_suffix(".txt")) if path.with_suffix(".txt").is_file() else None
    for id, event in events.items():
        where = f"{path}, {id}"
        if not event.claim:
            yield Left(where, "an event without a note that names its claim: what was missed cannot be carried")
            continue
        held = known(store, event.claim)
        if held is None:
            yield Left(where, f"claim {event.claim[:60]} is not in the store")
            continue
        if text is not None and text != held.document.text:
            yield Left(where, f"the text beside it is not that of report {held.document.id}")
            continue
        if REJECTED in event.attributes:
            yield Word(held.claim.id, Verdict.REJECT)
            continue
        spans: dict[str, list[Span]] = {}
        for role, mark in event.arguments:
            kind, span = marks.get(mark, ("", None))
            if span is None:
                raise InputError(where, f"{role}: {mark} is not in the file", "mend the file in brat")
            label = _LOSSES.get(kind) if role == "Loss" else _LABELS.get(role)
            if label:
                spans.setdefault(label, []).append(span)
        aux = tuple(mode.value for mode in AuxMode if mode.value.capitalize() in event.attributes)
        slots, left = compared(store, held, Marks(event.kind.upper(), spans, aux))
        yield from left
        yield Word(held.claim.id, None, slots)


def _parsed(path: Path) -> tuple[dict[str, tuple[str, Span]], dict[str, _Event]]:
    marks: dict[str, tuple[str, Span]] = {}
    events: dict[str, _Event] = {}
    kinds = {code.capitalize() for code in ontology.event_types()}
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        id, _, rest = line.partition("\t")
        try:
            if id.startswith("T"):
                kind, _, places = rest.partition("\t")[0].partition(" ")
                offsets = [int(n) for n in re.split(r"[ ;]", places)]
                marks[id] = kind, Span(min(offsets), max(offsets))
            elif id.startswith("E"):
                (kind, _), *arguments = [part.split(":") for part in rest.split()]
                if kind not in kinds:
                    raise ValueError(f"{kind} is no type of event")
                events[id] = _Event(kind, [(role.rstrip("0123456789"), mark) for role, mark in arguments])
            elif id.startswith("A"):
                name, of = rest.split()[:2]
                if of in events:
                    events[of].attributes.add(name)
            elif id.startswith("#"):
                about, note = rest.split("\t")[:2]
                of = about.split()[-1]
                if of in events:
                    events[of].claim = note.strip()
        except (ValueError, IndexError) as error:
            raise InputError(
                f"{path} line {number}", f"not brat's form: {error}", "mend the line, or export again"
            ) from None
    return marks, events
