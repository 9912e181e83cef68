"""Claims about the same happening: what one editor would give one headline. Nothing is merged; a link can be undone.

Every two claims that stand near each other (:mod:`~standoff.reconcile.blocks`) are weighed (:mod:`~standoff.reconcile.pairs`), and
groups are joined by average linkage: the surest two first, and only while claims of the one and of the other tell of one
happening on the whole. One strong pair cannot chain two happenings; a claim that fits two stays alone.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import tee
from typing import TypeVar

from standoff.model import Claim, Decision, Document, Doing, HandLink, Incident, Link, Where
from standoff.reconcile import blocks, facts, identity, pairs
from standoff.reconcile.facts import SPEECH, Facts
from standoff.reconcile.pairs import Model, Weights

VERSION = "incidents-4"
T = TypeVar("T")


def link(
    claims: Sequence[Claim],
    documents: Sequence[Document] = (),
    hand: Sequence[HandLink] = (),
    decided: Sequence[Decision] = (),
    drawn: Mapping[str, Facts] | None = None,
) -> tuple[Incident, ...]:
    """Incidents of two or more claims, in the order of their first claim; deterministic in any order of input.

    What people decided comes first, and no rule joins what they keep apart. A decision about a claim that is
    not among ``claims`` waits until it is.
    """
    ordered = sorted(claims, key=lambda c: (c.doc, c.span.start, c.trigger.span.start, c.id))
    known = drawn or facts.of_claims(ordered, documents)
    weights = Weights(known.values())
    together, apart = by_hand(hand, decided, known.keys())
    followed = sequels(ordered)
    for sequel, before in followed.items():
        for deed in before:
            if (sequel, deed) not in together and (deed, sequel) not in together:
                apart.append((sequel, deed))
    groups = cluster(
        known,
        weighed(known, weights, pairs.model()),
        pairs.model().join,
        list(together),
        apart,
        when_and_where(known),
        {key for key, one in known.items() if one.family == "force"},
    )
    group_of = {key: at for at, group in enumerate(groups) for key in group}
    clusters: dict[int, list[Claim]] = defaultdict(list)
    for claim in ordered:
        clusters[group_of[claim.id]].append(claim)
    under = _under(followed, clusters, group_of)
    related = {*under, *under.values()}
    made = {key for one in decided if one.doing is Doing.TOGETHER for key in one.claims}
    kept = {
        at: held for at, held in clusters.items() if len(held) > 1 or at in related or any(c.id in made for c in held)
    }
    published = {d.id: d.published for d in documents}
    names = {at: identity.of_incident(held, published) for at, held in kept.items()}
    by_pair = {frozenset(pair): reason for pair, reason in together.items()}
    return tuple(
        Incident(
            names[at],
            tuple(Link(m.id, _reason(m, held, known, by_pair), VERSION) for m in held),
            names[under[at]] if at in under else None,
        )
        for at, held in kept.items()
    )


def by_hand(
    hand: Sequence[HandLink], decided: Sequence[Decision], known: object
) -> tuple[dict[tuple[str, str], str], list[tuple[str, str]]]:
    """Pairs of claims that people hold together, each with its reason, and pairs that they keep apart; of two decisions
    about the same two claims the later holds."""
    word: dict[tuple[str, str], tuple[bool, str]] = {}

    def say(a: str, b: str, together: bool, reason: str) -> None:
        if a != b and a in known and b in known:  # type: ignore[operator]
            word[(min(a, b), max(a, b))] = (together, f"by hand: {reason}" if reason else "by hand")

    for one in sorted(hand, key=lambda h: (h.first, h.second)):
        say(one.first, one.second, one.together, one.reason)
    for decision in sorted((d for d in decided if d.undone is None), key=lambda d: d.number):
        if decision.doing is Doing.TOGETHER:
            for a, b in zip(decision.claims, decision.claims[1:], strict=False):
                say(a, b, True, decision.reason)
        elif decision.doing in {Doing.APART, Doing.MOVE}:
            for a in decision.claims:
                for b in decision.others:
                    say(a, b, False, decision.reason)
                for b in decision.into:
                    say(a, b, True, decision.reason)
    together = {pair: reason for pair, (yes, reason) in sorted(word.items()) if yes}
    return together, [pair for pair, (yes, _) in sorted(word.items()) if not yes]


def weighed(known: Mapping[str, Facts], weights: Weights, by: Model) -> Iterator[tuple[str, str, float]]:
    """Pairs that stand near each other, with how likely they tell of one happening."""
    near, again = tee(blocks.candidates(known.values()))
    likely = pairs.likelihoods(((known[a], known[b]) for a, b in near), weights, by)
    for (a, b), one in zip(again, likely, strict=True):
        yield a, b, one


def cluster(
    known: Iterable[str],
    likelihoods: Iterable[tuple[str, str, float]],
    least: float,
    together: Sequence[tuple[str, str]] = (),
    apart: Sequence[tuple[str, str]] = (),
    told: Mapping[str, WhenWhere] | None = None,
    force: Set[str] = frozenset(),
) -> list[frozenset[str]]:
    """Groups of claims by average linkage; every claim is in one, most often alone.

    A claim that says neither when nor where fits every attack, and would tie them all: so groups whose claims mostly tell of
    other days or other towns (``told``) are not joined. Large groups that mostly tell of ``force`` are joined sooner.
    """
    members: dict[str, set[str]] = {key: {key} for key in known}
    of = {key: key for key in members}
    # Between two groups, the sum of how likely their pairs are; pairs that were not weighed count nothing.
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for a, b, likely in likelihoods:
        if likely > FLOOR:
            sums[a][b] = sums[b][a] = likely
    cut: dict[str, set[str]] = defaultdict(set)
    for a, b in apart:
        cut[a].add(b)
        cut[b].add(a)

    days: dict[str, Counter[Days]] = {key: Counter() for key in members}
    towns: dict[str, Counter[Point]] = {key: Counter() for key in members}
    for key, (day, town) in (told or {}).items():
        days[key].update([day] if day else [])
        towns[key].update([town] if town else [])

    def kept_apart(a: str, b: str) -> bool:
        return bool(cut.get(a)) and bool(cut[a] & members[b])

    def barred(a: str, b: str) -> bool:
        return kept_apart(a, b) or _mostly(_other_days, days[a], days[b]) or _mostly(_far, towns[a], towns[b])

    def join(a: str, b: str) -> str:
        kept, gone = min(a, b), max(a, b)
        for other, value in sums.pop(gone, {}).items():
            sums[other].pop(gone, None)
            if other != kept:
                sums[kept][other] = sums[other][kept] = sums[kept].get(other, 0.0) + value
        sums[kept].pop(gone, None)
        members[kept] |= members.pop(gone)
        days[kept] += days.pop(gone)
        towns[kept] += towns.pop(gone)
        cut[kept] |= cut.pop(gone, set())
        for key in members[kept]:
            of[key] = kept
        return kept

    for a, b in together:
        if of[a] != of[b] and not kept_apart(of[a], of[b]):
            join(of[a], of[b])

    def mean(a: str, b: str) -> float:
        return round(sums[a][b] / (len(members[a]) * len(members[b])), 9)

    def large(group: set[str]) -> bool:
        return len(group) >= LARGE and 2 * len(group & force) > len(group)

    heap = [(-mean(a, b), a, b) for a in sorted(sums) for b in sums[a] if a < b]
    heapq.heapify(heap)
    while heap:
        likely, a, b = heapq.heappop(heap)
        if -likely < LARGE_LEAST * least:
            break
        if a not in members or b not in members or b not in sums.get(a, {}) or -likely != mean(a, b) or barred(a, b):
            continue
        if -likely < least and not (large(members[a]) and large(members[b])):
            continue
        kept = join(a, b)
        for other in sums[kept]:
            first, second = min(kept, other), max(kept, other)
            heapq.heappush(heap, (-mean(first, second), first, second))
    return [frozenset(held) for held in members.values()]


Days = tuple[date, date, frozenset[tuple[str, int, int]]]
"""First and last day, and the losses told with them."""
Point = tuple[float, float]
"""Latitude and longitude in degrees."""
WhenWhere = tuple[Days | None, Point | None]
POINTS = frozenset({"ASSAULT"})
"""Deeds that are done at one time and place; sieges, talks and arrests may last, and go from place to place."""
BRIEF = timedelta(days=1)
FEW = 2
"""The day or town of one claim alone may be read wrongly, and parts nothing."""
MANY = 20
"""So many dead of one town are the same dead, whatever day they are given."""
FAR = 150.0
"""Kilometres from which on two towns are two."""
DEGREE = 111.2
"""Kilometres in a degree of latitude."""


def when_and_where(known: Mapping[str, Facts]) -> dict[str, WhenWhere]:
    """The day and the town of each deed, where its claim tells them."""
    return {
        key: (_brief(one), _point(one.where))
        for key, one in known.items()
        if one.event in POINTS and not one.background
    }


def _brief(one: Facts) -> Days | None:
    return (*one.days, one.losses) if one.days is not None and one.days[1] - one.days[0] <= BRIEF else None


def _point(where: Where | None) -> Point | None:
    if where is None or where.precision not in pairs.FINE or where.lat is None or where.lon is None:
        return None
    return where.lat, where.lon


def _mostly(apart: Callable[[T, T], bool], a: Counter[T], b: Counter[T]) -> bool:
    if min(a.total(), b.total()) < FEW:
        return False
    return 2 * sum(n * m for x, n in a.items() for y, m in b.items() if apart(x, y)) > a.total() * b.total()


def _other_days(a: Days, b: Days) -> bool:
    """A deed of the night is one day's to one and the next day's to another, who tell the same losses; where they are many, they say
    more than a day does, which may be that of the report."""
    between = max(b[0] - a[1], a[0] - b[1])
    least = max((low for _, low, _ in a[2] & b[2]), default=-1)
    return between >= BRIEF and least < (MANY if between > BRIEF else 0)


def _far(a: Point, b: Point) -> bool:
    """By the plane that touches the globe between the two: right within a part in a thousand so near."""
    across = math.cos(math.radians((a[0] + b[0]) / 2)) * (a[1] - b[1])
    return DEGREE * math.hypot(a[0] - b[0], across) > FAR


LARGE, LARGE_LEAST = 4, 0.8
"""Two groups of so many claims each, mostly of force, are joined from so much of the limit on: most of a large group say
neither when nor where, which makes each pair less likely, and all of them together are surer than one pair is."""
FLOOR = 0.02
"""Pairs less likely than this are held for none."""


def _reason(
    claim: Claim, held: Sequence[Claim], known: Mapping[str, Facts], by_pair: Mapping[frozenset[str], str]
) -> str:
    """Why a claim is in its group: what ties it to the one it shares most with."""
    for other in held:
        reason = by_pair.get(frozenset((claim.id, other.id)))
        if reason:
            return reason
    mine = known[claim.id]
    others = [known[o.id] for o in held if o.id != claim.id]
    if not others:
        return "told once"
    nearest = max(
        others, key=lambda o: (len(o.words & mine.words) + 2 * len(o.losses & mine.losses) + (o.doc == mine.doc), o.id)
    )
    return pairs.reasons(mine, nearest)


_SEQUEL = re.compile(
    r"\b(?:an?other|(?:a|the|one)\s+(?:second|third|fourth|further|fresh|follow-up|subsequent))\s+(?:[\w-]+\s+){0,2}?"
    r"(?:attack|strike|air ?strike|raid|bomb|bombing|blast|explosion|missile|rocket|drone|shell|assault|ambush|bomber)\b"
    r"|\b(?:follow-up|double-tap)\s+(?:attack|strike|raid)",
    re.IGNORECASE,
)
_AFTER = ("later", "subsequently", "then")


def sequels(claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """Deeds told as coming after others ("a second strike hit the rescuers", "jets later struck"), each with the deeds
    told before it in its report, which it cannot be; the last of them it followed."""
    found: dict[str, tuple[str, ...]] = {}
    earlier: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.event in SPEECH or claim.aux:
            continue
        if earlier[claim.doc] and _is_sequel(claim):
            found[claim.id] = tuple(earlier[claim.doc])
        else:
            earlier[claim.doc].append(claim.id)
    return found


def _is_sequel(claim: Claim) -> bool:
    at = claim.trigger.span.start - claim.span.start
    before, after = claim.text[:at].split(), claim.text[at + len(claim.trigger.text) :].split()
    if claim.trigger.text.lower() not in {"died", "die", "dead"} and {w.lower() for w in (*before[-1:], *after[:1])} & {
        *_AFTER
    }:
        return True
    told = _SEQUEL.search(claim.text)
    return told is not None and told.start() <= at + len(claim.trigger.text)


def _under(
    followed: Mapping[str, tuple[str, ...]], clusters: Mapping[int, Sequence[Claim]], group_of: Mapping[str, int]
) -> dict[int, int]:
    """Of each group that followed another, that other: what most of its claims are told after."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for claim, before in followed.items():
        votes[group_of[claim]][group_of[before[-1]]] += 1
    return {
        key: max(sorted(told), key=lambda other: told[other])
        for key, told in votes.items()
        if key in clusters and key not in told
    }
