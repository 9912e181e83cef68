"""Independent voices: twenty reprints of one wire story are one, and an outlet that quotes an agency speaks with its voice.

Reports are one voice where the words are nearly the same (a share of their runs of five words), or where a report
credits another outlet among those read ("according to Reuters"), or is another version of the same page. Nothing is dropped: every report keeps its place, and
the group says why its members are together.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from standoff.model import BLOCS, FORCE, UNKNOWN, Claim, Document
from standoff.reconcile import versions
from standoff.reconcile.accounts import holders
from standoff.reconcile.facts import SPEECH

RUN = 5
"""Words of one shingle."""
SAME = 0.6
"""Share of the shorter report's shingles that the longer must hold for the two to be one text."""
COMMON = 50
"""A shingle in more reports than this is boilerplate ("all rights reserved …"), and no sign of a copy."""
SKETCH = 48
"""Of each report, so many shingles with the least hashes find its candidates."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_CREDIT = r"(?:according to|reported by|reports?|told|citing|cited|quoted by|,? via|source:|\()\s*(?:the\s+)?{name}\b|\b{name}\s+(?:reported|reports|said|quoted|cited)|\(\s*{name}\s*\)\s*[-—–]"


@dataclass(frozen=True, slots=True)
class Voice:
    """Reports of one independent origin; the id is that of the first published."""

    id: str
    docs: tuple[str, ...]
    reasons: tuple[str, ...] = ()

    def led(self, documents: Mapping[str, Document]) -> bool:
        """Whether the others are known to have it from the first report: each is of a later day, or one of them credits its outlet."""
        first, *others = (documents[key] for key in self.docs)
        credit = f" credits {first.outlet}"
        later = all(first.published and one.published and one.published > first.published for one in others)
        return later or bool(first.outlet and any(reason.endswith(credit) for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What is confirmed across sides: one event (or figure) that an adversary or an independent voice also holds."""

    incident: str
    what: str
    parties: tuple[str, ...]
    voices: tuple[str, ...]
    claims: tuple[str, ...]
    by: str
    """``adversary``: a side that the claim is to the disadvantage of; ``independent``: two voices."""


def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of five words; of a shorter text, of the whole."""
    words = [w.lower() for w in _WORD.findall(text)]
    runs = [" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))] if words else []
    return frozenset(int.from_bytes(hashlib.blake2b(r.encode(), digest_size=8).digest()) for r in runs)


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smaller set that the larger holds.

    >>> containment(frozenset({1, 2}), frozenset({1, 2, 3, 4}))
    1.0
    """
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def group(documents: Sequence[Document]) -> tuple[Voice, ...]:
    """Voices of the reports, first published first; the same in whatever order the reports come."""
    ordered = sorted(documents, key=lambda d: (d.published is None, d.published or 0, d.captured is None, d.id))
    parent = {d.id: d.id for d in ordered}
    place = {d.id: i for i, d in enumerate(ordered)}
    reasons: dict[str, set[str]] = defaultdict(set)

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(a: str, b: str, reason: str) -> None:
        first, second = sorted((root(a), root(b)), key=place.__getitem__)
        parent[second] = first
        reasons[first].add(reason)
        reasons[first] |= reasons.pop(second, set()) if second != first else set()

    for held in versions.versions(ordered):
        for document in held[1:]:
            join(held[0].id, document.id, f"{document.id} is another version of {held[0].id}")
    for a, b, share in _copies(ordered):
        join(a, b, f"{b} repeats {share:.0%} of {a}")
    for a, b, outlet in _credited(ordered):
        join(a, b, f"{b} credits {outlet}")
    members: dict[str, list[str]] = defaultdict(list)
    for document in ordered:
        members[root(document.id)].append(document.id)
    return tuple(Voice(key, tuple(docs), tuple(sorted(reasons.get(key, ())))) for key, docs in members.items())


def _copies(ordered: Sequence[Document]) -> Iterable[tuple[str, str, float]]:
    """Pairs of reports with nearly the same words; only those that share a least hash are compared."""
    sets = {d.id: shingles(d.text) for d in ordered}
    holding: dict[int, list[str]] = defaultdict(list)
    for document in ordered:
        for mark in sorted(sets[document.id])[:SKETCH]:
            holding[mark].append(document.id)
    seen: set[tuple[str, str]] = set()
    for document in ordered:
        # An extract is a part of a longer report: all its marks are looked up, not its own least ones only.
        for mark in sorted(sets[document.id]):
            near = holding.get(mark, ())
            for other in near if len(near) <= COMMON else near[:1]:
                pair = (other, document.id) if other < document.id else (document.id, other)
                if other == document.id or pair in seen:
                    continue
                seen.add(pair)
                share = containment(sets[pair[0]], sets[pair[1]])
                if share >= SAME:
                    yield *pair, share


