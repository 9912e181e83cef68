"""The crisis over time: what is counted and by whose account, what is found in it, and the reports and alerts drawn from it."""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import archive as made_up

import standoff
from conftest import document
from standoff import ontology
from standoff.analysis import deeds, outlook, reciprocity, series, study, tension
from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD
from standoff.analysis.report import Points, build, disputes
from standoff.analysis.series import Step, Weighing
from standoff.errors import InputError
from standoff.model import (
    AuxMode,
    Claim,
    Count,
    CountKind,
    Mention,
    Party,
    Review,
    Source,
    Span,
    Trigger,
    Verdict,
    When,
)
from standoff.reconcile import policies
from standoff.store import Store, open_store
from standoff.store.tellings import Telling, coverage, pairs, tellings

DYAD = ("RUS", "UKR")
THERE, BACK, _ = deeds.directions(DYAD)
DAY = date(2018, 11, 25)
NOW = datetime(2018, 12, 1, 8, tzinfo=UTC)


def telling(
    event: str = "ASSAULT",
    actors: str = "RUS",
    recipients: str = "UKR",
    tellers: str = "",
    happening: str = "",
    day: date = DAY,
    doc: str = "",
    killed: int | None = None,
    dated: bool = True,
    score: float | None = None,
    number: Iterator[int] = iter(range(1_000_000)),  # noqa: B008 (one counter for all)
) -> Telling:
    name = f"c{next(number)}"
    counts = () if killed is None else (Count(CountKind.KILLED, killed, killed, killed, "", str(killed), Span(0, 1)),)
    return Telling(
        name,
        doc or f"d-{name}",
        happening or name,
        day,
        dated,
        event,
        ontology.score(event) if score is None else score,
        tuple(actors.split()),
        tuple(recipients.split()),
        tuple(tellers.split()),
        counts,
        "Wire",
        day,
    )


def counted(told: Sequence[Telling]) -> Counter[tuple[str, str, str]]:
    return Counter((d.account, d.direction, d.event) for d in deeds.draw(told, DYAD))


