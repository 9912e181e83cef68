"""What an account is called: the state where its officials speak, else those who do speak.

Claims are held by party, and a witness in Syria counts among Syria's; a page that showed "Syria" as saying it would put words
into the mouth of a government.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from standoff import lexicon
from standoff.model import BLOCS, Claim, Mention
from standoff.wording import Names, adjectives, sentence_case, speaker, state_name

OFFICIAL = frozenset({"GOV", "MIL", "JUD", "LEG", "SPY", "COP", "PRM", "ELI"})
"""Sectors whose word is the state's."""
_NAMED = 2
"""Speakers that are named one by one."""
_LONGEST = 60
_ANY = ("A ", "An ")


def account(key: str, claims: Iterable[Claim], names: Names) -> str:
    """What the account of a party is called, by the claims that it rests on.

    Groups that share one code ("non-governmental organisations") are called by their own names where they are few.
    """
    spoken = [mention for claim in claims for mention in _speakers(claim, key)]
    code, _, part = key.partition("-")
    if not spoken or (part != "CVL" and code not in BLOCS and not part and any(map(_official, spoken))):
        return names.party(key)
    heard = Counter(_label(mention, part != "REB") for mention in spoken)
    named = {name: n for name, n in heard.items() if not name.startswith(_ANY)}
    heard = Counter(named) if named and code in BLOCS else heard
    if code in BLOCS or part:
        return " and ".join(heard) if len(heard) <= _NAMED and _short(heard) else names.party(key)
    (first, _), *others = heard.most_common()
    if not _short(heard):
        return names.party(key)
    if len(others) > 1:
        return f"{first} and others"
    return " and ".join([first, *(_within(name) for name, _ in others)])


def _within(name: str) -> str:
    """A name behind another: "a local source"."""
    return name[:1].lower() + name[1:] if name.startswith((*_ANY, "The ")) else name


def _short(heard: Counter[str]) -> bool:
    return all(len(name) <= _LONGEST for name in heard)


def _speakers(claim: Claim, key: str) -> list[Mention]:
    """Those of a claim whose word the account is."""
    code = key.removesuffix("-CVL")
    said = [one.mention for one in claim.sources if one.cue_span == claim.sources[0].cue_span]
    return [one for one in (said or claim.actors) if code in (one.party.key, one.party.code)]


def _official(mention: Mention) -> bool:
    """It speaks for its state: an office of it, or the state by its name or a pronoun."""
    party = mention.party
    if mention.text.lower().startswith(_together()):
        return True
    if party.sectors:
        return bool(OFFICIAL & set(party.sectors))
    name = speaker(mention)
    words = set(name.replace("'s", "").replace("’s", "").split())
    return name == state_name(party.code) or bool(words & {state_name(party.code), *adjectives(party.code)})


def _label(mention: Mention, placed: bool) -> str:
    """Who speaks; what is no name, with whose it is where the report says so."""
    name = speaker(mention)
    state = state_name(mention.party.code)
    if name[:1].isupper() and not name.startswith((*_ANY, "The ")) and len(name.split()) > 1:
        return name
    bare = name.removeprefix("the ").removeprefix("The ")
    known = state is None or {state, *adjectives(mention.party.code)} & set(bare.split())
    proper = bare[:1].isupper() and bare == mention.party.name
    placed = placed and bool(mention.party.sectors)
    return sentence_case(bare) if known or proper or not placed else f"{sentence_case(bare)} ({state})"


@cache
def _together() -> tuple[str, ...]:
    return tuple(f"{word} " for row in lexicon.load("phrases")["together"] for word in row["words"])
