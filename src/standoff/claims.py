"""From one annotated Doc to claims: each event as its source tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff import confidence, deciding, plausible, steady, tallied, unclaimed, withdrawn
from standoff.bounds import bound_of
from standoff.ingest import unseen
from standoff.language import attribution, casing, coreference, places, times
from standoff.language.contexts import contexts
from standoff.language.counts import LossCount
from standoff.language.event import Event
from standoff.language.judgements import ANSWERS
from standoff.language.reading.decode import Proposal
from standoff.language.reading.events import Read, read
from standoff.language.reading.model import network
from standoff.language.syntax import SUBJECTS
from standoff.model import (
    AuxMode,
    Claim,
    Count,
    Document,
    Source,
    Span,
    Statement,
    Trigger,
    When,
    Where,
)


@Language.component("standoff_claims", requires=["doc._.frames"], assigns=["doc._.claims"])
def component(doc: Doc) -> Doc:
    """Claims of a Doc, in ``doc._.claims`` (spaCy factory ``standoff_claims``); the other components run before it."""
    digest = hashlib.sha256(doc.text.encode()).hexdigest()
    doc._.claims = from_doc(doc, Document(doc._.report or "doc", doc.text, digest, published=doc._.published))
    return doc


def from_doc(doc: Doc, document: Document) -> tuple[Claim, ...]:
    """Claims of a document in the order of their triggers."""
    odd = unseen.mixed(document.text)
    claims = _without_repeats([origin.claim for origin in origins(doc, document)])
    # A name that only looks like one is read as no name, and its deed would be another's.
    claims = [c for c in claims if not any(start < c.span.end and c.span.start < end for start, end in odd)]
    claims = list(withdrawn.strike(casing.own_letters(doc, tuple(claims)), document))
    return tuple(_with_unique_ids(sorted(claims, key=lambda c: (c.trigger.span.start, c.event, c.span.start))))


@dataclass(frozen=True, slots=True)
class Origin:
    """A claim, and what it was made of: the rules' claim, the learned reader's, what that one read, the probability that
    the event is told, and by slot in which the two part the probability that the reader's value is the right one."""

    claim: Claim
    by_rules: Claim | None
    proposed: Claim | None
    read: Read | None
    told: float | None = None
    slots: Mapping[str, float] = field(default_factory=dict)


def answers(doc: Doc) -> frozenset[Span]:
    """The triggers of the events of the rules by which a speaker answers: an account is untrue, somebody is responsible or is not."""
    found = (event.trigger for event in doc._.frames or [] if event.rule in ANSWERS)
    return frozenset(Span(token.idx, token.idx + len(token)) for token in found)


def proposals(doc: Doc, document: Document) -> tuple[list[Claim], list[tuple[Claim, Read]]]:
    """What each reader proposes: the rules' claims, and the learned reader's with what it read."""
    by_rules = [_claim(doc, document, event) for event in doc._.frames or []]
    read_ = doc._.reading.proposals if doc._.reading is not None else ()
    return by_rules, [_proposed(doc, document, proposal) for proposal in read_]


def origins(doc: Doc, document: Document) -> list[Origin]:
    """The rules' claims and the learned reader's, decided between, in the order of their triggers."""
    by_rules, proposed = proposals(doc, document)
    if doc._.reading is None:  # a pipeline of one's own, without the learned reader
        return [Origin(claim, claim, None, None) for claim in by_rules]
    made = []
    for chosen in deciding.together(by_rules, proposed, doc._.reading, judged=answers(doc)):
        if plausible.by_accident(doc, chosen.claim):
            continue
        claim = plausible.plausible(doc, chosen.claim, chosen.read)
        claim = replace(claim, id=_id_of(claim, document), confidence=deciding.how_sure(claim, chosen))
        made.append(Origin(claim, chosen.by_rules, chosen.proposed, chosen.read, chosen.told, chosen.slots))

    def says(at: int) -> tuple[Source, ...]:
        return attribution.source_chain(attribution.chain(doc, at, at))

    kept, more = tallied.tallied(
        doc, document.id, unclaimed.again(doc, steady.steady(doc, [one.claim for one in made])), says
    )
    more += unclaimed.found(doc, document.id, [*(claim for claim in kept if claim is not None), *more], says)
    made = [
        replace(one, claim=claim if claim is one.claim else replace(claim, id=_id_of(claim, document)))
        for one, claim in zip(made, kept, strict=True)
        if claim is not None
    ]
    made += [Origin(replace(claim, id=_id_of(claim, document)), None, None, None) for claim in more]
    return sorted(made, key=lambda o: (o.claim.trigger.span.start, o.claim.event, o.claim.span.start))


