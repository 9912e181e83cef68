"""One incident laid out for its questions: its claims in the order of telling, and who holds each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from standoff import bodies as bodies_
from standoff import lexicon
from standoff.model import (
    BLOCS,
    AuxMode,
    Bound,
    Claim,
    DisputeKind,
    Document,
    Holds,
    Incident,
    Question,
    Turn,
    shared_code,
)
from standoff.reconcile import known, organs, soundness, titles
from standoff.reconcile.accounts import holders
from standoff.reconcile.facts import SPEECH, Facts
from standoff.reconcile.pairs import Weights, likeness, model

ONE = 0.15
"""From so likely on, taken alone, two claims of an incident are set against each other."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What is known of the reports: when, by whom, whose voice."""

    published: Mapping[str, date | None]
    outlets: Mapping[str, str]
    voices: Mapping[str, str]
    weights: Weights
    groups: frozenset[str]
    """Names of no known state or body that several reports quote: a group, not a passer-by."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """Of all claims that named parties hold, the share of each."""
    bodies: Mapping[str, str] = field(default_factory=dict)
    """Whose body or organ an outlet is: a state's, a bloc's, an armed group's."""
    papers: frozenset[str] = frozenset()
    """Outlets that only tell what others say: not organisations, bodies of no known state, and papers of a side that fights."""
    fighting: frozenset[str] = frozenset()
    """Who uses force or suffers it in a good part of what is told of force: whose truce it is, and not the mediator's."""

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim],
        documents: Sequence[Document],
        voices: Mapping[str, str],
        weights: Weights,
    ) -> Archive:
        outlets = {d.id: d.outlet for d in documents if d.outlet}
        quoted: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            for source in claim.sources[:1]:
                if source.mention.party.code == "UNK" and source.mention.party.name:
                    quoted[source.mention.party.name].add(claim.doc)
        groups = frozenset(name for name, docs in quoted.items() if len(docs) > 1)
        armed = _armed(claims)
        bodies = {
            outlet: body for outlet in set(outlets.values()) if (body := body_of(outlet) or _of_group(outlet, armed))
        }
        sides = organs.fighting(claims)
        at_war = {key.split("-")[0] for key in sides if shared_code(key)[0].endswith("-REB")} & sides
        if len(at_war) == 1:
            # "Information Office" names no state: where one fights rebels, it is that one's.
            bodies |= {
                outlet: min(at_war) for outlet in set(outlets.values()) - bodies.keys() if bodies_.named("body", outlet)
            }
        bodies |= dict(organs.of(claims, documents, bodies, sides))
        # An organisation's own report and what others quote of it are one account.
        spoken = {s.mention.party for c in claims for s in c.sources if s.mention.party.alone}
        bodies |= {party.name: party.key for party in spoken if speaks_for_itself(party.name)}
        archive = cls(
            {d.id: d.published for d in documents},
            outlets,
            voices,
            weights,
            groups,
            bodies=bodies,
            papers=frozenset(outlets.values()) - _speaking(documents),
        )
        held = Counter(p for c in claims for p in archive.holders(c) if not archive.is_outlet(p))
        return replace(archive, shares={party: n / held.total() for party, n in held.items()}, fighting=sides)

    def order(self, claim: Claim) -> tuple[date, str, int, str]:
        return self.published.get(claim.doc) or date.min, claim.doc, claim.span.start, claim.id

    def holders(self, claim: Claim) -> tuple[str, ...]:
        """Who holds a claim: a named party, by its key or name; the outlet where it speaks for itself, or, where the outlet
        is a body of a state, that state. Nobody in particular ("residents said") holds nothing."""
        found = []
        for key in holders(claim, self.outlets):
            if key == "UNK":
                key = claim.sources[0].mention.party.name if claim.sources else ""
                key = key if key in self.groups else ""
            else:
                key = self.bodies.get(key, key)
            if key:
                found.append(key)
        return tuple(dict.fromkeys(found))

    def is_outlet(self, party: str) -> bool:
        """Whether a party is an outlet that only tells what others say."""
        return party.startswith("outlet:") or party in self.papers


