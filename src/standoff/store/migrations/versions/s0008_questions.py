"""Questions and titles of incidents, the bounds of figures, decisions by hand, and where old addresses lead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from standoff.bounds import bound_of

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("incident", sa.Column("title", sa.Text(), nullable=False, server_default=""))
    op.add_column("claim_count", sa.Column("bound", sa.Text(), nullable=False, server_default="exact"))
    count = sa.table("claim_count", sa.column("count_text"), sa.column("bound"))
    connection = op.get_bind()
    for words in connection.execute(sa.select(count.c.count_text).distinct()).scalars().all():
        bound = bound_of(words).value
        if bound != "exact":
            connection.execute(sa.update(count).where(count.c.count_text == words).values(bound=bound))
    op.create_table(
        "question",
        sa.Column("id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("incident", ID, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.id"], name=op.f("fk_question_incident_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_question_incident"), "question", ["incident"])
    op.create_table(
        "moved",
        sa.Column("old", ID, nullable=False),
        sa.Column("new", ID, nullable=False),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_moved")),
        sqlite_strict=True,
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), sa.Identity(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("doing", "claims", "others", "into", "words", "reason", "reviewer", "at")
        ),
        sa.Column("undone", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
        sqlite_strict=True,
    )
