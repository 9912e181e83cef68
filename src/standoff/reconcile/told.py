"""How a claim stands to what is asked, by its words (``lexicon/told.toml``): denial, blame, ending, who asked, who mediated."""

from __future__ import annotations

import re
from functools import cache

from standoff import lexicon
from standoff.model import AuxMode, Claim


@cache
def _patterns(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row.get("name") or row["kind"], re.compile(row["pattern"], re.IGNORECASE))
        for row in lexicon.load("told")[table]
    )


def found(table: str, words: str) -> frozenset[str]:
    """The names of a table's entries that the words tell.

    >>> sorted(found("ended", "The landing was beaten back"))
    ['failed']
    """
    return frozenset(name for name, pattern in _patterns(table) if pattern.search(words))


@cache
def marking(table: str) -> re.Pattern[str]:
    """The pattern of a table that has one, for what it marks in the words."""
    ((_, only),) = _patterns(table)
    return only


def denies(claim: Claim) -> bool:
    """A denial that has been made, of what the claim is about: not one foretold, and not a refusal to comment."""
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux):
        return False
    if claim.event == "REJECT":
        trigger = claim.trigger.text.lower()
        said = found("denies", claim.text) or found("rejects_figure", claim.text)  # not walking out of talks
        return bool(said) and AuxMode.NEGATION not in claim.aux and not trigger.startswith(("declin", "refus"))
    if claim.event == "ACCUSE":
        return AuxMode.NEGATION in claim.aux  # "accused it of lying"; "accused it, which it denied"
    return AuxMode.NEGATION in claim.aux or bool(found("denies", claim.text))


def outright(claim: Claim) -> bool:
    """A denial in so many words, not only a sentence with a "not" in it."""
    return denies(claim) and (
        claim.event == "REJECT" or bool(found("denies", claim.text) - {"negation", "no evidence"})
    )


def of_figure(claim: Claim) -> bool:
    """Whether it calls a figure false, and no deed: that is a question of figures."""
    return not claim.counts and denies(claim) and bool(found("rejects_figure", claim.text))


def calls_false(claim: Claim) -> bool:
    """Whether what it tells is what somebody else said, and is called false: "the claim that three drones were lost has no basis"."""
    return bool(found("retold", claim.text) and found("denies", claim.text) & {"untrue", "denial"})


@cache
def clashing() -> frozenset[tuple[str, str]]:
    """Pairs of endings that cannot both hold."""
    rows = lexicon.load("told")["ended"]
    return frozenset((row["name"], other) for row in rows for other in row["against"])
