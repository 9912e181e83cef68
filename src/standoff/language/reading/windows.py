"""A report cut into windows of word pieces, as the encoder reads it: whole sentences, as many as fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

LIMIT = 224
"""Word pieces of a window without [CLS] and [SEP]. A longer sentence is cut."""

CLS, SEP = 101, 102

Span = tuple[int, int]


class Encoding(Protocol):
    @property
    def ids(self) -> list[int]: ...
    @property
    def offsets(self) -> list[Span]: ...


class Tokenizer(Protocol):
    def encode(
        self, sequence: Any, pair: Any = ..., is_pretokenized: bool = ..., add_special_tokens: bool = ...
    ) -> Any: ...


def split(text: str, sentences: Sequence[Span], tokenizer: Tokenizer) -> Iterator[tuple[list[int], list[Span]]]:
    """Windows of ``(ids, offsets)``: ids with [CLS] and [SEP], offsets of the pieces between them in code points of ``text``."""
    ids: list[int] = []
    offsets: list[Span] = []
    for start, end in sentences:
        encoded: Encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        new_ids = list(encoded.ids)
        new_offsets = [(start + a, start + b) for a, b in encoded.offsets]
        while new_ids:
            if ids and len(ids) + len(new_ids) > LIMIT:
                yield [CLS, *ids, SEP], offsets
                ids, offsets = [], []
            ids, offsets = ids + new_ids[:LIMIT], offsets + new_offsets[:LIMIT]
            new_ids, new_offsets = new_ids[LIMIT:], new_offsets[LIMIT:]
    if ids:
        yield [CLS, *ids, SEP], offsets
