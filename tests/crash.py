"""Killing standoff at random moments: what is left must be whole, and what comes of it in the end the same.

python tests/crash.py add 500
python tests/crash.py watch 500
python tests/crash.py load 100 7 200    # with a seed and so many reports; and import, copy, backup, restore

Run so, the commands are forks of one process that has loaded everything (``Warm``): each takes what reading and writing
take, and the kills fall there and not while Python starts. The tests kill whole processes, their children with them.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import inputs
from server import serving

# When something was done, how often, and in which order rows came: the only things that a kill may change.
PASSING = {"number", "due", "fetched", "tries", "failures", "failed", "etag", "modified"}
LEFT_OUT = {"past_reconciliation", "alembic_version"}

_CLOCK = re.compile(r'\["date", "[^"]*"\]')  # of the server that answered

TOWNS = "Lyman Bakhmut Avdiivka Kupiansk Izium Kherson Melitopol Sievierodonetsk Kramatorsk Vuhledar".split()

SETTINGS = {
    "STANDOFF_ALLOW_LOOPBACK": "true",
    "STANDOFF_FETCH_LOG": "",
    "STANDOFF_PAUSE": "0",
    "SOURCE_DATE_EPOCH": "1767614400",
}


def _quoted(name: str) -> str:
    """A name as SQL takes it: one column is called "into"."""
    return '"' + name.replace('"', '""') + '"'


def dump(path: Path) -> str:
    """A hash of all that a store holds. It must be whole: every claim quotes its document, nothing refers to nothing."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        made = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if not made:
            return ""  # killed before the tables were made, which happens at once or not at all
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
        )
        found = hashlib.sha256()
        for (table,) in sorted(names.fetchall()):
            if table in LEFT_OUT:
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in PASSING]
            rows = connection.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}").fetchall()
            found.update(repr((table, columns, sorted(_CLOCK.sub("", repr(row)) for row in rows))).encode())
        quoted = connection.execute(
            "SELECT count(*) FROM claim JOIN document ON document.id = claim.doc"
            " WHERE substr(document.text, trigger_start + 1, trigger_end - trigger_start) != trigger_text"
        )
        assert quoted.fetchone() == (0,)
    return found.hexdigest()


def report(number: int) -> str:
    town, killed = TOWNS[number % len(TOWNS)], 3 + number
    side = "Ukraine" if number % 2 else "Russia"
    return f"{side} said on Monday that shelling in {town} had killed {killed} soldiers and wounded {killed + 9}. The other side denied it."


TARGET = "{}"
"""Where the store that is killed stands in a command."""
BASE = "base.db"
"""A store with its people, which others are made of."""
WHOLE = frozenset({"backup", "restore"})
"""Commands that make a store in one step, so that what is there is all of it; a second refuses to write over it."""
KINDS = ("add", "watch", "load", "import", "copy", *sorted(WHOLE))


@contextmanager
def inputs_for(kind: str, folder: Path, reports: int) -> Iterator[list[str]]:
    """The arguments of a command that reads some reports, from a folder or from a feed, or makes a store of another."""
    if kind == "watch":
        with serving() as server:
            urls = [
                server.page(
                    f"/{n}", inputs.page(f"<p>{report(n)}</p>", title=f"Report {n}").replace(inputs.URL.encode(), b"")
                )
                for n in range(reports)
            ]
            feed = server.page(
                "/feed", inputs.rss("".join(inputs.item(url, content=False) for url in urls)), "application/rss+xml"
            )
            yield ["watch", feed, "--once", "--store", TARGET]
        return
    (folder / "reports").mkdir()
    for number in range(reports):
        (folder / "reports" / f"r{number}.txt").write_text(report(number))
    if kind == "add":
        yield ["add", "reports", "--store", TARGET]
    elif kind == "load":
        _done(["bulk", "reports", "--out", "result", "--runner", "serial"], folder)
        yield ["load", "result", "--store", TARGET]
    else:
        _base(folder)
        if kind == "restore":
            _done(["backup", "saved.db", "--store", BASE], folder)
        yield {
            "import": ["import", "corrected.jsonl", "--by", "ana", "--store", TARGET],
            "copy": ["copy", BASE, TARGET],
            "backup": ["backup", TARGET, "--store", BASE],
            "restore": ["restore", "saved.db", "--store", TARGET],
        }[kind]


def _done(arguments: list[str], folder: Path, store: str = "") -> None:
    process = start(arguments, folder, store)
    _, said = process.communicate()
    assert process.returncode == 0, said


def _base(folder: Path) -> None:
    """A store with people in it, and its claims with another day for each, as somebody may correct them."""
    import standoff
    from standoff.ingest.capture import now
    from standoff.store.people import Role

    _done(["add", "reports", "--store", TARGET], folder, BASE)
    with standoff.open_store(folder / BASE) as store:
        store.people.add("ana", Role.ADMIN, "correct horse battery", now())
    _done(["export", "jsonl", "out", "--store", BASE], folder)
    lines = (folder / "out" / "claims.jsonl").read_text().splitlines()
    changed = [json.loads(line) | {"date": "2018-11-20", "enddate": "2018-11-21"} for line in lines]
    (folder / "corrected.jsonl").write_text("".join(json.dumps(one) + "\n" for one in changed))


def secrets(path: Path) -> list[tuple[str, str]]:
    """Names and hashes of the people of a store."""
    beside = path.with_name(f"{path.name}.people")
    if not beside.exists():
        return []
    with sqlite3.connect(beside) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return sorted(connection.execute("SELECT name, secret FROM secret"))


