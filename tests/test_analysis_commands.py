"""``standoff series``, ``report`` and ``alerts``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inputs import ALERTS
from standoff import cli
from standoff.analysis import deeds
from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD

DYAD = ("RUS", "UKR")
THERE, BACK, _ = deeds.directions(DYAD)


@pytest.fixture
def path(crisis: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crisis.db").write_bytes(crisis.read_bytes())
    return "crisis.db"


def run(*args: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(cli.app, list(args))
    return result.exit_code, result.stdout_bytes, result.stderr


def test_series_are_printed_by_account_and_direction(path: str) -> None:
    code, out, _ = run("series", "Russia", "UKR", "--by", "both", "--csv", "--store", path)
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out.decode())))
    assert len(rows) == 3 * 5 * 3
    assert {row["account"] for row in rows} == {*DYAD, THIRD, OUTLETS, ALL}
    assert {row["direction"] for row in rows} == {THERE, BACK, BETWEEN}
    injured = {
        row["account"]: row["injured_best"] for row in rows if row["direction"] == THERE and row["injured_high"] != "0"
    }
    assert (injured["RUS"], injured["UKR"]) == ("3", "6")
    code, out, _ = run("series", "Russia", "UKR", "--store", path)
    assert [json.loads(line)["account"] for line in out.splitlines()] == [ALL] * 3
    code, out, _ = run("series", "RUS", "UKR", "--table", "--store", path)
    assert b"2018-11-26" in out


@pytest.mark.parametrize(("form", "head"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("html", b"<!doctype html>")])
def test_series_are_drawn(path: str, form: str, head: bytes) -> None:
    code, out, _ = run("series", "RUS", "UKR", f"--{form}", "--store", path)
    assert (code, out[: len(head)]) == (0, head)
    code, nothing, _ = run("series", "RUS", "UKR", f"--{form}", "--store", path, "--out", f"drawn.{form}")
    assert (code, nothing, Path(f"drawn.{form}").read_bytes()) == (0, b"", out)


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("series", "RUS", "Narnia"), "nobody in this store is called that"),
        (("series", "RUS", "RUS"), "are one party"),
        (("series", "RUS", "UKR", "--since", "2030-01-01"), "nothing is told between them"),
        (("series", "RUS", "UKR", "--step", "hour"), "--step is one of day, week, month"),
        (("series", "RUS", "UKR", "--policy", "mine"), "is no policy"),
        (("series", "RUS", "UKR", "--png", "--csv"), "ask for one form"),
        (("report", "--party", "Narnia"), "nobody in this store is called that"),
        (("report", "--since", "2030-01-01"), "nothing was published"),
        (("report", "--pdf", "--json"), "ask for one form"),
        (("report", "--out", "no/such/folder/r.md"), "no/such/folder"),
        (("alerts", "--alerts", "none.toml"), "none.toml"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(path: str, args: tuple[str, ...], why: str) -> None:
    code, out, said = run(*args, "--store", path)
    assert code in (1, 2)
    assert out == b""
    assert why in " ".join(said.replace("│", " ").split())


def test_a_report_is_written_in_each_form(path: str) -> None:
    code, out, _ = run("report", "--store", path, "--out", "r.md")
    assert code == 0
    text = Path("r.md").read_text(encoding="utf-8")
    assert text.startswith("# Situation report on the crisis, 26 to 29 November 2018")
    assert "![" in text
    assert Path("r-1.svg").read_bytes().startswith(b"<?xml")
    for form, head in (("pdf", b"%PDF"), ("html", b"<!doctype"), ("json", b"{")):
        code, out, _ = run("report", f"--{form}", "--store", path)
        assert (code, out[: len(head)]) == (0, head)
    found = json.loads(out)
    assert found["policy"] == "ucdp"
    claims = {note["claim"] for note in found["notes"]}
    assert all(set(one["cites"]) <= claims for section in found["sections"] for one in section["sentences"])


def test_alerts_are_printed_and_remembered(path: str, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(ALERTS, encoding="utf-8")
    code, out, said = run("alerts", "--alerts", "rules.toml", "--store", path)
    assert code == 0
    assert "3 new of 3" in said
    assert {json.loads(line)["rule"] for line in out.splitlines()} == {"figures", "heat"}
    code, again, said = run("alerts", "--store", path)
    assert (again, "0 new of 3" in said) == (out, True)
    (tmp_path / "standoff.toml").write_text('alerts = "rules.toml"\n', encoding="utf-8")
    code, again, said = run("alerts", "--store", path, "--table")
    assert b"How many?" in again
