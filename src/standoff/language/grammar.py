"""The words on which a rule of grammar turns, from ``lexicon/grammar.toml``."""

from __future__ import annotations

from functools import cache

from standoff import lexicon


@cache
def listed(table: str) -> frozenset[str]:
    """The words of one table."""
    return frozenset(lexicon.load("grammar")[table]["words"])
