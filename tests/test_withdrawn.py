"""A note of correction takes its figure back: the claim stays, the figure does not."""

from __future__ import annotations

import pytest

import inputs
import standoff
from standoff import withdrawn
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Options, now
from standoff.model import Document

NOTES = {
    "An earlier version of this article said that 40 people had been killed. The ministry gives 14.": (40,),
    "Correction, 12 March 2026: This story has been corrected to show that nine, not 40, people were killed.": (40,),
    "Editor's note: this article misstated the toll as 40; it is 14.": (40,),
    "Clarification: an earlier version gave a toll of 40 instead of 14.": (40,),
    "Correction: The army lost 14 men instead of 40.": (40,),
    "Correction: The toll was changed from 40 to 14.": (40,),
    "Correction: The name of the town is El Fasher, not El Fashir.": (),
    "An earlier version of this story, of 12 March, said 120 had been hurt.": (120,),
}


@pytest.mark.parametrize("note", NOTES)
def test_the_figure_that_a_note_takes_back_is_told_from_the_one_it_gives(note: str) -> None:
    assert withdrawn.figures(note) == NOTES[note]


def read(note: str) -> Document:
    told = "<p>Sudan's army said on Monday that its planes had killed 40 rebels near Nyala.</p>"
    more = "<p>The rebels said on Tuesday that 14 of them had been wounded near El Fasher in the west.</p>"
    body = f"{told}{more}<p><em>{note}</em></p>"
    (found,) = reader.read(Capture("page", "page", inputs.page(body), now()), Options())
    assert isinstance(found, Document)
    return found


def figures(document: Document) -> list[int | None]:
    return [count.low for claim in standoff.extract(document) for count in claim.counts]


def test_a_withdrawn_figure_is_in_no_claim() -> None:
    document = read("Correction: An earlier version of this story gave a toll of 40. The army gave no figure.")
    claims = standoff.extract(document)
    assert any("killed" in claim.trigger.text for claim in claims)
    assert 40 not in figures(document)
    assert 14 in figures(document)


def test_a_note_about_something_else_takes_no_figure_back() -> None:
    document = read("Correction: An earlier version of this story had the wrong name of the town.")
    assert {40, 14} <= set(figures(document))
