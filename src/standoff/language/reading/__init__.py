"""What a report says, read by the learned reader: one encoder, one pass, several heads (``training/`` has how it was taught).

The component ``standoff_reading`` writes a :class:`Reading` to ``doc._.reading``. What a span means (a party's code, a figure, a day,
coordinates) is for the tables and grammars (``reading.events``); what of it becomes a claim, beside what the rules found, is decided
in :mod:`standoff.deciding`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span

from standoff.language import extensions, syntax
from standoff.language.nearby import Nearby
from standoff.language.reading.decode import Part, Proposal, Saying, Words, decode
from standoff.language.reading.kin import Kin
from standoff.language.reading.model import network
from standoff.language.reading.windows import split
from standoff.model import Span as TextSpan

__all__ = ["LearnedReader", "Part", "Proposal", "Reading", "Saying", "create"]

extensions.register()


@dataclass(slots=True)
class Reading:
    """All that was read of a document, in the order of the text."""

    proposals: list[Proposal] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    kin: Kin = field(default_factory=Kin)
    starts: list[int] = field(default_factory=list)
    """Where each word begins, and beside it the probabilities that it is no event (first) or one of each type."""
    kinds: list[list[float]] = field(default_factory=list)
    _speakers: tuple[Nearby, list[tuple[int, int]]] | None = None

    def event_in(self, span: TextSpan) -> float:
        """The highest probability that a word of a stretch of text tells of an event."""
        return max((1.0 - kinds[0] for kinds in self._in(span)), default=0.0)

    def type_in(self, span: TextSpan, event: str) -> float:
        """The highest probability that a word of a stretch of text tells of an event of this type."""
        column = network().manifest.types.index(event) + 1
        return max((kinds[column] for kinds in self._in(span)), default=0.0)

    def cue_of(self, speaker: TextSpan) -> TextSpan | None:
        """The cue of the first statement whose speaker these words are."""
        if self._speakers is None:
            held = [(part.start, part.end, saying.cue) for saying in self.sayings for part in saying.speakers]
            self._speakers = (Nearby((start, end) for start, end, _ in held), [cue for _, _, cue in held])
        near, cues = self._speakers
        found = near.touching(speaker.start, speaker.end)
        return TextSpan(*cues[found[0]]) if found else None

    def _in(self, span: TextSpan) -> list[list[float]]:
        first = max(0, bisect_right(self.starts, span.start) - 1)
        return self.kinds[first : bisect_right(self.starts, span.end - 1)]


class LearnedReader:
    """Reads events and statements; needs sentences. Sets ``doc._.reading``."""

    def __call__(self, doc: Doc) -> Doc:
        net, read, text = network(), Reading(), syntax.text_of(doc)
        sentences = [(s.start_char, s.start_char + len(s.text.rstrip())) for s in doc.sents if s.text.strip()]
        for ids, offsets in split(text, sentences, net.tokenizer):
            scores = net.run(ids)
            words = Words(text, offsets)
            events, said = decode(words, scores, net)
            read.proposals += events
            read.sayings += said
            read.kin.add(offsets, scores, len(net.manifest.kin))
            read.starts += [s for s, _ in words.spans]
            read.kinds += scores.triggers[words.first].tolist()
        doc._.reading = read
        _towns(doc, read)
        return doc


SURE_PLACE = 0.7
"""From this probability a word that the reader puts into the place of an event is a place."""


def _towns(doc: Doc, read: Reading) -> None:
    """ "Had shelled Kherson": what the small parser takes for a person or a body is a town, before any table is asked."""
    parts = [p for q in read.proposals for p in q.parts if p.role == "place" and p.probability >= SURE_PLACE]
    who = [p for q in read.proposals for p in q.parts if p.role in {"actor", "source"} and p.probability >= SURE_PLACE]
    near_parts, near_who = (Nearby((p.start, p.end) for p in some) for some in (parts, who))
    ents, changed = [], False
    for ent in doc.ents:
        touched = [parts[n] for n in near_parts.touching(ent.start_char, ent.end_char)]
        within = any(p.start <= ent.start_char and ent.end_char <= p.end for p in touched)
        acts = bool(near_who.touching(ent.start_char, ent.end_char))
        if ent.label_ in {"PERSON", "ORG", "NORP"} and within and not acts:
            ents.append(Span(doc, ent.start, ent.end, label="GPE"))
            changed = True
        else:
            ents.append(ent)
    if changed:
        doc.ents = ents


@Language.factory("standoff_reading", assigns=["doc._.reading"])
def create(nlp: Language, name: str) -> LearnedReader:
    """Make the component (spaCy factory ``standoff_reading``)."""
    return LearnedReader()
