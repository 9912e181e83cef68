"""What accounts hold, as the pages put it: what is agreed, whose latest word and figure stands in front, what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import small
from small import Said, Telling
from standoff import acts
from standoff.model import Count, CountKind, DisputeState, Question, Span
from standoff.store import Store, open_store
from standoff.web.app import create_app

OURS = "http://127.0.0.1"
FIRST, SECOND, THIRD = date(2017, 10, 9), date(2017, 10, 14), date(2017, 10, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "small.db") as opened:
        yield opened


@contextmanager
def asking(store: Store) -> Iterator[TestClient]:
    yield TestClient(create_app(store), base_url=OURS)


def words(page: str) -> str:
    """A page's text, without what stands in its head and its tags."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


# -- what is agreed --------------------------------------------------------------------------------------------------

KILLED = "How many people were killed? (Raid on Amdjena, 9 October 2017)"


@pytest.mark.parametrize(
    ("said", "answers", "agreed"),
    [
        pytest.param(
            [Said("a", FIRST, "Four died, Khartoum said.", "SDN", number=4), Said("b", FIRST, "Four died, Chad said.", "TCD", number=4)],
            [("SDN", "4", [0]), ("TCD", "4", [1])],
            "Sudan, Chad",
            id="two sides say it",
        ),
        pytest.param(
            [Said("a", FIRST, "Four died, Chad said.", "TCD", number=4), Said("b", FIRST, "Four people died in the raid.", number=4, outlet="Chad Telegraph")],
            [("TCD", "4", [0]), ("Chad Telegraph", "4", [1])],
            "",
            id="a side and its own paper",
        ),
        pytest.param(
            [Said("a", FIRST, "Four died, Chad said.", "TCD", number=4), Said("b", FIRST, "Four died, the radio said.", "TCD-MED", number=4)],
            [("TCD", "4", [0]), ("TCD-MED", "4", [1])],
            "",
            id="a side and its own radio",
        ),
        pytest.param(
            [Said("a", FIRST, "Four died, Khartoum said.", "SDN", number=4),
             Said("b", FIRST, "The story of four dead was a bluff of the raiders, Chad said.", "TCD", "four dead", number=4)],
            [("SDN", "4", [0]), ("TCD", "4", [1])],
            "",
            id="one calls it a bluff",
        ),
        pytest.param(
            [Said("a", FIRST, "Nobody died, Khartoum said.", "SDN", number=0), Said("b", FIRST, "Nobody died, Chad said.", "TCD", number=0)],
            [("SDN", "none", [0]), ("TCD", "none", [1])],
            "",
            id="two that say none",
        ),
    ],
)  # fmt: skip
def test_agreed_is_what_two_named_sides_say_and_nobody_calls_false(
    store: Store, said: list[Said], answers: list[tuple[str, str, list[int]]], agreed: str
) -> None:
    small.fill(store, "Raid on Amdjena, 9 October 2017", said, [Telling(Question.HOW_MANY, KILLED, answers)])
    with asking(store) as pages:
        found = re.findall(r'<section aria-labelledby="agreed">.*?</section>', pages.get("/").text, re.DOTALL)
        told = pages.get("/brief.md").text
    assert bool(found) is bool(agreed)
    assert ("## Agreed" in told) is bool(agreed)
    if agreed:
        assert agreed in words(f"<main{found[0]}</main>")


# -- headlines -------------------------------------------------------------------------------------------------------


def lede(page: str) -> str:
    (found,) = re.findall(r'<section aria-labelledby="lede".*?</section>', page, re.DOTALL)
    return words(f"<main{found}</main>")


def test_a_headlines_figure_stands_beside_what_other_accounts_give_each_with_its_day(store: Store) -> None:
    said = [
        Said("a", FIRST, "Jets killed 14 people in Amdjena, Chad said.", "TCD", number=14, actor="SDN"),
        Said("b", SECOND, "The dead of Amdjena are now 23, Chad said.", "TCD", number=23, actor="SDN"),
        Said("c", SECOND, "Only six died in Amdjena, Sudan said.", "SDN", number=6, actor="SDN"),
    ]
    answers = [("TCD", "23", [0, 1]), ("SDN", "6", [2])]
    small.fill(store, "Raid on Amdjena, 9 October 2017", said, [Telling(Question.HOW_MANY, KILLED, answers)])
    with asking(store) as pages:
        told = lede(pages.get("/").text)
        pasted = pages.get("/brief.md").text
    for page in (told, pasted):
        assert "People killed: 23 by Chad (14 October), 6 by Sudan (14 October)" in page
        assert "14 people were killed" not in page


