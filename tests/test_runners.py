"""Reading in bulk: the same bytes whichever runner runs, however often it is cut off, and whatever dies under it."""

from __future__ import annotations

import gzip
import hashlib
import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner, Result

import inputs
import kerch
import standoff
from standoff import cli
from standoff.errors import InputError, SettingsError, StandoffError
from standoff.ingest import reader
from standoff.model import Claim, Document
from standoff.runners import Limits, bulk, named, reconciling
from standoff.runners.parts import Part
from standoff.runners.work import Coded, Job

STANDOFF = [sys.executable, "-m", "standoff.cli"]
OTHER = "The library on the main street reopens on Monday.\n\nHomeowners will pay more for parking, councillors said."
PLUGIN = '''
import os, signal, time
class Poison:
    """An ingester that does to its worker what the input says."""
    kind = "poison"
    def recognises(self, capture):
        return capture.head().startswith(b"POISON")
    def read(self, capture, options):
        words = capture.whole(1000)
        if words.startswith(b"POISON kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if words.startswith(b"POISON hang"):
            time.sleep(600)
        if words.startswith(b"POISON grow"):
            bytes(700_000_000).count(1)
        return iter(())
'''


def ask(*given: str) -> Result:
    """The command, in this process: another would load the pipeline anew."""
    return CliRunner().invoke(cli.app, list(given))


@cache
def documents() -> tuple[Document, ...]:
    return tuple(kerch.documents())


@pytest.fixture(autouse=True, scope="module")
def _fixed_clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1750000000")
        yield


