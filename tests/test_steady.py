"""Who "he" is after somebody spoke by name (``steady``)."""

from __future__ import annotations

from datetime import date

import standoff
from conftest import document, speakers
from standoff.model import Claim, Mention, Party, Source, Span, Trigger
from standoff.steady import steady

TOLD = (
    "Sixty-four Russian servicemen were killed in the war with Georgia, Pavel Ivanov, spokesman of Russia's army, said on Monday. "
    "Four aircraft were shot down by Georgia, he said. Statements from Tbilisi about more were fiction."
)


def test_he_is_who_spoke_last_by_name() -> None:
    claims = standoff.extract(document(TOLD, "one", date(2026, 3, 3)))
    assert speakers(claims, 4) == {"RUS"}


def test_he_is_of_that_side_whatever_was_read_of_him_alone() -> None:
    import spacy

    doc = spacy.blank("en")("Anatoly Belov spoke . he said so . " + "x " * 400 + "he")
    doc[1].ent_type_ = "PERSON"
    doc[0].ent_type_ = "PERSON"

    def claim(words: str, at: int, code: str) -> Claim:
        span = Span(at, at + len(words))
        said = Source(Mention(Party(code, ("GOV",), words), words, span))
        return Claim(
            id=str(at), doc="d", event="ASSAULT", trigger=Trigger("x", span), span=span, text=words, sources=(said,)
        )

    far = doc.text.rindex("he")
    told = [claim("Anatoly Belov", 0, "RUS"), claim("he", 22, "GEO"), claim("he", far, "GEO")]
    assert [c.sources[0].mention.party.code for c in steady(doc, told)] == ["RUS", "RUS", "GEO"]


def test_it_is_the_body_that_spoke_as_the_subject_before() -> None:
    told = (
        "Rebels ambushed a convoy in southern Peru on Friday, killing five soldiers, the Joint Command said. The soldiers killed "
        "eight of the attackers, according to the Joint Command.\n\nThe rebel Huayabal Popular Front put the army's dead far "
        "higher. Seventeen soldiers were killed, it said in a statement."
    )
    claims = standoff.extract(document(told, "one", date(2018, 3, 10)))
    assert speakers(claims, 17) == {"PER-REB"}


def test_they_are_who_spoke_before() -> None:
    told = (
        "Armenian rockets struck the Azerbaijani town of Barda on Wednesday, killing 21 civilians, Azerbaijan's prosecutors said. "
        "They had first said that 14 civilians had been killed."
    )
    claims = standoff.extract(document(told, "one", date(2020, 10, 28)))
    assert speakers(claims, 14) == {"AZE"}
