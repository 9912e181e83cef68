"""Named rules that turn the figures told of one loss into a range; each follows a published convention.

No figure stands without the name of its rule. A policy never decides who is right: it says what a given convention
would write down. Vague words and bounds stay in :class:`Figure`, so that a view can show what was said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from standoff.errors import SettingsError
from standoff.model import Count, shared_code

_AT_LEAST = re.compile(
    r"\b(at least|no fewer than|no less than|not less than|a minimum of|upwards? of|or more)\b|\d\s*\+", re.I
)
_MORE = re.compile(r"\b(more than|over|above|in excess of|exceed(?:s|ed|ing)?)\b", re.I)
_AT_MOST = re.compile(r"\b(up to|at most|no more than|not more than|as many as|a maximum of|or fewer)\b", re.I)
_FEWER = re.compile(r"\b(fewer than|less than|under|below|nearly|almost)\b", re.I)


def bounds(count: Count) -> tuple[float, float] | None:
    """What the words allow, lowest and highest: "at least 10" has no top, "up to 10" no floor; None for vague words."""
    if count.low is None or count.high is None:
        return None
    if _AT_MOST.search(count.text):
        return 0, count.high
    if _AT_LEAST.search(count.text) or _MORE.search(count.text):
        return count.low, math.inf
    if _FEWER.search(count.text):
        # "Nearly 40" is a way to say a little under forty; how little is not said.
        return 0, count.high
    return count.low, count.high


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it was told: the count, who holds it, its independent voice, and when it was reported."""

    count: Count
    party: str
    voice: str = ""
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a convention writes down. ``best`` is null where the convention gives a range only."""

    policy: str
    low: int | None
    best: int | None
    high: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule by its name, with what it does in a sentence."""

    name: str
    says: str
    apply: Callable[[Sequence[Figure]], tuple[int | None, int | None, int | None]]
    vague: Mapping[str, tuple[int, int]]


# Airwars writes a bare plural as two and dozens as twelve to twenty-four; ACLED takes the least such a word can mean.
AIRWARS_WORDS = {
    "dozens": (12, 24),
    "scores": (20, 40),
    "hundreds": (100, 200),
    "several": (2, 2),
    "a number": (2, 2),
    "many": (2, 10),
    "": (2, 2),
}
ACLED_WORDS = {"tens": (10, 10), "dozens": (12, 12), "hundreds": (100, 100)}


