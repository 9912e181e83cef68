"""The learned reader's network at run time: ONNX Runtime over the weights that lie in ``weights/``.

Windows are run one at a time: with dynamic int8 the scale of a batch's numbers depends on what else is in it, and a report's
claims must not depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the weights were trained to tell, in the order of their outputs."""

    name: str
    sha256: str
    types: tuple[str, ...]
    modes: tuple[str, ...]
    flags: tuple[str, ...]
    roles: tuple[str, ...]
    said: tuple[str, ...]
    kin: tuple[str, ...]
    width: int
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window; the first axis is its pieces, without [CLS] and [SEP]."""

    triggers: Array
    """``(pieces, 1 + types)`` probabilities."""
    cues: Array
    """``(pieces,)`` probabilities."""
    flags: Array
    """``(pieces, flags)`` probabilities, to be asked at triggers alone."""
    modes: Array
    asks: Array
    """``(pieces, pairs, width)``."""
    keys: Array
    """``(pieces, pairs, width + 1)``."""

    heads: Array
    tails: Array
    """``(pieces, layer)``: what a trigger and what a piece bring to the layer over both and their distance."""


class Network:
    """The weights, loaded once for a process."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        told: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.manifest = Manifest(
            told["name"], told["sha256"], tuple(told["types"]), tuple(told["modes"]), tuple(told["flags"]),
            tuple(told["roles"]), tuple(told["said"]), tuple(told["kin"]), told["width"], told["thresholds"],
        )  # fmt: skip
        weights = folder / "reader.onnx"
        found = hashlib.sha256(weights.read_bytes()).hexdigest()
        if found != self.manifest.sha256:
            raise ModelError(
                f"reader weights {weights}",
                f"sha256 is {found[:12]}…, not {self.manifest.sha256[:12]}…",
                "install standoff again",
            )
        with np.load(folder / "scorer.npz") as scorer:
            self.distance, self.weight, self.bias = (
                scorer[k].astype(np.float32) for k in ("distance", "weight", "bias")
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # many reports are read side by side by processes, not by threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(weights), options, providers=_providers(onnxruntime))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def roles(self, scores: Scores, at: int, pairs: slice) -> Array:
        """``(roles, pieces)`` probabilities that each piece stands in each role of the trigger (or cue) at a piece."""
        ask, keys = scores.asks[at, pairs], scores.keys[:, pairs]
        width = ask.shape[-1]
        logits = np.einsum("rw,prw->rp", ask, keys[..., :width]) / np.sqrt(width) + keys[..., width].T - 3.0
        reach = (len(self.distance) - 1) // 2
        far = np.clip(np.arange(len(keys)) - at, -reach, reach) + reach
        layer = np.maximum(scores.heads[at] + scores.tails + self.distance[far], 0.0)
        logits = logits + self.weight[pairs] @ layer.T + self.bias[pairs, None]
        return _sigmoid(np.asarray(logits, dtype=np.float32))

    def run(self, ids: Sequence[int]) -> Scores:
        given = np.asarray([ids], dtype=np.int64)
        triggers, cues, flags, modes, asks, keys, heads, tails = self.session.run(
            None, {"ids": given, "mask": np.ones_like(given)}
        )
        width = self.manifest.width
        inner = slice(1, -1)
        pieces = given.shape[1] - 2
        return Scores(
            _softmax(triggers[0, inner]),
            _softmax(cues[0, inner])[:, 1],
            _sigmoid(flags[0, inner]),
            _sigmoid(modes[0, inner]),
            asks[0, inner].reshape(pieces, -1, width),
            keys[0, inner].reshape(pieces, -1, width + 1),
            heads[0, inner],
            tails[0, inner],
        )


def _providers(onnxruntime: Any) -> list[str]:
    """A GPU where one is, else the processor."""
    there = set(onnxruntime.get_available_providers())
    return [p for p in ("CUDAExecutionProvider", "ROCMExecutionProvider") if p in there] + ["CPUExecutionProvider"]


def _sigmoid(x: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


@cache
def network() -> Network:
    """The weights that are shipped.

    Raises:
        ModelError: the file is not the one whose sha256 the manifest holds.
    """
    return Network(Path(str(resources.files("standoff") / "language" / "reading" / "weights")))
