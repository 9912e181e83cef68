"""Who says: sources, cues and contents of reported speech.

The component ``standoff_attribution`` writes :class:`~standoff.model.Statement` records to ``doc._.statements``:
direct, indirect and mixed quotation, the source before, amid or after the content, "according to", speech that
carries on over sentences, and statements inside statements. The classes of cues are in ``lexicon/cues.toml``.
The three spans (source, cue, content) are those of PolNeAR (Newell et al. 2018) and PARC (Pareti 2012).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.language import extensions, quotes
from standoff.language.attribution import (
    attitudes,
    headlines,
    hedges,
    held,
    inner,
    nouns,
    prepositions,
    quotations,
    sources,
    states,
    untrue,
    verbs,
)
from standoff.language.attribution.chains import chain, denied, refused, source_chain, who_speaks
from standoff.language.attribution.drafts import Draft
from standoff.language.attribution.untrue import at as untrue_at
from standoff.model import Statement

__all__ = ["Attributor", "chain", "create", "denied", "refused", "source_chain", "untrue_at", "who_speaks"]

extensions.register()


class Attributor:
    """Finds statements; needs parties and coreference before it."""

    def __call__(self, doc: Doc) -> Doc:
        quotes.of(doc)
        drafts = verbs.find(doc)
        drafts.extend(prepositions.find(doc))
        drafts.extend(nouns.find(doc))
        drafts.extend(headlines.signed(doc))
        drafts.extend(headlines.turns(doc))
        # Before what a headline's colon tells, which is one sentence.
        drafts.extend(headlines.entries(doc, {draft.cue.i for draft in drafts}))
        drafts.extend(headlines.prefixed(doc))
        drafts.extend(headlines.suffixed(doc))
        drafts.extend(headlines.ended(doc, {draft.cue.i for draft in drafts}))
        cued = {draft.cue.i for draft in drafts}
        drafts.extend(draft for draft in hedges.find(doc) if draft.cue.i not in cued)
        minds = (*attitudes.find(doc), *states.find(doc), *held.find(doc))
        drafts.extend(draft for draft in minds if draft.cue.i not in cued)
        drafts = untrue.denials(doc, drafts)
        drafts.sort(key=lambda d: (d.cue.i, min((s.start for s in d.content), default=0)))
        doc._.statements = []
        statements: list[Statement] = []
        for draft in quotations.carried(doc, inner.without(doc, _without_doubles(drafts))):
            statements.append(sources.finish(doc, draft))
            doc._.statements = statements
        doc._.statements = statements
        return doc


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One statement for one cue."""
    seen: set[int] = set()
    kept = []
    for draft in drafts:
        if draft.cue.i not in seen and draft.content:
            seen.add(draft.cue.i)
            kept.append(draft)
    return kept


@Language.factory("standoff_attribution")
def create(nlp: Language, name: str) -> Attributor:
    """Make the component (spaCy factory ``standoff_attribution``)."""
    return Attributor()
