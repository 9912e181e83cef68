"""What an event is about: PLOVER's contexts, read from the words of a claim's clause."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from standoff import lexicon
from standoff.language import needs


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["code"], re.compile(r"\b(?:" + "|".join(re.escape(w) for w in entry["words"]) + r")\b"))
        for entry in lexicon.load("contexts")["context"]
    )


@lru_cache(maxsize=1)
def _possible(text: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those of which a whole report has a word: looked for once, and not again in each of its clauses."""
    within = needs.Within(text)
    return tuple((code, pattern) for code, pattern in _patterns() if within.may_match(pattern))


def contexts(text: str, event: str, modes: tuple[str, ...], report: str | None = None) -> tuple[str, ...]:
    """Contexts of a clause, in PLOVER's order; an assault with unconventional means is always ``cbrn``.

    ``report`` is the text that the clause is part of.
    """
    lower = text.lower()
    found = [code for code, pattern in _possible(report or text) if pattern.search(lower)]
    if event == "ASSAULT" and "unconventional" in modes and "cbrn" not in found:
        found.append("cbrn")
    return tuple(found)
