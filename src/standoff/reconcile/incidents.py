"""Claims about the same happening, linked with a reason. Nothing is merged; a link can be undone.

Two claims are linked when what happened, when, where and between whom can be the same, and something more than
the kind of event speaks for it. Speech acts are linked to what they are about: an accusation to the deed, a denial
to the accusation.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.model import AuxMode, Claim, CountKind, Document, HandLink, Incident, Link, Where

VERSION = "incidents-2"

DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "AID", "COOPERATE", "PROTEST", "CONSULT"})
VERDICTS = frozenset({"ACCUSE", "REJECT"})


STRANGE, SAME_STORY = 0.08, 0.15
"""Below the one, two reports share no names that tell them apart from others; above the other, they tell one story."""
ENOUGH = 20
"""From so many reports on, how rare a name is among them says something."""
_NAME = re.compile(r"\b(?:[A-Z][a-z]{2,}|\d{2,})\b")


class Names:
    """The names and numbers of each report, the rare ones weighing most (tf-idf). A name in more than a tenth of the
    reports is the subject of them all and left out."""

    def __init__(self, documents: Sequence[Document]) -> None:
        bags = {d.id: Counter(_NAME.findall(d.text[:6000])) for d in documents}
        holding = Counter(name for bag in bags.values() for name in bag)
        most = max(5, len(bags) // 10)
        self._weights: dict[str, dict[str, float]] = {}
        for key, bag in bags.items():
            weights = {
                name: (1 + math.log(count)) * math.log(len(bags) / holding[name])
                for name, count in sorted(bag.items())
                if holding[name] <= most
            }
            norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            self._weights[key] = {name: w / norm for name, w in weights.items() if holding[name] > 1}
        self._known: dict[tuple[str, str], float] = {}

    def alike(self, a: str, b: str) -> float | None:
        """Cosine of two reports, from 0 to 1; null where there are too few reports to tell a rare name from a common
        one."""
        if len(self._weights) < ENOUGH or a not in self._weights or b not in self._weights:
            return None
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            one, other = self._weights[pair[0]], self._weights[pair[1]]
            self._known[pair] = sum(weight * other[name] for name, weight in one.items() if name in other)
        return self._known[pair]


@dataclass(frozen=True, slots=True)
class Context:
    """What reconciling knows beside the claims: publication dates, and the order of claims in their documents."""

    published: dict[str, date | None]
    place: dict[str, str]
    """Of each document, the folded name of the place where most of its deeds happened."""
    names: Names


def link(
    claims: Sequence[Claim], documents: Sequence[Document] = (), hand: Sequence[HandLink] = ()
) -> tuple[Incident, ...]:
    """Incidents of two or more claims, in the order of their first claim; deterministic in any order of input.

    What people linked or cut comes first, and no rule joins what they keep apart. A decision about a claim that is
    not among ``claims`` waits until it is.
    """
    ordered = sorted(claims, key=lambda c: (c.doc, c.span.start, c.trigger.span.start, c.id))
    context = Context({d.id: d.published for d in documents}, _scenes(ordered), Names(documents))
    groups = _Groups(ordered)
    by_id = {c.id: c for c in ordered}
    decided = sorted({h for h in hand if {h.first, h.second} <= by_id.keys()}, key=lambda h: (h.first, h.second))
    for one in decided:
        if not one.together:
            groups.cut(one.first, one.second)
    for one in decided:
        if one.together:
            groups.join(by_id[one.first], by_id[one.second], f"by hand: {one.reason}" if one.reason else "by hand")
    followed = sequels(ordered)
    for sequel, before in followed.items():
        for deed in before:
            if groups.root(deed) != groups.root(sequel):
                groups.cut(sequel, deed)
    edges = [(-score, _gap(a, b), a.id, b.id, a, b, reason) for a, b, score, reason in _candidates(ordered, context)]
    # The surest links first, so that a weak one cannot bridge two happenings that the sure ones keep apart; of equally
    # sure ones, those told side by side.
    for _, _, _, _, a, b, reason in sorted(edges, key=lambda edge: edge[:4]):
        if groups.agree(a, b):
            groups.join(a, b, reason)
    for claim, about, reason in verdicts(ordered):
        if groups.agree(about, claim):
            groups.join(about, claim, reason)
    for a, b in _word_for_word(ordered, context):
        if groups.agree(a, b):
            groups.join(a, b, "told in the same words on the same day")
    root, reasons = groups.root, groups.reasons
    clusters: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        clusters[root(claim.id)].append(claim)
    under = _under(followed, clusters, root)
    related = {*under, *under.values()}
    kept = {key: members for key, members in clusters.items() if len(members) > 1 or key in related}
    names = {
        key: f"i{hashlib.sha256('|'.join(sorted(m.id for m in members)).encode()).hexdigest()[:12]}"
        for key, members in kept.items()
    }
    return tuple(
        Incident(
            names[key],
            tuple(Link(m.id, reasons.get(m.id, "first told"), VERSION) for m in members),
            names[under[key]] if key in under else None,
        )
        for key, members in kept.items()
    )


REPRINTED = 40
"""Letters of a claim that two reports of one day do not share by chance."""


def _word_for_word(claims: Sequence[Claim], context: Context) -> Iterator[tuple[Claim, Claim]]:
    """Claims that reports of one day tell in the same words: a reprint, whatever else is left open in them."""
    first: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        words = "".join(ch for ch in claim.text.lower() if ch.isalnum())
        published = context.published.get(claim.doc)
        if len(words) < REPRINTED or published is None:
            continue
        key = (published, claim.event, claim.aux, claim.trigger.span.start - claim.span.start, words)
        told = first.setdefault(key, claim)
        if told.doc != claim.doc:
            yield told, claim


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
        if claim.event not in DEEDS or claim.aux:
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
    followed: Mapping[str, tuple[str, ...]], clusters: Mapping[str, Sequence[Claim]], root: Callable[[str], str]
) -> dict[str, str]:
    """Of each group that followed another, that other: what most of its claims are told after."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for claim, before in followed.items():
        votes[root(claim)][root(before[-1])] += 1
    return {
        key: max(sorted(told), key=lambda other: told[other])
        for key, told in votes.items()
        if key in clusters and key not in told
    }


