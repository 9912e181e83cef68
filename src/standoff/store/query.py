"""Which claims somebody asks for, as pairs of a field and a value: ``event=ASSAULT&actor=RUS&since=2025-05-07``.

One form for the address of a page, for the interface to programs and for the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from standoff.errors import InputError
from standoff.model import AuxMode, Verdict
from standoff.ontology import event_types
from standoff.store.browse import FACETS, NONE, Wanted

MOST = 50
"""Values of one field."""
LONGEST = 500
"""Characters of the words that are looked for."""
_MANY = (*FACETS, "party", "doc", "place", "incident")
_ONE = ("since", "until", "sure", "words")
FIELDS = (*_MANY, *_ONE)
CHOICES: Mapping[str, frozenset[str]] = {
    "event": frozenset(event_types()),
    "aux": frozenset({NONE, *(mode.value for mode in AuxMode)}),
    "verdict": frozenset({NONE, *(verdict.value for verdict in Verdict)}),
}


def wanted(pairs: Iterable[tuple[str, str]]) -> Wanted:
    """Which claims pairs of field and value ask for; empty values ask for nothing.

    Raises:
        InputError: no such field, or a value that cannot be one of its field; the message names both.
    """
    many: dict[str, list[str]] = {field: [] for field in _MANY}
    one: dict[str, str] = {}
    for field, value in pairs:
        if field not in FIELDS:
            raise InputError(f"field {field!r}", "not one that claims are chosen by", f"one of {', '.join(FIELDS)}")
        if not value:
            continue
        if field in _ONE:
            one.setdefault(field, value)
            continue
        if field in CHOICES and value not in CHOICES[field]:
            raise InputError(f"{field} {value!r}", "not known", f"one of {', '.join(sorted(CHOICES[field]))}")
        many[field].append(value)
        if len(many[field]) > MOST:
            raise InputError(field, f"more than {MOST} values", f"ask for {MOST} at most")
    return Wanted(
        **{field: tuple(dict.fromkeys(values)) for field, values in many.items()},
        since=day("since", one.get("since")),
        until=day("until", one.get("until")),
        sure=_share(one.get("sure")),
        words=one.get("words", "")[:LONGEST],
    )


def day(field: str, value: str | None) -> date | None:
    """A day as a query names it.

    Raises:
        InputError: it is none.
    """
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"{field} {value!r}", "no day", "write it as in 2025-05-08") from None


def _share(value: str | None) -> float | None:
    if not value:
        return None
    try:
        share = float(value)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise InputError(f"sure {value!r}", "no share", "a number from 0 to 1")
    return share


def written(wanted: Wanted) -> str:
    """The query that asks for the same claims, its fields in a fixed order, for a reader and a manifest."""
    parts = [f"{field}={value}" for field in _MANY for value in getattr(wanted, field)]
    for field in _ONE:
        value = getattr(wanted, field)
        if value not in (None, ""):
            parts.append(f"{field}={value}")
    return "&".join(parts)
