"""The first reading: whether a report tells of a crisis at all, told by its words before anything is parsed.

Most of a news stream has no crisis in it. A sentence deserves the parser where it has a word of a blow, a threat or a
loss together with who or where, or a word of diplomacy together with a state, an organisation, an armed group or an
office. All words are those of the lexicon that extraction itself reads by. What it costs in claims and saves in time is
measured by ``benchmarks/gate.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language

from standoff import lexicon
from standoff.language import frames, parties, pipeline
from standoff.language.event import predicates
from standoff.language.syntax import any_of

HOSTILE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION", "THREATEN", "RETREAT"})
NAMED = frozenset({"state", "organisation", "group", "person", "unrecognised", "institution", "adjective", "seat"})
"""Kinds of names that make a sentence about public affairs; an outlet does not."""

PARTICLES = frames.PREPOSITIONS | any_of("up down out off away back under apart across around along as aside")

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\n+|[.!?;]")
_ENDS = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Words:
    """What a sentence is weighed by, each in lower case."""

    hostile: frozenset[str]
    civil: frozenset[str]
    light: frozenset[str]
    """Verbs that carry an event only together with another word: "take" in "took prisoners" and "took out"."""
    beside: frozenset[str]
    """The words that they carry it with."""
    named: frozenset[str]
    people: frozenset[str]
    other: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the first reading of a text found."""

    sentences: int
    told: int
    """Sentences that may tell of a crisis."""
    other: int
    """Words of other news."""

    @property
    def passes(self) -> bool:
        """The text deserves the parser."""
        return self.told > 0 and self.other <= self.told


class Gate:
    """Reads texts for whether they deserve the parser; made once for a process."""

    def __init__(self, nlp: Language) -> None:
        self.words = words(_exceptions(nlp))

    def read(self, text: str) -> Reading:
        """Weigh a text sentence by sentence."""
        words = self.words
        hostile, civil, light, beside = words.hostile, words.civil, words.light, words.beside
        named, people, other = words.named, words.people, words.other
        sentences = told = others = 0
        blow = deed = verb = more = who = whom = False
        before = ""
        for token in [*_WORD.findall(text.lower()), "."]:
            if token in _ENDS or token[0] == "\n":
                told += ((blow or (verb and more)) and (who or whom)) or (deed and who)
                sentences += bool(before)
                blow = deed = verb = more = who = whom = False
                before = ""
                continue
            pair = f"{before} {token}"
            blow = blow or token in hostile or pair in hostile
            deed = deed or token in civil
            verb = verb or token in light
            more = more or token in beside
            who = who or token in named or pair in named
            whom = whom or token in people or token[0].isdigit()
            others += token in other or pair in other
            before = token
        return Reading(sentences, told, others)


@cache
def load(model: str) -> Gate:
    """The gate for a pipeline, whose list of irregular forms it uses ("fought", "struck")."""
    return Gate(pipeline.load(model))


def words(irregular: dict[str, frozenset[str]]) -> Words:
    """The words of the lexicon in all their forms. ``irregular``: the forms of a verb that no rule makes."""
    hostile: set[str] = set()
    civil: set[str] = set()
    light: set[str] = set()
    beside: set[str] = set()
    particles: set[tuple[str, str]] = set()
    for frame in frames.verb_frames():
        kind = hostile if frame.event in HOSTILE or frame.loss else civil
        for first, *rest in frame.patterns:
            if rest or frame.objects:
                light.add(first)
                particles.update((first, word) for word in rest if word in PARTICLES)
                beside.update(word for word in rest if word not in PARTICLES)
                beside.update(*(word.split()[-1:] for word in frame.objects if not word.startswith("*")))
            else:
                kind.add(first)
    for noun in frames.noun_frames().values():
        kind = hostile if noun.event in HOSTILE else civil
        kind.update(word.split()[-1] for word in noun.words)
    for table in ("promise", "refusal", "label", "naming", "offending", "responsible", "feeling", "ought", "untrue"):
        civil.update(word.split()[0] for word in predicates(table))
    losses = lexicon.load("losses")
    for table in ("verb", "noun", "phrase", "state", "toll"):
        hostile.update(
            word for entry in losses[table] for phrase in entry.get("words", ()) for word in phrase.split()[:1]
        )
    for entry in lexicon.load("cues")["verbs"]:
        if entry["stance"] != "neutral":
            civil.update(word.split()[0] for word in entry["words"])
    listed = lexicon.load("gate")
    common = {word for entry in listed["common"] for word in entry["words"]}
    for kind in (hostile, civil, light, beside):
        kind -= common
    named = {" ".join(name.text.lower().split()[:2]) for name in parties.names() if name.kind in NAMED}
    named |= {name.text.lower() for name in parties.names() if name.kind == "capital"}
    roles = {word for entry in lexicon.load("roles")["role"] for word in entry["words"] if " " not in word}
    offices = {word for entry in listed["office"] for word in entry["words"]}
    people = {word for entry in listed["people"] for word in entry["words"]}
    other = frozenset(word for entry in listed["topic"] for word in entry["words"])
    return Words(
        _formed(hostile, irregular)
        | {f"{form} {particle}" for verb, particle in particles for form in _formed({verb}, irregular)},
        _formed(civil, irregular),
        _formed(light, irregular),
        _formed(beside, irregular),
        frozenset(named) | _formed(offices, irregular),
        _formed(people | roles, irregular) | {"who", "whom"},
        other,
    )


def _formed(lemmas: set[str], irregular: dict[str, frozenset[str]]) -> frozenset[str]:
    """Lemmas with their forms; some that are no words are among them, which nobody writes."""
    found: set[str] = set()
    for lemma in lemmas:
        stem = lemma[:-1] if lemma.endswith(("e", "y")) else lemma
        found |= {
            lemma,
            f"{lemma}s",
            f"{lemma}es",
            f"{stem}ed",
            f"{lemma}ed",
            f"{lemma}d",
            f"{stem}ing",
            f"{lemma}ing",
            f"{stem}ies",
        }
        found |= {f"{stem}ied", f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing"} | irregular.get(lemma, frozenset())
    return frozenset(found)


def _exceptions(nlp: Language) -> dict[str, frozenset[str]]:
    """Forms by lemma, from the tables of a pipeline's lemmatizer; none where it has no tables."""
    found: dict[str, set[str]] = {}
    if nlp.has_pipe("lemmatizer"):
        tables: Any = nlp.get_pipe("lemmatizer")
        for part in ("verb", "noun"):
            for form, lemmas in tables.lookups.get_table("lemma_exc", {}).get(part, {}).items():
                for lemma in lemmas:
                    found.setdefault(lemma, set()).add(form)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}
