"""An archive of made-up reports whose truth is known: two states, a third party and outlets, each with its way of telling.

What happened is drawn first: assaults, threats and calls between two states, at a rate that changes on known days, with one
side answering the other's assaults after known days. Then each account tells a share of it, by known biases: a side leaves
out much of what it did itself, and gives larger losses of the other's. Reports are reprinted word for word by other papers,
and for some stretches there are none. The reports are English sentences, so that they can be read as well as counted; the
claims that a perfect reader would find in them come along.

Nothing of it happened. The states are those that the lexicon knows, the towns are real, the deeds are drawn by lot.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp
from typing import NamedTuple

from standoff import ontology
from standoff.model import SPOKEN, Claim, Count, CountKind, Document, Mention, Party, Source, Span, Trigger, When, Where

SIDES = ("IND", "PAK")
NAMES = {"IND": ("India", "Indian"), "PAK": ("Pakistan", "Pakistani")}
TOWNS: dict[str, dict[str, tuple[float, float]]] = {
    "IND": {
        "Uri": (34.1, 74.0), "Poonch": (33.8, 74.1), "Rajouri": (33.4, 74.3), "Jammu": (32.7, 74.9),
        "Kargil": (34.6, 76.1), "Kupwara": (34.5, 74.3), "Srinagar": (34.1, 74.8), "Anantnag": (33.7, 75.1),
        "Pathankot": (32.3, 75.7), "Amritsar": (31.6, 74.9), "Firozpur": (30.9, 74.6), "Jaisalmer": (26.9, 70.9),
        "Bikaner": (28.0, 73.3), "Barmer": (25.8, 71.4),
    },
    "PAK": {
        "Muzaffarabad": (34.4, 73.5), "Kotli": (33.5, 73.9), "Bhimber": (33.0, 74.1), "Sialkot": (32.5, 74.5),
        "Rawalakot": (33.9, 73.8), "Jhelum": (32.9, 73.7), "Lahore": (31.6, 74.3), "Narowal": (32.1, 74.9),
        "Bahawalpur": (29.4, 71.7), "Multan": (30.2, 71.5), "Sukkur": (27.7, 68.9), "Quetta": (30.2, 67.0),
    },
}  # fmt: skip
"""Far enough from each other to be told apart."""
ACCOUNTS = (*SIDES, "third parties", "outlets")
LEVELS = (0.4, 2.0, 8.0)
"""Hostile deeds a day, both sides together."""
FRIENDLY = 0.15
GAPS = 4
"""Stretches without reports a year."""
OWN, OTHERS, THIRD, PRESS = 0.5, 0.95, 0.5, 0.8
"""Shares that are told: by a side of its own assaults and of the other's, by the third party, by outlets."""
ANSWERED, AFTER = 0.5, 2
"""Share of the first side's assaults that the other answers, and after how many days."""


class Deed(NamedTuple):
    """What happened."""

    number: int
    day: date
    actor: str
    recipient: str
    event: str
    town: str
    killed: int


@dataclass
class Archive:
    """Reports, what a perfect reader finds in them, and the truth behind them."""

    since: date
    until: date
    deeds: list[Deed]
    changes: list[date]
    documents: list[Document] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    told: dict[str, dict[int, Deed]] = field(default_factory=lambda: defaultdict(dict))
    """By account the deeds that it tells."""
    gaps: set[date] = field(default_factory=set)


def made(
    years: float = 2.0, seed: int = 1, *, levels: tuple[float, ...] = LEVELS, stretch: tuple[int, int] = (45, 120)
) -> Archive:
    """An archive of so many years from 2015 on; its level changes after each ``stretch`` of days, at random in between."""
    chance = random.Random(seed)
    since = date(2015, 1, 1)
    until = since + timedelta(days=round(365.25 * years) - 1)
    archive = Archive(since, until, *_truth(chance, since, until, levels, stretch))
    for _ in range(round(GAPS * years)):
        first = since + timedelta(days=chance.randrange((until - since).days))
        archive.gaps |= {first + timedelta(days=n) for n in range(chance.randint(3, 10))}
    by_day: dict[date, list[Deed]] = defaultdict(list)
    for deed in archive.deeds:
        by_day[deed.day].append(deed)
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        if day not in archive.gaps:
            _report(archive, chance, day, by_day[day])
    return archive


def _truth(
    chance: random.Random, since: date, until: date, levels: tuple[float, ...], stretch: tuple[int, int]
) -> tuple[list[Deed], list[date]]:
    deeds: list[Deed] = []
    changes: list[date] = []
    answers: dict[date, int] = defaultdict(int)
    level, left = chance.choice(levels), chance.randint(*stretch)
    day = since
    while day <= until:
        if left == 0 and len(levels) > 1:
            level, left = chance.choice([one for one in levels if one != level]), chance.randint(*stretch)
            changes.append(day)
        towns = {side: chance.sample(list(TOWNS[side]), len(TOWNS[side])) for side in SIDES}

        def add(actor: str, event: str, day: date = day, towns: dict[str, list[str]] = towns) -> None:
            recipient = SIDES[1 - SIDES.index(actor)]
            if not towns[recipient]:
                return
            killed = 1 + min(40, int(chance.expovariate(0.25))) if event == "ASSAULT" else 0
            deeds.append(Deed(len(deeds), day, actor, recipient, event, towns[recipient].pop(), killed))

        for _ in range(_poisson(chance, level)):
            actor = chance.choice(SIDES)
            add(actor, chance.choice(("ASSAULT", "ASSAULT", "THREATEN")))
            if actor == SIDES[0] and deeds[-1].event == "ASSAULT" and chance.random() < ANSWERED:
                answers[day + timedelta(days=AFTER)] += 1
        for _ in range(answers.pop(day, 0)):
            add(SIDES[1], "ASSAULT")
        for _ in range(_poisson(chance, FRIENDLY)):
            add(chance.choice(SIDES), "AGREE")
        day += timedelta(days=1)
        left -= 1
    return deeds, changes


