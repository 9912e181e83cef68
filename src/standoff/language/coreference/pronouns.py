"""Who a pronoun is: "he", "it", "they", and "we" outside quotation."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from standoff.language import parties, syntax
from standoff.language.coreference.lands import Lands
from standoff.language.coreference.owners import VEHICLE_WORDS
from standoff.language.coreference.roles import role_of
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Mention, Party

ATTACKING = listed("attacking")
UNARMED = (("CVL",), ("MED",), ("JRN",), ("EDU",), ("REF",), ("REL",), ("LAB",), ("AGR",), ("BUS",))
PERSON_PRONOUNS = any_of("he she him her his hers himself herself")
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = any_of("we us our ours i me my mine ourselves myself")
CHARGES = listed("charges")


class Pronouns(Lands):
    """Finds who was spoken of before."""

    def _candidates(self, head: Token, reach: int = 120) -> list[Token]:
        """Nouns and names before a pronoun, nearest sentence first, subjects before others within a sentence."""
        sents = list(syntax.sentences(self.doc, head.i - reach, head.i + 1))
        ordered: list[Token] = []
        for sent in reversed(sents):
            nouns = [
                t
                for t in sent
                if t.i < head.i
                and t.pos_ in {"NOUN", "PROPN"}
                and t.dep_ not in {"compound", "amod", "nmod"}
                and not self._beside_hyphen(self.doc[t.i : t.i + 1])
            ]
            subjects = [t for t in nouns if t.dep_ in {"nsubj", "nsubjpass"}]
            subjects.sort(key=lambda t: (not _governs(t, head), t.i if sent.end <= head.i else -t.i))
            others = [t for t in reversed(nouns) if t.dep_ not in {"nsubj", "nsubjpass"}]
            ordered.extend(subjects + others)
        return ordered

    def _is_person(self, token: Token) -> bool:
        name = parties.name_at(token)
        if name is not None:
            return bool(name.label_ == "person")
        role = role_of(token)
        return role is not None and role.person and token.tag_ in {"NN", "NNP"}

    def _person_before(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        for token in self._candidates(head):
            if self._is_person(token):
                found = self._one(token, ())
                if found:
                    return found[:1]
            # "the Assad regime ... his forces": the person whose regime it is.
            for whose in token.children:
                name = parties.name_at(whose) if whose.dep_ in {"compound", "poss"} else None
                if name is not None and name.label_ == "person":
                    return self._as(head, self._named(name, whose))
        return ()

    def _accused(self, head: Token) -> tuple[Mention, ...]:
        """ "Rejected accusations by the rebels that its troops had killed": whoever rejects them, not who makes them."""
        at = head
        for _ in range(8):
            if at.dep_ in {"acl", "ccomp", "relcl"} and at.head.lemma_.lower() in CHARGES:
                verb = at.head.head
                if verb.lemma_.lower() in listed("rejecting"):
                    return self.resolve(syntax.subject(verb))
                return ()
            if at.head.i == at.i:
                return ()
            at = at.head
        return ()

    def _thing_before(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        accused = self._accused(head)
        if accused:
            return accused
        doer = self._doer_beside(head)
        own = {m.party.key for m in self.resolve(doer)} if doer is not None else set()
        if speaker and speaker[0].party.key not in own:
            return speaker[:1]
        for token in self._candidates(head):
            if doer is not None and token.i == doer.i:
                continue
            name = parties.name_at(token)
            if name is not None and name.label_ in {"person", "adjective", "people"}:
                continue
            role = role_of(token)
            if name is None and (role is None or role.person) and token.lemma_.lower() not in VEHICLE_WORDS:
                continue
            found = self._one(token, ())
            if found and found[0].party.key not in own:
                return found[:1]
        return ()

    def _doer_beside(self, head: Token) -> Token | None:
        """The subject of the verb that a pronoun is the object of: nobody but "itself" is both."""
        verb = head.head.head if head.dep_ == "pobj" else head.head
        if head.dep_ not in {"dobj", "obj", "pobj", "dative"} or verb.pos_ != "VERB" or head.lower_ == "itself":
            return None
        found = syntax.doer(verb)
        return found if found is not None and found.i not in self._busy and found.pos_ != "PRON" else None

    def _plural_before(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        quoted = bool(speaker) and self._in_quotes(head)
        own = {m.party.key for m in speaker}
        attacks = head.dep_ == "nsubj" and head.head.lemma_.lower() in ATTACKING
        for token in self._candidates(head):
            plural = token.tag_ in {"NNS", "NNPS"} or len(syntax.conjuncts(token)) > 1
            name = parties.name_at(token)
            role = role_of(token)
            body = attacks and role is not None and not role.person and role.sector in {"MIL", "REB", "COP"}
            if not plural and not body and (name is None or name.label_ not in {"group", "organisation"}):
                continue
            found = self.resolve(token)
            if quoted and any(m.party.key in own for m in found):
                continue  # in one's own words "they" are others
            if attacks and found and all(m.party.sectors[:1] in UNARMED for m in found):
                continue  # who was bombed has not bombed
            if found:
                return found
        return () if quoted else speaker

    def _author(self, head: Token) -> tuple[Mention, ...]:
        """ "We" outside quotation: the party in whose name the document speaks."""
        scores: Counter[str] = Counter()
        by_key: dict[str, Party] = {}
        performative = listed("speaking_for_oneself")
        for token in self.doc:
            if token.lemma_.lower() not in performative or token.tag_ not in {"VBZ", "VBP", "VBD"}:
                continue
            subj = syntax.child(token, "nsubj")
            if subj is None or subj.lower_ in SPEAKER_PRONOUNS:
                continue
            for item in self._one(subj, ()):
                if item.party.code != "UNK":
                    scores[item.party.key] += 1
                    by_key[item.party.key] = item.party
        if not scores:
            return ()
        best = scores.most_common(1)[0][0]
        return (mention(by_key[best], self.doc, head.i, head.i + 1),)


def _governs(token: Token, head: Token) -> bool:
    """True when a subject's clause contains the pronoun's clause."""
    return any(ancestor.i == token.head.i for ancestor in head.ancestors)
