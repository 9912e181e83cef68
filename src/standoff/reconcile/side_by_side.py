"""The accounts of one incident as a table: a row a question, a column a party."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from standoff.model import Account, Answer, CountKind, DisputeKind, Question
from standoff.reconcile.dossier import Dossier


class Known(Protocol):
    """Parties that act, suffer or speak in some claim."""

    def __contains__(self, key: str, /) -> bool: ...


_ROWS: tuple[tuple[str, Question, CountKind | None, frozenset[DisputeKind]], ...] = (
    ("What happened?", Question.WHAT, None, frozenset({DisputeKind.OCCURRENCE})),
    ("What was hit?", Question.WHAT, None, frozenset({DisputeKind.CHARACTER})),
    ("Who did it?", Question.WHO, None, frozenset({DisputeKind.RESPONSIBILITY})),
    ("To whom?", Question.WHOM, None, frozenset()),
    *((f"{kind.value.capitalize()}?", Question.HOW_MANY, kind, frozenset({DisputeKind.COUNT})) for kind in CountKind),
    ("When?", Question.WHEN, None, frozenset()),
    ("Where?", Question.WHERE, None, frozenset()),
    ("How did it end?", Question.OUTCOME, None, frozenset({DisputeKind.OUTCOME})),
    ("What is it called?", Question.CALLED, None, frozenset({DisputeKind.CHARACTER})),
)


_EVENT = re.compile(r"(?:not )?[A-Z]+(?: \([^)]*\))?")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party answers to one question."""

    answers: tuple[tuple[str, Answer], ...]
    """Each value as it is shown, and the answer behind it."""
    disputed: str = ""
    """How it parts from what others say, where it does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question, with a cell for each account."""

    question: str
    cells: tuple[Cell, ...]


def in_order(one: Dossier, known: Known) -> Dossier:
    """The incident with the accounts of those whose deed it is, or who suffered it, before those of who only tells of it.

    An outlet that only tells, and is not among the ``known``, stands last.
    """
    accounts = sorted(one.accounts, key=lambda a: (a.party not in one.parties, a.party not in known, a.party))
    return replace(one, accounts=tuple(accounts))


def side_by_side(one: Dossier, word: Callable[[str], str], name: Callable[[str], str]) -> list[Row]:
    """The questions that any account answers, each with a cell for every account, in their order.

    ``word`` says how a value is worded, ``name`` what a party is called.
    """
    found = []
    for question, key, kind, disputing in _ROWS:
        cells = tuple(_cell(question, account, one, key, kind, disputing, word, name) for account in one.accounts)
        if any(cell.answers for cell in cells):
            found.append(Row(question, cells))
    return found


def _cell(
    asked: str,
    account: Account,
    one: Dossier,
    question: Question,
    kind: CountKind | None,
    disputing: frozenset[DisputeKind],
    word: Callable[[str], str],
    name: Callable[[str], str],
) -> Cell:
    answers = []
    for answer in account.answers:
        if answer.question is not question:
            continue
        value = answer.value
        if question is Question.WHAT:
            # An account answers with the type of event, and with what was hit in the words of the report.
            if bool(_EVENT.fullmatch(value)) is (asked == "What was hit?"):
                continue
            value = value.lower() if _EVENT.fullmatch(value) else value
        if kind is not None:
            if not value.startswith(f"{kind.value}: "):
                continue
            value = value.removeprefix(f"{kind.value}: ")
        answers.append((word(value), answer))
    claims = {key for _, answer in answers for key in answer.claims}
    parts = [
        dispute
        for dispute in one.disputes
        if dispute.kind in disputing
        and any(p.party == account.party and claims & set(p.claims) for p in dispute.positions)
    ]
    others = [
        f"{name(position.party)}: {word(position.value)}"
        for dispute in parts
        for position in dispute.positions
        if position.party != account.party
    ]
    return Cell(tuple(answers), "; ".join(dict.fromkeys(others)))
