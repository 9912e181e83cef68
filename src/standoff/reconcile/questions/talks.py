"""Who asked for talks or a truce, and who brought them about."""

from __future__ import annotations

from standoff.model import Claim, DisputeKind, Holds, Question
from standoff.reconcile import titles
from standoff.reconcile.saying import gist
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.reconcile.told import denies, found

TALKS = frozenset({"truce", "meeting", "release", "reopening"})
EVENTS = frozenset({"AGREE", "CONSULT", "REQUEST", "COOPERATE"})


def concerns(scene: Scene) -> bool:
    return scene.act in TALKS or scene.event in EVENTS


def put(scene: Scene) -> tuple[list[Put], set[str]]:
    """The questions of talks, and the claims that are spoken for by them."""
    asked: list[Put] = []
    used: set[str] = set()
    for one in (_asked(scene), _mediated(scene)):
        if one is not None:
            asked.append(one)
            used |= {c.id for line in one.lines for c in line.claims}
    return asked, used


def _asked(scene: Scene) -> Put | None:
    told = [c for c in scene.real() if found("asked", c.text) and not found("mediated", c.text)]
    by_party = {p: held for p, held in scene.by_party(told).items() if scene.named(p)}
    if not by_party:
        return None
    lines = [
        Draft(p, held, gist(held[-1]), Holds.NO if denies(held[-1]) else Holds.YES)
        for p, held in sorted(by_party.items())
    ]
    asked = Put(Question.ASKED, titles.asked(scene.title), lines)
    sides = [p for p in by_party if p in scene.opposed]
    named = {p: {k for c in held if not denies(c) for k in c.actor_keys} for p, held in by_party.items()}
    parting = {
        p
        for p in sides
        for q in sides
        if p != q and (not (named[p] & named[q]) or any(map(denies, by_party[p])) != any(map(denies, by_party[q])))
    }
    if len(parting) > 1:
        asked.kind, asked.parting, asked.apart = DisputeKind.OCCURRENCE, frozenset(parting), 0.9
        asked.reason = "who asked for it"
    return asked


def _mediated(scene: Scene) -> Put | None:
    told = [c for c in scene.real() if found("mediated", c.text)]
    denying: dict[str, list[Claim]] = scene.by_party(c for c in told if denies(c))
    telling = scene.by_party(c for c in told if not denies(c))
    if not denying and not telling:
        return None
    lines = [Draft(p, held, gist(held[-1]), Holds.NO) for p, held in sorted(denying.items())]
    lines += [Draft(p, held, gist(held[-1]), Holds.YES) for p, held in sorted(telling.items()) if p not in denying]
    asked = Put(Question.MEDIATED, titles.mediated(scene.title), lines)
    no = {p for p in denying if scene.named(p)}
    yes = {p for p in telling if scene.named(p) and p not in no}
    if no and yes:
        asked.kind, asked.parting, asked.apart = DisputeKind.OCCURRENCE, frozenset(no | yes), 0.9
        asked.reason = "whether it was mediated"
    return asked
