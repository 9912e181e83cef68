"""What lists, maps and timelines show of an incident, in columns: drawn from its claims whenever incidents are saved.

The accounts, figures and grades of an incident are drawn in full where one is opened (:mod:`standoff.reconcile.dossier`).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from standoff.model import BLOCS, DisputeState, Reconciliation
from standoff.reconcile import days
from standoff.store import tables

_SPEECH = {"ACCUSE", "REJECT"}
"""Who accuses or denies tells of the deed; the deed is another type."""
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("event", "start", "end", "parties", "place_country", "latitude", "longitude", "place_precision")),
    "claims": 0,
    "reports": 0,
    "disputes": 0,
    "severity": 0.0,
}
_FINEST = ("point", "city", "region", "area", "country")


def write(connection: Connection, reconciliation: Reconciliation) -> None:
    """Fill the columns of every incident."""
    claim = tables.claim
    wanted = select(
        claim.c.id,
        claim.c.doc,
        claim.c.event,
        claim.c.aux,
        claim.c.date,
        claim.c.enddate,
        claim.c.place,
        claim.c.place_country,
        claim.c.latitude,
        claim.c.longitude,
        claim.c.place_precision,
        tables.document.c.published,
    ).select_from(claim.join(tables.document))
    rows = {row.id: row for row in connection.execute(wanted)}
    parties: dict[str, set[str]] = defaultdict(set)
    party = tables.claim_party
    acting = select(party.c.claim, party.c.party).where(
        party.c.role.in_(("actor", "recipient")), party.c.party != "UNK"
    )
    for row in connection.execute(acting):
        parties[row.claim].add(row.party)
    disputes: dict[str | None, list[float]] = defaultdict(list)
    for dispute in reconciliation.disputes:
        if dispute.state is not DisputeState.SETTLED:
            disputes[dispute.incident].append(dispute.severity)
    values = []
    for incident in reconciliation.incidents:
        told = [rows[key] for key in incident.claims]
        if not told:
            values.append({"of": incident.id, **_NOTHING})
            continue
        deeds = [row for row in told if row.event not in _SPEECH] or told
        # What only looks back dates nothing, as in the title.
        dated = [row for row in deeds if row.date and '"historical"' not in row.aux]
        first = min((date.fromisoformat(row.published) for row in told if row.published), default=None)
        when = days.of_incident(
            incident.title,
            [(date.fromisoformat(row.date), date.fromisoformat(row.enddate or row.date)) for row in dated],
            len(told),
            first,
        )
        place = incident.place or None
        # Of several readings of one place the most precise that has a position is shown on the map.
        at = min(
            (row for row in deeds if row.place == place and row.latitude is not None),
            key=lambda row: (_FINEST.index(row.place_precision) if row.place_precision in _FINEST else 9, row.id),
            default=None,
        )
        named = next((row for row in deeds if row.place == place), None) if place else None
        acting_in = sorted(
            {key for row in deeds for key in parties[row.id]}, key=lambda key: (key.split("-")[0] in BLOCS, key)
        )
        events = Counter(row.event for row in deeds)
        values.append(
            {
                "of": incident.id,
                "event": min(events, key=lambda event: (-events[event], [r.event for r in deeds].index(event))),
                "start": when[0].isoformat() if when else None,
                "end": when[1].isoformat() if when else None,
                "parties": json.dumps(acting_in),
                "place_country": at.place_country if at else named.place_country if named else None,
                "latitude": at.latitude if at else None,
                "longitude": at.longitude if at else None,
                "place_precision": at.place_precision if at else None,
                "claims": len(told),
                "reports": len({row.doc for row in told}),
                "disputes": len(disputes[incident.id]),
                "severity": max(disputes[incident.id], default=0.0),
            }
        )
    table = tables.incident
    written = {row.id: row._mapping for row in connection.execute(select(table))}
    values = [one for one in values if any(written[one["of"]][name] != one[name] for name in one if name != "of")]
    if not values:
        return
    columns: dict[str, Any] = {name: bindparam(name) for name in values[0] if name != "of"}
    connection.execute(update(table).where(table.c.id == bindparam("of")).values(columns), values)
