"""Windows as careless copies have them: scraped text without its commas and quotation marks, with lines of the page in between.

The reader sees each window of its own codes now and then so, that marks alone do not tell it who did what: archives that were
scraped, pasted or sent by telegraph have few of them. Words hidden at random keep it from learning whole sentences by heart.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from tokenizers import Tokenizer

from standoff.language.reading.windows import LIMIT
from training.windows import Window

MASK = 103
MARKS = (",", '"', "'", "“", "”", "‘", "’", "`", "-", "–", "—", ";", ":", "(", ")")
LINES = (
    "Tags {}",
    "Date of publication {}",
    "Read also {}",
    "Published {}",
    "Last updated {}",
    "Share on Facebook Twitter {}",
    "By {}",
    "Topics {}",
    "Photo {}",
    "Related {}",
)
DATES = ("8 April 2017", "16 July 2015", "06-01-2016", "October 6 2014", "Jan 20 2015", "2023-11-02", "Monday 3 March")
HIDDEN = 0.06
"""The share of pieces hidden in a window."""


class Noise:
    """Makes noisy copies of windows."""

    def __init__(self, tokenizer: Tokenizer, seed: int) -> None:
        self._tokenizer = tokenizer
        self._rng = random.Random(seed)
        self._marks = {tokenizer.token_to_id(mark) for mark in MARKS} - {None}
        self._stop = tokenizer.token_to_id(".")

    def of(self, window: Window) -> Window:
        """The window itself, or a copy without marks, with a foreign line, or with hidden words."""
        made = window
        if self._rng.random() < 0.25:
            made = self._thinned(made)
        if self._rng.random() < 0.1:
            made = self._with_line(made)
        if self._rng.random() < 0.5:
            made = self._hidden(made)
        return made

    def _thinned(self, window: Window) -> Window:
        dropped = set(self._marks) | ({self._stop} if self._rng.random() < 0.2 else set())
        asked = {at for at, *_ in (*window.events, *window.sayings)}
        return _rebuilt(window, [i for i, piece in enumerate(window.ids) if piece not in dropped or i in asked])

    def _with_line(self, window: Window) -> Window:
        words = [p for p in window.ids[1:-1] if p > 2000]
        line = self._rng.choice(LINES)
        filler = self._rng.choice(DATES)
        ids = self._tokenizer.encode(line.format(filler), add_special_tokens=False).ids
        if self._rng.random() < 0.6 and words:
            ids = self._tokenizer.encode(line.format(""), add_special_tokens=False).ids
            ids = ids + self._rng.sample(words, min(len(words), self._rng.randint(3, 9)))
        if len(window.ids) + len(ids) > LIMIT + 2:
            return window
        stops = [i + 1 for i, piece in enumerate(window.ids[:-1]) if piece == self._stop]
        at = self._rng.choice([1, *stops])
        return _rebuilt(window, [*range(at), *(-piece for piece in ids), *range(at, len(window.ids))])

    def _hidden(self, window: Window) -> Window:
        asked = {at for at, *_ in (*window.events, *window.sayings)}
        ids = [
            MASK if 0 < i < len(window.ids) - 1 and i not in asked and self._rng.random() < HIDDEN else piece
            for i, piece in enumerate(window.ids)
        ]
        return replace(window, ids=ids)


def _rebuilt(window: Window, order: list[int]) -> Window:
    """The window of the pieces at ``order``; a negative number is a piece of its own, of which nothing is told."""
    at = {old: new for new, old in enumerate(order) if old >= 0}
    ids = [window.ids[i] if i >= 0 else -i for i in order]

    def moved(pieces: Iterable[int]) -> list[int]:
        return [at[p] for p in pieces if p in at]

    def targets(old: np.ndarray | None) -> np.ndarray | None:
        return None if old is None else np.array([old[i] if i >= 0 else 0 for i in order], dtype=np.int64)

    def roles(told: dict[str, list[int]]) -> dict[str, list[int]]:
        return {role: moved(pieces) for role, pieces in told.items()}

    return replace(
        window,
        ids=ids,
        offsets=[],
        triggers=targets(window.triggers),
        cues=targets(window.cues),
        events=[(at[first], roles(told), *rest) for first, told, *rest in window.events],
        sayings=[(at[first], roles(told)) for first, told in window.sayings],
        phrases=[(kept, codes) for pieces, codes in window.phrases if (kept := moved(pieces))],
        names=[(kept, *rest) for pieces, *rest in window.names if (kept := moved(pieces))],
    )
