"""Parties: what each claims, what is claimed about it, what became of that; its names, and names given to others by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff import lexicon, review
from standoff.ingest.capture import now
from standoff.model import Renaming, shared_code
from standoff.store.browse import Wanted
from standoff.store.people import Role
from standoff.web.guard import Refused
from standoff.web.named import is_known, own_names
from standoff.web.view import Site, drawn_once, needs, page, site

router = APIRouter(include_in_schema=False)

NOBODY = "UNK"
"""The key of who is named and not known."""
EVERY = 1_000_000
"""More parties than there are."""
MOST = 100
"""Unknown names that are listed."""
_TABLES = (("states", "state"), ("armed_groups", "group"), ("organisations", "organisation"))


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that stands for no party that is known, and whom it may mean."""

    name: str
    times: int
    may_be: str


@router.get("/parties")
@drawn_once
def parties(request: Request) -> Response:
    held = site(request)
    known = {key: names for key, names in held.named.items() if key != NOBODY}
    shown = sorted(known.items(), key=lambda item: (-sum(n for _, n in item[1]), item[0]))
    everybody, words = held.everybody, held.words
    own = _own_names(held, known)
    listed = [(key, [name for name in own[key] if name not in words.party(key)]) for key, _ in shown]
    return page(
        request,
        "parties.html",
        parties=[one for one in listed if is_known(one[0], words.party(one[0]))],
        described=[one for one in listed if not is_known(one[0], words.party(one[0]))],
        counts=held.drawn.get("counts of parties", lambda: _counts(held)),
        strangers=held.drawn.get("strangers", lambda: _strangers(held, everybody)),
        everybody=everybody,
    )


def _counts(held: Site) -> dict[str, dict[str, int]]:
    """In how many claims each party speaks, acts and suffers: as many as the page of claims lists."""
    found = held.store.browse.facets(Wanted(), EVERY)
    return {field: dict(found[field]) for field in ("source", "actor", "recipient")}


def _strangers(held: Site, everybody: Sequence[str]) -> list[Stranger]:
    """Names that claims have of nobody known, those told most first; what the reports write small too is no name."""
    named = [(name, n) for name, n in held.named.get(NOBODY, ()) if _proper(name)]
    texts = " ".join(d.text for d in held.store.documents_of(_docs(held, [name for name, _ in named])))
    found = [
        Stranger(name, n, _meant(name, everybody))
        for name, n in named
        if not re.search(rf"\b{re.escape(name.lower())}\b", texts)
    ]
    return sorted(found, key=lambda one: (-one.times, one.name))[:MOST]


def _docs(held: Site, names: Sequence[str]) -> set[str]:
    """Reports in which a name could stand small, a few for each."""
    return {hit.doc for name in names[: 3 * MOST] for hit in held.store.search(f'"{name}"', 5)}


def _proper(name: str) -> bool:
    """Written as a name: every longer word with a capital, and no headline's shouting ("IMMEDIATE CEASEFIRE")."""
    long = [word for word in name.split() if len(word) > 3]
    shouted = name.isupper() and len(name) > 6
    return name[:1].isupper() and not shouted and all(word[0].isupper() or not word[0].isalpha() for word in long)


def _own_names(held: Site, known: Mapping[str, Sequence[tuple[str, int]]]) -> Mapping[str, Sequence[str]]:
    """Of each party the names that are its own, kept for the next start: they take long where there are many claims."""

    def draw() -> Mapping[str, Sequence[str]]:
        return own_names(known, held.store)

    kept = held.drawn.get_kept("own names of parties", draw)
    if isinstance(kept, dict) and kept.keys() >= known.keys():
        return kept
    # What is kept there is another's, or of another version.
    drawn: Mapping[str, Sequence[str]] = held.drawn.get("own names of parties drawn", draw)
    return drawn


def _meant(name: str, everybody: Sequence[str]) -> str:
    """The known name that holds this one ("Condoleezza Rice, United States" of "Rice"), or is written almost alike."""
    words = set(name.split())
    longer = [one for one in everybody if words < set(one.partition(",")[0].split())]
    alike = get_close_matches(name, [one for one in everybody if one != name], 1, 0.85)
    return next((one for one in (*longer, *alike) if one.partition(",")[0] != name), "")


@router.get("/parties/{key}")
@drawn_once
def party(request: Request, key: str) -> Response:
    held = site(request)
    names = held.named.get(key, [])
    code, own = shared_code(key)
    if own:
        names = [(name, n) for name, n in held.named.get(code, ()) if own in name]
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
        says=browse.claims(Wanted(source=(key,)), limit=8).rows,
        says_count=browse.count(Wanted(source=(key,))),
        does=browse.claims(Wanted(actor=(key,)), limit=8).rows,
        does_count=browse.count(Wanted(actor=(key,))),
        suffers=browse.claims(Wanted(recipient=(key,)), limit=8).rows,
        suffers_count=browse.count(Wanted(recipient=(key,))),
        renamings=renamings,
        everybody=held.everybody,
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
