"""Where a report's outlet is at home: "the ministry", "the police" of a report are those of its own country where nothing else is said."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from standoff import lexicon
from standoff.ingest.vocabulary import english
from standoff.language import gazetteer, parties, places, syntax
from standoff.model import Document
from standoff.spelling import fold

_HEAD = 1_000
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z'’. -]{2,30})(?:,(?P<land> [A-Z][a-z]+(?: [A-Z][a-z]+)?))?(?:,[^\n():]{2,30})?\s*(?:\([^()\n]{2,40}\))?\s*(?:--|[–—:-])\s",
    re.MULTILINE,
)

_GREAT = 500_000
"""Inhabitants of a town by which an outlet is known to be at home, if it is no capital."""
_MOST_NAMED = 2
"""The outlet's country is spoken of where it is among so many states that a text names most: else it only looks on."""


def of(document: Document) -> str:
    """The country of a report's outlet, ISO 3166 alpha-3; empty where it is not known.

    By what is known of the outlet, else by a state, a people or a great town in its name ("Asmara Daily"), else where it was written.
    """
    return of_outlet(document) or _written(document.text[:_HEAD])


def of_outlet(document: Document) -> str:
    """The country that is known to be the outlet's."""
    return document.country or _named(document.outlet or "")


def _written(head: str) -> str:
    """The country where a report was written, by its dateline: who is in Khartoum calls Sudan's army "the army"."""
    for found in _DATELINE.finditer(head):
        for name in (found["place"], found["land"] or ""):
            if code := _country(name.strip().title().replace("’", "'")):
                return code
    return ""


@lru_cache(maxsize=256)
def _datelined(head: str) -> frozenset[str]:
    """The countries where a report can have been written: its dateline may name a small town."""
    if land := _written(head):
        return frozenset({land})
    names = (found["place"].strip().title() for found in _DATELINE.finditer(head))
    return frozenset(town.country for name in names for town in gazetteer.towns(name))


@lru_cache(maxsize=4_096)
def _named(outlet: str) -> str:
    words = [word.strip(".,:;'’\"()") for word in outlet.split()[:8]]
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            name = " ".join(words[at : at + size])
            if name[:1].isupper() and (code := _country(name)):
                return code
    return ""


def _country(name: str) -> str:
    key = fold(name)
    if (state := places.states().get(key)) is not None:
        return state[0]
    if code := places.adjectives().get(name.lower()) or places.capitals().get(key):
        return code
    if (code := _begun().get(name.lower())) is not None and name.lower() not in english():
        return code
    towns = gazetteer.towns(name)
    if towns and towns[0].population >= _GREAT and fold(towns[0].name).startswith(key) and len(key) > 4:
        return towns[0].country
    return ""


@cache
def _begun() -> dict[str, str]:
    """How capitals of several words begin: "Addis", "Port"."""
    found: dict[str, str] = {}
    for entry in lexicon.load("states")["state"]:
        for capital in entry.get("capitals", ()):
            first, *rest = capital.split()
            if rest and len(first) > 3:
                found[first.lower()] = entry["code"]
    return found


def speaks_of(doc: Doc, named: Counter[str]) -> str:
    """The outlet's country where the text is about it, by how often it names states; that of a body of a state always.

    A paper's correspondent abroad calls the army of where he writes "the army". Where a report was written has to be named beside
    the dateline, else it says less than whose paper it is.
    """
    land: str = doc._.home or ""
    if doc._.home_body:
        return land
    most = [code for code, _ in named.most_common(_MOST_NAMED)]
    written = _datelined(syntax.text_of(doc)[:_HEAD]) & set(most) & _beside_dateline(doc)
    if len(written) == 1:
        return min(written)
    return land if land in most and doc._.home_known else ""


def _beside_dateline(doc: Doc) -> frozenset[str]:
    """The states that a text names anywhere but in its dateline, found once a document."""
    # A list, since it goes along where the Doc is written to bytes.
    kept: list[str] | None = doc.user_data.get("standoff_beside_dateline")
    if kept is None:
        lines = [found.span() for found in _DATELINE.finditer(syntax.text_of(doc)[:_HEAD])]
        beside = (s for s in doc.spans.get(parties.KEY, []) if not any(a <= s.start_char < b for a, b in lines))
        kept = doc.user_data["standoff_beside_dateline"] = sorted({parties.party_of_name(s).code for s in beside})
    return frozenset(kept)


def bare(head: Token) -> bool:
    """Whether a body or an office is told without whose it is: "the ministry", "police"."""
    sent = head.sent
    near = range(max(sent.start, head.left_edge.i), min(sent.end, head.right_edge.i + 1))
    return not any(parties.name_at(head.doc[at]) is not None for at in near)
