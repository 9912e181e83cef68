"""Accuracy never falls: figures on the corpora against the floors pinned in the package.

The corpora are not part of the repository. They are looked for under $STANDOFF_CORPORA, or beside the checkout in
``../shared``; a test whose corpus is absent, or not the one that the floors were measured on, is skipped and says so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from standoff import evaluate
from standoff.evaluate import floors
from standoff.evaluate.report import Report

ROOT = Path(os.environ.get("STANDOFF_CORPORA") or Path(__file__).parents[2] / "shared")
CORPORA = {
    "gold": None,
    "data/polnear/dev": None,
    "data/plv/PLV_train.tsv": None,
    "data/plover/gold_standard_records.json.txt": None,
    "data/gva": 150,
}


@pytest.fixture(scope="module", params=CORPORA)
def report(request: pytest.FixtureRequest) -> Report:
    path, limit = ROOT / request.param, CORPORA[request.param]
    if not path.exists():
        pytest.skip(f"FLOORS NOT CHECKED: no corpus at {path}; set STANDOFF_CORPORA to the folder that holds it")
    if floors.pinned(floors.fingerprint(path), limit) is None:
        pytest.skip(f"FLOORS NOT CHECKED: {path} is not the corpus that the floors in {floors.FILE.name} are for")
    return evaluate.measure(path, limit=limit)


def test_no_figure_falls_under_its_floor(report: Report) -> None:
    assert floors.check(report) == []


@pytest.mark.parametrize("pin", floors.pins(), ids=lambda pin: f"{pin.name}:{pin.limit or 'all'}")
def test_floors_are_shares(pin: floors.Pin) -> None:
    assert len(pin.fingerprint) == 64
    assert pin.floors
    assert all(0 <= floor <= 1 for floor in pin.floors.values())
