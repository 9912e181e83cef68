"""Where an incident was: each place that its claims name is weighed by trees, and one that is likelier another's is left out.

What most of them name may be where it was told, whom it is held against, or another attack's town; what the first lines name, of this
kind of act, and surely read, is likelier it. The trees are data (``placing.json``), fitted by ``scripts/fit_placing.py`` on archives whose truth is known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from standoff import lexicon
from standoff.model import Claim, Where
from standoff.reconcile.facts import MANY, Facts
from standoff.trees import Trees, shipped, trees

SIGNS = (
    "claims", "naming", "share", "sure_share", "sure_most", "precision", "within", "first", "firsts", "paragraph", "telling", "country",
    "doers",
)  # fmt: skip
PRECISION = {"point": 0, "city": 1, "area": 2, "region": 3, "country": 4}
LIKELY = 0.5
"""From so likely on a place is the incident's (`docs/accuracy.md`)."""


def signs(deeds: Sequence[Claim], telling: Sequence[Claim], facts: Mapping[str, Facts]) -> dict[str, list[float]]:
    """The signs of every place that may be theirs of those that some deeds name, by its name, in the order of :data:`SIGNS`;
    ``telling`` are those of them that tell of the headline's kind of act."""
    named = _named(deeds)
    placed = [where for some in named.values() for _, where in some]
    countries = Counter(where.country for where in placed)
    doers = Counter(key.split("-")[0] for claim in deeds for key in claim.actor_keys)
    sure = sum(claim.confidence for some in named.values() for claim, _ in some) or 1.0
    first: dict[str, int] = {}
    for claim in deeds:
        first[claim.doc] = min(facts[claim.id].rank, first.get(claim.doc, facts[claim.id].rank))
    of_kind = {claim.id for claim in telling}
    found = {}
    for name, some in named.items():
        where, claims = some[0][1], [claim for claim, _ in some]
        firsts = [claim for claim in claims if facts[claim.id].rank == first[claim.doc]]
        v = dict.fromkeys(SIGNS, math.nan)
        v["claims"], v["naming"], v["share"] = math.log(len(deeds)), math.log(len(claims)), len(claims) / len(placed)
        v["sure_share"] = sum(claim.confidence for claim in claims) / sure
        v["sure_most"] = max(claim.confidence for claim in claims)
        v["precision"] = PRECISION.get(where.precision, PRECISION["area"])
        # How much of what is told names a place within this country.
        inside = [w for w in placed if where.precision == "country" and w.country == where.country and w.name != name]
        v["within"] = len(inside) / len(placed)
        v["first"], v["firsts"] = bool(firsts), len(firsts) / len(first)
        v["paragraph"] = min(facts[claim.id].paragraph for claim in claims)
        v["telling"] = sum(claim.id in of_kind for claim in claims) / len(claims)
        if where.country:
            v["country"] = countries[where.country] / len(placed)
            v["doers"] = doers[where.country] / (doers.total() or 1)
        found[name] = [float(v[sign]) for sign in SIGNS]
    return found


def _named(deeds: Sequence[Claim]) -> dict[str, list[tuple[Claim, Where]]]:
    """The places that may be theirs, each with the claims that name it.

    Of many deeds a place that one alone names is none of the others'. No part of the world that holds several states is where
    something was, nor is a place of a state that fewer than half as many name as another: what is condemned in Havana was not done there.
    """
    every: dict[str, list[tuple[Claim, Where]]] = defaultdict(list)
    for claim in deeds:
        if claim.where is not None and claim.where.name.lower() not in _wider_than_a_state():
            every[claim.where.name].append((claim, claim.where))
    states = Counter(where.country for some in every.values() for _, where in some if where.country)
    most = max(states.values(), default=0)
    return {
        name: some
        for name, some in every.items()
        if (len(some) > 1 or len(deeds) < MANY) and (not some[0][1].country or 2 * states[some[0][1].country] >= most)
    }


@cache
def _wider_than_a_state() -> frozenset[str]:
    return frozenset(name.lower() for name in lexicon.load("headlines")["wide"]["names"])


@cache
def model() -> Trees:
    """The weights that come with standoff."""
    told, order = shipped("standoff.reconcile", "placing.json", SIGNS)
    return trees(told["trees"], order)


def place(deeds: Sequence[Claim], telling: Sequence[Claim], facts: Mapping[str, Facts]) -> str:
    """The place of what some deeds tell, by its name; empty where none is told, or none is likely it."""
    weighed = signs(deeds, telling, facts)
    likely = dict(zip(weighed, model().likelihoods(list(weighed.values())), strict=True))
    best = min(likely, key=lambda name: (-likely[name], name), default="")
    return best if best and likely[best] >= LIKELY else ""