def _proposed(doc: Doc, document: Document, proposal: Proposal) -> tuple[Claim, Read]:
    """A proposal as a claim."""
    chain = attribution.chain(doc, proposal.trigger[0], proposal.trigger[0])
    found = read(doc, proposal, attribution.who_speaks(chain), network().manifest.thresholds["flag"])
    sources = attribution.source_chain(chain)
    words = document.text[proposal.trigger[0] : proposal.trigger[1]]
    quoted = found.span.of(document.text)
    aux = tuple(mode for mode in AuxMode if mode in found.aux)
    claim = Claim(
        id="",
        doc=document.id,
        event=found.event,
        trigger=Trigger(words, Span(*proposal.trigger)),
        span=found.span,
        text=quoted,
        modes=found.modes,
        contexts=contexts(quoted, found.event, found.modes, document.text),
        actors=found.actors,
        recipients=found.recipients,
        sources=sources,
        aux=aux,
        counts=found.counts,
        when=found.when,
        where=found.where,
        targets=found.targets,
        confidence=0.0,
    )
    return replace(claim, id=_id_of(claim, document)), found


def _without_repeats(claims: list[Claim]) -> list[Claim]:
    """A headline printed again in the running text is one telling: the later, word for word the same, is left out."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for claim in claims:
        after = claim.text[claim.trigger.span.start - claim.span.start :]
        key = (claim.event, "".join(ch for ch in after.lower() if ch.isalnum())[:60])
        if key in seen and len(key[1]) > 25:
            continue
        seen.add(key)
        kept.append(claim)
    return kept


def _when_said(doc: Doc, chain: Sequence[Statement]) -> When | None:
    """ "On Tuesday the rebels said they would not sign": an act done by saying it is done when it is said."""
    if not chain:
        return None
    cue = doc.char_span(chain[-1].cue_span.start, chain[-1].cue_span.end, alignment_mode="expand")
    return times.event_time(doc, cue.start, cue.end, cue.root.i) if cue is not None else None


def _claim(doc: Doc, document: Document, event: Event) -> Claim:
    text = document.text
    chain = event.statements or attribution.chain(doc, event.trigger.idx, event.trigger.idx)
    sources = attribution.source_chain(chain)
    if event.speech:
        sources = () if _aside(event) else _without_self(sources, event)
    span = _span(doc, event)
    trigger = Trigger(event.trigger.text, Span(event.trigger.idx, event.trigger.idx + len(event.trigger)))
    when = times.event_time(doc, event.start, event.end, event.trigger.i)
    for anchor in event.anchors:
        when = when or times.event_time(doc, event.start, event.end, anchor.i)
    if when is None and event.speech:
        when = _when_said(doc, chain)
    where = _where(doc, event)
    # Who stands after a headline's dash or colon tells it and is no part of it: "kills 12 in Aleppo: monitor".
    tellers = [s.mention.span for s in sources if not any(c.isalpha() for c in s.cue) or s.mention.span == s.cue_span]
    actors = tuple(m for m in event.actors if m.span not in tellers)
    recipients = tuple(m for m in event.recipients if m.span not in tellers)
    if event.reciprocal:
        recipients = ()
    else:
        each_other = any(m.text.lower().endswith("other") for m in recipients)
        if event.speech and not each_other:
            recipients = coreference.others(doc, recipients, actors)
    counts = tuple(_count(loss_text) for loss_text in event.counts)
    aux = tuple(mode for mode in AuxMode if mode.value in event.aux)
    quoted = span.of(text)
    claim = Claim(
        id="",
        doc=document.id,
        event=event.event,
        trigger=trigger,
        span=span,
        text=quoted,
        modes=event.modes,
        contexts=contexts(quoted, event.event, event.modes, text),
        actors=actors,
        recipients=recipients,
        sources=sources,
        aux=aux,
        counts=counts,
        when=when,
        where=where,
        targets=event.targets,
    )
    claim = plausible.not_the_speaker(doc, claim)
    return replace(claim, id=_id_of(claim, document), confidence=confidence.of(claim))


def _aside(event: Event) -> bool:
    """ "Israel accused Hamas of using schools, which the group denies": the writer's own words, not Israel's."""
    verb = event.trigger
    if event.event != "REJECT" or verb.dep_ != "relcl":
        return False
    first = verb.left_edge
    return first.lower_ == "which" and first.i > 0 and first.nbor(-1).text == ","


def _without_self(sources: tuple[Source, ...], event: Event) -> tuple[Source, ...]:
    """What a speaker does by speaking needs no "according to" that speaker: the outlet reports the act."""
    if len(sources) == 1 and event.rule in {
        "promise",
        "not responsible",
        "responsible",
        "untrue",
        "judgement",
        "offending",
        "ought",
    }:
        return ()
    return sources


def _span(doc: Doc, event: Event) -> Span:
    """The event's words, without the conjunction or comma that only joins them to what stands beside them."""
    first, last = min(event.start, event.trigger.i), max(event.end - 1, event.trigger.i)
    while last > event.trigger.i and _joins(doc[last]):
        last -= 1
    while first < event.trigger.i and _joins(doc[first]):
        first += 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def _where(doc: Doc, event: Event) -> Where | None:
    """The event's place; verbs joined under one subject share it ("killed, injured or taken captive in Afrin")."""
    where = places.event_place(doc, event.start, event.end, _nouns(event), event.speech)
    if where is not None or event.speech or event.trigger.pos_ != "VERB":
        return where
    beside = [
        t for t in event.trigger.conjuncts if t.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in t.children)
    ]
    if event.trigger.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in event.trigger.children):
        beside.insert(0, event.trigger.head)
    for verb in beside:
        for child in verb.children:
            if child.dep_ == "prep":
                where = where or places.event_place(doc, child.left_edge.i, child.right_edge.i + 1)
    return where


