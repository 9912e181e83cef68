"""Pages from templates: everything is escaped, and what stands in the words of a report is set apart from our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

import standoff
from standoff import ontology, review
from standoff.ingest import address
from standoff.model import Verdict
from standoff.settings import Settings
from standoff.store import Store
from standoff.store.people import Person, Role
from standoff.web import words as _words
from standoff.web.guard import Access, Refused
from standoff.web.jobs import Jobs
from standoff.web.words import Drawn, Words
from standoff.wording import AUX, QUESTIONS, dates, days, figure, state_name

NAVIGATION = (
    ("/", "Overview"),
    ("/incidents", "Incidents"),
    ("/map", "Map"),
    ("/series", "Over time"),
    ("/report", "Situation"),
    ("/disputes", "Disputes"),
    ("/claims", "Claims"),
    ("/reports", "Reports"),
    ("/review", "Review"),
    ("/parties", "Parties"),
    ("/sources", "Sources"),
    ("/add", "Add"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """What every page is made with."""

    store: Store
    access: Access
    settings: Settings
    drawn: Drawn
    templates: Environment
    jobs: Jobs
    boundaries: Path | None = None
    """Drawn on the map in place of those that come along."""

    @property
    def words(self) -> Words:
        """The names of the store's parties."""
        found: Words = self.drawn.get("words", lambda: Words(self.named))
        return found

    @property
    def named(self) -> dict[str, list[tuple[str, int]]]:
        """The store's parties, each with the names that it goes by."""
        found: dict[str, list[tuple[str, int]]] = self.drawn.get("named", self.store.browse.parties)
        return found

    @property
    def outlets(self) -> dict[str, str]:
        """The outlets of reports, by document."""
        found: dict[str, str] = self.drawn.get(
            "outlets of reports", lambda: {d.id: d.outlet for d in self.store.documents() if d.outlet}
        )
        return found


def templates() -> Environment:
    """The templates and what they can call."""
    made = Environment(
        loader=PackageLoader("standoff.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"days": days, "figure": figure, "quote": _words.quote, "day": _words.day, "link": link}
    made.globals |= {
        "version": standoff.__version__,
        "navigation": NAVIGATION,
        "questions": QUESTIONS,
        "aux_notes": AUX,
        "slot_names": _words.SLOT,
        "facet_names": _words.FACET,
        "verdicts": Verdict,
        "events": ontology.event_types(),
        "event_note": _words.event_note,
        "quad": _words.quad,
        "dates": dates,
        "written": review.written,
        "state_name": state_name,
    }
    return made


def link(url: str | None) -> str:
    """An address that a page may link to: of the web, and of no other kind."""
    return (address.clean(url) or "") if url else ""


def site(request: Request) -> Site:
    """What this application's pages are made with."""
    found: Site = request.app.state.site
    return found


def person(request: Request) -> Person:
    """Who is asking."""
    found: Person = request.state.person
    return found


def needs(request: Request, role: Role) -> Person:
    """Who is asking, where they may do what takes this role.

    Raises:
        Refused: they may not.
    """
    asking = person(request)
    if not asking.role.may(role):
        raise Refused(403, asking.name, f"is a {asking.role}, and this takes a {role}", "ask who runs this store")
    return asking


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    """A page by its template."""
    held = site(request)
    everywhere: Mapping[str, Any] = {
        "path": request.url.path,
        "query": request.url.query,
        "person": getattr(request.state, "person", None),
        "words": held.words,
        "may_review": getattr(request.state, "person", None) is not None
        and request.state.person.role.may(Role.REVIEWER),
        "signs_in": held.access.asks,
    }
    return HTMLResponse(held.templates.get_template(name).render(**everywhere, **context), status)
