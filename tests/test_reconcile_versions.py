"""Versions of one page: which reports they are, what changed, and that they are one voice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import document
from standoff import cli
from standoff.model import Document
from standoff.reconcile import versions, voices

FIRST = "A strike killed 12 people in Kharkiv on Monday, police said.\nRescuers are at work.\n"
LATER = "A strike killed 19 people in Kharkiv on Monday, police said.\nRescuers are at work.\nRussia denied it.\n"


def version(text: str, id: str, hour: int, url: str = "https://example.org/news/1") -> Document:
    return replace(document(text, id, date(2024, 5, 7)), url=url, captured=datetime(2024, 5, 7, hour, tzinfo=UTC))


def test_one_address_with_other_words_is_one_page() -> None:
    first, later = version(FIRST, "b", 8), version(LATER, "a", 9, "http://www.example.org/news/1/?ref=home")
    other = version(FIRST, "c", 8, "https://example.org/news/2")
    assert versions.versions([later, other, first]) == ((first, later),)


def test_the_same_words_twice_are_no_versions() -> None:
    assert versions.versions([version(FIRST, "a", 8), version(FIRST, "b", 9)]) == ()


def test_what_changed_is_quoted() -> None:
    first, later = version(FIRST, "a", 8), version(LATER, "b", 9)
    told = [
        (c.before and c.before.of(first.text), c.after and c.after.of(later.text))
        for c in versions.changes(first, later)
    ]
    assert told == [
        (FIRST.splitlines()[0], LATER.splitlines()[0]),
        (None, "Russia denied it."),
    ]


def test_white_space_is_no_change() -> None:
    assert versions.changes(version(FIRST, "a", 8), version(FIRST.replace(" people", "  people"), "b", 9)) == ()


@given(old=st.text("ab. \n", max_size=40), new=st.text("ab. \n", max_size=40))
def test_changes_make_one_text_of_the_other(old: str, new: str) -> None:
    """What stands outside the changes is the same in both, up to white space."""
    first, later = version(old, "a", 8), version(new, "b", 9)
    found = versions.changes(first, later)

    def rest(text: str, spans: list[tuple[int, int]]) -> list[str]:
        for start, end in reversed(spans):
            text = text[:start] + " " + text[end:]
        return text.split()

    assert rest(old, [(c.before.start, c.before.end) for c in found if c.before]) == rest(
        new, [(c.after.start, c.after.end) for c in found if c.after]
    )


def test_versions_are_one_voice() -> None:
    rewritten = "Officials in the region gave another toll altogether, and named nobody for it."
    (voice,) = voices.group([version(FIRST, "a", 8), version(rewritten, "b", 9)])
    assert voice.docs == ("a", "b")
    assert voice.reasons == ("b is another version of a",)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for name, text in (("first", FIRST), ("later", LATER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        url = ["--url", "https://example.org/news/1", "--outlet", "Gazette", "--published", "2024-05-07"]
        done = CliRunner().invoke(
            cli.app, ["add", str(tmp_path / f"{name}.txt"), *url, "--store", str(tmp_path / "s.db")]
        )
        assert done.exit_code == 0, done.output
    return tmp_path / "s.db"


def test_versions_on_the_command_line(store: Path) -> None:
    done = CliRunner().invoke(cli.app, ["versions", "--store", str(store), "--jsonl"])
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["before"], r["after"]) for r in records] == [("first", "later")] * 2
    assert records[0]["removed"] == {"text": FIRST.splitlines()[0], "start": 0, "end": 60}
    assert records[1]["removed"] is None
    table = CliRunner().invoke(cli.app, ["versions", "--store", str(store), "--table"]).stdout
    assert "Russia denied it." in table


def test_one_address_is_of_one_file(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.app, ["add", "a.txt", "b.txt", "--url", "https://example.org"])
    assert done.exit_code == 2
    assert "one --url for several files" in done.output
