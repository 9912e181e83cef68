"""An archive whose truth is known, as a store: claims and questions written from the truth, so that pages are tested and not the reader."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from conftest import document
from standoff import wording
from standoff.model import (
    Asked,
    Bound,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    Document,
    Incident,
    Line,
    Link,
    Mention,
    Party,
    Position,
    Question,
    Reconciliation,
    Source,
    Span,
    Trigger,
    Turn,
    When,
    Where,
)
from standoff.store import Store

FOLDER = Path(__file__).parent / "crises"
GROUPS = {
    "hijackers": ("IND", ("REB",)),
    "Harkat": ("PAK", ("REB",)),
    "Lashkar": ("IMG", ()),
    "the Shield": ("TJK", ("REB",)),
}
CALLED = {"TJK-REB": "the Shield"}
"""Groups that a truth names by a code."""
PLACES = {
    "Lahore": ("PAK", 31.55, 74.35),
    "Dubai": ("ARE", 25.25, 55.37),
    "Kandahar": ("AFG", 31.61, 65.71),
    "Bombay": ("IND", 19.08, 72.88),
    "Srinagar": ("IND", 34.09, 74.80),
    "Kathmandu": ("NPL", 27.70, 85.32),
    "Amritsar": ("IND", 31.63, 74.87),
    "Karachi": ("PAK", 24.86, 67.01),
}
_QUESTION = {
    "count": Question.HOW_MANY,
    "responsibility": Question.WHO,
    "occurrence": Question.HAPPENED,
    "character": Question.WHAT,
    "outcome": Question.OUTCOME,
    "readout": Question.SAID,
}


def party(name: str) -> Party:
    """The party that a truth names: a state or bloc by its code, a group by its name, an outlet by none."""
    name = CALLED.get(name, name)
    if wording.state_name(name):
        return Party(name, ("GOV",), wording.state_name(name) or "")
    if name in wording.BLOCS:
        return Party(name, (), wording.BLOCS[name])
    code, sectors = GROUPS.get(name, ("UNK", ()))
    return Party(code, sectors, name)


def documents(name: str) -> list[Document]:
    """The reports of an archive."""
    with (FOLDER / name / "reports.csv").open(encoding="utf-8", newline="") as file:
        return [
            document(f"{row['title']}\n\n{row['text']}", row["id"], date.fromisoformat(row["published"]), row["outlet"])
            for row in csv.DictReader(file)
        ]


def read(store: Store, name: str, reports: int) -> None:
    """Keep the first reports of an archive with the claims of its truth, for incidents to be drawn by the machine."""
    truth = json.loads((FOLDER / name / "truth.json").read_text(encoding="utf-8"))
    held = {d.id: d for d in documents(name)[:reports]}
    for happening in truth["happenings"]:
        happening["told"] = [told for told in happening["told"] if told["doc"] in held]
    claims = _claims(truth, held)
    for key, one in held.items():
        store.add(one, sorted((c for c in claims.values() if c.doc == key), key=lambda c: (c.span.start, c.id)))


def fill(store: Store, name: str) -> Reconciliation:
    """Keep an archive's reports with the claims and questions of its truth."""
    truth = json.loads((FOLDER / name / "truth.json").read_text(encoding="utf-8"))
    rows = {row["id"]: row for row in csv.DictReader((FOLDER / name / "reports.csv").open(encoding="utf-8"))}
    held = {d.id: replace(d, title=rows[d.id]["title"], url=rows[d.id]["url"]) for d in documents(name)}
    claims = _claims(truth, held)
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        by_doc[claim.doc].append(claim)
    for key, one in held.items():
        store.add(one, sorted(by_doc[key], key=lambda claim: (claim.span.start, claim.id)))
    made = _reconciled(truth, claims, held)
    store.save(made)
    return made


def _claims(truth: dict[str, Any], held: dict[str, Document]) -> dict[tuple[str, str], Claim]:
    said = {
        (told["doc"], told["quote"]): position["party"]
        for dispute in truth["disputes"]
        for position in dispute["positions"]
        for told in position["told"]
    }
    counted: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for figure in truth["figures"]:
        counted[figure["doc"], figure["quote"]].append(figure)
    found: dict[tuple[str, str], Claim] = {}
    for happening in truth["happenings"]:
        sides = [party(side) for side in happening["sides"]]
        for told in happening["told"]:
            key = told["doc"], told["quote"]
            text = held[told["doc"]].text
            start = text.index(told["quote"])
            span = Span(start, start + len(told["quote"]))
            word = told["quote"].split()[0]
            at = Span(start, start + len(word))
            speaker = said.get(key)
            place = PLACES.get(happening["place"] or "")
            day = date.fromisoformat(happening["start"])
            found[key] = Claim(
                id=f"{told['doc']}-{start}",
                doc=told["doc"],
                event=next((e for e in happening["event"] if e != "DEMAND"), "ASSAULT"),
                trigger=Trigger(word, at),
                span=span,
                text=told["quote"],
                actors=(Mention(sides[0], word, at),),
                recipients=tuple(Mention(side, word, at) for side in sides[1:2]),
                sources=(Source(Mention(party(speaker), word, at), "said", at),) if speaker else (),
                counts=tuple(_count(figure, word, at) for figure in counted[key]),
                when=When(day, day, word, at),
                where=Where(happening["place"], word, at, place[0], place[1], place[2], None, "city")
                if place
                else None,
                confidence=0.9,
            )
    return found


