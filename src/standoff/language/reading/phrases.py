"""The phrases that the reader puts into roles, and the names of a text that the tables know (``whom`` says whom a phrase means)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff import lexicon
from standoff.language import coreference, parties, places, syntax
from standoff.language.nearby import Nearby
from standoff.model import BLOCS, Mention, Party, Span

NEAREST = 200
"""Names before a phrase, and as many after it, that it may be tied to: an article has fewer."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the tables know, with its party or, for a place, its country."""

    start: int
    end: int
    party: Party | None
    land: str


class Names:
    """The names of a document in the order of the text, parties first where a span is both; found once a document."""

    def __init__(self, doc: Doc) -> None:
        self.all = _names(doc)
        self.spans = [(n.start, n.end) for n in self.all]
        self.starts = [n.start for n in self.all]
        self.near = Nearby(self.spans)
        self.keys = {n.party.key for n in self.all if n.party is not None}


def named(doc: Doc) -> Names:
    kept: Names | None = doc.user_data.get("standoff_names")
    if kept is None:
        kept = doc.user_data["standoff_names"] = Names(doc)
    return kept


def names(doc: Doc) -> list[Name]:
    """The names of a document, in the order of the text."""
    return named(doc).all


def _names(doc: Doc) -> list[Name]:
    found: dict[tuple[int, int], Name] = {}
    for span in doc.spans.get("standoff_parties", []):
        party = parties.party_of_name(span)
        if party.code != "UNK":
            land = "" if party.code in BLOCS else party.code
            found[span.start_char, span.end_char] = Name(span.start_char, span.end_char, party, land)
    for span in doc.spans.get(places.KEY, []):
        at = (span.start_char, span.end_char)
        if span._.place.country and at not in found:
            found[at] = Name(*at, None, str(span._.place.country))
    return [found[at] for at in sorted(found)]


def tokens(doc: Doc, start: int, end: int) -> TokenSpan | None:
    """The tokens of a stretch of text, without the white space at its ends."""
    span = doc.char_span(start, end, alignment_mode="expand")
    while span is not None and len(span) > 1 and span[0].is_space:
        span = span[1:]
    while span is not None and len(span) > 1 and span[-1].is_space:
        span = span[:-1]
    return span


def heads(span: TokenSpan) -> list[Token]:
    """Heads of the phrases that a span joins: its tokens that hang on none of its others."""
    inside = {t.i for t in span}
    tops = [t for t in span if (t.head.i not in inside or t.head.i == t.i) and not t.is_punct and not t.is_space]
    nominal = [t for t in tops if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"}]
    return nominal or tops[-1:]


def around(starts: list[int], at: int) -> tuple[int, int]:
    """The numbers of the names that a phrase may be tied to: those that stand nearest by, on either side.

    >>> around(list(range(1_000)), 500)
    (300, 700)
    """
    middle = bisect_left(starts, at)
    return max(0, middle - NEAREST), min(len(starts), middle + NEAREST)


def several(span: TokenSpan) -> bool:
    """Whether a phrase may mean more than one party: "both sides", "they", "the two armies", "X and Y"."""
    joined = any(t.dep_ == "conj" for head in heads(span) for t in head.children)
    return joined or any(t.lower_ in _several_words() for t in span)


@cache
def _several_words() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("plausible")["several"] for word in entry["words"])


def as_told(party: Party, span: TokenSpan) -> Party:
    """The party under its sector here: "the army" of a state is its army."""
    told = sectors(span)
    if "REB" in told and party.code not in BLOCS and not {"REB", "PRE"} & set(party.sectors):
        return Party(party.code, told, span.text)  # "rebels", tied to the state that they fight
    if told and not {"REB", "PRE"} & set(party.sectors) and party.code not in BLOCS and "REB" not in told:
        return Party(party.code, told, party.name)
    return party


def sectors(span: TokenSpan) -> tuple[str, ...]:
    """The sector of the role that a phrase names, if it names one."""
    for head in heads(span):
        role = coreference.role_of(head)
        if role is not None and role.sector:
            return (role.sector,)
    return ()


def resolved(doc: Doc, span: TokenSpan, speaker: tuple[Mention, ...]) -> list[Mention]:
    resolver = coreference.resolver(doc)
    found: list[Mention] = []
    for head in heads(span):
        for item in resolver.resolve(head, speaker):
            inside = item.span.start < span.end_char and item.span.end > span.start_char
            if inside or head.pos_ == "PRON" or not found:
                _add(found, item)
    return found


def _add(found: list[Mention], item: Mention) -> None:
    if all(item.party.key != m.party.key or item.party.code == "UNK" for m in found):
        found.append(item)


def within(item: Mention, span: TokenSpan) -> Mention:
    """The mention under the phrase's own words, where what it was resolved by stands elsewhere."""
    if item.span.start < span.end_char and item.span.end > span.start_char:
        return item
    return Mention(item.party, span.text, Span(span.start_char, span.end_char))


def land(doc: Doc, start: int, end: int) -> str | None:
    """The country of a place named in a stretch of text."""
    for span in syntax.overlapping(doc, places.KEY, start, end):
        if span._.place.country:
            return str(span._.place.country)
    return None
