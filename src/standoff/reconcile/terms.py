"""What a claim's words tell: the kinds of act (``lexicon/acts.toml``), and what can be hit or lost (``lexicon/struck.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from standoff import lexicon


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of act: what a headline calls it, and the types of claims that tell of it."""

    name: str
    title: str
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Struck:
    """A class of what can be hit, lost or held. ``within`` are the wider classes that hold it."""

    name: str
    side: str
    within: tuple[str, ...]


@cache
def acts() -> dict[str, Act]:
    """Every kind of act by its name."""
    rows = lexicon.load("acts")["act"]
    return {row["name"]: Act(row["name"], row["title"], frozenset(row["events"])) for row in rows}


def acts_in(words: str) -> frozenset[str]:
    """The kinds of act that the words tell of.

    >>> sorted(acts_in("Two jets were shot down after an air strike"))
    ['air strike', 'downing']
    """
    return frozenset(name for name, pattern in _acts() if pattern.search(words))


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    def form(word: str) -> str:
        exact = word.endswith(".")
        return re.escape(word.removesuffix(".")).replace(r"\ ", r"[\s-]+") + (r"\b" if exact else r"\w*")

    return tuple(
        (row["name"], re.compile(rf"\b(?:{'|'.join(map(form, row['words']))})", re.IGNORECASE))
        for row in lexicon.load("acts")["act"]
    )


@cache
def classes() -> dict[str, Struck]:
    """Every class by its name, the wider ones it stands in from the nearest out."""
    rows = {row["name"]: row for row in lexicon.load("struck")["class"]}

    def wider(name: str) -> tuple[str, ...]:
        above = rows[name].get("within")
        return (above, *wider(above)) if above else ()

    return {name: Struck(name, row["side"], wider(name)) for name, row in rows.items()}


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


def sides_of(words: str) -> frozenset[str]:
    """Whether the words name what is civil, what is military, or both."""
    return frozenset(side for name in classes_in(words) if (side := classes()[name].side))
