"""Full-text search in documents: FTS5 on SQLite, ILIKE elsewhere.

A query is words, and phrases in double quotes; a document is found when it has them all. No operator is read from it,
so whatever a user types is looked for and nothing else. FTS5 finds whole words, accents or not; ILIKE finds the letters
as typed, inside longer words too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Select, column, or_, select, text

from standoff.store.tables import document

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
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


def find(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Documents that have every term of a query, best first (by id where the database has no ranking)."""
    wanted = terms(query)
    if not wanted:
        return []
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{term}"' for term in wanted)
        rows = connection.execute(_FTS5, {"query": match, "words": _SNIPPET_WORDS, "limit": limit})
        return [Hit(row.id, row.snippet) for row in rows]
    statement = select(document.c.id, document.c.text, document.c.title).order_by(document.c.id).limit(limit)
    for term in wanted:
        pattern = "%" + re.sub(r"([%_\\])", r"\\\1", term) + "%"
        statement = statement.where(or_(document.c.text.ilike(pattern, "\\"), document.c.title.ilike(pattern, "\\")))
    return [Hit(row.id, _around(row.text, row.title or "", wanted)) for row in connection.execute(statement)]


def documents(connection: Connection, terms: tuple[str, ...]) -> Select[tuple[str]] | None:
    """Ids of the documents that have every term, as a query; None where the database has no index to ask."""
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
