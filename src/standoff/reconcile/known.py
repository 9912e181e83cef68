"""What one report says of a name holds in the others: a group that one calls rebels is the same group where another only names it.

A report is read by itself, and "the Northern Hills Front said" beside the name of one state is read as that state's. The claims are
left as they were read; reconciling alone goes by what the archive knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from standoff.model import Claim, Mention, Party


def groups(claims: Sequence[Claim]) -> dict[str, Party]:
    """Armed groups by the names that some report marks as such, of two capitalised words or more, and by the letters of three or
    more; one of two lands is left out."""
    found: dict[str, dict[str, Party]] = {}
    for party in marked(claims):
        for name in {party.name, letters(party.name) or party.name}:
            found.setdefault(name, {})[party.key] = Party(party.code, ("REB",), party.name)
    return {name: next(iter(held.values())) for name, held in found.items() if len(held) == 1}


def letters(name: str) -> str:
    """What a name of three words or more is called for short.

    >>> letters("Northern Hills Army"), letters("Popular Front")
    ('NHA', '')
    """
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def marked(claims: Sequence[Claim]) -> Iterator[Party]:
    """Every mention's party that is an armed group by a name of two capitalised words or more."""
    for claim in claims:
        for mention in (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources)):
            words = mention.party.name.split()
            if "REB" in mention.party.sectors and len(words) > 1 and all(word[:1].isupper() for word in words):
                yield mention.party


def everywhere(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with every known group under its own party."""
    known = groups(claims)
    if not known:
        return list(claims)
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})\b")

    def named(mention: Mention) -> Mention:
        words = names.search(mention.text) or (
            names.search(mention.party.name) if mention.party.code == "UNK" else None
        )
        party = known[words[0]] if words else None
        return mention if party is None or party.key == mention.party.key else replace(mention, party=party)

    return [
        replace(
            claim,
            actors=tuple(map(named, claim.actors)),
            recipients=tuple(map(named, claim.recipients)),
            sources=tuple(replace(s, mention=named(s.mention)) for s in claim.sources),
        )
        for claim in claims
    ]
