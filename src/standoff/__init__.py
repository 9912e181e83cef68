"""standoff reads reports on crises and armed conflicts and keeps the account with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

# The stage and the function share a name: loading the stage first lets the function keep it.
import standoff.reconcile as _stage
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.model import Claim, Decision, Document, HandLink, Reconciliation, Statement
    from standoff.store import Store

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "open_store", "read", "read_all", "reconcile", "statements"]


def read(
    source: str | Path,
    *,
    published: date | str | None = None,
    doc_id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Document:
    """Read one report: a file (text, Markdown, HTML, PDF, e-mail), an address, or standard input where it is ``-``.

    ``url`` is the address it was found at: reports of one address with other words are versions of one page. A report
    in another language is read too; its ``language`` says which.

    Raises:
        InputError: the input cannot be read, or holds several reports (:func:`read_all` takes those).
        SettingsError: ``published`` is not a date.
    """
    found = []
    for one in read_all(source, published=published, doc_id=doc_id, url=url, outlet=outlet):
        if isinstance(one, InputError):
            raise one
        found.append(one)
        if len(found) > 1:
            raise InputError(str(source), "holds several reports", "read them with standoff.read_all")
    if not found:
        raise InputError(str(source), "no report in it", "give a file with the text of a report")
    return found[0]


def read_all(
    source: str | Path,
    *,
    published: date | str | None = None,
    doc_id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document | InputError]:
    """Every report of a source, be it a folder, a feed, a table or an archive; what of it cannot be read is an error
    in its place.

    ``columns`` names the columns of a table that are called otherwise: ``{"text": "Body"}``.

    Raises:
        SettingsError: ``published`` is not a date, ``doc_id`` cannot be an id, or a setting cannot be used.
    """
    from standoff.ingest.capture import Failed, Options, Said
    from standoff.ingest.dates import parse_date
    from standoff.ingest.freeze import check_id
    from standoff.ingest.sources import from_settings
    from standoff.settings import load

    said = Said(
        id=None if doc_id is None else check_id(doc_id), outlet=outlet, url=url, published=parse_date(published)
    )
    for one in from_settings(load(), Options(columns=dict(columns or {}))).read(str(source), said):
        if not isinstance(one, Failed):
            yield one
        elif isinstance(one.error, InputError):
            yield one.error
        else:
            raise one.error


def extract(document: Document, *, model: str | None = None, reader: str | None = None) -> tuple[Claim, ...]:
    """Claims of one document, in the order of the text.

    ``reader`` names a language model of ``standoff.toml``, or ``both``; without it nothing leaves this machine.

    Raises:
        InputError: it is in another language than English, which only a language model reads.
        ModelError: the spaCy pipeline named by ``model`` is not installed or unfit.
        ReaderFault: the language model cannot be asked.
    """
    from standoff import claims
    from standoff.language import pipeline

    if reader not in (None, "standoff"):
        from standoff.readers.choice import choose
        from standoff.settings import load

        return choose(load(model=model, reader=reader)).read(document).claims

    _check_language(document)
    return claims.from_doc(pipeline.annotate(document, model or pipeline.DEFAULT_MODEL), document)


def statements(document: Document, *, model: str | None = None) -> tuple[Statement, ...]:
    """Attributions of one document: who is said to say what, by which cue."""
    from standoff.language import pipeline

    _check_language(document)
    return pipeline.statements(pipeline.annotate(document, model or pipeline.DEFAULT_MODEL))


def reconcile(
    claims: Iterable[Claim],
    documents: Iterable[Document] = (),
    hand: Iterable[HandLink] = (),
    decided: Iterable[Decision] = (),
) -> Reconciliation:
    """Link claims about the same happening, ask what they ask, and show where accounts part. The claims stay as they are.

    ``hand`` is what people decided about pairs of claims, ``decided`` about incidents and disputes; both stand above
    what the rules find.
    """
    return _stage.reconcile(tuple(claims), tuple(documents), tuple(hand), tuple(decided))


def open_store(where: str | Path) -> Store:
    """Open or make a store: a SQLite file, or a database by its SQLAlchemy URL.

    Raises:
        StoreError: it cannot be opened, is no store, or is of a newer version.
    """
    from standoff.store import open_store as run

    return run(where)


def _check_language(document: Document) -> None:
    if document.language != "en":
        from standoff.ingest import english

        name = document.provenance.name if document.provenance else document.id
        why = f"written in {english.named(document.language)}, not English"
        raise InputError(name, why, "give an English report; standoff add keeps it uncoded")
