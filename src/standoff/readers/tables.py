"""Whom, when, where and how many: what our own tables make of the words that a model quoted.

In an English report the quoted words are looked up where they stand. In another language the tables know the model's English
gloss: the words are the report's, the name in English is the model's, the code, the day and the coordinates are ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from standoff.language import coreference, numbers, parties, pipeline, places, times
from standoff.model import UNKNOWN, AuxMode, Document, Party, Span, When, Where
from standoff.readers import figures
from standoff.readers.told import Telling

_SURE = ("group", "unrecognised", "person", "organisation", "institution", "state", "adjective", "capital", "seat")
"""Kinds of names that say whose a party is, the most telling first."""
_EXACT = {"point": 0, "city": 0, "area": 1, "region": 2, "country": 3}
LONGEST_GLOSS = 160


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as the quotation has it."""

    low: int | None
    high: int | None
    best: int | None


class Tables:
    """Look-ups for one report."""

    def __init__(self, document: Document, model: str = pipeline.DEFAULT_MODEL, passages: Sequence[Span] = ()) -> None:
        """``passages`` are words addressed to a machine: whom they name the report does not name."""
        self._document, self._model, self._passages = document, model, tuple(passages)
        self.english = document.language == "en"
        self._doc: Any = pipeline.look_up(document, model) if self.english else None
        self._glosses: dict[str, Party] = {}
        self._named = self._parties_named() if self.english else frozenset()
        self.telling = Telling(self._doc, model) if self.english else None

    def parsed(self, span: Span) -> Any:
        """The words of a place with their parse; None in another language, which nothing parses."""
        return self._doc.char_span(span.start, span.end, alignment_mode="expand") if self._doc is not None else None

    # -- whom ----------------------------------------------------------------------------------------------------------

    def party(self, span: Span, who: str) -> tuple[Party, bool]:
        """The party that quoted words mean, and whether the model's gloss was refused: it names whom the report does not.

        Words that name a party are read by our tables. A pronoun, a role and a name that no table holds are whom the model says,
        where the report names them.
        """
        if not self.english:
            found = self.gloss(who)
            return (found, False) if found.code != "UNK" else (Party("UNK", (), self._words(span)), False)
        own, named = self._own(span)
        said = self.gloss(who)
        # Of several whom the words name ("a man who spoke for Hamas", "Russia's envoy to Syria") the model may choose.
        among = said.key in {parties.party_of_name(name).key for name in named}
        if named and own.code != "UNK" and not among:
            return own, False
        if said.code != "UNK":
            if among or self._carried(said):
                return Party(said.code, said.sectors or own.sectors, self._name(span, said)), False
            return Party("UNK", own.sectors, self._words(span)), True
        # A name that no table holds is nobody's of those whom they do: what our own reader would guess is another.
        if any(word[:1].isupper() for word in who.split()) and not self._person(span):
            return Party("UNK", own.sectors, self._words(span)), False
        return own, False

    def _own(self, span: Span) -> tuple[Party, list[Any]]:
        """What the resolver makes of the words where they stand, and the names in them whose party our tables hold."""
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is None or not len(found):
            return UNKNOWN, []
        held = dict.fromkeys(name for token in found if (name := parties.name_at(token)) is not None)
        named = [name for name in held if name.label_ in _SURE and self._held(name)]
        mentions = [m for m in coreference.resolver(self._doc).resolve(found.root) if m.span.overlaps(span)]
        known = [m for m in mentions if m.party.code != "UNK"]
        if known:
            return known[0].party, named
        if named:
            best = min(named, key=lambda name: (_SURE.index(name.label_), name.start))
            return parties.party_of_name(best), named
        return (mentions[0].party if mentions else UNKNOWN), named

    def _held(self, name: Any) -> bool:
        """Whether our tables hold the party of a name. A person's is else read off the text, which a model does better."""
        if name.label_ != "person":
            return parties.party_of_name(name).code != "UNK"
        year = self._document.published.year if self._document.published else None
        listed = parties.look_up(name.text, year)
        return listed is not None and listed.party.code != "UNK"

    def gloss(self, who: str) -> Party:
        """The party that an English description means: "army of Sudan", "Hamas"."""
        who = " ".join(who.split())[:LONGEST_GLOSS].strip(" .")
        if who not in self._glosses:
            self._glosses[who] = self._glossed(who) if any(c.isalpha() for c in who) else UNKNOWN
        return self._glosses[who]

    def _glossed(self, who: str) -> Party:
        text = f"{who[0].upper()}{who[1:]} said so on Monday."
        doc: Any = pipeline.look_up(_small(text, self._document.published), self._model)
        span = doc.char_span(0, len(who), alignment_mode="expand")
        mentions = [m for m in coreference.resolver(doc).resolve(span.root) if m.span.start < len(who)]
        known = [m.party for m in mentions if m.party.code != "UNK"]
        if known:
            return known[0]
        names = [
            name
            for name in doc.spans.get(parties.KEY, [])
            if name.start_char < len(who) and parties.party_of_name(name).code != "UNK"
        ]
        sectors = mentions[0].party.sectors if mentions else ()
        if names:
            best = min(names, key=lambda n: (_SURE.index(n.label_) if n.label_ in _SURE else len(_SURE), n.start))
            party = parties.party_of_name(best)
            return party if party.sectors else replace(party, sectors=sectors)
        for place in doc.spans.get(places.KEY, []):
            where: Where | None = place._.place
            if where is not None and where.country and place.start_char < len(who):
                return Party(where.country, sectors, who)
        return Party("UNK", sectors, who)

    def parties_in(self, place: Span) -> Iterator[Party]:
        """Whom the words of a place name to our tables."""
        for span in self._doc.spans.get(parties.KEY, []):
            if place.covers(Span(span.start_char, span.end_char)):
                yield from (party for party in (span._.parties or ()) if party.code != "UNK")

    def _parties_named(self) -> frozenset[str]:
        """Codes of all whom the report names, or in whose country it names a place."""
        found = {
            code
            for span in self._doc.spans.get(parties.KEY, [])
            for party in (span._.parties or ())
            for code in (party.code, party.key)
            if self._told(span)
        }
        found |= {
            span._.place.country
            for span in self._doc.spans.get(places.KEY, [])
            if span._.place is not None and self._told(span)
        }
        return frozenset(code for code in found if code and code != "UNK")

    def _told(self, span: Any) -> bool:
        words = Span(span.start_char, span.end_char)
        return not any(words.overlaps(passage) for passage in self._passages)

    def _carried(self, party: Party) -> bool:
        """Whether the report names a party: itself, or for an armed group the country it fights in."""
        return party.key in self._named or party.code in self._named

    def _name(self, span: Span, said: Party) -> str:
        """A person keeps the report's name; a pronoun takes that of whom it means."""
        return self._person(span) or said.name

    def _person(self, span: Span) -> str:
        """The person whom words name, empty where they name none."""
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        persons = [n for t in found or () if (n := parties.name_at(t)) is not None and n.label_ == "person"]
        return persons[0].text if persons else ""

    # -- when ----------------------------------------------------------------------------------------------------------

    def when(self, span: Span, gloss: str, aux: Iterable[AuxMode] = ()) -> When:
        """A time with its days as our resolver has them; its words alone where it has none."""
        words = self._words(span)
        if self.english:
            for found in self._doc.spans.get(times.KEY, []):
                if found.start_char < span.end and span.start < found.end_char:
                    held: When = found._.when
                    return held
            gloss = words
        verb = "will come" if AuxMode.FUTURE in set(aux) else "came"
        text = f"It {verb} {' '.join(gloss.split())[:LONGEST_GLOSS]}."
        doc: Any = pipeline.look_up(_small(text, self._document.published), self._model)
        for found in doc.spans.get(times.KEY, []):
            resolved: When = found._.when
            return When(resolved.start, resolved.end, words, span)
        return When(None, None, words, span)

    # -- where ---------------------------------------------------------------------------------------------------------

    def where(self, span: Span, gloss: str) -> Where | None:
        """A place as our gazetteer has it; its words alone where no list holds it."""
        words = self._words(span)
        if self.english:
            held = [
                found._.place
                for found in self._doc.spans.get(places.KEY, [])
                if found.start_char < span.end and span.start < found.end_char and found._.place is not None
            ]
            if held:
                best: Where = min(held, key=lambda w: (_EXACT[w.precision], w.span.start))
                return best
            return Where(words, words, span) if any(c.isupper() for c in words) else None
        gloss = " ".join(gloss.split())[:LONGEST_GLOSS].strip(" .")
        if not gloss:
            return None
        doc: Any = pipeline.look_up(
            _small(f"The meeting took place in {gloss}.", self._document.published), self._model
        )
        head = gloss.partition(",")[0].strip()
        held = [found for found in doc.spans.get(places.KEY, []) if found._.place is not None]
        named: list[Where] = [found._.place for found in held if found.text.casefold() in head.casefold()]
        if named:
            return replace(min(named, key=lambda w: _EXACT[w.precision]), text=words, span=span)
        # A village that no list holds: its country at least, where the gloss names it.
        country = next((found._.place.country for found in held if found.text not in head), None)
        return Where(head, words, span, country) if head[:1].isupper() else None

    # -- how many ------------------------------------------------------------------------------------------------------

    def figure(self, span: Span, low: int | None, high: int | None) -> tuple[Figure, bool]:
        """What the quotation says of a number, and whether the model's was refused: it does not stand there."""
        if not self.english:
            stand = figures.numbers(self._words(span), self._document.language)
            if low is None or high is None or low > high or not {low, high} <= stand:
                return Figure(None, None, None), low is not None or high is not None
            return Figure(low, high, low if low == high else None), False
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is None:
            return Figure(None, None, None), True
        held = [q for q in numbers.find(self._doc) if q.start_token < found.end and found.start < q.end_token]
        for quantity in held:
            if quantity.low is not None and (quantity.low, quantity.high) == (low, high):
                return Figure(quantity.low, quantity.high, quantity.best), False
        exact = [q for q in held if q.low is not None]
        if len(exact) == 1 and low is not None and (exact[0].low == low or exact[0].high == high):
            return Figure(exact[0].low, exact[0].high, exact[0].best), False
        one = found.root.tag_ in {"NN", "NNP"} and found[0].lower_ in {"a", "an", "one", "another", "the"}
        if low == high == 1 and not held and (one or (len(found) == 1 and found.root.tag_ in {"NN", "NNP"})):
            return Figure(1, 1, 1), False
        return Figure(None, None, None), low is not None or high is not None

    def counts(self, span: Span) -> bool:
        """Whether quoted words are an amount at all, be it "dozens": what names no amount is no figure."""
        if not self.english:
            return True
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        held = found is not None and any(
            q.start_token < found.end and found.start < q.end_token for q in numbers.find(self._doc)
        )
        return bool(held)

    def _words(self, span: Span) -> str:
        return span.of(self._document.text)


def _small(text: str, published: date | None) -> Document:
    return Document("gloss", text, hashlib.sha256(text.encode()).hexdigest(), published=published)
