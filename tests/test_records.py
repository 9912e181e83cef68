"""The JSON records: what is written comes back as it was, and what cannot be read is named by line and field."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import document
from standoff import ontology, records
from standoff.errors import InputError
from standoff.model import (
    Account,
    AuxMode,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    Document,
    Incident,
    Link,
    Mention,
    Party,
    Position,
    Reconciliation,
    Source,
    Span,
    Stance,
    Statement,
    Trigger,
    When,
    Where,
)

TEXT = (
    "Pakistan said on Wednesday that its army had shot down at least two Indian drones near Lahore, "
    "according to Reuters."
)
REPORT = replace(
    document(TEXT, "report", date(2025, 5, 8), "Example News"), title="Drones", url="https://example.org/1"
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


CLAIM = Claim(
    id="c1",
    doc="report",
    event="ASSAULT",
    trigger=Trigger("shot down", at("shot down")),
    span=at("its army had shot down at least two Indian drones near Lahore"),
    text="its army had shot down at least two Indian drones near Lahore",
    modes=("aerial",),
    contexts=("military",),
    actors=(Mention(Party("PAK", ("MIL",), "Pakistan Army"), "its army", at("its army")),),
    recipients=(Mention(Party("IND", (), "India"), "Indian", at("Indian")),),
    sources=(
        Source(
            Mention(Party("MNC", ("JRN",), "Reuters"), "Reuters", at("Reuters")), "according to", at("according to")
        ),
        Source(Mention(Party("PAK", ("GOV",), "Pakistan"), "Pakistan", at("Pakistan")), "said", at("said")),
        Source(Mention(Party("UNK"), "its", at("its"))),
    ),
    aux=(AuxMode.HISTORICAL, AuxMode.ATTEMPTED),
    counts=(Count(CountKind.DESTROYED, 2, None, None, "drones", "at least two", at("at least two")),),
    when=When(date(2025, 5, 7), date(2025, 5, 7), "Wednesday", at("Wednesday")),
    where=Where("Lahore", "Lahore", at("Lahore"), "PAK", 31.558, 74.35071, 1172451, "city"),
    confidence=0.85,
    targets=("drones",),
)

DISPUTE = Dispute(
    "d1",
    ("report", "other"),
    DisputeKind.COUNT,
    (Position("PAK", ("c1", "c2"), "2 drones"), Position("IND", ("c3",), "none")),
    "i1",
    "figures apart",
)

# -- anything that a model object can hold ---------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
names = texts.filter(bool)
whole = st.integers(0, records.LARGEST)
spans = st.tuples(whole, whole).map(lambda ends: Span(min(ends), max(ends)))
words = st.lists(texts, max_size=3).map(tuple)
parties = st.builds(Party, code=names, sectors=words, name=texts)
mentions = st.builds(Mention, party=parties, text=texts, span=spans)
sources = st.builds(Source, mention=mentions, cue=texts, cue_span=st.none() | spans)
figures = st.tuples(st.none() | whole, st.none() | whole).map(
    lambda pair: tuple(sorted(pair)) if None not in pair else pair  # type: ignore[type-var]
)
counts = st.builds(
    lambda kind, pair, best, unit, text, span: Count(kind, *pair, best, unit, text, span),
    st.sampled_from(CountKind),
    figures,
    st.none() | whole,
    texts,
    texts,
    spans,
)
whens = st.builds(When, start=st.none() | st.dates(), end=st.none() | st.dates(), text=texts, span=spans)
places = st.builds(
    Where,
    name=texts,
    text=texts,
    span=spans,
    country=st.none() | texts,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    geonames_id=st.none() | whole,
    precision=texts,
)


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


claims = st.builds(
    Claim,
    id=names,
    doc=names,
    event=st.sampled_from(sorted(ontology.event_types())),
    trigger=st.builds(Trigger, text=texts, span=spans),
    span=spans,
    text=texts,
    modes=words,
    contexts=words,
    actors=several(mentions),
    recipients=several(mentions),
    sources=several(sources),
    aux=several(st.sampled_from(AuxMode)),
    counts=several(counts),
    when=st.none() | whens,
    where=st.none() | places,
    confidence=st.floats(0, 1),
    targets=words,
)
disputes = st.builds(
    Dispute,
    id=names,
    docs=words,
    kind=st.sampled_from(DisputeKind),
    positions=several(st.builds(Position, party=names, claims=words, value=texts)),
    incident=st.none() | texts,
    reason=texts,
)
incidents = st.builds(Incident, id=names, links=several(st.builds(Link, claim=names, reason=texts, version=texts)))
accounts = st.builds(Account, incident=names, party=names, claims=words, counts=several(counts))
reconciliations = st.builds(
    Reconciliation, incidents=several(incidents), accounts=several(accounts), disputes=several(disputes)
)


# -- there and back --------------------------------------------------------------------------------------------------


@given(claims)
def test_a_claim_comes_back_as_it_was(claim: Claim) -> None:
    line = records.dumps(records.claim_record(claim))
    assert records.claim_from_record(records.loads(line)) == claim
    assert records.dumps(records.claim_record(claim)) == line


@given(disputes, reconciliations)
def test_disputes_and_reconciliations_come_back_as_they_were(dispute: Dispute, all_of_it: Reconciliation) -> None:
    line = records.dumps(records.dispute_record(dispute))
    assert records.dispute_from_record(records.loads(line)) == dispute
    line = records.dumps(records.reconciliation_record(all_of_it))
    assert records.reconciliation_from_record(records.loads(line)) == all_of_it


@given(st.lists(claims, max_size=3))
def test_one_record_is_one_line_to_every_reader(several_claims: list[Claim]) -> None:
    """Unicode has more line ends than JSON escapes; a reader may split at any of them."""
    text = "".join(records.dumps(records.claim_record(claim)) + "\n" for claim in several_claims)
    assert text == text.encode().decode()
    assert list(records.read_claims(text.splitlines(), "claims.jsonl")) == several_claims


def test_a_claim_of_the_pipeline_comes_back_as_it_was(code: Callable[..., tuple[Claim, ...]]) -> None:
    found = code(TEXT, date(2025, 5, 8))
    assert found
    for claim in found:
        assert records.claim_from_record(records.loads(records.dumps(records.claim_record(claim)))) == claim


# -- the form --------------------------------------------------------------------------------------------------------


def test_fields_stand_in_the_order_of_the_claim_record() -> None:
    record = records.claim_record(CLAIM)
    assert list(record) == [
        *("id", "doc", "event", "mode", "context", "actor", "recipient", "sources", "aux", "counts"),
        *("date", "enddate", "date_text", "date_span", "event_loc", "start", "end", "trigger", "event_text"),
        *("confidence", "event_scale", "quad_code", "targets", "schema_version"),
    ]
    assert record["actor"] == [
        {"code": "PAK", "sector": ["MIL"], "name": "Pakistan Army", "entity_text": "its army", "start": 32, "end": 40}
    ]
    assert record["sources"][1]["cue"] == "said"
    assert record["aux"] == ["historical", "attempted"]
    assert (record["date"], record["date_text"]) == ("2025-05-07", "Wednesday")
    assert record["counts"][0]["high"] is None


def test_every_value_of_a_record_traces_to_the_text() -> None:
    record = records.claim_record(CLAIM)
    assert TEXT[record["start"] : record["end"]] == record["event_text"]
    for item in (*record["actor"], *record["recipient"], *record["sources"]):
        assert TEXT[item["start"] : item["end"]] == item["entity_text"]
    for item in (*record["counts"], record["event_loc"], record["trigger"]):
        assert TEXT[item["start"] : item["end"]] == item["text"]
    for source in record["sources"][:2]:
        assert TEXT[slice(*source["cue_span"])] == source["cue"]
    assert TEXT[slice(*record["date_span"])] == record["date_text"]


def test_with_its_document_a_record_says_where_it_comes_from() -> None:
    record = records.claim_record(CLAIM, REPORT)
    assert record["document"] == {
        "title": "Drones",
        "outlet": "Example News",
        "url": "https://example.org/1",
        "published": "2025-05-08",
        "sha256": REPORT.sha256,
    }
    assert records.claim_from_record(record) == CLAIM


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (replace(REPORT, id="another"), "is of document report, not another"),
        (replace(REPORT, text=f" {TEXT}"), "its words do not stand at 32-93 of document report"),
    ],
)
def test_a_claim_is_not_written_with_a_document_that_it_does_not_quote(other: Document, says: str) -> None:
    with pytest.raises(InputError, match=says):
        records.claim_record(CLAIM, other)


@pytest.mark.parametrize("source_span", [at("Pakistan"), None])
def test_a_statement_is_written_as_spans_and_words(source_span: Span | None) -> None:
    statement = Statement(CLAIM.sources[1:2], "said", at("said"), (CLAIM.span,), Stance.CLAIM, False, source_span)
    record = records.statement_record(statement, REPORT)
    assert record["doc"] == "report"
    assert (record["source"], record["source_text"]) == ([0, 8], "Pakistan")
    assert (record["cue"], record["cue_text"]) == ([9, 13], "said")
    assert (record["content"], record["content_text"]) == ([[32, 93]], [CLAIM.text])
    assert record["stance"] == "claim"


def test_a_statement_without_a_source_has_none() -> None:
    record = records.statement_record(Statement((), "reportedly", Span(0, 10), (CLAIM.span,)), REPORT)
    assert record["source"] is None
    assert record["source_text"] is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud83d", {1}])
def test_what_is_no_json_is_not_written(value: object) -> None:
    with pytest.raises(InputError, match="record c1: cannot be written as JSON"):
        records.dumps({"id": "c1", "value": value})


# -- records of other programs ---------------------------------------------------------------------------------------


def plain() -> dict[str, Any]:
    """A record with the fields of the claim record and no more."""
    record = records.claim_record(CLAIM)
    for name in ("date_span", "targets", "event_scale", "quad_code", "schema_version"):
        del record[name]
    for name in ("start", "end"):
        del record["counts"][0][name], record["event_loc"][name]
    for source in record["sources"]:
        del source["cue_span"]
    return record


def test_a_plain_record_finds_its_spans_by_their_words_in_the_clause() -> None:
    claim = records.claim_from_record(plain())
    assert claim.counts[0].span == at("at least two")
    assert claim.where is not None
    assert claim.where.span == at("Lahore")
    assert claim.when is not None
    assert claim.when.span == CLAIM.span, "its words stand outside the clause, which then stands for them"


def test_only_the_bones_of_a_claim_are_wanted() -> None:
    bones = {name: plain()[name] for name in ("id", "doc", "event", "start", "end", "trigger", "event_text")}
    claim = records.claim_from_record(bones)
    assert (claim.actors, claim.counts, claim.when, claim.where) == ((), (), None, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.pop("id"), "id: text is wanted, not missing"),
        (lambda r: r.update(id=""), "id: text that is not empty is wanted, not ''"),
        (lambda r: r.update(event=None), "event: text is wanted, not null"),
        (lambda r: r.update(event="BOMB"), "event: one of PLOVER's event types is wanted, not 'BOMB'"),
        (lambda r: r.update(mode="aerial"), "mode: a list of texts is wanted, not 'aerial'"),
        (lambda r: r.update(actor={}), "actor: a list is wanted, not {}"),
        (lambda r: r.update(actor=["PAK"]), r"actor\[0\]: an object is wanted, not 'PAK'"),
        (lambda r: r["sources"][1].pop("code"), r"sources\[1\].code: text is wanted, not missing"),
        (lambda r: r["sources"][0].update(cue_span=[5]), r"sources\[0\].cue_span: two offsets"),
        (lambda r: r["sources"][0].update(cue_span=[5, 2]), r"sources\[0\].cue_span: two offsets"),
        (lambda r: r.update(aux=["perhaps"]), "aux: one of negation, historical, .* is wanted"),
        (lambda r: r["counts"][0].update(kind="slain"), r"counts\[0\].kind: one of killed, .* is wanted, not 'slain'"),
        (lambda r: r["counts"][0].update(low="2"), r"counts\[0\].low: a whole number, 0 or more, is wanted, not '2'"),
        (lambda r: r["counts"][0].update(low=True), r"counts\[0\].low: a whole number"),
        (lambda r: r["counts"][0].update(low=2**60), r"counts\[0\].low: a whole number"),
        (lambda r: r["counts"][0].update(high=1), r"counts\[0\].high: a number not below low \(2\) is wanted, not 1"),
        (
            lambda r: r["counts"][0].update(start=3),
            r"counts\[0\].end: a whole number, 0 or more, is wanted, not missing",
        ),
        (lambda r: r.update(date="7 May 2025"), "date: a date such as 2025-05-08 is wanted, not '7 May 2025'"),
        (lambda r: r.update(enddate="2025-05-32"), "enddate: a date"),
        (lambda r: r["event_loc"].update(lat=91), "event_loc.lat: a number from -90 to 90 is wanted, not 91"),
        (lambda r: r["event_loc"].update(lon=float("nan")), "event_loc.lon: a number"),
        (lambda r: r.update(event_loc="Lahore"), "event_loc: an object is wanted, not 'Lahore'"),
        (lambda r: r.update(start=-1), "start: a whole number"),
        (lambda r: r.update(start=10, end=4), r"end: an offset not before start \(10\) is wanted, not 4"),
        (lambda r: r.pop("trigger"), "trigger: an object is wanted, not missing"),
        (lambda r: r.update(confidence=1.5), "confidence: a number from 0 to 1 is wanted, not 1.5"),
        (lambda r: r.update(schema_version="2.0"), "schema_version: 2.0 is not one that this version reads"),
    ],
)
def test_a_malformed_claim_is_named_by_line_and_field(change: Callable[[dict[str, Any]], object], says: str) -> None:
    record = plain()
    change(record)
    with pytest.raises(InputError, match=f"^claims.jsonl line 3: {says}"):
        records.claim_from_record(record, "claims.jsonl line 3")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "column 2: not JSON"),
        ("[]", r"the record: an object is wanted, not \[\]"),
        ('"c1"', "the record: an object is wanted, not 'c1'"),
        ('{"confidence": NaN}', "not JSON: NaN is no number"),
        ('{"low": ' + "9" * 5000 + "}", "not JSON: "),
        ("[" * 100_000, "nested too deep|not JSON"),
        ('{"id": "' + "a" * records.LINE_LIMIT + '"}', "longer than 10,000,000 characters"),
    ],
    ids=["torn", "list", "text", "nan", "digits", "deep", "long"],
)
def test_a_line_that_is_no_record_is_named(line: str, says: str) -> None:
    good = records.dumps(records.claim_record(CLAIM))
    reading = records.read_claims([f"\ufeff{good}\n", "\n", line], "claims.jsonl")
    assert next(reading) == CLAIM
    with pytest.raises(InputError, match=f"^claims.jsonl line 3: ({says})"):
        next(reading)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "colour"}, "kind: one of count, responsibility, .* is wanted, not 'colour'"),
        ({"positions": [{"party": "PAK", "claims": "c1", "value": ""}]}, r"positions\[0\].claims: a list of texts"),
        ({"positions": [{"claims": ["c1"], "value": ""}]}, r"positions\[0\].party: text is wanted, not missing"),
        ({"docs": [1]}, r"docs: a list of texts is wanted, not \[1\]"),
    ],
)
def test_a_malformed_dispute_is_named_by_line_and_field(change: dict[str, Any], says: str) -> None:
    line = json.dumps({**records.dispute_record(DISPUTE), **change})
    with pytest.raises(InputError, match=f"^disputes.jsonl line 1: {says}"):
        list(records.read_disputes([line], "disputes.jsonl"))
