"""Small decision trees whose values add up (gradient boosting), kept as data and walked without the library that grew them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Trees:
    """Small decision trees whose values add up; the first axis of each array is the tree, the second its nodes."""

    base: float
    sign: npt.NDArray[np.intp]
    most: npt.NDArray[np.float64]
    """A row goes left where its sign is at most this; -1 marks a leaf's sign, which leads back to itself."""
    unsaid: npt.NDArray[np.bool_]
    """Whether a row goes left where its sign cannot be said."""
    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]
    value: npt.NDArray[np.float64]
    depth: int

    def likely(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """How likely each row is what was learned, from 0 to 1; a row's number does not depend on the others."""
        import numpy as np

        trees, rows_ = np.arange(len(self.sign)), np.arange(len(rows))[:, None]
        at = np.zeros((len(rows), len(self.sign)), np.intp)
        for _ in range(self.depth):
            told = rows[rows_, self.sign[trees, at]]
            left = np.where(np.isnan(told), self.unsaid[trees, at], told <= self.most[trees, at])
            at = np.where(left, self.left[trees, at], self.right[trees, at])
        # Added up in one order, so that a row has the same number alone and among others.
        total = np.add.reduce(np.ascontiguousarray(self.value[trees, at].T), axis=0) + self.base
        return np.asarray(np.round(1 / (1 + np.exp(-total)), 6))

    def likelihoods(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The same of rows that are no array yet, and of none."""
        import numpy as np  # loaded where archives are reconciled, not by every command

        found: list[float] = self.likely(np.array(rows, np.float64)).tolist() if rows else []
        return found


def trees(told: Mapping[str, Any], order: Sequence[int]) -> Trees:
    """Trees as they are kept: a list of nodes each, ``[sign, at most, unsaid goes left, left, right]`` or ``[value]``."""
    import numpy as np

    held = told["trees"]
    shape = (len(held), max(map(len, held)))
    sign, left, right = (np.zeros(shape, np.intp) for _ in range(3))
    most, value = np.zeros(shape), np.zeros(shape)
    unsaid = np.zeros(shape, bool)
    for t, nodes in enumerate(held):
        for n, node in enumerate(nodes):
            if len(node) == 1:
                value[t, n], left[t, n], right[t, n] = node[0], n, n
            else:
                sign[t, n] = order[node[0]]
                most[t, n], unsaid[t, n], left[t, n], right[t, n] = node[1:]
    return Trees(told["base"], sign, most, unsaid, left, right, value, told["depth"])


def shipped(package: str, name: str, signs: Sequence[str]) -> tuple[dict[str, Any], list[int]]:
    """What a file of a package holds of fitted trees, and where each sign that they were fitted on stands among ``signs``."""
    told: dict[str, Any] = json.loads(resources.files(package).joinpath(name).read_text("utf-8"))
    return told, [signs.index(sign) for sign in told["signs"]]


def kept(fitted: Any, depth: int) -> dict[str, Any]:
    """A fitted ``HistGradientBoostingClassifier`` of scikit-learn as :func:`trees` reads it."""
    import numpy as np

    grown = []
    for (predictor,) in fitted._predictors:
        nodes: list[list[float]] = []
        for n in predictor.nodes:
            if n["is_leaf"]:
                nodes.append([round(float(n["value"]), 4)])
            else:
                way = [int(n["missing_go_to_left"]), int(n["left"]), int(n["right"])]
                nodes.append([int(n["feature_idx"]), float(f"{n['num_threshold']:.5g}"), *way])
        grown.append(nodes)
    return {"base": round(float(np.ravel(fitted._baseline_prediction)[0]), 4), "depth": depth, "trees": grown}
