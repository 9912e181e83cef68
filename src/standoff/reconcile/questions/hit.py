"""What was hit, and what it was: civil life by one account, fighters or their bases by the account of who did it."""

from __future__ import annotations

from standoff.model import FORCE, Claim, Question
from standoff.reconcile import titles
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.reconcile.terms import classes, classes_in
from standoff.reconcile.told import denies


def put(scene: Scene) -> Put | None:
    harm = [c for c in scene.real() if c.event in FORCE]
    named: dict[str, dict[str, list[Claim]]] = {}
    words: dict[tuple[str, str], list[str]] = {}
    for claim in harm:
        denied = denies(claim)
        for struck, side in _hit(claim):
            if denied and side == "civil":
                continue  # "no hospital was hit": told of no hospital
            for party in scene.holders(claim):
                named.setdefault(party, {}).setdefault(side, []).append(claim)
                words.setdefault((party, side), []).append(struck)
    if not named:
        return None
    lines = []
    for party in sorted(named):
        side = max(named[party], key=lambda s: (len(named[party][s]), s))
        said = list(dict.fromkeys(words[(party, side)]))
        lines.append(Draft(party, named[party][side], ", ".join(said[:3])))
    return Put(Question.WHAT, titles.hit(scene.title), lines)


def _hit(claim: Claim) -> list[tuple[str, str]]:
    """What a claim says was hit, and whether that is civil or military."""
    words = [*claim.targets, *(count.unit for count in claim.counts)]
    after = (
        claim.text[max(0, claim.trigger.span.end - claim.span.start) :]
        if claim.trigger.text != claim.text
        else claim.text
    )
    found = []
    for text in (*words, after):
        for name in classes_in(text):
            side = classes()[name].side
            if side and name not in {"aircraft", "drones", "helicopters", "guns"}:
                found.append((name, side))
    return list(dict.fromkeys(found))


def target_kind(claim: Claim) -> str:
    """Whether a claim says that civil life or an armed side was hit; empty where it does not say."""
    sides = {
        side
        for text in (*claim.targets, *(count.unit for count in claim.counts))
        for name in classes_in(text)
        if (side := classes()[name].side)
    }
    return "military" if "military" in sides else "civil" if sides else ""
