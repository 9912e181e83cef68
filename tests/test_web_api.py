"""The interface for programs: its contract with every request that a machine can think of, its pages, its tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from starlette.testclient import TestClient

from conftest import document
from standoff.model import Claim
from standoff.store import Store
from standoff.store.browse import Wanted
from standoff.web.api import in_utf16
from standoff.web.app import create_app
from standoff.web.guard import Access

OURS = "http://127.0.0.1"
TABLES = ("claims", "documents", "incidents", "disputes", "parties")


@pytest.fixture
def client(sample_store: Store) -> TestClient:
    return TestClient(create_app(sample_store), base_url=OURS)


def test_no_request_breaks_the_contract(sample_store: Store) -> None:
    app = create_app(sample_store, Access(hosts=frozenset({"testserver", "localhost", "127.0.0.1"})))
    contract = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, timeout=300)
    operations = [found.ok() for found in contract.get_all_operations()]
    assert len(operations) >= 20
    # A mark of a page, or an id, can be well formed and name nothing: such a request is refused, and may be.
    but = [checks.positive_data_acceptance]
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def holds(case: Any) -> None:
            case.call_and_validate(excluded_checks=but, timeout=300)  # its own of 10 seconds is a busy machine's

        holds()


@pytest.mark.parametrize("table", [*TABLES, "reviews", "policies", "failures", "feeds", "alerts"])
def test_pages_follow_one_another_to_the_end(client: TestClient, table: str) -> None:
    whole = client.get(f"/api/v1/{table}", params={} if table == "disputes" else {"limit": 1000}).json()
    assert whole["next"] is None
    if table == "disputes":
        assert whole["rows"]
        return
    rows, path = [], f"/api/v1/{table}?limit=2"
    while path:
        page = client.get(path).json()
        assert len(page["rows"]) <= 2
        rows += page["rows"]
        path = page["next"]
    assert rows == whole["rows"]


def test_records_are_those_of_the_store(client: TestClient, sample_store: Store) -> None:
    from standoff.records import claim_from_record, dispute_from_record

    rows = client.get("/api/v1/claims?limit=1000&order=report").json()["rows"]
    extra = {"document", "incident", "verdict"}
    held = [claim_from_record({k: v for k, v in row.items() if k not in extra}, "row") for row in rows]
    assert sorted(held, key=lambda c: c.id) == sorted(sample_store.claims(), key=lambda c: c.id)
    found = [dispute_from_record(row, "row") for row in client.get("/api/v1/disputes").json()["rows"]]
    assert sorted(d.id for d in found) == sorted(d.id for d in sample_store.disputes())
    doc = sample_store.documents()[0]
    assert client.get(f"/api/v1/documents/{doc.id}").json()["text"] == doc.text
    incident = client.get(f"/api/v1/incidents/{sample_store.incidents()[0].id}?policy=latest").json()
    assert all(figure["policy"] == "latest" for figure in incident["figures"])


def test_series_and_report_are_those_of_the_commands(client: TestClient, sample_store: Store) -> None:
    from standoff.analysis import series, study
    from standoff.analysis.report import build, record

    found = study.draw(sample_store, ("RUS", "UKR"))
    assert found is not None
    answer = client.get("/api/v1/series?a=Russia&b=UKR").json()
    assert answer["rows"] == list(series.records(found.series))
    assert [one["account"] for one in answer["tension"]] == ["RUS", "UKR", "all"]
    assert len(answer["tension"][0]["index"]) == len(found.series.begins)
    assert client.get("/api/v1/report?party=UKR").json() == record(build.draw(sample_store, party="UKR"))
    whole = list(csv.DictReader(io.StringIO(client.get("/series.csv?a=RUS&b=UKR").text)))
    assert len(whole) == len(answer["rows"])
    for form, kind in (("png", "image/png"), ("svg", "image/svg+xml")):
        assert client.get(f"/series.{form}?a=RUS&b=UKR").headers["content-type"] == kind
    for form in ("pdf", "html", "md", "json"):
        taken = client.get(f"/report.{form}")
        assert taken.status_code == 200
        assert taken.content
    for path in ("/series.gif?a=RUS&b=UKR", "/report.doc", "/report/9.png"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("table", TABLES)
def test_every_table_comes_as_csv(client: TestClient, table: str) -> None:
    answer = client.get(f"/api/v1/{table}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    paged = client.get(f"/api/v1/{table}", params={} if table == "disputes" else {"limit": 1000}).json()["rows"]
    assert len(rows) == len(paged) > 0


@pytest.mark.parametrize(
    ("path", "status", "what"),
    [
        ("/api/v1/claims/none", 404, "claim none"),
        ("/api/v1/documents/none", 404, "document none"),
        ("/api/v1/incidents/none", 404, "incident none"),
        ("/api/v1/none", 404, "/api/v1/none"),
        ("/api/v1/claims?event=WAR", 422, "event.0"),
        ("/api/v1/claims?colour=red", 422, "colour"),
        ("/api/v1/claims?limit=0", 422, "limit"),
        ("/api/v1/claims?after=x", 400, "after"),
        ("/api/v1/documents?after=x", 400, "after 'x'"),
        ("/api/v1/incidents/x?policy=mine", 400, "mine"),
        ("/api/v1/series?a=RUS", 422, "b"),
        ("/api/v1/series?a=RUS&b=Narnia", 400, "party 'Narnia'"),
        ("/api/v1/series?a=RUS&b=UKR&since=2030-01-01", 404, "series of RUS and UKR"),
        ("/api/v1/series?a=RUS&b=UKR&policy=mine", 400, "mine"),
        ("/api/v1/report?since=2030-01-01", 400, "report"),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, status: int, what: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"status", "what", "why", "mend"}
    assert (error["status"], error["what"]) == (status, what)
    assert error["why"]


def test_a_claim_is_reviewed_and_the_review_taken_back(client: TestClient, sample_store: Store) -> None:
    claim = next(one for one in sample_store.claims() if one.counts)
    path = f"/api/v1/claims/{claim.id}"
    given = {"verdict": "correct", "slot": "counts", "value": "killed 7-9 sailors", "reason": "so it says"}
    answer = client.post(f"{path}/reviews", json=given)
    assert answer.status_code == 201
    held = client.get(path).json()
    assert [(c["low"], c["high"]) for c in held["counts"]] == [(7, 9)]
    assert held["read"]["counts"] != held["counts"]
    assert [one["reason"] for one in held["reviews"]] == ["so it says"]
    assert client.post(f"/api/v1/reviews/{answer.json()['number']}/undo").status_code == 204
    assert client.get(path).json()["counts"] == held["read"]["counts"]
    wrong = client.post(f"{path}/reviews", json=given | {"value": "many"})
    assert wrong.status_code == 400
    assert client.post(f"{path}/reviews", json=given, headers={"origin": "http://evil.example"}).status_code == 403


def test_offsets_count_what_is_asked_for(
    client: TestClient, sample_store: Store, code: Callable[..., tuple[Claim, ...]]
) -> None:
    text = "💥💥 Ukraine said on Monday that Russia had shelled Odesa, killing 3 people. 💥"
    claims = code(text, date(2025, 5, 8), "boom")
    sample_store.add(document(text, "boom", date(2025, 5, 8)), claims)
    units = text.encode("utf-16-le")
    for row in client.get("/api/v1/claims?doc=boom&offset_unit=utf16").json()["rows"]:
        spans = [(row, row["event_text"]), (row["trigger"], row["trigger"]["text"])]
        spans += [(part, part["entity_text"]) for slot in ("actor", "recipient", "sources") for part in row[slot]]
        spans += [(part, part["text"]) for part in row["counts"]]
        for span, words in spans:
            assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == words
    plain = client.get("/api/v1/claims?doc=boom").json()["rows"]
    assert [text[row["start"] : row["end"]] for row in plain] == [row["event_text"] for row in plain]


@given(st.text(max_size=30), st.data())
def test_an_offset_in_units_cuts_the_same_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = in_utf16({"start": start, "end": end}, text)
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * found["start"] : 2 * found["end"]].decode("utf-16-le", "surrogatepass") == text[start:end]


def test_a_workbook_holds_numbers_and_no_formula(
    client: TestClient, sample_store: Store, code: Callable[..., tuple[Claim, ...]]
) -> None:
    text = "=HYPERLINK(1) ministry said Russia shelled Odesa on Monday, killing 3 people."
    sample_store.add(document(text, "=1+1", date(2025, 5, 8)), code(text, date(2025, 5, 8), "=1+1"))
    answer = client.get("/claims.xlsx?order=report")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [dict(zip([c.value for c in sheet[1]], row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == sample_store.browse.count(Wanted())
    (own,) = [row for row in rows if row["doc"].value == "=1+1" and row["counts_low"].value]
    assert own["doc"].data_type == "s"
    assert own["counts_low"].value == 3
    assert own["start"].data_type == "n"
    table = list(csv.DictReader(io.StringIO(client.get("/claims.csv?order=report").text)))
    assert [row["id"] for row in table] == [row["id"].value for row in rows]
