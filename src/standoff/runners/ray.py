"""Parts in actors of a Ray cluster: one on this machine, or one that is running (``standoff[ray]``).

Actors hold the pipeline, and take one part each and have the next one waiting. Ray Data would do it too, but hands a
failed block back without saying which report of it killed the actor; here a part is followed as in the pool.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from standoff import children
from standoff.errors import SettingsError, StandoffError
from standoff.runners.faults import Course
from standoff.runners.parts import Part
from standoff.runners.work import Coded, Work

if TYPE_CHECKING:
    from standoff.runners import Limits

AHEAD = 2
"""Parts that an actor holds: the one at work, and the next."""
WAITS = 120
"""Seconds that an actor may take to start anew, or to say where it is."""
PATIENCE = 600.0
"""Seconds after which a cluster of which nothing is heard is given up: it has no room, or has lost what it ran."""


class Ray:
    """Actors of the cluster at ``address`` (``auto``: the one that runs here); without one, a cluster of this machine."""

    def __init__(self, limits: Limits, address: str | None = None) -> None:
        self.limits = limits
        self.address = address

    def run(self, parts: Iterable[Part], work: Work) -> Iterator[Coded]:
        ray = _ray()
        if ray.is_initialized():
            yield from self._run(ray, iter(parts), work)
            return
        # Ray's workers look for modules in the folder where it was started: that must not be the one with the reports.
        with TemporaryDirectory(prefix="standoff-ray-") as folder:
            with contextlib.chdir(folder), children.safely():
                self._connect(ray)
            try:
                yield from self._run(ray, iter(parts), work)
            finally:
                ray.shutdown()

    def _connect(self, ray: Any) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        try:
            if self.address:
                ray.init(address=self.address, **quiet)
            else:
                # "local": its own, also on a machine where somebody else's is running.
                ray.init(address="local", num_cpus=self.limits.workers, include_dashboard=False, **quiet)
        except (ConnectionError, RuntimeError, ValueError) as error:
            why = f"no Ray cluster to be had ({error})"[:200]
            raise SettingsError(f"ray {self.address or ''}".strip(), why, "start one with ray start --head") from None

    def _run(self, ray: Any, waiting: Iterator[Part], work: Work) -> Iterator[Coded]:
        try:
            yield from self._parts(ray, waiting, work)
        except ray.exceptions.GetTimeoutError:
            raise _unheard(WAITS) from None

    def _parts(self, ray: Any, waiting: Iterator[Part], work: Work) -> Iterator[Coded]:
        signs = ray.remote(num_cpus=0)(_Signs).remote()
        actor = ray.remote(num_cpus=1, max_restarts=-1)(_Worker)
        workers = [actor.remote(work) for _ in range(self.limits.workers)]
        free = deque(worker for _ in range(AHEAD) for worker in workers)
        again: deque[Part] = deque()
        running: dict[Any, tuple[Part, Any]] = {}
        courses: dict[int, Course] = {}
        while True:
            while free and (part := again.popleft() if again else next(waiting, None)) is not None:
                course = courses.setdefault(part.number, Course())
                worker = free.popleft()
                running[worker.code.remote(part, course.alone, course.spoilt, signs)] = part, worker
            if not running:
                return
            # A report may take its time, and what loads the pipeline does not sign meanwhile.
            done, _ = ray.wait(list(running), num_returns=1, timeout=min(self.limits.seconds, PATIENCE) / 4)
            if not done:
                self._end_silent(ray, signs, running)
            for reference in done:
                part, worker = running.pop(reference)
                free.append(worker)
                try:
                    coded: Coded = ray.get(reference)
                except ray.exceptions.RayTaskError as error:
                    raise error.cause if isinstance(error.cause, StandoffError) else error from None
                except ray.exceptions.RayError as error:
                    course = courses[part.number]
                    course.at = ray.get(signs.of.remote(part.number), timeout=WAITS)
                    if course.at is None and isinstance(error, ray.exceptions.ActorUnavailableError):
                        course.waits += 1  # its actor is being started anew, and no report of this part is to blame
                        if course.waits < WAITS:
                            time.sleep(1)
                            again.append(part)
                            continue
                    course.died(type(error).__name__)
                    if course.hopeless:
                        why = f"actors are lost on it again and again ({error})"[:300]
                        raise StandoffError(f"part {part.number}", why, "look at the logs of the cluster") from None
                    again.append(part)
                else:
                    courses.pop(coded.number, None)
                    yield coded

    def _end_silent(self, ray: Any, signs: Any, running: dict[Any, tuple[Part, Any]]) -> None:
        """Kill the actors that have given no sign of life for too long; the cluster starts them anew."""
        silent, unheard = ray.get(signs.silent.remote(self.limits.seconds), timeout=WAITS)
        if unheard > max(PATIENCE, 2 * self.limits.seconds):
            raise _unheard(unheard)
        for part, worker in running.values():
            if part.number in silent:
                ray.kill(worker, no_restart=False)


class _Worker:
    """An actor that holds the pipeline."""

    def __init__(self, work: Work) -> None:
        work.ready()
        gc.collect()
        gc.freeze()
        self._work = work

    def code(self, part: Part, alone: bool, spoilt: dict[int, str], signs: Any) -> Coded:
        ray = _ray()

        def sign(*at: int) -> None:
            said = signs.give.remote(part.number, at)
            if alone:
                ray.get(said)  # known before the report that may kill is read

        coded = self._work.code(part, sign, alone, spoilt)
        signs.done.remote(part.number)
        return coded


class _Signs:
    """An actor that knows where the others are, and outlives them."""

    def __init__(self) -> None:
        self._at: dict[int, tuple[tuple[int, int], float]] = {}
        self._heard = time.monotonic()

    def give(self, part: int, at: tuple[int, int]) -> None:
        self._heard = time.monotonic()
        self._at[part] = at, self._heard

    def of(self, part: int) -> tuple[int, int] | None:
        at, _ = self._at.pop(part, (None, 0.0))
        return at

    def done(self, part: int) -> None:
        self._heard = time.monotonic()
        self._at.pop(part, None)

    def silent(self, seconds: float) -> tuple[set[int], float]:
        """Parts of which nothing was heard for so long, and how long nothing was heard of any."""
        now = time.monotonic()
        return {part for part, (_, seen) in self._at.items() if now - seen > seconds}, now - self._heard


def _unheard(seconds: float) -> StandoffError:
    why = f"nothing was heard of it for {seconds:.0f} seconds: it has no room for the actors, or lost them"
    return StandoffError("ray", why, "look at ray status; what was read is kept, run it again")


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise SettingsError("runner 'ray'", "Ray is not installed", "pip install 'standoff[ray]'") from None
    return ray
