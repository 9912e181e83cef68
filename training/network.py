"""The network: a MiniLM encoder and its heads, all from one pass.

``triggers`` a PLOVER type (or none) for each piece; ``cues`` whether a piece begins the cue of a statement; ``aux`` and ``modes``
of a piece, asked only at triggers; and roles, found by trigger × piece in two ways that are added: a query of the trigger against a
key of every piece, one pair a role (a biaffine scorer, Dozat and Manning 2017), and a small layer over the trigger, the piece and
the distance between them. What both need leaves the network as it is, so that pairs are scored for the triggers alone.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from training.examples import AUX, KIN, ROLES, SAID, TYPES

WIDTH = 32
"""Numbers in one query and one key."""

LAYER = 96
"""Width of the layer over trigger, piece and distance."""

REACH = 64
"""Distances, in pieces, that are told apart; farther ones count as this."""

SCORED = len(ROLES) + len(SAID)
PAIRS = SCORED + len(KIN)
FLAGS = (*AUX, "reciprocal")


class Reader(nn.Module):
    def __init__(self, base: Path, modes: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager", attention_probs_dropout_prob=0.0)
        self.encoder.pooler = None
        hidden = self.encoder.config.hidden_size
        self.triggers = nn.Linear(hidden, len(TYPES) + 1)
        self.cues = nn.Linear(hidden, 2)
        self.aux = nn.Linear(hidden, len(FLAGS))
        self.modes = nn.Linear(hidden, modes)
        self.asks = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, PAIRS * WIDTH))
        self.keys = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, PAIRS * (WIDTH + 1)))
        self.heads = nn.Linear(hidden, LAYER)
        self.tails = nn.Linear(hidden, LAYER)
        self.distance = nn.Embedding(2 * REACH + 1, LAYER)
        self.role = nn.Linear(LAYER, SCORED)
        with torch.no_grad():  # most words are no trigger and no cue
            self.triggers.bias[0] = 4.0
            self.cues.bias[0] = 3.0
            self.role.weight.mul_(0.1)
            self.distance.weight.mul_(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        h = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return (
            self.triggers(h), self.cues(h), self.aux(h), self.modes(h), self.asks(h), self.keys(h), self.heads(h), self.tails(h),
        )  # fmt: skip

    def scores(self, at: Tensor, ask: Tensor, keys: Tensor, head: Tensor, tails: Tensor) -> Tensor:
        """``(triggers, SCORED, pieces)`` logits: for triggers at pieces ``at``, with their ``ask`` and ``head``, against ``keys``
        ``(triggers, pieces, PAIRS * (WIDTH + 1))`` and ``tails`` ``(triggers, pieces, LAYER)``."""
        n, pieces, _ = keys.shape
        q = ask.view(n, PAIRS, WIDTH)[:, :SCORED]
        k = keys.view(n, pieces, PAIRS, WIDTH + 1)[:, :, :SCORED]
        pairs = (
            torch.einsum("nrw,nprw->nrp", q, k[..., :WIDTH]) / math.sqrt(WIDTH) + k[..., WIDTH].permute(0, 2, 1) - 3.0
        )
        far = (torch.arange(pieces)[None] - at[:, None]).clamp(-REACH, REACH) + REACH
        layer = torch.relu(head[:, None] + tails + self.distance(far))
        return pairs + self.role(layer).permute(0, 2, 1)


def widen(net: Reader, held: dict[str, Tensor]) -> None:
    """Load weights that may have been trained before the last parts were added."""
    own = net.state_dict()
    for name, tensor in held.items():
        if tensor.shape == own[name].shape:
            own[name] = tensor
        else:
            own[name][: len(tensor)] = tensor
    net.load_state_dict(own)


def kin(ask: Tensor, key: Tensor) -> Tensor:
    """``(phrases, names, KIN)`` logits; ``ask`` ``(phrases, PAIRS * WIDTH)`` and ``key`` ``(names, PAIRS * (WIDTH + 1))`` are means."""
    q = ask.view(len(ask), PAIRS, WIDTH)[:, SCORED:]
    k = key.view(len(key), PAIRS, WIDTH + 1)[:, SCORED:]
    return torch.einsum("mrw,nrw->mnr", q, k[..., :WIDTH]) / math.sqrt(WIDTH) + k[..., WIDTH][None] - 1.0
