"""By what means: PLOVER's modes of ASSAULT, read from the weapons and means that a clause names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from standoff import lexicon


@cache
def _table() -> dict[str, dict[tuple[str, ...], str]]:
    """Entries by their first word."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    for entry in lexicon.load("weapons")["weapon"]:
        for words in entry["words"]:
            parts = tuple(words.split())
            table.setdefault(parts[0], {})[parts] = entry["mode"]
    return table


def modes(words: Sequence[str]) -> tuple[str, ...]:
    """Modes that a clause shows, in order of mention. ``words`` are its lower-case lemmas; the longest entry wins."""
    found: list[str] = []
    table = _table()
    i = 0
    while i < len(words):
        here = table.get(words[i], {})
        best = max((parts for parts in here if tuple(words[i : i + len(parts)]) == parts), key=len, default=None)
        if best is None:
            i += 1
            continue
        # "Shot down" says nothing of what with.
        downed = words[i] in {"shoot", "shot"} and words[i + 1 : i + 2] == ["down"]
        if here[best] not in found and not downed:
            found.append(here[best])
        i += len(best)
    return tuple(found)
