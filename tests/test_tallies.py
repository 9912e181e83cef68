"""What parties put a loss at, where it was told before: "Ivorian officials give 6,500" (``lexicon/tallies.toml``)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import standoff
from conftest import document
from standoff import explain, lexicon
from standoff.model import Claim

TOLD = "A shell killed 15 people in Gori on Monday. "
ENTRIES = [entry for table in ("verb", "noun", "be", "nil", "own") for entry in lexicon.load("tallies")[table]]


def read(text: str) -> tuple[Claim, ...]:
    return standoff.extract(document(text, "one", date(2026, 3, 3)))


def figures(text: str) -> set[tuple[str | None, str, int | None]]:
    """(holder, kind, figure)"""
    return {(c.speaker, n.kind.value, n.low) for c in read(text) for n in c.counts}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["example"][:40])
def test_an_example_gives_its_figure_with_its_holder(entry: dict[str, Any]) -> None:
    assert (entry["holder"], entry.get("kind", "killed"), entry["figure"]) in figures(TOLD + entry["example"])


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Russia reports 13 dead, Georgia more than 30.", {("RUS", "killed", 13), ("GEO", "killed", 30)}),
        ("Russia put its own losses at 22 soldiers and 13 civilians.", {("RUS", "killed", 22), ("RUS", "killed", 13)}),
        (
            "Georgia speaks of 60 and Russia admits to four.",
            {("GEO", "killed", 60), ("RUS", "killed", 4)},
        ),
        ("The Government of Georgia gives 40.", {("GEO", "killed", 40)}),
    ],
)
def test_figures_stand_side_by_side(told: str, wanted: set[tuple[str, str, int]]) -> None:
    assert wanted <= figures(TOLD + told)


def test_a_tally_counts_the_loss_told_before_it() -> None:
    told = "Some 18,000 people fled Gori on Monday, aid workers said. Georgian authorities speak of 60,000."
    [claim] = [c for c in read(told) if any(n.low == 60_000 for n in c.counts)]
    assert [n.kind.value for n in claim.counts] == ["displaced"]
    assert claim.text == "Georgian authorities speak of 60,000"


def test_losses_of_ones_own_are_of_the_holder() -> None:
    [claim] = [c for c in read(TOLD + "Russia put its losses at 22 soldiers.") if any(n.low == 22 for n in c.counts)]
    assert claim.recipient_keys == {"RUS"}


def test_a_loss_told_without_its_holder_gets_it() -> None:
    [claim] = [
        c for c in read(TOLD + "Eduard Kokoity speaks of 1,400 dead in Gori.") if any(n.low == 1_400 for n in c.counts)
    ]
    assert claim.sources


@pytest.mark.parametrize(
    "told", ["There have been no further deaths, Russia said.", "Russia had no plan after the deaths."]
)
def test_what_only_adds_is_no_figure_of_nought(told: str) -> None:
    assert 0 not in {low for _, _, low in figures(TOLD + told)}


@pytest.mark.parametrize(
    "told",
    [
        "Russia gave 40 trucks.",
        "Russia counts 40 allies in the assembly.",
        "Georgia named 12 towns.",
        "Russia spoke of 3 conditions.",
        "Georgia put the cost at 40 million dollars.",
        "Russia does not speak of 40.",
    ],
)
def test_figures_of_other_things_are_no_tally(told: str) -> None:
    assert {low for _, _, low in figures(TOLD + told)} <= {15}


def test_a_figure_without_a_loss_is_no_tally() -> None:
    assert not figures("Russia counts 22. Georgia speaks of 40.")


def test_what_is_explained_of_a_tally_is_that_it_is_one() -> None:
    told = explain.explain(document(TOLD + "Ivorian officials give 6,500.", "one", date(2026, 3, 3)))
    [tally] = [one for one in told if any(n.low == 6_500 for n in one.claim.counts)]
    assert {one.decided for one in tally.steps if one.slot in {"event", "source", "figures"}} == {explain.TALLIED}
