"""Pages from templates: everything is escaped, and what stands in the words of a report is set apart from our own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import update_wrapper
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

import standoff
from standoff import acts, byname, ontology, review
from standoff.analysis import order, sure
from standoff.analysis.brief import Titles
from standoff.ingest import address
from standoff.model import Dispute, DisputeState, Verdict
from standoff.printable import many
from standoff.settings import Settings
from standoff.store import Store
from standoff.store.browse import IncidentRow
from standoff.store.people import Person, Role
from standoff.web import words as _words
from standoff.web.drawn import Drawn
from standoff.web.guard import Access, Refused
from standoff.web.jobs import Jobs
from standoff.web.named import is_known
from standoff.web.words import Words
from standoff.wording import AUX, QUESTIONS, dates, figure, heard, long_day, long_days, speaker, state_name, told_days

NAVIGATION = (
    ("/", "Brief"),
    ("/incidents", "Incidents"),
    ("/disputes", "Disputes"),
    ("/reports", "Reports"),
    ("/figures", "Figures"),
    ("/more", "More"),
)
MORE = (
    ("/add", "Add reports", "paste a text, choose files, fetch addresses"),
    ("/review", "Review", "look at one claim after the other, and correct it"),
    ("/claims", "Claims", "every single claim, by who says it, of whom, when and where"),
    ("/search", "Search", "words in reports and claims, by incident"),
    ("/map", "Map", "incidents by place"),
    ("/parties", "Parties", "what each says, does and suffers; its names"),
    ("/sources", "Sources", "outlets and their grades; feeds that are watched"),
    ("/series", "Two parties over time", "tension, and what each account tells"),
    ("/told", "What is told over time", "deeds by party and by account"),
    ("/report", "Situation report", "the whole account at length, each number with its source"),
    ("/history", "What people did", "every decision made by hand, and its undoing"),
)
"""Where the page More leads."""
FILLED = {
    "claims.html": "Claims",
    "disputes.html": "Disputes",
    "figures.html": "Figures over time",
    "incidents.html": "Incidents",
    "map.html": "Map",
    "overview.html": "What is told over time",
    "parties.html": "Parties",
    "report-page.html": "Situation report",
    "reports.html": "Reports",
    "review.html": "Review",
    "search.html": "Search",
    "series.html": "Two parties over time",
}
"""Pages that have something to show once a report was read, by what they are called; before, they lead to adding one."""
_UNDER_MORE = tuple(href for href, _, _ in MORE)


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
    def parties(self) -> list[str]:
        """Keys of the states and groups with a name, in the order of their names: what a page lets one choose of."""
        words, named = self.words, self.named

        def draw() -> list[str]:
            known = [key for key in named if key != "UNK" and is_known(key, words.party(key))]
            return sorted(known, key=lambda key: (words.party(key).casefold(), key))

        found: list[str] = self.drawn.get("parties by name", draw)
        return list(found)

    @property
    def everybody(self) -> list[str]:
        """Names to pick from, where a person says who is meant."""
        found: list[str] = self.drawn.get("everybody", lambda: byname.everybody(self.named))
        return found

    @property
    def titles(self) -> Titles:
        """Headlines and accounts in words."""
        found: Titles = self.drawn.get("titles", lambda: Titles(self.words, self.outlets, self.store))
        return found

    @property
    def disputes(self) -> list[Dispute]:
        """Every dispute, those over the dead first."""
        found: list[Dispute] = self.drawn.get("disputes", lambda: order.gravest(self.store.browse.disputes()))
        return found

    @property
    def unsure(self) -> frozenset[str]:
        """Disputes that are less likely ones."""
        found: frozenset[str] = self.drawn.get("unsure disputes", lambda: sure.unsure(self.store, self.disputes))
        return found

    @property
    def totals(self) -> dict[str, int]:
        """How much the store holds."""
        return dict(self.drawn.get("totals", self.store.browse.totals))

    @property
    def told_days(self) -> tuple[str, str]:
        """The first and the last day that the store tells of, as fields of days have them; empty where it tells of none."""

        def draw() -> tuple[str, str]:
            first, last = self.store.browse.told_days()
            return (first.isoformat(), last.isoformat()) if first and last else ("", "")

        held: tuple[str, str] = self.drawn.get("told days", draw)
        return held

    @property
    def parting(self) -> dict[str, tuple[int, int]]:
        """Of each incident how many disputes stand: those surely read, and the others."""

        def draw() -> dict[str, tuple[int, int]]:
            found: dict[str, tuple[int, int]] = {}
            unsure = self.unsure  # looked up once: each look asks the store whether it changed
            for one in self.disputes:
                if one.incident and one.state is not DisputeState.SETTLED:
                    sure_, faint = found.get(one.incident, (0, 0))
                    found[one.incident] = (sure_, faint + 1) if one.id in unsure else (sure_ + 1, faint)
            return found

        held: dict[str, tuple[int, int]] = self.drawn.get("parting", draw)
        return held

    def by_sure_disputes(self, rows: Iterable[IncidentRow]) -> list[IncidentRow]:
        """The incidents, of whose disputes only those count that stand and were read surely."""
        parting = self.parting
        return [replace(row, disputes=parting.get(row.id, (0, 0))[0]) for row in rows]

    @property
    def outlets(self) -> dict[str, str]:
        """The outlets of reports, by document."""
        found: dict[str, str] = self.drawn.get("outlet names", self.store.browse.outlet_names)
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
    made.filters |= {
        "marked": _words.marked,
        "act": _words.act,
        "act_words": acts.words,
        "days": told_days,
        "figure": figure,
        "quote": _words.quote,
        "day": _words.day,
        "link": link,
        "speaker": speaker,
        "speaking": _words.speaking,
        "heard": heard,
    }
    made.globals |= {
        "version": standoff.__version__,
        "navigation": NAVIGATION,
        "more": MORE,
        "under_more": _UNDER_MORE,
        "label": acts.label,
        "many": many,
        "labels": acts.labels,
        "long_day": lambda day: long_day(day) if day else "",
        "day_words": lambda day: long_day(date.fromisoformat(day)) if day else "",
        "long_days": lambda first, last: long_days(first, last or first) if first else "",
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
        raise may_not(asking, role)
    return asking


def may_not(who: Person, role: Role) -> Refused:
    """That somebody may not do what takes this role."""
    return Refused(403, who.name, f"is a {who.role}, and this takes a {role}", "ask who runs this store")


def once(request: Request, draw: Callable[[], Response], *also: Hashable) -> Response:
    """An answer that is made anew only where the store has changed: of an address, to one person.

    ``also`` is what else it says that is not of the store's contents.
    """
    who, here = person(request), site(request)
    key = (request.scope["path"], request.scope["query_string"], who.name, who.role, here.access.asks, *also)
    return here.drawn.answer(key, draw)


_Asked = ParamSpec("_Asked")


def drawn_once(
    endpoint: Callable[Concatenate[Request, _Asked], Response],
) -> Callable[Concatenate[Request, _Asked], Response]:
    """A page that says nothing but the store's contents: see :func:`once`."""

    def answer(request: Request, *given: _Asked.args, **named: _Asked.kwargs) -> Response:
        return once(request, lambda: endpoint(request, *given, **named))

    update_wrapper(answer, endpoint)
    return answer  # type: ignore[return-value]  # FastAPI gives the request by its name


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    """A page by its template."""
    held = site(request)
    everywhere: Mapping[str, Any] = {
        "path": request.url.path,
        "query": request.url.query,
        "person": getattr(request.state, "person", None),
        "words": held.words,
        "titles": held.titles,
        "may_review": getattr(request.state, "person", None) is not None
        and request.state.person.role.may(Role.REVIEWER),
        "signs_in": held.access.asks,
        "told_days": lambda: held.told_days,
    }
    if name in FILLED and not held.totals["reports"]:
        name, context = "nothing.html", {"heading": FILLED[name]}
    return HTMLResponse(held.templates.get_template(name).render(**everywhere, **context), status)
