"""What pages draw from a store: once for all who ask, and again when the contents have changed, not when somebody looks."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

import standoff
from conftest import document
from standoff.model import Review, Verdict
from standoff.store import Store
from standoff.store import reviews as reviews_of
from standoff.store.people import Role
from standoff.web.app import create_app
from standoff.web.drawn import Drawn

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
OURS = "http://127.0.0.1"


def test_who_looks_signs_in_or_saves_a_search_empties_nothing(where: str) -> None:
    with standoff.open_store(where) as store:
        before = store.changes()
        store.people.add("Ana", Role.READER, "correct horse battery", NOW)
        key = store.people.sign_in("Ana", "correct horse battery", NOW)
        assert key is not None
        store.people.visit("Ana", NOW)
        store.people.save_search("Ana", "mine", "event=ASSAULT")
        store.people.drop_search("Ana", "mine")
        store.people.sign_out(key)
        store.intake.watch("https://a.example/feed", 900, NOW)
        store.intake.lease("watch", "me", NOW, 60)
        assert store.changes() == before
        store.add(document("Russia shelled Kharkiv."), ())
        after = store.changes()
        assert after != before
        with standoff.open_store(where) as other:
            other.add(document("Russia shelled Kharkiv again.", "other"), ())
        assert store.changes() != after


def test_one_draws_and_the_others_wait_for_it(sample_store: Store) -> None:
    drawn, times, gate = Drawn(sample_store), [], threading.Event()

    def draw() -> int:
        times.append(threading.get_ident())
        gate.wait(5)
        return 7

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(drawn.get, "key", draw) for _ in range(8)]
        time.sleep(0.2)
        gate.set()
        assert [one.result(10) for one in asked] == [7] * 8
    assert len(times) == 1


def test_disputes_are_drawn_once_for_all_who_open_them(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    questions = sample_store.browse.questions
    monkeypatch.setattr(sample_store.browse, "questions", lambda of: (asked.append(1), questions(of))[1])
    client = TestClient(create_app(sample_store), base_url="http://127.0.0.1")
    pages = {client.get("/disputes").text for _ in range(3)}
    assert (len(asked), len(pages)) == (1, 1)
    sample_store.add(document("Russia shelled Kharkiv again.", "other"), ())
    client.get("/disputes")
    assert len(asked) == 2


def test_one_that_fails_is_drawn_again(sample_store: Store) -> None:
    drawn = Drawn(sample_store)
    with pytest.raises(ZeroDivisionError):
        drawn.get("key", lambda: 1 / 0)
    assert drawn.get("key", lambda: 1) == 1


def test_what_takes_long_is_kept_for_the_next_start(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [TestClient(create_app(sample_store), base_url=OURS).get("/parties").text]
    from standoff.web import parties

    monkeypatch.setattr(parties, "own_names", lambda *_: pytest.fail("drawn again"))
    pages.append(TestClient(create_app(sample_store), base_url=OURS).get("/parties").text)
    assert pages[0] == pages[1]
    monkeypatch.undo()
    sample_store.keep("own names of parties", sample_store.changes()[0], [{"nonsense": 1}])
    assert TestClient(create_app(sample_store), base_url=OURS).get("/parties").text == pages[0]
    claim = sample_store.claims()[0]
    sample_store.reviews.add([Review(claim.id, claim.doc, "ana", Verdict.REJECT, NOW)])
    kept = sample_store.kept("own names of parties")
    assert kept is not None
    assert (kept[0],) != sample_store.changes()
    TestClient(create_app(sample_store), base_url=OURS).get("/parties")
    kept = sample_store.kept("own names of parties")
    assert kept is not None
    assert (kept[0],) == sample_store.changes()


def test_corrections_are_read_for_the_claims_on_the_page(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = sample_store.claims()
    sample_store.reviews.add([Review(c.id, c.doc, "ana", Verdict.CORRECT, NOW, "event", '"ASSAULT"') for c in claims])
    read: list[str] = []
    one = reviews_of._review
    monkeypatch.setattr(reviews_of, "_review", lambda row: read.append(row.claim) or one(row))
    found = sample_store.browse.rows([c.id for c in claims[:3]])
    assert len(found) == 3
    assert set(read) == {c.id for c in claims[:3]}


def test_a_database_that_was_restarted_is_read_again(postgres: str) -> None:
    from sqlalchemy import create_engine, text

    server = create_engine(postgres)
    with server.begin() as connection:
        connection.execute(text("CREATE SCHEMA restarted"))
    with standoff.open_store(f"{postgres}?options=-csearch_path%3Drestarted") as store:
        client = TestClient(create_app(store), base_url=OURS)
        assert client.get("/claims").status_code == 200
        with server.begin() as connection:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            connection.execute(text(ended + " AND backend_type = 'client backend'"))
        assert [client.get(path).status_code for path in ("/claims", "/", "/parties")] == [200, 200, 200]
    with server.begin() as connection:
        connection.execute(text("DROP SCHEMA restarted CASCADE"))
    server.dispose()
