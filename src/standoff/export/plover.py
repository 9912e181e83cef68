"""PLOVER's records as JSON Lines, and POLECAT's 40 columns.

PLOVER (manual, "JSONL format"): auxiliary modes stand with the modes, so a denied or a conditional event is still told as
such. POLECAT has no place for them: what did not happen, or not yet, is left out there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

import standoff
from standoff import ontology
from standoff.export.csv import safe
from standoff.export.selection import NOT_EVENTS, Part, Selection, text, write_lines
from standoff.model import BLOCS, Claim, Document, Mention
from standoff.ontology import countries
from standoff.records import Record, claim_record
from standoff.store.browse import ClaimRow
from standoff.wording import state_name

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude",
    "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_CODER = f"standoff {standoff.__version__}"


class Plover:
    """A record a claim."""

    name = "plover"
    chooses_columns = False
    says = "PLOVER's records, a line a claim; denied, future and conditional events marked by their auxiliary modes"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("plover.jsonl", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        records = (_record(row, document, chosen.texts) for document, rows in chosen.reports() for row in rows)
        return write_lines(records, out)


class Polecat:
    """A row an event and pair of parties."""

    name = "polecat"
    chooses_columns = False
    says = (
        "POLECAT's 40 columns, separated by tabs; a row a claim and pair of parties, only what is said to have happened"
    )

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("polecat.tsv", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        number = 0
        with text(out) as lines:
            rows = csv.writer(lines, delimiter="\t", lineterminator="\n")
            rows.writerow(POLECAT)
            for document, held in chosen.reports():
                told = [row.claim for row in held if not NOT_EVENTS & set(row.claim.aux)]
                places = "; ".join(dict.fromkeys(c.where.name for c in told if c.where))
                for claim in told:
                    for row in _rows(claim, document, places):
                        number += 1
                        rows.writerow(safe(cell) if isinstance(cell, str) else cell for cell in row)
        return number


def _record(row: ClaimRow, document: Document, texts: bool) -> Record:
    claim = claim_record(row.claim)
    day = claim["date"] or (document.published.isoformat() if document.published else None)
    record: Record = {
        "id": claim["id"],
        "has_event": True,
        "date": day,
        "enddate": claim["enddate"],
        "actor": [_entity(one) for one in claim["actor"]],
        "recipient": [_entity(one) for one in claim["recipient"]],
        "event": [claim["event"]],
        "mode": [*claim["mode"], *claim["aux"]],
        "context": claim["context"],
        "event_loc": claim["event_loc"],
        "event_text": [claim["event_text"]],
        "quad_code": claim["quad_code"],
        "event_scale": claim["event_scale"],
        "size": _size(row.claim),
        "source": [{**_entity(one), "cue": one["cue"]} for one in claim["sources"]],
        "text_info": {"sequence": 1, "start": claim["start"], "end": claim["end"]},
        "cite_info": {
            "corpus": document.outlet or document.domain,
            "citation": document.id,
            "url": document.url,
            "title": document.title,
            "language": document.language,
            "date": document.published.isoformat() if document.published else None,
        },
        "coder": _CODER,
        "coded_date": document.captured.date().isoformat() if document.captured else None,
    }
    if texts:
        record["text"] = document.text
    return record


def _entity(record: Record) -> Record:
    return {name: record[name] for name in ("code", "sector", "entity_text")} | {"identifier_text": record["name"]}


def _size(claim: Claim) -> Record:
    """PLOVER's sizes, as the words of the report give them; a range stays one."""
    names = {"killed": "dead", "injured": "injured", "arrested": "arrested", "captured": "arrested"}
    found: Record = {}
    for count in claim.counts:
        name = names.get(count.kind.value)
        if name and name not in found and count.low is not None:
            found[name] = count.low if count.low == count.high else [count.low, count.high]
    return found


def _rows(claim: Claim, document: Document, places: str) -> Iterator[list[object]]:
    where = claim.where
    day = claim.when.start if claim.when and claim.when.start else document.published
    event = [
        claim.id,
        day.isoformat() if day else "",
        claim.event,
        ", ".join(claim.modes),
        ontology.score(claim.event, claim.modes),
        ontology.quad(claim.event),
        "; ".join(claim.contexts),
    ]
    around: list[Any] = [
        where.name if where else "",
        where.name if where and where.precision in ("city", "point") else "",
        "",
        where.name if where and where.precision == "region" else "",
        where.country if where and where.country else "",
        where.lat if where and where.lat is not None else "",
        where.lon if where and where.lon is not None else "",
        where.geonames_id if where and where.geonames_id is not None else "",
        " ".join(where.text.split()) if where else "",
        where.precision if where else "",
        document.outlet or document.domain or "",
        document.published.isoformat() if document.published else "",
        "",
        "",
        places,
        document.language,
        _CODER,
    ]
    for actor in claim.actors or (None,):
        for recipient in claim.recipients or (None,):
            yield [*event, *_party(actor), *_party(recipient), *around]


def _party(mention: Mention | None) -> list[object]:
    """The eight columns of one side."""
    if mention is None:
        return [""] * 8
    party = mention.party
    country = countries().get(party.code)
    return [
        party.name or state_name(party.code) or "",
        "" if party.code in BLOCS else party.code,
        country.cow if country and country.cow is not None else "",
        party.sectors[0] if party.sectors else "",
        "; ".join(party.sectors),
        "",
        " ".join(mention.text.split()),
        "",
    ]
