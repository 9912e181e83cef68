"""The words and names of ``lexicon/pages.toml``, a table at a time."""

from __future__ import annotations

from functools import cache

from standoff import lexicon


@cache
def words(table: str) -> tuple[str, ...]:
    """A table's words, in its order."""
    return tuple(word for entry in lexicon.load("pages")[table] for word in entry["words"])


@cache
def listed(table: str) -> frozenset[str]:
    """The same where each is a whole line, cell or name, and is only looked up."""
    return frozenset(words(table))


@cache
def names(table: str) -> tuple[str, ...]:
    """What a table's classes, ids, hosts and files are called, in its order."""
    return tuple(name for entry in lexicon.load("pages")[table] for name in entry["names"])
