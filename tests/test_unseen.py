"""What is not seen in a text changes no claim, and what only looks like a name is read as no name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from standoff.ingest import unseen
from standoff.ingest.capture import Capture, Options, now
from standoff.ingest.reader import read
from standoff.model import Claim, Document

TOLD = "Russian forces shelled Kharkiv on Monday, killing 12 people, the governor said."
UNSEEN = (
    "\u200b\u200c\u200d\u034f\ufe0f\u3164\u180e\u00ad\u2060\ufeff\u115f\uffa0\u17b4\U000e0101\U000e0041\u0307\u0323"
)


def document(text: str) -> Document:
    (found,) = read(Capture("t", "t", text.encode(), now()), Options())
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("mark", UNSEEN, ids=[f"U+{ord(mark):04X}" for mark in UNSEEN])
def test_an_unseen_letter_changes_no_claim(mark: str, code: Callable[..., tuple[Claim, ...]]) -> None:
    odd = document(TOLD.replace("Russian", f"Ru{mark}ssian{mark}" if mark not in "\u0307\u0323" else "Rus\u034fsian")
                   .replace("12", f"1{mark}2").replace("Khar", f"K{mark}har" if mark not in "\u0307\u0323" else "Khar"))  # fmt: skip
    assert odd.text == TOLD
    assert odd.provenance is not None
    assert dict(odd.provenance.removed)[f"U+{ord(mark):04X}"] >= 1
    (claim,) = code(odd.text)
    assert claim.actor_keys == {"RUS"}
    assert [(count.low, count.high) for count in claim.counts] == [(12, 12)]


MORE = "\u0483\u0488\u05bf\u05c4\u064b\u0670\u08d3\u093c\u1cd0\u20d2\u20dd\u20e3\u302a\ua66f\U0001d159\U00013430\u06dd\u070f\ue000\uf8ff\u0378"


@pytest.mark.parametrize("mark", MORE, ids=[f"U+{ord(mark):04X}" for mark in MORE])
def test_a_mark_of_any_script_on_a_plain_letter_changes_no_claim(mark: str) -> None:
    odd = document(TOLD.replace("Russian", f"Ru{mark}ssian").replace("12", f"1{mark}2"))
    assert odd.text == TOLD
    assert odd.provenance is not None
    assert dict(odd.provenance.removed) == {f"U+{ord(mark):04X}": 2}


@pytest.mark.parametrize(
    "mark", "\u2028\u2029\x85\x0b\x0c", ids=[f"U+{ord(mark):04X}" for mark in "\u2028\u2029\x85\x0b\x0c"]
)
def test_the_end_of_a_line_in_another_form_parts_no_word(mark: str) -> None:
    told, removed = unseen.taken_out(f"Ru{mark}ssian forces killed 1{mark}2 people.{mark}The army{mark}denied it.")
    assert told == f"Russian forces killed 12 people.{mark}The army{mark}denied it."
    assert removed == {mark: 2}


def test_letters_cast_as_one_are_letters() -> None:
    assert unseen.taken_out("\ufb01ghting in the o\ufb03ce")[0] == "fighting in the office"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian, where the joiner parts a word's halves
        "क्\u200dष",  # Devanagari
        "👩\u200d👩\u200d👧",  # a family is one picture
        "❤\ufe0f",
        "ᠮᠣᠩ\u180bᠭᠣᠯ",
        "café naïve Nguyễn Đặng Ọbáfẹ́mi Erdoğan Şırnak",
        "葛\U000e0100城",
    ],
)
def test_what_belongs_to_a_script_stays(text: str) -> None:
    import unicodedata

    assert unseen.taken_out(text) == (unicodedata.normalize("NFC", text), {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ru\u0455sian forces shelled Kharkiv.", ["Ru\u0455sian"]),
        ("R\u03c5ssian forces shelled Kh\u0430rkiv.", ["R\u03c5ssian", "Kh\u0430rkiv"]),
        ("Путин said that Россия had shelled Харків.", []),
        ("Erdoğan, Nguyễn and Đoković met in Łódź; 5 µm; Σ and β.", []),
        ("\uff32ussian forces shelled Kharkiv.", ["\uff32ussian"]),
        (
            "\U0001d411\U0001d42e\U0001d42c forces killed 1\u041e people and \u0417\u0030.",
            ["\U0001d411\U0001d42e\U0001d42c", "\u041e", "\u0417"],
        ),
        ("\u041d\u0410\u041c\u0410\u0405 fighters shelled Sderot, the army said.", ["\u041d\u0410\u041c\u0410\u0405"]),
        ("\u039d\u0391\u03a4\u039f forces and Ru\ua731sian jets", ["\u039d\u0391\u03a4\u039f", "Ru\ua731sian"]),
        (
            "\u211bussian, Russi\u0251n and Ru\u017f\u017fian forces",
            ["\u211bussian", "Russi\u0251n", "Ru\u017f\u017fian"],
        ),
        ("Əliyev, K\u0131l\u0131ç and \u0253era met.", []),
        ("ТАСС сообщает: НАТО отрицает.", []),
        ("A T-72 and the M\u00fcller 5\u00b5m.", []),
    ],
)
def test_a_word_of_two_alphabets_is_flagged(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in unseen.mixed(text)] == words


@pytest.mark.parametrize(
    ("letter", "other"), [("s", "\u0455"), ("a", "\u0430"), ("i", "\u0456"), ("R", "\u13a1"), ("u", "\u03c5")]
)
def test_a_look_alike_is_not_read_as_something_else(
    letter: str, other: str, code: Callable[..., tuple[Claim, ...]]
) -> None:
    odd = document(
        TOLD.replace("Russian", "Russian".replace(letter, other, 1)) + " Ukraine shelled Donetsk on Tuesday."
    )
    assert odd.provenance is not None
    assert len(odd.provenance.mixed) == 1
    assert all("Kharkiv" not in claim.text for claim in code(odd.text))
    assert any("Donetsk" in claim.text for claim in code(odd.text))


def test_a_text_full_of_unseen_letters_takes_no_longer_than_another() -> None:
    from time import process_time

    start = process_time()
    for mark in "\u200d\u0301\ufe0f\u3164":
        unseen.taken_out(("a" + mark) * 40_000)
        unseen.taken_out("a" + mark * 40_000)
        unseen.mixed(("a" + mark) * 20_000)
    assert process_time() - start < 5
