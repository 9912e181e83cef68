"""A store as a file: for whom it is, what in it is not ours, and what is done where it cannot be written to."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import standoff
from standoff import demo
from standoff.errors import StoreError
from standoff.export import registry
from standoff.export.selection import Selection, save
from standoff.model import Review, Verdict
from standoff.store import Store
from standoff.store.people import Role
from standoff.web.app import create_app

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_stores_and_exports_are_for_who_made_them(mask: int, tmp_path: Path, sample_store: Store) -> None:
    before = os.umask(mask)
    try:
        with standoff.open_store(tmp_path / "new.db") as store:
            store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
            assert {mode(path) for path in tmp_path.glob("new.db*")} == {0o600}
        save(registry.exporter("jsonl"), Selection(sample_store), tmp_path / "out")
        assert {mode(path) for path in (tmp_path / "out").iterdir()} == {0o600}
        shared = next(path for path in (tmp_path / "out").iterdir() if path.name.startswith("claims"))
        shared.chmod(0o640)
        save(registry.exporter("jsonl"), Selection(sample_store), tmp_path / "out")
        assert mode(shared) == 0o640
    finally:
        os.umask(before)


def held(path: Path) -> bytes:
    """All that lies on the disk of a store, without the file of its people."""
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*") if not one.name.endswith(".people"))


def test_the_hashes_of_passwords_are_in_a_file_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with standoff.open_store(path) as store:
        store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
        key = store.people.sign_in("Ana", "correct horse battery", NOW)
        assert key is not None
        assert b"argon2" not in held(path)
        assert b"argon2" in (tmp_path / "a.db.people").read_bytes()
        # Who has the store alone knows who its people are, and none of them comes in; nor does a stranger.
        (tmp_path / "a.db.people").rename(tmp_path / "away")
        assert store.people.any()
        assert store.people.sign_in("Ana", "correct horse battery", NOW) is None
        assert store.people.signed_in(key, NOW) is None
        client = TestClient(create_app(store), base_url="http://127.0.0.1")
        assert client.get("/claims", follow_redirects=False).status_code == 303
        (tmp_path / "away").rename(tmp_path / "a.db.people")
        assert store.people.signed_in(key, NOW)
        store.people.drop("Ana")
        assert b"argon2" not in (tmp_path / "a.db.people").read_bytes()
        assert store.people.signed_in(key, NOW) is None


def test_a_store_of_before_gives_up_its_hashes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with standoff.open_store(path) as store:
        store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
        secret = store.people.keys.secrets()["Ana"]
    (tmp_path / "a.db.people").unlink()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE person SET secret = ?", (secret,))
        file.execute("INSERT INTO session VALUES ('k', 'Ana', '2099-01-01')")
        file.commit()
    assert b"argon2" in held(path)
    with standoff.open_store(path) as store:
        assert store.people.sign_in("Ana", "correct horse battery", NOW)
    assert b"argon2" not in held(path)
    assert mode(tmp_path / "a.db.people") == 0o600


def test_a_file_of_people_that_is_damaged_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with standoff.open_store(path) as store:
        store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
        for spoilt in (b"no database", b""):
            (tmp_path / "a.db.people").write_bytes(spoilt)
            if spoilt:
                with pytest.raises(StoreError, match=r"a\.db\.people: not a SQLite database"):
                    store.people.sign_in("Ana", "correct horse battery", NOW)
            else:
                assert store.people.sign_in("Ana", "correct horse battery", NOW) is None
        with closing(sqlite3.connect(tmp_path / "a.db.people")) as file:
            file.execute("CREATE VIEW secret AS SELECT 'Ana' AS name, 'x' AS secret")
        with pytest.raises(StoreError, match="more than standoff's own"):
            store.people.sign_in("Ana", "correct horse battery", NOW)


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TRIGGER evil AFTER INSERT ON visit BEGIN UPDATE person SET role = 'admin'; END",
        "CREATE VIEW other AS SELECT * FROM person",
        "CREATE TRIGGER claim_list INSTEAD OF INSERT ON incident_list BEGIN SELECT 1; END",
    ],
)
def test_triggers_and_views_that_are_not_ours_are_refused(made: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    standoff.open_store(path).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute(made)
    with pytest.raises(StoreError, match="that is not standoff's"):
        standoff.open_store(path)


def test_a_store_that_cannot_be_written_to_is_read_and_served(
    crisis: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "it's 100% read-only?.db"
    path.write_bytes(crisis.read_bytes())
    before = path.read_bytes()
    access = os.access
    monkeypatch.setattr(os, "access", lambda where, how, **more: False if how & os.W_OK else access(where, how, **more))
    with standoff.open_store(path) as store:
        assert store.readonly
        assert store.name == str(path)
        client = TestClient(create_app(store), base_url="http://127.0.0.1")
        for page in ("/", "/claims", "/incidents", "/parties", "/reports", "/api/v1/claims"):
            assert client.get(page).status_code == 200, page
        with pytest.raises(StoreError, match="it cannot be written to"):
            store.people.add("Ana", Role.READER, "correct horse battery", NOW)
        assert client.post("/sources/feeds", data={"url": "https://a.example/feed"}).status_code == 503
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_the_demo_deletes_nothing_that_a_person_made(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    document = next(iter(demo.documents()))
    with standoff.open_store(path) as store:
        claims = standoff.extract(document)
        store.add(document, claims)
    demo.clear(str(path))
    assert not path.exists()
    with standoff.open_store(path) as store:
        store.add(document, claims)
        store.reviews.add([Review(claims[0].id, document.id, "ana", Verdict.ACCEPT, NOW)])
    with pytest.raises(StoreError, match="holds what people did"):
        demo.clear(str(path))
    assert path.exists()
