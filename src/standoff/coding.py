"""Coding in a child process that can be killed: whatever a text does to the rules, the next one is coded.

A report with a sentence that no writer writes is refused before; one that takes longer than its length allows is killed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import standoff
from standoff.errors import InputError
from standoff.ingest.child import Child
from standoff.model import Claim, Document, Statement
from standoff.readers.choice import Choice, Read, choose
from standoff.settings import Settings

SECONDS = 6.0
"""For one report of any length; and one more for every so many characters of it:"""
CHARACTERS_A_SECOND = 2_000
LONGEST = 300.0
MEGABYTES = 1_600
"""Of memory, the model's with it."""
LOADING = 300.0
"""Seconds that the model may take to load."""
LONGEST_SENTENCE = 12_000
"""Characters without an end of a sentence or a line: a list of that length is a table's, and its rules take too long."""
MOST_SENTENCES = 8_000
"""Ends of sentences in one report."""

_END = re.compile(r"[.!?:;…。](?=[\s\"”’')\]»]|$)|\n")

_coder = Child("standoff.coding", does="code", mend="read the report by itself, or in parts, and tell us of it")


def start(model: str) -> None:
    """Begin to load what coding takes, while something else is done."""
    if not sys.flags.dev_mode:
        _coder.start("standoff.coding:_warm", model)


def ready(model: str) -> None:
    """Load the pipeline.

    Raises:
        ModelError: it is not installed, or unfit.
    """
    if sys.flags.dev_mode:
        _ready(b"", model)
        return
    _coder.call("standoff.coding:_ready", model, b"", seconds=LOADING, megabytes=MEGABYTES, model=model)


def claims(document: Document, model: str) -> tuple[Claim, ...]:
    """As :func:`standoff.extract`, within bounds.

    Raises:
        InputError: it is not English, has a sentence without end, or takes longer than a report of its length may.
        ModelError: the pipeline is not installed, or unfit.
    """
    if sys.flags.dev_mode:
        return standoff.extract(document, model=model)
    found: tuple[Claim, ...] = _adapters()[1].validate_python(_coded("_claims", document, model))
    return found


def statements(document: Document, model: str) -> tuple[Statement, ...]:
    """As :func:`standoff.statements`, within bounds."""
    if sys.flags.dev_mode:
        return standoff.statements(document, model=model)
    found: tuple[Statement, ...] = _adapters()[2].validate_python(_coded("_statements", document, model))
    return found


def readers(settings: Settings) -> Choice:
    """The readers that the settings name; our own reads in the child, and begins to load.

    Raises:
        SettingsError: there is no such reader, or its address cannot be asked.
    """
    chosen = choose(settings, code=partial(claims, model=settings.model))
    if chosen.own:
        start(settings.model)
    return chosen


def own(model: str) -> Choice:
    """Our own reader alone."""
    return Choice(model=model, code=partial(claims, model=model))


def read(chosen: Choice, document: Document) -> Read:
    """A report, read by those who were chosen, within bounds.

    Raises:
        InputError: none of them knows its language, it has a sentence without end, or takes too long.
        ReaderFault: a named model cannot be asked.
    """
    check(document)
    return chosen.read(document)


def check(document: Document) -> None:
    """Refuse what no report is.

    Raises:
        InputError: a sentence without end, or too many sentences.
    """
    name = _name(document)
    for number, (begin, end) in enumerate(_sentences(document.text), 1):
        if end - begin > LONGEST_SENTENCE:
            why = f"a sentence of more than {LONGEST_SENTENCE:,} characters at character {begin}"
            raise InputError(name, why, "give the text of a report, with its full stops")
        if number > MOST_SENTENCES:
            raise InputError(name, f"more than {MOST_SENTENCES:,} sentences", "split it into one file a report")


def seconds(document: Document) -> float:
    """How long it may take to code a report."""
    return min(LONGEST, SECONDS + len(document.text) / CHARACTERS_A_SECOND)


def _coded(function: str, document: Document, model: str) -> Any:
    ready(model)
    check(document)
    return _coder.call(
        f"standoff.coding:{function}",
        _name(document),
        json.dumps(_adapters()[0].dump_python(document, mode="json")).encode(),
        seconds=round(seconds(document)),
        megabytes=MEGABYTES,
        model=model,
    )


def _name(document: Document) -> str:
    return document.provenance.name if document.provenance and document.provenance.name else document.id


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for found in _END.finditer(text):
        yield begin, found.end()
        begin = found.end()
    yield begin, len(text)


@cache
def _adapters() -> tuple[Any, Any, Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(Document), TypeAdapter(tuple[Claim, ...]), TypeAdapter(tuple[Statement, ...])


# ------------------------------------------------------------------- in the child


def _warm(model: str) -> None:
    _ready(b"", model)


def _ready(data: bytes, model: str) -> bool:
    from standoff.language import pipeline

    pipeline.load(model)
    return True


def _claims(data: bytes, model: str) -> Any:
    return _adapters()[1].dump_python(standoff.extract(_document(data), model=model), mode="json")


def _statements(data: bytes, model: str) -> Any:
    return _adapters()[2].dump_python(standoff.statements(_document(data), model=model), mode="json")


def _document(data: bytes) -> Document:
    document: Document = _adapters()[0].validate_python(json.loads(data))
    return document
