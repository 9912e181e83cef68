"""When: the words of a time, the days they resolve to, and the event they belong to.

A row of the tables is a text, and each time in it as ``words = first..last``; ``words = ?`` where the words stay
without days, and nothing where there is no time. Unless a row says otherwise the report is of Thursday 8 May 2025.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from standoff import lexicon
from standoff.language import pipeline, time_forms, times
from standoff.model import Span, When

THURSDAY = date(2025, 5, 8)


def annotate(text: str, published: date | None = THURSDAY) -> Doc:
    """A text with its times: the model's own components, then ours alone."""
    nlp = pipeline.load()
    doc = nlp.make_doc(text)
    doc._.published = published
    for name, pipe in nlp.pipeline:
        if not name.startswith("standoff_") or name in {"standoff_lines", "standoff_times"}:
            doc = pipe(doc)
    return doc


def whens(text: str, published: date | None = THURSDAY) -> list[When]:
    doc = annotate(text, published)
    return [span._.when for span in doc.spans[times.KEY]]


def written(when: When) -> str:
    if when.start is None and when.end is None:
        return f"{when.text} = ?"
    first, last = (day.isoformat() if day else "" for day in (when.start, when.end))
    return f"{when.text} = {first}" + (f"..{last}" if last != first else "")


def day_of(text: str) -> date:
    return date.fromisoformat(text)


# ------------------------------------------------------------------------------------------ days, months, years by name

