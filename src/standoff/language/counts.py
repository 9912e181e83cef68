"""How many losses: which figures count the killed, injured, captured, displaced or destroyed, and whom they count.

The component ``standoff_counts`` writes ``doc.spans["standoff_counts"]``; ``span._.quantity`` is a ``LossCount``.
Figures come from ``numbers``; "a soldier was killed" is a count of one, "a brigade" is none, and a part of a whole
("including 11 children") is left out. The words are in ``lexicon/losses.toml``.

A figure is tied to its loss twice over: by the parse, and, because a small model misreads headlines, by the words
right beside it ("12 hurt in blast", "kills 5"). What stands right beside wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from standoff.language import extensions
from standoff.language.beside import Beside
from standoff.language.governed import Governed
from standoff.language.grammar import listed
from standoff.language.losses import losses
from standoff.language.numbers import Bound
from standoff.language.ties import Tie
from standoff.language.victims import Phrases, Victims
from standoff.model import CountKind
from standoff.model import Span as TextSpan

extensions.register()

KEY = "standoff_counts"


@dataclass(frozen=True, slots=True)
class LossCount:
    """A figure of losses and the words that carry it. Indices are of tokens, spans of characters."""

    kind: CountKind
    low: int | None
    high: int | None
    best: int | None
    vague: bool
    unit: str
    text: str
    span: TextSpan
    number: TextSpan | None
    """Where the number stands; none where one victim is told without a number ("a soldier")."""
    victim: int | None
    """Head of the noun phrase that names who was hit."""
    governor: int
    """The verb or noun that carries the loss."""
    modifier: int | None = None
    """The word that says whose people they are ("Indian")."""
    bound: Bound = "exact"


class CountFinder:
    """Finds figures of losses. Sets ``doc.spans["standoff_counts"]`` and, on each span, ``_.quantity`` (LossCount).

    ``plurals``: keep plurals without a figure too ("civilians were killed"), as vague counts.
    """

    def __init__(self, plurals: bool = False) -> None:
        self.plurals = plurals

    def __call__(self, doc: Doc) -> Doc:
        spans = []
        for count in _Reader(doc, self.plurals).read():
            span = doc.char_span(count.span.start, count.span.end, label=count.kind.value)
            if span is not None:
                span._.quantity = count
                spans.append(span)
        doc.spans[KEY] = spans
        return doc


@Language.factory("standoff_counts", default_config={"plurals": False})
def create(nlp: Language, name: str, plurals: bool) -> CountFinder:
    """The component, for ``nlp.add_pipe("standoff_counts")``; needs a tagger, a parser and named entities."""
    return CountFinder(plurals)


def of(doc: Doc) -> tuple[LossCount, ...]:
    """Every loss figure of an annotated text, in the order of the text."""
    return tuple(span._.quantity for span in doc.spans.get(KEY, []) if span._.quantity is not None)


NAMING = listed("naming")
"""Verbs after whose participle a noun gets its name: "a man named", "identified as", "known as"."""


class _Reader:
    def __init__(self, doc: Doc, plurals: bool) -> None:
        self.doc = doc
        self.losses = losses()
        self.phrases = Phrases(doc, plurals)
        self.ties: dict[int, list[Tie]] = {}

    def read(self) -> Iterator[LossCount]:
        candidates = self.phrases.all()
        beside, governed = Beside(self.doc, self.phrases), Governed(self.doc, self.phrases)
        for victims in candidates:
            for tie in beside.ties(victims):
                self.ties.setdefault(tie.victims.start, []).append(tie)
        for token in self.doc:
            for tie in governed.ties(token):
                self.ties.setdefault(tie.victims.start, []).append(tie)
        told: list[tuple[Victims, Tie]] = []
        for victims in candidates:
            ties = self.ties.get(victims.start, [])
            if ties and not self._is_part(victims) and not self._renamed(victims):
                told.append((victims, self._decide(ties)))
        yield from self._counts(told)

    def _renamed(self, victims: Victims) -> bool:
        """Nobody is counted anew: "Omar Aziz, a Syrian migrant who died", "a man named Omar Aziz was killed"."""
        if victims.quantity is not None:
            return False
        head = self.doc[victims.head]
        while head.dep_ == "conj" and head.head.ent_type_ == "PERSON":
            head = head.head
        name = head.head if head.dep_ == "pobj" and head.head.lower_ in {"as", "by"} else head
        if head.dep_ == "appos":
            first = self.phrases.at.get(head.head.i)
        elif name.head.dep_ == "acl" and name.head.lemma_ in NAMING:
            first = self.phrases.at.get(name.head.head.i)
        else:
            return False
        return first is not None and first.start in self.ties and first is not victims

    def _decide(self, ties: list[Tie]) -> Tie:
        """One kind for a figure: what stands beside it, a word that says more over "shot", death over a wound."""
        firm = [t for t in ties if not t.weak] or ties
        order = (CountKind.CASUALTIES, CountKind.KILLED, CountKind.INJURED)
        best = min(firm, key=lambda t: (t.rank, order.index(t.kind) if t.kind in order else len(order), t.governor))
        if best.kind is CountKind.INJURED and best.victims.quantity is None:
            return next((t for t in firm if t.kind is CountKind.KILLED), best)
        return best

    def _counts(self, told: list[tuple[Victims, Tie]]) -> Iterator[LossCount]:
        doc = self.doc
        units: dict[bool, str] = {}
        sentence = -1
        for victims, tie in told:
            own = doc[victims.head].sent.start
            if own != sentence:
                units, sentence = {}, own
            words = doc[victims.start : victims.end]
            things = tie.kind is CountKind.DESTROYED
            if victims.unit and victims.noun not in self.losses.nouns:
                named = victims.unit
            else:
                # "57 others", "31": of what was counted before in the sentence.
                named = "people" if tie.total else units.get(things, "things" if things else "people")
            if victims.quantity is not None:
                units[things] = named
            quantity = victims.quantity
            one = None if victims.plural else 1
            number = None
            if quantity is not None:
                figure = doc[quantity.start_token : quantity.end_token]
                number = TextSpan(figure.start_char, figure.end_char)
            yield LossCount(
                kind=tie.kind,
                low=one if quantity is None else quantity.low,
                high=one if quantity is None else quantity.high,
                best=one if quantity is None else quantity.best,
                vague=victims.plural if quantity is None else quantity.vague,
                unit=named,
                text=words.text,
                span=TextSpan(words.start_char, words.end_char),
                number=number,
                victim=None if victims.bare else victims.head,
                governor=tie.governor,
                modifier=victims.modifier,
                bound="exact" if quantity is None else quantity.bound,
            )

    def _is_part(self, victims: Victims) -> bool:
        """ "31 people, including 11 children": what a part-word introduces is counted already."""
        doc, sentence = self.doc, self.doc[victims.head].sent
        end = victims.quantity.end_token if victims.quantity is not None else victims.end
        right = doc[end : sentence.end].text_with_ws if end < sentence.end else ""
        before = doc[victims.start - 1].lower_ if victims.start > 0 else ""
        if self.losses.part_after.match(right) and before not in self.losses.verbs:
            return True
        at = victims.start - 1
        while at >= sentence.start:
            token = doc[at]
            if token.lower_ in {"and", "with", "while"} and at > 0 and doc[at - 1].text in {",", ")"}:
                break
            free = token.tag_ in {
                "CD",
                "NN",
                "NNS",
                "NNP",
                "NNPS",
                "JJ",
                "DT",
                "CC",
                "HYPH",
                ",",
                "PRP$",
                "RB",
                "RBS",
                "JJS",
                "IN",
                "PRP",
                "WP",
                "WDT",
                "VBG",
                "VBD",
            }
            if not free or token.lower_ in self.losses.verbs or token.lower_ in self.losses.states:
                break
            at -= 1
        stretch = doc[max(at, sentence.start) : victims.start].text_with_ws
        return self.losses.part_before.search(stretch) is not None
