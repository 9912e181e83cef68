"""What reading an input costs: processor time and memory of this process and of its children, killed ones included."""

from __future__ import annotations

import contextlib
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from standoff.ingest import bounded, child

SECONDS = 10.0 + 10.0
"""Of the processor, so that a busy machine says nothing. A child's clock ends at ten; as many again are for what has no such
clock and is in proportion to the input, the start of children and the work of this process, on a processor half as fast:
what hangs is far beyond it, and how fast it is, is for the benchmarks to say."""
MEGABYTES = 400.0


@dataclass(frozen=True)
class Spent:
    seconds: float
    megabytes: float
    """The most that one process held: a child, or this one beyond what it held before. A child that was killed for its
    memory had at most what its limit allows."""


def spent(work: Callable[[], None]) -> Spent:
    """Do something, and say what it cost."""
    for process in ("self", *_children()):
        with contextlib.suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text("5")  # its peak begins anew
    before, begun = _memory("self", "VmRSS"), _processor()
    work()
    taken = _processor() - begun
    own = _memory("self", "VmHWM") - before
    return Spent(taken, max(own, *(_memory(process, "VmHWM") for process in ("none", *_children()))))


def _children() -> Iterator[str]:
    for one in (*bounded._readers._held, child.shared):
        if one._process is not None:
            yield str(one._process.pid)


def _processor() -> float:
    """Seconds so far: of this process, of children that ended, and of those that live."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(_seconds, _children()))


def _seconds(process: str) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def _memory(process: str, kind: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1_000 for line in lines if line.startswith(kind)), 0.0)