CALENDAR = [
    ("The base was hit on April 22.", "April 22 = 2025-04-22"),
    ("The base was hit on 22 April.", "22 April = 2025-04-22"),
    ("The base was hit on 22nd April.", "22nd April = 2025-04-22"),
    ("The base was hit on the 22nd of April 2025.", "the 22nd of April 2025 = 2025-04-22"),
    ("The base was hit on Apr. 22.", "Apr. 22 = 2025-04-22"),
    ("The base was hit on Apr 22nd, 2024.", "Apr 22nd, 2024 = 2024-04-22"),
    ("The base was hit on April 22, 2019, he said.", "April 22, 2019 = 2019-04-22"),
    ("The base was hit on Tuesday, April 22.", "Tuesday, April 22 = 2025-04-22"),
    ("The base was hit on Tuesday, 22 April 2025.", "Tuesday, 22 April 2025 = 2025-04-22"),
    ("The base was hit on Sept. 3.", "Sept. 3 = 2024-09-03"),
    ("The base was hit on 2025-04-22.", "2025-04-22 = 2025-04-22"),
    ("Logged at 2025-04-22T10:15:00Z by the crew.", "2025-04-22T10:15:00Z = 2025-04-22"),
    ("The base was hit on 2017/04/04.", "2017/04/04 = 2017-04-04"),
    ("The base was hit on 22/04/2025.", "22/04/2025 = 2025-04-22"),
    ("The base was hit on 04/22/2025.", "04/22/2025 = 2025-04-22"),
    ("The base was hit on 22.4.2025.", "22.4.2025 = 2025-04-22"),
    ("The base was hit on 05/05/2025.", "05/05/2025 = 2025-05-05"),
    ("The base was hit on 04/05/2025.", "04/05/2025 = ?"),
    ("The base was hit on 32/13/2025.", "32/13/2025 = ?"),
    ("The base was hit on February 30.", "February 30 = ?"),
    ("The base was hit on 31 April 2025.", "31 April 2025 = ?"),
    ("The base was hit on 2025-02-29.", "2025-02-29 = ?"),
    ("The base was hit on February 29.", "February 29 = 2024-02-29"),
    ("The base was hit on December 31.", "December 31 = 2024-12-31"),
    ("The base was hit on May 8.", "May 8 = 2025-05-08"),
    ("The base was hit on May 12.", "May 12 = 2025-05-12"),
    ("The base was hit on May 22.", "May 22 = 2024-05-22"),
    ("The vote will be held on May 22.", "May 22 = 2025-05-22"),
    ("The vote will be held on January 5.", "January 5 = 2026-01-05"),
    ("The base was hit on April 22 last year.", "April 22 last year = 2024-04-22"),
    ("The base was hit on 22 April, last year.", "22 April, last year = 2024-04-22"),
    ("Fighting raged on April 22-24.", "April 22-24 = 2025-04-22..2025-04-24"),
    ("Fighting raged on April 22–24, 2023.", "April 22–24, 2023 = 2023-04-22..2023-04-24"),
    ("Fighting raged on 22-24 April 2023.", "22-24 April 2023 = 2023-04-22..2023-04-24"),
    ("Fighting raged between April 22 and 24.", "between April 22 and 24 = 2025-04-22..2025-04-24"),
    ("Fighting raged between 22 and 24 April.", "between 22 and 24 April = 2025-04-22..2025-04-24"),
    ("Fighting raged from April 22 to April 24.", "from April 22 to April 24 = 2025-04-22..2025-04-24"),
    ("Fighting raged from 22 April until 3 May.", "from 22 April until 3 May = 2025-04-22..2025-05-03"),
    (
        "Fighting raged from December 30, 2016 to January 2, 2017.",
        "from December 30, 2016 to January 2, 2017 = 2016-12-30..2017-01-02",
    ),
    (
        "Fighting raged from 30 December to 2 January 2017.",
        "from 30 December to 2 January 2017 = 2016-12-30..2017-01-02",
    ),
    ("Fighting raged on April 22, 23 and 24.", "April 22, 23 and 24 = 2025-04-22..2025-04-24"),
    ("Jets struck on the night of May 6-7.", "the night of May 6-7 = 2025-05-06..2025-05-07"),
    ("Jets struck on the night of 6/7 May.", "the night of 6/7 May = 2025-05-06..2025-05-07"),
    ("Fighting raged on April 24-22.", "April 24-22 = ?"),
    ("A convoy was hit on the 21st.", "the 21st = 2025-04-21"),
    ("A convoy was hit on the 2nd, he said.", "the 2nd = 2025-05-02"),
    ("On 19 March the siege began, and on the 21st, it ended.", "19 March = 2025-03-19 | the 21st = 2025-03-21"),
    ("A convoy was hit on the 3rd of last month.", "the 3rd of last month = 2025-04-03"),
    ("Talks were held in May 2024.", "May 2024 = 2024-05-01..2024-05-31"),
    ("Talks were held in late February 2024.", "late February 2024 = 2024-02-01..2024-02-29"),
    ("Talks were held in mid-March.", "mid-March = 2025-03-01..2025-03-31"),
    ("Talks were held in November.", "November = 2024-11-01..2024-11-30"),
    ("Talks were held last November.", "last November = 2024-11-01..2024-11-30"),
    ("Talks were held last May.", "last May = 2024-05-01..2024-05-31"),
    ("Talks were held in October last year.", "October last year = 2024-10-01..2024-10-31"),
    ("Talks will be held in June.", "June = 2025-06-01..2025-06-30"),
    ("Talks will be held next May.", "next May = 2026-05-01..2026-05-31"),
    ("Envoys recalled the February agreement.", "February = 2025-02-01..2025-02-28"),
    ("In April 12 soldiers were killed.", "April = 2025-04-01..2025-04-30"),
    ("He may leave the post.", ""),
    ("Troops march 20 miles a day.", ""),
    ("They will march on the capital.", ""),
    ("April Glaspie met the president.", ""),
    ("The war began in 1989.", "1989 = 1989-01-01..1989-12-31"),
    ("The rebellion has gone on since 1989.", "since 1989 = 1989-01-01..2025-05-08"),
    ("The rebellion has gone on since at least 1989.", "since at least 1989 = 1989-01-01..2025-05-08"),
    ("The war ended by late 2016.", "late 2016 = 2016-01-01..2016-12-31"),
    ("The treaty of 1953 holds.", "1953 = 1953-01-01..1953-12-31"),
    ("The 2003 invasion failed.", "2003 = 2003-01-01..2003-12-31"),
    ("Russia’s 2014 annexation of Crimea was condemned.", "2014 = 2014-01-01..2014-12-31"),
    ("Many fled in the summer of 2016.", "the summer of 2016 = 2016-01-01..2016-12-31"),
    ("The siege lasted from 2012 to 2016.", "from 2012 to 2016 = 2012-01-01..2016-12-31"),
    ("The 2014-2016 siege cost lives.", "2014-2016 = 2014-01-01..2016-12-31"),
    ("The 1999-02 rising cost lives.", "1999-02 = 1999-01-01..2002-12-31"),
    ("They fought through the 1990s.", "the 1990s = 1990-01-01..1999-12-31"),
    ("They fought in the early 1980s.", "the early 1980s = 1980-01-01..1989-12-31"),
    ("Few had left before 2011.", "before 2011 = ?"),
    ("They shelled the town from March to May 2022.", "from March to May 2022 = 2022-03-01..2022-05-31"),
    ("They shelled the town from November to January.", "from November to January = 2024-11-01..2025-01-31"),
    (
        "They shelled the town between November 2021 and February 2022.",
        "between November 2021 and February 2022 = 2021-11-01..2022-02-28",
    ),
    ("The war began after the September 11 attacks.", "September 11 attacks = 2001-09-11"),
    ("They were taken in the October 7 attack.", "October 7 attack = 2023-10-07"),
]

# --------------------------------------------------------------------------------------------- words that count from it

