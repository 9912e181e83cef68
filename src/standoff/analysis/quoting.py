"""The words of a report as a page quotes them: whole sentences where they have room, and nothing that breaks off in a clause."""

from __future__ import annotations

import re

from standoff.model import Claim, Document, Span
from standoff.wording import clip

ROOM = 200
"""Characters of a quotation."""
_END = re.compile(r"[.!?][\"”’']?\s+(?=[\"“‘'A-Z0-9])|\n")
_OPEN = re.compile(
    r"(?:\b(?:a|an|and|as|at|both|but|by|for|from|in|into|near|of|on|or|than|that|the|to|when|where|which|while|who|with)|[,;:–—-])$",
    re.IGNORECASE,
)
"""How a clause ends that was cut off."""
_DANGLING = re.compile(r"(?:which|who|whom|whose|and|or|but|both|than)\b|[a-z]+, [a-z]+ (?:and|or)\b")
"""How one begins that hangs on words that are not there."""


def sentence_around(text: str, span: Span) -> str:
    """The sentence, or the sentences, that a span stands in.

    >>> sentence_around("It rained. Four died, he said. It was a bluff.", Span(11, 20))
    'Four died, he said.'
    >>> sentence_around("Four died, he said. It was a bluff.", Span(20, 22))
    'It was a bluff.'
    """
    before = [found.end() for found in _END.finditer(text) if found.end() <= span.start]
    after = _END.search(text, max(span.end - 1, 0))
    return text[before[-1] if before else 0 : after.end() if after else len(text)].strip()


def sentence_of(claim: Claim, document: Document | None) -> str:
    """The sentence of a claim; the claim's own words where its report is not at hand."""
    return " ".join((sentence_around(document.text, claim.span) if document else claim.text).split())


def quotation(claim: Claim, document: Document | None, room: int = ROOM) -> str:
    """The words of a claim between quotation marks: its sentence where that has room, else its clause, else what has."""
    whole = sentence_of(claim, document)
    own = " ".join(claim.text.split()).removeprefix("that ")
    fits = next((words for words in (whole, own) if len(words) <= room and not is_cut(words)), "")
    inside = (fits or clip(whole, room)).replace("“", "‘").replace("”", "’").strip('"').rstrip(",;:")
    if inside.count('"') % 2:  # the other mark of a pair stands outside
        inside = inside.replace('"', "")
    return f"“{inside}”"


def is_cut(words: str) -> bool:
    """Whether words break off within a clause, or hang on others: "Russia dropped cluster bombs on", "which Sudan denies".

    >>> is_cut("Russia dropped cluster bombs on"), is_cut("which Sudan denies"), is_cut("jets bombed the depot …")
    (True, True, True)
    >>> is_cut("Chad begged for it"), is_cut("no, an internal affair"), is_cut("to stop it from taking off")
    (False, False, False)
    """
    words = words.strip()
    return words.endswith("…") or bool(_OPEN.search(words)) or bool(_DANGLING.match(words))
