"""Adding reports from a browser, watching feeds, grading sources: with the real reader in its own process."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from browser import browsing, chromium, served
from server import Server
from standoff.settings import Settings
from standoff.store import Store
from standoff.store.people import Role
from standoff.web.app import create_app
from standoff.web.intake import plain
from standoff.web.jobs import Jobs
from standoff.web.refused import Refused

OURS = "http://127.0.0.1"
TEXT = "Sudan's army said on Monday that the Rapid Support Forces shelled a market in Omdurman, killing 12 people."
PAGE = f"""<html lang="en"><head><title>Market shelled</title>
<meta property="article:published_time" content="2024-05-07T08:00:00Z"></head>
<body><article><h1>Market shelled</h1><p>{TEXT} Residents said that the shelling had lasted for two hours and that the
wounded had been taken to the hospital in the north of the city by their neighbours.</p></article></body></html>"""
FEED = """<rss version="2.0"><channel><title>News</title><item><title>Market shelled</title>
<link>{}/story</link></item></channel></rss>"""
NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)


@pytest.fixture
def net() -> Iterator[Server]:
    server = Server()
    server.page("/story", PAGE.encode())
    server.page("/feed", FEED.format(server.url).encode(), "application/rss+xml")
    yield server
    server.close()


@pytest.fixture
def here() -> Settings:
    return Settings(allow_loopback=True, pause=0, fetch_log="")


@pytest.fixture
def client(sample_store: Store, here: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(sample_store, settings=here), base_url=OURS) as client:
        yield client


def finished(client: TestClient) -> str:
    """The page once nothing is being read any more."""
    for _ in range(300):
        page = client.get("/add").text
        if "data-refresh" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("still reading")


@pytest.mark.skipif(chromium() is None, reason="no Chromium here: install Debian's package chromium")
def test_a_reader_adds_by_every_way_and_sees_how_it_goes(sample_store: Store, here: Settings, net: Server) -> None:
    with served(sample_store, settings=here) as base, browsing() as context:
        page = context.new_page()

        page.goto(base + "/add")
        page.get_by_label("Text").fill(TEXT)
        page.locator("form[action='/add/text'] input[name=published]").fill("2024-05-07")
        page.locator("form[action='/add/text'] input[name=outlet]").fill("Nile Wire")
        page.get_by_role("button", name="Read it").click()
        page.locator(".job .state.done").wait_for(timeout=60_000)
        assert "1 claim\n" in page.locator(".job").first.inner_text()

        page.locator("input[type=file]").set_input_files(
            [
                {"name": "two.txt", "mimeType": "text/plain", "buffer": TEXT.replace("12", "15").encode()},
                {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing more"},
            ]
        )
        page.get_by_role("button", name="Read them").click()
        page.locator(".job .state.partly").wait_for(timeout=60_000)
        assert "broken.pdf" in page.locator(".job .fault").first.inner_text()
        assert page.locator("table.list tbody tr").count() == 1

        page.get_by_label("Pages, feeds or archives").fill(net.url + "/story")
        page.get_by_role("button", name="Fetch and read").click()
        page.locator(".job:first-of-type .state.done").wait_for(timeout=60_000)

        page.goto(base + "/sources")
        page.get_by_label("RSS, Atom or JSON feed").fill(net.url + "/feed")
        page.get_by_role("button", name="Watch", exact=True).click()
        page.get_by_role("button", name="Pause").click()
        assert "paused" in page.locator("main").inner_text()
        page.get_by_role("button", name="Resume").click()
        page.get_by_role("button", name="Look at what is due now").click()
        page.locator(".job:first-of-type .state.done").wait_for(timeout=60_000)

    kept = {one.outlet: one for one in sample_store.documents() if "Omdurman" in one.text and one.outlet}
    assert str(kept["Nile Wire"].published) == "2024-05-07"
    (feed,) = sample_store.intake.feeds()
    assert (feed.read, feed.waiting, feed.fault) == (1, 0, None)
    assert [one.source for one in sample_store.intake.failures()] == ["broken.pdf"]
    assert sample_store.unreconciled() == []


def test_one_address_reaches_no_inner_machine(sample_store: Store, net: Server) -> None:
    with TestClient(create_app(sample_store, settings=Settings(fetch_log="")), base_url=OURS) as client:
        client.post("/add/addresses", data={"addresses": f"{net.url}/story http://127.0.0.1/ http://[::1]/"})
        page = finished(client)
    assert page.count('class="fault"') == 3
    assert "Reading" not in page
    assert net.hits == []


def test_one_bad_address_does_not_keep_the_others_out_and_stays_in_its_field(client: TestClient, net: Server) -> None:
    answer = client.post("/add/addresses", data={"addresses": f"{net.url}/story not-an-address", "outlet": "Nile Wire"})
    assert answer.status_code == 400
    assert ">not-an-address</textarea>" in answer.text
    assert "The others are being read" in answer.text
    finished(client)
    assert "/story" in net.hits


@pytest.mark.parametrize(
    ("path", "form", "says"),
    [
        ("/add/text", {"text": "  "}, "Paste the report"),
        ("/add/text", {"text": TEXT, "published": "yesterday"}, "Not an ISO date"),
        ("/add/text", {"text": TEXT, "url": "file:///etc/passwd"}, "No web address"),
        ("/add/text", {"text": TEXT, "id": "a\x00b"}, "ot printable"),
        ("/add/addresses", {"addresses": "/etc/passwd"}, "Not a web address"),
        ("/add/addresses", {"addresses": "--store=x"}, "Not a web address"),
        ("/add/addresses", {"addresses": "https://a.example " * 201}, "201 at once"),
        ("/sources/feeds", {"url": "javascript:alert(1)"}, "no web address"),
        ("/sources/feeds/pause", {"url": "https://not.example/feed"}, "no feed of"),
        ("/sources/feeds/burn", {"url": "https://not.example/feed"}, "cannot be done with a feed"),
        ("/sources/grade", {"kind": "outlet", "subject": "Kyiv Dispatch", "grade": "7"}, "no grade"),
        ("/sources/grade", {"kind": "outlet", "subject": "Nobody's Paper", "grade": "A"}, "not in the store"),
        ("/sources/grade", {"kind": "person", "subject": "x", "grade": "A"}, "cannot be graded"),
    ],
)
def test_what_cannot_be_is_told_and_begins_nothing(
    client: TestClient, sample_store: Store, path: str, form: dict[str, str], says: str
) -> None:
    if form.get("kind") == "outlet" and form["subject"] == "Kyiv Dispatch":
        form = form | {"subject": sample_store.browse.outlets()[0][0]}
    answer = client.post(path, data=form)
    assert answer.status_code == 400
    assert says in answer.text
    assert "Nothing, since these pages were opened" in client.get("/add").text


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/evil", "C:\\Windows\\system.ini", "..", ".bashrc", "a\x00b.txt", "--store", "/", ""]
)
def test_an_uploaded_name_leads_nowhere(name: str) -> None:
    found = plain(name)
    assert found
    assert not set(found) & set("/\\\0")
    assert not found.startswith((".", "-"))


def test_two_files_of_one_name_are_both_read(client: TestClient, sample_store: Store) -> None:
    files = [
        ("files", (name, body.encode())) for name, body in (("a/x.txt", TEXT), ("b/x.txt", TEXT + " It denied it."))
    ]
    client.post("/add/files", files=files)
    assert "added 2" in finished(client)
    assert len([one for one in sample_store.documents() if "Omdurman" in one.text]) == 2


def test_grades_are_set_by_people_and_shown_with_their_reason(client: TestClient, sample_store: Store) -> None:
    outlet = sample_store.browse.outlets()[0][0]
    form = {"kind": "outlet", "subject": outlet, "grade": "B", "reason": "corrects itself <b>fast</b>"}
    client.post("/sources/grade", data=form)
    page = client.get("/sources").text
    assert "usually reliable" in page
    assert "corrects itself &lt;b&gt;fast&lt;/b&gt;" in page
    doc = next(one.id for one in sample_store.documents() if one.outlet == outlet)
    client.post("/sources/grade", data={"kind": "document", "subject": doc, "grade": "2"})
    report = client.get(f"/reports/{doc}").text
    assert "Reliability B: usually reliable" in report
    assert "Credibility 2: probably true" in report
    client.post("/sources/grade", data={"kind": "outlet", "subject": outlet, "grade": ""})
    assert "Reliability B" not in client.get(f"/reports/{doc}").text


def test_who_may_only_review_adds_nothing(sample_store: Store, here: Settings) -> None:
    sample_store.people.add("Rev", Role.REVIEWER, "correct horse battery", NOW)
    client = TestClient(create_app(sample_store, settings=here), base_url=OURS)
    client.post("/sign-in", data={"name": "Rev", "password": "correct horse battery"})
    assert "takes an admin" in client.get("/add").text
    for path, form in (
        ("/add/text", {"text": TEXT}),
        ("/add/addresses", {"addresses": "https://a.example"}),
        ("/add/retry", {}),
        ("/sources/feeds", {"url": "https://a.example/feed"}),
        ("/sources/look", {}),
    ):
        assert client.post(path, data=form).status_code == 403, path
    assert "Grade it" in client.get("/sources").text


def test_incidents_are_drawn_anew_from_the_page(client: TestClient, sample_store: Store) -> None:
    from standoff.model import Review, Verdict

    claim = sample_store.claims()[0]
    sample_store.reviews.add([Review(claim.id, claim.doc, "ana", Verdict.REJECT, NOW)])
    assert "Draw them now" in client.get("/").text
    client.post("/reconcile", data={"back": "/"})
    finished(client)
    assert "Draw them now" not in client.get("/").text
    assert all(claim.id not in one.claims for one in sample_store.incidents())


def test_what_a_job_reads_ends_with_the_application(sample_store: Store, here: Settings, net: Server) -> None:
    net.routes["/slow"] = lambda handler: time.sleep(20)
    with TestClient(create_app(sample_store, settings=here), base_url=OURS) as client:
        client.post("/add/addresses", data={"addresses": net.url + "/slow"})
        while "/slow" not in net.hits:
            time.sleep(0.05)
        begun = time.monotonic()
    assert time.monotonic() - begun < 10


def test_claims_are_linked_and_parted_by_hand(client: TestClient, sample_store: Store) -> None:
    linked = max(sample_store.incidents(), key=lambda one: len(one.claims))
    claim = linked.claims[0]
    client.post(f"/claims/{claim}/apart", data={"reason": "another ship"})
    finished(client)
    assert all(claim not in one.claims for one in sample_store.incidents() if linked.claims[1] in one.claims)
    assert "another ship" in client.get(f"/claims/{claim}").text
    client.post(f"/claims/{claim}/link", data={"other": linked.claims[1], "reason": "the same after all"})
    finished(client)
    assert any({claim, linked.claims[1]} <= set(one.claims) for one in sample_store.incidents())
    assert client.post(f"/claims/{claim}/link", data={"other": "none"}).status_code == 400
    assert client.post(f"/claims/{claim}/link", data={"other": claim}).status_code == 400


def test_jobs_and_uploads_that_wait_are_limited(monkeypatch: pytest.MonkeyPatch, sample_store: Store) -> None:
    monkeypatch.setattr("standoff.web.jobs.MOST", 3)
    monkeypatch.setattr("standoff.web.jobs.MOST_BYTES", 100)
    monkeypatch.setattr("standoff.web.jobs.KEPT", 2)
    jobs, going = Jobs(sample_store, Settings(fetch_log="")), threading.Event()
    monkeypatch.setattr(jobs, "_command", lambda *_: int(not going.wait(30)))
    first = jobs.start("runs", ["claims"], "ana", {"a.txt": b"a" * 200})
    while first.state.value != "running":
        time.sleep(0.01)
    for _ in range(4):  # those that are ended make room, and the one that runs is never forgotten
        waiting = [jobs.start("waits", ["claims"], "ana") for _ in range(3)]
        with pytest.raises(Refused, match="too many wait already"):
            jobs.start("one more", ["claims"], "ana")
        assert all(jobs.end(one.number) for one in waiting)
    assert first in jobs.all()
    assert len(jobs.all()) < 10
    jobs.start("waits", ["claims"], "ana", {"a.txt": b"a" * 60})
    with pytest.raises(Refused, match="too many wait already"):
        jobs.start("too large", ["claims"], "ana", {"a.txt": b"a" * 60})
    going.set()
    jobs.close()


def test_a_job_is_ended_by_hand_and_by_its_clock(
    client: TestClient, net: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.routes["/slow"] = lambda handler: time.sleep(20)
    client.post("/add/addresses", data={"addresses": net.url + "/slow"})
    client.post("/add/text", data={"text": TEXT})
    while "/slow" not in net.hits:
        time.sleep(0.05)
    begun = time.monotonic()
    assert client.post("/add/end/2", follow_redirects=False).status_code == 303  # the one in line
    assert client.post("/add/end/1", follow_redirects=False).status_code == 303
    page = finished(client)
    assert time.monotonic() - begun < 15
    assert page.count('class="state ended"') == 2
    assert client.post("/add/end/1").status_code == 400
    monkeypatch.setattr("standoff.web.jobs.SECONDS", 0.5)
    client.post("/add/addresses", data={"addresses": net.url + "/slow"})
    page = finished(client)
    assert "took longer than" in page


def test_a_job_ends_with_its_parent_and_what_it_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys
    import tempfile

    from standoff import children
    from standoff.web import jobs

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    child = subprocess.Popen(
        children.on_a_leash("timeit", "-n", "1", "-r", "1", "while True: pass"), stdin=subprocess.PIPE
    )
    time.sleep(0.5)
    assert child.poll() is None
    assert child.stdin is not None
    child.stdin.close()  # as when the parent is killed
    assert child.wait(10) == 143
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for process in (ended.pid, os.getpid()):
        (tmp_path / f"{jobs.FOLDER}{process}-abc" / "files").mkdir(parents=True)
        (tmp_path / f"{jobs.FOLDER}{process}-abc" / "files" / "secret.txt").write_text("secret")
    jobs.sweep()
    assert [one.name for one in tmp_path.iterdir()] == [f"{jobs.FOLDER}{os.getpid()}-abc"]
