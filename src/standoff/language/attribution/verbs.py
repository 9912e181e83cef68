"""Cue verbs: "said", "claimed", "was quoted as saying"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import contents, cues, lookup, quotations, speakers
from standoff.language.attribution.drafts import Draft, chars, join
from standoff.language.grammar import listed
from standoff.model import Span, Stance


def find(doc: Doc) -> list[Draft]:
    classes = cues.verb_cues()
    found: list[Draft] = []
    for token in lookup.words(doc, cues.words("verbs") | {"make", "put"}):
        if token.pos_ not in {"VERB", "AUX"} and not (token.tag_.startswith("VB")):
            if not (token.lower_ in listed("said_forms") and token.pos_ in {"NOUN", "PROPN", "ADJ"}):
                continue
        lemma = cues.lemma(token)
        particle = syntax.child(token, "prt")
        cue = classes.get(f"{lemma} {particle.lower_}") if particle is not None else None
        if cue is None and lemma == "make" and any(c.lower_ == "clear" for c in token.children):
            cue = classes["make clear"]
        if lemma == "put" and any(c.lower_ == "it" and c.dep_ in {"dobj", "obj"} for c in token.children):
            cue, lemma = classes["say"], "say"  # "as the mayor put it"
        cue = cue or classes.get(lemma)
        if cue is None or token.dep_ == "amod":
            continue
        draft = _read_verb(doc, token, lemma, cue)
        if draft is not None:
            found.append(draft)
        relay = _relay(doc, token)
        if relay is not None:
            found.append(relay)
    return found


def _relay(doc: Doc, token: Token) -> Draft | None:
    """ "The agency quoted the ministry as saying": the agency tells what the ministry says."""
    governor = token.head.head
    if token.dep_ != "pcomp" or token.head.lower_ != "as" or governor.lemma_.lower() not in {"quote", "cite"}:
        return None
    passive = syntax.is_passive(governor)
    source = syntax.agent(governor) if passive else syntax.subject(governor)
    quoted = syntax.child(governor, "nsubjpass" if passive else "dobj")
    if not speakers.can_speak(source) or quoted is None:
        return None
    saying = (token.head.left_edge.i, token.head.right_edge.i + 1)
    content = [chars(doc, quoted.left_edge.i, quoted.right_edge.i + 1), chars(doc, *saying)]
    return Draft(governor, chars(doc, governor.i, governor.i + 1), source, join(content), Stance.NEUTRAL)


def _read_verb(doc: Doc, token: Token, lemma: str, cue: cues.Cue) -> Draft | None:
    source = speakers.speaker(token, lemma)
    if lemma == "attack" and source is not None and (source.pos_ == "PRON" or speakers.bears_arms(source)):
        return None  # with shells, not with words
    if lemma in cues.WEAK and (not speakers.can_speak(source) or speakers.inner_voice(doc, token, source)):
        return None
    if speakers.unnamed(token):
        return None
    content: list[Span] = []
    quoted = False
    clause = contents.clausal(token, lemma, source)
    if clause:
        content.extend(clause)
    elif "of" in cue.complement or "for" in cue.complement or "noun" in cue.complement:
        content.extend(contents.nominal(token, lemma, cue))
    nearby = quotations.adjacent(doc, token, source, content)
    content = quotations.whole(doc, token, content)
    quoted = any(q.span.overlaps(span) for q in doc._.quotes for span in content)
    if nearby:
        quoted = True
        content.extend(span for span in nearby if not any(c.covers(span) for c in content))
    if not content and lemma in cues.SAYING:
        trailing = contents.trailing(token, source)
        if as_told := contents.as_told(token):
            content.extend(as_told)
        elif trailing is not None:
            content.append(trailing)
            rest = contents.rest_of_sentence(token, source) if source is not None else None
            if rest is not None:
                content.append(rest)
        elif quotations.opens_paragraphs(token):
            following = quotations.following_paragraphs(doc, token)
            if following is not None:
                content.append(following)
    if not content:
        return None
    return Draft(token, chars(doc, token.i, token.i + 1), source, join(content), cue.stance, quoted)
