"""Rows in the shape of UCDP GED: its 49 columns, filled only with what the reports say.

An incident becomes a row where deaths by organised violence are told (codebook: "an incident where armed force was used by an
organised actor … resulting in at least 1 direct death"). ``best``, ``high`` and ``low`` are by the named policy, UCDP's own
unless another is asked for; ``source_original`` is who the reports quote. UCDP's numbers of conflicts, dyads and actors are its
own and stay empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import BinaryIO

from standoff.export.csv import safe
from standoff.export.happenings import (
    called,
    days,
    figure,
    is_armed,
    is_civil,
    is_state,
    outlets,
    place,
    sides,
    told_by,
)  # fmt: skip
from standoff.export.selection import Part, Selection, Told, text
from standoff.model import AuxMode, CountKind, Party
from standoff.ontology import countries
from standoff.reconcile.policies import Estimate
from standoff.wording import Names, state_name

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
_WHERE = {"point": 1, "city": 1, "area": 5, "region": 4, "country": 6}
"""GED's where_prec: 1 the place itself, 4 the first order of administration, 5 a part of a country, 6 the country."""
_CIVILIANS = ("civilian", "child", "women", "woman", "villager", "resident", "passenger", "worker", "journalist")
_ARMED = ("soldier", "troop", "fighter", "militant", "rebel", "serviceme", "insurgent", "officer", "guard", "police")


class Ged:
    """A row an incident with deaths."""

    name = "ged"
    chooses_columns = False
    says = "UCDP GED-shaped CSV, 49 columns, a row an incident with deaths; best, high, low by the named rule"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("ged.csv", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        names = chosen.names()
        number = 0
        with text(out) as lines:
            rows = csv.writer(lines, lineterminator="\n")
            rows.writerow(COLUMNS)
            for told in chosen.happenings("ucdp"):
                deaths = figure(told, CountKind.KILLED)
                if told.dossier.event == "ASSAULT" and deaths is not None and (deaths.high or deaths.best or 0) > 0:
                    number += 1
                    row = _row(told, deaths, names)
                    rows.writerow(safe(cell) if isinstance(cell, str) else cell for cell in row)
        return number


def _row(told: Told, deaths: Estimate, names: Names) -> list[object]:
    one = told.dossier
    start, end, known = days(told)
    where, both = place(told), sides(told)
    country = countries().get(where.country or "") if where else None
    side_a, side_b = called(both.actors, names), called(both.recipients, names)
    kind = type_of_violence(both.actors, both.recipients)
    reports = sorted(told.documents.values(), key=lambda d: (d.published or date.max, d.id))
    shares = _shares(told, deaths, both.recipients, kind)
    placed = where is not None and where.lat is not None and where.lon is not None
    return [
        one.incident.id,
        "",
        start.year if start else "",
        "",
        "",
        kind or "",
        "", "", "", "", "",
        f"{side_a} - {side_b}" if side_a and side_b else "",
        "", "", side_a,
        "", "", "Civilians" if kind == 3 else side_b,
        len(told.documents),
        "; ".join(f"{d.outlet or d.domain or d.id}, {d.published or ''}, {d.title or ''}" for d in reports),
        "; ".join(outlets(told)),
        "; ".join(dict.fromkeys(d.published.isoformat() for d in reports if d.published)),
        "; ".join(dict.fromkeys(d.title for d in reports if d.title)),
        "; ".join(told_by(told, names)),
        _WHERE.get(where.precision, 5) if where else "",
        where.name if where else "",
        " ".join(where.text.split()) if where else "",
        "", "",
        where.lat if where and placed else "",
        where.lon if where and placed else "",
        f"POINT ({where.lon:g} {where.lat:g})" if where and where.lat is not None and where.lon is not None else "",
        "",
        state_name(country.code) if country else "",
        country.gw if country and country.gw is not None else "",
        country.ucdp_region if country else "",
        1 if known and start == end else 2,
        _date_precision(start, end, known),
        start.isoformat() if start else "",
        end.isoformat() if end else "",
        *shares,
        *("" if n is None else n for n in (deaths.best, deaths.high, deaths.low)),
        *(_gw(parties) for parties in (both.actors, both.recipients)),
    ]  # fmt: skip


def type_of_violence(actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> int | None:
    """GED's type: 1 a state is a side, 2 between groups, 3 against civilians; None where no one is named."""
    if not actors:
        return None
    if recipients and all(is_civil(party) for party in recipients):
        return 3
    if not recipients:
        return None
    states = [is_state(party) for party in (actors[0], recipients[0])]
    return 1 if any(states) else 2 if is_armed(actors[0]) and is_armed(recipients[0]) else 3


def _shares(
    told: Told, deaths: Estimate, recipients: tuple[Party, ...], kind: int | None
) -> tuple[object, object, object, object]:
    """Whose the dead were, where every figure says so alike: ``deaths_a``, ``_b``, ``_civilians``, ``_unknown``."""
    if deaths.best is None:
        return "", "", "", ""
    units = {
        count.unit.lower()
        for c in told.deeds
        if AuxMode.HISTORICAL not in c.aux
        for count in c.counts
        if count.kind is CountKind.KILLED
    }
    if kind == 3 or (units and all(any(word in unit for word in _CIVILIANS) for unit in units)):
        return 0, 0, deaths.best, 0
    if units and all(any(word in unit for word in _ARMED) for unit in units) and len(recipients) == 1:
        return 0, deaths.best, 0, 0
    return 0, 0, 0, deaths.best


def _date_precision(start: date | None, end: date | None, known: bool) -> int:
    """GED's date_prec: 1 the day, 2 within six days, 3 within a week, 4 within a month, 5 longer or not told."""
    if start is None or end is None or not known:
        return 5
    length = (end - start).days
    return 1 if not length else 2 if length <= 5 else 3 if length <= 7 else 4 if length <= 31 else 5


def _gw(parties: tuple[Party, ...]) -> object:
    """Gleditsch and Ward's number of a side that is a state."""
    if not parties or not is_state(parties[0]) or is_civil(parties[0]):
        return ""
    country = countries().get(parties[0].code)
    return country.gw if country and country.gw is not None else ""