# -- what counts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([telling()], {(OUTLETS, THERE, "ASSAULT"): 1}, id="an outlet's own words"),
        pytest.param([telling(tellers="UKR")], {("UKR", THERE, "ASSAULT"): 1}, id="one side's telling"),
        pytest.param([telling(tellers="DEU")], {(THIRD, THERE, "ASSAULT"): 1}, id="a third's telling"),
        pytest.param(
            [telling(tellers="RUS UKR")],
            {("RUS", THERE, "ASSAULT"): 1, ("UKR", THERE, "ASSAULT"): 1},
            id="both sides say so together",
        ),
        pytest.param(
            [telling(tellers="UKR", happening="i"), telling(tellers="UKR", happening="i"), telling(happening="i")],
            {("UKR", THERE, "ASSAULT"): 1, (OUTLETS, THERE, "ASSAULT"): 1},
            id="a happening counts once in each account",
        ),
        pytest.param(
            [
                telling("COERCE", tellers="UKR", happening="i"),
                telling(tellers="UKR", happening="i"),
                telling(tellers="UKR", happening="i"),
            ],
            {("UKR", THERE, "ASSAULT"): 1},
            id="under the type that most claims give",
        ),
        pytest.param(
            [telling(tellers="UKR", happening="i"), telling("ACCUSE", "UKR", "RUS", "UKR", "i")],
            {("UKR", THERE, "ASSAULT"): 1, ("UKR", BACK, "ACCUSE"): 1},
            id="the deed and the accusation are two",
        ),
        pytest.param(
            [telling(happening="i"), telling("ASSAULT", "", "UKR", "RUS", "i")],
            {(OUTLETS, THERE, "ASSAULT"): 1, ("RUS", THERE, "ASSAULT"): 1},
            id="who did it is taken from the incident",
        ),
        pytest.param(
            [
                telling(happening="i"),
                telling("ASSAULT", "UKR", "RUS", "RUS", "i"),
                telling("ASSAULT", "", "UKR", "DEU", "i"),
            ],
            {(OUTLETS, THERE, "ASSAULT"): 1, ("RUS", BACK, "ASSAULT"): 1},
            id="but not where the incident has it both ways",
        ),
        pytest.param([telling("ASSAULT", "", "UKR", "RUS")], {}, id="nor of a claim that none links"),
        pytest.param([telling("ASSAULT", "RUS", "DEU")], {}, id="others are others"),
        pytest.param(
            [telling("CONSULT", "RUS UKR", "", "DEU")],
            {(THIRD, THERE, "CONSULT"): 1, (THIRD, BACK, "CONSULT"): 1},
            id="a meeting runs both ways",
        ),
    ],
)
def test_what_counts_and_by_whose_account(told: list[Telling], expected: dict[tuple[str, str, str], int]) -> None:
    found = counted(told)
    own = {key: n for key, n in found.items() if key[0] != ALL and key[1] != BETWEEN}
    assert own == expected
    # Whatever runs both ways happened once between the two, and all accounts together tell of each happening once.
    classes = {(one.happening, ontology.quad(one.event)) for one in told if expected}
    between = sum(n for (account, way, _), n in found.items() if (account, way) == (ALL, BETWEEN))
    assert between == (len(classes) if expected else 0)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        pytest.param([telling(happening="i", day=DAY), telling(happening="i", day=DAY)], DAY, id="the day told"),
        pytest.param(
            [
                telling(happening="i", day=DAY + timedelta(2), dated=False),
                telling(happening="i", day=DAY + timedelta(1), dated=False),
            ],
            DAY + timedelta(1),
            id="else that of the first report",
        ),
        pytest.param(
            [
                telling(happening="i", day=DAY + timedelta(2), dated=False),
                telling(happening="i", day=DAY, tellers="UKR"),
            ],
            DAY,
            id="a day that another account tells goes before that of a report",
        ),
    ],
)
def test_the_day_of_a_happening(told: list[Telling], day: date) -> None:
    assert {d.day for d in deeds.draw(told, DYAD)} == {day}


