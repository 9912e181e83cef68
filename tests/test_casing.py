"""Text in capitals is read as it would be printed, and quoted as it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import standoff
from conftest import document
from standoff import lexicon
from standoff.language import casing

TELEGRAM = (
    "BOGOTA, 3 MAY 91 (OWN) -- COLOMBIAN GUERRILLAS OF THE FARC KILLED 12 SOLDIERS NEAR CALI ON MONDAY, SENATOR CARLOS RUIZ SAID. "
    "A CAR BOMB WENT OFF AT DAYBREAK. THE ARMY DENIED IT."
)


@pytest.mark.parametrize(
    ("shouted", "printed"),
    [
        (e["example"], e["printed"])
        for e in (e for table in ("form", "before_town", "always") for e in lexicon.load("casing")[table])
    ],
)
def test_every_entry_of_the_lexicon_does_what_its_example_says(shouted: str, printed: str) -> None:
    assert casing.as_printed(shouted) == printed


@pytest.mark.parametrize(
    ("shouted", "printed"),
    [
        ("SALVADORAN PRESIDENT ALFREDO CRISTIANI MET THEM IN SAN SALVADOR", "Salvadoran president Alfredo Cristiani met them in San Salvador"),
        ("BEGIN THE TALKS ON A DATE TO BE SET IN THE TOWN", "Begin the talks on a date to be set in the town"),
        ("THE U.S. ARMY SENT AID TO THE FMLN", "The U.S. army sent aid to the FMLN"),
    ],
)  # fmt: skip
def test_names_keep_their_capitals_and_words_lose_theirs(shouted: str, printed: str) -> None:
    assert casing.as_printed(shouted) == printed


def test_what_is_printed_already_stays() -> None:
    text = "KYIV, May 8 (OWN) - NATO and the U.N. met Ukraine's army.\nIAEA chief speaks\n"
    assert casing.as_printed(text) == text


def test_a_headline_that_shouts_follows_the_report_below_it() -> None:
    text = "ARMY SHELLS MBORA, RILLKA GROUP SAYS\n\nThe army shelled Mbora on Monday, and a spokesman for the Rillka group said so."
    assert casing.as_printed(text).splitlines()[0] == "Army shells Mbora, Rillka group says"


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_no_character_is_added_or_lost(text: str) -> None:
    assert len(casing.as_printed(text.upper())) == len(text.upper())
    assert casing.as_printed(text.upper()).lower() == text.upper().lower()


def test_claims_of_a_telegram_quote_its_own_letters() -> None:
    claims = standoff.extract(document(TELEGRAM))
    assert claims
    for claim in claims:
        assert TELEGRAM[claim.span.start : claim.span.end] == claim.text
        for mention in (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources)):
            assert TELEGRAM[mention.span.start : mention.span.end] == mention.text
    keys = {m.party.code for c in claims for m in (*c.actors, *c.recipients)}
    assert "COL" in keys
    assert not keys & {"CAF", "JPN", "ISR"}
    killed = next(c for c in claims if any(n.kind == "killed" for n in c.counts))
    assert {m.party.key for m in killed.actors} == {"COL-REB"}
    assert re.search("12", killed.text)
