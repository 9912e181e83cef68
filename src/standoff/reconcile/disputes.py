"""Where two accounts cannot both hold, by kind: count, responsibility, occurrence, character, outcome, readout.

A dispute is shown only where two parties differ; an outlet that tells a figure in its own voice is a party of its
own to a dispute over counts. Nothing here decides who is right.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from standoff.model import (
    AuxMode,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    DisputeState,
    Document,
    Incident,
    Position,
    Topic,
    Turn,
)
from standoff.reconcile.accounts import SPEECH, holders
from standoff.reconcile.policies import bounds

CIVIL = frozenset(
    "civilian civilians people residents villagers tourists worshippers children women families homes houses mosque school "
    "hospital market infrastructure church university shelter camp wedding funeral bus ambulance apartment passengers "
    "patients students refugees pilgrims farmers workers men boys girls".split()
)
MILITARY = frozenset(
    "terrorist terrorists militant militants base bases military troops soldiers launchpad hideout fighters headquarters "
    "depot position positions airfield airbase radar launcher launchers air-defense defense defence insurgents rebels "
    "infrastructure-terror command positions warehouse weapons ammunition tank tanks jihadist bunker".split()
)
# One denial answers one accusation: whether it is over who did it or over whether it was done, it is shown once.
WHO_OR_WHETHER = {DisputeKind.RESPONSIBILITY, DisputeKind.OCCURRENCE}
HARM = frozenset({"ASSAULT", "COERCE"})


APART = {
    DisputeKind.OCCURRENCE: 1.0,
    DisputeKind.RESPONSIBILITY: 1.0,
    DisputeKind.CHARACTER: 0.75,
    DisputeKind.OUTCOME: 0.75,
    DisputeKind.READOUT: 0.5,
}
"""How far apart the accounts are where no figure says so: a denial leaves no middle, a readout is a stress or a gap."""


def find(
    claims: Sequence[Claim],
    incidents: Sequence[Incident] = (),
    documents: Sequence[Document] = (),
    voices: Mapping[str, str] | None = None,
) -> tuple[Dispute, ...]:
    """Disputes among claims, in the order of the text; the same in any order of input."""
    ordered = sorted(claims, key=lambda c: (c.doc, c.span.start, c.trigger.span.start, c.id))
    published = {d.id: d.published for d in documents}
    outlets = {d.id: d.outlet for d in documents if d.outlet}
    incident_of = {key: incident.id for incident in incidents for key in incident.claims}
    by_id = {c.id: c for c in ordered}
    found: list[Dispute] = []
    for incident in incidents:
        members = [by_id[key] for key in incident.claims if key in by_id]
        # Later reports last: what a party said last is what it holds.
        members.sort(key=lambda c: (published.get(c.doc) or date.min, c.doc, c.span.start, c.id))
        found.extend(_counts(members, incident.id, outlets))
    found.extend(_denied_accusations(ordered, incident_of))
    found.extend(_rival_actors(incidents, by_id, outlets))
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        by_doc[claim.doc].append(claim)
    # These compare claims of one report only: report by report, so that their cost grows with the number of reports.
    for seek in (_denied_deeds, _characters, _outcomes, _readouts):
        for told in by_doc.values():
            found.extend(seek(told, incident_of))
    told_in = {i.id: [by_id[key] for key in i.claims if key in by_id] for i in incidents}
    return tuple(_course(d, by_id, told_in, published, voices or {}) for d in _distinct(_told_once(found)))


def _course(
    dispute: Dispute,
    claims: Mapping[str, Claim],
    told_in: Mapping[str, Sequence[Claim]],
    published: Mapping[str, date | None],
    voices: Mapping[str, str],
) -> Dispute:
    """The dispute with how severe it is, how it stands, and how it came to stand so."""
    carried = [claims[key] for position in dispute.positions for key in position.claims]
    origins = len({voices.get(c.id, c.doc) for c in carried})
    apart = dispute.severity if dispute.kind is DisputeKind.COUNT else APART[dispute.kind]
    history = dispute.history or tuple(
        Turn(position.party, position.value, key, published.get(claims[key].doc))
        for position in dispute.positions
        for key in position.claims
    )
    return replace(
        dispute,
        severity=round(apart * origins / (origins + 1), 2),
        state=DisputeState.SETTLED if _admitted(dispute, claims, told_in, published) else dispute.state,
        history=tuple(
            replace(turn, reported=published.get(claims[turn.claim].doc))
            for turn in sorted(history, key=lambda t: _told(claims[t.claim], published))
        ),
    )


def _told(claim: Claim, published: Mapping[str, date | None]) -> tuple[date, str, int, str]:
    return published.get(claim.doc) or date.min, claim.doc, claim.span.start, claim.id


def _admitted(
    dispute: Dispute,
    claims: Mapping[str, Claim],
    told_in: Mapping[str, Sequence[Claim]],
    published: Mapping[str, date | None],
) -> bool:
    """Who denied the deed has said, in a later report, that it did it."""
    if dispute.kind not in WHO_OR_WHETHER:
        return False
    for position in dispute.positions:
        denials = [c for c in (claims[key] for key in position.claims) if c.event == "REJECT" or c.aux]
        if not denials:
            continue
        last = max(published.get(c.doc) or date.min for c in denials)
        for claim in told_in.get(dispute.incident or "", ()):
            own = claim.event in HARM and not claim.aux and claim.actor_keys == {position.party}
            if own and position.party in holders(claim) and (published.get(claim.doc) or date.min) > last:
                return True
    return False


def _dispute(
    kind: DisputeKind, positions: Iterable[Position], docs: Iterable[str], incident: str | None, reason: str
) -> Dispute:
    placed = tuple(positions)
    # Two losses told by the same claims are two disputes: the reason says of what.
    parts = [kind.value, reason, *(f"{p.party}:{','.join(p.claims)}" for p in placed)]
    key = hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]
    return Dispute(f"d{key}", tuple(sorted(set(docs))), kind, placed, incident, reason)


def _told_once(found: Sequence[Dispute]) -> list[Dispute]:
    """A dispute that a reprint tells again in the same words is one, on the claims of both reports."""
    groups: dict[tuple[object, ...], list[Dispute]] = defaultdict(list)
    for dispute in found:
        held = tuple((p.party, p.value) for p in dispute.positions)
        groups[dispute.kind, dispute.incident, dispute.reason, held, dispute.topics].append(dispute)
    kept = []
    for same in groups.values():
        first = same[0]
        if len(same) > 1:
            positions = [
                replace(position, claims=tuple(dict.fromkeys(key for d in same for key in d.positions[at].claims)))
                for at, position in enumerate(first.positions)
            ]
            docs = [doc for d in same for doc in d.docs]
            merged = _dispute(first.kind, positions, docs, first.incident, first.reason)
            first = replace(first, id=merged.id, docs=merged.docs, positions=merged.positions, history=())
        kept.append(first)
    return kept


def _distinct(found: Sequence[Dispute]) -> list[Dispute]:
    """One dispute for one pair of sides over one thing: the first that was found."""
    kept: list[Dispute] = []
    alike: dict[frozenset[str], list[Dispute]] = defaultdict(list)
    for dispute in found:
        claims = {c for p in dispute.positions for c in p.claims}
        parties = frozenset(p.party for p in dispute.positions)
        double = any(
            (d.kind is not DisputeKind.COUNT or d.reason == dispute.reason)
            and (d.kind is dispute.kind or {d.kind, dispute.kind} == WHO_OR_WHETHER)
            and claims & {c for p in d.positions for c in p.claims}
            for d in alike[parties]
        )
        if not double:
            kept.append(dispute)
            alike[parties].append(dispute)
    return kept


# ---------------------------------------------------------------------- count


# A figure of captured and one of arrested are two words for the same people held.
KINDS = (
    *((k,) for k in CountKind if k not in {CountKind.CAPTURED, CountKind.ARRESTED}),
    (CountKind.CAPTURED, CountKind.ARRESTED),
)


def _counts(members: Sequence[Claim], incident: str, outlets: Mapping[str, str]) -> list[Dispute]:
    """Figures of one kind, for one incident, that no reading makes equal: their ranges do not meet."""
    found = []
    for kind in KINDS:
        told: dict[str, list[tuple[Claim, Count]]] = defaultdict(list)
        turns: list[Turn] = []
        now: dict[str, Count] = {}
        gaps: list[float] = []
        for claim in members:
            if claim.aux and AuxMode.ATTEMPTED not in claim.aux:
                continue
            for count in claim.counts:
                if count.kind in kind and count.low is not None and count.high is not None:
                    for party in holders(claim, outlets):
                        told[party].append((claim, count))
                        turns.append(Turn(party, _figure(count), claim.id))
                        now[party] = count
                        gaps.append(_gap(now.values()))
        # What a party said last is what it holds: a rising toll by one speaker is no dispute.
        held = {party: rows[-1][1] for party, rows in told.items()}
        parties = sorted(told, key=lambda p: (told[p][0][0].doc, told[p][0][0].span.start))
        clashing = [p for p in parties if any(_apart(held[p], held[q]) for q in parties if q != p)]
        if not clashing and any(gaps):
            clashing = parties
        same_clause = len({row[0].id for p in clashing for row in told[p]}) < 2
        if len(clashing) < 2 or same_clause:
            continue
        # Once figures part, every party that gave one is shown with it, also those that the bounds of others allow.
        clashing = parties
        positions = [
            Position(
                p,
                tuple(c.id for c, n in told[p] if (n.low, n.high) == (held[p].low, held[p].high)),
                _figure(held[p]),
            )
            for p in clashing
        ]
        docs = [c.doc for p in clashing for c, _ in told[p]]
        first = next(gap for gap in gaps if gap)
        state = DisputeState.OPEN if gaps[-1] >= first else DisputeState.NARROWED
        dispute = _dispute(DisputeKind.COUNT, positions, docs, incident, f"{kind[0].value}: figures do not meet")
        found.append(
            replace(
                dispute,
                severity=max(gaps[-1], 0.0),
                state=state if gaps[-1] else DisputeState.SETTLED,
                history=tuple(turns),
            )
        )
    return found


def _gap(counts: Iterable[Count]) -> float:
    """How far the two furthest figures are apart, as a share of the higher; 0 where all can hold."""
    ranges = [b for count in counts if (b := bounds(count)) is not None]
    apart = [1 - low[1] / high[0] for low in ranges for high in ranges if low[1] < high[0]]
    return max(apart, default=0.0)


def _figure(count: Count) -> str:
    """The figure as a number or range, with its unit."""
    number = f"{count.low:,}" if count.low == count.high else f"{count.low:,} to {count.high:,}"
    return f"{number} {count.unit}".strip()


def _denies(claim: Claim) -> bool:
    """A denial that has been made: not one foretold, and not a refusal to comment."""
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.NEGATION} & set(claim.aux):
        return False
    return not claim.trigger.text.lower().startswith(("declin", "refus"))


def _apart(a: Count, b: Count) -> bool:
    first, second = bounds(a), bounds(b)
    return first is not None and second is not None and (first[1] < second[0] or second[1] < first[0])


# ---------------------------------------------------------------------- responsibility, occurrence


def _denied_accusations(ordered: Sequence[Claim], incident_of: Mapping[str, str]) -> list[Dispute]:
    """X accuses Y; Y rejects it. Over who did a deed that happened: responsibility; else over whether it did: occurrence."""
    found = []
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        by_doc[claim.doc].append(claim)
    for told in by_doc.values():
        for index, denial in enumerate(told):
            if denial.event != "REJECT" or not _denies(denial):
                continue
            accusation = _answered(denial, told[:index])
            if accusation is None:
                continue
            deeds = [c for c in told if c.event in HARM and accusation.span.covers(c.trigger.span)]
            names_deed = any(c.speaker in accusation.actor_keys for c in deeds)
            earlier = any(
                c.event == "ASSAULT"
                and c.span.end <= accusation.span.start
                and not c.actor_keys & accusation.recipient_keys
                and accusation.span.start - c.span.end < 400
                for c in told
            )
            over_deed = names_deed or (earlier and not _has_content(accusation))
            kind = DisputeKind.RESPONSIBILITY if over_deed else DisputeKind.OCCURRENCE
            accusers = [p for p in holders(accusation) if p not in denial.actor_keys]
            if not accusers:
                continue
            positions = [
                Position(p, (accusation.id, *(c.id for c in deeds if c.speaker == p)), _gist(accusation))
                for p in accusers
            ]
            deniers = tuple(m.party.key for m in denial.actors if m.party.code != "UNK") or ("UNK",)
            positions += [Position(p, (denial.id,), _gist(denial)) for p in deniers]
            found.append(_dispute(kind, positions, [denial.doc], incident_of.get(accusation.id), "accused and denied"))
    return found


def _answered(denial: Claim, earlier: Sequence[Claim]) -> Claim | None:
    for claim in reversed(earlier):
        if (
            claim.event == "ACCUSE"
            and claim.recipient_keys & denial.actor_keys
            and claim.actor_keys - denial.actor_keys
        ):
            return claim
    return None


def _has_content(accusation: Claim) -> bool:
    """The accusation itself says of what: "accuses Pakistan of supporting militants"."""
    after = accusation.text[max(0, accusation.trigger.span.end - accusation.span.start) :]
    return " of " in after and "responsib" not in after


def _rival_actors(
    incidents: Sequence[Incident], by_id: Mapping[str, Claim], outlets: Mapping[str, str]
) -> list[Dispute]:
    """One deed, and each side says another did it."""
    found = []
    for incident in incidents:
        members = [by_id[key] for key in incident.claims if key in by_id]
        if not any(c.event in HARM for c in members):
            continue
        blamed: dict[str, tuple[list[str], frozenset[str]]] = {}
        denied: dict[str, list[str]] = defaultdict(list)
        for claim in members:
            if claim.event == "REJECT":
                for party in holders(claim) if _denies(claim) else ():
                    denied[party].append(claim.id)
                continue
            keys = (
                claim.recipient_keys
                if claim.event == "ACCUSE"
                else claim.actor_keys
                if claim.event in HARM and not claim.aux
                else frozenset()
            )
            if not keys or (claim.event in HARM and not claim.sources):
                continue
            for party in holders(claim, outlets):
                ids, named = blamed.get(party, ([], frozenset()))
                blamed[party] = ([*ids, claim.id], named | keys)
        # Who denies a deed does not hold that it did it, whatever else its side is quoted with.
        blamed = {p: row for p, row in blamed.items() if p not in denied or not row[1] <= {p}}
        positions = []
        named_by_all = {party: named for party, (ids, named) in blamed.items()}
        for party, (ids, named) in blamed.items():
            differs = any(not (named & other) for p, other in named_by_all.items() if p != party)
            if differs or denied:
                positions.append(Position(party, tuple(ids), ", ".join(sorted(named))))
        positions += [Position(p, tuple(ids), "denies it") for p, ids in denied.items() if p not in blamed]
        if len({p.party for p in positions}) >= 2 and (len({p.value for p in positions}) >= 2):
            docs = [by_id[c].doc for p in positions for c in p.claims]
            found.append(_dispute(DisputeKind.RESPONSIBILITY, positions, docs, incident.id, "different actors named"))
    return found


def _denied_deeds(ordered: Sequence[Claim], incident_of: Mapping[str, str]) -> list[Dispute]:
    """A deed that one party asserts and the one said to have done it denies."""
    found = []
    for denial in ordered:
        deniers = set(holders(denial))
        negated = denial.event in HARM and AuxMode.NEGATION in denial.aux and denial.sources
        rejected = denial.event == "REJECT" and _denies(denial)
        if not (negated or rejected):
            continue
        actors = denial.actor_keys
        means = {m for c in ordered if c.doc == denial.doc and denial.span.covers(c.trigger.span) for m in c.modes}
        for deed in ordered:
            if means and deed.modes and not means & set(deed.modes) and not denial.span.covers(deed.trigger.span):
                continue  # "denied using chemical weapons" does not answer an air raid
            if deed.event not in HARM or deed.aux or deed.id == denial.id or deed.doc != denial.doc or not deed.sources:
                continue
            asserters = [p for p in holders(deed) if p not in deniers]
            if not asserters or abs(deed.span.start - denial.span.start) > 1500:
                continue
            if deed.actor_keys & actors or (
                not deed.actor_keys and deed.recipient_keys & actors and _near(deed, denial)
            ):
                positions = [Position(p, (deed.id,), _gist(deed)) for p in asserters]
                positions += [Position(p, (denial.id,), _gist(denial)) for p in sorted(deniers)]
                found.append(
                    _dispute(
                        DisputeKind.OCCURRENCE, positions, [deed.doc], incident_of.get(deed.id), "asserted and denied"
                    )
                )
                break
    return found


def _near(a: Claim, b: Claim) -> bool:
    return abs(a.span.start - b.span.start) < 600


# ---------------------------------------------------------------------- character, outcome


def _characters(ordered: Sequence[Claim], incident_of: Mapping[str, str]) -> list[Dispute]:
    """The same side's attacks on the same side, told as hitting civilians by one and fighters or bases by the other."""
    found = []
    pairs: dict[tuple[str, frozenset[str], frozenset[str]], dict[str, list[tuple[Claim, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for claim in ordered:
        if claim.event not in HARM or claim.aux or not claim.sources:
            continue
        kind = target_kind(claim)
        if not kind:
            continue
        for party in holders(claim):
            pairs[(claim.doc, claim.actor_keys, claim.recipient_keys)][party].append((claim, kind))
    for (doc, actors, _recipients), sides in pairs.items():
        for attacker in sorted(set(sides) & actors):
            for victim in sorted(set(sides) - actors):
                own, other = sides[attacker], sides[victim]
                if any(k == "military" for _, k in own) and any(k == "civil" for _, k in other):
                    positions = [
                        Position(victim, tuple(c.id for c, k in other if k == "civil"), _targets(other, "civil")),
                        Position(attacker, tuple(c.id for c, k in own if k == "military"), _targets(own, "military")),
                    ]
                    found.append(
                        _dispute(DisputeKind.CHARACTER, positions, [doc], incident_of.get(own[0][0].id), "what was hit")
                    )
    return found


def target_kind(claim: Claim) -> str:
    """Whether a claim says that civil life or an armed side was hit; empty where it does not say."""
    words = {w.strip(".,'\"“”").lower() for target in claim.targets for w in target.replace("-", " ").split()}
    units = {w.lower() for count in claim.counts for w in count.unit.split()}
    if (words | units) & MILITARY:
        return "military"
    if (words | units) & CIVIL:
        return "civil"
    return ""


def _targets(side: Sequence[tuple[Claim, str]], kind: str) -> str:
    said: list[str] = []
    for claim, k in side:
        if k == kind:
            said.extend(t for t in (*claim.targets, *(c.unit for c in claim.counts)) if t and t not in said)
    return ", ".join(said[:3])


def _outcomes(ordered: Sequence[Claim], incident_of: Mapping[str, str]) -> list[Dispute]:
    """One side tells of blows dealt; the other of an attack foiled."""
    found = []
    for foiled in ordered:
        if foiled.event != "ASSAULT" or AuxMode.ATTEMPTED not in foiled.aux or not foiled.sources:
            continue
        for defender in holders(foiled):
            attackers = foiled.actor_keys - {defender}
            for attacker in sorted(attackers):
                blows = [
                    c
                    for c in ordered
                    if c.doc == foiled.doc
                    and c.event == "ASSAULT"
                    and not c.aux
                    and attacker in holders(c)
                    and c.actor_keys == {attacker}
                    and defender in c.recipient_keys
                ]
                if blows:
                    positions = [
                        Position(attacker, tuple(c.id for c in blows), _gist(blows[0])),
                        Position(defender, (foiled.id,), _gist(foiled)),
                    ]
                    found.append(
                        _dispute(
                            DisputeKind.OUTCOME,
                            positions,
                            [foiled.doc],
                            incident_of.get(foiled.id),
                            "blows dealt or foiled",
                        )
                    )
    return found


# ---------------------------------------------------------------------- readout


def _readouts(ordered: Sequence[Claim], incident_of: Mapping[str, str]) -> list[Dispute]:
    """Two accounts of one meeting or call that stress or leave out different things."""
    found = []
    for meeting in ordered:
        if meeting.event != "CONSULT" or len(meeting.actor_keys) < 2:
            continue
        sides: dict[str, list[Claim]] = defaultdict(list)
        for claim in ordered:
            if claim.doc != meeting.doc or not claim.sources or claim.id == meeting.id:
                continue
            if claim.event not in SPEECH and claim.event != "CONSULT":
                continue
            if not claim.actor_keys & meeting.actor_keys or not -300 < claim.span.start - meeting.span.start < 2500:
                continue
            for party in holders(claim):
                if party in meeting.actor_keys:
                    sides[party].append(claim)
        if len(sides) < 2 or not _differ(list(sides.values())):
            continue
        positions = [Position(p, tuple(c.id for c in held), _gist(held[0])) for p, held in sorted(sides.items())]
        incident = incident_of.get(meeting.id)
        dispute = _dispute(DisputeKind.READOUT, positions, [meeting.doc], incident, "two accounts of one meeting")
        found.append(replace(dispute, topics=_topics(sides)))
    return found


def _topics(sides: Mapping[str, Sequence[Claim]]) -> tuple[Topic, ...]:
    """Topic by topic: an act toward someone, told by both, by one alone, or by both but differently."""
    told: dict[tuple[str, tuple[str, ...]], list[tuple[str, Claim]]] = defaultdict(list)
    for party, held in sorted(sides.items()):
        for claim in held:
            told[(claim.event, tuple(sorted(claim.recipient_keys)))].append((party, claim))
    found = []
    for (event, toward), rows in told.items():
        parties = tuple(sorted({party for party, _ in rows}))
        ways = {party: {(c.actor_keys, c.aux, c.modes) for p, c in rows if p == party} for party in parties}
        alike = len(parties) > 1 and bool(set.intersection(*ways.values()))
        how = "one" if len(parties) == 1 else "both" if alike else "differently"
        topic = f"{event} toward {', '.join(toward)}" if toward else event
        found.append(Topic(topic, parties, tuple(c.id for _, c in rows), how))
    return tuple(found)


def _differ(sides: Sequence[Sequence[Claim]]) -> bool:
    """The accounts are not the same acts towards the same parties."""
    told = [{(c.event, c.actor_keys, c.recipient_keys, AuxMode.NEGATION in c.aux) for c in side} for side in sides]
    return any(a != b for i, a in enumerate(told) for b in told[i + 1 :])


def _gist(claim: Claim) -> str:
    """The claim's own words, cut at a word."""
    words = " ".join(claim.text.split())
    return words if len(words) <= 120 else words[:120].rsplit(" ", 1)[0] + " …"