def _gap(a: Claim, b: Claim) -> int:
    """Characters between two claims of one report; of two reports, more than any report has."""
    return abs(a.span.start - b.span.start) if a.doc == b.doc else 1 << 40


def _scenes(claims: Sequence[Claim]) -> dict[str, str]:
    """Where a document's deeds happened when they name no place of their own: the place it names most, if one does."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.event in DEEDS and claim.where is not None and claim.where.precision != "country":
            named[claim.doc][_fold(claim.where.name)] += 1
    return {doc: max(places, key=lambda p: places[p]) for doc, places in named.items()}


def family(event: str) -> str:
    """Capturing, seizing and arresting are told as ASSAULT by one side and as COERCE by the other."""
    return "HARM" if event in {"ASSAULT", "COERCE"} else event


NEIGHBOURS = 60
"""In a block too large to compare all with all, each claim meets this many that stand next to it."""


class _Groups:
    """Claims joined so far, with the days and places that each group holds: two that cannot be one stay apart."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.parent = {c.id: c.id for c in claims}
        self.reasons: dict[str, str] = {}
        self.members: dict[str, set[str]] = {c.id: {c.id} for c in claims}
        self.cuts: dict[str, set[str]] = {}
        """Of each group, the claims that people keep out of it."""
        self.days: dict[str, set[tuple[date, date]]] = {}
        self.places: dict[str, dict[tuple[str, str | None], Where]] = {}
        for claim in claims:
            when = days(claim)
            self.days[claim.id] = {when} if when else set()
            where = claim.where
            self.places[claim.id] = {(_fold(where.name), where.country): where} if where is not None else {}

    def root(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def cut(self, a: str, b: str) -> None:
        self.cuts.setdefault(self.root(a), set()).add(b)
        self.cuts.setdefault(self.root(b), set()).add(a)

    def agree(self, a: Claim, b: Claim) -> bool:
        """No two days or places of the two groups rule each other out, and nobody keeps them apart."""
        first, second = self.root(a.id), self.root(b.id)
        if first == second:
            return True
        if self.cuts.get(first, set()) & self.members[second]:
            return False
        return all(_share_a_day(d, e) for d in self.days[first] for e in self.days[second]) and all(
            places_agree(p, q) is not False for p in self.places[first].values() for q in self.places[second].values()
        )

    def join(self, a: Claim, b: Claim, reason: str) -> None:
        first, second = self.root(a.id), self.root(b.id)
        self.reasons.setdefault(b.id, reason)
        self.reasons.setdefault(a.id, reason)
        if first == second:
            return
        kept, gone = min(first, second), max(first, second)
        self.parent[gone] = kept
        self.members[kept] |= self.members.pop(gone)
        if gone in self.cuts:
            self.cuts.setdefault(kept, set()).update(self.cuts.pop(gone))
        self.days[kept] |= self.days.pop(gone)
        self.places[kept] |= self.places.pop(gone)


def _candidates(claims: Sequence[Claim], context: Context) -> Iterator[tuple[Claim, Claim, float, str]]:
    """Pairs that can be one happening, each once, with how strongly and why."""
    seen: set[tuple[str, str]] = set()
    for group in _blocks(claims, context).values():
        reach = len(group) if len(group) <= 2 * NEIGHBOURS else NEIGHBOURS
        for i, a in enumerate(group):
            for b in group[i + 1 : i + 1 + reach]:
                if (a.id, b.id) in seen:
                    continue
                seen.add((a.id, b.id))
                score, reason = likeness(a, b, context)
                if reason:
                    yield a, b, score, reason


def _blocks(claims: Sequence[Claim], context: Context) -> dict[tuple[str, ...], list[Claim]]:
    """Candidate groups, so that pairs stay few: of one kind and one document, or one kind, one fortnight and one
    country or party. Claims without any day share a block of their own with all others of their country or party."""
    blocks: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    undated = any(_reach(c, context) is None for c in claims if c.event in DEEDS)
    for claim in claims:
        if claim.event not in DEEDS:
            continue
        kind = family(claim.event)
        blocks[(kind, "in", claim.doc)].append(claim)
        reach = _reach(claim, context)
        fortnights = range(reach[0].toordinal() // 14, reach[1].toordinal() // 14 + 1) if reach else ()
        whens = [str(n) for n in fortnights[:4]] + (["any"] if undated else [])
        keys = {k.split("-")[0] for k in claim.actor_keys | claim.recipient_keys}
        if claim.where is not None and claim.where.country:
            keys.add(claim.where.country)
        for when in whens:
            for key in keys or {"none"}:
                blocks[(kind, when, key)].append(claim)
    for group in blocks.values():
        group.sort(key=lambda c: (_reach(c, context) or (date.max,), _scene(c, context), c.doc, c.span.start, c.id))
    return blocks


def _reach(claim: Claim, context: Context) -> tuple[date, date] | None:
    """Days on which it can have happened: the days said, with one on each side, else about its publication."""
    said = days(claim)
    if said is not None:
        return _shift(said[0], -1), _shift(said[1], 1)
    published = context.published.get(claim.doc)
    return (_shift(published, -10), _shift(published, 10)) if published else None


def _shift(day: date, by: int) -> date:
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + by)))


