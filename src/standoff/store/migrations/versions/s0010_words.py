"""Search that knows the forms of a word, in reports and in the words of each claim; and claims that people add."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
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


ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "made_claim",
        sa.Column("number", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.Column("doc", ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("record", "reviewer", "reason", "at")),
        sa.Column("undone", sa.Text()),
        sa.Column("undone_by", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_made_claim")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_made_claim_doc"), "made_claim", ["doc"])
    for step in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(step)
