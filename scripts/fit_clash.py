"""Fit the trees that say how likely two accounts cannot both hold, on archives whose truth is known; writes `reconcile/clash.json`.

    python scripts/fit_clash.py CLAIMS CRISES ... [--folds] [--write]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). How likely two claims are
of one happening is a sign here, by `linking.json`, which is fitted on six of the archives alone. `--folds` prints the average
precision on each archive with trees fitted on the others. Needs scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, NamedTuple

import fitting
import numpy as np

from standoff.evaluate import crises
from standoff.model import AuxMode, Claim, shared_code
from standoff.reconcile import clash, incidents, known, pairs
from standoff.trees import trees

TREES, DEPTH, RATE, LEAST, SHRINK = 60, 3, 0.08, 30, 5.0
PARTS = 0.3
"""From so likely on two accounts may part; how likely all of it is a dispute is judged afterwards (`fit_judging.py`)."""
APART = 0.08
"""Claims less likely of one happening, of two incidents and far from each other in the text, are not set against each other."""
DISPUTE, REST = 12.0, 400.0
"""What a dispute weighs, whatever its number of pairs, and what all pairs of an archive together that are in none."""

_Spans = dict[str, list[tuple[int, int]]]


class Sample:
    """Pairs of claims of two parties in one archive, and whether the truth has the two in a dispute that is not of figures alone."""

    def __init__(self, crisis: crises.Crisis, claims: Iterable[Claim], by: pairs.Model, weight: float) -> None:
        claims = fitting.within(crisis, claims)
        drawn, archive = fitting.laid_out(claims, crisis.documents)
        groups = incidents.cluster(drawn, incidents.weighed(drawn, archive.weights, by), by.join)
        group_of = {key: at for at, group in enumerate(groups) for key in group}
        told = [
            clash.Voice(party, claim, drawn[claim.id], archive.shares.get(party, 0.0))
            for claim in claims
            for party in archive.holders(claim)
            if not archive.is_outlet(party) and not {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux)
        ]
        two = [(a, b) for a, b in combinations(told, 2) if a.party != b.party and a.claim.id != b.claim.id]
        alike = pairs.likelihoods(((a.facts, b.facts) for a, b in two), archive.weights, by)
        disputes = disputes_of(crisis)
        rows, same, weigh = [], [], []
        of: list[str] = []
        for (a, b), likely in zip(two, alike, strict=True):
            one = group_of[a.claim.id] == group_of[b.claim.id]
            beside = a.claim.doc == b.claim.doc and abs(a.facts.paragraph - b.facts.paragraph) <= 1
            if not (one or beside or likely >= APART):
                continue
            parted = [d for d in disputes if d.parts((a.party, a.claim), (b.party, b.claim))]
            if any(d.kinds == {"count"} for d in parted):
                continue
            dispute = parted[0].id if parted else ""
            rows.append(clash.signs(a, b, likely, one, archive.weights))
            same.append(bool(dispute))
            of.append(dispute)
        shown = Counter(filter(None, of))
        total = sum(n**0.5 for n in shown.values()) or 1.0
        for dispute in of:
            share = shown[dispute] ** -0.5 / total if dispute else 0.0
            weigh.append(DISPUTE * len(shown) * share if dispute else REST / (of.count("") or 1))
        self.signs = np.array(rows, np.float64).reshape(-1, len(clash.SIGNS))
        self.same, self.weigh = np.array(same, bool), weight * np.array(weigh, np.float64)


class Dispute(NamedTuple):
    """A dispute of the truth: its kinds, who agree in it, and where each party's position is told."""

    id: str
    kinds: frozenset[str]
    agree: list[set[str]]
    held: list[tuple[str, _Spans]]
    voices: dict[str, str]

    def parts(self, a: tuple[str, Claim], b: tuple[str, Claim]) -> bool:
        """Whether two parties' claims are of two of its positions that cannot both hold."""
        told = tuple(self.voices.get(code, code) for code, _ in (shared_code(a[0]), shared_code(b[0])))
        return any(
            told == (p, q) and {p, q} not in self.agree and _over(a[1], of_p) and _over(b[1], of_q)
            for (p, of_p), (q, of_q) in permutations(self.held, 2)
        )


def disputes_of(crisis: crises.Crisis) -> list[Dispute]:
    texts = {d.id: d.text for d in crisis.documents}
    found = []
    for dispute in crisis.truth["disputes"]:
        held: list[tuple[str, _Spans]] = []
        for position in dispute["positions"]:
            spans: _Spans = {}
            for told in position["told"]:
                spans.setdefault(told["doc"], []).append(fitting.span_of(texts, told))
            held.append((crisis.voices.get(position["party"], position["party"]), spans))
        agree = [{crisis.voices.get(party, party) for party in two} for two in dispute.get("agree", [])]
        found.append(Dispute(dispute["id"], frozenset(dispute["kind"]), agree, held, crisis.voices))
    return found


def _over(claim: Claim, spans: _Spans) -> bool:
    return any(s < claim.span.end and claim.span.start < e for s, e in spans.get(claim.doc, ()))


def fit(samples: list[Sample]) -> dict[str, Any]:
    x = np.concatenate([s.signs for s in samples])
    y, w = np.concatenate([s.same for s in samples]), np.concatenate([s.weigh for s in samples])
    return fitting.grow(x, y, w, TREES, DEPTH, RATE, LEAST, SHRINK)


def load(claims: Path, roots: list[Path]) -> dict[str, list[Sample]]:
    """The samples of every archive by its name: of gold claims and of those read, first of the whole, then of few of its reports."""
    return fitting.samples(
        claims, roots, lambda crisis, some, weight: Sample(crisis, known.everywhere(some), pairs.model(), weight)
    )


def main() -> None:
    args = fitting.asked(__doc__)
    samples = load(args.claims, args.crises)
    if args.folds:
        from sklearn.metrics import average_precision_score

        for name, held in samples.items():
            grown = trees(fit([s for n, some in samples.items() if n != name for s in some]), range(len(clash.SIGNS)))
            for kind, sample in zip(("gold", "read"), held, strict=False):
                if sample.same.any():
                    found = average_precision_score(sample.same, grown.likely(sample.signs))
                    print(f"{name} {kind}: {found:.2f} where chance has {sample.same.mean():.2f}", flush=True)
    if args.write:
        grown = {"parts": PARTS, "trees": fit([s for held in samples.values() for s in held])}
        fitting.write("clash.json", samples, clash.SIGNS, grown)


if __name__ == "__main__":
    main()
