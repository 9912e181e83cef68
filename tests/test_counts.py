"""Losses: which figures count the killed, injured, captured, displaced or destroyed, and whom they count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from standoff import lexicon
from standoff.evaluate import airwars, gva
from standoff.language import counts, pipeline
from standoff.language.counts import LossCount
from standoff.language.totals import article_totals
from standoff.model import CountKind

Row = tuple[str, int | None, int | None]


@pytest.fixture(scope="module")
def nlp() -> Language:
    loaded = spacy.load(pipeline.DEFAULT_MODEL)
    loaded.add_pipe("standoff_counts")
    return loaded


def rows(doc: Doc) -> list[Row]:
    return [(loss.kind.value, loss.low, loss.high) for loss in counts.of(doc)]


def only(nlp: Language, text: str) -> LossCount:
    (loss,) = counts.of(nlp(text))
    return loss


# ------------------------------------------------------------------ one figure, one loss

KILLED = [
    "The strikes killed 31 civilians.",
    "31 civilians were killed in the strikes.",
    "The strikes left 31 dead.",
    "The strikes left 31 people dead.",
    "31 people died in the strikes.",
    "The strikes claimed 31 lives.",
    "The strikes claimed the lives of 31 people.",
    "31 people lost their lives in the strikes.",
    "The army lost 31 men in the fighting.",
    "The attack ended with 31 fatalities.",
    "Officials gave a death toll of 31.",
    "The toll rose to 31 on Monday.",
    "The death toll climbs to 31",
    "The death toll rose from 20 to 31.",
    "The number of dead reached 31.",
    "31 dead in Gaza strike",
    "31 killed in Gaza strike",
    "Air strike kills 31 in Gaza",
    "31 bodies were found under the rubble.",
    "The bodies of 31 people were found.",
    "The bombing led to the deaths of 31 people.",
    "They condemned the killing of 31 civilians.",
    "A bomb went off, killing 31 people.",
    "Gunmen shot dead 31 worshippers.",
    "31 worshippers were shot dead.",
    "Gunmen executed 31 prisoners.",
    "31 people were reported killed.",
    "31 people are feared dead.",
    "A total of 31 people were killed.",
    "At least 31 people, most of them women, were killed.",
    "31 people, including 11 children, were killed.",
    "The attack killed 31 people, among them 11 children.",
    "The attack killed all 31 people on board.",
    "31 of the attackers were killed.",
]
INJURED = [
    "The strikes wounded 31 civilians.",
    "31 civilians were wounded in the strikes.",
    "The blast injured 31 people, three of them seriously.",
    "31 hurt in blast",
    "A bomb went off, wounding 31 people.",
    "31 soldiers suffered injuries.",
    "Hospitals reported 31 injuries.",
    "The attack inflicted harm on 31 civilians.",
    "The number of wounded climbed to 31.",
]
OTHER = [
    ("casualties", "The brigade took 31 casualties."),
    ("casualties", "The army killed or wounded 31 soldiers."),
    ("casualties", "31 militants were killed, injured or taken captive."),
    ("casualties", "The forces neutralised 31 militants."),
    ("casualties", "Police shot 31 demonstrators."),
    ("captured", "Rebels captured 31 soldiers."),
    ("captured", "The rebels took 31 prisoners."),
    ("captured", "Gunmen kidnapped 31 students."),
    ("captured", "31 aid workers were abducted."),
    ("arrested", "Police detained 31 protesters."),
    ("arrested", "31 people were arrested in Tehran."),
    ("arrested", "They announced the arrest of 31 activists."),
    ("missing", "31 sailors remain missing."),
    ("missing", "31 people are still unaccounted for."),
    ("displaced", "The fighting displaced 31 families."),
    ("displaced", "The shelling forced 31 to flee."),
    ("displaced", "31 people fled the town."),
    ("destroyed", "Air defences shot down 31 drones."),
    ("destroyed", "The army destroyed 31 tanks."),
    ("destroyed", "Pakistan downed 31 jets."),
    ("destroyed", "31 drones were shot down over the city."),
    ("destroyed", "The navy lost 31 ships."),
    ("destroyed", "Rockets destroyed 31 houses."),
]
FIGURES = [("killed", s) for s in KILLED] + [("injured", s) for s in INJURED] + OTHER


@pytest.mark.parametrize(("kind", "text"), FIGURES, ids=[text for _, text in FIGURES])
def test_a_figure_counts_a_loss(nlp: Language, kind: str, text: str) -> None:
    assert (kind, 31, 31) in rows(nlp(text))
    assert len([loss for loss in counts.of(nlp(text)) if loss.number is not None]) == 1


# ------------------------------------------------------------------ several figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack killed 31 civilians and injured 57 others.", [("killed", 31, 31), ("injured", 57, 57)]),
        ("31 people were killed and 57 injured.", [("killed", 31, 31), ("injured", 57, 57)]),
        ("31 killed and 57 injured in raid", [("killed", 31, 31), ("injured", 57, 57)]),
        ("A bomb exploded, killing 31 and injuring 57.", [("killed", 31, 31), ("injured", 57, 57)]),
        ("5 killed, 12 hurt in blast", [("killed", 5, 5), ("injured", 12, 12)]),
        (
            "The strike left 15 people dead, 40 wounded and 3 missing.",
            [("killed", 15, 15), ("injured", 40, 40), ("missing", 3, 3)],
        ),
        ("Two soldiers and a civilian were killed.", [("killed", 2, 2), ("killed", 1, 1)]),
        ("A woman and her two children were killed.", [("killed", 1, 1), ("killed", 2, 2)]),
        ("The army lost three tanks and 12 men.", [("destroyed", 3, 3), ("killed", 12, 12)]),
        ("Police arrested 18 people after a fire that killed 19.", [("arrested", 18, 18), ("killed", 19, 19)]),
        (
            "Its forces killed 210 troops, destroyed two tanks and captured 14.",
            [("killed", 210, 210), ("destroyed", 2, 2), ("captured", 14, 14)],
        ),
        ("A mortar round left a 6-year-old boy dead and two nurses wounded.", [("killed", 1, 1), ("injured", 2, 2)]),
        ("Dozens were killed and hundreds wounded.", [("killed", None, None), ("injured", None, None)]),
        ("The strikes killed 40 to 50 soldiers.", [("killed", 40, 50)]),
        ("Between 40 and 50 soldiers were wounded.", [("injured", 40, 50)]),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_several_figures_are_kept_apart(nlp: Language, text: str, expected: list[Row]) -> None:
    assert rows(nlp(text)) == expected


# ------------------------------------------------------------------ one victim without a number


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("killed", "A soldier was killed."),
        ("killed", "The boy died at the hospital."),
        ("killed", "The blast killed one."),
        ("killed", "Gunmen killed a police officer."),
        ("killed", "The soldier took his own life."),
        ("killed", "They announced the death of a soldier."),
        ("killed", "A 16-year-old boy was shot and died at the scene."),
        ("killed", "The officer shot and killed a man."),
        ("killed", "A soldier was fatally wounded."),
        ("killed", "Teenager killed in Basra shooting"),
        ("injured", "An officer was wounded."),
        ("injured", "A rocket injured a farmer."),
        ("casualties", "A 12-year-old was shot in the leg."),
        ("arrested", "Police arrested a journalist."),
        ("captured", "Gunmen kidnapped a diplomat."),
        ("destroyed", "Rebels shot down a helicopter."),
    ],
)
def test_a_single_victim_is_a_count_of_one(nlp: Language, kind: str, text: str) -> None:
    assert rows(nlp(text)) == [(kind, 1, 1)]


# ------------------------------------------------------------------ what counts no loss


@pytest.mark.parametrize(
    "text",
    [
        "A brigade was destroyed.",
        "The army destroyed a brigade.",
        "Civilians were killed.",
        "No civilians were killed.",
        "No one was killed.",
        "Some 500 fighters took part in the parade.",
        "The ministry sent 230 troops.",
        "The government released 100 prisoners.",
        "Lawmakers killed three bills.",
        "The war began in 2014.",
        "The 34-year-old minister met 12 envoys.",
        "Five gunmen entered the mosque.",
        "The army captured 12 villages.",
        "The gunman shot at a car.",
    ],
)
def test_what_counts_no_loss(nlp: Language, text: str) -> None:
    assert rows(nlp(text)) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("31 people, including 11 children, were killed.", 31),
        ("The attack killed 31 people including 11 children and 5 women.", 31),
        ("The attack killed 31 people, 11 of them children.", 31),
        ("The attack wounded 31 people, three of them seriously.", 31),
        ("At least 31 were killed, among them 11 children.", 31),
        ("Nine people — five women, three children and a man — were killed.", 9),
    ],
)
def test_parts_of_a_whole_are_left_out(nlp: Language, text: str, whole: int) -> None:
    assert [loss.low for loss in counts.of(nlp(text))] == [whole]


# ------------------------------------------------------------------ unit, bound, words, governor


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The strikes killed 40 Indian soldiers.", ["soldiers"]),
        ("The attack killed 24 tourists.", ["tourists"]),
        ("The army shot down 25 Indian drones.", ["drones"]),
        ("The attack killed at least 13 women and children.", ["women and children"]),
        ("Two police officers were shot dead.", ["police officers"]),
        ("The attack killed 31 civilians and injured 57 others.", ["civilians", "civilians"]),
        ("31 were killed.", ["people"]),
        ("The toll rose to 31.", ["people"]),
        ("The attack ended with 31 fatalities.", ["people"]),
    ],
)
def test_the_unit_is_the_words_of_the_text(nlp: Language, text: str, units: list[str]) -> None:
    assert [loss.unit for loss in counts.of(nlp(text))] == units


def test_a_bound_is_kept_beside_the_number(nlp: Language) -> None:
    loss = only(nlp, "As many as 300 militants were killed.")
    assert (loss.low, loss.high, loss.best, loss.bound) == (300, 300, 300, "at_most")
    assert loss.text == "As many as 300 militants"


def test_a_vague_figure_keeps_its_words(nlp: Language) -> None:
    loss = only(nlp, "The blast killed dozens of civilians.")
    assert loss.vague
    assert (loss.low, loss.high, loss.best) == (None, None, None)
    assert (loss.text, loss.unit) == ("dozens of civilians", "civilians")


@pytest.mark.parametrize(
    ("text", "governor"),
    [
        ("The strikes killed 31 civilians.", "killed"),
        ("The strikes left 31 people dead.", "left"),
        ("The strikes claimed 31 lives.", "claimed"),
        ("The army shot down 25 drones.", "shot"),
        ("The toll rose to 31.", "toll"),
        ("They condemned the killing of 31 civilians.", "killing"),
        ("The army lost 12 men.", "lost"),
    ],
)
def test_the_governor_is_the_word_that_carries_the_loss(nlp: Language, text: str, governor: str) -> None:
    doc = nlp(text)
    assert [doc[loss.governor].text for loss in counts.of(doc)] == [governor]


def test_a_nationality_is_kept_as_the_modifier(nlp: Language) -> None:
    doc = nlp("The strikes killed 40 Indian soldiers.")
    (loss,) = counts.of(doc)
    assert loss.modifier is not None
    assert doc[loss.modifier].text == "Indian"
    assert loss.victim is not None
    assert doc[loss.victim].text == "soldiers"


def test_plurals_without_a_figure_are_vague_where_asked_for() -> None:
    nlp = spacy.load(pipeline.DEFAULT_MODEL)
    nlp.add_pipe("standoff_counts", config={"plurals": True})
    loss = only(nlp, "Civilians were killed.")
    assert loss.vague
    assert (loss.low, loss.high, loss.text) == (None, None, "Civilians")


# ------------------------------------------------------------------ the lexicon's own examples

LOSSES = lexicon.load("losses")
SINGLE = [
    (f"{table}: {entry['example']}", entry)
    for table, found in LOSSES.items()
    for entry in (found if isinstance(found, list) else [found])
    if "kind" in entry
]


@pytest.mark.parametrize("entry", [entry for _, entry in SINGLE], ids=[name for name, _ in SINGLE])
def test_entry_reads_its_example(nlp: Language, entry: dict[str, Any]) -> None:
    assert (entry["kind"], entry["low"], entry["high"]) in rows(nlp(entry["example"]))


@pytest.mark.parametrize("entry", LOSSES["construction"], ids=lambda e: e["example"])
def test_construction_reads_its_example(nlp: Language, entry: dict[str, Any]) -> None:
    found = [
        {"kind": loss.kind.value, "low": loss.low, "high": loss.high, "unit": loss.unit}
        for loss in counts.of(nlp(entry["example"]))
    ]
    assert found == entry["expect"]


def test_not_victims_reads_nothing_from_its_example(nlp: Language) -> None:
    assert rows(nlp(LOSSES["not_victims"]["example"])) == []


# ------------------------------------------------------------------ the whole of an article


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        (
            "Three dead in blast.\n\nA blast killed two people on Monday. Police later said three people were killed.",
            3,
            None,
        ),
        ("A woman and her two children were killed. The woman was killed at home.", 3, None),
        ("A bomb killed 31 people. Of those killed, a boy died at home. The blast wounded 57.", 31, 57),
        ("A man was wounded on Monday. Last year 3,140 people were wounded in the city.", None, 1),
        ("The number rose. At least 31 people, including 11 children, were killed.", 31, None),
        ("A strike did not kill 12 people.", None, None),
    ],
)
def test_article_totals_add_no_part_to_its_whole(
    nlp: Language, text: str, killed: int | None, injured: int | None
) -> None:
    totals = article_totals(nlp(text))
    highs = {kind: loss.high for kind, loss in totals.items()}
    assert highs.get(CountKind.KILLED) == killed
    assert highs.get(CountKind.INJURED) == injured


def test_a_total_quotes_the_characters_it_adds_up(nlp: Language) -> None:
    text = "A woman and her two children were killed."
    total = article_totals(nlp(text))[CountKind.KILLED]
    assert (total.low, total.high) == (3, 3)
    assert total.text == total.span.of(text) == "A woman and her two children"


# ------------------------------------------------------------------ evaluation


def _write(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


def test_shooting_articles_are_scored_against_their_incident(tmp_path: Path, nlp: Language) -> None:
    incidents = [
        {"incident": "1", "num_killed": 1, "num_injured": 2},
        {"incident": "2", "num_killed": 0, "num_injured": 1},
        {"incident": "3", "num_killed": 5, "num_injured": 0},
    ]
    docs = [
        {
            "incident": "1",
            "id": "a",
            "dct": "2017-04-09",
            "title": "One dead",
            "content": "A man was killed and two others were wounded.",
        },
        {"incident": "2", "id": "b", "dct": "2017-04-09", "title": "Boy shot", "content": "A boy was shot in the leg."},
        {"incident": "3", "id": "c", "dct": "2017-04-09", "title": "Four dead", "content": "Four people were killed."},
    ]
    _write(tmp_path / "incidents.jsonl", incidents)
    _write(tmp_path / "docs.jsonl", docs)
    result = gva.evaluate(tmp_path, nlp)
    assert (result["articles"], result["killed"], result["injured"], result["both"]) == (3, 0.667, 1.0, 0.667)
    assert [miss.split("\t")[0] for miss in result["misses"]] == ["c"]


def test_airwars_ranges_are_scored(tmp_path: Path) -> None:
    base = {"injured_min": None, "injured_max": None}
    incidents = [
        {
            "assessment": "Five civilians were killed. Another source said seven were killed.",
            "killed_min": 5,
            "killed_max": 7,
        },
        {"assessment": "Several civilians were killed in the strike.", "killed_min": 2, "killed_max": 2},
        {"assessment": "Dozens of civilians were killed in the strike.", "killed_min": 12, "killed_max": 24},
    ]
    _write(tmp_path / "incidents.jsonl", [{**base, **i} for i in incidents])
    result = airwars.evaluate(tmp_path, spacy.load(pipeline.DEFAULT_MODEL))
    assert (result["incidents"], result["killed both"], result["injured both"]) == (3, 1.0, 1.0)


# ------------------------------------------------------------------ invariants

WORDS = st.sampled_from(
    "killed|were|31|at least|dozens of|two|others|soldiers|civilians|and|,|.|including|children|left|dead|wounded|the|a|"
    "soldier|toll|rose|to|of|drones|shot|down|missing|them|in Gaza|brigade|died|40 to 50|hundreds|who|attack|had|\n".split(
        "|"
    )
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=16).map(" ".join))
def test_losses_stay_sound_in_any_order_of_words(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for span in doc.spans[counts.KEY]:
        loss: LossCount = span._.quantity
        assert loss.text == loss.span.of(text) == span.text
        assert 0 <= loss.governor < len(doc)
        if loss.number is not None:
            assert loss.span.covers(loss.number)
        if loss.low is None or loss.high is None:
            assert loss.low is loss.high is loss.best is None
            assert loss.vague
        else:
            assert loss.low <= loss.high
            assert loss.best == (loss.low if loss.low == loss.high else None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=2, max_value=9_999), st.integers(min_value=2, max_value=9_999))
def test_any_two_figures_are_read_as_written(nlp: Language, killed: int, hurt: int) -> None:
    text = f"The strikes killed {killed:,} civilians and injured {hurt:,} others."
    assert rows(nlp(text)) == [("killed", killed, killed), ("injured", hurt, hurt)]
