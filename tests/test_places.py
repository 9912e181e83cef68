"""Where an event is said to have happened, by construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from standoff.model import Claim

CASES = [
    # the preposition's place
    ("Police in Harare fired tear gas at protesters.", "Harare", "ZWE"),
    ("Rebels killed 12 soldiers in an ambush near the border town of Kidal, Mali.", "Kidal", "MLI"),
    # a part of a state is not the state
    ("A bomb in eastern Afghanistan killed 12 soldiers on Sunday.", "eastern Afghanistan", "AFG"),
    ("Fighting in eastern Congo has displaced 7,000 people, the UN said.", "eastern Congo", "COD"),
    # the place of the noun that the clause is about
    (
        "Police are looking into an attack on a church in southern Nigeria that killed nine people.",
        "southern Nigeria",
        "NGA",
    ),
    ("The Mosul offensive has displaced 100,000 people.", "Mosul", "IRQ"),
    ("The shelling of Donetsk killed four civilians.", "Donetsk", "UKR"),
    ("The raid on Jenin left three Palestinians dead.", "Jenin", None),
    # verbs under one subject share the place
    ("The army said 30 militants were killed, wounded or captured in the Afrin offensive.", "Afrin", "SYR"),
    # land named by its adjective
    ("India said its jets struck camps inside Pakistani territory.", "Pakistan", "PAK"),
    # a territory that is an administrative unit, as in the Congo
    ("The M23 entered Rutshuru territory on Friday, killing 12 villagers.", "Rutshuru", "COD"),
    ("Militias killed 23 people in the Rutshuru Territory of North Kivu, DR Congo.", "Rutshuru Territory", "COD"),
    # the kind of place beside its name
    ("Gunmen killed 20 villagers in Nigeria's Zamfara state.", "Zamfara", "NGA"),
    ("Russian forces shelled the Kherson region on Monday.", "Kherson region", "UKR"),
    ("Saudi jets bombed the Houthi stronghold of Saada in northern Yemen.", "Saada", "YEM"),
    # a town keeps the spelling of its report
    ("Russian missiles hit Kiev on Monday, killing three people.", "Kiev", "UKR"),
    # an apostrophe lost
    ("Warplanes bombed a school in Syrias Idlib province, killing 12 children.", "Idlib province", "SYR"),
    # who is called on is not where
    ("Kenya called on Russia to release the crew.", None, None),
]


@pytest.mark.parametrize(("text", "name", "country"), CASES)
def test_place(by_rules: Callable[..., tuple[Claim, ...]], text: str, name: str | None, country: str | None) -> None:
    claims = by_rules(text)
    assert claims
    if name is None:
        assert [claim.where for claim in claims if claim.where is not None] == []
        return
    found = [claim.where for claim in claims if claim.where is not None and claim.event in {"ASSAULT", "COERCE"}]
    assert (name, country) in [(where.name, where.country) for where in found]


def test_a_town_by_another_of_its_names_is_not_of_a_country_of_which_nothing_is_said(
    code: Callable[..., tuple[Claim, ...]],
) -> None:
    told = "Israeli shells hit a United Nations camp at Qana in the south of Lebanon on Thursday, and Hezbollah denied that it had fired."
    claims = code(told)
    assert {claim.where.country for claim in claims if claim.where is not None} <= {"LBN", None}
    assert "EGY" not in {key for claim in claims for key in claim.actor_keys | claim.recipient_keys}


@pytest.mark.parametrize(
    ("told", "country"),
    [
        ("A mother and her two daughters were killed in the Israeli raid on Nabatieh.", "LBN"),
        ("A Russian strike on Zaporizhzhia killed three people.", "UKR"),
        ("Three Turkish soldiers were killed by PKK fighters in Duhok.", "IRQ"),
    ],
)
def test_a_town_in_another_spelling_is_found_where_its_attacker_alone_is_named(
    told: str, country: str, code: Callable[..., tuple[Claim, ...]]
) -> None:
    assert {claim.where.country for claim in code(told) if claim.where is not None} == {country}


@pytest.mark.parametrize(
    ("told", "country"),
    [
        ("Russian forces shelled Pokrovsk on Tuesday.", "UKR"),  # Engels in Russia was called so once
        ("A Russian strike on Kupiansk killed three people.", "UKR"),
        ("Israeli settlers torched six houses in Turmus Ayya.", "PSE"),
        ("Hezbollah fired rockets at Kiryat Shmona.", "ISR"),
        ("Israeli shells hit Qana, and Hezbollah answered from the south of Lebanon.", "LBN"),
    ],
)
def test_a_town_of_which_no_country_is_said_lies_in_one_beside_those_that_are(
    code: Callable[..., tuple[Claim, ...]], told: str, country: str
) -> None:
    assert country in {claim.where.country for claim in code(told) if claim.where is not None}


@pytest.mark.parametrize(
    ("told", "place"),
    [
        # called Humberto Chalaria elsewhere in the report
        (
            "Colombian police said they attacked Chalaria on Monday. Chalaria, 30, escaped. Humberto Chalaria leads a gang in Cali.",
            None,
        ),
        # a general whom a table holds
        (
            "The weapons were seized on Monday in a captured camp of Khalifa Haftar's, near Garyan. They were damaged in an air strike, Libyan officials said.",
            "Garyan",
        ),
    ],
)
def test_somebodys_name_is_no_place(code: Callable[..., tuple[Claim, ...]], told: str, place: str | None) -> None:
    names = {claim.where.name for claim in code(told) if claim.where is not None}
    assert names <= {place, "Cali"}
    assert place is None or place in names
