"""Capitals taken from text that is written in capitals alone: telegrams, tickers, headlines that shout.

The tagger, the parser and the tables of names tell a name by its capital; where every letter is one, "CAR" is the Central African
Republic and "DATE" a Japanese minister. So such lines are read as they would be printed. Offsets stay: no letter is added or lost,
and what a claim quotes is the report's own letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from spacy.tokens import Doc

from standoff import lexicon
from standoff.ingest.vocabulary import english
from standoff.language import gazetteer, parties, places, syntax
from standoff.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
T = TypeVar("T")
_LETTERS = 12
"""A line with fewer letters says nothing: a dateline's town, a heading of one word."""
_SHOUTED = 0.9
_USUAL = 3000
"""Words met so often are words, though a table has them as somebody's name ("Begin", "Date", "Brown")."""
_UNUSUAL = 300
"""Words met more seldom are names rather, where they are no forms of a word."""
_LONGEST = 6


def as_printed(text: str) -> str:
    """The text with its shouted lines in the case in which they would be printed; the same number of characters."""
    parts = re.split(r"(\n)", text)
    shouted = [_shouts(part) for part in parts]
    if not any(shouted):
        return text
    own = _cases([part for part, loud in zip(parts, shouted, strict=True) if not loud])
    return "".join(_printed(part, own) if loud else part for part, loud in zip(parts, shouted, strict=True))


