"""Sentences out of claims: who says so, what, when, where, with which figures, and in which words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from standoff import ontology
from standoff.analysis.brief import Titles
from standoff.analysis.report import How, Part, Sentence
from standoff.model import Asked, AuxMode, Claim, Count, Dispute, Document
from standoff.reconcile.accounts import holders
from standoff.reconcile.dossier import Dossier
from standoff.wording import AUX, Names, clause, clip, figure, in_prose, long_day, sentence_case, state_name

_CODE = re.compile(r"[A-Z]{3}(?:-[A-Z]{3})?")
UNNAMED = "UNK"
CITED = 6
"""Sources that are cited behind one sentence; what a number rests on is all in the report's JSON."""
QUOTED = 160
"""Letters of what somebody said."""
FEW = 3
"""Outlets that are named; of more it is said how many."""
SPOKEN = frozenset({3})
"""Quad class of what one says alone; talks and agreements take two, who may tell them differently."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a report is made of."""

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    dossiers: Sequence[Dossier]
    disputes: Sequence[Dispute]
    names: Names
    since: date
    until: date
    policy: str
    titles: Titles | None = None
    """Headlines and accounts in words; none where only a series is told."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """The headline of each incident."""
    questions: Mapping[str, Sequence[Asked]] = field(default_factory=dict)
    """What each incident asks."""
    unsure: frozenset[str] = frozenset()
    """Disputes that rest on claims that were read less surely."""

    def is_party(self, key: str) -> bool:
        """A party, and no outlet that tells in its own words."""
        return key == UNNAMED or key in self.names or bool(_CODE.fullmatch(key) and state_name(key[:3]))

    def new(self, doc: str) -> bool:
        """The report came in the time that is looked at."""
        published = self.documents[doc].published
        return published is not None and self.since <= published <= self.until

    def name(self, key: str) -> str:
        """A party as a sentence has it."""
        return in_prose(self.names.party(key))

    def outlet(self, doc: str) -> str:
        one = self.documents[doc]
        return one.outlet or one.domain or one.title or one.id


def sentence(*parts: Part | str, cites: Iterable[str] = ()) -> Sentence:
    """Parts and plain words in a row. Cited is a claim of each part, and then the first few of the others."""
    whole = tuple(Part(one) if isinstance(one, str) else one for one in parts if one)
    of_each = dict.fromkeys(part.claims[0] for part in whole if part.claims)
    rest = dict.fromkeys((*cites, *(key for part in whole for key in part.claims)))
    return Sentence(whole, tuple(of_each | rest)[: max(CITED, len(of_each))])


def counted(things: Sequence[str], claims: Iterable[str], word: str, words: str | None = None) -> Part:
    """A number of things, with the word for them."""
    number = len(things)
    said = word if number == 1 else f"{word}s" if words is None else words
    return Part(f"{number:,} {said}".strip(), How.COUNTED, tuple(claims), tuple(things))


def day_part(day: date, claims: Iterable[str]) -> Part:
    return Part(long_day(day), How.TOLD, tuple(claims))


def count_part(count: Count, claim: str) -> Part:
    return Part(figure(count), How.TOLD, (claim,), count=count)


def tellers(held: Held, claims: Sequence[Claim]) -> list[str]:
    """Who answers for the claims: keys of parties, and the names of outlets that tell in their own words."""
    outlets = {c.doc: held.outlet(c.doc) for c in claims}
    return list(dict.fromkeys(key for c in claims for key in holders(c, outlets)))


def called(held: Held, key: str) -> str:
    """A party or an outlet by its name."""
    return "an unnamed source" if key == UNNAMED else held.name(key) if held.is_party(key) else key


def named(held: Held, keys: Sequence[str], claims: Iterable[str]) -> list[Part]:
    """Those who tell, parties first; of many outlets how many they are."""
    words = [Part(called(held, key)) for key in keys if held.is_party(key)]
    outlets = [key for key in keys if not held.is_party(key)]
    words += [Part(key) for key in outlets] if len(outlets) <= FEW else [counted(outlets, claims, "outlet")]
    between = [Part(" and ") if at == len(words) - 2 else Part(", ") for at in range(len(words) - 1)]
    return [part for at, word in enumerate(words) for part in (word, *between[at : at + 1])]


def says(held: Held, claims: Sequence[Claim], verb: str = "say") -> list[Part]:
    """Who answers for the claims, with the verb: several say, one says, outlets report."""
    keys = tellers(held, claims)
    if verb == "say" and not any(held.is_party(key) for key in keys):
        verb = "report"
    if len(keys) == 1:
        verb = {"say": "says", "report": "reports", "deny": "denies"}[verb]
    first, *others = named(held, keys, [c.id for c in claims])
    return [replace(first, text=sentence_case(first.text)), *others, Part(f" {verb}")]


@dataclass(frozen=True, slots=True)
class Saying:
    """One clause, and the claims that say it."""

    text: str
    aux: tuple[AuxMode, ...]
    claims: tuple[Claim, ...]

    @property
    def sides(self) -> int:
        """How many of the two sides it names."""
        return bool(self.claims[0].actor_keys) + bool(self.claims[0].recipient_keys)


def sayings(held: Held, claims: Sequence[Claim]) -> list[Saying]:
    """What is said, the same clause once, what most claims say first."""
    groups: dict[tuple[str, tuple[AuxMode, ...]], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[clause_of(held, claim), claim.aux].append(claim)
    found = [Saying(text, aux, tuple(told)) for (text, aux), told in groups.items()]
    return sorted(found, key=lambda one: -len(one.claims))


def fullest(sayings: Sequence[Saying]) -> Saying:
    """The saying that names most of the sides; of equals what most claims say."""
    return max(sayings, key=lambda one: (AuxMode.NEGATION not in one.aux, one.sides, len(one.claims)))


def clause_of(held: Held, claim: Claim, it: str = "") -> str:
    """What a claim says happened; ``it`` is the key of a party that the sentence has named already."""
    sides = [
        list(
            dict.fromkeys(
                "it" if m.party.key == it else held.name(m.party.key) for m in mentions if m.party.key != "UNK"
            )
        )
        for mentions in (claim.actors, claim.recipients)
    ]
    # Both sides of one name say no more than the first.
    sides[1] = [name for name in sides[1] if name not in sides[0]]
    # Two parties that act together on nobody else do so with each other.
    if len(sides[0]) > 1 and not sides[1] and claim.event in ("CONSULT", "AGREE", "COOPERATE"):
        sides = [sides[0][:1], sides[0][1:]]
    return clause(claim.event, claim.modes, *sides)


def referring(held: Held, claims: Sequence[Claim]) -> str:
    """The clause with "it" for the one state that says so; empty where that would not be English, or several say so."""
    tellers = {key for c in claims for key in holders(c)}
    key = tellers.pop() if len(tellers) == 1 else ""
    if not state_name(key):
        return ""
    text = clause_of(held, claims[0], key)
    return "" if re.search(r"\bof it\b|\band it\b|\bit and\b|\bit,|, it\b", text) else text


def say(held: Held, saying: Saying) -> Sentence:
    """A saying as a sentence: who says so, what, when, where, with which figures, and in which words."""
    claims = saying.claims
    counted = any(c.counts for c in claims)
    quoted = max(claims, key=telling)
    own = all(not c.sources and c.actor_keys and set(holders(c)) <= c.actor_keys for c in claims)
    if own and not saying.aux and not counted and ontology.quad(quoted.event) in SPOKEN:
        # What somebody says is their own account of it, in words that need no others.
        first, *others = named(held, tellers(held, claims), [c.id for c in claims])
        who = [replace(first, text=sentence_case(first.text)), *others]
        return sentence(*who, ": ", quote(quoted), ".", cites=(c.id for c in claims))
    parts: list[Part | str] = []
    if AuxMode.NEGATION in saying.aux:
        parts += [*says(held, claims, "deny"), f" that {referring(held, claims) or saying.text}"]
    elif own:
        parts.append(sentence_case(saying.text))
    else:
        parts += [*says(held, claims), f" that {referring(held, claims) or saying.text}"]
    days = list(dict.fromkeys(c.when.start for c in claims if c.when is not None and c.when.start is not None))
    if len(days) == 1:
        parts += [" on ", day_part(days[0], (c.id for c in claims if c.when is not None and c.when.start == days[0]))]
    places = list(dict.fromkeys(c.where.name for c in claims if c.where is not None and c.where.precision != "country"))
    notes = [*places[: len(places) == 1], *(AUX[mode] for mode in saying.aux if mode is not AuxMode.NEGATION)]
    if notes:
        parts.append(f" ({'; '.join(notes)})")
    parts += told_figures(held, claims) if counted else [": ", quote(quoted)]
    return sentence(*parts, ".", cites=(c.id for c in claims))


def told_figures(held: Held, claims: Sequence[Claim]) -> list[Part | str]:
    """The figures of the claims; where several tell, each with whose it is, and those who tell alike together."""
    told: dict[str, dict[str, Part]] = {}
    for claim in claims:
        for who in tellers(held, [claim]):
            for count in claim.counts:
                told.setdefault(who, {}).setdefault(figure(count), count_part(count, claim.id))
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, figures in told.items():
        alike.setdefault(tuple(sorted(figures)), []).append(who)
    parts: list[Part | str] = []
    for whose in alike.values():
        parts.append("; " if parts else ": ")
        if len(alike) > 1:
            gives = " gives " if len(whose) == 1 else " give "
            parts += [*named(held, whose, [c.id for c in claims]), gives]
        for at, part in enumerate(told[whose[0]].values()):
            parts += [", " if at else "", part]
    return parts


def telling(claim: Claim) -> tuple[bool, bool, int, int]:
    """How well the words of a claim can be quoted: they name who acts, are not cut, and say more than others."""
    own = any(claim.span.start <= m.span.start < claim.span.end for m in claim.actors or claim.recipients)
    whole = len(claim.text) <= QUOTED
    return own, whole, len(claim.text) if whole else -len(claim.text), -claim.span.start


def quote(claim: Claim) -> Part:
    words = clip(" ".join(claim.text.split()), QUOTED)
    return Part(f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}", How.TOLD, (claim.id,))


def where_and_when(held: Held, one: Dossier) -> tuple[Part, ...]:
    """Where and when an incident was, to lead a sentence."""
    parts = [Part(one.place)] if one.place else []
    if one.start is not None:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        dated = [c.id for c in told if c.when is not None and c.when.start == one.start] or [c.id for c in told]
        parts += [Part(", " if parts else ""), day_part(one.start, dated)]
    return (*parts, Part(": ")) if parts else ()


def capital(one: Sentence) -> Sentence:
    first, *others = one.parts
    return replace(one, parts=(replace(first, text=sentence_case(first.text)), *others))
