"""All that is told of one incident, drawn together: accounts, figures by a policy, responsibility, what is confirmed.

Everything here is derived from claims and can be drawn again; nothing of it is a field of the incident.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standoff.model import FORCE, Account, AuxMode, Claim, CountKind, Dispute, Document, Incident, Reconciliation, among
from standoff.reconcile import days
from standoff.reconcile import voices as _voices
from standoff.reconcile.accounts import holders
from standoff.reconcile.facts import SPEECH, days_of
from standoff.reconcile.policies import Estimate, Figure, estimate
from standoff.reconcile.questions.hit import target_kind
from standoff.reconcile.voices import Corroboration


class Standing(StrEnum):
    """What a party says of someone's responsibility."""

    ASSERTED = "asserted"
    DENIED = "denied"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One party's word on who did it. No one named is no row: unknown."""

    by: str
    accused: str
    standing: Standing
    claims: tuple[str, ...]


class Grade(StrEnum):
    """How well a happening is reported, in the words of Airwars' method."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One incident with what each party holds of it."""

    incident: Incident
    event: str
    parties: tuple[str, ...]
    """Keys of those who act in it or suffer it, by any account."""
    start: date | None
    end: date | None
    docs: tuple[str, ...]
    voices: tuple[str, ...]
    accounts: tuple[Account, ...]
    disputes: tuple[Dispute, ...]
    figures: tuple[tuple[CountKind, Estimate], ...]
    responsibility: tuple[Responsibility, ...]
    corroborated: tuple[Corroboration, ...]
    grade: Grade | None
    """Only of harm done: a meeting is not graded."""
    grade_reason: str
    contest: float | None
    """How open it is who did the harm, from 0 to 1; null of what is no harm."""

    @property
    def place(self) -> str:
        return self.incident.place


def draw(
    reconciliation: Reconciliation,
    claims: Mapping[str, Claim],
    documents: Sequence[Document] = (),
    policy: str = "ucdp",
) -> tuple[Dossier, ...]:
    """The dossiers of all incidents, in their order.

    Raises:
        SettingsError: no policy has that name.
    """
    origins = _voices.of_claims(claims.values(), documents)
    published = {d.id: d.published for d in documents}
    outlets = {d.id: d.outlet for d in documents if d.outlet}
    accounts: dict[str, list[Account]] = defaultdict(list)
    for account in reconciliation.accounts:
        accounts[account.incident].append(account)
    disputes: dict[str | None, list[Dispute]] = defaultdict(list)
    for dispute in reconciliation.disputes:
        disputes[dispute.incident].append(dispute)
    found = []
    for incident in reconciliation.incidents:
        # What a person rejected since is among the links until they are drawn anew, and tells nothing.
        told = [claims[key] for key in incident.claims if key in claims]
        if not told:
            continue
        deeds = [c for c in told if c.event not in SPEECH] or told
        dated = [d for c in deeds if AuxMode.HISTORICAL not in c.aux and (d := days_of(c)) is not None]
        first = min((day for c in told if (day := published.get(c.doc)) is not None), default=None)
        when = days.of_incident(incident.title, dated, len(told), first)
        by: dict[str, list[str]] = defaultdict(list)
        for account in accounts[incident.id]:
            for key in account.claims:
                by[key].append(account.party)
        # By whose account each is: an archive knows by name who is only described in one report.
        by |= {c.id: list(holders(c, outlets)) for c in told if c.id not in by}
        said = responsibility(told, by)
        grade, why = _grade(deeds, said, origins)
        found.append(
            Dossier(
                incident,
                Counter(c.event for c in deeds).most_common(1)[0][0],
                tuple(sorted({k for c in deeds for k in c.actor_keys | c.recipient_keys})),
                when[0] if when else None,
                when[1] if when else None,
                tuple(sorted({c.doc for c in told})),
                tuple(sorted({origins[c.id] for c in told})),
                tuple(accounts[incident.id]),
                tuple(disputes[incident.id]),
                figures(told, published, origins, by, policy),
                said,
                _voices.corroborated(told, incident.id, origins, outlets),
                grade,
                why,
                contest(deeds, said),
            )
        )
    return tuple(found)


def figures(
    told: Sequence[Claim],
    published: Mapping[str, date | None],
    origins: Mapping[str, str],
    by: Mapping[str, Sequence[str]],
    policy: str,
) -> tuple[tuple[CountKind, Estimate], ...]:
    """What a policy makes of each kind of loss that is told; ``by`` has the parties that hold each claim."""
    by_kind: dict[CountKind, list[Figure]] = defaultdict(list)
    for claim in told:
        if {AuxMode.NEGATION, AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux):
            continue
        for count in claim.counts:
            for party in by[claim.id]:
                by_kind[count.kind].append(
                    Figure(count, party, origins.get(claim.id, claim.doc), published.get(claim.doc))
                )
    return tuple((kind, estimate(by_kind[kind], policy)) for kind in CountKind if kind in by_kind)


