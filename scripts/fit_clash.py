"""Fit the trees that say how likely two accounts cannot both hold, on archives whose truth is known; writes `reconcile/clash.json`.

    python scripts/fit_clash.py CLAIMS CRISES ... [--folds] [--write]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). How likely two claims are
of one happening is a sign here: for each archive it is asked of trees fitted on the others. `--folds` prints the average
precision on each archive with trees fitted on the others. Needs scikit-learn.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import fit_linking
import numpy as np

from standoff.evaluate import crises
from standoff.model import AuxMode, Claim
from standoff.reconcile import clash, facts, incidents, pairs, voices
from standoff.reconcile.scene import Archive
from standoff.records import read_claims
from standoff.trees import trees

TARGET = Path(__file__).parent.parent / "src/standoff/reconcile/clash.json"
TREES, DEPTH, RATE, LEAST, SHRINK = 60, 3, 0.08, 30, 5.0
PARTS = 0.5
APART = 0.08
"""Claims less likely of one happening, of two incidents and far from each other in the text, are not set against each other."""
DISPUTE, REST = 12.0, 400.0
"""What a dispute weighs, whatever its number of pairs, and what all pairs of an archive together that are in none."""

_Spans = dict[str, list[tuple[int, int]]]


class Sample:
    """Pairs of claims of two parties in one archive, and whether the truth has the two in a dispute that is not of figures alone."""

    def __init__(self, crisis: crises.Crisis, claims: list[Claim], by: pairs.Model) -> None:
        known = facts.of_claims(claims, crisis.documents)
        weights = pairs.Weights(known.values())
        archive = Archive.of(claims, crisis.documents, voices.of_claims(claims, crisis.documents), weights)
        groups = incidents.cluster(known, incidents.weighed(known, weights, by), by.join)
        group_of = {key: at for at, group in enumerate(groups) for key in group}
        told = [
            clash.Voice(party, claim, known[claim.id], archive.shares.get(party, 0.0))
            for claim in claims
            for party in archive.holders(claim)
            if not archive.is_outlet(party) and not {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux)
        ]
        two = [(a, b) for a, b in combinations(told, 2) if a.party != b.party and a.claim.id != b.claim.id]
        alike = pairs.likelihoods(((a.facts, b.facts) for a, b in two), weights, by)
        disputes = list(_disputes(crisis))
        rows, same, weigh = [], [], []
        of: list[str] = []
        for (a, b), likely in zip(two, alike, strict=True):
            one = group_of[a.claim.id] == group_of[b.claim.id]
            beside = a.claim.doc == b.claim.doc and abs(a.facts.paragraph - b.facts.paragraph) <= 1
            if not (one or beside or likely >= APART):
                continue
            dispute, counted = _in(disputes, a, b)
            if counted:
                continue
            rows.append(clash.signs(a, b, likely, one, weights))
            same.append(bool(dispute))
            of.append(dispute)
        shown = Counter(filter(None, of))
        total = sum(n**0.5 for n in shown.values()) or 1.0
        for dispute in of:
            share = shown[dispute] ** -0.5 / total if dispute else 0.0
            weigh.append(DISPUTE * len(shown) * share if dispute else REST / (of.count("") or 1))
        self.signs = np.array(rows, np.float64).reshape(-1, len(clash.SIGNS))
        self.same, self.weigh = np.array(same, bool), np.array(weigh, np.float64)


def _disputes(crisis: crises.Crisis) -> list[tuple[str, bool, list[set[str]], list[tuple[str, _Spans]]]]:
    """Of each dispute its id, whether it is of figures alone, who agree in it, and where each position is told."""
    texts = {d.id: d.text for d in crisis.documents}
    found = []
    for dispute in crisis.truth["disputes"]:
        held: list[tuple[str, _Spans]] = []
        for position in dispute["positions"]:
            spans: _Spans = {}
            for told in position["told"]:
                start = texts[told["doc"]].index(told["quote"])
                spans.setdefault(told["doc"], []).append((start, start + len(told["quote"])))
            held.append((position["party"], spans))
        agree = [set(two) for two in dispute.get("agree", [])]
        found.append((dispute["id"], set(dispute["kind"]) == {"count"}, agree, held))
    return found


def _in(
    disputes: list[tuple[str, bool, list[set[str]], list[tuple[str, _Spans]]]], a: clash.Voice, b: clash.Voice
) -> tuple[str, bool]:
    """The dispute in which two voices part, and whether they do in one of figures alone."""
    counted = False
    for name, figures, agree, held in disputes:
        for (p, of_p), (q, of_q) in permutations(held, 2):
            if a.party == p and b.party == q and {p, q} not in agree and _over(a, of_p) and _over(b, of_q):
                if not figures:
                    return name, False
                counted = True
    return "", counted


def _over(voice: clash.Voice, spans: _Spans) -> bool:
    return any(s < voice.claim.span.end and voice.claim.span.start < e for s, e in spans.get(voice.claim.doc, ()))


def fit(samples: list[Sample]) -> dict[str, Any]:
    x = np.concatenate([s.signs for s in samples])
    y, w = np.concatenate([s.same for s in samples]), np.concatenate([s.weigh for s in samples])
    return fit_linking.grow(x, y, w, TREES, DEPTH, RATE, LEAST, SHRINK)


def main() -> None:
    args = fit_linking.asked(__doc__)
    linked = fit_linking.load(args.claims, args.crises)
    names = sorted({name for name, _ in linked})
    order = list(range(len(pairs.SIGNS)))
    samples: dict[str, list[Sample]] = {}
    for folder in fit_linking.folders(args.crises):
        crisis = crises.load(folder)
        others = [s for (name, _), s in linked.items() if name != crisis.name]
        within, across = (trees(fit_linking.fit(others, w), order) for w in (True, False))
        for kind in ("gold", "read"):
            path = args.claims / kind / f"{crisis.name}.jsonl"
            with path.open(encoding="utf-8") as lines:
                claims = list(read_claims(lines, str(path)))
            model = pairs.Model(within, across, fit_linking.JOIN)
            samples.setdefault(crisis.name, []).append(Sample(crisis, claims, model))
    if args.folds:
        from sklearn.metrics import average_precision_score

        for name in names:
            grown = trees(fit([s for n, held in samples.items() if n != name for s in held]), range(10**6))
            for kind, sample in zip(("gold", "read"), samples[name], strict=True):
                if sample.same.any():
                    found = average_precision_score(sample.same, grown.likely(sample.signs))
                    print(f"{name} {kind}: {found:.2f} where chance has {sample.same.mean():.2f}", flush=True)
    if args.write:
        told = {
            "about": "Fitted by scripts/fit_clash.py; not to be changed by hand.",
            "archives": names,
            "parts": PARTS,
            "signs": clash.SIGNS,
            "trees": fit([s for held in samples.values() for s in held]),
        }
        TARGET.write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
