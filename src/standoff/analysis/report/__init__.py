"""A situation report: what is new, the incidents by each account, disputes, figures, the series — every number with its source.

:mod:`.build` makes it out of a store, :mod:`.markdown`, :mod:`.html` and :mod:`.pdf` write it. A report is made of sentences,
and a sentence of parts; a part that is a number, a date or a quotation knows what it was drawn from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from standoff.model import Claim, Count, Document
from standoff.records import Record


class How(StrEnum):
    """How a part of a sentence was come by."""

    TOLD = "told"
    """As a claim has it: a figure, a day, a value."""
    POLICY = "policy"
    """A named policy made it of the figures that the claims tell."""
    COUNTED = "counted"
    """So many of the things that are named."""
    COMPUTED = "computed"
    """Drawn from the series of the claims, as the part about method says."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence. Where ``how`` is set they rest on claims, and ``of`` says more: what was counted, or the policy."""

    text: str
    how: How | None = None
    claims: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    count: Count | None = None
    """The figure of the one claim that it tells."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parts in a row, and the claims that are cited behind it."""

    parts: tuple[Part, ...]
    cites: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def claims(self) -> tuple[str, ...]:
        """All that it rests on, cited or not."""
        return tuple(dict.fromkeys((*self.cites, *(key for part in self.parts for key in part.claims))))


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences, each of its own."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are sentences; an empty one is what nobody says."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    numbers: tuple[int, ...] = ()
    """Columns that are set to the right."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; ``svg`` and ``png`` are empty where there is nothing to draw with."""

    alt: str
    svg: bytes = field(repr=False)
    png: bytes = field(repr=False)
    claims: tuple[str, ...] = ()


Block = Paragraph | Points | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: str
    level: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A source: the claim, who says so in it, and the report it stands in."""

    number: int
    claim: Claim
    document: Document
    teller: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``method`` says by which rules its figures were made; it is about the report, not the crisis."""

    title: str
    since: date
    until: date
    """The days of the reports that it rests on."""
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    notes: tuple[Note, ...]
    policy: str

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each cited claim's note."""
        return {note.claim.id: note.number for note in self.notes}

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence and cell, in order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield from block.sentences
                elif isinstance(block, Points):
                    yield from block.items
                elif isinstance(block, Table):
                    for row in block.rows:
                        yield from (cell for cell in row if cell.parts)


def pictures(report: Report) -> list[Picture]:
    """The charts of a report, in order."""
    return [block for section in report.sections for block in section.blocks if isinstance(block, Picture)]


def ranges(numbers: Sequence[int]) -> str:
    """Numbers of notes, runs drawn together.

    >>> ranges([1, 2, 3, 7])
    '1–3, 7'
    """
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found)


def record(report: Report) -> Record:
    """The report as JSON: every sentence with its parts and the claims behind each, every note with its place in the text."""
    return {
        "title": report.title,
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "policy": report.policy,
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "sentences": [_sentence(one) for one in _of(section)],
            }
            for section in report.sections
        ],
        "method": list(report.method),
        "notes": [
            {
                "number": note.number,
                "claim": note.claim.id,
                "doc": note.document.id,
                "start": note.claim.span.start,
                "end": note.claim.span.end,
                "event_text": note.claim.text,
                "source": note.teller,
                "outlet": note.document.outlet,
                "published": note.document.published.isoformat() if note.document.published else None,
                "url": note.document.url,
            }
            for note in report.notes
        ],
    }


def _of(section: Section) -> Iterator[Sentence]:
    return Report("", date.min, date.min, (section,), (), (), "").sentences()


def _sentence(one: Sentence) -> Record:
    return {
        "text": one.text,
        "cites": list(one.cites),
        "parts": [
            {"text": part.text, "how": part.how.value, "claims": list(part.claims), "of": list(part.of)}
            for part in one.parts
            if part.how is not None
        ],
    }
