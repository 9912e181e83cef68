"""Attributions in the making, and the spans that they are made of."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff.language.syntax import any_of
from standoff.model import Span, Stance


@dataclass(slots=True)
class Draft:
    cue: Token
    cue_text: Span
    source: Token | None
    content: list[Span]
    stance: Stance
    quoted: bool = False
    attitude: bool = False
    source_text: Span | None = None
    """The source's words, where they are no run of tokens around its head."""
    untrue: tuple[Span, ...] = ()


def chars(doc: Doc, start: int, end: int) -> Span:
    span: TokenSpan = doc[start:end]
    return Span(span.start_char, span.end_char)


def trim(doc: Doc, start: int, end: int) -> Span | None:
    """The range without punctuation and space at its ends."""
    while start < end and (doc[start].text in any_of(", ; : - – — . …") or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in any_of(", ; : - – — .") or doc[end - 1].is_space):
        end -= 1
    return chars(doc, start, end) if start < end else None


def join(spans: list[Span]) -> list[Span]:
    """Spans in order; those that touch become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + 2:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def without_aside(doc: Doc, start: int, end: int) -> int:
    """Where the range ends without what the writer adds on its last word: ", who was born in the town"."""
    for token in doc[start:end]:
        if token.text != "," or token.i + 1 >= end or doc[token.i + 1].lower_ not in {"who", "which", "whose", "where"}:
            continue
        clause = doc[token.i + 1]
        while clause.dep_ != "relcl" and clause.head.i > token.i and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "relcl" and clause.head.i < token.i and clause.right_edge.i + 1 >= end:
            return token.i
    return end


def attitude(cue: Token, source: Token | None, content: list[Span]) -> Draft:
    """A draft whose content is not said to be so."""
    follows = cue.nbor(1) if cue.i + 1 < len(cue.doc) else cue
    end = follows.i + 1 if follows.dep_ == "prt" and follows.head.i == cue.i else cue.i + 1  # "ruled out"
    return Draft(cue, chars(cue.doc, cue.i, end), source, content, Stance.NEUTRAL, attitude=True)
