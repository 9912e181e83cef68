"""The verb frames and event nouns of the lexicon, compiled for matching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from standoff import lexicon
from standoff.language import coreference, parties, places, syntax
from standoff.language.grammar import listed

# Nouns that only measure what follows "of": "a series of attacks", "dozens of missiles".
MEASURES = listed("measures")


PREPOSITIONS = frozenset("to on at in with from against for into over by of upon through".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of ``lexicon/frames.toml``; the file's head explains the fields."""

    event: str
    modes: tuple[str, ...]
    patterns: tuple[tuple[str, ...], ...]
    objects: frozenset[str]
    subjects: frozenset[str]
    recipient: str
    preps: tuple[str, ...]
    reciprocal: bool
    subject: str
    act: str
    loss: bool
    foil: bool
    promise: bool
    aux: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class NounFrame:
    """One row of ``lexicon/event_nouns.toml``."""

    event: str
    modes: tuple[str, ...]
    words: tuple[str, ...]
    recipient: tuple[str, ...]
    reciprocal: bool
    example: str


def _objects(entry: dict[str, Any], sets: dict[str, list[str]]) -> frozenset[str]:
    words: set[str] = set()
    for word in entry.get("objects", []):
        words |= set(sets[word[1:]]) if word.startswith("@") else {word}
    return frozenset(words)


@cache
def verb_frames() -> tuple[Frame, ...]:
    data = lexicon.load("frames")
    sets = data["sets"]
    return tuple(
        Frame(
            entry["event"],
            tuple(entry.get("mode", ())),
            tuple(tuple(v.split()) for v in entry["verbs"]),
            _objects(entry, sets),
            frozenset(entry.get("subjects", ())),
            entry.get("recipient", "obj"),
            tuple(entry.get("preps", ())),
            entry.get("reciprocal", False),
            entry.get("subject", "actor"),
            entry.get("act", ""),
            entry.get("loss", False),
            entry.get("foil", False),
            entry.get("promise", False),
            tuple(entry.get("aux", ())),
            entry["example"],
        )
        for entry in data["frame"]
    )


@cache
def by_verb() -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    """Patterns by their first word: those that ask for more first."""
    index: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for frame in verb_frames():
        for pattern in frame.patterns:
            index.setdefault(pattern[0], []).append((pattern, frame))
    return {
        verb: tuple(sorted(rows, key=lambda row: (-len(row[0]), not row[1].subjects, not row[1].objects)))
        for verb, rows in index.items()
    }


@cache
def noun_frames() -> dict[str, NounFrame]:
    found: dict[str, NounFrame] = {}
    for entry in lexicon.load("event_nouns")["noun"]:
        frame = NounFrame(
            entry["event"],
            tuple(entry.get("mode", ())),
            tuple(entry["words"]),
            tuple(entry.get("recipient", ())),
            entry.get("reciprocal", False),
            entry["example"],
        )
        for word in frame.words:
            found[word] = frame
    return found


def noun_frame(token: Token) -> NounFrame | None:
    """The event that a noun names, with its compound where that is listed ("air strike", "phone call")."""
    if token.pos_ not in {"NOUN", "PROPN"} and token.tag_ not in {"NN", "NNS", "VBG"}:
        return None
    table = noun_frames()
    lemma = token.lemma_.lower()
    if not token.is_sent_start:
        before = token.nbor(-1)
        if before.lower_ == "-" and not before.is_sent_start:
            before = before.nbor(-1)
        found = table.get(f"{before.lower_} {lemma}")
        if found is not None:
            return found
    if lemma == "exchange" and any(obj.lemma_ == "fire" for _, obj in syntax.prepositional(token, "of")):
        return table.get("exchange of fire")
    return table.get(lemma) or table.get(token.lower_)


def content_noun(token: Token) -> Token:
    """What a measure noun measures: "a series of attacks" is about attacks."""
    for _ in range(3):
        if token.lemma_.lower() not in MEASURES:
            return token
        inner = next((obj for _, obj in syntax.prepositional(token, "of")), None)
        if inner is None:
            return token
        token = inner
    return token


