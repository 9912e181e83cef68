"""Claims of losses that no reader of deeds took: "20 were missing", "Four hurt as ships collide", "31,000 have been displaced".

A figure beside a word of loss (:mod:`standoff.language.counts`) says what befell whom though its sentence names no deed. Such a loss
is that of the attack told last before it, whose day, place and means it takes; where none is told near, it is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from standoff import lexicon
from standoff.bounds import bound_of
from standoff.language import counts, syntax, unreal
from standoff.language.counts import LossCount
from standoff.language.nearby import Nearby
from standoff.language.reading import whom
from standoff.model import FORCE, AuxMode, Claim, Count, Source, Span, Trigger
from standoff.tallied import NEAR, OF

CONFIDENCE = 0.4
"""How often such a loss and whose it is are read rightly (tests/crises and others of their make)."""
_NOT_SO = frozenset({AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.HISTORICAL, AuxMode.NEGATION})


def found(
    doc: Doc, document_id: str, claims: Sequence[Claim], speakers: Callable[[int], tuple[Source, ...]]
) -> Iterator[Claim]:
    """The claims of losses that ``claims`` do not count, in the order of the text.

    ``speakers`` gives who says what stands at a character.
    """
    counted = Nearby((count.span.start, count.span.end) for claim in claims for count in claim.counts)
    violent = [claim for claim in claims if claim.event in FORCE and not _NOT_SO & set(claim.aux)]
    nearby = Nearby((claim.trigger.span.start, claim.trigger.span.end) for claim in violent)
    told = {(count.kind, count.low) for claim in claims for count in claim.counts}
    for loss in counts.of(doc):
        if loss.low is None or loss.number is None or counted.touching(loss.span.start, loss.span.end):
            continue
        if _not_told(doc[loss.governor]):
            continue
        sources = speakers(loss.span.start)
        if not sources and (loss.kind, loss.low) in told:
            continue  # a headline's figure, told again below it
        near = [violent[at] for at in nearby.touching(loss.span.start - NEAR, loss.span.end + NEAR)]
        if near:
            yield _claim(doc, document_id, loss, _attack(loss, near), sources)


def again(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """The claims in their order, an attack with the loss in its words that a headline told before: "struck the camp killing 31"."""
    kept = list(claims)
    nearby = Nearby((claim.span.start, claim.span.end) for claim in claims)
    told = {(count.kind, count.low) for claim in claims for count in claim.counts}
    for loss in counts.of(doc):
        if (loss.low or 0) < 2 or (loss.kind, loss.low) not in told or _not_told(doc[loss.governor]):
            continue
        at = nearby.touching(loss.span.start, loss.span.end)
        around = [n for n in at if kept[n].event in FORCE and kept[n].span.covers(loss.span)]
        beside = {m for n in around for m in nearby.touching(kept[n].span.start, kept[n].span.end)}
        if any(count.span.overlaps(loss.span) for n in beside for count in kept[n].counts):
            continue
        free = [n for n in around if _takes(kept[n], loss)]
        if free:
            last = max(free, key=lambda n: kept[n].trigger.span.start)
            kept[last] = replace(kept[last], counts=(*kept[last].counts, _count(loss)))
    return kept


def _takes(claim: Claim, loss: LossCount) -> bool:
    return not _NOT_SO & set(claim.aux) and all(count.kind is not loss.kind for count in claim.counts)


def _count(loss: LossCount) -> Count:
    return Count(loss.kind, loss.low, loss.high, loss.best, loss.unit, loss.text, loss.span, bound_of(loss.text))


def _not_told(word: Token) -> bool:
    """A loss that is denied, feared or set aside ("far from killing 40"), not told."""
    if unreal.only_thought_of(word) or any(child.dep_ == "neg" for child in word.children):
        return True
    if word.dep_ == "pcomp" and word.head.lower_ not in _DONE:
        return True
    return any(above.lower_ in _denying() for above in word.ancestors)


_DONE = frozenset({"after", "before", "by", "since", "for", "upon", "on"})
"""Prepositions before what was done: "fled after killing 40"."""


@cache
def _denying() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("told")["denying"] for word in entry["words"])


def _attack(loss: LossCount, near: Sequence[Claim]) -> Claim:
    """The one told last before the loss, else the first after it."""
    before = [claim for claim in near if claim.trigger.span.start <= loss.span.end]
    if before:
        return max(before, key=lambda c: (c.trigger.span.start, c.confidence))
    return min(near, key=lambda c: (c.trigger.span.start, -c.confidence))


def _claim(doc: Doc, document_id: str, loss: LossCount, attack: Claim, sources: tuple[Source, ...]) -> Claim:
    clause = _clause(doc, loss)
    meant = whom.meant(doc, loss.span.start, loss.span.end, "recipient", tuple(s.mention for s in sources[-1:]))
    word = doc[loss.governor]
    return Claim(
        id="",
        doc=document_id,
        event=OF.get(loss.kind, "ASSAULT"),
        trigger=Trigger(word.text, Span(word.idx, word.idx + len(word))),
        span=clause,
        text=syntax.text_of(doc)[clause.start : clause.end],
        modes=attack.modes if loss.kind not in OF else (),
        contexts=attack.contexts,
        recipients=meant.mentions or attack.recipients,
        sources=sources,
        counts=(_count(loss),),
        when=attack.when,
        where=attack.where,
        confidence=CONFIDENCE,
    )


def _clause(doc: Doc, loss: LossCount) -> Span:
    """The words of the loss and the word that carries it, with what stands between."""
    word = doc[loss.governor]
    return Span(min(loss.span.start, word.idx), max(loss.span.end, word.idx + len(word)))
