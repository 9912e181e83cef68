"""GeoJSON (RFC 7946): incidents, and claims, as points with how exactly the place is known.

A place is drawn where the gazetteer has it: a town at its middle, a region or a country at a point in it. ``precision`` says
which, so that a map can draw an area. What is told of no place that is known has no geometry, and keeps its properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from standoff.export.happenings import apart, days, outlets, place
from standoff.export.selection import Part, Selection, write_array
from standoff.model import Where
from standoff.records import Record, claim_record

_OPEN = '{"type": "FeatureCollection", "features": ['
_CLOSE = "]}"


class GeoJson:
    """``incidents`` and ``claims``, a feature each."""

    name = "geojson"
    chooses_columns = False
    says = "incidents and claims as points for GIS, each with the precision of its place"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("incidents.geojson", partial(self._write, chosen, True))
        yield Part("claims.geojson", partial(self._write, chosen, False))

    def _write(self, chosen: Selection, incidents: bool, out: BinaryIO) -> int:
        return write_array(_OPEN, _incidents(chosen) if incidents else _claims(chosen), _CLOSE, out)


def _incidents(chosen: Selection) -> Iterator[Record]:
    names = chosen.names()
    for told in chosen.happenings():
        one, where = told.dossier, place(told)
        start, end, known = days(told)
        figures = {
            f"{kind.value}_{part}": getattr(figure, part)
            for kind, figure in one.figures
            for part in ("low", "best", "high")
        }
        properties = {
            "event": one.event,
            "date": start.isoformat() if start else None,
            "enddate": end.isoformat() if end else None,
            "date_of": "event" if known else "report",
            "parties": list(one.parties),
            "party_names": [names.party(key) for key in one.parties],
            **_where(where),
            **figures,
            "policy": one.figures[0][1].policy if one.figures else None,
            "claims": len(one.incident.claims),
            "reports": len(one.docs),
            "voices": len(one.voices),
            "outlets": outlets(told),
            "accounts_part_on": sorted({d.kind.value for d in one.disputes}),
            "positions": apart(told, names),
            "grade": one.grade.value if one.grade else None,
        }
        yield _feature(one.incident.id, where, properties)


def _claims(chosen: Selection) -> Iterator[Record]:
    for row in chosen.claims():
        record = claim_record(row.claim)
        properties = {
            "event": record["event"],
            "mode": record["mode"],
            "aux": record["aux"],
            "actor": [m.party.name or m.party.key for m in row.claim.actors],
            "recipient": [m.party.name or m.party.key for m in row.claim.recipients],
            "according_to": [s.mention.party.name or s.mention.party.key for s in row.claim.sources],
            "counts": [{n: c[n] for n in ("kind", "low", "high", "best", "unit")} for c in record["counts"]],
            "date": record["date"],
            "enddate": record["enddate"],
            **_where(row.claim.where),
            "event_text": record["event_text"],
            "confidence": record["confidence"],
            "doc": record["doc"],
            "outlet": row.outlet,
            "url": row.url,
            "incident": row.incident,
        }
        yield _feature(record["id"], row.claim.where, properties)


def _where(where: Where | None) -> Record:
    return {
        "place": where.name if where else None,
        "country": where.country if where else None,
        "precision": where.precision if where else None,
        "geonames_id": where.geonames_id if where else None,
    }


def _feature(id: str, where: Where | None, properties: Record) -> Record:
    placed = where is not None and where.lat is not None and where.lon is not None
    geometry = {"type": "Point", "coordinates": [where.lon, where.lat]} if where is not None and placed else None
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}