def _scene(claim: Claim, context: Context) -> str:
    return _fold(claim.where.name) if claim.where is not None else context.place.get(claim.doc, "")


def likeness(a: Claim, b: Claim, context: Context) -> tuple[float, str]:
    """How much speaks for two deeds being one happening, and why; no reason where they cannot be, or too little does."""
    if family(a.event) != family(b.event) or (AuxMode.HISTORICAL in a.aux) != (AuxMode.HISTORICAL in b.aux):
        return 0.0, ""
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & (set(a.aux) ^ set(b.aux)):
        return 0.0, ""
    dates = _dates(a, b, context)
    if dates is False:
        return 0.0, ""
    places = _places(a, b)
    if places is False:
        return 0.0, ""
    parties = _parties(a, b)
    if parties is False:
        return 0.0, ""
    score = 0.0
    said: list[str] = []
    if dates:
        score, said = score + 1.0, [*said, "same day"]
    if places is None and _same_scene(a, b, context):
        places = "near"
    if places:
        score, said = score + (2.0 if places == "exact" else 0.75), [*said, "same place"]
    if parties:
        score, said = score + 1.0, [*said, "same parties"]
    shared = _shared_words(a, b)
    if shared:
        score, said = score + min(1.0, 0.5 * len(shared)), [*said, "same words: " + ", ".join(sorted(shared)[:3])]
    if _same_figure(a, b):
        score, said = score + 1.5, [*said, "same figure"]
    elif _clashing_losses(a, b) and a.doc == b.doc and a.speaker == b.speaker:
        return 0.0, ""
    elif _same_thing_counted(a, b) and a.speaker != b.speaker:
        # Two figures for the same losses of the same side, each from its own source.
        score, said = score + 1.5, [*said, "same losses counted"]
    alike = context.names.alike(a.doc, b.doc) if a.doc != b.doc else None
    if alike is not None:
        if alike < STRANGE:
            score -= 2.0
        elif alike > SAME_STORY:
            score, said = score + min(2.5, 10 * alike), [*said, "same names in both reports"]
    modes = set(a.modes) & set(b.modes)
    if modes:
        score, said = score + 0.5, [*said, "same means"]
    if set(a.modes) and set(b.modes) and not modes and a.event == "ASSAULT":
        score -= 0.5
    needed = 2.5 if a.doc == b.doc else 2.75
    return (score, "; ".join(said)) if score >= needed else (0.0, "")


