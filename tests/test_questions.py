"""What incidents ask, how accounts answer, and where they part: claims made by hand, so that reading plays no part."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from itertools import combinations
from pathlib import Path

import pytest

import standoff
from standoff import bodies, lexicon
from standoff.bounds import bound_of, is_nil
from standoff.model import (
    Bound,
    Claim,
    Count,
    CountKind,
    Decision,
    DisputeKind,
    Document,
    Doing,
    HandLink,
    Mention,
    Party,
    Question,
    Reconciliation,
    Source,
    Span,
    Trigger,
    When,
    Where,
)
from standoff.reconcile import (
    accounts,
    clash,
    counting,
    dossier,
    facts,
    identity,
    judging,
    organs,
    pairs,
    reconcile,
    titles,
)
from standoff.reconcile.figures import of_claim
from standoff.reconcile.pairs import SIGNS
from standoff.reconcile.scene import Archive as Known
from standoff.reconcile.scene import body_of, speaks_for_itself
from standoff.reconcile.terms import acts_in, classes_in, kinds_in
from standoff.reconcile.told import found
from standoff.store import open_store
from standoff.wording import Names

DAY = date(2024, 3, 14)
AT = datetime(2024, 3, 15, 9, tzinfo=UTC)


def mention(key: str) -> Mention:
    code, _, mark = key.partition("-")
    return Mention(Party(code, (mark,) if mark else ("GOV",), key), key, Span(0, 0))


class Archive:
    """Reports and their claims: each claim is a sentence of a report of its own, or of one named."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.days: dict[str, date] = {}
        self.claims: list[Claim] = []

    def tell(
        self,
        doc: str,
        text: str,
        by: str = "",
        *,
        event: str = "ASSAULT",
        actor: str = "",
        recipient: str = "",
        counts: tuple[tuple[str, int, str, str], ...] = (),
        on: date = DAY,
        told: date = DAY,
    ) -> str:
        held = self.texts.setdefault(doc, [])
        start = sum(len(t) + 1 for t in held)
        held.append(text)
        self.days.setdefault(doc, told)
        span = Span(start, start + len(text))
        claim = Claim(
            id=f"{doc}-{len(held)}",
            doc=doc,
            event=event,
            trigger=Trigger(text, span),
            span=span,
            text=text,
            actors=(mention(actor),) if actor else (),
            recipients=(mention(recipient),) if recipient else (),
            sources=(Source(mention(by)),) if by else (),
            counts=tuple(
                Count(CountKind(kind), n, n, n, unit, words, span, bound_of(words)) for kind, n, unit, words in counts
            ),
            when=When(on, on, "", span),
        )
        self.claims.append(claim)
        return claim.id

    @property
    def documents(self) -> list[Document]:
        return [
            Document(doc, " ".join(texts), doc, published=self.days[doc], outlet=f"Wire {doc}")
            for doc, texts in self.texts.items()
        ]

    def together(self) -> list[HandLink]:
        """All claims one incident, by hand: what is asked of it is tested, not how it is found."""
        return [HandLink(a.id, b.id, True) for a, b in zip(self.claims, self.claims[1:], strict=False)]

    def reconciled(self, *decided: Decision) -> Reconciliation:
        return reconcile(self.claims, self.documents, self.together(), decided)


JETS = "Chad's gunners shot down {} Sudanese jets over the lake"


def jets(first: str, second: str, *, later: bool = False) -> Reconciliation:
    archive = Archive()
    for doc, by, words in (("a", "TCD", first), ("b", "SDN", second)):
        number = 0 if words in {"no", "not a single"} else int("".join(c for c in words if c.isdigit()))
        day = date(2024, 3, 16) if later and doc == "b" else DAY
        archive.tell(
            doc,
            JETS.format(words),
            by,
            actor="TCD",
            recipient="SDN",
            counts=(("destroyed", number, "jets", f"{words} jets"),),
            told=day,
        )
    return archive.reconciled()


@pytest.mark.parametrize(
    ("first", "second", "parts"),
    [
        ("5", "2", True),
        ("5", "at least 2", False),
        ("5", "up to 6", False),
        ("at least 5", "2", True),
        ("more than 5", "5", True),
        ("about 20", "21", False),
        ("about 20", "30", True),
        ("3", "not a single", True),
    ],
)
def test_two_figures_part_where_no_reading_of_their_bounds_agrees(first: str, second: str, parts: bool) -> None:
    counts = [d for d in jets(first, second).disputes if d.kind is DisputeKind.COUNT]
    assert bool(counts) == parts


def test_a_question_of_figures_has_a_line_a_party_with_its_series() -> None:
    archive = Archive()
    for doc, day, number in (("a", 14, 26), ("b", 16, 31)):
        archive.tell(
            doc,
            f"{number} civilians were killed in the strikes on Abeche",
            "TCD",
            actor="SDN",
            recipient="TCD",
            counts=(("killed", number, "civilians", f"{number} civilians"),),
            told=date(2024, 3, day),
        )
    result = archive.reconciled()
    assert not result.disputes, "a party's own later figure supersedes its earlier one"
    (asked,) = [q for q in result.questions if q.question.value == "how many"]
    (line,) = asked.lines
    assert (line.value, [t.value for t in line.series]) == ("31", ["26", "31"])
    assert (line.low, line.bound, line.as_of) == (31, Bound.EXACT, date(2024, 3, 16))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("killed", 12, "soldiers", "12 soldiers"), ("killed", 31, "civilians", "31 civilians")),
        (("destroyed", 25, "drones", "25 drones"), ("destroyed", 5, "jets", "five jets")),
        (("killed", 9, "children", "nine of them children"), ("killed", 23, "people", "23 people")),
        (("killed", 133, "Georgian soldiers", "133 Georgian soldiers"), ("killed", 64, "Russian soldiers", "64")),
    ],
)
def test_only_like_meets_like(first: tuple[str, int, str, str], second: tuple[str, int, str, str]) -> None:
    archive = Archive()
    archive.tell("a", f"the strike left {first[3]} killed", "TCD", recipient="TCD", counts=(first,))
    archive.tell("b", f"the strike left {second[3]} killed", "SDN", recipient="TCD", counts=(second,))
    assert not [d for d in archive.reconciled().disputes if d.kind is DisputeKind.COUNT]


def test_a_week_is_not_a_day() -> None:
    archive = Archive()
    archive.tell("a", "19 civilians were killed", "TCD", recipient="TCD", counts=(("killed", 19, "civilians", "19"),))
    archive.tell(
        "b",
        "40 civilians were killed in a week of strikes",
        "SDN",
        recipient="TCD",
        counts=(("killed", 40, "civilians", "40 civilians"),),
    )
    assert not [d for d in archive.reconciled().disputes if d.kind is DisputeKind.COUNT]


