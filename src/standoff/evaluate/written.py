"""Claims as a careful reader would write them, from the truth of a crisis: what reconciling loses is so seen apart from what
reading loses.

Every quote of the truth becomes one claim: its type is its happening's, its source the party that holds it, its figures those of the
truth. Who acts, when and where are taken from the words of the quote alone, as they are read today: a claim whose words name no
place has none, whatever happening it belongs to.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc

from standoff.claims import from_doc
from standoff.evaluate.crises import Crisis, Row
from standoff.language import parties, pipeline
from standoff.model import (
    BLOCS,
    AuxMode,
    Bound,
    Claim,
    Count,
    CountKind,
    Document,
    Mention,
    Party,
    Source,
    Span,
    Trigger,
    When,
    Where,
)


def gold_claims(crisis: Crisis, model: str = pipeline.DEFAULT_MODEL) -> list[Claim]:
    """One claim a quote of the truth, in the order of reports and their text."""
    quotes = _quotes(crisis)
    found: list[Claim] = []
    for document in crisis.documents:
        doc = pipeline.annotate(document, model)
        read = from_doc(doc, document)
        for quote, said in quotes.get(document.id, {}).items():
            found.append(_claim(crisis, document, doc, read, quote, said))
    return sorted(found, key=lambda c: (c.doc, c.span.start, c.span.end))


@dataclass(slots=True)
class _Said:
    """All that the truth says of one quote."""

    happening: Row | None = None
    party: str = ""
    figures: tuple[Row, ...] = ()


def _quotes(crisis: Crisis) -> dict[str, dict[str, _Said]]:
    found: dict[str, dict[str, _Said]] = defaultdict(lambda: defaultdict(_Said))
    happenings = {h["id"]: h for h in crisis.truth["happenings"]}
    for happening in happenings.values():
        for told in happening["told"]:
            found[told["doc"]][told["quote"]].happening = happening
    for figure in crisis.truth["figures"]:
        said = found[figure["doc"]][figure["quote"]]
        said.figures = (*said.figures, figure)
        said.party = figure["party"]
        said.happening = said.happening or happenings.get(figure["happening"])
    for dispute in crisis.truth["disputes"]:
        for position in dispute["positions"]:
            for told in position["told"]:
                said = found[told["doc"]][told["quote"]]
                said.party = said.party or position["party"]
                said.happening = said.happening or happenings.get(dispute["happening"])
    return found


def _claim(crisis: Crisis, document: Document, doc: Doc, read: Sequence[Claim], quote: str, said: _Said) -> Claim:
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    near = max(
        (c for c in read if c.span.overlaps(span)),
        key=lambda c: (span.covers(c.trigger.span), _shared(c.span, span), c.id),
        default=None,
    )
    events = said.happening["event"] if said.happening else ["ASSAULT"]
    event = near.event if near and near.event in {*events, "REJECT", "ACCUSE"} else events[0]
    trigger = near.trigger if near and span.covers(near.trigger.span) else Trigger(quote, span)
    key = hashlib.sha256(f"{crisis.name}|{document.id}|{quote}".encode()).hexdigest()[:16]
    claim = Claim(
        id=f"g{key}",
        doc=document.id,
        event=event,
        trigger=trigger,
        span=span,
        text=quote,
        modes=near.modes if near and event == near.event else (),
        actors=near.actors if near else (),
        recipients=near.recipients if near else (),
        sources=_sources(crisis, document, said.party, near, span),
        aux=tuple(a for a in near.aux if a is not AuxMode.HYPOTHETICAL) if near else (),
        when=_when(doc, span) or (near.when if near else None),
        where=_where(doc, span) or (near.where if near else None),
        targets=near.targets if near else (),
    )
    return replace(claim, counts=tuple(_counts(doc, span, said.figures)), **_whose(claim, said.figures))


def _shared(a: Span, b: Span) -> float:
    inner = min(a.end, b.end) - max(a.start, b.start)
    return inner / (max(a.end, b.end) - min(a.start, b.start))


def _sources(crisis: Crisis, document: Document, party: str, near: Claim | None, span: Span) -> tuple[Source, ...]:
    if not party:
        return near.sources if near else ()
    if party == document.outlet or crisis.voices.get(document.outlet or "") == party:
        return ()
    return (Source(Mention(as_party(party), party, Span(span.start, span.start))),)


def as_party(key: str) -> Party:
    """The party of a key of the truth: a code with its mark, or a name.

    >>> as_party("GEO-PRE").key, as_party("Harkat").name
    ('GEO-PRE', 'Harkat')
    """
    code, _, mark = key.partition("-")
    if re.fullmatch(r"[A-Z]{3}", code) or code in BLOCS:
        return Party(code, (mark,) if mark else ("GOV",), key)
    return Party("UNK", (), key)


def _when(doc: Doc, span: Span) -> When | None:
    for found in doc.spans.get("standoff_times", ()):
        if span.covers(Span(found.start_char, found.end_char)) and found._.when.start is not None:
            when: When = found._.when
            return when
    return None


def _where(doc: Doc, span: Span) -> Where | None:
    places = [
        found._.place
        for found in doc.spans.get("standoff_places", ())
        if span.covers(Span(found.start_char, found.end_char)) and found._.place is not None
    ]
    # The most precise of those that the quote names.
    order = {"point": 0, "city": 1, "area": 2, "region": 3, "country": 4}
    return min(places, key=lambda place: order.get(place.precision, 5), default=None)


def _counts(doc: Doc, span: Span, figures: Sequence[Row]) -> Iterator[Count]:
    numbers = {(found.start_char, found.end_char): found._.quantity for found in doc.spans.get("standoff_counts", ())}
    for figure in figures:
        words, at = figure["quote"], span
        unit = figure["of"]
        known = next((q for q in numbers.values() if q is not None and q.low == figure["low"]), None)
        if known is not None:
            words = known.text
        low, high = figure["low"], figure["high"]
        low, high = (low if low is not None else high), (high if high is not None else low)
        bound = Bound(figure["bound"])
        yield Count(
            CountKind(figure["kind"]),
            low,
            high,
            low if low == high else None,
            _unit(doc, span, low, unit),
            words,
            at,
            bound,
        )


def _unit(doc: Doc, span: Span, number: int | None, counted: str) -> str:
    """What is counted, in the words of the quote where the number stands with a noun, else in those of the truth."""
    part = doc.char_span(span.start, span.end, alignment_mode="expand")
    if part is not None:
        for token in part:
            value = "".join(ch for ch in token.text if ch.isdigit())
            if (value and value == str(number)) or (token.like_num and token.pos_ == "NUM" and not value):
                head = token.head
                if head.pos_ in {"NOUN", "PROPN"} and head in part:
                    return str(doc[token.i + 1 : head.i + 1].text) or counted
    return counted


def _whose(claim: Claim, figures: Sequence[Row]) -> Mapping[str, Any]:
    """The side that a figure's losses are, where the truth says it in a word ("Russian servicemen killed")."""
    for figure in figures:
        for word in figure["of"].split():
            name = parties.look_up(word) if word[:1].isupper() else None
            if name is not None and name.party.code not in BLOCS:
                return {"recipients": (Mention(name.party, word, claim.span),)}
    return {}
