"""Claims about the same happening, linked with a reason. Nothing is merged; a link can be undone.

Two claims are linked when what happened, when, where and between whom can be the same, and something more than
the kind of event speaks for it. Speech acts are linked to what they are about: an accusation to the deed, a denial
to the accusation.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standoff.model import AuxMode, Claim, CountKind, Document, Incident, Link

VERSION = "incidents-1"

DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "AID", "COOPERATE", "PROTEST", "CONSULT"})
VERDICTS = frozenset({"ACCUSE", "REJECT"})


@dataclass(frozen=True, slots=True)
class Context:
    """What reconciling knows beside the claims: publication dates, and the order of claims in their documents."""

    published: dict[str, date | None]
    place: dict[str, str]
    """Of each document, the folded name of the place where most of its deeds happened."""


def link(claims: Sequence[Claim], documents: Sequence[Document] = ()) -> tuple[Incident, ...]:
    """Incidents of two or more claims, in the order of their first claim; deterministic in any order of input."""
    ordered = sorted(claims, key=lambda c: (c.doc, c.span.start, c.trigger.span.start, c.id))
    context = Context({d.id: d.published for d in documents}, _scenes(ordered))
    parent = {c.id: c.id for c in ordered}
    reasons: dict[str, str] = {}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(a: Claim, b: Claim, reason: str) -> None:
        first, second = root(a.id), root(b.id)
        reasons.setdefault(b.id, reason)
        reasons.setdefault(a.id, reason)
        if first != second:
            parent[max(first, second)] = min(first, second)

    for group in _blocks(ordered, context).values():
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                reason = same_happening(a, b, context)
                if reason:
                    join(a, b, reason)
    for claim, about, reason in verdicts(ordered):
        join(about, claim, reason)
    clusters: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        clusters[root(claim.id)].append(claim)
    incidents = []
    for members in clusters.values():
        if len(members) < 2:
            continue
        key = hashlib.sha256("|".join(sorted(m.id for m in members)).encode()).hexdigest()[:12]
        incidents.append(
            Incident(f"i{key}", tuple(Link(m.id, reasons.get(m.id, "first told"), VERSION) for m in members))
        )
    return tuple(incidents)


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


def _blocks(claims: Sequence[Claim], context: Context) -> dict[tuple[str, str], list[Claim]]:
    """Candidate groups: deeds of one kind that can fall on the same days, so that pairs stay few."""
    blocks: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.event in DEEDS:
            blocks[(family(claim.event), "")].append(claim)
    return blocks


def same_happening(a: Claim, b: Claim, context: Context) -> str:
    """Why two deeds can be one happening; empty where they cannot be, or nothing says so."""
    if family(a.event) != family(b.event) or (AuxMode.HISTORICAL in a.aux) != (AuxMode.HISTORICAL in b.aux):
        return ""
    if {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & (set(a.aux) ^ set(b.aux)):
        return ""
    dates = _dates(a, b, context)
    if dates is False:
        return ""
    places = _places(a, b)
    if places is False:
        return ""
    parties = _parties(a, b)
    if parties is False:
        return ""
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
        return ""
    elif _same_thing_counted(a, b) and a.speaker != b.speaker:
        # Two figures for the same losses of the same side, each from its own source.
        score, said = score + 1.5, [*said, "same losses counted"]
    modes = set(a.modes) & set(b.modes)
    if modes:
        score, said = score + 0.5, [*said, "same means"]
    if set(a.modes) and set(b.modes) and not modes and a.event == "ASSAULT":
        score -= 0.5
    needed = 2.5 if a.doc == b.doc else 2.75
    return "; ".join(said) if score >= needed else ""


def _same_scene(a: Claim, b: Claim, context: Context) -> bool:
    first = _fold(a.where.name) if a.where is not None else context.place.get(a.doc, "")
    second = _fold(b.where.name) if b.where is not None else context.place.get(b.doc, "")
    return bool(first) and first == second


def _same_thing_counted(a: Claim, b: Claim) -> bool:
    """Losses of one kind and unit, told of the same side."""
    if not (a.recipient_keys & b.recipient_keys):
        return False
    units = {(_loss(c.kind), c.unit.lower().rstrip("s")) for c in a.counts if c.low is not None}
    return bool(units & {(_loss(c.kind), c.unit.lower().rstrip("s")) for c in b.counts if c.low is not None})


def _loss(kind: CountKind) -> str:
    return "taken" if kind in {CountKind.CAPTURED, CountKind.ARRESTED} else kind.value


def days(claim: Claim, context: Context) -> tuple[date, date] | None:
    if claim.when is not None and claim.when.start is not None:
        return claim.when.start, claim.when.end or claim.when.start
    return None


def _dates(a: Claim, b: Claim, context: Context) -> bool | None:
    """True: they can share a day and both say when; None: one does not say; False: they cannot."""
    first, second = days(a, context), days(b, context)
    if first is None or second is None:
        published_a, published_b = context.published.get(a.doc), context.published.get(b.doc)
        if published_a and published_b and abs(published_a - published_b) > timedelta(days=10):
            return False
        return None
    slack = timedelta(days=1)
    return first[0] - slack <= second[1] and second[0] - slack <= first[1]


def _places(a: Claim, b: Claim) -> str | bool | None:
    if a.where is None or b.where is None:
        return None
    first, second = _fold(a.where.name), _fold(b.where.name)
    if first == second or first in second or second in first:
        return "exact" if a.where.precision not in {"country", "region"} else "near"
    if a.where.country and b.where.country and a.where.country != b.where.country:
        return False
    fine = {"city", "point"}
    if a.where.precision in fine and b.where.precision in fine:
        if a.where.lat is None or b.where.lat is None or a.where.lon is None or b.where.lon is None:
            return None
        near = abs(a.where.lat - b.where.lat) < 0.25 and abs(a.where.lon - b.where.lon) < 0.25
        return "near" if near else False
    return "near" if a.where.country and a.where.country == b.where.country else None


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
    return re.sub(r"[^a-z]", "", name.lower())


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
                accusation = _accusation_of(claim, told[:index])
                if accusation is not None:
                    found.append((claim, accusation, "what the denial answers"))
    return found


def _deed_of(accusation: Claim, told: Sequence[Claim]) -> Claim | None:
    inside = [c for c in told if c.event in DEEDS and accusation.span.covers(c.trigger.span) and c.id != accusation.id]
    if inside:
        return inside[0]
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
    for claim in reversed(earlier):
        if claim.event == "ACCUSE" and (claim.recipient_keys & denial.actor_keys):
            return claim
    return None
