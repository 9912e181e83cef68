"""Fit the trees that say how likely what comparators find is a dispute, on archives whose truth is known; writes `reconcile/judging.json`.

    python scripts/fit_judging.py CLAIMS CRISES ... [--folds] [--write]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). What is found in an archive is
found with trees of `fit_counting.py` and `fit_clash.py` that were fitted on the others, or it would look surer than it is. `--folds`
prints how many of the disputes shown are right, each archive by trees fitted on the others. Needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import few_reports
import fit_clash
import fit_counting
import fitting
import numpy as np

from standoff.evaluate import crises
from standoff.model import Claim, DisputeState
from standoff.reconcile import clash, counting, incidents, judging, known, questions
from standoff.trees import trees

TREES, DEPTH, RATE, LEAST, SHRINK = 60, 3, 0.06, 12, 5.0
FEW = 0.3
"""What something found in a few reports of an archive weighs."""
SHOWN = 0.455
"""On the folds .55 of what is shown is right as read and .76 of gold claims; from .6 on, where pages say it is sure, .68 and .83."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparator found: its signs, which disputes of the truth it is, whether it stands."""

    signs: list[float]
    of: frozenset[str]
    standing: bool
    weight: float = 1.0


def found(crisis: crises.Crisis, claims: list[Claim]) -> Iterator[Found]:
    """All that the comparators find in an archive."""
    held = known.everywhere(fitting.within(crisis, claims))
    by_id = {c.id: c for c in held}
    drawn, archive = fitting.laid_out(held, crisis.documents)
    truth = fit_clash.disputes_of(crisis)
    for scene, put, _, dispute in questions.drawn(
        incidents.link(held, crisis.documents, drawn=drawn), by_id, drawn, archive
    ):
        if dispute is None:
            continue
        told = [(p.party, by_id[key]) for p in dispute.positions for key in p.claims]
        of = {
            one.id
            for one in truth
            if dispute.kind.value in one.kinds and any(one.parts(a, b) for a in told for b in told if a[0] != b[0])
        }
        yield Found(judging.signs(scene, put), frozenset(of), dispute.state is not DisputeState.SETTLED)


def fit(held: list[Found]) -> dict[str, Any]:
    x = np.array([one.signs for one in held], np.float64)
    y = np.array([bool(one.of) for one in held])
    w = np.array([one.weight for one in held])
    return fitting.grow(x, y, w * len(y) / w.sum(), TREES, DEPTH, RATE, LEAST, SHRINK)


def folds(everything: dict[tuple[str, str], list[Found]]) -> None:
    """What is shown and right from several limits on, a dispute that is found twice counted once."""
    order = list(range(len(judging.SIGNS)))
    likely: dict[tuple[str, str], list[float]] = {}
    for key, held in everything.items():
        rest = [one for (name, _), some in everything.items() if name != key[0] for one in some]
        rows = np.array([one.signs for one in held], np.float64).reshape(-1, len(judging.SIGNS))
        likely[key] = trees(fit(rest), order).likely(rows).tolist()
    for kind in ("gold", "read", "few gold", "few read"):
        for limit in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7):
            right = shown = 0
            for key, held in everything.items():
                told: set[str] = set()
                for sure, one in sorted(zip(likely[key], held, strict=True), key=lambda two: -two[0]):
                    if key[1] == kind and sure >= limit and one.standing and not (one.of and one.of <= told):
                        shown += 1
                        right += bool(one.of)
                        told |= one.of
            print(f"{kind}, from {limit}: {right} of {shown} right ({right / (shown or 1):.2f})", flush=True)


def main() -> None:
    args = fitting.asked(__doc__)
    counted = fit_counting.load(args.claims, args.crises)
    clashing = fit_clash.load(args.claims, args.crises)
    everything: dict[tuple[str, str], list[Found]] = {}
    for folder in fitting.folders(args.crises):
        crisis = crises.load(folder)
        others = [s for name, some in counted.items() if name != crisis.name for s in some]
        apart = [s for name, some in clashing.items() if name != crisis.name for s in some]
        by_figures = fit_counting.model(others)
        by_words = trees(fit_clash.fit(apart), range(len(clash.SIGNS))), fit_clash.PARTS
        counting.model = lambda by=by_figures: by  # type: ignore[assignment]
        clash.model = lambda by=by_words: by  # type: ignore[assignment]
        for kind in ("gold", "read"):
            claims = fitting.claims_of(args.claims, kind, crisis.name)
            everything[crisis.name, kind] = list(found(crisis, claims))
            everything[crisis.name, f"few {kind}"] = [
                replace(one, weight=FEW) for few in few_reports.of(crisis) for one in found(few, claims)
            ]
    if args.folds:
        folds(everything)
    if args.write:
        grown = {"shown": SHOWN, "trees": fit([one for some in everything.values() for one in some])}
        fitting.write("judging.json", {name for name, _ in everything}, judging.SIGNS, grown)


if __name__ == "__main__":
    main()
