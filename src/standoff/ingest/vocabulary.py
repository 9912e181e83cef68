"""The words of English in common use, and how often each is met (pyspellchecker's list)."""

from __future__ import annotations

from functools import cache

from standoff import lexicon
from standoff.ingest import pagewords

SELDOM = 50
"""What the list gives to words that its texts hold but once or twice, misprints among them."""


@cache
def english() -> dict[str, int]:
    """Words in lower case, those met more than once or twice."""
    from spellchecker import SpellChecker

    counted = SpellChecker(language="en", distance=1).word_frequency.dictionary
    known = {word: times for word, times in counted.items() if times > SELDOM}
    british = (word for entry in lexicon.load("common")["british"] for word in entry["words"])
    return {**dict.fromkeys(british, _USUAL), **known}


def joins(half: str, rest: str) -> bool:
    """Whether two halves of a word that were parted at a line's end are one word without a hyphen.

    >>> joins("govern", "ment"), joins("pro", "government"), joins("Twenty", "six"), joins("Congo", "lese")
    (True, False, False, True)
    """
    known = english()
    front, back = half.lower(), rest.lower()
    times = known.get(front + back, 0)
    if front in pagewords.words("front"):
        # "re-port" and "pro-test" are words, "pro-government" is said with its hyphen.
        return times >= _USUAL or (times > 0 and back not in known)
    if times:
        return True
    # Two words ("Twenty-six"), or a name that no list has, parted where one of its halves is no word.
    return not (front in known and back in known)


_USUAL = 500
"""How often a word is met that needs no hyphen."""
