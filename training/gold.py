"""Our codes as gold folders (``text``, ``gold.json``), which ``standoff evaluate`` scores.

Figures are what the grammar of numbers makes of the coded words: the codes say which words tell of a loss, not its value.

python -m training.gold --labels training/labels --pool docs.json --ids held.txt --out FOLDER
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from standoff.language import numbers, pipeline
from standoff.language.reading import figures
from standoff.language.reading.decode import Part
from standoff.model import SPOKEN, CountKind, Document
from training import labels
from training.examples import Example, Happening

ACCEPTED = {"future", "negation", "hypothetical", "attempted", "historical"}


def claim(example: Example, doc: Doc, number: int, one: Happening) -> dict[str, Any]:
    sentence = next(s for s in example.sentences if s[0] <= one.trigger[0] < s[1] + 2)
    inside = [
        s
        for r, spans in one.roles.items()
        if r != "source"
        for s in spans
        if sentence[0] <= s[0] and s[1] <= sentence[1]
    ]
    spans = [one.trigger, *inside]
    coded = {r: [_key(c) for c in one.codes.get(r, [])] for r in ("actor", "recipient", "source")}
    made: dict[str, Any] = {
        "id": f"g{number}", "start": min(s for s, _ in spans), "end": max(e for _, e in spans), "event": [one.type],
        "actor": [c for c in coded["actor"] if c != "UNK"], "recipient": [c for c in coded["recipient"] if c != "UNK"],
        "sources": coded["source"], "aux": sorted(_modes(one)),
    }  # fmt: skip
    made["evidence"] = example.text[made["start"] : made["end"]]
    parts = tuple(Part(k.value, s, e, 1.0) for k in CountKind for s, e in one.roles.get(k.value, []))
    told = figures.counts(doc, parts, numbers.find(doc)) if parts else ()
    made["counts"] = [{"kind": c.kind.value, "low": c.low, "high": c.high} for c in told]
    if one.reciprocal:
        made["reciprocal"] = True
    if made["actor"] and not one.reciprocal and not any(s in inside for s in one.roles.get("actor", [])):
        # Who did it is left empty where the sentence names nobody; the obvious party is accepted too (codebook, rule 23).
        made["alternatives"] = [{"actor": made["actor"]}]
        made["actor"] = []
    if one.modes:
        made["mode"] = list(one.modes)
    if one.type in SPOKEN and not coded["source"]:
        made["any_source"] = True
    if "historical" in one.aux:
        made["optional"] = True
    places = [example.text[s:e] for s, e in one.roles.get("place", [])]
    if places and places[0][:1].isupper():
        made["place"] = places[0]
    return made


def _modes(one: Happening) -> set[str]:
    """What is told as unsure is hypothetical in the records, which know no finer word (``reading.events`` reads it so too)."""
    return (one.aux & ACCEPTED) | ({"hypothetical"} if "hedged" in one.aux else set())


def _key(code: str) -> str:
    return code.split("|")[0].split(",")[0].strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--ids", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    wanted = set(given.ids.read_text().split()) if given.ids else None
    examples, _ = labels.load(given.labels, given.pool)
    for example in examples:
        if wanted is not None and example.id not in wanted:
            continue
        doc = pipeline.annotate(Document(example.id, example.text, "0" * 64))
        folder = given.out / example.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "article.txt").write_text(example.text, encoding="utf-8")
        made = {
            "doc": example.id,
            "text": "article.txt",
            "claims": [claim(example, doc, n, h) for n, h in enumerate(example.happenings)],
            "disputes": [],
        }
        if example.published:
            made["published"] = example.published
        (folder / "gold.json").write_text(json.dumps(made, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
