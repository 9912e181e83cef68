"""Full-text search in reports and in the words of claims: FTS5 on SQLite, tsvector on PostgreSQL.

A query is words, and phrases in double quotes; what is found has them all. No operator is read from it, so whatever a
user types is looked for and nothing else. Words are found in all their forms ("mediate" finds mediated and mediation,
and never immediate); on SQLite accents or not, on PostgreSQL as they are written.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, column, func, literal_column, or_, select, text

# Without it SQLAlchemy does not know the functions of full-text search.
from sqlalchemy.dialects import postgresql as _postgresql  # noqa: F401

from standoff.store.tables import EMPTY, claim, document

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_INDEXED = 250_000
"""Bytes of a text that PostgreSQL's index takes in; the migration says so too. Of a text it holds a million at most, and
one of compounds alone ("ab-cd"), of which it keeps the whole and the parts, comes to four times its length."""
_ENGLISH: ColumnElement[Any] = literal_column("'english'")
_STEMS = "porter unicode61 remove_diacritics 2"
"""The tokenizer of SQLite's indexes; the migration says so too."""
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
_NUMBER = text("INSERT INTO claim_fts_number (claim) SELECT id FROM claim WHERE doc = :doc ORDER BY ordinal")
_OF_DOC = "number, event_text FROM claim_fts_number JOIN claim ON claim.id = claim_fts_number.claim"
_INDEX_CLAIMS = text(f"INSERT INTO claim_fts (rowid, words) SELECT {_OF_DOC} WHERE claim.doc = :doc")
_UNINDEX_CLAIMS = text(
    f"INSERT INTO claim_fts (claim_fts, rowid, words) SELECT 'delete', {_OF_DOC} WHERE claim.doc = :doc"
)
_UNNUMBER = text("DELETE FROM claim_fts_number WHERE claim IN (SELECT id FROM claim WHERE doc = :doc)")
_REBUILD = (
    "INSERT INTO document_fts (document_fts) VALUES ('rebuild')",
    "INSERT INTO claim_fts (claim_fts) VALUES ('delete-all')",
    "DELETE FROM claim_fts_number",
    "INSERT INTO claim_fts_number (claim) SELECT id FROM claim ORDER BY doc, ordinal",
    f"INSERT INTO claim_fts (rowid, words) SELECT {_OF_DOC}",
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


def index_claims(connection: Connection, doc: str) -> None:
    """Take the words of a document's claims into the index, in the transaction that wrote them."""
    if connection.dialect.name == "sqlite":
        connection.execute(_NUMBER, {"doc": doc})
        connection.execute(_INDEX_CLAIMS, {"doc": doc})


def unindex_claims(connection: Connection, doc: str) -> None:
    """Take the words of a document's claims out of the index, before they are deleted."""
    if connection.dialect.name == "sqlite":
        connection.execute(_UNINDEX_CLAIMS, {"doc": doc})
        connection.execute(_UNNUMBER, {"doc": doc})


def reindex(connection: Connection) -> None:
    """Take the words of every document and claim into the index anew."""
    if connection.dialect.name == "sqlite":
        for step in _REBUILD:
            connection.execute(text(step))


def find(connection: Connection, query: str, limit: int) -> list[Hit]:
    """Documents that have every term of a query, best first (by id where the database has no ranking)."""
    wanted = terms(query)
    if not wanted:
        return []
    if connection.dialect.name == "sqlite":
        rows = connection.execute(_FTS5, {"query": _match(wanted), "words": _SNIPPET_WORDS, "limit": limit})
        return [Hit(row.id, row.snippet) for row in rows]
    rank = func.ts_rank(_words(), _phrases(wanted)).desc()
    statement = select(document.c.id, document.c.text, document.c.title).where(_has(wanted))
    rows = connection.execute(statement.order_by(rank, document.c.id).limit(limit))
    return [Hit(row.id, _around(row.text, row.title or "", wanted)) for row in rows]


def _has(wanted: tuple[str, ...]) -> ColumnElement[bool]:
    """A document that has every term, on PostgreSQL: by the index or, past what it takes of a long text, by looking."""
    return or_(
        _words().op("@@")(_phrases(wanted)),
        and_(
            func.octet_length(document.c.text) + func.octet_length(func.coalesce(document.c.title, EMPTY)) >= _INDEXED,
            *(document.c.text.regexp_match(rf"\m{re.escape(term)}", flags="i") for term in wanted),
        ),
    )


def _words() -> ColumnElement[Any]:
    """What the index of PostgreSQL holds of a document, written as the migration writes it."""
    return _vector(func.coalesce(document.c.title, EMPTY) + literal_column("' '") + document.c.text)


def _vector(whole: ColumnElement[Any]) -> ColumnElement[Any]:
    """The words of a text, as far as an index takes them: so many characters as are no more bytes than that."""
    one, two, four = (literal_column(str(_INDEXED // width), Integer) for width in (1, 2, 4))
    taken = case(*((func.octet_length(func.left(whole, n)) <= one, n) for n in (one, two)), else_=four)
    return func.to_tsvector(_ENGLISH, func.left(whole, taken))


def _phrases(wanted: tuple[str, ...]) -> ColumnElement[Any]:
    """The terms as a query of PostgreSQL, each a phrase of whole words."""
    phrases = [func.phraseto_tsquery(_ENGLISH, term) for term in wanted]
    found: ColumnElement[Any] = phrases[0]
    for phrase in phrases[1:]:
        found = found.op("&&")(phrase)
    return found


def claims(connection: Connection, wanted: tuple[str, ...]) -> ColumnElement[bool]:
    """Claims whose own words have every term."""
    if connection.dialect.name == "sqlite":
        match = text(
            "SELECT claim FROM claim_fts_number JOIN claim_fts ON claim_fts.rowid = number WHERE claim_fts MATCH :terms"
        )
        rows = match.bindparams(terms=_match(wanted)).columns(column("claim"))
        return claim.c.id.in_(select(rows.subquery().c.claim))
    return _vector(claim.c.event_text).op("@@")(_phrases(wanted))


def marked(texts: Sequence[str], query: str) -> list[list[tuple[str, bool]]]:
    """Each text in pieces, with whether the piece is one of the words that a query looks for, in whatever form.

    >>> marked(["Qatar mediated; an immediate truce."], "mediate")
    [[('Qatar ', False), ('mediated', True), ('; an immediate truce.', False)]]
    """
    wanted = terms(query)
    if not wanted or not texts:
        return [[(one, False)] for one in texts]
    # The index itself says what it takes for a form of a word: no second rule of ours could part from it.
    with sqlite3.connect(":memory:") as memory:
        memory.execute(f"CREATE VIRTUAL TABLE held USING fts5(words, tokenize='{_STEMS}')")
        memory.executemany(
            "INSERT INTO held (rowid, words) VALUES (?, ?)",
            ((at, one.replace("\x01", " ").replace("\x02", " ")) for at, one in enumerate(texts)),
        )
        any_of = " OR ".join(f'"{term}"' for term in wanted)
        found = dict(
            memory.execute("SELECT rowid, highlight(held, 0, char(1), char(2)) FROM held WHERE held MATCH ?", (any_of,))
        )
    memory.close()
    return [_pieces(found.get(at, one)) for at, one in enumerate(texts)]


def _pieces(text: str) -> list[tuple[str, bool]]:
    pieces = []
    for at, part in enumerate(re.split("[\x01\x02]", text)):
        if part:
            pieces.append((part, at % 2 == 1))
    return pieces


def _match(wanted: tuple[str, ...]) -> str:
    """A query of FTS5 for every term, each a phrase."""
    return " ".join(f'"{term}"' for term in wanted)


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
