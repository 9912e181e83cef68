"""Whose "the ministry" is: that of the outlet's own country, where the text is about it and says nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import standoff
from conftest import document, speakers
from standoff import lexicon
from standoff.language import home
from standoff.model import Document

TOLD = (
    "Ethiopian forces opened fire on Eritrean positions near Badme on Tuesday, the Ministry of Information said. "
    "The Ethiopian shelling killed two Eritrean farmers, the ministry said."
)


def told(text: str, outlet: str) -> Document:
    return replace(document(text, "one", date(2026, 3, 3)), outlet=outlet)


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("Asmara Daily", "ERI"),
        ("The Times of India", "IND"),
        ("Pakistan Observer", "PAK"),
        ("Georgian Messenger", "GEO"),
        ("Continental Wire", ""),
        ("Midlands Evening News", ""),
        ("Gulf Morning Post", ""),
        ("", ""),
    ],
)
def test_an_outlet_is_at_home_where_its_name_says(outlet: str, country: str) -> None:
    assert home.of(told(TOLD, outlet)) == country


OTHER_WAY = TOLD.replace("Ethiopian", "X").replace("Eritrean", "Ethiopian").replace("X", "Eritrean")


@pytest.mark.parametrize(
    ("outlet", "text", "speaker"), [("Asmara Daily", TOLD, "ERI"), ("Ethiopian Herald", OTHER_WAY, "ETH")]
)
def test_a_bare_ministry_is_that_of_the_outlets_country(outlet: str, text: str, speaker: str) -> None:
    claims = [claim for claim in standoff.extract(told(text, outlet)) if claim.sources]
    assert claims
    assert {claim.speaker for claim in claims} == {speaker}


def test_a_ministry_that_was_named_with_its_state_stays_that_states() -> None:
    text = "Ethiopia's defence ministry said on Tuesday that Eritrean troops had shelled Zalambessa. The ministry said that two men had died."
    claims = [claim for claim in standoff.extract(told(text, "Asmara Daily")) if claim.sources]
    assert {claim.speaker for claim in claims} == {"ETH"}


def test_an_outlet_that_only_looks_on_has_no_ministry_of_its_own() -> None:
    text = "Ethiopian forces opened fire on Eritrean positions near Badme on Tuesday, the ministry said in Asmara. Kenya is worried, diplomats said."
    claims = standoff.extract(told(text, "Nairobi Ledger"))
    assert "KEN" not in {claim.speaker for claim in claims if claim.event == "ASSAULT"}


def test_the_enemy_of_a_paper_is_not_its_own_country() -> None:
    text = "Enemy aircraft bombed the town of Senafe on Wednesday, killing 12 people. Eritrea and Ethiopia have been at war since Tuesday."
    claims = standoff.extract(told(text, "Asmara Daily"))
    assert not [claim for claim in claims if claim.event == "ASSAULT" and "ERI" in claim.actor_keys]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("KHARTOUM (NSA) - Special forces crossed the lake.", "SDN"),
        ("N’DJAMENA – The army said on Sunday that it had won.", "TCD"),
        ("GORI, Georgia, Aug 9 - Russian warplanes bombed the town.", "GEO"),
        ("UNITED NATIONS – The Security Council met once more.", ""),
        ("The army said on Sunday that it had won.", ""),
    ],
)
def test_a_report_is_at_home_where_it_was_written(text: str, country: str) -> None:
    assert home.of(told(text, "Continental Wire")) == country


def test_an_army_is_that_of_where_the_report_was_written() -> None:
    text = (
        "KHARTOUM (NSA) - Special forces destroyed two Chadian gun positions, the army said on Sunday. "
        "About 20 Chadian soldiers were killed in the raid, by the army's count. Sudan closed the ferry line to Chad."
    )
    claims = [claim for claim in standoff.extract(told(text, "Nile State Agency")) if claim.sources]
    assert {claim.speaker for claim in claims} == {"SDN"}


def test_the_enemy_of_a_paper_is_the_other_that_it_names() -> None:
    [entry] = lexicon.load("roles")["enemy"]
    claims = standoff.extract(told(entry["example"], "Asmara Daily"))
    assert {key for claim in claims if any(n.low == 30 for n in claim.counts) for key in claim.recipient_keys} == {
        "ETH"
    }


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "BANGKOK - A Myanmar jet bombed a hospital in Kawnghsa on Monday, killing 17 people, medics said. "
            "The air force said it had hit a post of rebels.",
            "MMR",
        ),
        (
            "BAKU (Araz) - An Iranian missile killed 12 people in Qaratala on Monday. The defence ministry said that it had shot "
            "down 14 Iranian drones. An Azerbaijani pilot is missing.",
            "AZE",
        ),
    ],
)
def test_where_a_report_was_written_is_its_home_only_where_it_is_named_beside(text: str, speaker: str) -> None:
    claims = standoff.extract(told(text, "Dispatch"))
    assert {claim.speaker for claim in claims if claim.speaker} & {"THA", "MMR", "AZE", "IRN"} == {speaker}


@pytest.mark.parametrize(
    ("outlet", "text", "speaker"),
    [
        (
            "Casablanca Post",
            "KIFFA (Atlantic Wire) - A drone hit a market in Mauritania. On Friday the general staff said that it had killed "
            "12 fighters. Morocco has offered Mauritania help.",
            "MRT",
        ),
        (
            "Ministry of National Defence of Niger",
            "The army informs the public that it killed five bandits on Wednesday near Fulmangani. A Chinese engineer is unhurt.",
            "NER",
        ),
    ],
)  # fmt: skip
def test_a_bare_army_is_that_of_where_it_was_written_or_whose_body_writes(outlet: str, text: str, speaker: str) -> None:
    claims = [c for c in standoff.extract(told(text, outlet)) if any(n.low in {5, 12} for n in c.counts)]
    assert claims
    assert {claim.speaker for claim in claims} == {speaker}


@pytest.mark.parametrize(
    ("speaker", "code"),
    [("the Pamir Rights Centre", "NGO"), ("the ministry of human rights", "TJK"), ("the interior ministry", "TJK")],
)
def test_a_watchdog_is_not_the_state_whose_land_it_is_called_after(speaker: str, code: str) -> None:
    told = f"DUSHANBE, May 15 - Police shot dead 16 people in Vanjob in Tajikistan. At least 30 people died, {speaker} said."
    claims = standoff.extract(document(told, "one", date(2009, 5, 15)))
    assert speakers(claims, 30) == {code}