RELATIVE = [
    ("Jets struck the port today.", "today = 2025-05-08"),
    ("Jets struck the port at dawn today.", "at dawn today = 2025-05-08"),
    ("Today's raid was the worst.", "Today = 2025-05-08"),
    ("Jets struck the port this morning.", "this morning = 2025-05-08"),
    ("Sirens sounded tonight.", "tonight = 2025-05-08"),
    ("Jets struck the port yesterday.", "yesterday = 2025-05-07"),
    ("Jets struck the port yesterday morning.", "yesterday morning = 2025-05-07"),
    ("Jets struck the port the day before yesterday.", "the day before yesterday = 2025-05-06"),
    ("Jets struck the port last night.", "last night = 2025-05-07"),
    ("Jets struck the port overnight.", "overnight = 2025-05-07..2025-05-08"),
    ("An overnight raid killed two.", "overnight = 2025-05-07..2025-05-08"),
    ("Envoys meet tomorrow.", "tomorrow = 2025-05-09"),
    ("Envoys meet the day after tomorrow.", "the day after tomorrow = 2025-05-10"),
    ("Jets struck the port on Wednesday.", "Wednesday = 2025-05-07"),
    ("Jets struck the port Wednesday.", "Wednesday = 2025-05-07"),
    ("Jets struck the port on Thursday.", "Thursday = 2025-05-08"),
    ("Jets struck the port earlier Thursday.", "Thursday = 2025-05-08"),
    ("Jets struck the port on Friday.", "Friday = 2025-05-02"),
    ("Jets struck the port on Wednesday night.", "Wednesday night = 2025-05-07"),
    ("Jets struck the port early on Wednesday.", "Wednesday = 2025-05-07"),
    ("Jets struck in the early hours of Wednesday.", "Wednesday = 2025-05-07"),
    ("Jets struck the port at 3 a.m. on Wednesday.", "Wednesday = 2025-05-07"),
    ("Wednesday’s raid killed two.", "Wednesday = 2025-05-07"),
    ("Jets struck the port last Tuesday.", "last Tuesday = 2025-05-06"),
    ("Jets struck the port last Thursday.", "last Thursday = 2025-05-01"),
    ("Jets struck the port this past Friday.", "this past Friday = 2025-05-02"),
    ("Envoys will meet on Friday.", "Friday = 2025-05-09"),
    ("Envoys will meet on Wednesday.", "Wednesday = 2025-05-14"),
    ("Envoys are going to meet on Saturday.", "Saturday = 2025-05-10"),
    ("Envoys plan to meet on Saturday.", "Saturday = 2025-05-10"),
    ("Envoys are due to meet on Saturday.", "Saturday = 2025-05-10"),
    ("The army foiled an attempt to storm the base on Monday.", "Monday = 2025-05-05"),
    ("He called an election to be held on Sunday.", "Sunday = 2025-05-11"),
    ("A vote scheduled for Sunday was called off.", "Sunday = 2025-05-11"),
    ("Tension rose ahead of Sunday’s vote.", "Sunday = 2025-05-11"),
    ("He said it would observe a truce on Saturday.", "Saturday = 2025-05-10"),
    ("He said on Tuesday that troops will leave.", "Tuesday = 2025-05-06"),
    ("The truce was extended until Sunday.", "Sunday = 2025-05-11"),
    ("Envoys meet next Wednesday.", "next Wednesday = 2025-05-14"),
    ("Envoys meet next Friday.", "next Friday = 2025-05-16"),
    ("Envoys meet this coming Monday.", "this coming Monday = 2025-05-12"),
    ("Jets struck the port on Friday last week.", "Friday last week = 2025-05-02"),
    ("Jets struck the port on Monday of last week.", "Monday of last week = 2025-04-28"),
    ("Talks are to open on Monday next week.", "Monday next week = 2025-05-12"),
    ("Shells fell from Monday to Wednesday.", "from Monday to Wednesday = 2025-05-05..2025-05-07"),
    ("Shells fell between Saturday and Monday.", "between Saturday and Monday = 2025-05-03..2025-05-05"),
    ("Shells fell on Monday and Tuesday.", "Monday and Tuesday = 2025-05-05..2025-05-06"),
    ("Shells fell on the night of Tuesday to Wednesday.", "the night of Tuesday to Wednesday = 2025-05-06..2025-05-07"),
    ("Drones came overnight into Wednesday.", "overnight into Wednesday = 2025-05-06..2025-05-07"),
    ("Drones came overnight on Thursday.", "overnight on Thursday = 2025-05-07..2025-05-08"),
    ("Shells have fallen since Monday.", "since Monday = 2025-05-05..2025-05-08"),
    ("Shells have fallen since early Monday.", "since early Monday = 2025-05-05..2025-05-08"),
    ("Shells have fallen since yesterday.", "since yesterday = 2025-05-07..2025-05-08"),
    ("Shells have fallen since last week.", "since last week = 2025-04-28..2025-05-08"),
    ("Shells have fallen since April 22.", "since April 22 = 2025-04-22..2025-05-08"),
    ("Shells have fallen since March.", "since March = 2025-03-01..2025-05-08"),
    ("Nine were killed last week.", "last week = 2025-04-28..2025-05-04"),
    ("Nine were killed this week.", "this week = 2025-05-05..2025-05-11"),
    ("Nine were killed earlier this week.", "earlier this week = 2025-05-05..2025-05-08"),
    ("Envoys will meet later this week.", "later this week = 2025-05-08..2025-05-11"),
    ("Envoys will meet next week.", "next week = 2025-05-12..2025-05-18"),
    ("Nine were killed earlier this month.", "earlier this month = 2025-05-01..2025-05-08"),
    ("Nine were killed late last month.", "late last month = 2025-04-01..2025-04-30"),
    ("Nine were killed earlier this year.", "earlier this year = 2025-01-01..2025-05-08"),
    ("Nine were killed last year.", "last year = 2024-01-01..2024-12-31"),
    ("Nine were killed at the end of last month.", "the end of last month = 2025-04-01..2025-04-30"),
    ("Nine were killed over the weekend.", "over the weekend = 2025-05-03..2025-05-04"),
    ("Nine were killed last weekend.", "last weekend = 2025-05-03..2025-05-04"),
    ("Envoys will meet this weekend.", "this weekend = 2025-05-10..2025-05-11"),
    ("The bridge was blown up two days ago.", "two days ago = 2025-05-06"),
    ("The bridge was blown up 10 days ago.", "10 days ago = 2025-04-28"),
    ("The bridge was blown up a week ago.", "a week ago = 2025-04-28..2025-05-04"),
    ("The bridge was blown up three weeks ago.", "three weeks ago = 2025-04-14..2025-04-20"),
    ("The bridge was blown up two months ago.", "two months ago = 2025-03-01..2025-03-31"),
    ("The bridge was blown up eight years ago.", "eight years ago = 2017-01-01..2017-12-31"),
    ("The bridge was blown up 48 hours ago.", "48 hours ago = 2025-05-06..2025-05-08"),
    ("The bridge was blown up a few days ago.", "a few days ago = ?"),
    ("The bridge was blown up decades ago.", "decades ago = ?"),
    ("It shot down 25 drones over the past 24 hours.", "over the past 24 hours = 2025-05-07..2025-05-08"),
    ("It shot down 25 drones in the last 48 hours.", "in the last 48 hours = 2025-05-06..2025-05-08"),
    ("It shot down 25 drones over the past three days.", "over the past three days = 2025-05-05..2025-05-08"),
    ("It shot down 25 drones in the past 12 hours.", "in the past 12 hours = 2025-05-07..2025-05-08"),
    ("The town has been cut off for the past week.", "for the past week = 2025-05-01..2025-05-08"),
    ("The town has been cut off for the past two weeks.", "for the past two weeks = 2025-04-24..2025-05-08"),
    ("The last two years have been calm.", "The last two years = 2023-05-09..2025-05-08"),
    ("The truce holds for the next 48 hours.", "for the next 48 hours = 2025-05-08..2025-05-10"),
    ("Clashes spread over the past few days.", "over the past few days = ?"),
    ("Clashes spread in recent weeks.", "in recent weeks = ?"),
    ("The offensive stalled last winter.", "last winter = ?"),
]

