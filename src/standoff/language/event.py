"""One event in the parse, and the words of judgement and promise that make one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from standoff import lexicon
from standoff.language import counts
from standoff.language.frames import Frame
from standoff.model import Mention, Statement

BYSTANDERS = frozenset({"NGO", "UNO", "IGO", "UNK"})
"""Who reports and mediates: named beside a fight, they are not the other side of it unless the text says so."""


@dataclass(slots=True)
class Event:
    """One event in the parse, before it becomes a claim. Token indices count in the Doc."""

    trigger: Token
    event: str
    modes: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    reciprocal: bool = False
    speech: bool = False
    noun: bool = False
    aux: set[str] = field(default_factory=set)
    start: int = 0
    end: int = 0
    anchors: list[Token] = field(default_factory=list)
    """Words of the same event: its noun and its verb; figures that hang on them are its figures."""
    counts: list[counts.LossCount] = field(default_factory=list)
    statements: tuple[Statement, ...] = ()
    targets: tuple[str, ...] = ()
    frame: Frame | None = None
    rule: str = ""


@cache
def predicates(table: str) -> dict[str, str]:
    """Words of one table of ``lexicon/predicates.toml`` with the event (or auxiliary mode) they carry."""
    return {
        word: entry.get("event", entry.get("aux", ""))
        for entry in lexicon.load("predicates")[table]
        for word in entry["words"]
    }


def keys_of(mentions: tuple[Mention, ...]) -> frozenset[str]:
    """Keys of the known parties among mentions."""
    return frozenset(m.party.key for m in mentions) - {"UNK"}


def of_known(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of known parties."""
    return tuple(m for m in mentions if m.party.code != "UNK")


def union(*groups: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions of all groups, one for each known party, unknown ones each for itself."""
    found: dict[str, Mention] = {}
    for group in groups:
        for item in group:
            found.setdefault(item.party.key if item.party.code != "UNK" else f"UNK{item.span.start}", item)
    return tuple(found.values())
