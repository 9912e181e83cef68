"""Who began it: each side's word on who fired first or without cause, and who says that it only answered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from standoff.model import Claim, DisputeKind, Question
from standoff.reconcile import titles
from standoff.reconcile.saying import gist
from standoff.reconcile.scene import ONE, Draft, Put, Scene
from standoff.reconcile.told import denies, found


def put(scene: Scene) -> Put | None:
    """A line for each side that says who began it, and for each that such a side says it of and that tells it the other way."""
    if scene.event != "ASSAULT":
        return None
    sides = {side for side in scene.opposed if scene.named(side)}
    held = {p: told for p, told in scene.by_party(scene.real()).items() if p in sides}
    # "Each accused the other of firing first" is both sides' word, and says of neither whom it means.
    said = {p: [c for c in told if len(scene.holders(c)) == 1 and _beginner(scene, c, p)] for p, told in held.items()}
    parting: dict[str, list[Claim]] = {}
    for p, q in combinations(sorted(held), 2):
        for a, b in ((p, q), (q, p)):
            blaming = [c for c in said[a] if _beginner(scene, c, a) == b]
            back = [c for c in said[b] if _beginner(scene, c, b) == a]
            back += [
                c
                for c in _suffered(held[b], a, b)
                if c not in back and any(scene.likely(c, one) >= ONE for one in blaming)
            ]
            if blaming and back:
                parting.setdefault(a, blaming)
                parting.setdefault(b, back)
    told_ = {p: claims for p, claims in said.items() if claims} | parting
    if not told_:
        return None
    lines = [Draft(p, claims, gist(claims[-1])) for p, claims in sorted(told_.items())]
    asked = Put(Question.BEGAN, titles.began(scene.title), lines)
    if len(parting) > 1:
        asked.kind, asked.parting, asked.apart = DisputeKind.RESPONSIBILITY, frozenset(parting), 0.8
        asked.reason = "who began it"
    return asked


def _beginner(scene: Scene, claim: Claim, party: str) -> str:
    """Who began it by a claim that a party holds; empty where it does not say."""
    words = found("began", claim.text)
    doers = claim.actor_keys - {"UNK"}
    enemies = scene.archive.fighting - {party}
    other = min(enemies) if party in scene.archive.fighting and len(enemies) == 1 else ""
    if not words - {"opened"}:
        return ""
    if denies(claim):  # "denied that its forces had fired first"
        return other if "first" in words and doers <= {party} else ""
    if "first" in words:
        blamed = doers - {party}
        return min(blamed) if len(blamed) == 1 else other if not doers and party in claim.recipient_keys else ""
    return other if doers <= {party} else ""


def _suffered(held: Sequence[Claim], blaming: str, party: str) -> list[Claim]:
    """Claims by which a side says of the other that it opened fire, or that it attacked it, and then nothing of an attack of its own."""
    struck = [c for c in held if c.event == "ASSAULT" and not denies(c) and blaming in c.actor_keys]
    own = any(party in c.actor_keys for c in held if c.event == "ASSAULT" and not denies(c))
    opened = [c for c in struck if found("began", c.text)]
    return opened or ([] if own else [c for c in struck if party in c.recipient_keys and not c.counts])