ANAPHORA = [
    ("It was hit on April 22. The same day, troops left.", "April 22 = 2025-04-22 | The same day = 2025-04-22"),
    ("It was hit on April 22, and troops left that night.", "April 22 = 2025-04-22 | that night = 2025-04-22"),
    (
        "It was hit on April 22. Troops had left the previous day.",
        "April 22 = 2025-04-22 | the previous day = 2025-04-21",
    ),
    ("It was hit on April 22. Troops had left the day before.", "April 22 = 2025-04-22 | the day before = 2025-04-21"),
    ("It was hit on April 22. The next day, troops left.", "April 22 = 2025-04-22 | The next day = 2025-04-23"),
    ("It was hit on April 22; a day later, troops left.", "April 22 = 2025-04-22 | a day later = 2025-04-23"),
    ("It was hit on Tuesday. A day earlier, troops left.", "Tuesday = 2025-05-06 | A day earlier = 2025-05-05"),
    (
        "It was hit on April 22, three weeks earlier shells fell.",
        "April 22 = 2025-04-22 | three weeks earlier = 2025-03-29..2025-04-04",
    ),
    ("It was hit on April 22; two days later troops left.", "April 22 = 2025-04-22 | two days later = 2025-04-24"),
    (
        "It was hit on April 22 and freed the following Friday.",
        "April 22 = 2025-04-22 | the following Friday = 2025-04-25",
    ),
    ("Troops had left the previous day.", "the previous day = 2025-05-07"),
    ("Troops had left three weeks earlier.", "three weeks earlier = 2025-04-14..2025-04-20"),
    ("Troops had left earlier in the day.", "earlier in the day = 2025-05-08"),
    ("Troops left the same day.", "the same day = ?"),
    ("The next day, troops left.", "The next day = ?"),
]

