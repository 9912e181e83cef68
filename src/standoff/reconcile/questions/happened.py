"""Did it happen, and who did it: those who tell it, and those who deny it.

A denial belongs to the incident that its claim is in. Where the denier is laid the deed at the door, the question is who did it.
"""

from __future__ import annotations

from collections.abc import Collection

from standoff.model import Claim, DisputeKind, Holds, Question
from standoff.reconcile import titles
from standoff.reconcile.scene import Draft, Put, Scene, gist
from standoff.reconcile.told import denies, found, outright

CLEARLY = 0.4


def put(scene: Scene, spoken_for: Collection[str]) -> Put | None:
    real = [c for c in scene.real() if c.id not in spoken_for]
    denying = scene.by_party(c for c in real if _denial(scene, c))
    told = [c for c in real if not denies(c) and _tells(c)]
    telling = scene.by_party(told)
    if not denying and not telling:
        return None
    # Only what the denial answers is set against it: told beside it in its report, or in some of the same words.
    for party, held in list(denying.items()):
        answered = [c for c in told if party not in scene.holders(c) and any(scene.answers(d, c) for d in held)]
        if not answered:
            del denying[party]
    denied = {c.id for held in denying.values() for c in held}
    telling = scene.by_party(c for c in told if not denied or any(scene.answers(d, c) for d in real if d.id in denied))
    deniers = {party for party in denying if scene.named(party)}
    tellers = {party for party in telling if scene.named(party) and party not in deniers}
    if not tellers:
        # Where nobody else tells it, the outlet that does is a side, if the denial is clearly of what it tells.
        tellers = {
            party
            for party in telling
            if not scene.named(party)
            and any(scene.likely(d, c) >= CLEARLY for c in telling[party] for d in real if d.id in denied)
        }
    who = any(found("blames", c.text) for held in (*denying.values(), *telling.values()) for c in held)
    title = titles.of_scene(scene)
    question = Question.WHO if who else Question.HAPPENED
    lines = [
        Draft(p, denying[p], "denies it" if _bare(denying[p]) else gist(denying[p][-1]), Holds.NO)
        for p in sorted(denying)
    ]
    lines += [Draft(p, telling[p], gist(_fullest(telling[p])), Holds.YES) for p in sorted(telling) if p not in denying]
    asked = Put(question, titles.who(title) if who else titles.happened(title), lines)
    if deniers and tellers:
        asked.kind = DisputeKind.RESPONSIBILITY if who else DisputeKind.OCCURRENCE
        asked.parting = frozenset(deniers | tellers)
        asked.apart = 1.0 if any(outright(c) for p in deniers for c in denying[p]) else 0.7
        asked.reason = "told and denied"
        asked.settled = _admitted(scene, deniers, denying)
    return asked


def _tells(claim: Claim) -> bool:
    """Whether a claim says that it happened: not one that only judges it, or asks for something."""
    return claim.event not in {"REJECT", "REQUEST", "SUPPORT", "THREATEN"} and "disapprove" not in claim.modes


def _denial(scene: Scene, claim: Claim) -> bool:
    """A denial in so many words; a sentence with a "not" in it only by a side of the incident."""
    if outright(claim):
        return True
    return denies(claim) and bool(set(scene.holders(claim)) & scene.opposed)


def _bare(claims: list[Claim]) -> bool:
    return len(claims[-1].text.split()) < 6


def _fullest(claims: list[Claim]) -> Claim:
    return max(claims, key=lambda c: (len(c.counts), min(len(c.text), 120), c.id))


def _admitted(scene: Scene, deniers: Collection[str], denying: dict[str, list[Claim]]) -> bool:
    """Every denier has said, in a later report, that it was so."""
    for party in deniers:
        last = max(scene.archive.order(c)[0] for c in denying[party])
        later = [
            c
            for c in scene.real()
            if scene.archive.order(c)[0] > last
            and party in (*scene.holders(c), *c.actor_keys)
            and (c.event == "CONCEDE" or found("admits", c.text))
        ]
        if not later:
            return False
    return bool(deniers)
