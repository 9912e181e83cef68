"""What a model's pipeline works out anew for each word though the same word gives the same answer, remembered.

The answers are the model's own, to the letter; only the time is less.
"""

from __future__ import annotations

from typing import Any

from spacy.attrs import IDS
from spacy.matcher import Matcher
from spacy.tokens import Doc

KEPT = 50_000
"""How many answers are remembered before they are forgotten: memory stays flat over a long stream."""


def lemmas(lemmatizer: Any) -> None:
    """A lemma depends on the word, its part of speech and its features alone."""
    work_out = lemmatizer.lemmatize
    known: dict[tuple[int, int, int], list[str]] = {}

    def lemmatize(token: Any) -> list[str]:
        key = token.orth, token.pos, token.morph.key
        if key not in known:
            if len(known) >= KEPT:
                known.clear()
            known[key] = work_out(token)
        return known[key]

    lemmatizer.lemmatize = lemmatize


def attributes(ruler: Any) -> None:
    """Most rules of an attribute ruler look at one word: which hold is asked once for words alike in all that they look at."""
    one, several = Matcher(ruler.vocab), Matcher(ruler.vocab)
    looked_at: set[str] = set()
    for number, rule in enumerate(ruler.patterns):
        for pattern in rule["patterns"]:
            matcher = one if len(pattern) == 1 else several
            name = str(number)
            before = matcher.get(name)[1] if name in matcher else []
            if before:
                matcher.remove(name)
            matcher.add(name, [*before, pattern])
            if matcher is one:
                looked_at |= set(pattern[0])
    if not looked_at <= set(IDS):
        return  # rules with operators or attributes of somebody's own: left to the ruler itself
    columns = [IDS[name] for name in sorted(looked_at)]
    known: dict[tuple[int, ...], list[tuple[int, int]]] = {}

    def holding(doc: Doc, index: int) -> list[tuple[int, int]]:
        return [(int(doc.vocab.strings[rule]), rule) for rule, *_ in one(doc[index : index + 1], allow_missing=True)]

    def match(doc: Doc) -> list[tuple[int, int, int, int]]:
        found = [
            (int(doc.vocab.strings[rule]), rule, start, end) for rule, start, end in several(doc, allow_missing=True)
        ]
        for index, word in enumerate(zip(*(doc.to_array(column).tolist() for column in columns), strict=True)):
            rules = known.get(word)
            if rules is None:
                if len(known) >= KEPT:
                    known.clear()
                rules = known[word] = holding(doc, index)
            found += [(number, rule, index, index + 1) for number, rule in rules]
        found.sort()
        return found

    ruler.match = match
