"""Contexts and means: every entry of their lexicons is run on its own example."""

from __future__ import annotations

from typing import Any

import pytest

from standoff import lexicon, ontology
from standoff.language import pipeline, weapons
from standoff.language.contexts import contexts


@pytest.mark.parametrize("entry", lexicon.load("contexts")["context"], ids=lambda e: e["code"])
def test_context_is_read_from_its_example(entry: dict[str, Any]) -> None:
    assert entry["code"] in contexts(entry["example"], "ACCUSE", ())


def test_every_context_of_plover_has_words() -> None:
    assert {e["code"] for e in lexicon.load("contexts")["context"]} == set(ontology.contexts())


@pytest.mark.parametrize("entry", lexicon.load("weapons")["weapon"], ids=lambda e: e["mode"])
def test_means_are_read_from_their_example(entry: dict[str, Any]) -> None:
    lemmas = [t.lemma_.lower() for t in pipeline.load()(entry["example"])]
    assert entry["mode"] in weapons.modes(lemmas)


def test_every_mode_of_the_lexicon_is_one_of_plover() -> None:
    for entry in lexicon.load("weapons")["weapon"]:
        assert ontology.is_mode("ASSAULT", entry["mode"])
    for entry in lexicon.load("frames")["frame"]:
        for mode in entry.get("mode", ()):
            assert ontology.is_mode(entry["event"], mode), (entry["event"], mode)
