"""What a file says of one claim, and how a changed slot is found in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from standoff import review
from standoff.errors import InputError
from standoff.export.labels import labelled
from standoff.model import Claim, CountKind, Document, Mention, Party, Source, Span, Verdict
from standoff.records import Record, claim_record
from standoff.store import Store
from standoff.store.browse import Wanted


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of a claim: a verdict, or other values of some of its slots (the JSON that a review keeps)."""

    claim: str
    verdict: Verdict | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """A claim of a report of the store that the machine missed."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Left:
    """Something that could not be taken."""

    what: str
    why: str


@dataclass(frozen=True)
class Known:
    """A claim as people have it now, and the report it stands in."""

    claim: Claim
    document: Document


def known(store: Store, id: str) -> Known | None:
    """The claim of that id; None where the store has none."""
    row = store.browse.row(id)
    document = store.document(row.claim.doc) if row else None
    return Known(row.claim, document) if row and document else None


@dataclass
class Marks:
    """Where an annotator sees the parts of one claim: spans of the report by label, and the type of event."""

    event: str
    spans: dict[str, list[Span]]
    aux: tuple[str, ...] | None = None
    """None: the form cannot say."""


_ROLES = {"ACTOR": "actor", "RECIPIENT": "recipient", "SOURCE": "sources"}


def compared(
    store: Store, held: Known, marks: Marks, shown: frozenset[Span] | None = None
) -> tuple[dict[str, str], list[Left]]:
    """The slots in which marks differ from a claim, as the JSON of a correction; and what cannot be said by marks.

    ``shown`` are the spans that the annotator could see; a part of the claim that stood elsewhere is left as it was.
    """
    claim = held.claim
    before: dict[str, list[Span]] = {}
    for span, label in labelled(claim)[1:]:
        if shown is None or span in shown:
            before.setdefault(label, []).append(span)
    after = {label: list(dict.fromkeys(spans)) for label, spans in marks.spans.items()}
    record = claim_record(claim)
    found: dict[str, object] = {}
    left: list[Left] = []
    if marks.event != claim.event:
        found["event"] = marks.event
    if marks.aux is not None and set(marks.aux) != {mode.value for mode in claim.aux}:
        found["aux"] = sorted(marks.aux)
    for label, slot in _ROLES.items():
        if sorted(before.get(label, [])) != sorted(after.get(label, [])):
            found[slot] = _parties(store, held, slot, before.get(label, []), after.get(label, []))
    losses = [kind.value.upper() for kind in CountKind]
    if any(sorted(before.get(label, [])) != sorted(after.get(label, [])) for label in losses):
        counts, bad = _counts(held, record, before, after, losses)
        found["counts"] = counts
        left += bad
    if before.get("DATE") and not after.get("DATE"):
        found["date"] = {"date": None, "enddate": None, "date_text": None, "date_span": None}
    elif before.get("DATE", []) != after.get("DATE", []):
        left.append(
            Left(f"claim {claim.id}", "a day cannot be read from marked words; enter it in a sheet of corrections")
        )
    if before.get("PLACE", []) != after.get("PLACE", []):
        words = [" ".join(span.of(held.document.text).split()) for span in after.get("PLACE", [])[:1]]
        found["event_loc"] = json.loads(review.read(words[0] if words else "", "event_loc", claim, held.document.text))
    return {slot: json.dumps(value, ensure_ascii=False) for slot, value in found.items()}, left


def _parties(store: Store, held: Known, slot: str, before: Sequence[Span], after: Sequence[Span]) -> list[Record]:
    """The entities of a role: those marked as before as they were, others by who those words are elsewhere."""
    record = claim_record(held.claim)
    kept = {(one["start"], one["end"]): one for one in record[slot]}
    gone = set(before) - set(after)
    found = [one for key, one in kept.items() if Span(*key) not in gone]
    have = {(one["start"], one["end"]) for one in found}
    for span in after:
        if (span.start, span.end) in have:
            continue
        mention = _who(store, held, span)
        entity: Record = {
            "code": mention.party.code,
            "sector": list(mention.party.sectors),
            "name": mention.party.name,
            "entity_text": mention.text,
            "start": span.start,
            "end": span.end,
        }
        if slot == "sources":
            entity |= {"cue": "", "cue_span": None}
        found.append(entity)
    return sorted(found, key=lambda one: one["start"]) if slot != "sources" else found


def _who(store: Store, held: Known, span: Span) -> Mention:
    """Whom marked words name: the same words in this report, then in the others; else a party of that name, whose is unknown."""
    words = span.of(held.document.text)
    for wanted in (Wanted(doc=(held.document.id,)), Wanted(words=f'"{words}"' if words.strip() else "")):
        for row in store.browse.every(wanted) if wanted else ():
            sources: tuple[Source, ...] = row.claim.sources
            for mention in (*row.claim.actors, *row.claim.recipients, *(s.mention for s in sources)):
                if " ".join(mention.text.split()).casefold() == " ".join(words.split()).casefold():
                    return Mention(mention.party, words, span)
    return Mention(Party("UNK", (), " ".join(words.split())), words, span)


def _counts(
    held: Known,
    record: Record,
    before: Mapping[str, list[Span]],
    after: Mapping[str, list[Span]],
    losses: Sequence[str],
) -> tuple[list[Record], list[Left]]:
    gone = {span for label in losses for span in before.get(label, [])}
    by_span = {(one["start"], one["end"]): one for one in record["counts"]}
    found = [one for key, one in by_span.items() if Span(*key) not in gone]
    left: list[Left] = []
    for label in losses:
        for span in after.get(label, []):
            same = by_span.get((span.start, span.end))
            if same is not None:
                found.append({**same, "kind": label.lower()})
                continue
            words = " ".join(span.of(held.document.text).split())
            try:
                (fresh,) = json.loads(review.read(f"{label.lower()} {words}", "counts", held.claim, held.document.text))
            except InputError as error:
                left.append(Left(f"claim {held.claim.id}", str(error)))
            else:
                found.append({**fresh, "text": span.of(held.document.text), "start": span.start, "end": span.end})
    return sorted(found, key=lambda one: one["start"]), left
