"""How each report was read: by whom, where, for how much."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("doc", ID, nullable=False),
        sa.Column("reader", ID, nullable=False),
        sa.Column("stands", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("doc", "reader", name=op.f("pk_reading")),
        sa.ForeignKeyConstraint(["doc"], ["document.id"], name=op.f("fk_reading_doc_document"), ondelete="CASCADE"),
        sqlite_strict=True,
    )
