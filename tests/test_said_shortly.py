"""What an account holds in a line, and what it is called: whole clauses, denials as denials, and who speaks by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import known_crises
from standoff import acts, cli, lexicon
from standoff.analysis import brief, called
from standoff.model import (
    Asked,
    AuxMode,
    Claim,
    Count,
    CountKind,
    DisputeKind,
    Holds,
    Line,
    Mention,
    Party,
    Question,
    Source,
    Span,
    Trigger,
    Turn,
)
from standoff.reconcile import titles
from standoff.reconcile.days import most
from standoff.reconcile.saying import cut, gist
from standoff.store import open_store
from standoff.store.browse import IncidentRow
from standoff.web import curve
from standoff.wording import Names, speaker
from test_web_answers import CODES

DAY = date(2020, 9, 30)
NAMES = Names(
    {"SYR": [("Syria", 5)], "TUR": [("Turkey", 4)], "NGO": [("Observatory", 3)], "SYR-REB": [("Northern Front", 2)]}
)


def mention(text: str, code: str = "UNK", sectors: Sequence[str] = (), name: str = "") -> Mention:
    return Mention(Party(code, tuple(sectors), name), text, Span(0, len(text)))


def told(
    text: str,
    trigger: str,
    event: str = "ASSAULT",
    *,
    aux: Sequence[AuxMode] = (),
    by: Mention | None = None,
    cue: str = "said",
    actors: Sequence[Mention] = (),
    recipients: Sequence[Mention] = (),
    doc: str = "r1",
    key: str = "c1",
) -> Claim:
    at = text.index(trigger)
    sources = (Source(by, cue, Span(300, 304)),) if by else ()
    return Claim(
        id=key, doc=doc, event=event, trigger=Trigger(trigger, Span(at, at + len(trigger))), span=Span(0, len(text)), text=text,
        aux=tuple(aux), actors=tuple(actors), recipients=tuple(recipients), sources=sources,
    )  # fmt: skip


ANKARA = mention("Ankara", "TUR", ("GOV",), "Turkey")
REPORTERS = mention("reporters", "TUR", ("JRN",))


@pytest.mark.parametrize(
    ("claims", "line"),
    [
        # who denies is given the denial, and never the clause that is denied
        ([told("Ankara denied on Wednesday that its jet had fired", "denied", "REJECT", actors=[ANKARA])], "denies that its jet had fired"),
        ([told("Ankara denied it", "denied", "REJECT", actors=[ANKARA])], "denies it"),
        ([told("refuted by Ankara", "refuted", "REJECT", actors=[ANKARA])], "refutes it"),
        ([told("that its jet had fired", "fired", aux=[AuxMode.NEGATION], by=ANKARA, cue="denied")], "denies that its jet had fired"),
        ([told("Turkey did not fire on any aircraft", "fire", aux=[AuxMode.NEGATION], by=ANKARA)], "Turkey did not fire on any aircraft"),
        # another's word on a denial to come is no denial
        ([told("Once again Ankara will deny it all", "deny", "REJECT", aux=[AuxMode.FUTURE], actors=[ANKARA])], "Once again Ankara will deny it all"),
        # a clause that cannot stand alone gives way to one that can, or to who did what to whom
        ([told("killed in the attack", "killed", recipients=[mention("rebels", "SYR", ("REB",))]), told("The blast killed nine rebels", "killed", key="c2")], "The blast killed nine rebels"),
        ([told("firing mortars on a suburb", "firing", actors=[ANKARA], recipients=[mention("Aleppo", "SYR", (), "Aleppo")])], "Turkey attacked Aleppo"),
        ([told("where its jets had struck the town", "struck", actors=[ANKARA], recipients=[mention("Aleppo", "SYR", (), "Aleppo")])], "Turkey attacked Aleppo"),
        # accusations are told as such
        ([told("A statement accused the rebels of shelling a school", "accused", "ACCUSE", actors=[ANKARA])], "accuses the rebels of shelling a school"),
        ([told("government forces of gas attacks", "attacks", by=ANKARA, cue="accused")], "accuses government forces of gas attacks"),
        # what stands before and behind a sentence is none of it
        ([told("Tuesday 4 Apr 2017 Suspected gas attack kills 58 people", "kills")], "Suspected gas attack kills 58 people"),
        ([told("AMMAN Nearly fifty strikes hit the town", "hit")], "Nearly fifty strikes hit the town"),
        ([told("Bomb kills 44 in a Kurdish city | Valley Times", "kills")], "Bomb kills 44 in a Kurdish city"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_account_is_told_in_a_line_that_says_what_it_holds(claims: list[Claim], line: str) -> None:
    assert gist(*claims) == line


def test_a_long_line_ends_where_a_clause_does() -> None:
    assert (
        cut("Forces fired rockets at Barda on 28 October, killing at least 21 civilians", 60)
        == "Forces fired rockets at Barda on 28 October"
    )
    assert cut("Forces fired rockets at the town on the last day of October in the morning", 40).endswith(" …")


@pytest.mark.parametrize("table", ["denying", "accusing", "dateline", "fragment"])
def test_every_entry_has_an_example_that_it_bears_out(table: str) -> None:
    for entry in lexicon.load("told")[table]:
        words = told(entry["example"], entry["example"].split()[-1], "ASSAULT", actors=[ANKARA])
        if "words" in entry:
            assert any(word in entry["example"] for word in entry["words"])
        elif table == "dateline":
            assert gist(words) != entry["example"]
        else:
            assert gist(words) == acts.words(words)


# -- who speaks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "called_"),
    [
        (mention("Azerbaijan's prosecutors", "AZE", ("JUD",), "Azerbaijan"), "Azerbaijan's prosecutors"),
        (mention("it", "AZE", ("MIL",), "Azerbaijan"), "Azerbaijan"),
        (mention("His office", "ARM", ("GOV",), "Armenia"), "Armenia"),
        (mention("A leading rights group", "IMG", ("REB",), "Islamic State"), "A leading rights group"),
        (mention("the group", "IMG", ("REB",), "Islamic State"), "Islamic State"),
        *((mention(junk), "an unnamed source") for junk in ("21:30", "scores", "The attack", "what", "a", "It", "1,200")),
        (mention("residents"), "residents"),
        (mention("Ercan Topaca"), "Ercan Topaca"),
        (mention("УНІАН"), "УНІАН"),
    ],
    ids=lambda value: value.text if isinstance(value, Mention) else value,
)  # fmt: skip
def test_a_speaker_is_named_as_the_report_does_and_what_is_none_is_not(who: Mention, called_: str) -> None:
    assert speaker(who) == called_


def test_nobody_does_what_a_stray_word_was_read_as_doing() -> None:
    claim = told("In the city 18 were killed", "killed", actors=[mention("A")])
    claim = replace(claim, counts=(Count(CountKind.KILLED, 18, 18, 18, "people", "18", Span(12, 14)),))
    assert acts.words(claim) == "18 people were killed"


@pytest.mark.parametrize(
    ("key", "speakers", "name"),
    [
        ("SYR", [mention("Syrian army", "SYR", ("MIL",), "Syria")], "Syria"),
        ("SYR", [mention("Witnesses", "SYR", ("CVL",), "Witnesses")], "Witnesses"),
        ("SYR", [mention("a civil defence worker", "SYR", ("CVL",), "worker")], "A civil defence worker (Syria)"),
        ("SYR", [mention("a monitoring group", "SYR", (), "a monitoring group")], "A monitoring group"),
        ("SYR", [mention("Witnesses", "SYR", ("CVL",), "Witnesses"), mention("Damascus", "SYR", ("GOV",), "Syria")], "Syria"),
        ("TUR", [mention("Anadolu Agency", "TUR", ("JRN",), "Anadolu Agency")], "Anadolu Agency"),
        ("NGO", [mention("SOHR", "NGO", ("HRI",), "Syrian Observatory for Human Rights")], "Syrian Observatory for Human Rights"),
        ("NGO", [mention(name, "NGO", (), name) for name in ("Alpha Watch", "Beta Aid", "Gamma Relief")], "non-governmental organisations"),
        ("EUR", [mention("Mogherini", "EUR", ("GOV",), "Federica Mogherini")], "European Union"),
        ("UNO", [mention("WHO", "UNO", ("MED",), "World Health Organization")], "World Health Organization"),
        ("SYR-REB", [mention("Rebels", "SYR", ("REB",), "Rebels")], "Rebels"),
        ("SYR", [mention("Several other activists", "SYR", ("CVL",), "activists"), mention("Omar Khalil", "SYR", ("CVL",), "Omar Khalil")], "Omar Khalil and others"),
        ("SYR", [mention("Dozens", "SYR", ("CVL",), "Dozens")], "Somebody in Syria"),
        ("SYR", [mention("source", "SYR", ("JRN",), "source")], "A source (Syria)"),
        ("SYR", [mention("father", "SYR", ("CVL",), "father")], "A father (Syria)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_account_is_a_states_only_where_its_officials_speak(key: str, speakers: list[Mention], name: str) -> None:
    names = Names({"NGO": [("Alpha Watch", 1), ("Beta Aid", 1), ("Gamma Relief", 1)], "SYR": [("Syria", 1)]})
    claims = [told("The town was hit", "hit", by=one) for one in speakers]
    assert called.account(key, claims, names) == name


@pytest.mark.parametrize(
    ("groups", "name"),
    [
        pytest.param([("rebels", 9), ("Alpha Front", 4), ("Beta Front", 3), ("Gamma Front", 2)], "Syrian rebels", id="many share the code"),
        pytest.param([("Alpha Front", 6), ("rebels", 5), ("Beta Front", 1)], "Alpha Front", id="one that most of them are"),
        pytest.param([("rebels", 5), ("Syria", 2)], "Syrian rebels", id="none by its name"),
    ],
)  # fmt: skip
def test_rebels_of_several_groups_are_called_after_none_of_them(groups: list[tuple[str, int]], name: str) -> None:
    assert Names({"SYR-REB": groups}).party("SYR-REB") == name


def test_losses_of_rebels_and_of_a_breakaway_land_are_not_the_states() -> None:
    asked = [
        titles.how_many(CountKind.KILLED, "fighters", whose, "T", "this") for whose in ("SYR", "SYR-REB", "AZE-PRE")
    ]
    assert asked == [
        "How many Syrian fighters were killed? (T)",
        "How many Syrian rebel fighters were killed? (T)",
        "How many fighters were killed? (T)",
    ]


def test_parties_that_are_many_say_and_deny() -> None:
    lines = [Line("SYR-REB", "", ("c1",), holds=Holds.NO), Line("SYR", "", ("c2",), holds=Holds.YES)]
    told_ = titles.of_dispute(DisputeKind.OCCURRENCE, lines)
    assert told_ == "Syrian rebels deny it; Syria says it is so"


def test_what_is_counted_is_no_name_for_the_capital_of_a_headline() -> None:
    count = Count(CountKind.KILLED, 12, 12, 12, "Militants", "12", Span(0, 2))
    assert acts.figure(count) == "12 militants"
    assert acts.figure(replace(count, unit="Syrians")) == "12 Syrians"


# -- figures and days --------------------------------------------------------------------------------------------------


def test_a_report_with_several_figures_is_taken_by_the_first() -> None:
    turns = tuple(
        Turn("SYR", value, key, DAY) for value, key in (("44", "c1"), ("more than 280,000", "c2"), ("46", "c3"))
    )
    line = Line("SYR", "46", ("c1", "c2", "c3"), low=46, high=46, series=turns)
    claims = {
        key: told("The blast killed many", "killed", doc=doc, key=key)
        for key, doc in (("c1", "a"), ("c2", "a"), ("c3", "b"))
    }
    assert [step.value for step in brief.steps_of(line, claims)] == ["44", "46"]
    titles_ = brief.Titles(NAMES, {})
    assert titles_.side(line, claims).value == "46 (before: 44)"
    last = replace(line, value="more than 280,000", series=turns[:2], claims=("c1", "c2"), low=280_000)
    assert titles_.side(last, claims).value == "44"


def test_the_same_number_with_another_bound_has_not_moved() -> None:
    titles_ = brief.Titles(NAMES, {})
    turns = (Turn("SYR", "21", "c1", DAY), Turn("SYR", "at least 21", "c2", date(2020, 10, 2)))
    asked = Asked("q", "i", Question.HOW_MANY, "How many?", (Line("SYR", "at least 21", ("c1", "c2"), series=turns),))
    assert titles_.moved([asked]) == []


def test_two_that_print_one_wire_do_not_agree() -> None:
    titles_ = brief.Titles(NAMES, {})
    lines = tuple(Line(key, "7", (f"c{at}",), low=7, high=7, voices=("wire",)) for at, key in enumerate(("SYR", "TUR")))
    asked = Asked("q", "i", Question.HOW_MANY, "How many? (T)", lines)
    assert titles_.agreed([asked]) == []
    own = tuple(replace(line, voices=(line.party,)) for line in lines)
    assert [one.names for one in titles_.agreed([replace(asked, lines=own)])] == [("Syria", "Turkey")]


@pytest.mark.parametrize(
    ("told_", "days"),
    [
        ([("2016-07-19", "2016-07-19")] * 2 + [("2015-01-01", "2015-12-31")], ("2016-07-19", "2016-07-19")),
        ([("2020-10-17", "2020-10-17")] * 2 + [("2020-10-18", "2020-10-18"), ("2020-09-27", "2020-09-27")], ("2020-10-17", "2020-10-18")),
        ([("2011-03-01", "2011-03-31")], ("2011-03-01", "2011-03-31")),
        ([], None),
    ],
)  # fmt: skip
def test_days_that_look_back_on_a_war_are_not_an_incidents(
    told_: list[tuple[str, str]], days: tuple[str, str] | None
) -> None:
    found = most([(date.fromisoformat(a), date.fromisoformat(b)) for a, b in told_])
    assert (found and tuple(map(date.isoformat, found))) == days


def test_a_bare_title_says_whom_it_involves() -> None:
    row = IncidentRow("i1", "ASSAULT", DAY, DAY, ("SYR", "TUR"), None, None, None, None, None, 2, 1, 0, 0.0, "Attack")
    titles_ = brief.Titles(NAMES, {})
    assert titles_.incident(row) == "Attack involving Syria and Turkey"
    assert titles_.is_vague(row)
    assert titles_.incident(replace(row, title="Syrian attack")) == "Syrian attack involving Turkey"
    assert titles_.incident(replace(row, title="Attack on Barda")) == "Attack on Barda"
    dated = replace(row, title="Attack, 30 September 2020", place="HASSAKEH")
    assert titles_.incident(dated) == "Attack involving Syria and Turkey in Hassakeh, 30 September 2020"
    assert titles_.incident(replace(row, title="As the desk calls it")) == "As the desk calls it"
    assert (
        titles_.heads([row])["i1"].on("Did it happen? (Attack)") == "Did it happen? (Attack involving Syria and Turkey)"
    )


def test_large_numbers_have_room_beside_a_chart() -> None:
    points = (
        curve.At(DAY, 470_000, 470_000, "470,000", "#a"),
        curve.At(date(2020, 10, 3), 480_000, 480_000, "480,000", "#b"),
    )
    drawn = curve.draw("How many?", [curve.Curve("Syria", points)])
    assert drawn is not None
    assert 'x="58"' in drawn.inside


# -- the terminal ------------------------------------------------------------------------------------------------------


def test_no_table_on_the_terminal_shows_a_code(tmp_path: Path) -> None:
    path = tmp_path / "crisis.db"
    with open_store(path) as store:
        known_crises.fill(store, "kandahar-december-1999")
        incidents = [one.id for one in store.incidents() if len(one.id) > 2][:6]
    run = CliRunner()
    tables = [
        ["claims", "--table"],
        ["disputes", "--table"],
        ["incidents", "--table"],
        ["documents", "--table"],
        ["parties"],
        ["brief"],
    ]
    tables += [["incident", id] for id in incidents]
    shown = {}
    for command in tables:
        answer = run.invoke(cli.app, [*command, "--store", str(path)])
        assert answer.exit_code == 0, answer.output
        ours = "\n".join(line for line in answer.stdout.splitlines() if "“" not in line)
        if found := sorted(set(CODES.findall(ours))):
            shown[" ".join(command)] = found
    assert shown == {}
