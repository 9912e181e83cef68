"""What people corrected elsewhere, taken back: as reviews of claims, beside what the machine read.

Known by what is in them: our JSON Lines (``standoff export jsonl``), a sheet of corrections (``export corrections``), doccano's
lines, brat's folders and gold folders. A value that differs from the claim's becomes a correction of that slot by the person
named, with the file as its reason; what is as it was is left alone, so that importing twice changes nothing. A line of our JSON Lines whose
claim is not there, of a report that is, adds it: so gold made by hand is whole. The other forms name what they cannot carry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from standoff.errors import InputError
from standoff.imports import brat, doccano, gold, records, sheet
from standoff.imports.files import text_of
from standoff.imports.word import Left, New, Word
from standoff.model import Claim, Review, Verdict
from standoff.store import Store

_MEND = "give what standoff export wrote: jsonl, corrections, doccano, brat; or gold folders"


@dataclass
class Taken:
    """What became of one file."""

    added: int = 0
    """Claims that the machine missed."""
    corrected: int = 0
    """Slots given another value."""
    accepted: int = 0
    rejected: int = 0
    same: int = 0
    """Claims with nothing new."""
    left: list[Left] = field(default_factory=list)
    """What could not be taken, each with why."""

    @property
    def changed(self) -> int:
        return self.added + self.corrected + self.accepted + self.rejected


def take(store: Store, path: Path, by: str, at: datetime, why: str = "") -> Taken:
    """Take back what a file or folder says of the claims of a store; all of it or, on an error, nothing.

    Raises:
        InputError: it is of none of the forms, or not well formed; the message names the place in it.
    """
    taken = Taken()
    reviews: list[Review] = []
    new: list[Claim] = []
    reason = why or f"from {path.name}"
    for word in _words(store, path):
        if isinstance(word, Left):
            taken.left.append(word)
            continue
        if isinstance(word, New):
            new.append(word.claim)
            continue
        fresh = _reviews(store, word, by, at, reason)
        reviews += fresh
        taken.same += not fresh
        taken.corrected += sum(one.verdict is Verdict.CORRECT for one in fresh)
        taken.accepted += sum(one.verdict is Verdict.ACCEPT for one in fresh)
        taken.rejected += sum(one.verdict is Verdict.REJECT for one in fresh)
    if new:
        store.made.make_all(new, by, at, reason)
    if reviews:
        store.reviews.add(reviews)
    taken.added = len(new)
    return taken


def _words(store: Store, path: Path) -> Iterator[Word | New | Left]:
    if path.is_dir():
        if any(path.rglob("gold.json")):
            return gold.read(store, path)
        if any(path.rglob("*.ann")):
            return brat.read(store, path)
        raise InputError(str(path), "a folder without gold.json or .ann files", _MEND)
    text = text_of(path, "utf-8-sig")
    if path.name == "gold.json":
        return gold.read(store, path.parent)
    start = text.lstrip()[:1]
    if start == "{":
        first = records.first(text, str(path))
        return doccano.read(store, text, str(path)) if "label" in first else records.read(store, text, str(path))
    if text.partition("\n")[0].strip().split(",")[0].strip('"') == "id":
        return sheet.read(store, text, str(path))
    raise InputError(str(path), "of no form that is known", _MEND)


def _reviews(store: Store, word: Word, by: str, at: datetime, reason: str) -> list[Review]:
    """What is new in a word on a claim, set against what people have said already."""
    row = store.browse.row(word.claim)
    assert row is not None, word.claim
    why = word.reason or reason
    if word.verdict is Verdict.REJECT:
        new = row.verdict is not Verdict.REJECT
        return [Review(word.claim, row.claim.doc, by, Verdict.REJECT, at, None, None, why)] if new else []
    found = [
        Review(word.claim, row.claim.doc, by, Verdict.CORRECT, at, slot, value, why)
        for slot, value in word.slots.items()
    ]
    if not found and word.verdict is Verdict.ACCEPT and row.verdict is None:
        found.append(Review(word.claim, row.claim.doc, by, Verdict.ACCEPT, at, None, None, why))
    return found
