"""What a source is of a mind about ("confident that", "wary of"), and what seems so to nobody in particular."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import attitudes, cues, lookup, speakers
from standoff.language.attribution.drafts import Draft, attitude, trim, without_aside
from standoff.language.grammar import listed
from standoff.language.syntax import any_of


def find(doc: Doc) -> list[Draft]:
    """ "Was confident that", "worried about"; "it was unclear whether"; "seemed to"."""
    found: list[Draft] = []
    held, unheld, seeming = cues.words("attitude_adjectives"), cues.words("open_adjectives"), cues.words("appearances")
    for token in lookup.words(doc, held | unheld | seeming):
        draft: Draft | None = None
        if token.pos_ == "VERB" and token.lemma_.lower() in seeming:
            draft = _appearance(token)
        elif token.lower_ in held or token.lower_ in unheld:
            draft = _state(doc, token, token.lower_ in held, token.lower_ in unheld)
        if draft is not None:
            found.append(draft)
    return found


def _state(doc: Doc, token: Token, held: bool, unheld: bool) -> Draft | None:
    """An adjective of somebody's mind, or, after "it is", of nobody's."""
    be = token if any(c.dep_ == "auxpass" for c in token.children) else token.head
    if token.dep_ not in any_of("acomp ROOT ccomp advcl conj relcl") or not _links(be):
        return None
    part = next((c for c in token.children if c.i > token.i and c.dep_ in any_of("ccomp xcomp prep advcl")), None)
    part = part or next((c for c in be.children if c.i > token.i and c.dep_ == "ccomp"), None)
    if part is None or (part.dep_ == "prep" and part.lower_ not in any_of("about of over at on to with that for in")):
        return None
    source = syntax.subject(be)
    if source is None or source.lower_ == "it":
        if not unheld or part.dep_ not in {"ccomp", "advcl"}:
            return None
        source = None
    elif not held or not attitudes.holder(source) or speakers.inner_voice(doc, token, source):
        return None
    start = part.left_edge.i + (part.dep_ == "prep")
    content = trim(doc, start, without_aside(doc, start, part.right_edge.i + 1))
    return attitude(token, source, [content]) if content is not None and content.end - content.start > 3 else None


def _links(be: Token) -> bool:
    return be.lemma_.lower() in listed("linking") or any(
        c.dep_ in {"auxpass", "aux"} and c.lemma_ == "be" for c in be.children
    )


def _appearance(token: Token) -> Draft | None:
    """ "The garrison seems to be leaving": of whom, and what seems so."""
    doc = token.doc
    parts = [c for c in token.children if c.i > token.i and _seems(c)]
    if not parts or not attitudes.asserted(token) or (token.lemma_.lower() == "look" and parts[0].dep_ != "prep"):
        return None
    subject = syntax.child(token, "nsubj")
    spans = [trim(doc, min(c.left_edge.i for c in parts), max(c.right_edge.i for c in parts) + 1)]
    if subject is not None and subject.lower_ != "it":
        spans.insert(0, trim(doc, subject.left_edge.i, subject.right_edge.i + 1))
    return attitude(token, None, [span for span in spans if span is not None])


def _seems(child: Token) -> bool:
    return child.dep_ in {"xcomp", "oprd", "ccomp", "acomp"} or (child.dep_ == "prep" and child.lower_ == "like")
