"""Names of parties: every entry is found in its own example, with its code."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import document
from standoff import lexicon
from standoff.language import parties, pipeline

BLOCS = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC", "UNK"}
TABLES = [
    ("states", "state"),
    ("organisations", "organisation"),
    ("armed_groups", "group"),
    ("armed_groups", "unrecognised"),
    ("persons", "person"),
    ("people_groups", "people"),
]
ENTRIES = [(table, entry) for file, table in TABLES for entry in lexicon.load(file)[table]]


@pytest.mark.parametrize(("table", "entry"), ENTRIES, ids=[f"{t}-{e['name']}" for t, e in ENTRIES])
def test_name_is_found_in_its_example(table: str, entry: dict[str, Any]) -> None:
    nlp = pipeline.load()
    doc = nlp.make_doc(entry["example"])
    finder = nlp.get_pipe("standoff_parties")
    found = {span._.parties[0].code for span in finder(doc).spans[parties.KEY]}
    assert entry["code"] in found


@pytest.mark.parametrize(("table", "entry"), ENTRIES, ids=[f"{t}-{e['name']}" for t, e in ENTRIES])
def test_code_is_a_country_or_a_bloc(table: str, entry: dict[str, Any]) -> None:
    states = {e["code"] for e in lexicon.load("states")["state"]}
    assert entry["code"] in states | BLOCS


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Syrian rebels attacked the town.", {"SYR-REB"}),
        ("Hamas fired rockets at Israel.", {"PSE-REB", "ISR"}),
        ("Abkhazia rejected the Georgian proposal.", {"GEO-PRE", "GEO"}),
        ("Islamic State attacked Iraqi soldiers.", {"IMG", "IRQ"}),
    ],
)
def test_armed_groups_and_unrecognised_states_stand_apart(text: str, keys: set[str]) -> None:
    from standoff import claims

    doc = document(text)
    found = claims.from_doc(pipeline.annotate(doc), doc)
    assert keys <= {m.party.key for c in found for m in (*c.actors, *c.recipients)}
