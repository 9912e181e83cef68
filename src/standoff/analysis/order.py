"""In which order disputes stand: over the dead first, over things last, and of equals the gravest first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from standoff.model import Dispute, DisputeKind

_DEAD = re.compile(r"\b(?:killed|dead|died|deaths)\b")
_LOST = re.compile(r"\b(?:lost|destroyed)\b")
_RANK = {
    DisputeKind.RESPONSIBILITY: 1,
    DisputeKind.OCCURRENCE: 2,
    DisputeKind.CHARACTER: 3,
    DisputeKind.OUTCOME: 3,
    DisputeKind.READOUT: 3,
}


def gravest(disputes: Iterable[Dispute]) -> list[Dispute]:
    """The disputes as an editor looks for them: how many died, who did it, whether it happened, who was hurt or held, what it was,
    what was lost."""
    return sorted(disputes, key=lambda one: (_rank(one), -one.severity))


def _rank(one: Dispute) -> int:
    if one.kind is not DisputeKind.COUNT:
        return _RANK[one.kind]
    return 0 if _DEAD.search(one.question) else 4 if _LOST.search(one.question) else 2
