"""What was not kept is told, a text without a day says so once, and two figures in a table of ours are no range."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import inputs
from standoff import cli
from standoff.export import csv, xlsx

WORDS = "Mali's army said on Monday that its drones had killed 14 rebels near Kidal."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANDOFF_FETCH_LOG", "")
    return tmp_path


def run(*args: str) -> str:
    result = CliRunner().invoke(cli.app, list(args))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_was_not_kept_is_told_and_kept_with_the_report(folder: Path) -> None:
    head = "From: Desk <a@example.org>\nTo: b@example.org\nSubject: Kidal\nDate: Tue, 10 Mar 2026 11:00:00 +0000\nMIME-Version: 1.0\n"
    picture = "--B\nContent-Type: image/jpeg\nContent-Disposition: attachment; filename={}.jpg\nContent-Transfer-Encoding: base64\n\n/9j/\n"
    body = f"--B\nContent-Type: text/plain\n\n{WORDS}\n{picture.format('a')}{picture.format('b')}--B--\n"
    (folder / "m.eml").write_text(f'{head}Content-Type: multipart/mixed; boundary="B"\n\n{body}')
    assert "  not kept: 2 attachments left out: a.jpg, b.jpg\n" in run("add", "m.eml")
    (document,) = json.loads(run("documents", "--json"))["documents"]
    assert document["provenance"]["left"] == ["2 attachments left out: a.jpg, b.jpg"]


def test_reports_without_a_day_are_told_once(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"{WORDS} Told by {name}.")
    (folder / "2026-03-10.txt").write_text(f"{WORDS} Told by another.")
    told = run("add", "a.txt", "b.txt", "2026-03-10.txt")
    assert told.count("2 reports name no day of publication") == 1
    days = {d["id"]: d["published"] for d in json.loads(run("documents", "--json"))["documents"]}
    assert days == {"a": None, "b": None, "2026-03-10": "2026-03-10"}


@pytest.mark.parametrize("name", ["report_files", "report-Dateien", "report.files", "report_fichiers"])
def test_what_a_browser_saved_with_a_page_is_no_report(folder: Path, name: str) -> None:
    saved = folder / "saved"
    (saved / name).mkdir(parents=True)
    (saved / "report.html").write_bytes(inputs.page())
    (saved / name / "frame.html").write_bytes(inputs.page(title="An advertisement"))
    (saved / name / "a.css").write_text("p { color: red }")
    assert run("add", "saved").splitlines()[-2].startswith("added 1")


def count(low: int | None, high: int | None, **more: object) -> dict[str, object]:
    return {"kind": "killed", "low": low, "high": high, "best": low, "unit": "people", "text": "x", **more}


FIGURES = [
    ([count(40, 40), count(121, 121)], "40; 121", "exact; exact"),
    ([count(40, 50)], 40, "between"),
    ([count(40, None)], 40, "at least"),
    ([count(None, 40)], "", "up to"),
    ([count(40, 40, bound="more than"), count(None, None)], "40; ", "more than; "),
    ([], "", ""),
]


@pytest.mark.parametrize(("counts", "low", "bound"), FIGURES, ids=range(len(FIGURES)))
def test_two_figures_never_look_like_a_range(counts: list[object], low: object, bound: str) -> None:
    assert csv.cells({"counts": counts}, ["counts.low", "counts.bound"]) == [low, bound]


def test_places_in_a_text_are_still_ranges() -> None:
    assert csv.cells({"cue": [3, 9], "content": [[1, 2], [4, 7]]}, ["cue", "content"]) == ["3-9", "1-2; 4-7"]


def test_formulas_stay_text_in_both_tables() -> None:
    record = {"id": "=1+1", "counts": [count(40, 40), count(121, 121)]}
    out = io.StringIO()
    csv.write([record], "claims", out, ["id", "counts.low"])
    assert out.getvalue().splitlines()[1] == "'=1+1,40; 121"
    from openpyxl import load_workbook

    book = io.BytesIO()
    xlsx.write([record], "claims", book, ["id", "counts.low"])
    row = [cell.value for cell in list(load_workbook(io.BytesIO(book.getvalue())).active.rows)[1]]
    assert row == ["=1+1", "40; 121"]