def _nouns(event: Event) -> Iterator[Token]:
    """The event's nouns: its trigger or anchors, and what its clause is about ("an attack in X that killed", "the
    shelling of X killed")."""
    yield from (event.trigger, *event.anchors)
    if event.trigger.dep_ == "relcl":
        noun = event.trigger.head
        yield noun
        while noun.dep_ == "pobj" and noun.head.head.pos_ in {"NOUN", "PROPN"}:
            noun = noun.head.head
            yield noun
    if not event.speech:
        subjects = (child for child in event.trigger.children if child.dep_ in {"nsubj", "nsubjpass"})
        yield from (noun for noun in subjects if noun.pos_ == "NOUN" and coreference.role_of(noun) is None)


def _joins(token: Token) -> bool:
    return (
        token.is_space
        or token.text in {",", ";", ":"}
        or (token.pos_ == "CCONJ" and token.lower_ in {"and", "but", "or"})
    )


def _count(loss: LossCount) -> Count:
    return Count(loss.kind, loss.low, loss.high, loss.best, loss.unit, loss.text, loss.span, bound_of(loss.text))


def _id_of(claim: Claim, document: Document) -> str:
    """Stable: the same text, coded alike, gives the same id on every machine and in every order."""
    parts = (
        document.id,
        document.sha256,
        claim.event,
        str(claim.trigger.span.start),
        ",".join(m.party.key for m in claim.actors),
        ",".join(m.party.key for m in claim.recipients),
        ",".join(s.mention.party.key for s in claim.sources),
        ",".join(claim.aux),
    )
    return "c" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:15]


def _with_unique_ids(claims: list[Claim]) -> list[Claim]:
    seen: dict[str, int] = {}
    unique = []
    for claim in claims:
        count = seen.get(claim.id, 0)
        seen[claim.id] = count + 1
        unique.append(replace(claim, id=f"{claim.id}-{count}") if count else claim)
    return unique
