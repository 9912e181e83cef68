"""How an English sentence tells what a claim takes from it: who says it, whether it was so, whose loss a figure is.

A model that drops the speaker, names another or leaves out a denial quotes real words too. So our own reading of who says what,
of what is denied and of what a figure counts is asked about the claim's own sentence. It only contradicts: where it knows
nothing, the model is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from standoff import ontology
from standoff.language import attribution, counts, pipeline
from standoff.language.attribution import cues
from standoff.language.event import predicates
from standoff.model import AuxMode, CountKind, Source, Span, Stance
from standoff.readers import borne

UNREAL = frozenset({AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.ATTEMPTED})


class Telling:
    """One English report as our own reading has its statements and figures of losses."""

    def __init__(self, doc: Any, model: str = pipeline.DEFAULT_MODEL) -> None:
        """``doc`` is looked up and not read: who says what and what is counted is read here."""
        for name, pipe in pipeline.load(model).pipeline:
            if name in ("standoff_reading", "standoff_counts", "standoff_attribution"):
                doc = pipe(doc)
        self._doc = doc
        self._losses = counts.of(doc)

    # -- what happened -------------------------------------------------------------------------------------------------

    def another_type(self, event: str, word: Span) -> bool:
        """Whether our learned reader is sure that a word tells of the contrary: of harm where help is told, or of help where harm is."""
        read = self._doc._.reading
        if read is None or read.type_in(word, event) > NOT_SO:
            return False
        friendly = ontology.quad(event) in borne.FRIENDLY
        return any(
            read.type_in(word, one) >= SURE
            for one in ontology.event_types()
            if (ontology.quad(one) in borne.FRIENDLY) is not friendly
        )

    def suffers(self, actor: Span, word: Span) -> bool:
        """Whether our learned reader is sure that who is said to do it suffers it."""
        sides = [(role, sure) for role, place, sure in self._sides(word) if actor.overlaps(place)]
        does = max((sure for role, sure in sides if role == "actor"), default=0.0)
        suffers = max((sure for role, sure in sides if role == "recipient"), default=0.0)
        return does <= NOT_SO and suffers >= SURE

    def sure_of(self, role: str, word: Span) -> tuple[Span, ...]:
        """Words of which our learned reader is sure that they are a side of the event of a word."""
        return tuple(place for side, place, sure in self._sides(word) if side == role and sure >= SURE)

    def _sides(self, word: Span) -> Iterator[tuple[str, Span, float]]:
        """Role, words and probability of each part of the event that our learned reader finds in a word, unless its sides may be either."""
        read = self._doc._.reading
        for proposal in read.proposals if read is not None else ():
            if word.overlaps(Span(*proposal.trigger)) and proposal.flags["reciprocal"] <= NOT_SO:
                for part in proposal.parts:
                    yield part.role, Span(part.start, part.end), part.probability

    # -- who says it ---------------------------------------------------------------------------------------------------

    def sources(self, word: Span) -> tuple[Source, ...]:
        """Who says what stands at a place, as far as it is named there."""
        return tuple(one for one in attribution.source_chain(self._chain(word)) if one.mention.party.code != "UNK")

    def another_says_it(self, word: Span, sources: Sequence[Source]) -> bool:
        """Whether the sentence names who says it, and it is nobody of those; or names nobody, and those stand elsewhere."""
        own = attribution.source_chain(self._chain(word))
        if not sources:
            return False
        same = {one.mention.party.key for one in own} & {one.mention.party.key for one in sources}
        if same or any(a.mention.span.overlaps(b.mention.span) for a in own for b in sources):
            return False
        if own:
            return all(self._named(one.mention.span) and one.mention.party.code != "UNK" for one in own)
        return not any(self._beside(one.mention.span, word) for one in sources)

    def _chain(self, word: Span) -> Any:
        return attribution.chain(self._doc, word.start, word.start)

    def _named(self, span: Span) -> bool:
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        return found is not None and found.root.pos_ in {"NOUN", "PROPN"}

    def _beside(self, span: Span, word: Span) -> bool:
        """Whether two places stand in one sentence, or in two that follow each other in one paragraph."""
        low, high = min(span.start, word.start), max(span.end, word.end)
        between = self._doc.text[low:high]
        return "\n\n" not in between and self._sentence(high - 1) - self._sentence(low) <= 1

    def _sentence(self, at: int) -> int:
        starts = self._doc.user_data.get("standoff_sentences")
        if starts is None:
            starts = self._doc.user_data["standoff_sentences"] = [one.start_char for one in self._doc.sents]
        return sum(one <= at for one in starts)

    # -- really --------------------------------------------------------------------------------------------------------

    def denied_otherwise(self, event: str, word: Span, aux: Sequence[AuxMode]) -> bool:
        """Whether a claim is said not to have been where nothing says so, or to have been where its own words say it was not."""
        words, chain = self._words(word), self._chain(word)
        denied = bool(chain) and chain[-1].stance is Stance.DENY
        noes = self._noes(words, chain[-1].cue_span if denied else None)
        if AuxMode.NEGATION in aux:
            return not denied and not noes and not any(one.stance is Stance.DENY for one in chain)
        if ontology.quad(event) not in _DEEDS or denied + noes != 1:
            return False  # "denied that no shot was fired": two that undo each other are left to the model
        return denied or any(_plainly_not(one) for one in words)

    def only_thought_of(self, event: str, word: Span, aux: Sequence[AuxMode]) -> bool:
        """Whether a deed is said to be done whose verb says that it is to come, only could, or was tried."""
        words = self._words(word)
        if UNREAL & set(aux) or ontology.quad(event) not in _DEEDS:
            return False
        verb = words.root
        if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in predicates("trying"):
            return AuxMode.NEGATION not in aux
        return borne.means(event, words) and any(
            one.dep_ in {"aux", "auxpass"} and one.lower_ in predicates("modal") for one in verb.children
        )

    def _noes(self, words: Any, cue: Span | None) -> int:
        """How many words beside a cue deny: a "no" at the word, or a word above it that says it was not so."""
        own = {*words, *(child for one in words for child in one.children)}
        own |= {child for one in own for child in one.children}
        above = list(words.root.ancestors)
        beside = [child for one in above for child in one.children if child.dep_ in {"neg", "acomp", "attr"}]
        found = {
            one
            for one in own
            if one.dep_ == "neg" or one.lower_ in predicates("no") or (one not in words and _undoes(one))
        }
        found |= {
            one for one in (*above, *beside) if one.dep_ == "neg" or one.lower_ in predicates("no") or _undoes(one)
        }
        return sum(cue is None or not cue.start <= one.idx < cue.end for one in found)

    def _words(self, word: Span) -> Any:
        return self._doc.char_span(word.start, word.end, alignment_mode="expand")

    # -- whom ----------------------------------------------------------------------------------------------------------

    def elsewhere(self, span: Span, clause: Span) -> bool:
        """Whether quoted words stand in none of the sentences of a clause."""
        first, last = self._sentence(clause.start), self._sentence(clause.end - 1)
        between = self._doc.text[min(span.end, clause.end) : max(span.start, clause.start)]
        return not first <= self._sentence(span.start) <= last and _ENDS.search(between) is not None

    def doer_elsewhere(self, actor: Span, word: Span, clause: Span) -> bool:
        """Whether an actor stands in another sentence, and no pronoun of this one could mean it."""
        return self.elsewhere(actor, clause) and not any(
            one.dep_ in {"nsubj", "nsubjpass", "poss"} and one.pos_ in {"PRON", "DET"} for one in self._words(clause)
        )

    def sufferer_elsewhere(self, event: str, recipient: Span, word: Span, clause: Span) -> bool:
        """Whether whom a deed fell on is said to stand in another sentence, while its own names somebody."""
        verb = self._words(word).root
        named = [
            one
            for one in verb.children
            if one.dep_ == ("nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "dobj")
            and one.pos_ in {"NOUN", "PROPN"}
        ]
        deed = ontology.quad(event) in _DEEDS and borne.means(event, self._words(word))
        return deed and bool(named) and self.elsewhere(recipient, clause)

    # -- how many ------------------------------------------------------------------------------------------------------

    def another_loss(self, kind: CountKind, figure: Span) -> bool:
        """Whether a figure counts another loss than it is said to."""
        own = {
            one.kind
            for one in self._losses
            if one.span.overlaps(figure) or (one.number and one.number.overlaps(figure))
        }
        return bool(own) and kind not in own and not {kind, *own} & {CountKind.CASUALTIES}

    def lost(self, span: Span, clause: Span) -> bool:
        """Whether quoted words are those who are killed, wounded or taken in a clause: nobody who does it."""
        return any(
            one.span.covers(span)
            and span.covers(one.number or one.span)
            and clause.covers(Span(self._doc[one.governor].idx, self._doc[one.governor].idx + 1))
            for one in self._losses
        )

    def no_help(self, event: str, clause: Span) -> bool:
        """Whether a clause that is told as help, trade or a retreat counts what was killed or destroyed in it."""
        return ontology.quad(event) == _HELP and any(
            clause.covers(one.span) and one.kind in {CountKind.KILLED, CountKind.DESTROYED} for one in self._losses
        )

    def of_another_clause(self, figure: Span, clause: Span) -> bool:
        """Whether a figure stands outside its clause, and hangs on no word of it."""
        if clause.overlaps(figure):
            return False
        head = self._words(figure).root
        return not any(clause.start <= one.idx < clause.end for one in head.ancestors)


SURE, NOT_SO = 0.9, 0.05
"""Probabilities from which, and up to which, our learned reader contradicts a model."""
_ENDS = re.compile(r"[.!?…][\"”’»)]*\s|\n|;\s")
_HELP = 2
_DEEDS = frozenset({2, 4})
"""Quad classes of what is done and not said."""


def _plainly_not(word: Any) -> bool:
    """ "Did not", "no shot was fired", "no one was hurt"."""
    subjects = [one for one in word.children if one.dep_ in {"nsubj", "nsubjpass"}]
    return any(one.dep_ == "neg" for one in word.children) or any(
        one.lower_ in predicates("no") or any(c.lower_ in {"no", "neither"} for c in one.children) for one in subjects
    )


def _undoes(word: Any) -> bool:
    return word.lemma_.lower() in _deniers()


@cache
def _deniers() -> frozenset[str]:
    """Words by which it is said that something was not so."""
    spoken = {word for word, cue in cues.verb_cues().items() if cue.stance is Stance.DENY}
    nouns = {word for word, stance in cues.noun_cues().items() if stance is Stance.DENY}
    refused = {word for word, known in borne.types().items() if known == {"REJECT"} and borne.alone(word)}
    told = {word for table in ("untrue", "undone") for word in predicates(table)}
    return frozenset(spoken | nouns | refused | told)