DAYS = 3
"""A report credits another outlet's story of these days, on either side."""


def _credited(ordered: Sequence[Document]) -> Iterable[tuple[str, str, str]]:
    """Pairs (report of an outlet, report that credits that outlet) published within three days of each other."""
    own: dict[tuple[str, int | None], list[Document]] = defaultdict(list)
    named: dict[str, set[str]] = defaultdict(set)
    for document in ordered:
        if document.outlet and (first := _WORD.search(document.outlet.lower())):
            own[(document.outlet, document.published.toordinal() if document.published else None)].append(document)
            named[first.group()].add(document.outlet)
    for document in ordered:
        words = {w.lower() for w in _WORD.findall(document.text)}
        for outlet in sorted({o for word in words & named.keys() for o in named[word]} - {document.outlet}):
            if not re.search(_CREDIT.format(name=re.escape(outlet)), document.text, re.I):
                continue
            day = document.published.toordinal() if document.published else None
            near = [day] if day is None else [None, *range(day - DAYS, day + DAYS + 1)]
            for origin in (o for n in near for o in own.get((outlet, n), ())):
                # It may credit the outlet for another story: some of the words must be the same.
                if containment(shingles(origin.text), shingles(document.text)) > 0.1:
                    yield origin.id, document.id, outlet


def of_claims(claims: Iterable[Claim], documents: Sequence[Document]) -> dict[str, str]:
    """The voice of each claim: the party that is quoted is its own origin, whoever prints it; else the report's voice."""
    voice = {doc: v.id for v in group(documents) for doc in v.docs}
    found = {}
    for claim in claims:
        said_by = claim.sources[-1].mention.party if claim.sources else UNKNOWN
        if said_by.code == "UNK":
            found[claim.id] = f"report:{voice.get(claim.doc, claim.doc)}"
        else:
            # A state's organs are one voice; two bodies of a kind, such as two aid agencies, are two.
            alone = f"{said_by.code}:{said_by.name}" if said_by.code in BLOCS else said_by.key
            found[claim.id] = f"party:{alone}"
    return found


BARE = frozenset(f"{event} happened" for event in map(str.lower, FORCE))
"""Told by both sides, it says little: which blow each of them means is not asked."""


def corroborated(
    claims: Sequence[Claim], incident: str, voices: Mapping[str, str], outlets: Mapping[str, str] | None = None
) -> tuple[Corroboration, ...]:
    """What an adversary or an independent voice also holds of one incident: that it happened, and each figure."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.doc, c.span.start, c.id)):
        if claim.aux or claim.event in SPEECH:
            continue
        told[f"{claim.event.lower()} happened"].append(claim)
        for count in claim.counts:
            if count.low is not None:
                figure = f"{count.low}" if count.low == count.high else f"{count.low} to {count.high}"
                told[f"{count.kind.value} {figure}"].append(claim)
    by = {claim.id: frozenset(holders(claim, outlets)) for claim in claims}
    found = []
    for what, held in sorted(told.items()):
        owned = _owned(held, by)
        held = owned or held
        parties = tuple(sorted({p for c in held for p in by[c.id]}))
        origins = tuple(sorted({voices.get(c.id, c.doc) for c in held}))
        if len(origins) < 2:
            continue
        how = "adversary" if owned else "independent"
        found.append(Corroboration(incident, what, parties, origins, tuple(c.id for c in held), how))
    return tuple(found)


def _owned(held: Sequence[Claim], by: Mapping[str, Set[str]]) -> list[Claim]:
    """What tells a deed that who did it owns to, where the side that it was done to tells it too; else nothing.

    Two sides that each accuse the other agree on nothing.
    """
    for doer in sorted({key for c in held for key in c.actor_keys & by[c.id]}):
        same = [c for c in held if not c.actor_keys or doer in c.actor_keys]
        if any((c.recipient_keys - {doer}) & by[c.id] for c in same):
            return same
    return []
