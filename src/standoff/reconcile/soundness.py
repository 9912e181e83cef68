"""How likely an incident is one happening, and of the kind that its headline says: signs of the whole of it, weighed by trees.

What is no happening (a comment's asides, a war's summary, a town hall's anger) draws claims together as an attack does. The trees are
data (``soundness.json``), fitted by ``scripts/fit_soundness.py`` on what linking made of archives whose truth is known.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from standoff.model import AuxMode, Claim
from standoff.reconcile import pairs
from standoff.reconcile.facts import SPEECH, place_of
from standoff.reconcile.terms import kinds_in
from standoff.trees import Trees, shipped, trees

if TYPE_CHECKING:
    from standoff.reconcile.scene import Scene

EVENTS = ("ASSAULT", "COERCE", "CONSULT", "REQUEST", "THREATEN", "PROTEST", "SUPPORT", "AGREE")
ASIDE = (AuxMode.NEGATION, AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.HISTORICAL)
SIGNS = (
    "claims", "reports", "voices", "sure_most", "sure_second", "sure_mean", "sure_least",
    "event", "events", "kind", "kind_lead", "kinds", "telling", "telling_sure_most", "telling_sure_mean", *EVENTS, "speech",
    *(mode.value for mode in ASIDE), "placed", "place", "place_told", "places", "country",
    "dated", "day", "day_told", "days", "ago", "spread", "titles", "first",
    "alike_mean", "alike_most", "alike_least", "actors", "actor", "nobody", "recipients", "both_ways", "counted", "sourced",
)  # fmt: skip
SOUND = 0.6
"""From so likely on an incident stands in lists and on the first page: of those of seven archives held out 84 of 100 are one happening of the
kind that their headline says, of all 56 (`docs/accuracy.md`)."""
LOOKED_AT = 12
"""So many claims of an incident, the first told, are set beside each other."""


def signs(scene: Scene) -> list[float]:
    """The signs of an incident, in the order of :data:`SIGNS`."""
    v = dict.fromkeys(SIGNS, math.nan)
    told, facts = scene.told, [scene.facts[c.id] for c in scene.told]
    n = len(told)
    v["claims"], v["reports"] = math.log(n), len({c.doc for c in told})
    v["voices"] = len({scene.archive.voices.get(c.id, c.id) for c in told})
    sure = sorted((c.confidence for c in told), reverse=True)
    v["sure_most"], v["sure_least"], v["sure_mean"] = sure[0], sure[-1], sum(sure) / n
    v["sure_second"] = sure[1] if n > 1 else 0.0
    _kind(scene, v)
    for mode in ASIDE:
        v[mode.value] = sum(mode in c.aux for c in told) / n
    _where_and_when(scene, v)
    v["titles"], v["first"] = sum(f.paragraph == 0 for f in facts) / n, min(f.rank for f in facts)
    two = combinations(facts[:LOOKED_AT], 2)
    alike = list(pairs.likelihoods(two, scene.archive.weights, pairs.model()))
    if alike:
        v["alike_mean"], v["alike_most"], v["alike_least"] = sum(alike) / len(alike), max(alike), min(alike)
    acting = Counter(key for c in told for key in c.actor_keys)
    suffering = {key for c in told for key in c.recipient_keys}
    v["actors"], v["recipients"], v["both_ways"] = len(acting), len(suffering), len(acting.keys() & suffering)
    if acting:
        v["actor"] = max(acting.values()) / acting.total()
    v["nobody"] = sum(not c.actor_keys for c in told) / n
    v["counted"], v["sourced"] = (
        sum(map(bool, some)) / n for some in ([c.counts for c in told], [c.sources for c in told])
    )
    return [float(v[name]) for name in SIGNS]


def _kind(scene: Scene, v: dict[str, float]) -> None:
    """What was done, and how much of what is told tells of it."""
    told, head = scene.told, scene.heading
    events = Counter(c.event for c in told)
    v["event"], v["events"] = events[head.event] / len(told), len(events)
    for event in EVENTS:
        v[event] = head.event == event
    v["speech"] = sum(events[event] for event in SPEECH) / len(told)
    kinds = Counter(kind for c in head.deeds for kind in kinds_in(c.text))
    v["kinds"] = len(kinds)
    v["kind"] = len(head.telling) / len(head.deeds) if head.kind else 0.0
    v["kind_lead"] = kinds[head.kind] / kinds.total() if head.kind else 0.0
    telling = [c.confidence for c in head.telling if c.event == head.event]
    v["telling"] = len(telling)
    v["telling_sure_most"] = max(telling, default=0.0)
    v["telling_sure_mean"] = sum(telling) / (len(telling) or 1)


def _where_and_when(scene: Scene, v: dict[str, float]) -> None:
    head, facts = scene.heading, [scene.facts[c.id] for c in scene.told]
    places = Counter(c.where.name for c in head.deeds if c.where is not None)
    v["placed"], v["places"] = places.total() / len(head.deeds), len(places)
    most = place_of(head.deeds)
    v["place_told"] = places[most] if most else 0
    v["place"] = places[most] / places.total() if most else 0.0
    v["country"] = any(_in_a_country(c, most) for c in head.deeds)
    days = Counter(f.days for f in facts if f.days is not None)
    v["dated"], v["days"] = days.total() / len(facts), len(days)
    v["day_told"] = days[head.day] if head.day else 0
    v["day"] = days[head.day] / days.total() if head.day and days else 0.0
    published = [f.published for f in facts if f.published]
    if published:
        v["spread"] = math.log1p((max(published) - min(published)).days)
        if head.day:
            v["ago"] = math.log1p(max(0, (min(published) - head.day[1]).days))


def _in_a_country(claim: Claim, place: str) -> bool:
    return claim.where is not None and claim.where.name == place and claim.where.precision == "country"


@cache
def model() -> Trees:
    """The weights that come with standoff."""
    told, order = shipped("standoff.reconcile", "soundness.json", SIGNS)
    return trees(told["trees"], order)


def likelihood(scene: Scene) -> float:
    """How likely an incident is one happening of the kind that its headline says."""
    return round(model().likelihoods([signs(scene)])[0], 2)
