"""How it ended: foiled or done, driven out or left of their own accord, complete or not."""

from __future__ import annotations

from standoff.model import AuxMode, Claim, DisputeKind, Question
from standoff.reconcile import titles
from standoff.reconcile.scene import Draft, Put, Scene, gist
from standoff.reconcile.told import clashing, found


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
    parting: set[str] = set()
    sure = clashing()
    named = [party for party in sorted(endings) if scene.named(party)]
    for a in named:
        for b in named:
            if a != b and any((x, y) in sure for x in endings[a] for y in endings[b] if x not in endings[b]):
                parting |= {a, b}
    lines = [Draft(p, [c for held in endings[p].values() for c in held], _value(endings[p])) for p in sorted(endings)]
    asked = Put(Question.OUTCOME, titles.ended(titles.of_scene(scene)), lines)
    if len(parting) > 1:
        asked.kind, asked.parting, asked.apart = DisputeKind.OUTCOME, frozenset(parting), 0.75
        asked.reason = "how it ended"
    return asked


def _value(held: dict[str, list[Claim]]) -> str:
    name = max(held, key=lambda n: (len(held[n]), n))
    return gist(held[name][0])
