"""What an article gives as its whole: the killed and injured of its main incident, no part added to its whole.

``article_totals`` reads the figures that ``standoff_counts`` has found. The parts of one sentence ("a woman and her two
children were killed") are added up, figures of different sentences never are: the largest is the most complete, for a
part is smaller than its whole. Sentences that tell of other times or places ("last year") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from standoff import lexicon
from standoff.language import counts, syntax
from standoff.language.counts import LossCount
from standoff.model import CountKind, Span

PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})


def article_totals(doc: Doc) -> dict[CountKind, LossCount]:
    """The total of each kind that an article about one incident gives; kinds without a number are left out.

    A total keeps the characters it was read from: ``text`` and ``span`` run from the first to the last figure added up.
    """
    totals: dict[CountKind, LossCount] = {}
    for group in grouped(doc):
        for kind in dict.fromkeys(loss.kind for loss in group):
            total = _sum(doc, [loss for loss in group if loss.kind is kind])
            best = totals.get(kind)
            if best is None or (total.high or 0) > (best.high or 0):
                totals[kind] = total
    return totals


def grouped(doc: Doc, *, vague: bool = False) -> Iterator[list[LossCount]]:
    """Figures of the main incident, sentence by sentence; ``vague`` keeps those without a number."""
    groups: dict[int, list[LossCount]] = {}
    for loss in counts.of(doc):
        governor = doc[loss.governor]
        if (loss.high is None and not vague) or any(c.dep_ == "neg" for c in governor.children):
            continue
        groups.setdefault(governor.sent.start, []).append(loss)
    for start, group in sorted(groups.items()):
        if not _background().search(doc[start].sent.text):
            yield group


@cache
def _background() -> re.Pattern[str]:
    return re.compile(lexicon.load("losses")["background"]["pattern"], re.IGNORECASE)


def _sum(doc: Doc, parts: list[LossCount]) -> LossCount:
    """The figures of one kind in one sentence as one; a pronoun or a repeated name adds nobody."""
    distinct: dict[str, LossCount] = {}
    for part in parts:
        if part.number is None and part.text.lower() in PRONOUNS and len(parts) > 1:
            continue
        distinct.setdefault(part.text.lower(), part)
    told = list(distinct.values()) or parts[:1]
    if len(told) == 1:
        return told[0]
    span = Span(told[0].span.start, told[-1].span.end)
    low, high = sum(p.low or 0 for p in told), sum(p.high or 0 for p in told)
    first = told[0]
    return LossCount(
        kind=first.kind,
        low=low,
        high=high,
        best=low if low == high else None,
        vague=False,
        unit=first.unit,
        text=span.of(syntax.text_of(doc)),
        span=span,
        number=None,
        victim=first.victim,
        governor=first.governor,
        modifier=first.modifier,
        bound=first.bound,
    )
