"""Claims of the figures that parties give for a loss told before: "Ivorian officials give 6,500" (:mod:`standoff.language.tallies`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from standoff.bounds import bound_of
from standoff.language import syntax, tallies
from standoff.language.coreference import role_of
from standoff.language.losses import losses
from standoff.language.nearby import Nearby
from standoff.language.reading import whom
from standoff.language.tallies import Tally
from standoff.model import AuxMode, Bound, Claim, Count, CountKind, Mention, Source, Span, Trigger

CONFIDENCE = 0.45
"""How often such a figure, its holder and whose loss it is are read rightly (tests/crises and others of their make)."""
NEAR = 700
"""Characters before a tally within which the loss that it counts is told."""
OF = {CountKind.ARRESTED: "COERCE", CountKind.DISPLACED: "RETREAT"}
"""The type of the deed that a loss tells of where no deed is told; else an attack."""
_PEOPLE = frozenset(CountKind) - {CountKind.DESTROYED}


def tallied(
    doc: Doc, document_id: str, claims: Sequence[Claim], speakers: Callable[[int], tuple[Source, ...]]
) -> tuple[list[Claim | None], list[Claim]]:
    """The claims in their order, None for one that a tally replaces, and the claims that tallies add.

    ``speakers`` gives who says what stands at a character.
    """
    kept: list[Claim | None] = list(claims)
    more: list[Claim] = []
    nearby = Nearby(_hull(claim) for claim in claims)

    def near(where: Span) -> list[int]:
        """Where the claims stand that are told in the words before a stretch of text, or in it."""
        return [at for at in nearby.touching(where.start - NEAR, where.end) if kept[at] is not None]

    for tally in tallies.find(doc):
        number = doc[tally.quantity.start_token : tally.quantity.end_token]
        where = Span(number.start_char, number.end_char)
        holders = _holders(doc, tally)
        if not holders:
            continue
        whole = _extent(doc, tally, tally.quantity.end_token)
        about = {at: claim for at in near(where) if (claim := kept[at]) is not None}
        # A reader of deeds may have taken the giving of the figure for one, or the figure for that of the deed before.
        taken = [at for at, claim in about.items() if _is_of(claim, whole, where)]
        others = [claim for at, claim in about.items() if at not in taken]
        told = _told_before(tally, where, [*others, *_last(more, where)])
        if told is None and (tally.kind is None or not (tally.own or taken)):
            for at in taken:
                if not about[at].sources:
                    kept[at] = replace(about[at], sources=holders)
            continue
        for at in taken:
            kept[at] = None
            del about[at]
        counted = False
        for at, claim in about.items():
            if not any(_touch(count.span, where) for count in claim.counts):
                continue
            if not _touch(claim.span, where):
                kept[at] = replace(claim, counts=tuple(n for n in claim.counts if not _touch(n.span, where)))
                continue
            counted = True
            if not claim.sources:
                kept[at] = replace(claim, sources=holders)
        if not counted:
            more.append(_claim(doc, document_id, tally, holders, told, where))
    for words, kind in tallies.nils(doc):
        where = Span(words.start_char, words.end_char)
        about = {at: claim for at in near(Span(where.start, words.sent.end_char)) if (claim := kept[at]) is not None}
        claim = _nil(document_id, words, kind, list(about.values()), speakers)
        if claim is not None:
            for at in [at for at, one in about.items() if _is_of(one, where, where)]:
                kept[at] = None
            more.append(claim)
    return kept, more


def _hull(claim: Claim) -> tuple[int, int]:
    """From the first to the last character of a claim's words and figures."""
    spans = (claim.span, claim.trigger.span, *(count.span for count in claim.counts))
    return min(s.start for s in spans), max(s.end for s in spans)


def _last(made: Sequence[Claim], where: Span) -> list[Claim]:
    """The claims of tallies, made in the order of the text, that stand near."""
    found: list[Claim] = []
    for claim in reversed(made):
        if where.start - claim.span.end > NEAR:
            break
        found.append(claim)
    return found


