"""The situation report: what stands in it, and that each number in it leads back to the words it was read from."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import escape as html_escape
from pathlib import Path

import pypdf
import pytest
from markdown_it import MarkdownIt

import standoff
from conftest import document
from standoff import analysis, lexicon, ontology
from standoff.analysis import charts, outlook, study, tension
from standoff.analysis.report import How, Paragraph, Points, Report, build, html, markdown, pdf, ranges, record
from standoff.errors import InputError, SettingsError
from standoff.model import CountKind
from standoff.store import Store, open_store
from standoff.wording import Names, clause, in_prose

DYAD = ("RUS", "UKR")

# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry", lexicon.load("phrases")["phrase"], ids=lambda e: f"{e['event']}-{e.get('mode', '')}".rstrip("-")
)
def test_a_phrase_makes_its_example(entry: dict[str, str]) -> None:
    modes = (entry["mode"],) if "mode" in entry else ()
    assert not modes or ontology.is_mode(entry["event"], modes[0])
    assert clause(entry["event"], modes, ["India"], ["Pakistan"]) == entry["example"]
    for form in ("actor", "recipient", "none"):
        assert ("{actor}" in entry[form], "{recipient}" in entry[form]) == (form == "actor", form == "recipient")


@pytest.mark.parametrize("entry", lexicon.load("phrases")["article"], ids=lambda e: e["name"])
def test_a_name_stands_with_its_article_in_its_example(entry: dict[str, str]) -> None:
    assert in_prose(entry["name"]) in entry["example"]
    assert in_prose(entry["name"]).startswith("the ")


def test_every_type_of_event_can_be_said() -> None:
    for event, kind in ontology.event_types().items():
        for mode in ("", *kind.modes):
            assert clause(event, (mode,) if mode else (), [], [])


# -- the report --------------------------------------------------------------------------------------------------------


@pytest.fixture
def report(sample_store: Store) -> Report:
    return build.draw(sample_store)


_QUIET = {("period",), ("tension",)}
"""What the row of a day says of which nothing is told."""
_DIGITS = re.compile(r"\d[\d,.]*")


def test_every_sentence_has_a_claim_behind_it_and_every_cited_claim_a_note(report: Report, sample_store: Store) -> None:
    stored = {c.id: c for c in sample_store.claims()}
    numbers = report.numbers
    sentences = list(report.sentences())
    assert len(sentences) > 60
    for one in sentences:
        labels = {"".join(part.text for part in one.parts)} & _LABELS
        quiet = all(part.of in _QUIET or part.how is None for part in one.parts)
        assert one.claims or labels or quiet, one.text
        assert set(one.cites) <= numbers.keys()
    for note in report.notes:
        assert note.claim == stored[note.claim.id]
        assert note.claim.span.of(note.document.text) == note.claim.text


def test_every_number_and_quotation_of_a_sentence_has_a_source_behind_it_in_brackets(report: Report) -> None:
    blocks = [block for section in report.sections for block in section.blocks]
    told = [one for block in blocks if isinstance(block, Paragraph) for one in block.sentences]
    told += [one for block in blocks if isinstance(block, Points) for one in block.items]
    parts = [(part, one) for one in told for part in one.parts if part.claims]
    assert len(parts) > 50
    assert [part.text for part, one in parts if not set(part.claims) & set(one.cites)] == []


_LABELS = {
    *(row.capitalize() + "?" for row in (kind.value for kind in CountKind)),
    *(kind.value for kind in CountKind),
    "What happened?", "What was hit?", "Who did it?", "To whom?", "When?", "Where?", "How did it end?", "What is it called?",
    "0",
}  # fmt: skip
"""What a row asks, and that nothing is told of a day."""


def test_every_number_leads_back_to_its_span(report: Report, sample_store: Store) -> None:
    stored = {c.id: c for c in sample_store.claims()}
    texts = {d.id: d.text for d in sample_store.documents()}
    published = {d.id: d.published for d in sample_store.documents()}
    followed: Counter[How] = Counter()
    for one in report.sentences():
        for part in one.parts:
            if not _DIGITS.search(part.text):
                continue
            if part.how is None:
                # A title in the table of figures: its day is that of the incident's claims.
                days = {c.when.start for c in stored.values() if c.when is not None}
                assert any(str(day.year) in part.text for day in days if day is not None), part.text
                continue
            followed[part.how] += 1
            claims = [stored[key] for key in part.claims]
            if part.of in _QUIET and not claims:
                continue
            assert claims or part.how is How.COUNTED, part.text
            if part.count is not None:
                (claim,) = claims
                assert part.count in claim.counts
                assert part.count.span.of(texts[claim.doc]) == part.count.text
            elif part.how is How.COUNTED:
                assert int(_DIGITS.findall(part.text)[0].replace(",", "")) == len(part.of) == len(set(part.of))
            elif part.how is How.POLICY:
                _, kind, policy = part.of
                assert all(any(count.kind.value == kind for count in claim.counts) for claim in claims)
                told = {
                    n for c in claims for count in c.counts for n in (count.low, count.high) if count.kind.value == kind
                }
                assert {int(n.replace(",", "").rstrip(".")) for n in _DIGITS.findall(part.text)} <= told
                assert policy == report.policy
            elif part.how is How.TOLD:
                said = " ".join(c.text for c in claims)
                words = {n for c in claims for count in c.counts for n in (count.low, count.high)}
                days = {
                    d for c in claims for d in (published[c.doc], c.when.start if c.when else None) if d is not None
                }
                for number in _DIGITS.findall(part.text):
                    number = number.strip(".,")
                    dated = any(int(number) in (d.day, d.month, d.year) for d in days) if number.isdigit() else False
                    assert number in said or (number.isdigit() and int(number) in words) or dated, (part.text, number)
    assert followed.keys() == set(How)


def test_a_report_on_a_party_and_on_some_days_holds_only_that(sample_store: Store) -> None:
    later = build.draw(sample_store, since=date(2018, 11, 28))
    assert {note.document.published for note in later.notes} >= {date(2018, 11, 29)}
    assert "29 November 2018" in later.title
    earlier = build.draw(sample_store, until=date(2018, 11, 26))
    assert all(note.document.published == date(2018, 11, 26) for note in earlier.notes)
    german = build.draw(sample_store, party="Germany")
    assert "Germany" in german.title
    assert len(german.notes) < len(build.draw(sample_store).notes)
    for refused in ({"since": date(2020, 1, 1)}, {"party": "Narnia"}):
        with pytest.raises(InputError):
            build.draw(sample_store, **refused)  # type: ignore[arg-type]


def test_a_dispute_stands_where_it_came_up_narrowed_or_was_settled(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        for doc, day, text in (
            ("a", 5, "Pakistan said on 5 May 2025 that its forces killed 50 Indian soldiers in Uri on 5 May 2025."),
            ("b", 6, "India said on 6 May 2025 that Pakistani forces killed 10 Indian soldiers in Uri on 5 May 2025."),
        ):
            one = document(text, doc, date(2025, 5, day), doc)
            store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        assert store.disputes()
        titles = [section.title for section in build.draw(store).sections]
        assert "Came up in this time" in titles
        before = build.draw(store, until=date(2025, 5, 5))
        assert "Disputes" not in [section.title for section in before.sections]
        third = document("India said on 8 May 2025 that it held a meeting with Pakistan.", "c", date(2025, 5, 8), "c")
        store.add(third, standoff.extract(third))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        after = build.draw(store, since=date(2025, 5, 7))
        assert "Still open from before" in [section.title for section in after.sections]


def test_a_report_is_the_same_for_the_same_store_in_every_form(sample_store: Store, report: Report) -> None:
    again = build.draw(sample_store)
    assert record(report) == record(again)
    for write in (markdown.write, html.write, pdf.write):
        assert write(report) == write(again)
    read = pypdf.PdfReader(io.BytesIO(pdf.write(report)))
    text = " ".join(page.extract_text() for page in read.pages)
    plain = " ".join(text.split())
    for one in report.sentences():
        first = " ".join(one.text.split()[:4])
        assert first in plain or len(one.text) < 25, first
    assert read.outline
    page = html.write(report)
    assert page.count('<li id="n') == len(report.notes)
    assert 'src="http' not in page
    assert "<script" not in page


def test_what_reports_say_is_never_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> | `x` [a](javascript:b) <img src=x>"
    text = f"Russia said on 5 May 2025 that Ukraine attacked Russia. Ukraine accused Russia of {evil} on 5 May 2025."
    with open_store(tmp_path / "s.db") as store:
        one = replace(document(text, "evil<b>", date(2025, 5, 6), evil), url="javascript:alert(1)")
        store.add(one, standoff.extract(one))
        found = build.draw(store)
    page, marked = html.write(found), markdown.write(found)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>" not in page
    assert 'href="javascript' not in page
    assert "<script>" not in marked
    assert not re.search(r"(?<!\\)\]\(|<javascript", marked)
    assert pdf.write(found).startswith(b"%PDF")


@pytest.mark.parametrize(
    "words",
    [
        "&#60;script>alert(1)&lt;/script&gt;", "&#x3c;svg onload=alert(1)&#x3e;", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "![x](https://evil.example/a.png)", "<javascript:alert(1)>", "see https://evil.example and www.evil.example",
        "<https://evil.example>", "[x]: https://evil.example", "1. x", "- x", "+ x", "# x", "> x", "a | b", "`<b>`", "AT&T & co", "12.5 x",
    ],
)  # fmt: skip
def test_words_in_markdown_are_shown_as_they_stand(words: str) -> None:
    drawn = MarkdownIt("commonmark", {"html": True}).enable("table").render(f"- {markdown._escaped(words)}\n")
    assert drawn == f"<ul>\n<li>{html_escape(words)}</li>\n</ul>\n"
    # Some programs make links of bare addresses, and take no backslash before a "<".
    assert not re.search(r"<|https?://|www\.", markdown._escaped(words))


def test_without_its_libraries_the_report_stands_in_words(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = analysis.needed

    def lacking(library: str) -> object:
        if library.split(".")[0] in ("matplotlib", "ruptures", "statsmodels", "fpdf"):
            raise SettingsError(library, "not installed", "pip install 'standoff[analysis]'")
        return real(library)

    for module in (charts, tension, outlook, pdf):
        monkeypatch.setattr(module, "needed", lacking)
    found = build.draw(sample_store)
    assert "Between Russia and Ukraine" in markdown.write(found)
    assert "<img" not in html.write(found)
    with pytest.raises(SettingsError, match=r"standoff\[analysis\]"):
        pdf.write(found)


def test_notes_are_numbered_in_runs() -> None:
    assert ranges([3, 1, 2, 7, 9, 8, 8]) == "1–3, 7–9"
    assert ranges([5, 4]) == "4, 5"


# -- charts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "head"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_charts_are_the_same_each_time(sample_store: Store, form: str, head: bytes) -> None:
    found = study.draw(sample_store, DYAD)
    assert found is not None
    names = Names(sample_store.browse.parties())
    drawn_once = charts.picture(found, names, form)
    assert drawn_once.startswith(head)
    assert drawn_once == charts.picture(found, names, form)
    assert "Russia and Ukraine, 25 to 27 November 2018 by day" in charts.alt(found, names)
