"""Plain text in: what is read as it stands, what is refused, and with which words."""

from __future__ import annotations

import hashlib
import io
import sys
import time
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import standoff
from standoff.errors import InputError, SettingsError
from standoff.ingest import dateline, english, freeze, text
from standoff.model import Document

REPORT = (
    "Drones shot down near Lahore\n"
    "\n"
    "Pakistan said on Thursday that it had shot down 25 Indian drones. “We will answer,” the minister said — twice.\n"
)


def read(tmp_path: Path, data: bytes, name: str = "report.txt", **given: str) -> Document:
    file = tmp_path / name
    file.write_bytes(data)
    return standoff.read(file, **given)


# ------------------------------------------------------------------ what is kept


def test_a_text_in_nfc_with_plain_line_ends_is_kept_to_the_byte(tmp_path: Path) -> None:
    odd = REPORT + "\n  Two  spaces, a tab\there,\u00a0a hard space, an emoji 😀, a form feed\f and no line end"
    document = read(tmp_path, odd.encode())
    assert document.text == odd
    assert document.sha256 == hashlib.sha256(odd.encode()).hexdigest()
    assert document.id == "report"
    assert document.language == "en"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xef\xbb\xbf" + REPORT.encode(), "UTF-8 with a mark"),
        (b"\xff\xfe" + REPORT.encode("utf-16-le"), "UTF-16, little end first"),
        (b"\xfe\xff" + REPORT.encode("utf-16-be"), "UTF-16, big end first"),
        (REPORT.replace("\n", "\r\n").encode(), "line ends of Windows"),
        (REPORT.replace("\n", "\r").encode(), "line ends of old Macs"),
    ],
)
def test_encodings_and_line_ends_that_are_certain_give_the_same_text(tmp_path: Path, data: bytes, why: str) -> None:
    assert read(tmp_path, data).text == REPORT, why


def test_letters_are_composed(tmp_path: Path) -> None:
    document = read(tmp_path, "The talks in A\u030alborg between the two sides ended without a result.".encode())
    assert document.text.startswith("The talks in Ålborg")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(REPORT.encode())))
    document = standoff.read("-")
    assert (document.id, document.text) == ("stdin", REPORT)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_reading_twice_changes_nothing(content: str) -> None:
    """Frozen means frozen: what was read once reads as itself."""
    try:
        once, _ = freeze.freeze(text.decode(content.encode(), "x")[0], "x")
    except InputError:
        return
    assert freeze.freeze(text.decode(once.encode(), "x")[0], "x") == (once, ())


@settings(deadline=None)  # the first of them reads the list of English words
@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_one_clear_line(data: bytes) -> None:
    message = ""
    try:
        freeze.freeze(text.decode(data, "x")[0], "x")[0].encode()
    except InputError as error:
        message = str(error)
    assert message == "" or (message.startswith("x: ") and "\n" not in message)


# --------------------------------------------------------------- what is refused

