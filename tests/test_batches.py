"""What makes reading faster changes nothing of what is read."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import kerch
from constructions import ROWS
from standoff import claims, lexicon
from standoff.language import needs, pipeline, remembered, time_forms
from standoff.model import Document
from standoff.records import claim_record, dumps


def lines(document: Document, doc: spacy.tokens.Doc) -> list[str]:
    return [dumps(claim_record(claim)) for claim in claims.from_doc(doc, document)]


def test_reports_read_side_by_side_are_read_as_one_by_one() -> None:
    documents = [*kerch.documents(), *(Document(f"s{i}", text, "") for i, (text, _) in enumerate(ROWS[:120]))]
    together = [lines(d, doc) for d, doc in zip(documents, pipeline.annotate_all(documents), strict=True)]
    assert together == [lines(d, pipeline.annotate(d)) for d in documents]
    assert sum(map(len, together)) > 100


def test_no_documents_are_no_docs() -> None:
    assert list(pipeline.annotate_all([])) == []


@pytest.mark.parametrize("kept", [50_000, 3])
def test_what_is_remembered_is_what_the_model_says(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "KEPT", kept)
    own, quick = spacy.load(pipeline.DEFAULT_MODEL), spacy.load(pipeline.DEFAULT_MODEL)
    remembered.lemmas(quick.get_pipe("lemmatizer"))
    remembered.attributes(quick.get_pipe("attribute_ruler"))
    texts = [d.text for d in kerch.documents()] + [
        "Who's to say what he'd rather have done, but that cannot be helped."
    ]
    for text in texts * 2:
        for one, other in zip(own(text), quick(text), strict=True):
            assert (one.pos_, one.lemma_, str(one.morph), one.tag_) == (
                other.pos_,
                other.lemma_,
                str(other.morph),
                other.tag_,
            )


def test_a_rule_over_several_words_is_kept_and_later_rules_go_before() -> None:
    def tagged(quick: bool) -> list[tuple[str, str]]:
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("attribute_ruler")
        ruler.add([[{"LOWER": "air"}]], {"POS": "NOUN", "LEMMA": "air"})
        ruler.add([[{"LOWER": "air"}, {"LOWER": "strike"}], [{"LOWER": "strike"}]], {"POS": "PROPN"}, index=0)
        ruler.add([[{"LOWER": "the"}]], {"POS": "DET"})
        if quick:
            remembered.attributes(ruler)
        return [(t.pos_, t.lemma_) for t in nlp("The air strike in the air. The air strike.")]

    assert tagged(True) == tagged(False)


def test_a_rule_with_an_attribute_of_somebodys_own_is_left_to_the_ruler() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "fire", "OP": "+"}]], {"POS": "NOUN"})
    remembered.attributes(ruler)
    assert [t.pos_ for t in nlp("fire fire")] == ["NOUN", "NOUN"]


EXAMPLES = [entry["example"] for entry in lexicon.load("times")["form"]]


def test_a_text_that_holds_a_time_is_searched_for_it() -> None:
    searched = 0
    for text in [*EXAMPLES, *(e.upper() for e in EXAMPLES)]:
        within = needs.Within(text)
        for form in time_forms.forms():
            if form.pattern.search(text):
                searched += 1
                assert within.may_match(form.pattern), (text, form.rule)
    assert searched > len(EXAMPLES)


def test_most_searches_are_spared() -> None:
    within = needs.Within("The minister denied the charge.")
    assert sum(within.may_match(form.pattern) for form in time_forms.forms()) < len(time_forms.forms()) / 4


@given(st.from_regex(r"(?:two|three)? ?(?:days?|weeks) (?:ago|before \d{4})|\w+ [xyz]|the (?:end|(?:very )?start)\b"))
def test_what_a_pattern_needs_is_in_all_that_it_finds(text: str) -> None:
    pattern = re.compile(
        r"(?:two|three)? ?(?:days?|weeks) (?:ago|before \d{4})|\w+ [xyz]|the (?:end|(?:very )?start)\b", re.I
    )
    if pattern.search(text):
        assert needs.Within(text).may_match(pattern)