TELLINGS = st.builds(
    telling,
    event=st.sampled_from(["ASSAULT", "ACCUSE", "CONSULT", "AID", "THREATEN"]),
    actors=st.sampled_from(["RUS", "UKR", "", "RUS UKR", "DEU"]),
    recipients=st.sampled_from(["RUS", "UKR", "", "DEU UKR"]),
    tellers=st.sampled_from(["", "RUS", "UKR", "DEU", "RUS UKR"]),
    happening=st.sampled_from(["", "i1", "i2", "i3"]),
    day=st.integers(0, 20).map(lambda n: DAY + timedelta(n)),
    killed=st.none() | st.integers(0, 50),
    dated=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(told=st.lists(TELLINGS, max_size=25), data=st.data())
def test_counting_does_not_depend_on_order_and_loses_nothing(told: list[Telling], data: st.DataObject) -> None:
    found = deeds.draw(told, DYAD)
    shuffled = deeds.draw(data.draw(st.permutations(told)), DYAD)
    key = [(d.happening, d.account, d.direction, d.quad, d.event, d.day, round(d.score, 9)) for d in found]
    assert key == [(d.happening, d.account, d.direction, d.quad, d.event, d.day, round(d.score, 9)) for d in shuffled]
    keys = [(d.happening, d.account, d.direction, d.quad) for d in found]
    assert len(keys) == len(set(keys))
    # Every claim that names both sides is in some account, and in all accounts together.
    both = {t.claim for t in told if set(DYAD) <= {*t.actors, *t.recipients} and t.actors}
    both = {t.claim for t in told if t.claim in both and deeds._ways(t.actors, t.recipients, DYAD)}
    for account in ({ALL}, {*DYAD, THIRD, OUTLETS}):
        assert both <= {t.claim for d in found if d.account in account for t in d.told}
    # The two together never count more than each direction does, and never less than the larger.
    for account in deeds.accounts(DYAD):
        n = {way: sum(1 for _ in deeds.of(found, account, way)) for way in deeds.directions(DYAD)}
        assert max(n[THERE], n[BACK]) <= n[BETWEEN] <= n[THERE] + n[BACK]


# -- series ------------------------------------------------------------------------------------------------------------


def drawn(told: Sequence[Telling], reports: dict[date, int] | None = None, **given: object) -> series.Series:
    found = series.draw(deeds.draw(told, DYAD), DYAD, reports or {}, **given)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_days_without_reports_are_gaps_and_not_zeros() -> None:
    told = [telling(day=DAY), telling(day=DAY + timedelta(9))]
    found = drawn(told, {DAY: 2, DAY + timedelta(5): 1, DAY + timedelta(9): 1})
    # A report tells of its own day and of the day before.
    assert [int(begin.toordinal() - DAY.toordinal()) for begin, gap in zip(found.begins, found.gap, strict=True) if gap] == [
        1, 2, 3, 6, 7,
    ]  # fmt: skip
    events = found.lines[ALL, BETWEEN].events
    assert np.isnan(events[[1, 2, 3, 6, 7]]).all()
    assert events[[0, 4, 5, 8, 9]].tolist() == [1, 0, 0, 0, 1]
    assert found.reports.tolist() == [2, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    rows = list(series.records(found, (ALL,), (BETWEEN,)))
    assert rows[1]["gap"] is True
    assert rows[1]["events"] is rows[1]["score_sum"] is rows[1]["killed_best"] is rows[1]["assault"] is None
    assert rows[4]["events"] == rows[4]["assault"] == rows[4]["killed_best"] == 0


@pytest.mark.parametrize(
    ("step", "begins"),
    [
        (Step.DAY, [date(2018, 11, 25) + timedelta(n) for n in range(8)]),
        (Step.WEEK, [date(2018, 11, 19), date(2018, 11, 26)]),
        (Step.MONTH, [date(2018, 11, 1), date(2018, 12, 1)]),
    ],
)
def test_a_period_holds_its_days(step: Step, begins: list[date]) -> None:
    told = [telling(day=DAY + timedelta(n)) for n in range(8)]
    found = drawn(told, step=step)
    assert list(found.begins) == begins
    assert np.nansum(found.lines[ALL, THERE].events) == 8
    assert found.ends[-1] == found.until == date(2018, 12, 2)


def test_a_time_that_is_asked_for_reaches_no_further_than_what_is_known() -> None:
    told = [telling(day=DAY), telling(day=DAY + timedelta(3))]
    far = drawn(told, {DAY - timedelta(1): 1}, since=date(1, 1, 1), until=date(9999, 12, 31))
    assert (far.begins[0], far.until) == (DAY - timedelta(1), DAY + timedelta(3))
    assert series.draw(deeds.draw(told, DYAD), DYAD, {}, since=DAY + timedelta(4)) is None
    assert len(drawn(told, since=DAY + timedelta(1)).begins) == 1


def test_a_happening_counts_by_its_voices_where_asked() -> None:
    told = [telling(happening="i", doc=doc) for doc in ("one", "two", "reprint of two")]
    voices = {"one": "one", "two": "two", "reprint of two": "two"}
    once = drawn(told, voices=voices).lines[ALL, BETWEEN]
    by_voice = drawn(told, voices=voices, weighing=Weighing.VOICES).lines[ALL, BETWEEN]
    assert (once.events.tolist(), once.score_sum.tolist()) == ([1], [-9])
    assert (by_voice.events.tolist(), by_voice.score_sum.tolist()) == ([2], [-18])
    assert by_voice.score_mean.tolist() == once.score_mean.tolist() == [-9]


@pytest.mark.parametrize("policy", [*policies.POLICIES, "ranked:UKR,RUS"])
def test_losses_are_those_of_the_policy(policy: str) -> None:
    told = [
        telling(tellers="UKR", happening="i", killed=6),
        telling(tellers="RUS", happening="i", killed=3),
        telling(tellers="DEU", happening="i", killed=5),
        telling(happening="j", tellers="UKR", killed=1),
    ]
    found = drawn(told, policy=policy)
    figures = [
        policies.Figure(one.counts[0], one.tellers[0], one.doc, one.reported) for one in told if one.happening == "i"
    ]
    whole = policies.estimate(figures, policy)
    single = policies.estimate([policies.Figure(told[3].counts[0], "UKR", told[3].doc, DAY)], policy)
    low, best, high = (values[0] for values in found.lines[ALL, THERE].losses[CountKind.KILLED])
    assert low == (whole.low or 0) + (single.low or 0)
    assert high == (whole.high or 0) + (single.high or 0)
    both = [e.best if e.best is not None else e.low for e in (whole, single)]
    assert best == sum(n or 0 for n in both)
    own = found.lines["RUS", THERE].losses[CountKind.KILLED]
    assert own[1][0] == (0 if policy == "ranked:UKR" else 3)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            [telling(tellers="RUS", happening="i"), telling(tellers="UKR", happening="i")], 0.0, id="told alike"
        ),
        pytest.param([telling(tellers="RUS"), telling(tellers="UKR")], 1.0, id="nothing in common"),
        pytest.param(
            [
                telling(tellers="RUS", happening="i", score=-3),
                telling(tellers="UKR", happening="i", score=-9),
            ],
            0.5,
            id="one tells it milder",
        ),
        pytest.param([telling(tellers="UKR")], None, id="one says nothing"),
    ],
)
def test_divergence_is_between_nought_and_one(told: list[Telling], expected: float | None) -> None:
    (value,) = drawn(told).divergence
    assert (None if np.isnan(value) else value) == expected


