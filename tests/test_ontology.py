"""The ontology holds what PLOVER's manual counts, and every choice is noted."""

from __future__ import annotations

import pytest

from standoff import ontology
from standoff.errors import LexiconError


def test_it_is_whole() -> None:
    types = ontology.event_types()
    assert len(types) == 16
    assert sum(len(t.modes) for t in types.values()) == 67
    assert len(ontology.contexts()) == 37
    assert {t.quad for t in types.values()} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("event", "modes", "score", "quad"),
    [
        ("ASSAULT", (), -9, 4),
        ("ASSAULT", ("drone",), -9.5, 4),
        ("ASSAULT", ("firearms", "unconventional"), -10, 4),
        ("ACCUSE", (), -3, 3),
        ("SANCTION", ("expel",), -5.5, 4),
        ("AID", (), 10, 2),
        ("PROTEST", ("vandalize",), -5, 4),
        ("REQUEST", (), 0, 3),
    ],
)
def test_scores_and_quads(event: str, modes: tuple[str, ...], score: float, quad: int) -> None:
    assert ontology.score(event, modes) == score
    assert ontology.quad(event) == quad


@pytest.mark.parametrize("code", ["ACCUSE", "SANCTION", "PROTEST"])
def test_contradictions_of_the_manual_are_noted(code: str) -> None:
    assert ontology.event_type(code).note


def test_unknown_codes_are_named() -> None:
    with pytest.raises(LexiconError, match="DEMAND"):
        ontology.event_type("DEMAND")
    with pytest.raises(LexiconError, match="AID/drone"):
        ontology.mode_score("AID", "drone")
