"""Parts in processes of this machine. A process that hangs, crashes or grows is replaced, and its part done again."""

from __future__ import annotations

import contextlib
import gc
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any

from standoff import children
from standoff.errors import ReaderFault, StandoffError
from standoff.runners.faults import Course
from standoff.runners.parts import Part
from standoff.runners.work import Coded, Work

if TYPE_CHECKING:
    from standoff.runners import Limits

STARTS = 5
"""Workers lost while they start, before it is given up."""
START = 300.0
"""Seconds that a process may take to load the pipeline, on a machine with much else to do."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection
    seen: float
    """When it last gave a sign of life, by a clock that cannot jump."""
    part: Part | None = None
    loaded: bool = False
    closed: bool = False
    """Its end of the line is gone."""


class Pool:
    """Processes of this machine, as many as ``limits`` says."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._context = get_context("spawn")

    def run(self, parts: Iterable[Part], work: Work) -> Iterator[Coded]:
        waiting = iter(parts)
        ahead: deque[Part] = deque()  # cut while the workers work
        courses: dict[int, Course] = {}
        unready = 0  # workers that were lost before they were ready, one after the other
        workers = [self._start(work) for _ in range(self.limits.workers)]
        try:
            while True:
                idle = [worker for worker in workers if worker.loaded and worker.part is None]
                while len(ahead) < max(1, len(idle)) and (part := next(waiting, None)) is not None:
                    ahead.append(part)
                for worker in idle[: len(ahead)]:
                    part = ahead.popleft()
                    self._give(worker, part, courses.setdefault(part.number, Course()))
                if not ahead and all(worker.part is None for worker in workers) and (idle or not courses):
                    if (part := next(waiting, None)) is None:
                        return
                    ahead.append(part)
                for worker in self._ready(workers):
                    coded = self._hear(worker, courses)
                    if coded is not None:
                        courses.pop(coded.number, None)
                        yield coded
                for index, worker in enumerate(workers):
                    lost = self._lost(worker)
                    if lost is None:
                        continue
                    self._end(worker)
                    unready = 0 if worker.loaded else unready + 1
                    if unready > STARTS:
                        raise StandoffError("a worker", f"could not start ({lost})", "try standoff doctor")
                    if worker.part is not None:
                        if lost != GREW:  # else it was given to one that was leaving
                            self._note(courses[worker.part.number], worker.part, lost)
                        ahead.append(worker.part)
                    workers[index] = self._start(work)
        finally:
            for worker in workers:
                self._end(worker)

    @staticmethod
    def _note(course: Course, part: Part, lost: str) -> None:
        course.died(lost)
        if course.hopeless:
            why = f"workers are lost on it again and again ({lost})"
            raise StandoffError(f"part {part.number}", why, "try with fewer workers")

    def _start(self, work: Work) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, work, self.limits.megabytes), daemon=True)
        with children.safely():
            process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic())

    def _give(self, worker: _Worker, part: Part, course: Course) -> None:
        worker.part, worker.seen = part, time.monotonic()
        with contextlib.suppress(OSError):  # gone already: found lost below, and the part is done again
            worker.line.send((part, course.alone, course.spoilt))

    def _ready(self, workers: list[_Worker]) -> list[_Worker]:
        lines: list[Any] = [worker.line for worker in workers if not worker.closed]
        found = connection.wait(lines, timeout=min(1.0, self.limits.seconds / 4))
        return [worker for worker in workers if worker.line in found]

    def _hear(self, worker: _Worker, courses: dict[int, Course]) -> Coded | None:
        try:
            said = worker.line.recv()
        except (EOFError, OSError):
            worker.closed = True
            worker.process.join(5)
            return None
        worker.seen = time.monotonic()
        if isinstance(said, StandoffError):
            raise said
        if said == "loaded":
            worker.loaded = True
            return None
        if isinstance(said, Coded):
            worker.part = None
            return said
        if worker.part is not None:
            courses[worker.part.number].at = said
        return None

    def _lost(self, worker: _Worker) -> str | None:
        """Why a worker has to be replaced, or None."""
        ended = worker.process.exitcode
        if ended is not None and worker.closed:
            if ended == GROWN:
                return GREW
            if ended < 0:
                return f"killed by signal {signal.Signals(-ended).name}"
            return f"ended with code {ended}"
        patience = self.limits.seconds if worker.loaded else START
        if (worker.part is not None or not worker.loaded) and time.monotonic() - worker.seen > patience:
            return f"no sign of life for {patience:.0f} s"
        return None

    @staticmethod
    def _end(worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.line.close()


GREW = "grew"
GROWN = 17
"""The code that a process ends with, between two parts, when it has grown beyond its limit."""


def _serve(line: Connection, work: Work, megabytes: int) -> None:
    """What a worker does until nobody has work for it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started it ends it
    try:
        work.ready()
    except StandoffError as error:
        line.send(error)
        return
    gc.collect()
    gc.freeze()  # the lexicon and the model live as long as the process: they need not be looked through again
    line.send("loaded")
    with contextlib.suppress(EOFError, OSError):
        while True:
            part, alone, spoilt = line.recv()
            try:
                line.send(work.code(part, lambda *at: line.send(at), alone, spoilt))
            except ReaderFault as error:
                line.send(error)  # it ends the run, and what was done is kept
                return
            if _megabytes() > megabytes:
                sys.exit(GROWN)


def _megabytes() -> float:
    """Memory at its highest, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