def test_a_headline_shows_no_denial_that_was_given_up(store: Store) -> None:
    said = [
        Said("a", FIRST, "Chad shelled the hospital of Zurmi, Sudan said.", "SDN", actor="TCD", event="ASSAULT"),
        Said("b", SECOND, "Chad denied it.", "TCD", event="REJECT"),
    ]
    asked = Telling(
        Question.HAPPENED,
        "Did the shelling happen?",
        [("SDN", "it shelled the hospital", [0]), ("TCD", "denies that it shelled the hospital", [1])],
        disputed=True,
        denied=["TCD"],
    )
    made = small.fill(store, "Shelling of Zurmi, 9 October 2017", said, [asked])
    with asking(store) as pages:
        assert "Chad denies that it shelled the hospital" in lede(pages.get("/").text)
    given_up = replace(made, disputes=tuple(replace(one, state=DisputeState.SETTLED) for one in made.disputes))
    store.save(given_up)
    with asking(store) as pages:
        assert "denies" not in lede(pages.get("/").text)


def test_a_deed_without_a_figure_is_told_in_the_reports_words(store: Store) -> None:
    text = "Marines of Chad beat back a landing on Hajar before dawn, its general staff said."
    said = [Said("a", FIRST, text, "TCD", "beat back a landing on Hajar before dawn", actor="TCD", to="SDN")]
    small.fill(store, "Ground attack on Hajar, 9 October 2017", said)
    with asking(store) as pages:
        assert f"Chad: “{text}”" in lede(pages.get("/").text)


@pytest.mark.parametrize(("to", "about"), [("SDN", "What is told of Sudan and Chad"), ("", "What is told of Chad")])
def test_an_archive_is_called_by_whom_most_of_it_tells_of(store: Store, to: str, about: str) -> None:
    said = [Said("a", FIRST, "Its gunners beat back a landing on Hajar.", actor="TCD", to=to)]
    small.fill(store, "Ground attack on Hajar, 9 October 2017", said)
    with asking(store) as pages:
        assert f"{about}, reports of" in re.sub(r"<[^>]+>", "", pages.get("/").text)


def test_who_speaks_is_not_said_twice(store: Store) -> None:
    text = "The Lake Monitors said that marines of Chad beat back a landing on Hajar before dawn."
    said = [Said("a", FIRST, text, "NGO", text, "Lake Monitors", actor="TCD", to="SDN")]
    small.fill(store, "Ground attack on Hajar, 9 October 2017", said)
    with asking(store) as pages:
        told = lede(pages.get("/").text)
    assert f"Outlet a: “{text}”" in told
    assert told.count("Lake Monitors") == 1


def test_a_number_that_was_corrected_is_on_no_page(store: Store) -> None:
    said = [
        Said(
            "a", FIRST, "Chad said it had shot down three jets.", "TCD", number=3, kind=CountKind.DESTROYED, unit="jets"
        ),
        Said("b", SECOND, "Chad's army had claimed five jets.", "TCD", number=5, kind=CountKind.DESTROYED, unit="jets"),
        Said("c", SECOND, "Sudan said that none was lost.", "SDN", number=0, kind=CountKind.DESTROYED, unit="jets"),
    ]
    answers = [("TCD", "3", [0, 1]), ("SDN", "none", [2])]
    asked = Telling(
        Question.HOW_MANY, "How many jets were lost?", answers, disputed=True, subject="destroyed jets SDN this"
    )
    small.fill(store, "Air fight over Amdjena, 9 October 2017", said, [asked])
    with asking(store) as pages:
        shown = [pages.get(path).text for path in ("/", "/disputes", "/report", "/brief.md")]
    for page in shown:
        told = re.sub(r"<q\b.*?</q>", "", page, flags=re.DOTALL)
        told = re.sub(r"“.*?”", "", re.sub(r"<[^>]+>", " ", told[max(told.find("<main"), 0) :]))
        assert "before: 3" not in told
        assert re.search(r"Chad(?: says|:)?\s+3\b", " ".join(told.split()))


