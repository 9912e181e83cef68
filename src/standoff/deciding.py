"""Between two readers: what the rules found and what the learned reader proposes become one list of claims.

Each has its own way of being wrong: the rules are exact where their patterns hold and blind elsewhere, the learned reader sees more
and errs more. So both are heard, and small logistic models decide: whether there is an event at all, of whose type, and for each slot
in which the two part, whose value stands. Their weights are in ``language/data/deciding.toml``; ``training/deciding.py`` fits them to
coded texts that neither reader was made on (decision 011).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import exp, log

from standoff import confidence
from standoff.language.nearby import Nearby
from standoff.language.reading import Reading
from standoff.language.reading.decode import Part
from standoff.language.reading.events import EXACT, Read
from standoff.model import FORCE, SPOKEN, AuxMode, Claim, Mention, Span, Where

Features = dict[str, float]
_Sides = tuple[frozenset[str], frozenset[str]]
Weights = Mapping[str, Mapping[str, float]]

ENOUGH = 0.42
"""A claim stands from this probability that its event is told."""
DENIED = 0.3
"""A denial by somebody known from this one: of those between the two in coded texts 8 of 11 are told, of all else half, and on news
hardly any."""
LIKELIER = 0.5
"""The reader's parties of a side, or its place, stand from this probability that they are the right ones; below it what is held stays."""
OTHERWISE = 0.6
"""The same of its source, of which the rules know more."""
TYPED = 0.8
"""The reader's type stands from this probability on: the rules know the codebook's types better than it does."""
_CLOSE = 150
"""Characters."""
_FLAGS = {AuxMode.HYPOTHETICAL: ("hypothetical", "hedged")}


@dataclass(frozen=True, slots=True)
class Pair:
    """What the two readers make of one event; one of them may have seen none."""

    rules: Claim | None
    proposed: Claim | None
    read: Read | None
    judged: bool = False
    """Whether the rules have it of who calls an account untrue or somebody responsible: whole constructions, of which the learned
    reader marks another word."""

    @property
    def first(self) -> Claim:
        """The claim that the other's values are put into."""
        claim = self.rules if self.rules is not None else self.proposed
        assert claim is not None
        return claim


@dataclass(frozen=True, slots=True)
class Chosen:
    """A claim that stands, what it was made of, and the probabilities that decided: of the event, and, by slot in which
    the two part, that the reader's value is the right one."""

    claim: Claim
    by_rules: Claim | None
    proposed: Claim | None
    read: Read | None
    told: float
    slots: Mapping[str, float]


def together(
    by_rules: Sequence[Claim],
    proposed: Sequence[tuple[Claim, Read]],
    reading: Reading,
    by: Weights | None = None,
    judged: Collection[Span] = (),
) -> list[Chosen]:
    """Claims of both readers, each with what it was made of; ``judged``: the triggers of ``claims.answers``."""
    held = by if by is not None else weights()
    made: list[Chosen] = []
    found = pairs(by_rules, proposed, judged)
    others = Beside(found)
    for pair in found:
        slots: dict[str, float] = {}
        claim = _typed(pair, reading, held, slots)
        told = probability(event(pair, claim, reading, others), held["event"])
        if told < DENIED:
            continue
        if pair.read is not None:
            claim = _filled(pair, claim, held, slots, others.times)
        if told < _enough(claim):
            continue
        made.append(Chosen(claim, pair.rules, pair.proposed, pair.read, told, slots))
    return made


def _enough(claim: Claim) -> float:
    """From which probability that its event is told a claim stands."""
    if claim.event == "REJECT":
        return DENIED if claim.actor_keys else ENOUGH
    known = any(s.mention.party.code != "UNK" for s in claim.sources[:1])
    return DENIED if known and AuxMode.NEGATION in claim.aux else ENOUGH


def _near(claims: Iterable[Claim]) -> Nearby:
    return Nearby(map(_stretch, claims))


def _stretch(claim: Claim) -> tuple[int, int]:
    """From the first to the last character of a claim's clause and its trigger."""
    spans = (claim.span, claim.trigger.span)
    return min(s.start for s in spans), max(s.end for s in spans)


def pairs(
    by_rules: Sequence[Claim], proposed: Sequence[tuple[Claim, Read]], judged: Collection[Span] = ()
) -> list[Pair]:
    """Each event once: at the same word, or of the same type in the same clause, both readers tell of one."""
    near_proposed = _near(claim for claim, _ in proposed)
    taken: dict[int, int] = {}
    used: set[int] = set()
    for alike in (_same, _alike, _at):
        for n, claim in enumerate(by_rules):
            if n in taken:
                continue
            free = [
                m for m in near_proposed.touching(*_stretch(claim)) if m not in used and alike(claim, proposed[m][0])
            ]
            if free:
                taken[n] = min(free, key=lambda m: abs(_start(proposed[m][0]) - _start(claim)))
                used.add(taken[n])
    made = []
    for n, claim in enumerate(by_rules):
        other, seen = proposed[taken[n]] if n in taken else (None, None)
        made.append(Pair(claim, other, seen, claim.trigger.span in judged))
    # A proposal at a word that carries a rule's claim already is no second event.
    near_rules = _near(by_rules)
    for m, (claim, read) in enumerate(proposed):
        if m not in used and not any(_at(by_rules[n], claim) for n in near_rules.touching(*_stretch(claim))):
            made.append(Pair(None, claim, read))
    return made


