"""The first tables: documents, claims, and what reconciling adds; full-text search on SQLite.

What is written here stays as it is: later changes are later steps.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")

# The index of words holds no second copy of the texts. The store keeps it in step itself: a trigger would need
# trusted_schema, which is off because a file may come from anyone.
SEARCH = """CREATE VIRTUAL TABLE document_fts USING fts5(
    title, text, content='document', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"""


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("captured", sa.Text()),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_document")),
        sa.UniqueConstraint("id", name=op.f("uq_document_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_document_outlet"), "document", ["outlet"])
    op.create_index(op.f("ix_document_published"), "document", ["published"])
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"])
    op.create_table(
        "incident",
        sa.Column("id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sqlite_strict=True,
    )
    op.create_table(
        "past_reconciliation",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_past_reconciliation")),
        sqlite_strict=True,
    )
    op.create_table(
        "account",
        sa.Column("incident", ID, nullable=False),
        sa.Column("party", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.id"], name=op.f("fk_account_incident_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident", "party", name=op.f("pk_account")),
        sqlite_strict=True,
    )
    op.create_table(
        "claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("doc", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("aux", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("enddate", sa.Text()),
        sa.Column("date_text", sa.Text()),
        sa.Column("date_start", WHOLE),
        sa.Column("date_end", WHOLE),
        sa.Column("place", sa.Text()),
        sa.Column("place_text", sa.Text()),
        sa.Column("place_country", sa.Text()),
        sa.Column("latitude", NUMBER),
        sa.Column("longitude", NUMBER),
        sa.Column("geonames_id", WHOLE),
        sa.Column("place_precision", sa.Text()),
        sa.Column("place_start", WHOLE),
        sa.Column("place_end", WHOLE),
        sa.Column("span_start", WHOLE, nullable=False),
        sa.Column("span_end", WHOLE, nullable=False),
        sa.Column("trigger_text", sa.Text(), nullable=False),
        sa.Column("trigger_start", WHOLE, nullable=False),
        sa.Column("trigger_end", WHOLE, nullable=False),
        sa.Column("event_text", sa.Text(), nullable=False),
        sa.Column("confidence", NUMBER, nullable=False),
        sa.Column("event_scale", NUMBER),
        sa.Column("quad_code", sa.Text()),
        sa.Column("record", sa.Text(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_claim_confidence")),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_claim_span")),
        sa.ForeignKeyConstraint(["doc"], ["document.id"], name=op.f("fk_claim_doc_document"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_claim_date"), "claim", ["date"])
    op.create_index(op.f("ix_claim_doc_ordinal"), "claim", ["doc", "ordinal"], unique=True)
    op.create_index(op.f("ix_claim_event"), "claim", ["event"])
    op.create_index(op.f("ix_claim_place_country"), "claim", ["place_country"])
    op.create_table(
        "dispute",
        sa.Column("id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("incident", ID),
        sa.Column("docs", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.id"], name=op.f("fk_dispute_incident_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dispute_incident"), "dispute", ["incident"])
    op.create_index(op.f("ix_dispute_kind"), "dispute", ["kind"])
    op.create_table(
        "account_claim",
        sa.Column("incident", ID, nullable=False),
        sa.Column("party", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claim.id"], name=op.f("fk_account_claim_claim_claim"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["incident", "party"],
            ["account.incident", "account.party"],
            name=op.f("fk_account_claim_incident_party_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("incident", "party", "ordinal", name=op.f("pk_account_claim")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_account_claim_claim"), "account_claim", ["claim"])
    op.create_table(
        "claim_count",
        sa.Column("claim", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("low", WHOLE),
        sa.Column("high", WHOLE),
        sa.Column("best", WHOLE),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("count_text", sa.Text(), nullable=False),
        sa.Column("span_start", WHOLE, nullable=False),
        sa.Column("span_end", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_claim_count_claim_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "ordinal", name=op.f("pk_claim_count")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_claim_count_kind"), "claim_count", ["kind"])
    op.create_table(
        "claim_party",
        sa.Column("claim", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sectors", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entity_text", sa.Text(), nullable=False),
        sa.Column("span_start", WHOLE, nullable=False),
        sa.Column("span_end", WHOLE, nullable=False),
        sa.Column("cue", sa.Text()),
        sa.Column("cue_start", WHOLE),
        sa.Column("cue_end", WHOLE),
        sa.CheckConstraint("role IN ('actor', 'recipient', 'source')", name=op.f("ck_claim_party_role")),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_claim_party_claim_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "role", "ordinal", name=op.f("pk_claim_party")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_claim_party_code"), "claim_party", ["code"])
    op.create_index(op.f("ix_claim_party_name"), "claim_party", ["name"])
    op.create_index(op.f("ix_claim_party_party"), "claim_party", ["party"])
    op.create_table(
        "incident_link",
        sa.Column("incident", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claim.id"], name=op.f("fk_incident_link_claim_claim"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.id"], name=op.f("fk_incident_link_incident_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident", "ordinal", name=op.f("pk_incident_link")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_incident_link_claim"), "incident_link", ["claim"])
    op.create_table(
        "position",
        sa.Column("dispute", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute"], ["dispute.id"], name=op.f("fk_position_dispute_dispute"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dispute", "ordinal", name=op.f("pk_position")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_position_party"), "position", ["party"])
    op.create_table(
        "position_claim",
        sa.Column("dispute", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claim.id"], name=op.f("fk_position_claim_claim_claim"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["dispute", "position"],
            ["position.dispute", "position.ordinal"],
            name=op.f("fk_position_claim_dispute_position_position"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dispute", "position", "ordinal", name=op.f("pk_position_claim")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_position_claim_claim"), "position_claim", ["claim"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH)


def downgrade() -> None:
    raise NotImplementedError("a store is not taken back to an older version: restore a backup")