def _range(figure: Figure, words: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    """The figure as whole numbers, vague words by the convention's table; None where it has nothing to say."""
    count = figure.count
    if count.low is not None and count.high is not None:
        return count.low, count.high
    said = count.text.lower()
    for word, pair in words.items():
        if word and re.search(rf"\b{word}\b", said):
            return pair
    return words.get("")


def _current(figures: Sequence[Figure]) -> list[Figure]:
    """What each party holds now: its newest figure; a rising toll by one speaker is no second figure."""
    newest: dict[str, Figure] = {}
    for figure in sorted(figures, key=_order):
        newest[figure.party] = figure
    return sorted(newest.values(), key=_order)


def _order(figure: Figure) -> tuple[date, str, int, int, str]:
    count = figure.count
    return figure.reported or date.min, figure.party, count.low or 0, count.high or 0, count.text


def _ranges(figures: Sequence[Figure], words: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
    return [pair for figure in _current(figures) if (pair := _range(figure, words)) is not None]


_Triple = tuple[int | None, int | None, int | None]
_NOTHING: _Triple = (None, None, None)


def _minimum(figures: Sequence[Figure]) -> _Triple:
    ranges = _ranges(figures, {})
    least = min((low for low, _ in ranges), default=None)
    return least, least, least


def _maximum(figures: Sequence[Figure]) -> _Triple:
    most = max((high for _, high in _ranges(figures, {})), default=None)
    return most, most, most


def _acled(figures: Sequence[Figure]) -> _Triple:
    least = min((low for low, _ in _ranges(figures, ACLED_WORDS)), default=None)
    return least, least, least


def _airwars(figures: Sequence[Figure]) -> _Triple:
    ranges = []
    for figure in _current(figures):
        pair = _range(figure, AIRWARS_WORDS)
        if pair is None:
            continue
        # "More than 10" is a floor of eleven.
        passed = (
            figure.count.low is not None and _MORE.search(figure.count.text) and not _AT_MOST.search(figure.count.text)
        )
        ranges.append((pair[0] + 1, max(pair[0] + 1, pair[1])) if passed else pair)
    if not ranges:
        return _NOTHING
    return min(low for low, _ in ranges), None, max(high for _, high in ranges)


def _ucdp(figures: Sequence[Figure]) -> _Triple:
    """Of figures equally good the lower is best; the highest that was told is the high estimate."""
    ranges = _ranges(figures, {})
    if not ranges:
        return _NOTHING
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    # Each voice once: a figure that independent voices share outweighs one of a single voice; ties go to the lower.
    votes: dict[int, set[str]] = {}
    for figure in _current(figures):
        if figure.count.low is not None:
            votes.setdefault(figure.count.low, set()).add(figure.voice or figure.party)
    best = min(votes, key=lambda value: (-len(votes[value]), value))
    return low, best, high


def _median(figures: Sequence[Figure]) -> _Triple:
    """The middle of the independent voices, the lower middle of an even number."""
    by_voice: dict[str, tuple[int, int]] = {}
    for figure in _current(figures):
        pair = _range(figure, {})
        if pair is not None:
            by_voice[figure.voice or figure.party] = pair
    if not by_voice:
        return _NOTHING
    low, high = (median_low([pair[i] for pair in by_voice.values()]) for i in (0, 1))
    return low, low, high


def _latest(figures: Sequence[Figure]) -> _Triple:
    told = [pair for figure in sorted(figures, key=_order) if (pair := _range(figure, {})) is not None]
    return (told[-1][0], told[-1][0], told[-1][1]) if told else _NOTHING


POLICIES: Mapping[str, Policy] = {
    p.name: p
    for p in (
        Policy("ucdp", "UCDP: lowest, best and highest; of equally good figures the lower is best", _ucdp, {}),
        Policy("acled", "ACLED: the most conservative figure; tens 10, dozens 12, hundreds 100", _acled, ACLED_WORDS),
        Policy("airwars", "Airwars: a range; a bare plural is 2, dozens 12 to 24", _airwars, AIRWARS_WORDS),
        Policy("minimum", "the lowest figure that any party holds", _minimum, {}),
        Policy("maximum", "the highest figure that any party holds", _maximum, {}),
        Policy("median", "the middle of the independent voices", _median, {}),
        Policy("latest", "the figure reported last", _latest, {}),
    )
}


def ranked(order: Sequence[str]) -> Policy:
    """Source hierarchy: the figure of the first party in ``order`` that has one; none of them told, no figure.

    >>> ranked(("UNO", "NGO")).name
    'ranked:UNO,NGO'
    """

    def apply(figures: Sequence[Figure]) -> _Triple:
        for party in order:
            for figure in _current([f for f in figures if f.party == party]):
                pair = _range(figure, {})
                if pair is not None:
                    return pair[0], pair[0], pair[1]
        return _NOTHING

    return Policy("ranked:" + ",".join(order), "the first source in the user's order that gives a figure", apply, {})


def called(name: str) -> str:
    """A policy as a sentence names it.

    >>> called("ucdp"), called("latest")
    ('the rule of UCDP', 'the rule “the figure reported last”')
    """
    whose, colon, _ = policy(name).says.partition(":")
    return f"the rule of {whose}" if colon else f"the rule “{whose}”"


def policy(name: str) -> Policy:
    """A policy by its name; ``ranked:UNO,NGO`` is the user's order of sources.

    Raises:
        SettingsError: no policy has that name.
    """
    if name.startswith("ranked:") and name != "ranked:":
        return ranked(tuple(part.strip() for part in name.removeprefix("ranked:").split(",") if part.strip()))
    if name not in POLICIES:
        raise SettingsError(name, "is no policy", f"use one of {', '.join(POLICIES)} or ranked:PARTY,PARTY")
    return POLICIES[name]


def estimate(figures: Sequence[Figure], name: str = "ucdp") -> Estimate:
    """What a convention makes of the figures of one kind of loss in one incident, whatever order they come in."""
    rule = policy(name)
    low, best, high = rule.apply(figures)
    parties = sorted({shared_code(f.party)[1] or f.party for f in figures})
    vague = sorted({f.count.text for f in figures if f.count.low is None})
    reason = f"{rule.says}; told by {', '.join(parties) or 'no one'}"
    return Estimate(rule.name, low, best, high, f"{reason}; in words: {', '.join(vague)}" if vague else reason)
