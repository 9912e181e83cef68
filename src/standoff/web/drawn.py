"""What was drawn from a store and holds until it changes: values that pages are made of, and whole answers.

A hundred readers of one page cost as one. Who asks for what is being drawn waits for it, and draws it not again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock
from typing import Any

from fastapi.responses import Response

from standoff.errors import StoreError
from standoff.store import Store
from standoff.web.refused import Refused

MOST = 500
"""Values that are held; what was asked for longest ago goes first."""
LARGEST = 2**20
"""Bytes of an answer that is held."""
ROOM = 32 * 2**20
"""Bytes of all answers together."""
AT_WORK, IN_LINE = 2, 8
"""How many draw at once what takes seconds, and how many more wait for it: the pages have threads for the rest."""


class Drawn:
    """Values and answers of one store."""

    def __init__(self, store: Store, most: int = MOST, room: int = ROOM) -> None:
        self._store = store
        self._most, self._room = most, room
        self._lock = Lock()
        self._stamp: tuple[object, ...] | None = None
        self._held: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._line, self._turn = BoundedSemaphore(AT_WORK + IN_LINE), BoundedSemaphore(AT_WORK)

    def get(self, key: Hashable, draw: Callable[[], Any]) -> Any:
        """What was drawn under a key, drawn again where the store has changed since."""
        stamp = self._store.changes()
        with self._lock:
            if stamp != self._stamp:
                self._stamp, self._held, self._sizes = stamp, OrderedDict(), {}
            held = self._held.get(key)
            mine = held is None
            if held is None:
                held = self._held[key] = Future()
            self._held.move_to_end(key)
            self._trim()
        if not mine:
            return held.result()
        try:
            value = draw()
        except BaseException as error:
            self._forget(key, held)
            held.set_exception(error)
            raise
        held.set_result(value)
        return value

    def get_kept(self, key: str, draw: Callable[[], Any]) -> Any:
        """The same for what takes long and can be written as a record: it is kept in the store, for the next start too."""
        return self.get(key, lambda: self._kept(key, draw))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """For what takes seconds and is not kept. No turn may be asked for inside of one.

        Raises:
            Refused: too many wait already.
        """
        if not self._line.acquire(blocking=False):
            raise Refused(
                503, "this page", "takes long to draw, and others wait for such pages", "try again in a minute"
            )
        try:
            with self._turn:
                yield
        finally:
            self._line.release()

    def heavy(self, key: Hashable, draw: Callable[[], Any]) -> Any:
        """As :meth:`get`, for what takes seconds to draw."""

        def drawing() -> Any:
            with self.turn():
                return draw()

        return self.get(key, drawing)

    def answer(self, key: Hashable, draw: Callable[[], Response]) -> Response:
        """An answer whose whole body is at hand, given again as it was made."""
        key = ("answer", key)
        made: Response = self.get(key, draw)
        size = len(made.body)
        with self._lock:
            held = self._held.get(key)
            if held is not None and held.done() and key not in self._sizes:
                if made.status_code != 200 or size > LARGEST:
                    del self._held[key]
                else:
                    self._sizes[key] = size
                    self._trim()
        if made.status_code != 200:  # it may lead elsewhere, by a header
            return made
        # Others add headers of their own to what they are given.
        return Response(made.body, made.status_code, media_type=made.headers.get("content-type"))

    def _trim(self) -> None:
        """Let go of what was asked for longest ago; values of fixed names, which every page needs, stay."""
        while len(self._held) > self._most or sum(self._sizes.values()) > self._room:
            bodies = len(self._held) <= self._most
            oldest = next(
                (key for key in self._held if (key in self._sizes if bodies else not isinstance(key, str))), None
            )
            if oldest is None:
                return
            del self._held[oldest]
            self._sizes.pop(oldest, None)

    def _forget(self, key: Hashable, held: Future[Any]) -> None:
        with self._lock:
            if self._held.get(key) is held:
                del self._held[key]

    def _kept(self, key: str, draw: Callable[[], Any]) -> Any:
        (change,) = self._store.changes()
        kept = self._store.kept(key)
        if kept is not None and kept[0] == change:
            return kept[1]
        record = draw()
        with suppress(StoreError):  # a store that cannot be written to is drawn from each time
            self._store.keep(key, change, record)
        return record
