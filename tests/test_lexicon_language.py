"""Every entry of the language's lexicon is run on its own example, by the rules that read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from standoff import lexicon
from standoff.language import frames
from standoff.model import Claim, Statement

Coder = Callable[..., tuple[Claim, ...]]
Attributor = Callable[[str], tuple[Statement, ...]]


@pytest.mark.parametrize("entry", lexicon.load("frames")["frame"], ids=lambda e: f"{e['event']}-{e['verbs'][0]}")
def test_verb_frame_codes_its_example(entry: dict[str, Any], by_rules: Coder) -> None:
    events = {claim.event for claim in by_rules(entry["example"])}
    assert entry["event"] in events


@pytest.mark.parametrize("entry", lexicon.load("event_nouns")["noun"], ids=lambda e: e["words"][0])
def test_event_noun_codes_its_example(entry: dict[str, Any], by_rules: Coder) -> None:
    events = {claim.event for claim in by_rules(entry["example"])}
    assert entry["event"] in events


@pytest.mark.parametrize("entry", lexicon.load("cues")["verbs"], ids=lambda e: e["words"][0])
def test_cue_verb_is_found_in_its_example(entry: dict[str, Any], attribute: Attributor) -> None:
    said = attribute(entry["example"])
    assert any(s.stance.value == entry["stance"] and s.sources and s.content for s in said)


@pytest.mark.parametrize("entry", lexicon.load("cues")["nouns"], ids=lambda e: e["words"][0])
def test_cue_noun_is_found_in_its_example(entry: dict[str, Any], attribute: Attributor) -> None:
    assert any(s.stance.value == entry["stance"] for s in attribute(entry["example"]))


@pytest.mark.parametrize("entry", lexicon.load("cues")["prepositions"], ids=lambda e: e["words"][0])
def test_preposition_names_the_source_of_its_example(entry: dict[str, Any], attribute: Attributor) -> None:
    assert any(s.cue.lower() in entry["words"] for s in attribute(entry["example"]))


MINDS = [
    (table, entry)
    for table in (
        "attitudes",
        "attitude_adjectives",
        "attitude_nouns",
        "open_adjectives",
        "appearances",
        "rumours",
        "stances",
        "light_verbs",
    )
    for entry in lexicon.load("cues")[table]
]


@pytest.mark.parametrize(("table", "entry"), MINDS, ids=[f"{t}-{e['words'][0]}" for t, e in MINDS])
def test_attitude_is_kept_apart_from_what_is_said(table: str, entry: dict[str, Any], attribute: Attributor) -> None:
    (attitude,) = attribute(entry["example"])
    assert attitude.attitude
    assert attitude.content


@pytest.mark.parametrize("entry", lexicon.load("cues")["watchers"], ids=lambda e: e["words"][0])
def test_a_watchdog_that_was_quoted_before_is_meant_again(entry: dict[str, Any], attribute: Attributor) -> None:
    assert [s.sources[0].mention.party.key for s in attribute(entry["example"])] == ["NGO", "NGO"]


@pytest.mark.parametrize("entry", lexicon.load("cues")["hedges"], ids=lambda e: e["words"][0])
def test_hedge_attributes_to_nobody_named(entry: dict[str, Any], attribute: Attributor) -> None:
    (statement,) = attribute(entry["example"])
    assert statement.cue in entry["words"]
    assert not statement.sources
    assert not statement.attitude


@pytest.mark.parametrize("entry", lexicon.load("cues")["perspectives"], ids=lambda e: e["words"][0])
def test_perspective_names_whose_it_is(entry: dict[str, Any], attribute: Attributor) -> None:
    (statement,) = attribute(entry["example"])
    assert entry["words"][0] in statement.cue
    assert statement.sources


PREDICATES = [
    (table, entry)
    for table in (
        "feeling",
        "label",
        "naming",
        "offending",
        "responsible",
        "untrue",
        "account",
        "promise",
        "refusal",
        "ought",
    )
    for entry in lexicon.load("predicates")[table]
]
SPOKEN = {
    "label": "ACCUSE",
    "naming": "ACCUSE",
    "offending": "ACCUSE",
    "responsible": "ACCUSE",
    "untrue": "REJECT",
    "account": "REJECT",
    "ought": "REQUEST",
}


@pytest.mark.parametrize("entry", lexicon.load("control")["control"], ids=lambda e: e["places"][0])
def test_a_held_place_speaks_for_its_holder(entry: dict[str, Any], by_rules: Coder) -> None:
    def speakers(published: date) -> set[str | None]:
        return {claim.speaker for claim in by_rules(entry["example"], published)}

    assert speakers(entry["published"]) == {f"{entry['country']}-REB"}
    assert speakers(entry["from"] - timedelta(days=400)) == {entry["country"]}


@pytest.mark.parametrize(("table", "entry"), PREDICATES, ids=[f"{t}-{e['words'][0]}" for t, e in PREDICATES])
def test_predicate_codes_its_example(table: str, entry: dict[str, Any], by_rules: Coder) -> None:
    wanted = entry.get("event", SPOKEN.get(table))
    assert wanted in {claim.event for claim in by_rules(entry["example"])}


def test_every_frame_names_a_type_and_an_example() -> None:
    for frame in frames.verb_frames():
        assert frame.event.isupper()
        assert frame.example.endswith(".")
