"""Figures of losses with what they count: kind, class, whose, scope and bound; and when two of them cannot both hold.

Only like meets like: 31 civilians of one side, 12 of its soldiers, and five jets of the other are three questions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.bounds import is_nil
from standoff.model import BLOCS, AuxMode, Bound, Claim, Count, CountKind
from standoff.reconcile.terms import acts_in, classes, classes_in
from standoff.reconcile.told import calls_false, found, marking

LIVES = frozenset({CountKind.KILLED, CountKind.INJURED, CountKind.MISSING, CountKind.DISPLACED, CountKind.CASUALTIES})
"""Losses whose count rises as the days go."""
ABOUT = 0.15
"""A figure given as "about" may be so much off."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as one party told it."""

    claim: Claim
    party: str
    kind: CountKind
    struck: str
    """What is counted, by class (``lexicon/struck.toml``)."""
    whose: str
    """Code of the side whose they are; empty where it is not told."""
    firm: bool
    """The words beside the figure say whose ("two Indian jets"); else it is who suffered the deed, as that was read."""
    scope: str
    """``this`` happening, a ``part`` of it, or ``cumulative``."""
    low: int
    high: int
    bound: Bound
    unit: str
    former: bool
    """Told as what was said before, and no more."""
    reported: date | None

    @property
    def range(self) -> tuple[float, float]:
        """What the words allow, lowest and highest."""
        match self.bound:
            case Bound.AT_LEAST:
                return self.low, math.inf
            case Bound.MORE_THAN:
                return self.low + 1, math.inf
            case Bound.UP_TO:
                return 0, self.high
            case Bound.LESS_THAN:
                return 0, max(0, self.high - 1)
            case Bound.ABOUT:
                return self.low * (1 - ABOUT), self.high * (1 + ABOUT)
        return self.low, self.high

    @property
    def phrase(self) -> str:
        """ "at least 31", "none", "40 to 50"."""
        if self.high == 0:
            return "none"
        number = f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"
        return number if self.bound is Bound.EXACT else f"{self.bound.value} {number}"


def apart(a: Figure, b: Figure) -> bool:
    """No reading of the two bounds agrees."""
    first, second = a.range, b.range
    return first[1] < second[0] or second[1] < first[0]


def gap(a: Figure, b: Figure) -> float:
    """How far they are apart, as a share of the higher."""
    low, high = sorted((a.range, b.range))
    return 0.0 if low[1] >= high[0] else 1 - low[1] / high[0]


def of_claim(claim: Claim, parties: Sequence[str], reported: date | None) -> Iterator[Figure]:
    """The figures that a claim tells, one a party that holds it."""
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.HISTORICAL} & set(claim.aux):
        return
    rows = list(_counted(claim)) or list(_nil(claim))
    for kind, struck, words, low, high, bound, unit, around in rows:
        whose, firm = _whose(claim, words)
        scope, former = _scope(around)
        for party in parties:
            # Who owns to the loss of "a jet" says by it that it lost one; "a soldier" may be one of many.
            own = low == high == 1 and party in claim.recipient_keys and struck in _THINGS
            told = Bound.EXACT if own else bound
            yield Figure(claim, party, kind, struck, whose, firm, scope, low, high, told, unit, former, reported)


def military(struck: str) -> bool:
    """Whether a class is of those that fight, or of what they fight with."""
    return struck in _THINGS - {"homes"} or classes()[struck].side == "military"


_Row = tuple[CountKind, str, str, int, int, Bound, str, str]
"""Kind, class, the words of the figure, low, high, bound, unit, and the words that say what it is of."""


def _counted(claim: Claim) -> Iterator[_Row]:
    negated = AuxMode.NEGATION in claim.aux or calls_false(claim)
    for count in claim.counts:
        if count.low is None and count.high is None:
            continue
        low = count.low if count.low is not None else 0
        high = count.high if count.high is not None else low
        nil = is_nil(count.text.split(" of ")[0]) and low <= 1 and not _digits(count.text)
        nil = nil or (high == 0 and low == 0)
        if nil and found("beside", claim.text):
            continue  # "no other aircraft was lost": beside those that are told of
        if nil:
            low, high, bound = 0, 0, Bound.EXACT
        elif negated:
            continue  # "did not lose five", "the claim that five were lost is false": nothing of how many it did lose
        elif low == high == 1 and not found("counted", count.text):
            # "killed the archbishop", "a soldier died": a victim is named, and nobody has counted
            bound = Bound.AT_LEAST
        else:
            bound = count.bound
        struck = _class_of(count.kind, count.unit, count.text, claim.text)
        yield count.kind, struck, f"{count.text} {count.unit}", low, high, bound, count.unit, _around(claim, count)