def _by_form(
    index: dict[str, tuple[tuple[tuple[str, ...], Frame], ...]], past: str
) -> tuple[tuple[tuple[str, ...], Frame], ...]:
    single = past[:-3] if len(past) > 5 and past[-3] == past[-4] else ""  # "pitted" is of "pit"
    return next((index[form] for form in (past[:-1], past[:-2], single) if form in index), ())


def matches(token: Token) -> Iterator[Frame]:
    """Frames of a verb with its particles, prepositions and objects, the most telling first."""
    lemma, lower = token.lemma_.lower(), token.lower_
    index = by_verb()
    # The small model's lemmas of rarer verbs are at times cut too short ("raped" to "rap").
    rows = index.get(lemma) or (lower.endswith("ed") and _by_form(index, lower)) or ()
    obj = syntax.direct_object(token)
    for pattern, frame in rows:
        if all(_stands_with(token, word) for word in pattern[1:]) and _object_fits(token, obj, frame, pattern):
            yield frame


def find(token: Token) -> Frame | None:
    """The most telling frame of a verb, or None."""
    return next(matches(token), None)


def _of_time(prep: Token) -> bool:
    """ "Called him on Tuesday" calls on nobody."""
    return prep.dep_ == "prep" and any(c.dep_ == "pobj" and c.ent_type_ in {"DATE", "TIME"} for c in prep.children)


def _stands_with(token: Token, word: str) -> bool:
    if word == "*INF":
        return any(
            c.dep_ == "xcomp" and any(g.lower_ == "to" and g.dep_ == "aux" for g in c.children) for c in token.children
        )
    if word == "*BASE":
        return any(c.dep_ == "ccomp" and _base_form(c) for c in token.children)
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    for c in token.children:
        if word in {c.lower_, c.lemma_.lower()} and not _of_time(c):
            return True
    if word in PREPOSITIONS:
        return after is not None and after.lower_ == word
    for c in token.children:
        if c.dep_ in {
            "dobj",
            "obj",
            "nsubjpass",
            "prep",
            "agent",
            "xcomp",
            "acomp",
            "advmod",
            "oprd",
            "attr",
            "advcl",
            "ccomp",
        }:
            if c.dep_ in {"xcomp", "advcl", "ccomp"} and c.pos_ in {"VERB"} and word not in {c.lemma_.lower()}:
                continue
            if any(
                word in {g.lower_, g.lemma_.lower()}
                for g in c.children
                if g.dep_ in {"pobj", "compound", "dobj", "conj", "prep", "amod"}
            ):
                return True
    return after is not None and after.lower_ == word


def _base_form(clause: Token) -> bool:
    """ "Insists that the mission carry out an inquiry": what somebody wants done, not what they say is so."""
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    passive = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in clause.children)
    base = clause.lower_ == clause.lemma_.lower() and not any(c.dep_ == "aux" for c in clause.children)
    return passive or (base and clause.pos_ == "VERB" and subject is not None and subject.tag_ in {"NN", "NNP"})


def _object_fits(token: Token, obj: Token | None, frame: Frame, pattern: tuple[str, ...]) -> bool:
    if not frame.objects:
        return True
    if obj is None:
        if "" in frame.objects:
            return True
        return any(_noun_fits(p, frame) for prep, p in syntax.prepositional(token) if prep.lower_ in pattern[1:])
    if any(_noun_fits(item, frame) for item in syntax.conjuncts(obj)):
        return True
    return any(_noun_fits(p, frame) for prep, p in syntax.prepositional(token) if prep.lower_ in pattern[1:])


def _noun_fits(noun: Token, frame: Frame) -> bool:
    noun = content_noun(noun)
    lemma = noun.lemma_.lower()
    if lemma in frame.objects or noun.lower_ in frame.objects:
        return True
    if noun.i > 0 and f"{noun.nbor(-1).lower_} {lemma}" in frame.objects:
        return True
    if "-" in lemma and lemma.split("-")[-1] in frame.objects:
        return True
    if "*PLACE" in frame.objects and any(s.start <= noun.i < s.end for s in noun.doc.spans.get(places.KEY, [])):
        return True
    if "*PERSON" in frame.objects:
        role = coreference.role_of(noun)
        if noun.ent_type_ == "PERSON" or (role is not None and role.person):
            return True
    if "*ORG" in frame.objects and noun.ent_type_ == "ORG":
        return True
    return "*PARTY" in frame.objects and parties.name_at(noun) is not None
