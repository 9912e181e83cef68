"""What is done about a part whose worker died: tried again report by report, and then without the report that kills."""

from __future__ import annotations

from dataclasses import dataclass, field

TRIES = 5
"""Deaths of a part in which no report is to blame, before it is given up: the machine itself is at fault then."""


@dataclass(slots=True)
class Course:
    """How a part has fared."""

    alone: bool = False
    spoilt: dict[int, str] = field(default_factory=dict)
    at: tuple[int, int] | None = None
    """The items that its worker was at."""
    deaths: int = 0
    waits: int = 0
    """How often its worker was not there yet."""

    def died(self, why: str) -> None:
        """A worker died on the part. A report alone with a dying worker, the second time at least, is set aside."""
        self.deaths += 1
        if self.alone and self.at is not None and self.at[1] - self.at[0] == 1:
            self.spoilt[self.at[0]] = f"its worker was lost on it twice ({why})"
            self.deaths = 0
        self.alone = True
        self.at = None

    @property
    def hopeless(self) -> bool:
        """No report is to blame, and it goes on."""
        return self.deaths >= TRIES