@pytest.mark.parametrize(
    ("unit", "told"),
    [("gun", "2 guns"), ("aircraft", "2 aircraft"), ("battery", "2 batteries"), ("serviceman", "2 servicemen")],
)
def test_two_are_counted_as_many(unit: str, told: str) -> None:
    assert acts.figure(Count(CountKind.DESTROYED, 2, 2, 2, unit, "2", Span(0, 1))) == told


# -- counts and searches that an editor starts from -------------------------------------------------------------------


def test_reports_are_counted_with_their_outlets_and_copies(store: Store) -> None:
    wire = "Jets killed 14 people in Amdjena on Monday morning, when the market was full of traders, officials of Chad said."
    said = [
        Said("a", FIRST, wire, "TCD", number=14, outlet="Wire"),
        Said("b", SECOND, wire, "TCD", number=14, outlet="Ledger"),
        Said("c", THIRD, "Sudan's air force said that its planes had not flown that day.", "SDN", outlet="Wire"),
    ]
    made = small.fill(store, "Raid on Amdjena, 9 October 2017", said)
    with asking(store) as pages:
        shown = [words(pages.get(path).text) for path in ("/", f"/incidents/{made.incidents[0].id}")]
        shown.append(pages.get("/brief.md").text)
    assert all("3 reports from 2 outlets, 1 of them a copy" in page for page in shown)
    assert not any("origin" in page for page in shown)


@pytest.mark.parametrize(("looked_for", "found"), [("jets", True), ("traders", True), ("drones", False)])
def test_figures_are_found_by_units_and_quotations(store: Store, looked_for: str, found: bool) -> None:
    said = [Said("a", FIRST, "Two jets killed 14 traders, Chad said.", "TCD", number=14, unit="traders")]
    small.fill(
        store, "Raid on Amdjena, 9 October 2017", said, [Telling(Question.HOW_MANY, KILLED, [("TCD", "14", [0])])]
    )
    with asking(store) as pages:
        page = words(pages.get(f"/figures?words={looked_for}").text)
    assert ("1 figure" in page) is found
    assert ("0 figures" in page) is not found


def test_the_map_names_the_places_that_no_list_has(store: Store) -> None:
    said = [Said("a", FIRST, "Amdjena was bombed, Chad said.", "TCD", place="Amdjena")]
    small.fill(store, "Raid on Amdjena, 9 October 2017", said)
    small.fill(store, "Raid, 14 October 2017", [Said("b", SECOND, "A raid was flown, Chad said.", "TCD")])
    third = [Said("c", SECOND, "A raid was flown over Chad, it said.", "TCD", place="Chad")]
    small.fill(store, "Raid on Chad, 14 October 2017", third)
    with asking(store) as pages:
        page = words(pages.get("/map").text)
    assert "3 incidents are not on the map" in page
    assert "Our list of places does not have Amdjena . Of 1 incident only the country was told." in page
    assert "Of 1 incident no place was told, or none is sure." in page


# -- answers that their words do not bear ----------------------------------------------------------------------------


def test_an_answer_that_breaks_off_gives_way_to_the_reports_sentence(store: Store) -> None:
    text = "Human Rights Watch said that Sudan dropped cluster bombs on two villages near Amdjena."
    said = [
        Said("a", FIRST, text, "NGO", "Sudan dropped cluster bombs on", "Human Rights Watch", outlet="Wire"),
        Said("b", SECOND, "Sudan denied it.", "SDN", event="REJECT", outlet="Gazette"),
    ]
    answers = [("NGO", "Sudan dropped cluster bombs on", [0]), ("SDN", "denies it", [1])]
    asked = Telling(Question.HAPPENED, "Did the bombing happen?", answers, disputed=True, denied=["SDN"])
    made = small.fill(store, "Bombing of Amdjena, 9 October 2017", said, [asked])
    with asking(store) as pages:
        shown = [pages.get(path).text for path in ("/", "/disputes", f"/incidents/{made.incidents[0].id}")]
        pasted = pages.get("/brief.md").text
    assert all(f"“{text}”" in page for page in shown)
    assert "denies it (Gazette, 14 October 2017)" in pasted
    assert "A program read these reports" in pasted


