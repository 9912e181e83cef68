"""What a store is left as: after kills at random, on a full disk, on one that cannot be written, with two at once."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

import crash
import standoff


@pytest.mark.parametrize(("kind", "kills"), [("add", 4), ("watch", 4), ("import", 1)])
def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half(kind: str, kills: int) -> None:
    """Some, here; ``python tests/crash.py add 500`` kills the other commands too, as often as is asked (docs/security.md)."""
    assert crash.run(kind, kills, seed=7, reports=3)["killed"] == kills


def test_a_full_disk_is_one_clear_line_and_the_store_stays_whole(tmp_path: Path) -> None:
    with crash.inputs_for("add", tmp_path, 3) as arguments:
        assert crash.start(arguments, tmp_path, "a.db").wait() == 0
        before = crash.dump(tmp_path / "a.db")
        (tmp_path / "reports" / "large.txt").write_text("The army said that ten soldiers were killed. " * 300)
        size = (tmp_path / "a.db").stat().st_size
        ran = subprocess.run(
            [sys.executable, "-m", "standoff.cli", *arguments, "--store", "a.db"], cwd=tmp_path, capture_output=True, text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("standoff: a.db: the disk ")
    assert crash.dump(tmp_path / "a.db") == before


def test_a_disk_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(crash.report(1))
    ran = subprocess.run(
        [sys.executable, "-m", "standoff.cli", "add", "r.txt", "--store", "/proc/reports.db"], cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert ran.stderr.startswith("standoff: /proc/reports.db: ")
    assert "cannot be " in ran.stderr


def test_two_who_write_at_once_both_finish(tmp_path: Path) -> None:
    for half in ("even", "odd"):
        (tmp_path / half).mkdir()
    for number in range(6):
        (tmp_path / ("odd" if number % 2 else "even") / f"r{number}.txt").write_text(crash.report(number))
    both = [crash.start(["add", half], tmp_path, "both.db") for half in ("even", "odd")]
    assert [(process.wait(), process.communicate()[1]) for process in both] == [(0, b""), (0, b"")]
    assert crash.start(["add", "even", "odd"], tmp_path, "one.db").wait() == 0
    assert crash.dump(tmp_path / "both.db") == crash.dump(tmp_path / "one.db")


def test_what_a_killed_run_left_undone_is_done_by_the_next(tmp_path: Path) -> None:
    """Documents that are in, and not reconciled yet: the next run finds them known, and reconciles all the same."""
    path = tmp_path / "r1.txt"
    path.write_text(crash.report(1))
    document = standoff.read(path)
    with standoff.open_store(tmp_path / "a.db") as store:
        store.add(document, standoff.extract(document))
        assert store.unreconciled() == ["r1"]
        assert store.incidents() == []
    ran = crash.start(["add", "r1.txt"], tmp_path, "a.db")
    assert ran.wait() == 0
    with standoff.open_store(tmp_path / "a.db") as store:
        assert store.unreconciled() == []
        assert store.incidents()
