"""The records as JSON Schema (draft 2020-12): what stands in each line of the JSON Lines."""

from __future__ import annotations

from typing import Any

from standoff import ontology
from standoff.model import SCHEMA_VERSION, AuxMode, Bound, CountKind, DisputeKind, DisputeState, Question, Verdict

Schema = dict[str, Any]


def _any(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _maybe(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Schema = {"type": "string"}
_OFFSET: Schema = {"type": "integer", "minimum": 0, "description": "Code points of the report's text."}
_WHOLE: Schema = {"type": ["integer", "null"], "minimum": 0}
_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_VERSION: Schema = {"const": SCHEMA_VERSION}
_PAIR: Schema = {"type": ["array", "null"], "items": _OFFSET, "minItems": 2, "maxItems": 2}

_ENTITY = _any(
    code=_TEXT,
    sector=_list({"enum": sorted(ontology.sectors())}),
    name=_TEXT,
    entity_text=_TEXT,
    start=_OFFSET,
    end=_OFFSET,
)
_SOURCE = _any(**_ENTITY["properties"], cue=_TEXT, cue_span=_PAIR)
_COUNT = _any(
    kind={"enum": [k.value for k in CountKind]},
    low=_WHOLE, high=_WHOLE, best=_WHOLE, unit=_TEXT, text=_TEXT,
    bound={"enum": [b.value for b in Bound]}, start=_OFFSET, end=_OFFSET,
)  # fmt: skip
_PLACE = _any(
    name=_TEXT, country=_maybe("string"), lat=_maybe("number"), lon=_maybe("number"), geonames_id=_WHOLE,
    precision=_TEXT, text=_TEXT, start=_OFFSET, end=_OFFSET,
)  # fmt: skip

CLAIM = _any(
    id=_TEXT,
    doc=_TEXT,
    event={"enum": list(ontology.event_types())},
    mode=_list({"enum": sorted({m for kind in ontology.event_types().values() for m in kind.modes})}),
    context=_list({"enum": sorted(ontology.contexts())}),
    actor=_list(_ENTITY),
    recipient=_list(_ENTITY),
    sources=_list(_SOURCE),
    aux=_list({"enum": [a.value for a in AuxMode]}),
    counts=_list(_COUNT),
    date=_DAY,
    enddate=_DAY,
    date_text=_maybe("string"),
    date_span=_PAIR,
    event_loc={"anyOf": [{"type": "null"}, _PLACE]},
    start=_OFFSET,
    end=_OFFSET,
    trigger=_any(text=_TEXT, start=_OFFSET, end=_OFFSET),
    event_text=_TEXT,
    confidence=_SHARE,
    event_scale={"type": "number", "minimum": -10, "maximum": 10},
    quad_code={"enum": [1, 2, 3, 4]},
    targets=_list(_TEXT),
    schema_version=_VERSION,
    document=_any(title=_maybe("string"), outlet=_maybe("string"), url=_maybe("string"), published=_DAY, sha256=_TEXT),
    incident=_maybe("string"),
    verdict={"enum": [None, *(v.value for v in Verdict)]},
)
CLAIM["properties"] |= {"reader": _maybe("string"), "gloss": _maybe("string")}  # of a language model's claim alone
DISPUTE = _any(
    id=_TEXT,
    docs=_list(_TEXT),
    kind={"enum": [k.value for k in DisputeKind]},
    incident=_maybe("string"),
    positions=_list(_any(party=_TEXT, name=_maybe("string"), claims=_list(_TEXT), value=_TEXT)),
    reason=_TEXT,
    severity=_SHARE,
    likely=_SHARE,
    state={"enum": [s.value for s in DisputeState]},
    history=_list(_any(party=_TEXT, value=_TEXT, claim=_TEXT, reported=_DAY)),
    topics=_list(_any(topic=_TEXT, parties=_list(_TEXT), claims=_list(_TEXT), told=_TEXT)),
    question=_TEXT,
    title=_TEXT,
    schema_version=_VERSION,
)
_FIGURE = _any(
    kind={"enum": [k.value for k in CountKind]}, low=_WHOLE, best=_WHOLE, high=_WHOLE, policy=_TEXT, reason=_TEXT
)
INCIDENT = _any(
    id=_TEXT,
    links=_list(_any(claim=_TEXT, reason=_TEXT, version=_TEXT)),
    under=_maybe("string"),
    title=_TEXT,
    likely=_SHARE,
    event={"enum": list(ontology.event_types())},
    parties=_list(_TEXT),
    date=_DAY,
    enddate=_DAY,
    event_loc=_maybe("string"),
    docs=_list(_TEXT),
    voices=_list(_TEXT),
    accounts=_list(
        _any(
            incident=_TEXT,
            party=_TEXT,
            claims=_list(_TEXT),
            counts=_list(_COUNT),
            answers=_list(
                _any(
                    question={"enum": [q.value for q in Question]},
                    value=_TEXT, claims=_list(_TEXT), voices=_list(_TEXT), first=_DAY, latest=_DAY,
                )
            ),
        )
    ),
    figures=_list(_FIGURE),
    responsibility=_list(_any(by=_TEXT, accused=_TEXT, standing=_TEXT, claims=_list(_TEXT))),
    corroborated=_list(_any(what=_TEXT, by=_TEXT, parties=_list(_TEXT), voices=_list(_TEXT), claims=_list(_TEXT))),
    grade=_maybe("string"),
    grade_reason=_TEXT,
    contest={"type": ["number", "null"], "minimum": 0, "maximum": 1},
    disputes=_list(_TEXT),
    schema_version=_VERSION,
)  # fmt: skip
DOCUMENT = _any(
    id=_TEXT,
    title=_maybe("string"),
    outlet=_maybe("string"),
    domain=_maybe("string"),
    country=_maybe("string"),
    author=_maybe("string"),
    url=_maybe("string"),
    published=_DAY,
    language=_TEXT,
    coded={"type": "boolean"},
    captured=_maybe("string"),
    sha256=_TEXT,
    characters=_OFFSET,
    provenance={"type": ["object", "null"]},
    schema_version=_VERSION,
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": f"standoff records, version {SCHEMA_VERSION}",
    "description": "A line of claims.jsonl is a claim, and so on; the definitions stand alone.",
    "$defs": {"claim": CLAIM, "incident": INCIDENT, "dispute": DISPUTE, "document": DOCUMENT},
}