def jets_lost(store: Store, said: list[Said], answers: list[tuple[str, str, list[int]]]) -> list[str]:
    """The pages that show how many jets were lost, as some say and are said to answer."""
    asked = Telling(
        Question.HOW_MANY, "How many jets were lost?", answers, disputed=True, subject="destroyed jets SDN this"
    )
    small.fill(store, "Air fight over Amdjena, 9 October 2017", said, [asked])
    with asking(store) as pages:
        return [pages.get(path).text for path in ("/", "/disputes")]


def test_a_none_that_the_sentence_contradicts_is_nobodys_answer(store: Store) -> None:
    text = "Washington counted two wrecks, contradicting Khartoum, which said that not one jet was lost."
    jets = {"kind": CountKind.DESTROYED, "unit": "jets"}
    said = [
        Said("a", FIRST, text, "USA", "not one jet was lost", number=0, **jets),
        Said("b", FIRST, "Chad said that it shot down three jets.", "TCD", number=3, **jets),
        Said("c", FIRST, "Washington counted two wrecks of jets.", "USA", number=2, **jets),
    ]
    answers = [("USA", "none", [2, 0]), ("TCD", "3", [1])]
    for page in jets_lost(store, said, answers):
        assert f"“{text}”" in page
        assert not re.search(r"<bdi>none</bdi>", page)


def test_a_none_is_not_the_answer_of_who_counts_some_in_the_same_report(store: Store) -> None:
    jets = {"kind": CountKind.DESTROYED, "unit": "jets", "outlet": "Continental Wire"}
    said = [
        Said("a", FIRST, "Sudan lost at least two jets, U.S. officials said.", "USA", number=2, **jets),
        Said(
            "a",
            FIRST,
            "That went against Khartoum's word that not one was lost.",
            "USA",
            "not one was lost",
            number=0,
            **jets,
        ),
        Said("b", FIRST, "Chad said that it shot down three jets.", "TCD", number=3, **jets),
    ]
    answers = [("USA", "none", [0, 1]), ("TCD", "3", [2])]
    for page in jets_lost(store, said, answers):
        assert "<bdi>“Sudan lost at least two jets, U.S. officials said.”</bdi>" in page
        assert not re.search(r"<bdi>none</bdi>", page)


# -- parties ---------------------------------------------------------------------------------------------------------


def test_every_number_of_a_party_leads_to_as_many_claims(store: Store) -> None:
    said = [
        Said("a", FIRST, "Jets bombed Amdjena, Chad said.", "TCD", actor="SDN", to="TCD"),
        Said("b", SECOND, "Chad had bombed nobody, its army said.", "TCD", actor="TCD"),
    ]
    small.fill(store, "Raid on Amdjena, 9 October 2017", said)
    with asking(store) as pages:
        page = pages.get("/parties").text
        numbers = re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)</a>', page)
        assert len(numbers) == 4
        for link, number in numbers:
            listed = pages.get(link.replace("&amp;", "&")).text
            assert len(re.findall(r'<q class="words">', listed)) == int(number), link
    assert "Denied" not in page


@contextmanager
def parties_of(store: Store, said: list[Said]) -> Iterator[str]:
    small.fill(store, "Raid on Amdjena, 9 October 2017", said)
    with asking(store) as pages:
        yield pages.get("/parties").text


def named_as(page: str, party: str) -> str:
    (row,) = re.findall(rf"<bdi>{party}</bdi></a></th><td class=\"dim\">(.*?)</td>", page)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


@pytest.mark.parametrize(
    ("text", "name", "party", "named"),
    [
        ("Chad's minister, Bichara Dahab, said that four died.", "Bichara Dahab", "TCD", "Bichara Dahab"),
        ("Chad's minister, Bichara Dahab, said that four died.", "Bichara Dahab", "SDN", "–"),
        ("The minister, Bichara Dahab, said that four died.", "Bichara Dahab", "TCD", "–"),
        ("Sergei Lavrov said that four died.", "Sergei Lavrov", "RUS", "Sergei Lavrov"),
        ("Ministry officials said that four died.", "Ministry", "TCD", "–"),
        ("Amdjena said that four died.", "Amdjena", "TCD", "–"),
    ],
)
def test_a_party_is_listed_with_names_that_are_surely_its_own(
    store: Store, text: str, name: str, party: str, named: str
) -> None:
    with parties_of(store, [Said("a", FIRST, text, party, name=name)]) as page:
        assert named_as(page, {"TCD": "Chad", "SDN": "Sudan", "RUS": "Russia"}[party]) == named


