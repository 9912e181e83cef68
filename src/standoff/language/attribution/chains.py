"""Statements within statements: the chain of those who answer for a stretch of text."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from spacy.tokens import Doc

from standoff.bodies import independent
from standoff.language.attribution import cues
from standoff.model import Mention, Source, Span, Stance, Statement

DEEPEST = 12
"""Statements within statements, beyond which the nearest alone are looked at."""


def chain(doc: Doc, at: int, skip_cue: int | None = None) -> tuple[Statement, ...]:
    """Statements whose content holds a character, outermost first; none that is told by nobody ("reportedly")."""
    nested = _nested(doc, at, skip_cue)
    # "Moscow rejected Kyiv's claim that ...": the content is Kyiv's alone.
    return tuple(one for n, one in enumerate(nested) if not _of_another(doc, at, one, nested[n + 1 :]))


def denied(doc: Doc, at: int) -> bool:
    """Whether a character stands in what a source denies. "Neither confirmed nor denied" denies nothing."""
    told = chain(doc, at)
    if not told or not _denies(told[-1], at):
        return False
    cue = doc.char_span(told[-1].cue_span.start, told[-1].cue_span.end, alignment_mode="expand")
    return cue is None or not any(c.lower_ in {"nor", "neither"} for c in (*cue.root.children, *cue.root.head.children))


def refused(doc: Doc, at: int) -> frozenset[str]:
    """Keys of the parties that deny what another claims at a character: they answer for none of it."""
    nested = _nested(doc, at, None)
    refusing = [one for n, one in enumerate(nested) if _of_another(doc, at, one, nested[n + 1 :])]
    return frozenset(s.mention.party.key for one in refusing for s in one.sources) - {"UNK"}


def _denies(statement: Statement, at: int) -> bool:
    return statement.stance is Stance.DENY or any(s.start <= at < s.end for s in statement.untrue)


def source_chain(told: tuple[Statement, ...]) -> tuple[Source, ...]:
    """Sources of nested statements, outermost first. An agency that only relays another's words is left to its statement."""
    links: list[Source] = []
    for position, statement in enumerate(told):
        for source in statement.sources:
            relays = "JRN" in source.mention.party.sectors and position < len(told) - 1
            if relays and any(s.sources for s in told[position + 1 :]):
                continue
            if links and links[-1].mention.party.key == source.mention.party.key:
                continue
            links.append(source)
    return tuple(links)


def who_speaks(told: tuple[Statement, ...]) -> tuple[Mention, ...]:
    """Who says what stands in the innermost of nested statements: "we" and "our" in it mean them, and "soldiers" theirs. No news medium
    that speaks for no side: "AFP said 30 soldiers were killed"."""
    mentions = (source.mention for source in told[-1].sources) if told else ()
    return tuple(item for item in mentions if not independent(item.party.name))


def _of_another(doc: Doc, at: int, outer: Statement, inner: Sequence[Statement]) -> bool:
    return _denies(outer, at) and any(_claimed_by_another(doc, at, one, outer) for one in inner)


def _nested(doc: Doc, at: int, skip_cue: int | None) -> list[Statement]:
    """The statements around a character, outermost first."""
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

    return sorted(holding, key=lambda s: (depth(s), s.cue_span.start))


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


def _claimed_by_another(doc: Doc, at: int, inner: Statement, outer: Statement) -> bool:
    cue = doc.char_span(inner.cue_span.start, inner.cue_span.end)
    named = {source.mention.party.key for source in inner.sources} - {"UNK"}
    return (
        cue is not None
        and (cue.root.pos_ == "NOUN" or (cue.root.tag_ == "VBG" and cue.root.dep_ == "acl"))
        and not _denies(inner, at)
        and bool(named - {source.mention.party.key for source in outer.sources})
    )
