"""What a party puts a loss at, where the loss was told before: "Ivorian officials give 6,500", "Sudan 40 dead, Chad more than 30".

Such a sentence names no deed, so no reader of deeds finds it; yet it is where a report sets the accounts side by side. A tally is its
holder's words for a figure; what was lost, and whose, it has from its own words or from the figure told last (:mod:`standoff.claims`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff import lexicon
from standoff.language import numbers, parties
from standoff.language.losses import losses
from standoff.language.numbers import Quantity
from standoff.model import CountKind

_REACH = 14
"""Words between what gives a figure and the figure."""
_FREE = frozenset({"DET", "ADP", "ADJ", "ADV", "PART", "AUX", "SCONJ", "PRON"})


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure as its holder gives it."""

    holder: TokenSpan
    cue: TokenSpan
    quantity: Quantity
    noun: Token | None
    """What is counted, where that is told with the figure."""
    kind: CountKind | None
    """The loss, where its own words say so."""
    own: bool
    """Of the holder's own: "its losses"."""
    end: int
    """The token after its last word."""


def find(doc: Doc) -> list[Tally]:
    """Every tally of a text, in its order."""
    found: list[Tally] = []
    for quantity in numbers.find(doc):
        if quantity.low is None:
            continue
        given = _given(doc, quantity, found) or _beside(doc, quantity, found)
        if given is None:
            continue
        holder, cue = given
        noun, end = _counted(doc, quantity)
        told = [*doc[quantity.start_token : quantity.end_token], *([noun] if noun is not None else [])]
        if cue[0].pos_ == "VERB" and any(token.dep_ in {"nsubj", "nsubjpass"} for token in told):
            continue  # "said that 40 people were injured": the sentence tells its own deed
        words = doc[cue.end : quantity.start_token] if cue.end <= quantity.start_token else doc[cue.start : cue.start]
        own = any(t.lower_ in _own() for t in words)
        found.append(Tally(holder, cue, quantity, noun, _kind(words, doc[quantity.end_token : end]), own, end))
    return found


def nils(doc: Doc) -> list[tuple[TokenSpan, CountKind]]:
    """ "No deaths", "no civilian casualties": the words that say that nobody was lost, the noun last, and which loss it is."""
    kinds = {word: CountKind(entry["kind"]) for entry in lexicon.load("tallies")["nil"] for word in entry["words"]}
    found = []
    for token in doc:
        if token.lower_ != "no":
            continue
        for noun in doc[token.i + 1 : min(token.i + 4, token.sent.end)]:
            if noun.lower_ in _unless() or noun.is_punct:
                break
            if noun.lower_ in kinds:
                found.append((doc[token.i : noun.i + 1], kinds[noun.lower_]))
                break
    return found


def _given(doc: Doc, quantity: Quantity, before: list[Tally]) -> tuple[TokenSpan, TokenSpan] | None:
    """Who gives a figure, and the word by which: the nearest verb before it has to be one that gives figures."""
    first = doc[quantity.start_token]
    at, tallied = quantity.start_token - 1, False
    low = max(first.sent.start, at - _REACH)
    while at >= low:
        token = doc[at]
        if before and at < before[-1].end and at >= before[-1].quantity.start_token:
            # "22 soldiers and 13 civilians": the same holder gives both.
            joined = all(
                t.lower_ in {"and", ",", "or"} or t.is_punct for t in doc[before[-1].end : quantity.start_token]
            )
            return (before[-1].holder, before[-1].cue) if joined else None
        if token.pos_ in {"VERB", "AUX"} and (token.lemma_ in _beings() or token.lemma_.lower() in _verbs()):
            return _by_verb(doc, token, quantity, tallied)
        if token.pos_ == "VERB":
            return None  # "said it captured 40 fighters": the sentence tells its own deed
        tallied = tallied or token.lemma_.lower() in _nouns() or token.lower_ in _nouns()
        dated = token.ent_type_ in {"DATE", "TIME", "GPE", "LOC"}
        if not (token.pos_ in _FREE or dated or token.lower_ in _nouns() or token.lemma_.lower() in _nouns()):
            return None
        at -= 1
    return None


