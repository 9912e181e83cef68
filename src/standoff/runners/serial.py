"""Parts one after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.runners.parts import Part
from standoff.runners.work import Coded, Job, code, ready


class Serial:
    """For one core, and for looking at what goes wrong."""

    def run(self, parts: Iterable[Part], job: Job) -> Iterator[Coded]:
        ready(job)
        for part in parts:
            yield code(part, job)
