"""What an incident asks, each party's line on it, and the disputes: questions on which two lines part.

One module a question; each takes a :class:`~standoff.reconcile.scene.Scene` and gives lines. Figures part where their bounds do not
meet (``how_many``); all else where two claims cannot both hold (``parting``, by the trees of :mod:`~standoff.reconcile.clash`).

=============  ==================================================================  ==================
module         question                                                            kind of dispute
=============  ==================================================================  ==================
``how_many``   how many killed, hurt, held, lost: by whose and what                count
``happened``   did it happen; who did it                                           occurrence, responsibility
``began``      who began it                                                        responsibility
``hit``        what was hit, and what it was                                       character
``ended``      how it ended                                                        outcome
``talks``      who asked for it; who mediated                                      occurrence
``said``       what was said, topic by topic                                       readout
=============  ==================================================================  ==================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from standoff.model import (
    Asked,
    Claim,
    CountKind,
    Decision,
    Dispute,
    DisputeKind,
    DisputeState,
    Doing,
    Holds,
    Line,
    Position,
    Question,
    Turn,
)
from standoff.reconcile import clash, counting, identity, judging, titles
from standoff.reconcile.facts import Facts
from standoff.reconcile.pairs import likelihoods, model
from standoff.reconcile.questions import began, ended, happened, hit, how_many, parting, said, talks
from standoff.reconcile.saying import gist
from standoff.reconcile.scene import Archive, Draft, Put, Scene
from standoff.reconcile.terms import classes_in
from standoff.reconcile.told import denies, found


def ask(
    scenes: Sequence[Scene],
    claims: Mapping[str, Claim],
    facts: Mapping[str, Facts],
    archive: Archive,
    decided: Sequence[Decision] = (),
) -> tuple[tuple[Asked, ...], tuple[Dispute, ...]]:
    """The questions of every incident with their lines, and the disputes, the weightiest first, those that are settled last."""
    none = [d for d in decided if d.doing is Doing.NO_DISPUTE and d.undone is None]
    questions: list[Asked] = []
    disputes: list[Dispute] = []
    for scene, put, asked, dispute in drawn(scenes, claims, facts, archive):
        if dispute is not None:
            likely = judging.likelihood(scene, put)
            unlikely = likely < judging.limit(len(archive.published)) and dispute.state is not DisputeState.SETTLED
            if unlikely or any(_refused(dispute, d) for d in none):
                dispute = None
            else:
                dispute = replace(dispute, severity=round(dispute.severity * likely, 2), likely=round(likely, 2))
                disputes.append(dispute)
        questions.append(_with(asked, dispute))
    disputes.sort(key=lambda d: (d.state is DisputeState.SETTLED, -d.severity, d.id))
    shown = _once(disputes, {q.dispute: q for q in questions if q.dispute}, claims, facts, archive)
    kept = {d.id for d in shown}
    return tuple(q if q.dispute in kept else replace(q, dispute=None) for q in questions), tuple(shown)


def drawn(
    scenes: Sequence[Scene], claims: Mapping[str, Claim], facts: Mapping[str, Facts], archive: Archive
) -> Iterator[tuple[Scene, Put, Asked, Dispute | None]]:
    """Every question of every incident, as it was put and as it is kept, and what its comparator holds to be a dispute."""
    losses = counting.losses(list(claims.values()), facts, archive, [scene.incident for scene in scenes])
    for scene in scenes:
        for put in _put(scene, losses.get(scene.incident.id, ())):
            yield scene, put, *_drawn(scene, put)


READ = 0.2
"""Who says what it says only by claims that were hardly read so is no side of a dispute; its account keeps them."""
SURE = 0.4
SAME = 0.25
"""From so likely on that their claims tell of one happening, two disputes of the same parties are one."""


def _once(
    disputes: Sequence[Dispute],
    of: Mapping[str | None, Asked],
    claims: Mapping[str, Claim],
    facts: Mapping[str, Facts],
    archive: Archive,
) -> list[Dispute]:
    """Each dispute once: where a happening is told as two incidents, the weightier stands for both; how many were lost, where
    nobody doubts that some were, before whether any was."""
    shown: list[Dispute] = []
    by_parties: dict[frozenset[str], list[Dispute]] = defaultdict(list)
    for dispute in sorted(disputes, key=lambda d: not _some_lost(d, of[d.id])):
        pairs_of = [frozenset(two) for two in combinations(sorted({p.party for p in dispute.positions}), 2)]
        rivals = {other.id: other for two in pairs_of for other in by_parties[two]}
        if any(_alike(dispute, other, of, claims, facts, archive) for other in rivals.values()):
            continue
        shown.append(dispute)
        for two in pairs_of:
            by_parties[two].append(dispute)
    kept = {d.id for d in shown}
    return [d for d in disputes if d.id in kept]


def _some_lost(dispute: Dispute, asked: Asked) -> bool:
    """Whether it is of how many things were lost or people taken, and no side says that none was."""
    return (
        dispute.kind is DisputeKind.COUNT
        and asked.subject.split()[0] in _THE_DEED
        and all(line.high != 0 for line in asked.lines)
    )


def _alike(
    a: Dispute,
    b: Dispute,
    of: Mapping[str | None, Asked],
    claims: Mapping[str, Claim],
    facts: Mapping[str, Facts],
    archive: Archive,
) -> bool:
    """One question put twice: of one loss, or of one happening by how its claims are told."""
    counted = [d for d in (a, b) if d.kind is DisputeKind.COUNT]
    if len(counted) == 1:
        # How many jets were shot down, and whether any was, are one question; how many a strike killed is another than who struck.
        kind, struck = of[counted[0].id].subject.split()[:2]
        other = b if counted[0] is a else a
        if kind not in _THE_DEED or other.kind in _BESIDE or not _names(other, struck, claims):
            return False
    elif counted:
        if of[a.id].subject.split()[:2] != of[b.id].subject.split()[:2]:
            return False
        if _held(a) & _held(b):
            return True
        if of[a.id].subject.split()[2:-1] != of[b.id].subject.split()[2:-1]:
            return False  # other figures, of another side's losses
        if _of_another_time(of[a.id], of[b.id]):
            return False
    elif of[a.id].question in _APART or of[b.id].question in _APART:
        if of[a.id].question is not of[b.id].question:
            return False
    if not counted and _elsewhere([[facts[c] for p in d.positions for c in p.claims] for d in (a, b)]):
        return False
    if not counted and _cross(a, b, claims, facts, archive):
        return True
    told = [[facts[c] for p in d.positions for c in p.claims[-6:]] for d in (a, b)]
    likely = list(likelihoods(((x, y) for x in told[0] for y in told[1] if x.id != y.id), archive.weights, model()))
    if not likely:
        return False
    # A report that looks back on the whole tells many happenings in a line each: one sure tie to a dispute told elsewhere is enough.
    looks_back = len({f.doc for f in told[0]}) == 1 and len({f.doc for f in told[1]}) > 1
    return sum(likely) / len(likely) >= SAME or (looks_back and max(likely) >= SURE)


def _of_another_time(a: Asked, b: Asked) -> bool:
    """Whether a party's figure in the one is many times its figure in the other: a day's dead and a war's are two questions."""
    figures = [{line.party: line.high for line in one.lines if line.high} for one in (a, b)]
    return any(
        max(figures[0][party], figures[1][party]) > TIMES * min(figures[0][party], figures[1][party])
        for party in figures[0].keys() & figures[1].keys()
    )


