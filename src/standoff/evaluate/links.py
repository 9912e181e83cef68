"""How well things are put together that belong together: MUC, B-cubed, CEAF-e, and their mean, the CoNLL average.

Vilain et al. 1995; Bagga and Baldwin 1998; Luo 2005 (entity-based); Pradhan et al. 2012 for the average.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

Clusters = Sequence[frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 of each measure, and their mean."""

    muc: float
    b_cubed: float
    ceaf_e: float

    @property
    def conll(self) -> float:
        return (self.muc + self.b_cubed + self.ceaf_e) / 3


def score(key: Clusters, response: Clusters) -> Scores:
    """Response clusters against key clusters over the same members.

    >>> whole = [frozenset("abc"), frozenset("de")]
    >>> score(whole, whole).conll
    1.0
    >>> round(score(whole, [frozenset("ab"), frozenset("c"), frozenset("de")]).b_cubed, 3)
    0.846
    """
    of_key, of_response = _index(key), _index(response)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for member, at in of_key.items():
        if member in of_response:
            shared[(at, of_response[member])] += 1
    muc = _f1(_muc(response, of_key), _muc(key, of_response))
    n = len(of_key) or 1
    precision = sum(s * s / len(response[j]) for (_, j), s in shared.items()) / n
    recall = sum(s * s / len(key[i]) for (i, _), s in shared.items()) / n
    gain = {(i, j): 2 * s / (len(key[i]) + len(response[j])) for (i, j), s in shared.items()}
    best = _assigned(gain, len(key), len(response))
    ceaf = _f1(best / (len(response) or 1), best / (len(key) or 1))
    return Scores(muc, _f1(precision, recall), ceaf)


def _index(clusters: Clusters) -> dict[Hashable, int]:
    return {member: at for at, cluster in enumerate(clusters) for member in cluster}


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def _muc(clusters: Clusters, where: dict[Hashable, int]) -> float:
    """Share of the links of ``clusters`` that the other side has too."""
    kept = sum(len(c) - len({where.get(m, ("alone", m)) for m in c}) for c in clusters)
    links = sum(len(c) - 1 for c in clusters)
    return kept / links if links else 0.0


def _assigned(gain: dict[tuple[int, int], float], rows: int, columns: int) -> float:
    """The greatest total of a one-to-one assignment of key clusters to response clusters."""
    table = np.zeros((rows, columns))
    for (i, j), value in gain.items():
        table[i, j] = value
    return float(table[linear_sum_assignment(table, maximize=True)].sum())
