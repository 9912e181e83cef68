"""The ways a time is written: the forms of ``lexicon/times.toml``, and where a text has them.

The forms are matched on the characters and not on named entities, so that text in lower case and without punctuation
is read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.language import needs


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a time, from the lexicon."""

    rule: str
    pattern: re.Pattern[str]
    offset: tuple[int, int] = (0, 0)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a form: where the expression lies, and what its words are."""

    start: int
    end: int
    form: Form
    words: dict[str, str]


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of ``lexicon/times.toml``."""
    return frozenset(lexicon.load("times")["words"][name])


def find(text: str) -> Iterator[Found]:
    """Time expressions of a text in its order, none overlapping: the longest first, then as the lexicon orders them."""
    taken = bytearray(len(text))  # 1 for every character that belongs to a name or to an expression already
    within = needs.Within(text)
    for pattern in filter(within.may_match, _no_times()):
        for match in pattern.finditer(text):
            taken[match.start() : match.end()] = bytes([1]) * (match.end() - match.start())
    candidates = [
        (start - end, start, order, Found(start, end, form, words))
        for order, form in enumerate(forms())
        if within.may_match(form.pattern)
        for start, end, words in _matches(form.pattern, text)
    ]
    kept: list[Found] = []
    for *_, found in sorted(candidates, key=lambda c: c[:3]):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = bytes([1]) * (found.end - found.start)
            kept.append(found)
    for found in sorted(kept, key=lambda f: f.start):
        since = _SINCE.search(text, max(0, found.start - 30), found.start)
        if since and found.words.get("which") not in {"next"}:
            yield Found(since.start(), found.end, found.form, {**found.words, "since": since[0]})
        else:
            yield found


_SINCE = re.compile(r"\bsince[^\S\n]+(?:(?:at|least|about|around|early|late|the)[^\S\n]+){0,2}$", re.IGNORECASE)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in pattern.finditer(text):
        words = {name: value.lower() for name, value in match.groupdict().items() if value is not None}
        start, end = match.span("span" if "span" in words else 0)
        while start < end and not text[start].isalnum():
            start += 1
        yield start, end, words


@cache
def forms() -> tuple[Form, ...]:
    """The forms of ``lexicon/times.toml``, compiled."""
    data = lexicon.load("times")
    named = tuple(Form("named", _compiled(_listed(entry["words"])), day=entry["day"]) for entry in data["named"])
    return named + tuple(
        Form(entry["rule"], _compiled(entry["pattern"]), tuple(entry.get("offset", (0, 0)))) for entry in data["form"]
    )


@cache
def _no_times() -> tuple[re.Pattern[str], ...]:
    return tuple(
        _compiled(entry["pattern"] if "pattern" in entry else _listed(entry["words"]))
        for entry in lexicon.load("times")["not"]
    )


# The parts of a lexicon pattern that are not taken as they stand: look-behinds (of fixed width), character classes, the
# words in braces, and spaces.
_PARTS = re.compile(
    r"(?P<behind>\(\?<[!=][^()]*\))|(?P<set>\[[^\]]*\])|\{(?P<word>[a-z_]+)(?P<number>\d?)\}|(?P<gap> )(?P<few>[?*]?)"
)
_BLANK = r"[^\S\n]"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the lexicon as a regular expression: the words filled in, a space for any blank within a line."""

    def fill(part: re.Match[str]) -> str:
        if part["gap"]:
            return _BLANK + (part["few"] or "+")
        if part["word"]:
            return _alternatives(part["word"], part["number"]).replace(" ", _BLANK + "+")
        return part[0].replace(" ", _BLANK if part["behind"] else " \t\u00a0")

    return re.compile(rf"(?<!\w)(?:{_PARTS.sub(fill, pattern)})(?!\w)", re.IGNORECASE)


def _listed(words: Iterable[str]) -> str:
    """One of several words, the longest first."""
    return "|".join(re.escape(w).replace("\\ ", " ") for w in sorted(words, key=lambda w: (-len(w), w)))


_NUMERIC = {
    "year": r"(?:19|20)\d\d(?!\d)",
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:]|[.,]\d)",
    "ordinal": r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)",
}


def _alternatives(word: str, number: str) -> str:
    """One word of a pattern: a group named after it, where it is counted with."""
    if number == "0":
        return re.sub(r"\(\?P<\w+>", "(?:", _alternatives(word, ""))
    if word in _NUMERIC:
        return f"(?P<{'day' if word == 'ordinal' else word}{number}>{_NUMERIC[word]})"
    listed = lexicon.load("times")["words"][word]
    body = _listed(listed)
    if not isinstance(listed, dict):
        return rf"(?P<{word}>{body})\b" if word == "stretch" else rf"(?:(?:{body})\b)"
    return rf"(?P<{word}{number}>\d{{1,3}}|{body})" if word == "n" else f"(?P<{word}{number}>{body})"
