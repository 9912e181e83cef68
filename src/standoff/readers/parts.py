"""A long report in parts: cut where a paragraph, a sentence or at least a word ends, each with some words before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.model import Span

OVERLAP = 600
"""Characters before a part that are read with it, for what its pronouns refer to."""
SHORTEST = 200
"""Characters below which a part is not cut any more."""

_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n|(?<=[.!?؟۔।。！？])[\"”’»)]*\s+"), re.compile(r"\s+"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, and the words before it."""

    span: Span
    before: Span


def cut(text: str, size: int, start: int = 0, end: int | None = None) -> Iterator[Part]:
    """The parts of a text in its order, of ``size`` characters at most; together they are the text.

    >>> [part.span for part in cut("One. Two three. Four five six.", 16)]
    [Span(start=0, end=16), Span(start=16, end=30)]
    """
    end = len(text) if end is None else end
    at = start
    while at < end:
        stop = _stop(text, at, min(at + size, end), end)
        yield Part(Span(at, stop), Span(_from(text, at), at))
        at = stop


def halves(text: str, part: Part) -> tuple[Part, ...]:
    """A part in two, for an answer that did not fit; the part alone where it is too short to be cut."""
    span = part.span
    if span.end - span.start < 2 * SHORTEST:
        return (part,)
    return tuple(cut(text, -(-(span.end - span.start) // 2) + SHORTEST // 2, span.start, span.end))


def _stop(text: str, start: int, stop: int, end: int) -> int:
    if stop >= end:
        return end
    for pattern in _ENDS:
        found = [match.end() for match in pattern.finditer(text, start + (stop - start) // 2, stop)]
        if found:
            return found[-1]
    return stop


def _from(text: str, at: int) -> int:
    """Where the words before a part begin: at the start of a sentence, where one begins in reach."""
    first = max(0, at - OVERLAP)
    if first == 0:
        return 0
    found = _ENDS[1].search(text, first, at)
    return found.end() if found and found.end() < at else first