def _shouts(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return (
        len(letters) >= _LETTERS
        and sum(c.isupper() for c in letters) >= _SHOUTED * len(letters)
        and len(_WORD.findall(line)) > 2
    )


def _cases(lines: list[str]) -> dict[str, str]:
    """How the report itself writes a word elsewhere, within a sentence."""
    seen: dict[str, Counter[str]] = {}
    for line in lines:
        for found in _WORD.finditer(line):
            before = line[: found.start()].rstrip()
            if before and before[-1] not in ".!?:\"“‘'":
                seen.setdefault(found.group().lower(), Counter())[found.group()] += 1
    return {word: forms.most_common(1)[0][0] for word, forms in seen.items()}


def _printed(line: str, own: dict[str, str]) -> str:
    words = list(_WORD.finditer(line))
    made: dict[int, str] = {}
    for at, length, shown in _names([w.group().lower() for w in words]):
        if at not in made:
            for i, form in zip(range(at, at + length), shown, strict=True):
                made[i] = form
    letters = list(line)
    named = set(made)
    for i, found in enumerate(words):
        plain = found.group().lower()
        after_name = i > 0 and (
            words[i - 1].group().lower() in parties.TITLES or (i - 1 in named and made.get(i - 1, "") in _given())
        )
        form = made.get(i) or own.get(plain) or _alone(plain, found.group(), after_name)
        if form != plain:
            named.add(i)
        if not form.isupper() and _opens(line, found.start()):
            form = form[:1].upper() + form[1:]
        if len(form) == len(found.group()):
            made[i] = form
            letters[found.start() : found.end()] = form
    return "".join(letters)


def _alone(plain: str, shouted: str, after_name: bool) -> str:
    """A word by itself, which no table has as a name."""
    times = english().get(plain.removesuffix("'s").removesuffix("’s"), 0)
    title = plain[:1].upper() + plain[1:]
    if plain in _always() or plain in _days():
        return title
    if after_name and times < 10 * _USUAL and len(plain) > 2:
        return title
    if times > _UNUSUAL or _is_form(plain):
        return title if plain in _given() and times < 2 * _USUAL else plain
    if times == 0 and (not re.search("[aeiouy]", plain) or (len(plain) < 6 and shouted in _abbreviations())):
        return shouted
    return title


def _is_form(plain: str) -> bool:
    """ "sabotaged", "watchmen", "anti-tank": seldom met, yet made of a word that is met often."""
    for form in lexicon.load("casing")["form"]:
        if plain.endswith(form["ending"]):
            stem = plain[: -len(form["ending"])]
            if any(english().get(stem + other, 0) > 0 for other in form["stems"]):
                return True
    return False


def _opens(line: str, at: int) -> bool:
    before = line[:at].rstrip()
    if re.search(r"(?:^|[\s.(])[A-Z]\.$", before):  # "U.S. authorities"
        return False
    return (
        not before or before[-1] in ".!?" or (before[-1] in "\"“'‘[(" and (len(before) < 2 or before[-2] in " .!?:-]"))
    )


def _names(plain: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Stretches of words that a table or the gazetteer has as a name, with the letters it gives them; the longest first."""
    for length in range(min(_LONGEST, len(plain)), 0, -1):
        for at in range(len(plain) - length + 1):
            key = " ".join(plain[at : at + length])
            form = _table().get(key)
            if form is not None and (length > 1 or _is_name(key, form)):
                yield at, length, form
            elif length < 4 and _is_town(plain[at : at + length], plain[at - 1] if at else ""):
                yield at, length, [word[:1].upper() + word[1:] for word in plain[at : at + length]]


def _is_name(key: str, form: list[str]) -> bool:
    return english().get(key, 0) < (20 * _USUAL if key in _states() else _USUAL) and (form[0] != key)


def _is_town(plain: list[str], before: str) -> bool:
    rare = english().get(plain[-1], 0) < _USUAL and english().get(plain[0], 0) < 20 * _USUAL
    if not rare or min(map(len, plain)) < 2 or (len(plain) == 1 and len(plain[0]) < 4):
        return False
    if len(plain) == 1 and _is_form(plain[0]):
        return False
    if len(plain) == 1 and before not in _before_towns() and english().get(plain[0], 0) > _UNUSUAL:
        return False
    return bool(gazetteer.towns(" ".join(plain)))


@cache
def _table() -> dict[str, list[str]]:
    """Names of parties and of places that the lexicon has, by their words in lower case."""
    found: dict[str, list[str]] = {}
    texts = [name.text for name in parties.names()]
    texts += [text for place in lexicon.load("places")["place"] for text in (place["name"], *place.get("names", []))]
    for text in texts:
        words = _WORD.findall(text)
        if words and len(words) <= _LONGEST:
            found.setdefault(" ".join(words).lower(), words)
    return found


@cache
def _states() -> frozenset[str]:
    return frozenset(name.text.lower() for name in parties.names() if name.kind in {"state", "adjective", "capital"})


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(name.text for name in parties.names() if name.text.isupper())


@cache
def _given() -> frozenset[str]:
    """First names and surnames of persons that the tables know, in both cases."""
    words = {w for name in parties.names() if name.kind == "person" for w in _WORD.findall(name.text) if len(w) > 2}
    return frozenset(words | {w.lower() for w in words})


@cache
def _always() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("casing")["always"] for word in entry["words"])


@cache
def _before_towns() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("casing")["before_town"] for word in entry["words"])


@cache
def _days() -> frozenset[str]:
    """Days and months that are no other word."""
    return frozenset(w for w in places.calendar() if english().get(w, 0) < 3 * _USUAL)


def own_letters(doc: Doc, told: T) -> T:
    """Claims or statements of a Doc as its report wrote them, where it was read as it would be printed."""
    text = syntax.text_of(doc)
    return told if doc.text == text else verbatim(told, text)


def verbatim(told: T, text: str) -> T:
    """A claim, or a part of one, whose words are the report's own letters again."""
    if isinstance(told, tuple):
        return cast(T, tuple(verbatim(one, text) for one in told))
    if not is_dataclass(told) or isinstance(told, type):
        return told
    new: dict[str, Any] = {}
    for field in fields(told):
        value = getattr(told, field.name)
        span = getattr(told, {"text": "span", "cue": "cue_span"}.get(field.name, ""), None)
        if isinstance(value, str) and isinstance(span, Span):
            own = text[span.start : span.end]
            new[field.name] = own if own.lower() == value.lower() else value
        elif isinstance(value, tuple) or is_dataclass(value):
            new[field.name] = verbatim(value, text)
    return cast(T, replace(told, **new))
