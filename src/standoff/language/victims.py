"""Who or what could be counted: noun phrases with a figure, and single persons and things without one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standoff.language import numbers, parties, places, syntax
from standoff.language.losses import losses, of_craft
from standoff.language.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Victims:
    """A noun phrase that could be counted: a quantity with its noun, or one person or thing."""

    start: int
    end: int
    head: int
    quantity: Quantity | None
    noun: str
    """Lemma of the head noun; empty where the figure stands alone ("killed 31")."""
    unit: str
    person: bool
    modifier: int | None = None
    plural: bool = False
    """More than one, without a figure."""

    @property
    def bare(self) -> bool:
        return not self.noun


class Phrases:
    """The candidates of a text, by token."""

    def __init__(self, doc: Doc, plurals: bool) -> None:
        self.doc = doc
        self.losses = losses()
        self.at: dict[int, Victims] = {}
        for quantity in numbers.find(doc):
            self._add(self._counted(quantity))
        for token in doc:
            if token.i not in self.at:
                single = self._single(token) or (self._plural(token) if plurals else None)
                if single is not None:
                    self._add(single)

    def _add(self, found: Victims) -> None:
        if any(i in self.at for i in range(found.start, found.end)):
            return
        for index in range(found.start, found.end):
            self.at[index] = found

    def all(self) -> list[Victims]:
        return sorted({id(v): v for v in self.at.values()}.values(), key=lambda v: v.start)

    def _counted(self, quantity: Quantity) -> Victims:
        doc, losses = self.doc, self.losses
        at = quantity.end_token
        if at < len(doc) and doc[at].lower_ == "of":
            at += 1
        while at < len(doc) and doc[at].lower_ in {
            "the",
            "its",
            "their",
            "his",
            "our",
            "those",
            "these",
            "other",
            "more",
            "additional",
        }:
            at += 1
        if at > quantity.end_token and at + 1 < len(doc) and doc[at].like_num and doc[at + 1].tag_.startswith("NN"):
            at += 1  # "three of its 14 crew": three of the crew
        first = at
        while at < len(doc) and self._inside(doc[at], first):
            at += 1
        nouns = [
            t for t in doc[first:at] if t.tag_ in {"NN", "NNS", "NNP", "NNPS"} or t.lower_ in losses.words["crowds"]
        ]
        if not nouns:
            last = quantity.end_token
            return Victims(quantity.start_token, last, last - 1, quantity, "", "", True)
        head = self._head(quantity, nouns)
        noun = head.lemma_.lower()
        if (
            head.tag_ in {"NN", "NNP"}
            and (quantity.vague or quantity.high != 1)
            and not self._known(head)
            and not of_craft(head)
        ):
            # "kills 12 Monitor": a headline's next word, or a group's name, is no noun that the figure counts.
            last = quantity.end_token
            return Victims(quantity.start_token, last, last - 1, quantity, "", "", True)
        if head.lower_ in {"others", "other"}:
            return Victims(quantity.start_token, head.i + 1, head.i, quantity, "others", "", True)
        if of_craft(head):
            return Victims(quantity.start_token, head.i + 1, head.i, quantity, "aircraft", head.text, False)
        end = head.i + 1
        unit = self._unit(head, first)
        if (
            end + 1 < len(doc)
            and doc[end].lower_ == "and"
            and doc[end + 1].tag_ == "NNS"
            and self._person(doc[end + 1])
            and (end + 2 >= len(doc) or not doc[end + 2].tag_.startswith("NN"))
        ):
            unit, end = f"{unit} and {doc[end + 1].text}", end + 2
        return Victims(
            quantity.start_token, end, head.i, quantity, noun, unit, self._person(head), self._modifier(head, first)
        )

    def _inside(self, token: Token, first: int) -> bool:
        """Whether a token can stand between a figure and its noun, or be that noun."""
        if "\n" in token.text or (token.ent_type_ in {"DATE", "TIME"} and token.i > first):
            return False
        if token.lower_ in self.losses.states and not self._before_noun(token):
            return False
        if token.tag_ in {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "AFX"}:
            return True
        if token.tag_ in {"VBN", "VBG"}:
            return self._before_noun(token)
        return token.tag_ in {"``", "''"} and self._before_noun(token)

    def _before_noun(self, token: Token) -> bool:
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        return (
            following is not None
            and following.tag_ in {"NN", "NNS", "NNP", "NNPS"}
            and token.dep_ in {"amod", "nmod", "compound", "punct"}
        )

    def _head(self, quantity: Quantity, nouns: list[Token]) -> Token:
        """The noun a figure counts: the one the parse hangs it on, else the first that is a person or thing."""
        number = self.doc[quantity.end_token - 1]
        within = {t.i for t in nouns}
        if number.head.i in within and number.dep_ in {"nummod", "compound", "quantmod", "amod", "nmod", "det"}:
            head = number.head
            # "Four Thai soldiers": the parse may hang the figure on the nation.
            while head.dep_ in {"compound", "amod", "nmod"} and head.i < head.head.i and head.head.i in within:
                head = head.head
            return head
        for noun in nouns:
            if noun.tag_ == "NNS" or noun.lower_ in self.losses.words["crowds"]:
                return noun
        return nouns[-1]

    def _unit(self, head: Token, first: int) -> str:
        words = [head.text]
        for token in reversed(self.doc[first : head.i]):
            if token.tag_ != "NN" or token.dep_ != "compound":
                break
            words.append(token.text)
        return " ".join(reversed(words))

    def _modifier(self, head: Token, first: int) -> int | None:
        for token in reversed(self.doc[first : head.i]):
            if token.ent_type_ in {"NORP", "GPE", "ORG"} or token.tag_ in {"NNP", "NNPS"}:
                return token.i
        return None

    def _known(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        return (
            self._person(token)
            or lemma in self.losses.nouns
            or any(
                token.lower_ in self.losses.words[g] or lemma in self.losses.words[g]
                for g in ("things", "not_victims", "crowds")
            )
        )

    def _person(self, token: Token) -> bool:
        words = self.losses.words
        lemma = token.lemma_.lower()
        return (
            lemma in words["persons"]
            or token.lower_ in words["crowds"]
            or lemma.removesuffix("s") in words["persons"]
            or (token.ent_type_ in {"NORP", "PERSON"})
        )

    # -- one person or thing without a figure

    def _single(self, token: Token) -> Victims | None:
        losses, doc = self.losses, self.doc
        lower = token.lower_
        if losses.within("pronouns", lower) and token.tag_ == "PRP":
            return Victims(token.i, token.i + 1, token.i, None, lower, "person", True)
        if token.ent_type_ == "PERSON" and not self._nation(token):
            if any(span.start <= token.i < span.end for span in doc.spans.get(places.KEY, ())):
                return None  # a town that the model takes for a person: "struck Kyiv"
            end = token.i + 1
            while end < len(doc) and doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "I":
                end += 1
            if token.ent_iob_ != "B" or doc[end - 1].tag_ not in {"NNP", "NN"}:
                return None
            head = next((t for t in doc[token.i : end] if t.head.i < token.i or t.head.i >= end), doc[end - 1])
            return Victims(token.i, end, head.i, None, "person", "person", True)
        if lower == "old" and re.search(r"[\s-]year[\s-]$", syntax.text_of(doc)[max(0, token.idx - 7) : token.idx]):
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is not None and (
                following.tag_ in {"NN", "NNS", "JJ", "NNP"} or following.ent_type_ == "PERSON"
            ):
                return None
            start = max(0, token.i - 4)
            return Victims(
                max(start, token.left_edge.i) if token.left_edge.i < token.i else start,
                token.i + 1,
                token.i,
                None,
                "person",
                "person",
                True,
            )
        if token.tag_ not in {"NN", "NNP"}:
            return None
        craft = of_craft(token)
        lemma = "aircraft" if craft else token.lemma_.lower()
        is_person = not craft and lemma in losses.words["persons"]
        if (not is_person and not craft and lower not in losses.words["things"]) or self._modifies(token):
            return None
        determiner = next(
            (t for t in token.lefts if t.dep_ in {"det", "poss"} or t.tag_ in {"DT", "PRP$", "WDT", "WP$"}), None
        )
        if determiner is not None and losses.within("none", determiner.lower_):
            return None
        if not is_person and (determiner is None or determiner.lower_ not in {"a", "an", "another"}):
            return None
        if any(t.tag_ == "CD" and t.dep_ == "nummod" for t in token.lefts):
            return None
        start = min(token.left_edge.i, token.i)
        near = start if token.i - start <= 8 else token.i
        return Victims(near, token.i + 1, token.i, None, lemma, token.text, is_person, self._modifier(token, near))

    @staticmethod
    def _nation(token: Token) -> bool:
        """ "Azerbaijani" before a noun is nobody's name, whatever the entity recognizer takes it for."""
        name = parties.name_at(token)
        return name is not None and name.label_ == "adjective"

    def _plural(self, token: Token) -> Victims | None:
        if token.tag_ not in {"NNS", "NNPS"} or not self._person(token) or self._modifies(token):
            return None
        if any(self.losses.within("none", t.lower_) or t.tag_ == "CD" for t in token.lefts):
            return None
        start = token.left_edge.i if token.i - token.left_edge.i <= 4 else token.i
        lemma = token.lemma_.lower()
        return Victims(
            start, token.i + 1, token.i, None, lemma, token.text, True, self._modifier(token, start), plural=True
        )

    def _modifies(self, token: Token) -> bool:
        """Whether a singular noun only describes what follows: "soldier deaths", "the boy's mother", "Officer Smith"."""
        if token.i + 1 >= len(self.doc):
            return False
        following = self.doc[token.i + 1]
        if following.tag_ == "POS" or following.lower_ == "-":
            return True
        return (
            following.tag_ in {"NN", "NNS", "NNP", "NNPS"}
            and following.ent_type_ not in {"DATE", "TIME"}
            and (token.dep_ in {"compound", "nmod", "amod"})
        )
