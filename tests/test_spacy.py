"""The components as other spaCy users have them: by name, alone, on disk, in several processes."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import standoff
from conftest import document
from standoff import lexicon
from standoff.language import parties, phrases, pipeline
from standoff.language.pipeline import COMPONENTS, DEFAULT_MODEL
from standoff.model import AuxMode, Claim, CountKind, Stance

TEXT = (
    "Ukraine said that Russian missiles had killed 12 civilians in Kramatorsk on Monday. Russia denied that its forces had "
    "attacked the city. “We hit a base,” a spokesman said."
)
# Each with where it leaves what it finds.
FOUND = {
    "standoff_places": lambda doc: "Kramatorsk" in {span._.place.name for span in doc.spans["standoff_places"]},
    "standoff_parties": lambda doc: "RUS" in {span._.parties[0].code for span in doc.spans["standoff_parties"]},
    "standoff_times": lambda doc: [span.text for span in doc.spans["standoff_times"]] == ["Monday"],
    "standoff_counts": lambda doc: [span._.quantity.best for span in doc.spans["standoff_counts"]] == [12],
    "standoff_attribution": lambda doc: {"said", "denied"} <= {s.cue for s in doc._.statements},
}


def whole() -> spacy.Language:
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("standoff_lines", first=True)
    for name in (*COMPONENTS, "standoff_claims"):
        nlp.add_pipe(name)
    return nlp


@pytest.mark.parametrize("name", [*COMPONENTS, "standoff_lines", "standoff_claims"])
def test_each_component_runs_alone(name: str) -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe(name, **({"first": True} if name == "standoff_lines" else {}))
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert FOUND.get(name, lambda doc: True)(doc)


def test_by_name_without_importing_us() -> None:
    program = (
        "import spacy, sys\n"
        f"nlp = spacy.load({DEFAULT_MODEL!r})\n"
        "nlp.add_pipe('standoff_attribution')\n"
        "print([s.cue for s in nlp('Ukraine said that it had withdrawn.')._.statements])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "['said']\n", done.stderr


def test_claims_are_those_of_the_library() -> None:
    nlp = whole()
    doc = nlp.make_doc(TEXT)
    doc._.published, doc._.report = date(2024, 5, 7), "r1"
    found = nlp(doc)._.claims
    assert found
    assert [c.event for c in found] == [c.event for c in standoff.extract(document(TEXT, "r1", date(2024, 5, 7)))]
    assert {c.doc for c in found} == {"r1"}
    assert found[0].when is not None
    assert found[0].when.start == date(2024, 5, 6)


def test_a_pipeline_comes_back_from_disk(tmp_path: Path) -> None:
    nlp = whole()
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert again.pipe_names == nlp.pipe_names
    assert again(TEXT)._.claims == nlp(TEXT)._.claims
    program = f"import spacy\nprint(len(spacy.load({str(tmp_path / 'nlp')!r})({TEXT!r})._.claims))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == f"{len(nlp(TEXT)._.claims)}\n", done.stderr


@pytest.mark.parametrize(
    ("text", "actor", "source"),
    [
        (
            '"How can people live?"Mr Cohen told reporters that gunmen had killed nine villagers in Ogossagou.',
            "gunmen",
            "Cohen",
        ),
        ('The quarter was "so quiet"Gunmen later killed nine villagers there, the army said.', "Gunmen", "the army"),
        ('"They fled.”Gunmen then killed nine villagers, the army said.', "Gunmen", "the army"),
        ('At dusk the "Free Army" killed nine villagers in Ogossagou, the army said.', "Army", "the army"),
    ],
)
def test_paragraphs_that_lost_their_line_ends_are_told_apart(text: str, actor: str, source: str) -> None:
    (claim,) = (one for one in standoff.extract(document(text, "a")) if one.event == "ASSAULT")
    assert [mention.text for mention in claim.actors] == [actor]
    assert [one.mention.text for one in claim.sources] == [source]


def test_several_processes_find_what_one_finds() -> None:
    nlp = whole()
    texts = [TEXT, "Russia denied that.", TEXT.replace("12", "30")] * 2
    alone = [tuple(doc._.claims) for doc in nlp.pipe(texts)]
    together = [tuple(doc._.claims) for doc in nlp.pipe(texts, n_process=2)]
    assert together == alone


def test_what_was_found_goes_with_a_doc() -> None:
    nlp = whole()
    doc = nlp(TEXT)
    (back,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert tuple(back._.statements) == tuple(doc._.statements)
    assert tuple(back._.claims) == tuple(doc._.claims)
    claim: Claim = next(c for c in back._.claims if c.aux)
    assert claim.aux[0] is AuxMode.NEGATION
    assert next(c for c in back._.claims if c.counts).counts[0].kind is CountKind.KILLED
    assert back._.statements[1].stance is Stance.DENY
    bare = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [s._.place for s in bare.spans["standoff_places"]] == [s._.place for s in doc.spans["standoff_places"]]
    assert bare._.resolver is None, "working state points into the Doc, and stays behind"


def test_bytes_of_another_module_are_not_made_into_objects() -> None:
    from standoff.language.extensions import decode

    with pytest.raises(ValueError, match="no part of standoff"):
        decode({"__standoff__": ["os.path:join", ["a", "b"]]})


def test_a_transformer_pipeline_reads_too() -> None:
    if not spacy.util.is_package("en_core_web_trf"):
        pytest.skip("en_core_web_trf is not installed")
    assert standoff.extract(document(TEXT), model="en_core_web_trf")


def test_a_name_is_found_in_the_first_text_and_in_a_later_one() -> None:
    """Names are compiled when a text first has a word that begins as they do."""
    nlp = spacy.blank("en")
    told = [("IRN", "Iran"), ("IRN", "Islamic Republic"), ("USA", "U.S."), ("ITA", "'Ndrangheta"), ("SYR", "al-Sham")]
    finder = phrases.Phrases(nlp, told)

    def found(text: str) -> list[tuple[str, str]]:
        doc = nlp(text)
        return sorted((name, doc[start:end].text) for name, start, end in finder(doc))

    assert found("Nothing of note.") == []
    assert found("The U.S. warned Iran.") == [("IRN", "Iran"), ("USA", "U.S.")]
    assert found("The Islamic Republic, Iran and al-Sham.") == [
        ("IRN", "Iran"),
        ("IRN", "Islamic Republic"),
        ("SYR", "al-Sham"),
    ]
    assert found("The 'Ndrangheta and the U.S.") == [("ITA", "'Ndrangheta"), ("USA", "U.S.")]


def test_every_name_begins_as_its_first_word_does() -> None:
    """Else it would be compiled only by a text with another word."""
    tokenizer = pipeline.load().tokenizer
    texts = {name.text for name in parties.names()}
    texts |= {name for entry in lexicon.load("places")["place"] for name in entry.get("names", [entry["name"]])}
    assert len(texts) > 2_000
    assert {text for text in texts if phrases.beginning(tokenizer(text)[0].text) != phrases.beginning(text)} == set()
