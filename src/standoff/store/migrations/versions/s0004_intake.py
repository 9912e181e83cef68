"""Where documents come from: their provenance, the inputs that failed, and the feeds that are watched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in ("author", "domain", "country", "provenance"):
        op.add_column("document", sa.Column(name, sa.Text()))
    op.create_table(
        "failure",
        sa.Column("source", ID, nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("mend", sa.Text(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_failure")),
        sqlite_strict=True,
    )
    op.create_table(
        "feed",
        sa.Column("url", ID, nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("paused", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("fetched", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text()),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feed")),
        sqlite_strict=True,
    )
    op.create_table(
        "feed_item",
        sa.Column("feed", ID, nullable=False),
        sa.Column("url", ID, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("due", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "url", name=op.f("pk_feed_item")),
        sa.ForeignKeyConstraint(["feed"], ["feed.url"], name=op.f("fk_feed_item_feed_feed"), ondelete="CASCADE"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_item_due"), "feed_item", ["due"])
    op.create_table(
        "unreconciled",
        sa.Column("doc", ID, nullable=False),
        sa.PrimaryKeyConstraint("doc", name=op.f("pk_unreconciled")),
        sqlite_strict=True,
    )
