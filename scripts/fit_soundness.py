"""Fit the trees that say how likely an incident is one happening of the kind that its headline says; writes `reconcile/soundness.json`.

    python scripts/fit_soundness.py CLAIMS CRISES ... [--folds] [--write] [--held CLAIMS CRISES] [--apart FOLDER]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). An incident is one happening
where more than half of its claims lie on what the truth quotes of one, and of its kind where the truth gives that one its headline's type.
`--folds` prints how well that is told of each archive by trees fitted on the others, `--held` of archives that are not fitted on, and
`--apart` keeps the trees fitted on the others, by archive, for `scripts/fit_judging.py`, whose archives would look sounder to trees that
have seen them. Needs scikit-learn; five minutes on two cores.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import few_reports
import fitting
import numpy as np
from fit_linking import happening_of, most_told

from standoff.evaluate import crises
from standoff.model import Claim
from standoff.reconcile import soundness
from standoff.reconcile.scene import Scene
from standoff.trees import trees

TREES, DEPTH, RATE, LEAST, SHRINK = 120, 4, 0.06, 20, 5.0
LIMITS = (0.4, 0.5, 0.6, 0.7, 0.8)
FEW = 0.3
"""What an incident of a few reports of an archive weighs."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The incidents of one archive, with their signs, and whether each is sound."""

    rows: np.ndarray
    sound: np.ndarray
    weight: float


def sample(crisis: crises.Crisis, claims: list[Claim], weight: float) -> Sample:
    linked = fitting.linked(crisis, claims)
    of = happening_of(crisis, list(linked.claims.values()))
    events = {happening["id"]: happening["event"] for happening in crisis.truth["happenings"]}
    rows = np.array([soundness.signs(scene) for scene in linked.scenes], np.float64).reshape(-1, len(soundness.SIGNS))
    return Sample(rows, np.array([_is_sound(scene, of, events) for scene in linked.scenes], bool), weight)


def _is_sound(scene: Scene, of: Mapping[str, str], events: Mapping[str, Sequence[str]]) -> bool:
    """``of`` is the happening of each claim, ``events`` the types of each."""
    most = most_told(scene, of)
    return bool(most) and scene.heading.event in events[most]


def fit(samples: list[Sample]) -> dict[str, Any]:
    x, y = np.concatenate([s.rows for s in samples]), np.concatenate([s.sound for s in samples])
    w = np.concatenate([np.full(len(s.sound), s.weight) for s in samples])
    return fitting.grow(x, y, w, TREES, DEPTH, RATE, LEAST, SHRINK)


def tell(name: str, likely: np.ndarray, sound: np.ndarray) -> None:
    """How many incidents are sound, of those that are held to be so from several limits on."""
    told = [f"from {limit} {sound[likely >= limit].sum()} of {(likely >= limit).sum()}" for limit in LIMITS]
    print(f"{name}: {sound.sum()} of {len(sound)} sound; {', '.join(told)}", flush=True)


def folds(samples: dict[str, list[Sample]], others: dict[str, dict[str, Any]]) -> None:
    """What trees fitted on the other archives tell of each."""
    order = list(range(len(soundness.SIGNS)))
    for kind, called in enumerate(("gold", "read")):
        likely = [trees(others[name], order).likely(held[kind].rows) for name, held in samples.items()]
        tell(called, np.concatenate(likely), np.concatenate([held[kind].sound for held in samples.values()]))


def held_out(claims: Path, root: Path, told: dict[str, Any]) -> None:
    by = trees(told, list(range(len(soundness.SIGNS))))
    for kind in ("gold", "read"):
        some = [
            sample(c, fitting.claims_of(claims, kind, c.name), 1.0) for c in map(crises.load, fitting.folders([root]))
        ]
        rows, sound = np.concatenate([s.rows for s in some]), np.concatenate([s.sound for s in some])
        tell(f"held out, {kind}", by.likely(rows), sound)


def of_folder(args: tuple[Path, Path]) -> tuple[str, list[Sample]]:
    """The samples of an archive: of gold claims and of those read, then of few of its reports as archives of their own."""
    kept, folder = args
    crisis = crises.load(folder)
    held = [fitting.claims_of(kept, kind, crisis.name) for kind in ("gold", "read")]
    found = [sample(crisis, claims, 1.0) for claims in held]
    return crisis.name, found + [sample(few, claims, FEW) for few in few_reports.of(crisis) for claims in held]


def main() -> None:
    args = fitting.asked(__doc__, held=True, apart=True)
    samples = fitting.by_archive(of_folder, args.crises, args.claims)
    others = fitting.apart(samples, fit) if args.folds or args.apart else {}
    if args.folds:
        folds(samples, others)
    if args.apart:
        args.apart.mkdir(parents=True, exist_ok=True)
        for name, told in others.items():
            (args.apart / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    grown = {"trees": fit([s for held in samples.values() for s in held])}
    if args.held:
        held_out(*args.held, grown["trees"])
    if args.write:
        fitting.write("soundness.json", samples, soundness.SIGNS, grown)


if __name__ == "__main__":
    main()
