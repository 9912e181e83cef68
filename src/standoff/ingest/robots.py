"""robots.txt (RFC 9309): what an outlet lets programs read, and how often. Asked before a link is followed unbidden."""

from __future__ import annotations

import time
from collections.abc import Callable

from protego import Protego

from standoff.errors import InputError
from standoff.ingest import address
from standoff.ingest.fetch import AGENT, Fetcher

NAME = AGENT.partition(" ")[0]
MAX_BYTES = 500_000
KEPT = 86_400.0
"""Seconds for which an answer holds: a day, as RFC 9309 has it."""
LONGEST_PAUSE = 60.0


class Robots:
    """The rules of the hosts of this run, and a pause between two requests to one of them."""

    def __init__(
        self,
        fetcher: Fetcher,
        pause: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._fetcher, self._pause, self._clock, self._sleep = fetcher, pause, clock, sleep
        self._rules: dict[str, tuple[float, Protego | None]] = {}
        self._last: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._not_before: dict[str, float] = {}

    def leave(self, url: str, seconds: float) -> None:
        """Leave a host alone for so long, as it asked (``Retry-After``)."""
        self._not_before[address.parse(url).host] = self._clock() + seconds

    def check(self, url: str) -> None:
        """Wait until its host may be asked again, and refuse what it does not let programs read.

        Raises:
            InputError: the outlet does not want it read by programs.
        """
        host = address.parse(url).host
        left = self._not_before.get(host, 0.0) - self._clock()
        if left > LONGEST_PAUSE:
            error = InputError(url, f"its server asks to be left alone for {left:,.0f} seconds", "try again after that")
            error.after = left
            raise error
        if left > 0:
            self._sleep(left)
        rules = self._of(url, host)
        if rules is not None and not rules.can_fetch(url, NAME):
            mend = "open it in a browser, save the page and add that"
            raise InputError(url, "its robots.txt asks programs not to read it", mend)
        asked = rules.crawl_delay(NAME) if rules is not None else None
        self._pauses[host] = max(self._pause, min(float(asked or 0), LONGEST_PAUSE))
        self.wait(host, self._pauses[host])

    def left(self, url: str) -> float:
        """Seconds that asking its host would wait, as far as is known; none where :meth:`check` would refuse at once."""
        try:
            host = address.parse(url).host
        except ValueError:
            return 0.0
        asked = self._not_before.get(host, 0.0) - self._clock()
        if asked > LONGEST_PAUSE:
            return 0.0
        if host not in self._last:
            return max(0.0, asked)
        return max(0.0, asked, self._last[host] + self._pauses.get(host, self._pause) - self._clock())

    def wait(self, host: str, pause: float | None = None) -> None:
        """Let a pause go by since the last request to a host."""
        pause = self._pause if pause is None else pause
        if host in self._last:
            left = self._last[host] + pause - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[host] = self._clock()

    def _of(self, url: str, host: str) -> Protego | None:
        """The rules of a host; None where it has none. A host that cannot be reached will say so for the page itself."""
        kept = self._rules.get(host)
        if kept is not None and self._clock() - kept[0] < KEPT:
            return kept[1]
        rules = None
        try:
            answer = self._fetcher.get(address.joined(url, "/robots.txt"), statuses=range(200, 500), limit=MAX_BYTES)
            if answer.status < 300:
                rules = Protego.parse(answer.body.decode("utf-8", "replace"))
        except Exception:  # one that cannot be had, or breaks its reader, forbids nothing
            rules = None
        self._rules[host] = (self._clock(), rules)
        return rules
