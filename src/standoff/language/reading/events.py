"""From what the reader read to parties, figures, days and places: each proposal with the spans of its roles made into values."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from standoff.language import modality, numbers, places, syntax, times
from standoff.language.attribution import headlines
from standoff.language.reading import figures, phrases, whom
from standoff.language.reading.decode import Part, Proposal
from standoff.model import FORCE, AuxMode, Count, Mention, Party, Source, Span, When, Where


@dataclass(frozen=True, slots=True)
class Read:
    """One event as the reader proposes it."""

    proposal: Proposal
    event: str
    """The type, as the codebook has it for what is only to come."""
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
    sources: tuple[Source, ...]
    noun: bool
    """The event's word is a noun."""
    sure: dict[str, float]
    """By role, the least probability of a party that its words are taken to mean."""
    likely: dict[str, dict[str, float]]
    """By role and key, how likely its words mean a party."""
    why: dict[str, str]
    """By role, what speaks for the likeliest party."""


def read(doc: Doc, proposal: Proposal, speaker: tuple[Mention, ...], flag: float) -> Read:
    """The values of a proposal. ``speaker`` is who is quoted around it; a flag counts from the probability ``flag``."""
    where = _where(doc, proposal)
    parts = {role: proposal.role(role) for role in ("actor", "recipient", "source")}
    # Two who speak for one deed may be one within the other or side by side; the surer one answers for it.
    surest = sorted(parts["source"], key=lambda p: -p.probability)[:1]
    surest = [part for part in surest if not _dateline(doc, part)]
    above = any(_of_headline(doc, part, proposal.trigger[0]) for part in surest)
    parts["source"] = () if above else tuple(surest)
    sides = {
        role: [whom.meant(doc, part.start, part.end, role, speaker) for part in found] for role, found in parts.items()
    }
    actors, recipients, tellers = (union(*(m.mentions for m in sides[role])) for role in sides)
    if above:  # of whose word it is below the headline the reader says nothing
        tellers = speaker
    reciprocal = proposal.flags["reciprocal"] >= flag
    if reciprocal:
        actors, recipients = union(actors, recipients), ()
    elif proposal.event in FORCE:
        recipients = tuple(_of_the_place(doc, m, where) for m in recipients)
    aux = {mode for mode in AuxMode if proposal.flags.get(mode.value, 0.0) >= flag}
    if proposal.flags["hedged"] >= flag:
        aux.add(AuxMode.HYPOTHETICAL)
    event, modes, told = proposal.event, tuple(m for m, _ in proposal.modes), {mode.value for mode in aux}
    if actors and not _noun(doc, proposal):
        event, modes, told = modality.to_come(event, modes, told)
    return Read(
        proposal,
        event,
        _extent(doc, proposal),
        actors,
        recipients,
        reciprocal,
        frozenset(AuxMode(mode) for mode in told),
        modes,
        tuple(figures.counts(doc, proposal.parts, numbers.find(doc))) if _losses(proposal) else (),
        _when(doc, proposal),
        where,
        tuple(syntax.text_of(doc)[p.start : p.end] for p in proposal.role("recipient")),
        tuple(_source(doc, m) for m in tellers),
        _noun(doc, proposal),
        {role: min((m.probability for m in found), default=0.0) for role, found in sides.items()},
        {role: _likeliest(found) for role, found in sides.items()},
        {role: ", ".join(dict.fromkeys(m.by for m in found)) for role, found in sides.items()},
    )


def _dateline(doc: Doc, part: Part) -> bool:
    words = phrases.tokens(doc, part.start, part.end)
    return words is not None and headlines.dateline(words)


def _of_headline(doc: Doc, part: Part, at: int) -> bool:
    """Whether a speaker stands in the headline alone: what the text tells below it is not that one's word ("Army: nine dead")."""
    text = syntax.text_of(doc)
    start, end = syntax.paragraph_of(doc, part.start)
    whole = text[start:end].rstrip()
    return not text[:start].strip() and not start <= at < end and whole[-1:].isalnum()


def _noun(doc: Doc, proposal: Proposal) -> bool:
    span = phrases.tokens(doc, *proposal.trigger)
    return span is not None and span.root.pos_ in {"NOUN", "PROPN"}


def _source(doc: Doc, teller: Mention) -> Source:
    """A speaker under the cue of the statement in which the reader found them; without one, under their own words."""
    cue = doc._.reading.cue_of(teller.span)
    if cue is None:
        return Source(teller, teller.text, teller.span)
    span = phrases.tokens(doc, cue.start, cue.end)
    if span is not None and span.root.dep_ in {"aux", "auxpass"} and span.root.i < span.root.head.i:
        cue = Span(cue.start, span.root.head.idx + len(span.root.head))  # "was quoted": the verb tells how it is said
    return Source(teller, cue.of(syntax.text_of(doc)), cue)


def _losses(proposal: Proposal) -> bool:
    return any(p.role not in {"actor", "recipient", "place", "time", "source"} for p in proposal.parts)


def _likeliest(found: list[whom.Meant]) -> dict[str, float]:
    """Of several phrases in one role the highest probability of each party."""
    likely: dict[str, float] = {}
    for one in found:
        for key, p in one.likely.items():
            likely[key] = max(p, likely.get(key, 0.0))
    return likely


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
        for span in syntax.overlapping(doc, times.KEY, part.start, part.end)
    ]
    return next((w for w in found if w.start is not None), found[0] if found else None)


EXACT = {"point": 0, "city": 0, "area": 1, "region": 2, "country": 3}


def _where(doc: Doc, proposal: Proposal) -> Where | None:
    """The most exact place among the event's words; a town that is itself the target is one."""
    for role in ("place", "recipient"):
        found: list[Where] = [
            span._.place
            for part in proposal.role(role)
            for span in syntax.overlapping(doc, places.KEY, part.start, part.end)
        ]
        found = [w for w in found if not places.is_dateline(doc, w)]
        if role == "recipient":
            found = [w for w in found if w.precision in {"point", "city"}] if proposal.event == "ASSAULT" else []
        if found:
            return min(found, key=lambda w: (EXACT[w.precision], w.span.start))
    return None


def _extent(doc: Doc, proposal: Proposal) -> Span:
    """The clause: from the first to the last of the event's words in its sentence, with what hangs on its verb."""
    span = phrases.tokens(doc, *proposal.trigger)
    assert span is not None
    first, after = syntax.sentence(span.root)
    opens, closes = doc[first].idx, doc[after - 1].idx + len(doc[after - 1])
    start, end = span.start_char, span.end_char
    for part in proposal.parts:
        if part.role != "source" and opens <= part.start and part.end <= closes:
            start, end = min(start, part.start), max(end, part.end)
    if span.root.pos_ == "VERB":
        for child in span.root.children:
            if child.dep_ in _HANGING and child.i > span.root.i:
                last = doc[child.right_edge.i]
                end = max(end, last.idx + len(last))
    return Span(start, min(end, closes))


_HANGING = frozenset({"dobj", "attr", "agent", "dative", "oprd", "acomp", "prep"})
"""Relations of the parser's scheme to what completes a verb."""
