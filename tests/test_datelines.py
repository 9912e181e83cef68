"""Where a report was written is not where its deeds were done, and a month is no town."""

from __future__ import annotations

import pytest

import standoff
from conftest import document


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "A shelling of Damascus left six people dead. MOSCOW (Sputnik) Six people were killed and over 10 were injured in a "
            "shelling of the central neighbourhoods of Damascus on Sunday, a doctor told a news agency.",
            "Damascus",
        ),
        ("Syria 24 Jul 2016 Air strikes killed six people in Aleppo.", "Aleppo"),
        ("KABUL (Reuters) - A bomb killed nine people on Monday, police said.", None),
    ],
)
def test_the_place_of_writing_is_not_the_place_of_the_deed(text: str, place: str | None) -> None:
    places = {c.where.name if c.where else None for c in standoff.extract(document(text)) if c.event == "ASSAULT"}
    assert places == {place}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ISLAMABAD: Indian troops killed three villagers in Kotli on Monday.", set()),
        ("STEPANAKERT: Armenia and Azerbaijan accused each other of shelling on Monday.", {"ARM", "AZE"}),
        ("KABUL: A Pakistani air strike killed nine children in Khost on Tuesday, officials said.", {"AFG"}),
        ("Islamabad: Indian troops killed three villagers in Kotli", {"PAK"}),
    ],
)
def test_the_place_of_writing_tells_nothing(text: str, told: set[str]) -> None:
    """Papers of South Asia set the place in capitals before a colon; a headline's speaker stands before one too."""
    claims = [c for c in standoff.extract(document(text)) if c.event == "ASSAULT"]
    assert claims
    assert {s.mention.party.key for c in claims for s in c.sources} == told
