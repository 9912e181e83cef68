"""For reading by others: views with names and words in place of keys, and an index of words on PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

# Words past the limit of an index entry are left out of it; a search looks through such long texts itself.
WORDS = """CREATE INDEX ix_document_words ON document
    USING gin (to_tsvector('simple', left(coalesce(title, '') || ' ' || text, 300000)))"""


def _joined(what: str) -> str:
    """Values of several rows in one cell, in the order of the rows, on the database at hand."""
    gather = "group_concat" if op.get_bind().dialect.name == "sqlite" else "string_agg"
    return f"{gather}({what}, '; ')"


def _parties(role: str) -> str:
    named = "CASE WHEN p.name = '' THEN p.code ELSE p.name END"
    held = f"SELECT {named} AS name FROM claim_party p WHERE p.claim = c.id AND p.role = '{role}' ORDER BY p.ordinal"  # noqa: S608
    return f"(SELECT {_joined('name')} FROM ({held}) AS named)"  # noqa: S608


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(WORDS)
    figure = (
        "n.kind || ' ' || CASE WHEN n.low IS NULL THEN n.count_text WHEN n.low = n.high THEN CAST(n.low AS TEXT)"
        " ELSE CAST(n.low AS TEXT) || '–' || coalesce(CAST(n.high AS TEXT), '') END || ' ' || n.unit"
    )
    op.execute(f"""CREATE VIEW claim_list AS SELECT
        c.id, c.doc AS report, c.date, c.event, c.mode, c.aux,
        {_parties("source")} AS according_to, {_parties("actor")} AS actor, {_parties("recipient")} AS recipient,
        (SELECT {_joined("said")} FROM (SELECT {figure} AS said, n.ordinal FROM claim_count n
            WHERE n.claim = c.id ORDER BY n.ordinal) AS figures) AS losses,
        c.place, c.place_country AS country, c.latitude, c.longitude, c.event_text AS words, c.confidence,
        coalesce(c.verdict, 'not reviewed') AS review, d.outlet, d.published, d.title, d.url,
        l.incident
        FROM claim c JOIN document d ON d.id = c.doc LEFT JOIN incident_link l ON l.claim = c.id""")  # noqa: S608
    op.execute("""CREATE VIEW incident_list AS SELECT
        id, event, start, "end", parties, place, place_country AS country, latitude, longitude,
        place_precision AS precision, claims, reports, disputes, severity FROM incident""")
    op.execute("""CREATE VIEW dispute_list AS SELECT
        d.id, d.kind, d.incident, i.event, i.start AS date, i.place, p.party, p.value AS holds, d.reason,
        (SELECT count(*) FROM position_claim q WHERE q.dispute = d.id AND q.position = p.ordinal) AS claims
        FROM dispute d JOIN position p ON p.dispute = d.id LEFT JOIN incident i ON i.id = d.incident""")
