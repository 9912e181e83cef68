"""Killing standoff at random moments: what is left must be whole, and what comes of it in the end the same.

python tests/crash.py add 500
python tests/crash.py watch 500
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import inputs
from server import serving

# When something was done, how often, and in which order rows came: the only things that a kill may change.
PASSING = {"number", "due", "fetched", "tries", "failures", "failed", "etag", "modified"}
LEFT_OUT = {"past_reconciliation", "alembic_version"}

_CLOCK = re.compile(r'\["date", "[^"]*"\]')  # of the server that answered

TOWNS = "Lyman Bakhmut Avdiivka Kupiansk Izium Kherson Melitopol Sievierodonetsk Kramatorsk Vuhledar".split()


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


@contextmanager
def inputs_for(kind: str, folder: Path, reports: int) -> Iterator[list[str]]:
    """The arguments of a command that reads some reports, from a folder or from a feed."""
    if kind == "add":
        (folder / "reports").mkdir()
        for number in range(reports):
            (folder / "reports" / f"r{number}.txt").write_text(report(number))
        yield ["add", "reports"]
        return
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
        yield ["watch", feed, "--once"]


def start(arguments: list[str], folder: Path, store: str) -> subprocess.Popen[bytes]:
    settings = {
        "STANDOFF_ALLOW_LOOPBACK": "true",
        "STANDOFF_FETCH_LOG": "",
        "STANDOFF_PAUSE": "0",
        "SOURCE_DATE_EPOCH": "1767614400",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "standoff.cli", *arguments, "--store", store],
        cwd=folder, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def run(kind: str, kills: int, seed: int, reports: int = 6) -> dict[str, int]:
    """Kill a command so many times, beginning with a new store whenever one was finished; how that went.

    Raises:
        AssertionError: a store was not whole, or in the end not what an undisturbed run leaves.
    """
    chance = random.Random(seed)
    done = {"killed": 0, "finished": 0, "stores": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with inputs_for(kind, folder, reports) as arguments:
            begun = time.monotonic()
            whole = start(arguments, folder, "whole.db")
            _, said = whole.communicate(timeout=120)
            assert whole.returncode == 0, said
            usual = time.monotonic() - begun
            wanted = dump(folder / "whole.db")
            while done["killed"] < kills:
                done["stores"] += 1
                store = f"{done['stores']}.db"
                while True:
                    process = start(arguments, folder, store)
                    try:
                        _, said = process.communicate(timeout=chance.uniform(0.5, 1.02) * usual)
                    except subprocess.TimeoutExpired:
                        os.killpg(process.pid, signal.SIGKILL)
                        process.communicate()
                        done["killed"] += 1
                        if (folder / store).exists() and (folder / store).stat().st_size:
                            dump(folder / store)
                        if done["killed"] < kills:
                            continue
                        process = start(arguments, folder, store)
                        _, said = process.communicate(timeout=120)
                    assert process.returncode == 0, said.decode()
                    done["finished"] += 1
                    assert dump(folder / store) == wanted, f"{store}: not what an undisturbed run leaves"
                    for path in folder.glob(f"{store}*"):
                        path.unlink()
                    break
    return done


if __name__ == "__main__":
    print(run(sys.argv[1], int(sys.argv[2]), seed=int(sys.argv[3]) if len(sys.argv) > 3 else 1))
