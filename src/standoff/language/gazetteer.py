"""The compiled gazetteer: towns of the world by name, in any Latin spelling.

Data: GeoNames (geonames.org), CC BY 4.0, compiled by ``scripts/build_gazetteer.py``.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from standoff.spelling import fold, skeleton


@dataclass(frozen=True, slots=True)
class Town:
    """One place of the gazetteer; ``country`` is its ISO 3166 alpha-3 code."""

    id: int
    name: str
    country: str
    lat: float
    lon: float
    population: int


@cache
def _connect() -> sqlite3.Connection | None:
    path = resources.files("standoff.language") / "data" / "gazetteer.sqlite"
    if not path.is_file():
        return None
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


_COLUMNS = (
    "SELECT DISTINCT place.id, place.name, country, lat, lon, population FROM name JOIN place ON place.id = name.place "
)
_BY_NAME = _COLUMNS + "WHERE name.key = ? ORDER BY population DESC, place.id LIMIT 40"
_LARGEST = (
    "SELECT id, name, country, lat, lon, population FROM place"
    " WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY population DESC, id LIMIT ?"
)
_BY_SKELETON = _COLUMNS + "WHERE name.skeleton <> '' AND name.skeleton = ? ORDER BY population DESC, place.id LIMIT 200"


@lru_cache(maxsize=20_000)
def towns(name: str) -> tuple[Town, ...]:
    """Towns of this name in any spelling the gazetteer holds, the largest first."""
    return _query(_BY_NAME, fold(name))


@lru_cache(maxsize=20_000)
def like(name: str, countries: tuple[str, ...]) -> tuple[Town, ...]:
    """Towns of the given countries whose name has the same consonants."""
    key = skeleton(name)
    if len(key) < 4 or not countries:
        return ()
    return tuple(t for t in _query(_BY_SKELETON, key) if t.country in countries)


def largest(south: float, north: float, west: float, east: float, most: int) -> tuple[Town, ...]:
    """The largest towns of an area, for a map to be known by."""
    db = _connect()
    if db is None:
        return ()
    return tuple(Town(*row) for row in db.execute(_LARGEST, (south, north, west, east, most)))


def _query(query: str, value: str) -> tuple[Town, ...]:
    db = _connect()
    if db is None or len(value) < 3:
        return ()
    return tuple(Town(*row) for row in db.execute(query, (value,)))


@cache
def countries() -> dict[str, str]:
    """ISO 3166 alpha-3 codes by folded country name."""
    db = _connect()
    return {} if db is None else {fold(name): code for code, name in db.execute("SELECT code, name FROM country")}
