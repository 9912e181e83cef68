"""Did it happen, and who did it: those who tell it, and those who deny it. Where anybody is blamed, the question is who did it."""

from __future__ import annotations

from collections.abc import Collection

from standoff.model import Claim, Holds, Question
from standoff.reconcile import titles
from standoff.reconcile.saying import gist
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.reconcile.told import denies, found, outright


def put(scene: Scene, spoken_for: Collection[str]) -> Put | None:
    """The lines of those who deny it and of those who tell it; whether two part is weighed in :mod:`.parting`."""
    real = [c for c in scene.real() if c.id not in spoken_for]
    denying = scene.by_party(c for c in real if _denial(scene, c))
    telling = scene.by_party(c for c in real if not denies(c) and tells(c))
    if not denying and not telling:
        return None
    who = any(found("blames", c.text) for held in (*denying.values(), *telling.values()) for c in held)
    title = scene.title
    lines = [
        Draft(p, denying[p], "denies it" if _bare(denying[p]) else gist(*reversed(denying[p])), Holds.NO)
        for p in sorted(denying)
    ]
    lines += [
        Draft(p, telling[p], gist(_fullest(telling[p]), *telling[p]), Holds.YES)
        for p in sorted(telling)
        if p not in denying
    ]
    text = titles.who(title) if who else titles.happened(title, bool(denying))
    return Put(Question.WHO if who else Question.HAPPENED, text, lines)


def tells(claim: Claim) -> bool:
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


def admitted(scene: Scene, deniers: Collection[str], denying: dict[str, list[Claim]]) -> bool:
    """Every denier has said, in a later report, that it was so; and not there that it was so in part and no more."""
    for party in deniers:
        last = max(scene.archive.order(c)[0] for c in denying[party])
        later = [c for c in scene.real() if scene.archive.order(c)[0] > last]
        owning = [
            c
            for c in later
            if party in (*scene.holders(c), *c.actor_keys) and (c.event == "CONCEDE" or found("admits", c.text))
        ]
        denied = {c.doc for c in later if party in scene.holders(c) and denies(c)}
        if not any(c.doc not in denied for c in owning):
            return False
    return bool(deniers)
