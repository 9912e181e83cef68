"""Quantities: what is read as a number, what keeps its words only, and what is no quantity at all."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from standoff import lexicon
from standoff.errors import SettingsError
from standoff.evaluate import airwars
from standoff.language import numbers, pipeline
from standoff.language.numbers import Quantity


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(pipeline.DEFAULT_MODEL)


def first(nlp: Language, text: str) -> Quantity:
    found = numbers.find(nlp(text))
    assert found, f"nothing read from {text!r}"
    return found[0]


@pytest.mark.parametrize(
    "text",
    ["a third of the 60 passengers died", "ten per cent of the 400 soldiers", "half of the 80 detainees were freed"],
)
def test_the_whole_of_which_a_part_is_told_is_no_figure(nlp: Language, text: str) -> None:
    assert [q.low for q in numbers.find(nlp(text)) if q.low in {60, 400, 80}] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,200 troops arrived", 1200, 1200),
        ("12 350 troops arrived", 12350, 12350),
        ("1.2 million people fled", 1_200_000, 1_200_000),
        ("3.5m people fled", 3_500_000, 3_500_000),
        ("12k people fled", 12_000, 12_000),
        ("forty-two houses burned", 42, 42),
        ("two dozen houses burned", 24, 24),
        ("half a dozen houses burned", 6, 6),
        ("half-a-dozen houses burned", 6, 6),
        ("a dozen houses burned", 12, 12),
        ("a hundred houses burned", 100, 100),
        ("half a million people fled", 500_000, 500_000),
        ("one hundred and twenty houses burned", 120, 120),
        ("two thousand five hundred men", 2500, 2500),
        ("thirty four men", 34, 34),
        ("two and a half", 2, 2),
        ("5,00,000 people fled", 500_000, 500_000),
        ("1.5 lakh families fled", 150_000, 150_000),
        ("one and a half dozen men", 18, 18),
        ("a dozen and a half men", 18, 18),
        ("a quarter of a million people", 250_000, 250_000),
        ("as few as three and as many as nine men", 3, 9),
        ("71 of 85 drones were shot down", 71, 71),
        ("two of the 50 hostages died", 2, 2),
        ("the toll rose by 12 to 340", 340, 340),
        ("the toll was raised to 61 from 58", 61, 61),
        ("40 to 50 men", 40, 50),
        ("40-50 men", 40, 50),
        ("40–50 men", 40, 50),
        ("between 40 and 50 men", 40, 50),
        ("from 5 to 7 men", 5, 7),
        ("five or six men", 5, 6),
        ("2 to 3 million people", 2_000_000, 3_000_000),
        ("three to four hundred men", 300, 400),
        ("twenty-five to thirty men", 25, 30),
        ("at least 30 and possibly as many as 45 men", 30, 45),
        ("the number rose from 5 to 7", 5, 5),
        ("killing 31, 12 of them children", 31, 31),
    ],
)
def test_numbers_and_ranges(nlp: Language, text: str, low: int, high: int) -> None:
    found = first(nlp, text)
    assert (found.low, found.high) == (low, high)
    assert found.best == (low if low == high else None)
    assert not found.vague


@pytest.mark.parametrize(
    ("text", "value", "bound", "words"),
    [
        ("31 people died", 31, "exact", "31"),
        ("at least 12 people died", 12, "at_least", "at least 12"),
        ("more than 20 people died", 20, "at_least", "more than 20"),
        ("over 400 people died", 400, "at_least", "over 400"),
        ("more than a dozen people died", 12, "at_least", "more than a dozen"),
        ("no fewer than 9 people died", 9, "at_least", "no fewer than 9"),
        ("upwards of 60 people died", 60, "at_least", "upwards of 60"),
        ("30 or more people died", 30, "at_least", "30 or more"),
        ("30+ people died", 30, "at_least", "30+"),
        ("30-plus people died", 30, "at_least", "30-plus"),
        ("up to 50 people died", 50, "at_most", "up to 50"),
        ("up to about 50 people died", 50, "at_most", "up to about 50"),
        ("as many as 300 people died", 300, "at_most", "as many as 300"),
        ("fewer than 20 people died", 20, "at_most", "fewer than 20"),
        ("no more than 10 people died", 10, "at_most", "no more than 10"),
        ("about 530 people died", 530, "about", "about 530"),
        ("some 80 people died", 80, "about", "some 80"),
        ("nearly 300 people died", 300, "about", "nearly 300"),
        ("almost 300 people died", 300, "about", "almost 300"),
        ("around 300 people died", 300, "about", "around 300"),
        ("an estimated 300 people died", 300, "about", "an estimated 300"),
        ("another 12 people died", 12, "exact", "another 12"),
    ],
)
def test_a_bound_keeps_the_number_and_its_words(nlp: Language, text: str, value: int, bound: str, words: str) -> None:
    found = first(nlp, text)
    assert (found.low, found.high, found.best) == (value, value, value)
    assert (found.bound, found.text) == (bound, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dozens of people died", "dozens"),
        ("scores of people died", "scores"),
        ("hundreds of people died", "hundreds"),
        ("several hundred people died", "several hundred"),
        ("tens of thousands of people fled", "tens of thousands"),
        ("hundreds of thousands of people fled", "hundreds of thousands"),
        ("many people died", "many"),
        ("several people died", "several"),
        ("a handful of people died", "a handful of"),
        ("a number of people died", "a number of"),
        ("a few dozen people died", "a few dozen"),
        ("an unknown number of people died", "an unknown number of"),
    ],
)
def test_a_vague_word_has_no_number(nlp: Language, text: str, words: str) -> None:
    found = first(nlp, text)
    assert found.vague
    assert (found.low, found.high, found.best) == (None, None, None)
    assert found.text == words


@pytest.mark.parametrize(
    "text",
    [
        "In 2014 the war began.",
        "The 2003 invasion ended the rule of the party.",
        "It happened on April 22 and again on 5 May.",
        "The ministry published it on 12/05/2017.",
        "A 12-year-old boy ran.",
        "The man was aged 34.",
        "Omar Saleh, 34, ran.",
        "Omar Saleh (34) ran.",
        "It began at 3:30 and ended at 5 p.m.",
        "Article 51 and Resolution 2254 apply.",
        "An F-16 and a T-72 were shown with an S-400.",
        "Flight MH17 and two-seat Su-25 jets",
        "A 155mm shell landed.",
        "The deal is worth $45 million and 30 euros.",
        "Some 40 percent, or 12%, remained.",
        "It lies 25 km north and 12 miles east.",
        "It was the 22nd day and the 5th war.",
        "Call 702-828-1553.",
        "They had 24 hours to leave.",
        "He served for five years.",
        "In the 1990s it was quiet.",
        "No one came.",
        "The 300-strong battalion moved.",
        "It stood at 412 Mill Road.",
    ],
)
def test_what_is_no_quantity(nlp: Language, text: str) -> None:
    assert [q.text for q in numbers.find(nlp(text))] == []


NUMBERS = lexicon.load("numbers")


@pytest.mark.parametrize("table", ["cardinals", "scales", "suffixes", "exact", "change"])
def test_table_reads_its_example(nlp: Language, table: str) -> None:
    entry = NUMBERS[table]
    found = first(nlp, entry["example"])
    assert (found.low, found.high) == (entry["low"], entry["high"])


@pytest.mark.parametrize("entry", NUMBERS["bound"], ids=lambda e: e["bound"])
def test_bound_reads_its_example(nlp: Language, entry: dict[str, Any]) -> None:
    found = first(nlp, entry["example"])
    assert (found.low, found.high, found.bound) == (entry["low"], entry["high"], entry["bound"])


@pytest.mark.parametrize("entry", NUMBERS["vague"], ids=lambda e: e["text"])
def test_vague_words_read_their_example(nlp: Language, entry: dict[str, Any]) -> None:
    found = first(nlp, entry["example"])
    assert found.vague
    assert found.text == entry["text"]


@pytest.mark.parametrize("entry", NUMBERS["not_quantity"], ids=lambda e: e["reason"])
def test_exclusion_reads_nothing_from_its_example(nlp: Language, entry: dict[str, Any]) -> None:
    assert [q.text for q in numbers.find(nlp(entry["example"]))] == []


# ------------------------------------------------------------------ conventions


@pytest.mark.parametrize(
    ("text", "convention", "expected"),
    [
        ("dozens of people died", "airwars", (12, 24)),
        ("dozens of people died", "acled", (12, 12)),
        ("dozens of people died", "ucdp", (None, None)),
        ("hundreds of people died", "acled", (100, 100)),
        ("hundreds of people died", "airwars", (None, None)),
        ("tens of people died", "acled", (10, 10)),
        ("several people died", "airwars", (2, 2)),
        ("a number of people died", "airwars", (2, 2)),
        ("several people died", "acled", (None, None)),
        ("many people died", "airwars", (2, 10)),
        ("40 to 50 people died", "airwars", (40, 50)),
        ("40 to 50 people died", "ucdp", (40, 50)),
        ("40 to 50 people died", "acled", (40, 40)),
        ("at least 12 people died", "ucdp", (12, 12)),
    ],
)
def test_conventions(nlp: Language, text: str, convention: str, expected: tuple[int | None, int | None]) -> None:
    assert airwars.read(first(nlp, text), convention) == expected


@pytest.mark.parametrize(
    ("convention", "entry"),
    [(name, entry) for name, rules in lexicon.load("conventions").items() for entry in rules.get("vague", ())],
    ids=lambda v: v if isinstance(v, str) else v["example"],
)
def test_convention_reads_its_example(nlp: Language, convention: str, entry: dict[str, Any]) -> None:
    assert airwars.read(first(nlp, entry["example"]), convention) == (entry.get("low"), entry.get("high"))


def test_an_unknown_convention_is_named() -> None:
    with pytest.raises(SettingsError, match="guesswork"):
        airwars.read(Quantity(1, 1, 1, "one", 0, 1), "guesswork")


# ------------------------------------------------------------------ invariants


def sound(nlp: Language, text: str) -> None:
    doc = nlp(text)
    last = 0
    for found in numbers.find(doc):
        assert found.text == doc[found.start_token : found.end_token].text
        assert found.start_token >= last
        last = found.end_token
        if found.low is None or found.high is None:
            assert found.low is found.high is found.best is None
            assert found.vague
        else:
            assert 0 <= found.low <= found.high
            assert found.best in {None, found.low}


PIECES = st.sampled_from(
    "at least|up to|between|from|to|and|or|-|–|a|half|one|two|dozen|hundred|thousand|million|several|dozens|of|people|"
    "killed|,|.|(|)|34|1,200|3.5m|12k|2014|5th|F-16|$5|7%|km|years|hours|April|more|than|+|\n|~".split("|")
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_words_of_number_in_any_order_stay_sound(nlp: Language, text: str) -> None:
    sound(nlp, text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_stays_sound(nlp: Language, text: str) -> None:
    sound(nlp, text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=1, max_value=999_999))
def test_a_figure_in_digits_is_read_as_written(nlp: Language, number: int) -> None:
    found = first(nlp, f"Officials counted {number:,} people.")
    assert (found.low, found.high, found.best) == (number, number, number)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=1, max_value=900), st.integers(min_value=1, max_value=900))
def test_a_range_has_no_best_value(nlp: Language, low: int, more: int) -> None:
    found = first(nlp, f"Officials counted between {low} and {low + more} people.")
    assert (found.low, found.high, found.best) == (low, low + more, None)
