"""Who speaks: the head word of a verb's source."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import coreference, parties, syntax
from standoff.language.attribution import cues
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Span


def speaker(token: Token, lemma: str) -> Token | None:
    """The source's head noun; no day speaks ("the minister said Sunday")."""
    found = _speaker(token, lemma)
    if found is None or not _of_time(found):
        return found
    return next(
        (
            chunk.root
            for chunk in reversed(list(syntax.chunks(token.doc, max(token.sent.start, token.i - 12), token.i)))
            if chunk.end == token.i and can_speak(chunk.root) and not _of_time(chunk.root)
        ),
        None,
    )


def _of_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in coreference.DAYS


def _speaker(token: Token, lemma: str) -> Token | None:
    """A passive cue ("was quoted as saying", "was told") names who speaks otherwise."""
    if token.dep_ == "pcomp" and token.head.lower_ == "as":
        governor = token.head.head
        if governor.lemma_.lower() in listed("quoting_as"):
            return syntax.direct_object(governor) or syntax.subject(governor)
    if syntax.is_passive(token):
        return syntax.agent(token)
    found = syntax.subject(token)
    if found is not None and found.i == token.i:
        return None
    if lemma in cues.SAYING and token.tag_ in {"VBD", "VBZ"}:
        found = _inverted(token) or _beside(token, found) or found
    if token.tag_ == "VBG" and token.dep_ == "advcl" and found is not None and not can_speak(found):
        found = _speaker_above(token) or found
    if found is None and token.dep_ != "acl":
        # Inverted order with a parse that lost it: "..., said the monitor".
        for right in token.rights:
            if (
                (
                    right.dep_ in any_of("dobj obj npadvmod attr dep appos")
                    and right.i - right.left_edge.i <= 6
                    and (right.left_edge.i == token.i + 1)
                )
                and lemma in cues.SAYING
                and right.pos_ in {"NOUN", "PROPN", "PRON"}
                and not _of_time(right)
            ):
                return right
    return found


def _speaker_above(token: Token) -> Token | None:
    """ "The ministry said a skirmish took place, claiming that ...": the ministry claims, not the skirmish."""
    above = token.head
    for _ in range(4):
        if above.dep_ == "ccomp" and above.head.lemma_.lower() in cues.SAYING:
            speaker = syntax.subject(above.head)
            return speaker if can_speak(speaker) else None
        if above.head.i == above.i:
            return None
        above = above.head
    return None


def _inverted(token: Token) -> Token | None:
    """ "... were killed, said the monitor": the speaker after the cue, with nothing after them that they could be said to do."""
    doc, sent = token.doc, token.sent
    if token.i - sent.start < 5 or token.lemma_.lower() in listed("informing"):
        return None  # who stands after "told" is who is told
    own = syntax.child(token, "nsubj")
    if own is not None and own.left_edge.i - sent.start <= 1 and own.right_edge.i >= token.i - 2:
        return None  # "Colonel X, the army's spokesman, said combatants, not civilians, were hit"
    for chunk in syntax.chunks(doc, token.i + 1, sent.end):
        if chunk.start != token.i + 1 or not can_speak(chunk.root) or _of_time(chunk.root):
            return None
        for after in doc[chunk.end : sent.end]:
            if after.text in {",", ";"} or (after.tag_ == "VBG" and after.lemma_.lower() in cues.SAYING):
                break  # "said the monitor adding that ..." speaks on
            if after.pos_ in {"VERB", "AUX"} and after.dep_ not in {"acl", "relcl", "amod"}:
                return None
        return chunk.root
    return None


def _beside(token: Token, found: Token | None) -> Token | None:
    """A trailing cue whose subject the parser took from far off: the speaker is the phrase right before it."""
    doc, sent = token.doc, token.sent
    near = found is not None and (token.i - found.i <= 12 or found.i > token.i)
    after = [t for t in doc[token.i + 1 : sent.end] if not t.is_punct and not t.is_space]
    if near or token.i - sent.start < 8 or len(after) > 8:
        return None
    chunks = list(syntax.chunks(doc, max(sent.start, token.i - 14), token.i))
    if not chunks or chunks[-1].end != token.i:
        return None
    # By the order of the words, for the parse that lost the subject has lost the rest of its phrase too.
    at = len(chunks) - 1
    while at > 0 and chunks[at - 1].end == chunks[at].start - 1:
        between = doc[chunks[at].start - 1]
        if between.lower_ not in any_of("in of at for from near and"):
            break
        if between.lower_ == "and" and not can_speak(chunks[at - 1].root):
            break
        at -= 1
    head = chunks[at].root
    return head if head.pos_ in {"NOUN", "PROPN"} and can_speak(head) else None


def can_speak(source: Token | None) -> bool:
    if source is None:
        return False
    if source.lower_ in coreference.PERSON_PRONOUNS | coreference.PLURAL_PRONOUNS | coreference.SPEAKER_PRONOUNS:
        return True
    if parties.name_at(source) is not None or source.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    role = coreference.role_of(source)
    return role is not None or source.lemma_.lower() in coreference.VEHICLE_WORDS or source.lower_ in listed("voices")


def bears_arms(source: Token) -> bool:
    role = coreference.role_of(source)
    return role is not None and role.sector in {"MIL", "REB", "COP", "UAF"}


def inner_voice(doc: Doc, token: Token, source: Token | None) -> bool:
    """ "I think", "you know" inside a quotation belong to the way of speaking, not to a source within it."""
    return (
        source is not None
        and source.lower_ in {"i", "we", "you"}
        and any(q.inner.covers(Span(token.idx, token.idx + 1)) for q in doc._.quotes)
    )


def unnamed(token: Token) -> bool:
    """ "Who asked not to be named": it is said of the source, and nothing is told by it."""
    return token.lemma_.lower() in listed("asking_not_to_be") and any(
        c.dep_ == "xcomp" and c.lemma_.lower() in listed("identifying") and syntax.is_passive(c) for c in token.children
    )
