"""Titles and questions as an editor would write them, made from the claims: no codes, nothing that no claim says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from standoff import bodies, lexicon, wording
from standoff.model import (
    OPPOSITION,
    AuxMode,
    Bound,
    Claim,
    CountKind,
    DisputeKind,
    Holds,
    Line,
    Party,
    Question,
    shared_code,
)
from standoff.reconcile import placing
from standoff.reconcile.facts import SPEECH, days_of, family
from standoff.reconcile.terms import Act, act_of, kinds, kinds_in
from standoff.reconcile.told import denies

if TYPE_CHECKING:
    from standoff.reconcile.scene import Scene

_EVENTS = {
    row["event"]: act_of(row, row["event"], frozenset({row["event"]})) for row in lexicon.load("headlines")["event"]
}
_LOSSES = {row["kind"]: row["done"] for row in lexicon.load("headlines")["loss"]}
_SHORT: dict[str, str] = {row["adjective"]: row["short"] for row in lexicon.load("headlines")["called"]}
_NEAR: dict[str, str] = {word: row["near"] for row in lexicon.load("headlines")["place"] for word in row["words"]}
LONGEST = 62
"""Days that a headline dates an incident by, whole years apart: longer, it says nothing of when it was."""
SURE = 0.5
"""From this confidence on, the only report that names who used force is believed in a title; two need none."""
FORCE, KIND = 1 / 3, 0.15
"""The least shares: of an incident's deeds that are force, for its title to be of force; of its claims that tell of a kind of act,
for it to be called that. Of .25 to .5 and .15 to .34 those that called the most incidents of our crises as their truth does."""
BACKGROUND = 3
"""One claim in so many has to tell a day of long ago for a title to have it."""
BACKGROUND_LASTS, BACKGROUND_AGO = 45, 120
"""Days: a time that lasts longer, or had ended longer ago when it was first told, is what a deed is set against."""


def undated(title: str) -> tuple[str, str]:
    """A title of ours in two: what it tells, and the day.

    >>> undated("Air strike on Gori, 9 August 2008"), undated("As the desk calls it, 2024 and all")
    (('Air strike on Gori', '9 August 2008'), ('As the desk calls it, 2024 and all', ''))
    """
    found = _DATED.fullmatch(title)
    return (found[1], found[2]) if found else (title, "")


_DATED = re.compile(rf"(.+), ({wording.LONG_DAYS})")


def is_bare(title: str) -> bool:
    """A title of ours that says only what was done, and perhaps by whom: neither where nor when.

    >>> is_bare("Attack"), is_bare("Syrian attack"), is_bare("Attack on Barda"), is_bare("As the desk calls it")
    (True, True, False, False)
    """
    first, _, rest = title.partition(" ")
    return title.lower() in _heads() or (first in _adjectives() and rest.lower() in _heads())


@cache
def _heads() -> frozenset[str]:
    known = (*_EVENTS.values(), *kinds().values())
    return frozenset(one.title.lower() for act in known for one in (act, *(narrower for _, narrower in act.called)))


@cache
def _adjectives() -> frozenset[str]:
    words = {word for entry in lexicon.load("states")["state"] for word in entry.get("adjectives", ())}
    return frozenset({*words, *_SHORT.values(), "Rebel"})


def adjective(key: str) -> str:
    """ "Russian", "US"; empty for what has none."""
    word = next(iter(wording.adjectives(key)), "")
    return _SHORT.get(word, word)


def party(key: str) -> str:
    """What a party is called in a title: its state, else its own name."""
    code, _, mark = key.partition("-")
    if own := shared_code(key)[1]:
        return wording.in_prose(own)
    state = wording.state_name(code)
    if key == wording.RESIDENTS:
        return "residents"
    if state is None:
        return wording.BLOCS.get(key, key.removeprefix("outlet:"))
    if mark == "REB":
        return wording.rebels(code)
    if mark == "PRE":
        return f"the breakaway authorities in {state}"
    if mark == "CVL":
        return f"people in {state}"
    if mark == OPPOSITION:
        return f"the opposition in {wording.in_prose(state)}"
    return wording.in_prose(state)


@dataclass(frozen=True, slots=True)
class Heading:
    """What an incident's headline is made of."""

    event: str
    kind: str
    """The kind of act (``lexicon/acts.toml``); empty where too few claims tell of any."""
    deeds: tuple[Claim, ...]
    """Its claims but for denials, where there are others."""
    telling: tuple[Claim, ...]
    """Of those, the claims that tell of that kind, where one is named."""
    place: str
    """Where it was; empty where no place that its claims name is likely it."""
    day: tuple[date, date] | None


