"""What is told without being held true: what nobody could confirm, what may come, what is only thought about."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.language import syntax
from standoff.language.event import predicates

_UP = 6
"""Clauses that are climbed from a deed to the words that put it in doubt."""
_JOINED = frozenset({"acl", "advcl", "ccomp", "conj", "dobj", "obj", "pcomp", "pobj", "prep", "xcomp"})
_CLAUSES = frozenset({"acl", "ccomp", "pcomp", "xcomp"})
_OBJECTS = frozenset({"dobj", "obj"})


def doubted(trigger: Token) -> bool:
    """Whether the words around a deed say that it is not known, or that it only may be.

    "No evidence that drones hit it", "could not confirm whether", "doubt that", "may suspend", "is considering closing",
    "had troops entered, the army would have answered".
    """
    at = trigger
    for _ in range(_UP):
        if _may(at) or _supposed(at):
            return True
        head = at.head
        if head.i == at.i or at.dep_ not in _JOINED:
            return False
        if _unsure(head, at):
            return True
        at = head
    return False


def unanswered(trigger: Token) -> bool:
    """ "Would not confirm or deny that it struck the convoy": what is neither owned to nor denied."""
    return any(_beside_unconfirmed(one) for one in trigger.ancestors)


def _may(verb: Token) -> bool:
    """ "May suspend", "might have fired", "would have answered"; what somebody could do is no guess where it was done."""
    modals = {c.lower_ for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"}
    had = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
    return bool(modals & {"may", "might"} or (had and modals & {"could", "would", "should"}))


def _supposed(verb: Token) -> bool:
    """ "If troops enter", "whether they had fired", "had troops entered"."""
    if syntax.supposed(verb):
        return True
    first = verb.left_edge
    beside = (c for c in verb.children if c.dep_ == "parataxis")
    return (
        first.lower_ in {"had", "should", "were"}
        and first.head == verb
        and first.dep_ in {"aux", "auxpass"}
        and any(c.dep_ in {"nsubj", "nsubjpass"} and first.i < c.i < verb.i for c in verb.children)
        and any(c.tag_ == "MD" for main in (verb.head, *beside) for c in main.children)
    )


def _unsure(word: Token, told: Token) -> bool:
    """A word under which what hangs on it is not held true: "doubt", "unclear", "consider", "not confirm", "no evidence".

    Parliament that debates the attack doubts nothing, and nor does who questions it.
    """
    lemma = word.lemma_.lower()
    clause, deed = told.dep_ in _CLAUSES, told.dep_ in _OBJECTS
    if lemma in predicates("evidence") and (clause or told.dep_ == "prep"):
        return any(c.lower_ in {"no", "little"} for c in word.children) or _negated(word.head)
    if lemma in predicates("considering"):
        return clause or (deed and not any(c.dep_ in {"det", "poss"} and c.lower_ != "a" for c in told.children))
    if lemma in predicates("confirming") and _negated(word):
        return clause or deed
    if not clause:
        return False
    if lemma in predicates("doubting") or _beside_unconfirmed(word):
        return True
    beside = [c for c in word.children if c.dep_ == "acomp"]
    return any(c.lemma_.lower() in predicates("doubting") or (_negated(word) and c.lower_ == "clear") for c in beside)


def _beside_unconfirmed(word: Token) -> bool:
    """ "Neither confirmed nor denied": the second of them."""
    return word.dep_ == "conj" and _negated(word.head) and word.head.lemma_.lower() in predicates("confirming")


def _negated(word: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in {"never", "neither"} for c in word.children)
