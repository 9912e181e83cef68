"""Reviewed reports as gold: a folder each, ``gold.json`` with its text beside it, as ``standoff evaluate`` scores them.

What people accepted or corrected is what a reading has to find, and what they rejected it must not find again. A claim that
nobody looked at is optional: found or not, it costs nothing. What the machine missed is in it where people added it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.model import Claim, Dispute, Document, Mention, Verdict
from standoff.store import Store


@dataclass(frozen=True, slots=True)
class Folder:
    """One report as gold."""

    name: str
    gold: str
    """``gold.json``."""
    text: str


def folders(store: Store) -> Iterator[Folder]:
    """The reports of a store of which at least one claim was reviewed, by id."""
    verdicts: dict[str, dict[str, Verdict]] = {}
    for said in store.reviews.all():
        if said.undone is None:
            verdicts.setdefault(said.doc, {})[said.claim] = said.verdict
    for made in store.made.all():
        if made.undone is None:  # who adds a claim has accepted it
            verdicts.setdefault(made.claim.doc, {}).setdefault(made.claim.id, Verdict.ACCEPT)
    disputes = store.disputes() if verdicts else []
    corrected = {claim.id: claim for claim in store.claims(reviewed=True)} if verdicts else {}
    for doc in sorted(verdicts):
        document = store.document(doc)
        if document is None:
            continue
        held = [corrected[claim.id] for claim in store.claims(doc) if claim.id in corrected]
        record = _gold(document, held, verdicts[doc], disputes)
        yield Folder(_name(doc), json.dumps(record, ensure_ascii=False, indent=1) + "\n", document.text)


def write(store: Store, into: Path) -> list[Path]:
    """The folders below ``into``, in place of those of the same reports; where each gold file lies.

    Raises:
        InputError: nobody has reviewed a claim of the store.
    """
    written = []
    for one in folders(store):
        folder = into / one.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "article.txt").write_text(one.text, encoding="utf-8", newline="")
        (folder / "gold.json").write_text(one.gold, encoding="utf-8", newline="")
        written.append(folder / "gold.json")
    if not written:
        raise InputError(store.name, "nobody has reviewed a claim of it", "review some: standoff serve")
    return written


def zipped(store: Store) -> bytes:
    """The folders in one archive; the same reviews give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in folders(store):
            for name, words in (("article.txt", one.text), ("gold.json", one.gold)):
                archive.writestr(zipfile.ZipInfo(f"{one.name}/{name}"), words.encode())
    return out.getvalue()


def _gold(
    document: Document, claims: Sequence[Claim], verdicts: dict[str, Verdict], disputes: Sequence[Dispute]
) -> dict[str, Any]:
    ids = {claim.id for claim in claims}
    return {
        "doc": document.id,
        "text": "article.txt",
        "published": document.published.isoformat() if document.published else None,
        "claims": [_claim(claim, reviewed=claim.id in verdicts) for claim in claims],
        "disputes": [
            {
                "id": one.id,
                "kind": one.kind.value,
                "about": sorted({key for p in one.positions for key in p.claims}),
                "positions": [{"party": p.party, "claims": list(p.claims), "value": p.value} for p in one.positions],
            }
            for one in disputes
            if all(set(p.claims) <= ids for p in one.positions)
        ],
    }


def _claim(claim: Claim, reviewed: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "event": [claim.event],
        "actor": _keys(claim.actors),
        "recipient": _keys(claim.recipients),
        "sources": _keys([source.mention for source in claim.sources]),
    }
    if claim.modes:
        found["mode"] = list(claim.modes)
    if claim.aux:
        found["aux"] = [mode.value for mode in claim.aux]
    if claim.counts:
        numbered = [c for c in claim.counts if c.low is not None and c.high is not None]
        found["counts"] = [{"kind": c.kind.value, "low": c.low, "high": c.high} for c in numbered]
    if claim.when and claim.when.start and claim.when.end:
        found["date"], found["enddate"] = claim.when.start.isoformat(), claim.when.end.isoformat()
    if claim.where:
        found["place"] = claim.where.name
    if not reviewed:
        found["optional"] = True
    return found


def _keys(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.party.key for mention in mentions))


def _name(doc: str) -> str:
    """A folder's name for a report, told apart from all others."""
    plain = re.sub(r"[^\w.-]+", "-", doc).strip(".-")[:80]
    return plain if plain == doc else f"{plain or 'report'}-{hashlib.sha256(doc.encode()).hexdigest()[:8]}"