# -- tension -----------------------------------------------------------------------------------------------------------


def test_tension_is_the_root_of_what_is_hostile() -> None:
    told = [telling(day=DAY), telling("AID", day=DAY + timedelta(1)), telling(day=DAY + timedelta(3))]
    found = drawn(told, {DAY + timedelta(2): 1})
    index = tension.draw(found).index
    assert index.tolist() == pytest.approx([3, -np.sqrt(10), 0, 3])
    again = tension.draw(found)
    assert again.low.tolist() == tension.draw(found).low.tolist()
    assert (again.low <= index).all()
    assert (again.high >= index).all()


def test_what_one_voice_alone_tells_is_less_sure_than_what_ten_tell() -> None:
    def width(voices: int) -> float:
        told = [telling(happening=f"i{n}", doc=f"v{v}") for n in range(10) for v in range(voices)]
        found = tension.draw(drawn(told))
        return float(found.high[0] - found.low[0])

    assert width(10) < 0.7 * width(1)


def _stretch(chance: random.Random, rates: list[tuple[int, float]]) -> list[Telling]:
    told, day = [], DAY
    for days, rate in rates:
        for _ in range(days):
            told += [
                telling(actors=a, recipients=b, day=day)
                for a, b in (("RUS", "UKR"), ("UKR", "RUS"))
                for _ in range(made_up._poisson(chance, rate / 2))
            ]
            day += timedelta(1)
    return told


def _covered(days: int) -> dict[date, int]:
    return {DAY + timedelta(n): 1 for n in range(days)}


def test_a_change_of_level_is_found_within_two_days_with_what_drove_it() -> None:
    late, found_all = 0, 0
    for seed in range(8):
        told = _stretch(random.Random(seed), [(60, 0.5), (60, 6.0), (60, 1.0)])
        found = drawn(told, _covered(180))
        changes = tension.changes(found, tension.draw(found, draws=20))
        found_all += len(changes)
        for planted in (60, 120):
            near = [c for c in changes if abs((c.day - DAY).days - planted) <= 2]
            late += not near
            for change in near:
                assert change.rises is (planted == 60)
                assert all((driver.hostility > 0) is change.rises for driver in change.drivers)
                assert not change.rises or change.drivers
    assert late <= 2
    assert found_all <= 16 + 2


