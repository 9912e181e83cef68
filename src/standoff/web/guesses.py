"""Guessing passwords and tokens: few at a time, and the slower for one name or address the more of them were wrong."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network
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
        self._shown: OrderedDict[str, tuple[int, ...]] = OrderedDict()
        self._waiting = 0

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Look at one password of a name.

        Raises:
            Refused: the name has to wait, or too many are being looked at.
        """
        name = name.casefold()
        with self._lock:
            left = self._left(name)
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

    def token(self, address: str, given: str, right: bool) -> bool:
        """Whether a token opens that somebody shows who comes from an address. A wrong one counts once: a browser goes on
        showing what it has kept.

        Raises:
            Refused: wrong ones came from there, and whoever comes has to wait.
        """
        name = f"\0{_network(address)}"  # no name of a person
        with self._lock:
            left = self._left(name)
            known = hash(given) in self._shown.get(name, ())
        if left > 0 and not (known and not right):
            raise Refused(429, "token", "too many wrong ones came from there", f"try again in {left:.0f} seconds")
        if not right and not known:
            with self._lock:
                shown = self._shown.pop(name, ())
                self._shown[name] = (*shown[1 - FREE :], hash(given))
                while len(self._shown) > _NAMES:
                    self._shown.popitem(last=False)
            self.was(name, right)
        return right

    def _left(self, name: str) -> float:
        """Seconds that a name has to wait."""
        return self._wrong.get(name, (0, 0.0))[1] - self._clock()

    def was(self, name: str, right: bool) -> None:
        """What came of it."""
        name = name.casefold()
        with self._lock:
            times, _ = self._wrong.pop(name, (0, 0.0))
            if right:
                return
            times += 1
            wait = min(LONGEST, 2.0 ** min(times - FREE, 60)) if times >= FREE else 0.0
            self._wrong[name] = times, self._clock() + wait
            while len(self._wrong) > _NAMES:
                self._wrong.popitem(last=False)


def _network(address: str) -> str:
    """Whose an address is: of the sixth version a household has more than could be counted."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(found if found.version == 4 else ip_network((int(found), 64), strict=False))


def _busy() -> Refused:
    return Refused(429, "sign-in", "too many sign in at this moment", "try again in a few seconds")
