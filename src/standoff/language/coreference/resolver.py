"""Whom a noun phrase means: which of the rules of this package is asked."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from standoff.language import parties, syntax
from standoff.language.coreference.owners import VEHICLE_WORDS
from standoff.language.coreference.pronouns import (
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    Pronouns,
)
from standoff.language.coreference.roles import role_of
from standoff.language.coreference.same import mention
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Mention, Party
from standoff.model import Span as TextSpan

PAIR_NOUNS = listed("pair_nouns")


class Resolver(Pronouns):
    """Parties of noun phrases in one document."""

    def __init__(self, doc: Doc) -> None:
        super().__init__(doc)
        self._read_persons()

    def resolve(self, token: Token | None, speaker: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
        """Parties that a noun phrase refers to, its coordinated parts included.

        ``speaker`` is who is quoted around the phrase: "we", "our", and "it" in reported speech mean them.
        An unknown but named actor ("gunmen") comes back as one mention of UNK; nothing at all as ().
        """
        if token is None:
            return ()
        found: list[Mention] = []
        for head in syntax.conjuncts(token):
            for item in self._one(head, speaker):
                if all(item.party.key != m.party.key or item.party.code == "UNK" for m in found):
                    found.append(item)
        return tuple(found)

    def _one(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        if head.i in self._busy:
            return ()
        if not speaker and head.i in self._cache:
            return self._cache[head.i]
        self._busy.add(head.i)
        try:
            result = self._read(head, speaker)
        finally:
            self._busy.discard(head.i)
        if not speaker:
            self._cache[head.i] = result
        return result

    def _read(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        lower = head.lower_
        relative = syntax.antecedent(head)
        if relative is not None and relative.i != head.i:
            return self._one(relative, speaker)
        gloss = self._gloss(head)
        if gloss is not None:
            return self._as(head, self.resolve(gloss))
        if lower in SPEAKER_PRONOUNS and head.text != "US":
            return self._as(head, speaker) if speaker else self._author(head)
        if lower in PERSON_PRONOUNS:
            return self._as(head, self._person_before(head, speaker) or speaker[:1])
        if lower in THING_PRONOUNS:
            return self._as(head, self._thing_before(head, speaker))
        if lower in PLURAL_PRONOUNS:
            return self._as(head, self._plural_before(head, speaker))
        if lower in {"other", "another"} and head.i > 0 and self.doc[head.i - 1].lower_ in {"each", "one"}:
            return self._as(head, self.resolve(self._subject_above(head)))
        if lower == "two" and not any(c.lower_ in {"the", "these", "those"} for c in head.children):
            return ()  # "only two wounded"
        if lower in {"both", "each", "either", "neither", "two"} and head.dep_ not in {
            "amod",
            "det",
            "nummod",
            "predet",
        }:
            return self._pair(head)
        name = parties.name_at(head)
        if name is not None and self._is_head(name, head):
            return self._named(name, head)
        if head.pos_ in any_of("NOUN PROPN ADJ NUM DET PRON X VERB"):
            return self._noun(head, speaker)
        return ()

    def _gloss(self, head: Token) -> Token | None:
        """ "They (SPLM-IO forces) attacked us": what the writer puts in brackets after a pronoun."""
        at = head.i + 1
        if head.pos_ != "PRON" or at + 1 >= len(self.doc) or self.doc[at].text not in {"(", "["}:
            return None
        inside: list[Token] = []
        for token in self.doc[at + 1 : at + 8]:
            if token.text in {")", "]"}:
                return inside[-1] if inside else None
            inside.append(token)
        return None

    @staticmethod
    def _is_head(name: Span, head: Token) -> bool:
        """A name is what the phrase is about unless it only qualifies a noun that follows it."""
        return name.root.i == head.i or name.start <= head.i < name.end

    def _noun(self, head: Token, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        doc = self.doc
        lemma = head.lemma_.lower()
        role = role_of(head)
        if role is not None and role.sector == "MIL" and not role.victim:
            makers = [
                role_of(t) for t in head.lefts if t.dep_ in {"compound", "amod"} and t.lemma_.lower() != "fighter"
            ]
            armed = (told for told in makers if told is not None and told.sector == "REB" and not told.unknown_armed)
            role = next(armed, role)  # "a suspected rebel naval base"
        start = max(head.left_edge.i, head.i - 8)
        owners = self.owner(head, speaker)
        if owners and role is not None:
            return tuple(
                Mention(
                    self._with_role(m.party, role, head),
                    doc[min(self._token_at(m), head.i) : head.i + 1].text if self._token_at(m) <= head.i else m.text,
                    TextSpan(doc[self._token_at(m)].idx, head.idx + len(head))
                    if self._token_at(m) <= head.i
                    else m.span,
                )
                for m in owners
            )
        if lemma in PAIR_NOUNS and any(
            t.lower_ in {"both", "two", "either", "each", "neither"} for t in doc[start : head.i]
        ):
            pair = self._pair(head)
            if pair:
                return pair
        if owners and lemma in listed("own_groups"):
            # "The Palestinian group": the one of theirs that the text has named.
            named = self._same_kind(head, "group")
            if named and {m.party.code for m in named} == {m.party.code for m in owners}:
                return named
        if owners:
            return owners
        if lemma in {"coalition", "alliance"} and (led := self._led_before(head)):
            return led
        if lemma in listed("armed_groups") and (
            named := tuple(m for m in self._same_kind(head, "group") if "REB" in m.party.sectors)
        ):
            return named  # "the rebel movement's spokesman"
        if lemma in VEHICLE_WORDS:
            # "A rebel statement", "an army report": of whoever the word before it names.
            for maker in head.lefts:
                told = role_of(maker) if maker.dep_ in {"compound", "amod"} else None
                if (
                    told is not None
                    and told.sector in {"REB", "MIL", "COP", "GOV"}
                    and not told.victim | told.speaker | told.unknown_armed
                ):
                    return self._bare_role(maker, told)
                if told is not None and told.sector == "REB":
                    return self._bare_role(maker, told)
            return self._issuer(head)
        appositive = syntax.child(head, "appos")
        if appositive is not None and parties.name_at(appositive) is not None:
            found = self._one(appositive, speaker)
            if found and found[0].party.code != "UNK":
                return found
        compound = next(
            (t for t in reversed(list(doc[start : head.i])) if parties.name_at(t) is None and role_of(t)), None
        )
        if role is None and compound is not None and compound.dep_ in {"compound", "amod", "poss"}:
            role = role_of(compound)
            if role is not None and role.unknown_armed:
                # "Terrorist camps" says what the speaker calls them, not whose they are.
                role = None
        if role is None:
            if lemma == "source" and (told_before := self._same_sources(head)):
                return told_before
            if lemma in listed("named_before"):
                body = self._same_kind(head, lemma) or self._unnamed(head)
                if not body and lemma in listed("watching"):
                    return (mention(Party("NGO", ("HRI",), head.text), doc, start, head.i + 1),)
                return body
            return self._unnamed(head)
        if (
            speaker
            and role.sector == "MIL"
            and not role.victim
            and "MIL" in speaker[0].party.sectors
            and head.dep_ in {"nsubj", "compound", "poss"}
            and not any(parties.name_at(t) for t in doc[start : head.i])
        ):
            # "The army spokesman said air force sorties had struck": his own.
            return self._as(
                head, tuple(mention(self._with_role(m.party, role, head), doc, head.i, head.i + 1) for m in speaker[:1])
            )
        if (
            speaker
            and role.sector in {"MIL", "GOV", "COP"}
            and head.i - 1 >= 0
            and doc[head.i - 1].lower_ in {"its", "our", "his"}
        ):
            return tuple(mention(self._with_role(m.party, role, head), doc, head.i - 1, head.i + 1) for m in speaker)
        return self._bare_role(head, role)
