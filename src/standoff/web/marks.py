"""A report's text cut where its claims begin and end, so that a page can mark who speaks, what happens, how many, when, where.

Marks overlap: a place stands inside a claim, a claim inside another's quotation. The text is cut at every edge, and each
piece knows all that holds for it; no mark has to be nested in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.model import Claim, Span

KINDS = ("claim", "event", "source", "party", "count", "when", "where")
"""What a piece can be, from the widest to the most telling."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of the text, what it is, and the claims it belongs to."""

    span: Span
    kind: str
    claim: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text with everything that holds for it."""

    text: str
    start: int
    kinds: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    """Claims whose first piece this is: where a link to them leads."""
    asked: bool = False
    """Inside the span that the address of the page names."""


def marks(claims: Iterable[Claim]) -> list[Mark]:
    """Every span that a claim was read from."""
    found = []
    for claim in claims:
        spans = [
            ("claim", claim.span),
            ("event", claim.trigger.span),
            *(("source", span) for s in claim.sources for span in (s.mention.span, s.cue_span) if span is not None),
            *(("party", m.span) for m in (*claim.actors, *claim.recipients)),
            *(("count", count.span) for count in claim.counts),
            *([("when", claim.when.span)] if claim.when else []),
            *([("where", claim.where.span)] if claim.where else []),
        ]
        found += [Mark(span, kind, claim.id) for kind, span in spans if span.start < span.end]
    return found


def paragraphs(text: str, claims: Sequence[Claim], asked: Span | None = None) -> list[list[Piece]]:
    """The text by paragraphs, each cut into pieces. Put together again, the pieces are the paragraph to the character."""
    found = marks(claims)
    starts = {claim.id: claim.span.start for claim in claims}
    shown = []
    for part in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        frame = Span(*part.span())
        here = [mark for mark in found if mark.span.overlaps(frame)]
        edges = {frame.start, frame.end}
        for span in (*(mark.span for mark in here), *([asked] if asked and asked.overlaps(frame) else [])):
            edges |= {max(span.start, frame.start), min(span.end, frame.end)}
        cuts = sorted(edges)
        pieces, begun = [], set[str]()
        for start, end in pairwise(cuts):
            over = [mark for mark in here if mark.span.start <= start and end <= mark.span.end]
            kinds = {mark.kind for mark in over}
            of = tuple(dict.fromkeys(mark.claim for mark in sorted(over, key=lambda m: (m.kind != "event", m.claim))))
            begins = tuple(key for key in of if key not in begun and frame.start <= starts[key] < frame.end)
            begun |= set(begins)
            inside = asked is not None and asked.start <= start and end <= asked.end
            pieces.append(Piece(text[start:end], start, tuple(k for k in KINDS if k in kinds), of, begins, inside))
        shown.append(pieces)
    return shown
