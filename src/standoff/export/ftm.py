"""FollowTheMoney entities, a line each, for Aleph, OpenSanctions' tools and yente.

A report is an ``Article``, a party a ``PublicBody``, ``Organization`` or ``LegalEntity``, an incident an ``Event`` with the
parties involved and the articles as proof, and a claim a ``Note`` of that event: what is said, by whom, in which words. The
schema has no place for a disputed value: what the accounts part on stands in the event's ``summary`` and in its notes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from standoff.export.happenings import apart, days, party_name, quotation
from standoff.export.selection import Part, Selection, Told, write_lines
from standoff.model import BLOCS, Document, Party
from standoff.ontology import countries
from standoff.records import Record
from standoff.wording import Names, state_name


class FollowTheMoney:
    """Reports, parties, incidents, and claims as notes."""

    name = "ftm"
    chooses_columns = False
    says = "FollowTheMoney entities, for Aleph: articles, parties, events, and claims as notes on them"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("entities.ftm.json", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        return write_lines(_entities(chosen), out)


def _entities(chosen: Selection) -> Iterator[Record]:
    names = chosen.names()
    for document, _ in chosen.reports():
        yield _article(document, chosen.texts)
    seen: set[str] = set()
    for told in chosen.happenings():
        for claim in told.deeds:
            for mention in (*claim.actors, *claim.recipients):
                entity = _party(mention.party, names)
                if entity is not None and entity["id"] not in seen:
                    seen.add(entity["id"])
                    yield entity
        yield _event(told, names)
        for claim in told.claims.values():
            yield _entity(
                "Note",
                ("note", claim.id),
                description=[quotation(claim, told, names)],
                name=[f"{claim.event.lower()}, {claim.id}"],
                entity=[_id("event", told.dossier.incident.id)],
                proof=[_id("article", claim.doc)],
            )


def _article(document: Document, texts: bool) -> Record:
    return _entity(
        "Article",
        ("article", document.id),
        title=[document.title or document.id],
        author=[document.author] if document.author else [],
        publisher=[document.outlet or document.domain or ""],
        publishedAt=[document.published.isoformat()] if document.published else [],
        sourceUrl=[document.url] if document.url else [],
        language=["eng"] if document.language == "en" else [],
        bodyText=[document.text] if texts else [],
    )


def _event(told: Told, names: Names) -> Record:
    one = told.dossier
    start, end, known = days(told)
    losses = [
        f"{kind.value}: {figure.low}–{figure.high}, best {figure.best} (rule {figure.policy})"
        for kind, figure in one.figures
    ]
    parts = [f"Accounts part on {apart(told, names)}."] if one.disputes else []
    involved = [_party(m.party, names) for c in told.deeds for m in (*c.actors, *c.recipients)]
    where = [c.where for c in told.deeds if c.where and c.where.country]
    return _entity(
        "Event",
        ("event", one.incident.id),
        name=[f"{one.event.lower()}{f', {one.place}' if one.place else ''}"],
        summary=[*losses, *parts],
        startDate=[start.isoformat()] if start and known else [],
        endDate=[end.isoformat()] if end and known else [],
        location=[one.place] if one.place else [],
        country=sorted({_alpha2(w.country) for w in where if w.country} - {""}),
        involved=list(dict.fromkeys(entity["id"] for entity in involved if entity)),
        proof=[_id("article", doc) for doc in one.docs],
    )


def _party(party: Party, names: Names) -> Record | None:
    if party.code == "UNK" and not party.name:
        return None
    state = party.code not in BLOCS and state_name(party.code)
    official = state and party.official
    schema = "PublicBody" if official else "Organization" if {"REB", "PRE"} & set(party.sectors) else "LegalEntity"
    name = party_name(party, names)
    return _entity(
        schema,
        ("party", party.code, *party.sectors, name),
        name=[name],
        country=[_alpha2(party.code)] if state else [],
    )


def _alpha2(code: str) -> str:
    country = countries().get(code)
    return country.alpha2.lower() if country else ""


def _entity(schema: str, key: tuple[str, ...], **properties: list[str]) -> Record:
    held = {name: values for name, values in properties.items() if any(values)}
    return {"id": _id(*key), "schema": schema, "properties": held}


def _id(*key: str) -> str:
    """An id as FollowTheMoney makes them: a hash, the same for the same thing."""
    return hashlib.sha1("\0".join(key).encode(), usedforsecurity=False).hexdigest()
