"""How well two coders agree, each blind to the other: the ceiling of what a reader can be measured by.

python -m training.agreement --first training/labels training/labels-test --second training/labels-second --pool pool.json

The second coder's codes are scored against the first's as a reader's claims are against gold (``standoff.evaluate.claims``).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from standoff.evaluate.claims import match
from standoff.language import pipeline
from standoff.model import Document
from training import gold, labels
from training.examples import Example

STRICT = ("actor", "recipient", "source")


def told(example: Example, doc: Any) -> list[dict[str, Any]]:
    """The codes of an item as the claims of a reader."""
    made = []
    for number, one in enumerate(example.happenings):
        claim = gold.claim(example, doc, number, one)
        trigger = {"start": one.trigger[0], "end": one.trigger[1]}
        place = {"name": claim.get("place", "")}
        made.append({**claim, "event": claim["event"][0], "trigger": trigger, "event_loc": place})
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=Path, nargs="+", required=True)
    parser.add_argument("--second", type=Path, required=True)
    parser.add_argument("--pool", type=Path, required=True)
    given = parser.parse_args()
    first = {e.id: e for folder in given.first for e in labels.load(folder, given.pool)[0]}
    texts = json.loads(given.pool.read_text(encoding="utf-8"))
    texts.update({e.id: {"text": e.text, "sents": e.sentences} for e in first.values()})
    faults = labels.Faults()
    second = [e for path in sorted(given.second.glob("*.txt")) for e in labels.read(path, texts, faults)]
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    found = wanted = both = strict = 0
    for example in second:
        doc = pipeline.annotate(Document(example.id, example.text, "0" * 64))
        golds = [gold.claim(first[example.id], doc, n, h) for n, h in enumerate(first[example.id].happenings)]
        claims = told(example, doc)
        pairs = match(golds, claims)
        found, wanted, both = found + len(claims), wanted + len(golds), both + len(pairs)
        for _, _, slots in pairs:
            strict += all(slots[slot] for slot in STRICT)
            for slot, same in slots.items():
                asked[slot] += 1
                right[slot] += same
    print(f"{len(second)} items, {len(faults.lines)} codes not read")
    print(f"events F1 {2 * both / (found + wanted):.3f}  strict F1 {2 * strict / (found + wanted):.3f}")
    print("  ".join(f"{slot} {right[slot] / asked[slot]:.2f} ({asked[slot]})" for slot in sorted(asked)))


if __name__ == "__main__":
    main()
