"""What the pages draw: charts and map from figures that lead back to claims, usable by everybody, with the network off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import standoff
from browser import browsing, chromium, served
from conftest import document
from standoff.errors import SettingsError
from standoff.model import AuxMode, Claim, Mention, Party, Source, Span, Trigger, When
from standoff.store import Store
from standoff.store.browse import NONE, Told, Wanted
from standoff.web import series
from standoff.web.app import create_app
from standoff.web.map import built, check

OURS = "http://127.0.0.1"
AXE = Path(__file__).parents[1] / "webclient" / "node_modules" / "axe-core" / "axe.min.js"
drawn = pytest.mark.skipif(
    chromium() is None or not built("charts.js"), reason="no Chromium, or charts and map were not built (no Node here)"
)


@pytest.fixture
def client(sample_store: Store) -> TestClient:
    return TestClient(create_app(sample_store), base_url=OURS)


def told(day: date, actor: str, teller: str, claims: int = 1, recipient: str = "", event: str = "ASSAULT") -> Told:
    return Told(day, event, actor, recipient, teller, claims)


# -- figures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "recipient", "teller", "by"),
    [
        ("IND", "PAK", "IND", "by itself"),
        ("IND", "PAK", "PAK", "by the other side"),
        ("IND", "PAK", "USA", "by third parties"),
        ("IND", "PAK", NONE, "by third parties"),
    ],
)
def test_a_point_says_in_whose_telling(actor: str, recipient: str, teller: str, by: str) -> None:
    assert series.telling(told(date(2025, 5, 7), actor, teller, recipient=recipient)) == by


@pytest.mark.parametrize(("days", "step", "points"), [(5, "day", 6), (300, "week", 44), (2000, "month", 66)])
def test_long_times_are_drawn_in_weeks_and_months_and_lose_no_claim(days: int, step: str, points: int) -> None:
    first = date(2020, 1, 1)
    rows = [told(first + timedelta(days=n), "IND", "PAK", recipient="PAK") for n in range(days + 1)]
    found = series.draw(rows, str)
    assert found["step"] == step
    assert len(found["points"]) == points
    assert sum(point["claims"] for point in found["points"]) == days + 1
    assert sum(point["claims"] for point in found["accounts_over_time"]) == days + 1


def test_tension_is_the_mean_score_of_the_claims_with_hostile_up() -> None:
    day = date(2025, 5, 7)
    rows = [told(day, "IND", "PAK", 3), told(day, "IND", "PAK", 1, event="CONSULT")]
    (point,) = [one for one in series.draw(rows, str)["accounts_over_time"] if one["name"] == "PAK"]
    from standoff import ontology

    assert point["tension"] == round(-(3 * ontology.score("ASSAULT") + ontology.score("CONSULT")) / 4, 2)


def test_nothing_told_draws_nothing() -> None:
    assert series.draw([], str)["points"] == []
    assert series.draw([told(date(2025, 5, 7), "UNK", "PAK")], str)["points"] == []


def test_every_point_leads_to_just_its_claims(client: TestClient, sample_store: Store) -> None:
    found = client.get("/series.json").json()
    assert found["points"]
    for point in found["points"]:
        page = client.get(point["href"]).text
        count = int(re.search(r"<h1>Claims <small[^>]*>([\d,]+)<", page).group(1).replace(",", ""))  # type: ignore[union-attr]
        assert count >= point["claims"], point
    lanes = sum(point["claims"] for point in found["points"])
    held = sample_store.browse.told(Wanted())
    assert lanes == sum(row.claims for row in held if row.actor != "UNK")


def test_told_counts_what_happened_once_and_on_its_day(where: str) -> None:
    text = "A said that B shelled C and D. It may shell E."
    party = {key: Mention(Party(key), key, Span(0, 1)) for key in ("AAA", "BBB", "CCC", "DDD")}

    def claim(number: int, **more: object) -> Claim:
        fields = {
            "id": f"c{number}", "doc": "r", "event": "ASSAULT", "trigger": Trigger("shelled", Span(14, 21)),
            "span": Span(0, 30), "text": text[:30], "actors": (party["BBB"],),
            "recipients": (party["CCC"], party["DDD"]), "sources": (Source(party["AAA"], "", Span(0, 1)),),
        }  # fmt: skip
        return Claim(**fields | more)  # type: ignore[arg-type]

    dated = When(date(2025, 5, 7), date(2025, 5, 7), "A", Span(0, 1))
    with standoff.open_store(where) as store:
        store.add(
            document(text, "r", date(2025, 5, 8)),
            [
                claim(1, when=dated),
                claim(2),
                claim(3, aux=(AuxMode.FUTURE,)),
                claim(4, aux=(AuxMode.NEGATION,)),
                claim(5, sources=()),
                claim(6, actors=()),
            ],
        )
        expected = [
            Told(date(2025, 5, 7), "ASSAULT", "BBB", "CCC", "AAA", 1),
            Told(date(2025, 5, 8), "ASSAULT", "BBB", "CCC", "AAA", 1),
            Told(date(2025, 5, 8), "ASSAULT", "BBB", "CCC", NONE, 1),
        ]
        assert store.browse.told(Wanted()) == expected
        assert store.browse.told(Wanted(since=date(2025, 5, 8))) == expected[1:]
        assert store.browse.told(Wanted(until=date(2025, 5, 7))) == expected[:1]
        assert store.browse.told(Wanted(source=(NONE,))) == expected[2:]


def test_filters_in_the_address_hold_for_the_whole_page(client: TestClient) -> None:
    everything = client.get("/series.json").json()
    some = client.get("/series.json?party=DEU&event=CONSULT&since=2018-11-01").json()
    assert 0 < len(some["points"]) < len(everything["points"])
    page = client.get("/told?party=DEU&event=CONSULT&since=2018-11-01").text
    assert 'data-series="/series.json?party=DEU&amp;event=CONSULT&amp;since=2018-11-01"' in page or not built(
        "charts.js"
    )
    assert '<option value="DEU" selected>' in page
    assert client.get("/told?since=yesterday").status_code == 400


# -- the map -----------------------------------------------------------------------------------------------------------


def test_a_place_is_an_area_as_large_as_it_is_uncertain(client: TestClient) -> None:
    places = client.get("/map/places.json").json()["places"]
    assert places
    for place in places:
        assert place["radius"] in series.RADIUS.values()
        assert place["precision"]
        for one in place["incidents"]:
            assert client.get(f"/incidents/{one['id']}").status_code == 200
    page = client.get("/map").text
    assert "Natural Earth" in page
    assert all(place["name"] in page for place in places)
    assert client.get("/map/places.json?party=NOBODY").json()["places"] == []


def test_boundaries_of_ones_own_are_drawn_and_named(sample_store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "claimed-by-all.geojson"
    mine.write_text(json.dumps({"type": "FeatureCollection", "features": []}), encoding="utf-8")
    client = TestClient(create_app(sample_store, boundaries=check(mine)), base_url=OURS)
    page = client.get("/map").text
    assert "claimed-by-all.geojson" in page
    assert client.get("/map/boundaries.json").json()["type"] == "FeatureCollection"
    assert TestClient(create_app(sample_store), base_url=OURS).get("/map/boundaries.json").status_code == 404


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"type": "Feature"}', "not json", "\udcff"])
def test_a_file_that_holds_no_boundaries_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match="neither GeoJSON nor TopoJSON"):
        check(path)
    with pytest.raises(SettingsError, match="No such file"):
        check(tmp_path / "none.json")


# -- in a browser ------------------------------------------------------------------------------------------------------


@drawn
def test_charts_and_map_are_drawn_and_lead_to_their_claims(sample_store: Store) -> None:
    with served(sample_store) as base, browsing(viewport={"width": 1440, "height": 1000}) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(base + "/told")
        page.locator("#lanes svg").wait_for()
        points = page.locator("#lanes a")
        assert points.count() == len(page.request.get(base + "/series.json").json()["points"])
        assert page.locator("#volume svg, #tension svg").count() == 2
        says = points.first.locator("title").text_content()
        points.first.press("Enter")
        page.wait_for_url("**/claims?*")
        assert "toward" in says or "told" in says
        assert page.locator("table.claimtable tbody tr").count() > 0

        page.goto(base + "/map")
        page.locator("#map[data-ready]").wait_for()
        page.locator("#map path.leaflet-interactive").last.click()
        page.locator(".leaflet-popup a").first.click()
        page.wait_for_url("**/incidents/*")
        assert faults == []


@drawn
def test_two_parties_over_time_are_drawn_and_lead_to_their_claims(sample_store: Store) -> None:
    with served(sample_store) as base, browsing() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(base + "/series")
        page.locator("#index svg a").first.wait_for()
        assert page.locator("#index svg a").count() == 5, "to the day of the last report"
        assert page.locator("#told svg [stroke-dasharray]").count() >= 3
        assert page.locator("#came svg title").count() == 3
        assert "Russia" in page.locator("h1").inner_text()
        page.locator("#index svg a").nth(1).click()
        page.wait_for_url("**/claims?*")
        assert page.locator("main a[href^='/claims/c']").count() > 0
        assert faults == []


@drawn
def test_the_report_shows_its_charts_and_its_numbers_lead_to_the_words(sample_store: Store) -> None:
    with served(sample_store) as base, browsing() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(base + "/report")
        assert page.locator("article img").first.evaluate("image => image.complete && image.naturalWidth > 500")
        page.locator("article .cites a").first.click()
        page.locator("li:target a").first.click()
        page.wait_for_url("**/reports/*?span=*")
        assert page.locator(".asked").count() > 0
        assert faults == []


@drawn
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in webclient/")
def test_no_page_keeps_anybody_out(sample_store: Store) -> None:
    """axe-core finds no serious violation, light or dark, wide or narrow."""
    incident = sample_store.browse.incidents(disputed=True).rows[0].id
    claim = sample_store.claims()[0].id
    pages = (
        "/", "/incidents", f"/incidents/{incident}", "/map", "/series", "/report", "/alerts", "/disputes", "/claims", f"/claims/{claim}", "/reports",
        "/reports/demo-kyiv", "/review", "/parties", "/parties/RUS", "/sources", "/add", "/sign-in", "/nothing", "/told", "/figures",
        "/search?words=sailors", "/history", "/more", "/copies?a=demo-kyiv&b=demo-wire",
    )  # fmt: skip
    script = AXE.read_text(encoding="utf-8")
    with served(sample_store) as base, browsing(bypass_csp=True) as context:
        page = context.new_page()
        for width, scheme in ((1440, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            for path in pages:
                page.goto(base + path)
                if path in ("/told", "/series"):
                    page.locator("#lanes svg, #index svg").wait_for()
                page.evaluate(script)
                found = page.evaluate("axe.run({resultTypes: ['violations']})")
                grave = [
                    (path, width, one["id"], one["nodes"][0]["html"][:200])
                    for one in found["violations"]
                    if one["impact"] in ("serious", "critical")
                ]
                assert grave == []


# -- a store of many reports -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Thirty generated reports, read by the real pipeline and reconciled."""
    towns = ("Omdurman", "Nyala", "El Fasher", "Port Sudan", "Wad Madani")
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    with standoff.open_store(path) as store:
        for number in range(30):
            town, killed = towns[number % 5], 3 + number % 17
            day = date(2024, 5, 1) + timedelta(days=number)
            side = ("Sudan's army said", "The Rapid Support Forces said", "Residents said")[number % 3]
            text = (
                f"{side} on {day:%A} that the other side had shelled a market in {town}, killing {killed} people. "
                f"The Rapid Support Forces denied that it had shelled {town}. "
                f"Sudan's army accused the Rapid Support Forces of attacking civilians. "
                f"The United Nations condemned the shelling and called on Sudan to protect civilians."
            )
            one = document(text, f"report-{number:02d}", day, f"Outlet {number % 7}")
            store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        yield store


