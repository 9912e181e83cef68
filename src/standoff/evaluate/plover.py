"""PLOVER's own records of 2016: a sentence each, with its category, its actor ("source") and its recipient ("target").

The records are older than the 16 types and than some of the codes; both are brought up to date as the codebook's
translation table says. A sentence is right in type when one of its claims has the type; its parties are those of the
best such claim.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from standoff import claims as claim_stage
from standoff.errors import InputError
from standoff.evaluate.tally import Tally
from standoff.language import pipeline
from standoff.model import Claim, Document, Mention

# CAMEO's names for what PLOVER has folded into other types since.
SINCE_RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# Codes that are no ISO 3166 code, as they stand in the records.
SLIPS = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
COARSE = {"UNO": "IGO", "EUR": "IGO"}

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its type, and the codes of its parties (none where the record gives none)."""

    id: str
    text: str
    published: date | None
    event: str
    source: Codes
    target: Codes


def table(path: Path) -> Path | None:
    """The file of records, given it or its folder."""
    if path.is_dir():
        return next(iter(sorted(path.glob("*.json.txt"))), None)
    return path if path.name.endswith(".json.txt") else None


def rows(path: Path) -> Iterator[Row]:
    """The records of a file in its order. They follow one another, with or without a comma, in no list.

    Raises:
        InputError: it does not hold such records.
    """
    try:
        text, decoder, at = path.read_text(encoding="utf-8"), json.JSONDecoder(), 0
        while (at := text.find("{", at)) >= 0:
            record, at = decoder.raw_decode(text, at)
            # DOCUMENT records describe the file.
            if record["event"] != "DOCUMENT":
                yield _row(record)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(path), f"no PLOVER records: {error}", "it has JSON objects with id, event and text"
        ) from None


def _row(record: dict[str, Any]) -> Row:
    event = record["event"].upper()
    published = date.fromisoformat(record["date"]) if record.get("date") else None
    source, target = (_codes(record.get(role)) for role in ("source", "target"))
    return Row(record["id"], record["text"], published, SINCE_RENAMED.get(event, event), source, target)


def _codes(parties: Any) -> Codes:
    if not isinstance(parties, list):
        return frozenset()
    codes: list[str] = [party["code"] for party in parties if isinstance(party, dict) and party.get("code")]
    codes = [SLIPS.get(code, code) for code in codes]
    return frozenset(COARSE.get(code, code) for code in codes)


def evaluate(path: Path, *, limit: int | None = None, model: str = pipeline.DEFAULT_MODEL) -> dict[str, Any]:
    """Shares of sentences with a claim of the type, and of those with such a claim whose parties are right."""
    total, typed, source, target = Tally(), Tally(), Tally(), Tally()
    by_type: dict[str, Tally] = {}
    misses = []
    told = list(islice(rows(path), limit))
    documents = (
        Document(row.id, row.text, hashlib.sha256(row.text.encode()).hexdigest(), published=row.published)
        for row in told
    )
    for row, (document, doc) in zip(told, pipeline.annotated(documents, model), strict=True):
        coded = claim_stage.from_doc(doc, document)
        of_type = [claim for claim in coded if claim.event == row.event]
        actor_right, recipient_right = max((_parties(claim, row) for claim in of_type), default=(False, False), key=sum)
        everything = bool(of_type) and (actor_right or not row.source) and (recipient_right or not row.target)
        typed.add(bool(of_type), 1, 1)
        by_type.setdefault(row.event, Tally()).add(bool(of_type), 1, 1)
        total.add(everything, 1, 1)
        if row.source:
            source.add(actor_right, 1, 1)
        if row.target:
            target.add(recipient_right, 1, 1)
        if not everything:
            said = "; ".join(_told(claim) for claim in coded) or "nothing"
            wanted = f"{_join(row.source)} {row.event} {_join(row.target)}"
            misses.append(
                f"{'SLOT' if of_type else 'MISS'} {row.id}: {said}, not {wanted}: {' '.join(row.text.split())}"
            )
    return {
        "sentences": typed.wanted,
        "type": round(typed.recall, 3),
        "source": round(source.recall, 3),
        "target": round(target.recall, 3),
        "all": round(total.recall, 3),
        "tallies": {
            name: (tally.right, tally.found, tally.wanted)
            for name, tally in (("type", typed), ("source", source), ("target", target), ("all", total))
        },
        "by type": {event: (tally.right, tally.wanted) for event, tally in sorted(by_type.items())},
        "misses": misses,
    }


def _parties(claim: Claim, row: Row) -> tuple[bool, bool]:
    """Whether actor and recipient are those of the record. In a reciprocal event both are actors."""
    actors, recipients = _party_codes(claim.actors), _party_codes(claim.recipients)
    if not recipients and len(actors) > 1 and _same(actors, row.source | row.target):
        return True, True
    return _same(actors, row.source), _same(recipients, row.target)


def _party_codes(mentions: tuple[Mention, ...]) -> Codes:
    return frozenset(COARSE.get(m.party.code, m.party.code) for m in mentions) - {"UNK"}


def _same(found: Codes, wanted: Codes) -> bool:
    """At least half of their union is shared, as in claims."""
    return bool(wanted) and 2 * len(found & wanted) >= len(found | wanted)


def _told(claim: Claim) -> str:
    return f"{_join(_party_codes(claim.actors))} {claim.event} {_join(_party_codes(claim.recipients))}"


def _join(codes: Codes) -> str:
    return "+".join(sorted(codes)) or "-"
