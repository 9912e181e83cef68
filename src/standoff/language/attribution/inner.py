"""What is part of a source's words and no attribution of its own: "I think", "you know", "they want" in what is said."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.language.attribution import quotations
from standoff.language.attribution.drafts import Draft
from standoff.language.syntax import any_of
from standoff.model import Stance

# Who says that somebody knows it says it, too.
FACTIVE = any_of("know realize realise remember understand see hear learn find discover recall guess imagine")
ANYBODY = any_of("i me we us you anyone anybody everyone everybody nobody")


def without(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The drafts that are attributions beside that of the words that they stand in."""
    return [draft for draft in drafts if not _belongs(doc, draft, drafts)]


def _belongs(doc: Doc, draft: Draft, drafts: list[Draft]) -> bool:
    word = draft.cue.lemma_.lower()
    quoted = quotations.within(doc, draft.cue)
    if draft.stance is Stance.NEUTRAL and quoted and draft.source is not None and draft.source.lower_ in ANYBODY:
        return True
    if not draft.attitude and word not in FACTIVE:
        return False
    return quoted or any(
        span.start <= draft.cue.idx < span.end for other in drafts if other is not draft for span in other.content
    )
