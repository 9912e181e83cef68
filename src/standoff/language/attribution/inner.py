"""What is part of a source's words and no attribution of its own: "I think", "you know", "they want" in what is said."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from standoff.language.attribution import quotations
from standoff.language.attribution.drafts import Draft
from standoff.language.grammar import listed
from standoff.language.nearby import Nearby
from standoff.language.syntax import any_of
from standoff.model import Stance

# Who says that somebody knows it says it, too.
FACTIVE = listed("knowing")
ANYBODY = any_of("i me we us you anyone anybody everyone everybody nobody")


def without(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The drafts that are attributions beside that of the words that they stand in."""
    said = [(span, draft) for draft in drafts for span in draft.content]
    near = Nearby((span.start, span.end) for span, _ in said)

    def told_by_another(draft: Draft) -> bool:
        return any(said[at][1] is not draft for at in near.touching(draft.cue.idx, draft.cue.idx + 1))

    return [draft for draft in drafts if not _belongs(doc, draft, told_by_another)]


def _belongs(doc: Doc, draft: Draft, told_by_another: Callable[[Draft], bool]) -> bool:
    word = draft.cue.lemma_.lower()
    quoted = quotations.within(doc, draft.cue)
    if draft.stance is Stance.NEUTRAL and quoted and draft.source is not None and draft.source.lower_ in ANYBODY:
        return True
    if not draft.attitude and word not in FACTIVE:
        return False
    return quoted or told_by_another(draft)
