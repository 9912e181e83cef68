"""Packs a trained reader for shipping: ONNX, int8, with a manifest that pins its sha256.

python -m training.pack --base MODEL --weights reader.pt --name 2026-11 --out src/standoff/language/reading/weights
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime.quantization as quantization
import torch
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.examples import KIN, ROLES, SAID, TYPES
from training.modes import MODES
from training.network import FLAGS, WIDTH, Reader, widen

THRESHOLDS = {
    "trigger": 0.5, "cue": 0.5, "role": 0.5, "grow": 0.35, "mode": 0.5, "flag": 0.5,
    "least recipient": 0.07, "least place": 0.07,
}  # fmt: skip
"""``least``: where nothing in a role is surer, its surest words stand from here on (``reading/decode.py``)."""


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of runs that went on from one another: nearer to what they agree on than the last of them."""
    return {k: torch.stack([s[k] for s in states]).float().mean(0).to(v.dtype) for k, v in states[0].items()}


def unsigned(path: Path) -> None:
    """Weights as unsigned bytes around 128: the same numbers, and on processors without VNNI the same sums.

    There ONNX Runtime adds products of unsigned and signed bytes in 16 bits, which overflow (events of shared/gold were .927 and not
    .934), and those of unsigned ones exactly.
    """
    model = onnx.load(path)
    held = {one.name: one for one in model.graph.initializer}
    names = {
        name
        for node in model.graph.node
        if node.op_type == "MatMulInteger"
        for name in node.input[1::2]
        if name in held
    }
    for name in names:
        values = onnx.numpy_helper.to_array(held[name])
        if values.dtype == np.int8:
            shifted = (values.astype(np.int16) + 128).astype(np.uint8)
            held[name].CopyFrom(onnx.numpy_helper.from_array(shifted, name))
    onnx.save(model, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, nargs="+", help="of several, their mean")
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--thresholds", type=Path)
    given = parser.parse_args()
    net = Reader(given.base, len(MODES))
    widen(net, mean([torch.load(path) for path in given.weights]))
    net.eval()
    given.out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 20000, (1, 24))
    names = ["triggers", "cues", "flags", "modes", "asks", "keys", "heads", "tails"]
    with tempfile.TemporaryDirectory() as folder:
        full, ready = Path(folder) / "full.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            net, (ids, torch.ones_like(ids)), str(full), input_names=["ids", "mask"], output_names=names, opset_version=17, dynamo=False,
            dynamic_axes={n: {0: "batch", 1: "pieces"} for n in ["ids", "mask", *names]},
        )  # fmt: skip
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        quantization.quantize_dynamic(
            str(ready),
            str(given.out / "reader.onnx"),
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
        )
    unsigned(given.out / "reader.onnx")
    np.savez(
        given.out / "scorer.npz",
        distance=net.distance.weight.detach().numpy().astype(np.float16),
        weight=net.role.weight.detach().numpy().astype(np.float16),
        bias=net.role.bias.detach().numpy().astype(np.float16),
    )
    shutil.copy(given.base / "tokenizer.json", given.out / "tokenizer.json")
    weights = (given.out / "reader.onnx").read_bytes()
    thresholds = dict(THRESHOLDS)
    if given.thresholds:
        thresholds.update(json.loads(given.thresholds.read_text()))
    manifest = {
        "name": given.name, "sha256": hashlib.sha256(weights).hexdigest(), "types": TYPES, "modes": MODES, "flags": FLAGS,
        "roles": ROLES, "said": SAID, "kin": KIN, "width": WIDTH, "thresholds": thresholds,
    }  # fmt: skip
    (given.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(f"{len(weights) / 1e6:.1f} MB", manifest["sha256"])


if __name__ == "__main__":
    main()
