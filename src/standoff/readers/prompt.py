"""The question that a model is asked, and the form that its answer has to have."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from standoff import ontology
from standoff.ingest import english
from standoff.model import AuxMode, CountKind, Document

Messages = list[dict[str, str]]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files(__name__.rpartition(".")[0]) / "prompt.toml").read_text(encoding="utf-8"))


def version() -> str:
    """The version of the prompt, kept with each reading."""
    return str(_data()["version"])


def fingerprint() -> str:
    """A hash of every word of it: two readings with the same were asked the same."""
    return hashlib.sha256(json.dumps([_fixed(), schema()]).encode()).hexdigest()[:16]


@cache
def _fixed() -> Messages:
    """What is the same for every report: the task and two examples."""
    types = "\n".join(
        f"  {kind.code}: {kind.description}" + (f" Modes: {', '.join(kind.modes)}." if kind.modes else "")
        for kind in ontology.event_types().values()
    )
    kinds = ", ".join(kind.value for kind in CountKind)
    system = _data()["system"].strip().replace("{types}", types).replace("{kinds}", kinds)
    messages = [{"role": "system", "content": system}]
    for one in _data()["example"]:
        messages.append({"role": "user", "content": _asked(one["report"], one["published"], one["language"])})
        messages.append({"role": "assistant", "content": one["answer"]})
    return messages


def messages(document: Document, part: str, before: str = "", people: Sequence[tuple[str, str]] = ()) -> Messages:
    """The question about one part of a report.

    ``before`` are the words in front of the part, which are read for what it refers to; ``people`` who is who so far.
    """
    published = document.published.isoformat() if document.published else "unknown"
    return [
        *_fixed(),
        {"role": "user", "content": _asked(part, published, english.named(document.language), before, people)},
    ]


def _asked(part: str, published: str, language: str, before: str = "", people: Sequence[tuple[str, str]] = ()) -> str:
    # A report cannot know the mark that closes it: the mark is made of the report itself.
    mark = hashlib.sha256(part.encode()).hexdigest()[:8]
    lines = [f"Published: {published}. Language: {language}."]
    if people:
        known = [{"quote": quote, "who": who} for quote, who in people]
        lines.append("Who is who so far: " + json.dumps(known, ensure_ascii=False))
    if before:
        lines.append(f"Read before, make no claims of it:\n<before {mark}>\n{before}\n</before {mark}>")
    lines.append(f"<report {mark}>\n{part}\n</report {mark}>")
    return "\n".join(lines)


@cache
def schema() -> dict[str, Any]:
    """The answer as a JSON Schema, in the narrow form that endpoints can hold a model to."""
    text = {"type": "string"}
    maybe_number = {"type": ["integer", "null"]}
    entity = _object(quote=text, who=text)
    modes = sorted({mode for kind in ontology.event_types().values() for mode in kind.modes})
    phrase = {"anyOf": [_object(quote=text, gloss=text), {"type": "null"}]}
    figure = _object(
        quote=text, kind=_one_of([k.value for k in CountKind]), low=maybe_number, high=maybe_number, unit=text
    )
    claim = _object(
        clause=text,
        word=text,
        event=_one_of(list(ontology.event_types())),
        modes=_list(_one_of(modes)),
        actors=_list(entity),
        recipients=_list(entity),
        sources=_list(_object(quote=text, who=text, cue=text)),
        aux=_list(_one_of([mode.value for mode in AuxMode])),
        figures=_list(figure),
        time=phrase,
        place=phrase,
        target={"type": ["string", "null"]},
        gloss=text,
    )
    return _object(claims=_list(claim), people=_list(entity))


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(values: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}
