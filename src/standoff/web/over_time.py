"""Two parties over time: how tense it is, what each account tells, what changed, and a report to take along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from jinja2.filters import do_urlencode
from markupsafe import Markup
from starlette.datastructures import QueryParams

from standoff.analysis import alerts, charts, series, study
from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD, Dyad
from standoff.analysis.report import Note, Report, build, html, markdown, pdf, pictures, record
from standoff.analysis.series import FAR, Step, Weighing
from standoff.analysis.study import Study
from standoff.errors import InputError, SettingsError
from standoff.reconcile import policies
from standoff.store import tellings
from standoff.store.browse import NONE
from standoff.web import asked
from standoff.web.guard import Refused
from standoff.web.map import built
from standoff.web.named import is_known
from standoff.web.tables import csv_lines, download
from standoff.web.view import Site, page, site

router = APIRouter(include_in_schema=False)

ALERTS = 500
"""Shown at most; the API has all."""


@router.get("/series")
def show(request: Request) -> Response:
    held = site(request)
    query = request.query_params
    dyad = _dyad(request)
    found = _study(request, dyad) if dyad else None
    return page(
        request,
        "series.html",
        dyad=dyad,
        found=found,
        rows=rows(found, held) if found else [],
        steps=list(Step),
        weighings=list(Weighing),
        policies=policies.POLICIES,
        parties=held.parties,
        since=query.get("since", ""),
        until=query.get("until", ""),
        step=query.get("step", ""),
        weighing=query.get("weighing", ""),
        policy=query.get("policy", ""),
        clipped=_clipped(request),
        asked=asked.with_(query, a=dyad[0], b=dyad[1]) if dyad else "",
        accounts=(*dyad, THIRD, OUTLETS) if dyad else (),
        all=ALL,
        draws="charts" if built("charts.js") else "",
    )


@router.get("/series/drawn.json")
def drawn(request: Request) -> Response:
    """What the charts of the page draw."""
    held = site(request)
    found = _study(request, _needed(request))
    if found is None:
        return JSONResponse({"rows": []})
    last = found.outlook.ahead if found.series.step is Step.DAY else ()
    return JSONResponse(
        {
            "step": found.series.step.value,
            "accounts": [{"key": key, "name": name} for key, name in _accounts(found, held)],
            "rows": rows(found, held),
            "changes": [{"day": c.day.isoformat(), "rises": c.rises} for c in found.changes],
            "ahead": [{"day": a.day.isoformat(), "low": a.low, "level": a.level, "high": a.high} for a in last],
        }
    )


@router.get("/series.csv")
def table(request: Request) -> Response:
    found = study_of(site(request), _needed(request), request.query_params)
    records = series.records(found.series) if found else iter(())
    return download(csv_lines(records, "series"), "series.csv")


@router.get("/series.{form}")
def picture(request: Request, form: str) -> Response:
    """The charts as a picture to take along."""
    if form not in ("png", "svg"):
        raise Refused(404, request.url.path[:200], "no such page", "begin at /series")
    found = _study(request, _needed(request))
    if found is None:
        raise Refused(404, "charts", "nothing is told of these two in that time", "choose others at /series")
    body = charts.picture(found, site(request).words, form)
    return Response(body, media_type="image/png" if form == "png" else "image/svg+xml")


# -- the report --------------------------------------------------------------------------------------------------------


@router.get("/report")
def report(request: Request) -> Response:
    held = site(request)
    query = request.query_params
    error: InputError | None = None
    body = ""
    try:
        found = _report(request)
        address = asked.with_(query)
        body = html.body(found, picture=lambda number: f"/report/{number}.png?{address}", source=_source, folded=True)
    except InputError as refused:
        error = refused
    return page(
        request,
        "report-page.html",
        body=Markup(body),  # noqa: S704 (every word of it is escaped where it is written)
        error=error,
        parties=held.parties,
        party=query.get("party", ""),
        since=query.get("since", ""),
        until=query.get("until", ""),
        policy=query.get("policy", ""),
        policies=policies.POLICIES,
    )


_FORMS: dict[str, tuple[str, Callable[[Report], str | bytes]]] = {
    "md": ("text/markdown; charset=utf-8", markdown.write),
    "html": ("text/html; charset=utf-8", html.write),
    "pdf": ("application/pdf", pdf.write),
}


@router.get("/report.json")
def as_json(request: Request) -> Response:
    return JSONResponse(record(_report(request)))


@router.get("/report.{form}")
def take(request: Request, form: str) -> Response:
    """The report as a file."""
    if form not in _FORMS:
        raise Refused(404, request.url.path[:200], "no such page", "begin at /report")
    kind, write = _FORMS[form]
    headers = {"content-disposition": f'attachment; filename="report.{form}"'}
    found = _report(request)
    with site(request).drawn.turn():
        return Response(write(found), media_type=kind, headers=headers)


@router.get("/report/{number}.png")
def chart(request: Request, number: int) -> Response:
    found = _report(request)
    with site(request).drawn.turn():
        drawn = pictures(found)
    if not 1 <= number <= len(drawn):
        raise Refused(404, f"chart {number}", "not in this report", "see /report")
    return Response(drawn[number - 1].png, media_type="image/png")


def _report(request: Request) -> Report:
    held = site(request)
    query = request.query_params
    given: dict[str, Any] = {
        "party": query.get("party") or None,
        "since": asked.day(query, "since"),
        "until": asked.day(query, "until"),
        "policy": query.get("policy") or "ucdp",
    }
    found: Report = held.drawn.heavy(("report", *given.values()), lambda: build.draw(held.store, **given))
    return found


def _source(note: Note) -> str:
    claim = note.claim
    return f"/reports/{do_urlencode(claim.doc)}?span={claim.span.start}-{claim.span.end}"


# -- alerts ------------------------------------------------------------------------------------------------------------


@router.get("/alerts")
def raised(request: Request) -> Response:
    """What rules of alerts have found."""
    store = site(request).store
    found = alerts.raised(store)
    return page(request, "alerts.html", alerts=found[:ALERTS], incidents={one.id for one in store.incidents()})


# -- what is asked for -------------------------------------------------------------------------------------------------


def _dyad(request: Request) -> Dyad | None:
    """The two that are asked for; where nobody is, those of whom most is told."""
    held, query = site(request), request.query_params
    one, other = query.get("a", ""), query.get("b", "")
    if one and other:
        return study.pair(held.store, one, other)
    alone = study.party(held.named, one or other) if one or other else None
    pairs: list[Dyad] = held.drawn.get(("pairs", alone), lambda: tellings.pairs(held.store, alone))
    if not pairs:
        return None
    known = {key for key in held.named if is_known(key, held.words.party(key))}
    first, second = next((pair for pair in pairs if known.issuperset(pair)), pairs[0])
    return (second, first) if alone == second else (first, second)


def _needed(request: Request) -> Dyad:
    found = _dyad(request)
    if found is None:
        raise Refused(404, "series", "nothing is told between any two parties", "add reports")
    return found


def _study(request: Request, dyad: Dyad) -> Study | None:
    held, query = site(request), request.query_params
    since, until = asked.charted(held.store, query)
    far = since is not None and until is not None and (until - since).days > FAR
    if query.get("since") or query.get("until") or not (since or until) or far:
        return study_of(held, dyad, query)  # a slip in one report's year says nothing of when the others are of
    near = asked.with_(query, since=since.isoformat() if since else "", until=until.isoformat() if until else "")
    return study_of(held, dyad, QueryParams(near)) or study_of(held, dyad, query)


def _clipped(request: Request) -> bool:
    """Days that are told of are left out of the charts."""
    store, query = site(request).store, request.query_params
    since, until = asked.charted(store, query)
    first, last = store.browse.told_days()
    asking = query.get("since") or query.get("until")
    return not asking and bool((since and first and first < since) or (until and last and last > until))


def study_of(held: Site, dyad: Dyad, query: QueryParams) -> Study | None:
    """The study that an address asks for.

    Raises:
        InputError: a value cannot be one of its field.
    """

    def choice(field: str, values: list[str]) -> str | None:
        value = query.get(field) or None
        if value is not None and value not in values:
            raise InputError(f"{field} {value[:60]!r}", "not known", f"one of {', '.join(values)}")
        return value

    step, weighing = choice("step", [*Step]), choice("weighing", [*Weighing])
    given: dict[str, Any] = {
        "step": Step(step) if step else None,
        "since": asked.day(query, "since"),
        "until": asked.day(query, "until"),
        "policy": query.get("policy") or "ucdp",
        "weighing": Weighing(weighing) if weighing else Weighing.ONCE,
    }
    try:
        found: Study | None = held.drawn.heavy(
            ("study", dyad, *given.values()), lambda: study.draw(held.store, dyad, **given)
        )
    except SettingsError as error:
        raise InputError(error.what, error.why, error.mend) from None
    return found


def rows(found: Study, held: Site) -> list[dict[str, Any]]:
    """A row a period: what each account tells, how tense it is, and where the claims are."""
    series, tension = found.series, found.tension[ALL]
    listed = []
    for at, (begin, end) in enumerate(zip(series.begins, series.ends, strict=True)):
        gap = bool(series.gap[at])
        told = {
            key: None if gap else int(series.lines[key, BETWEEN].events[at])
            for key in (*(k for k, _ in _accounts(found, held)), ALL)
        }
        # Claims of either direction: each side may act or suffer.
        sides = [(role, key) for role in ("actor", "recipient") for key in series.dyad]
        query = do_urlencode([*sides, ("aux", NONE), ("since", begin.isoformat()), ("until", end.isoformat())])
        listed.append(
            {
                "day": begin.isoformat(),
                "end": end.isoformat(),
                "gap": gap,
                "reports": int(series.reports[at]),
                "told": told,
                "tension": None if gap else round(float(tension.index[at]), 2),
                "low": None if gap else round(float(tension.low[at]), 2),
                "high": None if gap else round(float(tension.high[at]), 2),
                "href": f"/claims?{query}",
            }
        )
    return listed


def _accounts(found: Study, held: Site) -> list[tuple[str, str]]:
    first, second = found.series.dyad
    return [(first, held.words.party(first)), (second, held.words.party(second)), (THIRD, THIRD), (OUTLETS, OUTLETS)]
