"""An editor's morning, in a browser: eight questions within three clicks, and the work by hand with its undoing.

Wide and on a phone, with the mouse and with the keys alone. Claims and questions are written from archives whose truth is
known, so that the pages are tested and not the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import known_crises
import standoff
from browser import browsing, chromium, served
from conftest import document
from standoff.model import (
    Asked,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    Incident,
    Line,
    Link,
    Mention,
    Party,
    Position,
    Question,
    Reconciliation,
    Source,
    Span,
    Trigger,
    When,
)
from standoff.store import Store, open_store
from standoff.web.guard import Access
from standoff.web.jobs import Jobs

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium here: install Debian's package chromium")
AXE = Path(__file__).parents[1] / "webclient" / "node_modules" / "axe-core" / "axe.min.js"
WIDE, PHONE = 1440, 390
CRISES = ("vanjob-square", "sonar-bank-standoff")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing(bypass_csp=True, accept_downloads=True) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The pages of two archives, by name."""
    with ExitStack() as stack:
        found = {}
        for name in CRISES:
            store = stack.enter_context(open_store(tmp_path_factory.mktemp("morning") / f"{name}.db"))
            known_crises.fill(store, name)
            found[name] = stack.enter_context(served(store))
        yield found


# -- eight questions -------------------------------------------------------------------------------------------------

VANJOB, SONAR = CRISES
ASKED = [
    pytest.param(
        VANJOB,
        ["How many people killed on the square of Vanjob?"],
        ["9", "16", "25", "at least 30", "47", "more than 200", "Tajikistan", "14 May 2009"],
        id="how many, by whom, and how it moved",
    ),
    pytest.param(
        SONAR,
        ["How many fishermen of the Ma Fatema dead?"],
        ["7", "9", "11", "Bangladesh", "2", "Myanmar"],
        id="how many fishermen, by whom, and how it moved",
    ),
    pytest.param(
        SONAR, ["Who opened fire on 7 March?"], ["Bangladesh", "Myanmar", "They differ: Myanmar against Bangladesh"],
        id="who began it",
    ),
    pytest.param(
        VANJOB,
        ["Who fired on the square, and did the crowd fire first?"],
        ["armed men in the crowd fired first", "police marksmen, without warning"],
        id="who fired first",
    ),
    pytest.param(
        VANJOB,
        ["How many people were killed on the square?"],
        ["25 in the end (before: nine, 16)", "47 by name", "more than 200"],
        id="civilians killed, by whose account",
    ),
    pytest.param(VANJOB, ["All 15 disputes", "Who asked for the truce?"], ["the bandits", "the government"], id="who asked for the truce"),
    pytest.param(SONAR, ["All 16 disputes", "Who asked for the truce?"], ["They differ: Myanmar against Bangladesh"], id="who asked"),
    pytest.param(
        VANJOB, ["All incidents", "Truce of 18 May"], ["Did Russia mediate?", "yes, it stood surety", "no, an internal affair"],
        id="did a third state mediate",
    ),
    pytest.param(
        SONAR, ["words: mediate", "Truce agreed at Kunming"], ["Did China mediate?", "it offered its good offices", "no, it lent a room"],
        id="did China mediate",
    ),
    pytest.param(VANJOB, [], ["Who copies whom", "is repeated by"], id="who copies whom"),
    pytest.param(
        VANJOB,
        ["All 15 disputes"],
        ["Was Commander Alovat killed?", "What was said in the call", "Did Russian troops take part?", "25 in the end"],
        id="the main disputes",
    ),
]  # fmt: skip


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize(("crisis", "clicks", "told"), ASKED)
def test_a_question_is_answered_within_three_clicks(
    browser: Any, sites: dict[str, str], crisis: str, clicks: list[str], told: list[str], width: int
) -> None:
    assert len(clicks) <= 3
    browser.set_viewport_size({"width": width, "height": 900})
    browser.goto(sites[crisis] + "/")
    for one in clicks:
        if one.startswith("words: "):
            browser.locator("#find").fill(one.removeprefix("words: "))
            browser.locator("#find").press("Enter")
        else:
            browser.get_by_role("link", name=one).first.click()
        browser.wait_for_load_state()
    seen = browser.locator("main").inner_text()
    assert [words for words in told if words not in seen] == []
    assert browser.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_page_to_paste_is_one_click_away_and_a_copy_shows_what_it_changed(
    browser: Any, sites: dict[str, str]
) -> None:
    browser.goto(sites[VANJOB] + "/")
    with browser.expect_download() as taken:
        browser.get_by_role("link", name="Markdown").click()
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    assert "Tajikistan: 25 in the end (before: nine, 16)" in text
    assert "## Who copies whom" in text
    assert len(text.split()) < 600, "at most a page"
    browser.locator("section[aria-labelledby=copies] a").nth(1).click()
    browser.wait_for_url("**/copies?**")
    assert browser.locator("main mark").count() > 0


