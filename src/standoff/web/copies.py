"""What an outlet changed: two reports of one origin side by side, with the words that only one of them has."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.reconcile import differing
from standoff.reconcile.voices import containment, shingles
from standoff.web.guard import Refused
from standoff.web.view import page, site

router = APIRouter(include_in_schema=False)

PASSAGE = 5
"""Words in a row that one report alone has: so many are something that the other left out or put in, not a turn of phrase."""
Piece = tuple[str, str]
"""A run of a text, and what it is."""
LONGEST = 60_000
"""Characters of a report that are compared."""


@router.get("/copies")
def copies(request: Request) -> Response:
    held, query = site(request), request.query_params
    pair = [held.store.document(query.get(name, "")) for name in ("a", "b")]
    first, second = pair
    if first is None or second is None:
        raise Refused(404, "One of these reports", "not in the store", "the page Reports lists what is")
    with held.drawn.turn():
        marked = compared(first.text[:LONGEST], second.text[:LONGEST])
        share = round(100 * containment(shingles(first.text), shingles(second.text)))
    ours, theirs = marked or ([(first.text, "")], [(second.text, "")])
    return page(
        request, "copies.html", sides=((first, ours), (second, theirs)), share=share, compared=marked is not None
    )


def compared(first: str, second: str) -> tuple[list[Piece], list[Piece]] | None:
    """Two texts in pieces, with what each is: nothing, ``some`` words that one alone has, or a ``whole`` passage of it. None where
    that would take too long to find.

    >>> compared("Shells hit Homs.", "Shells  hit Hama.")
    ([('Shells hit', ''), (' Homs.', 'some')], [('Shells  hit', ''), (' Hama.', 'some')])
    """
    left, right = _words(first), _words(second)
    ours: list[Piece] = []
    theirs: list[Piece] = []
    # Space between words is no difference.
    found = differing.opcodes([word.strip() for word in left], [word.strip() for word in right])
    for what, a, b, c, d in found or ():
        if b > a:
            ours.append(("".join(left[a:b]), "" if what == "equal" else _kind(left[a:b])))
        if d > c:
            theirs.append(("".join(right[c:d]), "" if what == "equal" else _kind(right[c:d])))
    return None if found is None else (ours, theirs)


def _kind(words: list[str]) -> str:
    return "whole" if len(words) >= PASSAGE else "some"


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+", text)