@pytest.fixture
def poison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another package's ingester, installed for workers as any is."""
    home = tmp_path / "installed"
    (home / "poison-1.0.dist-info").mkdir(parents=True)
    (home / "poison-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (home / "poison-1.0.dist-info" / "entry_points.txt").write_text("[standoff.ingesters]\npoison = poison:Poison\n")
    (home / "poison.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(str(home))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(home), os.environ.get("PYTHONPATH")))))
    reader.ingesters.cache_clear()
    yield
    reader.ingesters.cache_clear()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """One of each: lines, a table of Parquet, a web archive, a folder; some of it broken."""
    tmp_path = tmp_path_factory.mktemp("archive")
    told = [{"id": d.id, "text": d.text, "published": str(d.published), "outlet": d.outlet} for d in documents()]
    lines = tmp_path / "a.jsonl"
    rows = [json.dumps(one) for one in told] + ["{broken", json.dumps({"id": "other", "text": OTHER})]
    lines.write_text("\n".join(rows) + "\n")
    table = tmp_path / "b.parquet"
    parquet.write_table(pa.Table.from_pylist([{"Body": one["text"], "text": one["text"]} for one in told[:2]]), table)
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(inputs.warc()))
    folder = tmp_path / "d"
    folder.mkdir()
    for number, document in enumerate(documents()[:2]):
        (folder / f"{number}.txt").write_text(document.text)
    (folder / "x.txt").write_bytes(b"\0\1\2 binary")
    return [str(path) for path in (lines, table, tmp_path / "c.warc.gz", folder)]


def content(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def run(given: list[str], out: Path, name: str = "serial", job: Job | None = None, **limits: float) -> bulk.Summary:
    chosen = named(name, Limits(**{"workers": 2, **limits}))  # type: ignore[arg-type]
    return bulk.run(given, out, chosen, job or Job(), reports=3)


def rows(out: Path, table: str) -> list[dict[str, object]]:
    manifest = json.loads((out / bulk.MANIFEST).read_text())
    return [
        row
        for part in manifest["parts"]
        for row in parquet.read_table(out / table / f"{part['key']}.parquet").to_pylist()
    ]


@pytest.fixture(scope="module")
def whole(archive: list[str], tmp_path_factory: pytest.TempPathFactory, _fixed_clock: None) -> Path:
    """What an undisturbed run gives."""
    out = tmp_path_factory.mktemp("bulk") / "whole"
    run(archive, out)
    return out


@pytest.fixture
def own(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(whole, tmp_path / "own")
    return tmp_path / "own"


def test_every_runner_gives_the_same_bytes(archive: list[str], whole: Path, tmp_path: Path) -> None:
    """Ray's too: see the test of a cluster."""
    summary = run(archive, tmp_path / "pool", "pool")
    assert content(tmp_path / "pool") == content(whole)
    assert summary.rows["claims"] > 100


def test_what_is_read_in_bulk_is_what_is_read_one_by_one(whole: Path) -> None:
    read = {document.id: claims for document, claims in bulk.contents(whole)}
    for document in documents():
        expected = {claim.id for claim in standoff.extract(document)}
        assert {claim.id for claim in read[document.id]} == expected
    assert {row["doc"] for row in rows(whole, "statements")} >= {d.id for d in documents()}


def test_what_cannot_be_read_is_named_and_stops_nothing(whole: Path) -> None:
    failed = {str(row["name"]).rsplit("/", 1)[-1]: row["why"] for row in rows(whole, "failures")}
    assert failed.keys() == {"a.jsonl: line 7", "x.txt"}
    assert "not JSON" in str(failed["a.jsonl: line 7"])


def test_the_gate_leaves_other_news_unparsed_and_keeps_it_in_the_list(
    archive: list[str], whole: Path, tmp_path: Path
) -> None:
    other = next(row for row in rows(whole, "documents") if row["id"] == "other")
    assert (other["parsed"], other["text"]) == (False, None)
    run(archive, tmp_path / "all", job=Job(gated=False))
    assert next(row for row in rows(tmp_path / "all", "documents") if row["id"] == "other")["parsed"]


class Interrupted:
    """A runner that is cut off after some parts."""

    def __init__(self, after: int) -> None:
        self.after = after

    def run(self, parts: Iterator[Part], job: Job) -> Iterator[Coded]:
        for number, coded in enumerate(named("serial", Limits()).run(parts, job)):
            if number == self.after:
                raise KeyboardInterrupt
            yield coded


def test_a_run_that_was_cut_off_goes_on_where_it_was(
    archive: list[str], whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "cut"
    with pytest.raises(KeyboardInterrupt):
        bulk.run(archive, out, Interrupted(2), Job(), reports=3)
    assert not (out / bulk.MANIFEST).exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")  # the clock has gone on; the documents keep their time
    summary = run(archive, out)
    assert summary.known == 2
    assert content(out) == content(whole)


def test_a_part_whose_file_was_spoilt_is_done_again(archive: list[str], own: Path) -> None:
    before = content(own)
    spoilt = next((own / "claims").glob("*.parquet"))
    spoilt.write_bytes(spoilt.read_bytes()[:-10])
    assert run(archive, own).known == len(before) // 5 - 1
    assert content(own) == before


def test_another_version_or_setting_is_another_part(archive: list[str], own: Path) -> None:
    assert run(archive, own, job=Job(gated=False)).known == 0


def test_a_worker_that_is_killed_is_replaced(archive: list[str], whole: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(summary: bulk.Summary) -> None:
        # One alone: a second kill could hit the same report again, which is then rightly set aside.
        alive = sorted(child.pid for child in multiprocessing.active_children() if child.pid is not None)
        if len(alive) > 1 and not killed:
            os.kill(alive[1], signal.SIGKILL)
            killed.append(alive[1])

    bulk.run(archive, tmp_path / "killed", named("pool", Limits(2)), Job(), reports=3, report=kill)
    assert len(killed) == 1
    assert content(tmp_path / "killed") == content(whole)


@pytest.mark.usefixtures("poison")
@pytest.mark.parametrize("name", ["pool", "ray"])
def test_a_report_that_kills_its_worker_twice_is_set_aside(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.txt").write_text("POISON kill")
    for document in documents()[:2]:
        (folder / f"{document.id}.txt").write_text(document.text)
    summary = run([str(folder)], tmp_path / "out", name)
    assert (summary.rows["documents"], summary.rows["failures"]) == (2, 1)
    (failed,) = rows(tmp_path / "out", "failures")
    assert str(failed["name"]).endswith("b.txt")
    assert "lost on it twice" in str(failed["why"])


@pytest.mark.usefixtures("poison")
def test_a_report_that_hangs_is_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.txt").write_text("POISON hang")
    (folder / "c.txt").write_text(documents()[0].text)
    # A worker's first report took longer than five seconds on a machine with much else to do.
    summary = run([str(folder)], tmp_path / "out", "pool", seconds=20.0)
    assert (summary.rows["documents"], summary.rows["failures"]) == (1, 1)
    assert "no sign of life for 20 s" in str(rows(tmp_path / "out", "failures")[0]["why"])


@pytest.mark.usefixtures("poison")
def test_a_worker_that_grows_is_replaced_between_parts(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}a.txt").write_text("POISON grow")
        for document in documents()[:2]:
            (folder / f"{number}-{document.id}.txt").write_text(document.text)
    run([str(folder)], tmp_path / "once")
    run([str(folder)], tmp_path / "grown", "pool", megabytes=600)
    assert content(tmp_path / "grown") == content(tmp_path / "once")


def test_a_driver_that_is_killed_is_run_again_to_the_same_bytes(
    archive: list[str], whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "driven"
    command = [*STANDOFF, "bulk", *archive, "--out", str(out), "--workers", "2", "--part", "3"]
    driver = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while driver.poll() is None and not list((out / "failures").glob("*.json")):
        time.sleep(0.01)
    driver.kill()
    driver.communicate()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 3  # the broken line and the binary file
    assert "a.jsonl: line 7: not JSON" in ended.stderr
    for left in out.rglob(".*"):
        left.unlink()  # what was half written when the driver died
    assert content(out) == content(whole)


def test_a_torn_web_archive_gives_what_is_before_the_tear(tmp_path: Path) -> None:
    torn = tmp_path / "torn.warc.gz"
    one, other = (
        gzip.compress(inputs.warc()),
        gzip.compress(inputs.warc_record(inputs.page(), "https://other.example/b")),
    )
    torn.write_bytes(one + other[: len(other) // 2])
    ran = ask("bulk", str(torn), "--out", str(tmp_path / "out"), "--runner", "serial", "--no-gate")
    assert ran.exit_code == 3
    assert ran.stdout.startswith(f"{tmp_path}/out: 1 report, 1 parsed")
    assert "torn.warc.gz" in ran.stderr


def test_a_full_disk_is_one_clear_line_and_the_next_run_goes_on(
    archive: list[str], whole: Path, tmp_path: Path
) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    out = tmp_path / "full"
    command = [*STANDOFF, "bulk", *archive, "--out", str(out), "--runner", "serial", "--part", "3"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=small)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "make room on the disk" in ran.stderr
    run(archive, out)
    assert content(out) == content(whole)


def test_a_bulk_result_is_loaded_into_a_store(whole: Path, tmp_path: Path) -> None:
    command = ["load", str(whole), "--store", str(tmp_path / "a.db")]
    ran = ask(*command)
    assert ran.exit_code == 0, ran.stderr
    with standoff.open_store(tmp_path / "a.db") as store:
        for document in documents():
            assert store.claims(document.id) == list(standoff.extract(document))
        assert store.disputes()
    assert "added 0" in ask(*command).stdout


def test_what_is_no_whole_result_is_refused(own: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished bulk result"):
        list(bulk.contents(tmp_path / "nothing"))
    next((own / "documents").glob("*.parquet")).write_bytes(b"PAR1")
    with pytest.raises(InputError, match="not the file that the manifest names"):
        list(bulk.contents(own))
    (own / bulk.MANIFEST).write_text("{}")
    with pytest.raises(InputError, match="not well formed"):
        list(bulk.contents(own))


def test_a_folder_that_cannot_be_made_is_one_clear_error(archive: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StandoffError, match="name another folder"):
        run(archive, tmp_path / "file" / "out")


def test_an_unknown_model_ends_the_run_at_once(archive: list[str], tmp_path: Path) -> None:
    for name in ("serial", "pool"):
        with pytest.raises(StandoffError, match="no spaCy pipeline of this name"):
            run(archive, tmp_path / name, name, Job(model="nothing"))


def test_an_unknown_runner_is_refused() -> None:
    with pytest.raises(SettingsError, match="use one of serial, pool, ray"):
        named("spark", Limits())


@pytest.fixture(scope="module")
def read_crises(tmp_path_factory: pytest.TempPathFactory, _fixed_clock: None) -> Path:
    """A bulk result about several conflicts."""
    folder = tmp_path_factory.mktemp("crises")
    rows = [{"id": d.id, "text": d.text, "published": str(d.published)} for d in documents()]
    for number, (one, other) in enumerate([("Armenia", "Azerbaijan"), ("Thailand", "Cambodia")]):
        for teller in (one, other):
            text = (
                f"{teller}'s army said on May 6, 2025 that {one} had shelled {other}, killing {12 + number} soldiers."
            )
            rows.append({"id": f"{one}-{teller}", "text": text, "published": "2025-05-07"})
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run([str(folder / "a.jsonl")], folder / "read", job=Job(gated=False))
    return folder / "read"


@pytest.fixture
def crises(read_crises: Path, tmp_path: Path) -> Path:
    shutil.copytree(read_crises, tmp_path / "read")
    return tmp_path / "read"


def test_two_nodes_of_a_cluster_give_the_same_bytes(
    archive: list[str], whole: Path, crises: Path, tmp_path: Path
) -> None:
    from ray.cluster_utils import Cluster

    shutil.copytree(crises, tmp_path / "crises")
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        cluster.add_node(num_cpus=1)
        chosen = named("ray", Limits(workers=2), cluster.address)
        bulk.run(archive, tmp_path / "two", chosen, Job(), reports=3)
        reconciling.run(tmp_path / "crises", chosen, reconciling.Reconciling())
    finally:
        cluster.shutdown()
    assert content(tmp_path / "two") == content(whole)
    reconciling.run(crises, named("serial", Limits()), reconciling.Reconciling())
    assert content(tmp_path / "crises") == content(crises)


def test_a_cluster_without_room_is_given_up_and_not_waited_for(
    archive: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray as library

    from standoff.runners import ray

    monkeypatch.setattr(ray, "PATIENCE", 2.0)
    library.init(address="local", num_cpus=0, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        with pytest.raises(StandoffError, match=r"nothing was heard of it for .* look at ray status"):
            bulk.run(archive, tmp_path / "out", named("ray", Limits(workers=1, seconds=1.0)), Job(), reports=3)
    finally:
        library.shutdown()


@pytest.mark.parametrize("name", ["serial", "pool"])
def test_a_bulk_result_is_reconciled_by_partitions(name: str, crises: Path) -> None:
    found = reconciling.run(crises, named(name, Limits(2)), reconciling.Reconciling())
    names = partitions(crises)
    assert {"AZE-2025-05", "KHM-2025-05"} <= set(names)
    assert found["partitions"] == len(names)
    assert found["incidents"] > 2
    held: dict[str, list[tuple[Document, list[Claim]]]] = {}
    for document, claims in bulk.contents(crises):
        held.setdefault(reconciling.place(document, claims)[0], []).append((document, claims))
    assert sorted(held) == sorted({one[:3] for one in names})
    for one in names:
        reports = held[one[:3]]
        expected = standoff.reconcile([c for _, claims in reports for c in claims], [d for d, _ in reports])
        rows = parquet.read_table(crises / reconciling.FOLDER / "incidents" / f"{one}.parquet").to_pylist()
        assert [row["id"] for row in rows] == [incident.id for incident in expected.incidents]
        rows = parquet.read_table(crises / reconciling.FOLDER / "disputes" / f"{one}.parquet").to_pylist()
        assert [row["id"] for row in rows] == [dispute.id for dispute in expected.disputes]


def partitions(out: Path) -> list[str]:
    manifest = json.loads((out / reconciling.FOLDER / bulk.MANIFEST).read_text())
    return [one["partition"] for one in manifest["partitions"]]


def test_a_conflict_too_large_for_a_worker_is_cut_between_two_months(crises: Path) -> None:
    whole = reconciling.run(crises, named("serial", Limits()), reconciling.Reconciling())
    months = {reconciling.place(document, claims) for document, claims in bulk.contents(crises)}
    cut = reconciling.run(crises, named("serial", Limits()), reconciling.Reconciling(), most=1)
    assert partitions(crises) == [f"{state}-{month}" for state, month in sorted(months)]
    assert cut["partitions"] >= whole["partitions"]


def test_reconciling_again_replaces_what_was_there_and_needs_a_whole_result(crises: Path, tmp_path: Path) -> None:
    command = ["reconcile", "--bulk", str(crises), "--runner", "serial"]
    first = ask(*command)
    assert first.exit_code == 0, first.stderr
    before = content(crises)
    assert ask(*command).stdout == first.stdout
    assert content(crises) == before
    ran = ask("reconcile", "--bulk", str(tmp_path / "nothing"))
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "nothing").exists()
