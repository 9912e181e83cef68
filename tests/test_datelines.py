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


@pytest.mark.parametrize(
    ("entry", "speakers"),
    [
        ("13:05 – Army: the rebels killed nine people in Kidal.", {"Army"}),
        ("12:45 - The rebels, by telephone: a helicopter killed nine people in Kidal.", {"rebels"}),
        ("10:15 GMT | A doctor at the hospital in Gao: a raid killed nine people in Kidal.", {"doctor"}),
        ("[09:30] Sahel Rights Watch: soldiers killed nine people in Kidal. Four are missing.", {"Sahel Rights Watch"}),
        ("11:40 – Bamako: our air force struck a camp in Kidal and killed nine people.", {"Mali"}),
        ("13:20 – Army: soldiers hold the bridge. The rebels killed nine people in Kidal.", {"Army"}),
        ("08:20 – Kidal: a raid killed nine people at the market.", set()),
        ("08:50 – The mayor lists those who were in the bus: a raid killed nine people in Kidal.", set()),
        ("07:10 – Army: all is quiet in Gao. A raid killed nine people in Kidal, a nurse said.", {"nurse"}),
    ],
)
def test_an_entry_of_a_log_is_told_by_whom_it_names(entry: str, speakers: set[str]) -> None:
    text = f"Mali: the day as it went\n\n06:00 – Shops have opened in Bamako.\n\n{entry}\n\n18:00 – Rain has begun to fall."
    claims = [c for c in standoff.extract(document(text)) if any(n.low == 9 for n in c.counts)]
    assert claims
    assert {s.mention.party.name for c in claims for s in c.sources} == speakers


def test_a_body_that_is_named_as_a_town_is_speaks_in_a_headline() -> None:
    """There is a town called Idf; a town in capitals before a colon is where a report was written."""
    claims = standoff.extract(document("IDF: Hezbollah fired 50 rockets at Galilee on Sunday and killed nine people"))
    assert {s.mention.party.name for c in claims for s in c.sources} == {"IDF"}
