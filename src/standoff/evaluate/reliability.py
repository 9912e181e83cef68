"""Whether confidence can be believed: of claims at 0.8, are four in five right, on reports that the model has not seen?

A claim is right when it matches a coder's claim and has its actor, recipient and source right; claims that match optional
ones are left out. The model is fitted to all reports but one and tried on that one, for each in turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standoff import confidence
from standoff.evaluate.claims import STRICT, Gold, match
from standoff.evaluate.report import Table
from standoff.model import Claim
from standoff.records import claim_record

RIDGE = 2.0
"""How strongly weights are held to nought: the reports are few."""
STEPS = 25
FEWEST = 4
"""Reports."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Judged(NamedTuple):
    """A claim's features, and whether a coder agrees."""

    doc: str
    shown: dict[str, float]
    right: bool


def judge(golds: Sequence[Gold], coded: Mapping[str, Sequence[Claim]]) -> list[Judged]:
    """The claims of hand-coded reports, each judged."""
    found = []
    for gold in golds:
        claims = {claim.id: claim for claim in coded.get(gold.document.id, ())}
        agreed = {p["id"]: (g, slots) for g, p, slots in match(gold.claims, [claim_record(c) for c in claims.values()])}
        for key, claim in claims.items():
            g, slots = agreed.get(key, (None, {}))
            if g is not None and g.get("optional"):
                continue
            right = g is not None and all(slots[name] for name in STRICT)
            found.append(Judged(gold.document.id, confidence.features(claim), right))
    return found


def fit(judged: Sequence[Judged]) -> dict[str, float]:
    """Weights of a logistic model with a ridge, by Newton's method; the base rate is not held to nought."""
    names = list(judged[0].shown)
    shown = np.array([[one.shown[name] for name in names] for one in judged])
    right = np.array([float(one.right) for one in judged])
    ridge = RIDGE * np.diag([0.0 if name == "one" else 1.0 for name in names])
    by: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-shown @ by))
        curve = (shown.T * (p * (1 - p))) @ shown + ridge + 1e-9 * np.eye(len(names))
        by = by + np.linalg.solve(curve, shown.T @ (right - p) - ridge @ by)
    return {name: round(float(weight), 3) for name, weight in zip(names, by, strict=True)}


def held_out(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """The confidence of each claim by a model that has not seen its report, and whether the claim is right.

    None where the reports are too few, or all right or all wrong, so that there is nothing to fit.
    """
    found: list[tuple[float, bool]] = []
    docs = list(dict.fromkeys(one.doc for one in judged))
    if len(docs) < FEWEST or len({one.right for one in judged}) < 2:
        return found
    for doc in docs:
        by = fit([one for one in judged if one.doc != doc])
        found += [(confidence.probability(one.shown, by), one.right) for one in judged if one.doc == doc]
    return found


def curve(tried: Sequence[tuple[float, bool]]) -> Table:
    """Said and true shares by how sure, with Brier's score and that of saying the base rate of every claim."""
    rows = []
    for low, high in pairwise(BINS):
        held = [(said, right) for said, right in tried if low <= said < high or (high == 1.0 and said == 1.0)]
        if held:
            said = sum(p for p, _ in held) / len(held)
            true = sum(right for _, right in held) / len(held)
            rows.append((f"{low:.1f} to {high:.1f}", f"{said:.2f}", f"{true:.2f}", str(len(held))))
    base = sum(right for _, right in tried) / len(tried)
    brier = sum((said - right) ** 2 for said, right in tried) / len(tried)
    flat = sum((base - right) ** 2 for _, right in tried) / len(tried)
    rows.append(("Brier score (base rate's)", f"{brier:.3f}", f"{flat:.3f}", str(len(tried))))
    return Table("Confidence on reports held out", ("", "said", "right", "claims"), tuple(rows))
