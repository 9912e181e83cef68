"""Fits what weighs whom a phrase means (``standoff.language.reading.whom``) to phrases coded with their party, and shows what it is worth.

    python -m training.whom --fit --labels training/labels --pool pool.json --held training/held.txt --deciding training/deciding.txt \\
        --more training/labels-held training/labels-deciding --test CODES:pool.json

The kinds of words learn from every item that the network was trained on; the trees, whose signs are the network's own ties, only from
items that it was not: the sentences of ``held.txt``, ``deciding.txt`` and the folders ``--more``. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from standoff.language import attribution, pipeline
from standoff.language.reading import whom
from standoff.model import Document
from standoff.trees import kept, trees
from training import labels
from training.examples import Example

WEIGHTS = Path(whom.__file__).parent / "weights"
LEAST = 3
"""A word counts from so many phrases on."""
TREES, DEPTH, RATE, SHRINK, FEWEST = 80, 4, 0.08, 3.0, 25


@dataclass(frozen=True, slots=True)
class Coded:
    """One phrase with the keys that its coder accepts."""

    gold: frozenset[str]
    doc: Doc
    phrase: whom.Phrase


def phrases(examples: Sequence[Example]) -> Iterator[Coded]:
    """Every coded phrase of the examples, where the coder gave each phrase of a role its code."""
    for example in examples:
        day = date.fromisoformat(example.published) if example.published else None
        doc = pipeline.annotate(Document(example.id, example.text, "0" * 64, published=day))
        for happening in example.happenings:
            at = happening.trigger[0]
            speakers = attribution.who_speaks(attribution.chain(doc, at, at))
            for role in ("actor", "recipient", "source"):
                spans, codes = happening.roles.get(role, []), happening.codes.get(role, [])
                if len(spans) != len(codes):
                    continue
                for span, code in zip(spans, codes, strict=True):
                    one = whom.phrase(doc, *span, role, speakers)
                    if one is not None:
                        gold = {c.strip() for c in re.split(r"[|,/]", code) if c.strip()} or {"UNK"}
                        yield Coded(frozenset(gold), doc, one)


def fit_kinds(told: Sequence[tuple[list[str], frozenset[str]]]) -> whom.Kinds:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    often = Counter(w for words, _ in told for w in words)
    column = {w: i for i, w in enumerate(sorted(w for w, n in often.items() if n >= LEAST))}
    at = [(i, column[w]) for i, (words, _) in enumerate(told) for w in words if w in column]
    rows, columns = (np.array(x) for x in zip(*at, strict=True))
    x = csr_matrix((np.ones(len(at)), (rows, columns)), shape=(len(told), len(column)))
    y = [whom.KINDS.index(whom.kind_of(min(gold))) for _, gold in told]
    fitted = LogisticRegression(C=1.0, max_iter=300).fit(x, y)
    weights, bias = np.zeros((len(column), len(whom.KINDS)), np.float32), np.full(len(whom.KINDS), -8.0, np.float32)
    weights[:, fitted.classes_] = fitted.coef_.T
    bias[fitted.classes_] = fitted.intercept_
    return whom.Kinds(column, weights, bias)


def fit_trees(told: Sequence[Coded], by: whom.Kinds) -> dict[str, object]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows, right = [], []
    for one in told:
        keys, signs = whom.weighed(one.doc, one.phrase, by)
        if one.gold & set(keys):
            rows.append(signs)
            right += [key in one.gold for key in keys]
    fitted = HistGradientBoostingClassifier(
        max_depth=DEPTH, max_leaf_nodes=8, max_iter=TREES, learning_rate=RATE, l2_regularization=SHRINK,
        min_samples_leaf=FEWEST, random_state=1,
    ).fit(np.concatenate(rows), np.array(right))  # fmt: skip
    return {"signs": list(whom.SIGNS), **kept(fitted, DEPTH)}


def show(name: str, told: Sequence[Coded], by: whom.Kinds, grown: dict[str, object]) -> None:
    """The share of phrases whose likeliest party the coder has too, in all and by how likely it is said to be."""
    weigh = trees(grown, range(len(whom.SIGNS)))
    said: dict[int, list[bool]] = {}
    for one in told:
        keys, signs = whom.weighed(one.doc, one.phrase, by)
        likely = weigh.likely(signs)
        best = int(np.argmax(likely))
        said.setdefault(min(9, int(likely[best] * 10)), []).append(keys[best] in one.gold)
    every = [x for held in said.values() for x in held]
    print(f"{name}: {len(every)} phrases, right {np.mean(every):.3f}")
    print("  said → right: " + "  ".join(f".{b}→{np.mean(x):.2f} ({len(x)})" for b, x in sorted(said.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--deciding", type=Path, required=True)
    parser.add_argument("--more", nargs="*", type=Path, default=[])
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--test", nargs="*", default=[], metavar="LABELS[:POOL]")
    given = parser.parse_args()
    held, deciding = (set(path.read_text().split()) for path in (given.held, given.deciding))
    tests = {e for e in held if e.startswith("own-r")}
    examples, _ = labels.load(given.labels, given.pool)
    if given.fit:
        learned = [e for e in examples if e.id not in held | deciding]
        by = fit_kinds([(whom.words(one.phrase), one.gold) for one in phrases(learned)])
        aside = [e for e in examples if e.id in (held - tests) | deciding]
        for more in given.more:
            aside += labels.load(more, given.pool)[0]
        grown = fit_trees(list(phrases(aside)), by)
        np.savez_compressed(
            WEIGHTS / "kinds.npz",
            words="\n".join(by.column),
            weights=by.weights.astype(np.float16),
            bias=by.bias.astype(np.float16),
        )
        (WEIGHTS / "whom.json").write_text(json.dumps(grown, separators=(",", ":")) + "\n", encoding="utf-8")
        whom.kinds.cache_clear()
        whom.model.cache_clear()
    by, grown = whom.kinds(), json.loads((WEIGHTS / "whom.json").read_text("utf-8"))
    show("reports held out", list(phrases([e for e in examples if e.id in tests])), by, grown)
    for test in given.test:
        folder, _, pool = test.partition(":")
        found, _ = labels.load(Path(folder), Path(pool) if pool else given.pool)
        show(folder, list(phrases(found)), by, grown)


if __name__ == "__main__":
    main()
