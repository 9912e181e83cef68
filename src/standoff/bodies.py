"""What the name of a body says of it (``lexicon/bodies.toml``): a state's own body, its organ, or an organisation by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from standoff import lexicon


def named(kind: str, name: str) -> bool:
    """Whether a name holds a word that makes it one of a kind: ``body``, ``organ``, ``organisation`` or, without a name, ``watcher``.

    >>> named("organ", "Nile State Agency"), named("organisation", "the Pamir Rights Centre"), named("body", "Lagos Ledger")
    (True, True, False)
    >>> named("watcher", "a monitoring group"), named("watcher", "an armed group")
    (True, False)
    """
    return _words(kind).search(name) is not None


@cache
def links() -> tuple[str, ...]:
    """The small words within the name of an organisation: "Doctors of the World"."""
    return tuple(word for entry in lexicon.load("bodies")["link"] for word in entry["words"])


def independent(name: str) -> bool:
    """Whether a name is that of a news medium which speaks for no side (``lexicon/organisations.toml``).

    >>> independent("Reuters"), independent("TASS")
    (True, False)
    """
    return name in _media()


def listed(name: str) -> bool:
    """Whether a name is that of an organisation which is known beforehand (``lexicon/organisations.toml``).

    >>> listed("Airwars"), listed("Monitors")
    (True, False)
    """
    return name in _organisations()


@cache
def _organisations() -> frozenset[str]:
    return frozenset(e["name"] for e in lexicon.load("organisations")["organisation"])


@cache
def _media() -> frozenset[str]:
    return frozenset(e["name"] for e in lexicon.load("organisations")["organisation"] if e.get("independent"))


@cache
def _words(kind: str, any_case: bool = False) -> re.Pattern[str]:
    return whole([word for entry in lexicon.load("bodies")[kind] for word in entry["words"]], any_case)


def whole(words: Sequence[str], any_case: bool = False) -> re.Pattern[str]:
    """A pattern of any of the words, each whole."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE if any_case else 0)


TELLS = 2.0
"""A report that tells oftener than so what others say only tells news."""


def speaks_as_side(texts: Sequence[str], body: bool = False) -> bool:
    """Whether an outlet's reports are a side's own words: it is a ``body`` or writes "our fighters" itself, and lets hardly anybody
    else speak.

    >>> speaks_as_side(["At dawn our fighters drove the enemy from the bridge."]), speaks_as_side(['"Our men won," he said.'])
    (True, False)
    """
    unquoted = [_QUOTED.sub(" ", text) for text in texts]
    if not body and not 2 * sum(_words("own", True).search(text) is not None for text in unquoted) >= len(texts) > 0:
        return False
    return sum(len(_TELLING.findall(text)) for text in unquoted) <= TELLS * len(texts)


_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_TELLING = re.compile(r"\b(?:said|says|told|according to|reported|quoted)\b")


def group(name: str) -> bool:
    """Whether a name is that of an armed group which is known beforehand (``lexicon/armed_groups.toml``).

    >>> group("Nusra Front"), group("rebels")
    (True, False)
    """
    return name in _groups()


@cache
def _groups() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon.load("armed_groups")["group"])