@drawn
def test_an_analyst_works_through_an_archive_with_the_network_off(archive: Store) -> None:
    with served(archive) as base, browsing(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        outside: list[str] = []
        page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(base) else None)
        page.goto(base + "/")
        assert "30 reports" in page.locator("header.pagehead").inner_text()
        page.goto(base + "/told")
        page.locator("#lanes svg").wait_for()

        # from a chart's filter to one incident, to the words it rests on
        page.locator("select[name=party]").select_option("SDN-REB")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**party=SDN-REB**")
        page.goto(base + "/incidents?event=ASSAULT")
        page.locator("table.list tbody tr a").first.click()
        page.locator("details.answer summary").first.click()
        page.locator("details.answer[open] a.source").first.click()
        page.locator("mark.asked").first.wait_for()

        # all of the table, page by page
        page.goto(base + "/claims?event=ASSAULT")
        count = int(page.locator("h1 small").inner_text().replace(",", ""))
        seen = page.locator("table.claimtable tbody tr").count()
        while page.get_by_role("link", name="Next page").count():
            page.get_by_role("link", name="Next page").click()
            page.wait_for_load_state()
            seen += page.locator("table.claimtable tbody tr").count()
        assert seen == count > 50

        page.goto(base + "/map")
        page.locator("#map[data-ready]").wait_for()
        assert page.locator("#map path.leaflet-interactive").count() >= 4
        assert outside == []
