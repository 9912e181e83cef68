"""The marked pairs of Zero-Shot-PLOVER (Hu et al., ACL 2024): who did what to whom, given who and whom.

A row marks a source and a target in a sentence and names the PLOVER type between them ("YIELD" covers CONCEDE
and RETREAT). A pair is found when a claim has an actor in the marked source and a recipient (or, for reciprocal
events, another actor) in the marked target; the root is right when such a claim has the gold type.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standoff import claims as claim_stage
from standoff.errors import InputError
from standoff.language import pipeline
from standoff.model import Claim, Document, Mention, Span

COLUMNS = ("marked_sentence", "gold_root")
YIELD = {"CONCEDE", "RETREAT"}


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


def _in(mentions: tuple[Mention, ...], span: Span) -> bool:
    return any(m.span.overlaps(span) for m in mentions)


def _pair(claim: Claim, row: Row) -> bool:
    if _in(claim.actors, row.source) and _in(claim.recipients, row.target):
        return True
    return not claim.recipients and _in(claim.actors, row.source) and _in(claim.actors, row.target)


def right(event: str, root: str) -> bool:
    return event == root or (root == "YIELD" and event in YIELD)


def evaluate(path: Path, *, limit: int | None = None, model: str = pipeline.DEFAULT_MODEL) -> dict[str, object]:
    """Shares of rows whose pair is found, whose pair and root are right, and of found pairs with the right root."""
    total = found = correct = typed = 0
    by_root: dict[str, Counter[str]] = {}
    misses: list[str] = []
    for number, row in enumerate(rows(path)):
        if limit is not None and number >= limit:
            break
        digest = hashlib.sha256(row.text.encode()).hexdigest()
        document = Document(f"plv-{number}", row.text, digest)
        coded = claim_stage.from_doc(pipeline.annotate(document, model), document)
        pairs = [c for c in coded if _pair(c, row)]
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
            told = "; ".join(f"{c.event}({c.trigger.text})" for c in coded) or "nothing"
            marked = f"<{row.source.of(row.text)}> <{row.target.of(row.text)}>"
            misses.append(f"{row.root}\t{'type' if pairs else 'pair'}\t{told}\t{marked}\t{row.text}")
    return {
        "rows": total,
        "pair": round(found / total, 3),
        "pair and root": round(correct / total, 3),
        "root of found": round(correct / found, 3) if found else 0.0,
        "type anywhere": round(typed / total, 3),
        "by root": {root: dict(tally) for root, tally in sorted(by_root.items())},
        "misses": misses,
    }
