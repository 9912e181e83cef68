"""From drafts to statements: which party the source is."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Doc

from standoff import bodies
from standoff.language import coreference, parties, quotes, syntax
from standoff.language.attribution import cues
from standoff.language.attribution.drafts import Draft, chars, trim
from standoff.model import UNKNOWN, Mention, Party, Source, Span, Statement


def finish(doc: Doc, draft: Draft) -> Statement:
    resolver = coreference.resolver(doc)
    found = (
        _same_speaker(doc, draft)
        or _same_watcher(doc, draft)
        or _watcher(doc, draft)
        or (resolver.resolve(draft.source) if draft.source is not None else ())
    )
    cue_words = draft.cue_text.of(syntax.text_of(doc))
    source_span: Span | None = None
    if draft.source is not None:
        source_span = _source_span(doc, draft)
        if not found:
            found = (Mention(UNKNOWN, source_span.of(syntax.text_of(doc)), source_span),)
    sources = tuple(Source(item, cue_words, draft.cue_text) for item in found)
    return Statement(
        sources,
        cue_words,
        draft.cue_text,
        tuple(_with_marks(doc, span) for span in draft.content),
        draft.stance,
        draft.quoted,
        source_span,
        draft.attitude,
        draft.untrue,
    )


def _with_marks(doc: Doc, span: Span) -> Span:
    """Quoted words with both of their marks, where the content has one of them or begins or ends within them."""
    found: tuple[quotes.Quote, ...] = doc._.quotes
    for quote in found:
        begins = span.start in {quote.span.start, quote.inner.start}
        if begins and quote.inner.end - 1 <= span.end <= quote.span.end:
            return quote.span
    return span


def _same_speaker(doc: Doc, draft: Draft) -> tuple[Mention, ...]:
    """ "It added", "He said": who speaks on is who spoke in the sentences before, where the pronoun can mean them."""
    source = draft.source
    if (
        source is None
        or source.lower_ not in {"it", "he", "she"}
        or draft.cue.lemma_.lower() not in cues.SAYING | {"claim"}
    ):
        return ()
    begin = source.sent.start_char
    for statement in reversed(doc._.statements or []):
        if (
            statement.attitude
            or statement.cue_span.end > source.idx
            or not statement.sources
            or statement.source_span is None
        ):
            continue
        if begin - statement.cue_span.end > 400:
            break  # as all that were told before it are
        if statement.cue_span.start >= begin:
            continue
        span = doc.char_span(statement.source_span.start, statement.source_span.end, alignment_mode="expand")
        if span is None or len(statement.sources) > 1:
            return ()
        person = coreference.resolver(doc)._is_person(span.root) or span.root.lower_ in {"he", "she"}
        if person == (source.lower_ != "it") and statement.sources[0].mention.party.code != "UNK":
            item = statement.sources[0].mention
            return (coreference.mention(item.party, doc, source.i, source.i + 1),)
        return ()
    return ()


def _same_watcher(doc: Doc, draft: Draft) -> tuple[Mention, ...]:
    """ "The group said", "according to the group": the watchdog that the report quoted last, not the fighters it named since."""
    source = draft.source
    if source is None or source.lower_ not in cues.words("watchers"):
        return ()
    if draft.cue.lemma_.lower() not in cues.SAYING and draft.cue.lower_ != "according":
        return ()
    if not any(t.lower_ in syntax.DEFINITE for t in source.lefts):
        return ()
    for statement in islice(reversed(doc._.statements or []), BACK):
        if statement.sources and not statement.attitude and statement.cue_span.end <= source.idx:
            party = statement.sources[0].mention.party
            if party.code != "UNK":
                return (coreference.mention(party, doc, source.i, source.i + 1),) if party.code == "NGO" else ()
    return ()


def _watcher(doc: Doc, draft: Draft) -> tuple[Mention, ...]:
    """ "Syria war monitor: 12 dead": who watches a land's war does not speak for the state of that name."""
    source = draft.source
    if source is None or source.text[:1].isupper() or parties.name_at(source) is not None:
        return ()  # "the Savannah Monitor" has a name of its own
    words = doc[source.left_edge.i : source.i + 1]
    names = [name for token in words if (name := parties.name_at(token)) is not None]
    if not names or any(name.label_ not in {"state", "adjective"} for name in names):
        return ()
    watches = bodies.named("watcher", words.text.lower())
    return (coreference.mention(Party("NGO", ("HRI",), source.text), doc, words.start, words.end),) if watches else ()


BACK = 100
"""So many statements back at the most a watchdog is sought, that the work grows as the text does."""


def _source_span(doc: Doc, draft: Draft) -> Span:
    source = draft.source
    assert source is not None
    if draft.source_text is not None:
        return draft.source_text
    start, end = source.left_edge.i, source.right_edge.i + 1
    content = draft.content
    while start < source.i and any(c.covers(Span(doc[start].idx, doc[start].idx + 1)) for c in content):
        start += 1
    while end - 1 > source.i and any(c.covers(Span(doc[end - 1].idx, doc[end - 1].idx + 1)) for c in content):
        end -= 1
    while end - 1 > source.i and doc[end - 1].dep_ == "prep":
        end -= 1  # "accused by prosecutors of"
    if start <= draft.cue.i < end:
        start, end = (source.left_edge.i, draft.cue.i) if source.i < draft.cue.i else (draft.cue.i + 1, end)
        # "The minister, who denied it": up to the word that stands for them in the cue's clause.
        clause = draft.cue
        while clause.head.i not in {source.i, clause.i}:
            clause = clause.head
        if source.i < clause.left_edge.i < end and clause.dep_ in {"relcl", "acl"}:
            end = clause.left_edge.i + (clause.left_edge.tag_ in {"WP", "WDT"})
        start, end = min(start, source.i), max(end, source.i + 1)
    trimmed = trim(doc, start, end)
    return trimmed if trimmed is not None else chars(doc, source.i, source.i + 1)
