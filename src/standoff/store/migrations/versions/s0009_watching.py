"""Who is at work on what, what is still to be told, how often the contents changed, and what was drawn from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", ID, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
        sqlite_strict=True,
    )
    op.create_table(
        "outbox",
        sa.Column("key", ID, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox")),
        sqlite_strict=True,
    )
    change = op.create_table(
        "change",
        sa.Column("name", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_change")),
        sqlite_strict=True,
    )
    op.bulk_insert(change, [{"name": "contents", "number": 1}])
    op.create_table(
        "kept",
        sa.Column("key", ID, nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept")),
        sqlite_strict=True,
    )
