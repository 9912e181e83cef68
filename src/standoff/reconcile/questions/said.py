"""What was said at a meeting or in a call: the accounts of those who took part, topic by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from standoff import acts
from standoff.model import Claim, DisputeKind, Question, Topic
from standoff.reconcile import titles
from standoff.reconcile.saying import gist
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.wording import listed


def concerns(scene: Scene) -> bool:
    """Whether a good part of what is told is of a call or meeting."""
    calls = [c for c in scene.told if "call" in scene.facts[c.id].acts]
    meetings = [c for c in scene.told if c.event == "CONSULT" and "truce" not in scene.facts[c.id].acts]
    return 3 * len(calls) >= len(scene.told) or 2 * len(meetings) > len(scene.told)


def put(scene: Scene) -> list[Put]:
    by_party = {p: held for p, held in scene.by_party(scene.real()).items() if scene.named(p)}
    taking_part = {p: held for p, held in by_party.items() if p in scene.opposed}
    lines = [Draft(p, held, gist(max(held, key=lambda c: (len(c.text), c.id)))) for p, held in sorted(by_party.items())]
    asked = Put(Question.SAID, titles.said(scene.title), lines)
    told = {p: held for p, held in taking_part.items() if any(len(c.text.split()) > 4 for c in held)}
    if len(told) > 1:
        asked.kind, asked.parting, asked.apart = DisputeKind.READOUT, frozenset(told), 0.8
        asked.reason = "accounts of one meeting"
    return [asked]


def _called(event: str, toward: Sequence[str]) -> str:
    """A thing that was told, in words: "agreement (Ethiopia)"."""
    what = acts.label("event", event)
    return f"{what} ({listed([titles.party(key) for key in toward])})" if toward else what


def topics(scene: Scene, asked: Put) -> tuple[Topic, ...]:
    """Each thing told of it: by both, by one alone, or by both but differently."""
    rows: dict[tuple[str, tuple[str, ...]], list[tuple[str, Claim]]] = defaultdict(list)
    for line in asked.lines:
        for claim in line.claims:
            rows[(claim.event, tuple(sorted(claim.recipient_keys)))].append((line.party, claim))
    found = []
    for (event, toward), told in rows.items():
        parties = tuple(sorted({party for party, _ in told}))
        ways = [{(c.actor_keys, c.aux, c.modes) for p, c in told if p == party} for party in parties]
        alike = len(parties) > 1 and bool(set.intersection(*ways))
        how = "one" if len(parties) == 1 else "both" if alike else "differently"
        found.append(Topic(_called(event, toward), parties, tuple(c.id for _, c in told), how))
    return tuple(found)
