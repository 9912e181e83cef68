"""Accounts: what each party answers, with the claims, voices and reports that carry the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import standoff
from conftest import document
from standoff import lexicon
from standoff.model import Claim, Party, Question, Reconciliation
from standoff.reconcile import accounts
from standoff.records import account_from_record, account_record

Coder = Callable[..., tuple[Claim, ...]]


def _accounts(code: Coder, *reports: tuple[str, date]) -> Reconciliation:
    documents = [document(text, f"r{i}", day, f"Paper {i}") for i, (text, day) in enumerate(reports)]
    claims = [c for d in documents for c in code(d.text, d.published, d.id)]
    return standoff.reconcile(claims, documents)


def test_each_party_answers_for_itself(code: Coder) -> None:
    day = date(2024, 5, 6)
    result = _accounts(
        code,
        ("Ukraine's government said a Russian airstrike killed 40 people in Kharkiv on Monday.", day),
        ("Russia's defence ministry said an airstrike killed 8 people in Kharkiv on Monday.", day),
    )
    by_party = {a.party: {(x.question, x.value) for x in a.answers} for a in result.accounts}
    assert (Question.WHO, "RUS") in by_party["UKR"]
    assert not any(question is Question.WHO for question, _ in by_party["RUS"])
    assert (Question.WHERE, "Kharkiv") in by_party["RUS"]
    assert (Question.WHEN, "2024-05-06") in by_party["RUS"]


@pytest.mark.parametrize("entry", lexicon.load("characterisations")["called"], ids=lambda entry: entry["name"])
def test_what_a_party_calls_the_deed_is_an_answer_of_its(code: Coder, entry: dict[str, Any]) -> None:
    claims = code(entry["example"], date(2024, 5, 6))
    said = {
        entry["name"]
        for claim in claims
        for q, value in accounts.of_claim(claim)
        if q is Question.CALLED and value == entry["name"]
    }
    assert said == {entry["name"]}


def test_an_answer_keeps_its_first_and_latest_report(code: Coder) -> None:
    text = "Ukraine's government said a missile killed 12 people in Kharkiv on 6 May 2024."
    result = _accounts(code, (text, date(2024, 5, 6)), (text + " Repairs go on.", date(2024, 5, 8)))
    (account,) = result.accounts
    (figure,) = [a for a in account.answers if a.question is Question.HOW_MANY]
    assert (figure.first, figure.latest) == (date(2024, 5, 6), date(2024, 5, 8))
    assert figure.voices == ("party:UKR",)
    assert len(figure.claims) == 2


def test_accounts_survive_their_record(code: Coder) -> None:
    text = "Ukraine's government said a missile killed 12 people in Kharkiv on 6 May 2024."
    result = _accounts(code, (text, date(2024, 5, 6)), (text + " Repairs go on.", date(2024, 5, 8)))
    assert [account_from_record(account_record(a)) for a in result.accounts] == list(result.accounts)


def test_two_losses_told_by_the_same_claims_are_two_disputes(code: Callable[..., tuple[Claim, ...]]) -> None:
    """They had one id, and a store that keeps an id once refused both."""
    texts = {
        "a": "Russia said on Monday that shelling in Bakhmut had killed 7 soldiers and wounded 16.",
        "b": "Ukraine said on Monday that shelling in Bakhmut had killed 80 soldiers and wounded 170.",
    }
    found = standoff.reconcile([c for key, text in texts.items() for c in code(text, doc_id=key)]).disputes
    assert sorted(d.reason.partition(":")[0] for d in found) == ["injured", "killed"]
    assert len({d.id for d in found}) == 2


@pytest.mark.parametrize(
    ("code", "sectors", "name", "held"),
    [
        ("GBR", ("JRN",), "Reuters", ()),
        ("QAT", ("JRN",), "Al Jazeera", ()),
        ("RUS", ("JRN",), "TASS", ("RUS",)),
        ("SYR", ("JRN",), "Syrian state television", ("SYR",)),
    ],
)
def test_what_a_news_medium_of_no_side_tells_is_no_states_account(
    code: str, sectors: tuple[str, ...], name: str, held: tuple[str, ...]
) -> None:
    """ "Reuters reports that 20 died" was Britain's figure."""
    assert accounts.tellers("ASSAULT", [], [(Party(code, sectors, name), None)]) == held


def test_whom_a_news_medium_quotes_holds_what_it_quotes() -> None:
    ministry = Party("UKR", ("GOV",), "Ukraine")
    assert accounts.tellers("ASSAULT", [], [(Party("GBR", ("JRN",), "Reuters"), 1), (ministry, 2)]) == ("UKR",)
