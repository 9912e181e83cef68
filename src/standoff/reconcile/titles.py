"""Titles and questions as an editor would write them, made from the claims: no codes, nothing that no claim says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from standoff import lexicon, wording
from standoff.model import AuxMode, Bound, Claim, CountKind, DisputeKind, Holds, Line, Question
from standoff.reconcile.facts import SPEECH, days_of, family
from standoff.reconcile.terms import acts
from standoff.reconcile.told import denies

if TYPE_CHECKING:
    from standoff.reconcile.scene import Scene

_EVENTS = {row["event"]: row["title"] for row in lexicon.load("headlines")["event"]}
_LOSSES = {row["kind"]: row["done"] for row in lexicon.load("headlines")["loss"]}


def is_bare(title: str) -> bool:
    """A title of ours that says only what was done, and perhaps by whom: neither where nor when.

    >>> is_bare("Attack"), is_bare("Syrian attack"), is_bare("Attack on Barda"), is_bare("As the desk calls it")
    (True, True, False, False)
    """
    first, _, rest = title.partition(" ")
    return title.lower() in _heads() or (first in _adjectives() and rest.lower() in _heads())


@cache
def _heads() -> frozenset[str]:
    return frozenset(title.lower() for title in (*_EVENTS.values(), *(act.title for act in acts().values())) if title)


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("states")["state"] for word in entry.get("adjectives", ()))


@cache
def adjective(key: str) -> str:
    """ "Russian"; empty for what has none."""
    code = key.split("-")[0]
    if "-" in key:
        return ""
    return next(
        (e["adjectives"][0] for e in lexicon.load("states")["state"] if e["code"] == code and e.get("adjectives")), ""
    )


def party(key: str) -> str:
    """What a party is called in a title: its state, else its own name."""
    code, _, mark = key.partition("-")
    state = wording.state_name(code)
    if state is None:
        return wording.BLOCS.get(key, key.removeprefix("outlet:"))
    if mark == "REB":
        return f"{adjective(code) or state} rebels"
    if mark == "PRE":
        return f"the breakaway authorities in {state}"
    if mark == "CVL":
        return f"people in {state}"
    return wording.in_prose(state)


def of_scene(scene: Scene) -> str:
    """The headline of an incident: "Russian air strike on Gori, 9 August 2008"."""
    deeds = [c for c in scene.told if not denies(c)] or scene.told
    event = _event(scene, deeds)
    known = acts().get(scene.act)
    title = known.title if known and event in known.events else _EVENTS.get(event, event.lower())
    # Who speaks of it, or asks for something over it, did not do it; nor did one of several who are each said to have.
    acting = [c.actor_keys for c in deeds if c.event == event and c.actor_keys]
    doers = Counter(key for keys in acting for key in keys)
    doer = min(doers, key=lambda k: (-doers[k], k)) if doers else ""
    doer = doer if 2 * doers[doer] > len(acting) else ""
    places = Counter(c.where.name for c in deeds if c.where is not None)
    place = min(places, key=lambda n: (-places[n], n)) if places else ""
    if event in {"CONSULT", "AGREE"} and (two := _two_sides(deeds)):
        head = f"{title} between {party(two[0])} and {party(two[1])}"
    elif scene.act == "downing":
        lost = Counter(key for c in deeds for key in c.recipient_keys)
        whose = adjective(min(lost, key=lambda k: (-lost[k], k))) if lost else ""
        head = " ".join(filter(None, ("downing of", whose, "aircraft")))
    else:
        head = " ".join(filter(None, (adjective(doer) if doer and _told_by_two(scene, doer) else "", title)))
    if place:
        head += f" {'on' if event == 'ASSAULT' and _struck(title) else 'in'} {place}"
    day = _day(scene)
    return wording.sentence_case(f"{head}, {wording.long_days(*day)}" if day else head)


def _event(scene: Scene, deeds: Sequence[Claim]) -> str:
    """What was done, where a good part of what is told is a deed and the rest asks for something over it."""
    if scene.event not in {"REQUEST", "SUPPORT", "THREATEN"}:
        return scene.event
    told = Counter(c.event for c in deeds if c.event not in SPEECH)
    force = {event: n for event, n in told.items() if family(event) == "force"}
    if not force or 4 * sum(force.values()) < told.total():
        return scene.event
    return min(force, key=lambda event: (-force[event], event))


def _two_sides(deeds: Sequence[Claim]) -> tuple[str, str] | None:
    """Who talks with whom: two that one claim names together, not two that any claims name."""
    together = Counter(
        two
        for c in deeds
        if c.event in {"CONSULT", "AGREE", "COOPERATE", "REQUEST"}
        for two in combinations(sorted(c.actor_keys | c.recipient_keys), 2)
        if two[0].split("-")[0] != two[1].split("-")[0]
    )
    return min(together, key=lambda two: (-together[two], two), default=None)


def _struck(title: str) -> bool:
    return title in {"air strike", "drone attack", "ground attack", "attack"}


def _told_by_two(scene: Scene, doer: str) -> bool:
    """Who did it stands in a title where the outlets tell it, or the doer itself does; not on an adversary's word alone."""
    tellers = {p for c in scene.told if doer in c.actor_keys and not denies(c) for p in scene.holders(c)}
    denied = {p for c in scene.told if denies(c) for p in scene.holders(c)}
    return doer not in denied and (doer in tellers or any(scene.archive.is_outlet(p) for p in tellers))


