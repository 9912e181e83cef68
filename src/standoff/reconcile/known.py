"""What one report says of a name holds in the others: a group that one calls rebels is the same group where another only names it.

A report is read by itself, and "the Northern Hills Front said" beside the name of one state is read as that state's. The claims are
left as they were read; reconciling alone goes by what the archive knows. Organisations, companies and movements that share a code are
parties by their names: what the Red Cross counts later is no newer figure of the Observatory's. So are armed groups of one state, where
an archive names several that the table has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from standoff import bodies, wording
from standoff.model import BLOCS, MANY, PEOPLE, Claim, Mention, Party


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
    for mention in _mentions(claims):
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


def organisations(claims: Sequence[Claim]) -> dict[tuple[str, str], str]:
    """What each party that shares its code with others is called in the archive, by its code and its words; one that is only described
    is not among them.

    "The Observatory" is the one organisation of the archive with that word in its name, and "MSF" the one with those letters.
    """
    told = dict.fromkeys((m.party.code, _words(m)) for m in _mentions(claims) if m.party.code in MANY)
    called = {which: own for which in told if (own := own_name(which[1]))}
    full = {own: set(own.casefold().split()) for own in called.values()}
    short = {own: {letters(own), "".join(word[0] for word in own.split() if word[0].isupper())} for own in full}
    longer = {own: [one for one, words in full.items() if full[own] < words or own in short[one]] for own in full}
    return {which: longer[own][0] if len(longer[own]) == 1 else own for which, own in called.items()}


def several(claims: Iterable[Claim]) -> frozenset[str]:
    """The codes of states whose armed groups an archive names more than one of (``lexicon/armed_groups.toml``)."""
    named: dict[str, set[str]] = {}
    for mention in _mentions(claims):
        if _is_group(mention.party):
            named.setdefault(mention.party.code, set()).add(mention.party.name)
    return frozenset(code for code, names in named.items() if len(names) > 1)


def _is_group(party: Party) -> bool:
    return "REB" in party.sectors and party.code not in BLOCS and bodies.group(party.name)


def own_name(words: str) -> str:
    """The name in the words for an organisation; empty where they only say what it is.

    >>> own_name("the Savannah Monitor"), own_name("Rami Sweid of the Gaza Rights Monitor"), own_name("the relief group Doctors Across")
    ('Savannah Monitor', 'Gaza Rights Monitor', 'Doctors Across')
    >>> own_name("Doctors of the World"), own_name("Eastern Ghouta the Syrian Observatory"), own_name("Airwars")
    ('Doctors of the World', 'Syrian Observatory', 'Airwars')
    >>> own_name("International Committee of the Red Cross"), own_name("Regional Committee of the Refugee Council")
    ('International Committee of the Red Cross', 'Regional Committee of the Refugee Council')
    >>> own_name("a monitoring group"), own_name("Monitors"), own_name("Our staff"), own_name("Oxfam"), own_name("NATO")
    ('', '', '', 'Oxfam', 'NATO')
    """
    if bodies.listed(words):
        return words
    runs = [str(run) for run in _runs().findall(words) if wording.speaks(run)]
    if not runs:
        return ""
    own = next((run for run in runs if bodies.named("organisation", run)), runs[-1])
    person, _, of = own.partition(" of the ")
    whole = bodies.named("organisation", person) or bodies.named("civic_head", person)
    own = of if bodies.named("organisation", of) and not whole else own
    own = own.removeprefix("The ").removeprefix("A ")
    if " " in own:
        return own
    described = wording.is_common(own) or bodies.named("watcher", own.lower()) or bodies.named("organisation", own)
    return "" if described or own.endswith("s") or not words.endswith(own) else own


@cache
def _runs() -> re.Pattern[str]:
    """Words with a capital in a row, and the small ones between them; "Eastern Ghouta the Observatory" are two."""
    capital, small = r"[A-ZÀ-Þ][\w’'&.-]*", "|".join(word for word in bodies.links() if word != "the")
    return re.compile(rf"\b{capital}(?: (?:(?:{small})(?: the)? )?{capital})*")


def _words(mention: Mention) -> str:
    return mention.text if mention.party.name in ("", mention.party.code) else mention.party.name


def _mentions(claims: Iterable[Claim]) -> Iterator[Mention]:
    for claim in claims:
        yield from (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources))


def everywhere(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with every known group under its own party, with who speaks by an office in one report as such in all, and with every
    organisation of a name as a party of its own, as every armed group is where several of one state are named. An organisation that a
    report only describes is the one of its code that the report names; "rebels" are none of several groups."""
    known = groups(claims)
    many = several(claims)
    called = organisations(claims)
    alone: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        for mention in _mentions([claim]):
            if own := called.get((mention.party.code, _words(mention))):
                alone.setdefault((claim.doc, mention.party.code), set()).add(own)
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})\b") if known else None
    official = officials(claims)

    def named(doc: str, mention: Mention) -> Mention:
        words = names and (
            names.search(mention.text) or (names.search(mention.party.name) if mention.party.code == "UNK" else None)
        )
        party = known[words[0]] if words else None
        if party is None and (of := mention.party.code) in MANY:
            near = alone.get((doc, of), set())
            one = len(near) == 1 and not mention.text.endswith("s")  # "rights groups" are several
            own = called.get((of, _words(mention))) or (min(near) if one else "")
            party = replace(mention.party, name=own, alone=True) if own else None
        party = party or mention.party
        if party.code in many and _is_group(party):
            party = replace(party, alone=True)
        return mention if party.key == mention.party.key else replace(mention, party=party)

    def speaking(doc: str, mention: Mention) -> Mention:
        party = mention.party
        last = _NAME.search(mention.text) if party.sectors and set(party.sectors) <= PEOPLE else None
        held = official.get((last[1], party.code)) if last else None
        return named(doc, mention if held is None else replace(mention, party=held))

    return [
        replace(
            claim,
            actors=tuple(named(claim.doc, m) for m in claim.actors),
            recipients=tuple(named(claim.doc, m) for m in claim.recipients),
            sources=tuple(replace(s, mention=speaking(claim.doc, s.mention)) for s in claim.sources),
        )
        for claim in claims
    ]
