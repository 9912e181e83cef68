"""When: time expressions, resolved against the publication date, and the time of an event.

The component ``standoff_times`` writes ``doc.spans["standoff_times"]``; ``span._.when`` holds the words and the days
they resolve to, or none where they cannot be resolved: without a publication date "on Wednesday" keeps its words only.

The forms are in :mod:`~standoff.language.time_forms`, what days they mean in :mod:`~standoff.language.time_days`, and
which event a time belongs to in :mod:`~standoff.language.event_times`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Span

from standoff.ingest import dateline
from standoff.language import extensions, syntax
from standoff.language.event_times import KEY, clause_verb, event_time
from standoff.language.grammar import listed
from standoff.language.time_days import resolve, until_now
from standoff.language.time_forms import find, words
from standoff.model import Span as TextSpan
from standoff.model import When

__all__ = ["KEY", "TimeFinder", "create", "event_time", "historical", "is_ahead", "is_gone"]

extensions.register()

BACKGROUND = timedelta(days=365)
LAST_YEAR_IS_NEWS = timedelta(days=31)
"""In January, "in 2016" may still be the news."""


class TimeFinder:
    """Finds and resolves time expressions.

    Sets ``doc.spans["standoff_times"]`` (list of Span, in the order of the text) and ``span._.when`` (:class:`When`).
    Reads ``doc._.published`` (date or None).
    """

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        anchor: date | None = None
        text = syntax.text_of(doc)
        entries, written = dateline.lines(text), dateline.written(text)
        for found in find(text):
            quoted = next((day for start, end, day in written if start <= found.start < end), None)
            published = quoted or entry_day(entries, found.start) or doc._.published
            span = doc.char_span(found.start, found.end, label="time", alignment_mode="expand")
            if span is None or (spans and span.start < spans[-1].end):
                continue
            days = resolve(found, published, anchor, is_ahead(span), is_gone(span))
            if "since" in found.words:
                days = until_now(days, published)
            span._.when = When(*days, span.text, TextSpan(span.start_char, span.end_char))
            if days[0] is not None and days[0] == days[1]:
                anchor = days[0]
            spans.append(span)
        doc.spans[KEY] = spans
        return doc


def entry_day(entries: Sequence[tuple[int, date]], at: int) -> date | None:
    """The day of the entry that a place of the text is in: of a live blog, a digest or a chronicle, whose entries stand
    below lines that are a day and nothing more. One such line alone is the head of the whole."""
    if len(entries) < 2:
        return None
    return next((day for start, day in reversed(entries) if start < at), None)


_AHEAD_WORDS = re.compile(
    r"\b(?:ahead of|due|scheduled for|planned for|slated for|set for|expected|deadline (?:of|on)|upcoming|starting|"
    r"beginning)(?: on)?(?: the)? $",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|by|through)(?: at least)?(?: the)? $", re.IGNORECASE)


def is_ahead(span: Span) -> bool:
    """True where an expression's clause tells of what is to come: "will meet on Friday", "the vote due on Friday"."""
    before = syntax.text_of(span.doc)[max(0, span.start_char - 40) : span.start_char].replace("\u00a0", " ")
    if _AHEAD_WORDS.search(before):
        return True
    verb = clause_verb(span.root)
    if verb is None:
        return False
    if _UNTIL.search(before) and (verb.lemma_.lower() in words("lasting") or verb.tag_ in {"VB", "VBP", "VBZ"}):
        return True
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if auxiliaries & {"will", "'ll", "’ll", "wo", "shall"}:
        return True
    if auxiliaries & {"would", "could", "may", "might"}:
        return not auxiliaries & {"have", "'ve", "’ve"}
    if "to" in auxiliaries and not auxiliaries & {"have", "'ve"}:  # "a claim to have downed a jet on Friday"
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head.lemma_.lower() not in words("tries")  # "an attempt to take the town on Monday"
        return verb.dep_ == "ROOT" or verb.head.lemma_.lower() in words("ahead_heads")
    if verb.lemma_.lower() in listed("scheduled") and verb.tag_ == "VBN":
        return True
    return (
        verb.tag_ in {"VBZ", "VBP", "VBG"}
        and verb.lemma_.lower() in words("arranged")
        and not auxiliaries & {"was", "were"}
    )


def is_gone(span: Span) -> bool:
    """True where an expression's clause is in a past tense."""
    verb = clause_verb(span.root)
    if verb is None or is_ahead(span):
        return False
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" or c.lower_ in {"has", "have"} for c in verb.children if c.dep_ in {"aux", "auxpass"}
    )


def historical(when: When, published: date | None) -> bool:
    """True for a time that is background to a report: one that began over a year before it, or an earlier year as a whole.

    What has gone on "since 1989" is background as well: it is told to explain the news.
    """
    if published is None or when.start is None:
        return False
    last = when.end or when.start
    if last - when.start >= timedelta(300) and last < published:
        return last.year < published.year and last < published - LAST_YEAR_IS_NEWS
    return when.start < published - BACKGROUND


@Language.factory("standoff_times")
def create(nlp: Language, name: str) -> TimeFinder:
    """Make the component (spaCy factory ``standoff_times``)."""
    return TimeFinder()
