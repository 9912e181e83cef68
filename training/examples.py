"""What the reader learns from: a text with its events, statements and the spans that stand in them.

Every corpus is read into :class:`Example`. A corpus need not label everything: ``knows`` names what it does label, and only that
is learned from it (PropBank knows who acts on whom, but not which PLOVER type an act has).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

TYPES: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's types; class 0 of the trigger head is "no event"."""

AUX: Final = ("negation", "future", "hypothetical", "historical", "attempted", "hedged")

LOSSES: Final = ("killed", "injured", "casualties", "captured", "missing", "displaced", "arrested", "destroyed")

ROLES: Final = ("actor", "recipient", "place", "time", "source", *LOSSES)
"""Roles of an event: each is a set of spans, found by trigger × token."""

SAID: Final = ("speaker", "content")
"""Roles of a statement, found by cue × token."""

KIN: Final = ("party", "land")
"""What a phrase shares with a name in the text: the party itself, or the country. Found by phrase × name."""

Span = tuple[int, int]
"""``[start, end)`` in code points of the example's text."""


@dataclass(slots=True)
class Happening:
    """One event: its trigger word, what it is, and the spans of its roles."""

    trigger: Span
    type: str | None
    """PLOVER type; None where the corpus does not say."""
    modes: tuple[str, ...] = ()
    aux: frozenset[str] = frozenset()
    reciprocal: bool = False
    roles: dict[str, list[Span]] = field(default_factory=dict)
    knows: frozenset[str] = frozenset(ROLES)
    """Roles that the corpus labels for this event."""
    knows_aux: frozenset[str] = frozenset(AUX)
    codes: dict[str, list[str]] = field(default_factory=dict)
    """Party keys of ``actor``, ``recipient`` and ``source`` as the coder gave them, for scoring only."""


@dataclass(slots=True)
class Said:
    """One statement: its cue, who says it, and what is said."""

    cue: Span
    speaker: list[Span]
    content: list[Span]


@dataclass(slots=True)
class Example:
    id: str
    text: str
    sentences: list[Span]
    happenings: list[Happening]
    said: list[Said]
    knows: frozenset[str]
    """``triggers`` where every event of the text is labelled, ``cues`` where every statement is."""
    published: str | None = None
    weight: float = 1.0
    named: list[tuple[int, int, str, str]] = field(default_factory=list)
    """Names that the tables know: start, end, party key (empty for a place) and country code."""
