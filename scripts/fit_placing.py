"""Fit the trees that say where an incident was, of the places that its claims name; writes `reconcile/placing.json`.

    python scripts/fit_placing.py CLAIMS CRISES ... [--folds] [--write] [--held CLAIMS CRISES]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). Of every incident of which more
than half lies on what the truth quotes of one happening, each place named is right where it is the happening's, or stands in what the
truth quotes of it. `--folds` prints of the incidents held to be sound whose place is right, of those that are given one, by trees fitted
on the other archives and by what most claims name; `--held` of archives that are not fitted on. Needs scikit-learn; five minutes on two cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import few_reports
import fitting
import numpy as np
from fit_linking import happening_of, most_told

from standoff.evaluate import crises
from standoff.model import Claim
from standoff.reconcile import placing
from standoff.reconcile.facts import place_of
from standoff.reconcile.soundness import SOUND
from standoff.spelling import sounded
from standoff.trees import Trees, trees

TREES, DEPTH, RATE, LEAST, SHRINK = 80, 3, 0.06, 25, 5.0
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7)
GOLD, FEW = 0.5, 0.3
"""What an incident of gold claims weighs, and one of a few reports of an archive."""
KINDS = ("gold", "read")


@dataclass(frozen=True, slots=True)
class Sample:
    """One incident: the signs of each place of those that its claims name that may be its, and whether it is right."""

    rows: np.ndarray
    right: np.ndarray
    kind: str
    """Of gold claims or of those read, of a whole archive or of a few reports of it."""
    weight: float
    sound: bool
    """Whether it is held to be one happening, rightly named."""
    most: bool | None
    """Whether the place that most claims name is right; null where :func:`facts.place_of` has none."""


def sample(crisis: crises.Crisis, claims: list[Claim], kind: str, weight: float) -> list[Sample]:
    linked = fitting.linked(crisis, claims)
    of = happening_of(crisis, list(linked.claims.values()))
    happenings = {happening["id"]: happening for happening in crisis.truth["happenings"]}
    found = []
    for scene in linked.scenes:
        head = scene.heading
        weighed = placing.signs(head.deeds, head.telling, scene.facts)
        most = place_of(head.deeds)
        happening = happenings.get(most_told(scene, of))
        if happening is None or not (weighed or most):
            continue
        right = [_is_there(name, happening) for name in weighed]
        found.append(
            Sample(
                np.array(list(weighed.values()), np.float64).reshape(-1, len(placing.SIGNS)),
                np.array(right, bool),
                kind,
                weight / max(1, len(right)) ** 0.5,
                scene.sound >= SOUND,
                _is_there(most, happening) if most else None,
            )
        )
    return found


def _is_there(name: str, happening: crises.Row) -> bool:
    place = sounded(name)
    own = [sounded(one) for one in (happening.get("place") or "").replace(" and ", ",").split(",") if one.strip()]
    told = [sounded(quote["quote"]) for quote in happening["told"]]
    return bool(place) and any(place in one or (one in own and one in place) for one in (*own, *told) if one)


def fit(samples: Sequence[Sample]) -> dict[str, Any]:
    x, y = np.concatenate([s.rows for s in samples]), np.concatenate([s.right for s in samples])
    w = np.concatenate([np.full(len(s.right), s.weight) for s in samples])
    return fitting.grow(x, y, w, TREES, DEPTH, RATE, LEAST, SHRINK)


def tell(called: str, by: Sequence[tuple[Sample, Trees]]) -> None:
    """How many incidents have the right place, of those that are given one, by what most claims name and by the trees."""
    most = [s.most for s, _ in by if s.most is not None]
    chosen = [
        (float(likely.max()), bool(s.right[likely.argmax()]))
        for s, grown in by
        if len(s.right)
        for likely in [grown.likely(s.rows)]
    ]
    told = [f"from {m} {sum(ok for p, ok in chosen if p >= m)} of {sum(p >= m for p, _ in chosen)}" for m in LIMITS]
    print(f"{called}: {len(by)} incidents, by most {sum(most)} of {len(most)}; {', '.join(told)}", flush=True)


def of_folder(args: tuple[Path, Path]) -> tuple[str, list[Sample]]:
    """The incidents of an archive: of gold claims and of those read, then of few of its reports as archives of their own."""
    kept, folder = args
    crisis = crises.load(folder)
    held = {kind: fitting.claims_of(kept, kind, crisis.name) for kind in KINDS}
    whole = [one for kind in KINDS for one in sample(crisis, held[kind], kind, GOLD if kind == "gold" else 1.0)]
    few = [
        one
        for some in few_reports.of(crisis)
        for kind in KINDS
        for one in sample(some, held[kind], f"few, {kind}", FEW)
    ]
    return crisis.name, whole + few


def main() -> None:
    args = fitting.asked(__doc__, held=True)
    samples = fitting.by_archive(of_folder, args.crises, args.claims)
    order = list(range(len(placing.SIGNS)))
    if args.folds:
        others = {name: trees(told, order) for name, told in fitting.apart(samples, fit).items()}
        for kind in (*KINDS, "few, gold", "few, read"):
            tell(
                kind, [(s, others[name]) for name, some in samples.items() for s in some if s.kind == kind and s.sound]
            )
    grown = {"trees": fit([s for some in samples.values() for s in some])}
    if args.held:
        by = trees(grown["trees"], order)
        kept, root = args.held
        some = fitting.by_archive(of_folder, [root], kept)
        for kind in KINDS:
            tell(f"held out, {kind}", [(s, by) for held in some.values() for s in held if s.kind == kind and s.sound])
    if args.write:
        fitting.write("placing.json", samples, placing.SIGNS, grown)


if __name__ == "__main__":
    main()
