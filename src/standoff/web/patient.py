"""Connections that ask for nothing: how many there may be, and how long one may take to say what it wants."""

from __future__ import annotations

from typing import Any, ClassVar

from uvicorn.protocols.http.auto import AutoHTTPProtocol

MOST = 500
"""Connections that are open at once; further ones are closed. A process may have a thousand files open."""
HEAD = 20.0
"""Seconds in which the head of a request has to come."""


class Patient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's own protocol, with an end to its patience."""

    open: ClassVar[int] = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        Patient.open += 1
        self._late: Any = None
        if Patient.open > MOST:
            transport.abort()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        Patient.open -= 1
        self._wait(False)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle = getattr(self, "cycle", None)
        waiting = cycle is None or cycle.response_complete
        if not waiting:
            self._wait(False)
        elif self._late is None:
            self._wait()

    def _wait(self, begins: bool = True) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = self.loop.call_later(HEAD, self._end) if begins else None

    def _end(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.abort()
