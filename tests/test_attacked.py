"""Odd names, deep folders, damaged files, half-open requests, faults of our own: one line each, and the others go on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import alembic.command
import pytest
from alembic.config import Config
from sqlalchemy import create_engine
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

import inputs
import standoff
from conftest import new_schema
from standoff import cli
from standoff.cli import comparing
from standoff.errors import InputError, SettingsError, StoreError, StoreFault
from standoff.export import csv as csv_export
from standoff.export import registry
from standoff.export.selection import Selection, select
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Failed, Options, from_file, now
from standoff.model import Document
from standoff.store import Store, engine, schema
from standoff.store.copying import copy, dump
from standoff.store.intake import Failure
from standoff.store.people import Role
from standoff.web.app import create_app
from standoff.web.guard import Access
from standoff.web.guesses import Guesses
from standoff.web.refused import Refused

OURS = "http://127.0.0.1"
TEXT = "Sudan's army said on Monday that the Rapid Support Forces shelled a market in Omdurman, killing 12 people."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


def test_a_name_that_is_no_utf8_is_kept_written_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path(os.fsdecode(b"in/caf\xe9.txt")).write_text(TEXT)
    Path(os.fsdecode(b"in/bad\xff.pdf")).write_bytes(b"%PDF-1.7 nothing more")
    Path("in/z.txt").write_text(TEXT.replace("12", "13"))
    result = run("add", "in", "--store", "a.db")
    assert result.exit_code == 3, result.stderr
    assert "added 2, failed 1" in result.stdout
    with standoff.open_store("a.db") as store:
        names = [one.provenance.name for one in store.documents() if one.provenance]
        assert names == ["in/caf\\xe9.txt", "in/z.txt"]
        assert [one.source for one in store.intake.failures()] == ["in/bad\\xff.pdf"]


def test_folders_that_are_deep_or_closed_end_no_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    top = tmp_path / "in"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(1_300):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    (top / "a.txt").write_text(TEXT)
    (top / "closed").mkdir()
    (top / "z.txt").write_text(TEXT)
    listed = Path.iterdir

    def refuses(path: Path) -> Any:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuses)
    try:
        found = list(reader.walk(Path("in")))
    finally:
        subprocess.run(["rm", "-rf", str(top / "d")], check=True)  # Python's own way does not go so deep
    files = [one.name for one in found if isinstance(one, Path)]
    assert files == ["a.txt", "deep.txt", "z.txt"]
    assert [str(one.error) for one in found if isinstance(one, Failed)] == [
        "in/closed: cannot be looked into (Permission denied); change its permissions, or move what is in it"
    ]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_store_is_one_line(seed: int, crisis: Path, tmp_path: Path) -> None:
    spoilt = bytearray(crisis.read_bytes())
    luck = random.Random(seed)
    for _ in range(luck.choice((1, 8, 64, 512))):
        at = luck.randrange(100 if seed % 4 else 0, len(spoilt))
        spoilt[at : at + 4] = luck.randbytes(4)
    path = tmp_path / "a.db"
    path.write_bytes(spoilt[: luck.choice((len(spoilt), len(spoilt), len(spoilt) // 2))])
    for command in ("claims", "disputes", "documents", "parties", "verify"):
        result = run(command, "--store", str(path))
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
        assert result.exit_code in (0, 1), command
        assert "Traceback" not in result.stderr
        assert result.exit_code == 0 or result.stderr.startswith("standoff: "), command


@pytest.mark.parametrize("command", [("claims", "--jsonl"), ("claims", "--table"), ("report",), ("verify",)])
def test_a_store_that_was_changed_by_hand_is_one_line(
    command: tuple[str, ...], sample_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    with standoff.open_store(path) as target:
        copy(sample_store, target)
    with closing(sqlite3.connect(path)) as changed:
        changed.execute("UPDATE document SET id = 'another' WHERE id IN (SELECT min(doc) FROM claim)")
        changed.commit()
    result = run(*command, "--store", str(path))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    first = result.stderr.splitlines()[0]
    assert first.startswith(f"standoff: {path}: ")
    assert "a row of claim names one of document that is not there" in first
    assert "go back to a backup" in result.stderr


def test_a_fault_of_our_own_is_not_laid_upon_the_store(crisis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(comparing, "print_claims", breaks)
    assert isinstance(run("claims", "--store", str(crisis)).exception, KeyError)


def test_a_fault_of_our_own_has_the_headers_of_every_page(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(sample_store)
    monkeypatch.setattr(type(sample_store.browse), "claims", lambda *a, **k: 1 / 0)
    answer = TestClient(app, base_url=OURS, raise_server_exceptions=False).get("/claims")
    assert answer.status_code == 500
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/claims?q=%00", "/claims?actor=R%00", "/reports/a%00b", "/api/v1/claims?event=%00"])
def test_a_character_that_no_text_has_is_refused(path: str, sample_store: Store) -> None:
    assert TestClient(create_app(sample_store), base_url=OURS).get(path).status_code == 400


def test_an_address_of_six_is_a_host(sample_store: Store) -> None:
    access = Access(hosts=frozenset({"[fd00::7]", "fd00::7"}))
    client = TestClient(create_app(sample_store, access))
    for host, status in (("[fd00::7]:8311", 200), ("[fd00::7]", 200), ("[fd00::8]:8311", 421), ("[fd00::7", 421)):
        assert client.get("/claims", headers={"host": host}).status_code == status, host


def test_nobody_who_has_not_signed_in_sends_more_than_a_name_and_a_password(sample_store: Store) -> None:
    client = TestClient(create_app(sample_store, Access(token="a long enough token")), base_url=OURS)
    for body in (b"name=" + b"a" * 20_000, b"a&" * 20_000):
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/sign-in", content=body, headers=kind).status_code == 413


@pytest.mark.parametrize(
    "half",
    [
        b"GET /claims HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname=",
    ],
    ids=["a head", "a body"],
)
def test_half_open_requests_are_ended(half: bytes, sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.web import patient

    monkeypatch.setattr(patient, "HEAD", 1.0)
    monkeypatch.setattr(patient, "MOST", 40)
    with _served(sample_store) as port:
        opened = []
        for _ in range(120):
            one = socket.create_connection(("127.0.0.1", port), timeout=10)
            with suppress(ConnectionResetError, BrokenPipeError):
                one.sendall(half)
            opened.append(one)
        begun = time.monotonic()
        for one in opened:
            with suppress(ConnectionResetError):
                assert one.recv(10) == b""
            one.close()
        assert time.monotonic() - begun < 20
        with socket.create_connection(("127.0.0.1", port), timeout=10) as good:
            good.sendall(b"GET /static/standoff.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert good.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize(
    "cell", ["a;=cmd|' /C calc'!A0", "a\t=1+1", "a\n@SUM(1)", "a\r\n=1", "a; +cmd", "x;-cmd", "a\n＝1"]
)
def test_no_part_of_a_cell_begins_as_a_formula(cell: str) -> None:
    written = csv_export.safe(cell)
    for separator in (";", "\t", "\n"):
        for row in csv.reader(io.StringIO(written), delimiter=separator):
            assert not any(part.lstrip(" ").startswith(("=", "+", "-", "@", "＝")) for part in row), row
    for plain in ("killed 12; -5 degrees", "he said; - and", "a-b", "1+1"):
        assert csv_export.safe(plain) == plain


def test_names_in_other_programs_pages_are_text(sample_store: Store) -> None:
    evil = "<img src=x onerror=alert(1)>"
    document = sample_store.documents()[0]
    claims = sample_store.claims(document.id)
    from dataclasses import replace

    sample_store.add(replace(document, title=evil), claims)
    for form in ("displacy", "timelinejs"):
        for part in select(registry.exporter(form), Selection(sample_store), ()):
            out = io.BytesIO()
            part.write(out)
            assert b"<img" not in out.getvalue(), form
            json.loads(out.getvalue())


def test_a_repeated_clock_drops_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")  # 2001
    (found,) = reader.read(Capture("x", "x", inputs.page(), now()), Options())
    assert isinstance(found, Document)
    assert found.published is not None
    assert found.published.isoformat() == inputs.DAY


def test_a_copy_under_writes_is_of_one_moment(sample_store: Store, tmp_path: Path) -> None:
    from conftest import document

    stop, count = threading.Event(), [0]

    def write() -> None:
        with standoff.open_store(sample_store.name) as other:
            while not stop.is_set():
                other.add(document(f"Report {count[0]}.", f"d{count[0]}"), ())
                count[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            with standoff.open_store(tmp_path / f"copy{number}.db") as target:
                copy(sample_store, target)
    finally:
        stop.set()
        writer.join()
    with standoff.open_store(tmp_path / "last.db") as target:
        copy(sample_store, target)
        assert dump(target) == dump(sample_store)
    assert count[0]


@pytest.mark.parametrize("where", ["close", "write"])
def test_a_full_disk_under_a_workbook_is_one_line(
    where: str, sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.worksheet import Worksheet

    full = OSError(28, "No space left on device")

    def fails(*_: object, **__: object) -> None:
        raise FileCreateError(full) if where == "close" else full

    monkeypatch.setattr(*((xlsxwriter.Workbook, "close") if where == "close" else (Worksheet, "write_string")), fails)
    result = run("export", "xlsx", str(tmp_path / "out.xlsx"), "--store", sample_store.name)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
    assert "No space left on device" in result.stderr
    assert not (tmp_path / "out.xlsx").exists()


_BOTH = "a=RUS&b=UKR"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/series.json", 200),
        ("/review", 200),
        ("/report", 200),
        ("/alerts", 200),
        (f"/series?{_BOTH}", 200),
        (f"/series?{_BOTH}&step=day", 200),
        (f"/api/v1/series?{_BOTH}", 200),
        (f"/api/v1/series?{_BOTH}&step=day&since=0001-01-01&until=9999-12-31", 400),
        (f"/series?{_BOTH}&step=month&since=9999-01-01", 200),
    ],
)
def test_a_report_of_the_first_or_last_day_there_is_breaks_no_page(path: str, status: int, odd_days: Store) -> None:
    answer = TestClient(create_app(odd_days), base_url=OURS).get(path)
    assert answer.status_code == status, answer.text[-600:]
    if status == 400:
        assert "more than 80,000 periods of a day" in answer.text


@pytest.fixture
def odd_days(tmp_path: Path) -> Iterator[Store]:
    with standoff.open_store(tmp_path / "odd.db") as store:
        for day, what in ((date.min, "yesterday"), (date.max, "on Friday"), (date(2024, 5, 7), "on Monday")):
            text = f"Russia said {what} that Ukraine had shelled Belgorod, killing 5 people. Ukraine denied it."
            made = hashlib.sha256(text.encode()).hexdigest()
            document = Document(f"d{day.year}", text, made, published=day)
            store.add(document, standoff.extract(document))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        yield store


@contextmanager
def _served(store: Store) -> Iterator[int]:
    """The port of a server on loopback."""
    import uvicorn

    from standoff.web import patient

    config = uvicorn.Config(create_app(store), host="127.0.0.1", port=0, log_level="error", http=patient.Patient)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def test_answers_that_nobody_takes_are_ended(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.web import patient

    monkeypatch.setattr(patient, "HEAD", 1.0)
    with _served(sample_store) as port:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", port))
        one.settimeout(30)
        # Much is asked for and nothing taken: the server's own buffers fill.
        with suppress(ConnectionResetError, BrokenPipeError):
            one.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 400)
        for _ in range(100):
            if patient.Patient.open == 0:
                break
            time.sleep(0.1)
        assert patient.Patient.open == 0
        one.close()


def test_a_name_that_one_signs_in_with_is_nobody_elses(sample_store: Store) -> None:
    sample_store.people.add("Alice", Role.REVIEWER, "correct horse battery", now())
    token = "a long enough token"
    client = TestClient(create_app(sample_store, Access(token=token)), base_url=OURS)
    claim = next(iter(sample_store.claims())).id
    long = "Bartholomew Montgomery of the Northern Desk, Third Floor"
    sample_store.people.add(long, Role.REVIEWER, "correct horse battery", now())
    unseen = (
        ("Alice\u00ad", "Alice (by token)"),
        ("Al\u00a0ice", "Al ice"),
        (long, f"{long[:40]} (by token)".replace(",", "")),
    )
    for called, name in (("alice", "alice (by token)"), ("Ana", "Ana"), *unseen):
        headers = {
            "authorization": f"Bearer {token}",
            "cookie": f"standoff-name={called}".encode("latin-1"),
            "origin": OURS,
        }
        path = f"/api/v1/claims/{claim}/reviews"
        client.post(path, json={"verdict": "accept", "reason": "read"}, headers=headers).raise_for_status()
        assert {review.reviewer for review in sample_store.reviews.of(claim)} >= {name}
    assert "alice" not in {review.reviewer for review in sample_store.reviews.of(claim)}


def test_a_store_with_a_column_made_on_reading_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with standoff.open_store(path):
        pass
    with closing(sqlite3.connect(path)) as file:
        file.execute("ALTER TABLE document ADD COLUMN bomb TEXT GENERATED ALWAYS AS (hex(zeroblob(4))) VIRTUAL")
    with pytest.raises(StoreError, match=r"a column that is made on reading or writing, document\.bomb"):
        standoff.open_store(path)


LONG_RUN = "instr(hex(zeroblob(20000000)), hex(zeroblob(9000000)) || '1')"
ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n AS id FROM t"


@pytest.mark.parametrize(
    ("kind", "called", "sql", "says"),
    [
        ("index", "x", f"CREATE INDEX x ON document ({LONG_RUN})", "has an index that is not"),
        ("index", "x", f"CREATE INDEX x ON document (id) WHERE {LONG_RUN}", "has an index that is not"),
        # What the file says of the kind and the name of a thing is not what SQLite goes by.
        ("table", "change", f"CREATE INDEX x ON document ({LONG_RUN})", "has a table that is not"),
        ("view", "claim_list", f"CREATE VIEW claim_list AS {ENDLESS}", "has a view that is not"),
        ("table", "x", f"CREATE TABLE x (a TEXT CHECK ({LONG_RUN} = 0))", "with a CHECK"),
        ("table", "x", f"CREATE TABLE x (a TEXT, cHeCk/**/({LONG_RUN} = 0))", "with a CHECK"),
        ("table", "x", f"CREATE TABLE x (a TEXT DEFAULT ({LONG_RUN}))", r"made on reading or writing, x\.a"),
        ("table", "x", "CREATE VIRTUAL TABLE x USING fts5(id, content='claim_list')", "has a table that is not"),
        ("trigger", "x", "CREATE TRIGGER x AFTER INSERT ON document BEGIN DELETE FROM claim; END", "has a trigger"),
    ],
)
def test_nothing_that_computes_is_taken_with_a_store(
    kind: str, called: str, sql: str, says: str, sample_store: Store, tmp_path: Path
) -> None:
    made = tmp_path / "s.db"
    shutil.copy(sample_store.name, made)
    with closing(sqlite3.connect(made, isolation_level=None)) as file:
        file.execute("PRAGMA writable_schema=ON")
        file.execute("DELETE FROM sqlite_schema WHERE name = ?", (called,))
        entry = (kind, called, "document" if kind == "index" else called, 0 if kind == "view" else 4, sql)
        file.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", entry)
    begun = time.process_time()
    with pytest.raises(StoreError, match=f"{says}|damaged|refused"):
        standoff.open_store(made)
    assert time.process_time() - begun < 2


def test_what_every_version_writes_is_known(tmp_path: Path) -> None:
    for step in range(1, int(engine.HEAD) + 1):
        with closing(sqlite3.connect(tmp_path / f"{step}.db")) as file:
            migrated(tmp_path / f"{step}.db", f"{step:04}")
            for sql, *_ in file.execute("SELECT sql FROM sqlite_schema"):
                assert schema.fault(sql) is None, sql
            assert file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 10


def migrated(path: Path, step: str) -> None:
    """A store as the version of that step wrote it."""
    made = create_engine(f"sqlite:///{path}")
    with made.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, step)
    made.dispose()


def test_the_file_of_people_holds_two_tables_and_nothing_that_computes(sample_store: Store) -> None:
    sample_store.people.add("ana", Role.ADMIN, "correct horse battery", now())
    with closing(sqlite3.connect(f"{sample_store.name}.people")) as file:
        file.execute("CREATE INDEX x ON secret (hex(secret))")
    with pytest.raises(StoreError, match="more than standoff's own"):
        sample_store.people.keys.secrets()


@pytest.mark.parametrize("token", ["a" * 16, "ab" * 20, "1234567" * 3])
def test_a_token_of_few_letters_is_refused(token: str) -> None:
    with pytest.raises(SettingsError, match="could be guessed"):
        Access(token=token)


def _word(number: int, letters: str, length: int) -> str:
    """The word of that number, of these letters."""
    return "".join(letters[number // len(letters) ** at % len(letters)] for at in range(length))


RARE, LATIN = "".join(map(chr, range(0x20000, 0x20100))), "abcdefghijklmnopqrstuvwxyz"
GROWING = "\u023a\u023e" + LATIN
"""The first two are longer where they are made small."""
LONG = {
    "letters of four bytes": " ".join(_word(n, RARE, 3) for n in range(80_000)),
    "compounds": " ".join(f"{_word(n, LATIN, 4)}-{_word(n + 50_000, LATIN, 4)}" for n in range(50_000)),
    "letters that grow": " ".join(
        f"\u023a{_word(n, GROWING, 4)}-\u023a{_word(n, GROWING, 4)[::-1]}" for n in range(40_000)
    ),
}


@pytest.fixture(scope="module")
def on_server(postgres: str) -> Iterator[Store]:
    with new_schema(postgres) as url, standoff.open_store(url) as opened:
        yield opened


@pytest.mark.parametrize("kind", LONG)
def test_no_letters_are_too_many_for_the_index_of_a_server(kind: str, on_server: Store) -> None:
    words = f"{LONG[kind][:330_000]} the ceasefire"
    on_server.add(Document(kind, words, hashlib.sha256(words.encode()).hexdigest()), ())
    assert kind in [hit.doc for hit in on_server.search(words.split()[1].partition("-")[0])]
    assert kind in [hit.doc for hit in on_server.search("ceasefire")]  # past what the index takes in


def test_what_a_database_cannot_take_is_the_fault_of_that_report_alone(on_server: Store) -> None:
    luck = random.Random(1)
    outlet = "".join(chr(luck.randrange(0x4E00, 0x9FFF)) for _ in range(5_000))
    with pytest.raises(StoreError) as caught:
        on_server.add(Document("a", TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), outlet=outlet), ())
    assert not isinstance(caught.value, StoreFault)
    # Nor is the name of what failed, which a stranger may have given it, longer than a key may be.
    on_server.intake.fail(Failure(outlet, outlet, "not read", "", now()))
    (kept,) = on_server.intake.failures()
    assert (kept.source[:600], kept.root) == (outlet[:600], outlet[:4_000])
    on_server.intake.forget([outlet])
    assert on_server.intake.failures() == []


def test_a_closed_standard_input_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="standard input: closed"):
        from_file("-")


def test_no_number_of_wrong_passwords_frees_a_name() -> None:
    guesses = Guesses()
    for _ in range(1_200):
        guesses.was("ana", right=False)
    with pytest.raises(Refused, match="too many wrong passwords"), guesses.turn("ana"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="a limit on what a process may write")
def test_a_full_disk_leaves_no_empty_store_and_is_told_of_what_was_written(sample_store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); from standoff.cli import app; app()"
    for arguments, made in (
        (["add", "--offline", "a.txt", "--store", "new.db"], "new.db"),
        (["backup", "saved.db", "--store", sample_store.name], "saved.db"),
    ):
        ended = subprocess.run(
            [sys.executable, "-c", limited, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 1, ended.stderr
        assert f"{made}: the disk" in ended.stderr
        assert sorted(one.name for one in tmp_path.iterdir() if "crisis" not in one.name) == ["a.txt"]