def heading(scene: Scene) -> Heading:
    """What was done, where and when, as most of an incident's claims tell it."""
    deeds = [c for c in scene.told if not denies(c)] or scene.told
    event = _event(scene, deeds)
    told = {c.id: kinds_in(c.text) for c in deeds}
    kind = _kind(event, deeds, told)
    # Whose words name the kind tells of it; where none is named, all do.
    telling = [c for c in deeds if kind in told[c.id]] or deeds
    return Heading(event, kind, tuple(deeds), tuple(telling), placing.place(deeds, telling, scene.facts), _day(scene))


def of_scene(scene: Scene, of: Heading) -> str:
    """The headline of an incident: "Russian air strike on Gori, 9 August 2008"."""
    event, kind, deeds, telling = of.event, of.kind, of.deeds, of.telling
    act = _called(kinds()[kind], telling) if kind else _EVENTS[event]
    # Who speaks of it, asks for something over it, or did another thing there did not do it; nor did one of several said to have.
    acting = [c for c in telling if c.event == event and c.actor_keys]
    doers = Counter(key for c in acting for key in {m.party.key for m in c.actors if _acts_as_one(m.party)})
    doer = min(doers, key=lambda k: (-doers[k], k)) if doers else ""
    doer = doer if 2 * doers[doer] > len(acting) else ""
    two = _two_sides(scene, deeds, kind) if event in {"CONSULT", "AGREE"} else None
    sides: tuple[str, ...] = ()
    if two:
        head, sides = f"{act.title} between {party(two[0])} and {party(two[1])}", two
    elif kind == "downing":
        # Whose aircraft they were is told by what tells of them, not by those who died on the ground.
        lost = Counter(key for c in telling for key in c.recipient_keys)
        sides = tuple(filter(adjective, [min(lost, key=lambda k: (-lost[k], k))] if lost else []))
        head = " ".join(filter(None, ("downing of", *map(adjective, sides), "aircraft")))
    else:
        whose = _whose(doer, acting) if doer and act.doer else ""
        sides = (doer,) if whose and _told_by_two(scene, doer) else ()
        head = f"{whose} {act.title}" if sides else act.title
    # "Ceasefire between Iran and Qatar in Iran": the country is named already.
    if of.place and act.near and of.place not in {wording.state_name(key) for key in sides}:
        head += f" {at(of.place, act.near)} {place_name(of.place)}"
    return wording.sentence_case(f"{head}, {wording.long_days(*of.day)}" if of.day else head)


def _acts_as_one(party: Party) -> bool:
    """A state by its own organs, a group, a body; a gang or a crowd is no "Colombian" doer."""
    return party.official or party.key != party.code


def _whose(doer: str, acting: Sequence[Claim]) -> str:
    """A doer before its deed: "Russian shelling", "Hamas attack"; of rebels whom the claims do not name alike, "rebel shelling"."""
    code, name = shared_code(doer)
    if not code.endswith("-REB"):
        return adjective(doer)
    if name:
        return name
    names = Counter(m.party.name for c in acting for m in c.actors if m.party.key == doer)
    name = max(names, key=lambda n: (names[n], n))
    return name if bodies.group(name) and 2 * names[name] > names.total() else "rebel"


def _called(act: Act, telling: Sequence[Claim]) -> Act:
    """A kind of act by its narrower title, where most claims that tell of it have the words of that."""
    return next(
        (one for words, one in act.called if 2 * sum(bool(words.search(c.text)) for c in telling) > len(telling)), act
    )


