"""Outlets by their address: how they are called, and where they are at home (``lexicon/outlets.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from standoff import lexicon


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes under a domain."""

    name: str
    country: str | None
    """ISO 3166 alpha-3; None for what belongs to no one country."""


def known(domain: str | None) -> Outlet | None:
    """The outlet of a domain or of the domain it is under; None where the table has none.

    >>> known("edition.cnn.com").name
    'CNN'
    """
    table = _table()
    while domain:
        if domain in table:
            return table[domain]
        domain = domain.partition(".")[2]
    return None


def country(domain: str | None) -> str | None:
    """The country that a domain's ending is of; None where it is of none, or sold to everybody.

    >>> country("pajhwok.af")
    'AFG'
    """
    found = lexicon.load("outlets")["endings"].get(domain.rpartition(".")[2]) if domain else None
    return found if isinstance(found, str) else None


@cache
def _table() -> dict[str, Outlet]:
    return {
        domain: Outlet(entry["name"], entry.get("country"))
        for entry in lexicon.load("outlets")["outlet"]
        for domain in entry["domains"]
    }
