"""What a source wants, backs or judges: attributions that say nothing of what has happened."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.language import syntax
from standoff.language.attribution import cues, speakers
from standoff.language.attribution.drafts import Draft, chars, trim
from standoff.model import Stance


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
        parts = [c for c in token.children if c.i > token.i and c.dep_ in {"dobj", "obj", "xcomp", "ccomp", "oprd"}]
        parts += [
            c
            for c in syntax.children(token, "prep")
            if c.i > token.i and not parts and c.lower_ not in {"in", "at", "during", "after", "before"}
        ]
        if not parts:
            continue
        low = min(c.left_edge.i for c in parts)
        high = max(c.right_edge.i for c in parts) + 1
        content = trim(doc, max(low, token.i + 1), high)
        if content is not None and content.end - content.start > 3:
            found.append(
                Draft(token, chars(doc, token.i, token.i + 1), source, [content], Stance.NEUTRAL, attitude=True)
            )
    return found
