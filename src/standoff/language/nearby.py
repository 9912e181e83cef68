"""Stretches of text by where they stand, so that what one of them touches is found without asking every other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Nearby:
    """Spans ``(start, end)`` under their numbers.

    >>> Nearby([(0, 4), (10, 12), (3, 9)]).touching(3, 10)
    [0, 2]
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._order = sorted((start, end, number) for number, (start, end) in enumerate(spans))
        self._widest = max((end - start for start, end, _ in self._order), default=0)

    def __len__(self) -> int:
        return len(self._order)

    def touching(self, start: int, end: int) -> list[int]:
        """The numbers, in order, of the spans that share something with ``[start, end)``."""
        first, last = bisect_left(self._order, (start - self._widest,)), bisect_left(self._order, (end,))
        return sorted(number for _, stop, number in self._order[first:last] if stop > start)
