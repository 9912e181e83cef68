"""What each party holds about an incident, drawn from its claims, newest figure last."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.bodies import independent
from standoff.model import (
    MANY,
    OPPOSITION,
    PEOPLE,
    SPOKEN,
    Account,
    Answer,
    AuxMode,
    Claim,
    Document,
    Incident,
    Party,
    Question,
)
from standoff.reconcile.told import denies

CIVIL = frozenset({"CVL", "LAB", "REL"})
"""Residents, workers and churches: never their state's word. A ministry of health has MED, an agency JRN."""


PRONOUNS = frozenset("it them him her us me you this that these those one ones some all both".split())
"""Words of a claim that say nothing of what was hit when they stand alone."""


def holders(claim: Claim, outlets: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Keys of the parties that hold a claim: its source, the speaker of a speech act, else the outlet itself."""
    actors = [m.party for m in claim.actors]
    # Who says that another denies it denies nothing: the denial is the other's.
    codes = {p.code for p in actors} - {"UNK"}
    another = codes and codes.isdisjoint(s.mention.party.code for s in claim.sources)
    sources = () if another and claim.event == "REJECT" and denies(claim) else claim.sources
    told = tellers(claim.event, actors, [(s.mention.party, s.cue_span) for s in sources])
    return told or ((outlets or {}).get(claim.doc, f"outlet:{claim.doc}"),)


def tellers(event: str, actors: Sequence[Party], sources: Sequence[tuple[Party, object]]) -> tuple[str, ...]:
    """Keys of the parties that answer for a claim, of its actors and of its sources with the places of their cues.

    None is the outlet's own voice, and so is what it has from a news medium that speaks for no side. Residents do not speak for
    their state, nor do medics and the like who lay a deed to it: they are its people ("SYR-CVL"); nor does its opposition
    ("SYR-OPP").
    """
    sources = [(party, cue) for party, cue in sources if not independent(party.name)]
    if sources:
        accused = {party.code for party in actors}
        return tuple(dict.fromkeys(_account(p, accused) for p, cue in sources if cue == sources[0][1]))
    if event in SPOKEN:
        return tuple(dict.fromkeys(_account(party, ()) for party in actors if party.code != "UNK"))
    return ()


def _account(party: Party, accused: Collection[str]) -> str:
    """Whose account the words of a party are, whoever it accuses."""
    sectors = frozenset(party.sectors)
    if party.code in MANY:
        return party.key  # the doctors of an organisation are no people that it holds
    if OPPOSITION in sectors and sectors <= CIVIL | {OPPOSITION}:
        return f"{party.code}-{OPPOSITION}" if party.code != "UNK" else party.key
    people = bool(sectors) and (sectors <= CIVIL or (party.code in accused and sectors <= PEOPLE))
    return f"{party.code}-CVL" if people else party.key


def draw(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    documents: Sequence[Document] = (),
    voices: Mapping[str, str] | None = None,
) -> tuple[Account, ...]:
    """Accounts of every incident, by party; claims in the order of publication, then of the text."""
    published = {d.id: d.published for d in documents}
    outlets = {d.id: d.outlet for d in documents if d.outlet}
    found = []
    for incident in incidents:
        by_party: dict[str, list[Claim]] = defaultdict(list)
        for key in incident.claims:
            claim = claims[key]
            for party in holders(claim, outlets):
                by_party[party].append(claim)
        for party, held in sorted(by_party.items()):
            held.sort(key=lambda c: (published.get(c.doc) or date.min, c.doc, c.span.start, c.trigger.span.start, c.id))
            counts = tuple(count for claim in held for count in claim.counts)
            given = answers(held, published, voices or {})
            found.append(Account(incident.id, party, tuple(c.id for c in held), counts, given))
    return tuple(found)


def answers(
    held: Sequence[Claim], published: Mapping[str, date | None], voices: Mapping[str, str]
) -> tuple[Answer, ...]:
    """What a party's claims answer to each question, a value once, in the order of first telling."""
    carried: dict[tuple[Question, str], list[Claim]] = defaultdict(list)
    for claim in held:
        for question, value in of_claim(claim):
            if claim not in carried[(question, value)]:
                carried[(question, value)].append(claim)
    found = []
    for (question, value), told in carried.items():
        days = [day for c in told if (day := published.get(c.doc)) is not None]
        origins = tuple(sorted({voices[c.id] for c in told if c.id in voices}))
        ids = tuple(c.id for c in told)
        found.append(Answer(question, value, ids, origins, min(days, default=None), max(days, default=None)))
    order = list(Question)
    return tuple(sorted(found, key=lambda a: order.index(a.question)))


def called(text: str) -> tuple[str, ...]:
    """What the words call a deed in law or in morals (``lexicon/characterisations.toml``), in the order of the text.

    >>> called("France accused Syria of a massacre and of war crimes")
    ('massacre', 'war crime')
    """
    pattern, names = _called()
    return tuple(dict.fromkeys(names[found.lower().removesuffix("s")] for found in pattern.findall(text)))


@cache
def _called() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {w.removesuffix("s"): e["name"] for e in lexicon.load("characterisations")["called"] for w in e["words"]}
    words = sorted(names, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE), names


def of_claim(claim: Claim) -> Iterator[tuple[Question, str]]:
    """The answers of one claim. Of an accusation the accused did it, as the accuser holds; a denial answers nothing
    but that it denies."""
    if claim.event == "REJECT":
        yield Question.OUTCOME, "denies it"
        return
    denied = "not " if AuxMode.NEGATION in claim.aux else ""
    for mention in claim.recipients if claim.event == "ACCUSE" else claim.actors:
        yield Question.WHO, denied + mention.party.key
    for name in called(claim.text):
        yield Question.CALLED, denied + name
    if claim.event == "ACCUSE":
        return
    for mention in claim.recipients:
        yield Question.WHOM, mention.party.key
    yield Question.WHAT, f"{denied}{claim.event} ({', '.join(claim.modes)})" if claim.modes else denied + claim.event
    for target in claim.targets:
        if target.lower() in PRONOUNS:
            continue
        yield Question.WHAT, target
    for count in claim.counts:
        yield Question.HOW_MANY, f"{count.kind.value}: {count.text}"
    if claim.when is not None:
        yield Question.WHEN, claim.when.start.isoformat() if claim.when.start is not None else claim.when.text
    if claim.where is not None:
        yield Question.WHERE, claim.where.name
    if AuxMode.ATTEMPTED in claim.aux:
        yield Question.OUTCOME, "foiled or failed"
