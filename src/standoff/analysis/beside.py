"""The accounts of one incident beside one another: a question a row, an account a column, outlets in one column of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from standoff.analysis.brief import Side, Titles, bare
from standoff.model import Asked, Claim, DisputeState, Reconciliation
from standoff.printable import many
from standoff.reconcile.dossier import Dossier
from standoff.reconcile.side_by_side import side_by_side
from standoff.wording import Names

OUTLETS = "outlets"
"""The column that outlets' own words are folded into."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what each account answers."""

    question: str
    cells: dict[str, tuple[Side, ...]]
    """By column."""
    differ: str = ""
    dispute: str = ""
    unsure: bool = False
    """That they differ rests on claims that were read less surely."""
    faint: bool = False
    """So does all that is answered."""

    @property
    def told(self) -> str:
        """The dispute in words: "They differ: 14 against 23"."""
        if not (self.differ or self.dispute):
            return ""
        return ("They may differ" if self.unsure else "They differ") + (f": {self.differ}" if self.differ else "")


@dataclass(frozen=True, slots=True)
class Table:
    """The questions of one incident, and its accounts in order."""

    columns: tuple[tuple[str, str], ...]
    """Key and name: the parties to it first, then third parties, then the outlets as one."""
    rows: tuple[Row, ...]

    def part(self, faint: bool) -> Table:
        """The questions that some account answers by words that were read surely, or the others, with the accounts that do."""
        rows = tuple(row for row in self.rows if row.faint is faint)
        return Table(tuple(column for column in self.columns if any(column[0] in row.cells for row in rows)), rows)


def draw(
    titles: Titles,
    names: Names,
    found: Reconciliation,
    one: Dossier,
    title: str,
    claims: Mapping[str, Claim],
    surely: Collection[str],
    unsure: Collection[str],
) -> Table:
    """The table of an incident whose stored title is ``title``; ``surely`` are its claims that were read surely, ``unsure`` the
    disputes that rest on others."""
    if not found.questions:
        return _from_answers(titles, names, one)
    keys = dict.fromkeys(line.party for asking in found.questions for line in asking.lines)
    spoken = {key: [claims[c] for c in _claims_of(found.questions, key) if c in claims] for key in keys}
    columns = _columns(titles, list(keys), one.parties, spoken)
    parts = {d.id: d for d in found.disputes if d.state is not DisputeState.SETTLED}
    rows = []
    for asking in _ordered(found.questions):
        cells: dict[str, tuple[Side, ...]] = {}
        for line in asking.lines:
            at = OUTLETS if titles.is_outlet(line.party) else line.party
            cells[at] = (*cells.get(at, ()), titles.side(line, claims, asking.question, asking.dispute is not None))
        dispute = parts.get(asking.dispute or "")
        differ = titles.parted(dispute, asking, claims).differ if dispute else ""
        faint = dispute is not None and dispute.id in unsure
        unheard = dispute is None and not any(key in surely for line in asking.lines for key in line.claims)
        rows.append(Row(bare(asking.text, title), cells, differ, dispute.id if dispute else "", faint, unheard))
    return Table(columns, tuple(rows))


def _ordered(questions: Sequence[Asked]) -> list[Asked]:
    """What is disputed first, then by how many accounts answer."""
    return sorted(questions, key=lambda one: (one.dispute is None, -len(one.lines)))


def _claims_of(questions: Sequence[Asked], key: str) -> list[str]:
    """The claims that an account rests on, in all questions."""
    return list(dict.fromkeys(c for one in questions for line in one.lines if line.party == key for c in line.claims))


def _columns(
    titles: Titles, keys: list[str], parties: Sequence[str], spoken: Mapping[str, list[Claim]]
) -> tuple[tuple[str, str], ...]:
    outlets = [key for key in keys if titles.is_outlet(key)]
    own = [key for key in keys if key not in outlets]
    own.sort(key=lambda key: (key not in parties, parties.index(key) if key in parties else 0))
    named = [(key, titles.account(key, spoken.get(key, ()))) for key in own]
    if outlets:
        whose = "its own words" if len(outlets) == 1 else "their own words"
        named.append((OUTLETS, f"{many(len(outlets), 'outlet')} in {whose}"))
    return tuple(named)


def _from_answers(titles: Titles, names: Names, one: Dossier) -> Table:
    """The table of an incident that was reconciled before incidents asked questions."""
    columns = _columns(titles, [account.party for account in one.accounts], one.parties, {})
    rows = []
    for asking in side_by_side(one, names.value, names.party):
        cells: dict[str, tuple[Side, ...]] = {}
        differ = ""
        for account, cell in zip(one.accounts, asking.cells, strict=True):
            at = OUTLETS if titles.is_outlet(account.party) else account.party
            name = titles.account(account.party)
            given = [
                Side(account.party, name, value, answer.claims, answer.latest, at == OUTLETS)
                for value, answer in cell.answers
            ]
            if given:
                cells[at] = (*cells.get(at, ()), *given)
            differ = differ or (cell.disputed or "")
        rows.append(Row(asking.question, cells, differ))
    return Table(columns, tuple(rows))
