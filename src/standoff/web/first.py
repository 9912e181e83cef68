"""The first page: the answer. What happened, what is disputed and by whom, which figures moved, and the page to paste."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from standoff.analysis import brief, brief_files
from standoff.errors import InputError
from standoff.ingest.capture import now
from standoff.reconcile.soundness import SOUND
from standoff.reconcile.titles import LONGEST
from standoff.store.browse import IncidentRow
from standoff.web.view import Site, once, page, person, site

router = APIRouter(include_in_schema=False)

COMPARED = 300
"""Reports that the first page itself compares for copies."""
TIMELINE = 15
"""Incidents on the first page's timeline."""
KINDS = {
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/")
def first(request: Request) -> Response:
    held = site(request)
    visited = held.store.people.visit(person(request).name, now())
    return once(request, lambda: _first(request, visited), visited)


def _first(request: Request, visited: datetime | None) -> Response:
    held = site(request)
    whole = request.query_params.get("whole") == "yes"
    new = frozenset(one.id for one in held.store.browse.reports(since=visited)) if visited else frozenset()
    found = _drawn(held, new, whole)
    return page(
        request,
        "first.html",
        brief=found,
        visited=visited,
        new=len(new),
        whole=whole,
        totals=held.totals,
        doubtful=held.drawn.get("doubtful", lambda: held.store.browse.count_incidents(below=SOUND)),
        otherwise=held.drawn.get("drawn otherwise", held.store.drawn_otherwise),
        undated=held.drawn.get("undated", held.store.browse.undated),
        latest=_latest(held),
    )


@router.get("/brief.{kind}")
def take_along(request: Request, kind: str) -> Response:
    """The brief as a file."""
    if kind not in KINDS:
        raise InputError(f"brief.{kind[:20]}", "no form that a brief comes in", f"one of {', '.join(KINDS)}")
    held = site(request)
    whole = request.query_params.get("whole") == "yes"
    headers = {"content-disposition": f'attachment; filename="brief.{kind}"'}
    with held.drawn.turn():
        found = brief.draw(held.store, held.words, brief.WHOLE if whole else None)
        return Response(brief_files.write(found, kind), media_type=KINDS[kind], headers=headers)


@router.get("/more")
def more(request: Request) -> Response:
    held = site(request)
    return page(request, "more.html", totals=held.totals)


def _drawn(held: Site, new: frozenset[str], whole: bool) -> brief.Brief:
    disputes = held.disputes

    def draw() -> brief.Brief:
        most = brief.WHOLE if whole else None
        return brief.draw(held.store, held.words, most, new, COMPARED, disputes, held.unsure, held.titles)

    found: brief.Brief = held.drawn.get(("brief", new, whole), draw)
    return found


def _latest(held: Site) -> list[brief.Happened]:
    """Incidents by their day, the newest first: those that several reports tell of or that are disputed, where there are enough."""
    browse = held.store.browse
    newest = held.drawn.get(
        "timeline",
        lambda: browse.incidents(limit=4 * TIMELINE, least=SOUND).rows or browse.incidents(limit=4 * TIMELINE).rows,
    )
    rows = held.by_sure_disputes(newest)
    titles = held.titles
    dated = [row for row in rows if _on_some_days(row) and not titles.is_vague(row)]
    weighty = [row for row in dated if row.reports > 1 or row.disputes]
    chosen = weighty if 2 * len(weighty) >= TIMELINE else dated or rows
    return [
        replace(titles.happened(row), says=brief.in_words(held.store, row, titles) if titles.says_little(row) else "")
        for row in chosen[:TIMELINE]
    ]


def _on_some_days(row: IncidentRow) -> bool:
    """It has days that a timeline can place; what is told of a whole war has none."""
    return row.start is not None and ((row.end or row.start) - row.start).days <= LONGEST
