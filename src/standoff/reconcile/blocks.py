"""Which claims are compared at all: those of one report, and those of one state or party and one fortnight.

So that the work grows as the claims do: in a block too large to compare all with all, each claim meets its neighbours by
place and day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from standoff.days import shift
from standoff.reconcile.facts import Facts, reach

WHOLE = 400
"""Blocks up to this size are compared all with all."""
NEIGHBOURS = 60
"""In a larger block each claim meets this many that stand next to it."""

Key = tuple[str, ...]


def candidates(facts: Iterable[Facts]) -> Iterator[tuple[str, str]]:
    """Pairs of claims to be compared, each once, the lesser id first."""
    seen: set[tuple[str, str]] = set()
    for _, group in sorted(blocks(facts).items()):
        span = len(group) if len(group) <= WHOLE else NEIGHBOURS
        for i, a in enumerate(group):
            for b in group[i + 1 : i + 1 + span]:
                pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def blocks(facts: Iterable[Facts]) -> dict[Key, list[Facts]]:
    """The claims of each block, by place, day and report."""
    held: dict[Key, list[Facts]] = defaultdict(list)
    for one in facts:
        for key in keys(one):
            held[key].append(one)
    for group in held.values():
        group.sort(key=lambda f: (f.place, reach(f) or (date.max, date.max), f.doc, f.start, f.id))
    return held


def keys(one: Facts) -> list[Key]:
    """The blocks that a claim stands in, by itself alone."""
    found: list[Key] = [("report", one.doc)]
    days = reach(one)
    states = {key.split("-")[0] for key in one.actors | one.recipients}
    if one.where is not None and one.where.country:
        states.add(one.where.country)
    if not one.speaker.startswith("outlet:"):
        states.add(one.speaker.split("-")[0])
    states.discard("UNK")
    if days is None:
        return [*found, *(("undated", state) for state in sorted(states or {"none"}))]
    first, last = shift(days[0], -1).toordinal() // 14, shift(days[1], 1).toordinal() // 14
    for fortnight in range(first, min(last, first + 3) + 1):
        found.append((str(fortnight),))
        found += [(str(fortnight), state) for state in sorted(states)]
        if one.place:
            found.append((str(fortnight), "at", one.place))
        elif not states:
            found.append((str(fortnight), "none"))
    return found
