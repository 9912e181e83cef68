"""Lines that a program broke to a width are one paragraph; what its writer broke stays as it is."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import standoff
from standoff.ingest import dates, lines, reader
from standoff.ingest.capture import Capture, Options, Said, now
from standoff.model import Claim, Document

FIRST = (
    "Sudan's army said on Monday that its jets had bombed a convoy of the Rapid Support Forces near Nyala, killing at least "
    "30 fighters and destroying 12 vehicles. The RSF said 30 civilians were killed, among them nine children, when the jets hit "
    "a market in the town."
)
SECOND = (
    "The United Nations said it could not verify either account. A doctor in Nyala said by telephone that his pro-government "
    "hospital had received 41 wounded people, most of them women."
)
HEAD = "Nyala bombed, RSF says"


def document(text: str) -> Document:
    said = Said(published=date(2026, 3, 10), date_method="given")
    (found,) = reader.read(Capture("r.txt", "r.txt", text.encode(), now(), said), Options())
    assert isinstance(found, Document)
    return found


def gist(claim: Claim, text: str) -> tuple[object, ...]:
    return (
        claim.event,
        tuple(claim.speaker or ""),
        claim.when,
        tuple((c.kind, c.low, c.high, c.unit) for c in claim.counts),
    )


WIDTHS = (44, 55, 65, 72, 76, 80, 100, 120)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["blank lines", "none"])
def test_wrapped_paragraphs_are_whole_again(width: int, gap: str) -> None:
    wrapped = gap.join([HEAD, "10 March 2026", *(textwrap.fill(one, width) for one in (FIRST, SECOND))])
    words = document(wrapped).text
    assert words.startswith(f"{HEAD}{gap}10 March 2026{gap}")
    for sentence in (*FIRST.split(". "), *SECOND.split(". ")):
        assert sentence in words


@pytest.mark.parametrize("width", [60, 72, 80])
def test_the_claims_of_a_wrapped_text_are_those_of_the_text(width: int) -> None:
    plain, wrapped = (document(text) for text in (f"{FIRST}\n\n{SECOND}", f"{textwrap.fill(FIRST, width)}\n\n{textwrap.fill(SECOND, width)}"))  # fmt: skip
    assert wrapped.text == plain.text
    claims = standoff.extract(wrapped)
    assert [gist(c, wrapped.text) for c in claims] == [gist(c, plain.text) for c in standoff.extract(plain)]
    assert all(wrapped.text[c.span.start : c.span.end] for c in claims)


def test_offsets_are_those_of_the_file() -> None:
    wrapped = textwrap.fill(FIRST, 72)
    assert len(document(wrapped).text) == len(wrapped)


KEPT = [
    "Truce holds\n10 March 2026\nBy A. Writer\n\nThe army said that it had lost four men in Goma.",
    "Killed: 14\nWounded: 40\nMissing: 3\nDisplaced: about 12,000 people\nPlace: Nyala, South Darfur",
    "- M23 fighters shelled Uvira.\n- Jets bombed Nyala.\n- Talks went on in Doha.",
    f"{FIRST}\n{SECOND}",
    "The army fired.\nThe rebels fired back.\nNobody was hurt in the town.\nThe mayor left.",
    "Roses are red,\nViolets are blue,\nThe ceasefire is over,\nAnd so are you",
    "1. Nyala was bombed on Monday by the army\n2. Uvira was shelled on Monday by the M23\n3. Talks went on in Doha on Monday, Qatar said",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT, ids=range(len(KEPT)))
def test_lines_that_somebody_broke_stay(text: str) -> None:
    assert document(text).text == text


@pytest.mark.parametrize(
    "text",
    ["   " + textwrap.fill(FIRST, 70).replace("\n", "\n   "), textwrap.fill("- " + FIRST, 70, subsequent_indent="  "),
     textwrap.fill("    " + FIRST, 70)],
    ids=["set in", "a list's item", "a first line set in"],
)  # fmt: skip
def test_what_is_set_in_is_joined_too(text: str) -> None:
    assert FIRST in document(text).text


@given(st.lists(st.text(alphabet="ab .,-\n>*1", max_size=90), max_size=12))
def test_joining_never_loses_a_word(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert lines.joined(text).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
    assert lines.joined(lines.joined(text)).split() == lines.joined(text).split()


def test_a_days_line_dates_what_stands_below_it() -> None:
    told = "Diary of a siege\n\n9 March 2026\n\nThe army shelled Uvira on Sunday.\n\n17 March 2026\n\nThe army shelled Uvira on Sunday."
    days = [c.when.start for c in standoff.extract(document(told)) if c.when]
    assert days == [date(2026, 3, 8), date(2026, 3, 15)]


NAMED = [
    ("2026-03-10_nyala.txt", "2026-03-10"),
    ("20260310 nyala.txt", "2026-03-10"),
    ("reports/2026-03-10/nyala.txt", "2026-03-10"),
    ("2026/03/10/nyala.txt", "2026-03-10"),
    ("sitrep 10 March 2026.txt", "2026-03-10"),
    ("Sitrep_10-Mar-2026.txt", "2026-03-10"),
    ("25.03.2026.txt", "2026-03-25"),
    ("10.03.2026.txt", None),
    ("from 2026-03-01 to 2026-03-09.txt", None),
    ("report-12345678.txt", None),
    ("nyala.txt", None),
]


@pytest.mark.parametrize(("name", "day"), NAMED, ids=[name for name, _ in NAMED])
def test_a_files_name_offers_a_day(name: str, day: str | None) -> None:
    found = dates.in_name(name)
    assert (found.isoformat() if found else None) == day


def test_a_day_in_a_name_is_marked_and_goes_after_every_other() -> None:
    def read(text: str) -> Document:
        (found,) = reader.read(Capture("2026-03-12.txt", "2026-03-12.txt", text.encode(), now()), Options())
        assert isinstance(found, Document)
        return found

    named = read("The army said on Monday that it had lost four men.")
    assert named.provenance is not None
    assert (named.published, named.provenance.date_method) == (date(2026, 3, 12), "file name")
    dated = read("Losses\n10 March 2026\n\nThe army said on Monday that it had lost four men.")
    assert dated.provenance is not None
    assert (dated.published, dated.provenance.date_method) == (date(2026, 3, 10), "text")
    assert dated.provenance.date_bounds == (date(2026, 3, 10), date(2026, 3, 10))