def at(place: str, near: str = "in") -> str:
    """The word before a place: "in Gori", "on Hajar Island", "at Lake Harraz".

    >>> at("Gori"), at("Hajar Island"), at("Lake Harraz"), at("Gori", "on")
    ('in', 'on', 'at', 'on')
    """
    words = place.split()
    return near if near != "in" else next((_NEAR[word] for word in (words[-1], words[0]) if word in _NEAR), near)


def place_name(name: str) -> str:
    """A place as a headline has it: no capitals of a dateline, and no state before its own town.

    >>> place_name("SAN SALVADOR"), place_name("Syrian Idlib"), place_name("UAE"), place_name("Georgian Military Road")
    ('San Salvador', 'Idlib', 'UAE', 'Georgian Military Road')
    """
    words = name.split()
    if len(words) == 2 and words[0] in _adjectives() and words[1][:1].isupper():
        name = words[1]
    return wording.normal_case(name) if len(name) > 3 else name


def _event(scene: Scene, deeds: Sequence[Claim]) -> str:
    """What was done: force, where a good part of what is told is force and the rest is no talks, since no editor heads a massacre by
    the arrests that came with it; else what most claims tell."""
    told = Counter(c.event for c in deeds if c.event not in SPEECH)
    fought = told["ASSAULT"] >= FORCE * told.total() > 0
    return "ASSAULT" if fought and scene.event not in {"AGREE", "CONSULT"} else scene.event


def _kind(event: str, deeds: Sequence[Claim], told: Mapping[str, frozenset[str]]) -> str:
    """The kind of act that most of its claims tell of, by what each tells of; empty where too few tell of any."""
    fitting = [c for c in deeds if c.event == event or c.event in SPEECH] or deeds
    found = Counter(kind for c in fitting for kind in told[c.id] if event in kinds()[kind].events)
    named = {kind: n for kind, n in found.items() if n >= KIND * len(fitting)}
    return min(named, key=lambda kind: (-named[kind], kind)) if named else ""


def _two_sides(scene: Scene, deeds: Sequence[Claim], kind: str) -> tuple[str, str] | None:
    """Who talks with whom: two that one claim names together, not two that any claims name.

    A truce is between those who fight: who carries it between them is not one of its sides.
    """
    talks = [c for c in deeds if c.event in {"CONSULT", "AGREE", "COOPERATE", "REQUEST"}]
    together = Counter(
        two
        for c in talks
        for two in combinations(sorted(c.actor_keys | c.recipient_keys), 2)
        if two[0].split("-")[0] != two[1].split("-")[0]
    )
    fighting = scene.archive.fighting
    if kind == "truce" and len(fighting) > 1:
        named = Counter(key for c in talks for key in (c.actor_keys | c.recipient_keys) & fighting)
        if named and len(fighting) == 2:
            named.update(fighting)
        if len(named) > 1:
            first, second = sorted(sorted(named, key=lambda key: (-named[key], key))[:2])
            if first.split("-")[0] != second.split("-")[0]:
                return first, second
        together = Counter({two: n for two, n in together.items() if set(two) <= fighting})
    return min(together, key=lambda two: (-together[two], two), default=None)


def _told_by_two(scene: Scene, doer: str) -> bool:
    """Who did it stands in a title where the outlets tell it, or the doer itself does; not on an adversary's word alone, and not
    on one report's that was hardly read so."""
    telling = [c for c in scene.told if doer in c.actor_keys and not denies(c)]
    mild = [c for c in telling if any(p == doer or scene.archive.is_outlet(p) for p in scene.holders(c))]
    denied = {p for c in scene.told if denies(c) for p in scene.holders(c)}
    by_one = len({c.doc for c in telling}) == 1 and all(family(c.event) == "force" for c in mild)
    # Of whom about as much is told that it suffered the deed, that one may have been read the wrong way round.
    force = [c for c in scene.told if family(c.event) == "force" and c.event != "RETREAT"]
    suffered = sum(doer in c.recipient_keys for c in force)
    if 3 * suffered > len(telling):
        return False
    return bool(mild) and doer not in denied and not (by_one and all(c.confidence < SURE for c in mild))