def test_no_change_is_found_where_there_is_none_and_none_where_too_little_is_known() -> None:
    wrong = 0
    for seed in range(8):
        found = drawn(_stretch(random.Random(seed), [(365, 2.0)]), _covered(365))
        wrong += len(tension.changes(found, tension.draw(found, draws=20)))
    assert wrong <= 2
    short = drawn(_stretch(random.Random(1), [(5, 0.5), (5, 9.0)]), _covered(10))
    assert tension.changes(short, tension.draw(short)) == ()


# -- reciprocity and outlook -------------------------------------------------------------------------------------------


def _answered(chance: random.Random, days: int, after: int, share: float) -> list[Telling]:
    told = []
    for n in range(days):
        for _ in range(made_up._poisson(chance, 1.0)):
            told.append(telling(day=DAY + timedelta(n)))
            if chance.random() < share:
                told.append(telling(actors="UKR", recipients="RUS", day=DAY + timedelta(n + after)))
        told += [
            telling(actors="UKR", recipients="RUS", day=DAY + timedelta(n))
            for _ in range(made_up._poisson(chance, 0.5))
        ]
    return told


@pytest.mark.parametrize("after", [1, 3])
def test_an_answer_is_found_at_its_lag_and_in_its_direction(after: int) -> None:
    found, wrong = 0, 0
    for seed in range(6):
        there, back = reciprocity.draw(drawn(_answered(random.Random(seed), 365, after, 0.6), _covered(370)))
        assert (there.first, there.then, back.first, back.then) == (*DYAD, *reversed(DYAD))
        clear = there.clearest
        found += clear is not None and clear.days == after and clear.ratio > 1
        wrong += back.clearest is not None
    assert found >= 5
    assert wrong <= 1


def test_two_sides_that_rise_together_do_not_answer_each_other() -> None:
    wrong = 0
    for seed in range(8):
        told = _stretch(random.Random(seed), [(90, 0.5), (90, 4.0), (90, 1.0), (90, 6.0)])
        wrong += sum(one.clearest is not None for one in reciprocity.draw(drawn(told, _covered(360))))
    assert wrong <= 3  # of sixteen; one in twenty is expected
    assert reciprocity.draw(drawn(_stretch(random.Random(1), [(30, 3.0)]), _covered(30))) == ()
    assert reciprocity.draw(drawn(_stretch(random.Random(1), [(90, 3.0)]), step=Step.WEEK)) == ()


def test_the_outlook_is_given_where_it_was_better_and_its_interval_holds() -> None:
    within = []
    for seed in range(4):
        chance = random.Random(seed)
        rates = [(chance.randint(40, 80), chance.choice([0.5, 2.0, 6.0, 12.0])) for _ in range(10)]
        days = sum(n for n, _ in rates)
        found = drawn(_stretch(chance, rates), _covered(days))
        told = outlook.draw(found, tension.draw(found, draws=20))
        assert [trial.name for trial in told.trials] == ["smoothing", "as the last day", "as on average"]
        assert bool(told.ahead) is (told.trials[0].crps < min(trial.crps for trial in told.trials[1:]))
        within.append(told.trials[0].coverage)
        for one in told.ahead:
            assert one.low <= one.level <= one.high
            assert found.until < one.day <= found.until + timedelta(outlook.AHEAD)
    assert 0.75 <= np.mean(within) <= 0.85


def test_the_outlook_says_why_it_is_not_given() -> None:
    flat = drawn(_stretch(random.Random(3), [(400, 3.0)]), _covered(400))
    told = outlook.draw(flat, tension.draw(flat, draws=20))
    assert told.ahead == ()
    assert "no better than" in told.says
    short = drawn(_stretch(random.Random(3), [(40, 3.0)]), _covered(40))
    assert "too few" in outlook.draw(short, tension.draw(short)).says


