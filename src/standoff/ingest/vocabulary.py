"""The words of English in common use, and how often each is met (pyspellchecker's list)."""

from __future__ import annotations

from functools import cache

SELDOM = 50
"""What the list gives to words that its texts hold but once or twice, misprints among them."""


@cache
def english() -> dict[str, int]:
    """Words in lower case, those met more than once or twice."""
    from spellchecker import SpellChecker

    counted = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return {word: times for word, times in counted.items() if times > SELDOM}
