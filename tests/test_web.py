"""The pages, as a browser shows them and as a stranger's request meets them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import standoff
from browser import browsing, chromium, served
from conftest import document
from standoff.model import Claim, Span
from standoff.store import Store, tables
from standoff.store.browse import NONE, Wanted
from standoff.store.people import Role
from standoff.web.app import create_app
from standoff.web.guard import Access, local
from standoff.web.map import built
from standoff.web.marks import paragraphs

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
)
OURS = "http://127.0.0.1"
PAGES = (
    "/",
    "/told?party=RUS&since=2018-11-01",
    "/figures",
    "/search?words=sailors",
    "/history",
    "/more",
    "/incidents",
    "/map",
    "/series",
    "/series?a=RUS&b=UKR&step=week&weighing=voices",
    "/report",
    "/alerts",
    "/report?party=UKR&since=2018-11-27",
    "/disputes",
    "/claims",
    "/claims?column=deed&column=confidence&order=unsure",
    "/reports",
    "/review",
    "/parties",
    "/parties/RUS",
    "/sources",
    "/add",
    "/reports/demo-kyiv",
    "/sign-in",
)


@pytest.fixture
def store(sample_store: Store) -> Store:
    return sample_store


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url=OURS)


@pytest.fixture(scope="module")
def asking(crisis: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages for tests that only ask: one application for all of them."""
    path = tmp_path_factory.mktemp("asking") / "crisis.db"
    path.write_bytes(crisis.read_bytes())
    with standoff.open_store(path) as opened:
        yield TestClient(create_app(opened), base_url=OURS)


# -- in a browser ----------------------------------------------------------------------------------------------------

in_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium here: install Debian's package chromium")