TIMES = 4
"""A party's figures further apart than so many times are of two questions."""


def _elsewhere(told: Sequence[Sequence[Facts]]) -> bool:
    """Whether the claims of two disputes tell of other places and of other days, each all of its own."""
    places = [{f.place for f in facts_ if f.told_place} for facts_ in told]
    days = [[f.days for f in facts_ if f.days] for facts_ in told]
    if not all(places) or not all(days) or places[0] & places[1]:
        return False
    first, second = ((min(d[0] for d in held), max(d[1] for d in held)) for held in days)
    return first[1] < second[0] or second[1] < first[0]


def _cross(a: Dispute, b: Dispute, claims: Mapping[str, Claim], facts: Mapping[str, Facts], archive: Archive) -> bool:
    """What a party holds in the one clashes with what another holds in the other, both ways: they part on one thing."""
    grown, least = clash.model()
    held = [
        {
            p.party: [clash.Voice(p.party, claims[c], facts[c], archive.shares.get(p.party, 0.0)) for c in p.claims[:6]]
            for p in d.positions
        }
        for d in (a, b)
    ]
    both = held[0].keys() & held[1].keys()
    for one, other in (held, held[::-1]):
        two = [
            (x, y) for p in both for q in both if p < q for x in one[p] for y in other[q] if x.claim.id != y.claim.id
        ]
        alike = likelihoods(((x.facts, y.facts) for x, y in two), archive.weights, model())
        rows = [clash.signs(x, y, likely, False, archive.weights) for (x, y), likely in zip(two, alike, strict=True)]
        sure = sorted(grown.likelihoods(rows), reverse=True)[: parting.TOP]
        if not sure or sum(sure) / len(sure) < least / 2:
            return False
    return True


