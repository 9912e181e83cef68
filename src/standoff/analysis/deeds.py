"""What each account tells of each happening between two parties: counted once, however many claims tell of it.

The rules:

- A claim counts where it asserts that something happened (:mod:`standoff.store.tellings`). Threats and demands are verbal
  conflict and cooperation of the day they were made, by their type; what they threaten is no event.
- The unit is the happening, as one account tells it: an incident with all its claims, or a claim that none links. Of one
  happening an account's claims of one quad class in one direction count once, under the type that most of them give and
  with the mean of their PLOVER scores; the accusation and the deed it is about are two, being of two classes.
- A claim that names one side only takes the other from its incident, where that names this pair in one direction alone. Who
  meets or agrees with whom does so in both directions, and counts once between them.
- The day is the one that most of the account's claims give; where they give none, that of the other accounts; where none
  does, the day of the first report.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from standoff import ontology
from standoff.store.tellings import Telling

Dyad = tuple[str, str]
"""Two parties by their keys at the grain of accounts."""

ALL = "all"
THIRD = "third parties"
OUTLETS = "outlets"

BETWEEN = "between"
"""Either direction, what both do together once."""

_Value = TypeVar("_Value", date, str)

_SPEECH = frozenset({"ACCUSE", "REJECT"})
"""Who accuses or denies speaks of a deed; its direction is not the deed's."""


class Deed(NamedTuple):
    """What one account tells of one happening in one quad class; in the order of the days, and then as the fields stand."""

    day: date
    happening: str
    account: str
    """The key of one of the two, or ``third parties``, ``outlets``, ``all``."""
    direction: str
    """``UKR>RUS``, ``RUS>UKR`` or ``between``."""
    quad: int
    event: str
    score: float
    told: tuple[Telling, ...]


def directions(dyad: Dyad) -> tuple[str, str, str]:
    """The three that a pair has: there, back, and between them.

    >>> directions(("RUS", "UKR"))
    ('RUS>UKR', 'UKR>RUS', 'between')
    """
    one, other = dyad
    return f"{one}>{other}", f"{other}>{one}", BETWEEN


def accounts(dyad: Dyad) -> tuple[str, ...]:
    """Whose tellings are kept apart: each side's, third parties', outlets' own; and all together."""
    return (*dyad, THIRD, OUTLETS, ALL)


def draw(tellings: Iterable[Telling], dyad: Dyad) -> list[Deed]:
    """The deeds between two parties by every account, in the order of their days."""
    return by_dyad(tellings, [dyad])[dyad]


def by_dyad(tellings: Iterable[Telling], dyads: Sequence[Dyad]) -> dict[Dyad, list[Deed]]:
    """The deeds of several pairs of parties, from one reading of the tellings."""
    of_party: dict[str, list[Dyad]] = defaultdict(list)
    for dyad in dyads:
        for party in dyad:
            of_party[party].append(dyad)
    near: dict[Dyad, list[Telling]] = {dyad: [] for dyad in dyads}
    with _uncollected():
        for one in tellings:
            for dyad in {dyad for party in (*one.actors, *one.recipients) for dyad in of_party.get(party, ())}:
                near[dyad].append(one)
        return {dyad: _draw(near[dyad], dyad) for dyad in dyads}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python looks through all objects for circles whenever many more are there; of millions of tuples that is half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _draw(near: Sequence[Telling], dyad: Dyad) -> list[Deed]:
    direct: list[tuple[Telling, tuple[str, ...]]] = []
    half: list[tuple[Telling, str]] = []
    named: dict[str, set[str]] = defaultdict(set)
    for one in near:
        ways = _ways(one.actors, one.recipients, dyad)
        if ways:
            direct.append((one, ways))
            if one.event not in _SPEECH:
                named[one.happening].update(ways)
        elif one.happening != one.claim and (way := _half(one.actors, one.recipients, dyad)) is not None:
            half.append((one, way))
    for one, way in half:
        if named.get(one.happening) == {way}:
            direct.append((one, (way,)))
    days = _days(one for one, _ in direct)
    quads = {event: ontology.quad(event) for event in {one.event for one, _ in direct}}
    groups: dict[tuple[str, str, int], tuple[list[Telling], dict[str, list[Telling]]]] = {}
    for one, ways in direct:
        quad = quads[one.event]
        for account in _accounts(one.tellers, dyad):
            key = (one.happening, account, quad)
            held = groups.get(key)
            if held is None:
                held = groups[key] = ([], {})
            held[0].append(one)
            for way in ways:
                if way in held[1]:
                    held[1][way].append(one)
                else:
                    held[1][way] = [one]
    found: list[Deed] = []
    for (happening, account, quad), (all_told, by_way) in groups.items():
        between = _deed(happening, account, BETWEEN, quad, all_told, days[happening])
        found.append(between)
        for way, told in by_way.items():
            if len(told) == len(all_told):
                # In most happenings one side acts: what is told between them is what it did.
                day, _, _, _, _, event, score, whole = between
                found.append(Deed(day, happening, account, way, quad, event, score, whole))
            else:
                found.append(_deed(happening, account, way, quad, told, days[happening]))
    found.sort()
    return found


