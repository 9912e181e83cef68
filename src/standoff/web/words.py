"""What the pages call parties, events and values: the terms of the field, spelled out where a reader may not know a code."""

from __future__ import annotations

from datetime import date
from functools import cache

from standoff import acts, lexicon, ontology
from standoff.acts import Piece, label
from standoff.model import Claim, Span
from standoff.store import search
from standoff.store.browse import NONE
from standoff.wording import Names, clip, state_name

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
SLOT = acts.labels("part")
FACET = {
    "event": "What happened",
    "actor": "Who did it",
    "recipient": "To whom",
    "source": "According to",
    "outlet": "Outlet",
    "country": "Where",
    "aux": "How firmly",
    "verdict": "Review",
    "party": "Party",
    "doc": "Report",
    "place": "Place",
    "incident": "Incident",
}


class Words(Names):
    """The names of one store's parties, as its pages and the choices in them say them."""

    def party(self, key: str | None) -> str:
        """What a party is called: its state, else the name that the reports use most."""
        return "the outlet itself" if key == NONE else super().party(key)

    def facet(self, facet: str, value: str) -> str:
        """What a choice of a facet is called."""
        if facet in ("actor", "recipient", "source"):
            return self.party(value)
        if facet in ("event", "verdict"):
            return label("review" if facet == "verdict" else facet, value)
        if facet == "country":
            return state_name(value) or value
        if facet == "aux":
            return label("firmness", value)
        return "no outlet known" if value == NONE else value


def act(claim: Claim, words: Words) -> list[Piece]:
    """What a claim tells of, in pieces: the names of parties apart from the words between them."""
    named = {m.party.key: words.party(m.party.key) for m in (*claim.actors, *claim.recipients)}
    return acts.act(claim, named)


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """A text in pieces, with whether each is one of the words looked for."""
    return search.marked([text], query)[0]


def event_note(event: str) -> str:
    """What a type of event is, in a sentence."""
    return ontology.event_types()[event].description


def quad(event: str) -> str:
    """The class of an event, as a word for a style: ``material-conflict``."""
    return QUADS[ontology.quad(event)].replace(" ", "-")


def speaking(cue: str) -> str:
    """How a speaker is shown to speak, where the report's words for it read on behind the name; else nothing.

    >>> speaking("conceded"), speaking("Spoke of"), speaking("according to"), speaking("announcement")
    ('conceded', 'spoke of', '', '')
    """
    return cue.lower() if cue.lower() in _speaking() else ""


@cache
def _speaking() -> frozenset[str]:
    return frozenset(word for row in lexicon.load("phrases")["speaking"] for word in row["words"])


def quote(claim: Claim, limit: int = 400) -> list[tuple[str, str]]:
    """The claim's words in pieces, each with what it is: the word of the event, a figure, or nothing."""
    pieces = _pieces(claim, limit)
    whole = claim.text.startswith('"') and claim.text.endswith('"')
    open_ = whole or claim.text.count('"') % 2 == 1  # quotation marks of which the other stands outside
    first, kind = pieces[0]
    # "that ten were shot down" is a sentence of its own here
    pieces[0] = (first.removeprefix("" if kind else "that ").removeprefix('"' if open_ else ""), kind)
    last, kind = pieces[-1]
    if last.endswith('"') and open_:
        pieces[-1] = (last[:-1], kind)
    return [(words, kind) for words, kind in pieces if words]


def _pieces(claim: Claim, limit: int) -> list[tuple[str, str]]:
    shown = clip(claim.text, limit)
    cut = len(shown) if shown == claim.text else len(shown) - 1
    marks: list[tuple[Span, str]] = [(claim.trigger.span, "event"), *((c.span, "count") for c in claim.counts)]
    pieces: list[tuple[str, str]] = []
    at = 0
    for span, kind in sorted(marks):
        start, end = span.start - claim.span.start, span.end - claim.span.start
        if at <= start < end <= cut:
            pieces += [(shown[at:start], ""), (shown[start:end], kind)]
            at = end
    return [(words, kind) for words, kind in (*pieces, (shown[at:], "")) if words]


def day(value: date | None) -> str:
    return value.isoformat() if value else ""