class Beside:
    """What else a report tells, by type: what stands near a claim, and what was told before it."""

    def __init__(self, found: Sequence[Pair]) -> None:
        self._by_rules: dict[str, list[Claim]] = defaultdict(list)
        self.times = frozenset(p.rules.when.span for p in found if p.rules is not None and p.rules.when is not None)
        self._earliest: dict[str, dict[_Sides, int]] = defaultdict(dict)
        for pair in found:
            claim = pair.first
            if pair.rules is not None:
                self._by_rules[claim.event].append(claim)
            sides, at = (claim.actor_keys, claim.recipient_keys), _start(claim)
            self._earliest[claim.event][sides] = min(at, self._earliest[claim.event].get(sides, at))
        self._near = {event: _near(claims) for event, claims in self._by_rules.items()}

    def near(self, claim: Claim, but: Pair) -> list[Claim]:
        """Claims of the rules of this type around a claim, but for the pair's own."""
        if claim.event not in self._near:
            return []
        (first, last), at, held = _stretch(claim), _start(claim), self._by_rules[claim.event]
        near = self._near[claim.event].touching(min(first, at - _CLOSE), max(last, at + _CLOSE))
        return [held[n] for n in near if held[n] is not but.rules]

    def told_before(self, claim: Claim) -> bool:
        """Of the same sides, earlier in the report: what comes again in a noun is often the same deed."""
        own, theirs = claim.actor_keys, claim.recipient_keys
        for (actors, recipients), at in self._earliest[claim.event].items():
            same_actor, same_recipient = bool(own) and own <= actors, bool(theirs) and theirs <= recipients
            if at < _start(claim) and ((same_actor and (same_recipient or not theirs)) or (same_recipient and not own)):
                return True
        return False


def _start(claim: Claim) -> int:
    return claim.trigger.span.start


def _same(one: Claim, other: Claim) -> bool:
    return one.event == other.event and _at(one, other)


def _alike(one: Claim, other: Claim) -> bool:
    return one.event == other.event and (one.span.covers(other.trigger.span) or other.span.covers(one.trigger.span))


def _at(one: Claim, other: Claim) -> bool:
    return one.trigger.span.overlaps(other.trigger.span)


# ---------------------------------------------------------------------------- what each question is decided by


def event(pair: Pair, claim: Claim, reading: Reading, others: Beside) -> Features:
    """Whether the event is told, and not told already: which reader saw it, how sure the learned one is of its word and its
    clause, and what stands beside it."""
    at = reading.event_in(claim.trigger.span)
    # Where the two part over the type alone, that something is told is not in doubt.
    types = {claim.event} | ({pair.read.proposal.event} if pair.read is not None else set())
    typed = max(reading.type_in(claim.trigger.span, one) for one in types)
    kind = "rules" if pair.read is None else "reader" if pair.rules is None else "both"
    near = others.near(claim, pair)
    own: Features = {
        "one": 1.0,
        "word": _logit(at),
        "clause": _logit(reading.event_in(claim.span)),
        "type": _logit(typed),
        "type in clause": _logit(max(reading.type_in(claim.span, one) for one in types)),
        "spoken": float(claim.event in SPOKEN),
        "force": float(claim.event in FORCE),
        "actor": float(bool(claim.actor_keys)),
        "recipient": float(bool(claim.recipient_keys)),
        "figure": float(bool(claim.counts)),
        "means": float(bool(claim.modes)),
        "no side": float(not claim.actor_keys and not claim.recipient_keys),
        "noun": float(pair.read is not None and pair.read.noun),
        "in one clause": float(any(_alike(claim, other) for other in near)),
        "close": float(any(abs(_start(claim) - _start(other)) < _CLOSE for other in near)),
        "told before": float(others.told_before(claim)),
        "judged": float(pair.judged and bool(claim.actor_keys)),
    }
    return {f"{kind}: {name}": value for name, value in own.items()}


