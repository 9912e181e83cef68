"""brat's standoff format: a text a report with its ``.ann``, and the ``annotation.conf`` that names what may stand in it.

An event a claim: its trigger, and as arguments who acts, who suffers, who says so and how, what was lost, when and where.
Auxiliary modes are attributes; ``#`` notes carry the claim's id, so that what is corrected there can be imported again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from standoff import ontology
from standoff.errors import SettingsError
from standoff.export.selection import Part, Selection
from standoff.model import AuxMode, Claim, CountKind, Document, Span
from standoff.store.browse import ClaimRow

ROLES = ("Actor", "Recipient", "Source", "Cue", "Loss", "Date", "Place")
_LOSSES = {kind: kind.value.capitalize() for kind in CountKind}
REJECTED = "Rejected"
"""An attribute: the claim is not what the text says."""


class Brat:
    """Two files a report."""

    name = "brat"
    chooses_columns = False
    says = (
        "brat's .txt and .ann, an event a claim, with annotation.conf; needs --text; corrections can be imported again"
    )

    def parts(self, chosen: Selection) -> Iterator[Part]:
        if not chosen.texts:
            raise SettingsError("brat", "shows whole reports", "allow it with --text")
        yield Part("annotation.conf", _configure)
        names: set[str] = set()
        for id in chosen.store.ids() if not chosen.wanted else dict.fromkeys(r.claim.doc for r in chosen.claims()):
            name = _name(id, names)
            yield Part(f"{name}.txt", partial(_write_text, chosen, id))
            yield Part(f"{name}.ann", partial(_write_annotations, chosen, id))


def _name(id: str, taken: set[str]) -> str:
    plain = "".join(ch if ch.isalnum() or ch in "-_" else "-" for ch in id).strip("-")[:80] or "report"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.lower())
    return name


def _write_text(chosen: Selection, id: str, out: BinaryIO) -> int:
    document = chosen.store.document(id)
    assert document is not None
    out.write(document.text.encode())
    return 1


def _write_annotations(chosen: Selection, id: str, out: BinaryIO) -> int:
    document = chosen.store.document(id)
    assert document is not None
    rows = list(chosen.of(id))
    out.write(annotated(document, rows).encode())
    return len(rows)


@dataclass
class _Lines:
    """The annotations of one report under writing: a span of one type is named once."""

    text: str
    spans: dict[tuple[str, int, int], str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def mark(self, kind: str, span: Span) -> str:
        key = kind, span.start, span.end
        if key not in self.spans:
            self.spans[key] = f"T{len(self.spans) + 1}"
            words = span.of(self.text)
            # A line end inside parts the span in two; brat knows no other way to cross it.
            pieces, at = [], span.start
            for piece in words.split("\n"):
                if piece:
                    pieces.append(f"{at} {at + len(piece)}")
                at += len(piece) + 1
            shown = " ".join(piece for piece in words.split("\n") if piece)
            self.lines.append(f"{self.spans[key]}\t{kind} {';'.join(pieces)}\t{shown}")
        return self.spans[key]


def annotated(document: Document, rows: list[ClaimRow]) -> str:
    """The ``.ann`` of a report."""
    out = _Lines(document.text)
    attributes = 0
    for number, row in enumerate(rows, 1):
        claim = row.claim
        kind = claim.event.capitalize()
        parts = [f"{kind}:{out.mark(kind, claim.trigger.span)}"]
        parts += [f"{role}:{mark}" for role, mark in _arguments(claim, out)]
        out.lines.append(f"E{number}\t{' '.join(_numbered(parts))}")
        for aux in claim.aux:
            attributes += 1
            out.lines.append(f"A{attributes}\t{aux.value.capitalize()} E{number}")
        out.lines.append(f"#{number}\tAnnotatorNotes E{number}\t{claim.id}")
    return "".join(line + "\n" for line in out.lines)


def _arguments(claim: Claim, out: _Lines) -> Iterator[tuple[str, str]]:
    for role, mentions in (("Actor", claim.actors), ("Recipient", claim.recipients)):
        for mention in mentions:
            yield role, out.mark("Party", mention.span)
    for source in claim.sources:
        yield "Source", out.mark("Party", source.mention.span)
        if source.cue_span is not None:
            yield "Cue", out.mark("Cue", source.cue_span)
    for count in claim.counts:
        yield "Loss", out.mark(_LOSSES[count.kind], count.span)
    if claim.when is not None:
        yield "Date", out.mark("Date", claim.when.span)
    if claim.where is not None:
        yield "Place", out.mark("Place", claim.where.span)


def _numbered(parts: list[str]) -> list[str]:
    """brat wants a number on a role that stands again: ``Actor``, ``Actor2``."""
    seen: dict[str, int] = {}
    found = []
    for part in dict.fromkeys(parts):
        role, _, mark = part.partition(":")
        seen[role] = seen.get(role, 0) + 1
        found.append(part if seen[role] == 1 else f"{role}{seen[role]}:{mark}")
    return found


def _configure(out: BinaryIO) -> int:
    losses = "|".join(_LOSSES.values())
    arguments = f"Actor*:Party, Recipient*:Party, Source*:Party, Cue*:Cue, Loss*:{losses}, Date?:Date, Place?:Place"
    lines = ["[entities]", "Party", "Cue", *_LOSSES.values(), "Date", "Place", "", "[relations]", "", "[events]"]
    lines += [f"{code.capitalize()}\t{arguments}" for code in ontology.event_types()]
    lines += ["", "[attributes]", *(f"{aux.value.capitalize()}\tArg:<EVENT>" for aux in AuxMode)]
    lines += [f"{REJECTED}\tArg:<EVENT>"]
    out.write(("\n".join(lines) + "\n").encode())
    return 0
