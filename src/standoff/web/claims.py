"""The table of claims: facets, words, an order, columns; what is shown can be taken along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff.export.tables import claim
from standoff.records import Record
from standoff.store.browse import FACETS, Order, Wanted
from standoff.web import asked, tables
from standoff.web.view import once, page, person, site

router = APIRouter(include_in_schema=False)

COLUMNS = {
    "said": "According to",
    "deed": "Who did what to whom",
    "losses": "How many",
    "date": "When",
    "place": "Where",
    "report": "Report",
    "confidence": "Confidence",
}
_SHOWN = ("said", "deed", "losses", "date", "place", "report")
_STEP = 500


@router.get("/claims")
def table(request: Request) -> Response:
    searches = site(request).store.people.searches(person(request).name)
    return once(request, lambda: show(request), *searches)


def show(request: Request, faults: dict[str, str] | None = None, ticked: Sequence[str] = ()) -> Response:
    """The table; with ``choose=yes`` claims can be ticked to make one incident of them, and ``ticked`` are."""
    held, query = site(request), request.query_params
    wanted, order = asked.wanted(query), asked.order(query)
    found = held.store.browse.claims(wanted, order=order, after=query.get("after") or None, limit=50)
    count = held.drawn.get(("count", wanted), lambda: held.store.browse.count(wanted))
    facets = held.drawn.get(("facets", wanted), lambda: held.store.browse.facets(wanted))
    columns = [name for name in query.getlist("column") if name in COLUMNS] or list(_SHOWN)
    choices = {
        facet: [(value, n, value in getattr(wanted, facet), asked.toggled(query, facet, value)) for value, n in values]
        for facet, values in facets.items()
    }
    chosen = [
        (facet, value, asked.toggled(query, facet, value))
        for facet in (*FACETS, "party", "doc", "place", "incident")
        for value in getattr(wanted, facet)
    ]
    return page(
        request,
        "claims.html",
        status=400 if faults else 200,
        faults=faults or {},
        ticked=frozenset(ticked),
        choosing=bool(faults) or query.get("choose") == "yes",
        choose=asked.with_(query, choose="yes"),
        rows=found.rows,
        count=count,
        wanted=wanted,
        order=order,
        orders=Order,
        columns=columns,
        all_columns=COLUMNS,
        choices=choices,
        chosen=chosen,
        next=f"{asked.with_(query)}&after={found.after}" if found.after else None,
        first=asked.with_(query) if query.get("after") else None,
        kept=[
            (name, value)
            for name, value in query.multi_items()
            if name not in ("after", "words", "since", "until", "order", "sure", "column")
        ],
        download=asked.with_(query, drop=("column",)),
        searches=held.store.people.searches(person(request).name),
    )


@router.get("/claims.csv")
def as_csv(request: Request) -> Response:
    wanted, order = asked.wanted(request.query_params), asked.order(request.query_params)
    return tables.download(tables.csv_lines(_records(request, wanted, order), "claims"), "claims.csv")


@router.get("/claims.jsonl")
def as_jsonl(request: Request) -> Response:
    wanted, order = asked.wanted(request.query_params), asked.order(request.query_params)
    return tables.download(tables.json_lines(_records(request, wanted, order), "claims"), "claims.jsonl")


@router.get("/claims.xlsx")
def as_xlsx(request: Request) -> Response:
    wanted, order = asked.wanted(request.query_params), asked.order(request.query_params)
    with site(request).drawn.turn():
        made = list(tables.workbook(_records(request, wanted, order), "claims"))
    return tables.download(iter(made), "claims.xlsx")


@router.post("/searches")
def save_search(request: Request, name: Annotated[str, Form()], query: Annotated[str, Form()] = "") -> Response:
    site(request).store.people.save_search(person(request).name, name, query[:2000])
    return RedirectResponse("/claims?" + query[:2000].replace("\n", "").replace("\r", ""), 303)


@router.post("/searches/drop")
def drop_search(request: Request, name: Annotated[str, Form()]) -> Response:
    site(request).store.people.drop_search(person(request).name, name)
    return RedirectResponse("/claims", 303)


def _records(request: Request, wanted: Wanted, order: Order) -> Iterator[Record]:
    for row in site(request).store.browse.every(wanted, order=order, step=_STEP):
        yield claim(row)
