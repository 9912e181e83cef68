"""One place in many spellings is one place, where reports are set beside each other."""

from __future__ import annotations

import pytest

from standoff.model import Claim, Span, Trigger, Where
from standoff.reconcile.facts import place_of
from standoff.reconcile.pairs import places_agree
from standoff.spelling import sounded


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Khan Sheikhoun", "Khan Shaykhun", True),
        ("Severodonetsk", "Sieverodonetsk", True),
        ("Deir ez-Zor", "Dayr Azzur", True),
        ("Homs", "Hama", False),
        ("Kerem", "Karim", False),
        ("Մարտունի", "Մարտակերտ", False),
    ],
)
def test_spellings_of_one_name_sound_alike(a: str, b: str, one: bool) -> None:
    assert (sounded(a) == sounded(b)) is one


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (("Khan Sheikhoun", None), ("Khan Shaikhoun", None), "exact"),
        (("Severodonetsk", 707753), ("Sievierodonetsk", 707753), "exact"),
        (("Aleppo", None), ("Aleppo province", None), "exact"),
        (("Homs", None), ("Hama", None), None),
    ],
)
def test_places_agree_whatever_their_spelling(
    a: tuple[str, int | None], b: tuple[str, int | None], agree: str | None
) -> None:
    first, second = (Where(name, name, Span(0, 1), None, None, None, key, "city") for name, key in (a, b))
    assert places_agree(first, second) == agree


def test_a_place_that_one_claim_of_many_names_is_not_the_place_of_all() -> None:
    def deeds(*places: str) -> list[Claim]:
        span = Span(0, 1)
        told = (Where(name, name, span) if name else None for name in places)
        return [
            Claim(str(n), "r", "ASSAULT", Trigger("shelled", span), span, "", where=one) for n, one in enumerate(told)
        ]

    assert place_of(deeds("Barda", *[""] * 9)) == ""
    assert place_of(deeds("Barda", "Barda", *[""] * 9)) == "Barda"
    assert place_of(deeds("Barda", "")) == "Barda"
