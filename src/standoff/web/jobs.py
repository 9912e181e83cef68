"""Work that takes longer than a page: reading reports, looking at feeds, reconciling. One at a time, each in a process of its own.

A job is a command of ``standoff``. What it says is what the command line says, and a report that brings down its reader
brings down no page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from standoff.ingest.capture import now
from standoff.settings import PREFIX, Settings
from standoff.store import Store

KEPT = 30
"""Jobs that are remembered."""
LINES = 500
"""Lines of a job that are shown, the last ones."""


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTLY = "some failed"
    FAILED = "failed"


@dataclass(slots=True)
class Job:
    """One command, and what it has said so far."""

    number: int
    title: str
    by: str
    asked: datetime
    state: State = State.WAITING
    said: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))
    failed: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))
    """What it complained of, a line each: the input, what is wrong, the mend."""

    @property
    def over(self) -> bool:
        return self.state not in (State.WAITING, State.RUNNING)


class Jobs:
    """The jobs of one application. They end with it; what a job had read by then is in the store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._environment = _environment(store, settings)
        self._line = ThreadPoolExecutor(1, thread_name_prefix="standoff-job")
        self._lock = threading.Lock()
        self._held: deque[Job] = deque(maxlen=KEPT)
        self._count = 0
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def start(self, title: str, arguments: Sequence[str], by: str, files: Mapping[str, bytes] | None = None) -> Job:
        """Put a command in line. ``files`` lie beside it by their names while it runs, and nowhere afterwards."""
        with self._lock:
            self._count += 1
            job = Job(self._count, title, by, now())
            self._held.append(job)
        self._line.submit(self._run, job, tuple(arguments), dict(files or {}))
        return job

    def all(self) -> list[Job]:
        """The jobs that are remembered, the latest first."""
        with self._lock:
            return list(reversed(self._held))

    def close(self) -> None:
        """End what is running, and begin nothing more."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.terminate()
        self._line.shutdown(wait=True, cancel_futures=True)

    def _run(self, job: Job, arguments: tuple[str, ...], files: dict[str, bytes]) -> None:
        job.state = State.RUNNING
        try:
            with tempfile.TemporaryDirectory(prefix="standoff-") as folder:
                for name, body in files.items():
                    (Path(folder) / name).write_bytes(body)
                code = self._command(job, arguments, folder)
        except OSError as error:
            job.failed.append(f"{error.filename or 'this machine'}: {error.strerror or error}; check its disk")
            code = 1
        job.state = {0: State.DONE, 3: State.PARTLY}.get(code, State.FAILED)

    def _command(self, job: Job, arguments: tuple[str, ...], folder: str) -> int:
        command = [sys.executable, "-m", "standoff.cli", *arguments]
        with self._lock:
            if self._closed:
                return 1
            process = self._process = subprocess.Popen(  # noqa: S603 (our own program, its arguments a list)
                command,
                cwd=folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        assert process.stdout is not None
        assert process.stderr is not None
        complaints = threading.Thread(target=_follow, args=(process.stderr, job.failed), daemon=True)
        complaints.start()
        _follow(process.stdout, job.said)
        complaints.join()
        code = process.wait()
        with self._lock:
            self._process = None
        if code < 0:
            job.failed.append(
                f"the reader: ended by signal {-code}; what it had read is in the store, add the rest again"
            )
        return code


def _follow(stream: object, into: deque[str]) -> None:
    for line in stream:  # type: ignore[attr-defined]
        words = line.strip().removeprefix("standoff: ")
        if words:
            into.append(words)


def _environment(store: Store, settings: Settings) -> dict[str, str]:
    """What the commands are to know: this store and these settings, wherever they run."""
    held = settings.model_dump()
    ours = {PREFIX + name.upper() for name in held}
    found = {
        name: value for name, value in os.environ.items() if name not in ours
    }  # a model's key may be among the rest
    for name, value in held.items():
        found[PREFIX + name.upper()] = json.dumps(value) if isinstance(value, dict) else str(value)
    url = store.url
    if url.get_backend_name() == "sqlite" and url.database and not url.query:
        url = url.set(database=str(Path(url.database).absolute()))
    found[f"{PREFIX}STORE"] = url.render_as_string(hide_password=False)
    return found | {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