@in_browser
def test_every_page_shows_without_complaint_wide_and_narrow_light_and_dark(store: Store) -> None:
    incident = store.browse.incidents(disputed=True).rows[0].id
    claim = store.claims()[0].id
    pages = (*PAGES, f"/incidents/{incident}", f"/claims/{claim}")
    with served(store) as base, browsing() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(base) else None)
        for width, scheme in ((390, "dark"), (1440, "light"), (2560, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            for path in pages:
                assert page.goto(base + path).status == 200
                wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wider <= 0, (path, width, "scrolls sideways")
                assert page.locator("h1").count() == 1
                if path == "/map" and built("map.js"):
                    page.locator("#map[data-ready]").wait_for()
        assert faults == []


@in_browser
def test_the_quotation_is_one_click_from_the_number(store: Store) -> None:
    with served(store) as base, browsing() as context:
        page = context.new_page()
        page.goto(base + "/incidents?disputed=yes")
        page.goto(base + page.locator("tbody a[href^='/incidents/']").nth(1).get_attribute("href"))
        cell = page.locator("tr.parts td details").first
        quote = cell.locator("q").first
        assert not quote.is_visible()
        cell.locator("summary").click()
        assert quote.is_visible()
        words = quote.inner_text().strip("“”")
        cell.locator("a.source").first.click()
        page.wait_for_url("**/reports/**")
        marked = "".join(page.locator("mark.asked").all_inner_texts())
        assert marked.split() == words.split()
        assert page.locator("mark.asked").first.is_visible()


@in_browser
def test_marks_and_cards_show_each_other_and_keys_step(store: Store) -> None:
    with served(store) as base, browsing(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(base + "/reports/demo-kyiv")
        assert "placed" in page.locator(".cards").get_attribute("class")
        tops = page.locator(".card").evaluate_all("cards => cards.map(c => [c.offsetTop, c.offsetHeight])")
        tops.sort()
        assert all(a + h <= b for (a, h), (b, _) in itertools.pairwise(tops)), "cards overlap"
        mark = page.locator("mark.m-event").first
        mark.hover()
        claim = mark.get_attribute("data-claims").split()[0]
        assert "on" in page.locator(f"#card-{claim}").get_attribute("class").split()
        page.locator("h1").hover()
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.dataset.claim")
        page.keyboard.press("j")
        second = page.evaluate("document.activeElement.dataset.claim")
        page.keyboard.press("k")
        assert first
        assert second
        assert first != second
        assert page.evaluate("document.activeElement.dataset.claim") == first
        assert page.locator("mark.on").count() > 0


@in_browser
def test_a_queue_is_reviewed_with_one_key_each_and_undone(store: Store) -> None:
    with served(store) as base, browsing() as context:
        page = context.new_page()
        page.goto(base + "/review")
        before = store.browse.count(Wanted(verdict=(NONE,)))
        for key in ("a", "r", "a"):
            with page.expect_navigation():
                page.keyboard.press(key)
        assert store.browse.count(Wanted(verdict=(NONE,))) == before - 3
        with page.expect_navigation():
            page.keyboard.press("u")
        assert store.browse.count(Wanted(verdict=(NONE,))) == before - 2
        page.keyboard.press("c")
        assert page.evaluate("document.activeElement.id") == "v-event"
        page.locator("#v-event").select_option("protest")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        said = store.reviews.all()
        assert [(r.verdict.value, r.slot, r.undone is not None) for r in said] == [
            ("accept", None, False),
            ("reject", None, False),
            ("accept", None, True),
            ("correct", "event", False),
        ]
        page.goto(f"{base}/claims/{said[-1].claim}")
        assert page.locator("td.human").first.inner_text() == "protest"


@in_browser
def test_pages_can_be_read_without_scripts(store: Store) -> None:
    with served(store) as base, browsing(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(base + "/claims?event=ASSAULT")
        shown = page.locator("tbody tr").count()
        assert shown == min(50, store.browse.count(Wanted(event=("ASSAULT",))))
        page.goto(base + "/reports/demo-kyiv")
        assert page.locator("article.text").inner_text().startswith("Ukraine's navy says")


@in_browser
def test_words_of_a_report_are_never_markup(store: Store, code: Callable[..., tuple[Claim, ...]]) -> None:
    text = f"The {EVIL[1]} ministry said Russia {EVIL[0]} shelled Odesa on Monday, killing 3 {EVIL[2]} people. {' '.join(EVIL)}"
    found = replace(
        document(text, "evil<b>", date(2025, 5, 8)),
        title=EVIL[6],
        outlet=EVIL[0],
        author=EVIL[1],
        url="javascript:alert(1)",
    )
    claims = code(text, date(2025, 5, 8), "evil<b>")
    assert claims
    store.add(found, claims)
    store.save(standoff.reconcile(store.claims(), store.documents()))
    store.people.save_search("reviewer", EVIL[0], "words=" + EVIL[0])
    access = Access(name="reviewer")
    with served(store, access) as base, browsing() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
        page.on("request", lambda request: faults.append(request.url) if request.url.endswith("/x") else None)
        for path in (
            "/",
            "/reports",
            "/reports/evil%3Cb%3E",
            "/claims?doc=evil%3Cb%3E",
            f"/claims/{claims[0].id}",
            "/claims?words=%3Cscript%3Ealert(1)%3C/script%3E",
            "/incidents",
            "/parties",
            "/claims?event=%3Cscript%3E",
            "/%3Cscript%3Ealert(1)%3C/script%3E",
        ):
            page.goto(base + path)
            assert (
                page.locator("main script, main img, main [onload], main [onerror], main [onmouseover]").count() == 0
            ), path
        page.goto(base + "/reports/evil%3Cb%3E")
        assert EVIL[0] in page.locator("article.text").inner_text()
        assert page.locator("main a[href^='javascript']").count() == 0
        assert faults == []


# -- what a stranger's request meets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::2]", "169.254.169.254"]
)
def test_only_known_hosts_are_answered(asking: TestClient, host: str) -> None:
    answer = asking.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "standoff serve" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8311", "localhost:8311", "LOCALHOST", "[::1]:8311"])
def test_this_machine_is_answered_by_each_of_its_names(asking: TestClient, host: str) -> None:
    assert asking.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": OURS, "sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({}, 303),
    ],
)
def test_a_page_of_another_site_changes_nothing(
    client: TestClient, store: Store, headers: dict[str, str], status: int
) -> None:
    claim = store.claims()[0].id
    form = {"verdict": "reject", "back": "/review"}
    answer = client.post(f"/claims/{claim}/review", data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == status
    assert bool(store.reviews.all()) == (status == 303)


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "\\\\evil", "/\t/evil", ""],
)
def test_a_form_leads_on_to_no_other_site(client: TestClient, store: Store, back: str) -> None:
    form = {"verdict": "accept", "back": back}
    answer = client.post(f"/claims/{store.claims()[0].id}/review", data=form, follow_redirects=False)
    assert answer.headers["location"] in ("/", "/review")


@given(st.text(max_size=40))
def test_where_to_go_on_is_a_path_of_ours(path: str) -> None:
    found = local(path)
    assert re.match(r"/(?![/\\])", found + "x")
    assert not set(found) & set("\\\r\n\t\0")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../serve.py",
        "/static/%2e%2e/serve.py",
        "/static/..%2fserve.py",
        "/static//etc/passwd",
        "/reports/../../etc/passwd",
        "/reports/%00",
        "/incidents/%ff",
        "/nothing",
    ],
)
def test_paths_lead_nowhere_else(asking: TestClient, path: str) -> None:
    answer = asking.get(path)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_every_answer_says_what_a_browser_may_load(asking: TestClient) -> None:
    for path in ("/", "/nothing", "/static/standoff.css", "/claims.csv", "/api/v1/nothing"):
        headers = asking.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_templates_hold_no_script_no_style_and_escape_everything() -> None:
    folder = Path(standoff.__file__).parent / "web" / "templates"
    for path in folder.glob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape false|\son\w+=|\sstyle=|<style|javascript:", source), path.name
        scripts = re.findall(r"<script[^>]*>.*?</script>", source)
        assert source.count("<script") == len(scripts) == (2 if path.name == "base.html" else 0), path.name
        assert all(one.startswith('<script type="module" src="/static/') and "></script>" in one for one in scripts)


