"""The store's tables.

Plain tables that open in any SQLite browser: names are words of the domain, dates are ISO text, lists (``mode``,
``context``, ``aux``, ``targets``, ``sectors``, ``docs``) are JSON arrays, offsets are code points of ``document.text``.
``record`` holds the whole JSON record, so that what was put in comes out to the last byte; ``ordinal`` keeps order.

A claim belongs to its document and goes with it. Incidents, accounts and disputes only refer to claims: their foreign
keys are checked when a transaction ends, so that a document's claims can be coded anew under the same ids.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    literal_column,
)
from sqlalchemy.dialects.sqlite import REAL

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ids sort by code point on both databases, whatever the locale of the server.
ID = Text().with_variant(Text(collation="C"), "postgresql")
# A strict SQLite table knows INTEGER and REAL only.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")
EMPTY: ColumnElement[str] = literal_column("''")
"""Written out in a query, since an index on an expression serves only what is written just so."""
NUMBER: Double[float] = Double().with_variant(REAL(), "sqlite")


def _claim_reference() -> Column[str]:
    reference = ForeignKey("claim.id", deferrable=True, initially="DEFERRED")
    return Column("claim", ID, reference, nullable=False, index=True)


document = Table(
    "document",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("title", Text),
    Column("outlet", Text, index=True),
    Column("url", Text),
    Column("published", Text, index=True),
    Column("language", Text, nullable=False),
    Column("captured", Text),
    Column("sha256", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("author", Text),
    Column("domain", Text),
    Column("country", Text),
    Column("provenance", Text),
    sqlite_strict=True,
)

claim = Table(
    "claim",
    metadata,
    Column("id", ID, primary_key=True),
    Column("doc", ID, ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("event", Text, nullable=False, index=True),
    Column("mode", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("aux", Text, nullable=False),
    Column("targets", Text, nullable=False),
    Column("date", Text, index=True),
    Column("enddate", Text),
    Column("date_text", Text),
    Column("date_start", WHOLE),
    Column("date_end", WHOLE),
    Column("place", Text),
    Column("place_text", Text),
    Column("place_country", Text, index=True),
    Column("latitude", NUMBER),
    Column("longitude", NUMBER),
    Column("geonames_id", WHOLE),
    Column("place_precision", Text),
    Column("place_start", WHOLE),
    Column("place_end", WHOLE),
    Column("span_start", WHOLE, nullable=False),
    Column("span_end", WHOLE, nullable=False),
    Column("trigger_text", Text, nullable=False),
    Column("trigger_start", WHOLE, nullable=False),
    Column("trigger_end", WHOLE, nullable=False),
    Column("event_text", Text, nullable=False),
    Column("confidence", NUMBER, nullable=False),
    Column("event_scale", NUMBER),
    Column("quad_code", Text),
    Column("record", Text, nullable=False),
    # What people made of it: accept, correct or reject; null where nobody looked. Corrected values stand in the columns,
    # what the machine read stays in the record.
    Column("verdict", Text),
    CheckConstraint("span_start <= span_end", name="span"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    Index(None, "doc", "ordinal", unique=True),
    sqlite_strict=True,
)

claim_party = Table(
    "claim_party",
    metadata,
    Column("claim", ID, ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    # The code at the grain of accounts: PAK, PAK-REB.
    Column("party", Text, nullable=False),
    Column("code", Text, nullable=False, index=True),
    Column("sectors", Text, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("entity_text", Text, nullable=False),
    Column("span_start", WHOLE, nullable=False),
    Column("span_end", WHOLE, nullable=False),
    Column("cue", Text),
    Column("cue_start", WHOLE),
    Column("cue_end", WHOLE),
    CheckConstraint("role IN ('actor', 'recipient', 'source')", name="role"),
    sqlite_strict=True,
)

claim_count = Table(
    "claim_count",
    metadata,
    Column("claim", ID, ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, index=True),
    Column("low", WHOLE),
    Column("high", WHOLE),
    Column("best", WHOLE),
    Column("unit", Text, nullable=False),
    Column("count_text", Text, nullable=False),
    Column("bound", Text, nullable=False, server_default="exact"),
    Column("span_start", WHOLE, nullable=False),
    Column("span_end", WHOLE, nullable=False),
    sqlite_strict=True,
)

reading = Table(
    "reading",
    metadata,
    Column("doc", ID, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", ID, primary_key=True),
    Column("stands", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("claims", Text),
    sqlite_strict=True,
)
"""Who read a report. ``stands``: the claims of the store are this reading's; ``claims`` are all that it read, as JSON."""

