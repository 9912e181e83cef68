"""Whether two mentions are one party."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from standoff.language import parties
from standoff.language.syntax import any_of
from standoff.model import Mention, Party
from standoff.model import Span as TextSpan

APPARATUS = any_of("GOV MIL COP SPY")
"""Sectors of a state that act as the state itself."""
STATE_NAMES = any_of("state adjective people regional capital seat")
"""Kinds of names that say no more than which state."""


def mention(party: Party, doc: Doc, start: int, end: int) -> Mention:
    span = doc[start:end]
    return Mention(party, span.text, TextSpan(span.start_char, span.end_char))


def itself(doc: Doc, one: Mention, other: Mention) -> bool:
    """Whether two mentions are one party, so that it would do something to itself.

    Two persons or offices of a state are two, and so are the state and its opposition, courts, parliament or people; a
    state is one with its forces and with who governs it.
    """
    if one.span.overlaps(other.span):
        return True
    if one.party.code == "UNK" or one.party.key != other.party.key:
        return False
    ends = [doc.char_span(m.span.start, m.span.end, alignment_mode="expand") for m in (one, other)]
    if any(span is None or span.root.pos_ == "PRON" for span in ends):
        return True
    if _kind(one) != _kind(other):
        return False
    if any(t.dep_ == "poss" and t.pos_ == "PRON" for span in ends if span is not None for t in span.root.children):
        return True  # "its jets"
    return one.party.name == other.party.name or any(_bare_state(span) for span in ends if span is not None)


def _bare_state(span: Span) -> bool:
    names = [parties.name_at(token) for token in span if not token.is_stop and not token.is_punct]
    return all(name is not None and name.label_ in STATE_NAMES for name in names)


def _kind(item: Mention) -> str:
    first = item.party.sectors[0] if item.party.sectors else "GOV"
    return "GOV" if first in APPARATUS else first


def others(doc: Doc, found: tuple[Mention, ...], than: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Of the mentions found those that are none of the others named."""
    return tuple(m for m in found if not any(itself(doc, m, one) for one in than))
