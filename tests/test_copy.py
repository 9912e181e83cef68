"""A store copied into another database holds the same, and the copy goes on from there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from typer.testing import CliRunner

import standoff
from conftest import document
from standoff.cli import app
from standoff.errors import StoreError
from standoff.model import Decision, Doing, HandLink, Party, Reading, Renaming, SourceGrade, Verdict
from standoff.store import Store
from standoff.store.copying import COPIED, copy, dump
from standoff.store.intake import Failure
from standoff.store.people import Role
from test_export_gold import say

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)


@pytest.fixture
def other(postgres: str) -> Iterator[str]:
    """A new schema on the server."""
    schema = f"standoff_copy_{uuid.uuid4().hex}"
    server = create_engine(postgres)
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield (
        make_url(postgres)
        .update_query_dict({"options": f"-csearch_path={schema}"})
        .render_as_string(hide_password=False)
    )
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture
def full(sample_store: Store) -> Store:
    """A store with something in every table that is copied."""
    one = sample_store.documents()[0]
    claims = tuple(sample_store.claims(one.id))
    sample_store.add(one, claims, [Reading(one.id, "m", "a-model", where="http://127.0.0.1/v1", claims=claims)])
    first, second, third, *_ = sample_store.claims()
    say(sample_store, first, Verdict.CORRECT, "actor", "SWE")
    say(sample_store, second, Verdict.REJECT)
    sample_store.reviews.undo(2, "ana", NOW)
    name = second.actors[0].party
    sample_store.reviews.rename(Renaming(name.name, name.code, Party("UKR", (), "Ukraine"), "ana", NOW))
    sample_store.reviews.grade(SourceGrade("outlet", "Wire", "B", "ana", NOW))
    sample_store.decide(HandLink(first.id, third.id, False, "another day"))
    one_event, other_event, *_ = sample_store.incidents()
    joined = (*one_event.claims, *other_event.claims)
    sample_store.decided.add(Decision(Doing.TOGETHER, joined, reason="one day", reviewer="ana"), NOW)
    sample_store.made.make(replace(third, id="0" * len(third.id)), "ana", NOW, "missed")
    sample_store.intake.fail(Failure("x.html", "x.html", "no text", "give another", NOW, 1))
    sample_store.intake.watch("https://a.example/feed", 900, NOW)
    sample_store.people.add("ana", Role.REVIEWER, "a long password", NOW)
    sample_store.people.save_search("ana", "strikes", "event=ASSAULT")
    sample_store.people.visit("ana", NOW)
    sample_store.alerts.keep({"heat/RUS/UKR": {"rule": "heat"}}, NOW, tell=True)
    held, reports = sample_store.claims(reviewed=True), sample_store.documents()
    sample_store.save(standoff.reconcile(held, reports, sample_store.decisions(), sample_store.decided.standing()))
    return sample_store


def test_there_and_back_is_the_same(full: Store, other: str, tmp_path: Path) -> None:
    with standoff.open_store(other) as there, standoff.open_store(tmp_path / "back.db") as back:
        rows = copy(full, there)
        assert rows == copy(there, back)
        assert dump(full) == dump(there) == dump(back)
        assert back.documents() == there.documents() == full.documents()
        assert back.claims(reviewed=True) == full.claims(reviewed=True)
        assert back.reconciliation() == there.reconciliation() == full.reconciliation()
        assert back.reviews.all() == full.reviews.all()
        assert all(store.people.sign_in("ana", "a long password", NOW) for store in (full, there, back))
        assert [hit.doc for hit in back.search("sailors")] == [hit.doc for hit in full.search("sailors")]
        assert sorted(h.doc for h in there.search("sailors")) == sorted(h.doc for h in full.search("sailors"))


def test_the_copy_goes_on(full: Store, other: str) -> None:
    with standoff.open_store(other) as there:
        copy(full, there)
        one = document("Russia said that Ukraine had attacked Belgorod.", "fresh")
        assert there.add(one, standoff.extract(one)).new
        assert there.reviews.all()[-1].number == 2
        say(there, there.claims("fresh")[0], Verdict.ACCEPT)
        assert there.reviews.all()[-1].number == 3
        assert dump(there) != dump(full)


def test_every_table_has_something_to_copy(full: Store) -> None:
    empty = []
    with full.reading() as connection:
        for table in COPIED:
            if connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar() == 0:
                empty.append(table.name)
    assert set(empty) <= {"feed_item", "unreconciled"}, "a table that holds nothing tests nothing"


def test_a_store_that_holds_something_is_not_written_over(full: Store, crisis: Path) -> None:
    before = dump(full)
    with standoff.open_store(crisis) as source, pytest.raises(StoreError, match="holds something already"):
        copy(source, full)
    assert dump(full) == before


def test_a_copy_that_was_broken_off_holds_nothing_and_is_made_again(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passwords are in a file beside the store: were they written after it, a copy could be left without them."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    held = {name: secret for name, secret in full.people.keys.secrets().items() if secret}
    assert held
    with standoff.open_store(tmp_path / "copy.db") as target:
        with monkeypatch.context() as patched:
            patched.setattr(type(target.people.keys), "give", killed)
            with pytest.raises(KeyboardInterrupt):
                copy(full, target)
        assert target.ids() == []
        copy(full, target)
        assert dump(target) == dump(full)
        assert target.people.keys.secrets() == held


def test_the_command(full: Store, tmp_path: Path) -> None:
    out = CliRunner().invoke(app, ["copy", full.name, str(tmp_path / "to.db")])
    assert out.exit_code == 0, out.output
    assert "the same as in" in out.stdout
    again = CliRunner().invoke(app, ["copy", full.name, str(tmp_path / "to.db")])
    assert again.exit_code == 1
    assert "copy into a new store" in again.stderr
    none = CliRunner().invoke(app, ["copy", str(tmp_path / "none.db"), str(tmp_path / "x.db")])
    assert none.exit_code == 1
    assert not (tmp_path / "x.db").exists()
