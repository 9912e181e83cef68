"""Which parties are states or groups with a name, and by which names a page may list them.

A page that files a spokesman under the other side, or a town as a name of its state, says something of them that nobody said: a name
that is not surely a party's own is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from standoff import lexicon
from standoff.analysis.called import is_name
from standoff.store import Store
from standoff.wording import BLOCS, adjectives, state_name, states

_NEAR = 60
"""Characters before a person's name in which a report says whose they are."""
_LOOKED_AT = 5
"""Reports that are looked at for a name."""
_MOST = 300
"""Names that are looked for."""

Named = Mapping[str, Sequence[tuple[str, int]]]
"""The parties of a store, each with the names that it goes by and how often."""


def is_known(key: str, label: str) -> bool:
    """Whether a party is a state, a kind of body, or is called by a name: others are only described."""
    return state_name(key) is not None or label in BLOCS.values() or is_name(label)


def own_names(named: Named, store: Store) -> dict[str, list[str]]:
    """Of each party the names that are surely its own, those told most first.

    Beforehand known ones; of a body that shares its code with others, every name; and persons whom a report puts beside the name of
    their state. A name that stands with two parties is nobody's.
    """
    holders: dict[str, set[str]] = {}
    for key, names in named.items():
        for name, _ in names:
            holders.setdefault(name.removeprefix("the "), set()).add(key)
    found: dict[str, list[str]] = {}
    looked = 0
    for key, names in named.items():
        own: list[str] = []
        for name, _ in names:
            if not is_name(name) or len(holders[name.removeprefix("the ")]) > 1 or name in (key, state_name(key)):
                continue
            known = _codes().get(name)
            if (
                known is None
                and key not in BLOCS
                and " " in name.removeprefix("the ")
                and state_name(key[:3])
                and looked < _MOST
            ):
                looked += 1
                if _tied(name, key[:3], store):
                    own.append(name)
            elif (known is not None and key[:3] in known) or key in BLOCS:
                own.append(name)
        found[key] = own
    return found


def _tied(name: str, code: str, store: Store) -> bool:
    """Whether a report has the party's name right before that of a person ("Chad's minister, Bichara Dahab"), and none another's."""
    documents = store.documents_of({hit.doc for hit in store.search(f'"{name}"', _LOOKED_AT)})
    beside = {whose for document in documents for whose in _beside(name, document.text)}
    return beside == {code}


def _beside(name: str, text: str) -> Collection[str]:
    found = set()
    for at in re.finditer(re.escape(name), text):
        before = re.split(r"[.!?\n]\s", text[max(0, at.start() - _NEAR) : at.start()])[-1]
        if named := list(_of_states().finditer(before)):
            found.add(_states()[named[-1].group()])
    return found


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    """The codes of those whose names the tables have."""
    found: dict[str, set[str]] = {}
    for table, kind in (("persons", "person"), ("armed_groups", "group"), ("armed_groups", "unrecognised"), ("organisations", "organisation")):  # fmt: skip
        for entry in lexicon.load(table)[kind]:
            for name in (entry["name"], *entry["names"]):
                found.setdefault(name, set()).add(entry["code"])
    for entry in lexicon.load("states")["state"]:
        for body in entry.get("institutions", ()):
            found.setdefault(body["name"], set()).add(entry["code"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _states() -> Mapping[str, str]:
    """Codes of states by their names and what is called after them."""
    return {word: code for code, name in states().items() for word in (name, *adjectives(code))}


@cache
def _of_states() -> re.Pattern[str]:
    words = sorted(map(re.escape, _states()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
