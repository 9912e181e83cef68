"""How many: the figures in a phrase that the reader found to tell of a loss."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff.bounds import bound_of
from standoff.language import numbers
from standoff.language.losses import losses
from standoff.language.reading import phrases
from standoff.language.reading.decode import Part
from standoff.model import Count, CountKind, Span

_NOBODY = frozenset({"no", "none", "nobody", "zero", "nil"})


def counts(doc: Doc, parts: tuple[Part, ...], told: tuple[numbers.Quantity, ...]) -> Iterator[Count]:
    """Figures of losses among the parts of an event; a singular without a number is one, a plural without one is vague."""
    kinds = {k.value for k in CountKind}
    for part in parts:
        if part.role in kinds:
            span = phrases.tokens(doc, part.start, part.end)
            if span is not None:
                yield from _of_phrase(doc, span, CountKind(part.role), told)


def _of_phrase(doc: Doc, span: TokenSpan, kind: CountKind, told: tuple[numbers.Quantity, ...]) -> Iterator[Count]:
    inside = [q for q in told if q.start_token < span.end and q.end_token > span.start]
    inside = [q for q in inside if not _is_part(doc, span, q)] or inside[:1]
    if inside:
        for index, quantity in enumerate(inside):
            last = inside[index + 1].start_token if index + 1 < len(inside) else span.end
            words = doc[
                min(quantity.start_token, span.start) if index == 0 else quantity.start_token : max(
                    last, quantity.end_token
                )
            ]
            words = _trimmed(words)
            unit = _unit(doc[quantity.end_token : max(last, quantity.end_token)], kind)
            low, high, best = quantity.low, quantity.high, quantity.best
            if _nobody(doc, span, quantity):
                low = high = best = 0
            yield Count(
                kind, low, high, best, unit, words.text, Span(words.start_char, words.end_char), bound_of(words.text)
            )
        return
    heads = phrases.heads(span)
    if not heads:
        return
    head = heads[0]
    words = _trimmed(span)
    where = Span(words.start_char, words.end_char)
    if any(t.lower_ in _NOBODY for t in span):
        yield Count(kind, 0, 0, 0, _unit(span, kind), words.text, where, bound_of(words.text))
    elif (
        head.tag_ in {"NN"} and head.lower_ not in losses().words["crowds"] and head.pos_ != "PRON" and len(heads) == 1
    ):
        yield Count(kind, 1, 1, 1, _unit(span, kind), words.text, where, bound_of(words.text))


def _is_part(doc: Doc, span: TokenSpan, quantity: numbers.Quantity) -> bool:
    """ "31 people, including 11 children": what a part-word introduces is counted already."""
    left = doc[span.start : quantity.start_token].text_with_ws
    right = doc[quantity.end_token : min(span.end, quantity.end_token + 3)].text_with_ws
    return bool(losses().part_before.search(left)) or bool(
        losses().part_after.match(right) and quantity.start_token > span.start
    )


def _nobody(doc: Doc, span: TokenSpan, quantity: numbers.Quantity) -> bool:
    """ "Not a single soldier", "no one": none."""
    before = {t.lower_ for t in doc[max(span.start - 1, 0) : quantity.start_token]}
    first = doc[quantity.start_token].lower_
    return first in _NOBODY or ("not" in before and quantity.low == 1)


def _trimmed(span: TokenSpan) -> TokenSpan:
    while len(span) > 1 and (span[-1].is_punct or span[-1].is_space or span[-1].lower_ in {"and", "or", "but"}):
        span = span[:-1]
    while len(span) > 1 and (span[0].is_punct or span[0].is_space):
        span = span[1:]
    return span


def _unit(span: TokenSpan, kind: CountKind) -> str:
    """What is counted, as the text names it: the last noun of the phrase with the nouns joined to it."""
    head: Token | None = None
    for token in span:
        if token.pos_ in {"NOUN", "PROPN"} and token.ent_type_ not in {"DATE", "TIME"}:
            head = token
        elif (head is not None and token.dep_ in {"prep", "punct", "mark", "cc"}) or token.tag_ in {
            "WP",
            "WDT",
            "VBN",
            "VBG",
            "VBD",
        }:
            if head is not None:
                break
    if head is None:
        return "things" if kind is CountKind.DESTROYED else "people"
    words = [head.text]
    for token in reversed(span.doc[span.start : head.i]):
        if token.dep_ != "compound" or token.tag_ != "NN":
            break
        words.insert(0, token.text)
    return " ".join(words)
