"""What reconciling by partitions loses: ``python benchmarks/partitions.py [../shared]``.

Pairs of claims that are linked when everything is reconciled at once, and how many of them are linked still when each
partition is reconciled alone: on the gun violence archive, whose reports name many states though all is in one, and on the
made-up claims of ``reconciling.py``.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import reconciling

import standoff
from standoff.evaluate import gva
from standoff.model import Claim, Document
from standoff.reconcile import reconcile
from standoff.runners.reconciling import place


def linked(claims: Sequence[Claim], documents: Sequence[Document]) -> set[tuple[str, str]]:
    found = reconcile(claims, documents)
    return {pair for one in found.incidents for pair in combinations(sorted(link.claim for link in one.links), 2)}


def compare(name: str, documents: Sequence[Document], told: Mapping[str, Sequence[Claim]]) -> None:
    began = time.perf_counter()
    whole = linked([claim for one in told.values() for claim in one], documents)
    at_once = time.perf_counter() - began
    held: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        held[place(document, told[document.id])[0]].append(document)
    began = time.perf_counter()
    parted: set[tuple[str, str]] = set()
    for some in held.values():
        parted |= linked([claim for document in some for claim in told[document.id]], some)
    one_by_one = time.perf_counter() - began
    print(
        f"{name:18s} {len(documents):6,} reports {sum(map(len, told.values())):7,} claims {len(held):5,} partitions  "
        f"{len(whole & parted) / len(whole):6.1%} of {len(whole):,} linked pairs kept, {len(parted - whole):,} others  "
        f"{at_once:6.1f} s at once, {one_by_one:5.1f} s by partitions"
    )


def main() -> None:
    articles = gva._articles(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared") / "data" / "gva", None)
    documents = [
        Document(one["id"], gva._text(one), "", published=gva._day(one["dct"]), title=one["title"]) for one in articles
    ]
    told = {document.id: standoff.extract(document) for document in documents}
    compare("gun violence archive", documents, told)
    claims, made = reconciling.made_up(100_000)
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.doc].append(claim)
    compare("made-up claims", made, by_report)


if __name__ == "__main__":
    main()