MARCH = (date(2017, 3, 1), date(2017, 3, 31))


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient", "place", "days", "title"),
    [
        ("Warplanes carried out an air strike", "ASSAULT", "USA", "", "Raqqa", (DAY, DAY), "US air strike on Raqqa, 14 March 2024"),
        ("Gunners shelled the town", "ASSAULT", "SYR", "", "HOMS", MARCH, "Syrian shelling of Homs, March 2017"),
        ("Residents fled the fighting", "COERCE", "SYR", "", "Homs", (date(2011, 1, 1), date(2011, 12, 31)), "Flight of residents from Homs, 2011"),
        ("Gunmen kidnapped four engineers", "COERCE", "COL", "", "VALLE DEL CAUCA", (DAY, DAY), "Colombian kidnapping in Valle del Cauca, 14 March 2024"),
        ("Sarin was dropped from the air on the town", "ASSAULT", "SYR", "", "Khan Sheikhun", (DAY, DAY), "Syrian chemical attack on Khan Sheikhun, 14 March 2024"),
        ("The tanker was seized", "COERCE", "IRN", "", "Qeshm Island", (DAY, DAY), "Iranian seizure on Qeshm Island, 14 March 2024"),
        ("Force was used on the crowd", "COERCE", "", "", "Gori", (DAY, DAY), "Crackdown in Gori, 14 March 2024"),
        ("Clashes broke out", "ASSAULT", "SYR", "", "Syrian Idlib", (DAY, DAY), "Clashes in Idlib, 14 March 2024"),
        ("Marksmen opened fire", "ASSAULT", "", "", "Hajar Island", (date(2012, 1, 1), DAY), "Shooting on Hajar Island"),
        ("A truce was agreed", "AGREE", "IRN", "QAT", "Iran", (DAY, DAY), "Ceasefire between Iran and Qatar, 14 March 2024"),
        ("Troops withdrew", "RETREAT", "RUS", "", "Lake Harraz", (DAY, DAY), "Russian withdrawal from Lake Harraz, 14 March 2024"),
        ("They spoke by telephone", "CONSULT", "TCD", "SDN", "Kulbarra", (DAY, DAY), "Telephone call between Sudan and Chad, 14 March 2024"),
    ],
)  # fmt: skip
def test_a_title_is_what_an_editor_would_write(
    text: str, event: str, actor: str, recipient: str, place: str, days: tuple[date, date], title: str
) -> None:
    archive = Archive()
    for doc in ("a", "b"):
        archive.tell(doc, text, event=event, actor=actor, recipient=recipient)
    span = Span(0, len(text))
    archive.claims = [
        replace(one, when=When(*days, "", span), where=Where(place, place, span)) for one in archive.claims
    ]
    (incident,) = archive.reconciled().incidents
    assert incident.title == title


def test_whether_it_happened_is_asked_where_somebody_denies_it() -> None:
    archive = Archive()
    archive.tell("a", "Chad's gunners shelled the town of Zurgan", "SDN", actor="TCD")
    archive.tell("b", "Chad's gunners shelled the town of Zurgan again", "TCD", actor="TCD")
    asked = {one.question: one.text for one in archive.reconciled().questions}
    assert asked[Question.HAPPENED].startswith("What happened?")
    archive.tell("c", "Chad denied that its gunners had shelled the town of Zurgan", "TCD", event="REJECT", actor="TCD")
    asked = {one.question: one.text for one in archive.reconciled().questions}
    assert asked[Question.HAPPENED].startswith("Did the shelling happen?")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (titles.happened("Shelling of Ganja, 17 October 2020"), "Did the shelling happen?"),
        (titles.who("Rebel ground attack on Srinagar, 27 December 1999"), "Who was behind the ground attack?"),
        (titles.who("Downing of Armenian aircraft in Vardenis, 30 September 2020"), "Who was behind the downing?"),
        (titles.ended("Clashes in Sonar Bank, 7 March 2011"), "How did the clashes end?"),
        (titles.asked("Ceasefire in Abuja, 18 November 1994"), "Who asked for the ceasefire?"),
        (titles.asked("Attack on Teknaf, 13 March 2011"), "Who asked for talks or a truce?"),
        (titles.mediated("Talks"), "Did a third party mediate?"),
        (titles.who("Ceasefire between Chad and Sudan, 9 March", broken=True), "Who broke the ceasefire?"),
        (titles.hit("Hijacking in Amritsar"), "Who or what was taken?"),
        (titles.hit("As the desk calls it"), "Who or what was hit?"),
        (titles.happened("As the desk calls it"), "Did it happen?"),
        (titles.how_many(CountKind.KILLED, "crew", "ARM", "Attack", "this"), "How many Armenian crew members were killed?"),
    ],
)  # fmt: skip
def test_questions_are_worded_as_an_editor_would_ask_them(asked: str, told: str) -> None:
    assert asked.partition(" (")[0] == told


def test_a_title_names_who_did_it_and_not_who_spoke_of_it() -> None:
    archive = Archive()
    archive.tell("a", "jets bombed the market of Abeche", "TCD", actor="SDN", recipient="TCD")
    for doc in "bc":
        archive.tell(doc, "Washington urged both to spare the market of Abeche", event="REQUEST", actor="USA")
    archive.tell("d", "Washington condemned the bombs on Abeche", event="ACCUSE", actor="USA")
    (incident,) = archive.reconciled().incidents
    assert "American" not in incident.title


def by(archive: Archive, sectors: tuple[str, ...], name: str = "") -> Archive:
    """The same claims, done by one of these sectors."""
    archive.claims = [
        replace(c, actors=tuple(replace(m, party=replace(m.party, sectors=sectors, name=name)) for m in c.actors))
        for c in archive.claims
    ]
    return archive


@pytest.mark.parametrize(
    ("docs", "confidence", "sectors", "name", "title"),
    [
        ("ab", 0.2, ("MIL",), "", "Lebanese shelling"),
        ("a", 0.2, ("MIL",), "", "Shelling"),  # one report, hardly read so
        ("a", 0.7, ("MIL",), "", "Lebanese shelling"),
        ("ab", 0.7, ("CRM",), "", "Shelling"),  # a gang is not the state
        ("ab", 0.7, ("CVL",), "", "Shelling"),
        ("ab", 0.7, ("REB",), "Hezbollah", "Hezbollah shelling"),
        ("ab", 0.7, ("REB",), "three masked men", "Rebel shelling"),
    ],
)
def test_a_title_calls_a_deed_by_its_doer_where_that_is_sure_and_acts_as_one(
    docs: str, confidence: float, sectors: tuple[str, ...], name: str, title: str
) -> None:
    archive = Archive()
    for doc in docs:
        archive.tell(doc, "gunners shelled the market", actor="LBN", recipient="ISR")
        archive.tell(doc, "they shelled the market again", recipient="ISR")
    by(archive, sectors, name)
    archive.claims = [replace(c, confidence=confidence) for c in archive.claims]
    (incident,) = archive.reconciled().incidents
    assert titles.undated(incident.title)[0] == title


def test_who_says_it_only_by_a_claim_hardly_read_so_is_no_side_of_a_dispute() -> None:
    def told(confidence: float) -> Reconciliation:
        archive = Archive()
        archive.tell("a", "Chad's gunners shelled the town of Zurgan", "SDN", actor="TCD")
        archive.tell(
            "b", "Chad denied that its gunners had shelled the town of Zurgan", "TCD", event="REJECT", actor="TCD"
        )
        archive.claims = [replace(c, confidence=confidence if c.doc == "b" else 0.6) for c in archive.claims]
        return archive.reconciled()

    assert [{p.party for p in d.positions} for d in told(0.6).disputes] == [{"SDN", "TCD"}]
    unread = told(0.1)
    assert not unread.disputes
    assert any(line.party == "TCD" for q in unread.questions for line in q.lines)


def test_a_title_is_not_named_by_who_undid_the_deed() -> None:
    archive = Archive()
    for doc in "ab":
        archive.tell(doc, "gunmen kidnapped a banker of Bello", event="COERCE", recipient="COL")
        archive.tell(doc, "the police freed the banker of Bello", event="COERCE", actor="COL")
    (incident,) = archive.reconciled().incidents
    assert incident.title.startswith("Kidnapping")


def test_a_title_is_of_the_deaths_and_not_of_the_arrests_that_came_with_them() -> None:
    archive = Archive()
    for doc in "abc":
        archive.tell(doc, "soldiers massacred villagers of Cayara", actor="PER", recipient="PER-CVL")
        archive.tell(doc, "soldiers arrested villagers of Cayara", event="COERCE", actor="PER", recipient="PER-CVL")
        archive.tell(doc, "soldiers detained teachers of Cayara", event="COERCE", actor="PER", recipient="PER-CVL")
    (title,) = (i.title for i in archive.reconciled().incidents if "a-1" in i.claims)
    assert title.startswith("Massacre")


def test_a_title_names_whose_aircraft_was_lost_and_not_who_died_beside_it() -> None:
    archive = Archive()
    archive.tell("a", "a jet of Chad was shot down over the lake", "TCD", actor="SDN", recipient="TCD")
    for doc, words in (("b", "two people of Adre died"), ("c", "five more were hurt"), ("d", "a bus was hit")):
        archive.tell(doc, words, recipient="SDN")
    (incident,) = archive.reconciled().incidents
    assert incident.title.startswith("Downing of Chadian aircraft")


