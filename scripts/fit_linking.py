"""Fit the weights by which claims are joined to incidents, on crises whose truth is known; writes `reconcile/linking.toml`.

    python scripts/fit_linking.py CLAIMS CRISES ... [--write]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). Prints how well claims
come together on each crisis with the weights fitted on the others, which is what to believe.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from standoff.evaluate import crises, links
from standoff.model import Claim
from standoff.reconcile import facts, pairs
from standoff.reconcile.incidents import cluster
from standoff.records import read_claims

TARGET = Path(__file__).parent.parent / "src/standoff/reconcile/linking.toml"
STRENGTH = 3.0
"""How strongly weights are held near nought."""
MOST = 8000
"""Pairs beyond this number weigh no more together: they are not independent."""


def happening_of(crisis: crises.Crisis, claims: list[Claim]) -> dict[str, str]:
    """Of each claim the happening of the quote that it shares most characters with."""
    texts = {d.id: d.text for d in crisis.documents}
    quotes: dict[str, list[tuple[int, int, str]]] = {}
    for happening in crisis.truth["happenings"]:
        for told in happening["told"]:
            start = texts[told["doc"]].index(told["quote"])
            quotes.setdefault(told["doc"], []).append((start, start + len(told["quote"]), happening["id"]))
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


class Sample:
    """The pairs of one archive's claims with their signs, and whether they are one happening."""

    def __init__(self, crisis: crises.Crisis, claims: list[Claim]) -> None:
        self.truth = happening_of(crisis, claims)
        known = facts.of_claims(claims, crisis.documents)
        weights = pairs.Weights(known.values())
        told = [c.id for c in claims if c.id in self.truth]
        self.keys = sorted(told)
        self.pairs: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        rows: dict[bool, list[list[float]]] = {True: [], False: []}
        for a, b in itertools.combinations(self.keys, 2):
            within = known[a].doc == known[b].doc
            self.pairs[within].append((a, b))
            rows[within].append(pairs.signs(known[a], known[b], weights))
        self.signs = {k: np.array(x, np.float32) for k, x in rows.items()}
        self.same = {
            k: np.array([self.truth[a] == self.truth[b] for a, b in held], np.float32) for k, held in self.pairs.items()
        }


def fit(samples: list[Sample], within: bool) -> np.ndarray:
    """Logistic regression by Newton's method; every crisis weighs alike, whatever its number of claims."""
    x = np.concatenate([s.signs[within] for s in samples]).astype(float)
    y = np.concatenate([s.same[within] for s in samples]).astype(float)
    w = np.concatenate([np.full(len(s.same[within]), 1 / max(1, len(s.same[within]))) for s in samples])
    w *= min(len(y), MOST) / w.sum()
    beta = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], 2 * STRENGTH)
    shrink[0] = 1e-3
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        step = np.linalg.solve(
            (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(shrink), x.T @ (w * (y - p)) - shrink * beta
        )
        beta += step
        if np.abs(step).max() < 1e-3:
            break
    return beta


def conll(sample: Sample, by: dict[bool, np.ndarray], join: float) -> links.Scores:
    def likely() -> Iterator[tuple[str, str, float]]:
        for within, beta in by.items():
            p = 1 / (1 + np.exp(-(sample.signs[within] @ beta)))
            for (a, b), one in zip(sample.pairs[within], p, strict=True):
                yield a, b, float(one)

    response = cluster(sample.keys, likely(), join)
    key: dict[str, set[str]] = {}
    for claim in sample.keys:
        key.setdefault(sample.truth[claim], set()).add(claim)
    return links.score([frozenset(k) for k in key.values()], response)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    parser.add_argument("crises", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    folders = sorted((p.parent for root in args.crises for p in root.glob("*/truth.json")), key=lambda p: p.name)
    samples: dict[tuple[str, str], Sample] = {}
    for folder in folders:
        crisis = crises.load(folder)
        for kind in ("gold", "read"):
            path = args.claims / kind / f"{crisis.name}.jsonl"
            with path.open(encoding="utf-8") as lines:
                samples[(crisis.name, kind)] = Sample(crisis, list(read_claims(lines, str(path))))
    names = sorted({name for name, _ in samples})
    held = {}
    for name in names:
        train = [s for (other, _), s in samples.items() if other != name]
        held[name] = {True: fit(train, True), False: fit(train, False)}
    best = (0.0, 0.5)
    for join in (0.15, 0.2, 0.25, 0.3, 0.4):
        scores = {key: conll(s, held[key[0]], join) for key, s in samples.items()}
        for kind in ("gold", "read"):
            some = [s for (_, k), s in scores.items() if k == kind]
            print(
                join,
                kind,
                *(
                    f"{n} {sum(getattr(s, n) for s in some) / len(some):.3f}"
                    for n in ("muc", "b_cubed", "ceaf_e", "conll")
                ),
                *(f"{s.conll:.2f}" for s in some),
            )
        mean = sum(s.conll for s in scores.values()) / len(scores)
        best = max(best, (mean, join))
    everything = list(samples.values())
    within, across = fit(everything, True), fit(everything, False)
    text = "# Weights of the signs in pairs.py, fitted by scripts/fit_linking.py; not to be changed by hand.\n\n"
    text += f"join = {best[1]}\n"
    for title, beta in (("within", within), ("across", across)):
        text += f"\n[{title}]\n" + "".join(f"{n} = {b:.3f}\n" for n, b in zip(pairs.SIGNS, beta, strict=True))
    print(text)
    if args.write:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