def test_the_score_of_a_forecast_is_the_ranked_probability_score() -> None:
    sample = np.array([0.0, 1.0, 4.0])
    expected = np.mean(np.abs(sample - 2)) - np.mean(np.abs(sample[:, None] - sample[None, :])) / 2
    assert outlook._crps(sample, 2.0) == pytest.approx(expected)


# -- out of a store ----------------------------------------------------------------------------------------------------

TEXT = "Kyiv said on Sunday that Russia attacked Ukraine, killing three. Ukraine denied it. Russia may attack Ukraine."


def _claims() -> list[Claim]:
    def mention(code: str, name: str, *sectors: str) -> Mention:
        return Mention(Party(code, sectors, name), name, Span(0, 4))

    span = Span(0, 64)
    base = Claim(
        "c1",
        "d1",
        "ASSAULT",
        Trigger("attacked", Span(33, 41)),
        span,
        span.of(TEXT),
        actors=(mention("RUS", "Russia"),),
        recipients=(mention("UKR", "Ukraine"),),
        sources=(
            Source(mention("UKR", "Kyiv"), "said", Span(5, 9)),
            Source(mention("UNO", "United Nations"), "said", Span(5, 9)),
            Source(mention("DEU", "Germany"), "citing", Span(10, 12)),
        ),
        counts=(Count(CountKind.KILLED, 3, 3, 3, "", "three", Span(58, 63)),),
        when=When(DAY, DAY, "Sunday", Span(13, 19)),
    )
    return [
        base,
        replace(base, id="c2", aux=(AuxMode.NEGATION,)),
        replace(base, id="c3", aux=(AuxMode.FUTURE,)),
        replace(base, id="c4", sources=(), when=None, counts=()),
        replace(base, id="c5", event="ACCUSE", sources=(), counts=()),
        replace(base, id="c6", actors=(mention("UNK", "gunmen"),)),
        replace(base, id="c7", sources=(Source(mention("RUS", "residents", "CVL"), "said", Span(5, 9)),)),
        replace(base, id="c8", actors=(mention("SYR", "rebels", "REB"),), recipients=(mention("SYR", "Syria"),)),
    ]


@pytest.fixture
def told_store(where: str) -> Iterator[Store]:
    with open_store(where) as store:
        store.add(document(TEXT, "d1", date(2018, 11, 26), "Wire"), _claims())
        yield store


def test_tellings_are_asserted_claims_as_people_corrected_them(told_store: Store) -> None:
    found = {one.claim: one for one in tellings(told_store)}
    assert found.keys() == {"c1", "c4", "c5", "c6", "c7", "c8"}
    first = found["c1"]
    assert (first.actors, first.recipients, first.tellers) == (("RUS",), ("UKR",), ("UKR", "UNO"))
    assert (first.day, first.dated, first.reported, first.outlet) == (DAY, True, date(2018, 11, 26), "Wire")
    assert [(c.kind, c.low, c.text) for c in first.counts] == [(CountKind.KILLED, 3, "three")]
    assert (found["c4"].day, found["c4"].dated, found["c4"].tellers) == (date(2018, 11, 26), False, ())
    assert found["c5"].tellers == ("RUS",)
    assert found["c6"].actors == ()
    assert found["c7"].tellers == ("RUS-CVL",)
    assert found["c8"].actors == ("SYR-REB",)
    told_store.reviews.add([Review("c1", "d1", "me", Verdict.REJECT, NOW)])
    told_store.reviews.add([Review("c4", "d1", "me", Verdict.CORRECT, NOW, "event", json.dumps("COERCE"))])
    found = {one.claim: one for one in tellings(told_store)}
    assert "c1" not in found
    assert found["c4"].event == "COERCE"
    assert {one.claim for one in tellings(told_store, ["SYR-REB"])} == {"c8"}
    assert coverage(told_store) == {date(2018, 11, 26): 1}
    assert pairs(told_store) == [("RUS", "UKR"), ("SYR", "SYR-REB")]
    assert pairs(told_store, "SYR") == [("SYR", "SYR-REB")]


