"""What is said by nobody named: "reportedly", "allegedly"; "claims of torture"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import cues, lookup
from standoff.language.attribution.drafts import Draft, attitude, chars, trim
from standoff.model import Span, Stance


def find(doc: Doc) -> list[Draft]:
    found: list[Draft] = []
    hedges, rumours = cues.words("hedges"), cues.words("rumours")
    for token in lookup.words(doc, hedges | rumours):
        if token.lower_ in hedges and token.head.i != token.i:
            content = _hedged(doc, token)
            if content:
                found.append(Draft(token, chars(doc, token.i, token.i + 1), None, content, Stance.NEUTRAL))
        elif token.pos_ == "NOUN" and token.lemma_.lower() in rumours and syntax.child(token, "poss") is None:
            of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == token.i + 1), None)
            told = trim(doc, of.i + 1, of.right_edge.i + 1) if of is not None else None
            if told is not None and told.end - told.start > 3:
                found.append(attitude(token, None, [told]))
    return found


def _hedged(doc: Doc, token: Token) -> list[Span]:
    """The clause of the adverb, without it: "Gunmen reportedly seized the station"."""
    clause = token.head
    low, high = clause.left_edge.i, clause.right_edge.i + 1
    for child in clause.children:
        # Another clause beside it is the writer's own again.
        if child.dep_ == "conj" and child.i > token.i and syntax.child(child, "nsubj", "nsubjpass") is not None:
            high = min(high, child.left_edge.i)
    sides = (trim(doc, low, token.i), trim(doc, token.i + 1, high))
    return [side for side in sides if side is not None and side.end - side.start > 1]