NO_TIME = [
    "The truce was to last for 48 hours.",
    "Troops must leave within 48 hours.",
    "A 72-hour ceasefire was announced.",
    "The three-day siege was lifted.",
    "The victim was 22 years old.",
    "A woman aged 30 was hurt.",
    "The 9/11 commission reported.",
    "Guns fired 24/7 at the camp.",
    "The blast was heard at 6:30 p.m. local time.",
    "Shells fell at 06:30.",
    "A bomb went off during Friday prayers.",
    "Protesters gather every Friday.",
    "Protesters gather on Fridays.",
    "The Good Friday agreement held.",
    "Bloody Sunday is remembered.",
    "USA Today quoted the officer.",
    "Veterans of the October War spoke.",
    "On the anniversary of the attack, thousands marched.",
    "The 21st Brigade crossed the river.",
    "A summit on the 21st century army was held.",
    "It was the 22nd attempt.",
    "A total of 2000 people fled.",
    "In 2000 homes there was no power.",
    "The 2015 soldiers left.",
    "Talks were held in the spirit of Resolution 2042.",
    "He spent 1,989 dollars.",
    "It was the first truce in three years.",
    "They left after three days.",
    "The Sunday Times wrote of it.",
]

DEGRADED = [
    ("on april 4 2017 jets hit khan sheikhoun", "april 4 2017 = 2017-04-04"),
    ("on april 4 jets hit khan sheikhoun", "april 4 = 2025-04-04"),
    ("jets hit the town last tuesday killing nine", "last tuesday = 2025-05-06"),
    ("wednesdays attack left nine dead", "wednesdays = 2025-05-07"),
    ("nine killed over past 24 hours says army", "over past 24 hours = 2025-05-07..2025-05-08"),
    ("JETS HIT TOWN ON WEDNESDAY NIGHT", "WEDNESDAY NIGHT = 2025-05-07"),
    ("the army said in may 2014 that it left", "may 2014 = 2014-05-01..2014-05-31"),
    ("it shelled the town on the 4th of april", "the 4th of april = 2025-04-04"),
    ("it shelled the town on  Wednesday\nNine were killed", "Wednesday = 2025-05-07"),
    ("it shelled the town on April\u00a022, 2025.", "April\u00a022, 2025 = 2025-04-22"),
]

OTHER_REPORTS = [
    ("Two bombs killed 28 on Saturday.", "2017-01-02", "Saturday = 2016-12-31"),
    ("Shelling began last Sunday.", "2018-02-25", "last Sunday = 2018-02-18"),
    ("Shelling began on Sunday.", "2018-02-25", "Sunday = 2018-02-25"),
    ("It was hit on December 30.", "2025-01-03", "December 30 = 2024-12-30"),
    ("It was hit on January 2.", "2025-01-03", "January 2 = 2025-01-02"),
    ("It was hit in December.", "2025-01-03", "December = 2024-12-01..2024-12-31"),
    ("It was hit last month.", "2025-01-03", "last month = 2024-12-01..2024-12-31"),
    ("It was hit last week.", "2025-01-03", "last week = 2024-12-23..2024-12-29"),
    ("It was hit this weekend.", "2017-01-02", "this weekend = 2016-12-31..2017-01-01"),
    ("It was hit over the weekend.", "2025-05-11", "over the weekend = 2025-05-10..2025-05-11"),
    ("It was hit last weekend.", "2025-05-11", "last weekend = 2025-05-03..2025-05-04"),
    ("It was hit on the 31st.", "2025-03-08", "the 31st = 2025-01-31"),
    ("It was hit on February 29.", "2024-03-01", "February 29 = 2024-02-29"),
    ("It fell in the October 7 attack.", "2022-11-01", "October 7 attack = ?"),
]

