"""What one report says of a name holds in the others: a group that one calls rebels is the same group where another only names it.

A report is read by itself, and "the Northern Hills Front said" beside the name of one state is read as that state's. The claims are
left as they were read; reconciling alone goes by what the archive knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from standoff.model import BLOCS, PEOPLE, Claim, Mention, Party


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


def officials(claims: Sequence[Claim]) -> dict[tuple[str, str], Party]:
    """Who speaks by an office in some report, by last name and state: "the spokeswoman, Selome Taddesse"."""
    held: dict[tuple[str, str], Counter[Party]] = {}
    for claim in claims:
        for source in claim.sources:
            party = source.mention.party
            if party.code in BLOCS or not set(party.sectors) - PEOPLE:
                continue
            for last in _LAST.findall(source.mention.text):
                held.setdefault((last, party.code), Counter())[party] += 1
    return {name: found.most_common(1)[0][0] for name, found in held.items()}


_LAST = re.compile(r"[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ )*([A-Z][\w’'-]+)")
_NAME = re.compile(r"([A-Z][\w’'-]+)(?: \([^)]*\))?(?=,|$)")


def everywhere(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with every known group under its own party, and with who speaks by an office in one report as such in all."""
    known = groups(claims)
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})\b") if known else None
    official = officials(claims)

    def named(mention: Mention) -> Mention:
        words = names and (
            names.search(mention.text) or (names.search(mention.party.name) if mention.party.code == "UNK" else None)
        )
        party = known[words[0]] if words else None
        return mention if party is None or party.key == mention.party.key else replace(mention, party=party)

    def speaking(mention: Mention) -> Mention:
        party = mention.party
        last = _NAME.search(mention.text) if party.sectors and set(party.sectors) <= PEOPLE else None
        held = official.get((last[1], party.code)) if last else None
        return named(mention if held is None else replace(mention, party=held))

    return [
        replace(
            claim,
            actors=tuple(map(named, claim.actors)),
            recipients=tuple(map(named, claim.recipients)),
            sources=tuple(replace(s, mention=speaking(s.mention)) for s in claim.sources),
        )
        for claim in claims
    ]