def test_who_has_fled_is_counted_from_the_first_on_and_a_field_desk_speaks_for_its_body() -> None:
    archive = Archive()
    archive.tell("a", "60,000 people have fled Kulbarra", "TCD", event="COERCE", recipient="TCD",
                 counts=(("displaced", 60000, "people", "60,000 people"),))  # fmt: skip
    archive.tell("b", "18,000 people have fled Kulbarra since 9 March", event="COERCE", recipient="TCD",
                 counts=(("displaced", 18000, "people", "18,000 people"),))  # fmt: skip
    documents = [replace(d, outlet="UN Field Desk") if d.id == "b" else d for d in archive.documents]
    (dispute,) = reconcile(archive.claims, documents, archive.together()).disputes
    assert {p.party: p.value for p in dispute.positions} == {"TCD": "60,000", "UNO": "18,000"}


def test_a_denial_in_another_report_meets_what_it_denies() -> None:
    archive = Archive()
    archive.tell("a", "Chadian guns shelled the hospital of Zurgan", "SDN", actor="TCD", recipient="SDN")
    archive.tell(
        "b", "Chad's army denied that it had shelled the hospital of Zurgan", "TCD", event="REJECT", actor="TCD"
    )
    (dispute,) = archive.reconciled().disputes
    assert dispute.kind in {DisputeKind.OCCURRENCE, DisputeKind.RESPONSIBILITY}
    assert {p.party for p in dispute.positions} == {"SDN", "TCD"}
    assert dispute.question.endswith(")")
    assert "SDN" not in dispute.question + dispute.title


def test_an_admission_settles_it() -> None:
    archive = Archive()
    archive.tell("a", "Chadian guns shelled the hospital of Zurgan", "SDN", actor="TCD", recipient="SDN")
    archive.tell(
        "b", "Chad's army denied that it had shelled the hospital of Zurgan", "TCD", event="REJECT", actor="TCD"
    )
    archive.tell(
        "c",
        "Chad conceded that its shell hit the hospital of Zurgan",
        "TCD",
        event="CONCEDE",
        actor="TCD",
        told=date(2024, 3, 20),
    )
    result = archive.reconciled()
    assert len(result.disputes) == 1
    assert not result.standing


def test_who_asked_and_who_mediated_are_two_questions() -> None:
    archive = Archive()
    archive.tell("a", "the truce was asked for by Chad", "SDN", event="REQUEST", actor="TCD")
    archive.tell("b", "it was Sudan that asked for the truce", "TCD", event="REQUEST", actor="SDN")
    archive.tell("c", "Qatar mediated the truce", "QAT", event="CONSULT", actor="QAT", recipient="SDN")
    archive.tell("d", "there was no mediator of the truce", "SDN", event="CONSULT", actor="SDN")
    result = archive.reconciled()
    asked = {q.question.value: q for q in result.questions if q.dispute}
    assert {"asked", "mediated"} <= set(asked)
    assert {line.party for line in asked["asked"].lines} == {"SDN", "TCD"}
    assert {line.party for line in asked["mediated"].lines} == {"SDN", "QAT"}


def test_nobody_in_particular_is_no_side() -> None:
    archive = Archive()
    archive.tell("a", "jets bombed the market of Abeche", "UNK", actor="SDN", recipient="TCD")
    archive.claims[0] = replace(
        archive.claims[0], sources=(Source(Mention(Party("UNK", (), "The violence"), "The violence", Span(0, 0))),)
    )
    archive.tell("b", "Sudan denied that it bombed the market of Abeche", "SDN", event="REJECT", actor="SDN")
    assert "The violence" not in {p.party for d in archive.reconciled().disputes for p in d.positions}


def test_witnesses_of_no_land_are_called_residents() -> None:
    archive = Archive()
    jets = "jets bombed the market of Abeche on 14 March 2024 and killed nine people"
    archive.tell("a", jets, "UNK", actor="SDN", recipient="TCD")
    witnesses = Source(Mention(Party("UNK", ("CVL",), "witnesses"), "witnesses", Span(0, 0)))
    archive.claims[0] = replace(archive.claims[0], sources=(witnesses,))
    archive.tell("b", "Sudan denied that it bombed the market of Abeche", "SDN", event="REJECT", actor="SDN")
    (dispute,) = archive.reconciled().disputes
    assert "UNK" not in dispute.title
    assert "residents say" in dispute.title
    assert Names({}).party("UNK-CVL") == "residents"


def test_a_dispute_that_a_person_calls_none_is_not_found_again_and_a_name_stays() -> None:
    result = jets("5", "2")
    (dispute,) = result.disputes
    held = tuple(c for p in dispute.positions for c in p.claims)
    archive = Archive()
    for doc, by, number in (("a", "TCD", 5), ("b", "SDN", 2)):
        archive.tell(
            doc,
            JETS.format(number),
            by,
            actor="TCD",
            recipient="SDN",
            counts=(("destroyed", number, "jets", f"{number} jets"),),
        )
    none = Decision(Doing.NO_DISPUTE, held, words=dispute.kind.value, number=1)
    named = Decision(Doing.NAME, held, words="The battle over the lake", number=2)
    again = archive.reconciled(none, named)
    assert not again.disputes
    assert again.incidents[0].title == "The battle over the lake"
    assert archive.reconciled(replace(none, undone=datetime(2024, 1, 1, tzinfo=UTC))).disputes


def test_decisions_by_hand_stand_and_are_undone_in_one_step(tmp_path: Path) -> None:
    archive = Archive()
    one = archive.tell("a", "jets bombed the market of Abeche", "TCD", actor="SDN", recipient="TCD")
    two = archive.tell("b", "jets bombed the market of Abeche at dawn", "SDN", actor="SDN", recipient="TCD")
    far = archive.tell(
        "c", "a strike by dockers closed the port of Oran", actor="DZA", event="PROTEST", on=date(2020, 1, 1)
    )
    with open_store(tmp_path / "s.db") as store:
        for document in archive.documents:
            store.add(document, [c for c in archive.claims if c.doc == document.id])

        def grouped() -> list[set[str]]:
            found_ = reconcile(store.claims(), store.documents(), store.decisions(), store.decided.standing())
            store.save(found_)
            return [set(i.claims) for i in store.incidents()]

        assert {one, two} in grouped()
        number = store.decided.add(Decision(Doing.MOVE, (two,), (one,), (far,)), AT)
        assert {two, far} in grouped()
        assert not any({one, two} <= g for g in grouped())
        assert store.decided.undo(number, AT).doing is Doing.MOVE
        assert {one, two} in grouped()
        assert store.decided.standing() == []


def test_an_incident_keeps_its_id_while_most_of_its_claims_stay_and_old_ids_lead_on() -> None:
    before = jets("5", "2")
    more = Archive()
    for doc, by, number in (("a", "TCD", 5), ("b", "SDN", 2), ("c", "USA", 3)):
        more.tell(
            doc,
            JETS.format(number),
            by,
            actor="TCD",
            recipient="SDN",
            counts=(("destroyed", number, "jets", f"{number} jets"),),
        )
    after, gone = identity.held(more.reconciled(), before)
    assert [i.id for i in after.incidents] == [i.id for i in before.incidents]
    assert not gone
    assert [d.id for d in after.disputes] == [d.id for d in before.disputes]
    cut = Archive()
    cut.claims, cut.texts, cut.days = more.claims[1:], more.texts, more.days
    held, gone = identity.held(cut.reconciled(), more.reconciled())
    assert [i.id for i in held.incidents] == [i.id for i in before.incidents], "without its founder it keeps its id"
    assert [d.incident for d in held.disputes] == [i.id for i in held.incidents]
    assert not {q.dispute for q in held.questions} - {d.id for d in held.disputes} - {None}
    empty, gone = identity.held(Reconciliation(), before)
    assert not empty.incidents
    assert not gone, "what is gone with all its claims leads nowhere"


