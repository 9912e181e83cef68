"""What is told over time: who is said to have done what, in whose telling, and how much and how hostile each account tells.

Counted are claims that assert something as having happened: denials, background, threats of what may come and attempts that
failed are left out. The account is the first source of a claim, the one that the report makes answerable; without a source
it is the outlet's own.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jinja2.filters import do_urlencode

from standoff import ontology
from standoff.acts import label
from standoff.days import shift
from standoff.store.browse import NONE, Told
from standoff.web.words import QUADS

LANES = 8
"""Parties that get a lane, those with most claims of what they did."""
ACCOUNTS = 5
"""Accounts that get a line, those that tell most, beside the outlets' own words."""
DAILY, WEEKLY = 100, 800
"""Days up to which a point is a day, and a week; beyond, a month."""

TELLINGS = ("by itself", "by the other side", "by third parties")


@dataclass(frozen=True, slots=True)
class Step:
    """The days that one point of a chart stands for."""

    name: str

    def begin(self, day: date) -> date:
        if self.name == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self.name == "month" else day

    def end(self, begin: date) -> date:
        if self.name == "week":
            return shift(begin, 6)
        if self.name == "month":
            return begin.replace(day=monthrange(begin.year, begin.month)[1])
        return begin


def draw(rows: Iterable[Told], name: Callable[[str], str]) -> dict[str, Any]:
    """The charts' figures, ready to be drawn; empty lists where nothing has a day."""
    told = [row for row in rows if row.actor != "UNK"]
    days = [row.day for row in told]
    if not told:
        return {"step": "day", "since": None, "until": None, "lanes": [], "points": [], "accounts": []} | {
            "accounts_over_time": []
        }
    since, until = min(days), max(days)
    length = (until - since).days
    step = Step("day" if length <= DAILY else "week" if length <= WEEKLY else "month")
    lanes = [key for key, _ in _most(told, lambda row: row.actor)[:LANES]]
    accounts = [key for key, _ in _most(told, lambda row: row.teller) if key != NONE][:ACCOUNTS]
    return {
        "step": step.name,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "lanes": [{"party": key, "name": name(key)} for key in lanes],
        "points": _points(told, lanes, step, name),
        "accounts": [{"party": key, "name": name(key)} for key in (*accounts, NONE)],
        "accounts_over_time": _over_time(told, (*accounts, NONE), step, name),
    }


def telling(row: Told) -> str:
    """In whose telling: the actor's own, that of who suffered it, or a third's."""
    if row.teller == row.actor:
        return TELLINGS[0]
    return TELLINGS[1] if row.teller == row.recipient else TELLINGS[2]


def _points(told: list[Told], lanes: list[str], step: Step, name: Callable[[str], str]) -> list[dict[str, Any]]:
    grouped: dict[tuple[date, str, int, str], list[Told]] = defaultdict(list)
    for row in told:
        if row.actor in lanes:
            grouped[step.begin(row.day), row.actor, ontology.quad(row.event), telling(row)].append(row)
    found = []
    for (day, actor, quad, by), rows in sorted(grouped.items()):
        claims = sum(row.claims for row in rows)
        toward = [key for key, _ in _most(rows, lambda row: row.recipient) if key and key != "UNK"]
        tellers = list(dict.fromkeys(row.teller for row in rows))
        events = [event for event, _ in _most(rows, lambda row: row.event)]
        told_of = ", ".join(label("event", event) for event in events)
        says = f"{_when(step, day)}: {name(actor)}, {told_of}"
        says += f" toward {', '.join(map(name, toward[:3]))}" if toward else ""
        says += f"; told {by} ({', '.join(map(name, tellers[:4]))}), {claims} claim{'s' if claims != 1 else ''}"
        filters = [("actor", actor), *(("event", event) for event in events)]
        filters += [("source", teller) for teller in tellers]
        found.append(
            {
                "day": day.isoformat(),
                "name": name(actor),
                "quad": QUADS[quad],
                "telling": by,
                "claims": claims,
                "says": says,
                "href": _claims(filters, step, day),
            }
        )
    return found


def _over_time(
    told: list[Told], accounts: Iterable[str], step: Step, name: Callable[[str], str]
) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, date], list[Told]] = defaultdict(list)
    for row in told:
        grouped[row.teller, step.begin(row.day)].append(row)
    found = []
    for account in accounts:
        for day in sorted(day for teller, day in grouped if teller == account):
            rows = grouped[account, day]
            claims = sum(row.claims for row in rows)
            tension = -sum(ontology.score(row.event) * row.claims for row in rows) / claims
            says = f"{_when(step, day)}: {name(account)}, {claims} claim{'s' if claims != 1 else ''}, tension {tension:+.1f}"
            found.append(
                {
                    "day": day.isoformat(),
                    "name": name(account),
                    "claims": claims,
                    "tension": round(tension, 2) + 0.0,
                    "says": says,
                    "href": _claims([("source", account)], step, day),
                }
            )
    return found


def _most(rows: Iterable[Told], of: Callable[[Told], str]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for row in rows:
        counted[of(row)] += row.claims
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _when(step: Step, day: date) -> str:
    end = step.end(day)
    return day.isoformat() if end == day else f"{day.isoformat()} to {end.isoformat()}"


def _claims(filters: list[tuple[str, str]], step: Step, day: date) -> str:
    """The claims behind a point."""
    query = [*dict.fromkeys(filters), ("aux", NONE), ("since", day.isoformat()), ("until", step.end(day).isoformat())]
    return f"/claims?{do_urlencode(query)}"


RADIUS = {"point": 2, "city": 8, "area": 40, "region": 90, "country": 350}
"""Kilometres that a place is drawn with, by how exactly it is known."""
PRECISION = {
    "point": "an exact place",
    "city": "a town or city",
    "area": "somewhere in an area",
    "region": "somewhere in a region",
    "country": "somewhere in a country",
}
