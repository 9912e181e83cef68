"""The spaCy extension attributes that the components write and read, registered once; and how they cross processes.

=====================  =====================================================================================================
``Doc._.published``    the day of publication, which the user gives: relative days ("on Tuesday") are reckoned from it
``Doc._.report``       the id of the report, which the user may give: claims are named after it
``Doc._.home``         the country of its outlet, else where it was written: "the ministry" is that country's
``Doc._.home_known``   whether that is the outlet's own
``Doc._.home_body``    whether the outlet is a body of it, whose reports are its own word
``Doc._.reading``      what the learned reader read of the text (``standoff_reading``)
``Doc._.statements``   :class:`standoff.model.Statement`, who is said to say what (``standoff_attribution``)
``Doc._.claims``       :class:`standoff.model.Claim` (``standoff_claims``)
``Span._.parties``     who a span of ``doc.spans["standoff_parties"]`` names (``standoff_parties``)
``Span._.place``       where a span of ``doc.spans["standoff_places"]`` is (``standoff_places``)
``Span._.when``        the days of a span of ``doc.spans["standoff_times"]`` (``standoff_times``)
``Span._.quantity``    the figure of a span of ``doc.spans["standoff_counts"]`` (``standoff_counts``)
=====================  =====================================================================================================

``frames``, ``parties_by_token``, ``quotes`` and ``resolver`` of a Doc are what the components hand to each other. ``frames`` and
``resolver`` point into the Doc and stay behind where it is written to bytes (``Doc.to_bytes``, ``nlp.pipe`` with ``n_process``);
all the rest goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, get_args, get_type_hints

import srsly.msgpack
from spacy.tokens import Doc, Span

_MARK = "__standoff__"
_WORKING = ("Event", "Reading", "Resolver")


def register() -> None:
    """Register every extension attribute. Safe to call again."""
    for name in (
        "published", "report", "home", "home_known", "home_body", "statements", "claims", "frames", "parties_by_token", "quotes", "reading", "resolver",
    ):  # fmt: skip
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in ("parties", "place", "when", "quantity"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
    srsly.msgpack.msgpack_encoders.register("standoff", func=encode)
    srsly.msgpack.msgpack_decoders.register("standoff", func=decode)


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """One of our values as msgpack takes it."""
    kind = type(value)
    if kind is date:
        return {_MARK: ["date", value.isoformat()]}
    if kind.__module__.startswith("standoff."):
        if kind.__name__ in _WORKING or not is_dataclass(kind):
            return {_MARK: None}
        held = [getattr(value, one.name) for one in fields(kind)]
        return {_MARK: [f"{kind.__module__}:{kind.__name__}", held]}
    return value if chain is None else chain(value)


def decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The value that :func:`encode` made it of."""
    if isinstance(value, dict) and _MARK in value:
        held = value[_MARK]
        if held is None:
            return None
        name, given = held
        if name == "date":
            return date.fromisoformat(given)
        module, _, kind = name.partition(":")
        if not module.startswith("standoff."):
            raise ValueError(f"{module} is no part of standoff")
        made = getattr(import_module(module), kind)
        return made(*(take(one) for take, one in zip(_readers(made), given, strict=True)))
    return value if chain is None else chain(value)


@cache
def _readers(kind: type) -> tuple[Callable[[Any], Any], ...]:
    """How each field of a class is made again of what msgpack has: a list was a tuple, a word may have been an enum."""
    hints = get_type_hints(kind)
    return tuple(_reader(hints[one.name]) for one in fields(kind))


def _reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    inside = get_args(hint)
    if inside and isinstance(inside[0], type) and issubclass(inside[0], StrEnum):
        return lambda held: tuple(map(inside[0], held))
    return lambda held: tuple(held) if isinstance(held, list) else held


register()
