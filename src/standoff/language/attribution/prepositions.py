"""Sources named by a preposition: "according to the army"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import parties, syntax
from standoff.language.attribution import cues, lookup, speakers
from standoff.language.attribution.drafts import Draft, chars, trim
from standoff.model import Span, Stance

_ACCORDING = frozenset({"according", "per", "citing", "quoting"})
_BEFORE_SOURCES = _ACCORDING | {"in", "by"}


def find(doc: Doc) -> list[Draft]:
    found: list[Draft] = []
    for token in lookup.words(doc, _BEFORE_SOURCES):
        lower = token.lower_
        if lower in {"in", "by"} and (draft := _perspective(doc, token)) is not None:
            found.append(draft)
        if lower not in _ACCORDING:
            continue
        source: Token | None = None
        cue_end = token.i + 1
        if lower == "according":
            if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
                continue
            cue_end = token.i + 2
            source = syntax.child(doc[token.i + 1], "pobj") or syntax.child(token, "pobj")
        elif lower in {"citing", "quoting"}:
            source = syntax.child(token, "dobj", "obj")
            if source is None or not speakers.can_speak(source) or _before_speech(token):
                continue
        elif lower == "per":
            source = syntax.child(token, "pobj")
            if source is None or parties.name_at(source) is None:
                continue
        if source is None:
            source = next(
                (
                    t
                    for t in doc[cue_end : cue_end + 12]
                    if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.dep_ != "compound"
                ),
                None,
            )
        if source is None:
            continue
        content = _cited(doc, token) or _around(doc, token, max(source.right_edge.i + 1, cue_end))
        if content:
            found.append(Draft(token, chars(doc, token.i, cue_end), source, content, Stance.NEUTRAL))
    return found


def _before_speech(token: Token) -> bool:
    """ "The commander, citing reports, said ...": the reports are the commander's, and only he says what follows."""
    return token.head.i > token.i and token.head.lemma_.lower() in cues.SAYING


def _cited(doc: Doc, token: Token) -> list[Span]:
    """ "The agency reported that X, citing officials": the agency says that they say X."""
    if token.lower_ not in {"citing", "quoting"}:
        return []
    said = token.head
    clause = syntax.child(said, "ccomp")
    if clause is None and said.dep_ == "ccomp":
        said, clause = said.head, said
    if clause is None or said.lemma_.lower() not in cues.SAYING or syntax.subject(said) is None:
        return []
    end = token.left_edge.i if clause.left_edge.i < token.i <= clause.right_edge.i else clause.right_edge.i + 1
    span = trim(doc, clause.left_edge.i, end)
    return [span] if span is not None else []


def _perspective(doc: Doc, token: Token) -> Draft | None:
    """ "In the mayor's view", "in the words of the army", "by her own account"."""
    noun = syntax.child(token, "pobj")
    if noun is None or noun.lemma_.lower() not in cues.words("perspectives"):
        return None
    source = syntax.child(noun, "poss") or next((obj for _, obj in syntax.prepositional(noun, "of")), None)
    if source is None or not speakers.can_speak(source):
        return None
    content = _around(doc, token, token.right_edge.i + 1)
    cue_end = noun.i + 1 if source.i < noun.i else source.left_edge.i
    return Draft(token, chars(doc, token.i, cue_end), source, content, Stance.NEUTRAL) if content else None


def _around(doc: Doc, token: Token, source_end: int) -> list[Span]:
    """What an "according to" phrase answers for: its sentence without the phrase."""
    sent = token.sent
    spans: list[Span] = []
    start, end = sent.start, sent.end
    for quote in doc._.quotes:
        if quote.inner.covers(Span(token.idx, token.idx + 1)):
            # Inside a quotation the phrase answers for the quoted words alone.
            start = next((t.i for t in sent if t.idx >= quote.inner.start), start)
            end = next((t.i for t in sent if t.idx >= quote.inner.end), end)
    before = trim(doc, start, token.i)
    after = trim(doc, source_end, end)
    lengths = (before.end - before.start if before else 0, after.end - after.start if after else 0)
    if before is not None and lengths[0] > 12:
        spans.append(before)
    if after is not None and (lengths[1] > 25 or not spans) and lengths[1] > 3:
        spans.append(after)
    return spans
