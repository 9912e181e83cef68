"""Voices: reprints add none, independent reports do, and what both sides say is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import document
from standoff.model import Claim, Document
from standoff.reconcile import voices

STORY = (
    "A drone struck the fuel depot beside the railway yard shortly after sunrise on Monday, setting two tanks on fire. "
    "Fire crews needed nine hours to put the flames out, and trains ran late through the whole afternoon."
)
OTHER = (
    "Farmers along the river say the wells have been dry since the ceasefire failed in spring. Aid convoys now reach "
    "the northern villages twice a week, and the queue at the pump begins before dawn."
)
DAY = date(2024, 5, 6)


def _print(text: str, key: str, outlet: str, day: date = DAY) -> Document:
    return document(text, key, day, outlet)


def test_a_reprint_with_edits_is_one_voice() -> None:
    copy = "By our correspondent. " + STORY.replace("nine hours", "hours") + " More to follow."
    (voice,) = voices.group([_print(STORY, "a", "Gazette"), _print(copy, "b", "Courier")])
    assert voice.docs == ("a", "b")
    assert "repeats" in voice.reasons[0]


def test_two_stories_are_two_voices() -> None:
    assert len(voices.group([_print(STORY, "a", "Gazette"), _print(OTHER, "b", "Courier")])) == 2


def test_an_extract_is_no_voice_of_its_own() -> None:
    longer = STORY + " " + OTHER
    assert len(voices.group([_print(longer, "a", "Gazette"), _print(OTHER, "b", "Courier")])) == 1


def test_a_credited_outlet_is_the_origin() -> None:
    told = "According to the Gazette, a drone struck the fuel depot beside the railway yard. The town is calm today."
    (voice,) = voices.group([_print(STORY, "a", "Gazette"), _print(told, "b", "Courier")])
    assert voice.reasons == ("b credits Gazette",)


@pytest.mark.parametrize(
    ("text", "later", "led"),
    [
        pytest.param(STORY, 1, True, id="printed a day later"),
        pytest.param(STORY, 0, False, id="printed on the same day: who has it from whom is not known"),
        pytest.param(f"The Gazette reports: {STORY}", 0, True, id="credited on the same day"),
    ],
)
def test_who_has_it_from_whom_is_said_only_where_it_is_known(text: str, later: int, led: bool) -> None:
    documents = [_print(STORY, "a", "Gazette"), _print(text, "b", "Courier", DAY + timedelta(days=later))]
    (voice,) = voices.group(documents)
    assert voice.led({d.id: d for d in documents}) is led


def test_a_credit_for_another_story_joins_nothing() -> None:
    told = OTHER + " The Gazette reported on the weather last week."
    assert len(voices.group([_print(STORY, "a", "Gazette"), _print(told, "b", "Courier")])) == 2


@settings(deadline=None)
@given(copies=st.integers(1, 20), order=st.randoms())
def test_reprints_add_no_voice(copies: int, order: object) -> None:
    """Invariant 5, in whatever order the reports come."""
    reports = [_print(STORY, "a", "Gazette"), _print(OTHER, "z", "Herald")]
    before = len(voices.group(reports))
    reports += [_print(STORY + f" Edition {i}.", f"copy{i}", f"Paper {i}") for i in range(copies)]
    expected = voices.group(reports)
    order.shuffle(reports)  # type: ignore[attr-defined]
    assert voices.group(reports) == expected
    assert len(expected) == before


def test_what_both_sides_say_is_corroborated(code: Callable[..., tuple[Claim, ...]]) -> None:
    texts = {
        "a": "Ukraine's army said its forces killed 5 Russian soldiers in Tokmak on Monday.",
        "b": "Russia's army said Ukrainian forces killed 5 Russian soldiers in Tokmak on Monday.",
    }
    documents = [_print(text, key, key.upper()) for key, text in texts.items()]
    claims = [c for d in documents for c in code(d.text, DAY, d.id)]
    found = {c.what: c for c in voices.corroborated(claims, "i1", voices.of_claims(claims, documents))}
    assert found["killed 5"].by == "adversary"
    assert found["killed 5"].parties == ("RUS", "UKR")


def test_where_nobody_owns_to_it_nothing_is_told_by_both_sides(code: Callable[..., tuple[Claim, ...]]) -> None:
    texts = {
        "a": "Ukraine's army said Russian forces shelled Ukrainian villages on Monday.",
        "b": "Russia's army said Ukrainian forces shelled Russian villages on Monday.",
        "c": "Belarus's army said Ukrainian forces shelled Belarusian villages on Monday.",
    }
    documents = [_print(text, key, key.upper()) for key, text in texts.items()]
    claims = [c for d in documents for c in code(d.text, DAY, d.id)]
    (found,) = voices.corroborated(claims, "i1", voices.of_claims(claims, documents))
    assert found.parties == ("BLR", "RUS", "UKR")
    assert found.by == "independent"


def test_one_party_in_two_papers_confirms_nothing(code: Callable[..., tuple[Claim, ...]]) -> None:
    texts = {
        "a": "Ukraine's army said its forces killed 5 Russian soldiers in Tokmak on Monday.",
        "b": "Ukraine's army said on Monday it killed 5 Russian soldiers in Tokmak.",
    }
    documents = [_print(text, key, key.upper()) for key, text in texts.items()]
    claims = [c for d in documents for c in code(d.text, DAY, d.id)]
    assert voices.corroborated(claims, "i1", voices.of_claims(claims, documents)) == ()