def _poisson(chance: random.Random, mean: float) -> int:
    limit, product, number = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number


def _report(archive: Archive, chance: random.Random, day: date, deeds: list[Deed]) -> None:
    """What each account tells of a day, and the papers that print it."""
    for account in ACCOUNTS:
        told = []
        for deed in deeds:
            if deed.event != "ASSAULT":
                share = 1.0 if account in (deed.actor, "outlets") else 0.3
            elif account in SIDES:
                share = OWN if account == deed.actor else OTHERS
            else:
                share = THIRD if account == "third parties" else PRESS
            if chance.random() < share:
                told.append(deed)
                # What somebody says is told by whoever says it, in whichever paper it stands.
                own = deed.event in SPOKEN and account == "outlets"
                archive.told[deed.actor if own else account][deed.number] = deed
        if not told and chance.random() < 0.5:
            continue
        text, claims = _written(account, day, told, chance)
        for paper in range(1 + chance.randrange(3)):
            doc = f"{account.replace(' ', '-')}-{day}-{paper}"
            name = f"{account.capitalize()} paper {paper}"
            archive.documents.append(Document(doc, text, doc, outlet=name, published=day))
            archive.claims += [_claim(doc, number, *one) for number, one in enumerate(claims)]


class Written(NamedTuple):
    deed: Deed
    account: str
    span: Span
    text: str
    killed: int


def _written(account: str, day: date, deeds: list[Deed], chance: random.Random) -> tuple[str, list[Written]]:
    lines, found, at = [], [], 0
    opening = f"News of {day.strftime('%B')} {day.day}, {day.year}."
    for deed in deeds:
        killed = deed.killed
        if account == deed.actor:
            killed = round(killed * chance.uniform(1.2, 2.0))
        elif account == deed.recipient and killed:
            killed = max(1, round(killed * chance.uniform(0.5, 0.9)))
        lines.append((deed, killed, _sentence(account, deed, killed, day)))
    text = opening
    for deed, killed, sentence in lines:
        at = len(text) + 2
        text = f"{text}\n\n{sentence}"
        found.append(Written(deed, account, Span(at, at + len(sentence)), sentence, killed))
    return text, found


def _sentence(account: str, deed: Deed, killed: int, day: date) -> str:
    (actor, of_actor), (recipient, of_recipient) = NAMES[deed.actor], NAMES[deed.recipient]
    when = f"on {day.strftime('%B')} {day.day}"
    if deed.event == "AGREE":
        body = f"{actor} agreed to a truce with {recipient} near {deed.town} {when}"
    elif deed.event == "THREATEN":
        body = f"{actor} threatened to attack {recipient} near {deed.town} {when}"
    else:
        body = f"{of_actor} troops shelled {of_recipient} positions in {deed.town} {when}, killing {killed} soldier{'s' if killed != 1 else ''}"
    teller = {
        **{side: f"{NAMES[side][0]}'s government said that " for side in SIDES},
        "third parties": "The United Nations said that ",
        "outlets": "",
    }[account]
    return f"{teller}{body}."


def _claim(doc: str, number: int, deed: Deed, account: str, span: Span, text: str, killed: int) -> Claim:
    def named(code: str) -> Mention:
        at = text.index(NAMES[code][0], text.index("said that") if "said that" in text else 0)
        return Mention(Party(code), NAMES[code][0], Span(span.start + at, span.start + at + len(NAMES[code][0])))

    speaker = {"third parties": "UNO"}.get(account, account)
    sources = () if account == "outlets" else (Source(Mention(Party(speaker), speaker, span), "said", span),)
    counts = (
        (Count(CountKind.KILLED, killed, killed, killed, "soldiers" if killed != 1 else "soldier", str(killed), span),)
        if killed
        else ()
    )
    return Claim(
        f"{doc}:{number}",
        doc,
        deed.event,
        Trigger(deed.event.lower(), span),
        span,
        text,
        actors=(named(deed.actor),),
        recipients=(named(deed.recipient),),
        sources=sources,
        counts=counts,
        when=When(deed.day, deed.day, str(deed.day), span),
        where=Where(deed.town, deed.town, span, deed.recipient, *TOWNS[deed.recipient][deed.town], None, "city"),
        confidence=0.9,
    )


def truth(archive: Archive, account: str | None = None) -> dict[date, float]:
    """The sum of PLOVER scores by day: of what happened, or of what an account tells of it."""
    found: dict[date, float] = defaultdict(float)
    for deed in archive.deeds if account is None else archive.told[account].values():
        found[deed.day] += ontology.score(deed.event)
    return found