def test_every_dispute_of_an_archive_is_found_within_three_clicks(browser: Any, sites: dict[str, str]) -> None:
    browser.set_viewport_size({"width": WIDE, "height": 900})
    for crisis, count in ((VANJOB, 15), (SONAR, 16)):
        browser.goto(sites[crisis] + "/")
        with browser.expect_navigation():
            browser.get_by_role("link", name=f"All {count} disputes").click()
        cards = browser.locator("article.dispute")
        assert cards.count() == count
        links = cards.locator("h2 a").evaluate_all("all => all.map(one => [one.textContent, one.href])")
        for question, href in links[:: len(links) // 4]:
            browser.goto(href)
            row = browser.locator("tr.parts", has_text=question)
            assert row.locator("summary").count() >= 2, question


# -- by hand ---------------------------------------------------------------------------------------------------------


AHEAD = """one => {
    const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(stop => stop.tabIndex >= 0 && !stop.disabled && stop.type !== "hidden" && stop.checkVisibility());
    return Math.max(0, stops.indexOf(one) - stops.indexOf(document.activeElement));
}"""
"""How many stops of the Tab key an element is ahead, about: of some boxes only one is a stop."""
NEARBY = 10
"""So many stops before it each is looked at."""


class Hands:
    """Somebody at the pages: with a mouse, or with the keys alone."""

    def __init__(self, page: Any, keys: bool) -> None:
        self.page, self.keys = page, keys

    def to(self, one: Any) -> None:
        """Tab to an element."""
        one.wait_for()
        for _ in range(int(one.evaluate(AHEAD)) - NEARBY):
            self.page.keyboard.press("Tab")
        for _ in range(400):
            if one.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way by keys to {one}")

    def tick(self, one: Any, key: str = "Enter") -> None:
        """Press what stays on the page: a fold, a box."""
        if self.keys:
            self.to(one)
            self.page.keyboard.press(key)
        else:
            one.click()

    def unfold(self, fold: Any) -> None:
        """Open a fold that stands shut."""
        if fold.get_attribute("open") is None:
            self.tick(fold.locator("summary").first)

    def press(self, one: Any) -> None:
        """Press what leads to a page."""
        one.wait_for()
        if self.keys:
            self.to(one)
        with self.page.expect_navigation():
            if self.keys:
                self.page.keyboard.press("Enter")
            else:
                one.click()

    def write(self, one: Any, words: str) -> None:
        if self.keys:
            self.to(one)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(words)
        else:
            one.fill(words)

    def second(self, one: Any) -> str:
        """Choose the option after the one that asks for a choice; what it is called."""
        if self.keys:
            self.to(one)
            self.page.keyboard.press("ArrowDown")
        else:
            one.select_option(index=1)
        return str(one.evaluate("one => one.selectedOptions[0].textContent"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    """A store to work on: incidents are drawn anew as they are after every decision, here at once and in this process."""
    with open_store(tmp_path_factory.mktemp("desk") / "desk.db") as store:
        known_crises.read(store, "kandahar-december-1999", 6)

        def redraw(*_: object, **__: object) -> None:
            found = standoff.reconcile(store.claims(reviewed=True), store.documents(), (), store.decided.standing())
            store.save(found)

        redraw()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Jobs, "start", redraw)
            with served(store, Access(name="ana")) as base:
                yield base, store


def title(page: Any) -> str:
    return str(page.locator("h1").inner_text())


def undo_all(hands: Hands, base: str) -> None:
    """Take back everything on the page of what people did."""
    hands.page.goto(base + "/history")
    while hands.page.get_by_role("button", name="Take back").count():
        hands.press(hands.page.get_by_role("button", name="Take back").first)


def grave(page: Any) -> list[tuple[str, str]]:
    """What axe-core finds serious on a page as it stands."""
    if not AXE.is_file():
        return []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("width", "keys"), [(WIDE, False), (PHONE, False), (WIDE, True)], ids=["mouse", "phone", "keys"]
)
def test_everything_is_done_by_hand_and_undone(browser: Any, desk: tuple[str, Store], width: int, keys: bool) -> None:
    base, store = desk
    browser.set_viewport_size({"width": width, "height": 900})
    hands, page = Hands(browser, keys), browser
    undo_all(hands, base)
    before = {one.id: (one.title, frozenset(one.claims)) for one in store.incidents()}

    # a claim that the machine missed, by the words that say it; what cannot be read stays, with what to change beside it
    page.goto(base + "/reports/k02")
    words = page.locator(".reader .text p").nth(1)
    assert not page.locator("#add-claim textarea").is_visible(), "tools stand folded below what is told"
    if keys:
        hands.unfold(page.locator("#add-claim"))
        hands.write(page.locator("#add-claim textarea"), " ".join(words.inner_text().split()[:12]))
    else:
        words.click(click_count=3)
    for field, value in (("actor", "hijackers"), ("recipient", "India"), ("date", "soonish")):
        hands.write(page.locator(f"#add-claim [name={field}]"), value)
    hands.press(page.get_by_role("button", name="Add the claim"))
    assert page.locator("[name=date]").input_value() == "soonish"
    assert "write it as in 10 May 2025" in page.locator("#e-new-date").inner_text()
    assert grave(page) == []
    hands.write(page.locator("#add-claim [name=date]"), "25 December 1999")
    hands.write(page.locator("#add-claim [name=reason]"), "the machine missed it")
    hands.press(page.get_by_role("button", name="Add the claim"))
    added = page.locator(".card", has_text="Added by")
    assert "the machine missed it" in added.inner_text()
    hands.press(added.get_by_role("button", name="Take back"))
    assert page.locator(".card", has_text="Added by").count() == 0

    # a correction by a name
    claim = store.claims()[0].id
    page.goto(f"{base}/claims/{claim}")
    row = page.locator("table.slots tr", has_text="to whom")
    hands.write(row.locator("[name=value]"), "Khawaja Asif, Pakistan")
    hands.write(row.locator("[name=reason]"), "he was named")
    hands.press(row.get_by_role("button", name="Correct"))
    page.goto(f"{base}/claims/{claim}")
    assert "Khawaja Asif" in page.locator("td.human").inner_text()
    assert "he was named" in page.locator("main").inner_text()
    assert grave(page) == []
    undo_all(hands, base)
    page.goto(f"{base}/claims/{claim}")
    assert page.locator("td.human").count() == 0

    # an incident is named
    id = max(before, key=lambda key: len(before[key][1]))
    page.goto(f"{base}/incidents/{id}")
    named = title(page)
    assert not page.locator("form[action$='/name']").is_visible(), "tools stand folded below what is told"
    hands.unfold(page.locator("#hand"))
    hands.write(page.locator("form[action$='/name'] [name=title]"), "As the desk calls it")
    hands.write(page.locator("form[action$='/name'] [name=reason]"), "shorter")
    hands.press(page.get_by_role("button", name="Name it so"))
    hands.press(page.get_by_role("link", name="Back to the incident"))
    assert title(page) == "As the desk calls it"
    undo_all(hands, base)
    page.goto(f"{base}/incidents/{id}")
    assert title(page) == named

    # it is joined with another
    claims = len(before[id][1])
    hands.unfold(page.locator("#hand"))
    chosen = hands.second(page.locator("select[name=other]"))
    assert chosen in {title for title, _ in before.values()}
    hands.press(page.get_by_role("button", name="Join the two"))
    hands.press(page.get_by_role("link", name="Back to the incident"))
    assert int(re.search(r"(\d+) claims", page.locator("header.pagehead").inner_text())[1]) > claims  # type: ignore[index]
    undo_all(hands, base)

    # and split, after one that chose nothing
    page.goto(f"{base}/incidents/{id}")
    hands.unfold(page.locator("#hand"))
    hands.tick(page.locator("summary", has_text="Some claims tell of something else"))
    hands.press(page.get_by_role("button", name="Split them off"))
    assert "leave one at least" in page.locator(".hand [role=alert]").inner_text()
    assert grave(page) == []
    hands.tick(page.locator("input[name=claim]").first, "Space")
    off = page.locator("input[name=claim]").first.get_attribute("value")
    hands.press(page.get_by_role("button", name="Split them off"))
    among = store.browse.incident_of(sorted(before[id][1]))
    assert among.get(off) not in {among.get(key) for key in before[id][1] if key != off}
    undo_all(hands, base)
    assert len(set(store.browse.incident_of(sorted(before[id][1])).values())) == 1

    # one is made of claims
    page.goto(f"{base}/claims")
    hands.press(page.get_by_role("link", name="Choose claims that tell of the same"))
    hands.press(page.get_by_role("button", name="Make one incident"))
    assert "two claims or more" in page.locator("#make [role=alert]").inner_text()
    assert grave(page) == []
    hands.write(page.locator("#make [name=title]"), "Two claims, one incident")
    for at in (0, 2):
        hands.tick(page.locator("input[name=claim]").nth(at), "Space")
    hands.press(page.get_by_role("button", name="Make one incident"))
    hands.press(page.get_by_role("link", name="Back to the incident"))
    assert title(page) == "Two claims, one incident"
    undo_all(hands, base)

    # two parties are one
    page.goto(base + "/parties")
    hands.press(page.get_by_role("link", name="United Arab Emirates").first)
    hands.unfold(page.locator("#names"))
    hands.write(page.locator("[name=to]").first, "Pakistan")
    hands.write(page.locator("form[action$='/names'] [name=reason]").first, "for the test")
    hands.press(page.get_by_role("button", name="Merge").first)
    assert title(page) == "Pakistan"
    page.goto(base + "/parties")
    assert page.get_by_role("link", name="United Arab Emirates").count() == 0
    undo_all(hands, base)
    page.goto(base + "/parties")
    assert page.get_by_role("link", name="United Arab Emirates").count() == 1

    # nothing is left of it but the record of who did it
    assert {one.id: (one.title, frozenset(one.claims)) for one in store.incidents()} == before
    page.goto(base + "/history")
    assert grave(page) == []
    said = page.locator("main").inner_text()
    assert said.count("ana") >= 8
    assert "the machine missed it" in said


def test_the_morning_is_walked_with_the_keys_alone(browser: Any, sites: dict[str, str]) -> None:
    browser.set_viewport_size({"width": WIDE, "height": 900})
    hands, page = Hands(browser, True), browser
    page.goto(sites[VANJOB] + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    hands.press(page.get_by_role("link", name="How many people were killed on the square?"))
    page.wait_for_url("**/incidents/**")
    cell = page.locator("tr.parts td summary").first
    hands.tick(cell)
    hands.press(page.locator("tr.parts details[open] a.source").first)
    page.wait_for_url("**/reports/**")
    page.keyboard.press("j")
    assert "card" in page.evaluate("document.activeElement.className")
    page.keyboard.press("/")
    page.keyboard.insert_text("truce")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    hands.press(page.locator(".found h2 a").first)
    page.wait_for_url("**/incidents/**")


# -- an incident with twelve accounts --------------------------------------------------------------------------------

TWELVE = ("IND", "PAK", "CHN", "USA", "RUS", "FRA", "GBR", "TUR", "IRN", "SAU", "UNO", "NPL")


def twelve(store: Store) -> str:
    """An incident that twelve states and bodies tell of, and four outlets in their own words; its id."""
    day, claims, lines = date(2025, 5, 7), [], []
    for at, key in enumerate((*TWELVE, "Wire", "Herald", "Dawn desk", "Evening Post")):
        outlet = key if len(key) > 3 else f"{key.title()} Daily"
        text = f"The speaker said that {at + 3} aircraft had been shot down in the night over the valley, and no more."
        one = document(text, f"t{at:02d}", day, outlet)
        span = Span(text.index("that"), text.index(", and"))
        figure = text.index(str(at + 3))
        claim = Claim(
            id=f"c{at:02d}", doc=one.id, event="ASSAULT", trigger=Trigger("shot", Span(text.index("shot"), text.index("shot") + 4)),
            span=span, text=span.of(text), actors=(Mention(Party("IND"), "speaker", Span(4, 11)),),
            sources=(Source(Mention(Party(key), "speaker", Span(4, 11)), "said", Span(12, 16)),) if len(key) == 3 else (),
            counts=(Count(CountKind.DESTROYED, at + 3, at + 3, at + 3, "aircraft", str(at + 3), Span(figure, figure + len(str(at + 3)))),),
            when=When(day, day, "night", span),
        )  # fmt: skip
        store.add(one, [claim])
        claims.append(claim)
        lines.append(Line(key, str(at + 3), (claim.id,), low=at + 3, high=at + 3, as_of=day, first=day, latest=day))
    title = "Aircraft shot down over the valley, 7 May 2025"
    incident = Incident("i12", tuple(Link(c.id, "one happening", "test") for c in claims), None, title)
    happened = tuple(replace(line, value="yes, in the night over the valley", low=None, high=None) for line in lines)
    asked = (
        Asked("q1", "i12", Question.HOW_MANY, f"How many aircraft were lost? ({title})", tuple(lines), dispute="d1"),
        Asked("q2", "i12", Question.HAPPENED, f"Did it happen? ({title})", happened),
    )
    docs = tuple(claim.doc for claim in claims)
    positions = tuple(Position(line.party, line.claims, line.value) for line in lines[:4])
    parted = Dispute("d1", docs, DisputeKind.COUNT, positions, "i12", "", 0.9, question=asked[0].text)
    store.save(Reconciliation((incident,), (), (parted,), asked))
    return "i12"


def test_twelve_accounts_stand_beside_each_other_wide_and_below_each_other_on_a_phone(
    browser: Any, tmp_path: Path
) -> None:
    with open_store(tmp_path / "twelve.db") as store:
        id = twelve(store)
        with served(store) as base:
            browser.set_viewport_size({"width": WIDE, "height": 900})
            browser.goto(f"{base}/incidents/{id}")
            assert browser.locator("table.accounts thead th").count() == 1 + 12 + 1, "the outlets are one column"
            assert "4 outlets in their own words" in browser.locator("table.accounts thead").inner_text()
            assert browser.locator("h1").inner_text() not in browser.locator("table.accounts").inner_text()
            table = browser.locator(".tall")
            table.evaluate("one => { one.scrollLeft = 900; }")
            assert browser.locator("table.accounts tbody th").first.bounding_box()["x"] < 60, "the question stays"
            assert grave(browser) == []
            browser.set_viewport_size({"width": PHONE, "height": 900})
            cells = browser.locator("table.accounts tbody tr").first.locator("td").all()
            places = [box["y"] for cell in cells if (box := cell.bounding_box())]
            assert len(places) == 13
            assert places == sorted(places)
            assert browser.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert grave(browser) == []
