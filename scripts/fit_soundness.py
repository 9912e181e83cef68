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
from collections import Counter, defaultdict
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import few_reports
import fitting
import numpy as np

from standoff.evaluate import crises
from standoff.model import Claim
from standoff.reconcile import incidents, known, soundness
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
    held = list(known.everywhere(fitting.within(crisis, claims)))
    by_id = {c.id: c for c in held}
    drawn, archive = fitting.laid_out(held, crisis.documents)
    spans = _spans(crisis)
    rows, sound = [], []
    for incident in incidents.link(held, crisis.documents, drawn=drawn):
        scene = Scene(incident, (by_id[key] for key in incident.claims), drawn, archive)
        rows.append(soundness.signs(scene))
        sound.append(_is_sound(scene, spans, crisis))
    return Sample(np.array(rows, np.float64).reshape(-1, len(soundness.SIGNS)), np.array(sound, bool), weight)


def _spans(crisis: crises.Crisis) -> dict[str, list[tuple[int, int, int]]]:
    """By report, where the truth quotes a happening, and which."""
    texts = {d.id: d.text for d in crisis.documents}
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, happening in enumerate(crisis.truth["happenings"]):
        for told in happening["told"]:
            if told["doc"] in texts:
                found[told["doc"]].append((*fitting.span_of(texts, told), number))
    return found


def _is_sound(scene: Scene, spans: dict[str, list[tuple[int, int, int]]], crisis: crises.Crisis) -> bool:
    of: Counter[int] = Counter()
    for claim in scene.told:
        beside = [
            (min(end, claim.span.end) - max(start, claim.span.start), number)
            for start, end, number in spans[claim.doc]
            if start < claim.span.end and claim.span.start < end
        ]
        if beside:
            of[max(beside)[1]] += 1
    if not of:
        return False
    (number, told), *_ = of.most_common(1)
    return 2 * told > len(scene.told) and scene.heading.event in crisis.truth["happenings"][number]["event"]


def fit(samples: list[Sample]) -> dict[str, Any]:
    x, y = np.concatenate([s.rows for s in samples]), np.concatenate([s.sound for s in samples])
    w = np.concatenate([np.full(len(s.sound), s.weight) for s in samples])
    return fitting.grow(x, y, w, TREES, DEPTH, RATE, LEAST, SHRINK)


def tell(name: str, likely: np.ndarray, sound: np.ndarray) -> None:
    """How many incidents are sound, of those that are held to be so from several limits on."""
    told = [f"from {limit} {sound[likely >= limit].sum()} of {(likely >= limit).sum()}" for limit in LIMITS]
    print(f"{name}: {sound.sum()} of {len(sound)} sound; {', '.join(told)}", flush=True)


def apart(samples: dict[str, list[Sample]]) -> dict[str, dict[str, Any]]:
    """Of each archive, the trees fitted on the others."""
    return {name: fit([s for other, some in samples.items() if other != name for s in some]) for name in samples}


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
    with get_context("spawn").Pool() as pool:
        found = pool.map(of_folder, [(args.claims, folder) for folder in fitting.folders(args.crises)], chunksize=1)
    samples = dict(found)
    others = apart(samples) if args.folds or args.apart else {}
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
