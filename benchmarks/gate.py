"""What the gate costs in claims and spares in time.

``python benchmarks/gate.py`` reads generated news; with the folder of the corpora (``../shared``) it also prints how many
of the claims that are found without the gate are found with it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import stream

import standoff
from standoff.evaluate import airwars, claims, gva, plover, plv, statements
from standoff.language import gate
from standoff.language.pipeline import DEFAULT_MODEL
from standoff.model import Document


def corpora(shared: Path, limit: int) -> Iterator[tuple[str, list[str]]]:
    data = shared / "data"
    yield "gold", [one.document.text for one in claims.load(shared / "gold")]
    yield "polnear", [text for _, text, _ in statements.corpus(data / "polnear" / "dev")]
    yield "plv", [row.text for row in plv.rows(data / "plv" / "PLV_train.tsv")]
    yield "plover", [row.text for row in plover.rows(data / "plover" / "gold_standard_records.json.txt")]
    yield "gva", [gva._text(article) for article in gva._articles(data / "gva", limit)]
    yield "airwars", [one["assessment"] for one in airwars._incidents(data / "airwars", limit)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, default=300, help="articles of gva, and assessments of airwars")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    reader = gate.load(DEFAULT_MODEL)

    chance = random.Random(7)
    for kind, make in (("generated, other news", stream.other_report), ("generated, crises", stream.crisis_report)):
        texts = [make(chance) for _ in range(1000)]
        passed = sum(reader.read(text).passes for text in texts)
        print(f"{kind:24s} {len(texts):6d} texts, {passed / len(texts):7.2%} let through")
    if given.shared is None:
        return
    total = kept = 0
    for name, texts in corpora(given.shared, given.limit):
        found = held = passed = 0
        for number, text in enumerate(texts):
            told = standoff.extract(Document(f"{name}-{number}", text, ""))
            through = reader.read(text).passes
            passed += through
            found += len(told)
            held += len(told) if through else 0
            if told and not through and given.misses:
                print(f"    {reader.read(text)} {[(c.event, c.trigger.text) for c in told]} {text[:160]!r}")
        total, kept = total + found, kept + held
        print(
            f"{name:24s} {len(texts):6d} texts, {passed / len(texts):7.2%} let through, {held / found:7.2%} of {found} claims"
        )
    print(f"{'all corpora':24s} {kept / total:7.2%} of {total} claims")


if __name__ == "__main__":
    main()
