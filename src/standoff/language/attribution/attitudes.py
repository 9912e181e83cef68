"""What a source wants, backs or judges, by its verb: attributions that say nothing of what has happened."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import cues, lookup, speakers
from standoff.language.attribution.drafts import Draft, attitude, trim, without_aside
from standoff.language.syntax import any_of
from standoff.model import Span


def find(doc: Doc) -> list[Draft]:
    found: list[Draft] = []
    for token in lookup.words(doc, cues.words("attitudes")):
        if not _verbal(token) or token.dep_ in {"amod", "compound"}:
            continue
        kinds = cues.attitudes().get(_word(token))
        if kinds is None or not asserted(token) or speakers.unnamed(token):
            continue
        passive = syntax.is_passive(token)
        source = syntax.agent(token) if passive else syntax.subject(token)
        if passive and source is None:
            content = _thought(doc, token)
        elif source is None or not holder(source) or speakers.inner_voice(doc, token, source):
            continue
        else:
            content = _towards(doc, token, kinds, passive)
        if content:
            found.append(attitude(token, source, content))
    return found


def _word(token: Token) -> str:
    particle = syntax.child(token, "prt")
    lemma = cues.lemma(token)
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def _verbal(token: Token) -> bool:
    """A verb, or what stands as one where the tagger took it for a noun: "documents show that"."""
    return token.pos_ == "VERB" or (
        token.dep_ == "ROOT" and token.tag_ in {"NN", "NNS"} and {"nsubj", "ccomp"} <= {c.dep_ for c in token.children}
    )


def asserted(token: Token) -> bool:
    """Told as a fact: "wanted", "has wanted", "citing X"; not "to want" or "wanting"."""
    if token.tag_ in {"VBD", "VBZ", "VBP", "NN", "NNS"}:
        return True
    if token.tag_ == "VB":
        return token.dep_ in {"ROOT", "ccomp"} and any(
            c.dep_ == "aux" and (c.tag_ == "MD" or c.lemma_ == "do") for c in token.children
        )
    if token.tag_ == "VBG" and token.dep_ == "advcl":
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.lemma_ in {"have", "be"} for c in token.children)


def holder(source: Token) -> bool:
    """Who or what an attitude can be of: a speaker, or what a noun names that is not a mere pronoun."""
    return (
        speakers.can_speak(source)
        or source.pos_ in {"NOUN", "PROPN"}
        or source.lower_ in any_of("it someone somebody everyone everybody nobody many most several few others")
    )


def _towards(doc: Doc, token: Token, kinds: frozenset[str], passive: bool) -> list[Span]:
    """What the attitude is towards, with what it is taken as or for ("as a mistake", "for the delay")."""
    after = [c for c in token.children if c.i > token.i]
    preps = [c for c in after if c.dep_ == "prep"]
    parts: list[Token] = []
    if "object" in kinds:
        parts += [c for c in after if c.dep_ in {"dobj", "obj", "oprd", "dative"}]
    if "clause" in kinds:
        parts += [c for c in after if c.dep_ == "ccomp"]
    if "infinitive" in kinds:
        parts += [c for c in after if c.dep_ == "xcomp" and c.pos_ in {"VERB", "AUX"}]
    if "as" in kinds and any(c.lower_ == "as" for c in preps):
        parts += [c for c in after if c.dep_ in {"dobj", "obj"}]
    found: list[Span | None] = []
    if "object" in kinds and not parts and not passive and token.dep_ == "relcl" and token.head.i < token.left_edge.i:
        # "The plan that the union backed": what the clause stands on.
        found.append(trim(doc, token.head.left_edge.i, token.left_edge.i))
    if parts or passive:
        parts += [c for c in preps if c.lower_ in any_of("as for to of over about from with against")]
    else:
        parts += [c for c in preps if c.lower_ in kinds]
        parts += (
            []
            if parts or "object" not in kinds
            else [c for c in preps if c.lower_ not in any_of("in at during after before by on")]
        )
    undergoer = syntax.child(token, "nsubjpass") if passive else None
    if undergoer is not None:
        found.append(trim(doc, undergoer.left_edge.i, undergoer.right_edge.i + 1))
    if parts:
        low = min(c.left_edge.i for c in parts)
        high = max(c.right_edge.i for c in parts) + 1
        low = max(low, token.i + 1)
        if all(c.dep_ == "prep" for c in parts) and doc[low].lower_ in kinds:
            low += 1  # "spoke about the price": of the price
        found.append(trim(doc, low, without_aside(doc, low, high)))
    spans = [span for span in found if span is not None]
    return spans if sum(span.end - span.start for span in spans) > 3 else []


def _thought(doc: Doc, token: Token) -> list[Span]:
    """ "The port is expected to open", "he is regarded as a moderate": of whom and what nobody named thinks so."""
    undergoer = syntax.child(token, "nsubjpass")
    parts = [
        c
        for c in token.children
        if c.i > token.i and (c.dep_ in {"xcomp", "oprd"} or (c.dep_ == "prep" and c.lower_ == "as"))
    ]
    if undergoer is None or not parts:
        return []
    high = max(c.right_edge.i for c in parts) + 1
    spans = (
        trim(doc, undergoer.left_edge.i, undergoer.right_edge.i + 1),
        trim(doc, min(c.left_edge.i for c in parts), high),
    )
    return [span for span in spans if span is not None]
