"""What the address of a page asks for, checked: filters of claims, days, pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.datastructures import QueryParams

from standoff.days import shift
from standoff.errors import InputError
from standoff.model import Span
from standoff.store import Store
from standoff.store import query as query_
from standoff.store.browse import Order, Wanted


def wanted(query: QueryParams) -> Wanted:
    """Which claims an address asks for; fields that are no filter are another's.

    Raises:
        InputError: a value cannot be one of its field; the message names both.
    """
    return query_.wanted((name, value) for name, value in query.multi_items() if name in query_.FIELDS)


def day(query: QueryParams, field: str) -> date | None:
    """A day that an address names.

    Raises:
        InputError: it is none.
    """
    return query_.day(field, query.get(field))


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


BEFORE = 31
"""Days before the first report that charts show: one remark on a treaty of last spring would press all that follows flat."""


def charted(store: Store, query: QueryParams) -> tuple[date | None, date | None]:
    """The days that charts are drawn over: those asked for, else those of the reports and a month before; with ``whole``, all."""
    since, until = day(query, "since"), day(query, "until")
    if since or until or query.get("whole") == "yes":
        return since, until
    _, first, last = store.browse.days()
    return shift(first, -BEFORE) if first else None, last
