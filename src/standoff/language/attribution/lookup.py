"""The words of a document that are in a table, found at once: most words are in none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy
from spacy.attrs import LEMMA, LOWER
from spacy.strings import StringStore
from spacy.tokens import Doc, Token


def words(doc: Doc, table: frozenset[str]) -> Iterator[Token]:
    """Tokens whose form or dictionary form is in the table, in order. Of an entry of several words the first counts."""
    wanted = _hashes(table)
    forms: Any = doc.to_array([LOWER, LEMMA])
    for index in numpy.flatnonzero(numpy.isin(forms, wanted).any(axis=1)).tolist():
        yield doc[index]


@lru_cache
def _hashes(table: frozenset[str]) -> Any:
    strings = StringStore()
    return numpy.array([strings[entry.split()[0]] for entry in table], dtype="uint64")