def test_a_name_that_stands_with_two_parties_is_nobodys(store: Store) -> None:
    text = "Chad's colonel Adoum Terbeli said that four died."
    said = [Said("a", FIRST, text, "TCD", name="Adoum Terbeli"), Said("b", FIRST, text, "SDN", name="Adoum Terbeli")]
    with parties_of(store, said) as page:
        assert "Terbeli" not in page


def test_who_is_only_described_is_folded_and_in_no_filter(store: Store) -> None:
    said = [
        Said("a", FIRST, "Two heavily armed men said it.", "IND-REB", name="Two heavily armed men"),
        Said("b", FIRST, "The Shield said it.", "TJK-REB", name="the Shield"),
    ]
    with parties_of(store, said) as page:
        assert page.index("the Shield") < page.index("1 more that reports only describe") < page.index("Two heavily")
    with asking(store) as pages:
        for path in ("/incidents", "/series", "/told", "/map", "/report"):
            filters = "".join(re.findall(r"<option.*?</option>", pages.get(path).text))
            assert "the Shield" in filters
            assert "Two heavily" not in filters


def test_two_lands_of_one_code_are_both_named(store: Store) -> None:
    said = [Said(n, FIRST, f"{n} said it.", "GEO-PRE", name=n) for n in ("South Ossetia", "South Ossetia", "Abkhazia")]
    with parties_of(store, said) as page:
        assert "South Ossetia and Abkhazia" in page


# -- what stands first, and what counts ------------------------------------------------------------------------------


def test_disputes_over_the_dead_stand_before_those_over_aircraft(store: Store) -> None:
    jets = {"kind": CountKind.DESTROYED, "unit": "jets"}
    said = [
        Said("a", FIRST, "Three jets were lost, Chad said.", "TCD", number=3, **jets),
        Said("b", FIRST, "One jet was lost, Sudan said.", "SDN", number=1, **jets),
        Said("c", FIRST, "Nine died, Chad said.", "TCD", number=9),
        Said("d", FIRST, "Two died, Sudan said.", "SDN", number=2),
    ]
    lost = Telling(Question.HOW_MANY, "How many jets were lost?", [("TCD", "3", [0]), ("SDN", "1", [1])], True)
    died = Telling(Question.HOW_MANY, "How many people were killed?", [("TCD", "9", [2]), ("SDN", "2", [3])], True)
    small.fill(store, "Raid on Amdjena, 9 October 2017", said, [lost, died])
    with asking(store) as pages:
        for path in ("/", "/disputes", "/brief.md"):
            page = pages.get(path).text
            page = page[page.index("isputed") :] if path == "/brief.md" else page[page.index("<main") :]
            assert page.index("How many people were killed?") < page.index("How many jets were lost?"), path


def test_an_incident_without_a_dated_deed_is_listed_by_the_day_of_its_title(store: Store) -> None:
    small.fill(store, "Raid on Amdjena, 9 October 2017", [Said("a", FIRST, "Four died there.")])
    small.fill(store, "Aid, 4 October 2017", [Said("b", SECOND, "He denied it.", "SDN", event="REJECT", undated=True)])
    small.fill(store, "Attack on Zurgan", [Said("c", THIRD, "Shells fell there.", undated=True)])
    with asking(store) as pages:
        page = words(pages.get("/incidents").text)
    assert page.index("9 October 2017") < page.index("4 October 2017") < page.index("Attack on Zurgan")


def test_a_title_that_says_little_has_the_reports_words_beside_it(store: Store) -> None:
    said = [Said("a", FIRST, "Its marines beat back a landing at dawn.", "TCD", actor="TCD", to="SDN")]
    small.fill(store, "Attack, 9 October 2017", said)
    with asking(store) as pages:
        page = words(pages.get("/incidents").text)
    assert "Attack involving Sudan and Chad Chad: “Its marines beat back a landing at dawn.”" in page


def test_a_number_of_dead_says_who_they_are(store: Store) -> None:
    said = [Said("a", FIRST, "Forty fighters were killed.", number=40, unit="fighters")]
    asked = Telling(
        Question.HOW_MANY, "How many fighters were killed?", [("Outlet a", "40", [0])], subject="killed fighters"
    )
    small.fill(store, "Raid on Amdjena, 9 October 2017", said, [asked])
    with asking(store) as pages:
        assert "40 fighters" in words(pages.get("/incidents").text)


