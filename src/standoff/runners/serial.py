"""Parts one after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.runners.parts import Part
from standoff.runners.work import Coded, Work


class Serial:
    """For one core, and for looking at what goes wrong."""

    def run(self, parts: Iterable[Part], work: Work) -> Iterator[Coded]:
        work.ready()
        for part in parts:
            yield work.code(part)
