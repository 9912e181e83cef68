"""What a run has asked a model, what that took, and what it may still cost."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from standoff.errors import ReaderFault
from standoff.printable import many
from standoff.settings import ReaderSettings


@dataclass
class Meter:
    """Tokens and money of one run with one model; any thread may count."""

    name: str
    settings: ReaderSettings
    requests: int = 0
    kept: int = 0
    """Answers that an earlier run had got."""
    tokens_in: int = 0
    tokens_out: int = 0
    spent: float = 0.0
    unsure: float = 0.0
    """What answers that did not arrive may have cost: nobody says whether they are paid for."""
    reports: int = 0
    dropped: int = 0
    values: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.settings.price_in + tokens_out * self.settings.price_out) / 1_000_000

    def may_spend(self, tokens_in: int) -> None:
        """Look before asking: what would be sent, and the longest answer to it, have to fit into what is left.

        Raises:
            ReaderFault: they do not.
        """
        limit = self.settings.price_limit
        if limit and self.spent + self.unsure + self.cost(tokens_in, self.settings.answer) > limit:
            why = f"the next answer could cost more than is left of {limit:g} ({self.spent:.4f} spent{self._maybe()})"
            mend = "raise its price_limit, and run it again: what was answered is kept and costs nothing"
            raise ReaderFault(f"reader {self.name!r}", why, mend)

    def took(self, tokens_in: int, tokens_out: int) -> None:
        with self._lock:
            self.requests += 1
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out
            self.spent += self.cost(tokens_in, tokens_out)

    def lost(self, tokens_in: int) -> None:
        """A question was sent, and its answer did not arrive whole."""
        with self._lock:
            self.unsure += self.cost(tokens_in, self.settings.answer)

    def _maybe(self) -> str:
        return f", and {self.unsure:.4f} more if answers that did not arrive are paid for" if self.unsure else ""

    def had(self) -> None:
        with self._lock:
            self.kept += 1

    def read(self, values: int, dropped: int) -> None:
        with self._lock:
            self.reports += 1
            self.values += values
            self.dropped += dropped

    def told(self) -> str:
        """The run in a line."""
        asked = many(self.requests + self.kept, "question")
        kept = f", {self.kept} answered before" if self.kept else ""
        cost = f", cost {self.spent:.4f}{self._maybe()}" if self.settings.price_in or self.settings.price_out else ""
        refused = f", {self.dropped} of {self.values} values not in the reports" if self.values else ""
        return f"{self.name}: {asked}{kept}, {self.tokens_in:,} tokens in, {self.tokens_out:,} out{cost}{refused}"
