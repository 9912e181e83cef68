"""Scoring extraction against hand-coded gold and public corpora; any folder of the same form will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from standoff import claims as claim_stage
from standoff import reconcile
from standoff.errors import InputError
from standoff.evaluate import across, airwars, claims, floors, gva, plover, plv, reliability, report, statements
from standoff.evaluate.coded import as_claims
from standoff.evaluate.report import Report
from standoff.evaluate.tally import Tally
from standoff.ingest import english
from standoff.language import pipeline
from standoff.model import Claim, Document, Reading, Statement
from standoff.readers import both
from standoff.readers.choice import Choice
from standoff.settings import OWN

KINDS = "a folder of gold.json files, a brat corpus, a table of marked pairs, PLOVER's records, or docs.jsonl with incidents.jsonl"


def kind_of(path: Path) -> str:
    """What a corpus is by its files: ``claims``, ``statements``, ``plv``, ``plover``, ``gva`` or ``airwars``.

    Raises:
        InputError: it is none of these.
    """
    if not path.exists():
        raise InputError(str(path), "no such file or folder", f"give {KINDS}")
    if plover.table(path):
        return "plover"
    if plv.table(path):
        return "plv"
    if (path / "text").is_dir() and (path / "attributions").is_dir():
        return "statements"
    if (path / "incidents.jsonl").is_file():
        return "gva" if (path / "docs.jsonl").is_file() else "airwars"
    if path.is_dir() and next(path.rglob("gold.json"), None) is not None:
        return "claims"
    raise InputError(str(path), "no corpus that can be scored", f"give {KINDS}")


def measure(
    path: Path, *, model: str = pipeline.DEFAULT_MODEL, limit: int | None = None, readers: Choice | None = None
) -> Report:
    """Read a corpus, whatever its kind, and score what was read. ``readers`` (else our own reader) read hand-coded reports.

    ``limit`` reads that many sentences, articles or assessments from the start; gold reports and brat corpora, whose
    figures hang together, are always read whole.

    Raises:
        InputError: the corpus is of no known kind, or a file of it is not well formed.
        ModelError: the spaCy pipeline named by ``model`` is not installed or unfit.
    """
    kind = kind_of(path)
    path = plover.table(path) or plv.table(path) or path
    readers = readers or Choice(model=model)
    if readers.named is not None and kind != "claims":
        why = "is read by standoff alone"
        raise InputError(str(path), why, "score a language model on a folder of gold.json files")
    try:
        parts = _measured(kind, path, model, limit, readers)
    except InputError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        if kind not in {"gva", "airwars"}:
            raise
        raise InputError(str(path), f"not well formed: {error!r}", "its files hold one JSON object a line") from None
    limited = None if kind in {"claims", "statements"} else limit
    return Report(path=str(path), fingerprint=floors.fingerprint(path), limit=limited, **parts)


def _measured(kind: str, path: Path, model: str, limit: int | None, readers: Choice) -> dict[str, Any]:
    if kind == "claims":
        golds, cases = list(claims.load(path)), list(across.load(path))
        if readers.named is not None:
            return _asked(golds, readers)
        coded = _coded(golds, model)
        by_hand = {gold.document.id: as_claims(gold) for gold in golds}
        found = report.of_claims(
            _score(golds, coded),
            _score(golds, by_hand),
            {
                name: {case.name: across.score(case, golds, read) for case in cases}
                for name, read in (("extracted", coded), ("gold claims", by_hand))
            },
            len(golds),
        )
        tried = reliability.held_out(reliability.judge(golds, coded))
        return {**found, "tables": (*found["tables"], *([reliability.curve(tried)] if tried else []))}
    if kind == "statements":
        misses: list[str] = []
        tallies, texts = _attributed(path, model, misses)
        return report.of_statements(tallies, texts, misses)
    if kind == "plv":
        return report.of_pairs(plv.evaluate(path, limit=limit, model=model))
    if kind == "plover":
        return report.of_plover(plover.evaluate(path, limit=limit, model=model))
    if kind == "gva":
        return report.of_gva(
            gva.evaluate(path, _counting(model), limit=limit), gva.linked(path, limit=limit, model=model)
        )
    return report.of_airwars(
        airwars.evaluate(path, _counting(model, plurals=True), limit=limit),
        airwars.contested(path, limit=limit, model=model),
    )


def _asked(golds: Sequence[claims.Gold], readers: Choice) -> dict[str, Any]:
    """What a language model read, and beside it what our own reader reads in the English ones of the same reports."""
    coded: dict[str, tuple[Claim, ...]] = {}
    held: list[Reading] = []
    failed: list[str] = []
    agreed: dict[str, list[tuple[bool, float]]] = {}
    for gold in golds:
        try:
            read = readers.read(gold.document)
        except InputError as error:
            failed.append(f"FAILED {error}")
            continue
        coded[gold.document.id] = read.claims
        held += [one for one in read.readings if one.model and one.where]
        if len(read.readings) == 2:
            right = claims.right(gold, read.claims)
            pairs = both.pairs(*(one.claims for one in read.readings))
            for pair, claim in zip(pairs, read.claims, strict=True):
                if claim.id in right:
                    agreed.setdefault(pair.told, []).append((right[claim.id], claim.confidence))
    missing = {g.document.id: () for g in golds if g.document.id not in coded}
    own = _coded(golds, readers.model)
    scores = {" and ".join(readers.names): _score(golds, {**missing, **coded}), OWN: _score(golds, own)}
    return report.of_readers(scores, held, failed, len(golds), agreed)


def _coded(golds: Sequence[claims.Gold], model: str) -> dict[str, tuple[Claim, ...]]:
    """What our own reader reads; of a report in another language nothing."""
    ours = [g.document for g in golds if g.document.language == english.ENGLISH]
    read = {document.id: claim_stage.from_doc(doc, document) for document, doc in pipeline.annotated(ours, model)}
    return {g.document.id: read.get(g.document.id, ()) for g in golds}


def _score(golds: Sequence[claims.Gold], coded: Mapping[str, Sequence[Claim]]) -> claims.Score:
    disputes = [d for gold in golds for d in reconcile(coded[gold.document.id], [gold.document]).standing]
    return claims.score(golds, coded, disputes)


def _attributed(path: Path, model: str, misses: list[str] | None = None) -> tuple[dict[str, Tally], int]:
    texts: list[str] = []

    def attribute(name: str, text: str) -> Sequence[Statement]:
        texts.append(name)
        return pipeline.statements(pipeline.annotate(Document(name, text, ""), model))

    return statements.score(path, attribute, misses), len(texts)


def _counting(model: str, **config: Any) -> Language:
    """The model with the counts alone, which is all that these corpora measure, and several times as fast."""
    pipeline.load(model)  # says what is wrong with it
    nlp = spacy.load(model)
    nlp.add_pipe("standoff_lines", first=True)
    nlp.add_pipe("standoff_counts", config=config)
    return nlp