def _day(scene: Scene) -> tuple[date, date] | None:
    told = Counter(d for c in scene.told if not {AuxMode.HISTORICAL} & set(c.aux) and (d := days_of(c)) is not None)
    if not told:
        return None
    first = min((day for c in scene.told if (day := scene.archive.published.get(c.doc))), default=None)
    # "Since March 2011", "in 2014": a year, or what was long ago when it was first told, is what the deed is set against.
    own = {d: n for d, n in told.items() if d[1] - d[0] <= LONG and (first is None or first - d[1] <= AGO)}
    told = Counter(own) or told
    return min(told, key=lambda d: (-told[d], (d[1] - d[0]).days, d))


LONG, AGO = timedelta(days=45), timedelta(days=120)


def how_many(kind: CountKind, struck: str, whose: str, title: str, scope: str) -> str:
    """ "How many Indian jets were lost? (Downing of aircraft, 7 May 2025)"."""
    code, _, mark = whose.partition("-")
    # Losses of rebels are not the state's: they are said to be rebels', and a breakaway land's are left without its state's name.
    named = adjective(code) if mark != "PRE" else ""
    counted = " ".join(filter(None, (named, "rebel" if mark == "REB" else "", struck)))
    done = _LOSSES.get(kind.value, kind.value)
    when = ", in all" if scope == "cumulative" else ""
    return f"How many {counted} were {done}{when}? ({title})"


def happened(title: str) -> str:
    return f"Did it happen? ({title})"


def who(title: str) -> str:
    return f"Who was behind it? ({title})"


def hit(title: str) -> str:
    return f"What was hit? ({title})"


def ended(title: str) -> str:
    return f"How did it end? ({title})"


def asked(title: str) -> str:
    return f"Who asked for it? ({title})"


def mediated(title: str) -> str:
    return f"Was it mediated? ({title})"


def said(title: str) -> str:
    return f"What was said? ({title})"


QUESTIONS = {
    Question.WHAT: hit,
    Question.WHO: who,
    Question.HAPPENED: happened,
    Question.OUTCOME: ended,
    Question.ASKED: asked,
    Question.MEDIATED: mediated,
    Question.SAID: said,
}
"""Each question in words, of an incident's title."""


def of_dispute(kind: DisputeKind, lines: Sequence[Line]) -> str:
    """Who holds what, in a sentence: "Pakistan says five; India says none"."""
    said_: list[str] = []
    for line in lines[:4]:
        who_ = party(line.party)
        if kind is DisputeKind.COUNT:
            value = line.value if line.low is not None or line.bound is not Bound.EXACT else "the figure is false"
            said_.append(f"{who_} says {value}")
        elif line.holds is Holds.NO:
            said_.append(f"{who_} denies it")
        elif line.holds is Holds.YES:
            said_.append(f"{who_} says it is so")
        else:
            said_.append(f"{who_}: {line.value}")
    return wording.sentence_case("; ".join(said_))
