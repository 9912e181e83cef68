"""What an outlet changed: two reports of one origin side by side, with the words that only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.reconcile.voices import containment, shingles
from standoff.web.guard import Refused
from standoff.web.view import page, site

router = APIRouter(include_in_schema=False)

LONGEST = 60_000
"""Characters of a report that are compared."""
MOST_ALIKE = 150_000
"""Pairs of the same word up to which they are: a few words over and over would take minutes."""


@router.get("/copies")
def copies(request: Request) -> Response:
    held, query = site(request), request.query_params
    pair = [held.store.document(query.get(name, "")) for name in ("a", "b")]
    first, second = pair
    if first is None or second is None:
        raise Refused(404, "One of these reports", "not in the store", "the page Reports lists what is")
    left, right = _words(first.text[:LONGEST]), _words(second.text[:LONGEST])
    alike = _alike(left, right)
    matched = SequenceMatcher(None, left, right, autojunk=False).get_opcodes() if alike <= MOST_ALIKE else []
    ours: list[tuple[str, bool]] = []
    theirs: list[tuple[str, bool]] = []
    for what, a, b, c, d in matched:
        if b > a:
            ours.append(("".join(left[a:b]), what != "equal"))
        if d > c:
            theirs.append(("".join(right[c:d]), what != "equal"))
    return page(
        request,
        "copies.html",
        sides=((first, ours or [(first.text, False)]), (second, theirs or [(second.text, False)])),
        share=round(100 * containment(shingles(first.text), shingles(second.text))),
    )


def _alike(left: list[str], right: list[str]) -> int:
    """How many pairs of words are the same, which is what comparing takes its time for."""
    there = Counter(right)
    return sum(there[word] for word in left)


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+$", text)
