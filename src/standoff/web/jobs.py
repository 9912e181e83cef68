"""Work that takes longer than a page: reading reports, looking at feeds, reconciling. One at a time, each in a process of its own.

A job is a command of ``standoff``. What it says is what the command line says, and a report that brings down its reader
brings down no page.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from standoff import children
from standoff.ingest.capture import now
from standoff.printable import NOTE
from standoff.settings import PREFIX, Settings
from standoff.store import Store
from standoff.web.refused import Refused

KEPT = 30
"""Jobs that are over, and are remembered."""
MOST = 20
"""Jobs that wait at once, """
MOST_BYTES = 256 * 2**20
"""and bytes of uploads that wait with them."""
SECONDS = 6 * 3600.0
"""For one job; what it has read by then is in the store."""
FOLDER = "standoff-job-"
"""How the folders of jobs begin, in the system's folder for what is temporary; then comes who made it."""
LINES = 500
"""Lines of a job that are shown, the last ones."""
LONGEST = 2_000
"""Characters of a line that are shown."""


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTLY = "some failed"
    FAILED = "failed"
    ENDED = "ended"
    """Somebody ended it, or its time was over."""


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

    why: str = ""
    """Why it was ended."""

    @property
    def over(self) -> bool:
        return self.state not in (State.WAITING, State.RUNNING)


class Jobs:
    """The jobs of one application. They end with it; what a job had read by then is in the store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._environment = _environment(store, settings)
        self._line = ThreadPoolExecutor(1, thread_name_prefix="standoff-job")
        self._lock = threading.Lock()
        self._held: list[Job] = []
        self._bytes = 0
        self._count = 0
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        sweep()

    def start(self, title: str, arguments: Sequence[str], by: str, files: Mapping[str, bytes] | None = None) -> Job:
        """Put a command in line. ``files`` can be named in it, and lie on this machine while it runs alone.

        They are data: they lie in a folder of their own, and the command runs in another, which is empty.

        Raises:
            Refused: too many wait, or too much with them.
        """
        size = sum(map(len, (files or {}).values()))
        with self._lock:
            waiting = sum(job.state is State.WAITING for job in self._held)
            if waiting >= MOST or (waiting and self._bytes + size > MOST_BYTES):
                raise Refused(429, "jobs", "too many wait already", "wait until some are done, or end them")
            self._bytes += size
            self._count += 1
            job = Job(self._count, title, by, now())
            over = [one for one in self._held if one.over]
            self._held = [one for one in self._held if one not in over[: max(0, len(over) - KEPT + 1)]] + [job]
        self._line.submit(self._run, job, tuple(arguments), dict(files or {}))
        return job

    def all(self) -> list[Job]:
        """The jobs that are remembered, the latest first."""
        with self._lock:
            return list(reversed(self._held))

    def end(self, number: int, why: str = "ended by hand") -> bool:
        """End a job, whether it runs or waits. False where there is none to end."""
        with self._lock:
            job = next((one for one in self._held if one.number == number and not one.over), None)
            if job is None:
                return False
            job.why = why
            if job.state is State.WAITING:
                job.state = State.ENDED
            elif self._process is not None:
                _end(self._process)
            return True

    def close(self) -> None:
        """End what is running, and begin nothing more."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                _end(self._process)
        self._line.shutdown(wait=True, cancel_futures=True)

    def _run(self, job: Job, arguments: tuple[str, ...], files: dict[str, bytes]) -> None:
        with self._lock:
            self._bytes -= sum(map(len, files.values()))
            if job.why:
                job.state = State.ENDED
                return
            job.state = State.RUNNING
        try:
            with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-") as folder:
                lie, work = Path(folder) / "files", Path(folder) / "work"
                lie.mkdir()
                work.mkdir()
                for name, body in files.items():
                    (lie / name).write_bytes(body)
                if files:
                    arguments = (arguments[0], "--folder", str(lie), *arguments[1:])
                code = self._command(job, arguments, str(work))
        except OSError as error:
            job.failed.append(f"{error.filename or 'this machine'}: {error.strerror or error}; check its disk")
            code = 1
        why = _why(job)  # by another thread, meanwhile
        if why:
            job.failed.append(f"the job: {why}; what it had read is in the store, add the rest again")
        job.state = State.ENDED if why else {0: State.DONE, 3: State.PARTLY}.get(code, State.FAILED)

    def _command(self, job: Job, arguments: tuple[str, ...], folder: str) -> int:
        command = children.on_a_leash("standoff.cli", *arguments)
        with self._lock:
            if self._closed:
                return 1
            process = self._process = subprocess.Popen(  # noqa: S603 (our own program, its arguments a list)
                command,
                cwd=folder,
                env=self._environment,
                stdin=subprocess.PIPE,  # held open until it ends: it ends with this process
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        assert process.stdout is not None
        assert process.stderr is not None
        complaints = threading.Thread(target=_follow, args=(process.stderr, job.failed, job.said), daemon=True)
        complaints.start()
        clock = threading.Timer(SECONDS, self.end, (job.number, f"took longer than {SECONDS / 3600:g} hours"))
        clock.daemon = True
        clock.start()
        _follow(process.stdout, job.said)
        complaints.join()
        code = process.wait()
        clock.cancel()
        with self._lock:
            self._process = None
        if process.stdin is not None:
            process.stdin.close()
        if code < 0 and not job.why:
            job.failed.append(
                f"the reader: ended by signal {-code}; what it had read is in the store, add the rest again"
            )
        return code


def _why(job: Job) -> str:
    return job.why


def sweep() -> None:
    """Take away what jobs of applications that were killed left behind: uploads are nowhere after their job."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        process = folder.name.removeprefix(FOLDER).partition("-")[0]
        if process.isdecimal() and not folder.is_symlink() and not _runs(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    hard = threading.Timer(5.0, process.kill)
    hard.daemon = True
    hard.start()


def _follow(stream: object, into: deque[str], notes: deque[str] | None = None) -> None:
    for line in stream:  # type: ignore[attr-defined]
        words = line[:LONGEST].strip().removeprefix("standoff: ")
        if notes is not None and words.startswith(NOTE):
            notes.append(words.removeprefix(NOTE))
        elif words:
            into.append(words)


def _environment(store: Store, settings: Settings) -> dict[str, str]:
    """What the commands are to know: this store and these settings, wherever they run."""
    held = settings.model_dump()
    ours = {PREFIX + name.upper() for name in held}
    # A model's key may be among the rest.
    found = {name: value for name, value in children.environment().items() if name not in ours}
    for name, value in held.items():
        found[PREFIX + name.upper()] = json.dumps(value) if isinstance(value, dict) else str(value)
    for name, value in (("ALERTS", settings.alerts), ("FETCH_LOG", settings.fetch_log), ("ANSWERS", settings.answers)):
        found[PREFIX + name] = str(Path(value).expanduser().absolute()) if value else ""
    if os.sep in settings.model:  # a folder; else the name of a package, which no folder here may stand in for
        found[f"{PREFIX}MODEL"] = str(Path(settings.model).absolute())
    url = store.url
    if url.get_backend_name() == "sqlite" and url.database and not url.query:
        url = url.set(database=str(Path(url.database).absolute()))
    found[f"{PREFIX}STORE"] = url.render_as_string(hide_password=False)
    return found | {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
