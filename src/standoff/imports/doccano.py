"""doccano's lines: labels moved, added, taken away or renamed in the passage of a claim."""

from __future__ import annotations

from collections.abc import Iterator

from standoff import ontology
from standoff.errors import InputError
from standoff.export.labels import labelled
from standoff.imports.word import Left, Marks, Word, compared, known
from standoff.model import Span
from standoff.records import loads
from standoff.store import Store

_MEND = "give the lines of standoff export doccano, without --text, as doccano exports them"


def read(store: Store, text: str, name: str) -> Iterator[Word | Left]:
    """What each line says of its claim.

    Raises:
        InputError: a line is not of the form.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name} line {number}"
        record = loads(line, where)
        try:
            assert isinstance(record, dict)
            words, offset, key = record["text"], record["offset"], record["claim"]
            labels = [(int(start), int(end), str(label)) for start, end, label in record["label"]]
            assert isinstance(words, str)
            assert isinstance(offset, int)
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            raise InputError(where, f"not a passage with its labels: {error!r}"[:200], _MEND) from None
        if key is None:
            yield Left(where, "a whole report: whose label it is cannot be told; export without --text")
            continue
        held = known(store, str(key))
        if held is None:
            yield Left(where, f"claim {key!s:.60} is not in the store")
            continue
        if held.document.text[offset : offset + len(words)] != words:
            yield Left(where, f"claim {key} stands in another text than the store's report")
            continue
        spans: dict[str, list[Span]] = {}
        event = held.claim.event
        for start, end, label in labels:
            span = Span(offset + start, offset + end)
            if label in ontology.event_types():
                event = label
            else:
                spans.setdefault(label, []).append(span)
        frame = Span(offset, offset + len(words))
        shown = frozenset(span for span, _ in labelled(held.claim) if frame.covers(span))
        slots, left = compared(store, held, Marks(event, spans), shown)
        yield from left
        yield Word(held.claim.id, None, slots)
