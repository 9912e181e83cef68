"""Fit the trees that say how likely two figures count the same losses, on archives whose truth is known; writes `reconcile/counting.json`.

    python scripts/fit_counting.py CLAIMS CRISES ... [--folds] [--write]

CLAIMS holds `gold/NAME.jsonl` and `read/NAME.jsonl` (as `scripts/reconcile_crises.py --keep` leaves them). Two figures count the same
where the truth says the same of both (its `of`, of one happening and scope). `--folds` prints how well figures of two parties come
together on each archive with trees fitted on the others. Needs scikit-learn.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import fitting
import numpy as np
from fit_clash import Dispute, disputes_of

from standoff.evaluate import crises
from standoff.model import Claim
from standoff.reconcile import counting, incidents, known, pairs
from standoff.reconcile.figures import apart
from standoff.reconcile.scene import Archive
from standoff.trees import trees

TREES, DEPTH, RATE, LEAST, SHRINK = 90, 4, 0.08, 20, 5.0
LEAST_ONE = 0.35
"""From so likely on, on the whole, figures are of one loss."""


class Sample:
    """Pairs of figures of one archive whose truth is known, and whether they count the same losses."""

    def __init__(self, crisis: crises.Crisis, claims: list[Claim], weight: float) -> None:
        claims = list(known.everywhere(fitting.within(crisis, claims)))
        drawn, archive = fitting.laid_out(claims, crisis.documents)
        self.figures = counting.told(claims, drawn, archive)
        linked = incidents.link(claims, crisis.documents, drawn=drawn)
        weighed = counting.Pairs(self.figures, archive, linked, pairs.model())
        rows = np.array(weighed.rows, np.float64).reshape(-1, len(counting.SIGNS))
        of = _counted(crisis, self.figures)
        known_ = [k for k, (i, j) in enumerate(weighed.two) if of[i] and of[j]]
        self.two = [weighed.two[k] for k in known_]
        self.one = rows[known_], np.array([of[i] == of[j] for i, j in self.two], bool), weight
        disputes = [d for d in disputes_of(crisis) if "count" in d.kinds]
        rival = [k for k, (i, j) in enumerate(weighed.two) if self._rival(i, j, archive)]
        self.parts = rows[rival], np.array([self._parted(disputes, *weighed.two[k]) for k in rival], bool), weight

    def _rival(self, i: int, j: int, archive: Archive) -> bool:
        """Whether two figures of two parties that speak for themselves do not meet."""
        a, b = self.figures[i], self.figures[j]
        named = [{p for p in one.parties if not archive.is_outlet(p)} for one in (a, b)]
        return all(named) and not named[0] & named[1] and apart(a.figure, b.figure)

    def _parted(self, disputes: list[Dispute], i: int, j: int) -> bool:
        a, b = self.figures[i], self.figures[j]
        return any(d.parts((p, a.claim), (q, b.claim)) for d in disputes for p in a.parties for q in b.parties)


def _counted(crisis: crises.Crisis, figures: list[counting.Told]) -> list[tuple[str, ...]]:
    """What each figure counts by the truth; empty where the truth does not have it."""
    texts = {d.id: d.text for d in crisis.documents}
    rows: dict[str, list[tuple[int, int, Any]]] = defaultdict(list)
    for row in crisis.truth["figures"]:
        rows[row["doc"]].append((*fitting.span_of(texts, row), row))
    found = []
    for one in figures:
        span = next((c.span for c in one.claim.counts if c.high == one.figure.high), None) or one.claim.span
        best = max(
            (
                (min(end, span.end) - max(start, span.start), str(row["happening"]), str(row["of"]), str(row["scope"]))
                for start, end, row in rows[one.claim.doc]
                if start < one.claim.span.end and one.claim.span.start < end
                if _kind(row["kind"]) == _kind(one.figure.kind.value)
                if {one.figure.low, one.figure.high} & {row["low"], row["high"]}
            ),
            default=(0, "", "", ""),
        )
        found.append(best[1:] if best[1] else ())
    return found


def _kind(kind: str) -> str:
    return "captured" if kind == "arrested" else kind


def fit(held: list[tuple[np.ndarray, np.ndarray, float]]) -> dict[str, Any]:
    """Every archive weighs alike, whatever its number of figures; a few of its reports less."""
    x, y = np.concatenate([rows for rows, _, _ in held]), np.concatenate([truth for _, truth, _ in held])
    w = np.concatenate([np.full(len(truth), weight / max(FEWEST, len(truth))) for _, truth, weight in held])
    return fitting.grow(x, y, w * len(y) / w.sum(), TREES, DEPTH, RATE, LEAST, SHRINK)


FEWEST = 20
"""Of so few pairs each weighs no more than of so many."""


def folds(samples: dict[str, list[Sample]]) -> None:
    """Pairs of figures of two parties that come together, and that are held to part, with trees fitted on the other archives."""
    order = list(range(len(counting.SIGNS)))
    held = {}
    for name in samples:
        rest = [s for n, some in samples.items() if n != name for s in some]
        held[name] = trees(fit([s.one for s in rest]), order), trees(fit([s.parts for s in rest]), order)
    for least in (0.25, 0.35, 0.45, 0.55):
        for kind in (0, 1):
            together, parting = [], []
            for name, (one, parts) in held.items():
                sample = samples[name][kind]
                keys = map(str, range(len(sample.figures)))
                likely = one.likely(sample.one[0]).tolist()
                groups = incidents.cluster(
                    keys, ((str(a), str(b), p) for (a, b), p in zip(sample.two, likely, strict=True)), least
                )
                group_of = {key: at for at, group in enumerate(groups) for key in group}
                together += [
                    (group_of[str(i)] == group_of[str(j)], same)
                    for (i, j), same in zip(sample.two, sample.one[1], strict=True)
                    if not sample.figures[i].parties & sample.figures[j].parties
                ]
                parting += [*zip(parts.likely(sample.parts[0]) >= least, sample.parts[1], strict=True)]
            print(f"from {least}, {('gold', 'read')[kind]}: one {_told(together)}, part {_told(parting)}", flush=True)


def _told(found: list[tuple[bool, bool]]) -> str:
    right, shown, wanted = (sum(map(bool, some)) for some in ((a and b for a, b in found), *zip(*found, strict=True)))
    return f"P {right / (shown or 1):.2f} R {right / (wanted or 1):.2f}"


def load(claims: Path, roots: list[Path]) -> dict[str, list[Sample]]:
    """The samples of every archive by its name: of gold claims and of those read, first of the whole, then of few of its reports."""
    return fitting.samples(claims, roots, Sample)


def grown(samples: list[Sample]) -> dict[str, Any]:
    return {"least": LEAST_ONE, "one": fit([s.one for s in samples]), "parts": fit([s.parts for s in samples])}


def main() -> None:
    args = fitting.asked(__doc__)
    samples = load(args.claims, args.crises)
    if args.folds:
        folds(samples)
    if args.write:
        fitting.write("counting.json", samples, counting.SIGNS, grown([s for held in samples.values() for s in held]))


if __name__ == "__main__":
    main()
