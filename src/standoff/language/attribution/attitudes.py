"""What a source wants, backs or judges: attributions that say nothing of what has happened."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import cues, quotations, speakers
from standoff.language.attribution.drafts import Draft, chars, trim
from standoff.language.syntax import any_of
from standoff.model import Span, Stance


def find(doc: Doc) -> list[Draft]:
    found: list[Draft] = []
    for token in doc:
        if token.pos_ != "VERB" or token.lemma_.lower() not in cues.attitudes() or token.dep_ in {"amod", "compound"}:
            continue
        if token.tag_ not in {"VBD", "VBZ", "VBP"} and not any(
            c.dep_ == "aux" and c.lemma_ in {"have", "be"} for c in token.children
        ):
            continue
        source = syntax.agent(token) if syntax.is_passive(token) else syntax.subject(token)
        if not speakers.can_speak(source) or source is None or speakers.inner_voice(doc, token, source):
            continue
        content = _object(doc, token)
        if content is not None and content.end - content.start > 3:
            found.append(
                Draft(token, chars(doc, token.i, token.i + 1), source, [content], Stance.NEUTRAL, attitude=True)
            )
    return found


def _object(doc: Doc, token: Token) -> Span | None:
    """What the attitude is towards: the verb's complements, with what marks them off ("as a mistake", "for the delay")."""
    after = [c for c in token.children if c.i > token.i]
    parts = [c for c in after if c.dep_ in {"dobj", "obj", "xcomp", "ccomp", "oprd"}]
    preps = [c for c in after if c.dep_ == "prep"]
    if not parts:
        parts = [c for c in preps if c.lower_ not in any_of("in at during after before")]
    else:
        parts += [c for c in preps if c.lower_ in any_of("as for to of over about from with against")]
    if not parts:
        return None
    low = min(c.left_edge.i for c in parts)
    high = max(c.right_edge.i for c in parts) + 1
    return trim(doc, max(low, token.i + 1), high)


def own(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """Without the attitudes that are told by a source, or in quoted words: they are part of what that source says."""
    return [
        draft
        for draft in drafts
        if not draft.attitude
        or not (
            quotations.within(doc, draft.cue)
            or any(
                span.start <= draft.cue.idx < span.end
                for other in drafts
                if other is not draft
                for span in other.content
            )
        )
    ]
