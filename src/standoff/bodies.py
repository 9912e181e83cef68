"""What the name of a body says of it (``lexicon/bodies.toml``): a state's own body, its organ, or an organisation by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from standoff import lexicon


def named(kind: str, name: str) -> bool:
    """Whether a name holds a word that makes it one of a kind: ``body``, ``organ`` or ``organisation``.

    >>> named("organ", "Nile State Agency"), named("organisation", "the Pamir Rights Centre"), named("body", "Lagos Ledger")
    (True, True, False)
    """
    return _words(kind).search(name) is not None


@cache
def _words(kind: str) -> re.Pattern[str]:
    return whole([word for entry in lexicon.load("bodies")[kind] for word in entry["words"]])


def whole(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern of any of the words, each whole."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)")
