"""Shared fixtures: the real pipeline, loaded once, and a way from a sentence to its claims."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from standoff import claims as claim_stage
from standoff.language import pipeline
from standoff.model import Claim, Document, Statement


def document(text: str, doc_id: str = "test", published: date | None = None, outlet: str | None = None) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(doc_id, text, digest, outlet=outlet, published=published)


@pytest.fixture(scope="session")
def code() -> Callable[..., tuple[Claim, ...]]:
    """Claims of a text."""

    def run(text: str, published: date | None = None, doc_id: str = "test") -> tuple[Claim, ...]:
        doc = document(text, doc_id, published)
        return claim_stage.from_doc(pipeline.annotate(doc), doc)

    return run


@pytest.fixture(scope="session")
def attribute() -> Callable[[str], tuple[Statement, ...]]:
    """Statements of a text."""

    def run(text: str) -> tuple[Statement, ...]:
        found: tuple[Statement, ...] = tuple(pipeline.annotate(document(text))._.statements)
        return found

    return run
