"""The accounts side by side as one page: a file that opens anywhere, with nothing fetched, and prints well.

It says what the pages say, in their words. Incidents whose accounts part stand first, the gravest of them at the top; then those
that several parties tell; what only one side tells is a table at the end. Each answer names the quotations that carry it, by number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined

import standoff
from standoff.acts import label
from standoff.analysis import beside, sure
from standoff.analysis.beside import Row, Table
from standoff.analysis.brief import Side, Titles, day_of, whence
from standoff.analysis.quoting import quotation
from standoff.export.selection import Part, Selection, Told, text
from standoff.model import Claim, DisputeState, Document
from standoff.printable import many
from standoff.reconcile import policies, voices
from standoff.reconcile.side_by_side import in_order
from standoff.reconcile.soundness import SOUND
from standoff.wording import Names, heard, speaker

_COLUMNS = 5
"""Accounts beside each other."""
_QUOTED = 4
"""Quotations that carry one answer."""
_ROOM = 300
"""Characters of a quotation."""
_COMPARED = 200
"""Reports of one incident that are compared for copies."""
_SAFE = ("http://", "https://")


class Html:
    """One page."""

    name = "html"
    chooses_columns = False
    says = "the accounts side by side, with the quotations, as one page to print or send"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("accounts.html", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        store, names = chosen.store, chosen.names()
        titles = Titles(names, store.browse.outlet_names(), store)
        told = list(chosen.incidents())
        unsure = sure.unsure(store, [d for one in told for d in one.dossier.disputes])
        several = [one for one in told if one.dossier.disputes or len(one.dossier.accounts) > 1 or len(told) == 1]
        several.sort(key=lambda one: -max((d.severity for d in one.dossier.disputes), default=-1.0))
        shown = {id(one) for one in several}
        sections = [_section(one, chosen, names, titles, unsure) for one in several]
        documents = {key: document for one in told for key, document in one.documents.items()}
        with text(out) as page:
            stream = (
                _environment()
                .get_template("accounts.html")
                .stream(
                    told=sections,
                    single=[_section(one, chosen, names, titles, unsure) for one in told if id(one) not in shown],
                    part=bool(chosen.wanted) and len(told) > 1,
                    policy=policies.policy(chosen.policy) if chosen.policy else None,
                    disputes=sum(_standing(one) for one in told),
                    claims=sum(len(one.claims) for one in told),
                    whence=_whence(documents),
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
    title: str
    parties: str
    whence: str
    table: Table
    quotes: dict[str, int] = field(default_factory=dict)
    """Claims by the number of their quotation."""
    quoted: list[tuple[str, str, Document]] = field(default_factory=list)
    """Who says it, in which words, in which report, in the order of the numbers."""

    def __post_init__(self) -> None:
        for row in sorted(self.table.rows, key=lambda row: row.faint):
            for side in (side for key, _ in self.table.columns for side in row.cells.get(key, ())):
                for key in side.claims[:_QUOTED]:
                    if key in self.told.claims and key not in self.quotes:
                        quote = self._words(self.told.claims[key])
                        if quote not in self.quoted:  # two claims of one sentence are quoted once
                            self.quoted.append(quote)
                        self.quotes[key] = self.quoted.index(quote) + 1

    def _words(self, claim: Claim) -> tuple[str, str, Document]:
        document = self.told.documents[claim.doc]
        return _teller(claim), quotation(claim, document, _ROOM), document

    @property
    def disputes(self) -> int:
        return _standing(self.told)

    @property
    def sound(self) -> bool:
        return self.told.dossier.incident.likely >= SOUND

    def tables(self, faint: bool) -> Iterator[Table]:
        """The questions in pieces that fit on paper: some of the accounts, and what one of them answers."""
        whole = self.table.part(faint)
        for start in range(0, len(whole.columns), _COLUMNS):
            columns = whole.columns[start : start + _COLUMNS]
            rows = tuple(row for row in whole.rows if any(key in row.cells for key, _ in columns))
            yield Table(columns, rows)

    def numbers(self, sides: Sequence[Side]) -> list[int]:
        """The numbers of the quotations behind an answer."""
        return sorted({self.quotes[key] for side in sides for key in side.claims[:_QUOTED] if key in self.quotes})

    def answers(self, row: Row, column: str) -> list[tuple[str, list[Side]]]:
        """What stands in a cell: each value with those who give it. Outlets that give the same stand together."""
        found: dict[str, list[Side]] = {}
        for side in row.cells.get(column, ()):
            found.setdefault(side.value, []).append(side)
        return list(found.items())

    def first_words(self) -> tuple[str, str, Document]:
        """Who tells of it, in which words, where it is told by one side."""
        return self._words(self.told.deeds[0])


def _section(one: Told, chosen: Selection, names: Names, titles: Titles, unsure: frozenset[str]) -> _Section:
    store = chosen.store
    dossier = in_order(one.dossier, names)
    id = dossier.incident.id
    found = store.of_incident(id)
    (row,) = store.browse.incidents(ids=[id]).rows or (None,)
    surely = {told.claim.id for told in store.browse.rows(list(one.claims)) if sure.is_sure(told, sure.FAINT)}
    title = row.title if row else ""
    table = beside.draw(titles, names, found[0], dossier, title, one.claims, surely, unsure) if found else Table((), ())
    parties = ", ".join(dict.fromkeys(names.party(key) for key in dossier.parties))
    return _Section(
        one, titles.incident(row) if row else label("event", dossier.event), parties, _whence(one.documents), table
    )


def _whence(documents: Mapping[str, Document]) -> str:
    held = list(documents.values())
    copied = len(held) - len(voices.group(held)) if len(held) <= _COMPARED else 0
    return whence(len(held), len({d.outlet or d.domain or d.id for d in held}), copied)


def _standing(one: Told) -> int:
    """The disputes that are not settled."""
    return sum(d.state is not DisputeState.SETTLED for d in one.dossier.disputes)


def _teller(claim: Claim) -> str:
    """Who says it, each with whom they have it from; empty of an outlet's own words."""
    return ", citing ".join(speaker(one.mention) for one in heard(claim.sources))


def _link(url: str | None) -> str:
    """An address that a page may link to."""
    return url if url and url.lower().startswith(_SAFE) else ""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("standoff.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"many": many, "label": label, "day_of": day_of, "outlets": beside.OUTLETS}
    made.filters |= {"link": _link}
    return made
