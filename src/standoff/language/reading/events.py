"""From what the reader read to parties, figures, days and places: each proposal with the spans of its roles made into values."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from standoff.language import numbers, places, times
from standoff.language.reading import figures, phrases
from standoff.language.reading.decode import Part, Proposal
from standoff.model import AuxMode, Count, Mention, Party, Span, When, Where


@dataclass(frozen=True, slots=True)
class Read:
    """One event as the reader proposes it."""

    proposal: Proposal
    span: Span
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    reciprocal: bool
    aux: frozenset[AuxMode]
    modes: tuple[str, ...]
    counts: tuple[Count, ...]
    when: When | None
    where: Where | None
    targets: tuple[str, ...]


def read(doc: Doc, proposal: Proposal, speaker: tuple[Mention, ...], flag: float) -> Read:
    """The values of a proposal. ``speaker`` is who is quoted around it; a flag counts from the probability ``flag``."""
    where = _where(doc, proposal)
    actors = _parties(doc, proposal.role("actor"), speaker)
    recipients = _parties(doc, proposal.role("recipient"), speaker)
    reciprocal = proposal.flags["reciprocal"] >= flag
    if reciprocal:
        actors, recipients = union(actors, recipients), ()
    elif proposal.event in {"ASSAULT", "COERCE"}:
        recipients = tuple(_of_the_place(doc, m, where) for m in recipients)
    aux = {mode for mode in AuxMode if proposal.flags.get(mode.value, 0.0) >= flag}
    if proposal.flags["hedged"] >= flag:
        aux.add(AuxMode.HYPOTHETICAL)
    return Read(
        proposal,
        _extent(doc, proposal),
        actors,
        recipients,
        reciprocal,
        frozenset(aux),
        tuple(m for m, _ in proposal.modes),
        tuple(figures.counts(doc, proposal.parts, _quantities(doc))) if _losses(proposal) else (),
        _when(doc, proposal),
        where,
        tuple(doc.text[p.start : p.end] for p in proposal.role("recipient")),
    )


def _quantities(doc: Doc) -> tuple[numbers.Quantity, ...]:
    """The figures of a document, found once."""
    kept: tuple[numbers.Quantity, ...] | None = doc.user_data.get("standoff_quantities")
    if kept is None:
        kept = doc.user_data["standoff_quantities"] = numbers.find(doc)
    return kept


def _losses(proposal: Proposal) -> bool:
    return any(p.role not in {"actor", "recipient", "place", "time", "source"} for p in proposal.parts)


def _parties(doc: Doc, parts: tuple[Part, ...], speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return union(*(phrases.who(doc, part.start, part.end, speaker) for part in parts))


def union(*groups: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions of all groups, one for each known party, unknown ones each for itself."""
    found: dict[str, Mention] = {}
    for group in groups:
        for item in group:
            found.setdefault(item.party.key if item.party.code != "UNK" else f"UNK{item.span.start}", item)
    return tuple(found.values())


def _of_the_place(doc: Doc, item: Mention, where: Where | None) -> Mention:
    """People and towns of which nothing is said are those of the place where it happened."""
    if item.party.code != "UNK":
        return item
    code = phrases.land(doc, item.span.start, item.span.end) or (where.country if where is not None else None)
    if code is None:
        return item
    return Mention(Party(code, item.party.sectors or ("CVL",), item.text), item.text, item.span)


def _when(doc: Doc, proposal: Proposal) -> When | None:
    """The days of the first time expression among the event's words that resolves."""
    found: list[When] = [
        span._.when
        for part in sorted(proposal.role("time"), key=lambda p: -p.probability)
        for span in doc.spans.get(times.KEY, [])
        if span.start_char < part.end and span.end_char > part.start
    ]
    return next((w for w in found if w.start is not None), found[0] if found else None)


_EXACT = {"point": 0, "city": 0, "area": 1, "region": 2, "country": 3}


def _where(doc: Doc, proposal: Proposal) -> Where | None:
    """The most exact place among the event's words; a town that is itself the target is one."""
    for role in ("place", "recipient"):
        found: list[Where] = [
            span._.place
            for part in proposal.role(role)
            for span in doc.spans.get(places.KEY, [])
            if span.start_char < part.end and span.end_char > part.start
        ]
        if role == "recipient":
            found = [w for w in found if w.precision in {"point", "city"}] if proposal.event == "ASSAULT" else []
        if found:
            return min(found, key=lambda w: (_EXACT[w.precision], w.span.start))
    return None


def _extent(doc: Doc, proposal: Proposal) -> Span:
    """The clause: from the first to the last of the event's words in its sentence."""
    span = phrases.tokens(doc, *proposal.trigger)
    assert span is not None
    sentence = span.root.sent
    start, end = span.start_char, span.end_char
    for part in proposal.parts:
        if part.role != "source" and sentence.start_char <= part.start and part.end <= sentence.end_char:
            start, end = min(start, part.start), max(end, part.end)
    return Span(start, end)
