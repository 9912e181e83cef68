"""A request that is not answered."""

from __future__ import annotations

from standoff.errors import StandoffError


class Refused(StandoffError):
    """A request that is not answered; ``status`` is the HTTP status that says why."""

    def __init__(self, status: int, what: str, why: str, mend: str = "") -> None:
        super().__init__(what, why, mend)
        self.status = status