incident = Table(
    "incident",
    metadata,
    Column("id", ID, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("under", ID),
    Column("title", Text, nullable=False, server_default=""),
    Column("likely", NUMBER, nullable=False, server_default="1"),
    Column("place", Text),
    # What lists and maps show of it, drawn from its claims whenever it is saved.
    Column("event", Text, index=True),
    Column("start", Text),
    Column("end", Text),
    Column("parties", Text),
    Column("place_country", Text),
    Column("latitude", NUMBER),
    Column("longitude", NUMBER),
    Column("place_precision", Text),
    Column("claims", Integer, nullable=False, server_default="0"),
    Column("reports", Integer, nullable=False, server_default="0"),
    Column("disputes", Integer, nullable=False, server_default="0"),
    Column("severity", NUMBER, nullable=False, server_default="0"),
    sqlite_strict=True,
)

incident_link = Table(
    "incident_link",
    metadata,
    Column("incident", ID, ForeignKey("incident.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    _claim_reference(),
    Column("reason", Text, nullable=False),
    Column("version", Text, nullable=False),
    sqlite_strict=True,
)

account = Table(
    "account",
    metadata,
    Column("incident", ID, ForeignKey("incident.id", ondelete="CASCADE"), primary_key=True),
    Column("party", ID, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)

account_claim = Table(
    "account_claim",
    metadata,
    Column("incident", ID, primary_key=True),
    Column("party", ID, primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    _claim_reference(),
    ForeignKeyConstraint(["incident", "party"], ["account.incident", "account.party"], ondelete="CASCADE"),
    sqlite_strict=True,
)

dispute = Table(
    "dispute",
    metadata,
    Column("id", ID, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("incident", ID, ForeignKey("incident.id", ondelete="CASCADE"), index=True),
    Column("docs", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)

position = Table(
    "position",
    metadata,
    Column("dispute", ID, ForeignKey("dispute.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("party", Text, nullable=False, index=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

position_claim = Table(
    "position_claim",
    metadata,
    Column("dispute", ID, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    _claim_reference(),
    ForeignKeyConstraint(["dispute", "position"], ["position.dispute", "position.ordinal"], ondelete="CASCADE"),
    sqlite_strict=True,
)

question = Table(
    "question",
    metadata,
    Column("id", ID, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("incident", ID, ForeignKey("incident.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)
"""What an incident asks, with each account's line in the record."""

moved = Table(
    "moved",
    metadata,
    Column("old", ID, primary_key=True),
    Column("new", ID, nullable=False),
    sqlite_strict=True,
)
"""Ids of incidents and disputes that are gone, with the one that holds most of what they held: old addresses lead there."""

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    Column("doing", Text, nullable=False),
    Column("claims", Text, nullable=False),
    Column("others", Text, nullable=False),
    Column("into", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Text),
    sqlite_strict=True,
)
"""What people decided about incidents and disputes, in order; claims as JSON lists. An undone one is kept, and counts no more."""

hand_link = Table(
    "hand_link",
    metadata,
    Column("first", ID, primary_key=True),
    Column("second", ID, primary_key=True),
    Column("together", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_strict=True,
)
"""What people decided about two claims, the lesser id first. No foreign keys: it outlives a claim that is read anew."""

review = Table(
    "review",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    Column("claim", ID, nullable=False, index=True),
    Column("doc", ID, nullable=False, index=True),
    Column("reviewer", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("slot", Text),
    Column("value", Text),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Text),
    Column("undone_by", Text),
    CheckConstraint("verdict IN ('accept', 'correct', 'reject')", name="verdict"),
    sqlite_strict=True,
)
"""Every word of a person on a claim, in order; nothing is ever taken out. No foreign keys: it outlives a new reading."""

made_claim = Table(
    "made_claim",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    Column("claim", ID, nullable=False),
    Column("doc", ID, nullable=False, index=True),
    Column("record", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Text),
    Column("undone_by", Text),
    sqlite_strict=True,
)
"""Claims that people added where the machine missed them. No foreign keys: they outlive a new reading."""

renaming = Table(
    "renaming",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Text),
    Column("undone_by", Text),
    sqlite_strict=True,
)
"""Names that people merged with another party, or parted from it; ``party`` is JSON: code, sectors, name."""

source_grade = Table(
    "source_grade",
    metadata,
    Column("number", Integer, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", ID, nullable=False),
    Column("grade", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("kind IN ('outlet', 'document')", name="kind"),
    Index(None, "kind", "subject"),
    sqlite_strict=True,
)
"""Admiralty grades by hand; the latest of a subject holds."""

person = Table(
    "person",
    metadata,
    Column("name", ID, primary_key=True),
    Column("role", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("made", Text, nullable=False),
    CheckConstraint("role IN ('reader', 'reviewer', 'admin')", name="role"),
    sqlite_strict=True,
)
"""Who may use the web application where it asks for a password; ``secret`` is an Argon2 hash."""

session = Table(
    "session",
    metadata,
    Column("key", ID, primary_key=True),
    Column("person", ID, ForeignKey("person.name", ondelete="CASCADE"), nullable=False),
    Column("until", Text, nullable=False),
    sqlite_strict=True,
)
"""Who is signed in; ``key`` is the SHA-256 of what the browser holds."""

visit = Table(
    "visit",
    metadata,
    Column("person", ID, primary_key=True),
    Column("before", Text),
    Column("latest", Text, nullable=False),
    sqlite_strict=True,
)
"""When someone last looked, and the time before that: what came since is new to them."""

saved_search = Table(
    "saved_search",
    metadata,
    Column("person", ID, primary_key=True),
    Column("name", ID, primary_key=True),
    Column("query", Text, nullable=False),
    sqlite_strict=True,
)
"""Searches by name; ``query`` is what stands after the question mark of the page's address."""

failure = Table(
    "failure",
    metadata,
    Column("source", ID, primary_key=True),
    Column("root", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("mend", Text, nullable=False),
    Column("failed", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    sqlite_strict=True,
)
"""Inputs that could not be read. ``root`` is what was given: a file that holds the one that failed, or an address."""

feed = Table(
    "feed",
    metadata,
    Column("url", ID, primary_key=True),
    Column("outlet", Text),
    Column("every", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Column("paused", Integer, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched", Text),
    Column("failures", Integer, nullable=False),
    Column("fault", Text),
    sqlite_strict=True,
)
"""Feeds that are watched: ``every`` so many seconds, next when ``due``; ``failures`` in a row put the next one off."""

feed_item = Table(
    "feed_item",
    metadata,
    Column("feed", ID, ForeignKey("feed.url", ondelete="CASCADE"), primary_key=True),
    Column("url", ID, primary_key=True),
    Column("record", Text, nullable=False),
    Column("due", Text, index=True),
    Column("tries", Integer, nullable=False),
    sqlite_strict=True,
)
"""What a feed named: still to be read where ``due`` is set, settled where it is null. ``record`` is what the feed says."""

alert = Table(
    "alert",
    metadata,
    Column("key", ID, primary_key=True),
    Column("record", Text, nullable=False),
    Column("raised", Text, nullable=False),
    sqlite_strict=True,
)
"""What rules of alerts have found; ``key`` is what was found by which rule, so that nothing is raised twice."""

lease = Table(
    "lease",
    metadata,
    Column("name", ID, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Text, nullable=False),
    sqlite_strict=True,
)
"""Who is at work on something that one alone may do at a time, and until when that is so."""

outbox = Table(
    "outbox",
    metadata,
    Column("key", ID, primary_key=True),
    Column("record", Text, nullable=False),
    Column("made", Text, nullable=False),
    sqlite_strict=True,
)
"""What a webhook is still to be told."""

change = Table(
    "change",
    metadata,
    Column("name", ID, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_strict=True,
)
"""How often the contents were written: what was drawn from them holds while the number stays."""

kept = Table(
    "kept",
    metadata,
    Column("key", ID, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)
"""What takes long to draw from the contents, and at which number of changes it was drawn."""

unreconciled = Table("unreconciled", metadata, Column("doc", ID, primary_key=True), sqlite_strict=True)
"""Documents whose claims were written since the last reconciling: what a killed run leaves to do."""

drawn = Table("drawn", metadata, Column("way", ID, primary_key=True), sqlite_strict=True)
"""By which way of reconciling incidents and disputes were drawn last: an earlier version's may be others."""

past_reconciliation = Table(
    "past_reconciliation",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("record", Text, nullable=False),
    sqlite_strict=True,
)
"""What earlier reconcilings made, latest last: an undo puts the last one back."""

# Whatever asks for a party alone begins with it too.
Index("ix_claim_party_named", claim_party.c.party, claim_party.c.name)
Index("ix_claim_party_role", claim_party.c.role, claim_party.c.party, claim_party.c.claim)
Index("ix_claim_newest", func.coalesce(claim.c.date, EMPTY), claim.c.id)
Index("ix_claim_confidence", claim.c.confidence, claim.c.id)
Index("ix_claim_facets", claim.c.event, claim.c.aux, claim.c.place_country, claim.c.verdict, claim.c.doc)
Index("ix_claim_verdict", claim.c.verdict, claim.c.id)

RECONCILED = (question, position_claim, position, dispute, account_claim, account, incident_link, incident)
"""The tables that reconciling fills, in the order in which they can be emptied."""
