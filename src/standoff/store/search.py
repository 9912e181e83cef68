"""Full-text search in documents: FTS5 on SQLite, tsvector on PostgreSQL.

A query is words, and phrases in double quotes; a document is found when it has them all. No operator is read from it,
so whatever a user types is looked for and nothing else. Whole words are found; on SQLite accents or not, on PostgreSQL as they
are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, column, func, literal_column, or_, select, text

# Without it SQLAlchemy does not know the functions of full-text search.
from sqlalchemy.dialects import postgresql as _postgresql  # noqa: F401

from standoff.store.tables import EMPTY, document

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_INDEXED = 300_000
"""Characters of a text that PostgreSQL's index takes in; the migration says so too."""
_EDGES = re.compile(r"^\W+|\W+$")
_SNIPPET_WORDS = 24
_SNIPPET_CHARACTERS = 160

_FTS5 = text(
    "SELECT document.id AS id, snippet(document_fts, -1, '', '', '…', :words) AS snippet"
    " FROM document_fts JOIN document ON document.number = document_fts.rowid"
    " WHERE document_fts MATCH :query ORDER BY bm25(document_fts), document.id LIMIT :limit"
)
_INDEX = text("INSERT INTO document_fts (rowid, title, text) SELECT number, title, text FROM document WHERE id = :id")
_UNINDEX = text(
    "INSERT INTO document_fts (document_fts, rowid, title, text)"
    " SELECT 'delete', number, title, text FROM document WHERE id = :id"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found by a search, and the words around what was found, as plain text."""

    doc: str
    snippet: str


def terms(query: str) -> tuple[str, ...]:
    """The words and phrases of a query, without the marks around them; what has no letter and no figure is no word.

    >>> terms('"Line of Control" (shelling) -- 40%')
    ('Line of Control', 'shelling', '40')
    """
    found = (phrase or word for phrase, word in _TERM.findall(query.replace("\0", " ")))
    return tuple(_EDGES.sub("", term) for term in found if any(ch.isalnum() for ch in term))


def index(connection: Connection, doc: str) -> None:
    """Take a document's words into the index, in the transaction that wrote it."""
    if connection.dialect.name == "sqlite":
        connection.execute(_INDEX, {"id": doc})


def unindex(connection: Connection, doc: str) -> None:
    """Take a document's words out of the index, before the row is changed."""
    if connection.dialect.name == "sqlite":
        connection.execute(_UNINDEX, {"id": doc})


def reindex(connection: Connection) -> None:
    """Take the words of every document into the index anew."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO document_fts (document_fts) VALUES ('rebuild')"))


def find(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Documents that have every term of a query, best first (by id where the database has no ranking)."""
    wanted = terms(query)
    if not wanted:
        return []
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{term}"' for term in wanted)
        rows = connection.execute(_FTS5, {"query": match, "words": _SNIPPET_WORDS, "limit": limit})
        return [Hit(row.id, row.snippet) for row in rows]
    rank = func.ts_rank(_words(), _phrases(wanted)).desc()
    statement = select(document.c.id, document.c.text, document.c.title).where(_has(wanted))
    rows = connection.execute(statement.order_by(rank, document.c.id).limit(limit))
    return [Hit(row.id, _around(row.text, row.title or "", wanted)) for row in rows]


def _has(wanted: tuple[str, ...]) -> ColumnElement[bool]:
    """A document that has every term, on PostgreSQL: by the index or, past what it takes of a long text, by looking."""
    return or_(
        _words().op("@@")(_phrases(wanted)),
        and_(func.length(document.c.text) > _INDEXED, *(document.c.text.icontains(t, autoescape=True) for t in wanted)),
    )


def _words() -> ColumnElement[Any]:
    """What the index of PostgreSQL holds of a document, written as the migration writes it."""
    whole = func.coalesce(document.c.title, EMPTY) + literal_column("' '") + document.c.text
    return func.to_tsvector(literal_column("'simple'"), func.left(whole, literal_column(str(_INDEXED))))


def _phrases(wanted: tuple[str, ...]) -> ColumnElement[Any]:
    """The terms as a query of PostgreSQL, each a phrase of whole words."""
    phrases = [func.phraseto_tsquery(literal_column("'simple'"), term) for term in wanted]
    found: ColumnElement[Any] = phrases[0]
    for phrase in phrases[1:]:
        found = found.op("&&")(phrase)
    return found


def documents(connection: Connection, terms: tuple[str, ...]) -> Select[tuple[str]] | None:
    """Ids of the documents that have a word beginning with every term, as a query; None where no index can be asked."""
    if connection.dialect.name != "sqlite":
        return None
    match = text("SELECT rowid FROM document_fts WHERE document_fts MATCH :terms")
    rows = match.bindparams(terms=" ".join(f'"{term}"*' for term in terms)).columns(column("rowid"))
    return select(document.c.id).where(document.c.number.in_(select(rows.subquery().c.rowid)))


def _around(body: str, title: str, wanted: tuple[str, ...]) -> str:
    """The text about the first term that stands in it, else about its beginning; the title where only that has it."""
    for source in (body, title):
        for term in wanted:
            hit = re.search(re.escape(term), source, re.IGNORECASE)
            if hit is None:
                continue
            start = max(0, hit.start() - _SNIPPET_CHARACTERS // 2)
            end = min(len(source), start + _SNIPPET_CHARACTERS)
            return ("…" if start else "") + source[start:end] + ("…" if end < len(source) else "")
    return body[:_SNIPPET_CHARACTERS]
