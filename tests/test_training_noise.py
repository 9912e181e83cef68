"""Noisy copies of a window keep every event at its word."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from training import noise, windows
from training.examples import Example, Happening, Said

TEXT = (
    "Chad's army, a spokesman said, shelled Adre on Monday. “Nobody was hurt,” the governor said; two villagers died."
)


def _span(words: str) -> tuple[int, int]:
    at = TEXT.index(words)
    return at, at + len(words)


EXAMPLE = Example(
    "one",
    TEXT,
    [(0, 54), (55, len(TEXT))],
    [
        Happening(_span("shelled"), "ASSAULT", roles={"actor": [_span("Chad's army")], "place": [_span("Adre")]}),
        Happening(_span("died"), "ASSAULT", roles={"killed": [_span("two villagers")]}),
    ],
    [Said(_span("said"), [_span("a spokesman")], [_span("shelled Adre on Monday")])],
    frozenset({"triggers", "cues"}),
)


@cache
def _tokenizer() -> Tokenizer:
    path = resources.files("standoff") / "language" / "reading" / "weights" / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@settings(deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_noisy_window_keeps_its_events_at_their_words(seed: int) -> None:
    tokenizer = _tokenizer()
    (window,) = windows.of(EXAMPLE, tokenizer, {})
    made = noise.Noise(tokenizer, seed).of(window)
    assert len(made.events) == len(window.events)
    assert len(made.ids) == len(made.triggers) == len(made.cues)
    for (at, roles, *_), (old, of_old, *_) in zip(made.events, window.events, strict=True):
        assert made.ids[at] == window.ids[old]
        assert made.triggers[at] == window.triggers[old] > 0
        assert roles.keys() == of_old.keys()
        for role, pieces in roles.items():
            told = {window.ids[p] for p in of_old[role]} | {noise.MASK}
            assert {made.ids[p] for p in pieces} <= told
    assert np.count_nonzero(made.triggers > 0) == 2
    assert np.count_nonzero(made.cues > 0) == 1