def _by_verb(doc: Doc, verb: Token, quantity: Quantity, tallied: bool) -> tuple[TokenSpan, TokenSpan] | None:
    lemma = verb.lemma_.lower()
    after = doc[verb.i + 1].lower_ if verb.i + 1 < len(doc) else ""
    subject = next((c for c in (*verb.children, *verb.head.children) if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is None:
        return None
    for by, counted in _verbs().get(lemma, ()):
        first = by.split()[:1]
        last = doc[quantity.start_token - 1].lower_ if quantity.start_token > verb.i + 1 else ""
        told = not first or after == first[0] or (tallied and last == by.split()[-1])
        if told and (tallied or not counted) and not any(c.dep_ == "neg" for c in verb.children):
            return _phrase(doc, subject), doc[
                verb.i : verb.i + 1 + (len(by.split()) if first and after == first[0] else 0)
            ]
    if lemma in _beings() and subject.lemma_.lower() in _nouns():
        whose = next((c for c in subject.children if c.dep_ == "poss" and c.pos_ != "PRON"), None)
        if whose is not None:
            return _phrase(doc, whose), doc[subject.i : subject.i + 1]
    return None


def _beside(doc: Doc, quantity: Quantity, before: list[Tally]) -> tuple[TokenSpan, TokenSpan] | None:
    """ "Sudan 40 dead fighters, Chad more than 30": a party's name right before a figure, after another figure of its sentence."""
    first = doc[quantity.start_token]
    if first.i == first.sent.start:
        return None
    name = parties.name_at(first.nbor(-1))
    if name is None or (
        name.start > first.sent.start
        and doc[name.start - 1].lower_ not in {",", ";", "and", "but", "while", "–", "—", ":"}
    ):
        return None
    return doc[name.start : name.end], doc[name.start : name.end]


def _phrase(doc: Doc, head: Token) -> TokenSpan:
    """The words of a holder: "the Government of Ghana", without what only describes it."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "for"} and child.i == end:
            end = child.right_edge.i + 1
    return doc[head.left_edge.i : end]


def _counted(doc: Doc, quantity: Quantity) -> tuple[Token | None, int]:
    """The noun behind a figure, and the token after the phrase."""
    noun, end = None, quantity.end_token
    stop = doc[quantity.start_token].sent.end
    while end < stop and end < quantity.end_token + 5:
        token = doc[end]
        if token.pos_ in {"NOUN", "PROPN"} or token.lower_ in losses().states:
            noun = token
        elif (token.pos_ not in {"ADJ", "DET"} and token.tag_ != "VBN" and token.lower_ not in {"of"}) or (
            token.lower_ == "of" and noun is not None
        ):
            break
        end += 1
    return noun, end if noun is not None else quantity.end_token


def _kind(*stretches: TokenSpan) -> CountKind | None:
    known = losses()
    for stretch in stretches:
        for token in stretch:
            for word in (token.lower_, token.lemma_.lower()):
                if word in known.states:
                    return known.states[word]
                if word in known.nouns:
                    return known.nouns[word].kind
    return None


@cache
def _verbs() -> dict[str, tuple[tuple[str, bool], ...]]:
    """By lemma, what may follow it, and whether a noun of a tally must stand between."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for entry in lexicon.load("tallies")["verb"]:
        for word in entry["words"]:
            found.setdefault(word, []).extend((by, bool(entry.get("counted"))) for by in entry["by"])
    return {word: tuple(sorted(ways, key=lambda w: -len(w[0]))) for word, ways in found.items()}


@cache
def _unless() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("tallies")["nil"] for word in entry["unless"])


@cache
def _own() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("tallies")["own"] for word in entry["words"])


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("tallies")["noun"] for word in entry["words"])


@cache
def _beings() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("tallies")["be"] for word in entry["words"])