def _names(dispute: Dispute, struck: str, claims: Mapping[str, Claim]) -> bool:
    """Whether what parts them is mostly of a class of what can be lost, on every side, or denies it."""

    def speaks(claim: Claim) -> bool:
        return struck in classes_in(claim.text) or denies(claim)

    return all(2 * sum(speaks(claims[c]) for c in p.claims) >= len(p.claims) for p in dispute.positions)


_THE_DEED = frozenset({CountKind.DESTROYED, CountKind.CAPTURED, CountKind.ARRESTED})
"""Losses that are the deed itself."""
_BESIDE = frozenset({DisputeKind.READOUT, DisputeKind.CHARACTER, DisputeKind.RESPONSIBILITY})
_APART = frozenset({Question.ASKED, Question.MEDIATED, Question.SAID})
"""Questions that are asked beside whether it happened."""


def _held(dispute: Dispute) -> set[tuple[str, str]]:
    """Every figure that a party has held in a dispute."""
    return {(t.party, t.value) for t in dispute.history} | {(p.party, p.value) for p in dispute.positions}


def _put(scene: Scene, losses: Sequence[counting.Loss]) -> Iterable[Put]:
    """Every question of an incident. Of several ways in which two part over what happened, the surest is shown."""
    counts, used = how_many.put(scene, losses)
    yield from counts
    counted = [{c.id for line in p.lines if line.party in p.parting for c in line.claims} for p in counts if p.kind]
    parted = parting.of(scene, used, counted)
    puts: list[Put | None] = []
    if said.concerns(scene):
        puts += said.put(scene)
    else:
        if talks.concerns(scene):
            asked, spoken = talks.put(scene)
            puts += asked
            used |= spoken
        puts += [began.put(scene), happened.put(scene, used), hit.put(scene), ended.put(scene)]
    told = {put.question: put for put in puts if put is not None}
    started = told.get(Question.BEGAN)
    if started is not None and started.kind is not None:
        # Who began it is what those two part on; whether it happened, and who did it, they do not ask beside it.
        for question in _EITHER & parted.keys():
            if parted[question].claims.keys() <= started.parting:
                del parted[question]
    chosen = _chosen([parted[q] for q in _ONE_OF if q in parted])
    for one in chosen:
        # Who did it, and whether it was done, are one question's lines under two names.
        for asks in _EITHER - {p.question for p in chosen}:
            if one.question in _EITHER and asks in told:
                told[one.question] = replace(told.pop(asks), question=one.question)
        told.setdefault(one.question, Put(one.question, "", []))
    for question in parted.keys() & _BY_RULE - told.keys():
        told[question] = Put(question, "", [])
    for question, put in sorted(told.items(), key=lambda kv: list(Question).index(kv[0])):
        if question in _BY_RULE and put.kind is not None:
            pass
        elif question in parted and (question in _BY_RULE or parted[question] in chosen):
            _part(scene, put, parted[question])
        else:
            put.kind = None
        if put.lines:
            yield put


def _chosen(rivals: Sequence[parting.Parting]) -> list[parting.Parting]:
    """The surest, and any other in which each party is held to it by other claims for the most part."""
    found: list[parting.Parting] = []
    for one in sorted(rivals, key=lambda p: (-p.sure, _ONE_OF.index(p.question))):
        told = {c.id for p in found for held in p.claims.values() for c in held}
        if all(2 * len(told & {c.id for c in held}) < len(held) for held in one.claims.values()):
            found.append(one)
    return found


