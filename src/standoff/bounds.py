"""How a figure is bounded, by its own words: "at least 12", "up to 12", "some 12" (``lexicon/bounds.toml``)."""

from __future__ import annotations

import re
from functools import cache

from standoff import lexicon
from standoff.model import Bound


def bound_of(words: str) -> Bound:
    """The bound that the words of a figure put on it.

    >>> bound_of("no fewer than 12 soldiers").value
    'at least'
    >>> bound_of("12 soldiers").value
    'exact'
    """
    # The leftmost is found first: "no more than" before the "more than" in it.
    found = _pattern().search(words)
    if found is None or found.lastgroup is None:
        return Bound.EXACT
    return Bound(found.lastgroup.replace("_", " "))


def is_nil(words: str) -> bool:
    """Whether the words say that there was none at all.

    >>> is_nil("not a single aircraft"), is_nil("one aircraft")
    (True, False)
    """
    return _nil().search(words) is not None


@cache
def _pattern() -> re.Pattern[str]:
    entries = [(word, e["bound"]) for e in lexicon.load("bounds")["bound"] for word in e["words"]]
    entries.sort(key=lambda pair: -len(pair[0]))
    by_bound: dict[str, list[str]] = {}
    for words, bound in entries:
        by_bound.setdefault(bound, []).append(words)
    groups = (f"(?P<{bound.replace(' ', '_')}>{'|'.join(map(_bordered, held))})" for bound, held in by_bound.items())
    return re.compile("|".join(groups), re.IGNORECASE)


@cache
def _nil() -> re.Pattern[str]:
    words = [word for entry in lexicon.load("bounds")["nil"] for word in entry["words"]]
    return re.compile("|".join(map(_bordered, sorted(words, key=len, reverse=True))), re.IGNORECASE)


def _bordered(words: str) -> str:
    escaped = re.escape(words).replace(r"\ ", r"\s+")
    return rf"(?<!\w){escaped}(?!\w)" if words[-1].isalnum() else rf"(?<!\w){escaped}"