def _day(scene: Scene) -> tuple[date, date] | None:
    told = Counter(
        d
        for c in scene.told
        if AuxMode.HISTORICAL not in c.aux and (d := days_of(c)) is not None and not _to_come(scene, c, d[0])
    )
    if not told:
        return None
    first = min((day for c in scene.told if (day := scene.archive.published.get(c.doc))), default=None)
    # "Since March 2011", "in 2014": a year, or what was long ago when it was first told, is what the deed is set against.
    own = {d: n for d, n in told.items() if (d[1] - d[0]).days <= BACKGROUND_LASTS and not long_ago(d[1], first)}
    if not own and few(told.total(), len(scene.told)):
        return None  # one of many claims looks back: the others are of no day that is told
    told = Counter(own) or told
    when = min(told, key=lambda d: (-told[d], (d[1] - d[0]).days, d))
    whole_year = when == (date(when[0].year, 1, 1), date(when[0].year, 12, 31))
    return when if whole_year or (when[1] - when[0]).days <= LONGEST else None


def long_ago(day: date, first: date | None) -> bool:
    """Whether a day was long over when it was first told."""
    return first is not None and (first - day).days > BACKGROUND_AGO


def few(dated: int, told: int) -> bool:
    """Whether so few of an incident's claims tell a day that a day of long ago is none of the others'."""
    return BACKGROUND * dated < told


def _to_come(scene: Scene, claim: Claim, day: date) -> bool:
    """Whether a day lies after the report that tells of the deed as done: it is that of another clause ("will enter next month")."""
    published = scene.archive.published.get(claim.doc)
    return AuxMode.FUTURE not in claim.aux and published is not None and day > published


def how_many(kind: CountKind, struck: str, whose: str, title: str, scope: str) -> str:
    """ "How many Indian jets were lost? (Downing of aircraft, 7 May 2025)".

    >>> how_many(CountKind.KILLED, "people", "SYR", "Shelling of Homs", "this")
    'How many Syrians were killed? (Shelling of Homs)'
    >>> how_many(CountKind.KILLED, "people", "GBR", "Bombing in Fitzroy", "this")
    'How many Britons were killed? (Bombing in Fitzroy)'
    >>> how_many(CountKind.DESTROYED, "people", "RUS", "Downing of aircraft", "this")
    'How many Russian aircraft were lost? (Downing of aircraft)'
    """
    if kind is CountKind.DESTROYED and struck == "people":  # what was lost is not said: no people
        struck = "aircraft" if "aircraft" in title else "targets"
    struck = _COUNTED.get(struck, struck)
    code, _, mark = shared_code(whose)[0].partition("-")
    # Losses of rebels are not the state's: they are said to be rebels', and a breakaway land's are left without its state's name.
    named = adjective(code) if mark != "PRE" else ""
    people = wording.people(code) if named and struck == "people" and not mark else ""
    rebels = "rebels" if struck == "people" else f"rebel {struck}"
    counted = people or " ".join(filter(None, (named, rebels if mark == "REB" else struck)))
    done = _LOSSES.get(kind.value, kind.value)
    when = ", in all" if scope == "cumulative" else ""
    return f"How many {counted} were {done}{when}? ({title})"


_COUNTED = {
    "helpers": "aid workers",
    "armour": "armoured vehicles",
    "crew": "crew members",
    "police": "police officers",
}
"""What is counted, where the name of its class is no word for many."""


