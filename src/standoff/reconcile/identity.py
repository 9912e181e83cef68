"""Ids that hold: an incident or a dispute keeps its id as long as most of its claims stay, whatever is cut, joined or added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from standoff.model import Reconciliation


def held(found: Reconciliation, before: Reconciliation) -> tuple[Reconciliation, dict[str, str]]:
    """What was found, under the ids that its incidents, questions and disputes had before; and where ids that are gone lead."""
    incidents = _matched(
        {i.id: frozenset(i.claims) for i in found.incidents}, {i.id: frozenset(i.claims) for i in before.incidents}
    )
    kinds = {d.id: d.kind for d in (*found.disputes, *before.disputes)}
    asked = {q.id: (q.question, q.subject) for q in (*found.questions, *before.questions)}
    disputes = _matched(_of_disputes(found), _of_disputes(before), kinds)
    questions = _matched(
        {q.id: frozenset(c for line in q.lines for c in line.claims) for q in found.questions},
        {q.id: frozenset(c for line in q.lines for c in line.claims) for q in before.questions},
        asked,
    )
    renamed = Reconciliation(
        tuple(
            replace(i, id=incidents.new[i.id], under=incidents.new.get(i.under, i.under) if i.under else None)
            for i in found.incidents
        ),
        tuple(replace(a, incident=incidents.new.get(a.incident, a.incident)) for a in found.accounts),
        tuple(
            replace(d, id=disputes.new[d.id], incident=incidents.new.get(d.incident or "", d.incident))
            for d in found.disputes
        ),
        tuple(
            replace(
                q,
                id=questions.new[q.id],
                incident=incidents.new.get(q.incident, q.incident),
                dispute=disputes.new.get(q.dispute, q.dispute) if q.dispute else None,
            )
            for q in found.questions
        ),
    )
    return renamed, incidents.gone | disputes.gone


def _of_disputes(found: Reconciliation) -> dict[str, frozenset[str]]:
    return {d.id: frozenset(c for p in d.positions for c in p.claims) for d in found.disputes}


class _matched:
    """``new``: of each id found, the one it is to have; ``gone``: of each former id without an heir of its own, the id that
    holds most of its claims now."""

    def __init__(
        self,
        now: Mapping[str, frozenset[str]],
        before: Mapping[str, frozenset[str]],
        like: Mapping[str, object] | None = None,
    ) -> None:
        holding: dict[str, list[str]] = defaultdict(list)
        for key, claims in before.items():
            for claim in claims:
                holding[claim].append(key)
        shared: list[tuple[int, str, str]] = []
        for key, claims in now.items():
            for old in {o for claim in claims for o in holding.get(claim, ())}:
                if like is None or like.get(key) == like.get(old):
                    shared.append((len(claims & before[old]), key, old))
        self.new: dict[str, str] = {}
        taken: set[str] = set()
        # The most of an old one's claims first; only what keeps more than half of them is that one still.
        for count, key, old in sorted(shared, key=lambda row: (-row[0], row[2], row[1])):
            if key not in self.new and old not in taken and 2 * count > len(before[old]):
                self.new[key] = old
                taken.add(old)
        used = set(self.new.values())
        for key in sorted(now):
            if key not in self.new:
                fresh = key
                while fresh in used:
                    fresh += "x"
                self.new[key] = fresh
                used.add(fresh)
        self.gone: dict[str, str] = {}
        for _, key, old in sorted(shared, key=lambda row: (-row[0], row[2], row[1])):
            if old not in used:
                self.gone.setdefault(old, self.new[key])


def heirs(moved: Sequence[tuple[str, str]], id: str) -> str:
    """Where an id leads by now, over any number of steps."""
    leads = dict(moved)
    seen = {id}
    while id in leads and leads[id] not in seen:
        id = leads[id]
        seen.add(id)
    return id
