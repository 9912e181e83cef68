"""What the fits of the trees of `reconcile/` share: their command line, the archives and kept claims, growing the trees and keeping them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import few_reports
import numpy as np

from standoff.evaluate import crises
from standoff.model import Claim, Document
from standoff.reconcile import facts, incidents, known, pairs, voices
from standoff.reconcile.facts import Facts
from standoff.reconcile.scene import Archive, Scene, scenes
from standoff.records import read_claims
from standoff.trees import kept

RECONCILE = Path(__file__).parent.parent / "src/standoff/reconcile"
T = TypeVar("T")


def asked(about: str | None, held: bool = False, apart: bool = False) -> argparse.Namespace:
    """What the command line of a fit says: CLAIMS CRISES … [--folds] [--write], and perhaps --held CLAIMS CRISES and --apart FOLDER."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    parser.add_argument("crises", type=Path, nargs="+")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--write", action="store_true")
    if held:
        parser.add_argument("--held", type=Path, nargs=2, metavar=("CLAIMS", "CRISES"))
    if apart:
        parser.add_argument("--apart", type=Path, metavar="FOLDER")
    return parser.parse_args()


def grow(
    x: np.ndarray, y: np.ndarray, w: np.ndarray, number: int, depth: int, rate: float, least: int, shrink: float
) -> dict[str, Any]:
    """Trees by gradient boosting, as they are kept."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    # What is hardly ever said: the library takes part of the rows to set its limits by, and fails where none of them says it.
    x[:, (~np.isnan(x)).sum(axis=0) < max(1, len(x) // SELDOM)] = 0.0
    fitted = HistGradientBoostingClassifier(
        max_depth=depth,
        max_iter=number,
        learning_rate=rate,
        l2_regularization=shrink,
        min_samples_leaf=least,
        random_state=1,
    ).fit(x, y, sample_weight=w)
    return kept(fitted, depth)


SELDOM = 1_000
"""A sign that fewer than one row in so many says is left out."""


def claims_of(claims: Path, kind: str, name: str) -> list[Claim]:
    """The claims that were kept of an archive, ``gold`` or ``read``."""
    path = claims / kind / f"{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        return list(read_claims(lines, str(path)))


def folders(roots: Sequence[Path]) -> list[Path]:
    """The archives of some folders, by name."""
    return sorted((p.parent for root in roots for p in root.glob("*/truth.json")), key=lambda p: p.name)


def samples(
    claims: Path, roots: Sequence[Path], make: Callable[[crises.Crisis, list[Claim], float], T]
) -> dict[str, list[T]]:
    """What is made of every archive, by its name: of gold claims and of those read, first of the whole, then of few of its reports,
    which weigh less. What is made of few reports is given the claims of all."""
    found: dict[str, list[T]] = {}
    for crisis in map(crises.load, folders(roots)):
        held = [claims_of(claims, kind, crisis.name) for kind in ("gold", "read")]
        found[crisis.name] = [make(crisis, some, 1.0) for some in held]
        found[crisis.name] += [make(few, some, few_reports.WEIGHT) for few in few_reports.of(crisis) for some in held]
    return found


def by_archive(make: Callable[..., tuple[str, T]], roots: Sequence[Path], *given: Path) -> dict[str, T]:
    """What is made of every archive, by its name, in processes of their own; ``make`` has what is given and the archive's folder."""
    with get_context("spawn").Pool() as pool:
        return dict(pool.map(make, [(*given, folder) for folder in folders(roots)], chunksize=1))


def within(crisis: crises.Crisis, claims: Iterable[Claim]) -> list[Claim]:
    """The claims of its reports alone."""
    docs = {d.id for d in crisis.documents}
    return [c for c in claims if c.doc in docs]


def laid_out(claims: Sequence[Claim], documents: Sequence[Document]) -> tuple[dict[str, Facts], Archive]:
    """What claims are compared by, and what is known of their reports."""
    drawn = facts.of_claims(claims, documents)
    return drawn, Archive.of(claims, documents, voices.of_claims(claims, documents), pairs.Weights(drawn.values()))


class Linked(NamedTuple):
    """The incidents that linking makes of the claims of an archive, laid out."""

    claims: dict[str, Claim]
    facts: dict[str, Facts]
    archive: Archive
    scenes: list[Scene]


def linked(crisis: crises.Crisis, claims: Iterable[Claim]) -> Linked:
    held = known.everywhere(within(crisis, claims))
    by_id = {c.id: c for c in held}
    drawn, archive = laid_out(held, crisis.documents)
    found = incidents.link(held, crisis.documents, drawn=drawn)
    return Linked(by_id, drawn, archive, scenes(found, by_id, drawn, archive))


def apart(samples: Mapping[str, Sequence[T]], fit: Callable[[list[T]], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Of each archive, the trees fitted on the others."""
    return {name: fit([s for other, some in samples.items() if other != name for s in some]) for name in samples}


def span_of(texts: Mapping[str, str], told: crises.Row) -> tuple[int, int]:
    """Where a quote of the truth stands in its report."""
    start = texts[told["doc"]].index(told["quote"])
    return start, start + len(told["quote"])


def write(target: str, archives: Iterable[str], signs: Sequence[str], grown: Mapping[str, Any]) -> None:
    """Keep what was fitted beside the module that asks it."""
    told = {
        "about": f"Fitted by scripts/fit_{Path(target).stem}.py; not to be changed by hand.",
        "archives": sorted(archives),
        "signs": signs,
        **grown,
    }
    (RECONCILE / target).write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")
