"""What is agreed: two sides that are named both say it, and no report of it has anybody call it false."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from standoff.analysis.quoting import sentence_of
from standoff.model import BLOCS, Claim, Document, Holds, Line, shared_code
from standoff.reconcile import told

AGAINST = frozenset({"REB", "OPP"})
"""Sectors that are a side of their own within their state."""
CLOSE = 200
"""Claims of an incident that are looked at for somebody who calls it false."""


def sides(lines: Sequence[Line], outlets: Collection[str]) -> list[Line]:
    """Those lines that are the positive word of a named side, one a side: a state and its own papers and bodies are one.

    ``outlets`` are the accounts of reports in their own words.
    """
    found: dict[str, Line] = {}
    for line in lines:
        if line.party in outlets or not _positive(line):
            continue
        side = _side(line.party)
        if side:
            found.setdefault(side, line)
    return list(found.values())


def _positive(line: Line) -> bool:
    """It says that there is something: no denial, and no figure of none."""
    return line.holds is not Holds.NO and not (line.low == 0 and line.high == 0)


def _side(key: str) -> str:
    """Whose word it is; empty where the key names nobody."""
    code, _, part = shared_code(key)[0].partition("-")
    if code == "UNK":
        return ""
    return key if part in AGAINST or code in BLOCS else code


def called_false(claims: Iterable[Claim], documents: Mapping[str, Document]) -> bool:
    """Whether the sentence of one of the claims says that it is untrue: "the story of four killings was a bluff"."""
    for claim in claims:
        if told.found("denies", sentence_of(claim, documents.get(claim.doc))) & {"untrue", "denial"}:
            return True
    return False
