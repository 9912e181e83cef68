"""Losses told in sentences that name no deed ("20 were missing"), and whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import standoff
from conftest import document, speakers
from standoff import explain, unclaimed
from standoff.language import pipeline
from standoff.model import AuxMode

TOLD = "Russian shells hit the port of Poti on Monday, Georgia said. "


def losses(text: str) -> set[tuple[str, int | None]]:
    """(kind, figure)"""
    claims = standoff.extract(document(TOLD + text, "one", date(2026, 3, 3)))
    return {(n.kind.value, n.low) for c in claims for n in c.counts}


@pytest.mark.parametrize(
    ("text", "kind", "figure"),
    [
        ("By evening 20 were missing.", "missing", 20),
        ("Three of its 14 crew are missing.", "missing", 3),
        ("Some 70 people were treated for burns.", "injured", 70),
        ("Five had bruises.", "injured", 5),
        ("Two bodies were recovered in the night.", "killed", 2),
        ("31,000 have been displaced in the district since January.", "displaced", 31_000),
        ("Nineteen persons were trampled or drowned.", "killed", 19),
    ],
)
def test_a_loss_is_told_without_its_deed(text: str, kind: str, figure: int) -> None:
    assert (kind, figure) in losses(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied that 40 were missing.",
        "Doctors warned of 40 deaths if the road stayed closed.",
        "If 40 are killed, he said, there will be an answer.",
    ],
)
def test_what_is_not_told_as_done_is_no_loss(text: str) -> None:
    claims = standoff.extract(document(TOLD + text, "one", date(2026, 3, 3)))
    assert not [c for c in claims if not c.aux and any(n.low == 40 for n in c.counts)]


def test_no_attack_no_loss() -> None:
    assert not standoff.extract(document("After the flood 20 were missing.", "one", date(2026, 3, 3)))


def test_a_loss_has_the_day_and_place_of_its_attack_and_says_where_it_comes_from() -> None:
    told = explain.explain(document(TOLD + "By evening 20 were missing.", "one", date(2026, 3, 3)))
    [loss] = [one for one in told if any(n.low == 20 for n in one.claim.counts)]
    assert loss.claim.where is not None
    assert loss.claim.where.name == "Poti"
    assert {one.decided for one in loss.steps if one.slot in {"event", "figures"}} == {explain.TALLIED}


@pytest.mark.parametrize(
    ("text", "figure", "whose"),
    [
        ("Russia said that seven of its servicemen had died in the fighting.", 7, "RUS"),
        ("Georgia said that Russia had lost 40 of its soldiers.", 40, "RUS"),
        ("Georgia said that 12 of our soldiers were killed by Russian shells.", 12, "GEO"),
    ],
)
def test_its_people_are_those_of_who_speaks_where_nobody_else_is_named(text: str, figure: int, whose: str) -> None:
    claims = standoff.extract(document(TOLD + text, "one", date(2026, 3, 3)))
    found = {key for c in claims if any(n.low == figure for n in c.counts) for key in c.recipient_keys}
    assert found == {whose}


def test_who_holds_an_office_of_a_body_that_is_not_said_speaks_for_where_the_report_was_written() -> None:
    text = (
        "MOSCOW - Sixty-four Russian servicemen were killed in the war with Georgia, Anatoly Belov, deputy chief of the "
        "General Staff, said on Monday. Russia mourned them in Moscow."
    )
    claims = standoff.extract(document(text, "one", date(2026, 3, 3)))
    assert speakers(claims, 64) == {"RUS"}


def test_an_attack_counts_the_dead_in_its_words_though_the_headline_told_them() -> None:
    text = (
        "Air raid kills 31 fighters in Homs\n\nWarplanes struck a camp in Homs province on Monday, killing 31 fighters, "
        "residents said."
    )
    report = document(text, "one", date(2019, 3, 20))
    doc = pipeline.annotate(report)
    headline, *below = standoff.extract(report)
    attack = next(claim for claim in below if "camp" in claim.text)
    lost = replace(attack, counts=())
    assert unclaimed.again(doc, [headline, lost])[1].counts == attack.counts
    assert unclaimed.again(doc, [headline, attack]) == [headline, attack]
    denied = replace(lost, aux=(AuxMode.NEGATION,))
    assert unclaimed.again(doc, [headline, denied]) == [headline, denied]