def type_(pair: Pair, reading: Reading) -> Features:
    """Whether the reader's type of an event stands against the rules'."""
    assert pair.rules is not None
    assert pair.proposed is not None
    span = pair.proposed.trigger.span
    return {
        "one": 1.0,
        "reader's": _logit(reading.type_in(span, pair.proposed.event)),
        "rules'": _logit(reading.type_in(span, pair.rules.event)),
        "rules spoken": float(pair.rules.event in SPOKEN),
        "rules force": float(pair.rules.event in FORCE),
        "reader spoken": float(pair.proposed.event in SPOKEN),
        "reader force": float(pair.proposed.event in FORCE),
    }


def side(role: str, own: tuple[Mention, ...], other: tuple[Mention, ...], read: Read, claim: Claim) -> Features:
    """Whether the reader's parties of a role stand against those held so far."""
    mine, theirs = _keys(own), _keys(other)
    parts = read.proposal.role(role)
    across = {"actor": claim.recipients, "recipient": claim.actors}.get(role, ())
    found: Features = {
        "one": 1.0,
        "none held": float(not own),
        "unknown held": float(bool(own) and not mine),
        "none read": float(not other),
        "unknown read": float(bool(other) and not theirs),
        "words": _logit(max((p.probability for p in parts), default=0.5)),
        "tie": read.sure.get(role, 0.0),
        "held for its words": _logit(_least(read, role, mine)) if mine and parts else 0.0,
        "read for its words": _logit(_least(read, role, theirs)) if theirs and parts else 0.0,
        "held is the other side": float(bool(mine) and mine == _keys(across)),
        "read is the other side": float(bool(theirs) and theirs == _keys(across)),
        "more": float(mine < theirs),
        "fewer": float(theirs < mine and bool(theirs)),
        "same state": float(bool({k[:3] for k in mine} & {k[:3] for k in theirs})),
        "same words": float(_overlap((m.span for m in own), parts)),
        "both known": float(bool(mine) and bool(theirs)),
        "force": float(claim.event in FORCE),
        "spoken": float(claim.event in SPOKEN),
    }
    return found


def _least(read: Read, role: str, keys: frozenset[str]) -> float:
    """How likely the reader's words in a role mean the least likely of some parties."""
    return min(read.likely.get(role, {}).get(key, 0.0) for key in keys)


def place(own: Where, other: Where, read: Read, claim: Claim) -> Features:
    """Whether the reader's place of an event stands against the rules'."""
    trigger = claim.trigger.span
    parts = read.proposal.role("place")
    return {
        "one": 1.0,
        "words": _logit(max((p.probability for p in parts), default=0.5)),
        "read is where it was done": float(_overlap((other.span,), parts)),
        "held in the clause": float(claim.span.covers(own.span)),
        "read in the clause": float(claim.span.covers(other.span)),
        "held before": float(own.span.start < trigger.start),
        "read before": float(other.span.start < trigger.start),
        "held nearer": float(_away(own.span, trigger) < _away(other.span, trigger)),
        "held finer": float(EXACT[own.precision] < EXACT[other.precision]),
        "read finer": float(EXACT[own.precision] > EXACT[other.precision]),
        "same country": float(own.country == other.country),
        "held is a country": float(own.precision == "country"),
        "read is a country": float(other.precision == "country"),
    }


