"""Which incidents are one happening, rightly named: those stand in lists and on the first page; the others are called uncertain."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import known_crises
import standoff
from conftest import document
from standoff import cli
from standoff.analysis import brief, brief_files
from standoff.model import Claim, Decision, Doing, Incident
from standoff.reconcile import judging
from standoff.reconcile.soundness import SOUND
from standoff.store import Store, open_store
from standoff.web.app import create_app
from standoff.wording import Names

DAY = date(2019, 3, 5)
RAID = [
    ("Delta Post", "Gunmen killed nine people in a raid on the village of Ogossagou on Monday, the mayor said."),
    ("River Herald", "Nine people were killed when gunmen raided Ogossagou on Monday, officials said."),
    ("Sahel Wire", "The army said that gunmen attacked the village of Ogossagou on Monday and killed nine people."),
]
"""Three reports of one attack."""
ASIDES = [
    (
        "Capital Mail",
        "A minister was criticised over remarks about the war. The opposition accused him of insulting the dead. In 1967 the army had "
        "captured the hills. Two were wounded in a quarrel last year. The union has asked for talks. He met the ambassador, who praised "
        "the agreement. Police arrested a man with a knife. Experts warn of attacks.",
    )
]
"""A comment that touches on much."""
Read = Callable[..., tuple[Claim, ...]]


def likely(code: Read, *told: tuple[str, str], decided: tuple[Decision, ...] = ()) -> dict[str, float]:
    """How likely each incident is one happening, by its title."""
    reports = [document(text, f"r{n}", DAY, outlet) for n, (outlet, text) in enumerate(told)]
    claims = [claim for one in reports for claim in code(one.text, DAY, one.id)]
    return {one.title: one.likely for one in standoff.reconcile(claims, reports, decided=decided).incidents}


def test_an_attack_told_alike_by_three_is_sounder_than_the_asides_of_a_comment(code: Read) -> None:
    raid = max(likely(code, *RAID).values())
    assert raid >= SOUND
    assert all(one < raid for one in likely(code, *ASIDES).values())
    assert any(one < SOUND for one in likely(code, *ASIDES).values())


def test_it_does_not_depend_on_the_order_of_reports(code: Read) -> None:
    reports = [document(text, f"r{n}", DAY, outlet) for n, (outlet, text) in enumerate((*RAID, *ASIDES))]
    claims = [claim for one in reports for claim in code(one.text, DAY, one.id)]
    first = standoff.reconcile(claims, reports).incidents
    random.Random(1).shuffle(claims)
    assert standoff.reconcile(claims, reports[::-1]).incidents == first


def test_what_a_person_made_or_named_is_sure_until_it_is_undone(code: Read) -> None:
    reports = [document(text, f"r{n}", DAY, outlet) for n, (outlet, text) in enumerate(ASIDES)]
    claims = [claim for one in reports for claim in code(one.text, DAY, one.id)]
    doubtful = min(standoff.reconcile(claims, reports).incidents, key=lambda one: one.likely)
    assert doubtful.likely < SOUND

    def decide(doing: Doing, words: str = "", undone: date | None = None) -> float:
        from standoff.ingest.capture import now

        one = Decision(doing, doubtful.claims, words=words, number=1, undone=now() if undone else None)
        found = standoff.reconcile(claims, reports, decided=(one,)).incidents
        return next(i.likely for i in found if set(i.claims) == set(doubtful.claims))

    assert decide(Doing.NAME, "A quarrel over a minister") == 1.0
    assert decide(Doing.TOGETHER) == 1.0
    assert decide(Doing.NAME, "A quarrel over a minister", undone=DAY) == doubtful.likely


def test_of_a_report_read_alone_less_likely_disputes_are_shown() -> None:
    assert judging.limit(1) < judging.limit(2) == judging.limit(50)


CRISIS = "kandahar-december-1999"


def doubting(store: Store, doubted: Callable[[Incident], bool]) -> list[Incident]:
    """Fill a store with a crisis whose truth is known, of which some incidents are held to be uncertain."""
    made = known_crises.fill(store, CRISIS)
    incidents = tuple(replace(one, likely=0.3) if doubted(one) else one for one in made.incidents)
    store.save(replace(made, incidents=incidents))
    return [one for one in incidents if one.likely < SOUND]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "crisis.db") as held:
        yield held


def pages(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://127.0.0.1")


def test_uncertain_incidents_are_kept_and_stand_in_no_list_but_their_own(store: Store) -> None:
    first, *_ = doubting(store, lambda one: one.id in ("h3", "h5"))
    assert {one.id: one.likely for one in store.incidents()}[first.id] == 0.3
    client = pages(store)
    here = f'href="/incidents/{first.id}"'
    top, _, timeline = client.get("/").text.partition('id="line"')
    assert "2 of them uncertain" in top
    assert here not in timeline
    sure_, _, fold = client.get("/incidents").text.partition('id="less-sure"')
    assert here not in sure_
    assert here in fold
    assert "2 uncertain" in fold
    alone = client.get("/incidents?uncertain=yes").text
    assert here in alone
    assert alone.count("<tr>") == 3  # the head and the two
    assert "not sure that all of this is one happening" in client.get(f"/incidents/{first.id}").text
    assert "not sure that all of this is one happening" not in client.get("/incidents/h1").text
    assert "not sure that all of this is one happening" in client.get(f"/incidents/{first.id}/accounts.html").text
    assert 'id="less-sure"' not in client.get("/incidents?order=deaths&page=2").text  # once, below the first page
    rows = client.get(f"/api/v1/incidents?least={SOUND}&limit=100").json()["rows"]
    assert rows
    assert first.id not in {one["id"] for one in rows}


def test_a_map_leaves_uncertain_incidents_out_and_says_so(store: Store) -> None:
    placed = {row.id for row in fill(store).browse.incidents(placed=True, limit=100).rows}
    doubting(store, lambda one: one.id == min(placed))
    client = pages(store)
    here = f"/incidents/{min(placed)}"
    assert here not in client.get("/map").text
    assert "1 more is uncertain" in client.get("/map").text
    assert here in client.get("/map?uncertain=yes").text
    told = {one["id"] for at in client.get("/map/places.json").json()["places"] for one in at["incidents"]}
    assert told == placed - {min(placed)}


def fill(store: Store) -> Store:
    known_crises.fill(store, CRISIS)
    return store


def test_where_all_is_uncertain_it_is_shown_and_called_so(store: Store) -> None:
    doubting(store, lambda one: True)
    client = pages(store)
    assert "All of this is uncertain" in client.get("/").text
    assert '<details class="faint" id="less-sure" open>' in client.get("/incidents").text
    headings = [heading for heading, _ in brief_files.sections(brief.draw(store, Names(store.browse.parties())))]
    assert headings[0] == "What happened, but uncertain"


def test_a_brief_is_drawn_from_the_others(store: Store) -> None:
    doubted = {one.id for one in doubting(store, lambda one: one.id in ("h1", "h3"))}
    found = brief.draw(store, Names(store.browse.parties()), brief.WHOLE)
    assert found.told
    assert not doubted & {one.id for one in found.told}
    assert not doubted & {one.incident for one in (*found.agreed, *found.moved)}
    assert {heading for heading, _ in brief_files.sections(found)} >= {"What happened"}


def test_the_table_of_a_terminal_and_the_records_say_which(store: Store, tmp_path: Path) -> None:
    doubting(store, lambda one: one.id == "h3")
    store.close()
    given = ["incidents", "--store", str(tmp_path / "crisis.db")]
    assert CliRunner().invoke(cli.app, [*given, "--table"]).stdout.count("uncertain") == 1
    assert CliRunner().invoke(cli.app, [*given, "--jsonl"]).stdout.count('"likely": 0.3') == 1
