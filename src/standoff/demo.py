"""The demo's reports: written for it, shipped in the package, told from eight sides."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import standoff
from standoff.errors import StoreError
from standoff.model import Document

STORE = "standoff-demo.db"


def documents() -> Iterator[Document]:
    """The sample reports, in the order of their list."""
    yield from listed(resources.files("standoff") / "samples")


def listed(folder: Traversable) -> Iterator[Document]:
    """The reports of a folder whose ``samples.toml`` says whose they are, and of which day."""
    for entry in tomllib.loads((folder / "samples.toml").read_text(encoding="utf-8"))["sample"]:
        with resources.as_file(folder / entry["file"]) as path:
            document = standoff.read(path, published=entry["published"], doc_id=entry["id"])
        yield replace(document, outlet=entry["outlet"], title=entry["title"], url=entry.get("url"))


def clear(where: str) -> None:
    """Remove the store that an earlier demo left. One that holds anything else is not touched.

    Raises:
        StoreError: there is a file that no demo made.
    """
    path = Path(where)
    if not path.exists():
        return
    with standoff.open_store(where) as store:
        held = {document.id for document in store.documents()}
        people = store.reviews.all() or store.reviews.renamings() or store.decisions() or store.people.all()
        kept = people or store.intake.feeds() or store.reviews.grades("outlet") or store.reviews.grades("document")
    if held - {document.id for document in documents()}:
        raise StoreError(where, "holds more than the demo's reports", "give another file with --store")
    if kept:
        raise StoreError(where, "holds what people did: reviews, links, names", "give another file with --store")
    for file in (path, *(path.with_name(path.name + mark) for mark in ("-wal", "-shm", "-journal", ".people"))):
        file.unlink(missing_ok=True)
