"""PostgreSQL's indexes of words are bounded by bytes: what one holds of a text may be a million bytes, whatever its letters."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None


def _words(whole: str) -> str:
    taken = (
        f"CASE WHEN octet_length(left({whole}, 250000)) <= 250000 THEN 250000 "
        f"WHEN octet_length(left({whole}, 125000)) <= 250000 THEN 125000 ELSE 62500 END"
    )
    return f"to_tsvector('english', left({whole}, {taken}))"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for index, table, whole in (
        ("ix_document_words", "document", "coalesce(title, '') || ' ' || text"),
        ("ix_claim_words", "claim", "event_text"),
    ):
        op.execute(f"DROP INDEX IF EXISTS {index}")
        op.execute(f"CREATE INDEX {index} ON {table} USING gin ({_words(whole)})")
