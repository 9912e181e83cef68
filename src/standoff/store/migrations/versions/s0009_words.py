"""Search that knows the forms of a word: the texts of reports, and the words of each claim, by their stems."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

SQLITE = (
    "DROP TABLE document_fts",
    """CREATE VIRTUAL TABLE document_fts USING fts5(title, text, content='document', content_rowid='number',
        tokenize='porter unicode61 remove_diacritics 2')""",
    "INSERT INTO document_fts (document_fts) VALUES ('rebuild')",
    # A claim has no number of its own, and the one that SQLite gives may change when the file is vacuumed.
    "CREATE TABLE claim_fts_number (number INTEGER PRIMARY KEY, claim TEXT NOT NULL UNIQUE) STRICT",
    """CREATE VIRTUAL TABLE claim_fts USING fts5(words, content='', tokenize='porter unicode61 remove_diacritics 2')""",
    "INSERT INTO claim_fts_number (claim) SELECT id FROM claim ORDER BY doc, ordinal",
    """INSERT INTO claim_fts (rowid, words)
        SELECT number, event_text FROM claim_fts_number JOIN claim ON claim.id = claim_fts_number.claim""",
)
POSTGRESQL = (
    "DROP INDEX IF EXISTS ix_document_words",
    """CREATE INDEX ix_document_words ON document
        USING gin (to_tsvector('english', left(coalesce(title, '') || ' ' || text, 300000)))""",
    "CREATE INDEX ix_claim_words ON claim USING gin (to_tsvector('english', left(event_text, 300000)))",
)


def upgrade() -> None:
    for step in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(step)
