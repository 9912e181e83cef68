"""What people decide: reviews, names, grades; who they are; and what lists show of an incident."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.sqlite import REAL

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER: sa.Double[float] = sa.Double().with_variant(REAL(), "sqlite")


def upgrade() -> None:
    op.add_column("claim", sa.Column("verdict", sa.Text()))
    for name in ("event", "start", "end", "parties", "place", "place_country", "place_precision"):
        op.add_column("incident", sa.Column(name, sa.Text()))
    for name in ("latitude", "longitude"):
        op.add_column("incident", sa.Column(name, NUMBER))
    for name in ("claims", "reports", "disputes"):
        op.add_column("incident", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("incident", sa.Column("severity", NUMBER, nullable=False, server_default="0"))
    op.create_index(op.f("ix_incident_event"), "incident", ["event"])
    op.create_index("ix_claim_party_role", "claim_party", ["role", "party", "claim"])
    op.create_index("ix_claim_newest", "claim", [sa.text("coalesce(date, '')"), "id"])
    op.create_index("ix_claim_confidence", "claim", ["confidence", "id"])
    op.create_index("ix_claim_facets", "claim", ["event", "aux", "place_country", "verdict", "doc"])
    op.create_index("ix_claim_verdict", "claim", ["verdict", "id"])
    op.create_table(
        "review",
        sa.Column("number", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.Column("doc", ID, nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text()),
        sa.Column("undone_by", sa.Text()),
        sa.CheckConstraint("verdict IN ('accept', 'correct', 'reject')", name=op.f("ck_review_verdict")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_review")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_review_claim"), "review", ["claim"])
    op.create_index(op.f("ix_review_doc"), "review", ["doc"])
    op.create_table(
        "renaming",
        sa.Column("number", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text()),
        sa.Column("undone_by", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_renaming")),
        sqlite_strict=True,
    )
    op.create_table(
        "source_grade",
        sa.Column("number", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", ID, nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('outlet', 'document')", name=op.f("ck_source_grade_kind")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_source_grade")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_source_grade_kind_subject"), "source_grade", ["kind", "subject"])
    op.create_table(
        "person",
        sa.Column("name", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('reader', 'reviewer', 'admin')", name=op.f("ck_person_role")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_person")),
        sqlite_strict=True,
    )
    op.create_table(
        "session",
        sa.Column("key", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_session")),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name=op.f("fk_session_person_person"), ondelete="CASCADE"),
        sqlite_strict=True,
    )
    op.create_table(
        "visit",
        sa.Column("person", ID, nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("latest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_visit")),
        sqlite_strict=True,
    )
    op.create_table(
        "saved_search",
        sa.Column("person", ID, nullable=False),
        sa.Column("name", ID, nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", "name", name=op.f("pk_saved_search")),
        sqlite_strict=True,
    )
    # Reconciliations saved before have no summaries: every report is to be reconciled once more.
    op.execute("INSERT INTO unreconciled (doc) SELECT id FROM document WHERE id NOT IN (SELECT doc FROM unreconciled)")
