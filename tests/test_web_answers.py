"""Answers first: what a desk asks of a crisis whose truth is known stands on the pages, within three clicks, in words and not in codes.

The claims and questions are written from the archive's truth, so that the pages are tested and not the reader.
"""

from __future__ import annotations

import html
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
from starlette.testclient import TestClient

import known_crises
import standoff
from browser import browsing, chromium, served
from conftest import document
from standoff import byname
from standoff.analysis import brief, brief_files, sure
from standoff.errors import InputError
from standoff.ingest.capture import now
from standoff.model import (
    Asked,
    Claim,
    CountKind,
    Decision,
    Doing,
    Holds,
    Line,
    Mention,
    Party,
    Question,
    Review,
    Span,
    Trigger,
    Turn,
    Verdict,
)
from standoff.store import Store, open_store
from standoff.store.browse import Wanted
from standoff.web.app import create_app
from standoff.web.map import built
from standoff.wording import Names

OURS = {"origin": "http://127.0.0.1"}
CODES = re.compile(
    r"\b(?:AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|ACCUSE|REJECT|THREATEN|PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT"
    r"|[A-Z]{3}-(?:REB|MIL|GOV|PRE|CVL)|UNK|UNO|IMG|ucdp|outlet:\S*"
    r"|historical|hypothetical|heavy-weapons|event_loc|[Tt]ake along|[Tt]ake for|really\?|laid at the door)\b"
    r"|\b(?:PAK|IND|AFG|RUS|UKR|ARE|NPL)\b"
)
PATHS = (
    "/",
    "/incidents",
    "/claims",
    "/reports",
    "/figures",
    "/more",
    "/disputes",
    "/search?words=demand",
    "/map",
    "/parties",
    "/sources",
    "/add",
    "/review",
    "/history",
    "/told",
    "/series",
    "/copies?a=k03&b=k05",
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's store, filled once."""
    path = tmp_path_factory.mktemp("answers") / "crisis.db"
    with open_store(path) as store:
        known_crises.fill(store, "kandahar-december-1999")
    return path


@pytest.fixture
def crisis(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it, to change."""
    path = tmp_path / "crisis.db"
    path.write_bytes(filled.read_bytes())
    with open_store(path) as store:
        yield store


@pytest.fixture
def client(crisis: Store, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    app = create_app(crisis)
    # Reconciling is a command of its own; here it would put the reader's incidents in place of the truth's.
    monkeypatch.setattr(app.state.site.jobs, "start", lambda *_, **__: None)
    return TestClient(app, base_url="http://127.0.0.1", headers=OURS)


def words(html: str) -> str:
    """What a reader sees of a page; the words of reports, and of what was typed, are not ours."""
    html = re.sub(r"<(script|style|textarea)\b.*?</\1>", " ", html, flags=re.S)
    html = re.sub(
        r'<q class="words">.*?</q>|<article class="text".*?</article>|<code>.*?</code>', " ", html, flags=re.S
    )
    html = re.sub(r'<div class="(?:context|quote)">.*?</div>|<p class="context">.*?</p>', " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_first_page_has_the_disputes_as_questions_with_what_each_side_holds(client: TestClient) -> None:
    page = words(client.get("/").text)
    for told in (
        "Was Pakistan behind the hijacking?",
        "yes, its nationals and its intelligence service",
        "How many passengers did the hijackers kill?",
        "How many policemen killed in Srinagar?",
        "Passengers stabbed",
        "Asian Wire Service of 26 December 1999 is repeated by Deccan Evening Herald",
    ):
        assert told in page, told
    assert page.index("What is disputed") < page.index("Timeline")
    assert "severity" not in page


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/incidents/h3", ["How many passengers did the hijackers kill?", "four", "one body", "They differ"]),
        ("/incidents/h2", ["to stop it from taking off", "to let it land and refuel"]),
        ("/incidents/h9", ["yes, to Quetta", "they took the road to the Pakistani frontier"]),
        ("/incidents/h12", ["11 (before: 7)", "43 (before: more than 40)"]),
        ("/incidents/h5", ["Demands of the hijackers"]),
        ("/figures?words=policemen", ["28 December 1999", "more than 40", "11", "43"]),
    ],
)
def test_what_a_reader_asks_stands_on_a_page(client: TestClient, path: str, told: list[str]) -> None:
    page = words(client.get(path).text)
    assert [one for one in told if one not in page] == []


def test_no_page_shows_a_code(client: TestClient, crisis: Store) -> None:
    paths = [*PATHS, *(f"/incidents/{one.id}" for one in crisis.incidents())]
    paths += [f"/claims/{claim.id}" for claim in crisis.claims()[:5]]
    paths += [f"/reports/{key}" for key in crisis.ids()[:5]]
    paths += [f"/parties/{key}" for key in crisis.browse.parties()]
    shown = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        if found := CODES.findall(words(answer.text)):
            shown[path] = sorted(set(found))
    assert shown == {}


def test_there_are_six_places_at_most(client: TestClient) -> None:
    page = client.get("/").text
    assert len(re.findall("<li>", page[page.index("<nav") : page.index("</nav>")])) <= 6
    assert client.get("/more").text.count('<a href="/') > 8


def test_an_empty_store_leads_to_adding(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as store:
        client = TestClient(create_app(store), base_url="http://127.0.0.1")
        assert 'href="/add">Add reports' in client.get("/").text
        for path in ("/incidents", "/claims", "/reports", "/figures", "/disputes", "/search?words=x", "/history"):
            assert client.get(path).status_code == 200


def test_search_groups_by_incident_and_marks_the_words_in_all_their_forms(client: TestClient) -> None:
    page = client.get("/search?words=demand").text
    assert "Demands of the hijackers" in words(page)
    assert re.search(r"<mark>[Dd]emand(?:s|ed)</mark>", page)
    assert "<mark>" not in client.get("/search?words=zeppelin").text
    assert "Try fewer" in client.get("/search?words=zeppelin").text


def test_figures_are_a_chart_a_table_a_file_and_a_picture(client: TestClient) -> None:
    page = client.get("/figures?words=policemen+killed").text
    assert '<svg class="curve"' in page
    assert "<table" in page
    id = re.search(r'id="f-([^"]+)"', page)
    assert id is not None
    table = client.get(f"/figures/{id[1]}.csv").text
    assert "How many policemen killed in Srinagar?,India,1999-12-29,11,11,11" in table
    assert "more than 40,40,," in table
    picture = client.get(f"/figures/{id[1]}.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "Lashkar" in picture.text


def test_the_brief_is_one_page_to_paste_and_to_send(client: TestClient, crisis: Store) -> None:
    text = client.get("/brief.md").text
    assert "## Disputed" in text
    assert "## How figures moved" in text
    assert "## Who copies whom" in text
    assert "India: 7 (28 December 1999), then 11 (29 December 1999)" in text
    assert len(pypdf.PdfReader(io.BytesIO(client.get("/brief.pdf").content)).pages) == 1
    opened = docx.Document(io.BytesIO(client.get("/brief.docx").content))
    assert "Was Pakistan behind the hijacking?" in "\n".join(p.text for p in opened.paragraphs)
    whole = brief.draw(crisis, Names(crisis.browse.parties()), brief.WHOLE)
    assert len(whole.disputed) == 12
    assert CODES.search(brief_files.write(whole, "md").decode()) is None


# -- by hand ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "line", "shown"),
    [
        ("sources", "Khawaja Asif, Pakistan", "Khawaja Asif"),
        ("sources", "Imran Quetta, Pakistan", "Imran Quetta, Pakistan"),
        ("actor", "India", "India"),
        ("date", "10 May 2025", "10 May 2025"),
        ("date", "7 to 10 May 2025", "7 to 10 May 2025"),
        ("counts", "0 aircraft destroyed", "0 aircraft destroyed"),
        ("counts", "at least 31 civilians killed", "at least 31 civilians killed"),
        ("event_loc", "Kandahar, Afghanistan", "Kandahar, Afghanistan"),
        ("event", "talks", "talks"),
        ("aux", "background", "background"),
    ],
)
def test_a_correction_takes_names_and_no_codes(
    client: TestClient, crisis: Store, slot: str, line: str, shown: str
) -> None:
    key = crisis.claims()[0].id
    answer = client.post(f"/claims/{key}/review", data={"verdict": "correct", "slot": slot, "value": line})
    assert answer.status_code == 200, words(answer.text)
    row = crisis.browse.row(key)
    assert row is not None
    assert byname.shown(row.claim, slot) == shown
    assert shown in words(client.get(f"/claims/{key}").text)


def test_what_was_typed_stays_with_what_to_change_beside_it(client: TestClient, crisis: Store) -> None:
    key = crisis.claims()[0].id
    answer = client.post(f"/claims/{key}/review", data={"verdict": "correct", "slot": "date", "value": "soonish"})
    assert answer.status_code == 400
    assert 'value="soonish"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "write it as in 10 May 2025" in words(answer.text)


NEW = {
    "words": 'The leader, a polite man whom the others addressed as "Chief", is said to have replied',
    "event": "denial or refusal",
    "actor": "hijackers",
    "recipient": "United Arab Emirates",
    "date": "25 December 1999",
    "event_loc": "Dubai, United Arab Emirates",
    "reason": "the machine missed it",
}


def test_a_claim_is_added_by_its_words_and_taken_back(client: TestClient, crisis: Store) -> None:
    before = len(crisis.claims("k02"))
    assert client.post("/reports/k02/claims", data=NEW).status_code == 200
    (added,) = [one for one in crisis.made.all() if one.undone is None]
    assert added.claim.text == NEW["words"]
    assert added.claim.when is not None
    assert added.claim.when.start == date(1999, 12, 25)
    assert added.claim.recipients[0].party.code == "ARE"
    assert crisis.browse.count(Wanted(words="polite man")) == 1
    # Reading the report anew keeps it.
    held = crisis.document("k02")
    assert held is not None
    crisis.add(held, [one for one in crisis.claims("k02") if one.id != added.claim.id][:2])
    assert added.claim.id in {one.id for one in crisis.claims("k02")}
    assert "the machine missed it" in words(client.get("/history").text)
    assert client.post(f"/made/{added.number}/undo").status_code == 200
    assert added.claim.id not in {one.id for one in crisis.claims("k02")}
    assert crisis.browse.count(Wanted(words="polite man")) == 0
    assert before > 2


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("words", "words that stand nowhere in it", "They do not stand in the report"),
        ("words", "the", "times in the report"),
        ("date", "soonish", "write it as in 10 May 2025"),
        ("counts", "31 civilians", "add one of"),
    ],
)
def test_a_claim_that_cannot_be_added_keeps_what_was_typed(
    client: TestClient, crisis: Store, field: str, value: str, says: str
) -> None:
    answer = client.post("/reports/k02/claims", data=NEW | {field: value})
    assert answer.status_code == 400
    assert says in words(answer.text)
    assert value in answer.text
    assert NEW["reason"] in answer.text
    assert crisis.made.all() == []


def test_programs_add_claims_too(client: TestClient, crisis: Store) -> None:
    answer = client.post("/api/v1/documents/k02/claims", json=NEW)
    assert answer.status_code == 201, answer.text
    assert client.post(f"/api/v1/added/{answer.json()['number']}/undo").status_code == 204
    assert [one.undone is None for one in crisis.made.all()] == [False]


def test_incidents_are_named_joined_and_split_by_hand_and_each_is_undone(client: TestClient, crisis: Store) -> None:
    own = crisis.of_incident("h12")
    assert own is not None
    claims = own[0].incidents[0].claims
    assert (
        client.post("/incidents/h12/name", data={"title": "Raid on the camp", "reason": "shorter"}).status_code == 200
    )
    assert client.post("/incidents/h12/join", data={"other": "h17"}).status_code == 200
    assert client.post("/incidents/h12/split", data={"claim": list(claims[:2])}).status_code == 200
    assert client.post("/disputes/d8/none", data={"reason": "both hold"}).status_code == 200
    doings = [one.doing for one in crisis.decided.standing()]
    assert doings == [Doing.NAME, Doing.TOGETHER, Doing.APART, Doing.NO_DISPUTE]
    page = words(client.get("/history").text)
    assert "Raid on the camp" in page
    assert "both hold" in page
    for one in crisis.decided.standing():
        assert client.post(f"/decisions/{one.number}/undo").status_code == 200
    assert crisis.decided.standing() == []
    for path, says in (
        ("name", "Write a title"),
        ("join", "Choose the other incident"),
        ("split", "Choose the claims"),
    ):
        answer = client.post(f"/incidents/h12/{path}", data={})
        assert answer.status_code == 400
        assert says in words(answer.text)


def test_a_decision_holds_in_the_next_run(crisis: Store) -> None:
    claims = crisis.claims()
    found = standoff.reconcile(claims, crisis.documents())
    one = max(found.incidents, key=lambda incident: len(incident.claims))
    crisis.decided.add(Decision(Doing.NAME, one.claims, words="As people call it"), now())
    again = standoff.reconcile(claims, crisis.documents(), (), crisis.decided.standing())
    assert "As people call it" in {incident.title for incident in again.incidents}


def test_a_report_without_a_day_is_asked_for_it(client: TestClient, crisis: Store) -> None:
    crisis.add(document("Nothing is dated here. The army shelled a town.", "press-2000-01-09-note", None), [])
    page = client.get("/reports?undated=yes").text
    assert 'value="2000-01-09"' in page
    assert "has no day" in words(client.get("/").text)
    assert client.post("/reports/press-2000-01-09-note/day", data={"day": "sometime"}).status_code == 400
    assert client.post("/reports/press-2000-01-09-note/day", data={"day": "9 January 2000"}).status_code == 200
    held = crisis.document("press-2000-01-09-note")
    assert held is not None
    assert held.published == date(2000, 1, 9)


@pytest.mark.parametrize(
    ("line", "kinds", "read"),
    [
        ("0 aircraft", (CountKind.DESTROYED,), (CountKind.DESTROYED, 0, 0)),
        ("no jets lost", (), (CountKind.DESTROYED, 0, 0)),
        ("40 to 50 soldiers killed", (), (CountKind.KILLED, 40, 50)),
        ("1,200 people driven from home", (), (CountKind.DISPLACED, 1200, 1200)),
    ],
)
def test_figures_are_read_as_people_write_them(line: str, kinds: tuple[CountKind, ...], read: object) -> None:
    assert byname.figure(line, kinds)[:3] == read


@pytest.mark.parametrize("line", ["", "31 civilians", "killed"])
def test_what_is_no_figure_says_what_to_add(line: str) -> None:
    with pytest.raises(InputError):
        byname.figure(line, ())


in_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium here: install Debian's package chromium")


@in_browser
def test_words_marked_in_the_reader_are_the_evidence_of_a_claim_wide_and_narrow(crisis: Store) -> None:
    with served(crisis) as base, browsing() as context:
        page = context.new_page()
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(base + "/reports/k02")
            page.locator(".reader .text p").nth(1).click(click_count=3)
            page.wait_for_function("document.querySelector('#add-claim textarea').value.length > 20")
            for path in ("/", "/incidents/h12", "/figures", "/search?words=demand", "/reports/k02", "/history"):
                page.goto(base + path)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, width)
            page.goto(base + "/")
            lines = page.locator(".top nav li").evaluate_all("all => new Set(all.map(one => one.offsetTop)).size")
            assert lines == 1


@in_browser
def test_three_clicks_lead_from_the_first_page_to_the_words(crisis: Store) -> None:
    with served(crisis) as base, browsing() as context:
        page = context.new_page()
        page.goto(base + "/")
        page.get_by_role("link", name="How many passengers did the hijackers kill?").click()
        cell = page.locator("tr.parts td details").first
        cell.locator("summary").click()
        assert cell.locator("q").first.is_visible()
        cell.locator("a.source").first.click()
        page.wait_for_url("**/reports/**")
        assert page.locator("mark.asked").count() > 0


@in_browser
@pytest.mark.skipif(not built("map.js"), reason="the map was not built (no Node here)")
def test_the_map_names_countries_and_incidents_and_covers_no_place(crisis: Store) -> None:
    with served(crisis) as base, browsing(viewport={"width": 1440, "height": 1000}) as context:
        page = context.new_page()
        page.goto(base + "/map")
        page.locator("#map[data-ready]").wait_for()
        names = page.locator(".country-name").all_inner_texts()
        assert {"PAKISTAN", "AFGHANISTAN"} <= {name.upper() for name in names}
        told = page.locator(".place-name").all_inner_texts()
        assert any("Arrests in Bombay" in one for one in told)
        assert "Lahore, Amritsar: 2" in told, "two towns that would cover each other are one pin"


def test_names_of_nobody_known_are_listed_with_whom_they_may_mean_and_what_is_no_name_is_not(crisis: Store) -> None:
    text = "IMMEDIATE CEASEFIRE! Staff and Katyal met Kodori. The staff of Kodori left."
    told = []
    for at, name in enumerate(("IMMEDIATE CEASEFIRE", "Staff", "Katyal", "Kodori")):
        span = Span(text.index(name), text.index(name) + len(name))
        who = Mention(Party("UNK", (), name), name, span)
        told.append(Claim(f"n{at}", "names", "CONSULT", Trigger("met", span), span, name, actors=(who,)))
    known = Mention(Party("IND", ("CVL",), "Rupin Katyal"), "Katyal", told[0].span)
    told.append(replace(told[0], id="n9", actors=(known,)))
    crisis.add(document(text, "names", date(1999, 12, 30)), told)
    page = TestClient(create_app(crisis), base_url="http://127.0.0.1").get("/parties").text
    listed = page[page.index("in no list") :]
    assert "Kodori</bdi>" in listed
    assert 'value="Rupin Katyal, India"' in listed
    assert "CEASEFIRE" not in listed
    assert "Staff</bdi>" not in listed, "the same report writes it small"
    assert ">unknown<" not in page


def test_two_figures_of_one_day_are_none_that_moved(crisis: Store) -> None:
    titles = brief.Titles(Names(crisis.browse.parties()), {})
    first, second = date(2000, 1, 1), date(2000, 1, 2)

    def asked(*days: date) -> Asked:
        series = tuple(Turn("IND", str(at + 1), f"c{at}", day) for at, day in enumerate(days))
        return Asked("q", "i", Question.HOW_MANY, "How many?", (Line("IND", "2", ("c1",), series=series),))

    assert titles.moved([asked(first, first)]) == []
    assert len(titles.moved([asked(first, second)])) == 1


@pytest.mark.parametrize(
    ("figures", "moved"),
    [(("40", "52"), True), (("52", "at least 30"), True), (("70", "10"), False), (("7", "70", "10"), False)],
)
def test_a_toll_that_falls_to_less_than_half_is_of_two_attacks(
    crisis: Store, figures: tuple[str, ...], moved: bool
) -> None:
    titles = brief.Titles(Names(crisis.browse.parties()), {})
    series = tuple(Turn("IND", told, f"c{at}", date(2000, 1, 1 + at)) for at, told in enumerate(figures))
    line = Line("IND", figures[-1], ("c0",), series=series)
    assert bool(titles.moved([Asked("q", "i", Question.HOW_MANY, "How many?", (line,))])) is moved


def test_who_denies_is_never_shown_to_say_it(crisis: Store) -> None:
    titles = brief.Titles(Names(crisis.browse.parties()), {"r1": "Gulf Wire"})
    line = Line("PAK", "that it had fired the missile", ("c1",), holds=Holds.NO)
    assert titles.side(line).value == "denies that it had fired the missile"
    assert titles.side(replace(line, holds=Holds.YES)).value == "it had fired the missile"
    assert titles.side(replace(line, party="Gulf Wire")).outlet


def test_the_map_has_towns_to_find_ones_way_by(client: TestClient) -> None:
    found = client.get("/map/places.json").json()
    assert "Delhi" in {town["name"] for town in found["towns"]}
    assert not {town["name"] for town in found["towns"]} & {place["name"] for place in found["places"]}


# -- what was read less surely -------------------------------------------------------------------------------------------


def _doubted(store: Store, kept: int) -> list[str]:
    """The ids of all disputes of a store but the first ``kept`` ones, which are hardly likely now."""
    doubted = [one.id for one in store.browse.disputes() if one.incident][kept:]
    with sqlite3.connect(store.url.database or "") as connection:
        doubt = (
            "UPDATE dispute SET record = json_set(record, '$.likely', 0.5) WHERE id IN (SELECT value FROM json_each(?))"
        )
        connection.execute(doubt, (json.dumps(doubted),))
        surely = "UPDATE dispute SET record = json_set(record, '$.likely', 0.9) WHERE id NOT IN (SELECT value FROM json_each(?))"
        connection.execute(surely, (json.dumps(doubted),))
    return doubted


def test_what_was_read_less_surely_stands_behind_a_fold_and_is_counted(crisis: Store, client: TestClient) -> None:
    doubted = _doubted(crisis, 2)
    shown = brief.draw(crisis, Names(crisis.browse.parties()))
    assert {one.dispute for one in shown.disputed} & set(doubted) == set()
    assert shown.left["unsure"] == len(doubted) - 1 > 3
    page = client.get("/").text
    assert f"{len(doubted)} of them uncertain" in page
    listed = client.get("/disputes").text
    fold = listed.index('id="less-sure"')
    assert all(listed.index(f'id="{key}"') > fold for key in doubted)
    for kind in ("md", "pdf", "docx"):
        assert client.get(f"/brief.{kind}").status_code == 200
    text = client.get("/brief.md").text
    assert f"{len(doubted) - 1} more." in text
    assert "## Disputed, but uncertain" in text
    # a person's word makes a claim sure
    first = next(one for one in crisis.browse.disputes() if one.id == doubted[0])
    for position in first.positions:
        (row,) = crisis.browse.rows([position.claims[0]])
        crisis.reviews.add([Review(row.claim.id, row.claim.doc, "ana", Verdict.ACCEPT, now())])
    assert first.id not in sure.unsure(crisis, [first])


def test_the_first_page_shows_the_likeliest_of_uncertain_disputes_where_few_are_sure(
    crisis: Store, client: TestClient
) -> None:
    doubted = _doubted(crisis, 0)
    shown = brief.draw(crisis, Names(crisis.browse.parties()))
    assert not shown.disputed
    assert len(shown.unsure) == brief.AT_LEAST
    page = client.get("/").text
    assert "No accounts differ in a way that the program is sure of." in page
    assert page.count("Uncertain</h3>") == 1
    assert all(html.escape(one.question, quote=False) in page for one in shown.unsure)
    assert {one.dispute for one in shown.unsure} <= set(doubted)


def test_an_incident_shows_first_what_was_read_surely(crisis: Store, client: TestClient) -> None:
    (first, *_) = _doubted(crisis, 1)
    (parted,) = crisis.browse.disputes(ids=[first])
    page = client.get(f"/incidents/{parted.incident}").text
    assert "They may differ" in page
    assert "(uncertain)" in page


EMPTY = (
    "/incidents", "/claims", "/figures", "/disputes", "/map", "/told", "/series", "/parties", "/reports", "/report", "/review", "/search?words=jets"
)  # fmt: skip


def test_an_empty_store_leads_from_every_page_to_adding(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as store:
        client = TestClient(create_app(store), base_url="http://127.0.0.1")
        for path in EMPTY:
            page = client.get(path)
            assert page.status_code == 200, path
            assert 'class="button primary" href="/add"' in page.text, path
            assert "<table" not in page.text, path


def test_parties_are_chosen_by_name_and_who_is_not_known_is_none(client: TestClient) -> None:
    page = client.get("/incidents").text
    select = page[page.index('<select name="party">') :]
    names = re.findall(r'<option value="[^"]+">([^<]+)<', select[: select.index("</select>")])
    assert names == sorted(names, key=str.casefold)
    assert "unknown" not in names
    assert Names({"RUS-REB": [("fighters", 9), ("Northern Front", 1)]}).party("RUS-REB") == "Northern Front"


def test_a_day_that_stands_beside_a_title_is_not_said_twice(client: TestClient) -> None:
    page = client.get("/incidents").text
    titles = re.findall(r'<a href="/incidents/[^"]+"><bdi>([^<]+)</bdi>', page)
    assert len(titles) > 10
    assert not [title for title in titles if re.search(r", \d{1,2} [A-Z][a-z]+ \d{4}$", title)]


def test_a_cut_clause_gives_way_to_the_name_of_who_is_blamed() -> None:
    text = "The president accused Russia of the strike on the depot that stood beside the school of the town"
    span = Span(0, len(text))
    russia = Mention(Party("RUS", ("GOV",), "Russia"), "Russia", span)
    claim = Claim("c1", "r1", "ACCUSE", Trigger("accused", Span(14, 21)), span, text, recipients=(russia,))
    titles = brief.Titles(Names({"RUS": [("Russia", 1)], "GEO": [("Georgia", 1)]}), {})
    line = Line("GEO", "The president accused Russia of the strike on the depot that …", ("c1",))
    assert titles.side(line, {"c1": claim}, Question.WHO).value == "blames Russia"
    assert titles.side(replace(line, value="armed men"), {"c1": claim}, Question.WHO).value == "armed men"
    assert titles.side(line, {"c1": claim}, Question.HAPPENED).value == f"“{text}”"


def test_figures_of_one_day_are_one_step() -> None:
    titles = brief.Titles(Names({"NGO": [("Observatory", 1)]}), {})
    first, second = date(2017, 4, 15), date(2017, 4, 16)
    turns = [("at least 24", first), ("at least 43", first), ("126", second), ("98", second)]
    series = tuple(Turn("NGO", value, f"c{at}", day) for at, (value, day) in enumerate(turns))
    asked = Asked("q", "i", Question.HOW_MANY, "How many?", (Line("NGO", "98", ("c3",), series=series),))
    (moved,) = [titles.with_steps(one, {}, {}) for one in titles.moved([asked])]
    assert [step.value for step in moved.accounts[0][1]] == ["at least 24 to 43", "98 to 126"]
