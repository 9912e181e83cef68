"""Whose the quoted words are: a cue's quotations, and those that carry on without a cue."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc, Token

from standoff.language import quotes, syntax
from standoff.language.attribution import cues
from standoff.language.attribution.drafts import Draft
from standoff.model import Span, Stance


def adjacent(doc: Doc, token: Token, source: Token | None, content: list[Span]) -> list[Span]:
    """Quotations of the cue's sentence that no nearer cue claims, and one that touches the sentence."""
    sent = token.sent
    low, high = sent.start_char, sent.end_char
    found: list[Span] = []
    lemma = token.lemma_.lower()
    for quote in doc._.quotes:
        if quote.span.covers(Span(token.idx, token.idx + 1)):
            continue
        inside = quote.span.start < high and quote.span.end > low
        if inside and not any(span.overlaps(quote.span) for span in content):
            words = quote.inner.end - quote.inner.start
            between = syntax.text_of(doc)[min(quote.span.end, token.idx) : max(quote.span.start, token.idx)]
            whole = bool(re.search(r"[.,!?]$", syntax.text_of(doc)[quote.inner.start : quote.inner.end])) or words > 60
            if (
                lemma not in cues.SAYING
                or not (whole or not content)
                or not _free_of_other_cues(doc, token, quote.span)
            ):
                continue
            # A fragment belongs to a cue that stands beside it; so does anything to a participle.
            reach = 160 if whole and token.tag_ != "VBG" else 30
            if len(between) < reach:
                found.append(quote.inner)
    return found


def whole(doc: Doc, token: Token, content: list[Span]) -> list[Span]:
    """A content that ends a quotation of several sentences takes the whole quotation."""
    widened = []
    for span in content:
        for quote in doc._.quotes:
            inner = quote.inner
            if not inner.overlaps(span) or inner.covers(Span(token.idx, token.idx + 1)):
                continue
            outside = max(0, inner.start - span.start) + max(0, span.end - inner.end)
            if inner.start < span.start or outside <= 6:
                span = Span(min(span.start, inner.start), max(span.end, inner.end))
            elif inner.end > span.end:
                span = Span(span.start, inner.end)
        widened.append(span)
    return widened


def _free_of_other_cues(doc: Doc, token: Token, span: Span) -> bool:
    """No other saying verb stands between the cue and the quotation."""
    low, high = sorted((token.idx, span.start if span.start > token.idx else span.end))
    for other in token.sent:
        if (
            other.i != token.i
            and low < other.idx < high
            and other.lemma_.lower() in cues.SAYING
            and other.pos_ == "VERB"
        ):
            if not span.covers(Span(other.idx, other.idx + 1)):
                return False
    return True


def opens_paragraphs(token: Token) -> bool:
    rest = syntax.text_of(token.doc)[token.idx + len(token) :]
    return bool(re.match(r"[^.!?\n]{0,60}:\s*(\n|$)", rest))


def following_paragraphs(doc: Doc, token: Token) -> Span | None:
    """ "The minister said:" opens a statement printed in the paragraphs that follow."""
    text = syntax.text_of(doc)
    _, end = syntax.paragraph_of(doc, token.idx)
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    stop = len(text.rstrip())
    found: tuple[quotes.Quote, ...] = doc._.quotes
    for quote in found:
        if quote.span.start == start:
            return quote.inner
    return Span(start, stop) if start < stop else None


def within(doc: Doc, token: Token) -> bool:
    """The word is one of a quotation's."""
    return any(quote.inner.start <= token.idx < quote.inner.end for quote in doc._.quotes)


def _begun(doc: Doc, drafts: list[Draft]) -> None:
    """A quotation that is open at the end of its paragraph belongs to whoever has its next paragraph."""
    found: tuple[quotes.Quote, ...] = doc._.quotes
    for first, second in reversed(list(pairwise(found))):
        between = syntax.text_of(doc)[first.span.end : second.span.start]
        if not first.open or between.strip() or "\n" not in between:
            continue
        if any(span.overlaps(first.inner) for draft in drafts for span in draft.content):
            continue
        owner = next((d for d in drafts if any(span.overlaps(second.inner) for span in d.content)), None)
        if owner is not None and not within(doc, owner.cue):
            owner.content.insert(0, first.inner)


def carried(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """Give quotations without a cue of their own to the speaker whose words they carry on."""
    _begun(doc, drafts)
    taken = [(span, draft.cue.idx) for draft in drafts for span in draft.content]
    speaking = [
        d
        for d in drafts
        if not d.attitude
        and d.stance is not Stance.ACCUSE
        and not within(doc, d.cue)
        and d.cue.lower_ not in cues.words("hedges")
    ]
    for quote in doc._.quotes:
        inner = quote.inner
        # Who speaks within the quotation does not answer for it.
        outside = [span for span, cue in taken if not inner.start <= cue < inner.end]
        if any(span.overlaps(inner) for span in outside) or inner.end - inner.start < 10:
            continue
        start, _ = syntax.paragraph_of(doc, quote.span.start)
        leading = syntax.text_of(doc)[start : quote.span.start].strip()
        previous = None
        for draft in speaking:
            if draft.cue.idx < quote.span.start:
                previous = draft
        if previous is None:
            continue
        gap = syntax.text_of(doc)[
            max([previous.cue.idx, *[s.end for s in previous.content if s.end <= quote.span.start]]) : quote.span.start
        ]
        own_sentence = not leading or leading[-1] in ".!?”\"'"
        if own_sentence and gap.count("\n") <= 2 and len(gap) < 200:
            previous.content.append(inner)
            previous.quoted = True
            taken.append((inner, previous.cue.idx))
    return drafts