# -- over time -------------------------------------------------------------------------------------------------------


def test_charts_show_the_days_of_the_reports_and_say_what_they_leave_out(store: Store) -> None:
    sides = {"actor": "SDN", "to": "TCD"}
    small.fill(store, "Raid on Amdjena, 9 October 2017", [Said("a", FIRST, "Sudan bombed Amdjena.", "TCD", **sides)])
    before = Said("b", FIRST, "Sudan had shelled Zurgan in May.", "TCD", on=date(2017, 5, 3), **sides)
    small.fill(store, "Shelling of Zurgan, 3 May 2017", [before])
    with asking(store) as pages:
        near, whole = (pages.get(f"/series.json{query}").json() for query in ("", "?whole=yes"))
        assert (near["since"], whole["since"]) == ("2017-10-09", "2017-05-03")
        assert "1 claim of earlier or later days is left out." in words(pages.get("/told").text)
        assert "left out. <a" not in pages.get("/told?whole=yes").text
        days = [row["day"] for row in pages.get("/series/drawn.json?a=SDN&b=TCD").json()["rows"]]
        assert days[0] >= "2017-09-08"
        assert "what they tell of other days is left out" in words(pages.get("/series").text)


def test_hostile_is_up_in_every_chart(store: Store) -> None:
    small.fill(store, "Raid", [Said("a", FIRST, "Sudan bombed Amdjena.", "TCD", actor="SDN", to="TCD")])
    with asking(store) as pages:
        assert all(point["tension"] > 0 for point in pages.get("/series.json").json()["accounts_over_time"])
        assert all(row["tension"] > 0 for row in pages.get("/series/drawn.json").json()["rows"])
        for path in ("/told", "/series"):
            assert "up is hostile" in pages.get(path).text


# -- who says it, as a page puts it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("that ten jets were lost", "ten jets were lost"),
        ('our president regretted nothing"', "our president regretted nothing"),
        ('"Nothing happened, nobody died,"', "Nothing happened, nobody died,"),
        ('"Nothing" is what he regretted', '"Nothing" is what he regretted'),
    ],
)
def test_a_quotation_begins_and_ends_where_a_reader_expects_it(store: Store, words: str, shown: str) -> None:
    small.fill(store, "Raid", [Said("a", FIRST, f"He said {words}", "TCD", words)])
    with asking(store) as pages:
        page = pages.get("/claims").text
    (quoted,) = re.findall(r'<q class="words"><bdi>(.*?)</bdi></q>', page)
    assert re.sub("<[^>]+>", "", quoted).replace("&#34;", '"') == shown


def test_the_brief_says_whom_it_is_of_and_gives_words_where_a_title_is_bare(store: Store) -> None:
    sides = {"actor": "SDN", "to": "TCD"}
    text = "Its jets flew over the town at dawn, the army said."
    for title in ("Raid on Amdjena, 9 October 2017", "Flight over Zurgan, 9 October 2017"):
        small.fill(store, title, [Said(title[:4], FIRST, text, "TCD", outlet="Radio Chari", **sides)])
    with asking(store) as pages:
        pasted = pages.get("/brief.md").text
        assert "<h1>What is told of Sudan and Chad, reports of 9 October 2017</h1>" in pages.get("/").text
    assert pasted.startswith("# What is told of Sudan and Chad, reports of 9 October 2017\n")
    assert f"Flight over Zurgan, 9 October 2017. Chad: “{text}” (Radio Chari, 9 October 2017)." in pasted


def test_clauses_are_not_set_against_each_other(store: Store) -> None:
    said = [
        Said("a", FIRST, "Russians have taken Gori, Georgia said.", "GEO", "Russians have taken Gori"),
        Said("b", FIRST, "Moscow denies it.", "RUS", event="REJECT"),
    ]
    asked = Telling(
        Question.HAPPENED,
        "Did the attack happen?",
        [("GEO", "Russians have taken Gori", [0]), ("RUS", "", [1])],
        True,
        denied=["RUS"],
    )
    small.fill(store, "Attack on Gori", said, [asked])
    with asking(store) as pages:
        assert " against " not in words(pages.get("/disputes").text)
