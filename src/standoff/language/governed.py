"""Ties that the parse shows: subjects, objects and complements of the verbs and nouns that carry a loss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from standoff.language import syntax
from standoff.language.losses import NounEntry, PhraseEntry, VerbEntry
from standoff.language.ties import Ground, Tie
from standoff.language.victims import Victims
from standoff.model import CountKind


class Governed(Ground):
    """Reads ties off the verbs, nouns and states of loss."""

    def ties(self, token: Token) -> Iterator[Tie]:
        for entry, shape in self.losses.verbs.get(token.lower_, ()):
            if (
                token.dep_ in {"amod", "compound"}
                or (token.tag_ in {"NN", "NNS"} and token.dep_ != "ROOT")
                or not self.with_words(token, entry)
            ):
                continue
            kind = self.fate(token, entry)
            slots = self._sufferers(token, entry, shape)
            found = False
            for slot in slots:
                for victims in self._within(slot):
                    if self.fits(victims, kind, entry.victims):
                        found = True
                        yield Tie(
                            victims,
                            self.joined(token, kind) if shape == "past" else self.together(token, kind),
                            token.i,
                            2,
                            entry.weak and kind is entry.kind,
                        )
            if found or entry.with_words:
                break
        for phrase in self.losses.phrases.get(token.lower_, ()):
            yield from self._by_phrase(token, phrase)
        noun = self.losses.nouns.get(token.lemma_.lower())
        if noun is not None and noun.of and token.pos_ in {"NOUN", "PROPN", "VERB"}:
            yield from self._by_noun(token, noun)
        if (
            token.lower_ in self.losses.states
            and (token.tag_ == "JJ" or token.lower_ == "missing")
            and token.dep_ in {"acomp", "oprd", "xcomp", "attr", "ccomp"}
        ):
            yield from self._by_state(token)

    def _sufferers(self, verb: Token, entry: VerbEntry, shape: str) -> list[Token]:
        if entry.subject:
            subject = syntax.subject(verb)
            return [] if subject is None else [subject]
        own = syntax.child(verb, "dobj", "obj")
        if own is not None:
            if own.lower_ in {"himself", "herself", "themselves"}:
                doer = syntax.subject(verb)
                return [doer] if doer is not None else [own]
            return [syntax.antecedent(own) or own]
        if shape == "past" and (syntax.children(verb, "auxpass", "nsubjpass") or self.no_object(verb)):
            if verb.dep_ == "conj" and self._shares_object(verb):
                return []
            if syntax.is_passive(verb):
                hit = syntax.direct_object(verb) or syntax.subject(verb)
            elif any(c.dep_ in {"aux", "auxpass", "ccomp", "xcomp"} for c in verb.children):
                hit = None
            else:
                hit = syntax.subject(verb)
            if hit is None and verb.dep_ in {"acl", "relcl"}:
                hit = verb.head
            if hit is not None and self.pair_takes_object(verb):
                return []
            return [] if hit is None else [hit]
        obj = syntax.direct_object(verb) if shape != "past" else None
        return [] if obj is None else [obj]

    @staticmethod
    def _shares_object(verb: Token) -> bool:
        return (
            syntax.child(verb.head, "dobj", "obj") is not None
            and verb.head.pos_ == "VERB"
            and not syntax.is_passive(verb)
        )

    def _within(self, slot: Token, depth: int = 0) -> Iterator[Victims]:
        """The candidates a noun phrase names, one for each of its coordinated parts."""
        for token in syntax.conjuncts(slot):
            victims = self.phrases.at.get(token.i)
            if victims is not None and token.dep_ == "conj" and self._same_person(victims):
                continue
            if victims is not None and not (victims.quantity is not None and token.i < victims.start):
                yield victims
                if victims.noun not in self.losses.words["partitives"]:
                    continue
            if depth < 3 and (token.lemma_.lower() in self.losses.words["partitives"] or token.tag_ == "DT"):
                for _, inner in syntax.prepositional(token, "of"):
                    yield from self._within(inner, depth + 1)

    def _same_person(self, victims: Victims) -> bool:
        """ "An activist and leader": a second noun without an article of its own tells more of the same person."""
        token = self.doc[victims.head]
        if (
            victims.quantity is not None
            or victims.plural
            or token.tag_ != "NN"
            or self.losses.within("apart", victims.noun)
        ):
            return False
        root = token
        while root.dep_ == "conj" and root.head.i < root.i:
            root = root.head
        first = self.phrases.at.get(root.i)
        if (
            first is None
            or first.quantity is not None
            or not any(t.tag_ in {"DT", "PRP$"} for t in self.doc[first.head].lefts)
        ):
            return False
        after = self.doc[victims.end].lower_ if victims.end < len(self.doc) else ""
        return after not in {"were", "are"} and not any(t.tag_ in {"DT", "PRP$"} for t in token.lefts)

    def _by_phrase(self, verb: Token, phrase: PhraseEntry) -> Iterator[Tie]:
        if phrase.extra and not all(w in {t.lower_ for t in self.doc[verb.i + 1 : verb.i + 3]} for w in phrase.extra):
            return
        if phrase.victims == "control":
            yield from self._by_control(verb, phrase)
            return
        objects = [
            t for own in syntax.children(verb, "dobj", "obj", "nsubjpass", "pobj") for t in syntax.conjuncts(own)
        ]
        if verb.dep_ == "amod" and verb.head.i > verb.i:
            objects.append(verb.head)  # "inflicted harm on": a past form misread as the noun's adjective
        if phrase.victims == "into":
            if any(t.lemma_.lower() in phrase.nouns for t in self.doc[verb.i : min(len(self.doc), verb.i + 14)]):
                hit = syntax.direct_object(verb)
                if hit is not None:
                    yield from self._tied(hit, phrase.kind, verb)
            return
        for noun in objects:
            victims = self.phrases.at.get(noun.i)
            lemma = victims.noun if victims is not None and not victims.bare else noun.lemma_.lower()
            if lemma not in phrase.nouns and (lemma == "aircraft" or noun.lower_ not in phrase.nouns):
                continue
            if phrase.victims == "object":
                if victims is not None and (victims.quantity is not None or not victims.person):
                    yield Tie(victims, phrase.kind, verb.i, 1)
            elif phrase.victims == "subject" or (
                phrase.victims == "own" and any(c.lower_ == "own" for c in noun.children)
            ):
                subject = syntax.subject(verb)
                if subject is not None:
                    yield from self._tied(subject, phrase.kind, verb)
            elif phrase.victims != "own":
                for holder in (noun, verb):
                    for _, inner in syntax.prepositional(holder, phrase.victims):
                        yield from self._tied(inner, phrase.kind, verb)

    def _by_control(self, verb: Token, phrase: PhraseEntry) -> Iterator[Tie]:
        words = {t.lemma_.lower() for t in self.doc[verb.i : min(len(self.doc), verb.i + 16, verb.sent.end)]}
        if not words & phrase.nouns:
            return
        for clause in (verb, *syntax.children(verb, "xcomp", "ccomp")):
            for own in syntax.children(clause, "dobj", "obj", "nsubj", "nsubjpass"):
                if own.i > verb.i or (syntax.is_passive(verb) and clause is verb):
                    for victims in self._within(own):
                        if victims.quantity is not None and self.fits(victims, phrase.kind, "people"):
                            yield Tie(victims, phrase.kind, verb.i, 1)

    def _tied(self, slot: Token, kind: CountKind, governor: Token, wanted: str = "people") -> Iterator[Tie]:
        for victims in self._within(slot):
            if self.fits(victims, kind, wanted):
                yield Tie(victims, kind, governor.i, 1)

    def _by_noun(self, noun: Token, entry: NounEntry) -> Iterator[Tie]:
        wanted = "things" if entry.kind is CountKind.DESTROYED else "people"
        governor = noun.head if self.light(noun) else noun
        fatal = entry.weak and any(self.losses.within("fatal", c.lower_) for c in noun.lefts)
        kind = CountKind.KILLED if fatal else entry.kind
        slots = [inner for _, inner in syntax.prepositional(noun, "of")]
        slots.extend(
            c
            for c in syntax.children(noun, "poss")
            if entry.kind is CountKind.KILLED and noun.lemma_.lower() == "death"
        )
        for slot in slots:
            told = list(self._tied(slot, kind, governor, wanted))
            if not told and noun.lemma_.lower() == "loss":
                told = list(self._tied(slot, CountKind.DESTROYED, governor, "things"))  # "the loss of two helicopters"
            for tie in told:
                yield replace(tie, weak=entry.weak and not fatal)

    def _by_state(self, state: Token) -> Iterator[Tie]:
        """ "A girl is dead", "left a girl dead", "12 people remain missing"."""
        kind = self.losses.states[state.lower_]
        verb = state.head
        slots: list[Token] = []
        if self.losses.within("leave", verb.lower_):
            slots = [
                t for t in syntax.children(verb, "dobj", "obj", "nsubj", "ccomp") if t.i > verb.i
            ] + syntax.children(state, "nsubj")
        elif verb.pos_ in {"AUX", "VERB"} and verb.lower_ not in self.losses.verbs:
            own = syntax.child(state, "nsubj", "nsubjpass")
            subject = own or syntax.subject(verb)
            slots = [subject] if subject is not None else []
        for slot in slots:
            yield from self._tied(slot, kind, verb if self.losses.within("leave", verb.lower_) else state)