UNDATED = [
    ("The base was hit on 22 April 2025.", "22 April 2025 = 2025-04-22"),
    ("The base was hit on 2025-04-22.", "2025-04-22 = 2025-04-22"),
    ("Talks were held in May 2024.", "May 2024 = 2024-05-01..2024-05-31"),
    ("The war began in 1989.", "1989 = 1989-01-01..1989-12-31"),
    ("The rebellion has gone on since 1989.", "since 1989 = 1989-01-01.."),
    ("The base was hit on April 22.", "April 22 = ?"),
    ("The base was hit on 4 April 2017. The next day, it was empty.", "4 April 2017 = 2017-04-04 | The next day = ?"),
    ("The base was hit on Wednesday night.", "Wednesday night = ?"),
    ("The base was hit yesterday.", "yesterday = ?"),
    ("Shells have fallen since Monday.", "since Monday = ?"),
    ("The base was hit in April.", "April = ?"),
    ("The base was hit last year.", "last year = ?"),
    ("It shot down 25 drones over the past 24 hours.", "over the past 24 hours = ?"),
]


@pytest.mark.parametrize(("text", "expected"), CALENDAR + RELATIVE + ANAPHORA + DEGRADED)
def test_days_of_an_expression(text: str, expected: str) -> None:
    assert " | ".join(map(written, whens(text))) == expected


@pytest.mark.parametrize("text", NO_TIME)
def test_lengths_ages_clocks_and_names_are_no_times(text: str) -> None:
    assert [written(when) for when in whens(text)] == []


@pytest.mark.parametrize(("text", "published", "expected"), OTHER_REPORTS)
def test_days_count_from_the_report(text: str, published: str, expected: str) -> None:
    assert " | ".join(map(written, whens(text, day_of(published)))) == expected


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_without_a_publication_date_only_a_year_makes_a_day(text: str, expected: str) -> None:
    assert " | ".join(map(written, whens(text, None))) == expected


# --------------------------------------------------------------------------------------------------------- the lexicon

LEXICON = lexicon.load("times")


@pytest.mark.parametrize("entry", LEXICON["form"], ids=lambda e: f"{e['rule']}: {e['example']}")
def test_form_resolves_its_example(entry: dict[str, Any]) -> None:
    days = entry["days"]
    wanted = (days[0], days[-1]) if days else (None, None)
    found = [(when.start, when.end) for when in whens(entry["example"], LEXICON["published"])]
    assert wanted in found


@pytest.mark.parametrize("entry", LEXICON["form"], ids=lambda e: f"{e['rule']}: {e['example']}")
def test_no_form_is_idle(entry: dict[str, Any]) -> None:
    """Its example is read by the form itself, not by another that stands before it."""
    pattern = time_forms.forms()[len(LEXICON["named"]) + LEXICON["form"].index(entry)].pattern
    assert any(found.form.pattern is pattern for found in time_forms.find(entry["example"]))


@pytest.mark.parametrize("entry", LEXICON["named"], ids=lambda e: e["words"][0])
def test_named_day_resolves_its_example(entry: dict[str, Any]) -> None:
    found = [(when.start, when.end) for when in whens(entry["example"], LEXICON["published"])]
    assert (entry["day"], entry["day"]) in found


@pytest.mark.parametrize("entry", LEXICON["not"], ids=lambda e: e["example"])
def test_words_that_are_no_time_are_left(entry: dict[str, Any]) -> None:
    assert whens(entry["example"], LEXICON["published"]) == []


# ------------------------------------------------------------------------------------------------- the time of an event

