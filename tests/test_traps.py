"""The corpus of traps: short report sets with the incidents and disputes that must come out, and no others."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import standoff
from conftest import document
from standoff.model import Claim

TRAPS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("traps.toml").read_text("utf-8"))["trap"]
Coder = Callable[..., tuple[Claim, ...]]
PARTED = {
    "quoted by the other: India quotes Pakistan": "the fitted weights join two sides' tallies of one day without a place; the figures "
    "stay two questions (decision 021)",
    "readout: Russia and Turkey": "what each says is now in the incident of the meeting, so the meeting is not most of what it tells "
    "(said.concerns)",
    "readout: India and China": "as of Russia and Turkey",
    "part of an incident: later struck, in two reports": "the clinic hit again is joined to the bombing before it by both reports' words",
}
"""Known faults of reconciling, with the reason."""


def _name(trap: dict[str, Any]) -> str:
    return f"{trap['theme']}: {trap['name']}"


def _row(trap: dict[str, Any]) -> object:
    name = _name(trap)
    reason = PARTED.get(name)
    return pytest.param(trap, id=name, marks=pytest.mark.xfail(reason=reason, strict=True) if reason else ())


def test_there_are_enough_traps() -> None:
    assert len(TRAPS) >= 60


def test_every_trap_that_is_marked_is_one() -> None:
    assert {_name(trap) for trap in TRAPS} >= PARTED.keys()


@pytest.mark.parametrize("trap", [_row(trap) for trap in TRAPS])
def test_trap(code: Coder, trap: dict[str, Any]) -> None:
    documents, claims = [], []
    for number, report in enumerate(trap["reports"], 1):
        published = date.fromisoformat(report["date"])
        documents.append(document(report["text"], f"r{number}", published, report["outlet"]))
        claims += code(report["text"], published, f"r{number}")
    result = standoff.reconcile(claims, documents)
    incident_of = {key: incident.id for incident in result.incidents for key in incident.claims}
    groups = [{incident_of.get(c.id, c.id) for c in (_named(name, claims) for name in g)} for g in trap["incidents"]]
    told = [(c.doc, c.trigger.text, c.where and c.where.name, c.when and c.when.start, c.speaker) for c in claims]
    assert all(len(group) == 1 for group in groups), told
    assert len(set.union(*groups)) == len(groups), told
    found = sorted(" ".join([d.kind.value, *sorted({p.party for p in d.positions})]) for d in result.standing)
    wanted = sorted(" ".join([d.split()[0], *sorted(d.split()[1:])]) for d in trap.get("disputes", []))
    assert found == wanted, told
    settled = [d.kind.value for d in result.disputes if d not in result.standing]
    assert settled == trap.get("settled", []), told
    under = {key: incident.under for incident in result.incidents for key in incident.claims if incident.under}
    assert under == {
        key: incident_of[_named(whole, claims).id]
        for part, whole in trap.get("under", {}).items()
        for key in next(i.claims for i in result.incidents if _named(part, claims).id in i.claims)
    }, told
    random.Random(1).shuffle(claims)
    assert standoff.reconcile(claims, documents[::-1]) == result


def _named(name: str, claims: list[Claim]) -> Claim:
    """The claim of report and trigger, the n-th where it is numbered."""
    report, _, word = name.partition(":")
    word, _, nth = word.partition("#")
    fitting = [
        c for c in sorted(claims, key=lambda c: c.span.start) if c.doc == f"r{report}" and c.trigger.text == word
    ]
    assert len(fitting) >= int(nth or 1), (name, [(c.doc, c.event, c.trigger.text) for c in claims])
    return fitting[int(nth or 1) - 1]
