"""What a text must hold for a pattern to be found in it: asked first, it spares most searches.

A pattern of "the day before the ..." is found in no text without "day before". Python's ``re`` looks for such a piece itself,
but not where case is ignored.
"""

from __future__ import annotations

import re
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_DIGITS = frozenset("0123456789")


class Within:
    """A text that is asked which patterns it can hold.

    >>> ago = re.compile("(?:two|three) days? ago", re.IGNORECASE)
    >>> Within("Three weeks earlier").may_match(ago)
    False
    """

    def __init__(self, text: str) -> None:
        self.lower = text.lower()
        self._held: dict[frozenset[str], bool] = {}

    def may_match(self, pattern: re.Pattern[str]) -> bool:
        """False where the text cannot hold the pattern."""
        needed = _needed(pattern)
        if needed is None:
            return True
        held = self._held.get(needed)
        if held is None:
            held = self._held[needed] = any(piece in self.lower for piece in needed)
        return held


@cache
def _needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Pieces, in lower case, of which every match has one at least; None where none can be told."""
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags))


def _of_sequence(nodes: Any) -> frozenset[str] | None:
    """The most telling need of what stands in a row: the one whose shortest piece is the longest."""
    found: list[frozenset[str]] = []
    run = ""
    for code, value in nodes:
        if code is codes.LITERAL:
            run += chr(value).lower()
            continue
        found += [frozenset({run})] if run else []
        run = ""
        need = _of_node(code, value)
        found += [need] if need else []
    found += [frozenset({run})] if run else []
    return max(found, key=lambda need: (min(map(len, need)), -len(need)), default=None)


def _of_node(code: Any, value: Any) -> frozenset[str] | None:
    if code is codes.SUBPATTERN:
        return _of_sequence(value[3])
    if code is codes.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return None if None in branches else frozenset().union(*branches)  # type: ignore[arg-type]
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT} and value[0] > 0:
        return _of_sequence(value[2])
    if code is codes.IN and value == [(codes.CATEGORY, codes.CATEGORY_DIGIT)]:
        return _DIGITS
    return None