def test_ids_do_not_depend_on_the_order_in_which_reports_come() -> None:
    archive = Archive()
    for number, doc in enumerate("abcd"):
        archive.tell(
            doc,
            JETS.format(number + 2),
            ("TCD", "SDN")[number % 2],
            actor="TCD",
            recipient="SDN",
            counts=(("destroyed", number + 2, "jets", f"{number + 2} jets"),),
        )

    def after(*order: str) -> Reconciliation:
        held, come = Reconciliation(), Archive()
        for doc in order:
            come.texts[doc], come.days[doc] = archive.texts[doc], archive.days[doc]
            come.claims = sorted((*come.claims, *(c for c in archive.claims if c.doc == doc)), key=lambda c: c.id)
            held, gone = identity.held(come.reconciled(), held)
            assert not set(gone) & {i.id for i in held.incidents}
        return held

    assert after("a", "b", "c", "d").incidents == after("d", "b", "a", "c").incidents
    assert {d.id for d in after("b", "a", "d", "c").disputes} == {d.id for d in after("a", "b", "c", "d").disputes}


@pytest.mark.parametrize("entry", lexicon.load("acts")["act"], ids=lambda e: e["name"])
def test_kinds_of_act_are_found_in_their_examples(entry: dict[str, str]) -> None:
    assert entry["name"] in acts_in(entry["example"])


@pytest.mark.parametrize("entry", lexicon.load("headlines")["kind"], ids=lambda e: e["name"])
def test_kinds_that_headlines_tell_apart_are_found_in_their_examples(entry: dict[str, str]) -> None:
    assert entry["name"] in kinds_in(entry["example"])
    assert entry["name"] not in acts_in(entry["example"])


@pytest.mark.parametrize("entry", lexicon.load("struck")["class"], ids=lambda e: e["name"])
def test_classes_are_found_in_their_examples(entry: dict[str, str]) -> None:
    assert classes_in(entry["example"])[0] == entry["name"]


@pytest.mark.parametrize(
    "table",
    [
        "denies",
        "blames",
        "contrast",
        "rejects_figure",
        "scope",
        "parted",
        "loss",
        "ended",
        "asked",
        "mediated",
        "admits",
        "began",
        "broken",
        "losing",
        "own",
        "reciprocal",
    ],
)
def test_what_accounts_tell_is_found_in_the_examples(table: str) -> None:
    for entry in lexicon.load("told")[table]:
        assert (entry.get("name") or entry["kind"]) in found(table, entry["example"]), entry["example"]


def test_bounds_and_bodies_are_found_in_their_examples() -> None:
    for entry in lexicon.load("bounds")["bound"]:
        assert bound_of(entry["example"]).value == entry["bound"]
        for words in entry["words"]:
            assert bound_of(f"{words} 12").value == entry["bound"], words
    assert all(is_nil(entry["example"]) for entry in lexicon.load("bounds")["nil"])
    assert all(speaks_for_itself(entry["example"]) for entry in lexicon.load("bodies")["organisation"])
    assert all(body_of(entry["example"]) for entry in lexicon.load("bodies")["body"])
    assert all(body_of(entry["example"]) == entry["code"] for entry in lexicon.load("bodies")["bloc"])
    assert all(bodies.named("organ", entry["example"]) for entry in lexicon.load("bodies")["organ"])
    assert all(bodies.named("watcher", entry["example"]) for entry in lexicon.load("bodies")["watcher"])
    assert all(bodies.speaks_as_side([entry["example"]]) for entry in lexicon.load("bodies")["own"])
    assert body_of("Sunday Post") == body_of("Unity Daily") == body_of("Post UN desk") == ""


@pytest.mark.parametrize(
    ("fitted", "known"),
    [("linking", SIGNS), ("clash", clash.SIGNS), ("counting", counting.SIGNS), ("judging", judging.SIGNS)],
)
def test_the_trees_were_fitted_on_the_signs_that_there_are(fitted: str, known: tuple[str, ...]) -> None:
    told = json.loads(resources.files("standoff.reconcile").joinpath(f"{fitted}.json").read_text("utf-8"))
    assert tuple(told["signs"]) == known
    held_out = {path.name for path in (Path(__file__).parent / "crises-unseen").iterdir() if path.is_dir()}
    assert held_out
    assert not {"khost-kurram-shelling", "lebanon-april-1996", *held_out} & {*told["archives"]}, "held out"


def test_figures_that_are_told_in_other_words_are_one_question() -> None:
    archive = Archive()
    archive.tell("a", "nine of its guards were killed in the attack on the post of Zurgan", "SDN", actor="TCD",
                 recipient="SDN", counts=(("killed", 9, "guards", "nine"),))  # fmt: skip
    archive.tell("b", "fifteen soldiers of the Khartoum regime were killed at the post of Zurgan", "TCD", actor="TCD",
                 recipient="SDN", counts=(("killed", 15, "soldiers", "fifteen soldiers"),))  # fmt: skip
    archive.tell("c", "the guards of the Zurgan post lost nine men", "SDN", recipient="SDN",
                 counts=(("killed", 9, "men", "nine men"),))  # fmt: skip
    (asked,) = [q for q in archive.reconciled().questions if q.question.value == "how many"]
    assert {line.party: line.high for line in asked.lines} == {"SDN": 9, "TCD": 15}
    assert asked.dispute


def test_two_figures_are_as_likely_one_either_way_round() -> None:
    archive = Archive()
    for doc, n, by, unit in (("a", 9, "SDN", "guards"), ("b", 15, "TCD", "soldiers"), ("c", 12, "UNO", "people")):
        archive.tell(doc, f"{n} {unit} were killed at the post of Zurgan", by, recipient="SDN",
                     counts=(("killed", n, unit, f"{n} {unit}"),))  # fmt: skip
    drawn = facts.of_claims(archive.claims, archive.documents)
    weights = pairs.Weights(drawn.values())
    known = Known.of(archive.claims, archive.documents, {}, weights)
    told = counting.told(archive.claims, drawn, known)
    for a, b in combinations(told, 2):
        claims = pairs.signs(a.facts, b.facts, weights)
        rows = [counting.signs(x, y, 0.5, claims, True, known, Counter()) for x, y in ((a, b), (b, a))]
        for by in (counting.model().one, counting.model().parts):
            assert by.likelihoods(rows[:1]) == by.likelihoods(rows[1:])


def test_the_other_sides_figure_read_as_ones_own_does_not_stand_for_it() -> None:
    archive = Archive()
    text = "{} Sudanese soldiers were killed in the ambush on the Zurgan road"
    for doc, n, by in (("a", 5, "SDN"), ("b", 5, "SDN"), ("c", 17, "TCD"), ("d", 17, "TCD"), ("e", 17, "SDN")):
        archive.tell(doc, text.format(n), by, actor="TCD", recipient="SDN",
                     counts=(("killed", n, "soldiers", f"{n} Sudanese soldiers"),))  # fmt: skip
    (asked,) = [q for q in archive.reconciled().questions if q.question.value == "how many"]
    assert {line.party: line.high for line in asked.lines} == {"SDN": 5, "TCD": 17}


@pytest.mark.parametrize(
    ("outlet", "text", "speaks"),
    [
        ("Voice of the Ridge", "At dawn our fighters drove the enemy from the bridge. Fifteen of the regime's men fell.", True),
        ("Valley Courier", "The army said that the enemy had fled. Villagers said otherwise, and told of nine dead, he said.", False),
        ("Valley Courier", '"Our fighters took the bridge," a rebel said. The army said nothing.', False),
        ("Lake Rights Desk", "Nine people were killed.", True),
        ("Office of the Spokesperson", "Nine people were killed.", True),
        ("Valley Courier", "Nine people were killed.", False),
    ],
)  # fmt: skip
def test_an_outlet_speaks_for_itself_by_its_name_or_its_own_words(outlet: str, text: str, speaks: bool) -> None:
    archive = Archive()
    archive.tell("a", text)
    documents = [replace(one, outlet=outlet) for one in archive.documents]
    known = Known.of(archive.claims, documents, {}, pairs.Weights(()))
    assert known.is_outlet(outlet) is not speaks


