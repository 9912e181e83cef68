"""Where an incident was: the place that is likely it, in its title, on the map and in exports; none where none is."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import standoff
from conftest import document
from standoff import lexicon
from standoff.evaluate import crises, written
from standoff.export import registry
from standoff.export.selection import Selection, save
from standoff.model import Claim, Document, Incident
from standoff.reconcile import facts, placing
from standoff.store import Store, open_store
from standoff.web.app import create_app

DAY = date(2019, 3, 5)
TOLD_IN_THE_CAPITAL = (
    "BAMAKO - Gunmen killed nine people in a raid on the village of Ogossagou on Monday, the mayor said. Four women were among the "
    "dead, he said. In Bamako the opposition accused the army of sleeping while people were killed. Officials in Bamako denied that "
    "soldiers had fled from the killing. Families of the dead marched in Bamako on Tuesday."
)
Read = Callable[..., tuple[Claim, ...]]


def told(code: Read, *texts: str) -> tuple[list[Claim], list[Document]]:
    reports = [document(text, f"r{n}", DAY, f"Outlet {n}") for n, text in enumerate(texts)]
    return [claim for one in reports for claim in code(one.text, DAY, one.id)], reports


def largest(incidents: tuple[Incident, ...]) -> Incident:
    return max(incidents, key=lambda one: len(one.claims))


def test_where_it_is_talked_of_is_not_where_it_was(code: Read) -> None:
    claims, reports = told(code, TOLD_IN_THE_CAPITAL)
    named = [claim.where.name for claim in claims if claim.where]
    assert named.count("Bamako") >= named.count("Ogossagou")
    raid = largest(standoff.reconcile(claims, reports).incidents)
    assert (raid.place, "Ogossagou" in raid.title) == ("Ogossagou", True)


def scattered(code: Read) -> tuple[list[Claim], list[Document]]:
    """The same raid, of which every claim names another town and none was surely read."""
    claims, reports = told(code, TOLD_IN_THE_CAPITAL)
    towns = iter(("Ségou", "Kayes", "Gao", "Mopti", "Sikasso", "Kidal"))
    where = next(claim.where for claim in claims if claim.where)
    assert where is not None
    return [
        replace(claim, where=replace(where, name=town, country="MLI"), confidence=0.1)
        for claim, town in zip(claims, towns, strict=False)
    ], reports


def test_of_many_towns_of_which_none_is_likely_none_is_told(code: Read) -> None:
    claims, reports = scattered(code)
    raid = largest(standoff.reconcile(claims, reports).incidents)
    assert raid.place == ""
    assert not any(claim.where and claim.where.name in raid.title for claim in claims)


@pytest.mark.parametrize("part", lexicon.load("headlines")["wide"]["names"])
def test_a_part_of_the_world_that_holds_several_states_is_no_place_of_a_raid(code: Read, part: str) -> None:
    claims, reports = told(code, TOLD_IN_THE_CAPITAL)
    where = next(claim.where for claim in claims if claim.where)
    assert where is not None
    wide = replace(where, name=part.lower(), country=None, precision="region")
    claims = [replace(claim, where=wide, confidence=0.9) for claim in claims]
    assert largest(standoff.reconcile(claims, reports).incidents).place == ""
    assert largest(standoff.reconcile([replace(c, where=where) for c in claims], reports).incidents).place == where.name


@pytest.mark.parametrize(("abroad", "weighed"), [(1, {"Mali"}), (2, {"Mali", "Dakar"})])
def test_a_town_of_a_state_that_hardly_any_name_is_not_weighed(code: Read, abroad: int, weighed: set[str]) -> None:
    claims, reports = told(code, TOLD_IN_THE_CAPITAL)
    where = next(claim.where for claim in claims if claim.where)
    assert where is not None
    dakar = replace(where, name="Dakar", country="SEN")
    mali = replace(where, name="Mali", country="MLI", precision="country")
    claims = [replace(claim, where=dakar if n < abroad else mali) for n, claim in enumerate(claims[: abroad + 3])]
    assert placing.signs(claims, claims, facts.of_claims(claims, reports)).keys() == weighed


def test_it_does_not_depend_on_the_order_of_claims(code: Read) -> None:
    claims, reports = told(code, TOLD_IN_THE_CAPITAL, TOLD_IN_THE_CAPITAL.replace("BAMAKO", "GAO"))
    first = standoff.reconcile(claims, reports).incidents
    random.Random(1).shuffle(claims)
    assert standoff.reconcile(claims, reports[::-1]).incidents == first


@pytest.mark.parametrize("name", ["kandahar-december-1999", "vanjob-square"])
def test_a_place_is_one_that_its_claims_name(name: str) -> None:
    crisis = crises.load(Path(__file__).parent / "crises" / name)
    claims = {claim.id: claim for claim in written.gold_claims(crisis)}
    found = standoff.reconcile(list(claims.values()), crisis.documents).incidents
    placed = [one for one in found if one.place]
    assert placed
    for one in placed:
        assert one.place in {claims[key].where.name for key in one.claims if claims[key].where}  # type: ignore[union-attr]


@pytest.fixture
def unsure(tmp_path: Path, code: Read) -> Iterator[Store]:
    """A store of an incident without a likely place, all of whose towns lie in Mali."""
    claims, reports = scattered(code)
    with open_store(tmp_path / "mali.db") as store:
        for one in reports:
            store.add(one, [claim for claim in claims if claim.doc == one.id])
        store.save(standoff.reconcile(store.claims(), store.documents()))
        yield store


def test_a_data_set_has_the_state_of_what_has_no_likely_place(unsure: Store, tmp_path: Path) -> None:
    save(registry.exporter("ged"), Selection(unsure), tmp_path / "out")
    (table,) = (tmp_path / "out").glob("*.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    raid = largest(tuple(unsure.incidents()))
    assert [(row["where_prec"], row["where_coordinates"], row["latitude"], row["country"]) for row in rows][:1] == [
        ("6", "Mali", "", "Mali")
    ]
    assert raid.place == ""


def test_the_map_says_that_no_place_is_told(unsure: Store) -> None:
    client = TestClient(create_app(unsure), base_url="http://127.0.0.1")
    assert client.get("/map/places.json").json()["places"] == []
    assert "no place" in client.get("/map").text


def test_its_place_is_kept_in_the_store_and_told_by_the_api(tmp_path: Path, code: Read) -> None:
    claims, reports = told(code, TOLD_IN_THE_CAPITAL)
    with open_store(tmp_path / "mali.db") as store:
        store.add(reports[0], claims)
        found = standoff.reconcile(store.claims(), store.documents())
        store.save(found)
        assert [one.place for one in store.incidents()] == [one.place for one in found.incidents]
        raid = largest(found.incidents)
        client = TestClient(create_app(store), base_url="http://127.0.0.1")
        assert client.get(f"/api/v1/incidents/{raid.id}").json()["event_loc"] == raid.place