def done(claims: Sequence[Claim]) -> str:
    """The use of force that two claims or more name, or that most tell of: "the chemical attack"; empty where they tell of none.

    A question that two accounts part on is about that, though most of its incident is what was said of it.
    """
    named: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for kind in kinds_in(claim.text):
            if "ASSAULT" in kinds()[kind].events:
                named[kind].append(claim)
    kind = min(named, key=lambda kind: (-len(named[kind]), kind), default="")
    if kind and len(named[kind]) > 1:
        return f"the {_called(kinds()[kind], named[kind]).title}"
    return f"the {_EVENTS['ASSAULT'].title}" if 2 * sum(c.event == "ASSAULT" for c in claims) > len(claims) else ""


def happened(title: str, denied: bool = True, deed: str = "") -> str:
    """Whether it was so is asked where somebody says that it was not; of the ``deed``, where the title is of what was said."""
    if not denied:
        return f"What happened? ({title})"
    named = _named(title)
    if named in _SPOKEN and deed:
        return f"Did {deed} happen? ({title})"
    if named in _MADE:
        return f"{'Were' if named.endswith('s') else 'Was'} {named} made? ({title})"
    return f"Was {named} reached? ({title})" if named in _REACHED else f"Did {named} happen? ({title})"


def who(title: str, broken: bool = False, deed: str = "") -> str:
    """Who did it; of a truce that was broken, who broke it; of the ``deed``, where the title is of what was said."""
    if _named(title) in _SPOKEN:
        return f"Who was behind {deed or 'it'}? ({title})"
    if broken and _named(title) in _REACHED:
        return f"Who broke {_named(title)}? ({title})"
    return f"Who was behind {_named(title)}? ({title})"


def began(title: str) -> str:
    return f"Who began it? ({title})"


def hit(title: str) -> str:
    return f"{'Who or what was taken' if _named(title) in _TAKEN else 'Who or what was hit'}? ({title})"


def ended(title: str) -> str:
    return f"How did {_named(title)} end? ({title})"


def asked(title: str) -> str:
    return f"Who asked for {_named(title) if _named(title) in _SOUGHT else 'talks or a truce'}? ({title})"


def _named(title: str) -> str:
    """What was done, for a question under its title; "it" where the title is no words of ours.

    >>> _named("Rebel ground attack on Srinagar, 27 December 1999"), _named("As the desk calls it")
    ('the ground attack', 'it')
    """
    words = title.partition(",")[0].lower().replace("downing of", "downing").split()
    for begin in range(min(3, len(words))):
        for end in range(len(words), begin, -1):
            done = " ".join(words[begin:end])
            if done in _heads() or done == "downing":
                return f"the {done}"
    return "it"


_SOUGHT = frozenset(
    {"the agreement", "the ceasefire", "the meeting", "the release", "the reopening", "the talks", "the telephone call"}
)
_MADE = frozenset({"the accusation", "the appeal", "the arrests", "the concession", "the demand", "the threat"})
_SPOKEN = frozenset({"the accusation", "the appeal", "the concession", "the demand"})
_REACHED = frozenset({"the agreement", "the ceasefire"})
_TAKEN = frozenset({"the arrests", "the boarding", "the capture", "the hijacking", "the kidnapping", "the seizure"})


def mediated(title: str) -> str:
    return f"Did a third party mediate? ({title})"


def said(title: str) -> str:
    return f"What was said? ({title})"


QUESTIONS = {
    Question.WHAT: hit,
    Question.WHO: who,
    Question.BEGAN: began,
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
        says, denies_ = ("say", "deny") if _many(line.party) else ("says", "denies")
        if kind is DisputeKind.COUNT:
            value = line.value if line.low is not None or line.bound is not Bound.EXACT else "the figure is false"
            said_.append(f"{who_} {says} {value}")
        elif line.holds is Holds.NO:
            said_.append(f"{who_} {denies_} it")
        elif line.holds is Holds.YES:
            said_.append(f"{who_} {says} it is so")
        else:
            said_.append(f"{who_}: {line.value}")
    return wording.sentence_case("; ".join(said_))


def _many(key: str) -> bool:
    """A party whose name is of many: "Syrian rebels", "non-governmental organisations"."""
    return key.partition("-")[2] in {"REB", "PRE", "CVL"} or wording.BLOCS.get(key, "")[:1].islower()
