"""State media: outlets whose own words are a state's account.

What "Nile State Agency" tells without naming a source is Sudan's account as much as what its ministry says. An outlet is a state's
organ only where three things meet: its name says that it is one (``lexicon/bodies.toml``), its name, or the table of outlets
(``lexicon/outlets.toml``), says of which state or nearly all whom it lets speak are of that state, and that state fights.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from standoff import bodies, lexicon
from standoff.model import BLOCS, Claim, Document
from standoff.reconcile.facts import family
from standoff.reconcile.figures import demonyms

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
        d.id: d.outlet
        for d in documents
        if d.outlet and d.outlet not in known and bodies.named("organ", _printed(d.outlet))
    }
    own = {outlet: land for outlet in set(outlets.values()) if (land := land_of(_printed(outlet))) in sides}
    yield from own.items()
    outlets = {doc: outlet for doc, outlet in outlets.items() if outlet not in own}
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


@cache
def land_of(outlet: str) -> str:
    """The one state that an outlet's name names, by its people too, or by its capital at the end, else where the table has an organ
    at home; empty where none is known.

    >>> land_of("Guinea State Radio"), land_of("State House Abuja"), land_of("Sudan and Chad Today"), land_of("TASS")
    ('GIN', 'NGA', '', 'RUS')
    """
    codes = {code for name, code in demonyms().items() if re.search(rf"\b{re.escape(name)}\b", outlet)}
    codes = codes or {code for name, code in _capitals().items() if re.search(rf"\b{re.escape(name)}$", outlet)}
    if not codes and bodies.named("organ", outlet):
        return _listed().get(outlet.casefold(), (outlet, ""))[1]
    return codes.pop() if len(codes) == 1 else ""


def _printed(outlet: str) -> str:
    """An outlet's name as the table has it: "sana" is SANA."""
    return _listed().get(outlet.casefold(), (outlet, ""))[0]


@cache
def _listed() -> dict[str, tuple[str, str]]:
    """The outlets of the table, each with the state where it is at home, by their names in small letters."""
    rows = lexicon.load("outlets")["outlet"]
    return {row["name"].casefold(): (row["name"], row.get("country", "")) for row in rows}


@cache
def _capitals() -> dict[str, str]:
    return {name: entry["code"] for entry in lexicon.load("states")["state"] for name in entry.get("capitals", ())}