@pytest.mark.parametrize(
    "query",
    [
        "event=X",
        "aux=perhaps",
        "verdict=good",
        "since=yesterday",
        "sure=2",
        "sure=x",
        "order=best",
        "after=x",
        "&".join(f"doc={n}" for n in range(60)),
    ],
)
def test_an_address_that_asks_for_nonsense_is_told_so(asking: TestClient, query: str) -> None:
    for path in ("/claims", "/claims.csv"):
        if "after" in query and path.endswith("csv"):
            continue
        answer = asking.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert "That could not be done" in answer.text


@pytest.mark.parametrize("span", ["x", "5-2", "0-99999999", "-1-5", "1-2-3", "٣-٤"])
def test_a_span_that_is_none_is_told_so(asking: TestClient, span: str) -> None:
    assert asking.get("/reports/demo-kyiv", params={"span": span}).status_code == 400


def test_what_is_shown_is_taken_along_safely(
    client: TestClient, store: Store, code: Callable[..., tuple[Claim, ...]]
) -> None:
    text = "=HYPERLINK(1) ministry said Russia shelled Odesa on Monday, killing 3 people."
    store.add(document(text, "=1+1", date(2025, 5, 8)), code(text, date(2025, 5, 8), "=1+1"))
    answer = client.get("/claims.csv", params={"doc": "=1+1"})
    lines = answer.text.splitlines()
    assert answer.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    assert len(lines) == 1 + store.browse.count(Wanted(doc=("=1+1",)))
    assert ",'=1+1," in lines[1]
    everything = client.get("/claims.jsonl").text.splitlines()
    assert len(everything) == store.browse.count(Wanted())


# -- who may come in -------------------------------------------------------------------------------------------------


