"""What the whole document knows: which states it speaks of, where it plays, who is quoted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter

from spacy.tokens import Doc, Span, Token

from standoff.language import parties, places, quotes, syntax
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Mention, Party

# A compound after a party's name that says who rules or helps, not who acts: "rebel-held", "Russian-backed".
NOT_OWNER = listed("not_owner")
ENTERED = listed("entered")
WITHIN = any_of("in into inside across over near throughout")


class Ground(ABC):
    """A document, and what is remembered of its noun phrases."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._cache: dict[int, tuple[Mention, ...]] = {}
        self._busy: set[int] = set()
        self._lemmas: dict[int, list[int]] | None = None
        self._armies: set[str] | None = None
        self._named_acting: tuple[list[int], list[Span]] | None = None
        self.persons: dict[str, Party] = {}
        self._stated = self._count_states()
        self._where: tuple[tuple[int, int, int], str | None] | None = None

    @abstractmethod
    def resolve(self, token: Token | None, speaker: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
        """Parties that a noun phrase refers to, its coordinated parts included."""

    @abstractmethod
    def _one(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Those that one head refers to, without what is coordinated with it."""

    def _count_states(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for span in self.doc.spans.get(parties.KEY, []):
            party = parties.party_of_name(span)
            if (
                len(party.code) == 3
                and party.code not in any_of("UNK UNO EUR IGO NGO ISM IMG MNC")
                and (span.label_ != "outlet")
            ):
                counts[party.code] += 1
        return counts

    def _beside_hyphen(self, span: Span) -> bool:
        """ "The Iran-aligned Houthis" are not in Iran; nor does a pronoun after "a Pakistan-based group" mean Pakistan."""
        after = self.doc[span.end : span.end + 2]
        return len(after) == 2 and after[0].text in {"-", "–"} and after[1].lower_ in NOT_OWNER

    @property
    def place_country(self) -> str | None:
        """Country where most of the document's towns lie; where it names none, the one it speaks of in most sentences."""
        spans = self.doc.spans
        of = (len(spans.get(places.KEY, ())), len(spans.get(parties.KEY, ())), len(self._stated))
        if self._where is None or self._where[0] != of:  # asked for again and again, of the whole document
            self._where = (of, self._place_country())
        return self._where[1]

    def _place_country(self) -> str | None:
        towns: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        for span in self.doc.spans.get(places.KEY, []):
            where = span._.place
            if where is None or not where.country or self._beside_hyphen(span):
                continue
            named = parties.name_at(span.root)
            if (
                named is not None
                and named.label_ in {"capital", "seat"}
                and span.root.dep_ in {"nsubj", "poss", "pobj"}
            ):
                if span.root.dep_ != "pobj" or span.root.head.lower_ not in WITHIN:
                    continue  # "Washington accused": a government, not where things happened
            if where.precision != "country":
                towns[where.country] += 2
                continue
            towns[where.country] += 1
            if (span.root.dep_ == "dobj" and span.root.head.lemma_ in ENTERED) or (
                span.root.dep_ == "pobj" and span.root.head.lower_ in WITHIN
            ):
                spoken[where.country] += 1
        if any(n > 1 for n in towns.values()):
            return towns.most_common(1)[0][0]
        # A country may only be spoken of: its armies and rebels count too. Of equals, the one named first.
        told = {
            (span.sent.start, parties.party_of_name(span).code)
            for span in self.doc.spans.get(parties.KEY, [])
            if parties.party_of_name(span).code in self._stated
            and span.label_ != "outlet"
            and not self._beside_hyphen(span)
        }
        spoken.update(code for _, code in told)
        first = list(self._stated)
        return max(
            spoken,
            key=lambda code: (spoken[code], -first.index(code) if code in first else -len(first), code),
            default=None,
        )

    def _quoted_states(self, sent: Span) -> set[str]:
        """States named between the quotation marks of a sentence."""
        marks = [
            quote
            for quote in quotes.of(self.doc)
            if quote.span.start < sent.end_char and quote.span.end > sent.start_char
        ]
        return {
            parties.party_of_name(name).code
            for name in self.doc.spans.get(parties.KEY, [])
            if name.start >= sent.start and name.end <= sent.end
            if any(quote.span.start <= name.start_char and name.end_char <= quote.span.end for quote in marks)
        }

    def _in_quotes(self, token: Token) -> bool:
        return any(q.span.start <= token.idx < q.span.end for q in self.doc._.quotes or ())

    def _as(self, head: Token, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The same parties, mentioned here."""
        return tuple(mention(m.party, self.doc, head.i, head.i + 1) for m in mentions)

    def _token_at(self, item: Mention) -> int:
        span = self.doc.char_span(item.span.start, item.span.end, alignment_mode="expand")
        return span.start if span is not None else 0

    def _doer_of_clause(self, head: Token) -> tuple[Mention, ...]:
        subj = self._subject_above(head)
        return () if subj is None or head.i in {t.i for t in subj.subtree} else self.resolve(subj)

    @staticmethod
    def _subject_above(head: Token) -> Token | None:
        """The subject of the verb that a noun stands under, where it is another word."""
        verb = next((a for a in head.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        subj = syntax.subject(verb) if verb is not None else None
        return subj if subj is not None and subj.i != head.i else None
