"""A store of a few made-up sentences with the questions that they answer, so that a page is tested and not the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from conftest import document
from standoff import wording
from standoff.model import (
    Asked,
    Bound,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    Holds,
    Incident,
    Line,
    Link,
    Mention,
    Party,
    Position,
    Question,
    Reconciliation,
    Source,
    Span,
    Trigger,
    Turn,
    When,
    Where,
)
from standoff.store import Store

KINDS = {
    Question.HOW_MANY: DisputeKind.COUNT,
    Question.WHO: DisputeKind.RESPONSIBILITY,
    Question.HAPPENED: DisputeKind.OCCURRENCE,
    Question.WHAT: DisputeKind.CHARACTER,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a report, what of it is the claim, and whose word it is; an outlet's own where ``by`` is empty."""

    doc: str
    day: date
    text: str
    by: str = ""
    words: str = ""
    """The part of the text that the claim is; the whole of it where empty."""
    name: str = ""
    """What the speaker is called."""
    number: int | None = None
    kind: CountKind = CountKind.KILLED
    unit: str = "people"
    outlet: str = ""
    event: str = "ASSAULT"
    actor: str = ""
    to: str = ""
    place: str = ""
    sure: float = 0.9
    undated: bool = False
    on: date | None = None
    """The day that it tells of, where that is not the report's."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One question with the answer of each account: its party, its value, and at which of the sentences it stands."""

    question: Question
    text: str
    answers: Sequence[tuple[str, str, Sequence[int]]]
    disputed: bool = False
    subject: str = ""
    denied: Sequence[str] = field(default=())


def party(key: str, name: str = "") -> Party:
    code, _, sector = key.partition("-")
    return Party(code, (sector,) if sector else (), name or wording.state_name(code) or "")


def fill(store: Store, title: str, said: Sequence[Said], asked: Iterable[Telling] = ()) -> Reconciliation:
    """Keep the sentences, a report each unless they name the same, as one incident with these questions."""
    whole: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        whole[one.doc].append(one)
    held, claims = {}, []
    for doc, ones in whole.items():
        text = " ".join(dict.fromkeys(one.text for one in ones))
        held[doc] = document(text, doc, ones[0].day, ones[0].outlet or f"Outlet {doc}")
    for at, one in enumerate(said):
        claims.append(_claim(one, held[one.doc].text, f"c{at}-{one.doc}"))
    for doc, one_document in held.items():
        own = [claim for claim in claims if claim.doc == doc]
        store.add(one_document, sorted(own, key=lambda claim: (claim.span.start, claim.id)))
    id = "i" + "".join(c for c in title.lower() if c.isalnum())[:12]
    links = tuple(Link(claim.id, "one happening", "made") for claim in claims)
    place = next((one.place for one in said if one.place), "")
    incident = Incident(id, links, None, title, place=place)
    questions, disputes = [], []
    for at, telling in enumerate(asked):
        lines = tuple(_line(telling, answer, said, claims) for answer in telling.answers)
        key = f"{id}-q{at}"
        dispute = f"d{id[1:]}-{at}" if telling.disputed else None
        questions.append(Asked(key, id, telling.question, telling.text, lines, telling.subject, dispute))
        if dispute:
            docs = tuple(sorted({claim.doc for claim in claims}))
            positions = tuple(Position(line.party, line.claims, line.value) for line in lines)
            kind = KINDS[telling.question]
            disputes.append(Dispute(dispute, docs, kind, positions, id, "", 0.5, question=telling.text))
    before = store.reconciliation()
    made = Reconciliation(
        (*before.incidents, incident), (), (*before.disputes, *disputes), (*before.questions, *questions)
    )
    store.save(made)
    return made


def _claim(one: Said, text: str, id: str) -> Claim:
    words = one.words or one.text
    start = text.index(words)
    span = Span(start, start + len(words))
    word = next(word for word in words.split() if word != "that")
    at = Span(text.index(word, start), text.index(word, start) + len(word))
    count = (
        (Count(one.kind, one.number, one.number, one.number, one.unit, str(one.number), at),)
        if one.number is not None
        else ()
    )
    return Claim(
        id=id,
        doc=one.doc,
        event=one.event,
        trigger=Trigger(word, at),
        span=span,
        text=words,
        actors=(Mention(party(one.actor), word, at),) if one.actor else (),
        recipients=(Mention(party(one.to), word, at),) if one.to else (),
        sources=(Source(Mention(party(one.by, one.name), one.name or word, at), "said", at),) if one.by else (),
        counts=count,
        when=None if one.undated else When(one.on or one.day, one.on or one.day, word, at),
        where=Where(one.place, word, at, None, None, None, None, "city") if one.place else None,
        confidence=one.sure,
    )


def _line(telling: Telling, answer: tuple[str, str, Sequence[int]], said: Sequence[Said], claims: list[Claim]) -> Line:
    key, value, at = answer
    own = [claims[n] for n in at]
    days = [said[n].day for n in at]
    numbers = [said[n].number for n in at if said[n].number is not None]
    of_number = telling.question is Question.HOW_MANY and bool(numbers)
    turns = tuple(
        Turn(key, f"{said[n].number:,}", claims[n].id, said[n].day)
        for n in at
        if of_number and said[n].number is not None
    )
    return Line(
        key,
        value,
        tuple(claim.id for claim in own),
        holds=Holds.NO if key in telling.denied else Holds.OPEN,
        low=numbers[-1] if of_number else None,
        high=numbers[-1] if of_number else None,
        bound=Bound.EXACT,
        voices=tuple(f"{key} in {claim.doc}" for claim in own),
        first=min(days),
        latest=max(days),
        words=own[-1].text,
        series=turns,
    )
