"""Who attacked a place and is not known is never its own state; and who plainly is of the place still is."""

from __future__ import annotations

from datetime import date

import pytest

import standoff
from conftest import document


@pytest.mark.parametrize(
    "told",
    [
        "Blorgian forces shelled the Ukrainian city of Kharkiv on Monday, killing 12 people.",
        "Foreign troops shelled the Ukrainian city of Kharkiv on Monday.",
        "Enemy forces shelled the Ukrainian city of Kharkiv on Monday.",
        "Zorvanian troops bombed a hospital in Aleppo, killing 12 people.",
        "Blorgia shelled Kharkiv on Monday, killing 12 people.",
        "Occupying forces shelled Kherson on Monday, killing two.",
        "Three Thurgovian jets bombed the Sudanese town of Nyala on Friday.",
    ],
)
@pytest.mark.parametrize("before", ["", "Rain fell on the coast on Sunday. "], ids=["first", "second"])
def test_who_is_not_known_is_not_the_state_whose_town_was_attacked(told: str, before: str) -> None:
    claims = standoff.extract(document(before + told, "one", date(2025, 5, 8)))
    assert claims
    assert not [claim.text for claim in claims if claim.actor_keys]


@pytest.mark.parametrize(
    ("told", "actor"),
    [
        ("Government forces shelled Aleppo on Monday.", "SYR"),
        ("Security forces opened fire in Kharkiv on Monday.", "UKR"),
        ("Local police arrested nine men in Lagos on Monday.", "NGA"),
        ("Elite troops stormed a school in Jolo on Monday, killing three.", "PHL"),
        ("Federal troops entered the town of Mekelle on Monday.", "ETH"),
        ("Russian forces shelled the Ukrainian city of Kharkiv on Monday.", "RUS"),
    ],
)
def test_who_is_of_the_place_is_its_states(told: str, actor: str) -> None:
    claims = standoff.extract(document(told, "one", date(2025, 5, 8)))
    assert {key for claim in claims for key in claim.actor_keys} == {actor}


@pytest.mark.parametrize(
    "office", ["Foreign Office", "foreign ministry", "Foreign Affairs Ministry", "foreign policy adviser"]
)
def test_a_foreign_office_is_no_stranger(office: str) -> None:
    told = f'Pakistan on Tuesday summoned India\'s ambassador. "Indian forces shelled Leepa," the {office} said.'
    claims = standoff.extract(document(told, "one", date(2024, 5, 6)))
    assert "PAK" in {claim.speaker for claim in claims if claim.event == "ASSAULT"}


@pytest.mark.parametrize("space", "\u00a0\u2009\u202f", ids=["no-break", "thin", "narrow"])
def test_a_space_of_any_kind_parts_the_thousands_of_one_figure(space: str) -> None:
    told = f"The shelling of Kharkiv killed 1{space}200 people and wounded 12{space}400, the army said."
    claims = standoff.extract(document(told, "one", date(2025, 5, 8)))
    assert {count.low for claim in claims for count in claim.counts} == {1200, 12400}


@pytest.mark.parametrize(
    "words",
    ["one hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred", "999 999 999 trillion"],
)
def test_no_figure_is_beyond_all_reason(words: str) -> None:
    claims = standoff.extract(
        document(f"The strike on Kharkiv killed {words} people on Monday.", "one", date(2025, 5, 8))
    )
    assert all((count.high or 0) <= 10**13 for claim in claims for count in claim.counts)
