"""Fit the trees that say how likely what comparators find is a dispute, on archives whose truth is known; writes `reconcile/judging.json`.

    python scripts/fit_judging.py CLAIMS CRISES ... --apart FOLDER [--folds] [--write]

FOLDER holds trees of soundness fitted on the other archives (`scripts/fit_soundness.py --apart`); CLAIMS holds `gold/NAME.jsonl` and
`read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). What is found is found with the trees of `linking`, `counting` and `clash` as they ship. `--folds` prints how many of the disputes shown are right, each archive by trees
fitted on the others; those of the archives that the shipped trees were fitted on look surer so than they are, so what counts is
`tests/crises-unseen`, and news that people judged (`docs/accuracy.md`). Needs scikit-learn; ten minutes on two cores.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import few_reports
import fit_clash
import fitting
import numpy as np

from standoff.evaluate import crises
from standoff.model import Claim, DisputeState
from standoff.reconcile import judging, questions, soundness
from standoff.trees import trees

TREES, DEPTH, RATE, LEAST, SHRINK = 60, 3, 0.06, 12, 5.0
FEW = 0.3
"""What something found in a few reports of an archive weighs."""
SHOWN = 0.4
"""On seven archives held out 9 of 16 shown are right as read and 46 of 69 from gold claims (from .35 on 11 of 21 and 46 of 75), on seven of
real news 6 of 15 and 3 half (before soundness was a sign, from .35, 5 of 16 and 2); pages say from .6 on that it is sure."""
ALONE = 0.3
"""Of one report that is read alone: of shared/gold disputes' F1 is .59 (from .4 on .50), of 21 reports in seven languages, answered by a model, .53 (.44)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparator found: its signs, which disputes of the truth it is, whether it stands."""

    signs: list[float]
    of: frozenset[str]
    standing: bool
    weight: float = 1.0


def found(crisis: crises.Crisis, claims: list[Claim]) -> Iterator[Found]:
    """All that the comparators find in an archive."""
    by_id, drawn, archive, scenes = fitting.linked(crisis, claims)
    truth = fit_clash.disputes_of(crisis)
    for scene, put, _, dispute in questions.drawn(scenes, by_id, drawn, archive):
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


def of_folder(args: tuple[Path, Path, Path]) -> tuple[str, dict[str, list[Found]]]:
    """What is found in an archive, and in a few of its reports and in single ones as archives of their own."""
    kept, apart, folder = args
    crisis = crises.load(folder)
    told = json.loads((apart / f"{crisis.name}.json").read_text(encoding="utf-8"))
    by = trees(told, list(range(len(soundness.SIGNS))))
    soundness.model = lambda: by  # the incidents of an archive look sounder to trees that have seen it
    small = [*few_reports.of(crisis), *few_reports.single(crisis)]
    everything: dict[str, list[Found]] = {}
    for kind in ("gold", "read"):
        claims = fitting.claims_of(kept, kind, crisis.name)
        everything[kind] = list(found(crisis, claims))
        everything[f"few {kind}"] = [replace(one, weight=FEW) for few in small for one in found(few, claims)]
    return crisis.name, everything


def main() -> None:
    args = fitting.asked(__doc__, apart=True)
    told = fitting.by_archive(of_folder, args.crises, args.claims, args.apart)
    everything = {(name, kind): held for name, some in told.items() for kind, held in some.items()}
    if args.folds:
        folds(everything)
    if args.write:
        grown = {"shown": SHOWN, "alone": ALONE, "trees": fit([one for some in everything.values() for one in some])}
        fitting.write("judging.json", {name for name, _ in everything}, judging.SIGNS, grown)


if __name__ == "__main__":
    main()