@lru_cache(maxsize=100_000)
def _ways(actors: tuple[str, ...], recipients: tuple[str, ...], dyad: Dyad) -> tuple[str, ...]:
    """In which directions a claim runs between the two."""
    first, second = dyad
    there = first in actors and second in recipients
    back = second in actors and first in recipients
    if not (there or back) and first in actors and second in actors:
        there = back = True
    return tuple(way for way, runs in zip(directions(dyad), (there, back), strict=False) if runs)


@lru_cache(maxsize=100_000)
def _half(actors: tuple[str, ...], recipients: tuple[str, ...], dyad: Dyad) -> str | None:
    """The direction of a claim that names one of the two and leaves the other out."""
    there, back, _ = directions(dyad)
    first, second = dyad
    return {
        ((first,), ()): there,
        ((), (second,)): there,
        ((second,), ()): back,
        ((), (first,)): back,
    }.get((actors, recipients))


@lru_cache(maxsize=100_000)
def _accounts(tellers: tuple[str, ...], dyad: Dyad) -> tuple[str, ...]:
    if not tellers:
        return (OUTLETS, ALL)
    own = dict.fromkeys(teller if teller in dyad else THIRD for teller in tellers)
    return (*own, ALL)


def _days(told: Iterable[Telling]) -> Mapping[str, date]:
    """The day of each happening by all accounts together."""
    dated: dict[str, list[date]] = {}
    reported: dict[str, date] = {}
    for one in told:
        if one.dated:
            held = dated.get(one.happening)
            if held is None:
                dated[one.happening] = [one.day]
            else:
                held.append(one.day)
        elif one.happening not in reported or one.day < reported[one.happening]:
            reported[one.happening] = one.day
    return reported | {happening: _most(days) for happening, days in dated.items()}


def _deed(happening: str, account: str, way: str, quad: int, told: list[Telling], day: date) -> Deed:
    own = [one.day for one in told if one.dated]
    event = _most([one.event for one in told])
    score = sum(one.score for one in told) / len(told)
    return Deed(_most(own) if own else day, happening, account, way, quad, event, score, tuple(told))


def _most(values: Sequence[_Value]) -> _Value:
    """The value that most are; of equals the least."""
    first = values[0]
    if values.count(first) == len(values):
        return first
    found = Counter(values)
    return min(found, key=lambda value: (-found[value], value))


def of(deeds: Iterable[Deed], account: str = ALL, direction: str = BETWEEN) -> Iterator[Deed]:
    """The deeds that one account tells in one direction."""
    return (one for one in deeds if one.account == account and one.direction == direction)
