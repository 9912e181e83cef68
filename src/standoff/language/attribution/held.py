"""Attitudes that a noun names: "her refusal to", "made the case for", "questions about"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import cues, lookup, speakers
from standoff.language.attribution.drafts import Draft, attitude, trim, without_aside


def find(doc: Doc) -> list[Draft]:
    """ "The senator's criticism of", "had questions about": nouns of attitude whose holder is named beside them."""
    found: list[Draft] = []
    table, light = cues.attitude_nouns(), cues.words("light_verbs")
    for token in lookup.words(doc, cues.words("attitude_nouns") | cues.words("stances")):
        if token.pos_ == "NOUN" and token.lemma_.lower() in cues.words("stances"):
            found.extend(_being(doc, token))
            continue
        kinds = table.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        if kinds is None:
            continue
        verb = token.head if token.dep_ in {"dobj", "obj"} and token.head.lemma_.lower() in light else None
        beside = [c for c in verb.children if c.i == token.i + 1] if verb is not None else []
        part = next((c for c in (*token.children, *beside) if c.i > token.i and _opens(c, kinds)), None)
        if part is None:
            continue
        source = syntax.child(token, "poss")
        if source is None and verb is not None:
            source = syntax.subject(verb)
        if source is None or not speakers.can_speak(source) or speakers.inner_voice(doc, token, source):
            continue
        low = part.left_edge.i if part.tag_ == "VB" else part.i + 1
        content = trim(doc, low, without_aside(doc, low, part.right_edge.i + 1))
        if content is not None and content.end - content.start > 3:
            found.append(attitude(token, source, [content]))
    return found


def _opens(child: Token, kinds: frozenset[str]) -> bool:
    """Stands before the content of a noun: one of its prepositions, or an infinitive."""
    if child.dep_ == "acl" and child.tag_ == "VB":
        return "to" in kinds and any(c.lower_ == "to" for c in child.children)
    return child.dep_ == "prep" and child.lower_ in kinds and child.lower_ != "to"


def _being(doc: Doc, token: Token) -> list[Draft]:
    """ "The bishop is an opponent of the dam", "the bishop, an opponent of the dam"."""
    of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if of is None or token.dep_ not in {"attr", "appos"}:
        return []
    source = syntax.subject(token.head) if token.dep_ == "attr" else token.head
    content = trim(doc, of.i + 1, without_aside(doc, of.i + 1, of.right_edge.i + 1))
    return [attitude(token, source, [content])] if content is not None and speakers.can_speak(source) else []