@pytest.mark.parametrize(
    ("outlet", "code"),
    [
        ("Ministry of Defence, London", "GBR"),
        ("State House Abuja", "NGA"),
        ("London Post", ""),
        ("US State Department", "USA"),
        ("Israel Military Spokesman", "ISR"),
        ("Office of the President of Malawi", "MWI"),
    ],
)
def test_a_body_is_of_the_state_whose_capital_its_name_ends_with(outlet: str, code: str) -> None:
    assert body_of(outlet) == code


def two_versions() -> Archive:
    """One deed in the words of two sides, of which neither denies the other's."""
    archive = Archive()
    for doc, by, verb in (("a", "BGD", "abducted"), ("b", "MMR", "rescued")):
        archive.tell(doc, f"A navy vessel of Myanmar {verb} fourteen fishermen of the trawler Ma Fatema", by,
                     actor="MMR", recipient="BGD", event="COERCE" if by == "BGD" else "AID")  # fmt: skip
    return archive


def test_accounts_part_without_a_denial_in_reports_that_never_met() -> None:
    (dispute,) = two_versions().reconciled().disputes
    assert {p.party for p in dispute.positions} == {"BGD", "MMR"}
    assert "abducted" in dispute.title
    assert "rescued" in dispute.title


def test_a_pair_is_as_likely_alone_as_among_others_and_either_way_round() -> None:
    archive = Archive()
    archive.tell("a", "Chadian guns shelled the hospital of Zurgan", "SDN", actor="TCD", recipient="SDN")
    archive.tell("b", "the hospital of Zurgan was shelled from Chad", "TCD", actor="TCD", recipient="SDN")
    archive.tell("c", "dockers closed the port of Oran", actor="DZA", event="PROTEST")
    archive.tell("c", "Police arrested Lena Orr, 34, in Oran", actor="DZA", event="COERCE")
    drawn = list(facts.of_claims(archive.claims, archive.documents).values())
    weights = pairs.Weights(drawn)
    two = [(a, b) for a in drawn for b in drawn if a.id != b.id]
    together = list(pairs.likelihoods(two, weights, pairs.model()))
    assert together == [pairs.likeness(a, b, weights, pairs.model()) for a, b in two]
    assert together == [pairs.likeness(b, a, weights, pairs.model()) for a, b in two]
    assert together[0] > 0.9


def test_the_toll_of_a_war_is_no_figure_of_a_day() -> None:
    archive = Archive()
    place = "in the blast at the market of Tesal"
    for doc, n, by in (("a", 44, "TCD"), ("b", 48, "SDN")):
        killed = (("killed", n, "people", f"{n} people"),)
        archive.tell(
            doc, f"{by} said {n} people were killed {place}", by, actor="SDN-REB", recipient="TCD", counts=killed
        )
    whole = (("killed", 280_000, "people", "more than 280,000 people"),)
    archive.tell("c", "More than 280,000 people have been killed", "UNO", recipient="TCD", counts=whole)
    (asked,) = (q for q in archive.reconciled().questions if q.question.value == "how many")
    assert {line.party: line.high for line in asked.lines} == {"TCD": 44, "SDN": 48}


def test_walking_out_of_talks_denies_no_strike() -> None:
    archive = Archive()
    archive.tell("a", "Sudanese jets bombed the village of Tesal", "TCD", actor="SDN", recipient="TCD")
    archive.tell("a", "The rebels walked out of talks over the bombing of Tesal", event="REJECT", actor="SDN-REB")
    assert not [d for d in archive.reconciled().disputes if d.kind is DisputeKind.OCCURRENCE]
    archive.tell("b", "Sudan denied that its jets had bombed the village of Tesal", event="REJECT", actor="SDN")
    found = archive.reconciled()
    (dispute,) = (d for d in found.disputes if d.kind is DisputeKind.OCCURRENCE)
    (asked,) = (q for q in found.questions if q.dispute == dispute.id)
    assert {line.party for line in asked.lines if line.holds.value == "no"} == {"SDN"}


def test_how_many_were_shot_down_and_whether_any_was_are_one_dispute() -> None:
    archive = Archive()
    lost = (("destroyed", 4, "jets", "four jets"),)
    archive.tell("a", JETS.format("four"), "TCD", actor="TCD", recipient="SDN", counts=lost)
    one = (("destroyed", 1, "jets", "one jet"),)
    archive.tell("b", "Sudan said one jet was lost over the lake", "SDN", actor="TCD", recipient="SDN", counts=one)
    archive.tell(
        "c", "Sudan denied that its jets had been shot down over the lake", event="REJECT", actor="SDN", recipient="TCD"
    )
    assert len(archive.reconciled().disputes) == 1


@pytest.mark.parametrize(
    ("denial", "answered"),
    [
        ("the army called the toll a lie", ["How many people were injured"]),
        ("the army denied the bombing and spoke of an excuse for battlefield losses", []),
    ],
)
def test_a_toll_called_false_is_the_last_one_told_and_no_other(denial: str, answered: list[str]) -> None:
    archive = Archive()
    for kind, n, words in (("killed", 22, "22 people"), ("injured", 50, "50 people")):
        archive.tell("a", f"doctors said {words} were {kind} in the raid on Hass", "NGO", actor="TCD", recipient="SDN",
                     counts=((kind, n, "people", words),))  # fmt: skip
    archive.tell("a", denial, "TCD", event="REJECT", actor="TCD")
    rejected = [
        question.text.split("?")[0]
        for question in archive.reconciled().questions
        if any(line.value == "rejects the figure" for line in question.lines)
    ]
    assert rejected == answered


@pytest.mark.parametrize(
    ("words", "parts"), [("the archbishop", False), ("a monk", False), ("one monk", True), ("1 monk", True)]
)
def test_a_victim_who_is_named_is_no_count(words: str, parts: bool) -> None:
    archive = Archive()
    for doc, by, n, told in (("a", "TCD", 6, "six monks"), ("b", "SDN", 1, words)):
        archive.tell(doc, f"{told} killed in the raid on the abbey", by, actor="SDN-REB", recipient="TCD",
                     counts=(("killed", n, "people", told),))  # fmt: skip
    assert bool(archive.reconciled().disputes) is parts


def figures_of(*told: tuple[str, str, str, str, tuple[tuple[str, int, str, str], ...]]) -> list[list[tuple[str, str]]]:
    """For each dispute over figures who holds what, of claims (report, holder, words, whose the losses are, figures)."""
    archive = Archive()
    for doc, by, words, whose, counts in told:
        archive.tell(doc, words, by, actor="TCD", recipient=whose, counts=counts)
    found = reconcile(archive.claims, archive.documents, archive.together())
    return [[(p.party, p.value) for p in d.positions] for d in found.disputes if d.kind is DisputeKind.COUNT]


THREE = ("a", "TCD", "Chad's gunners shot down three Sudanese drones over the lake", "SDN",
         (("destroyed", 3, "drones", "three Sudanese drones"),))  # fmt: skip


def test_who_owns_to_the_loss_of_a_drone_says_that_it_lost_one() -> None:
    own = ("b", "SDN", "an unarmed drone was shot down over the lake", "SDN",
           (("destroyed", 1, "drone", "an unarmed drone"),))  # fmt: skip
    assert figures_of(THREE, own) == [[("SDN", "1"), ("TCD", "3")]]


def test_none_beside_those_told_of_is_not_none_at_all() -> None:
    own = ("b", "SDN", "one drone was shot down over the lake", "SDN", (("destroyed", 1, "drone", "one drone"),))
    more = ("b", "SDN", "no other drone was lost over the lake", "SDN", (("destroyed", 0, "drone", "no other drone"),))
    assert figures_of(THREE, own, more) == [[("SDN", "1"), ("TCD", "3")]]


def test_what_a_party_calls_false_is_not_its_figure() -> None:
    own = ("b", "SDN", "one drone was shot down over the lake", "SDN", (("destroyed", 1, "drone", "one drone"),))
    false = ("b", "SDN", "the claim that three drones were destroyed has no basis in fact", "SDN",
             (("destroyed", 3, "drones", "three drones"),))  # fmt: skip
    assert figures_of(THREE, own, false) == [[("SDN", "1"), ("TCD", "3")]]


