"""Policies: each convention writes down what its rules say, and names itself."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import SettingsError
from standoff.model import Count, CountKind, Span
from standoff.reconcile.policies import POLICIES, Figure, bounds, estimate


def _told(
    text: str, low: int | None, party: str = "UKR", day: int = 1, high: int | None = None, voice: str = ""
) -> Figure:
    count = Count(CountKind.KILLED, low, high if high is not None else low, low, "people", text, Span(0, len(text)))
    return Figure(count, party, voice, date(2024, 5, day))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 10", (10, float("inf"))),
        ("more than 10", (10, float("inf"))),
        ("up to 10", (0, 10)),
        ("no more than 10", (0, 10)),
        ("nearly 10", (0, 10)),
        ("10", (10, 10)),
        ("no fewer than 10", (10, float("inf"))),
    ],
)
def test_bounds_are_read_from_the_words(text: str, expected: tuple[float, float]) -> None:
    assert bounds(_told(text, 10).count) == expected


def test_a_vague_word_has_no_bounds() -> None:
    assert bounds(_told("dozens", None).count) is None


def test_ucdp_keeps_lowest_best_highest() -> None:
    figures = [_told("40", 40), _told("8", 8, "RUS"), _told("40", 40, "UNO")]
    found = estimate(figures, "ucdp")
    assert (found.low, found.best, found.high) == (8, 40, 40)
    assert found.policy == "ucdp"


def test_of_equal_figures_ucdp_takes_the_lower() -> None:
    assert estimate([_told("40", 40), _told("8", 8, "RUS")], "ucdp").best == 8


def test_acled_is_conservative_with_words() -> None:
    assert estimate([_told("dozens", None), _told("30", 30, "RUS")], "acled").best == 12


def test_airwars_writes_ranges() -> None:
    found = estimate([_told("dozens", None)], "airwars")
    assert (found.low, found.best, found.high) == (12, None, 24)
    plural = estimate([_told("people", None)], "airwars")
    assert (plural.low, plural.high) == (2, 2)
    more = estimate([_told("more than 10", 10), _told("dozens", None, "RUS")], "airwars")
    assert (more.low, more.high) == (11, 24)


def test_a_vague_word_alone_gives_no_number_but_stays_in_words() -> None:
    found = estimate([_told("dozens", None)], "ucdp")
    assert found.best is None
    assert "dozens" in found.reason


def test_a_rising_toll_counts_once() -> None:
    figures = [_told("12", 12, day=1), _told("19", 19, day=2)]
    assert estimate(figures, "minimum").best == 19
    assert estimate(figures, "latest").best == 19


def test_the_median_counts_voices_not_reports() -> None:
    figures = [_told("5", 5, "A", voice="v"), _told("5", 5, "B", voice="v"), _told("9", 9, "C"), _told("20", 20, "D")]
    assert estimate(figures, "median").best == 9


def test_the_users_order_decides() -> None:
    figures = [_told("40", 40), _told("25", 25, "UNO")]
    assert estimate(figures, "ranked:NGO,UNO").best == 25
    assert estimate(figures, "ranked:NGO").best is None


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(SettingsError, match="is no policy"):
        estimate([], "average")


@given(
    values=st.lists(
        st.tuples(st.integers(0, 500), st.sampled_from("ABCD"), st.integers(1, 28)), min_size=1, max_size=8
    ),
    name=st.sampled_from(sorted(POLICIES)),
    seed=st.integers(0, 99),
)
def test_a_policy_does_not_depend_on_order_and_stays_within_what_was_told(
    values: list[tuple[int, str, int]], name: str, seed: int
) -> None:
    figures = [_told(str(n), n, party, day) for n, party, day in values]
    found = estimate(figures, name)
    shuffled = list(figures)
    random.Random(seed).shuffle(shuffled)
    assert estimate(shuffled, name) == found
    told = {n for n, _, _ in values}
    assert {found.low, found.best, found.high} - {None} <= told
