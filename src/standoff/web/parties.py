"""Parties: what each claims, what is claimed about it, what became of that; its names, and names given to others by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff import byname, lexicon, review
from standoff.ingest.capture import now
from standoff.model import Renaming
from standoff.reconcile import dossier
from standoff.reconcile.dossier import Record
from standoff.store.browse import Wanted
from standoff.store.people import Role
from standoff.web.guard import Refused
from standoff.web.view import Site, needs, page, site

router = APIRouter(include_in_schema=False)

_TABLES = (("states", "state"), ("armed_groups", "group"), ("organisations", "organisation"))


@router.get("/parties")
def parties(request: Request) -> Response:
    held = site(request)
    names = held.named
    shown = sorted(names.items(), key=lambda item: (-sum(n for _, n in item[1]), item[0]))
    return page(request, "parties.html", parties=shown, records=_records(held))


@router.get("/parties/{key}")
def party(request: Request, key: str) -> Response:
    held = site(request)
    names = held.named.get(key, [])
    renamings = [one for one in held.store.reviews.renamings() if key in (one.code, one.party.key)]
    if not names and not renamings:
        raise Refused(404, f"party {key[:60]}", "in no claim of the store", "/parties lists those that are")
    browse = held.store.browse
    return page(
        request,
        "party.html",
        key=key,
        names=names,
        entries=entries(key, [name for name, _ in names]),
        record=_records(held).get(key),
        says=browse.claims(Wanted(source=(key,)), limit=8).rows,
        says_count=browse.count(Wanted(source=(key,))),
        does=browse.claims(Wanted(actor=(key,)), limit=8).rows,
        does_count=browse.count(Wanted(actor=(key,))),
        suffers=browse.claims(Wanted(recipient=(key,)), limit=8).rows,
        suffers_count=browse.count(Wanted(recipient=(key,))),
        renamings=renamings,
        everybody=held.drawn.get("everybody", lambda: byname.everybody(held.named)),
    )


@router.post("/parties/{key}/names")
def rename(
    request: Request,
    key: str,
    name: Annotated[str, Form()],
    to: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    who = needs(request, Role.REVIEWER)
    code = key.partition("-")[0]
    site(request).store.reviews.rename(Renaming(name, code, review.party_of(to), who.name, now(), reason.strip()[:500]))
    return RedirectResponse(f"/parties/{review.party_of(to).key}", 303)


@router.post("/parties/names/{number}/undo")
def restore(request: Request, number: int) -> Response:
    who = needs(request, Role.REVIEWER)
    undone = site(request).store.reviews.restore(number, who.name, now())
    return RedirectResponse(f"/parties/{undone.code}", 303)


def entries(key: str, names: list[str]) -> list[tuple[str, list[str]]]:
    """What the lexicon has of a party: each entry's name and the other names it goes by."""
    found = []
    for table, kind in _TABLES:
        for entry in lexicon.load(table)[kind]:
            if entry["name"] in names or (table == "states" and entry["code"] == key):
                others = [name for name in entry.get("names", ()) if name != entry["name"]]
                found.append((entry["name"], [*others, *entry.get("adjectives", ())]))
    return found


def _records(held: Site) -> dict[str, Record]:
    def draw() -> list[dict[str, Any]]:
        claims = {claim.id: claim for claim in held.store.claims(reviewed=True)}
        dossiers = dossier.draw(held.store.reconciliation(), claims, held.store.documents())
        return [asdict(one) for one in dossier.records(dossiers)]

    try:
        return {fields["party"]: Record(**fields) for fields in held.drawn.get_kept("records", draw)}
    except (TypeError, KeyError):  # what was kept there is another's, or of another version
        return {fields["party"]: Record(**fields) for fields in held.drawn.get("records drawn", draw)}
