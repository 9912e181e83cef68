"""What people reviewed becomes gold that scores the next reading."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from conftest import document
from standoff import review
from standoff.cli import app
from standoff.errors import InputError
from standoff.evaluate import measure
from standoff.evaluate.claims import load
from standoff.export import gold
from standoff.model import Claim, Review, Span, Trigger, Verdict
from standoff.store import Store
from standoff.web.app import create_app

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)


def say(store: Store, claim: Claim, verdict: Verdict, slot: str | None = None, line: str = "") -> None:
    text = store.document(claim.doc)
    assert text is not None
    value = review.read(line, slot, claim, text.text) if slot else None
    store.reviews.add([Review(claim.id, claim.doc, "ana", verdict, NOW, slot, value)])


def test_what_was_accepted_is_what_the_next_reading_has_to_find(sample_store: Store, tmp_path: Path) -> None:
    for claim in sample_store.claims():
        say(sample_store, claim, Verdict.ACCEPT)
    written = gold.write(sample_store, tmp_path)
    assert len(written) == len(sample_store.documents())
    report = measure(tmp_path)
    assert report.figures["events_f1"] == 1
    assert report.figures["strict_f1"] == 1
    assert report.figures["counts_f1"] == 1


def test_what_was_rejected_must_not_be_found_again_and_what_was_corrected_differs(
    sample_store: Store, tmp_path: Path
) -> None:
    doc = sample_store.documents()[0].id
    first, second, *rest = sample_store.claims(doc)
    say(sample_store, first, Verdict.REJECT)
    say(sample_store, second, Verdict.CORRECT, "actor", "SWE")
    (path,) = gold.write(sample_store, tmp_path)
    record = json.loads(path.read_text(encoding="utf-8"))
    by_id = {one["id"]: one for one in record["claims"]}
    assert first.id not in by_id
    assert by_id[second.id]["actor"] == ["SWE"]
    assert "optional" not in by_id[second.id]
    assert all(by_id[one.id]["optional"] for one in rest)
    (again,) = load(tmp_path)
    assert again.document.text == sample_store.document(doc).text  # type: ignore[union-attr]
    assert measure(tmp_path).figures["strict_f1"] < 1


def test_what_was_taken_back_counts_for_nothing(sample_store: Store, tmp_path: Path) -> None:
    claim = sample_store.claims()[0]
    say(sample_store, claim, Verdict.REJECT)
    sample_store.reviews.undo(1, "ana", NOW)
    with pytest.raises(InputError, match="nobody has reviewed"):
        gold.write(sample_store, tmp_path)


def test_no_id_leads_out_of_the_folder(sample_store: Store, tmp_path: Path) -> None:
    for doc in ("../../evil", "a/b", "..", "a:b"):
        text = f"Russia shelled Odesa on Monday. {doc}"
        one = replace(sample_store.claims()[0], id=f"{doc}-1", doc=doc)
        start = text.index("shelled")
        one = replace(
            one, span=Span(0, 31), text=text[:31], trigger=Trigger("shelled", Span(start, start + 7)),
            actors=(), recipients=(), sources=(), counts=(), when=None, where=None, targets=(),
        )  # fmt: skip
        sample_store.add(document(text, doc), [one])
        say(sample_store, one, Verdict.ACCEPT)
    paths = gold.write(sample_store, tmp_path / "out")
    assert len(set(paths)) == 4
    assert all(path.resolve().is_relative_to((tmp_path / "out").resolve()) for path in paths)
    assert [one.name for one in (tmp_path / "out").iterdir() if not (one / "gold.json").is_file()] == []


def test_the_command_and_the_page_give_the_same(sample_store: Store, tmp_path: Path) -> None:
    say(sample_store, sample_store.claims()[0], Verdict.ACCEPT)
    client = TestClient(create_app(sample_store), base_url="http://127.0.0.1")
    assert "a reference set" in client.get("/review").text
    body = client.get("/review/gold.zip").content
    assert body == client.get("/review/gold.zip").content
    result = CliRunner().invoke(app, ["gold", str(tmp_path), "--store", sample_store.name])
    assert result.exit_code == 0
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            assert (tmp_path / name).read_bytes() == archive.read(name)
