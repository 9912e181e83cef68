"""Statements within statements: the chain of those who answer for a stretch of text."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate

from spacy.tokens import Doc

from standoff.language.attribution import cues
from standoff.model import Span, Stance, Statement

DEEPEST = 12
"""Statements within statements, beyond which the nearest alone are looked at."""


def chain(doc: Doc, at: int, skip_cue: int | None = None) -> tuple[Statement, ...]:
    """Statements whose content holds a character, outermost first; none that is told by nobody ("reportedly")."""
    point = Span(at, at + 1)
    holding = [
        s
        for s in _around(doc, at)
        if not s.attitude
        and (s.sources or s.cue.lower() not in cues.words("hedges"))
        and s.cue_span.start != skip_cue
        and not s.cue_span.covers(point)
    ]
    if len(holding) > DEEPEST:
        nearest = sorted(holding, key=lambda s: min(abs(s.cue_span.start - at), abs(s.cue_span.end - at)))[:DEEPEST]
        holding = [s for s in holding if any(s is one for one in nearest)]

    def depth(statement: Statement) -> int:
        return sum(
            1
            for other in holding
            if other is not statement and any(c.covers(statement.cue_span) for c in other.content)
        )

    nested = sorted(holding, key=lambda s: (depth(s), s.cue_span.start))
    # "Moscow rejected Kyiv's claim that ...": the content is Kyiv's alone.
    return tuple(
        outer
        for index, outer in enumerate(nested)
        if outer.stance is not Stance.DENY
        or not any(_claimed_by_another(doc, inner, outer) for inner in nested[index + 1 :])
    )


def _around(doc: Doc, at: int) -> list[Statement]:
    """The statements whose content holds a character, in their order. Where contents begin is sorted once."""
    statements: list[Statement] = doc._.statements or []
    kept = doc.user_data.get("standoff_contents")
    if kept is None or kept[0] is not statements or kept[1] != len(statements):
        spans = sorted((c.start, c.end, n) for n, s in enumerate(statements) for c in s.content)
        ends = list(accumulate((end for _, end, _ in spans), max))
        kept = doc.user_data["standoff_contents"] = (statements, len(statements), spans, ends)
    _, _, spans, ends = kept
    found: set[int] = set()
    for index in range(bisect_right(spans, (at, math.inf, 0)) - 1, -1, -1):
        if ends[index] <= at:
            break  # nor does any that begins before it reach so far
        if spans[index][1] > at:
            found.add(spans[index][2])
    return [statements[n] for n in sorted(found)]


def _claimed_by_another(doc: Doc, inner: Statement, outer: Statement) -> bool:
    cue = doc.char_span(inner.cue_span.start, inner.cue_span.end)
    named = {source.mention.party.key for source in inner.sources} - {"UNK"}
    return (
        cue is not None
        and (cue.root.pos_ == "NOUN" or (cue.root.tag_ == "VBG" and cue.root.dep_ == "acl"))
        and inner.stance is not Stance.DENY
        and bool(named - {source.mention.party.key for source in outer.sources})
    )
