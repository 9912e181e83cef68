"""The spaCy extension attributes that the components write and read, registered once."""

from __future__ import annotations

from spacy.tokens import Doc, Span


def register() -> None:
    """Register every extension attribute. Safe to call again."""
    for name in ("published", "statements", "frames", "parties_by_token", "quotes", "resolver"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in ("parties", "place", "when", "quantity"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)


register()
