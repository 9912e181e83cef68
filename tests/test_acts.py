"""Acts as sentences: what a claim tells of, in the words of an editor and never in codes."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import standoff
from conftest import document
from standoff import acts, lexicon, ontology, wording
from standoff.model import Mention, Party, Span

ROOT = Path(__file__).parent.parent
ACTS = [
    ("Pakistan shot down 25 Indian drones.", "Pakistan shot down 25 Indian drones"),
    ("Indian troops attacked Pakistan.", "attacked Pakistan"),
    ("Russia captured 24 Ukrainian sailors.", "Russia captured 24 Ukrainian sailors"),
    ("A bomb killed 31 civilians in Lahore.", "31 Pakistani civilians were killed"),
]


@pytest.mark.parametrize(("text", "told"), ACTS, ids=[told for _, told in ACTS])
def test_an_act_is_told_as_a_sentence(text: str, told: str) -> None:
    claims = standoff.extract(document(text, "one", date(2025, 5, 8)))
    assert told in " | ".join(map(acts.words, claims))


def test_an_act_names_a_party_once() -> None:
    (claim, *_) = standoff.extract(document("Indian troops attacked Pakistan.", "one", date(2025, 5, 8)))
    assert acts.words(replace(claim, recipients=claim.actors)) == acts.words(replace(claim, recipients=()))


@pytest.mark.parametrize("kind", sorted(k for k in lexicon.load("interface") if k != "act"))
def test_every_word_of_the_interface_has_an_example_and_is_no_code(kind: str) -> None:
    for entry in lexicon.load("interface")[kind]:
        assert entry["example"]
        assert not re.search(r"[A-Z]{3,}|_", entry["label"]), entry


def test_every_type_and_mode_has_a_word() -> None:
    for code, kind in ontology.event_types().items():
        assert code in acts.labels("event")
        assert set(kind.modes) <= set(acts.labels("mode"))


def test_the_glossary_of_the_docs_is_the_words_of_the_pages() -> None:
    spec = importlib.util.spec_from_file_location("write_glossary", ROOT / "scripts" / "write_glossary.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == script.text()


def test_a_word_for_a_body_is_no_name() -> None:
    said = Mention(Party("ERI", ("GOV",), "Ministry"), "the Ministry", Span(0, 12))
    nobody = Mention(Party("UNK", ("MIL",), "Units"), "Units", Span(0, 5))
    assert wording.speaker(said) == "Eritrea's ministry"
    assert wording.speaker(nobody) == "the units"
    (claim, *_) = standoff.extract(document("Indian troops attacked Pakistan.", "one", date(2025, 5, 8)))
    assert "Ministry" not in acts.words(replace(claim, actors=(said,)))
    assert acts.words(replace(claim, actors=(said,))).startswith("Eritrea attacked")
    assert "Units" not in acts.words(replace(claim, actors=(nobody,)))
