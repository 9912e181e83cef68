"""Which name a phrase goes with: "the army" and India, "the group" and Hamas, "villagers" and the town they live in.

The network learned it from phrases coded with their party, against every name of the window that the tables know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from standoff.language.reading.model import Array, Scores

Span = tuple[int, int]


class Kin:
    """Vectors of a document's pieces by which phrases and names are compared."""

    def __init__(self) -> None:
        self._windows: list[tuple[Array, Array, Array, Array]] = []
        self._of: Sequence[Span] | None = None
        self._there: list[int] = []
        self._keys: Array = np.zeros((0, 0, 0), dtype=np.float32)

    def add(self, offsets: Sequence[Span], scores: Scores, pairs: int) -> None:
        starts = np.asarray([s for s, _ in offsets], dtype=np.float32)
        ends = np.asarray([e for _, e in offsets], dtype=np.float32)
        self._windows.append((starts, ends, scores.asks[:, -pairs:].copy(), scores.keys[:, -pairs:].copy()))

    def likely(self, phrase: Span, names: Sequence[Span], low: int, high: int) -> Array:
        """``(names, 2)`` probabilities that a name is the phrase's party, and that it has the phrase's country; of the names
        whose numbers are within ``[low, high)``."""
        ask = self._mean(phrase, 2)
        found = np.zeros((high - low, 2), dtype=np.float32)
        if ask is None:
            return found
        there, keys = self._stacked(names)
        first, last = bisect_left(there, low), bisect_left(there, high)
        if first < last:
            width, key = ask.shape[-1], keys[first:last]
            logits = (ask[None] * key[..., :width]).sum(-1) / np.sqrt(width) + key[..., width] - 1.0
            found[np.asarray(there[first:last]) - low] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
        return found

    def _stacked(self, names: Sequence[Span]) -> tuple[list[int], Array]:
        """The keys of names, and the numbers of those that have one; kept for the list that is asked again and again."""
        if self._of is not names:
            keys = [(i, key) for i, name in enumerate(names) if (key := self._mean(name, 3)) is not None]
            self._of, self._there = names, [i for i, _ in keys]
            self._keys = np.stack([key for _, key in keys]) if keys else np.zeros((0, 0, 0), dtype=np.float32)
        return self._there, self._keys

    def _mean(self, span: Span, which: int) -> Array | None:
        for window in self._windows:
            starts, ends = window[0], window[1]
            if len(starts) and starts[0] < span[1] and ends[-1] > span[0]:
                first, last = (
                    int(np.searchsorted(ends, span[0], "right")),
                    int(np.searchsorted(starts, span[1], "left")),
                )
                if first < last:
                    return np.asarray(window[which][first:last].mean(axis=0), dtype=np.float32)
        return None
