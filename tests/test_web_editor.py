"""What an editor found at fault on the pages, each mended: order, counts that agree, empty cells, fields of days, words for codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import known_crises
import standoff
from conftest import document
from standoff import acts, cli, wording
from standoff.analysis import brief, called
from standoff.analysis.report import build, markdown
from standoff.analysis.weight import Weight, weigh
from standoff.model import (
    Asked,
    Bound,
    Claim,
    Count,
    CountKind,
    Line,
    Mention,
    Party,
    Question,
    Source,
    Span,
    Trigger,
    Turn,
)
from standoff.store import Store, open_store
from standoff.store.browse import IncidentRow
from standoff.web.app import create_app
from standoff.wording import Names

OURS = "http://127.0.0.1"
EMPTY = IncidentRow("", "", None, None, (), None, None, None, None, None, 1, 1, 0, 0.0)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("editor") / "archive.db") as store:
        known_crises.fill(store, "vanjob-square")
        yield store


@pytest.fixture(scope="module")
def asking(archive: Store) -> TestClient:
    return TestClient(create_app(archive), base_url=OURS)


def words(page: str) -> str:
    """A page's text, without what stands in its head and its tags."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


# -- the list of incidents -------------------------------------------------------------------------------------------


def line(party: str, high: int, bound: Bound = Bound.EXACT) -> Line:
    return Line(
        party, str(high), (f"c-{party}",), low=high, high=None if bound is not Bound.EXACT else high, bound=bound
    )


def test_an_incident_weighs_by_its_highest_figure_of_dead_and_by_its_accounts() -> None:
    dead = Asked(
        "q1",
        "i1",
        Question.HOW_MANY,
        "How many people were killed?",
        (line("A", 16), line("B", 200, Bound.MORE_THAN)),
        "killed people X this",
    )
    hurt = Asked(
        "q2", "i1", Question.HOW_MANY, "How many people were injured?", (line("C", 900),), "injured people X this"
    )
    war = Asked(
        "q3",
        "i1",
        Question.HOW_MANY,
        "How many people were killed, in all?",
        (line("A", 5000),),
        "killed people X cumulative",
    )
    silent = Asked("q4", "i2", Question.WHO, "Who was behind it?", (Line("A", "B", ("c1",)),))
    found = weigh([dead, hurt, war, silent])
    assert found == {"i1": Weight(200, "more than 200", 3), "i2": Weight(None, "", 1)}


@pytest.mark.parametrize(
    ("number", "told", "who"), [(0, "no", "Syrian fighters"), (1, "1", "Syrian fighter"), (2, "2", "Syrian fighters")]
)
def test_the_dead_of_an_incident_are_one_or_many(number: int, told: str, who: str) -> None:
    text = "How many Syrian fighters were killed? (Raid)"
    asked = Asked("q", "i", Question.HOW_MANY, text, (line("A", number),), "killed fighters SYR this")
    assert weigh([asked])["i"] == Weight(number, told, 1, who)


@pytest.mark.parametrize(("order", "column"), [("deaths", 2), ("accounts", 3)])
def test_incidents_are_ordered_by_deaths_and_by_accounts(asking: TestClient, order: str, column: int) -> None:
    page = asking.get(f"/incidents?order={order}").text
    rows = re.findall(r"<tr><td.*?</tr>", page, re.DOTALL)
    told = [re.sub(r"<[^>]+>", "", re.findall(r"<td.*?</td>", row, re.DOTALL)[column]) for row in rows]
    numbers = [int(found[0].replace(",", "")) if (found := re.search(r"\d[\d,]*", one)) else -1 for one in told]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 0
    assert asking.get("/incidents?order=colour").status_code == 400


