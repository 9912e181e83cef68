"""Organisations, companies, movements and armed groups of one state share a code, and are parties by their names: what one counts is
no other's later figure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import standoff
from conftest import document
from standoff import cli
from standoff.model import Document, Party, Reconciliation
from standoff.reconcile import dossier
from standoff.reconcile.accounts import tellers
from standoff.records import dispute_from_record, dispute_record
from standoff.store import Store
from standoff.web.app import create_app
from standoff.wording import Names

OURS = "http://127.0.0.1"
FIRST, SECOND = date(2024, 5, 4), date(2024, 5, 6)
STRIKE = "DAMASCUS - Syrian warplanes struck the market of Maarat al-Numan on Friday and killed {} civilians, {} said."
OBSERVATORY, WATCH = "NGO-Syrian Observatory for Human Rights", "NGO-Human Rights Watch"


def reports(*told: tuple[int, str], outlet: str = "Wire") -> list[Document]:
    return [
        replace(document(STRIKE.format(n, by), f"r{at}", FIRST if not at else SECOND), outlet=f"{outlet} {at}")
        for at, (n, by) in enumerate(told)
    ]


def together(held: list[Document]) -> Reconciliation:
    return standoff.reconcile([c for d in held for c in standoff.extract(d)], held)


def killed(found: Reconciliation) -> dict[str, list[str]]:
    """By account, what it says were killed, from first to last."""
    lines: dict[str, list[str]] = {}
    for asked in found.questions:
        for line in asked.lines:
            if line.low is not None:
                lines[line.party] = [turn.value for turn in line.series] or [line.value]
    return lines


def test_the_figures_of_two_are_no_series_of_one() -> None:
    found = together(reports((31, "the Syrian Observatory for Human Rights"), (58, "Human Rights Watch")))
    assert {party: [v.split()[0] for v in values] for party, values in killed(found).items()} == {
        OBSERVATORY: ["31"],
        WATCH: ["58"],
    }
    (dispute,) = found.disputes
    assert {p.party for p in dispute.positions} == {OBSERVATORY, WATCH}
    assert "Syrian Observatory for Human Rights says 31" in dispute.title


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("the Syrian Observatory for Human Rights", "the Syrian Observatory"),
        ("Human Rights Watch", "HRW"),
        ("the Sudan Doctors Network", "the Sudan Doctors Network"),
        ("the International Committee of the Red Cross", "the Red Cross"),
        ("Airwars", "Airwars"),
    ],
)
def test_one_by_another_of_its_names_is_one(first: str, then: str) -> None:
    found = together(reports((31, first), (58, then)))
    ((party, values),) = killed(found).items()
    assert party.startswith("NGO-")
    assert [value.split()[0] for value in values] == ["31", "58"]


@pytest.mark.parametrize("alone", [True, False])
def test_one_that_is_read_as_the_doer_too_speaks_for_itself(alone: bool) -> None:
    """ "Red Cross puts dead of Hodeidah at 55" was told by people of a state "NGO"."""
    party = Party("NGO", ("MED",), "Red Cross", alone)
    assert tellers("ASSAULT", [party], [(party, 0)]) == (party.key,)


def test_one_that_is_only_described_is_the_one_that_its_report_names() -> None:
    text = (
        STRIKE.format(31, "the Syrian Observatory for Human Rights")
        + " The monitoring group said that 40 were wounded."
    )
    (account,) = {a.party for a in together([document(text, "a", FIRST)]).accounts if a.counts}
    assert account == OBSERVATORY


def test_a_rule_of_figures_takes_the_last_of_each() -> None:
    held = reports((31, "the Syrian Observatory for Human Rights"), (58, "Human Rights Watch"))
    claims = {c.id: c for d in held for c in standoff.extract(d)}
    found = standoff.reconcile(claims.values(), held)
    (one,) = (d for d in dossier.draw(found, claims, held, "minimum") if d.figures)
    ((_, figure),) = one.figures
    assert figure.low == 31


def test_its_own_report_and_what_others_quote_are_one_account() -> None:
    own = replace(
        document(STRIKE.format(58, "residents").replace(", residents said", ""), "own", SECOND),
        outlet="Human Rights Watch",
    )
    found = together([*reports((31, "Human Rights Watch")), own])
    assert {line.party for asked in found.questions for line in asked.lines if line.low is not None} == {WATCH}


def test_a_record_has_the_code_and_the_name() -> None:
    (dispute,) = together(reports((31, "the Syrian Observatory for Human Rights"), (58, "Human Rights Watch"))).disputes
    record = dispute_record(dispute)
    assert {(p["party"], p["name"]) for p in record["positions"]} == {
        ("NGO", "Syrian Observatory for Human Rights"),
        ("NGO", "Human Rights Watch"),
    }
    assert dispute_from_record(record) == dispute
    assert Names({}).party(WATCH) == "Human Rights Watch"


def kept(path: Path) -> Store:
    store = standoff.open_store(path)
    for one in reports((31, "the Syrian Observatory for Human Rights"), (58, "Human Rights Watch")):
        store.add(one, standoff.extract(one))
    store.save(standoff.reconcile(store.claims(), store.documents()))
    return store


def test_pages_call_each_by_its_name_and_lead_to_what_it_says(tmp_path: Path) -> None:
    with kept(tmp_path / "a.db") as store, TestClient(create_app(store), base_url=OURS) as client:
        (incident,) = (i.id for i in store.reconciliation().incidents if len(i.claims) > 1)
        links = set()
        for address in (
            "/",
            "/incidents",
            f"/incidents/{incident}",
            "/disputes",
            "/disputes?party=NGO",
            "/figures",
            "/told",
            f"/incidents/{incident}/accounts.html",
        ):
            page = client.get(address)
            assert page.status_code == 200
            shown = re.sub(r"<[^>]*>", " ", page.text)
            assert "NGO" not in shown, address
            links |= set(re.findall(r'href="(/parties/NGO-[^"]*)"', page.text))
        assert len(links) == 2
        for link in links:
            page = client.get(link).text
            assert 'What it says <small class="dim">1</small>' in page, link
        assert client.get(f"/api/v1/disputes?party={WATCH}").json()["rows"]


@pytest.mark.parametrize(("party", "shown"), [("NGO", 1), (WATCH, 1), ("NGO-Oxfam", 0), ("SYR", 0)])
def test_disputes_are_asked_for_by_kind_and_by_name(party: str, shown: int, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    kept(path).close()
    told = CliRunner().invoke(cli.app, ["disputes", "--store", str(path), "--party", party, "--jsonl"])
    assert told.exit_code == 0
    assert len(told.stdout.splitlines()) == shown


# -- armed groups of one state -------------------------------------------------------------------------------------------

NUSRA, AHRAR = "SYR-REB-Nusra Front", "SYR-REB-Ahrar al-Sham"


def test_armed_groups_of_one_state_are_parties_by_their_names_where_an_archive_names_several() -> None:
    found = together(reports((31, "the Nusra Front"), (58, "Ahrar al-Sham")))
    assert {party: [v.split()[0] for v in values] for party, values in killed(found).items()} == {
        NUSRA: ["31"],
        AHRAR: ["58"],
    }
    (dispute,) = found.disputes
    assert dispute_from_record(dispute_record(dispute)) == dispute
    assert {(p["party"], p["name"]) for p in dispute_record(dispute)["positions"]} == {
        ("SYR-REB", "Nusra Front"),
        ("SYR-REB", "Ahrar al-Sham"),
    }
    assert "Nusra Front says 31" in dispute.title


def test_where_only_one_is_named_it_is_the_rebels() -> None:
    found = together(reports((31, "the Nusra Front"), (58, "rebels")))
    assert set(killed(found)) == {"SYR-REB"}


def test_a_group_that_another_accuses_did_it() -> None:
    """What the FDLR said of the M23 was an accusation of oneself, both being rebels of one state."""
    text = (
        "GOMA - Twelve people were killed in Sake on Friday. The FDLR said M23 fighters had shelled the market. "
        "The M23 denied that it had shelled the market and accused the FDLR of the shelling."
    )
    found = together([document(text, "a", FIRST)])
    assert {"COD-REB-M23", "COD-REB-Democratic Forces for the Liberation of Rwanda"} <= {
        account.party for account in found.accounts
    }


def test_pages_call_each_group_by_its_name(tmp_path: Path) -> None:
    with standoff.open_store(tmp_path / "a.db") as store:
        for one in reports((31, "the Nusra Front"), (58, "Ahrar al-Sham")):
            store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        (incident,) = (i.id for i in store.reconciliation().incidents if len(i.claims) > 1)
        with TestClient(create_app(store), base_url=OURS) as client:
            links = set()
            for address in ("/", "/incidents", f"/incidents/{incident}", "/disputes?party=SYR-REB", "/told"):
                page = client.get(address).text
                assert "REB" not in re.sub(r"<[^>]*>", " ", page), address
                links |= set(re.findall(r'href="(/parties/SYR-REB-[^"]*)"', page))
            assert len(links) == 2
            for link in links:
                assert 'What it says <small class="dim">1</small>' in client.get(link).text, link
