"""Gold claims as claims: what reconciling reaches when extraction has made no mistake."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from standoff.evaluate.claims import Gold
from standoff.model import (
    AuxMode,
    Claim,
    Count,
    CountKind,
    Mention,
    Party,
    Source,
    Span,
    Trigger,
    When,
    Where,
)


def as_claims(gold: Gold) -> tuple[Claim, ...]:
    """The gold claims of a report, each with its first type; ids are ``report/claim``.

    Gold names no trigger and no target: the trigger is the first word of the evidence, the targets are all its words.
    """
    return tuple(_claim(gold, one) for one in gold.claims)


def _claim(gold: Gold, one: dict[str, Any]) -> Claim:
    doc, span, text = gold.document.id, Span(one["start"], one["end"]), one["evidence"]
    first = re.search(r"\w+", text)
    begin, end = first.span() if first else (0, len(text))
    when = None
    if one.get("date"):
        start = date.fromisoformat(one["date"])
        when = When(start, date.fromisoformat(one["enddate"]) if one.get("enddate") else start, one["date"], span)
    place = one.get("place")
    return Claim(
        id=f"{doc}/{one['id']}",
        doc=doc,
        event=one["event"][0],
        trigger=Trigger(text[begin:end], Span(span.start + begin, span.start + end)),
        span=span,
        text=text,
        modes=tuple(one.get("mode", ())[:1]),
        actors=_mentions(one.get("actor"), span),
        recipients=_mentions(one.get("recipient"), span),
        # Several gold sources say the same thing (GOLD rule 17): one cue for all of them.
        sources=tuple(Source(m, "", span) for m in _mentions(one.get("sources"), span)),
        aux=tuple(mode for mode in AuxMode if mode.value in one.get("aux", ())),
        counts=tuple(
            Count(CountKind(c["kind"]), c.get("low"), c.get("high"), c.get("low"), "people", "", span)
            for c in one.get("counts", ())
        ),
        when=when,
        where=Where(place, place, span) if place else None,
        targets=tuple(re.findall(r"\w+", text)),
    )


def _mentions(keys: list[str] | None, span: Span) -> tuple[Mention, ...]:
    found = []
    for key in keys or ():
        code, _, sector = key.partition("-")
        found.append(Mention(Party(code, (sector,) if sector else ()), key, span))
    return tuple(found)
