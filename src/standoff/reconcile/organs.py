"""State media: outlets whose own words are a state's account.

What "Nile State Agency" tells without naming a source is Sudan's account as much as what its ministry says. An outlet is a state's
organ only where three things meet: its name says that it is one (``lexicon/bodies.toml``), nearly all whom it lets speak are of
that state, and that state fights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from standoff import bodies
from standoff.model import BLOCS, Claim, Document
from standoff.reconcile.facts import family

FIGHTING = 0.15
"""Such a share of those named in claims of force is a side's of the fighting."""
LOYAL = 0.75
"""Such a share of those whom an organ lets speak is of its side."""
HEARD = 2
"""So many claims of speakers say at the least for whom an outlet lets speak."""


def fighting(claims: Sequence[Claim]) -> frozenset[str]:
    """The keys of those who use force or suffer it in a good part of what is told of force."""
    force = Counter(key for c in claims if family(c.event) == "force" for key in c.actor_keys | c.recipient_keys)
    return frozenset(key for key, n in force.items() if n >= FIGHTING * force.total())


def of(
    claims: Sequence[Claim], documents: Sequence[Document], known: Collection[str], sides: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The outlets that are a state's organs, but for those that are ``known`` as bodies, each with its state's code."""
    outlets = {
        d.id: d.outlet for d in documents if d.outlet and d.outlet not in known and bodies.named("organ", d.outlet)
    }
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.doc in outlets:
            heard[outlets[claim.doc]].update(
                {s.mention.party.key for s in claim.sources[:1] if s.mention.party.code not in BLOCS}
            )
    for outlet, speakers in heard.items():
        side = max(speakers, key=lambda key: (speakers[key], key), default="")
        loyal = speakers[side] >= max(HEARD, LOYAL * speakers.total())
        if side in sides and "-" not in side and loyal:
            yield outlet, side
