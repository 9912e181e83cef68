"""Incidents on the command line: accounts side by side, links by hand that outlive reruns, figures by a named rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from standoff import cli

KYIV = (
    "Ukraine's interior ministry said a Russian airstrike killed 40 civilians in Kharkiv on Monday. "
    "Ukraine accused Russia of a war crime.\n"
)
MOSCOW = (
    "Russia's defence ministry said on Tuesday that its airstrike killed 8 civilians in Kharkiv on Monday. "
    "Russia denied the accusation.\n"
)
LATER = "Ukraine's interior ministry said a Russian airstrike killed 8 civilians in Kharkiv on Monday 6 May 2024.\n"


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.app, list(args))


def listed(*args: str, kind: str = "incidents") -> list[dict[str, object]]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)[kind]
    return found


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANDOFF_STORE", "crisis.db")
    for name, text, day in (("kyiv", KYIV, "2024-05-06"), ("moscow", MOSCOW, "2024-05-07")):
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
        assert run("add", f"{name}.txt", "--published", day).exit_code == 0


def strike() -> dict[str, object]:
    (found,) = [i for i in listed("incidents") if i["event"] == "ASSAULT"]
    return found


def test_an_incident_holds_both_tellings_and_its_figures_by_a_rule() -> None:
    found = strike()
    assert found["docs"] == ["kyiv", "moscow"]
    assert found["event_loc"] == "Kharkiv"
    (figure,) = found["figures"]  # type: ignore[misc]
    assert (figure["kind"], figure["low"], figure["best"], figure["high"], figure["policy"]) == (
        "killed", 8, 8, 40, "ucdp",
    )  # fmt: skip
    assert (found["grade"], found["grade_reason"]) == ("confirmed", "RUS accepts it")


def test_accounts_stand_side_by_side() -> None:
    page = run("incident", str(strike()["id"])[:6]).stdout
    assert "Ukraine" in page
    assert "killed: 40 civilians" in page
    assert "killed: 8 civilians" in page
    assert "told by both sides" in page


def test_a_policy_is_named_with_the_figure() -> None:
    (most,) = [i for i in listed("policy", "maximum") if i["event"] == "ASSAULT"]
    assert [(f["best"], f["policy"]) for f in most["figures"]] == [(40, "maximum")]  # type: ignore[attr-defined]
    assert run("policy", "guess").stderr.startswith("standoff: guess: is no policy; ")
    assert "airwars" in run("policy").stdout


def test_what_is_cut_by_hand_stays_cut() -> None:
    claims = strike()["links"]
    deeds = [link["claim"] for link in claims if "accusation" not in link["reason"]]  # type: ignore[attr-defined]
    moscow = next(c["id"] for c in listed("claims", "--doc", "moscow", kind="claims") if c["event"] == "ASSAULT")
    assert moscow in deeds
    assert run("unlink", str(moscow), "--why", "two strikes").exit_code == 0
    assert all(moscow not in [k["claim"] for k in i["links"]] for i in listed("incidents"))  # type: ignore[attr-defined]
    Path("later.txt").write_text(LATER, encoding="utf-8")
    assert run("add", "later.txt", "--published", "2024-05-08").exit_code == 0
    first = next(c["id"] for c in listed("claims", "--doc", "kyiv", kind="claims") if c["event"] == "ASSAULT")
    for incident in listed("incidents"):
        assert not {moscow, first} <= {k["claim"] for k in incident["links"]}  # type: ignore[attr-defined]
    assert run("link", str(first), str(moscow), "--why", "the same after all").exit_code == 0
    (joined,) = [i for i in listed("incidents") if first in [k["claim"] for k in i["links"]]]  # type: ignore[attr-defined]
    assert "by hand: the same after all" in [k["reason"] for k in joined["links"]]  # type: ignore[attr-defined]


def test_disputes_are_filtered() -> None:
    everything = listed("disputes", kind="disputes")
    counts = listed("disputes", "--kind", "count", kind="disputes")
    assert [d["kind"] for d in counts] == ["count"]
    assert len(everything) > len(counts)
    assert 0.5 <= counts[0]["likely"] <= 1.0  # type: ignore[operator]
    assert counts[0]["severity"] == pytest.approx(0.8 * 2 / 3 * counts[0]["likely"], abs=0.02)  # type: ignore[operator]
    assert listed("disputes", "--party", "FRA", kind="disputes") == []
    assert listed("disputes", "--since", "2024-05-08", kind="disputes") == []
    assert run("disputes", "--kind", "colour").exit_code == 2


def test_a_dispute_that_a_later_report_settles_is_kept_as_settled() -> None:
    Path("later.txt").write_text(LATER, encoding="utf-8")
    assert run("add", "later.txt", "--published", "2024-05-08").exit_code == 0
    assert listed("disputes", "--kind", "count", kind="disputes") == []
    (settled,) = listed("disputes", "--kind", "count", "--state", "settled", kind="disputes")
    # A turn of a figure is the number: what is counted stands in the question ("How many Ukrainian people were killed?").
    history = [(turn["party"], turn["value"], turn["reported"]) for turn in settled["history"]]  # type: ignore[attr-defined]
    assert history == [
        ("UKR", "40", "2024-05-06"),
        ("RUS", "8", "2024-05-07"),
        ("UKR", "8", "2024-05-08"),
    ]


def test_the_record_of_a_party_counts_and_does_not_judge() -> None:
    (ukraine,) = [p for p in listed("parties", kind="parties") if p["party"] == "UKR"]
    assert ukraine["claims"] == ukraine["denied"] + ukraine["confirmed"] + ukraine["open"]  # type: ignore[operator]
    assert run("parties").stdout.startswith("party")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        # No id holds an x, while "i0" is how one in sixteen begins, and the beginning of an id names it.
        (("incident", "ix"), "standoff: incident 'ix': not in crisis.db; standoff incidents prints them\n"),
        (("link", "c1", "c2"), "standoff: claim c1: not in crisis.db; standoff claims prints the ids\n"),
        (("link", "c1", "c1"), "standoff: claim c1: given twice; name two claims\n"),
        (
            ("unlink", "c1"),
            "standoff: claim 'c1': is linked with no other; standoff incidents --json prints the links\n",
        ),
    ],
)
def test_a_wrong_name_is_one_line(args: tuple[str, ...], says: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stderr) == (1, says)
