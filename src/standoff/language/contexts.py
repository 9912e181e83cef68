"""What an event is about: PLOVER's contexts, read from the words of a claim's clause."""

from __future__ import annotations

import re
from functools import cache

from standoff import lexicon
from standoff.language import needs


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["code"], re.compile(r"\b(?:" + "|".join(re.escape(w) for w in entry["words"]) + r")\b"))
        for entry in lexicon.load("contexts")["context"]
    )


def contexts(text: str, event: str, modes: tuple[str, ...]) -> tuple[str, ...]:
    """Contexts of a clause, in PLOVER's order; an assault with unconventional means is always ``cbrn``."""
    within = needs.Within(text)
    found = [code for code, pattern in _patterns() if within.may_match(pattern) and pattern.search(within.lower)]
    if event == "ASSAULT" and "unconventional" in modes and "cbrn" not in found:
        found.append("cbrn")
    return tuple(found)
