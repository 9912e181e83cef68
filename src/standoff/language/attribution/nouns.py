"""Cue nouns: "the allegation that", "a warning that"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import parties, syntax
from standoff.language.attribution import contents, cues, lookup
from standoff.language.attribution.drafts import Draft, chars
from standoff.model import Stance


def find(doc: Doc) -> list[Draft]:
    stances = cues.noun_cues()
    found: list[Draft] = []
    for token in lookup.words(doc, cues.words("nouns")):
        if token.pos_ != "NOUN" or token.lemma_.lower() not in stances:
            continue
        clause = next(
            (
                c
                for c in syntax.children(token, "acl", "ccomp", "relcl", "appos")
                if c.i > token.i and contents.that_clause(c)
            ),
            None,
        )
        verb = token.head.head if token.dep_ == "pobj" else None
        if clause is None or (
            verb is not None and verb.lemma_.lower() in cues.SAYING and clause in contents.in_vehicle(verb)
        ):
            continue
        stance = stances[token.lemma_.lower()]
        source = owner(token, clause.i)
        if source is None:
            source = next((obj for _, obj in syntax.prepositional(token, "of") if obj.i < clause.i), None)
        if source is None and token.dep_ in {"dobj", "obj"} and token.head.pos_ == "VERB":
            source = syntax.doer(token.head)
            # "Denied allegations that ...": they are another's, and what they say is denied.
            stance = Stance.DENY if cues.denies(token.head) else stance
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        found.append(Draft(token, chars(doc, token.i, token.i + 1), source, [chars(doc, start, end)], stance))
    return found


def owner(token: Token, before: int) -> Token | None:
    """Whose an account is, said before a token: "India's claim", "an Indian claim", "a report by the ministry"."""
    whose = syntax.child(token, "poss") or next(
        (c for c in token.lefts if c.dep_ == "nsubj" and syntax.child(c, "case") is not None), None
    )
    if whose is None:
        whose = next(
            (c for c in token.lefts if c.dep_ in {"amod", "compound"} and parties.name_at(c) is not None), None
        )
    if whose is None:
        whose = next((noun for _, noun in syntax.prepositional(token, "by", "from") if noun.i < before), None)
    return whose
