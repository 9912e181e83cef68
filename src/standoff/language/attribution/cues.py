"""The classes of cue words, from ``lexicon/cues.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from standoff import lexicon
from standoff.language.grammar import listed
from standoff.model import Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A class of cue words: how the source commits itself, and what kinds of content may follow."""

    stance: Stance
    complement: frozenset[str]


@cache
def verb_cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for entry in lexicon.load("cues")["verbs"]:
        for word in entry["words"]:
            known = found.get(word)
            complement = frozenset(entry["complement"]) | (known.complement if known else frozenset())
            found[word] = Cue(known.stance if known else Stance(entry["stance"]), complement)
    return found


@cache
def noun_cues() -> dict[str, Stance]:
    return {word: Stance(entry["stance"]) for entry in lexicon.load("cues")["nouns"] for word in entry["words"]}


@cache
def attitudes() -> dict[str, frozenset[str]]:
    """Verbs of attitude, and what their content may be."""
    return _with("attitudes")


@cache
def attitude_nouns() -> dict[str, frozenset[str]]:
    """Nouns of attitude, and the words that may stand before their content."""
    return _with("attitude_nouns")


@cache
def words(table: str) -> frozenset[str]:
    """All words of a table, with the forms of its verbs that the lemmatizer takes for others."""
    found = {word for entry in lexicon.load("cues")[table] for word in entry["words"]}
    return frozenset(found | {form for form, lemma in _LEMMAS.items() if lemma in found})


def _with(table: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in lexicon.load("cues")[table]:
        for word in entry["words"]:
            found[word] = found.get(word, frozenset()) | frozenset(entry["with"])
    return found


_LEMMAS = {form: str(entry["lemma"]) for entry in lexicon.load("cues")["lemmas"] for form in entry["words"]}
"""Forms that the model's lemmatizer takes for other words."""


def lemma(token: Token) -> str:
    """The dictionary form of a verb."""
    return _LEMMAS.get(token.lower_) or str(token.lemma_.lower())


# Cue verbs that report speech as such: they may stand after their content, without a conjunction.
SAYING = listed("reporting")


# Verbs of seeing, finding and the like report only what a speaker holds; their subject must be able to speak.
WEAK = listed("holding")


def denies(token: Token) -> bool:
    cue = verb_cues().get(token.lemma_.lower())
    return cue is not None and cue.stance is Stance.DENY
