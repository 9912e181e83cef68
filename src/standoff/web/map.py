"""The map: incidents by place, each as an area as large as its place is uncertain, on boundaries that lie beside the page."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.datastructures import QueryParams

from standoff import ontology
from standoff.analysis.brief import Titles
from standoff.errors import SettingsError
from standoff.language import gazetteer
from standoff.reconcile.soundness import SOUND
from standoff.store.browse import IncidentRow
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.series import PRECISION, RADIUS
from standoff.web.view import Site, drawn_once, page, site
from standoff.web.words import QUADS
from standoff.wording import states

router = APIRouter(include_in_schema=False)

MOST = 2000
"""Incidents that a map shows."""
TOWNS = 150
"""Towns that a map may name; it shows those that have room."""
NAMED = 12
"""Places that are in no list of places, by name."""
MARGIN = 2.0
"""Degrees around one place."""
NATURAL_EARTH = "Natural Earth, 1:50 million, boundaries as they are held"
"""The set that comes along: who administers a place in fact, not who claims it."""


@router.get("/map")
def show(request: Request) -> Response:
    held = site(request)
    listed, more = _asked(request)
    places = places_of(listed, held)
    query = request.query_params
    uncertain = query.get("uncertain") == "yes"
    unplaced = held.store.browse.incidents(**_wanted(query), placed=False, limit=MOST).rows
    countries = set(states().values())  # known, but no point of a map
    missing = Counter(row.place for row in unplaced if row.place and row.place not in countries)
    return page(
        request,
        "map.html",
        missing=[name for name, _ in missing.most_common(NAMED)],
        more_missing=max(0, len(missing) - NAMED),
        nowhere=sum(not row.place for row in unplaced),
        countrywide=sum(row.place in countries for row in unplaced),
        places=sorted(places, key=lambda place: (-len(place["incidents"]), place["name"])),
        shown=len(listed),
        unplaced=held.store.browse.count_incidents(**_wanted(query), placed=False),
        filters=asked.with_(query, ("placed", "uncertain")),
        doubtful=0
        if uncertain
        else held.store.browse.count_incidents(**{**_wanted(query), "least": 0.0, "below": SOUND}, placed=True),
        with_uncertain=asked.with_(query, uncertain="yes"),
        uncertain=uncertain,
        more=more,
        party=query.get("party") or None,
        event=query.get("event") or None,
        disputed=query.get("disputed") == "yes",
        since=query.get("since", ""),
        until=query.get("until", ""),
        parties=held.parties,
        boundaries=named(held.boundaries),
        draws="map" if built("map.js") else "",
        boundaries_at="/map/boundaries.json" if held.boundaries else "/static/built/boundaries.json",
    )


@router.get("/map/places.json")
@drawn_once
def places(request: Request) -> Response:
    listed, _ = _asked(request)
    found = places_of(listed, site(request))
    return JSONResponse({"places": found, "towns": _towns(found)})


@router.get("/map/boundaries.json")
def boundaries(request: Request) -> Response:
    """The boundaries that were given in place of those that come along."""
    given = site(request).boundaries
    if given is None:
        raise Refused(404, "boundaries", "none were given", "standoff serve --boundaries FILE")
    return FileResponse(given, media_type="application/json")


def places_of(listed: list[IncidentRow], held: Site) -> list[dict[str, Any]]:
    """Incidents by place; a place is of the class that most of its incidents have, the graver where they are equal."""
    grouped: dict[tuple[float, float, str], list[IncidentRow]] = defaultdict(list)
    titles = held.titles
    for row in held.by_sure_disputes(listed):
        if row.lat is not None and row.lon is not None:
            grouped[row.lat, row.lon, row.precision or "area"].append(row)
    found = []
    for (lat, lon, precision), rows in sorted(grouped.items()):
        quads = [ontology.quad(row.event) for row in rows]
        found.append(
            {
                "name": rows[0].place or rows[0].country or "",
                "lat": lat,
                "lon": lon,
                "precision": PRECISION.get(precision, precision),
                "radius": RADIUS.get(precision, RADIUS["area"]),
                "quad": QUADS[max(quads, key=lambda quad: (quads.count(quad), quad))],
                "disputes": sum(row.disputes for row in rows),
                "incidents": [{"id": row.id, "says": _says(row, titles)} for row in rows],
            }
        )
    return found


def _towns(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The large towns around the places of a map, the largest first: a reader finds their way by them."""
    if not places:
        return []
    lats, lons = [place["lat"] for place in places], [place["lon"] for place in places]
    high, wide = max(lats) - min(lats) + MARGIN, max(lons) - min(lons) + MARGIN
    found = gazetteer.largest(min(lats) - high, max(lats) + high, min(lons) - wide, max(lons) + wide, TOWNS)
    own = {place["name"] for place in places}
    return [{"name": town.name, "lat": town.lat, "lon": town.lon} for town in found if town.name not in own]


def check(path: Path) -> Path:
    """A file of boundaries that can be drawn.

    Raises:
        SettingsError: it cannot be read, or is neither GeoJSON nor TopoJSON.
    """
    try:
        kind = json.loads(path.read_text(encoding="utf-8")).get("type")
    except OSError as error:
        raise SettingsError(str(path), error.strerror or str(error), "name a file of boundaries") from None
    except (ValueError, AttributeError):
        kind = None
    if kind not in ("Topology", "FeatureCollection"):
        raise SettingsError(str(path), "neither GeoJSON nor TopoJSON", "give a FeatureCollection or a Topology")
    return path


def named(given: Path | None) -> str:
    """What the boundaries of a map are called."""
    return NATURAL_EARTH if given is None else given.name


@cache
def built(name: str) -> bool:
    """A part that draws was built into the package."""
    return (resources.files("standoff.web") / "static" / "built" / name).is_file()


def _asked(request: Request) -> tuple[list[IncidentRow], bool]:
    found = site(request).store.browse.incidents(**_wanted(request.query_params), placed=True, limit=MOST)
    return list(found.rows), found.after is not None


def _wanted(query: QueryParams) -> dict[str, Any]:
    """Which incidents are asked for, wherever they were; those that the program is not sure of are asked for by name."""
    return {
        "least": 0.0 if query.get("uncertain") == "yes" else SOUND,
        "party": query.get("party") or None,
        "event": query.get("event") or None,
        "since": asked.day(query, "since"),
        "until": asked.day(query, "until"),
        "disputed": query.get("disputed") == "yes",
    }


def _says(row: IncidentRow, titles: Titles) -> str:
    told = titles.incident(row)
    return f"{told} (disputed)" if row.disputes else told
