"""What a claim's words tell: the kinds of act (``lexicon/acts.toml``), and what can be hit or lost (``lexicon/struck.toml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from standoff import lexicon


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of act: what a headline calls it, and the types of claims that tell of it."""

    name: str
    title: str
    events: frozenset[str]
    near: str = "in"
    """The word before its place; empty for what has none."""
    doer: bool = True
    """Whether a headline calls it by a state: "Syrian air strike"."""
    called: tuple[tuple[re.Pattern[str], Act], ...] = ()
    """Narrower titles, each with the words that it takes."""


@dataclass(frozen=True, slots=True)
class Struck:
    """A class of what can be hit, lost or held. ``within`` are the wider classes that hold it."""

    name: str
    side: str
    within: tuple[str, ...]
    lost: str = ""
    """The class of things that the word means where it was destroyed, not killed ("four fighters")."""


@cache
def acts() -> dict[str, Act]:
    """Every kind of act by its name, by which claims are linked."""
    return _by_name(lexicon.load("acts")["act"])


@cache
def kinds() -> dict[str, Act]:
    """Every kind of act that a headline tells apart, by its name: those of :func:`acts`, and finer ones."""
    return acts() | _by_name(lexicon.load("headlines")["kind"])


def _by_name(rows: Sequence[Mapping[str, Any]]) -> dict[str, Act]:
    return {row["name"]: act_of(row, row["name"], frozenset(row["events"])) for row in rows}


def act_of(row: Mapping[str, Any], name: str, events: frozenset[str]) -> Act:
    """What a row of the lexicon says of a kind of act."""
    narrower = tuple((_pattern(one["words"]), act_of(one, name, events)) for one in row.get("called", ()))
    return Act(name, row["title"], events, row.get("near", "in"), row.get("doer", True), narrower)


def acts_in(words: str) -> frozenset[str]:
    """The kinds of act that the words tell of.

    >>> sorted(acts_in("Two jets were shot down after an air strike"))
    ['air strike', 'downing']
    """
    return frozenset(name for name, pattern in _acts() if pattern.search(words))


def kinds_in(words: str) -> frozenset[str]:
    """The kinds of act that a headline tells apart, which the words tell of.

    >>> sorted(kinds_in("Jets dropped chlorine on the town in an air strike"))
    ['air strike', 'chemical attack']
    """
    finer = frozenset(name for name, pattern in _finer() if pattern.search(words))
    return acts_in(words) | finer


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns(lexicon.load("acts")["act"])


@cache
def _finer() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns(lexicon.load("headlines")["kind"])


def _patterns(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], _pattern(row["words"])) for row in rows)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """The words whole, in any inflection that only adds to them; one that ends in a full stop as it is."""

    def form(word: str) -> str:
        exact = word.endswith(".")
        return re.escape(word.removesuffix(".")).replace(r"\ ", r"[\s-]+") + (r"\b" if exact else r"\w*")

    return re.compile(rf"\b(?:{'|'.join(map(form, words))})", re.IGNORECASE)


@cache
def classes() -> dict[str, Struck]:
    """Every class by its name, the wider ones it stands in from the nearest out."""
    rows = {row["name"]: row for row in lexicon.load("struck")["class"]}

    def wider(name: str) -> tuple[str, ...]:
        above = rows[name].get("within")
        return (above, *wider(above)) if above else ()

    return {name: Struck(name, row["side"], wider(name), row.get("lost", "")) for name, row in rows.items()}


def classes_in(words: str) -> tuple[str, ...]:
    """The classes that the words name, in the order of the text; of words within a longer name only that counts.

    >>> classes_in("nine civilians and four soldiers near a training camp")
    ('civilians', 'soldiers', 'military places')
    """
    pattern, named = _classes()
    found: list[str] = []
    for match in pattern.finditer(words):
        name = named.get(_plain(match[0]), match.lastgroup and match.lastgroup.replace("_", " "))
        if name and name not in found:
            found.append(name)
    return tuple(found)


def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word.lower()).strip()


@cache
def _classes() -> tuple[re.Pattern[str], dict[str, str]]:
    named: dict[str, str] = {}
    special: list[str] = []
    for row in lexicon.load("struck")["class"]:
        for word in row["words"]:
            for form in _forms(word):
                named.setdefault(form, row["name"])
        if "pattern" in row:
            special.append(f"(?P<{row['name'].replace(' ', '_')}>{row['pattern']})")
    longest = sorted(named, key=lambda word: (-len(word), word))
    plain = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in longest)
    return re.compile(rf"\b(?:{'|'.join([*special, plain])})\b", re.IGNORECASE), named


def _forms(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "x", "ch", "sh")):
        return (word, f"{word}es")
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (word, f"{word[:-1]}ies")
    return (word, f"{word}s")
