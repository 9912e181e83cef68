"""Armed groups that no table holds, by what a report says of them (``language/groups.py``)."""

from __future__ import annotations

from datetime import date

import pytest

import standoff
from conftest import document, speakers
from standoff import lexicon

MARKED = [
    "The rebel Northern Hills Army attacked a convoy near Mandalay in Myanmar on Monday, killing three drivers.",
    "The Northern Hills Army, a rebel group, attacked a convoy near Mandalay in Myanmar on Monday, killing three drivers.",
    "The Northern Hills Army (NHA), an armed group, attacked a convoy in Myanmar on Monday. The NHA killed three drivers.",
    "The rebels hold the hills of Myanmar. The Northern Hills Army attacked a convoy on Monday, killing three drivers.",
]


@pytest.mark.parametrize("told", MARKED)
def test_a_group_that_no_table_holds_is_its_lands_rebels(told: str) -> None:
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert {key for claim in claims if claim.event == "ASSAULT" for key in claim.actor_keys} == {"MMR-REB"}


@pytest.mark.parametrize(
    "told",
    [
        "The rebel Northern Hills Front shelled Mandalay in Myanmar on Monday. The Front said that it had killed nine soldiers.",
        "Rebels shelled Mandalay in Myanmar on Monday. On Tuesday the Front said that it had killed nine soldiers.",
    ],
)
def test_a_group_is_known_by_the_last_word_of_its_name(told: str) -> None:
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert "MMR-REB" in speakers(claims, 9)


@pytest.mark.parametrize(
    "told",
    [
        "Rebels fled Mandalay in Myanmar on Monday. On Tuesday the Army said that it had killed nine of them.",
        "Soldiers fled Mandalay in Myanmar on Monday. On Tuesday the Front Page said that they had killed nine people.",
    ],
)
def test_states_forces_and_newspapers_are_not_called_shortly(told: str) -> None:
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert "MMR-REB" not in {c.speaker for c in claims}


def test_a_group_is_known_by_its_letters_too() -> None:
    told = "The rebel Northern Hills Army shelled Mandalay in Myanmar on Monday. The NHA said that it had killed nine soldiers."
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert "MMR-REB" in {claim.speaker for claim in claims}


@pytest.mark.parametrize(
    "told",
    [
        "The British Army killed three men in Belfast on Monday. Rebels fled.",
        "The Northern Hills Army shelled Mandalay in Myanmar on Monday.",
        "Police in Mandalay, Myanmar, arrested nine men of the Shan Football League on Monday.",
        "Militants killed nine men in Myanmar on Monday. The Government Information Council said so.",
    ],
)
def test_what_nothing_marks_is_no_group(told: str) -> None:
    claims = standoff.extract(document(told, "one", date(2026, 3, 3)))
    assert "MMR-REB" not in {
        m.party.key
        for c in claims
        for m in (*c.actors, *(s.mention for s in c.sources))
        if m.text[:1].isupper() and "Rebels" not in m.text and "Militants" not in m.text
    }


@pytest.mark.parametrize("table", ["kind", "mark", "fighting_kind", "rebels", "short", "band"])
def test_the_lexicons_examples_name_the_group(table: str) -> None:
    for entry in lexicon.load("armed_groups")[table]:
        claims = standoff.extract(document(entry["example"], "one", date(2026, 3, 3)))
        told = {m.party.key for c in claims for m in (*c.actors, *c.recipients, *(s.mention for s in c.sources))}
        assert "MMR-REB" in told


@pytest.mark.parametrize(
    "said",
    [
        "The Front's spokesman told reporters that over 200 people were killed on the square.",
        "The Shield's man told reporters that over 200 people were killed on the square.",
        "Over 200 people were killed on the square, a Movement officer said.",
    ],
)
def test_a_band_that_no_table_holds_is_not_the_state_it_fights_in(said: str) -> None:
    text = f"VANJOB, Tajikistan - {said} Tajikistan's army denied it."
    told = standoff.extract(document(text, "one", date(2026, 3, 3)))
    assert "TJK" not in speakers(told, 200)
    assert speakers(told, 200)


def test_an_army_unit_is_its_states() -> None:
    text = "The 93rd Brigade's spokesman said that Ukraine had lost nine soldiers near Kharkiv on Monday."
    assert {key and key[:3] for key in speakers(standoff.extract(document(text, "one", date(2026, 3, 3))), 9)} == {
        "UKR"
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M23", "FDLR"),
        ("Mai-Mai", "CODECO"),
        ("FARC", "ELN"),
        ("AUC", "Clan del Golfo"),
        ("Shining Path", "MRTA"),
        ("IRA", "UVF"),
        ("Real IRA", "UDA"),
        ("Ansar al-Sharia", "Libyan National Army"),
        ("Seleka", "anti-balaka"),
        ("Lord's Resistance Army", "ADF"),
        ("Oromo Liberation Army", "Fano"),
        ("Ansar Dine", "MNLA"),
        ("MILF", "MNLF"),
        ("MNDAA", "TNLA"),
        ("UNITA", "FLEC"),
        ("LURD", "NPFL"),
        ("MEND", "IPOB"),
        ("GIA", "GSPC"),
        ("ULFA", "NSCN"),
        ("VRS", "HVO"),
        ("Rapid Support Forces", "Janjaweed"),
        ("Mahdi Army", "Asaib Ahl al-Haq"),
    ],
)
def test_each_group_has_its_own_name(one: str, other: str) -> None:
    (claim,) = standoff.extract(document(f"Fighters of {one} attacked a base of {other} on Monday.", "one"))
    names = [{m.party.name for m in side} for side in (claim.actors, claim.recipients)]
    assert all(len(held) == 1 for held in names)
    assert names[0] != names[1]
