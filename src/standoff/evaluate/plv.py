"""The marked pairs of Zero-Shot-PLOVER (Hu et al., ACL 2024): who did what to whom, given who and whom.

A row marks a source and a target in a sentence and names the PLOVER type between them ("YIELD" covers CONCEDE
and RETREAT). A pair is found when a claim has an actor in the marked source and a recipient (or, for reciprocal
events, another actor) in the marked target; the root is right when such a claim has the gold type. A pronoun ("The
commission said it had suspended aid") stands in the marked words when it is read as the party that they name.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from standoff import claims as claim_stage
from standoff.errors import InputError
from standoff.language import parties, pipeline
from standoff.model import Claim, Document, Mention, Span

COLUMNS = ("marked_sentence", "gold_root")
YIELD = {"CONCEDE", "RETREAT"}
PRONOUNS = frozenset("it he she they him her them his its their".split())


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, its marked spans and the gold type."""

    text: str
    source: Span
    target: Span
    root: str


def table(path: Path) -> Path | None:
    """The table of marked pairs, given it or its folder."""
    if path.is_dir():
        return next(iter(sorted(path.glob("*.tsv"))), None)
    return path if path.suffix == ".tsv" else None


def rows(path: Path) -> Iterator[Row]:
    """The rows of a table that mark both a source and a target.

    Raises:
        InputError: it lacks a column, or is no table.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        try:
            lacks = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputError(str(path), f"no table: {error}", "save it as tab-separated UTF-8") from None
        if lacks:
            raise InputError(str(path), f"no table of marked pairs: it lacks {', '.join(lacks)}", "name the columns")
        for record in reader:
            marked = record["marked_sentence"] or ""
            plain, spans, position = [], {}, 0
            for piece in re.split(r"(</?[st]>)", marked):
                if piece in {"<s>", "<t>"}:
                    spans[piece[1]] = [position, position]
                elif piece in {"</s>", "</t>"} and piece[2] in spans:
                    spans[piece[2]][1] = position
                else:
                    plain.append(piece)
                    position += len(piece)
            if {"s", "t"} <= spans.keys():
                yield Row("".join(plain), Span(*spans["s"]), Span(*spans["t"]), record["gold_root"] or "")


def _in(mentions: tuple[Mention, ...], span: Span, named: frozenset[str]) -> bool:
    return any(m.span.overlaps(span) or (m.text.lower() in PRONOUNS and m.party.key in named) for m in mentions)


def _named(doc: Doc, span: Span) -> frozenset[str]:
    """Keys of the parties that marked words name."""
    return frozenset(
        party.key
        for name in doc.spans.get(parties.KEY, [])
        if Span(name.start_char, name.end_char).overlaps(span) and (party := parties.party_of_name(name)).code != "UNK"
    )


def _pair(claim: Claim, row: Row, doc: Doc) -> bool:
    sources, targets = _named(doc, row.source), _named(doc, row.target)
    apart = sources - targets, targets - sources
    if not _in(claim.actors, row.source, apart[0]):
        return False
    return _in(claim.recipients or claim.actors, row.target, apart[1])


def right(event: str, root: str) -> bool:
    return event == root or (root == "YIELD" and event in YIELD)


def evaluate(path: Path, *, limit: int | None = None, model: str = pipeline.DEFAULT_MODEL) -> dict[str, object]:
    """Shares of rows whose pair is found, whose pair and root are right, and of found pairs with the right root."""
    total = found = correct = typed = 0
    by_root: dict[str, Counter[str]] = {}
    misses: list[str] = []
    told = list(islice(rows(path), limit))
    documents = (
        Document(f"plv-{number}", row.text, hashlib.sha256(row.text.encode()).hexdigest())
        for number, row in enumerate(told)
    )
    for row, (document, doc) in zip(told, pipeline.annotated(documents, model), strict=True):
        coded = claim_stage.from_doc(doc, document)
        pairs = [c for c in coded if _pair(c, row, doc)]
        total += 1
        hit = any(right(c.event, row.root) for c in pairs)
        found += bool(pairs)
        correct += hit
        typed += any(right(c.event, row.root) for c in coded)
        tally = by_root.setdefault(row.root, Counter())
        tally["n"] += 1
        tally["found"] += bool(pairs)
        tally["right"] += hit
        if not hit:
            said = "; ".join(f"{c.event}({c.trigger.text})" for c in coded) or "nothing"
            marked = f"<{row.source.of(row.text)}> <{row.target.of(row.text)}>"
            misses.append(f"{row.root}\t{'type' if pairs else 'pair'}\t{said}\t{marked}\t{row.text}")
    return {
        "rows": total,
        "pair": round(found / total, 3),
        "pair and root": round(correct / total, 3),
        "root of found": round(correct / found, 3) if found else 0.0,
        "type anywhere": round(typed / total, 3),
        "by root": {root: dict(tally) for root, tally in sorted(by_root.items())},
        "misses": misses,
    }