_EITHER = {Question.WHO, Question.HAPPENED}
_ONE_OF = (Question.WHAT, Question.WHO, Question.HAPPENED, Question.OUTCOME)
"""Ways to part over what happened: a denial of having hit homes is no denial of the strike, nor shown a second time as one."""
_BY_RULE = frozenset({Question.BEGAN, Question.ASKED, Question.MEDIATED, Question.SAID})
"""Questions whose comparator finds by itself that two part."""
_KINDS = {
    Question.WHAT: DisputeKind.CHARACTER,
    Question.WHO: DisputeKind.RESPONSIBILITY,
    Question.BEGAN: DisputeKind.RESPONSIBILITY,
    Question.HAPPENED: DisputeKind.OCCURRENCE,
    Question.OUTCOME: DisputeKind.OUTCOME,
    Question.ASKED: DisputeKind.OCCURRENCE,
    Question.MEDIATED: DisputeKind.OCCURRENCE,
    Question.SAID: DisputeKind.READOUT,
}


def _part(scene: Scene, put: Put, parting_: parting.Parting) -> None:
    """Set a question's lines by the claims on which its parties part."""
    title = scene.title
    told = dict(parting_.claims)
    of_deed = put.question in {Question.WHO, Question.HAPPENED}
    deed = titles.done([c for held in told.values() for c in held]) if of_deed else ""
    broken = (
        put.question is Question.WHO
        and talks.concerns(scene)
        and any(found("broken", c.text) for held in told.values() for c in held)
    )
    if broken:
        # Whose word on who broke a truce is told by what says so, and not by what tells of the truce.
        told = {p: [c for c in held if found("broken", c.text)] or held for p, held in told.items()}
    others = [line for line in put.lines if line.party not in told]
    lines = []
    # Two accounts of what was hit are told by what it was, where both say so in other words.
    kinds = {line.party: line.value for line in put.lines if put.question is Question.WHAT}
    kinds = kinds if len({kinds.get(party) or party for party in told}) == len(told) else {}
    denied = any(denies(held[0]) for held in told.values())
    if put.question is Question.HAPPENED:
        put.text = titles.happened(title, denied, deed)
    elif put.question is Question.WHO:
        put.text = titles.who(title, broken, deed)
    else:
        put.text = titles.QUESTIONS[put.question](title)
    for party, held in told.items():
        # Where nobody denies, two versions stand side by side, each in its own words.
        holds = Holds.NO if denies(held[0]) else Holds.YES if denied else Holds.OPEN
        lines.append(Draft(party, held, kinds.get(party) or gist(*held), holds))
    put.lines = sorted((*lines, *others), key=lambda line: line.party)
    put.kind, put.parting, put.apart, put.found = _KINDS[put.question], frozenset(told), parting_.sure, parting_.sure
    put.reason = "accounts that cannot both hold"
    deniers = {p: [c for c in held if denies(c)] for p, held in told.items()}
    deniers = {p: held for p, held in deniers.items() if held}
    put.settled = bool(deniers) and happened.admitted(scene, deniers.keys(), deniers)


def _drawn(scene: Scene, put: Put) -> tuple[Asked, Dispute | None]:
    lines = tuple(_line(scene, draft) for draft in put.lines)
    counted = put.question is Question.HOW_MANY
    name = identity.of_question(put.question.value, put.subject, scene.incident.id)
    asked = Asked(f"q{name}", scene.incident.id, put.question, put.text, lines, put.subject)
    # A figure may be read rightly though whose the dead were is not.
    read = [
        line
        for line, draft in zip(lines, put.lines, strict=True)
        if counted or any(c.confidence >= READ for c in draft.claims)
    ]
    parting = [line for line in read if line.party in put.parting]
    if put.kind is None or len(parting) < 2 or _all_shared(parting):
        return asked, None
    shown = [line for line in read if line.party in put.parting or (counted and line.low is not None)]
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


def _all_shared(parting: Sequence[Line]) -> bool:
    """ "Armenia and Azerbaijan agreed on a truce" is held by both: two part only if each has a claim that the other has not."""
    held = [set(line.claims) for line in parting]
    return not any(a - b and b - a for a, b in combinations(held, 2))


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
