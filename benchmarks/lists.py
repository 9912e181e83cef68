"""What is found on real news against what an editor would print: ``python benchmarks/lists.py FA-KES-Dataset.csv [NAME…]``.

``lists/NAME.json`` holds, for an archive of real reports, the disputes that an editor listed who had not seen the program: each with
its kind, a question, and its sides; whose each side is, and the words that tell it, by report and characters. The reports are not part
of the repository (no licence is stated for them): rows of FA-KES (Salem et al. 2019), known by the sha256 of their text.

A dispute that is shown is *right* where it has a listed one's kind, and two of its sides each have a claim that overlaps that party's
words there; *half* where its claims overlap the words of two listed sides but the kind, or whose a side is, is another. An opposition,
its activists and its fighters are one side here.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

from standoff import reconcile
from standoff.claims import from_doc
from standoff.language import pipeline
from standoff.model import Claim, Dispute, Document, Span, shared_code
from standoff.reconcile.accounts import holders

LISTS = Path(__file__).parent / "lists"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a listed dispute: whose it is, and where its words stand."""

    party: str
    words: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A dispute that an editor would print."""

    kind: str
    question: str
    sides: tuple[Side, ...]


def text_of(row: Mapping[str, str]) -> str:
    """Title and text of a row, as they are read."""
    return f"{row['article_title'].strip()}\n\n{row['article_content'].strip()}"


def rows_of(table: Path) -> dict[str, Mapping[str, str]]:
    """Rows of FA-KES by the sha256 of their text; of the same text the first."""
    rows = csv.DictReader(io.StringIO(table.read_bytes().decode("cp1252", errors="replace")))
    found: dict[str, Mapping[str, str]] = {}
    for row in rows:
        found.setdefault(hashlib.sha256(text_of(row).encode()).hexdigest(), row)
    return found


def archive(name: str, table: Mapping[str, Mapping[str, str]]) -> tuple[list[Document], list[Listed]]:
    """The reports of an archive, and what an editor listed."""
    told: dict[str, Any] = json.loads((LISTS / f"{name}.json").read_text(encoding="utf-8"))
    documents = []
    for key, digest in told["reports"].items():
        row = table[digest]
        day = datetime.strptime(row["date"], "%m/%d/%Y").date()
        title = row["article_title"].strip()
        documents.append(Document(key, text_of(row), digest, title=title, outlet=row["source"], published=day))
    listed = [
        Listed(
            one["kind"],
            one["question"],
            tuple(Side(s["party"], tuple((d, Span(a, b)) for d, a, b in s["words"])) for s in one["sides"]),
        )
        for one in told["disputes"]
    ]
    return documents, listed


def side(party: str) -> str:
    """Opposition, activists and fighters of a state as one side, and organisations by their code, as the lists have them."""
    return shared_code(party)[0].replace("-OPP", "-REB")


def told_by(claims: Sequence[Claim], one: Side, party: str | None, outlets: Mapping[str, str]) -> bool:
    """Whether some claim overlaps the words of a side, and is held by the party, if one is asked for."""
    for claim in claims:
        over = any(doc == claim.doc and span.overlaps(claim.span) for doc, span in one.words)
        if over and (party is None or party in {side(key) for key in holders(claim, outlets)}):
            return True
    return False


def judge(found: Dispute, listed: Sequence[Listed], by_id: Mapping[str, Claim], outlets: Mapping[str, str]) -> str:
    """ "right", "half" or "wrong"."""
    positions = [(side(p.party), [by_id[key] for key in p.claims]) for p in found.positions]
    met = [
        (one.kind, all(side(s.party) in {who, f"outlet:{who}"} for s, (who, _) in pairs))
        for one in listed
        for sides in permutations(one.sides, 2)
        for pairs in (tuple(zip(sides, two, strict=True)) for two in combinations(positions, 2))
        if all(told_by(held, s, None, outlets) for s, (_, held) in pairs)
    ]
    if any(whose and kind == found.kind for kind, whose in met):
        return "right"
    return "half" if met else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="FA-KES-Dataset.csv")
    parser.add_argument("names", nargs="*", help="archives; all by default")
    parser.add_argument("--show", action="store_true", help="print each dispute with its judgement")
    given = parser.parse_args()
    table = rows_of(given.table)
    names = given.names or sorted(path.stem for path in LISTS.glob("*.json"))
    print("| archive | reports | listed | sides read by whom it is | by another | not read | shown | right | half |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    every = [0] * 9
    for name in names:
        documents, listed = archive(name, table)
        claims = [c for d in documents for c in from_doc(pipeline.annotate(d), d)]
        outlets = {d.id: d.outlet for d in documents if d.outlet}
        by_id = {c.id: c for c in claims}
        sides = [one for d in listed for one in d.sides]
        read = sum(told_by(claims, s, side(s.party).removeprefix("outlet:"), outlets) for s in sides)
        touched = sum(told_by(claims, s, None, outlets) for s in sides)
        shown = reconcile(claims, documents).disputes
        judged = [judge(d, listed, by_id, outlets) for d in shown]
        if given.show:
            for one, how in zip(shown, judged, strict=True):
                print(f"  {how:5} {one.kind} {one.likely:.2f} {one.question} | {one.title}")
        row = [len(documents), len(listed), read, len(sides), touched - read, len(sides) - touched, len(shown)]
        row += [judged.count("right"), judged.count("half")]
        every = [a + b for a, b in zip(every, row, strict=True)]
        print(line(name, row), flush=True)
    if len(names) > 1:
        print(line("**all**", every))


def line(name: str, row: Sequence[int]) -> str:
    reports, listed, read, sides, other, nothing, shown, right, half = row
    cells = (name, reports, listed, f"{read} of {sides}", other, nothing, shown, right, half)
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
