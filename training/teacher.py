"""Codes that a teacher gave to the public texts: ``teacher.jsonl``, offsets and codes only, a text a line.

The teacher is standoff 0.1.0's hand-written reader (commit 566151d), which the learned one replaced; what it found on the pool of
free texts was kept here before it was removed. It is right for about two in three events, so it only warms up the heads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.examples import AUX, LOSSES, Example, Happening, Said

WEIGHT = 0.6


def read(path: Path, texts: dict[str, dict]) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        item = texts.get(told["id"])
        if item is None:
            continue
        # The teacher overlooks more than it invents: where it found nothing, nothing is learned.
        example = Example(
            told["id"], item["text"], [tuple(s) for s in item["sents"]], [], [],
            frozenset({"triggers"} if told["events"] else ()) | frozenset({"cues"} if told["said"] else ()), weight=WEIGHT,
        )  # fmt: skip
        for e in told["events"]:
            example.happenings.append(
                Happening(
                    tuple(e["trigger"]),
                    e["type"],
                    tuple(e["modes"]),
                    frozenset(e["aux"]) & frozenset(AUX),
                    e["reciprocal"],
                    {r: [tuple(s) for s in spans] for r, spans in e["roles"].items()},
                    knows=frozenset({"actor", "recipient", "place", "time", "source", *LOSSES}),
                )  # fmt: skip
            )
        for s in told["said"]:
            example.said.append(
                Said(tuple(s["cue"]), [tuple(x) for x in s["speaker"]], [tuple(x) for x in s["content"]])
            )
        yield example
