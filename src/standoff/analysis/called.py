"""What an account is called: the state where its officials speak, else those who do speak.

Claims are held by party, and a witness in Syria counts among Syria's; a page that showed "Syria" as saying it would put words
into the mouth of a government.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from standoff import lexicon
from standoff.model import BLOCS, OPPOSITION, Claim, Mention, shared_code
from standoff.wording import BODIES, Names, adjectives, is_common, sentence_case, speaker, speaks, state_name

_NAMED = 2
"""Speakers that are named one by one."""
_LONGEST = 60
_ANY = ("A ", "An ")
_TOO_LONG = 6
"""Words of a name."""


def account(key: str, claims: Iterable[Claim], names: Names) -> str:
    """What the account of a party is called, by the claims that it rests on.

    Groups that share one code ("non-governmental organisations") are called by their own names where they are few.
    """
    if shared_code(key)[1]:
        return names.party(key)
    spoken = [mention for claim in claims for mention in _speakers(claim, key)]
    code, _, part = key.partition("-")
    if not spoken or (
        part not in {"CVL", OPPOSITION} and code not in BLOCS and not part and any(map(_official, spoken))
    ):
        return names.party(key)
    heard = _alike(_label(mention, part != "REB") for mention in spoken if speaks(speaker(mention)))
    if not heard:
        return f"Somebody in {state_name(code)}" if state_name(code) else names.party(key)
    named = {name: n for name, n in heard.items() if not name.startswith(_ANY)}
    heard = Counter(named) if named and code in BLOCS else heard
    if code in BODIES and heard.keys() & _persons():
        return names.party(key)  # who speaks for it is not it
    if code in BLOCS or part:
        return " and ".join(heard) if len(heard) <= _NAMED and _short(heard) else names.party(key)
    # "Mounzer Khalil and others": who is called by name, before who is only described.
    (first, _), *others = sorted(heard.most_common(), key=lambda item: not _is_name(item[0]))
    if not _short(heard):
        return names.party(key)
    if len(others) > 1 or (others and _is_name(first) and not _is_name(others[0][0])):
        return f"{first} and others"
    return " and ".join([first, *(_within(name) for name, _ in others)])


def is_name(words: str) -> bool:
    """Whether words are a name, and not what somebody is: every word with a capital but for "of" and the like.

    >>> is_name("Human Rights Watch"), is_name("the Shield"), is_name("African Union")
    (True, True, True)
    >>> is_name("Two heavily armed men"), is_name("the enemy"), is_name("41"), is_name("grouping «Shield"), is_name("Ministry")
    (False, False, False, False, False)
    """
    parts = words.removeprefix("the ").removeprefix("The ").split()
    if not 0 < len(parts) <= _TOO_LONG or words.count("«") != words.count("»") or not speaks(words):
        return False
    proper = all(part[:1].isupper() or part.lower() in _small() or not part[:1].isalpha() for part in parts)
    return proper and parts[0][:1].isupper() and not is_common(" ".join(parts))


def _alike(labels: Iterable[str]) -> Counter[str]:
    """How often each is heard; "Teacher" and "A teacher" are one, by the fuller name."""
    found: Counter[str] = Counter()
    fullest: dict[str, str] = {}
    for label in labels:
        bare = re.sub(r"^(?:An?|The) | \([^)]*\)$", "", label).casefold()
        before = fullest.setdefault(bare, label)
        if len(label) > len(before):
            fullest[bare] = label
            found[label] = found.pop(before)
        found[fullest[bare]] += 1
    return found


def _within(name: str) -> str:
    """A name behind another: "a local source"."""
    return name[:1].lower() + name[1:] if name.startswith((*_ANY, "The ")) else name


def _is_name(label: str) -> bool:
    """A name of somebody, not what they are: "Mounzer Khalil", "SANA", "Human Rights Watch"."""
    words = [word for word in label.split() if len(word) > 3 or word[:1].isupper()]
    if _is_described(label):
        return False
    return all(word[:1].isupper() or word.startswith("al-") for word in words) and label.lower() not in _words("common")


def _is_described(label: str) -> bool:
    """It begins as what has no name does: "A local source", "The ministry"."""
    return label.startswith((*_ANY, "The ")) or label.split()[0].lower() in _words("unnamed")


def _short(heard: Counter[str]) -> bool:
    return all(len(name) <= _LONGEST for name in heard)


def _speakers(claim: Claim, key: str) -> list[Mention]:
    """Those of a claim whose word the account is."""
    code = key.removesuffix("-CVL").removesuffix(f"-{OPPOSITION}")
    said = [one.mention for one in claim.sources if one.cue_span == claim.sources[0].cue_span]
    return [one for one in (said or claim.actors) if code in (one.party.key, one.party.code)]


def _official(mention: Mention) -> bool:
    """It speaks for its state: an office of it, or the state by its name or a pronoun."""
    party = mention.party
    if mention.text.lower().startswith(_together()):
        return True
    if party.sectors:
        return party.official
    name = speaker(mention)
    words = set(name.replace("'s", "").replace("’s", "").split())
    return name == state_name(party.code) or bool(words & {state_name(party.code), *adjectives(party.code)})


def _label(mention: Mention, placed: bool) -> str:
    """Who speaks; what is no name, with whose it is where the report says so."""
    name = speaker(mention)
    state = state_name(mention.party.code)
    if name[:1].isupper() and len(name.split()) > 1 and not _is_described(name):
        return name
    bare = name.removeprefix("the ").removeprefix("The ")
    bare = (
        f"{'An' if bare[:1].lower() in 'aeiou' else 'A'} {bare.lower()}" if bare.lower() in _words("common") else bare
    )
    known = state is None or {state, *adjectives(mention.party.code)} & set(bare.split())
    proper = bare[:1].isupper() and bare == mention.party.name
    placed = placed and bool(mention.party.sectors)
    return sentence_case(bare) if known or proper or not placed else f"{sentence_case(bare)} ({state})"


@cache
def _together() -> tuple[str, ...]:
    return tuple(f"{word} " for row in lexicon.load("phrases")["together"] for word in row["words"])


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(word for row in lexicon.load("phrases")[table] for word in row["words"])


@cache
def _persons() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon.load("persons")["person"])


@cache
def _small() -> frozenset[str]:
    return frozenset(lexicon.load("headlines")["small"]["words"])