def _nil(
    document_id: str,
    words: TokenSpan,
    kind: CountKind,
    claims: Sequence[Claim],
    speakers: Callable[[int], tuple[Source, ...]],
) -> Claim | None:
    """ "There have been no deaths": nobody, of those whom the last attack told before struck; None where none is told."""
    where = Span(words.start_char, words.end_char)
    if any(_touch(count.span, where) for claim in claims for count in claim.counts):
        return None
    sentence = Span(words.sent.start_char, words.sent.end_char)
    if any(
        c.event == "ASSAULT" and _touch(c.trigger.span, sentence) and not _touch(c.trigger.span, where) for c in claims
    ):
        return None  # "causing fires but no casualties": told with the attack
    before = [c for c in claims if c.event == "ASSAULT" and 0 < where.start - c.span.end <= NEAR]
    if not before:
        return None
    struck = max(before, key=lambda c: (c.span.start, c.confidence))
    noun = words[-1]
    verb = noun.head
    clause = words.doc[min(verb.left_edge.i, words.start) if verb.pos_ in {"VERB", "AUX"} else words.start : words.end]
    count = Count(kind, 0, 0, 0, "people", words.text, where, Bound.EXACT)
    return Claim(
        id="",
        doc=document_id,
        event="ASSAULT",
        trigger=Trigger(noun.text, Span(noun.idx, noun.idx + len(noun))),
        span=Span(clause.start_char, clause.end_char),
        text=clause.text,
        modes=struck.modes,
        contexts=struck.contexts,
        recipients=struck.recipients,
        sources=speakers(noun.idx),
        aux=(AuxMode.NEGATION,),
        counts=(count,),
        when=struck.when,
        where=struck.where,
        confidence=CONFIDENCE,
    )


def _extent(doc: Doc, tally: Tally, end: int) -> Span:
    start = min(tally.holder.start, tally.cue.start, tally.quantity.start_token)
    words = doc[start:end]
    return Span(words.start_char, words.end_char)


def _is_of(claim: Claim, whole: Span, where: Span) -> bool:
    """Whether a claim was read of a tally's words: its word stands among them, and it counts nothing else."""
    return _touch(claim.trigger.span, whole) and all(_touch(count.span, where) for count in claim.counts)


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _holders(doc: Doc, tally: Tally) -> tuple[Source, ...]:
    cue = Span(tally.cue.start_char, tally.cue.end_char)
    if not _speaks(tally):
        return ()
    meant = whom.meant(doc, tally.holder.start_char, tally.holder.end_char, "source")
    return tuple(Source(mention, tally.cue.text, cue) for mention in meant.mentions[:1])


def _speaks(tally: Tally) -> bool:
    """Whether the holder is somebody: an incident "claimed" its victims otherwise."""
    head = tally.holder.root
    return head.pos_ in {"PRON", "PROPN"} or bool(head.ent_type_) or role_of(head) is not None


def _told_before(tally: Tally, where: Span, claims: Sequence[Claim]) -> tuple[Claim, Count] | None:
    """The loss told last before a tally that it can be a figure of."""
    counted = [
        (claim, count)
        for claim in claims
        for count in claim.counts
        if 0 <= where.start - count.span.end <= NEAR and _fits(tally, count)
    ]
    return max(counted, key=lambda pair: (pair[1].span.start, pair[0].confidence), default=None)


def _fits(tally: Tally, count: Count) -> bool:
    if tally.kind is not None and tally.kind is not count.kind:
        return False
    if tally.noun is None or tally.noun.lower_ in losses().states or tally.noun.lemma_.lower() in losses().nouns:
        return True
    if count.kind not in _PEOPLE:
        return tally.noun.lemma_.lower() == count.unit.split()[-1].lower().removesuffix("s")
    role = role_of(tally.noun)
    return tally.noun.lower_ in {"people", "persons"} or (
        role is not None and (role.victim or role.person or role.sector in {"MIL", "REB"})
    )


def _claim(
    doc: Doc, document_id: str, tally: Tally, holders: tuple[Source, ...], told: tuple[Claim, Count] | None, where: Span
) -> Claim:
    words = doc[tally.quantity.start_token : tally.end]
    kind = tally.kind or (told[1].kind if told is not None else CountKind.KILLED)
    noun = tally.noun if tally.noun is not None and tally.noun.lower_ not in losses().states else None
    unit = noun.text if noun is not None else told[1].unit if told is not None else "people"
    q = tally.quantity
    count = Count(
        kind, q.low, q.high, q.best, unit, words.text, Span(words.start_char, words.end_char), bound_of(words.text)
    )
    whole = _extent(doc, tally, tally.end)
    cue = Span(tally.cue.start_char, tally.cue.end_char)
    event = told[0].event if told is not None else OF.get(kind, "ASSAULT")
    own: tuple[Mention, ...] = tuple(s.mention for s in holders) if tally.own else ()
    return Claim(
        id="",
        doc=document_id,
        event=event,
        trigger=Trigger(tally.cue.text, cue),
        span=whole,
        text=syntax.text_of(doc)[whole.start : whole.end],
        modes=told[0].modes if told is not None else (),
        contexts=told[0].contexts if told is not None else (),
        recipients=own or (told[0].recipients if told is not None else ()),
        sources=holders,
        counts=(count,),
        when=told[0].when if told is not None else None,
        where=told[0].where if told is not None else None,
        confidence=CONFIDENCE,
    )
