"""Quoting a text in a list of misses."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
LONGEST = 400


def excerpt(text: str, start: int, end: int) -> str:
    """The sentence or sentences around a span, on one line.

    >>> excerpt("It rained. Rebels shelled Taiz. Ten died.", 18, 25)
    'Rebels shelled Taiz.'
    """
    before = [found.end() for found in _END.finditer(text, 0, start)]
    after = _END.search(text, max(start, end - 1))
    sentence = " ".join(text[before[-1] if before else 0 : after.end() if after else len(text)].split())
    return sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…"