def _same_scene(a: Claim, b: Claim, context: Context) -> bool:
    first, second = _scene(a, context), _scene(b, context)
    return bool(first) and first == second


def _same_thing_counted(a: Claim, b: Claim) -> bool:
    """Losses of one kind and unit, told of the same side."""
    if not (a.recipient_keys & b.recipient_keys):
        return False
    units = {(_loss(c.kind), c.unit.lower().rstrip("s")) for c in a.counts if c.low is not None}
    return bool(units & {(_loss(c.kind), c.unit.lower().rstrip("s")) for c in b.counts if c.low is not None})


def _loss(kind: CountKind) -> str:
    return "taken" if kind in {CountKind.CAPTURED, CountKind.ARRESTED} else kind.value


def days(claim: Claim) -> tuple[date, date] | None:
    if claim.when is not None and claim.when.start is not None:
        return claim.when.start, claim.when.end or claim.when.start
    return None


def _dates(a: Claim, b: Claim, context: Context) -> bool | None:
    """True: they can share a day and both say when; None: one does not say; False: they cannot."""
    first, second = days(a), days(b)
    if first is None or second is None:
        published_a, published_b = context.published.get(a.doc), context.published.get(b.doc)
        if published_a and published_b and abs(published_a - published_b) > timedelta(days=10):
            return False
        return None
    return _share_a_day(first, second)


def _share_a_day(first: tuple[date, date], second: tuple[date, date]) -> bool:
    """With a day between them allowed: a night ends on another date elsewhere."""
    return _shift(first[0], -1) <= second[1] and _shift(second[0], -1) <= first[1]


FINE = frozenset({"city", "point"})


def _places(a: Claim, b: Claim) -> str | bool | None:
    if a.where is None or b.where is None:
        return None
    return places_agree(a.where, b.where)


def places_agree(a: Where, b: Where) -> str | bool | None:
    """The same place ("exact"), one that can hold or touch the other ("near"), not the same (False), or not said."""
    if a.country and b.country and a.country != b.country:
        return False
    first, second = _fold(a.name), _fold(b.name)
    if first == second or first in second or second in first:
        return "exact" if a.precision not in {"country", "region"} else "near"
    if a.precision in FINE and b.precision in FINE:
        if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
            return None
        near = abs(a.lat - b.lat) < 0.25 and abs(a.lon - b.lon) < 0.25
        return "near" if near else False
    return "near" if a.country and a.country == b.country else None


def _parties(a: Claim, b: Claim) -> bool | None:
    """Actors may differ between accounts; two different pairs of sides are two happenings."""
    first, second = a.actor_keys | a.recipient_keys, b.actor_keys | b.recipient_keys
    if not first or not second:
        return None
    if a.recipient_keys and b.recipient_keys and not (a.recipient_keys & b.recipient_keys):
        if a.recipient_keys <= b.actor_keys or b.recipient_keys <= a.actor_keys:
            return False
        return None if first & second else False
    if a.actor_keys and b.actor_keys and not (a.actor_keys & b.actor_keys):
        return None
    return True if first & second else None


_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{3,}")
_COMMON = frozenset(
    "that this with have from were been they their which said also after before more than least people killed wounded "
    "injured attack attacks strike strikes when where while over into about against other some many including would "
    "could forces military government army civilians soldiers".split()
)


def _shared_words(a: Claim, b: Claim) -> set[str]:
    return ({w.lower() for w in _WORD.findall(a.text)} & {w.lower() for w in _WORD.findall(b.text)}) - _COMMON


def _same_figure(a: Claim, b: Claim) -> bool:
    figures = {(c.kind, c.low, c.high) for c in a.counts if c.low is not None and c.low > 1}
    return bool(figures & {(c.kind, c.low, c.high) for c in b.counts})


def _clashing_losses(a: Claim, b: Claim) -> bool:
    for first in a.counts:
        for second in b.counts:
            if (
                first.kind is second.kind
                and first.kind is not CountKind.CASUALTIES
                and None not in (first.low, second.low)
            ):
                return first.low != second.low
    return False


