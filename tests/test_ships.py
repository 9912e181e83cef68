"""Ships bear the names of towns, and are none."""

from __future__ import annotations

from datetime import date

import pytest

import standoff
from conftest import document


@pytest.mark.parametrize(
    "told",
    [
        "A Chinese cutter rammed the FB Santa Clara off Manila on Monday. The Santa Clara sank, and two men of the Santa Clara died.",
        "Pirates attacked the freighter Santa Clara off Manila on Monday, killing two men.",
        "Chinese ships fired water cannon at the BRP Santa Clara on Monday. The Santa Clara was hit.",
    ],
)
def test_a_ship_is_no_town_of_its_name(told: str) -> None:
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert claims
    assert not [
        c
        for c in claims
        if (c.where is not None and c.where.country == "CUB") or "CUB" in c.recipient_keys | c.actor_keys
    ]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Shells hit a ferry in Odesa on Monday, killing two people.", "Odesa"),
        ("Gunmen killed two people in Santa Clara on Monday.", "Santa Clara"),
    ],
)
def test_a_town_stays_one(told: str, place: str) -> None:
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert place in {c.where.name for c in claims if c.where is not None}
