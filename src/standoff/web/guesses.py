"""Guessing passwords: few at a time, and the slower for one name the more of them were wrong."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from standoff.web.refused import Refused

AT_ONCE = 2
"""Passwords that are looked at together: each takes a processor and 64 MB for a moment, by intent."""
PATIENCE = 3.0
"""Seconds that an attempt waits for its turn, and no longer: pages are served by the same threads."""
FREE = 5
"""Wrong passwords for a name before it has to wait."""
LONGEST = 300.0
"""Seconds that it waits at most: long enough to guess nothing, and short enough for whom others lock out."""
_NAMES = 10_000


class Guesses:
    """The attempts of one application."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock, self._turns = clock, Lock(), BoundedSemaphore(AT_ONCE)
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._waiting = 0

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Look at one password of a name.

        Raises:
            Refused: the name has to wait, or too many are being looked at.
        """
        name = name.casefold()
        with self._lock:
            _, until = self._wrong.get(name, (0, 0.0))
            left = until - self._clock()
            crowded = self._waiting >= 4 * AT_ONCE
            if left <= 0 and not crowded:
                self._waiting += 1
        if left > 0:
            raise Refused(429, "sign-in", "too many wrong passwords for this name", f"try again in {left:.0f} seconds")
        if crowded:
            raise _busy()
        try:
            if not self._turns.acquire(timeout=PATIENCE):
                raise _busy()
            try:
                yield
            finally:
                self._turns.release()
        finally:
            with self._lock:
                self._waiting -= 1

    def was(self, name: str, right: bool) -> None:
        """What came of it."""
        name = name.casefold()
        with self._lock:
            times, _ = self._wrong.pop(name, (0, 0.0))
            if right:
                return
            times += 1
            wait = min(LONGEST, 2.0 ** (times - FREE)) if times >= FREE else 0.0
            self._wrong[name] = times, self._clock() + wait
            while len(self._wrong) > _NAMES:
                self._wrong.popitem(last=False)


def _busy() -> Refused:
    return Refused(429, "sign-in", "too many sign in at this moment", "try again in a few seconds")