def _fold(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


def verdicts(claims: Sequence[Claim]) -> list[tuple[Claim, Claim, str]]:
    """(speech act, what it is about, reason): accusations with the deed they name, denials with the accusation."""
    found: list[tuple[Claim, Claim, str]] = []
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_doc[claim.doc].append(claim)
    for told in by_doc.values():
        for index, claim in enumerate(told):
            if claim.event == "ACCUSE":
                deed = _deed_of(claim, told)
                if deed is not None:
                    found.append((claim, deed, "what the accusation is about"))
            elif claim.event == "REJECT":
                answered = _accusation_of(claim, told[:index]) or _denied_deed(claim, told)
                if answered is not None:
                    found.append((claim, answered, "what the denial answers"))
            elif claim.event == "ASSAULT" and _points_back(claim) and claim.when is None and claim.where is None:
                deed = _told_before(claim, told)
                if deed is not None:
                    found.append((claim, deed, "told again without day or place"))
    return found


def _deed_of(accusation: Claim, told: Sequence[Claim]) -> Claim | None:
    inside = [c for c in told if c.event in DEEDS and accusation.span.covers(c.trigger.span) and c.id != accusation.id]
    if inside:
        return inside[0]
    if AuxMode.HISTORICAL in accusation.aux:
        return None
    if _points_back(accusation):
        return _told_before(accusation, told)
    if "allege" not in accusation.modes:
        return None
    before = [c for c in told if c.event == "ASSAULT" and c.span.start < accusation.span.start and not c.aux]
    for deed in reversed(before[-2:]):
        if deed.actor_keys and accusation.recipient_keys and not (deed.actor_keys & accusation.recipient_keys):
            continue
        # An accusation that names no deed of its own is about the one told just before.
        if accusation.span.start - deed.span.end < 400:
            return deed
    return None


def _accusation_of(denial: Claim, earlier: Sequence[Claim]) -> Claim | None:
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.NEGATION} & set(denial.aux):
        return None
    for claim in reversed(earlier):
        if claim.event == "ACCUSE" and (claim.recipient_keys & denial.actor_keys):
            return claim
    return None


_BACK = re.compile(
    r"\b(?i:the|this|that|these|those)\s+(?:[\w-]+\s+){0,2}"
    r"(?i:attacks?|strikes?|air ?strikes?|raids?|bombings?|blasts?|explosions?|shelling|assaults?|massacres?|killings?"
    r"|ambush)\b(?!\s+(?:in|on|at|near|of)\s+(?:the\s+)?[A-Z0-9])"
)


def _points_back(claim: Claim) -> bool:
    """A deed named as known ('the attack', 'carried out this massacre'), with nothing counted: it tells nothing new."""
    if claim.counts:
        return False
    if claim.event == "ACCUSE" and "responsib" in claim.text and "of " not in claim.text.partition("responsib")[2][:10]:
        return True
    after = claim.trigger.span.end - claim.span.start
    for found in _BACK.finditer(claim.text):
        # A verdict may name it anywhere; of a deed it must be the deed itself, not what went before it.
        if claim.event in VERDICTS or found.end() >= after >= found.start() - len("ing out "):
            return True
    return False


def _told_before(claim: Claim, told: Sequence[Claim]) -> Claim | None:
    """The deed told last before, with a place, day or losses to know it by."""
    for deed in reversed([c for c in told if c.span.start < claim.span.start and c.id != claim.id]):
        known = deed.where is not None or deed.when is not None or deed.counts
        if deed.event == "ASSAULT" and known and not set(deed.aux) - {AuxMode.HISTORICAL}:
            return deed
    return None


def _denied_deed(denial: Claim, told: Sequence[Claim]) -> Claim | None:
    """The deed that a denial names itself, or the one just told of the party that denies."""
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.NEGATION} & set(denial.aux):
        return None
    for deed in told:
        if deed.event in {"ASSAULT", "COERCE"} and denial.span.covers(deed.trigger.span):
            return deed
    denied = {m for c in told if c.event == "ASSAULT" and denial.span.covers(c.trigger.span) for m in c.modes}
    for deed in reversed(told):
        gap = denial.span.start - deed.span.end
        if denied and deed.modes and not denied & set(deed.modes):
            continue  # "denied using chemical weapons" does not answer an air raid
        if deed.event in {"ASSAULT", "COERCE"} and 0 <= gap < 400 and deed.actor_keys & denial.actor_keys:
            return deed
    return None