def test_every_incident_is_reached_in_every_order(
    asking: TestClient, archive: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.web.incidents.STEP", 4)
    for order in ("day", "deaths", "accounts"):
        seen: list[str] = []
        path = f"/incidents?order={order}&party="
        while path:
            page = asking.get(path).text
            seen += re.findall(r'<td><a href="/incidents/([^"]+)"', page)
            found = re.search(r'rel="next" href="([^"]+)"', page)
            path = found[1].replace("&amp;", "&") if found else ""
        assert sorted(seen) == sorted(one.id for one in archive.incidents()), order


def test_the_map_says_how_many_incidents_it_leaves_out_and_lists_them(asking: TestClient, archive: Store) -> None:
    page = asking.get("/map").text
    (left,) = re.findall(r'<a href="/incidents\?placed=no">(\d+) incidents? (?:is|are) not on the map</a>', page)
    listed = asking.get("/incidents?placed=no").text
    assert f"{left} incident" in words(listed)
    assert len(re.findall(r'<td><a href="/incidents/', listed)) == int(left)
    assert int(left) + archive.browse.count_incidents(placed=True) == archive.browse.totals()["incidents"]


@pytest.mark.parametrize("path", ["/incidents", "/map", "/claims", "/search", "/told", "/series", "/report"])
def test_fields_of_days_have_labels_and_the_days_of_the_store(asking: TestClient, archive: Store, path: str) -> None:
    first, last = archive.browse.told_days()
    page = asking.get(path).text
    for field in ("since", "until"):
        assert re.search(
            rf'<label>\w+ (?:from|until) <input type="date" name="{field}"[^>]* min="{first}" max="{last}"', page
        ), (path, field)


def test_an_empty_cell_says_that_nothing_was_told(asking: TestClient, archive: Store) -> None:
    paths = ["/incidents", "/claims", "/reports", "/map", "/parties", "/sources", "/figures"]
    paths += [f"/incidents/{one.id}" for one in archive.incidents()[:3]]
    for path in paths:
        page = asking.get(path).text
        empty = re.findall(r"<td[^>]*>\s*(?:<bdi>\s*</bdi>)?\s*</td>", page)
        bodies = re.sub(r"<thead>.*?</thead>", "", page, flags=re.DOTALL)
        assert not [cell for cell in empty if cell in bodies], path
        assert not re.search(r"<td[^>]*>\s*[–-]\s*</td>", page), path


# -- the situation report --------------------------------------------------------------------------------------------


def test_the_situation_report_leads_with_its_summary_speaks_in_words_and_says_what_it_leaves_out(
    asking: TestClient, archive: Store
) -> None:
    page = asking.get("/report").text
    heads = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert heads[:3] == ["Summary", "Disputes", "Figures"]
    assert re.search(r"<details><summary><h2>Sources</h2></summary>", page), "sources stand behind a fold"
    told = words(page[: page.index("<h2>Sources")] + "</main>")
    assert not re.findall(
        r"\b[A-Z]{3}-[A-Z]{3}\b|\b(?:assault|coerce|consult|retreat|concede) \([a-z]|; (?:assault|coerce|consult|retreat|concede)\b|\bUNK\b|80 %",
        told,
    )
    assert not re.findall(r"\d{4}-\d\d-\d\d", told)
    left = archive.browse.totals()["incidents"] - 6
    assert f"{left} more stand on the page Incidents" in told


def test_who_denies_it_does_not_say_denies(sample_store: Store) -> None:
    told = markdown.write(build.draw(sample_store))
    assert not re.findall(r"says? (?:denies|accuses|blames|rejects)", told)


def test_what_a_dispute_over_figures_shows_is_what_parts(tmp_path: Path) -> None:
    first = document("The vessel and her 25 crew were seized by Bangladesh at Chittagong.", "a", date(2011, 3, 9), "A")
    span = Span(0, 10)
    claim = Claim("c1", "a", "COERCE", Trigger("seized", span), span, first.text)
    turns = (Turn("MMR", "at least 1", "c1", date(2011, 3, 9)), Turn("MMR", "25", "c1", date(2011, 3, 9)))
    held = Line("MMR", "25", ("c1",), low=25, high=25, series=turns)
    assert [step.value for step in brief.steps_of(held, {"c1": claim})] == ["at least 1"]
    assert [step.value for step in brief.steps_of(held, {"c1": claim}, disputed=True)] == ["25"]


def test_a_speaker_by_two_names_is_one_account() -> None:
    span = Span(0, 1)
    claims = [
        Claim(f"c{at}", "a", "ASSAULT", Trigger("x", span), span, "x", sources=(Source(who, "said", span),))
        for at, name in enumerate(("Teacher", "a teacher"))
        for who in [Mention(Party("BGD", ("CVL",), name), name, span)]
    ]
    assert " and " not in called.account("BGD-CVL", claims, Names({}))


# -- figures ---------------------------------------------------------------------------------------------------------


def test_figures_that_moved_or_differ_come_first_and_those_told_once_stand_in_one_fold(asking: TestClient) -> None:
    page = asking.get("/figures").text
    own, _, once = page.partition('<details class="faint" id="once">')
    assert once, "some figure was told once"
    total, differing, alone = map(
        int, re.findall(r">(\d+) figures: (\d+) that moved or differ(?:, \d+ told alike by several)?, (\d+) <", page)[0]
    )
    articles = re.findall(r'<article class="figure".*?</article>', own, re.DOTALL)
    values = [set(re.findall(r"<b><bdi>(.*?)</bdi></b>", one)) for one in articles]
    disputed = [">disputed<" in one for one in articles]
    assert len(articles) + alone == total
    assert all(len(re.findall(r"<tr id=", one)) > 1 or apart for one, apart in zip(articles, disputed, strict=True))
    assert [len(v) > 1 or apart for v, apart in zip(values, disputed, strict=True)] == [
        at < differing for at in range(len(articles))
    ]
    assert len(re.findall(r'<tr id="f-', once)) == alone


# -- counts ----------------------------------------------------------------------------------------------------------

NOUNS = (
    "accounts|claims|days|decisions|disputes|figures|files|happenings|incidents|lines|mentions|months|names|origins|outlets|parties"
    "|persons|places|positions|questions|records|reports|rows|sides|statements|times|voices|weeks|years"
)
ONE_OF_MANY = re.compile(rf"(?<![\d.,–-])1 (?:[a-z]+ )?(?:{NOUNS})\b")
WALKED = (
    "/", "/incidents", "/incidents?order=deaths", "/disputes", "/reports", "/figures", "/more", "/add", "/review", "/claims",
    "/search?words=killed", "/map", "/parties", "/sources", "/series", "/told", "/report", "/history", "/alerts",
)  # fmt: skip


def walk(client: TestClient, store: Store) -> Iterator[tuple[str, str]]:
    """Every page of a store, with what it says."""
    own = [f"/incidents/{one.id}" for one in store.incidents()] + [f"/reports/{one.id}" for one in store.documents()]
    own += [f"/claims/{one.id}" for one in store.claims()[:20]] + [f"/parties/{key}" for key in store.browse.parties()]
    for path in (*WALKED, *own):
        answer = client.get(path)
        assert answer.status_code == 200, path
        yield path, answer.text


def test_one_of_a_kind_is_never_counted_as_many(asking: TestClient, archive: Store, tmp_path: Path) -> None:
    text = "India said on 5 May 2025 that Pakistani forces killed one soldier in Uri on 5 May 2025."
    one = document(text, "only", date(2025, 5, 6), "Wire")
    with open_store(tmp_path / "one.db") as store:
        store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        alone = TestClient(create_app(store), base_url=OURS)
        for client, held in ((asking, archive), (alone, store)):
            for path, page in walk(client, held):
                # What reports say is theirs to count.
                own = re.sub(
                    r"<(q|blockquote|article class=\"text\"|bdi)\b.*?</(q|blockquote|article|bdi)>",
                    " ",
                    page,
                    flags=re.DOTALL,
                )
                assert not ONE_OF_MANY.findall(words(own)), path
        for kind in ("md",):
            assert not ONE_OF_MANY.findall(alone.get(f"/brief.{kind}").text)


def test_the_terminal_counts_one_as_one(tmp_path: Path) -> None:
    report = tmp_path / "wire.txt"
    report.write_text(
        "India said on 5 May 2025 that Pakistani forces killed one soldier in Uri on 5 May 2025.", encoding="utf-8"
    )
    store = f"{tmp_path}/one.db"
    for command in (
        ["add", str(report), "--published", "2025-05-06", "--store", store],
        ["check", "--store", store],
        ["brief", "--store", store],
    ):
        done = CliRunner().invoke(cli.app, command)
        assert not ONE_OF_MANY.findall(done.output), done.output


def test_every_page_counts_disputes_and_incidents_alike(asking: TestClient, archive: Store) -> None:
    totals = archive.browse.totals()
    first, listed, shown, report = (
        words(asking.get(path).text) for path in ("/", "/incidents", "/disputes", "/report")
    )
    assert f"{totals['disputes']} disputes" in first
    assert shown.count(" They differ") <= totals["disputes"]
    assert f"{totals['disputes']} disputes" in shown
    assert f"{totals['disputes']} disputes stand" in report
    assert len(re.findall(r'<article class="dispute"', asking.get("/disputes").text)) == totals["disputes"]
    assert f"{totals['incidents']} incidents" in first
    assert f"{totals['incidents']} incidents" in listed
    assert f"{totals['incidents']} incidents" in report
    rows = re.findall(r"(\d+) disputes?\b", listed)
    assert sum(map(int, rows)) == totals["disputes"]


def test_what_nobody_says_is_a_question_and_stands_only_where_there_is_one(asking: TestClient) -> None:
    page = asking.get("/").text
    section = re.findall(r'<section aria-labelledby="unknown">.*?</section>', page, re.DOTALL)
    assert all("<li>" in one for one in section)
    titles = brief.Titles(Names({}), {})
    row = replace(
        EMPTY,
        id="i1",
        event="ASSAULT",
        title="Stabbing in Dubai, 25 December 1999",
        reports=2,
        start=date(1999, 12, 25),
    )
    asked = Asked(
        "q1", "i1", Question.HOW_MANY, "How many people were killed?", (Line("IND", "1", ("c",), low=1, high=1),)
    )
    assert titles.unknown([asked], [row]) == [
        ("Who was behind the stabbing? (Stabbing in Dubai, 25 December 1999)", "i1")
    ]
    assert titles.unknown([asked], [replace(row, reports=1)]) == []


# -- words -----------------------------------------------------------------------------------------------------------


def test_a_side_shows_first_the_words_that_hold_what_it_holds() -> None:
    texts = {"c1": "that two helicopters were shot down", "c2": "A Turkish F-16 shot down its fighter jet"}
    span = Span(0, 4)
    claims = {key: Claim(key, key, "ASSAULT", Trigger("shot", span), span, text) for key, text in texts.items()}
    held = Line("ARM", "Turkish F-16 shot down its fighter jet", ("c1", "c2"))
    assert brief.Titles(Names({}), {}).side(held, claims).claims == ("c2", "c1")


@pytest.mark.parametrize(
    ("unit", "number", "told", "done"),
    [
        ("sailor", 0, "no sailor killed", "No sailor was killed"),
        ("sailors", 0, "no sailors killed", "No sailors were killed"),
        ("people", 1, "1 person killed", "1 person was killed"),
        ("children", 1, "1 child killed", "1 child was killed"),
        ("people", 2, "2 people killed", "2 people were killed"),
    ],
)
def test_none_and_one_are_counted_as_english_counts_them(unit: str, number: int, told: str, done: str) -> None:
    span = Span(0, 1)
    count = Count(CountKind.KILLED, number, number, number, unit, str(number), span)
    assert wording.figure(count) == told
    assert acts.words(Claim("c", "d", "ASSAULT", Trigger("killed", span), span, "x", counts=(count,))) == done


def test_incidents_stand_in_the_order_of_the_days_that_are_shown(tmp_path: Path) -> None:
    with open_store(tmp_path / "order.db") as store:
        known_crises.fill(store, "sonar-bank-standoff")
        days = [row.start for row in store.browse.incidents(limit=100).rows if row.start]
    assert days == sorted(days, reverse=True)


def test_a_party_is_not_named_by_its_code(asking: TestClient) -> None:
    named = re.findall(r'</th><td class="dim">(.*?)</td>', asking.get("/parties").text)
    assert named
    assert not [one for one in named if re.search(r"<bdi>(?:[A-Z]{3}|.)</bdi>", one)]
