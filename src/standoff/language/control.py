"""Who runs a place that its state does not run: "rebel-held Aleppo", "authorities in Idlib".

An office, police force, hospital or rescue service of such a place speaks for whoever holds it. What the text says
itself comes first; what writers take as known stands in ``lexicon/control.toml`` with its dates.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from spacy.tokens import Doc, Span

from standoff import lexicon
from standoff.language import syntax
from standoff.model import Party

_HELD = re.compile(
    r"\b(?:rebel|opposition|insurgent|separatist|militant|jihadist|guerrilla)s?[- ](?:held|controlled|run|ruled)\s+"
    r"(?:(?:city|town|village|province|district|region|enclave)\s+of\s+|(?:north|south|east|west)\w*\s+)?"
    r"(?P<place>[A-Z]\w+)"
)


def holder(doc: Doc, place: Span) -> Party | None:
    """Armed group of the place's country where one holds it, by the text or by the lexicon; null where its state does."""
    found = place._.place
    if found is None or not found.country:
        return None
    names = {place.text.lower(), found.name.lower()}
    rebels = Party(found.country, ("REB",), place.text)
    if any(match["place"].lower() in names for match in _HELD.finditer(syntax.text_of(doc))):
        return rebels
    published: date | None = doc._.published
    if published is None:
        return None
    for name in names:
        for country, since, until in _known().get(name, ()):
            if country == found.country and since <= published and (until is None or published <= until):
                return rebels
    return None


@cache
def _known() -> dict[str, tuple[tuple[str, date, date | None], ...]]:
    known: dict[str, tuple[tuple[str, date, date | None], ...]] = {}
    for entry in lexicon.load("control")["control"]:
        for name in entry["places"]:
            known[name.lower()] = (*known.get(name.lower(), ()), (entry["country"], entry["from"], entry.get("until")))
    return known
