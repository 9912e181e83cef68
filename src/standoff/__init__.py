"""standoff reads reports on crises and armed conflicts and keeps the account with its source.

>>> import standoff
>>> document = standoff.read("report.txt", published="2025-05-08")      # doctest: +SKIP
>>> claims = standoff.extract(document)                                    # doctest: +SKIP
>>> standoff.reconcile(claims, [document]).disputes                        # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

# The stage and the function share a name: loading the stage first lets the function keep it.
import standoff.reconcile as _stage

if TYPE_CHECKING:
    from standoff.model import Claim, Document, HandLink, Reconciliation, Statement
    from standoff.store import Store

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "open_store", "read", "reconcile", "statements"]


def read(
    source: str | Path,
    *,
    published: date | str | None = None,
    doc_id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Document:
    """Read one report from a file, or from standard input where ``source`` is ``-``.

    ``url`` is the address it was found at: reports of one address with other words are versions of one page.

    Raises:
        InputError: the input is not an English text that can be read; the message names the mend.
        SettingsError: ``published`` is not a date.
    """
    from standoff.ingest import text

    return text.read(source, published=published, doc_id=doc_id, url=url, outlet=outlet)


def extract(document: Document, *, model: str | None = None) -> tuple[Claim, ...]:
    """Claims of one document, in the order of the text.

    Raises:
        ModelError: the spaCy pipeline named by ``model`` is not installed or unfit.
    """
    from standoff import claims
    from standoff.language import pipeline

    return claims.from_doc(pipeline.annotate(document, model or pipeline.DEFAULT_MODEL), document)


def statements(document: Document, *, model: str | None = None) -> tuple[Statement, ...]:
    """Attributions of one document: who is said to say what, by which cue."""
    from standoff.language import pipeline

    return tuple(pipeline.annotate(document, model or pipeline.DEFAULT_MODEL)._.statements)


def reconcile(
    claims: Iterable[Claim], documents: Iterable[Document] = (), hand: Iterable[HandLink] = ()
) -> Reconciliation:
    """Link claims about the same happening and show where accounts part. The claims stay as they are.

    ``hand`` is what people decided about pairs of claims; it stands above what the rules find.
    """
    return _stage.reconcile(tuple(claims), tuple(documents), tuple(hand))


def open_store(where: str | Path) -> Store:
    """Open or make a store: a SQLite file, or a database by its SQLAlchemy URL.

    Raises:
        StoreError: it cannot be opened, is no store, or is of a newer version.
    """
    from standoff.store import open_store as run

    return run(where)