def _count(figure: dict[str, Any], word: str, at: Span) -> Count:
    unit = figure["of"].split()[0]
    low, high = figure["low"], figure["high"]
    return Count(CountKind(figure["kind"]), low, high, low, unit, word, at, Bound(figure["bound"]))


def _reconciled(
    truth: dict[str, Any], claims: dict[tuple[str, str], Claim], held: dict[str, Document]
) -> Reconciliation:
    incidents, questions, disputes = [], [], []
    for happening in truth["happenings"]:
        keys = [claims[told["doc"], told["quote"]].id for told in happening["told"]]
        links = tuple(Link(key, "one happening", "truth") for key in keys)
        day = wording.long_day(date.fromisoformat(happening["start"]))
        title = happening["title"] if day.rsplit(" ", 2)[0] in happening["title"] else f"{happening['title']}, {day}"
        incidents.append(Incident(happening["id"], links, None, title, place=happening["place"] or ""))
        questions += _figures(truth, happening["id"], claims, held)
    for at, one in enumerate(truth["disputes"]):
        lines = []
        for position in one["positions"]:
            told = [claims[t["doc"], t["quote"]] for t in position["told"] if (t["doc"], t["quote"]) in claims]
            if not told:
                continue
            days = sorted(day for c in told if (day := held[c.doc].published))
            lines.append(
                Line(
                    _key(position["party"]),
                    position["value"],
                    tuple(c.id for c in told),
                    voices=tuple(sorted({f"party:{position['party']}"})),
                    first=days[0],
                    latest=days[-1],
                    words=told[-1].text,
                )
            )
        kind = DisputeKind(one["kind"][0])
        docs = tuple(sorted({t["doc"] for p in one["positions"] for t in p["told"]}))
        asked = Asked(
            f"q-{one['id']}", one["happening"], _QUESTION[kind.value], one["question"], tuple(lines), dispute=one["id"]
        )
        questions.append(asked)
        positions = tuple(Position(line.party, line.claims, line.value) for line in lines)
        severity = (0.9 if one["grade"] == "main" else 0.4) - at / 100
        disputes.append(
            Dispute(one["id"], docs, kind, positions, one["happening"], "", severity, question=one["question"])
        )
    return Reconciliation(tuple(incidents), (), tuple(disputes), tuple(questions))


def _key(name: str) -> str:
    one = party(name)
    return one.key if one.code != "UNK" else name


def _figures(
    truth: dict[str, Any], id: str, claims: dict[tuple[str, str], Claim], held: dict[str, Document]
) -> list[Asked]:
    by_subject: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for figure in truth["figures"]:
        if figure["happening"] == id and (figure["doc"], figure["quote"]) in claims:
            by_subject[figure["of"]][figure["party"]].append(figure)
    found = []
    for at, (subject, accounts) in enumerate(sorted(by_subject.items())):
        lines = []
        for name, figures in accounts.items():
            figures.sort(key=lambda one: one["as_of"])
            turns = tuple(
                Turn(
                    _key(name),
                    _value(one),
                    claims[one["doc"], one["quote"]].id,
                    held[one["doc"]].published,
                )
                for one in figures
            )
            last = figures[-1]
            own = tuple(dict.fromkeys(claims[one["doc"], one["quote"]].id for one in figures))
            lines.append(
                Line(
                    _key(name),
                    _value(last),
                    own,
                    low=last["low"],
                    high=last["high"],
                    bound=Bound(last["bound"]),
                    as_of=date.fromisoformat(last["as_of"]),
                    voices=tuple(sorted({held[one["doc"]].outlet or "" for one in figures})),
                    first=turns[0].reported,
                    latest=turns[-1].reported,
                    words=last["quote"],
                    series=turns,
                )
            )
        found.append(
            Asked(f"f-{id}-{at}", id, Question.HOW_MANY, f"How many {subject}?", tuple(lines), subject=subject)
        )
    return found


def _value(figure: dict[str, Any]) -> str:
    number = figure["low"] if figure["low"] is not None else figure["high"]
    return f"{number}" if figure["bound"] == "exact" else f"{figure['bound']} {number}"
