"""What an answer holds: JSON where it is JSON, and else what can be saved of it.

Models wrap their JSON in words and fences, break off in the middle, leave a comma too many, or think aloud first. A claim that is
whole is taken, a broken one is left; nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_CLAIMS = 400
"""Of one part: more are not read from a few thousand characters by anyone who reads."""
MOST_PEOPLE = 400
DEEPEST = 40

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_TRAILING = re.compile(r",(\s*[}\]])")


@dataclass(slots=True)
class Answered:
    """Claims and who-is-who as a model gave them; ``broken`` says how many claims were no claims."""

    claims: list[dict[str, Any]] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    broken: int = 0
    more: int = 0
    """Claims beyond those that are looked at."""
    whole: bool = True
    """It was JSON from its first brace to its last."""


def parse(text: str) -> Answered | None:
    """What an answer holds; None where it holds no answer at all.

    >>> parse('Here you are: ```json {"claims": [{"clause": "x"},]} ```').claims
    [{'clause': 'x'}]
    >>> parse('{"claims": [{"clause": "x"}, {"clause": "y').claims
    [{'clause': 'x'}]
    >>> parse("I cannot help with that.") is None
    True
    """
    text = _THOUGHT.sub("", text)
    for found in _objects(text):
        if isinstance(found.get("claims"), list):
            return _taken(found)
    saved = _saved(text)
    return saved if saved is None or saved.claims else None


def _taken(found: dict[str, Any]) -> Answered:
    answered = Answered()
    for one in found["claims"][:MOST_CLAIMS]:
        if isinstance(one, dict):
            answered.claims.append(one)
        else:
            answered.broken += 1
    answered.more = max(0, len(found["claims"]) - MOST_CLAIMS)
    people = found.get("people")
    for one in people[:MOST_PEOPLE] if isinstance(people, list) else ():
        if isinstance(one, dict) and isinstance(one.get("quote"), str) and isinstance(one.get("who"), str):
            answered.people.append((one["quote"], one["who"]))
    return answered


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every outermost JSON object, the first first."""
    at = text.find("{")
    tried = 0
    while at >= 0 and tried < 20:
        tried += 1
        for candidate in (text, _TRAILING.sub(r"\1", text)):
            start = at if candidate is text else candidate.find("{")
            found = _decoded(candidate, start)
            if found is not None:
                yield found
                break
        at = text.find("{", at + 1)


def _decoded(text: str, at: int) -> dict[str, Any] | None:
    if _depth(text, at) > DEEPEST:
        return None
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _depth(text: str, at: int) -> int:
    """How deep brackets nest from a place on, at most; those within texts count too, which only overstates it."""
    depth = deepest = 0
    for mark in re.finditer(r"[\[{}\]]", text[at:]):
        depth += 1 if mark[0] in "[{" else -1
        deepest = max(deepest, depth)
        if depth <= 0 or deepest > DEEPEST:
            break
    return deepest


def _saved(text: str) -> Answered | None:
    """The whole claims of an answer that broke off."""
    start = re.search(r'"claims"\s*:\s*\[', text)
    if start is None:
        return None
    answered = Answered(whole=False)
    at = start.end()
    while len(answered.claims) < MOST_CLAIMS:
        opened = re.compile(r"[\s,]*(\{)?").match(text, at)
        if opened is None or opened[1] is None:
            break
        try:
            found, at = json.JSONDecoder(strict=False).raw_decode(text, opened.start(1))
        except (ValueError, RecursionError):
            answered.broken += 1
            break
        if isinstance(found, dict):
            answered.claims.append(found)
    return answered