GERMAN = "Pakistan erklärte am Donnerstag, es habe in der Nacht fünfundzwanzig indische Drohnen abgeschossen."
RUSSIAN = "Пакистан заявил, что сбил двадцать пять индийских беспилотников в ночь на четверг."
CHINESE = "巴基斯坦表示在夜间击落了二十五架印度无人机。" * 6


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty; "),
        (b" \n\t\n", "no text in it, only white space; "),
        (b"12 34 -- 56\n", "no words in it; "),
        (b"%PDF-1.7\nstream", "a broken PDF ("),
        (b"PK\x03\x04word/document.xml", "a broken ZIP ("),
        (b"\x89PNG\r\n\x1a\n", "a PNG image, not text; "),
        (b"\x1f\x8b\x08\x00", "broken, or cut off ("),
        (b"SQLite format 3\x00", "an SQLite database, not text; "),
        (b"\n<!DOCTYPE html><html><p></html>", "no article found in the page; "),
        (b"Shelling in Idlib\0killed ten", "binary data, not text; "),
        (bytes(range(1, 127)) * 3, "binary data, not text; "),
        ("Les forces à Idlib".encode("latin-1"), "not UTF-8: byte 0xe0 at offset 11; "),
        (b"He said \x93never\x94 twice", "iconv -f WINDOWS-1252 -t UTF-8"),
        (REPORT.encode("utf-16-le"), "UTF-16LE without a byte order mark; iconv -f UTF-16LE"),
        (b"\xff\xfe\x00\xd8\x41\x00", "broken UTF-16-LE at byte 2; "),
        (b"The army said.\xf0\x9f", "not UTF-8: byte 0xf0 at offset 14; "),
        (b"shelling " + b"a" * 5000, "a word without end at character 9; "),
        (b"The army said. " * 100_000, "larger than 1 MB; "),
    ],
)
def test_what_cannot_be_read_is_named_with_the_mend(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'report.txt'}: ")
    assert says in message
    assert "\n" not in message
    assert caught.value.mend


@pytest.mark.parametrize(("words", "code"), [(GERMAN, "de"), (RUSSIAN, "ru"), (CHINESE, "zh")])
def test_another_language_is_read_and_not_coded(tmp_path: Path, words: str, code: str) -> None:
    document = read(tmp_path, words.encode())
    assert (document.text, document.language) == (words, code)
    for work in (standoff.extract, standoff.statements):
        with pytest.raises(InputError, match=rf"report\.txt: written in \w+ \({code}\), not English; "):
            work(document)


def test_ten_megabytes_of_one_word_are_refused_at_once(tmp_path: Path) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError, match="larger than 1 MB"):
        read(tmp_path, b"a" * 10_000_000)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "missing.txt", "no such file"),
        (lambda folder: folder, "no report in it"),
        (lambda folder: folder / ("x" * 400), "cannot be read"),
        (lambda folder: "nul\0name.txt", "not a file name"),
    ],
)
def test_what_is_no_file_is_named(tmp_path: Path, make, says: str) -> None:
    with pytest.raises(InputError, match=says):
        standoff.read(make(tmp_path))


@pytest.mark.parametrize(
    "words",
    [
        "Ceasefire holds.",  # too short to tell
        "Sé que no",
        "PAKISTAN SHOOTS DOWN INDIAN DRONES NEAR LAHORE, MILITARY SAYS, AS TENSIONS RISE ALONG LINE OF CONTROL",
        "Shehbaz Sharif, Narendra Modi, Asim Munir, Khawaja Asif, Subrahmanyam Jaishankar, Rajnath Singh",
        "pakistan said it had shot down drones near lahore the army spokesman told reporters no one was hurt",
        "Hezbollah fires rockets; Israel shells Kfar Kila, Aita al-Shaab and Marjayoun, killing four",
        "tHe ArMy SaId ThAt ItS fOrCeS hAd TaKeN tHe ToWn AnD tHe RoAd NoRtH oF iT",
        "Th e ar my sa id th at its for ces had ta ken the to wn and the ro ad nor th of it on Sun day",
    ],
)
def test_odd_english_is_english(words: str) -> None:
    assert english.detect(words) == "en"


# ------------------------------------------------------- id, title, publication date


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("2025-05-08", date(2025, 5, 8)),
        (date(2025, 5, 8), date(2025, 5, 8)),
        (datetime(2025, 5, 8, 9), date(2025, 5, 8)),
    ],
)
def test_the_date_given(tmp_path: Path, given: date | str, found: date) -> None:
    file = tmp_path / "a.txt"
    file.write_text("1 May 2019\n" + REPORT, encoding="utf-8")
    assert standoff.read(file, published=given).published == found
    assert standoff.read(file).published == date(2019, 5, 1)


