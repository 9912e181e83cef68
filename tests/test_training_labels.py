"""The codes can be trained on by whoever has the public texts: each item brings its text or has its sentence ends here."""

from __future__ import annotations

import json
import re
from pathlib import Path

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
