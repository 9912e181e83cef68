"""From probabilities of word pieces to what was read: events with the spans of their roles, and statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from standoff.language.reading.model import Array, Network, Scores

Span = tuple[int, int]

GROW = 0.7
"""The words beside an unsure one belong to it from this share of its probability on."""


@dataclass(frozen=True, slots=True)
class Part:
    """A span in a role of an event, in code points of the text, and how sure the network is of it."""

    role: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One event as the network reads it."""

    trigger: Span
    event: str
    probability: float
    second: tuple[str, float]
    """The next best type and its probability, for ``standoff explain``."""
    modes: tuple[tuple[str, float], ...]
    flags: dict[str, float]
    parts: tuple[Part, ...]

    def role(self, name: str) -> tuple[Part, ...]:
        return tuple(p for p in self.parts if p.role == name)


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement as the network reads it."""

    cue: Span
    probability: float
    speakers: tuple[Part, ...]
    contents: tuple[Part, ...]


class Words:
    """The words of a window: pieces that touch are one word."""

    def __init__(self, text: str, offsets: list[Span]) -> None:
        groups: list[int] = []
        for i, (start, _) in enumerate(offsets):
            before = offsets[i - 1] if i else None
            joined = before is not None and start == before[1] and text[start].isalnum() and text[start - 1].isalnum()
            groups.append(groups[-1] if joined else (groups[-1] + 1 if groups else 0))
        self.text = text
        self.of_piece = np.asarray(groups, dtype=np.int64)
        self.count = int(groups[-1]) + 1 if groups else 0
        first = np.searchsorted(self.of_piece, np.arange(self.count))
        last = np.searchsorted(self.of_piece, np.arange(self.count), side="right") - 1
        self.first = first
        self.spans = [(offsets[a][0], offsets[b][1]) for a, b in zip(first, last, strict=True)]
        self.breaks = [i > 0 and "\n" in text[self.spans[i - 1][1] : self.spans[i][0]] for i in range(self.count)]
        self.marks = [not any(c.isalnum() for c in text[s:e]) for s, e in self.spans]
        self._sizes = np.bincount(self.of_piece, minlength=self.count)

    def mean(self, pieces: Array) -> Array:
        """The mean of each word's pieces."""
        return np.asarray(
            np.bincount(self.of_piece, weights=pieces, minlength=self.count) / self._sizes, dtype=np.float32
        )

    def runs(self, p: Array, sure: float, may: float, over_lines: bool = False) -> Iterator[tuple[int, int, float]]:
        """Runs of words that are in a role: begun by a sure one, grown over those that may be, over one mark between."""
        end = 0
        for i in np.flatnonzero(p >= may).tolist() if self.count and float(p.max()) >= sure else ():
            if i < end:
                continue  # within the run before
            j = i + 1
            while j < self.count and (over_lines or not self.breaks[j]):
                if p[j] >= may or (self.marks[j] and j + 1 < self.count and not self.breaks[j + 1] and p[j + 1] >= may):
                    j += 1
                else:
                    break
            start, last, end = i, j, j
            while start < last and self._loose(start):
                start += 1
            while last > start and self._loose(last - 1):
                last -= 1
            if start < last and float(p[start:last].max()) >= sure:
                yield start, last, float(p[start:last].mean())

    def _loose(self, at: int) -> bool:
        start, end = self.spans[at]
        return self.marks[at] and self.text[start:end] not in {
            "(",
            ")",
            '"',
            "“",
            "”",
            "'",
            "‘",
            "’",
            "$",
            "€",
            "£",
            "%",
        }


def decode(words: Words, scores: Scores, net: Network) -> tuple[list[Proposal], list[Saying]]:
    """What one window tells."""
    manifest = net.manifest
    limits = manifest.thresholds
    proposals, sayings = [], []
    events = slice(0, len(manifest.roles))
    said = slice(len(manifest.roles), len(manifest.roles) + len(manifest.said))
    for word in range(words.count):
        at = int(words.first[word])
        if words.marks[word] and float(scores.cues[at]) < limits["cue"]:
            continue
        kinds = scores.triggers[at]
        if 1.0 - float(kinds[0]) >= limits["trigger"] and not words.marks[word]:
            order = np.argsort(-kinds[1:])
            best, second = int(order[0]), int(order[1])
            roles = net.roles(scores, at, events)
            parts = tuple(
                Part(role, words.spans[a][0], words.spans[b - 1][1], p)
                for r, role in enumerate(manifest.roles)
                for a, b, p in _spans(words, role, words.mean(roles[r]), limits)
            )
            event = manifest.types[best]
            modes = tuple(
                (name.partition(".")[2], float(scores.modes[at, m]))
                for m, name in enumerate(manifest.modes)
                if name.startswith(event + ".") and float(scores.modes[at, m]) >= limits["mode"]
            )
            proposals.append(
                Proposal(
                    words.spans[word],
                    event,
                    1.0 - float(kinds[0]),
                    (manifest.types[second], float(kinds[1 + second])),
                    modes,
                    {name: float(scores.flags[at, f]) for f, name in enumerate(manifest.flags)},
                    parts,
                )
            )
        if float(scores.cues[at]) >= limits["cue"]:
            speaker, content = net.roles(scores, at, said)
            contents = _content(words, words.mean(content), limits)
            if contents:
                speakers = tuple(
                    Part("speaker", words.spans[a][0], words.spans[b - 1][1], p)
                    for a, b, p in words.runs(words.mean(speaker), limits["role"], limits["grow"])
                )
                sayings.append(Saying(words.spans[word], float(scores.cues[at]), speakers, contents))
    return proposals, sayings


def _spans(words: Words, role: str, p: Array, limits: Mapping[str, float]) -> list[tuple[int, int, float]]:
    """The words of one role. A party or place of which the network is not sure is still likelier than none: the surest words
    stand then, and with what probability is told. A figure is told or it is not."""
    found = list(words.runs(p, limits["role"], limits["grow"]))
    least = limits.get(f"least {role}")
    if not found and least is not None and words.count and float(p.max()) >= least:
        best = float(p.max())
        found = list(words.runs(p, best, best * GROW))[:1]
    return found


def _content(words: Words, p: Array, limits: dict[str, float]) -> tuple[Part, ...]:
    """What is said: long spans, in which a weak word or two between strong ones belongs too."""
    smooth = p.copy()
    for i in range(1, words.count - 1):
        if p[i] < limits["grow"] and p[i - 1] >= limits["role"] and p[i + 1] >= limits["role"]:
            smooth[i] = limits["grow"]
    found = [
        Part("content", words.spans[a][0], words.spans[b - 1][1], q)
        for a, b, q in words.runs(smooth, limits["role"], limits["grow"], over_lines=False)
        if b - a > 1 or q > 0.7
    ]
    return tuple(found)