def _away(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def mode(name: AuxMode, held: bool, read: Read, claim: Claim) -> Features:
    """Whether an event is told under an auxiliary mode (negation, future …)."""
    sure = max(read.proposal.flags.get(flag, 0.0) for flag in _FLAGS.get(name, (name.value,)))
    return {
        f"{name.value}: one": 1.0,
        f"{name.value}: held": float(held),
        f"{name.value}: read": _logit(sure),
        "held": float(held),
        "read": _logit(sure),
        "spoken": float(claim.event in SPOKEN),
        "read, spoken": _logit(sure) * float(claim.event in SPOKEN),
    }


def right(claim: Claim, chosen: Chosen) -> Features:
    """Whether type, actor, recipient and source of a claim are all right."""
    sure = 1.0
    for slot, p in chosen.slots.items():
        if slot != "place":
            sure *= max(p, 1 - p)
    return {
        **confidence.features(claim),
        "told": _logit(chosen.told),
        "both": float(chosen.by_rules is not None and chosen.read is not None),
        "by reader alone": float(chosen.by_rules is None),
        "doubt": 1 - sure,
    }


def how_sure(claim: Claim, chosen: Chosen) -> float:
    """The confidence of a claim: the probability that a coder would find its type, actor, recipient and source right."""
    return confidence.probability(right(claim, chosen), weights()["right"])


# ---------------------------------------------------------------------------- deciding


def _typed(pair: Pair, reading: Reading, by: Weights, slots: dict[str, float]) -> Claim:
    claim = pair.first
    if pair.rules is None or pair.proposed is None or pair.rules.event == pair.proposed.event:
        return claim
    slots["event"] = probability(type_(pair, reading), by["type"])
    if slots["event"] < TYPED:
        return claim
    return replace(claim, event=pair.proposed.event, modes=pair.proposed.modes, aux=pair.proposed.aux)


def _filled(pair: Pair, claim: Claim, by: Weights, slots: dict[str, float], times: frozenset[Span]) -> Claim:
    """The claim with each slot's likelier value.

    ``times`` are those that the rules give to some event: where they see this one and give it none, it is not told by another's
    ("struck the town despite a truce agreed in December").
    """
    read, other = pair.read, pair.proposed
    assert read is not None
    assert other is not None
    if pair.rules is not None:
        # Of what was repelled, foiled or shot down the rules know whose it was; and two readers who name the same two sides
        # of a clash or a meeting agree, whichever of them tells them apart.
        settled = AuxMode.ATTEMPTED in pair.rules.aux or (
            _both_sides(claim) is not None and len(claim.actor_keys) > 1 and _both_sides(claim) == _both_sides(other)
        )
        # "India lost five jets": who bears it for one reader and does it for the other, with nobody who bears it then.
        settled = settled or (
            bool(other.actor_keys) and other.actor_keys <= claim.recipient_keys and not other.recipient_keys
        )
        for role in () if settled else ("actor", "recipient"):
            own = getattr(claim, f"{role}s")
            theirs = getattr(other, f"{role}s")
            if parted(own, theirs):
                slots[role] = probability(side(role, own, theirs, read, claim), by[role])
                if slots[role] >= LIKELIER:
                    claim = replace(claim, **{f"{role}s": theirs})
        if read.reciprocal and slots.get("actor", 0.0) >= LIKELIER:
            claim = replace(claim, recipients=())
        elsewhere = other.when is not None and other.when.span in times
        claim = replace(
            claim,
            when=claim.when or (None if elsewhere else other.when),
            where=_where(claim, other, read, by, slots),
            modes=claim.modes or other.modes,
            counts=claim.counts or other.counts,
        )
    own = tuple(s.mention for s in claim.sources[:1])
    theirs = tuple(s.mention for s in read.sources[:1])
    if claim.event not in SPOKEN and parted(own, theirs):
        slots["source"] = probability(side("source", own, theirs, read, claim), by["source"])
        if slots["source"] >= OTHERWISE:
            claim = replace(claim, sources=read.sources)
    held = set(pair.rules.aux) if pair.rules is not None else set()
    came = read.event != read.proposal.event and claim.event == read.event
    sure = {m: probability(mode(m, m in held, read, claim), by["mode"]) for m in AuxMode}
    if came:  # what is to come is told by its type
        sure[AuxMode.FUTURE] = 0.0
    if AuxMode.ATTEMPTED in held:
        sure[AuxMode.ATTEMPTED] = 1.0
    told = tuple(m for m in AuxMode if sure[m] >= 0.5)
    if told != claim.aux:
        slots["really"] = max(
            (sure[m] if m in told else 1 - sure[m]) for m in AuxMode if (m in told) != (m in claim.aux)
        )
        claim = replace(claim, aux=told)
    return claim


def _where(claim: Claim, other: Claim, read: Read, by: Weights, slots: dict[str, float]) -> Where | None:
    if claim.where is None or other.where is None or claim.where.name == other.where.name:
        return claim.where or other.where
    slots["place"] = probability(place(claim.where, other.where, read, claim), by["place"])
    return other.where if slots["place"] >= LIKELIER else claim.where


def _both_sides(claim: Claim) -> frozenset[str] | None:
    """The parties of an act that has two, if each is known."""
    keys = claim.actor_keys | claim.recipient_keys
    return keys if len(keys) > 1 else None


def parted(own: Iterable[Mention], other: Iterable[Mention]) -> bool:
    """Whether two readers name different parties, or one of them somebody unknown where the other names nobody."""
    own, other = tuple(own), tuple(other)
    return _keys(own) != _keys(other) or (not _keys(own) and bool(own) != bool(other))


def _keys(items: Iterable[Mention]) -> frozenset[str]:
    return frozenset(m.party.key for m in items) - {"UNK"}


def _overlap(own: Iterable[Span], parts: tuple[Part, ...]) -> bool:
    return any(span.start < p.end and p.start < span.end for span in own for p in parts)


def _logit(p: float) -> float:
    """Log-odds over four, so that it weighs about as much as a yes or no."""
    p = min(0.9997, max(0.0003, p))
    return log(p / (1 - p)) / 4


def probability(shown: Mapping[str, float], by: Mapping[str, float]) -> float:
    """What a logistic model makes of features."""
    total = sum(by.get(name, 0.0) * value for name, value in shown.items())
    return 1 / (1 + exp(-min(30.0, max(-30.0, total))))


@cache
def weights() -> Weights:
    """The weights in use, by question and feature."""
    text = (resources.files("standoff.language") / "data" / "deciding.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = tomllib.loads(text)
    return found
