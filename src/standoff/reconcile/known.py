"""What one report says of a name holds in the others: a group that one calls rebels is the same group where another only names it.

A report is read by itself, and "the Northern Hills Front said" beside the name of one state is read as that state's. The claims are
left as they were read; reconciling alone goes by what the archive knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from standoff.model import Claim, Mention, Party

ARMED = frozenset({"REB"})


def groups(claims: Sequence[Claim]) -> dict[str, Party]:
    """Armed groups by the names that some report marks as such, of two capitalised words or more; one of two lands is left out."""
    found: dict[str, set[str]] = {}
    parties: dict[str, Party] = {}
    for claim in claims:
        for mention in (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources)):
            party, words = mention.party, mention.party.name.split()
            if ARMED & set(party.sectors) and len(words) > 1 and all(word[:1].isupper() for word in words):
                found.setdefault(party.name, set()).add(party.key)
                parties[party.name] = Party(party.code, ("REB",), party.name)
    return {name: parties[name] for name, keys in found.items() if len(keys) == 1}


def everywhere(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with every known group under its own party."""
    known = groups(claims)
    if not known:
        return list(claims)
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})\b")

    def named(mention: Mention) -> Mention:
        words = names.search(mention.text)
        party = known[words[0]] if words else None
        return mention if party is None or party.key == mention.party.key else replace(mention, party=party)

    return [_with(claim, named) for claim in claims]


def _with(claim: Claim, named: Callable[[Mention], Mention]) -> Claim:
    changed: Mapping[str, object] = {
        "actors": tuple(map(named, claim.actors)),
        "recipients": tuple(map(named, claim.recipients)),
        "sources": tuple(replace(s, mention=named(s.mention)) for s in claim.sources),
    }
    same = all(getattr(claim, slot) == value for slot, value in changed.items())
    return claim if same else replace(claim, **changed)  # type: ignore[arg-type]