@pytest.mark.parametrize(
    "given", ["2025-02-30", "2025-13-01", "0000-01-01", "9999-01-01", "8 May 2025", "20250508", ""]
)
def test_a_date_that_cannot_be_is_named_with_the_mend(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingsError, match="publication date") as caught:
        read(tmp_path, REPORT.encode(), published=given)
    assert repr(given) in str(caught.value)
    assert "YYYY-MM-DD" in caught.value.mend


@pytest.mark.parametrize("given", ["", "  ", "a\nb", "a\x1b[2J"])
def test_an_id_that_cannot_be(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingsError, match="document id"):
        read(tmp_path, REPORT.encode(), doc_id=given)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("ISLAMABAD, May 8, 2025 (Reuters) - Pakistan said", date(2025, 5, 8)),
        ("GAZA CITY, 8 May 2025 (AFP) — Shelling went on", date(2025, 5, 8)),
        ("NEW DELHI/ISLAMABAD, Thursday, May 8, 2025 - Both said", date(2025, 5, 8)),
        ("BEIRUT, Sept. 9, 2024 – Israel said", date(2024, 9, 9)),
        ("8 May 2025", date(2025, 5, 8)),
        ("Thursday, May 8th, 2025", date(2025, 5, 8)),
        ("Published: May 8, 2025, 10:32 GMT", date(2025, 5, 8)),
        ("2025-05-08", date(2025, 5, 8)),
        ("4 Apr 2017 An alleged chemical attack", date(2017, 4, 4)),
        ("Situation report No. 4 | 9 March 2026", date(2026, 3, 9)),
        ("Flash update (as of 9 March 2026, 18:00)", date(2026, 3, 9)),
        ("Juba, 9 March 2026", date(2026, 3, 9)),
        ("Mandalay, 24 February 2026 - Rebels took the bridge", date(2026, 2, 24)),
        ("Publicado el 25 de febrero de 2026", date(2026, 2, 25)),
        ("Niamey, le 27 février 2026", date(2026, 2, 27)),
        ("Сводка о положении в области 24 февраля 2026 г.", date(2026, 2, 24)),
        ("٢ مارس ٢٠٢٦ م", date(2026, 3, 2)),
        ("Massacre in Nyala, 9 March 2026", None),  # the day of the deed
        ("A statement on the attack of 9 March 2026", None),
        ("Sitrep, 3 – 9 March 2026", None),
        ("Last updated 9 March 2026", None),  # when it was changed
        ("Printed on 9 March 2026", None),
        ("Tuesday 04 April 2017 The coalition called", date(2017, 4, 4)),
        ("Friday, May 8, 2025", None),  # it was a Thursday
        ("31 February 2025", None),
        ("On May 8, 2025, the army said", None),
        ("May 8, 2025 was a quiet day", None),
        ("ISLAMABAD (Reuters) - Pakistan said on May 8, 2025", None),
        ("7/5/2025", None),  # May or July
        ("8 May", None),
        ("May 8, 20255", None),
    ],
)
def test_the_date_at_the_head(head: str, found: date | None) -> None:
    assert dateline.find(f"Truce holds for now\n\n{head}\n\nThe army said so.") == found


def test_a_date_further_down_is_not_the_head() -> None:
    assert dateline.find("One.\nTwo.\nThree.\nFour.\nFive.\n8 May 2025\n") is None


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (REPORT, "Drones shot down near Lahore"),
        ("Who struck the depot?\nNobody knows.", "Who struck the depot?"),
        ("The army said so.\nThe rebels did not.", None),
        ("The minister said:\n“No.”", None),
        ("“We did it.”\nSo he said.", None),
        ("8 May 2025\nThe army said so.", None),
        ("One line and nothing after", None),
        ("One line and nothing after\n\n", None),
        ("x" * 200 + "\nThe army said so.", None),
        ("---\nThe army said so.", None),
    ],
)
def test_the_title_where_it_is_plain(content: str, found: str | None) -> None:
    assert freeze.title(content) == found