def responsibility(told: Sequence[Claim], by: Mapping[str, Sequence[str]] | None = None) -> tuple[Responsibility, ...]:
    """Who is said to have done it, by whom, in the order of first telling; ``by`` has the parties that hold each claim."""
    rows: dict[tuple[str, str, Standing], list[str]] = defaultdict(list)
    for claim in told:
        if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux):
            continue
        negated = AuxMode.NEGATION in claim.aux
        for party in holders(claim) if by is None else by[claim.id]:
            if claim.event == "REJECT":
                rows[(party, party, Standing.DENIED)].append(claim.id)
            elif claim.event == "ACCUSE" and not negated:
                for accused in sorted(claim.recipient_keys):
                    rows[(party, accused, Standing.ASSERTED)].append(claim.id)
            elif claim.event in FORCE:
                for actor in sorted(claim.actor_keys):
                    standing = (
                        Standing.DENIED
                        if negated
                        else Standing.ACCEPTED
                        if among(actor, [party])
                        else Standing.ASSERTED
                    )
                    rows[(party, actor, standing)].append(claim.id)
    return tuple(Responsibility(*key, tuple(ids)) for key, ids in rows.items())


def contest(deeds: Sequence[Claim], said: Sequence[Responsibility]) -> float | None:
    """How open it is who did the harm: 0 where all tellings name the same, 1 where none names anybody.

    A share of the tellings that name nobody, a share of the parties that name another than most do, and a denial by
    whoever is named most each leave so much less of it settled. An order for review, no probability.
    """
    harm = [c for c in deeds if c.event in FORCE and not {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(c.aux)]
    if not harm:
        return None
    unnamed = sum(not c.actor_keys for c in harm) / len(harm)
    blamed = Counter(
        accused for _, accused in sorted({(r.by, r.accused) for r in said if r.standing is not Standing.DENIED})
    )
    blaming = {r.by for r in said if r.standing is not Standing.DENIED}
    most = max(blamed.values(), default=0)
    agreed = most / len(blaming) if blaming else 1.0
    denied = any(r.standing is Standing.DENIED and blamed[r.accused] == most for r in said)
    return round(1 - (1 - unnamed) * agreed * (0.5 if denied else 1.0), 2)


def _grade(
    deeds: Sequence[Claim], said: Sequence[Responsibility], origins: Mapping[str, str]
) -> tuple[Grade | None, str]:
    """Airwars' grades, first that fits: competing claims of who did it contest; an acceptance confirms; only fighters
    hit discounts; two independent voices are fair, one is weak."""
    if not any(c.event in FORCE for c in deeds):
        return None, ""
    accused = {row.accused for row in said if row.standing is not Standing.DENIED}
    denied = {row.accused for row in said if row.standing is Standing.DENIED}
    accepted = sorted(row.accused for row in said if row.standing is Standing.ACCEPTED)
    if accepted and len(accused) == 1:
        return Grade.CONFIRMED, f"{accepted[0]} accepts it"
    if len(accused) > 1:
        return Grade.CONTESTED, f"laid at the door of {', '.join(sorted(accused))}"
    if accused & denied:
        return Grade.CONTESTED, f"{', '.join(sorted(accused & denied))} denies it"
    hit = {kind for c in deeds if (kind := target_kind(c))}
    if hit == {"military"}:
        return Grade.DISCOUNTED, "only fighters or their positions are told to be hit"
    count = len({origins.get(c.id, c.doc) for c in deeds})
    return (Grade.FAIR, f"{count} independent voices") if count > 1 else (Grade.WEAK, "one voice")


@dataclass(frozen=True, slots=True)
class Record:
    """Of what one party claims others did: how much these denied, how much another side confirmed, how much is open.

    Counts of claims, no verdict on truth.
    """

    party: str
    claims: int
    denied: int
    confirmed: int
    open: int


def records(dossiers: Sequence[Dossier]) -> tuple[Record, ...]:
    """The record of every party that claims something of another, most claims first."""
    made: dict[str, Counter[str]] = defaultdict(Counter)
    for one in dossiers:
        confirmed = {key for c in one.corroborated if c.by == "adversary" for key in c.claims}
        deniers = {row.accused for row in one.responsibility if row.standing is Standing.DENIED}
        for row in one.responsibility:
            if row.standing is not Standing.ASSERTED or row.by == row.accused:
                continue
            for key in row.claims:
                fate = "confirmed" if key in confirmed else "denied" if row.accused in deniers else "open"
                made[row.by][fate] += 1
    found = [Record(p, n.total(), n["denied"], n["confirmed"], n["open"]) for p, n in made.items()]
    return tuple(sorted(found, key=lambda r: (-r.claims, r.party)))
