"""By which way of reconciling incidents and disputes were drawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "drawn",
        sa.Column("way", ID, nullable=False),
        sa.PrimaryKeyConstraint("way", name=op.f("pk_drawn")),
        sqlite_strict=True,
    )
