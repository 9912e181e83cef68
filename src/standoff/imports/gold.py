"""Gold folders: what a coder reads out of a report, set against what the machine read of the same text.

A claim that the coder has too is accepted, or corrected where slots differ; one that the coder has not is rejected. What the
coder marks as optional is left alone. Reports are known by their text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from standoff import review
from standoff.errors import InputError
from standoff.evaluate import claims as scored
from standoff.imports.word import Left, Word
from standoff.model import Claim, Verdict
from standoff.records import claim_record
from standoff.store import Store
from standoff.store.browse import Wanted

_SLOTS = {"actor": "actor", "recipient": "recipient", "source": "sources", "aux": "aux", "mode": "mode", "date": "date"}


def read(store: Store, folder: Path) -> Iterator[Word | Left]:
    """What each gold report says of the store's claims.

    Raises:
        InputError: a gold file is not well formed.
    """
    by_text = {document.sha256: document for document in store.documents()}
    for gold in scored.load(folder):
        document = by_text.get(gold.document.sha256)
        if document is None:
            yield Left(gold.document.id, "its text is not in the store: standoff add it first")
            continue
        held = {row.read.id: row.claim for row in store.browse.every(Wanted(doc=(document.id,)))}
        records = [claim_record(claim) for claim in held.values()]
        named = [g for g in gold.claims if g["id"] in held]
        pairs: list[tuple[scored.Record, scored.Record, dict[str, bool]]] = [
            (g, claim_record(held[g["id"]]), _compare(g, claim_record(held[g["id"]]))) for g in named
        ]
        taken = {g["id"] for g in named}
        rest = [g for g in gold.claims if g["id"] not in taken]
        pairs += scored.match(rest, [record for record in records if record["id"] not in taken])
        matched = {record["id"] for _, record, _ in pairs}
        for g, record, slots in pairs:
            if not g.get("optional"):
                yield from _word(g, held[record["id"]], slots, document.text)
        for key in held:
            if key not in matched:
                yield Word(key, Verdict.REJECT)
        found = {g["id"] for g, _, _ in pairs}
        for g in gold.claims:
            if g["id"] not in found and not g.get("optional"):
                yield Left(
                    f"{document.id}, {g['id']}", f"missed by the machine, and not carried: “{g['evidence'][:80]}”"
                )


def _compare(gold: scored.Record, record: scored.Record) -> dict[str, bool]:
    return {**scored.compare(gold, record), "event": record["event"] in gold["event"]}


def _word(gold: scored.Record, claim: Claim, slots: dict[str, bool], text: str) -> Iterator[Word | Left]:
    fresh: dict[str, str] = {}
    lines = {
        "event": gold["event"][0],
        "actor": "; ".join(gold.get("actor") or ()),
        "recipient": "; ".join(gold.get("recipient") or ()),
        "sources": "; ".join(gold.get("sources") or ()),
        "aux": ", ".join(gold.get("aux") or ()),
        "mode": ", ".join((gold.get("mode") or ())[:1]),
        "date": "/".join(filter(None, (gold.get("date"), gold.get("enddate")))),
        "event_loc": gold.get("place") or "",
    }
    for name, right in slots.items():
        slot = {"place": "event_loc", "event": "event", **_SLOTS}[name]
        if right:
            continue
        try:
            fresh[slot] = review.read(lines[slot], slot, claim, text)
        except InputError as error:
            yield Left(f"claim {claim.id}", str(error))
    yield Word(claim.id, Verdict.ACCEPT, fresh)
