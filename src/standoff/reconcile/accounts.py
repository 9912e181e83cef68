"""What each party holds about an incident, drawn from its claims, newest figure last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from standoff.model import Account, Claim, Document, Incident

SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})


def holders(claim: Claim, outlets: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Keys of the parties that hold a claim: its source, the speaker of a speech act, else the outlet itself."""
    if claim.sources:
        first = claim.sources[0]
        same = [s.mention.party.key for s in claim.sources if s.cue_span == first.cue_span]
        return tuple(dict.fromkeys(same))
    if claim.event in SPEECH and claim.actor_keys:
        return tuple(m.party.key for m in claim.actors if m.party.code != "UNK")
    return ((outlets or {}).get(claim.doc, f"outlet:{claim.doc}"),)


def draw(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], documents: Sequence[Document] = ()
) -> tuple[Account, ...]:
    """Accounts of every incident, by party; claims in the order of publication, then of the text."""
    published = {d.id: d.published or date.min for d in documents}
    outlets = {d.id: d.outlet for d in documents if d.outlet}
    found = []
    for incident in incidents:
        by_party: dict[str, list[Claim]] = defaultdict(list)
        for key in incident.claims:
            claim = claims[key]
            for party in holders(claim, outlets):
                by_party[party].append(claim)
        for party, held in sorted(by_party.items()):
            held.sort(key=lambda c: (published.get(c.doc, date.min), c.doc, c.span.start))
            counts = tuple(count for claim in held for count in claim.counts)
            found.append(Account(incident.id, party, tuple(c.id for c in held), counts))
    return tuple(found)
