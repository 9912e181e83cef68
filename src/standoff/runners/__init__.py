"""How many documents are run, never what is done to one: the same parts go through the same work whichever runs them.

======  =============================================================================================================
serial  in this process, one part after the other
pool    in processes of this machine, which are replaced where they hang, crash or grow
ray     in actors of a Ray cluster (``standoff[ray]``)
======  =============================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from standoff.errors import SettingsError

if TYPE_CHECKING:  # a child that reads a table starts without the language stage
    from standoff.runners.parts import Part
    from standoff.runners.work import Coded, Work

NAMES = ("serial", "pool", "ray")


class Runner(Protocol):
    """Takes parts through the work."""

    def run(self, parts: Iterable[Part], work: Work) -> Iterator[Coded]:
        """What each part gives, as it is done; ``parts`` are taken as room is made, so that input need not fit in memory."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take before it is replaced."""

    workers: int = 2
    seconds: float = 120.0
    """Without a sign of life."""
    megabytes: int = 3000
    """Of memory, looked at after each part."""


def named(name: str, limits: Limits, address: str | None = None) -> Runner:
    """A runner by its name; ``address`` is that of a Ray cluster.

    Raises:
        SettingsError: there is no such runner, or what it needs is not installed.
    """
    if name == "serial":
        from standoff.runners.serial import Serial

        return Serial()
    if name == "pool":
        from standoff.runners.pool import Pool

        return Pool(limits)
    if name == "ray":
        from standoff.runners.ray import Ray

        return Ray(limits, address)
    raise SettingsError(f"runner {name!r}", "not known", f"use one of {', '.join(NAMES)}")
