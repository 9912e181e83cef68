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
    ours, theirs = marked or ([(first.text, False)], [(second.text, False)])
    return page(
        request, "copies.html", sides=((first, ours), (second, theirs)), share=share, compared=marked is not None
    )


def compared(first: str, second: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]] | None:
    """Two texts in pieces, with whether it is in one alone; None where that would take too long to find.

    >>> compared("Shells hit Homs.", "Shells hit Hama.")
    ([('Shells hit', False), (' Homs.', True)], [('Shells hit', False), (' Hama.', True)])
    """
    left, right = _words(first), _words(second)
    ours: list[tuple[str, bool]] = []
    theirs: list[tuple[str, bool]] = []
    found = differing.opcodes(left, right)
    for what, a, b, c, d in found or ():
        if b > a:
            ours.append(("".join(left[a:b]), what != "equal"))
        if d > c:
            theirs.append(("".join(right[c:d]), what != "equal"))
    return None if found is None else (ours, theirs)


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+$", text)