def start(arguments: list[str], folder: Path, store: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "standoff.cli", *_named(arguments, store)],
        cwd=folder, env={**os.environ, **SETTINGS}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def _named(arguments: list[str], store: str) -> list[str]:
    """A command with the store where it belongs; one that says nothing of it takes it as the others do."""
    named = [store if one == TARGET else one for one in arguments]
    return named if TARGET in arguments or not store else [*named, "--store", store]


STILL = 120.0
"""Seconds that an undisturbed run may take."""


def cold(arguments: list[str], folder: Path, store: str, seconds: float) -> tuple[int | None, str]:
    """Run a command, and kill it after so many seconds: its status, None where it was killed; and what it said."""
    process = start(arguments, folder, store)
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, ""
    return process.returncode, said.decode()


class Warm:
    """A process that has loaded all that commands need, and forks for each."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "forks"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **SETTINGS, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        )  # fmt: skip

    def __call__(self, arguments: list[str], folder: Path, store: str, seconds: float) -> tuple[int | None, str]:
        """As :func:`cold`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([arguments, str(folder), store, seconds]) + "\n")
        self._process.stdin.flush()
        status, said = json.loads(self._process.stdout.readline())
        return status, said


def fork() -> None:
    """Serve :class:`Warm`: a command a line, its status and what it said a line."""
    from standoff.ingest import child

    child._in_child = True  # what others do in a child of theirs is done here
    answers = os.fdopen(os.dup(1), "w")
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "report.txt").write_text(report(1))
        _command(["add", f"{name}/report.txt", "--store", f"{name}/reports.db"], os.devnull)  # loads whatever it takes
    for line in sys.stdin:
        arguments, folder, store, seconds = json.loads(line)
        errors = Path(folder) / "said"
        pid = os.fork()
        if not pid:
            os.setsid()
            os.chdir(folder)
            os._exit(_command(_named(arguments, store), str(errors)))
        until, ended = time.monotonic() + seconds, 0
        while not ended and time.monotonic() < until:
            ended, status = os.waitpid(pid, os.WNOHANG)
            time.sleep(0.001)
        if not ended:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        print(
            json.dumps([os.waitstatus_to_exitcode(status) if ended else None, errors.read_text()]),
            file=answers,
            flush=True,
        )


def _command(arguments: list[str], into: str) -> int:
    """Run a command in this process, what it says into a file."""
    from standoff import cli

    out = os.open(into, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(out, stream)
    os.close(out)
    sys.argv = ["standoff", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


Command = Callable[[list[str], Path, str, float], tuple[int | None, str]]


def run(kind: str, kills: int, seed: int, reports: int = 6, command: Command = cold) -> dict[str, int]:
    """Kill a command so many times, beginning with a new store whenever one was finished; how that went.

    Raises:
        AssertionError: a store was not whole, or in the end not what an undisturbed run leaves.
    """
    chance = random.Random(seed)
    done = {"killed": 0, "of these after the first write": 0, "finished": 0, "stores": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with inputs_for(kind, folder, reports) as arguments:
            _begin(kind, folder, "whole.db")
            begun = time.monotonic()
            status, said = command(arguments, folder, "whole.db", STILL)
            assert status == 0, said
            usual = time.monotonic() - begun
            wanted = dump(folder / "whole.db"), secrets(folder / "whole.db")
            base = (folder / BASE).exists() and dump(folder / BASE)
            while done["killed"] < kills:
                done["stores"] += 1
                store = f"{done['stores']}.db"
                _begin(kind, folder, store)
                while True:
                    last = done["killed"] == kills
                    began = time.monotonic()
                    unfinished = set(folder.glob(".standoff-*"))
                    status, said = command(
                        arguments, folder, store, STILL if last else chance.uniform(0.2, 1.02) * usual
                    )
                    path = folder / store
                    if status is None:
                        done["killed"] += 1
                        held = dump(path) if path.exists() and path.stat().st_size else ""
                        # What is made in one step is written beside it first.
                        beside = not unfinished >= set(folder.glob(".standoff-*"))
                        done["of these after the first write"] += bool(held) or beside
                        if kind not in WHOLE and (kind != "copy" or held != wanted[0]):
                            continue
                        if not path.exists():
                            continue
                    else:
                        # A machine is busier at one time than at another: most kills have to come before the end.
                        usual = usual if last else (usual + time.monotonic() - began) / 2
                        assert status == 0, said
                    # All of it is there, whether it was killed then or not.
                    done["finished"] += 1
                    assert (dump(path), secrets(path)) == wanted, f"{store}: not what an undisturbed run leaves"
                    for path in folder.glob(f"{store}*"):
                        path.unlink(missing_ok=True)
                    break
            assert base == ((folder / BASE).exists() and dump(folder / BASE)), "what was read is not what it was"
            if kind in WHOLE:
                _begin(kind, folder, "last.db")
                assert command(arguments, folder, "last.db", STILL)[0] == 0
                assert not list(folder.glob(".standoff-*")), "what was killed left its copies"
    return done


def _begin(kind: str, folder: Path, store: str) -> None:
    """What is there before a command: of one that changes a store that store."""
    if kind == "import":
        for end in ("", ".people"):
            shutil.copy(folder / f"{BASE}{end}", folder / f"{store}{end}")


if __name__ == "__main__":
    if sys.argv[1] == "forks":
        fork()
    else:
        kind, kills, *more = sys.argv[1:]
        seed, reports = (*map(int, more), *(1, 6)[len(more) :])
        print(run(kind, int(kills), seed, reports, Warm()))
