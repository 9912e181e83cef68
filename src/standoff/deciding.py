"""Between two readers: what the rules found and what the learned reader proposes become one list of claims.

The rules are exact where their patterns hold and silent elsewhere; the learned reader sees more and errs more. So a rule's claim
stands unless the reader is sure that its word tells of no event; a proposal without a rule's claim is taken when the reader is sure
of it; and where both tell of one event, the rule's value of each slot stands and the reader's fills what the rule left empty. The
limits are set on coded reports that neither was made on (``training/limits.py``; decision 011).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from standoff.language.reading.events import Read
from standoff.model import AuxMode, Claim, Span


@dataclass(frozen=True, slots=True)
class Limits:
    """Probabilities from which the learned reader is believed."""

    veto: float = 0.1
    """A rule's claim without a means of force, in whose clause no word is an event with at least this, is left out."""
    add: float = 0.97
    """A proposal of at least this, where the rules found nothing, becomes a claim if a party of it is known …"""
    type: float = 0.9
    """… and its type is at least this much likelier than the next."""
    side: float = 0.6
    """A party whose words the reader is at least this sure of fills a side that the rules left empty."""
    unreal: float = 0.6
    """A mark of what is not told as so (may, would, could not confirm) of at least this is added to the rule's."""


LIMITS = Limits()

SPOKEN = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONSULT", "COOPERATE", "AID"}
)
"""Types told in set phrases ("was behind the attack") of which the reader has seen too few to doubt the rules."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A claim that stands, and the rules' and the reader's claim that it was made of."""

    claim: Claim
    by_rules: Claim | None
    proposed: Claim | None
    read: Read | None


def together(
    by_rules: Sequence[Claim],
    proposed: Sequence[tuple[Claim, Read]],
    event_in: Callable[[Span], float],
    limits: Limits = LIMITS,
) -> list[Chosen]:
    """Claims of both readers, each with what it was made of. ``event_in`` gives the highest probability that a word
    of a stretch tells of an event."""
    made: list[Chosen] = []
    taken: set[int] = set()
    for claim in by_rules:
        match = _match(claim, proposed, taken)
        if match is None:
            if claim.event in SPOKEN or claim.modes or event_in(claim.span) >= limits.veto:
                made.append(Chosen(claim, claim, None, None))
            continue
        taken.add(match)
        other, read = proposed[match]
        made.append(Chosen(_filled(claim, other, read, limits), claim, other, read))
    # A proposal at a word that carries a rule's claim, of whatever type, is no second event.
    held = [c.claim.trigger.span for c in made]
    for index, (claim, read) in enumerate(proposed):
        if index in taken or not _sure(claim, read, limits):
            continue
        if any(span.overlaps(claim.trigger.span) for span in held):
            continue
        made.append(Chosen(claim, None, claim, read))
    return made


def _sure(claim: Claim, read: Read, limits: Limits) -> bool:
    """Whether a proposal stands without a rule's claim."""
    sure, second = read.proposal.probability, read.proposal.second[1]
    return sure >= limits.add and sure - second >= limits.type and bool(claim.actor_keys or claim.recipient_keys)


def _match(claim: Claim, proposed: Sequence[tuple[Claim, Read]], taken: set[int]) -> int | None:
    """The proposal that tells of the same event: at the same word, or of the same type in the same clause."""
    best: tuple[int, int] | None = None
    for index, (other, _) in enumerate(proposed):
        if index in taken:
            continue
        at = other.trigger.span
        if at.overlaps(claim.trigger.span) and other.event == claim.event:
            return index
        if other.event == claim.event and _beside(claim, other):
            distance = abs(at.start - claim.trigger.span.start)
            if best is None or distance < best[0]:
                best = (distance, index)
    return best[1] if best is not None else None


def _beside(claim: Claim, other: Claim) -> bool:
    """One's trigger stands in the other's clause."""
    return claim.span.covers(other.trigger.span) or other.span.covers(claim.trigger.span)


def _filled(claim: Claim, other: Claim, read: Read, limits: Limits) -> Claim:
    """The rule's claim with what it lacks from the reader's."""
    sides = {p.role: p.probability for p in sorted(read.proposal.parts, key=lambda p: p.probability)}
    filled = claim
    if not claim.actor_keys and other.actor_keys and sides.get("actor", 0.0) >= limits.side:
        if not other.actor_keys & claim.recipient_keys or len(other.actor_keys) > 1:
            filled = replace(filled, actors=other.actors)
    if not claim.recipient_keys and len(claim.actor_keys) < 2 and other.recipient_keys:
        if sides.get("recipient", 0.0) >= limits.side and (not claim.recipients or claim.event != "CONSULT"):
            filled = replace(filled, recipients=other.recipients)
    flags = read.proposal.flags
    if max(flags["hypothetical"], flags["hedged"]) >= limits.unreal and not claim.aux:
        filled = replace(filled, aux=(AuxMode.HYPOTHETICAL,))
    return replace(
        filled,
        when=claim.when or other.when,
        where=claim.where or other.where,
        modes=claim.modes or other.modes,
        counts=claim.counts or other.counts,
    )