# text; trigger, "word" or "word#2" for its second occurrence; the words of its time, or nothing
EVENTS = [
    ("Jets struck the port on Wednesday.", "struck", "Wednesday"),
    ("On Wednesday, jets struck the port.", "struck", "Wednesday"),
    ("Jets on Wednesday struck the port.", "struck", "Wednesday"),
    ("Jets struck the port, the army said on Thursday.", "struck", ""),
    ("The army said on Thursday that jets had struck the port.", "struck", ""),
    ("The army said on Thursday that jets had struck the port on Wednesday.", "struck", "Wednesday"),
    ("The army said on Thursday that jets had struck the port on Wednesday.", "said", "Thursday"),
    ("The army said jets struck the port on Wednesday.", "struck", "Wednesday"),
    ("On Wednesday, jets struck the port, the army said.", "struck", "Wednesday"),
    ("It said it had shot down 25 drones over the past 24 hours.", "shot", "over the past 24 hours"),
    ("Turkey denied on Sunday that its troops had left the town.", "denied", "Sunday"),
    ("Turkey denied on Sunday that its troops had left the town.", "left", ""),
    ("Ukraine accused Russia on Monday of shelling Kharkiv.", "accused", "Monday"),
    ("Ukraine accused Russia on Monday of shelling Kharkiv.", "shelling", ""),
    ("Ukraine accused Russia of shelling Kharkiv on Monday.", "shelling", "Monday"),
    ("Britain on Monday condemned the attack.", "condemned", "Monday"),
    ("Britain on Monday condemned the attack.", "attack", ""),
    ("Britain condemned the April 22 attack.", "attack", "April 22"),
    ("Britain condemned the April 22 attack.", "condemned", ""),
    ("Britain condemned Tuesday’s attack.", "attack", "Tuesday"),
    ("Tuesday’s attack killed nine people.", "attack", "Tuesday"),
    ("Tuesday’s attack killed nine people.", "killed", "Tuesday"),
    ("An attack on a mosque on Friday killed nine people.", "killed", "Friday"),
    ("An attack on a mosque on Friday killed nine people.", "attack", "Friday"),
    ("Nine people were killed in an attack on Friday.", "killed", "Friday"),
    ("Jets struck camps on Wednesday and killed nine people.", "killed", "Wednesday"),
    ("Jets struck camps on Wednesday, killing nine people.", "killing", "Wednesday"),
    ("Jets launched strikes on Wednesday after gunmen had killed 24 tourists.", "killed", ""),
    ("Jets launched strikes on Wednesday after gunmen had killed 24 tourists.", "launched", "Wednesday"),
    ("Jets launched strikes on Wednesday after gunmen killed 24 tourists on April 22.", "launched", "Wednesday"),
    ("Jets launched strikes on Wednesday after gunmen killed 24 tourists on April 22.", "killed", "April 22"),
    ("The army has neutralized attempts to target sites on Wednesday night.", "target", "Wednesday night"),
    ("Rebels tried on Monday to storm the base.", "storm", "Monday"),
    ("An April 22 attack in Pahalgam, where 24 tourists were killed, was condemned.", "killed", "April 22"),
    ("Rebels seized the town in 2014 and lost it in 2017.", "seized", "2014"),
    ("Rebels seized the town in 2014 and lost it in 2017.", "lost", "2017"),
    ("jets struck the port on wednesday killing nine", "struck", "wednesday"),
    ("Turkey voted for a truce on Saturday.", "voted", "Saturday"),
    ("Turkey called for an inquiry into an attack on Friday.", "called", ""),
    ("On Monday jets were reported to have hit the port.", "hit", "Monday"),
    ("The horrific crime his forces committed at dawn today shocked us.", "crime", "at dawn today"),
    ("Jets launched strikes on Monday that killed nine.", "killed", "Monday"),
    ("Jets shelled the town and killed nine people on Monday.", "shelled", "Monday"),
    ("Rebels took the town in spring and lost it on Monday.", "took", ""),
    ("Nine people have died since shelling began on Sunday.", "died", "Sunday"),
    ("Nine people died before talks began on Sunday.", "died", ""),
    ("Ukraine said on Monday its sailors were captured.", "captured", ""),
    ("Ukraine said Monday six sailors were wounded.", "wounded", ""),
    ("The monitor said that on Sunday the ships crossed the border.", "crossed", "Sunday"),
    ("The incident occurred on Monday, when gunmen killed two soldiers.", "killed", "Monday"),
    ("Gunmen killed two soldiers in an ambush that took place on Monday.", "killed", "Monday"),
    ("Russia rammed the tug on Sunday, opened fire and seized three vessels.", "seized", "Sunday"),
    ("On Sunday, Russia rammed the tug, opened fire and seized three vessels.", "opened", "Sunday"),
    ("Merkel spoke with Putin by phone on Monday and urged him to free the sailors.", "urged", "Monday"),
    ("Merkel spoke with Putin by phone on Monday and urged him to free the sailors.", "free", ""),
    ("In a call on Tuesday, Putin told Merkel that Kyiv had provoked the clash.", "told", "Tuesday"),
    ("In a call on Tuesday, Putin told Merkel that Kyiv had provoked the clash.", "provoked", ""),
    ("Two days after Sunday’s seizure of three vessels, Moscow charged the sailors.", "seizure", "Sunday"),
    ("Two days after Sunday’s seizure of three vessels, Moscow charged the sailors.", "charged", ""),
    ("Police are looking into a shooting incident on October 18.", "shooting", "October 18"),
    ("nine people were killed on tuesday said the monitor", "killed", "tuesday"),
    ("the monitor said on tuesday nine people were killed", "killed", ""),
    ("Jets struck the port. On Wednesday, envoys met.", "struck", ""),
]


def event_words(text: str, trigger: str) -> str:
    doc = annotate(text)
    token = next(t for t in doc if t.text == trigger)
    when = times.event_time(doc, token.left_edge.i, token.right_edge.i + 1, token.i)
    return when.text if when is not None else ""


@pytest.mark.parametrize(
    ("text", "trigger", "words"), EVENTS, ids=[f"{trigger}: {text}" for text, trigger, _ in EVENTS]
)
def test_an_event_has_the_time_of_its_own_clause(text: str, trigger: str, words: str) -> None:
    assert event_words(text, trigger) == words