def test_a_side_that_lost_no_plane_speaks_of_its_own() -> None:
    four = ("a", "TCD", "Chad's strike on the airbase destroyed four Sudanese fighters", "SDN",
            (("destroyed", 4, "fighters", "four Sudanese fighters"),))  # fmt: skip
    none = ("b", "SDN", "in the strike on the airbase no plane was damaged", "TCD", ())
    assert figures_of(four, none) == [[("SDN", "none"), ("TCD", "4")]]


def test_fighters_that_were_destroyed_are_aircraft_and_fighters_that_were_killed_are_men() -> None:
    burnt = ("a", "TCD", "Chad's strike destroyed four Sudanese fighters", "SDN",
             (("destroyed", 4, "fighters", "four Sudanese fighters"),))  # fmt: skip
    men = ("b", "SDN", "Chad's strike killed nine Sudanese fighters", "SDN",
           (("killed", 9, "fighters", "nine Sudanese fighters"),))  # fmt: skip
    assert figures_of(burnt, men) == []


def test_a_bare_figure_is_of_what_was_told_in_more_words_before() -> None:
    """How surely two happenings are one is seen by the words that tell most of them."""
    again = ("c", "TCD", "the loss of three drones", "SDN", (("destroyed", 3, "drones", "three drones"),))
    own = ("b", "SDN", "an unarmed drone was shot down over the lake by gunners of Chad", "SDN",
           (("destroyed", 1, "drone", "an unarmed drone"),))  # fmt: skip
    assert figures_of(THREE, own, again) == [[("SDN", "1"), ("TCD", "3")]]


def test_a_truce_is_between_those_who_fight_and_not_with_who_carried_it() -> None:
    archive = Archive()
    archive.tell("a", "Chad's gunners shelled the market of Adre", "SDN", actor="TCD", recipient="SDN")
    archive.tell("a", "Sudan's jets bombed the ferry", "TCD", actor="SDN", recipient="TCD")
    archive.tell("b", "Qatar and Sudan agreed on a truce", "QAT", event="AGREE", actor="QAT", recipient="SDN")
    archive.tell("b", "Qatar's envoy and Sudan agreed on the truce", "QAT", event="AGREE", actor="QAT", recipient="SDN")
    archive.tell("b", "Chad accepted the truce", "TCD", event="AGREE", actor="TCD")
    links = [HandLink(a.id, b.id, True) for a, b in zip(archive.claims[2:], archive.claims[3:], strict=False)]
    found = reconcile(archive.claims, archive.documents, links)
    told = [i.title for i in found.incidents if "b-1" in i.claims]
    assert told == ["Ceasefire between Sudan and Chad, 14 March 2024"]


def test_whose_the_dead_were_is_not_said_on_one_report_that_was_hardly_read_so() -> None:
    archive = Archive()
    archive.tell("a", "17 people died at the landing", "TCD", actor="SDN", recipient="TCD",
                 counts=(("killed", 17, "people", "17 people"),))  # fmt: skip
    archive.tell("a", "an air strike hit the landing", "TCD", actor="SDN", recipient="TCD")
    archive.claims = [replace(claim, confidence=0.3) for claim in archive.claims]
    (asked,) = [q for q in archive.reconciled().questions if q.question is Question.HOW_MANY]
    assert asked.text.startswith("How many people were killed?")


def test_state_media_speak_for_the_state_whose_officials_alone_they_let_speak() -> None:
    archive = Archive()
    archive.tell("a", "Chad's gunners shelled the market of Adre", "SDN", actor="TCD", recipient="SDN")
    archive.tell("a", "Chad's gunners wounded six in Adre", "SDN", actor="TCD", recipient="SDN")
    archive.tell("a", "Chad's gunners shelled the clinic of Adre", actor="TCD", recipient="SDN")
    archive.tell("b", "Chad denied that its gunners had shelled Adre", event="REJECT", actor="TCD")
    sides = organs.fighting(archive.claims)
    for name, of in (("Nile State Agency", {"Nile State Agency": "SDN"}), ("Nile Morning Post", {})):
        documents = [replace(d, outlet=name if d.id == "a" else "Wire") for d in archive.documents]
        assert dict(organs.of(archive.claims, documents, (), sides)) == of
    # Whom it lets speak is not asked where its name says whose it is.
    for name, of in (("Sudan State Radio", {"Sudan State Radio": "SDN"}), ("Qatar State Radio", {})):
        documents = [replace(d, outlet=name if d.id == "b" else "Wire") for d in archive.documents]
        assert dict(organs.of(archive.claims, documents, (), sides)) == of


@pytest.mark.parametrize(
    ("outlet", "of"), [("SANA", "SYR"), ("sana", "SYR"), ("Anadolu Agency", "TUR"), ("TASS", ""), ("Daily Sabah", "")]
)
def test_an_agency_that_the_table_of_outlets_has_is_its_states_where_that_fights(outlet: str, of: str) -> None:
    archive = Archive()
    archive.tell("a", "Syrian gunners shelled the post", "TUR", actor="SYR", recipient="TUR")
    archive.tell("b", "Turkish gunners shelled the village", actor="TUR", recipient="SYR")
    sides = organs.fighting(archive.claims)
    documents = [replace(d, outlet=outlet if d.id == "b" else "Wire") for d in archive.documents]
    assert dict(organs.of(archive.claims, documents, (), sides)) == ({outlet: of} if of else {})


def test_a_group_that_one_report_calls_rebels_is_the_same_where_another_only_names_it() -> None:
    archive = Archive()
    one = archive.tell("a", "the Lake Defence Front shelled Adre", "TCD", actor="TCD-REB", recipient="TCD")
    two = archive.tell("b", "the Lake Defence Front denied that it had shelled Adre", "TCD", recipient="TCD")
    front = Party("TCD", ("REB",), "Lake Defence Front")
    archive.claims[0] = replace(archive.claims[0], actors=(Mention(front, "the Lake Defence Front", Span(0, 0)),))
    read_so = Mention(Party("TCD", ("MIL",), "Front"), "The Lake Defence Front", Span(0, 0))
    archive.claims[1] = replace(archive.claims[1], sources=(Source(read_so),))
    told = {account.party: account.claims for account in archive.reconciled().accounts}
    assert told == {"TCD": (one,), "TCD-REB": (two,)}


@pytest.mark.parametrize("others", [(5,), (5, 9)])
def test_the_toll_of_a_war_is_no_figure_of_a_day_beside_however_few_others(others: tuple[int, ...]) -> None:
    archive = Archive()
    archive.tell("a", "more than 210,000 people have died", "NGO", actor="SDN", recipient="TCD",
                 counts=(("killed", 210_000, "people", "more than 210,000 people"),))  # fmt: skip
    for doc, n in zip("bc", others, strict=False):
        archive.tell(doc, f"{n} people were killed by rockets", "TCD", actor="SDN", recipient="TCD",
                     counts=(("killed", n, "people", f"{n} people"),))  # fmt: skip
    lines = [line for q in archive.reconciled().questions if q.question is Question.HOW_MANY for line in q.lines]
    assert lines
    assert all((line.high or 0) < 1_000 for line in lines)


def test_a_dead_man_of_ones_own_is_no_count_of_ones_dead() -> None:
    archive = Archive()
    archive.tell("a", "48 rebels were killed in the village", "SDN", actor="SDN", recipient="TCD-REB",
                 counts=(("killed", 48, "rebels", "48 rebels"),))  # fmt: skip
    archive.tell("b", "a rebel was executed in the village", "TCD-REB", actor="SDN", recipient="TCD-REB",
                 counts=(("killed", 1, "rebel", "a rebel"),))  # fmt: skip
    assert not [d for d in archive.reconciled().disputes if d.kind is DisputeKind.COUNT]


