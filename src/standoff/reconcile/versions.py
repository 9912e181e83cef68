"""Versions of one page: reports with the same address and other words, and what changed from one to the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.model import Document, Span
from standoff.reconcile import differing

# A sentence or a line: near enough to show what was rewritten, and the same whatever model reads the text.
_PIECE = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?=\s)|(?=\n)|$)")


_ADDRESS = re.compile(
    r"(?:[a-z]+:)?//(?:[^/@?#]*@)?(?:www\.)?(?P<host>[^/?#:]+)(?::\d+)?(?P<path>[^?#]*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that one version has and the next has not, or has in other words; null where it is in one alone."""

    before: Span | None
    after: Span | None


def page(url: str | None) -> str | None:
    """What two addresses of one page have in common: host and path, without scheme, ``www.``, query and fragment.

    >>> page("https://www.example.org/news/1?utm_source=x#top") == page("http://example.org/news/1/")
    True
    """
    if not url:
        return None
    found = _ADDRESS.match(url.strip())
    return f"{found['host'].lower()}{found['path'].rstrip('/')}" if found else None


def versions(documents: Sequence[Document]) -> tuple[tuple[Document, ...], ...]:
    """Pages with several versions, each in the order of capture, then of publication."""
    pages: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        key = page(document.url)
        if key is not None:
            pages[key].append(document)
    return tuple(
        tuple(sorted(held, key=_order)) for _, held in sorted(pages.items()) if len({d.sha256 for d in held}) > 1
    )


def _order(document: Document) -> tuple[str, str, str]:
    captured = document.captured.isoformat() if document.captured else ""
    return captured, document.published.isoformat() if document.published else "", document.id


def changes(before: Document, after: Document) -> tuple[Change, ...]:
    """What changed, passage by passage, in the order of the texts. Moved white space is no change."""
    old, new = _pieces(before.text), _pieces(after.text)
    compared = differing.opcodes(_words(before.text, old), _words(after.text, new))
    if compared is None:  # too unlike to be told apart piece by piece
        return (Change(_span(old), _span(new)),)
    found = []
    for kind, i, j, k, m in compared:
        if kind != "equal":
            found.append(Change(_span(old[i:j]), _span(new[k:m])))
    return tuple(found)


def _pieces(text: str) -> list[Span]:
    return [Span(m.end() - len(m[0].lstrip()), m.end()) for m in _PIECE.finditer(text) if m[0].strip()]


def _words(text: str, pieces: Sequence[Span]) -> list[str]:
    return [" ".join(piece.of(text).split()) for piece in pieces]


def _span(pieces: Sequence[Span]) -> Span | None:
    return Span(pieces[0].start, pieces[-1].end) if pieces else None
