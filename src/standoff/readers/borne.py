"""What the words of a claim bear out, beyond standing in the report: its type, and who does it to whom.

A model that follows orders in a report quotes real words and lies about them. What our lexicon and the parse of an English
sentence contradict for certain is dropped; where they only say less than the model, the model is believed. In another
language there is neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from standoff import lexicon, ontology
from standoff.model import Span

ATTACK = "ASSAULT"
NEAR = {"figure": 200, "target": 400, "actor": 400, "recipient": 800}
"""Characters between a clause and what is said to belong to it; a source and a day may stand further off."""


def near(what: str, span: Span, clause: Span) -> bool:
    """Whether a quotation stands where what it names could be of this clause."""
    return max(clause.start - span.end, span.start - clause.end) <= NEAR.get(what, 1 << 30)


def type_contradicted(event: str, words: Any) -> bool:
    """Whether our lexicon knows the word of a claim as something quite different: "urged" is no attack, "shelled" no aid.

    ``words`` is the span of the parsed report. A word that is not in the lexicon contradicts nothing.
    """
    known = {one for token in words for one in types().get(token.lemma_.lower(), ())}
    if not known or event in known:
        return False
    if event == ATTACK:
        return True
    if known == {ATTACK} and ontology.quad(event) in FRIENDLY:
        return True
    # "Denied" is no consent and "agreed" no refusal: a word that has a type by itself is not of the opposite kind.
    if not any(alone(token.lemma_.lower()) for token in words):
        return False
    if event in _MOVES or known & _MOVES or any(c.dep_ == "neg" for c in words.root.children):
        return False
    friendly = ontology.quad(event) in FRIENDLY
    return all((ontology.quad(one) in FRIENDLY) is not friendly for one in known)


def sides_contradicted(event: str, words: Any, actors: Iterable[Span], recipients: Iterable[Span]) -> bool:
    """Whether the sentence has it the other way round: its subject is said to suffer what it does, or to do what it suffers."""
    actors, recipients = tuple(actors), tuple(recipients)
    if words.root.lemma_.lower() in _suffered():
        return False
    if words.root.pos_ == "NOUN":
        return _hit_by_noun(words.root, actors, recipients)
    acts_on = any(child.dep_ == "dobj" for child in words.root.children) or event in types().get(
        words.root.lemma_.lower(), ()
    )
    passive = any(child.dep_ == "auxpass" for child in words.root.children)
    for subject in _subjects(words.root):
        head = Span(subject.idx, subject.idx + len(subject))
        if passive and _any(actors, head) and not _any(recipients, _whole(subject)):
            return True
        active = not passive and subject.dep_ == "nsubj" and acts_on
        if active and _any(recipients, head) and not _any(actors, _whole(subject)):
            return True
    # "He urged Azerbaijan": whom the verb falls on does not do it, whoever else is named or not.
    fallen_on = [child for child in words.root.children if child.dep_ == "dobj"] if not passive else []
    if any(_any(actors, _whole(one)) for one in _subjects(words.root)):
        return False
    return any(_whole(one).covers(actor) and _head_in(one, actor) for one in fallen_on for actor in actors)


def _head_in(noun: Any, quoted: Span) -> bool:
    return bool(quoted.start <= noun.idx < quoted.end)


def _hit_by_noun(noun: Any, actors: tuple[Span, ...], recipients: tuple[Span, ...]) -> bool:
    """ "An attack by rebels on the army", "the rebels' attack": what stands with a deed's noun says whose it is."""
    on = [c for prep in noun.children if prep.lower_ in _ON for c in prep.children if c.dep_ == "pobj"]
    by = [c for prep in noun.children if prep.lower_ == "by" for c in prep.children if c.dep_ == "pobj"]
    hit = any(_head_in(one, actor) for one in on for actor in actors)
    did = any(_head_in(one, recipient) for one in by for recipient in recipients)
    return (hit and not any(_head_in(one, span) for one in on for span in recipients)) or (
        did and not any(_head_in(one, span) for one in by for span in actors)
    )


def another_does_it(event: str, words: Any, actors: Iterable[Span]) -> bool:
    """Whether the sentence names who does it, and it is nobody of those: the verb is one of this type, active, with a
    noun as its subject, and no actor stands in that."""
    actors, verb = tuple(actors), words.root
    if not actors or verb.pos_ != "VERB" or verb.lemma_.lower() in _suffered():
        return False
    if event not in types().get(verb.lemma_.lower(), ()) or any(child.dep_ == "auxpass" for child in verb.children):
        return False
    subjects = [one for one in _subjects(verb) if one.dep_ == "nsubj" and one.pos_ in {"NOUN", "PROPN"}]
    if any(token.tag_ == "PRP$" for one in subjects for token in one.subtree):
        return False  # "its special forces" are whose the report says
    return bool(subjects) and not any(_any(actors, _whole(one)) for one in subjects)