@pytest.mark.parametrize("words", ["in the Syrian conflict", "in the past year", "in the last three months"])
def test_words_of_a_long_time_make_a_figure_one_of_all(words: str) -> None:
    assert "cumulative" in found("scope", f"more than 210,000 people have died {words}")


def test_a_title_dates_no_deed_after_the_report_that_tells_it_as_done() -> None:
    archive = Archive()
    archive.tell("a", "jets bombed the market of Adre", "TCD", actor="SDN", recipient="TCD", on=date(2024, 4, 1))
    archive.tell("b", "jets bombed the market of Adre on Thursday", "TCD", actor="SDN", recipient="TCD")
    archive.tell("b", "jets bombed the market of Adre again", "TCD", actor="SDN", recipient="TCD", on=date(2024, 4, 1))
    found = reconcile(archive.claims, archive.documents, archive.together())
    assert [incident.title.rpartition(", ")[2] for incident in found.incidents] == ["14 March 2024"]


@pytest.mark.parametrize(("others", "day"), [(1, "Air strike, 3 June 2014"), (4, "Air strike")])
def test_one_of_many_claims_that_looks_back_dates_no_deed(others: int, day: str, tmp_path: Path) -> None:
    archive = Archive()
    archive.tell("a", "jets bombed the market of Adre in June 2014", "TCD", actor="SDN", on=date(2014, 6, 3))
    for number in range(others):
        archive.tell(f"b{number}", "jets bombed the market of Adre again", "TCD", actor="SDN")
        archive.claims[-1] = replace(archive.claims[-1], when=None)
    found = reconcile(archive.claims, archive.documents, archive.together())
    assert [incident.title for incident in found.incidents] == [day]
    with open_store(tmp_path / "a.db") as store:
        for one in archive.documents:
            store.add(one, [claim for claim in archive.claims if claim.doc == one.id])
        store.save(found)
        (row,) = store.browse.incidents().rows
    assert (row.start is None) is (", " not in day)


def test_a_lesser_deed_owned_to_settles_nothing_where_the_rest_is_denied_again() -> None:
    archive = Archive()
    later = date(2024, 3, 20)
    archive.tell("a", "Chadian guns shelled the hospital of Zurgan", "SDN", actor="TCD", recipient="SDN")
    archive.tell("b", "Chad denied that it had shelled the hospital of Zurgan", "TCD", event="REJECT", actor="TCD")
    archive.tell("c", "Chad conceded a warning shot near Zurgan", "TCD", event="CONCEDE", actor="TCD", told=later)
    archive.tell("c", "it denied that it had shelled the hospital", "TCD", event="REJECT", actor="TCD", told=later)
    assert len(archive.reconciled().standing) == 1


def test_disputes_of_other_places_and_other_days_are_never_one() -> None:
    archive = Archive()
    for doc, town, on in (("a", "Zurgan", DAY), ("b", "Bir Atash", date(2024, 3, 17))):
        for by, event, words in (
            ("SDN", "ASSAULT", f"Chadian mortars shelled the border post of {town}"),
            ("TCD", "REJECT", f"Chad denied that its mortars had shelled the border post of {town}"),
        ):
            archive.tell(doc, words, by, event=event, actor="TCD", recipient="SDN", on=on)
            archive.claims[-1] = replace(archive.claims[-1], where=Where(town, "TCD", span=Span(0, 0)))
    found = reconcile(archive.claims, archive.documents, [HandLink("a-1", "a-2", True), HandLink("b-1", "b-2", True)])
    assert len(found.standing) == 2


def test_so_far_is_as_of_now_and_no_toll_of_another_time() -> None:
    archive = Archive()
    archive.tell("a", "so far 112 persons have been detained", "TCD", event="COERCE", recipient="TCD",
                 counts=(("arrested", 112, "persons", "112 persons"),))  # fmt: skip
    archive.tell("b", "at least 400 residents have been detained", "SDN", event="COERCE", recipient="TCD",
                 counts=(("arrested", 400, "residents", "at least 400 residents"),))  # fmt: skip
    (dispute,) = archive.reconciled().standing
    assert {p.value for p in dispute.positions} == {"112", "at least 400"}


def test_a_victim_told_of_later_replaces_no_toll() -> None:
    archive = Archive()
    archive.tell("a", "25 persons were killed on the square", "TCD", actor="TCD", recipient="TCD",
                 counts=(("killed", 25, "persons", "25 persons"),))  # fmt: skip
    archive.tell("b", "47 persons were killed on the square", "SDN", actor="TCD", recipient="TCD",
                 counts=(("killed", 47, "persons", "47 persons"),))  # fmt: skip
    archive.tell("c", "a teacher was killed on the square", "TCD", actor="TCD", recipient="TCD", told=date(2024, 3, 16),
                 counts=(("killed", 1, "teacher", "a teacher"),))  # fmt: skip
    (dispute,) = archive.reconciled().standing
    assert {p.party: p.value for p in dispute.positions} == {"TCD": "25", "SDN": "47"}
    assert {turn.value for turn in dispute.history} == {"25", "47"}


def test_a_denial_is_held_by_who_denies_and_not_by_who_tells_of_it() -> None:
    archive = Archive()
    archive.tell("a", "Qatar mediated the truce", "QAT", event="CONSULT", actor="QAT", recipient="SDN")
    archive.tell("a", "which Sudan denies", "QAT", event="REJECT", actor="SDN", recipient="QAT")
    told = {account.party: account.claims for account in archive.reconciled().accounts}
    assert told == {"QAT": ("a-1",), "SDN": ("a-2",)}


@pytest.mark.parametrize(
    ("other", "parts"),
    [
        ("Sudan's soldiers returned fire at the post of Zurgan", True),
        ("Sudan's soldiers shelled the post of Zurgan", False),
    ],
)
def test_who_began_it_is_asked_where_a_side_says_so(other: str, parts: bool) -> None:
    archive = Archive()
    archive.tell("a", "Sudanese soldiers opened fire first at the post of Zurgan", "TCD", actor="SDN", recipient="TCD")
    archive.tell("b", other, "SDN", actor="SDN", recipient="TCD")
    (asked,) = [q for q in archive.reconciled().questions if q.question is Question.BEGAN]
    assert asked.text.startswith("Who began it?")
    assert {line.party for line in asked.lines} == ({"TCD", "SDN"} if parts else {"TCD"})
    kinds = {d.kind for d in archive.reconciled().disputes if d.question == asked.text}
    assert kinds == ({DisputeKind.RESPONSIBILITY} if parts else set())


def test_a_group_is_known_by_its_letters_and_a_body_without_a_state_is_of_who_fights_rebels() -> None:
    archive = Archive()
    front = Party("TCD", ("REB",), "Lake Defence Front")
    archive.tell("a", "the Lake Defence Front shelled Adre", "TCD", actor="TCD-REB", recipient="TCD")
    archive.claims[0] = replace(archive.claims[0], actors=(Mention(front, "the Lake Defence Front", Span(0, 0)),))
    two = archive.tell("b", "the LDF did not shell Adre", recipient="TCD")
    short = Mention(Party("SDN", (), "LDF"), "The LDF", Span(0, 0))
    archive.claims[1] = replace(archive.claims[1], sources=(Source(short),))
    three = archive.tell("c", "no soldier was hurt in Adre", recipient="TCD")
    documents = [replace(d, outlet="Information Office") if d.id == "c" else d for d in archive.documents]
    found = reconcile(archive.claims, documents, archive.together())
    held = {party: line.claims for q in found.questions for line in q.lines for party in [line.party]}
    assert two in held["TCD-REB"]
    assert three in held["TCD"]


def test_whose_dead_are_counted_denies_how_many_and_not_the_deed() -> None:
    archive = Archive()
    archive.tell("a", "it had killed more than 550 Armenian soldiers", "AZE", actor="AZE", recipient="ARM",
                 counts=(("killed", 550, "soldiers", "more than 550 Armenian soldiers"),))  # fmt: skip
    archive.tell("a", "Armenia denied it", event="REJECT", actor="ARM")
    (dispute,) = archive.reconciled().standing
    assert dispute.kind is DisputeKind.COUNT
    assert {p.party: p.value for p in dispute.positions} == {"AZE": "more than 550", "ARM": "rejects the figure"}


