"""PLOVER as data: event types with their modes, quad classes and scores, contexts, and sectors of parties."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from standoff.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Mode:
    """A way in which an event of a type is done. ``score`` is null where PLOVER prints none."""

    code: str
    score: float | None
    description: str
    example: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's sixteen. ``quad`` is 1 to 4, ``score`` the conflict-cooperation score, -10 to 10."""

    code: str
    quad: int
    score: float
    recipient_required: bool
    description: str
    example: str
    modes: Mapping[str, Mode]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A context or a sector: its code and what it stands for."""

    code: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Country:
    """A state's codes in other data sets. ``gw`` is Gleditsch and Ward's number, ``cow`` the Correlates of War's."""

    code: str
    alpha2: str
    numeric: int | None
    """ISO 3166-1's number."""
    gw: int | None
    cow: int | None
    ucdp_region: str
    acled_region: str


@cache
def _data(name: str = "plover") -> dict[str, Any]:
    path = resources.files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"ontology/{name}.toml", str(error), "mend or restore the file") from None


@cache
def event_types() -> Mapping[str, EventType]:
    """The types by their codes, in PLOVER's order."""
    try:
        return {
            entry["code"]: EventType(
                entry["code"],
                entry["quad"],
                float(entry["score"]),
                entry["recipient_required"],
                entry["description"],
                entry["example"],
                {
                    m["code"]: Mode(m["code"], m.get("score"), m["description"], m["example"], m.get("note", ""))
                    for m in entry.get("mode", ())
                },
                entry.get("note", ""),
            )
            for entry in _data()["type"]
        }
    except KeyError as error:
        raise LexiconError("ontology/plover.toml", f"an entry lacks {error}", "complete the entry") from None


def event_type(code: str) -> EventType:
    """The type of a code.

    Raises:
        LexiconError: PLOVER has no such type.
    """
    found = event_types().get(code)
    if found is None:
        raise LexiconError(code, "no event type of PLOVER", f"one of {', '.join(event_types())}")
    return found


def is_mode(event: str, mode: str) -> bool:
    return mode in event_type(event).modes


def mode_score(event: str, mode: str) -> float:
    """The mode's own score, or the type's where PLOVER prints none for it.

    Raises:
        LexiconError: the type has no such mode.
    """
    kind = event_type(event)
    found = kind.modes.get(mode)
    if found is None:
        raise LexiconError(f"{event}/{mode}", "no mode of this type", f"one of {', '.join(kind.modes) or 'none'}")
    return kind.score if found.score is None else float(found.score)


def score(event: str, modes: Iterable[str] = ()) -> float:
    """Conflict-cooperation score of an event: of its modes the one furthest from zero, else the type's."""
    known = [mode_score(event, mode) for mode in modes if is_mode(event, mode)]
    return max(known, key=abs) if known else event_type(event).score


def quad(event: str) -> int:
    """Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return event_type(event).quad


@cache
def contexts() -> Mapping[str, Term]:
    return {e["code"]: Term(e["code"], e["description"], e["example"]) for e in _data()["context"]}


@cache
def sectors() -> Mapping[str, Term]:
    return {e["code"]: Term(e["code"], e["description"], e["example"]) for e in _data()["sector"]}


@cache
def countries() -> Mapping[str, Country]:
    """States by ISO 3166-1 alpha-3 code."""
    return {
        e["code"]: Country(
            e["code"],
            e["alpha2"],
            e.get("numeric"),
            e.get("gw"),
            e.get("cow", e.get("gw")),
            e.get("ucdp") or _ucdp_region(e["gw"]),
            e["acled"],
        )
        for e in _data("countries")["country"]
    }


def _ucdp_region(gw: int) -> str:
    """UCDP's regions are ranges of Gleditsch and Ward's numbers."""
    bounds = ((200, "Americas"), (400, "Europe"), (630, "Africa"), (700, "Middle East"), (1000, "Asia"))
    return next(region for bound, region in bounds if gw < bound)
