"""Names that the tables know in an example's text: parties, and places with their country. The reader learns to tie phrases to them."""

from __future__ import annotations

from datetime import date

from standoff.language import parties, pipeline, places
from training.examples import Example

BLOCS = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC", "UNK"}


def add(examples: list[Example]) -> None:
    """Fill ``named`` of every example."""
    nlp = pipeline.load()
    needed = {
        "tok2vec",
        "tagger",
        "attribute_ruler",
        "lemmatizer",
        "parser",
        "ner",
        "standoff_lines",
        "standoff_places",
        "standoff_parties",
    }
    for example in examples:
        doc = nlp.make_doc(example.text)
        doc._.published = date.fromisoformat(example.published) if example.published else None
        doc.user_data["standoff_text"] = example.text
        for name, pipe in nlp.pipeline:
            if name in needed:
                doc = pipe(doc)
        example.named = of(doc)


def of(doc) -> list[tuple[int, int, str, str]]:  # type: ignore[no-untyped-def]
    found = {}
    for span in doc.spans.get("standoff_parties", []):
        party = parties.party_of_name(span)
        if party.code != "UNK":
            land = "" if party.code in BLOCS else party.code
            found[span.start_char, span.end_char] = (span.start_char, span.end_char, party.key, land)
    for span in doc.spans.get(places.KEY, []):
        if span._.place.country and (span.start_char, span.end_char) not in found:
            found[span.start_char, span.end_char] = (span.start_char, span.end_char, "", span._.place.country)
    return sorted(found.values())
