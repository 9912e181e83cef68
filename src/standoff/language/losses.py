"""The words of loss, made ready: ``lexicon/losses.toml`` by the forms in which they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from standoff import lexicon
from standoff.language.grammar import listed
from standoff.model import CountKind


@dataclass(frozen=True, slots=True)
class VerbEntry:
    kind: CountKind
    subject: bool
    victims: str
    weak: bool
    with_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseEntry:
    kind: CountKind
    nouns: frozenset[str]
    victims: str
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NounEntry:
    kind: CountKind
    counted: bool
    of: bool
    weak: bool


@dataclass(frozen=True)
class Losses:
    verbs: dict[str, list[tuple[VerbEntry, str]]] = field(default_factory=dict)
    phrases: dict[str, list[PhraseEntry]] = field(default_factory=dict)
    states: dict[str, CountKind] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    nouns: dict[str, NounEntry] = field(default_factory=dict)
    tolls: tuple[tuple[CountKind, re.Pattern[str]], ...] = ()
    link: re.Pattern[str] = re.compile("")
    part_before: re.Pattern[str] = re.compile("")
    part_after: re.Pattern[str] = re.compile("")
    craft: re.Pattern[str] = re.compile("")
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def within(self, group: str, word: str) -> bool:
        return word in self.words[group]


def _inflections(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if re.search(r"[^aeiou]y$", verb):
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    third = f"{verb}es" if re.search(r"(?:s|sh|ch|x|z)$", verb) else f"{verb}s"
    return [verb, third, f"{verb}ed", f"{verb}ing"]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def losses() -> Losses:
    """``lexicon/losses.toml``, indexed by the forms of its words."""
    data = lexicon.load("losses")
    irregular = data["irregular"]["forms"]
    made = Losses(
        tolls=tuple((CountKind(e["kind"]), re.compile(e["pattern"], re.IGNORECASE)) for e in data["toll"]),
        link=re.compile(data["toll_link"]["pattern"], re.IGNORECASE),
        part_before=re.compile(
            rf"\b(?:{_any_of(w for e in data['part'] for w in e.get('before', ()))})\b", re.IGNORECASE
        ),
        craft=re.compile(data["craft"]["pattern"], re.IGNORECASE),
        part_after=re.compile(
            rf"^\s*(?:{_any_of(w for e in data['part'] for w in e.get('after', ()))})\b", re.IGNORECASE
        ),
    )
    for entry in data["verb"]:
        for words in entry["words"]:
            base, *rest = words.split()
            verb = VerbEntry(
                CountKind(entry["kind"]),
                entry["slot"] == "subject",
                entry["victims"],
                entry.get("weak", False),
                tuple(rest),
            )
            for number, form in enumerate(_inflections(base, irregular)):
                shape = (
                    "past" if number > 1 and not form.endswith("ing") else "ing" if form.endswith("ing") else "present"
                )
                made.verbs.setdefault(form, []).append((verb, "past" if form in listed("unchanging") else shape))
    for entries in made.verbs.values():
        # "shoot dead" and "shoot down" before "shoot".
        entries.sort(key=lambda e: -len(e[0].with_words))
    for entry in data["phrase"]:
        for words in entry["verbs"]:
            base, *rest = words.split()
            phrase = PhraseEntry(CountKind(entry["kind"]), frozenset(entry["nouns"]), entry["victims"], tuple(rest))
            for form in _inflections(base, irregular):
                made.phrases.setdefault(form, []).append(phrase)
    for entry in data["state"]:
        made.states.update(dict.fromkeys(entry["words"], CountKind(entry["kind"])))
        if entry.get("weak", False):
            made.weak.update(entry["words"])
    for entry in data["noun"]:
        for word in entry["words"]:
            made.nouns[word] = NounEntry(
                CountKind(entry["kind"]), entry["counted"], entry["of"], entry.get("weak", False)
            )
    for group in ("persons", "crowds", "things", "not_victims", "partitives"):
        made.words[group] = frozenset(data[group]["words"].split())
    for name, words in data["small"].items():
        if isinstance(words, list):
            made.words[name] = frozenset(words)
    return made


def of_craft(token: Token) -> bool:
    """Whether a noun is a make of aircraft or armour, or stands after one: "MiG-29s", "one MiG21 fighter"."""
    make = losses().craft
    if make.match(token.text) and not (token.text.isupper() and token.text in {"MI5", "MI6"}):
        return True
    before = token.nbor(-1) if token.i > 0 else None
    if before is not None and before.text.isdigit() and before.i > 0:
        before = before.nbor(-1)
    return (
        before is not None
        and before.sent == token.sent
        and bool(make.match(before.text))
        and token.tag_.startswith("NN")
    )
