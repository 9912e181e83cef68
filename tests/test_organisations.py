"""Organisations that no table holds, by their names (``language/organisations.py``): their word is not that of the state they watch."""

from __future__ import annotations

from datetime import date

import pytest

import standoff
from conftest import document
from standoff import lexicon
from standoff.model import Claim

RAID = "KHARTOUM, May 3 - Soldiers killed 43 people in a raid on a village near El Obeid on Thursday, the {} said."


def figure(text: str, low: int) -> list[Claim]:
    found = [
        c for c in standoff.extract(document(text, "one", date(2024, 5, 4))) if any(n.low == low for n in c.counts)
    ]
    assert found
    return found


def speakers(text: str, low: int = 43) -> set[tuple[str, str]]:
    return {(s.mention.party.code, s.mention.party.name) for c in figure(text, low) for s in c.sources}


@pytest.mark.parametrize(
    "name",
    [
        "Sudan Doctors Network",
        "Afghan Rights Forum",
        "Yemen Toll Watch",
        "Libya War Watch",
        "Kivu Incident Register",
        "Selva Rights Observatory",
        "Khartoum Lawyers Union",
        "Syrian Centre for Justice and Accountability",
        "Sudan Teachers Committee",
        "Union of Women Workers of Sudan",
    ],
)
def test_an_organisation_called_after_a_state_speaks_for_itself(name: str) -> None:
    assert speakers(RAID.format(name)) == {("NGO", name)}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sudan army", "SDN"),
        ("Sudanese Human Rights Ministry", "SDN"),
        ("Sudan Foreign Ministry", "SDN"),
        ("UN Relief Office Sudan", "UNO"),
        ("UN Mission in Sudan", "UNO"),
        ("Syrian Observatory", "NGO"),
    ],
)
def test_a_states_body_and_the_united_nations_stay_what_they_are(name: str, code: str) -> None:
    assert {code for code, _ in speakers(RAID.format(name))} == {code}


@pytest.mark.parametrize(
    ("before", "called", "whose"),
    [
        ("The Sudan Doctors Network warned of hunger on Monday.", "Network", "Sudan Doctors Network"),
        ("The Selva Rights Observatory warned of hunger on Monday.", "Observatory", "Selva Rights Observatory"),
        ("The Syrian Observatory warned of hunger on Monday.", "Observatory", "Syrian Observatory for Human Rights"),
    ],
)
def test_it_is_known_by_the_head_of_its_name(before: str, called: str, whose: str) -> None:
    assert speakers(f"{before} On Tuesday the {called} said that soldiers had killed 43 people.") == {("NGO", whose)}


@pytest.mark.parametrize("headline", ["Sudan Doctors Network: 43 killed in shelling of El Obeid"])
def test_it_speaks_in_a_headline(headline: str) -> None:
    text = f"The Sudan Doctors Network warned of hunger on Monday.\n\n{headline}\n\nThe army left the town."
    assert speakers(text) == {("NGO", "Sudan Doctors Network")}


def test_who_raids_it_is_not_raided_by_it() -> None:
    text = "Police raided the office of the Sudan Teachers Committee in Khartoum on Monday and arrested nine people."
    raid = next(c for c in standoff.extract(document(text, "one", date(2024, 5, 4))) if "raided" in c.text)
    assert [m.party.name for m in raid.recipients] == ["Sudan Teachers Committee"]


@pytest.mark.parametrize("kind", ["civic", "civic_head", "link"])
def test_the_example_of_its_words_is_read(kind: str) -> None:
    for entry in lexicon.load("bodies")[kind]:
        assert {code for code, _ in speakers(entry["example"].replace("nine", "43"))} == {"NGO"}


@pytest.mark.parametrize(
    ("before", "said", "whose"),
    [
        ("The Saudi-led coalition struck Sanaa on Monday.", "coalition", ("SAU", "Saudi-led coalition")),
        (
            "Fighters of the Coalition of Patriots for Change took Bambari on Monday.",
            "coalition",
            ("CAF", "Coalition of Patriots for Change"),
        ),
        (
            "Fighters of the Brotherhood Alliance took Lashio on Monday.",
            "alliance",
            ("MMR", "Three Brotherhood Alliance"),
        ),
    ],
)
def test_a_coalition_is_the_one_that_was_named(before: str, said: str, whose: tuple[str, str]) -> None:
    assert speakers(f"{before} On Tuesday the {said} said that 43 soldiers had died.") == {whose}


def test_a_coalition_is_not_whom_it_fights() -> None:
    told = speakers("The Houthis fired rockets on Monday. On Tuesday the coalition said that 43 fighters had died.")
    assert "Houthis" not in {name for _, name in told}