def suffers_itself(event: str, words: Any, recipient: Span) -> bool:
    """Whether a recipient is who does it by the sentence: it stands as the subject of an active verb, or as whose that is."""
    verb = words.root
    if not _acts(event, verb) or verb.lemma_.lower() in _suffered():
        return False
    return any(
        recipient.start <= token.idx < recipient.end
        for one in _subjects(verb)
        if one.dep_ == "nsubj"
        for token in (one, *(c for c in one.children if c.dep_ in {"poss", "amod", "compound", "nmod"}))
    )


def suffered_by(event: str, words: Any) -> tuple[Span, ...]:
    """What an active verb of this type falls on ("shelled the town", "fired on a trawler"), each with all that belongs to it."""
    verb = words.root
    if event in _BOTH_WAYS or not _acts(event, verb) or event not in types().get(verb.lemma_.lower(), ()):
        return ()
    on = [c for prep in verb.children if prep.dep_ == "prep" and prep.lower_ in _ON for c in prep.children]
    fallen_on = [*(child for child in verb.children if child.dep_ == "dobj"), *(c for c in on if c.dep_ == "pobj")]
    return tuple(_whole(child) for child in fallen_on if child.pos_ in {"NOUN", "PROPN"})


def done_by_whom_it_falls_on(event: str, words: Any, actors: Iterable[Span]) -> bool:
    """Whether each actor stands in what an active verb falls on, while somebody else is its subject."""
    verb, actors = words.root, tuple(actors)
    if event in _BOTH_WAYS or not actors or not _acts(event, verb) or not _subjects(verb):
        return False
    on = [_whole(child) for child in verb.children if child.dep_ == "dobj"]
    return all(any(place.covers(actor) for place in on) for actor in actors)


def _acts(event: str, verb: Any) -> bool:
    """Whether a verb stands in the active, and falls on something or is one of this type."""
    if verb.pos_ != "VERB" or any(child.dep_ == "auxpass" for child in verb.children):
        return False
    return any(child.dep_ == "dobj" for child in verb.children) or event in types().get(verb.lemma_.lower(), ())


def _subjects(verb: Any) -> list[Any]:
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    while not found and verb.dep_ == "conj":  # "denied it and accused the army": one subject for both
        verb = verb.head
        found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    return found


def _whole(subject: Any) -> Span:
    return Span(subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))


def _any(quoted: Iterable[Span], place: Span) -> bool:
    return any(one.overlaps(place) for one in quoted)


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FRIENDLY = frozenset({1, 2})
"""Quad classes of cooperation."""
_MOVES = frozenset({"MOBILIZE", "RETREAT"})
"""What moves may do so for help or for war."""


_BOTH_WAYS = frozenset({"CONSULT", "COOPERATE", "AGREE", *_MOVES})
"""Types in which whom the verb falls on may do it too: "signed a truce with the rebels", "held talks"."""

_ON = frozenset({"on", "against", "at"})


def means(event: str, words: Any) -> bool:
    """Whether our lexicon has a word of a claim for its type."""
    return any(event in types().get(token.lemma_.lower(), ()) for token in words)


@cache
def types() -> dict[str, frozenset[str]]:
    """The types that the lexicon has for a word, whatever stands with it."""
    found: dict[str, set[str]] = defaultdict(set)
    for frame in lexicon.load("frames")["frame"]:
        for verb in frame.get("verbs", ()):
            found[verb.split()[0]].add(frame["event"])
    for noun in lexicon.load("event_nouns")["noun"]:
        for words in noun["words"]:
            found[words.split()[-1]].add(noun["event"])
    return {word: frozenset(events) for word, events in found.items()}


def alone(word: str) -> bool:
    """Whether a word has its type without another word beside it: "denied", and not "took" of "took over"."""
    return word in _by_themselves()


@cache
def _by_themselves() -> frozenset[str]:
    verbs = [verb for frame in lexicon.load("frames")["frame"] for verb in frame.get("verbs", ())]
    nouns = [words for noun in lexicon.load("event_nouns")["noun"] for words in noun["words"]]
    return frozenset(one for one in (*verbs, *nouns) if " " not in one)


@cache
def _suffered() -> frozenset[str]:
    """Verbs whose subject suffers: "died", "lost"."""
    verbs = [
        v
        for frame in lexicon.load("frames")["frame"]
        if frame.get("subject") == "recipient"
        for v in frame.get("verbs", ())
    ]
    words = [w for verb in lexicon.load("losses")["verb"] if verb["slot"] == "subject" for w in verb["words"]]
    return frozenset(told.split()[0] for told in (*verbs, *words))