@pytest.fixture(scope="module")
def made() -> made_up.Archive:
    """Five months of a made-up conflict, whose level changes on known days."""
    return made_up.made(0.4, 1)


@pytest.fixture(scope="module")
def made_store(made: made_up.Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in made.claims:
        by_doc[claim.doc].append(claim)
    with open_store(tmp_path_factory.mktemp("made") / "made.db") as store:
        for one in made.documents:
            store.add(one, by_doc[one.id])
        store.save(standoff.reconcile(made.claims, made.documents))
        yield store


def test_per_account_series_recover_what_each_account_was_made_to_tell(
    made: made_up.Archive, made_store: Store
) -> None:
    sides = made_up.SIDES
    found = series.draw(deeds.draw(tellings(made_store, sides), sides), sides, coverage(made_store))
    assert found is not None
    for account in made_up.ACCOUNTS:
        truth = made_up.truth(made, account)
        sums = found.lines[account, BETWEEN].score_sum
        known = [(truth[day], value) for day, value in zip(found.begins, sums, strict=True) if not np.isnan(value)]
        assert spearmanr([a for a, _ in known], [b for _, b in known]).statistic >= 0.9, account


def test_changes_and_outlook_look_back_beyond_the_days_that_are_shown(made: made_up.Archive, made_store: Store) -> None:
    (planted,) = made.changes
    since = planted - timedelta(4)
    shown = study.draw(made_store, made_up.SIDES, since=since)
    assert shown is not None
    assert shown.series.begins[0] >= since
    assert any(abs((change.day - planted).days) <= 2 for change in shown.changes)
    assert all(change.day >= since for change in shown.changes)
    whole = study.draw(made_store, made_up.SIDES)
    assert whole is not None
    assert shown.outlook == whole.outlook
    # Of later days nothing is known yet.
    before = study.draw(made_store, made_up.SIDES, until=planted - timedelta(1))
    assert before is not None
    assert before.series.until < planted
    assert all(change.day < planted for change in before.changes)


def test_the_report_on_a_long_conflict_stays_short(made_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each dispute is shown once and a toll that rose is none (decision 021): thirteen are left here, fewer than are told of a kind.
    monkeypatch.setattr(disputes, "MOST", 5)
    report = build.draw(made_store)
    points = [block for section in report.sections for block in section.blocks if isinstance(block, Points)]
    assert max(len(block.items) for block in points) <= 21
    said = [one.text for one in report.sentences()]
    assert any(re.fullmatch(r"And \d+ more disputes?, on the page Disputes\.", text) for text in said)
    told = [
        {one.text for block in s.blocks if isinstance(block, Points) for one in block.items}
        for s in report.sections
        if s.title in ("Summary", "What is new")
    ]
    assert told[0]
    assert len(set.union(*told)) == sum(map(len, told))


@pytest.mark.parametrize(
    ("text", "key"), [("RUS", "RUS"), ("rus", "RUS"), ("russia", "RUS"), ("Russia ", "RUS"), ("Angela Merkel", "DEU")]
)
def test_a_party_is_found_by_its_key_or_a_name(sample_store: Store, text: str, key: str) -> None:
    known = sample_store.browse.parties()
    if text == "Angela Merkel":
        text = next(name for name, _ in known["DEU"] if name)
    assert study.party(known, text) == key


def test_a_party_that_nobody_names_is_refused_with_those_that_are(sample_store: Store) -> None:
    with pytest.raises(InputError, match=r"'Narnia'.*RUS \(Russia\)"):
        study.pair(sample_store, "Narnia", "RUS")
    with pytest.raises(InputError, match="are one party"):
        study.pair(sample_store, "RUS", "russia")
