"""Trains the reader. Two stages: what public corpora and the teacher know, then our own codes.

python -m training.train --base MODEL --ewt FOLDER --pool docs.json --labels training/labels --out reader.pt
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from training import corpora, labels, names, teacher, windows
from training.examples import ROLES, SAID, Example
from training.modes import MODES
from training.network import FLAGS, Reader, kin, widen
from training.noise import Noise

_PROCESSOR = Path("/proc/cpuinfo")
HALVES = _PROCESSOR.exists() and "bf16" in _PROCESSOR.read_text(encoding="utf-8")
"""Whether the processor multiplies short numbers itself: half the time where it does, twenty times as long where it does not."""
MODE_AT = {name: i for i, name in enumerate(MODES)}


def batches(items: list[windows.Window], pieces: int, rng: random.Random) -> list[list[windows.Window]]:
    order = sorted(items, key=lambda w: len(w.ids) + rng.random() * 12)
    made: list[list[windows.Window]] = []
    now: list[windows.Window] = []
    for w in order:
        if now and (len(now) + 1) * max(len(w.ids), *(len(x.ids) for x in now)) > pieces:
            made.append(now)
            now = []
        now.append(w)
    if now:
        made.append(now)
    rng.shuffle(made)
    return made


def loss(net: Reader, batch: list[windows.Window]) -> tuple[torch.Tensor, dict[str, float]]:
    size = max(len(w.ids) for w in batch)
    ids = torch.zeros(len(batch), size, dtype=torch.long)
    mask = torch.zeros_like(ids)
    want = torch.full((len(batch), size), -100)
    cue = torch.full((len(batch), size), -100)
    for i, w in enumerate(batch):
        n = len(w.ids)
        ids[i, :n] = torch.tensor(w.ids)
        mask[i, :n] = 1
        if w.triggers is not None:
            want[i, :n] = torch.from_numpy(w.triggers)
        if w.cues is not None:
            cue[i, :n] = torch.from_numpy(w.cues)
    triggers, cues, aux, modes, asks, keys, heads, tails = net(ids, mask)
    parts: dict[str, torch.Tensor] = {}
    if (want >= 0).any():
        each = F.cross_entropy(triggers.transpose(1, 2), want, ignore_index=-100, reduction="none")
        parts["trigger"] = each.sum() / max(1, int((want > 0).sum())) * 2.0
    if (cue >= 0).any():
        each = F.cross_entropy(cues.transpose(1, 2), cue, ignore_index=-100, reduction="none")
        parts["cue"] = each.sum() / max(1, int((cue > 0).sum())) * 0.5
    at = [(i, e) for i, w in enumerate(batch) for e in w.events]
    if at:
        rows = torch.tensor([i for i, _ in at])
        cols = torch.tensor([e[0] for _, e in at])
        gold = torch.zeros(len(at), len(ROLES), size)
        known = torch.zeros(len(at), len(ROLES))
        flags = torch.zeros(len(at), len(FLAGS))
        flags_known = torch.zeros(len(at), len(FLAGS))
        mode = torch.zeros(len(at), len(MODES))
        mode_known = torch.zeros(len(at))
        for n, (_, (_, roles, knows, have, knows_aux, told, kind)) in enumerate(at):
            for r, role in enumerate(ROLES):
                if role in knows:
                    known[n, r] = 1
                    gold[n, r, roles.get(role, [])] = 1
            for a, name in enumerate(FLAGS):
                if name in knows_aux or (name == "reciprocal" and kind is not None):
                    flags_known[n, a] = 1
                    flags[n, a] = float(name in have)
            if kind is not None:
                mode_known[n] = 1
                for m in told:
                    mode[n, MODE_AT[m]] = 1
        inside = mask[rows].clone()
        inside[:, 0] = 0
        logits = net.scores(cols, asks[rows, cols], keys[rows], heads[rows, cols], tails[rows])[:, : len(ROLES)]
        each = F.binary_cross_entropy_with_logits(logits, gold, reduction="none")
        each = (each * inside[:, None, :]).sum(-1) * known
        parts["roles"] = each.sum() / len(at) * 0.4
        each = F.binary_cross_entropy_with_logits(aux[rows, cols], flags, reduction="none") * flags_known
        parts["aux"] = each.sum() / max(1, len(at)) * 0.4
        if mode_known.any():
            each = F.binary_cross_entropy_with_logits(modes[rows, cols], mode, reduction="none").sum(-1) * mode_known
            parts["mode"] = each.sum() / float(mode_known.sum()) * 0.3
    at2 = [(i, s) for i, w in enumerate(batch) for s in w.sayings]
    if at2:
        rows = torch.tensor([i for i, _ in at2])
        cols = torch.tensor([s[0] for _, s in at2])
        gold = torch.zeros(len(at2), len(SAID), size)
        for n, (_, (_, roles)) in enumerate(at2):
            for r, role in enumerate(SAID):
                gold[n, r, roles[role]] = 1
        inside = mask[rows].clone()
        inside[:, 0] = 0
        logits = net.scores(cols, asks[rows, cols], keys[rows], heads[rows, cols], tails[rows])[:, len(ROLES) :]
        each = F.binary_cross_entropy_with_logits(logits, gold, reduction="none") * inside[:, None, :]
        parts["said"] = each.sum() / len(at2) * 0.2
    each_kin = [
        k for i, w in enumerate(batch) if w.phrases and w.names and (k := _kin(asks[i], keys[i], w)) is not None
    ]
    if each_kin:
        parts["kin"] = torch.stack(each_kin).mean() * 0.5
    total = torch.stack(list(parts.values())).sum() * float(np.mean([w.weight for w in batch]))
    return total, {k: float(v.detach()) for k, v in parts.items()}


def _kin(asks: torch.Tensor, keys: torch.Tensor, w: windows.Window) -> torch.Tensor:
    """Which names of a window share party or country with which phrases. A name inside the phrase itself is not asked."""
    ask = torch.stack([asks[at].mean(0) for at, _ in w.phrases])
    key = torch.stack([keys[at].mean(0) for at, _, _ in w.names])
    gold = torch.zeros(len(w.phrases), len(w.names), 2)
    asked = torch.zeros_like(gold)
    for i, (pieces, codes) in enumerate(w.phrases):
        lands = {c.partition("-")[0] for c in codes}
        for j, (at, party, land) in enumerate(w.names):
            inside = bool(set(at) & set(pieces))
            if party:
                gold[i, j, 0] = float(party in codes)
                asked[i, j, 0] = 0.3 if inside else 1.0
            if land:
                gold[i, j, 1] = float(land in lands)
                asked[i, j, 1] = 0.3 if inside else 1.0
    each = F.binary_cross_entropy_with_logits(kin(ask, key), gold, reduction="none") * asked
    return each.sum() / len(w.phrases)


def run(
    net: Reader,
    items: list[windows.Window],
    epochs: float,
    rate: float,
    seed: int,
    pieces: int,
    note: str,
    noise: Noise | None = None,
) -> None:
    rng = random.Random(seed)
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in net.named_parameters() if n.startswith("encoder.") and "word_embeddings" not in n]
    net.encoder.embeddings.word_embeddings.weight.requires_grad = False
    optimiser = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": rate * 5}], weight_decay=0.01)
    plan = [b for _ in range(math.ceil(epochs)) for b in batches(items, pieces, rng)]
    plan = plan[: int(len(plan) * epochs / math.ceil(epochs))]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (0.08 * len(plan) + 1)) * max(0.02, (len(plan) - s) / len(plan))
    )
    net.train()
    began, seen, ema = time.time(), 0, {}
    for step, batch in enumerate(plan):
        optimiser.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
            total, parts = loss(net, [noise.of(w) for w in batch] if noise is not None else batch)
        total.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        seen += sum(len(w.ids) for w in batch)
        for k, v in parts.items():
            ema[k] = 0.97 * ema.get(k, v) + 0.03 * v
        if step % 100 == 0 or step == len(plan) - 1:
            told = " ".join(f"{k} {v:.3f}" for k, v in sorted(ema.items()))
            print(f"{note} {step}/{len(plan)} {seen / (time.time() - began):.0f} pieces/s {told}", flush=True)


def prepare(examples: list[Example], tokenizer: Tokenizer) -> list[windows.Window]:
    return [w for e in examples for w in windows.of(e, tokenizer, MODE_AT)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--ewt", type=Path)
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=float, default=1.0, help="epochs over public corpora and teacher")
    parser.add_argument("--second", type=float, default=8.0, help="epochs over our own codes")
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--noise", action="store_true", help="show our own codes as careless copies have them, too")
    parser.add_argument("--held", type=Path, help="ids that are not trained on, one a line")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    held = set(given.held.read_text().split()) if given.held else set()
    net = Reader(given.base, len(MODES))
    if given.start:
        widen(net, torch.load(given.start))
    rng = random.Random(given.seed)
    if given.first:
        public: list[Example] = []
        if given.ewt:
            public += list(corpora.ewt(given.ewt))
        if given.teacher:
            public += [e for e in teacher.read(given.teacher, json.loads(given.pool.read_text())) if e.id not in held]
        rng.shuffle(public)
        items = prepare(public[: given.limit], tokenizer)
        print(len(items), "windows", sum(len(w.ids) for w in items), "pieces", flush=True)
        run(net, items, given.first, given.rate, given.seed, 1400, "first")
        torch.save(net.state_dict(), given.out)
    if given.labels:
        own, faults = labels.load(given.labels, given.pool)
        own = [e for e in own if e.id not in held]
        names.add(own)
        print(len(own), "items of ours,", len(faults.lines), "codes not read", flush=True)
        items = prepare(own, tokenizer)
        run(
            net,
            items,
            given.second,
            given.rate,
            given.seed + 1,
            900,
            "second",
            Noise(tokenizer, given.seed) if given.noise else None,
        )
        torch.save(net.state_dict(), given.out)


if __name__ == "__main__":
    main()
