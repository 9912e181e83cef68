"""Statements within statements: the chain of those who answer for a stretch of text."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.language.attribution import cues
from standoff.model import Span, Stance, Statement


def chain(doc: Doc, at: int, skip_cue: int | None = None) -> tuple[Statement, ...]:
    """Statements whose content holds a character, outermost first; none that is told by nobody ("reportedly")."""
    point = Span(at, at + 1)
    holding = [
        s
        for s in doc._.statements or ()
        if not s.attitude
        and (s.sources or s.cue.lower() not in cues.words("hedges"))
        and any(c.covers(point) for c in s.content)
        and s.cue_span.start != skip_cue
        and not s.cue_span.covers(point)
    ]

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


def _claimed_by_another(doc: Doc, inner: Statement, outer: Statement) -> bool:
    cue = doc.char_span(inner.cue_span.start, inner.cue_span.end)
    named = {source.mention.party.key for source in inner.sources} - {"UNK"}
    return (
        cue is not None
        and (cue.root.pos_ == "NOUN" or (cue.root.tag_ == "VBG" and cue.root.dep_ == "acl"))
        and inner.stance is not Stance.DENY
        and bool(named - {source.mention.party.key for source in outer.sources})
    )
