"""Which disputes are likely ones: those stand on the first page, the others behind a fold.

Of seven archives of real news, 3 of 5 of the likelier ones are disputes of the parties named (2 strictly) and 6 of 10 of the others (4); of seven
archives held out, from claims written by hand, 35 of 47 and 11 of 22 are right (`docs/accuracy.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.model import Dispute
from standoff.store import Store
from standoff.store.browse import ClaimRow

SURE = 0.35
"""So surely a claim was read that stands for a party."""
LIKELY = 0.6
"""From so likely on a dispute stands on the first page."""
FAINT = 0.25
"""An incident's page folds away what no claim tells more surely than this."""
BORNE_OUT = 1.0
"""How sure a claim is that a person accepted or corrected."""
HEARD = 6
"""Claims of a side that are looked at."""


def is_sure(row: ClaimRow, least: float = SURE) -> bool:
    """Whether a claim was read so surely, or a person has looked at it."""
    return row.claim.confidence >= least or row.verdict is not None


def unsure(store: Store, disputes: Sequence[Dispute]) -> frozenset[str]:
    """Those of the disputes, by id, that are less likely ones, but where a person bore out a claim of each of two sides."""
    doubtful = [one for one in disputes if one.likely < LIKELY]
    keys = {key for one in doubtful for position in one.positions for key in position.claims[:HEARD]}
    confidence = store.browse.confidence(sorted(keys))
    return frozenset(one.id for one in doubtful if not _borne_out(one, confidence))


def _borne_out(one: Dispute, confidence: Mapping[str, float]) -> bool:
    sides = [max((confidence.get(key, 0.0) for key in p.claims[:HEARD]), default=0.0) for p in one.positions]
    return sum(side >= BORNE_OUT for side in sides) > 1
