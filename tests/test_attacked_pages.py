"""The pages under many readers, and under those who mean them harm: what is kept, what waits, and who may write what."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from conftest import document
from standoff import web
from standoff.ingest.capture import now
from standoff.model import Review, Verdict
from standoff.reconcile import versions
from standoff.store import Store
from standoff.store.browse import Browse
from standoff.store.intake import Failure
from standoff.store.people import Role
from standoff.web import drawn
from standoff.web.app import create_app
from standoff.web.drawn import Drawn
from standoff.web.refused import Refused

OURS = "http://127.0.0.1"
PASSWORD = "correct horse battery"


@pytest.fixture
def client(sample_store: Store) -> TestClient:
    return TestClient(create_app(sample_store), base_url=OURS)


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """Every call of a method of ``Browse`` from now on."""
    calls: list[object] = []
    whole: Callable[..., Any] = getattr(Browse, name)

    def call(self: Browse, *given: Any, **named: Any) -> Any:
        calls.append((given, named))
        return whole(self, *given, **named)

    monkeypatch.setattr(Browse, name, call)
    return calls


# -- answers that are kept ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "looks"),
    [
        ("/claims?event=CONSULT", "claims"),
        ("/api/v1/claims?limit=5", "claims"),
        ("/incidents", "incidents"),
        ("/reports", "reports"),
        ("/disputes", "disputes"),
        ("/parties", "parties"),
    ],
)
def test_an_answer_is_drawn_once_until_the_store_changes(
    path: str, looks: str, sample_store: Store, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(monkeypatch, looks)
    first = client.get(path)
    assert first.status_code == 200
    drawn_by = len(calls)
    assert drawn_by
    again = client.get(path)
    assert len(calls) == drawn_by
    assert (again.content, again.headers["content-type"]) == (first.content, first.headers["content-type"])
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    claim = sample_store.claims()[0]
    sample_store.reviews.add([Review(claim.id, claim.doc, "ana", Verdict.ACCEPT, now())])
    client.get(path)
    assert len(calls) > drawn_by


def test_what_is_kept_for_one_is_not_shown_to_another(sample_store: Store) -> None:
    app = create_app(sample_store)
    ana, ben = (TestClient(app, base_url=OURS, cookies={"standoff-name": name}) for name in ("ana", "ben"))
    assert "Kerch only" not in ana.get("/claims").text
    ana.post("/searches", data={"name": "Kerch only", "query": "words=Kerch"})
    assert "Kerch only" in ana.get("/claims").text
    assert "Kerch only" not in ben.get("/claims").text


def test_many_addresses_push_out_neither_names_nor_memory(sample_store: Store) -> None:
    held = Drawn(sample_store, most=20, room=10_000)
    held.get("words", lambda: "names")
    for number in range(200):
        held.get(("count", number), lambda: 1)
        held.answer(number, lambda: Response(b"x" * 900))
    assert held.get("words", lambda: "drawn again") == "names"
    assert len(held._held) <= 20
    assert sum(held._sizes.values()) <= 10_000
    assert held.answer(199, lambda: Response(b"drawn again")).body == b"x" * 900


def test_an_answer_that_leads_elsewhere_still_does(sample_store: Store) -> None:
    held = Drawn(sample_store)
    for _ in range(2):
        made = held.answer("moved", lambda: Response(b"", 301, {"location": "/incidents/new"}))
        assert (made.status_code, made.headers["location"]) == (301, "/incidents/new")


# -- what takes long ---------------------------------------------------------------------------------------------------


def test_pages_that_take_long_wait_for_each_other_and_the_rest_go_on(
    sample_store: Store, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standoff.web import over_time

    go, begun = threading.Event(), []

    def slow(*given: object, **named: object) -> None:
        begun.append(named)
        assert go.wait(60)
        raise Refused(404, "the test", "has no report")

    monkeypatch.setattr(over_time.build, "draw", slow)
    most = drawn.AT_WORK + drawn.IN_LINE
    statuses: list[int] = []
    asking = [
        threading.Thread(
            target=lambda n=n: statuses.append(client.get(f"/report.json?since=2018-11-{n:02}").status_code)
        )
        for n in range(1, most + 1)
    ]
    for one in asking:
        one.start()
    app = client.app
    assert isinstance(app, FastAPI)
    line = app.state.site.drawn._line
    until = time.monotonic() + 60
    while line._value and time.monotonic() < until:
        time.sleep(0.01)
    refused = client.get("/report.json?since=2018-12-24")
    assert (refused.status_code, "others wait" in refused.text) == (503, True)
    assert client.get("/claims").status_code == 200
    assert len(begun) <= drawn.AT_WORK
    go.set()
    for one in asking:
        one.join(60)
    assert statuses == [404] * most
    assert line._value == most


def test_the_page_that_adds_lists_the_last_failures_and_counts_the_rest(
    sample_store: Store, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        sample_store.intake.fail(Failure(f"{n}.txt", f"{n}.txt", "empty", "", now() + timedelta(minutes=n)))
    monkeypatch.setattr("standoff.web.intake.SHOWN", 2)
    shown = client.get("/add").text
    assert re.findall(r"<bdi>(\d\.txt)</bdi>", shown) == ["2.txt", "1.txt"]
    assert "The last 2 of 3" in shown


def test_adding_a_report_does_not_read_what_failed(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff import watch

    (one, *_) = sample_store.documents()
    monkeypatch.setattr(sample_store.intake, "failures", lambda: pytest.fail("read them all"))
    sample_store.intake.fail(Failure(one.id, one.id, "empty", "", now()))
    assert watch.keep(sample_store, replace(one, provenance=None)) is not None
    assert not sample_store.intake.has_failed(one.id)


def test_a_page_of_reports_reads_the_texts_of_that_page_alone(
    sample_store: Store, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "documents", None)
    ids = sample_store.ids()
    asked: list[str] = []
    path: str | None = "/api/v1/documents?limit=2"
    while path:
        page = client.get(path).json()
        assert len(page["rows"]) <= 2
        assert not any("text" in row for row in page["rows"])
        asked += [row["id"] for row in page["rows"]]
        path = page["next"]
    assert asked == ids
    assert client.get("/api/v1/documents.csv").text.count("\n") >= len(ids) + 1


def test_two_reports_of_a_few_words_over_and_over_are_shown_beside_each_other_at_once(sample_store: Store) -> None:
    for name, text in (("a", "shelled Kharkiv " * 900), ("b", "Kharkiv Kharkiv shelled " * 600)):
        sample_store.add(document(text, name), [])
    begun = time.process_time()
    page = TestClient(create_app(sample_store), base_url=OURS).get("/copies?a=a&b=b")
    assert page.status_code == 200
    assert time.process_time() - begun < 5
    assert "Kharkiv Kharkiv shelled" in page.text


def _every_second_word(number: int) -> str:
    """A text of which another number has every second word, and none of the others."""
    return " ".join(f"w{n} {number}x{n}" for n in range(8_000))


def test_reports_with_every_second_word_in_common_are_shown_beside_each_other_at_once(sample_store: Store) -> None:
    for number in (1, 2):
        sample_store.add(document(_every_second_word(number), str(number)), [])
    begun = time.process_time()
    page = TestClient(create_app(sample_store), base_url=OURS).get("/copies?a=1&b=2")
    assert page.status_code == 200
    assert time.process_time() - begun < 4
    assert "too unlike to be marked" in page.text
    one, other = (document("\n".join(_every_second_word(number).split()), str(number)) for number in (1, 2))
    begun = time.process_time()
    assert len(versions.changes(one, other)) == 1
    assert time.process_time() - begun < 4


def test_reports_beside_each_other_wait_as_other_pages_that_take_long(sample_store: Store, client: TestClient) -> None:
    a, b, *_ = sample_store.ids()
    held = client.app.state.site.drawn
    for _ in range(drawn.AT_WORK + drawn.IN_LINE):
        held._line.acquire()
    assert client.get(f"/copies?a={a}&b={b}").status_code == 503


# -- who is asked for, and who may ask -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:1/static/?", "127.0.0.1:80/sign-in#", "localhost/static/", "127.0.0.1:x@evil.example", "127.0.0.1@evil.example",
        "localhost:80:80", "[::1]evil.example", "[::1]/static/?", "127.0.0.1:8311\\static", "", ":80", "127.0.0.1 evil.example",
    ],
)  # fmt: skip
def test_a_host_is_a_name_and_a_port_and_no_part_of_an_address(client: TestClient, host: str) -> None:
    """Of such a host some libraries make an address with another path, and with it a page that nobody is asked for."""
    assert client.get("/claims", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8311", "LOCALHOST:1", "[::1]", "[::1]:8311"])
def test_hosts_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/claims", headers={"host": host}).status_code == 200


def routes() -> Iterator[tuple[str, str]]:
    """Every method and path that the pages and the interface have."""
    for found in pkgutil.iter_modules(web.__path__):
        router = getattr(importlib.import_module(f"standoff.web.{found.name}"), "router", None)
        for route in router.routes if router is not None else ():
            if isinstance(route, APIRoute):
                yield from ((method, route.path_format) for method in sorted(route.methods))


READERS = {"/searches", "/searches/drop", "/sign-in", "/sign-out"}
ADMINS = re.compile(r"/add/|/sources/(feeds|look)")


def test_who_may_write_is_decided_for_every_path_before_its_body_is_read(sample_store: Store) -> None:
    people = {"Rea": Role.READER, "Rev": Role.REVIEWER}
    app = create_app(sample_store)
    for name, role in people.items():
        sample_store.people.add(name, role, PASSWORD, now())
    keys = {name: sample_store.people.sign_in(name, PASSWORD, now()) for name in people}

    def status(method: str, path: str, name: str) -> tuple[int, int]:
        """What one is answered, and how many bytes of a body that never ends were read."""
        read = 0
        answers: list[Any] = []

        async def receive() -> dict[str, Any]:
            nonlocal read
            read += 1
            if read > 3:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": b"x=" + b"y" * 1000, "more_body": True}

        async def send(message: Any) -> None:
            answers.append(message)

        cookie = f"standoff-session={keys[name]}".encode()
        headers = [(b"host", b"127.0.0.1"), (b"cookie", cookie), (b"content-type", b"multipart/form-data; boundary=b")]
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers,
            "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 9), "root_path": "", "state": {},
        }  # fmt: skip
        asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
        return answers[0]["status"], read

    written = [
        (method, re.sub(r"{\w+(:\w+)?}", "1", path))
        for method, path in routes()
        if method != "GET" and path != "/sign-out"
    ]
    assert len(written) > 25
    for method, path in written:
        reader, reviewer = status(method, path, "Rea"), status(method, path, "Rev")
        if path not in READERS:
            assert reader == (403, 0), path
        if ADMINS.match(path):
            assert reviewer == (403, 0), path
        elif path not in READERS:
            assert reviewer[0] != 403, path


def test_nobody_writes_by_reading(sample_store: Store) -> None:
    """Every page that is only looked at leaves the contents as they are."""
    client = TestClient(create_app(sample_store), base_url=OURS, raise_server_exceptions=False)
    before = sample_store.changes()
    for method, path in routes():
        if method == "GET" and not path.endswith(".png"):
            assert client.get(re.sub(r"{\w+(:\w+)?}", "csv", path), follow_redirects=False).status_code < 500, path
    assert sample_store.changes() == before
