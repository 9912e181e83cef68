"""What ties a victim to a loss, and the tests that both ways of finding ties share."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.grammar import listed
from standoff.language.losses import VerbEntry, losses
from standoff.language.victims import Phrases, Victims
from standoff.model import CountKind


@dataclass(frozen=True, slots=True)
class Tie:
    """A candidate tied to a loss. ``near`` is how sure the tie is: words right beside, then the parse."""

    victims: Victims
    kind: CountKind
    governor: int
    rank: int
    weak: bool = False
    total: bool = False
    """A toll: of all that were hit, not of the unit told before."""


class Ground:
    """A text, its candidate victims, and the words of loss."""

    def __init__(self, doc: Doc, phrases: Phrases) -> None:
        self.doc = doc
        self.phrases = phrases
        self.losses = losses()

    def fits(self, victims: Victims, kind: CountKind, wanted: str = "any") -> bool:
        words = self.losses.words
        if kind is CountKind.DISPLACED and victims.quantity is None:
            return False  # one who runs from the scene is not displaced
        if kind is CountKind.DESTROYED or wanted == "things":
            return victims.bare or (not victims.person and victims.noun not in words["not_victims"])
        if victims.bare or victims.person:
            return True
        if victims.quantity is None or victims.noun in words["not_victims"]:
            return False
        return (wanted == "any" and victims.noun not in words["things"] and victims.noun not in self.losses.nouns) or (
            victims.noun in listed("bodies")
        )

    def fatal(self, verb: Token) -> bool:
        around = [t.lower_ for t in self.doc[max(0, verb.i - 2) : verb.i + 2]]
        return any(self.losses.within("fatal", w) for w in around)

    def fate(self, verb: Token, entry: VerbEntry) -> CountKind:
        hurt = entry.kind in {CountKind.INJURED, CountKind.CASUALTIES}
        return CountKind.KILLED if hurt and self.fatal(verb) else entry.kind

    def no_object(self, token: Token) -> bool:
        """Whether a past form has nothing after it to act upon, and so tells what became of what stands before it."""
        at = token.i + 1
        while at < len(self.doc) and self.doc[at].tag_ in {"RB", "RP"}:
            if self.losses.part_before.fullmatch(self.doc[at].text):
                return True  # "400 wounded, mostly women"
            at += 1
        if at >= len(self.doc):
            return True
        if any(c.dep_ in {"dobj", "obj"} for c in token.children):
            return False
        following = self.doc[at]
        if following.ent_type_ in {"DATE", "TIME"}:
            return True
        if self.losses.within("aimed", following.lower_) and not syntax.children(token, "auxpass"):
            return False
        return following.tag_ not in {"DT", "PRP$", "PRP", "CD", "NN", "NNS", "JJ", "NNP", "NNPS"}

    def joined(self, token: Token, kind: CountKind) -> CountKind:
        """ "killed or wounded": two fates of one figure that are not told apart are casualties."""
        doc, at = self.doc, token.i + 1
        kinds = {kind}
        while at + 1 < len(doc) and doc[at].lower_ in {"and", "or", "/", ",", "and/or"}:
            while at + 1 < len(doc) and (
                doc[at].lower_ in {"and", "or", "/", ",", "and/or", "otherwise"} or doc[at].tag_ in {"RB"}
            ):
                at += 1
            other = self.losses.states.get(doc[at].lower_)
            if (
                other is None
                and doc[at].lower_ == "taken"
                and at + 1 < len(doc)
                and doc[at + 1].lower_ in {"captive", "prisoner"}
            ):
                other = CountKind.CAPTURED
            if other is None or (at in self.phrases.at and self.phrases.at[at].quantity is not None):
                break
            kinds.add(other)
            at += 1
        joined = kinds & {CountKind.KILLED, CountKind.INJURED, CountKind.CAPTURED, CountKind.CASUALTIES}
        return CountKind.CASUALTIES if len(joined) > 1 and kind in joined else kind

    def together(self, verb: Token, kind: CountKind) -> CountKind:
        """ "killed or wounded 40": the verb before shares the object."""
        at = verb.i - 1
        if at >= 1 and self.doc[at].lower_ in {"or", "and", "/"}:
            before = self.losses.states.get(self.doc[at - 1].lower_)
            fates = {CountKind.KILLED, CountKind.INJURED} | (
                {CountKind.CAPTURED} if self.doc[at].lower_ == "or" else set()
            )
            if before is not None and before is not kind and {before, kind} <= fates:
                return CountKind.CASUALTIES
        return kind

    def with_words(self, verb: Token, entry: VerbEntry) -> bool:
        """Whether the particle or complement that makes the verb stands near it ("shoot down", "take prisoner")."""
        if not entry.with_words:
            return True
        window = [t.lower_ for t in self.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]]
        if (
            any(c.lower_ == entry.with_words[0] and c.dep_ in {"prt", "oprd", "acomp", "advmod"} for c in verb.children)
            and len(entry.with_words) == 1
        ):
            return True
        near = window if entry.with_words[-1] in listed("held_or_dead") else window[:1]
        return all(word in near for word in entry.with_words)

    def light(self, noun: Token) -> bool:
        return noun.dep_ in {"dobj", "obj"} and noun.head.lemma_.lower() in self.losses.words["light"]

    def pair_takes_object(self, verb: Token) -> bool:
        """ "The officer shot and killed a man": the first verb's object stands with the second."""
        return any(
            syntax.child(c, "dobj", "obj") is not None and syntax.child(c, "nsubj", "nsubjpass") is None
            for c in syntax.children(verb, "conj")
        ) and (not syntax.is_passive(verb))
