"""Where two accounts of an incident part, figures apart: which claims of two parties cannot both hold, and on which question.

How likely two claims clash is weighed by :mod:`~standoff.reconcile.clash`, whatever reports they stand in. The question follows
from what the two tell: who asked, who mediated, what was said, what was hit, how it ended, who did it, else whether it was so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from standoff.model import FORCE, Claim, CountKind, Question
from standoff.reconcile import clash
from standoff.reconcile.clash import Voice
from standoff.reconcile.questions import happened, said, talks
from standoff.reconcile.scene import Scene
from standoff.reconcile.told import clashing, denies, found, of_figure, outright

MOST = 40
"""So many claims of a party are set against those of another, the longest first; beyond that it repeats itself."""
TOP = 3
"""As many of the surest pairs of claims say how surely two parties part."""
SHOWN = 6
"""No more claims of a party stand for what it holds."""
BESIDE = 0.75
"""Claims of a party are shown that are at least so sure, of the surest."""


@dataclass(frozen=True, slots=True)
class Parting:
    """On one question, the parties that part from each other, how surely, and the claims by which each does, the surest first."""

    question: Question
    sure: float
    claims: dict[str, list[Claim]]


def of(scene: Scene, spoken_for: Collection[str], counted: Sequence[Collection[str]] = ()) -> dict[Question, Parting]:
    """Questions on which parties of the incident part.

    Claims of one of ``counted`` part by their figures already, and two that both count the same loss are for the figures to tell.
    """
    voices: dict[str, list[Voice]] = defaultdict(list)
    for claim in scene.real():
        for party in scene.holders(claim):
            if scene.named(party) and claim.id not in spoken_for and not of_figure(claim):
                share = scene.archive.shares.get(party, 0.0)
                voices[party].append(Voice(party, claim, scene.facts[claim.id], share))
    for held in voices.values():
        held.sort(key=lambda v: (-len(v.claim.text), v.claim.id))
        del held[MOST:]
    two = [
        (a, b)
        for p, q in combinations(sorted(voices), 2)
        for a in voices[p]
        for b in voices[q]
        if a.claim.id != b.claim.id and not any({a.claim.id, b.claim.id} <= set(held) for held in counted)
        if not (_counted(a) & _counted(b)) or denies(a.claim) or denies(b.claim)
    ]
    rows = [clash.signs(a, b, scene.likely(a.claim, b.claim), True, scene.archive.weights) for a, b in two]
    grown, least = clash.model()
    likelihoods = grown.likelihoods(rows)
    plain = _plain(scene, two, likelihoods)
    weighed: dict[Question, dict[tuple[str, str], list[_Weighed]]] = defaultdict(lambda: defaultdict(list))
    for (a, b), likely in zip(two, likelihoods, strict=True):
        weighed[topic(scene, a.claim, b.claim)][a.party, b.party].append(
            (max(likely, SURELY) if (a.claim.id, b.claim.id) in plain else likely, a, b)
        )
    found_: dict[Question, Parting] = {}
    for question, by_parties in weighed.items():
        parted: dict[tuple[str, str], tuple[float, list[_Weighed]]] = {}
        for parties, pairs_ in by_parties.items():
            pairs_.sort(key=lambda row: (-row[0], row[1].claim.id, row[2].claim.id))
            mean = sum(likely for likely, _, _ in pairs_[:TOP]) / len(pairs_[:TOP])
            if any((a.claim.id, b.claim.id) in plain for _, a, b in pairs_):
                mean = max(mean, SURELY)
            if mean >= least:
                parted[parties] = mean, [row for row in pairs_ if row[0] >= BESIDE * pairs_[0][0]]
        if question is Question.WHAT:
            parted = {two_: held for two_, held in parted.items() if not _told_both(voices, two_)}
        if question is Question.HAPPENED:
            parted = {two_: held for two_, held in parted.items() if any(map(_opposed, held[1]))}
        if question is Question.WHO and scene.event not in FORCE:
            # What is done by force may be done in the dark; who was behind a truce or an appeal is asked where somebody denies it.
            parted = {
                two_: held for two_, held in parted.items() if any(denies(v.claim) for row in held[1] for v in row[1:])
            }
        if parted:
            found_[question] = _surest(question, parted)
    return found_


def _opposed(row: _Weighed) -> bool:
    """Whether it was so at all is asked where somebody says that it was not, or tells of another deed ("abducted", "rescued")."""
    _, a, b = row
    return denies(a.claim) != denies(b.claim) or a.claim.event != b.claim.event


def _told_both(voices: Mapping[str, Sequence[Voice]], parties: Collection[str]) -> bool:
    """Who says that fighters and their neighbours were hit parts from nobody who tells of the one or of the other."""
    return any(len(frozenset[str]().union(*(v.facts.sides for v in voices[party]))) > 1 for party in parties)


def _counted(voice: Voice) -> set[CountKind]:
    """The kinds of loss that a claim counts; who is held was captured by one account and arrested by the other."""
    held = {CountKind.ARRESTED: CountKind.CAPTURED}
    return {held.get(c.kind, c.kind) for c in voice.claim.counts}


_Weighed = tuple[float, Voice, Voice]


def _surest(question: Question, parted: dict[tuple[str, str], tuple[float, list[_Weighed]]]) -> Parting:
    """The two who part most surely, and who parts from one of them."""
    first = max(sorted(parted), key=lambda parties: parted[parties][0])
    claims: dict[str, dict[str, Claim]] = defaultdict(dict)
    for parties in sorted(parted, key=lambda parties: (parties != first, parties)):
        if set(parties) & set(first):
            for _, *voices in parted[parties][1]:
                for voice in voices:
                    if len(claims[voice.party]) < SHOWN:
                        claims[voice.party].setdefault(voice.claim.id, voice.claim)
    return Parting(question, parted[first][0], {party: list(held.values()) for party, held in claims.items()})


def _plain(scene: Scene, two: Sequence[tuple[Voice, Voice]], likelihoods: Sequence[float]) -> set[tuple[str, str]]:
    """Of each denial in so many words the claim that it most likely answers."""
    best: dict[str, tuple[float, tuple[str, str]]] = {}
    for (a, b), likely in zip(two, likelihoods, strict=True):
        if _plainly(scene, a.claim, b.claim):
            denial = a.claim.id if outright(a.claim) else b.claim.id
            best[denial] = max(best.get(denial, (0.0, ("", ""))), (likely, (a.claim.id, b.claim.id)))
    return {pair for _, pair in best.values()}


SURELY = 0.7
"""So sure is it, at the least, that a plain denial parts from what it denies."""
PLAINLY = 0.45
"""From so likely on that they tell of one thing, a denial in so many words parts from what another tells."""


def _plainly(scene: Scene, a: Claim, b: Claim) -> bool:
    """One of the two denies in so many words what the other tells, as far as can be seen."""
    if outright(a) == outright(b):
        return False
    other = b if outright(a) else a
    if not happened.tells(other) or denies(other):
        return False
    x, y = scene.facts[a.id], scene.facts[b.id]
    return (x.doc == y.doc and abs(x.paragraph - y.paragraph) <= 1) or scene.likely(a, b) >= PLAINLY


def topic(scene: Scene, a: Claim, b: Claim) -> Question:
    """The question that two claims which cannot both hold answer."""
    told = [{table for table in ("asked", "mediated", "blames") if found(table, c.text)} for c in (a, b)]
    either, both = told[0] | told[1], told[0] & told[1]
    if talks.concerns(scene):
        if "mediated" in either:
            return Question.MEDIATED
        if "asked" in both or ("asked" in either and (denies(a) or denies(b))):
            return Question.ASKED
    if said.concerns(scene):
        return Question.SAID
    x, y = scene.facts[a.id], scene.facts[b.id]
    if x.sides and y.sides and x.sides != y.sides and not (denies(a) or denies(b)):
        return Question.WHAT
    endings = [found("ended", c.text) for c in (a, b)]
    if any((p, q) in clashing() for p in endings[0] for q in endings[1]):
        return Question.OUTCOME
    if "blames" in either or "ACCUSE" in {a.event, b.event}:
        return Question.WHO
    return Question.HAPPENED
