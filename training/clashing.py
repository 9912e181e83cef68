"""Statements about one happening of which some cannot both hold (``training/clashes``): reads them, and says what is wrong in them.

python -m training.clashing FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

QUESTIONS = frozenset({
    "happened", "who", "whom", "what", "how many", "how ended", "who asked", "who mediated", "what was agreed",
    "what was said", "who began",
})  # fmt: skip
CLASH, SAME, BOTH = "clash", "same", "both hold"


class Pair(NamedTuple):
    """Two statements about one happening, how they stand to each other, and the question on which they part, if they do."""

    first: str
    second: str
    stand: str
    question: str = ""


def pairs(path: Path) -> Iterator[Pair]:
    """Every pair of statements of every happening of a file.

    Raises:
        ValueError: a line is not as ``training/clashes/README.md`` says; the message names the file and the line.
    """
    with path.open(encoding="utf-8") as lines:
        for at, line in enumerate(lines, 1):
            try:
                one = json.loads(line)
                if faults := wrong(one):
                    raise ValueError("; ".join(faults))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}, line {at}: {error}") from error
            texts = [said["text"] for said in one["statements"]]
            parted = {(a, b): question for a, b, question in one["clash"]}
            same = {(a, b) for a, b in one["same"]}
            for two in combinations(range(len(texts)), 2):
                stand = CLASH if two in parted else SAME if two in same else BOTH
                yield Pair(texts[two[0]], texts[two[1]], stand, parted.get(two, ""))


def wrong(one: dict[str, Any]) -> list[str]:
    """What is wrong with a happening: a pair of one party, of another happening or of no statements, or a question that there is not."""
    said, parted, same = one["statements"], one["clash"], one["same"]
    found = [f"{a} and {b} are no two statements" for a, b, *_ in [*parted, *same] if not 0 <= a < b < len(said)]
    if found:
        return found
    found += [f"{question!r} is no question" for _, _, question in parted if question not in QUESTIONS]
    found += [f"{a} and {b} are of one party" for a, b, _ in parted if said[a]["party"] == said[b]["party"]]
    found += [
        f"{a} or {b} is of another happening" for a, b, _ in parted if said[a].get("other") or said[b].get("other")
    ]
    both = {(a, b) for a, b, _ in parted} & {(a, b) for a, b in same}
    found += [f"{a} and {b} clash and say the same" for a, b in sorted(both)]
    twice = [text for text, n in Counter(s["text"] for s in said).items() if n > 1]
    return found + [f"twice: {text!r}" for text in twice]


def main() -> None:
    told = [pair for path in sorted(Path(sys.argv[1]).glob("*.jsonl")) for pair in pairs(path)]
    stands = Counter(pair.stand for pair in told)
    print(f"{len(told)} pairs: " + ", ".join(f"{n} {stand}" for stand, n in stands.most_common()))
    asked = Counter(pair.question for pair in told if pair.question)
    print("they part on: " + ", ".join(f"{question} {n}" for question, n in asked.most_common()))


if __name__ == "__main__":
    main()
