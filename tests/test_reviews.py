"""What people decide about claims: kept beside what was read, taken into account, and taken back without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import standoff
from conftest import document
from standoff import review
from standoff.errors import InputError
from standoff.model import AuxMode, Claim, Document, Party, Renaming, Review, SourceGrade, Verdict
from standoff.store import Store
from standoff.store.browse import NONE, Order, Wanted
from standoff.store.people import Role

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
TEXT = (
    "Pakistan said Indian shelling had killed 31 people near Lahore on Wednesday. "
    "India denied on Thursday that it had attacked civilians. "
    "A United Nations official said the shelling near Lahore on Wednesday had killed 28 people. "
    "Dozens of wounded were taken to Amritsar, officials said."
)


@pytest.fixture
def report(code: Callable[..., tuple[Claim, ...]]) -> tuple[Document, tuple[Claim, ...]]:
    found = document(TEXT, "report", date(2025, 5, 8))
    return replace(found, outlet="Example News"), code(TEXT, date(2025, 5, 8), "report")


@pytest.fixture
def store(where: str, report: tuple[Document, tuple[Claim, ...]]) -> Iterator[Store]:
    with standoff.open_store(where) as opened:
        opened.add(*report)
        opened.save(standoff.reconcile(opened.claims(), opened.documents()))
        yield opened


@pytest.fixture
def killed(report: tuple[Document, tuple[Claim, ...]]) -> Claim:
    return next(claim for claim in report[1] if claim.counts)


def word(claim: Claim, verdict: Verdict = Verdict.CORRECT, slot: str | None = None, line: str = "") -> Review:
    value = review.read(line, slot, claim, TEXT) if slot else None
    return Review(claim.id, claim.doc, "ana", verdict, NOW, slot, value, "looked at the text")


# -- values as a person enters them ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "line", "back"),
    [
        ("event", "coerce", "COERCE"),
        ("mode", "aerial, drone", "aerial, drone"),
        ("context", "military", "military"),
        ("aux", "attempted", "attempted"),
        ("actor", "IND-MIL Indian Air Force; UNK", "IND-MIL Indian Air Force; UNK"),
        ("recipient", "PAK", "PAK"),
        ("sources", "", ""),
        ("counts", "killed 30-31 people; injured Dozens", "killed 30-31 people; injured Dozens"),
        ("counts", "destroyed 1,200 homes", "destroyed 1200 homes"),
        ("date", "2025-05-06/2025-05-07", "2025-05-06/2025-05-07"),
        ("date", "", ""),
        ("event_loc", "Amritsar, IND", "Amritsar, IND"),
        ("event_loc", "Camp Nine, PAK 31.5 74.3", "Camp Nine, PAK 31.5 74.3"),
        ("event_loc", "", ""),
    ],
)
def test_a_value_is_entered_as_a_line_and_shown_as_it_was_entered(
    killed: Claim, slot: str, line: str, back: str
) -> None:
    held = review.reviewed(killed, [word(killed, slot=slot, line=line)])
    assert review.written(held, slot) == back


@pytest.mark.parametrize(
    ("slot", "line", "back"),
    [
        ("actor", "India", "IND"),
        ("actor", "IND-XXX", "UNK IND-XXX"),  # no sector, so no code: any other name is kept as it is written
        ("counts", "31 killed", "killed 31"),
    ],
)
def test_a_value_is_entered_by_name_as_well(killed: Claim, slot: str, line: str, back: str) -> None:
    held = review.reviewed(killed, [word(killed, slot=slot, line=line)])
    assert review.written(held, slot) == back


@pytest.mark.parametrize("slot", review.SLOTS)
def test_what_was_read_can_be_entered_again_unchanged(report: tuple[Document, tuple[Claim, ...]], slot: str) -> None:
    for claim in report[1]:
        held = review.reviewed(claim, [word(claim, slot=slot, line=review.written(claim, slot))])
        assert review.written(held, slot) == review.written(claim, slot)


@pytest.mark.parametrize(
    ("slot", "line", "said"),
    [
        ("event", "WAR", "not known; one of: accusation"),
        ("mode", "tickling", "not known"),
        ("aux", "maybe", "not known; one of: background"),
        ("actor", ";;-", "no name"),
        ("actor", "Jaish al-Islam, Nowhereland", "no state or group that is known"),
        ("counts", "killed 40-30", "not below low"),
        ("counts", "killed scores", "do not stand in the report"),
        ("date", "yesterday", "not a day"),
        ("date", "2025-05-08/2025-05-07", "not a day"),
        ("event_loc", "12 13", "not a place"),
        ("event_loc", "Camp, PAK 91 20", "number from -90 to 90"),
        ("colour", "red", "no slot"),
    ],
)
def test_a_line_that_is_no_value_is_refused_with_its_form(killed: Claim, slot: str, line: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        review.read(line, slot, killed, TEXT)


@given(line=st.text(max_size=60), slot=st.sampled_from(review.SLOTS))
def test_any_line_is_a_value_or_an_error(line: str, slot: str) -> None:
    claim = _claim()
    try:
        value = review.read(line, slot, claim, claim.text)
    except InputError:
        return
    held = review.reviewed(claim, [Review("c", "d", "ana", Verdict.CORRECT, NOW, slot, value)])
    assert review.written(held, slot) is not None


def test_the_words_of_a_value_are_pointed_at_where_they_stand(killed: Claim) -> None:
    held = review.reviewed(killed, [word(killed, slot="event_loc", line="Amritsar, IND")])
    assert held.where is not None
    assert held.where.span.of(TEXT) == "Amritsar"
    elsewhere = review.reviewed(killed, [word(killed, slot="event_loc", line="Camp Nine")])
    assert elsewhere.where is not None
    assert elsewhere.where.span == killed.span


# -- in a store ------------------------------------------------------------------------------------------------------


def test_a_correction_stands_beside_what_was_read(store: Store, killed: Claim) -> None:
    store.reviews.add(
        [word(killed, slot="recipient", line="PAK-CVL"), word(killed, slot="counts", line="killed 13 people")]
    )
    row = store.browse.row(killed.id)
    assert row is not None
    assert row.read == killed
    assert store.claim(killed.id) == killed
    assert [count.low for count in row.claim.counts] == [13]
    assert row.verdict is Verdict.CORRECT
    assert [c.counts[0].low for c in store.claims(reviewed=True) if c.id == killed.id] == [13]
    assert store.unreconciled() == ["report"]


def test_an_undone_word_counts_no_more_and_stays_in_the_history(store: Store, killed: Claim) -> None:
    before = store.claims(reviewed=True)
    (number,) = store.reviews.add([word(killed, slot="event", line="COERCE")])
    assert store.claims(event="COERCE")
    store.reviews.undo(number, "ben", NOW + timedelta(minutes=1))
    assert store.claims(reviewed=True) == before
    assert not store.claims(event="COERCE")
    history = store.reviews.of(killed.id)
    assert [(r.reviewer, r.undone_by) for r in history] == [("ana", "ben")]
    with pytest.raises(InputError, match="taken back already"):
        store.reviews.undo(number, "ben", NOW)
    with pytest.raises(InputError, match="not in the store"):
        store.reviews.undo(999, "ben", NOW)


def test_a_rejected_claim_takes_no_part_in_incidents_and_comes_back(store: Store, killed: Claim) -> None:
    (number,) = store.reviews.add([word(killed, Verdict.REJECT)])
    kept = store.claims(reviewed=True)
    assert killed.id not in {claim.id for claim in kept}
    store.save(standoff.reconcile(kept, store.documents()))
    assert all(killed.id not in incident.claims for incident in store.incidents())
    store.reviews.undo(number, "ana", NOW)
    assert killed.id in {claim.id for claim in store.claims(reviewed=True)}


def test_reviews_outlive_a_new_reading(store: Store, report: tuple[Document, tuple[Claim, ...]], killed: Claim) -> None:
    store.reviews.add(
        [word(killed, slot="event", line="COERCE"), replace(word(killed, Verdict.ACCEPT), reviewer="ben")]
    )
    found, claims = report
    store.add(found, ())
    store.add(found, claims)
    assert [claim.id for claim in store.claims(event="COERCE")] == [killed.id]
    assert len(store.reviews.of(killed.id)) == 2


def test_a_claim_that_is_not_there_cannot_be_reviewed(store: Store, killed: Claim) -> None:
    with pytest.raises(InputError, match="not in"):
        store.reviews.add([replace(word(killed, Verdict.ACCEPT), claim="gone")])
    assert store.reviews.all() == []


def test_names_are_merged_and_parted_and_restored(store: Store, killed: Claim) -> None:
    (speaker,) = {s.mention.party.name for s in killed.sources}
    renaming = Renaming(speaker, "PAK", Party("PAK", ("REB",), "A faction"), "ana", NOW, "they speak for themselves")
    number = store.reviews.rename(renaming)
    assert {c.sources[0].mention.party.key for c in store.claims(reviewed=True) if c.id == killed.id} == {"PAK-REB"}
    assert store.browse.facets(Wanted())["source"][0][0] == "PAK-REB" or "PAK-REB" in dict(
        store.browse.facets(Wanted())["source"]
    )
    store.reviews.restore(number, "ben", NOW)
    assert store.claims(reviewed=True) == store.claims()
    assert [one.undone_by for one in store.reviews.renamings()] == ["ben"]
    with pytest.raises(InputError, match="no claim names it"):
        store.reviews.rename(replace(renaming, name="Nobody"))
    with pytest.raises(InputError, match="taken back already"):
        store.reviews.restore(number, "ben", NOW)


def test_grades_are_given_by_people_and_the_last_holds(store: Store) -> None:
    store.reviews.grade(SourceGrade("outlet", "Example News", "B", "ana", NOW))
    store.reviews.grade(SourceGrade("outlet", "Example News", "C", "ben", NOW, "two corrections unmarked"))
    assert [one.grade for one in store.reviews.grades("outlet")["Example News"]] == ["B", "C"]
    with pytest.raises(InputError, match="one of A, B"):
        store.reviews.grade(SourceGrade("outlet", "Example News", "1", "ana", NOW))
    with pytest.raises(InputError, match="one of 1, 2"):
        store.reviews.grade(SourceGrade("document", "report", "A", "ana", NOW))


# -- agreement -------------------------------------------------------------------------------------------------------


def test_two_reviewers_agree_beyond_chance_or_not() -> None:
    def said(who: str, verdicts: str) -> list[Review]:
        names = {"a": Verdict.ACCEPT, "r": Verdict.REJECT, "c": Verdict.CORRECT}
        return [Review(f"c{at}", "d", who, names[mark], NOW) for at, mark in enumerate(verdicts) if mark != "-"]

    (one,) = review.agreement([*said("ana", "aarrcaaa-"), *said("ben", "aarrccara")])
    assert (one.first, one.second, one.claims, one.same) == ("ana", "ben", 8, 6)
    assert one.apart == ("c5", "c7")
    # observed 6/8; expected (5*3 + 2*3 + 1*2)/64
    assert one.kappa == pytest.approx((6 / 8 - 23 / 64) / (1 - 23 / 64))
    assert review.agreement(said("ana", "aa")) == ()
    (same,) = review.agreement([*said("ana", "aa"), *said("ben", "aa")])
    assert same.kappa is None


# -- pages -----------------------------------------------------------------------------------------------------------


def test_every_claim_comes_on_one_page_in_every_order(store: Store, report: tuple[Document, tuple[Claim, ...]]) -> None:
    ids = {claim.id for claim in report[1]}
    for order in Order:
        seen: list[str] = []
        after: str | None = None
        while True:
            page = store.browse.claims(Wanted(), order=order, after=after, limit=2)
            seen += [row.claim.id for row in page.rows]
            if (after := page.after) is None:
                break
        assert len(seen) == len(set(seen))
        assert set(seen) == ids
        assert [row.claim.id for row in store.browse.every(Wanted(), order=order, step=1)] == seen


@pytest.mark.parametrize("mark", ["x", "", "bnVsbA", "WzEsMl0", "WyJhIl0", "4pyT" * 900])
def test_a_mark_that_no_page_gave_is_refused(store: Store, mark: str) -> None:
    with pytest.raises(InputError, match="not a mark"):
        store.browse.claims(Wanted(), after=mark)


def test_facets_count_what_a_choice_would_leave(store: Store) -> None:
    facets = store.browse.facets(Wanted())
    for facet, values in facets.items():
        for value, n in values:
            field: dict[str, tuple[str, ...]] = {facet: (value,)}
            assert store.browse.count(Wanted(**field)) == n, (facet, value)  # type: ignore[arg-type]
    chosen = store.browse.facets(Wanted(event=("ASSAULT",)))
    assert dict(chosen["event"]) == dict(facets["event"])
    assert sum(n for _, n in chosen["verdict"]) == dict(facets["event"])["ASSAULT"]


def test_filters_hold_together_and_words_are_looked_for_as_they_are(store: Store, killed: Claim) -> None:
    def found(**wanted: object) -> list[str]:
        page = store.browse.claims(Wanted(**wanted), order=Order.REPORT)  # type: ignore[arg-type]
        return [row.claim.id for row in page.rows]

    assert killed.id in found(words="shelling 31")
    assert killed.id in found(words='"killed 31 people"', source=("PAK",), outlet=("Example News",))
    assert found(words="shelling Amritsar") == []
    assert found(words="%") == []
    assert found(words="'; DROP TABLE claim --") == []
    assert killed.id in found(since=date(2025, 5, 7), until=date(2025, 5, 7))
    assert killed.id not in found(since=date(2025, 5, 8))
    assert killed.id in found(verdict=(NONE,), aux=(NONE,))
    assert killed.id not in found(aux=(AuxMode.NEGATION.value,))
    (incident,) = {store.browse.row(killed.id).incident}  # type: ignore[union-attr]
    assert killed.id in found(incident=(incident,))


def test_incidents_are_listed_with_what_lists_show(store: Store, killed: Claim) -> None:
    rows = store.browse.incidents().rows
    assert {row.id for row in rows} == {incident.id for incident in store.incidents()}
    mine = next(row for row in rows if row.id == store.browse.incident_of([killed.id])[killed.id])
    assert mine.place == "Lahore"
    assert mine.lat == pytest.approx(31.5, abs=0.2)
    assert mine.start == date(2025, 5, 7)
    assert "IND" in mine.parties
    assert mine in store.browse.incidents(party="IND", event=mine.event, placed=True, since=mine.start).rows
    assert mine not in store.browse.incidents(until=date(2025, 5, 6)).rows
    held = store.of_incident(mine.id)
    assert held is not None
    assert {claim.id for claim in held[1]} == set(held[0].incidents[0].claims)
    assert store.of_incident("none") is None


def test_whatever_is_written_changes_the_stamp(store: Store, killed: Claim, where: str) -> None:
    before = store.changes()
    assert store.changes() == before or "postgresql" in where  # other transactions of the server count there
    store.reviews.add([word(killed, Verdict.ACCEPT)])
    after = store.changes()
    assert after != before
    with standoff.open_store(where) as other:
        other.reviews.add([word(killed, Verdict.REJECT)])
    assert store.changes() != after


# -- people ----------------------------------------------------------------------------------------------------------


def test_people_sign_in_with_their_password_alone(store: Store) -> None:
    store.people.add("Ana", Role.REVIEWER, "correct horse battery", NOW)
    assert store.people.sign_in("Ana", "wrong horse battery", NOW) is None
    assert store.people.sign_in("Nobody", "correct horse battery", NOW) is None
    key = store.people.sign_in("Ana", "correct horse battery", NOW)
    assert key is not None
    person = store.people.signed_in(key, NOW)
    assert person is not None
    assert (person.name, person.role) == ("Ana", Role.REVIEWER)
    assert store.people.signed_in(key, NOW + timedelta(days=15)) is None
    assert store.people.signed_in(key + "x", NOW) is None
    store.people.sign_out(key)
    assert store.people.signed_in(key, NOW) is None


def test_a_new_password_or_a_dropped_person_signs_out_everywhere(store: Store) -> None:
    store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
    key = store.people.sign_in("Ana", "correct horse battery", NOW) or ""
    store.people.add("Ana", Role.READER, "another horse battery", NOW)
    assert store.people.signed_in(key, NOW) is None
    assert [person.role for person in store.people.all()] == [Role.READER]
    store.people.drop("Ana")
    assert not store.people.any()
    with pytest.raises(InputError, match="not in"):
        store.people.drop("Ana")
    with pytest.raises(InputError, match="too short"):
        store.people.add("Ben", Role.READER, "short", NOW)


def test_passwords_and_sessions_cannot_be_read_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    with standoff.open_store(path) as store:
        store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
        key = store.people.sign_in("Ana", "correct horse battery", NOW) or ""
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"correct horse" not in held
    assert key.encode() not in held


def test_what_came_since_the_last_visit(store: Store) -> None:
    assert store.people.visit("ana", NOW) is None
    assert store.people.visit("ana", NOW + timedelta(minutes=10)) is None
    later = NOW + timedelta(hours=5)
    assert store.people.visit("ana", later) == NOW + timedelta(minutes=10)
    assert store.people.visit("ana", later + timedelta(minutes=5)) == NOW + timedelta(minutes=10)


def test_searches_are_kept_by_name_for_each_person(store: Store) -> None:
    store.people.save_search("ana", " denials  of Russia ", "source=RUS&event=REJECT")
    store.people.save_search("ana", "denials of Russia", "source=RUS")
    store.people.save_search("ben", "mine", "actor=USA")
    assert store.people.searches("ana") == [("denials of Russia", "source=RUS")]
    store.people.drop_search("ana", "denials of Russia")
    assert store.people.searches("ana") == []
    with pytest.raises(InputError, match="no name"):
        store.people.save_search("ana", " ", "x=y")


def _claim() -> Claim:
    from standoff.model import Span, Trigger

    return Claim("c", "d", "ASSAULT", Trigger("shelled", Span(4, 11)), Span(0, 22), "the shelled town again")