def _speaking(documents: Sequence[Document]) -> set[str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.outlet:
            texts[document.outlet].append(document.text)
    return {
        outlet
        for outlet, held in texts.items()
        if speaks_for_itself(outlet) or bodies_.speaks_as_side(held, body=bodies_.named("body", outlet))
    }


@cache
def body_of(outlet: str) -> str:
    """The state or bloc whose body an outlet is by its name: its own statements are that one's word. Empty for a newspaper.

    >>> body_of("Ministry of Defence of Sudan"), body_of("Sudan Tribune"), body_of("UN Field Desk"), body_of("State House Abuja")
    ('SDN', '', 'UNO', 'NGA')
    """
    for entry in lexicon.load("bodies")["bloc"]:
        if bodies_.whole(entry["words"]).match(outlet):
            return str(entry["code"])
    return organs.land_of(outlet) if bodies_.named("body", outlet) else ""


def speaks_for_itself(outlet: str) -> bool:
    """Whether an outlet is an organisation by its name, whose figures are its own.

    >>> speaks_for_itself("Sahel Casualty Watch"), speaks_for_itself("Lagos Ledger")
    (True, False)
    """
    return bodies_.named("organisation", outlet)


def _armed(claims: Sequence[Claim]) -> dict[str, str]:
    """The armed groups that reports name, with their letters: "Northern Hills Army", "NHA"."""
    found: dict[str, str] = {}
    for party in known.marked(claims):
        found |= {name: party.key for name in (party.name, known.letters(party.name)) if name}
    return found


def _of_group(outlet: str, armed: Mapping[str, str]) -> str:
    """The armed group whose name an outlet bears: "NHA Bulletin"."""
    told = {key for name, key in armed.items() if re.search(rf"\b{re.escape(name)}\b", outlet)}
    return told.pop() if len(told) == 1 else ""


@dataclass(slots=True)
class Draft:
    """A party's line in the making."""

    party: str
    claims: list[Claim]
    value: str
    holds: Holds = Holds.OPEN
    low: int | None = None
    high: int | None = None
    bound: Bound = Bound.EXACT
    as_of: date | None = None
    series: list[Turn] = field(default_factory=list)


@dataclass(slots=True)
class Put:
    """A question put to an incident, with its lines, and the kind of dispute where two of them part."""

    question: Question
    text: str
    lines: list[Draft]
    subject: str = ""
    kind: DisputeKind | None = None
    parting: frozenset[str] = frozenset()
    """The parties that part from some other."""
    apart: float = 1.0
    """How far, from 0 to 1."""
    found: float = 0.0
    """How likely their comparator holds it that two of them part; 0 where it does not weigh."""
    reason: str = ""
    settled: bool = False
    narrowed: bool = False


class Scene:
    """An incident with its claims."""

    def __init__(
        self, incident: Incident, claims: Iterable[Claim], facts: Mapping[str, Facts], archive: Archive
    ) -> None:
        self.incident = incident
        self.archive = archive
        self.told = sorted(claims, key=archive.order)
        self.facts = facts
        self._known: dict[tuple[str, str], float] = {}
        named = Counter(key for c in self.told for key in c.actor_keys | c.recipient_keys)
        self.sides = frozenset(named)
        """Who acts in it or suffers it, by any account."""
        speaking = Counter(p for c in self.told for p in archive.holders(c) if not archive.is_outlet(p))
        self.opposed = self.sides | {
            p for p, n in speaking.items() if p.split("-")[0] not in BLOCS and 6 * n >= len(self.told)
        }
        """The sides, and the states and groups that hold a good part of what is told: whose word against whose."""
        acts = Counter(act for c in self.told for act in facts[c.id].acts)
        self.act = min(acts, key=lambda act: (-acts[act], act)) if acts else ""
        events = Counter(c.event for c in self.told if c.event not in SPEECH)
        self.event = min(events, key=lambda e: (-events[e], e)) if events else "ASSAULT"

    @cached_property
    def heading(self) -> titles.Heading:
        """What its headline is made of."""
        return titles.heading(self)

    @cached_property
    def title(self) -> str:
        """Its headline, made from its claims; each of its questions is asked under it."""
        return titles.of_scene(self, self.heading)

    @cached_property
    def sound(self) -> float:
        """How likely it is one happening, of the kind that its headline says."""
        return soundness.likelihood(self)

    def holders(self, claim: Claim) -> tuple[str, ...]:
        return self.archive.holders(claim)

    def named(self, party: str) -> bool:
        return not self.archive.is_outlet(party)

    def likely(self, a: Claim, b: Claim) -> float:
        """How likely two of its claims tell of one happening, taken alone."""
        if a.id == b.id:
            return 1.0
        two = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if two not in self._known:
            first, second = (self.facts[key] for key in two)
            self._known[two] = likeness(first, second, self.archive.weights, model())
        return self._known[two]

    def real(self) -> list[Claim]:
        """Claims that tell of what was done, or denied."""
        return [c for c in self.told if not {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(c.aux)]

    def by_party(self, claims: Iterable[Claim]) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in claims:
            for party in self.holders(claim):
                found.setdefault(party, []).append(claim)
        return found


def scenes(
    incidents: Iterable[Incident], claims: Mapping[str, Claim], facts: Mapping[str, Facts], archive: Archive
) -> list[Scene]:
    """Every incident with its claims."""
    return [Scene(one, (claims[key] for key in one.claims if key in claims), facts, archive) for one in incidents]
