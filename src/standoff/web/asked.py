"""What the address of a page asks for, checked: filters of claims, days, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.datastructures import QueryParams

from standoff.errors import InputError
from standoff.model import AuxMode, Span, Verdict
from standoff.ontology import event_types
from standoff.store.browse import FACETS, NONE, Order, Wanted

MOST = 50
"""Values of one field."""
_MANY = (*FACETS, "party", "doc", "place", "incident")
CHOICES: Mapping[str, frozenset[str]] = {
    "event": frozenset(event_types()),
    "aux": frozenset({NONE, *(mode.value for mode in AuxMode)}),
    "verdict": frozenset({NONE, *(verdict.value for verdict in Verdict)}),
}
KNOWN = (*_MANY, "since", "until", "sure", "words", "order", "after", "limit")


def wanted(query: QueryParams) -> Wanted:
    """Which claims an address asks for.

    Raises:
        InputError: a value cannot be one of its field; the message names both.
    """
    many: dict[str, tuple[str, ...]] = {}
    for field in _MANY:
        values = tuple(dict.fromkeys(value for value in query.getlist(field) if value))
        if len(values) > MOST:
            raise InputError(field, f"{len(values)} values", f"ask for {MOST} at most")
        for value in values:
            if field in CHOICES and value not in CHOICES[field]:
                raise InputError(f"{field} {value!r}", "not known", f"one of {', '.join(sorted(CHOICES[field]))}")
        many[field] = values
    sure = query.get("sure")
    try:
        at_least = float(sure) if sure else None
    except ValueError:
        at_least = -1
    if at_least is not None and not 0 <= at_least <= 1:
        raise InputError(f"sure {sure!r}", "no share", "a number from 0 to 1")
    return Wanted(
        **many,
        since=day(query, "since"),
        until=day(query, "until"),
        sure=at_least,
        words=query.get("words", "")[:500],
    )


def day(query: QueryParams, field: str) -> date | None:
    """A day that an address names.

    Raises:
        InputError: it is none.
    """
    value = query.get(field)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"{field} {value!r}", "no day", "write it as in 2025-05-08") from None


def order(query: QueryParams, otherwise: Order = Order.NEWEST) -> Order:
    """How claims are to be ordered.

    Raises:
        InputError: not in a way that is known.
    """
    value = query.get("order")
    if not value:
        return otherwise
    try:
        return Order(value)
    except ValueError:
        raise InputError(f"order {value!r}", "not known", f"one of {', '.join(Order)}") from None


def span(query: QueryParams, longest: int) -> Span | None:
    """The characters that an address points at, as ``120-180``.

    Raises:
        InputError: they are no span of a text so long.
    """
    value = query.get("span")
    if not value:
        return None
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal() and start.isascii() and end.isascii() and len(value) < 30):
        raise InputError(f"span {value!r}", "not two offsets", "write it as in 120-180")
    if not int(start) < int(end) <= longest:
        raise InputError(f"span {value!r}", f"not in a text of {longest} characters", "write it as in 120-180")
    return Span(int(start), int(end))


def with_(query: QueryParams, drop: Sequence[str] = (), **fields: str) -> str:
    """The query of an address with other values of some fields, and from the first page on."""
    from jinja2.filters import do_urlencode

    kept = [(name, value) for name, value in query.multi_items() if name not in (*drop, *fields, "after")]
    return do_urlencode([*kept, *fields.items()])


def toggled(query: QueryParams, field: str, value: str) -> str:
    """The query with one value of a field chosen, or chosen no more."""
    from jinja2.filters import do_urlencode

    items = [(n, v) for n, v in query.multi_items() if n != "after"]
    pair = (field, value)
    items = [item for item in items if item != pair] if pair in items else [*items, pair]
    return do_urlencode(items)
