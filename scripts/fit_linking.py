"""Fit the trees by which claims are joined to incidents, on archives whose truth is known; writes `reconcile/linking.json`.

    python scripts/fit_linking.py CLAIMS CRISES ... [--folds] [--write]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). `--folds` prints how well
claims come together on each archive with trees fitted on the others, which is what to believe. Needs scikit-learn.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import fitting
import numpy as np

from standoff.evaluate import crises, links
from standoff.model import Claim
from standoff.reconcile import facts, pairs
from standoff.reconcile.incidents import cluster
from standoff.reconcile.scene import Scene
from standoff.trees import Trees, trees

TREES, DEPTH, RATE, LEAST, SHRINK = 90, 4, 0.08, 40, 5.0
JOIN = 0.25
"""Of .15 to .35 the highest that costs no more than .01 of CoNLL on the folds: a wrong join is worse than a missed one."""


def happening_of(crisis: crises.Crisis, claims: Sequence[Claim]) -> dict[str, str]:
    """Of each claim the happening of the quote that it shares most characters with."""
    texts = {d.id: d.text for d in crisis.documents}
    quotes: dict[str, list[tuple[int, int, str]]] = {}
    for happening in crisis.truth["happenings"]:
        for told in happening["told"]:
            quotes.setdefault(told["doc"], []).append((*fitting.span_of(texts, told), happening["id"]))
    found = {}
    for claim in claims:
        best = max(
            (
                (min(e, claim.span.end) - max(s, claim.span.start))
                / (max(e, claim.span.end) - min(s, claim.span.start)),
                h,
            )
            for s, e, h in quotes.get(claim.doc, [(0, 1, "")])
        )
        if best[0] > 0:
            found[claim.id] = best[1]
    return found


def most_told(scene: Scene, of: Mapping[str, str]) -> str:
    """The happening that more than half of an incident's claims tell of, by the happening of each; empty where there is none."""
    told = Counter(of[claim.id] for claim in scene.told if claim.id in of)
    most, number = told.most_common(1)[0] if told else ("", 0)
    return most if 2 * number > len(scene.told) else ""


class Sample:
    """The pairs of one archive's claims with their signs, and whether they are one happening."""

    def __init__(self, crisis: crises.Crisis, claims: list[Claim]) -> None:
        self.truth = happening_of(crisis, claims)
        known = facts.of_claims(claims, crisis.documents)
        weights = pairs.Weights(known.values())
        self.keys = sorted(c.id for c in claims if c.id in self.truth)
        self.pairs: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        rows: dict[bool, list[list[float]]] = {True: [], False: []}
        for a, b in itertools.combinations(self.keys, 2):
            within = known[a].doc == known[b].doc
            self.pairs[within].append((a, b))
            rows[within].append(pairs.signs(known[a], known[b], weights))
        self.signs = {k: np.array(x, np.float64).reshape(-1, len(pairs.SIGNS)) for k, x in rows.items()}
        self.same = {
            k: np.array([self.truth[a] == self.truth[b] for a, b in held], bool) for k, held in self.pairs.items()
        }


def fit(samples: list[Sample], within: bool) -> dict[str, Any]:
    """Trees of pairs within a report or across; every archive weighs alike, whatever its number of claims."""
    x = np.concatenate([s.signs[within] for s in samples])
    y = np.concatenate([s.same[within] for s in samples])
    w = np.concatenate([np.full(len(s.same[within]), 1 / max(1, len(s.same[within]))) for s in samples])
    return fitting.grow(x, y, w * len(y) / w.sum(), TREES, DEPTH, RATE, LEAST, SHRINK)


def load(claims: Path, roots: Sequence[Path]) -> dict[tuple[str, str], Sample]:
    """The samples of every archive, by name and kind of claims."""
    samples: dict[tuple[str, str], Sample] = {}
    for folder in fitting.folders(roots):
        crisis = crises.load(folder)
        for kind in ("gold", "read"):
            samples[(crisis.name, kind)] = Sample(crisis, fitting.claims_of(claims, kind, crisis.name))
    return samples


def conll(sample: Sample, by: dict[bool, Trees], join: float) -> tuple[links.Scores, float, float]:
    """How well its claims come together, and the precision and recall of their pairs."""

    def likely() -> Iterator[tuple[str, str, float]]:
        for within, grown in by.items():
            for (a, b), one in zip(sample.pairs[within], grown.likely(sample.signs[within]), strict=True):
                yield a, b, float(one)

    response = cluster(sample.keys, likely(), join)
    key: dict[str, set[str]] = {}
    for claim in sample.keys:
        key.setdefault(sample.truth[claim], set()).add(claim)
    joined = [sample.truth[a] == sample.truth[b] for group in response for a, b in itertools.combinations(group, 2)]
    wanted = sum(int(held.sum()) for held in sample.same.values())
    scores = links.score([frozenset(k) for k in key.values()], response)
    return scores, sum(joined) / (len(joined) or 1), sum(joined) / (wanted or 1)


def folds(samples: dict[tuple[str, str], Sample]) -> None:
    """Each archive with trees fitted on the others."""
    order = list(range(len(pairs.SIGNS)))
    held = {}
    for name in sorted({name for name, _ in samples}):
        train = [s for (other, _), s in samples.items() if other != name]
        held[name] = {within: trees(fit(train, within), order) for within in (True, False)}
    for join in (0.15, 0.2, 0.25, 0.3, 0.35):
        for kind in ("gold", "read"):
            some = [conll(s, held[name], join) for (name, k), s in samples.items() if k == kind]
            mean = [sum(values) / len(some) for values in zip(*((s.conll, p, r) for s, p, r in some), strict=True)]
            each = " ".join(f"{s.conll:.2f}" for s, _, _ in some)
            print(
                f"join {join} {kind}: CoNLL {mean[0]:.3f} ({each}), pairs P {mean[1]:.2f} R {mean[2]:.2f}", flush=True
            )


def main() -> None:
    args = fitting.asked(__doc__)
    samples = load(args.claims, args.crises)
    if args.folds:
        folds(samples)
    if args.write:
        everything = list(samples.values())
        grown = {"join": JOIN, "within": fit(everything, True), "across": fit(everything, False)}
        fitting.write("linking.json", {name for name, _ in samples}, pairs.SIGNS, grown)


if __name__ == "__main__":
    main()
