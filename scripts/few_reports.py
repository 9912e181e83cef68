"""A few reports of an archive whose truth is known, as small archives of their own: who reads two reports has no other thirty to go by."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from standoff.evaluate.crises import Crisis

DISPUTES, OTHERS = 12, 6
"""So many of a crisis hold a report of each side of one of its disputes, and so many are of any reports."""
TELLING = 12
"""At most so many reports that tell both sides of a dispute stand by themselves."""
BESIDE = 2
"""At most so many other reports stand beside the two."""
WEIGHT = 0.1
"""What one weighs beside its whole archive."""


def of(crisis: Crisis) -> Iterator[Crisis]:
    """The same ones at every run."""
    chance = random.Random(crisis.name)
    every = sorted(d.id for d in crisis.documents)
    disputes = list(crisis.truth["disputes"])
    chance.shuffle(disputes)
    for dispute in disputes[:DISPUTES]:
        agree = [set(two) for two in dispute.get("agree", [])]
        parting = [
            two
            for two in combinations(dispute["positions"], 2)
            if {p["party"] for p in two} not in agree and all(p["told"] for p in two)
        ]
        if parting:
            docs = {chance.choice(p["told"])["doc"] for p in chance.choice(parting)}
            yield _of(crisis, docs | set(chance.sample(every, chance.randint(0, BESIDE))))
    for _ in range(OTHERS):
        yield _of(crisis, set(chance.sample(every, chance.randint(2, 2 + BESIDE))))


def single(crisis: Crisis) -> Iterator[Crisis]:
    """Reports that tell both sides of a dispute, and some others, each by itself; the same ones at every run."""
    chance = random.Random(crisis.name)
    telling: set[str] = set()
    for dispute in crisis.truth["disputes"]:
        docs = [{told["doc"] for told in p["told"]} for p in dispute["positions"]]
        telling |= {doc for a, b in combinations(docs, 2) for doc in a & b}
    others = sorted({d.id for d in crisis.documents} - telling)
    chosen = sorted(telling)
    chance.shuffle(chosen)
    for doc in [*chosen[:TELLING], *chance.sample(others, min(OTHERS, len(others)))]:
        yield _of(crisis, {doc})


def _of(crisis: Crisis, docs: set[str]) -> Crisis:
    def told(rows: list[Any]) -> list[Any]:
        return [row for row in rows if row["doc"] in docs]

    truth = dict(crisis.truth)
    truth["happenings"] = [{**h, "told": told(h["told"])} for h in truth["happenings"]]
    truth["disputes"] = [
        {**d, "positions": [{**p, "told": told(p["told"])} for p in d["positions"]]} for d in truth["disputes"]
    ]
    truth["figures"] = told(truth["figures"])
    return replace(crisis, documents=tuple(d for d in crisis.documents if d.id in docs), truth=truth)