def test_with_a_token_only_its_holder_comes_in(store: Store) -> None:
    client = TestClient(create_app(store, Access(token="a long enough token")), base_url=OURS)
    answer = client.get("/claims", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert client.get("/api/v1/claims").status_code == 401
    assert client.post("/sign-in", data={"token": "wrong"}).status_code == 403
    assert client.get("/claims", headers={"authorization": "Bearer a long enough token"}).status_code == 200
    client.post("/sign-in", data={"token": "a long enough token"})
    assert client.get("/claims").status_code == 200
    client.post("/sign-out")
    assert client.get("/claims", follow_redirects=False).status_code == 303


def test_people_do_what_their_role_lets_them(store: Store) -> None:
    store.people.add("Rea", Role.READER, "correct horse battery", NOW)
    store.people.add("Rev", Role.REVIEWER, "correct horse battery", NOW)
    claim = store.claims()[0].id
    for name, status in (("Rea", 403), ("Rev", 303)):
        client = TestClient(create_app(store), base_url=OURS)
        assert client.get("/", follow_redirects=False).status_code == 303
        assert client.post("/sign-in", data={"name": name, "password": "wrong"}).status_code == 403
        client.post("/sign-in", data={"name": name, "password": "correct horse battery"})
        page = client.get(f"/claims/{claim}")
        assert page.status_code == 200
        assert ("Correct it" in page.text) == (status == 303)
        answer = client.post(f"/claims/{claim}/review", data={"verdict": "accept"}, follow_redirects=False)
        assert answer.status_code == status
    assert [r.reviewer for r in store.reviews.all()] == ["Rev"]


def test_two_reviewers_at_once_lose_nothing(store: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    claims = [claim.id for claim in store.claims()][:20]
    app = create_app(store)

    def judge(name: str) -> list[int]:
        client = TestClient(app, base_url=OURS, cookies={"standoff-name": name})
        return [
            client.post(f"/claims/{key}/review", data={"verdict": "accept"}, follow_redirects=False).status_code
            for key in claims
        ]

    with ThreadPoolExecutor(2) as pool:
        statuses = [code for codes in pool.map(judge, ("ana", "ben")) for code in codes]
    assert set(statuses) == {303}
    said = store.reviews.all()
    assert sorted((r.reviewer, r.claim) for r in said) == sorted((n, c) for n in ("ana", "ben") for c in claims)
    assert "κ" in TestClient(app, base_url=OURS).get("/review").text


def test_a_correction_that_is_none_is_told_with_its_form(client: TestClient, store: Store) -> None:
    form = {"verdict": "correct", "slot": "counts", "value": "many dead"}
    answer = client.post(f"/claims/{store.claims()[0].id}/review", data=form)
    assert answer.status_code == 400
    assert "driven from home" in answer.text, "the words that may stand there"
    assert 'value="many dead"' in answer.text
    assert store.reviews.all() == []


def test_a_name_is_taken_for_another_party_and_back(client: TestClient, store: Store) -> None:
    name = store.browse.parties()["UKR"][0][0]
    form = {"name": name, "to": "UKR-REB A faction", "reason": "speaks for itself"}
    answer = client.post("/parties/UKR/names", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/parties/UKR-REB"
    assert "speaks for itself" in client.get("/parties/UKR-REB").text
    number = store.reviews.renamings()[0].number
    client.post(f"/parties/names/{number}/undo")
    assert "taken back" in client.get("/parties/UKR").text
    assert store.claims(reviewed=True) == store.claims()


def test_searches_are_saved_and_found_again(client: TestClient) -> None:
    client.post("/searches", data={"name": "denials", "query": "event=REJECT"})
    assert 'href="/claims?event=REJECT"' in client.get("/claims").text
    client.post("/searches/drop", data={"name": "denials"})
    assert "denials" not in client.get("/claims").text


def test_a_store_that_fails_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    with standoff.open_store(path) as store:
        client = TestClient(create_app(store), base_url=OURS, raise_server_exceptions=False)
        assert client.get("/").status_code == 200
        store.close()
        answer = client.get("/")
        assert answer.status_code == 503
        assert "the store is closed" in answer.text


# -- marks -------------------------------------------------------------------------------------------------------------


def test_pieces_are_the_text_to_the_character(store: Store) -> None:
    for found in store.documents():
        claims = store.claims(found.id)
        shown = paragraphs(found.text, claims, Span(3, 40))
        for pieces in shown:
            for piece in pieces:
                assert found.text[piece.start : piece.start + len(piece.text)] == piece.text
        kept = "\n".join("".join(piece.text for piece in pieces) for pieces in shown)
        assert kept.split() == found.text.split()
        begun = [key for pieces in shown for piece in pieces for key in piece.begins]
        assert sorted(begun) == sorted(claim.id for claim in claims)
        marked = "\n".join("".join(piece.text for piece in pieces if piece.asked) for pieces in shown)
        assert marked.split() == found.text[3:40].split()


def test_the_address_of_a_page_names_no_place_outside(client: TestClient, store: Store) -> None:
    links: set[str] = set()
    for path in (*PAGES, f"/incidents/{store.browse.incidents().rows[0].id}"):
        links |= set(re.findall(r'(?:href|action|src)="([^"#]+)', client.get(path).text))
    outside = {link for link in links if not link.startswith("/")}
    assert all(link.startswith(("https://", "http://")) for link in outside)
    for link in sorted(links - outside)[:150]:
        # 405: what a form is sent to.
        assert client.get(link.replace("&amp;", "&")).status_code in (200, 405), link


def test_an_incident_is_taken_along_as_a_page(sample_store: Store) -> None:
    client = TestClient(create_app(sample_store), base_url="http://127.0.0.1")
    client.get("/sign-in")
    one = max(sample_store.incidents(), key=lambda incident: len(incident.claims)).id
    assert f"/incidents/{one}/accounts.html?policy=acled" in client.get(f"/incidents/{one}?policy=acled").text
    taken = client.get(f"/incidents/{one}/accounts.html?policy=acled")
    assert taken.headers["content-disposition"] == 'inline; filename="accounts.html"', "it is opened"
    assert "One range for each loss" in taken.text
    assert "One range for each loss" not in client.get(f"/incidents/{one}/accounts.html").text
    # A figure is a number, as the question says whose and what it counts; the words of the report stand beside it.
    assert "six of its sailors" in taken.text
    assert re.search(r"<p><bdi>6</bdi>", taken.text)
    assert client.get("/incidents/nowhere/accounts.html").status_code == 404


def test_the_first_page_says_that_an_earlier_version_drew_what_it_shows(store: Store, client: TestClient) -> None:
    note = "An earlier version of standoff found these incidents and disputes"
    assert not store.drawn_otherwise()
    assert note not in client.get("/").text
    with store.writing() as connection:
        connection.execute(tables.drawn.update().values(way="earlier"))
    assert store.drawn_otherwise()
    assert note in client.get("/").text
    documents, claims = store.documents(), list(store.claims())
    store.save(standoff.reconcile(claims, documents))
    assert note not in client.get("/").text
