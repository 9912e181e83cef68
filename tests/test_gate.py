"""The first reading: what deserves the parser gets through, and other news does not."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kerch
from constructions import ROWS
from standoff import lexicon
from standoff.language import gate, pipeline

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import stream

READER = gate.load(pipeline.DEFAULT_MODEL)
TOPICS = lexicon.load("gate")["topic"]


@pytest.mark.parametrize("document", list(kerch.documents()), ids=lambda d: d.id)
def test_the_sample_reports_are_let_through(document: object) -> None:
    assert READER.read(document.text).passes  # type: ignore[attr-defined]


def test_almost_every_construction_that_makes_a_claim_is_let_through() -> None:
    told = [text for text, wanted in ROWS if not wanted.startswith("!") and wanted]
    missed = [text for text in told if not READER.read(text).passes]
    assert len(missed) <= len(told) // 200, missed


@pytest.mark.parametrize(
    "text",
    [
        "Sudan's army shelled El Fasher on Monday.",
        "Five people were shot dead in a bar.",
        "Gunmen attacked a convoy.",
        "Berlin accused Moscow of spying.",
        "The president met his Chinese counterpart.",
        "Rebels fought government troops near the airport.",
        "THE ARMY STRUCK A VILLAGE",
    ],
)
def test_a_sentence_of_a_crisis_is_let_through(text: str) -> None:
    assert READER.read(text).passes


@pytest.mark.parametrize(
    "text",
    [
        "The striker scored twice as the club won its league match, and the goalkeeper saved a penalty.",
        "Shares of the retailer rose after its quarterly earnings, and investors cheered the dividend.",
        "Heat the oven and stir the flour into the butter.",
        "The album is the singer's third, and the concert sold out.",
        "",
        "12345 !!! …",
    ],
)
def test_other_news_is_not(text: str) -> None:
    assert not READER.read(text).passes


def test_one_line_on_a_strike_among_much_other_news_is_weighed_against_it() -> None:
    reading = READER.read(
        "The striker's goals won the league.\nThe army shelled a village.\nThe coach praised his team."
    )
    assert (reading.sentences, reading.told) == (3, 1)
    assert reading.other == 3


@pytest.mark.parametrize("entry", TOPICS, ids=[entry["name"] for entry in TOPICS])
def test_words_of_other_news_are_counted_in_their_example(entry: dict[str, object]) -> None:
    example = str(entry["example"])
    assert entry["words"][0] in example.lower()  # type: ignore[index]
    assert READER.read(example).other >= 1


@pytest.mark.parametrize("kind", ["office", "people"])
def test_words_of_who_and_whom_let_their_example_through(kind: str) -> None:
    for entry in lexicon.load("gate")[kind]:
        assert any(word in entry["example"].lower() for word in entry["words"])
        assert READER.read(entry["example"]).passes


def test_most_of_a_stream_of_other_news_stays_outside() -> None:
    chance = random.Random(11)
    assert sum(READER.read(stream.other_report(chance)).passes for _ in range(200)) <= 30
    assert all(READER.read(stream.crisis_report(chance)).passes for _ in range(50))


@given(st.text(max_size=300))
def test_any_text_can_be_weighed(text: str) -> None:
    reading = READER.read(text)
    assert 0 <= reading.told <= reading.sentences
