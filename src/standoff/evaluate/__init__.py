"""Scoring extraction against hand-coded gold and public corpora; any folder of the same form will do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from standoff import claims as claim_stage
from standoff import reconcile
from standoff.errors import InputError
from standoff.evaluate import claims, plv, statements
from standoff.language import pipeline
from standoff.model import Claim, Dispute, Document


def kind_of(path: Path) -> str:
    """What a corpus is by its files: ``claims``, ``statements``, ``plv`` or ``gva``.

    Raises:
        InputError: it is none of these.
    """
    if path.is_file() and path.suffix == ".tsv":
        return "plv"
    if (path / "attributions").is_dir():
        return "statements"
    if (path / "docs.jsonl").is_file() and (path / "incidents.jsonl").is_file():
        return "gva"
    if path.is_dir() and next(path.rglob("gold.json"), None) is not None:
        return "claims"
    tables = sorted(path.glob("*.tsv")) if path.is_dir() else []
    if tables:
        return "plv"
    raise InputError(
        str(path),
        "no corpus that can be scored",
        "give a folder of gold.json files, a brat corpus, or a table of marked pairs",
    )


def score_claims(path: Path, model: str = pipeline.DEFAULT_MODEL) -> claims.Score:
    """Run extraction and reconciliation on every gold report of a folder, each by itself, and score them."""
    golds = list(claims.load(path))
    coded: dict[str, tuple[Claim, ...]] = {}
    disputes: list[Dispute] = []
    for gold in golds:
        found = claim_stage.from_doc(pipeline.annotate(gold.document, model), gold.document)
        coded[gold.document.id] = found
        disputes.extend(reconcile(found, [gold.document]).disputes)
    return claims.score(golds, coded, disputes)


def score_statements(path: Path, model: str = pipeline.DEFAULT_MODEL) -> dict[str, claims.Tally]:
    """Run attribution on a brat corpus and score it."""

    def attribute(name: str, text: str) -> Any:
        return pipeline.annotate(Document(name, text, ""), model)._.statements

    return statements.score(path, attribute)


def score_plv(path: Path, model: str = pipeline.DEFAULT_MODEL) -> dict[str, object]:
    """Run extraction on a table of marked pairs and score it."""
    table = path if path.is_file() else sorted(path.glob("*.tsv"))[0]
    return plv.evaluate(table, model=model)
