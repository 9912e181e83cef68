"""Where two lists of words or passages differ, in a time that has a bound whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

MOST_STEPS = 4_000_000
"""Looks at a word, and at the places where the other list has it, after which they are compared no further: less than a
second. Two unlike reports of 60,000 characters take 2,500,000; every second word in common, and they would take minutes."""


def opcodes(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, int, int, int, int]] | None:
    """As :meth:`difflib.SequenceMatcher.get_opcodes`; None where that would take too long to find.

    >>> opcodes(["a", "b"], ["a", "c"])
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2)]
    """
    try:
        return list(_Counted(left, right).get_opcodes())
    except _TooUnlike:
        return None


class _TooUnlike(Exception):
    """Comparing would take too long."""


class _Counted(SequenceMatcher[str]):
    """Counts what a search takes before it is made: each looks at all words of a stretch, and there are the more of them
    the shorter what they find is."""

    b2j: dict[str, list[int]]

    def __init__(self, left: Sequence[str], right: Sequence[str]) -> None:
        # Of a long list the words that stand everywhere begin no stretch, and are taken into those that others begin.
        super().__init__(None, left, right, autojunk=True)
        self._before = [0, *accumulate(1 + len(self.b2j.get(word, ())) for word in left)]
        self._left = MOST_STEPS

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        ahi = len(self._before) - 1 if ahi is None else ahi
        self._left -= self._before[ahi] - self._before[alo]
        if self._left < 0:
            raise _TooUnlike
        return super().find_longest_match(alo, ahi, blo, bhi)