def _around(claim: Claim, count: Count) -> str:
    """The words of a claim that say what a figure is of: of a whole told before its part, those up to the part.

    "34 people were killed, six of them women": that the six are a part makes none of the 34.
    """
    part = marking("parted").search(claim.text, max(0, count.span.end - claim.span.start))
    return claim.text if part is None else claim.text[: part.start()]


def _class_of(kind: CountKind, unit: str, words: str, around: str) -> str:
    """What is counted: of what was destroyed a thing ("four fighters" burned on an apron, "it shot down ten" aircraft)."""
    named = classes_in(unit) or classes_in(words)
    if kind is not CountKind.DESTROYED:
        return next((name for name in named if name == "people" or "people" in classes()[name].within), "people")
    told = (*named, *classes_in(around))
    things = [name for one in told if (name := classes()[one].lost or one) in _THINGS]
    if not things and "downing" in acts_in(around):
        return "aircraft"
    return (things or named or ("people",))[0]


def _digits(words: str) -> bool:
    return any(ch.isdigit() for ch in words)


def _nil(claim: Claim) -> Iterator[_Row]:
    """ "No Russian plane has been shot down", "no civilian was hurt": none of a class, of a kind of loss."""
    match = _no_class().search(claim.text)
    if match is None or found("beside", claim.text):
        return
    struck = (classes_in(match["what"]) or ("people",))[-1]
    kinds = found("loss", claim.text)
    things = struck in _THINGS
    for kind in CountKind:
        if kind.value in kinds and (kind is CountKind.DESTROYED) == things:
            yield kind, struck, match[0], 0, 0, Bound.EXACT, match["what"], claim.text


_THINGS = frozenset({"aircraft", "helicopters", "drones", "vehicles", "armour", "vessels", "guns", "homes"})


@cache
def _no_class() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:no|not a single|not one|none of (?:its|the|our|their))\s+(?P<what>(?:[\w-]+\s+){0,3}?(?:"
        + "|".join(
            re.escape(form) + "s?"
            for row in lexicon.load("struck")["class"]
            for form in row["words"]
            if row["name"] not in {"homes", "civil places", "military places"}
        )
        + r"))\b",
        re.IGNORECASE,
    )


def _scope(around: str) -> tuple[str, bool]:
    told = found("scope", around)
    scope = "part" if told & {"part", "further"} else "cumulative" if "cumulative" in told else "this"
    return scope, "former" in told


def _whose(claim: Claim, words: str) -> tuple[str, bool]:
    """Whose the losses are: by a word with the figure ("two Indian jets", "our men", "enemy soldiers"), else who suffers it."""
    for word in re.findall(r"[A-Z][\w'’-]+", words):
        code = demonyms().get(word)
        if code:
            return code, True
    losing = list(marking("losing").finditer(claim.text))
    for loser in losing:
        if code := demonyms().get(loser["named"] or ""):
            return code, True
    said = {s.mention.party.code for s in claim.sources[:1]} - BLOCS
    if said and (any(loser["speaker"] for loser in losing) or found("own", words)):
        return (
            said.pop(),
            True,
        )  # "Azerbaijan said it had lost 50 servicemen", "that 63 of its civilians had been killed"
    suffering = sorted({key.split("-")[0] for key in claim.recipient_keys} - {"UNK"})
    return (suffering[0] if len(suffering) == 1 else ""), False


@cache
def demonyms() -> dict[str, str]:
    """Codes of states by the words that say whose something is."""
    found_: dict[str, str] = {}
    for entry in lexicon.load("states")["state"]:
        called = (*entry.get("adjectives", ()), *entry.get("people", ()), *entry.get("case_sensitive", ()))
        for name in (*called, *entry["names"]):
            found_.setdefault(name, entry["code"])
    return found_


_SAME = {"civilians": "people", "refugees": "people", "peacekeepers": "peacekeepers", "helicopters": "aircraft"}


def subject(figure: Figure) -> tuple[CountKind, str, str]:
    """What of a figure must be one for two to be set against each other, but for whose they are: kind, class, scope."""
    kind = CountKind.CAPTURED if figure.kind is CountKind.ARRESTED else figure.kind
    struck = _SAME.get(figure.struck, figure.struck)
    if kind is CountKind.CAPTURED or kind is CountKind.DISPLACED:
        struck = "people" if classes()[struck].within or struck == "people" else struck
    # Who has fled is counted from the first on, whether or not it is said so.
    scope = "this" if kind is CountKind.DISPLACED and figure.scope == "cumulative" else figure.scope
    return kind, struck, scope
