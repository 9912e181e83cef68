"""Figures read as casualty recorders read them, and how near that comes to Airwars' published ranges.

``read`` turns a quantity into a range under a named convention (``lexicon/conventions.toml``). It is a view: the
quantity keeps its words, and what a convention says nothing about stays unread.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import spacy
from scipy.stats import rankdata
from spacy.language import Language
from spacy.tokens import Doc

from standoff import claims as claim_stage
from standoff import lexicon
from standoff.errors import SettingsError
from standoff.language import pipeline
from standoff.language.totals import grouped
from standoff.model import CountKind, Document
from standoff.reconcile import dossier

Range = tuple[int | None, int | None]
FIELDS = {CountKind.KILLED: "killed", CountKind.INJURED: "injured"}


class Figure(Protocol):
    """What can be read: a ``Quantity`` or a ``LossCount``."""

    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def vague(self) -> bool: ...
    @property
    def text(self) -> str: ...


def conventions() -> tuple[str, ...]:
    """Names of the conventions."""
    return tuple(sorted(lexicon.load("conventions")))


def read(quantity: Figure, convention: str) -> Range:
    """Lowest and highest number that a figure stands for under a convention; (None, None) where it says nothing.

    >>> from standoff.language.numbers import Quantity
    >>> dozens = Quantity(None, None, None, "dozens", 0, 1, vague=True)
    >>> read(dozens, "airwars"), read(dozens, "acled"), read(dozens, "ucdp")
    ((12, 24), (12, 12), (None, None))
    >>> read(Quantity(40, 50, None, "40 to 50", 0, 3), "acled")
    (40, 40)

    Raises:
        SettingsError: there is no such convention.
    """
    rules = lexicon.load("conventions").get(convention)
    if rules is None:
        raise SettingsError(f"convention {convention!r}", "not known", f"use one of {', '.join(conventions())}")
    if not quantity.vague:
        return (quantity.low, quantity.low) if rules["range"] == "low" else (quantity.low, quantity.high)
    for pattern, low, high in _words(convention):
        if pattern.search(quantity.text):
            return low, high
    return None, None


@cache
def _words(convention: str) -> tuple[tuple[re.Pattern[str], int | None, int | None], ...]:
    entries = lexicon.load("conventions")[convention].get("vague", ())
    return tuple((re.compile(e["pattern"], re.IGNORECASE), e.get("low"), e.get("high")) for e in entries)


def ranges(doc: Doc, convention: str) -> dict[CountKind, Range]:
    """The range of killed and of injured that a report of one incident gives: from its smallest to its largest total.

    Single victims told one after another are no rival totals, so the smallest is taken among sentences with a number.
    """
    found: dict[CountKind, Range] = {}
    for kind in FIELDS:
        totals = list(_totals(doc, kind, convention))
        if not totals:
            continue
        numbered = [t[:2] for t in totals if t[2]] or [max(t[:2] for t in totals)]
        found[kind] = (min(low for low, _ in numbered), max(high for _, high in (t[:2] for t in totals)))
    return found


def _totals(doc: Doc, kind: CountKind, convention: str) -> Iterator[tuple[int, int, bool]]:
    """Low, high, and whether a number or a plural was told, sentence by sentence."""
    for group in grouped(doc, vague=True):
        told = [loss for loss in group if loss.kind is kind]
        spans = [read(loss, convention) for loss in told]
        low = sum(a for a, _ in spans if a is not None)
        high = sum(b for _, b in spans if b is not None)
        if high:
            yield low, high, any(loss.number is not None for loss in told)


def evaluate(path: Path, nlp: Language, *, limit: int | None = None) -> dict[str, Any]:
    """Shares of incidents whose killed and injured ranges are read as Airwars published them.

    Args:
        path: the folder that holds ``incidents.jsonl``.
        nlp: a pipeline with tagger, parser and named entities; ``standoff_counts`` is added where it lacks.
    """
    incidents = _incidents(path, limit)
    if not nlp.has_pipe("standoff_counts"):
        nlp.add_pipe("standoff_counts", config={"plurals": True})
    wanted = dict.fromkeys(FIELDS.values(), 0)
    low_right, high_right, both, overlap = dict(wanted), dict(wanted), dict(wanted), dict(wanted)
    for incident, doc in zip(incidents, nlp.pipe([i["assessment"] for i in incidents]), strict=True):
        found = ranges(doc, "airwars")
        for kind, name in FIELDS.items():
            low, high = incident[f"{name}_min"] or 0, incident[f"{name}_max"] or 0
            got = _known(found.get(kind, (0, 0)))
            wanted[name] += 1
            low_right[name] += got[0] == low
            high_right[name] += got[1] == high
            both[name] += got == (low, high)
            overlap[name] += got[0] <= high and low <= got[1]
    return {
        "incidents": len(incidents),
        **{
            f"{name} {label}": round(right[name] / wanted[name], 3) if wanted[name] else 0.0
            for name in FIELDS.values()
            for label, right in (
                ("minimum", low_right),
                ("maximum", high_right),
                ("both", both),
                ("overlap", overlap),
            )
        },
    }


def _incidents(path: Path, limit: int | None) -> list[dict[str, Any]]:
    with (path / "incidents.jsonl").open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle][:limit]


def _known(found: Range) -> tuple[int, int]:
    return found[0] or 0, found[1] or 0


def contested(path: Path, *, limit: int | None = None, model: str = pipeline.DEFAULT_MODEL) -> float:
    """How well the contest score ranks the contested assessments above the others: area under the ROC curve.

    Contested are those whose strike status or whose grading Airwars calls so: nobody is named, or several are.
    """
    incidents = _incidents(path, limit)
    scores: list[float] = []
    contested: list[bool] = []
    documents = (Document(incident["code"], incident["assessment"], "") for incident in incidents)
    for incident, (document, doc) in zip(incidents, pipeline.annotated(documents, model), strict=True):
        found = claim_stage.from_doc(doc, document)
        score = dossier.contest(found, dossier.responsibility(found))
        scores.append(1.0 if score is None else score)
        said = f"{incident.get('Strike status')} {incident.get('Airwars civilian harm grading')}"
        contested.append("contested" in said.lower())
    return area(scores, contested)


def area(scores: Sequence[float], wanted: Sequence[bool]) -> float:
    """Share of pairs of a wanted one and another in which the wanted one scores higher; ties count half.

    >>> area([0.9, 0.5, 0.5], [True, False, True])
    0.75
    """
    if all(wanted) or not any(wanted):
        return 0.0
    ranks = rankdata(scores)
    above = sum(rank for rank, is_wanted in zip(ranks, wanted, strict=True) if is_wanted)
    n = sum(wanted)
    return float((above - n * (n + 1) / 2) / (n * (len(scores) - n)))


def main(arguments: list[str]) -> int:
    """``python -m standoff.evaluate.airwars PATH``"""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m standoff.evaluate.airwars PATH\n")
        return 2
    for name, value in evaluate(Path(arguments[0]), spacy.load(pipeline.DEFAULT_MODEL)).items():
        sys.stdout.write(f"{name}\t{value}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
