"""Recorded answers of a capable model to the real prompt: what grounding and tables make of them, against the gold."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import recorded
from endpoint import endpoint
from standoff.evaluate import claims, measure
from standoff.evaluate.report import Report
from standoff.readers import both, prompt
from standoff.readers.choice import choose
from standoff.settings import Settings


@pytest.fixture(scope="module")
def scored() -> Iterator[Report]:
    with endpoint(recorded.play()) as found:
        held = {"m": {"address": found.address, "model": recorded.SAID["model"]}}
        settings = Settings(reader="m", readers=held, answers="", fetch_log="")  # type: ignore[arg-type]
        yield measure(recorded.REPORTS, readers=choose(settings))


def test_the_answers_are_to_the_prompt_that_is_asked_and_name_who_gave_them() -> None:
    assert recorded.SAID["prompt"] == prompt.version()
    assert recorded.SAID["model"] == "Claude (Anthropic), answered 2026-11-27"
    assert len(recorded.held()) >= 20


def test_the_reports_are_in_seven_languages() -> None:
    languages = {
        json.loads(path.read_text(encoding="utf-8")).get("language", "en")
        for path in recorded.REPORTS.rglob("gold.json")
    }
    assert languages == {"en", "es", "fr", "ru", "ar", "hi", "ur"}


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("events_f1", 0.99), ("strict_f1", 0.97), ("counts_f1", 0.98), ("disputes_f1", 0.5), ("grounded", 0.995)],
)
def test_grounding_and_tables_keep_what_a_good_answer_holds(scored: Report, figure: str, floor: float) -> None:
    assert scored.figures[figure] >= floor, scored.misses


def test_the_table_sets_it_beside_our_own_reader_with_what_was_dropped_and_taken(scored: Report) -> None:
    by_name = {table.title: table for table in scored.tables}
    rows = {row[0]: row for row in by_name["Claims by each reader"].rows}
    assert float(rows["strict, m"][3]) > float(rows["strict, standoff"][3]) > 0.3
    answered = dict(by_name[f"What {recorded.SAID['model']} answered"].rows)
    assert int(answered["values it gave"]) > 1500
    assert int(answered["tokens in, a report"].replace(",", "")) > 1000
    assert answered["reports that failed"] == "0"
    assert "Values not taken" in by_name


def test_where_two_readers_agree_a_claim_is_surer_and_rightly_so() -> None:
    """A third of the reports is enough to see it; docs/accuracy.md has all."""
    golds = [gold for gold in claims.load(recorded.REPORTS) if gold.document.id in AGREEING]
    with endpoint(recorded.play()) as found:
        held = {"m": {"address": found.address, "model": recorded.SAID["model"]}}
        readers = choose(Settings(reader="both:m", readers=held, answers="", fetch_log=""))  # type: ignore[arg-type]
        told: dict[str, list[tuple[bool, float]]] = {}
        for gold in golds:
            read = readers.read(gold.document)
            right = claims.right(gold, read.claims)
            pairs = both.pairs(*(one.claims for one in read.readings))
            for pair, claim in zip(pairs, read.claims, strict=True):
                if claim.id in right:
                    told.setdefault(pair.told, []).append((right[claim.id], claim.confidence))
    share = {name: sum(ok for ok, _ in each) / len(each) for name, each in told.items()}
    sure = {name: sum(confidence for _, confidence in each) / len(each) for name, each in told.items()}
    assert share["both alike"] >= 0.95 > share["standoff alone"]
    assert sure["both alike"] > sure["both, with other values"] > sure["standoff alone"]


AGREEING = {"market-blast", "jet-down", "depot-raid", "border-clash", "coup-capital", "protest-lima"}
