"""How it ended: foiled or done, driven out or left of their own accord, complete or not."""

from __future__ import annotations

from standoff.model import AuxMode, Claim, Question
from standoff.reconcile import titles
from standoff.reconcile.saying import gist
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.reconcile.told import found


def put(scene: Scene) -> Put | None:
    endings: dict[str, dict[str, list[Claim]]] = {}
    for claim in scene.real():
        told = set(found("ended", claim.text))
        if AuxMode.ATTEMPTED in claim.aux:
            told.add("failed")
        if "incomplete" in told:
            told.discard("complete")
        if AuxMode.NEGATION in claim.aux:
            continue
        for party in scene.holders(claim):
            for name in told:
                endings.setdefault(party, {}).setdefault(name, []).append(claim)
    if not endings:
        return None
    lines = [Draft(p, [c for held in endings[p].values() for c in held], _value(endings[p])) for p in sorted(endings)]
    return Put(Question.OUTCOME, titles.ended(scene.title), lines)


def _value(held: dict[str, list[Claim]]) -> str:
    name = max(held, key=lambda n: (len(held[n]), n))
    return gist(*held[name])
