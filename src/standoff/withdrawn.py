"""Figures that a report's own note of correction takes back: the claim stays, the figure does not.

A note is set apart when the report is read, and kept with it (``provenance.left``). Which of its figures it takes back is
seen from the words about them (``lexicon/pages.toml``); a figure that it gives in their place is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from standoff import lexicon
from standoff.ingest import dateline
from standoff.ingest.furniture import CORRECTION
from standoff.model import Claim, Document

if TYPE_CHECKING:
    from spacy.language import Language

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'])")
_REACH = 30
"""Characters between a word and the figure that it takes back or puts in its place."""
_WORDS = 3
_FAR = 99


def strike(claims: Iterable[Claim], document: Document) -> tuple[Claim, ...]:
    """The claims, without the figures that the report takes back."""
    gone = frozenset(value for note in notes(document) for value in figures(note))
    if not gone:
        return tuple(claims)
    return tuple(
        replace(claim, counts=tuple(c for c in claim.counts if c.low is None or c.low != c.high or c.low not in gone))
        for claim in claims
    )


def notes(document: Document) -> tuple[str, ...]:
    """The notes of correction that were set apart from a report's text."""
    left = document.provenance.left if document.provenance is not None else ()
    return tuple(line.removeprefix(CORRECTION).rstrip("”") for line in left if line.startswith(CORRECTION))


def figures(note: str) -> tuple[int, ...]:
    """The figures that a note takes back.

    >>> figures("Correction: An earlier version said that 40 people were killed. The army's figure is 14.")
    (40,)
    >>> figures("This story has been corrected to show that nine, not 40, people were killed on 12 March.")
    (40,)
    """
    return tuple(dict.fromkeys(value for sentence in _SENTENCE.split(note) for value in _of(sentence)))


def _of(sentence: str) -> Iterator[int]:
    from standoff.language import numbers

    doc = _blank()(sentence)
    told = sentence.lower()
    mistaken = any(word in told for word in _words("mistaken"))
    for found in numbers.find(doc):
        if found.low is None or found.low != found.high:
            continue
        at, end = doc[found.start_token].idx, doc[found.end_token - 1].idx + len(doc[found.end_token - 1])
        before, after = told[max(0, at - _REACH) : at], told[end : end + _REACH]
        if any(after.lstrip().startswith(month) or before.rstrip().endswith(month) for month in dateline.MONTHS):
            continue  # a day
        near = {kind: _near(before, kind) for kind in ("not", "instead", "right")}
        kind = min(near, key=lambda one: near[one])
        if near[kind] == _FAR:
            gone = mistaken
        else:
            # "Said that it was 40 instead of 14": what stands in its place is what was wrong, or what is right.
            gone = kind == "not" or (kind == "instead" and not mistaken)
        if gone:
            yield found.low


def _near(before: str, kind: str) -> int:
    """How many words stand between a figure and the last of such words before it."""
    for between in range(_WORDS):
        if any(re.search(rf"\b{re.escape(word)}\s+(?:\S+\s+){{{between}}}$", before) for word in _words(kind)):
            return between
    return _FAR


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(word for entry in lexicon.load("pages")[kind] for word in entry["words"])


@cache
def _blank() -> Language:
    import spacy

    return spacy.blank("en")
