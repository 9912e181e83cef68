"""Rows in the shape of ACLED's export: its 31 columns, filled only with what the reports say.

An incident becomes a row where it is of a kind that ACLED records (codebook, "ACLED event types"). Names of actors are the
reports', not ACLED's; where accounts name different actors, all stand in the cell. Columns that no report can fill
(``event_id_cnty`` of ACLED's own numbering, ``source_scale``) hold our id, or nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import BinaryIO

from standoff.export.csv import safe
from standoff.export.happenings import (
    apart,
    called,
    days,
    figure,
    is_armed,
    is_civil,
    is_state,
    outlets,
    place,
    quotation,
    sides,
)  # fmt: skip
from standoff.export.selection import Part, Selection, Told, text
from standoff.model import Claim, CountKind, Party
from standoff.ontology import countries
from standoff.wording import Names, state_name

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_VIOLENCE, _DEMONSTRATIONS, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_BY_MODE = {
    "suicide-attack": (_VIOLENCE, "Explosions/Remote violence", "Suicide bomb"),
    "unconventional": (_VIOLENCE, "Explosions/Remote violence", "Chemical weapon"),
    "aerial": (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    "drone": (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    "heavy-weapons": (_VIOLENCE, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "explosives": (_VIOLENCE, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "abduct": (_VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"),
    "sexual": (_VIOLENCE, "Violence against civilians", "Sexual violence"),
    "crowd-control": (f"{_VIOLENCE}; {_DEMONSTRATIONS}", "Protests", "Excessive force against protesters"),
    "riot": (_DEMONSTRATIONS, "Riots", "Violent demonstration"),
    "ceasefire": (_STRATEGIC, "Strategic developments", "Agreement"),
    "arrest": (_STRATEGIC, "Strategic developments", "Arrests"),
}
_BY_EVENT = {
    "PROTEST": (_DEMONSTRATIONS, "Protests", "Peaceful protest"),
    "AGREE": (_STRATEGIC, "Strategic developments", "Agreement"),
    "MOBILIZE": (_STRATEGIC, "Strategic developments", "Change to group/activity"),
}
_GEO = {"point": 1, "city": 1, "area": 2, "region": 3, "country": 3}


class Acled:
    """A row an incident."""

    name = "acled"
    chooses_columns = False
    says = "ACLED-shaped CSV, 31 columns, a row an incident of the kinds that ACLED records"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("acled.csv", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        names = chosen.names()
        number = 0
        with text(out) as lines:
            rows = csv.writer(lines, lineterminator="\n")
            rows.writerow(COLUMNS)
            for told in chosen.happenings("acled"):
                kind = kind_of(told)
                if kind is not None:
                    number += 1
                    row = _row(told, kind, names)
                    rows.writerow(safe(cell) if isinstance(cell, str) else cell for cell in row)
        return number


def kind_of(told: Told) -> tuple[str, str, str] | None:
    """Disorder, event and sub-event type; None where ACLED records no such thing."""
    of_it = [c for c in told.deeds if c.event == told.dossier.event]
    modes = {mode for c in of_it for mode in c.modes}
    for mode, kind in _BY_MODE.items():
        if mode in modes:
            return kind
    if told.dossier.event != "ASSAULT":
        return _BY_EVENT.get(told.dossier.event)
    if _fought(told, of_it):
        return _VIOLENCE, "Battles", "Armed clash"
    return _VIOLENCE, "Violence against civilians", "Attack"


def _fought(told: Told, claims: list[Claim]) -> bool:
    """Both sides bear arms: ACLED's battle. Whom nobody calls armed is a civilian to it."""
    suffering = sides(told).recipients
    if any(is_civil(party) for party in suffering):
        return False
    return any(is_armed(party) or is_state(party) for party in suffering)


def _row(told: Told, kind: tuple[str, str, str], names: Names) -> list[object]:
    one = told.dossier
    start, end, known = days(told)
    where, both = place(told), sides(told)
    country = countries().get(where.country or "") if where else None
    killed = figure(told, CountKind.KILLED)
    inter = _inter(both.actors, kind), _inter(both.recipients, kind)
    first = told.deeds[0]
    note = [quotation(first, told, names)]
    if one.disputes:
        note.append(f"Accounts part on {apart(told, names)}.")
    if not known:
        note.append("No day is told: the date is that of the earliest report.")
    if killed is not None:
        note.append(f"Fatalities by the rule {killed.policy}: {killed.reason}.")
    civil = kind[1] == "Violence against civilians" or any(is_civil(p) for p in both.recipients)
    captured = [d.captured for d in told.documents.values() if d.captured]
    return [
        one.incident.id,
        start.isoformat() if start else "",
        start.year if start else "",
        _precision(start, end) if known else 3,
        *kind,
        called(both.actors, names),
        "",
        inter[0],
        called(both.recipients, names),
        "",
        inter[1],
        "-".join(filter(None, inter)),
        "Civilian targeting" if civil else "",
        country.numeric if country and country.numeric is not None else "",
        country.acled_region if country else "",
        state_name(country.code) if country else "",
        "",
        "",
        "",
        where.name if where else "",
        where.lat if where and where.lat is not None else "",
        where.lon if where and where.lon is not None else "",
        _GEO.get(where.precision, 3) if where else "",
        "; ".join(outlets(told)),
        "",
        " ".join(note),
        killed.best if killed is not None and killed.best is not None else "",
        "; ".join(sorted({f"disputed: {d.kind.value}" for d in one.disputes})),
        int(max(captured).timestamp()) if captured else "",
    ]


def _precision(start: date | None, end: date | None) -> int:
    """ACLED's time precision: 1 the day, 2 within a week, 3 within a month."""
    if start is None or end is None:
        return 3
    return 1 if start == end else 2 if (end - start).days <= 7 else 3


def _inter(parties: tuple[Party, ...], kind: tuple[str, str, str]) -> str:
    """ACLED's word for what kind of actor it is, of the one that is told most."""
    if not parties:
        return ""
    party = parties[0]
    if kind[1] in ("Protests", "Riots") and not is_armed(party) and "GOV" not in party.sectors:
        return "Rioters" if kind[1] == "Riots" else "Protesters"
    if {"REB", "PRE"} & set(party.sectors):
        return "Rebel group"
    if is_civil(party):
        return "Civilians"
    return "State forces" if is_state(party) else "External/Other forces"
