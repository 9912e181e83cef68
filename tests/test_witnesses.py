"""Who speaks of what they saw speaks for no state: a named person without an office is one of its people, in whatever words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import standoff
from conftest import document
from standoff.model import Claim, Mention, Party, Source, Span
from standoff.reconcile import known
from standoff.reconcile.accounts import holders


def figure(text: str, low: int) -> list[Claim]:
    found = [
        c for c in standoff.extract(document(text, "one", date(2024, 5, 4))) if any(n.low == low for n in c.counts)
    ]
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("KHARTOUM, Sudan - A shell hit the market of Khartoum. Trader Amna Idris said 12 people had died.", "SDN-CVL"),
        ("KHARTOUM, Sudan - 12 people were killed in Khartoum, eyewitness Mohamed Salih said.", "SDN-CVL"),
        (
            "KYIV, Ukraine - Russian troops shot 12 people in the street, said Oksana Petrenko, 43, a teacher.",
            "UKR-CVL",
        ),
        ("KYIV, Ukraine - Russian troops shot 12 people in the street, Oksana Petrenko said.", "UKR-CVL"),
        ("GAZA - Israeli strikes killed 12 people in Rafah, resident Abu Ahmed said.", "PSE-CVL"),
        ("KHARTOUM, Sudan - 12 people were killed, Colonel Mohamed Salih said.", "SDN"),
        ("KHARTOUM, Sudan - Mohamed Salih, the army's spokesman in Sudan, said that 12 people were killed.", "SDN"),
        (
            "KYIV - Army spokesman Ivan Petrenko met reporters. Russian troops shot 12 people in Ukraine, Petrenko said.",
            "UKR",
        ),
    ],
)
def test_a_person_without_an_office_is_one_of_the_people(text: str, held: str) -> None:
    assert {key for claim in figure(text, 12) for key in holders(claim)} == {held}


def test_who_has_an_office_in_one_report_has_it_in_all() -> None:
    told = figure("KHARTOUM, Sudan - 12 people were killed, Colonel Mohamed Salih said.", 12)
    alone = Mention(Party("SDN", ("CVL",), "Mohamed Salih"), "Mohamed Salih", Span(0, 13))
    other = replace(told[0], id="other", doc="two", sources=(Source(alone),))
    *_, read = known.everywhere([*told, other])
    assert holders(read) == ("SDN",)
    assert holders(known.everywhere([other])[0]) == ("SDN-CVL",)
