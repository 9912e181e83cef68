"""How much an incident weighs: the highest number of dead that an account tells, and how many accounts there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from standoff.analysis.brief import phrase
from standoff.model import Asked, Bound, CountKind, Line, Question
from standoff.wording import singular

_DEAD = re.compile(r"\b(?:killed|dead|died|deaths)\b")
_COUNTED = re.compile(r"How many (.+?) (?:was|were) killed")
_KINDS = frozenset(kind.value for kind in CountKind)


@dataclass(frozen=True, slots=True)
class Weight:
    """Of one incident."""

    deaths: int | None = None
    """None where no account gives a number of dead."""
    told: str = ""
    """The same in the words of the account that gives it: "more than 200"."""
    accounts: int = 0
    who: str = ""
    """Who the dead are, where the question says more than people: "fighters"."""


def weigh(questions: Iterable[Asked]) -> dict[str, Weight]:
    """The incidents of these questions, by id."""
    of_each: dict[str, list[Asked]] = defaultdict(list)
    for one in questions:
        of_each[one.incident].append(one)
    return {id: _weight(asked) for id, asked in of_each.items()}


def _weight(asked: list[Asked]) -> Weight:
    accounts = len({line.party for one in asked for line in one.lines})
    dead = [(line, one) for one in asked if _of_dead(one) for line in one.lines if _number(line) is not None]
    if not dead:
        return Weight(accounts=accounts)
    most, one = max(dead, key=lambda pair: (_number(pair[0]) or 0, pair[0].bound is not Bound.EXACT))
    number, told, who = _number(most), phrase(most), _who(one)
    if who and number == 0:
        told = "no"  # "no Syrians"
    return Weight(number, told, accounts, singular(who) if number == 1 else who)


def _who(one: Asked) -> str:
    """Whose dead a question counts; empty of people.

    >>> _who(Asked("q", "i", Question.HOW_MANY, "How many Chadian soldiers were killed? (Raid)", ()))
    'Chadian soldiers'
    """
    found = _COUNTED.match(one.text)
    return found[1] if found and found[1] != "people" else ""


def _of_dead(one: Asked) -> bool:
    """It asks how many died there; the dead of a whole war are not those of one incident."""
    if one.question is not Question.HOW_MANY:
        return False
    kind, *rest = one.subject.split() or ("",)
    if kind in _KINDS:
        return kind == CountKind.KILLED.value and rest[-1:] != ["cumulative"]
    return bool(_DEAD.search(one.text)) and "in all" not in one.text


def _number(line: Line) -> int | None:
    return line.low if line.high is None else line.high
