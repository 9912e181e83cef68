"""Backups under writes, putting them back, and stores that are not sound."""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import standoff
from conftest import document
from standoff import cli
from standoff.store import Store
from standoff.store.copying import dump
from standoff.store.people import Role

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


@pytest.fixture
def path(sample_store: Store) -> Path:
    return Path(sample_store.name)


def test_a_backup_is_put_back_as_it_was(path: Path, tmp_path: Path, sample_store: Store) -> None:
    before = dump(sample_store)
    saved = tmp_path / "saved.db"
    made = run("backup", str(saved), "--store", str(path))
    assert made.exit_code == 0, made.stderr
    assert sorted(one.name for one in tmp_path.iterdir() if "saved" in one.name or one.name.startswith(".")) == [
        "saved.db"
    ]
    assert saved.stat().st_mode & 0o777 == 0o600
    again = run("backup", str(saved), "--store", str(path))
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    assert run("restore", str(saved), "--store", str(path)).exit_code == 1  # nothing is written over
    assert run("restore", str(saved), "--store", str(tmp_path / "new.db")).exit_code == 0
    with standoff.open_store(tmp_path / "new.db") as store:
        assert dump(store) == before
    assert run("verify", "--store", str(tmp_path / "new.db")).stdout.endswith(" claims\n")


def test_people_come_in_by_a_backup_as_they_did_before(path: Path, tmp_path: Path, sample_store: Store) -> None:
    sample_store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
    saved, new = tmp_path / "saved.db", tmp_path / "new.db"
    assert run("backup", str(saved), "--store", str(path)).exit_code == 0
    beside = tmp_path / "saved.db.people"
    assert beside.stat().st_mode & 0o777 == 0o600
    assert b"argon2" not in saved.read_bytes()
    (tmp_path / "new.db.people").write_bytes(beside.read_bytes())  # somebody else's: they would come into this store
    refused = run("restore", str(saved), "--store", str(new))
    assert (refused.exit_code, "new.db.people: is there already" in refused.stderr) == (1, True)
    assert not new.exists()
    (tmp_path / "new.db.people").unlink()
    assert run("restore", str(saved), "--store", str(new)).exit_code == 0
    with standoff.open_store(new) as store:
        assert store.people.sign_in("Ana", "correct horse battery", NOW)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".standoff")]


def test_what_is_written_meanwhile_is_in_a_backup_whole_or_not_at_all(path: Path, tmp_path: Path) -> None:
    stop, done = threading.Event(), []

    def write() -> None:
        with standoff.open_store(path) as store:
            while not stop.is_set():
                done.append(store.add(document(f"Report {len(done)}. Russia shelled Kharkiv.", f"d{len(done)}"), ()))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            made = run("backup", str(tmp_path / f"{number}.db"), "--store", str(path))
            assert made.exit_code == 0, made.stderr
    finally:
        stop.set()
        writer.join()
    assert done
    for number in range(3):
        assert run("verify", "--store", str(tmp_path / f"{number}.db")).exit_code == 0


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("UPDATE document SET text = 'other words' WHERE id = 'demo-kyiv'", "its text is not the one that was read"),
        ("UPDATE claim SET record = '{}'", "report demo-"),
        ("DELETE FROM document WHERE id = 'demo-kyiv'", "that is not there"),
    ],
)
def test_a_store_that_is_not_sound_is_told_and_not_backed_up(
    spoil: str, says: str, path: Path, tmp_path: Path, sample_store: Store
) -> None:
    sample_store.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA foreign_keys=OFF")
        file.execute(spoil)
        file.commit()
    looked = run("verify", "--store", str(path))
    assert looked.exit_code == 1
    assert says in looked.stderr
    assert "Traceback" not in looked.stderr
    made = run("backup", str(tmp_path / "saved.db"), "--store", str(path))
    assert (made.exit_code, "not sound" in made.stderr) == (1, True)
    assert not (tmp_path / "saved.db").exists()


def test_what_is_no_backup_is_not_put_back(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 4000)
    (tmp_path / "b.db").write_bytes(b"hello")
    for name in ("a.db", "b.db", "none.db"):
        result = run("restore", str(tmp_path / name), "--store", str(tmp_path / "new.db"))
        assert result.exit_code == 1, name
        assert result.stderr.count("\n") == 1, result.stderr
        assert name in result.stderr
        assert not (tmp_path / "new.db").exists()


def test_postgresql_has_its_own_program(postgres: str, tmp_path: Path) -> None:
    result = run("backup", str(tmp_path / "a.dump"), "--store", postgres)
    assert result.exit_code == 1
    assert "pg_dump" in result.stderr


@pytest.mark.parametrize("left", ["other.db-wal", "other.db-shm", "other.db-journal", "other.db.people-wal"])
def test_a_backup_is_not_put_back_over_what_another_store_left(path: Path, tmp_path: Path, left: str) -> None:
    assert run("backup", str(tmp_path / "saved.db"), "--store", str(path)).exit_code == 0
    (tmp_path / left).write_bytes(b"left of another store")
    told = run("restore", str(tmp_path / "saved.db"), "--store", str(tmp_path / "other.db"))
    assert told.exit_code == 1
    assert f"{left}: is left of another store of this name" in told.stderr
    assert not (tmp_path / "other.db").exists()


def test_what_a_killed_backup_left_is_swept_by_the_next(path: Path, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    begins = f".standoff-{hashlib.sha256(platform.node().encode()).hexdigest()[:8]}"
    left = [tmp_path / f"{begins}-{gone.pid}-x.db{more}" for more in ("", "-wal", ".people", ".people-journal")]
    others = [tmp_path / f"{begins}-{os.getpid()}-x.db", tmp_path / f".standoff-0123abcd-{gone.pid}-x.db"]
    for one in (*left, *others):
        one.write_bytes(b"hashes")
    assert run("backup", str(tmp_path / "saved.db"), "--store", str(path)).exit_code == 0
    assert [one for one in left if one.exists()] == []
    assert all(one.exists() for one in others)  # of a program that runs, and of another machine


def test_a_copy_is_made_under_the_name_of_its_program(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("standoff.store.backup.check", lambda store: seen.append(Path(store.name).name))
    assert run("backup", str(tmp_path / "saved.db"), "--store", str(path)).exit_code == 0
    assert f"-{os.getpid()}-" in seen[0]
