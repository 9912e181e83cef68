"""W3C Web Annotations (JSON-LD): a claim as an annotation of the report it stands in, found by position and by quotation.

The model leaves open what a character position counts (w3c/web-annotation#206); here it counts code points of the text in
Unicode's form C whose SHA-256 is named. The quotation with what stands around it finds the place in other copies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

import standoff
from standoff.export.selection import Part, Selection, write_array
from standoff.model import Document, Mention, Span
from standoff.records import Record
from standoff.store.browse import ClaimRow

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Characters of prefix and suffix."""


class Annotations:
    """One page of annotations: of each claim one, and one of each source."""

    name = "webannotation"
    chooses_columns = False
    says = "W3C Web Annotations in JSON-LD: each claim and its source, by position and by quotation"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("annotations.jsonld", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        opening = f'{{"@context": {json.dumps(_CONTEXT)}, "id": "urn:standoff:annotations", "type": "AnnotationPage", "items": ['
        return write_array(opening, _all(chosen), "]}", out)


def _all(chosen: Selection) -> Iterator[Record]:
    agent = {"id": "urn:standoff", "type": "Software", "name": f"standoff {standoff.__version__}"}
    for document, rows in chosen.reports():
        for row in rows:
            yield {**_claim(row, document), "generator": agent}
            for at, source in enumerate(row.claim.sources):
                yield {**_source(row, at, source.mention, document), "generator": agent}


def _claim(row: ClaimRow, document: Document) -> Record:
    claim = row.claim
    tags = [claim.event, *claim.modes, *(mode.value for mode in claim.aux)]
    body: list[Record] = [{"type": "TextualBody", "purpose": "classifying", "value": tag} for tag in tags]
    body += [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{role}: {m.party.name or m.party.key}"}
        for role, mentions in (("actor", claim.actors), ("recipient", claim.recipients))
        for m in mentions
    ]
    return {
        "id": f"urn:standoff:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": target(document, claim.span),
    }


def _source(row: ClaimRow, at: int, mention: Mention, document: Document) -> Record:
    return {
        "id": f"urn:standoff:claim:{row.claim.id}:source:{at}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "identifying", "value": mention.party.name or mention.party.key},
            {"id": f"urn:standoff:claim:{row.claim.id}", "purpose": "linking"},
        ],
        "target": target(document, mention.span),
    }


def target(document: Document, span: Span) -> Record:
    """A place in a report, by position and by quotation."""
    text = document.text
    found: Record = {
        "source": document.url or f"urn:sha256:{document.sha256}",
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
        ],
    }
    if document.captured is not None:
        found["state"] = {"type": "TimeState", "sourceDate": document.captured.isoformat().replace("+00:00", "Z")}
    return {**found, "standoff:textSha256": document.sha256}