def test_what_has_gone_on_since_runs_until_the_report() -> None:
    doc = annotate("Nine people have died since shelling began on Sunday.")
    when = times.event_time(doc, 0, len(doc), 3)
    assert when is not None
    assert (when.start, when.end) == (date(2025, 5, 4), THURSDAY)


def test_a_resolved_time_goes_before_words_without_days() -> None:
    assert event_words("In recent weeks rebels attacked the base on Monday.", "attacked") == "Monday"
    assert event_words("In recent weeks rebels attacked the base.", "attacked") == "In recent weeks"


# -------------------------------------------------------------------------------------------------------- background

BACKGROUND = [
    ("The war of 1989 was long.", True),
    ("It ended in 2024.", True),
    ("It ended last year.", True),
    ("It ended on May 1, 2024.", True),
    ("It ended on June 1, 2024.", False),
    ("It ended in November.", False),
    ("It ended on April 22.", False),
    ("It has gone on since 1989.", True),
    ("It has gone on since April.", False),
    ("It ended on Wednesday.", False),
    ("It ended this year.", False),
    ("It ended decades ago.", False),
]


@pytest.mark.parametrize(("text", "expected"), BACKGROUND)
def test_what_lies_over_a_year_back_is_background(text: str, expected: bool) -> None:
    assert times.historical(whens(text)[0], THURSDAY) is expected


def test_the_year_just_over_is_news_in_january() -> None:
    assert not times.historical(whens("It ended in 2024.", date(2025, 1, 5))[0], date(2025, 1, 5))


def test_nothing_is_background_without_a_publication_date() -> None:
    assert not times.historical(whens("It ended in 1989.", None)[0], None)


# --------------------------------------------------------------------------------------------------------- properties

PIECES = [text for text, _ in CALENDAR + RELATIVE + ANAPHORA + DEGRADED] + NO_TIME + [text for text, *_ in EVENTS]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
NOISE = st.text(alphabet=st.sampled_from("0123456789/-. ,:aprilmyonthe’\n"), max_size=40)
DATES = st.dates(date(1950, 1, 1), date(2049, 12, 31))
PROPERTY = settings(max_examples=60, deadline=None)


@PROPERTY
@given(text=TEXTS | NOISE, published=st.none() | DATES)
def test_every_time_is_quoted_and_runs_forward(text: str, published: date | None) -> None:
    doc = annotate(text, published)
    end = 0
    for span in doc.spans[times.KEY]:
        when = span._.when
        assert when.span.of(text) == when.text == span.text
        assert when.span.start >= end
        end = when.span.end
        if when.start is not None and when.end is not None:
            assert when.start <= when.end
        if when.start is None:
            assert when.end is None


@PROPERTY
@given(text=TEXTS)
def test_without_a_publication_date_nothing_is_counted(text: str) -> None:
    for when in whens(text, None):
        if when.start is not None:
            assert any(when.text[i : i + 4].isdigit() for i in range(len(when.text)))


@PROPERTY
@given(day=DATES, published=st.none() | DATES)
def test_a_full_date_is_that_day_whatever_the_report(day: date, published: date | None) -> None:
    name = day.strftime("%B")
    for form in (day.isoformat(), f"{name} {day.day}, {day.year}", f"{day.day} {name} {day.year}"):
        (when,) = whens(f"The base was hit on {form}.", published)
        assert (when.start, when.end) == (day, day)
        assert when.text == form


@PROPERTY
@given(published=DATES, back=st.integers(0, 350))
def test_a_yearless_day_is_the_last_one(published: date, back: int) -> None:
    day = published - timedelta(back)
    (when,) = whens(f"The base was hit on {day.strftime('%B')} {day.day}.", published)
    assert when.start == day


@PROPERTY
@given(published=DATES, back=st.integers(0, 6))
def test_a_weekday_is_the_last_one_up_to_the_report(published: date, back: int) -> None:
    day = published - timedelta(back)
    (when,) = whens(f"Jets struck the port on {day.strftime('%A')}.", published)
    assert when.start == when.end == day


@PROPERTY
@given(text=TEXTS, trigger=st.integers(0, 500))
def test_the_time_of_an_event_is_one_of_its_sentence(text: str, trigger: int) -> None:
    doc = annotate(text)
    token = doc[trigger % len(doc)]
    when = times.event_time(doc, token.sent.start, token.sent.end, token.i)
    if when is not None:
        sentence = Span(token.sent.start_char, token.sent.end_char)
        assert sentence.covers(when.span)
        # "Since Sunday" makes the day a period that ends with the report; the words stay those of the day.
        said = {span._.when.span: span._.when.start for span in doc.spans[times.KEY]}
        assert said[when.span] == when.start
