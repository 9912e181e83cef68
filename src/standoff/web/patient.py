"""Connections that ask for nothing, or take nothing: how many there may be, and how long one may be slow."""

from __future__ import annotations

from typing import Any, ClassVar

from uvicorn.protocols.http.auto import AutoHTTPProtocol

MOST = 500
"""Connections that are open at once; further ones are closed. A process may have a thousand files open."""
HEAD = 20.0
"""Seconds in which the head of a request has to come."""
SLOWEST = 1_000
"""Bytes a second that its body has to come with, taken over as long again."""


class Patient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's own protocol, with an end to its patience."""

    open: ClassVar[int] = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        Patient.open += 1
        self._late: Any = None
        self._untaken: Any = None
        self._came = 0
        if Patient.open > MOST:
            transport.abort()
        else:
            self._wait()

    def pause_writing(self) -> None:
        """What was sent is not taken: that too has an end."""
        super().pause_writing()
        if self._untaken is None:
            self._untaken = self.loop.call_later(HEAD, self._let_go)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._taken()

    def connection_lost(self, exc: Exception | None) -> None:
        Patient.open -= 1
        self._wait(False)
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        super().data_received(data)
        cycle = getattr(self, "cycle", None)
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            self._wait(False)
        elif self._late is None:
            self._wait()

    def _wait(self, begins: bool = True) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = self.loop.call_later(HEAD, self._end) if begins else None

    def _taken(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def _let_go(self) -> None:
        self._untaken = None
        if not self.transport.is_closing():
            self.transport.abort()

    def _end(self) -> None:
        self._late = None
        cycle, came = getattr(self, "cycle", None), self._came
        self._came = 0
        if cycle is not None and cycle.more_body and not cycle.response_complete and came >= SLOWEST * HEAD:
            self._wait()
        elif not self.transport.is_closing():
            self.transport.abort()
