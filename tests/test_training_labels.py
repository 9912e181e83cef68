"""The codes can be trained on by whoever has the public texts: each item brings its text or has its sentence ends here."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from training import clashing

LABELS = Path(__file__).parents[1] / "training"


def test_every_coded_item_has_its_text_or_its_sentence_ends() -> None:
    coded: set[str] = set()
    known = set(json.loads((LABELS / "labels" / "sentences.json").read_text("utf-8")))
    for path in sorted(LABELS.glob("labels*/*.txt")):
        for item in re.split(r"^#doc ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            coded.add(item.split()[0])
            if re.search(r"^\[\d+\]", item, re.MULTILINE):
                known.add(item.split()[0])
    assert len(coded) > 7_000
    assert coded <= known, sorted(coded - known)[:5]


def test_statements_that_cannot_both_hold_are_of_two_parties_of_one_happening() -> None:
    told = [pair for path in sorted((LABELS / "clashes").glob("*.jsonl")) for pair in clashing.pairs(path)]
    stands = Counter(pair.stand for pair in told)
    assert stands[clashing.CLASH] > 500
    assert stands[clashing.BOTH] > 3 * stands[clashing.CLASH]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"clash": [[0, 1, "who"]]}, "of one party"),
        ({"clash": [[0, 2, "why"]]}, "'why' is no question"),
        ({"clash": [[0, 3, "who"]]}, "another happening"),
        ({"clash": [[0, 9, "who"]]}, "no two statements"),
        ({"clash": [[0, 2, "who"]], "same": [[0, 2]]}, "clash and say the same"),
    ],
)
def test_a_happening_that_is_not_as_it_should_be_is_named(changed: dict[str, Any], fault: str, tmp_path: Path) -> None:
    said = [
        ("Chad", "its jets hit a camp"),
        ("Chad", "no jet flew"),
        ("Sudan", "a camp was bombed"),
        ("Sudan", "a well dried up"),
    ]
    statements = [{"party": party, "text": text} for party, text in said]
    statements[3]["other"] = True  # type: ignore[assignment]
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"statements": statements, "clash": [], "same": []} | changed) + "\n", "utf-8")
    with pytest.raises(ValueError, match=f"a.jsonl, line 1: .*{fault}"):
        list(clashing.pairs(path))
