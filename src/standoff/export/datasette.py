"""Metadata for Datasette: what the tables and views of a store are, how they are filtered, and questions to begin with.

The SQLite file opens as it is. Datasette knows a database by the name of its file, so the metadata is written for this store;
who may sign in, and from where, is never shown: not as tables, nor by SQL of a visitor's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from standoff.errors import SettingsError
from standoff.export.selection import Part, Selection
from standoff.records import Record

_HIDDEN = (
    "person", "session", "visit", "saved_search", "alembic_version", "unreconciled", "past_reconciliation",
    "lease", "outbox", "change", "kept", "failure", "feed", "feed_item",
)  # fmt: skip
_VIEWS = {
    "claim_list": "Every claim: who says who did what to whom, with the words, the report and what people made of it.",
    "incident_list": "Happenings that several claims tell of.",
    "dispute_list": "Where accounts part: a row a party, with what it holds.",
}
_TABLES: dict[str, Record] = {
    "document": {
        "description": "The reports, with their whole text. What may be shown is your own question of copyright.",
        "facets": ["outlet", "language", "country"],
        "label_column": "title",
        "sort_desc": "published",
        "fts_table": "document_fts",
        "fts_pk": "number",
    },
    "claim": {
        "description": "Claims as people have them; what the machine read stays in the column record.",
        "facets": ["event", "place_country", "verdict"],
        "label_column": "event_text",
    },
    "claim_party": {"description": "Who acts, who suffers, who speaks in each claim.", "facets": ["role", "party"]},
    "claim_count": {"description": "Figures of losses in each claim.", "facets": ["kind"]},
    "incident": {
        "description": "Claims about one happening, linked and never merged.",
        "facets": ["event", "place_country"],
    },
    "incident_link": {"description": "Why each claim belongs to its incident."},
    "account": {"description": "What one party holds of an incident."},
    "dispute": {"description": "Where accounts of an incident cannot both hold.", "facets": ["kind"]},
    "position": {"description": "The sides of each dispute.", "facets": ["party"]},
    "review": {"description": "What people said of claims.", "facets": ["reviewer", "verdict", "slot"]},
}
_QUERIES: dict[str, Record] = {
    "words": {
        "title": "Reports with these words",
        "sql": (
            "select document.id, document.title, document.outlet, document.published,"
            " snippet(document_fts, -1, '', '', '…', 24) as words from document_fts"
            " join document on document.number = document_fts.rowid"
            " where document_fts match escape_fts(:words) order by rank limit 50"
        ),
    },
    "by_account": {
        "title": "Who says what of whom",
        "sql": (
            "select coalesce(according_to, outlet, 'the report itself') as account, actor, event, count(*) as claims"
            " from claim_list group by 1, 2, 3 order by claims desc limit 200"
        ),
    },
    "losses_by_account": {
        "title": "The killed, by each account",
        "sql": (
            "select c.according_to, c.recipient, n.low, n.high, n.unit, c.date, c.place, c.words, c.report from claim_count n"
            " join claim_list c on c.id = n.claim where n.kind = 'killed' order by n.high desc limit 200"
        ),
    },
}


class Datasette:
    """``metadata.json``."""

    name = "datasette"
    chooses_columns = False
    says = "metadata.json for Datasette, which opens the SQLite file itself: descriptions, facets, search, questions"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        if chosen.store.url.get_backend_name() != "sqlite":
            raise SettingsError("datasette", "opens SQLite files alone", "standoff copy this store into a file first")
        yield Part("metadata.json", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        tables = {
            **{name: {"description": says, "size": 50} for name, says in _VIEWS.items()},
            **_TABLES,
            **{name: {"hidden": True, "allow": False} for name in _HIDDEN},
        }
        tables["claim_list"] |= {
            "facets": ["event", "according_to", "actor", "recipient", "outlet", "country", "review"]
        }
        tables["dispute_list"] |= {"facets": ["kind", "party"]}
        held = {"tables": tables, "queries": _QUERIES, "allow_sql": False}
        body = {
            "title": "Reports and the accounts in them",
            "description": "Written by standoff. A claim is what somebody says; nothing here is established.",
            "databases": {PurePath(chosen.store.name).stem: held},
        }
        out.write((json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode())
        return 0
