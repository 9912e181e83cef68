"""Every table of ``lexicon/grammar.toml`` is asked for by a rule, and has an example in which one of its words works."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import standoff
from standoff import lexicon
from standoff.language import pipeline
from standoff.language.attribution import cues
from standoff.model import Claim, Statement
from test_constructions import fits, told

Coder = Callable[..., tuple[Claim, ...]]
Attributor = Callable[[str], tuple[Statement, ...]]

TABLES: dict[str, dict[str, Any]] = lexicon.load("grammar")
SOURCES = [path.read_text(encoding="utf-8") for path in (Path(standoff.__file__).parent / "language").rglob("*.py")]
ASKED = {name for source in SOURCES for name in re.findall(r"listed\(\"(\w+)\"\)", source)}


def _with(key: str) -> list[str]:
    return [name for name, entry in TABLES.items() if key in entry]


def test_every_table_is_asked_for_and_every_table_asked_for_is_there() -> None:
    assert set(TABLES) == ASKED


def test_every_table_says_what_it_is() -> None:
    lines = (Path(lexicon.__file__).parent / "grammar.toml").read_text(encoding="utf-8").splitlines()
    heads = {line: lines[number - 1] for number, line in enumerate(lines) if line.startswith("[")}
    assert [table for table, before in heads.items() if not re.match(r"# [^-]", before)] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_word_of_the_table_stands_in_its_example(name: str) -> None:
    entry = TABLES[name]
    words = pipeline.load()(entry["example"])
    forms = {form for word in words for form in (word.text, word.lower_, word.lemma_.lower(), word.lemma_)}
    assert forms & set(entry["words"])


@pytest.mark.parametrize("name", _with("claim"))
def test_the_rules_read_the_example(name: str, by_rules: Coder) -> None:
    """With a word of the table, and not without it."""
    claims = by_rules(TABLES[name]["example"])
    assert any(fits(TABLES[name]["claim"], claim) for claim in claims), [told(claim) for claim in claims]


@pytest.mark.parametrize("name", _with("no"))
def test_the_rules_do_not_read_what_the_example_does_not_tell(name: str, by_rules: Coder) -> None:
    """What would be read without the words of the table."""
    claims = by_rules(TABLES[name]["example"])
    assert not any(fits(TABLES[name]["no"], claim) for claim in claims), [told(claim) for claim in claims]


@pytest.mark.parametrize("name", _with("says"))
def test_the_example_says_what_a_source_is_told_to_say(name: str, attribute: Attributor) -> None:
    text: str = TABLES[name]["example"]
    said = {
        ": ".join((statement.sources[0].mention.text if statement.sources else "-", span.of(text)))
        for statement in attribute(text)
        for span in statement.content
    }
    assert TABLES[name]["says"] in said


@pytest.mark.parametrize("entry", lexicon.load("cues")["lemmas"], ids=lambda entry: entry["lemma"])
def test_a_form_that_the_lemmatizer_mistakes_is_read_as_its_verb(entry: dict[str, Any]) -> None:
    words = pipeline.load()(entry["example"])
    assert entry["lemma"] in {cues.lemma(word) for word in words if word.lower_ in entry["words"]}
