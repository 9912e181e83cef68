"""The accounts side by side as one page: a file that opens anywhere, with nothing fetched, and prints well.

Incidents whose accounts part stand first, the gravest of them at the top; then those that several parties tell; what only one
side tells is a table at the end. Each value names the quotations that carry it, by number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined

import standoff
from standoff.export.happenings import called, outlets, sides
from standoff.export.selection import Part, Selection, Told, text
from standoff.model import Account, Claim, Document
from standoff.printable import many
from standoff.reconcile import policies
from standoff.reconcile.side_by_side import Cell, Row, in_order, side_by_side
from standoff.store import query
from standoff.wording import QUESTIONS, Names, dates, days, figure

_COLUMNS = 5
"""Accounts beside each other."""
_SAFE = ("http://", "https://")


class Html:
    """One page."""

    name = "html"
    chooses_columns = False
    says = "the accounts side by side, with the quotations, as one page to print or send"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("accounts.html", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        names = chosen.names()
        told = list(chosen.incidents())
        several = [one for one in told if one.dossier.disputes or len(one.dossier.accounts) > 1]
        several.sort(key=lambda one: -max((d.severity for d in one.dossier.disputes), default=-1.0))
        shown = {id(one) for one in several}
        with text(out) as page:
            stream = (
                _environment()
                .get_template("accounts.html")
                .stream(
                    told=[_Section(one, names) for one in several],
                    single=[one for one in told if id(one) not in shown],
                    names=names,
                    query=query.written(chosen.wanted),
                    policy=policies.policy(chosen.by()),
                    disputes=sum(len(one.dossier.disputes) for one in told),
                    claims=sum(len(one.claims) for one in told),
                    reports=len({doc for one in told for doc in one.documents}),
                    version=standoff.__version__,
                )
            )
            stream.enable_buffering(50)
            page.writelines(stream)
        return len(told)


@dataclass
class _Section:
    """One incident on the page: its table, and its quotations by number."""

    told: Told
    names: Names

    def __post_init__(self) -> None:
        self.quotes: dict[str, int] = {}
        self.dossier = in_order(self.told.dossier, self.names)
        self.table: list[Row] = side_by_side(self.dossier, self.names.value, partial(_holder, names=self.names))
        for row in self.table:
            for cell in row.cells:
                for _, answer in cell.answers:
                    for key in answer.claims:
                        if key in self.told.claims:
                            self.quotes.setdefault(key, len(self.quotes) + 1)
        for key in self.told.claims:
            self.quotes.setdefault(key, len(self.quotes) + 1)

    def tables(self) -> Iterator[tuple[Sequence[Account], list[tuple[str, tuple[Cell, ...]]]]]:
        """The table in pieces that fit on paper: some of the accounts, and the questions that one of them answers."""
        accounts = self.dossier.accounts
        for start in range(0, len(accounts), _COLUMNS):
            piece = slice(start, start + _COLUMNS)
            rows = [(row.question, row.cells[piece]) for row in self.table]
            held = [(question, cells) for question, cells in rows if any(cell.answers for cell in cells)]
            if held:
                yield accounts[piece], held

    def numbers(self, claims: tuple[str, ...]) -> list[int]:
        return sorted(self.quotes[key] for key in claims if key in self.quotes)

    def quoted(self) -> list[tuple[int, Claim, Document]]:
        """Number, claim and its report, in the order of the numbers."""
        found = ((number, self.told.claims[key]) for key, number in self.quotes.items())
        return [(number, claim, self.told.documents[claim.doc]) for number, claim in found]


def _link(url: str | None) -> str:
    """An address that a page may link to."""
    return url if url and url.lower().startswith(_SAFE) else ""


def _holder(party: str, names: Names) -> str:
    """Who holds an account; a report in its own voice by its name."""
    return party.removeprefix("outlet:") if party.startswith("outlet:") else names.party(party)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("standoff.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "many": many,
        "holder": _holder,
        "dates": dates,
        "questions": QUESTIONS,
        "called": called,
        "sides": sides,
        "outlets": outlets,
    }
    made.filters |= {"figure": figure, "days": days, "link": _link}
    return made
