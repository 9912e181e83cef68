"""Reconciling: which claims tell of one happening, what each party holds, and where accounts part."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.model import Claim, Document, HandLink, Reconciliation
from standoff.reconcile import accounts, disputes, incidents, voices


def reconcile(
    claims: Sequence[Claim], documents: Sequence[Document] = (), hand: Sequence[HandLink] = ()
) -> Reconciliation:
    """Link, draw accounts and find disputes. Pure: the same claims in any order give the same result."""
    linked = incidents.link(claims, documents, hand)
    by_id = {c.id: c for c in claims}
    origins = voices.of_claims(claims, documents)
    drawn = accounts.draw(linked, by_id, documents, origins)
    return Reconciliation(linked, drawn, disputes.find(claims, linked, documents, origins))
