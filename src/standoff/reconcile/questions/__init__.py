"""What an incident asks, each party's line on it, and the disputes: questions on which two lines part.

One comparator a question, one module a comparator; each takes a :class:`~standoff.reconcile.scene.Scene` and puts questions.

=============  ==================================================================  ==================
module         question                                                            kind of dispute
=============  ==================================================================  ==================
``how_many``   how many killed, hurt, held, lost: by whose and what                count
``happened``   did it happen; who did it                                           occurrence, responsibility
``hit``        what was hit, and what it was                                       character
``ended``      how it ended                                                        outcome
``talks``      who asked for it; who mediated                                      occurrence
``said``       what was said, topic by topic                                       readout
=============  ==================================================================  ==================
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from standoff.model import (
    Asked,
    Claim,
    Decision,
    Dispute,
    DisputeKind,
    DisputeState,
    Doing,
    Holds,
    Incident,
    Line,
    Position,
    Question,
    Turn,
)
from standoff.reconcile import titles
from standoff.reconcile.facts import Facts
from standoff.reconcile.pairs import Weights, likeness, model
from standoff.reconcile.questions import ended, happened, hit, how_many, said, talks
from standoff.reconcile.scene import Archive, Draft, Put, Scene


def ask(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    facts: Mapping[str, Facts],
    archive: Archive,
    decided: Sequence[Decision] = (),
) -> tuple[tuple[Asked, ...], tuple[Dispute, ...]]:
    """The questions of every incident with their lines, and the disputes, the weightiest first, those that are settled last."""
    none = [d for d in decided if d.doing is Doing.NO_DISPUTE and d.undone is None]
    questions: list[Asked] = []
    disputes: list[Dispute] = []
    for incident in incidents:
        scene = Scene(incident, (claims[key] for key in incident.claims if key in claims), facts, archive)
        for put in _put(scene):
            asked, dispute = _drawn(scene, put)
            if dispute is not None and any(_refused(dispute, one) for one in none):
                dispute = None
            if dispute is not None:
                disputes.append(dispute)
            questions.append(_with(asked, dispute))
    disputes.sort(key=lambda d: (d.state is DisputeState.SETTLED, -d.severity, d.id))
    shown = _once(disputes, {q.dispute: q for q in questions if q.dispute}, facts, archive.weights)
    kept = {d.id for d in shown}
    return tuple(q if q.dispute in kept else replace(q, dispute=None) for q in questions), tuple(shown)


SURE = 0.4
SAME = 0.25
"""From so likely on that their claims tell of one happening, two disputes of the same parties are one."""


def _once(
    disputes: Sequence[Dispute], of: Mapping[str | None, Asked], facts: Mapping[str, Facts], weights: Weights
) -> list[Dispute]:
    """Each dispute once: where a happening is told as two incidents, the weightier stands for both."""
    shown: list[Dispute] = []
    by_parties: dict[frozenset[str], list[Dispute]] = defaultdict(list)
    for dispute in disputes:
        pairs_of = [frozenset(two) for two in combinations(sorted({p.party for p in dispute.positions}), 2)]
        rivals = {other.id: other for two in pairs_of for other in by_parties[two]}
        if any(_alike(dispute, other, of, facts, weights) for other in rivals.values()):
            continue
        shown.append(dispute)
        for two in pairs_of:
            by_parties[two].append(dispute)
    return shown


def _alike(
    a: Dispute, b: Dispute, of: Mapping[str | None, Asked], facts: Mapping[str, Facts], weights: Weights
) -> bool:
    """One question put twice: of one loss, or of one happening by how its claims are told."""
    if (a.kind is DisputeKind.COUNT) != (b.kind is DisputeKind.COUNT):
        return False
    if a.kind is DisputeKind.COUNT:
        if of[a.id].subject.split()[:2] != of[b.id].subject.split()[:2]:
            return False
        if _held(a) & _held(b):
            return True
    elif of[a.id].question in _APART or of[b.id].question in _APART:
        if of[a.id].question is not of[b.id].question:
            return False
    told = [[facts[c] for p in d.positions for c in p.claims[-6:]] for d in (a, b)]
    likely = [likeness(x, y, weights, model()) for x in told[0] for y in told[1] if x.id != y.id]
    if not likely:
        return False
    # A report that looks back on the whole tells many happenings in a line each: one sure tie to a dispute told elsewhere is enough.
    looks_back = len({f.doc for f in told[0]}) == 1 and len({f.doc for f in told[1]}) > 1
    return sum(likely) / len(likely) >= SAME or (looks_back and max(likely) >= SURE)


_APART = frozenset({Question.ASKED, Question.MEDIATED, Question.SAID})
"""Questions that are asked beside whether it happened."""


def _held(dispute: Dispute) -> set[tuple[str, str]]:
    """Every figure that a party has held in a dispute."""
    return {(t.party, t.value) for t in dispute.history} | {(p.party, p.value) for p in dispute.positions}


def _put(scene: Scene) -> Iterable[Put]:
    """Every question of an incident. Of several ways in which the same two part over what happened, one is shown."""
    counts, used = how_many.put(scene)
    yield from counts
    if said.concerns(scene):
        yield from said.put(scene)
        return
    if talks.concerns(scene):
        asked, spoken = talks.put(scene)
        yield from asked
        used |= spoken
    whether, what, how = happened.put(scene, used), hit.put(scene), ended.put(scene)
    # A denial of having hit homes is no denial of the strike.
    shown = next((p for p in (what, whether, how) if p is not None and p.kind is not None), None)
    for put in (whether, what, how):
        if put is not None:
            if put is not shown:
                put.kind = None
            yield put


def _drawn(scene: Scene, put: Put) -> tuple[Asked, Dispute | None]:
    lines = tuple(_line(scene, draft) for draft in put.lines)
    key = f"{put.question.value}|{put.subject}|{scene.incident.id}"
    name = hashlib.sha256(key.encode()).hexdigest()[:12]
    asked = Asked(f"q{name}", scene.incident.id, put.question, put.text, lines, put.subject)
    parting = [line for line in lines if line.party in put.parting]
    if put.kind is None or len(parting) < 2:
        return asked, None
    shown = [
        line for line in lines if line.party in put.parting or line.holds is not Holds.OPEN or line.low is not None
    ]
    origins = len({voice for line in parting for voice in line.voices}) or 1
    positions = tuple(Position(line.party, line.claims, line.value) for line in shown)
    history = sorted(
        (turn for line in shown for turn in line.series),
        key=lambda t: (t.reported.isoformat() if t.reported else "", t.party, t.claim),
    )
    state = DisputeState.SETTLED if put.settled else DisputeState.NARROWED if put.narrowed else DisputeState.OPEN
    docs = tuple(
        sorted({c.doc for draft in put.lines for c in draft.claims if draft.party in {p.party for p in positions}})
    )
    topics = said.topics(scene, put) if put.kind is DisputeKind.READOUT else ()
    dispute = Dispute(
        f"d{name}",
        docs,
        put.kind,
        positions,
        scene.incident.id,
        put.reason,
        round(max(0.0, min(1.0, put.apart)) * origins / (origins + 1), 2),
        state,
        tuple(history),
        topics,
        put.text,
        titles.of_dispute(put.kind, shown),
    )
    return asked, dispute


def _with(asked: Asked, dispute: Dispute | None) -> Asked:
    return replace(asked, dispute=dispute.id) if dispute is not None else asked


def _refused(dispute: Dispute, decision: Decision) -> bool:
    """A person said that this is no dispute: one of its kind that rests on most of the same claims."""
    held = {c for p in dispute.positions for c in p.claims}
    return decision.words == dispute.kind.value and 2 * len(held & set(decision.claims)) > len(held)


def _line(scene: Scene, draft: Draft) -> Line:
    claims = sorted({c.id: c for c in draft.claims}.values(), key=scene.archive.order)
    days = [day for c in claims if (day := scene.archive.published.get(c.doc)) is not None]
    voices = tuple(sorted({scene.archive.voices.get(c.id, f"report:{c.doc}") for c in claims}))
    series = tuple(draft.series) or tuple(
        Turn(draft.party, draft.value, c.id, scene.archive.published.get(c.doc)) for c in claims[:1]
    )
    return Line(
        draft.party,
        draft.value,
        tuple(c.id for c in claims),
        draft.holds,
        draft.low,
        draft.high,
        draft.bound,
        draft.as_of or max(days, default=None),
        voices,
        min(days, default=None),
        max(days, default=None),
        claims[-1].text if claims else "",
        series,
    )
