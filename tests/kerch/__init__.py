"""Six reports on the Kerch Strait, November 2018, written for the tests: what most of them read and show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from standoff import demo
from standoff.model import Document


def documents() -> Iterator[Document]:
    """The reports, in the order of their list."""
    yield from demo.listed(Path(__file__).parent)
