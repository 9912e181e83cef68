"""Parties with their names are counted from an index alone."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.drop_index(op.f("ix_claim_party_party"), table_name="claim_party")
    op.create_index("ix_claim_party_named", "claim_party", ["party", "name"])