def test_who_denies_that_his_own_fired_first_says_that_the_other_did() -> None:
    archive = Archive()
    archive.tell("a", "Sudanese soldiers opened fire first at the post of Zurgan", "TCD", actor="SDN", recipient="TCD")
    archive.tell("b", "Sudan denied that its soldiers had fired first at Zurgan", event="REJECT", actor="SDN")
    (asked,) = [q for q in archive.reconciled().questions if q.question is Question.BEGAN]
    assert {line.party for line in asked.lines} == {"TCD", "SDN"}
    assert asked.dispute


@pytest.mark.parametrize(
    "words", ["it had lost 50 soldiers", "Chad had lost 50 soldiers", "it mourned 50 of its soldiers"]
)
def test_who_lost_them_is_whose_they_were(words: str) -> None:
    archive = Archive()
    by = "TCD" if words.startswith("it") else "SDN"
    archive.tell(
        "a",
        words,
        by,
        recipient="SDN",
        counts=(("killed", 50, "soldiers", "50 of its soldiers" if "of its" in words else "50 soldiers"),),
    )
    archive.tell("a", "49 Sudanese soldiers were killed", "SDN", recipient="SDN",
                 counts=(("killed", 49, "soldiers", "49 Sudanese soldiers"),))  # fmt: skip
    asked = {
        q.text.partition("?")[0]: [line.value for line in q.lines] for q in archive.reconciled().questions if q.subject
    }
    assert asked == {
        "How many Chadian soldiers were killed": ["50"],
        "How many Sudanese soldiers were killed": ["49"],
    }


@pytest.mark.parametrize(
    ("who", "sector", "account"),
    [
        ("Activists", "OPP", "SYR-OPP"),
        ("Residents", "CVL", "SYR-CVL"),
        ("Dockers", "LAB", "SYR-CVL"),
        ("The parish priest", "REL", "SYR-CVL"),
    ],
)
def test_activists_and_residents_do_not_speak_for_the_state(who: str, sector: str, account: str) -> None:
    archive = Archive()
    archive.tell("a", "five people were killed in Idlib", "SYR", actor="RUS", recipient="SYR")
    speaker = Mention(Party("SYR", (sector,), who), who, Span(0, 0))
    archive.claims[0] = replace(archive.claims[0], sources=(Source(speaker),))
    archive.tell("b", "five people were killed in Idlib", "SYR", actor="RUS", recipient="SYR")
    assert {one.party for one in archive.reconciled().accounts} == {account, "SYR"}


def test_an_accusation_by_the_opposition_is_not_its_governments(code: Callable[..., tuple[Claim, ...]]) -> None:
    """ "The Syrian opposition accused the government" was Syria's accusation of itself."""
    told = code("The Syrian opposition accused the Syrian government of an attack on Saraqeb on Monday.")
    assert {holder for claim in told for holder in accounts.holders(claim)} == {"SYR-OPP"}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The monitor said at least 20 people were killed in Kadugli, including 13 civilians.",
            {("at least 20", "this")},
        ),
        ("State media said 34 people were killed in Kadugli, six of them women.", {("34", "this")}),
    ],
)
def test_a_toll_stays_whole_beside_the_part_that_is_told_of_it(text: str, figures: set[tuple[str, str]]) -> None:
    claims = standoff.extract(Document("r", text, "0" * 64, published=DAY))
    told = {(f.phrase, f.scope) for c in claims for f in of_claim(c, ("NGO",), DAY) if f.kind is CountKind.KILLED}
    assert told == figures


def test_what_no_side_denies_stands_behind_the_fold() -> None:
    (dispute,) = two_versions().reconciled().disputes
    assert dispute.likely <= judging.UNDENIED


def test_a_toll_of_another_incident_is_no_figure_of_this_one() -> None:
    archive = Archive()
    strike = "an air strike on the market of Zurgan killed {} people"
    for doc, number, by in (("a", 13, "NGO"), ("b", 15, "SDN"), ("c", 16, "NGO"), ("d", 18, "SDN")):
        killed = (("killed", number, "people", f"{number} people"),)
        archive.tell(doc, strike.format(number), by, actor="TCD", recipient="SDN", counts=killed)
    a, b, c, d = archive.claims
    links = [
        HandLink(a.id, b.id, True),
        HandLink(c.id, d.id, True),
        HandLink(a.id, c.id, False),
        HandLink(b.id, d.id, False),
    ]
    found = reconcile(archive.claims, archive.documents, links)
    asked = [sorted(line.value for line in q.lines) for q in found.questions if q.question.value == "how many"]
    assert sorted(asked) == [["13", "15"], ["16", "18"]]


def test_one_victim_who_is_told_of_is_no_later_toll() -> None:
    archive = Archive()
    killed = "an air strike on the market of Zurgan killed {}"
    archive.tell(
        "a", killed.format("58 people"), "NGO", recipient="SDN", counts=(("killed", 58, "people", "58 people"),)
    )
    archive.tell(
        "a", killed.format("only 1 person"), "NGO", recipient="SDN", counts=(("killed", 1, "people", "only 1 person"),)
    )
    (asked,) = (q for q in archive.reconciled().questions if q.question.value == "how many")
    assert [(line.value, len(line.series)) for line in asked.lines] == [("58", 1)]


def test_a_question_of_a_deed_is_not_of_the_appeal_that_most_of_its_incident_tells_of() -> None:
    archive = Archive()
    for doc in "abcde":
        archive.tell(
            doc,
            f"Chad called on Sudan to let inspectors into Adre, envoy {doc} said",
            "TCD",
            event="REQUEST",
            actor="TCD",
            recipient="SDN",
        )
    archive.tell(
        "f", "Chad accused Sudan of the chemical attack on Adre", "TCD", event="ACCUSE", actor="TCD", recipient="SDN"
    )
    archive.tell(
        "g",
        "Sudan denied that it was behind the chemical attack on Adre",
        "SDN",
        event="REJECT",
        actor="SDN",
        recipient="TCD",
    )
    found = archive.reconciled()
    assert {i.title.partition(",")[0] for i in found.incidents} == {"Chadian appeal"}
    texts = {q.text for q in found.questions if q.question in {Question.WHO, Question.HAPPENED} and q.dispute}
    assert texts == {"Who was behind the chemical attack? (Chadian appeal, 14 March 2024)"}


@pytest.mark.parametrize(
    ("title", "deed", "asked"),
    [
        ("Appeal in Adre", "the chemical attack", "Who was behind the chemical attack? (Appeal in Adre)"),
        ("Appeal in Adre", "", "Who was behind it? (Appeal in Adre)"),
        ("Shelling of Adre", "the chemical attack", "Who was behind the shelling? (Shelling of Adre)"),
        ("Arrests in Adre", "", "Who was behind the arrests? (Arrests in Adre)"),
    ],
)
def test_who_did_it_is_asked_of_no_words(title: str, deed: str, asked: str) -> None:
    assert titles.who(title, deed=deed) == asked


def test_a_data_set_and_a_list_have_the_days_of_the_headline(tmp_path: Path) -> None:
    """One claim that sets the day against an attack of 2013 had dated the whole incident so in exports."""
    archive = Archive()
    for doc, day in (("a", DAY), ("b", DAY), ("c", date(2013, 8, 21))):
        archive.tell(doc, f"Sudan shelled the market of Adre, report {doc} told", actor="SDN", recipient="TCD", on=day)
    found = archive.reconciled()
    (one,) = dossier.draw(found, {c.id: c for c in archive.claims}, archive.documents)
    assert one.incident.title.endswith(", 14 March 2024")
    assert (one.start, one.end) == (DAY, DAY)
    with open_store(tmp_path / "a.db") as store:
        for document in archive.documents:
            store.add(document, [c for c in archive.claims if c.doc == document.id])
        store.save(found)
        (row,) = store.browse.incidents().rows
    assert (row.start, row.end) == (DAY, DAY)
