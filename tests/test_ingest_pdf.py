"""PDFs read as they stand on the page: hyphens, raised figures, columns, words set one by one, letters cast as one."""

from __future__ import annotations

import shutil

import pytest

from drawn import at, lines, pdf
from standoff.ingest import pdf as reading
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Failed, Options, now
from standoff.model import Document


def read(data: bytes) -> Document:
    (found,) = reader.read(Capture("x.pdf", "x.pdf", data, now()), Options())
    assert isinstance(found, Document), found
    return found


def text(*streams: str) -> str:
    return read(pdf(*streams)).text


HYPHENS = [
    ("The gov-", "ernment of Mali said it had lost four men.", "The government of Mali"),
    ("An anti-", "government group held the bridge at Gao.", "An anti-government group"),
    ("Officials said thirty-", "five soldiers had been wounded near Gao.", "thirty-five soldiers"),
    ("The ceasefire in Sud-", "Kivu broke down on Monday, they said.", "Sud-Kivu broke down"),
    ("The pro-", "test in the capital was broken up on Monday.", "The protest in"),
    ("He was held by pro-", "Russian fighters in the town of Gao.", "pro-Russian fighters"),
    ("The air-", "strike destroyed a bridge near the town.", "The airstrike destroyed"),
    ("A 14-", "year-old boy was among the wounded in Gao.", "A 14-year-old boy"),
]


@pytest.mark.parametrize(("first", "second", "wanted"), HYPHENS, ids=[wanted for _, _, wanted in HYPHENS])
def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_one(first: str, second: str, wanted: str) -> None:
    assert wanted in text(lines(first, second))


RAISED = [
    (at(60, 780, "The army killed 14") + at(152, 784, "3", 7) + at(158, 780, " men."), "killed 14 men"),
    (at(60, 780, "It lost 120") + at(116, 785, "12", 6) + at(124, 780, " men, it said."), "lost 120 men"),
    (at(60, 780, "Nine of 26") + at(115, 784, "a", 7) + at(119, 780, " were women."), "Nine of 26"),
    (at(60, 780, "On the 9") + at(103, 784, "th", 7) + at(110, 780, " of March they left."), "the 9th of March"),
    ("BT /F1 11 Tf 60 780 Td (Some 40) Tj 7 Ts /F1 6 Tf (1, 2) Tj 0 Ts /F1 11 Tf ( people fled.) Tj ET", "Some 40 people fled"),
]  # fmt: skip


@pytest.mark.parametrize(("stream", "wanted"), RAISED, ids=[wanted for _, wanted in RAISED])
def test_a_raised_figure_is_no_part_of_the_number_before_it(stream: str, wanted: str) -> None:
    assert wanted in text(stream)


def test_what_was_raised_is_told_with_the_report() -> None:
    document = read(pdf(RAISED[0][0]))
    assert document.provenance is not None
    assert document.provenance.left == ("1 raised figure of a note left out",)


def test_notes_at_the_foot_of_a_page_are_set_apart() -> None:
    body = lines("The army killed 14 men in Gao on Monday, its spokesman said.", "It gave no names.")
    document = read(pdf(body + at(60, 60, "3 Interview with a spokesman of Chad, who said 900 had died.", 7)))
    assert "900" not in document.text
    assert document.provenance is not None
    assert "the notes at the foot of 1 page left out" in document.provenance.left


LEFT = (
    "Fighters of the group entered the",
    "town of Uvira before dawn. The army",
    "said that four soldiers had been",
    "killed and that the airport had been",
    "held. It named no other losses.",
    "The hospital took in nine people.",
)
RIGHT = (
    "Rwanda denied that its troops had",
    "crossed the border. A spokesman in",
    "Kigali called the report a fable and",
    "asked for an inquiry by the region.",
    "Burundi closed its own border on",
    "Monday and called up its reserves.",
)


def columns(order: str) -> str:
    """Two columns, in the order that a file may have them in."""
    left = [at(60, 700 - 14 * n, line) for n, line in enumerate(LEFT)]
    right = [at(320, 700 - 14 * n, line) for n, line in enumerate(RIGHT)]
    if order == "by column":
        drawn = [*left, *right]
    elif order == "by line":
        drawn = [part for pair in zip(left, right, strict=True) for part in pair]
    elif order == "right first":
        drawn = [*right, *left]
    else:
        drawn = [*reversed(left), *reversed(right)]
    return at(60, 740, "Uvira falls, neighbours call up reserves", 16) + "".join(drawn)


@pytest.mark.parametrize("order", ["by column", "by line", "right first", "from the foot"])
def test_columns_are_read_one_after_the_other(order: str) -> None:
    words = " ".join(text(columns(order)).split())
    assert " ".join(LEFT) in words
    assert " ".join(RIGHT) in words
    assert words.index(LEFT[0]) < words.index(RIGHT[0])
    assert words.startswith("Uvira falls")


def test_columns_that_begin_below_a_full_line_and_at_other_heights_are_parted() -> None:
    """A situation report: its highlights run over the page, and the lines of its columns stand beside no other."""
    highlight = "The army of the Congo said that its planes had bombed a convoy of the rebels on the road to Uvira,"
    head = at(60, 760, "Situation report No. 3", 16) + lines(highlight, "and that nobody else was hurt.", y=730)
    drawn = lines(*LEFT, y=690) + lines(*RIGHT, x=320, y=684) + lines("Contacts: the office of the mission", y=540)
    words = " ".join(text(head + drawn).split())
    wanted = ("Situation report", highlight, "nobody else was hurt.", " ".join(LEFT), " ".join(RIGHT), "Contacts")
    assert [words.index(part) for part in wanted] == sorted(words.index(part) for part in wanted)


SHORT_COLUMNS = [
    (("The governor told the council that the", "bridge had fallen. He put the displace-"),
     ("ment at 3,100 people, and said that no-", "body had come back."),
     "put the displacement at 3,100 people, and said that nobody had come back"),
    (("Soldiers drove eleven families from the", "hamlet, a teacher said, and burnt their"),
     ("barns. The colonel denied it, and spoke", "of two armed men who had fled."),
     "burnt their barns. The colonel denied it, and spoke of two armed men"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "whole"), SHORT_COLUMNS, ids=["a word parted", "a sentence parted"])
def test_columns_of_two_lines_are_parted_where_the_text_goes_over(
    left: tuple[str, ...], right: tuple[str, ...], whole: str
) -> None:
    head = at(60, 790, "The bridge of Orm", 16) + at(60, 765, "6 March 2026")
    words = " ".join(text(head + lines(*left, y=730) + lines(*right, x=320, y=730)).split())
    assert whole in words


def test_two_lines_of_names_and_what_they_are_stay_lines() -> None:
    told = lines("Commander of the post", "Speaker of the council", y=730) + lines("Colonel Ado Tal of Orm", "Mara Vell of the river", x=320, y=730)  # fmt: skip
    assert "Commander of the post Colonel Ado Tal of Orm" in " ".join(text(told).split())


def test_three_columns_are_read_one_after_the_other() -> None:
    third = tuple(line.replace("Uvira", "Bukavu").replace("four", "five") for line in LEFT)
    drawn = "".join(lines(*told, x=40 + 180 * n, y=700 - 5 * n, size=9) for n, told in enumerate((LEFT, RIGHT, third)))
    words = " ".join(text(drawn).split())
    assert words == " ".join((*LEFT, *RIGHT, *third))


@pytest.mark.parametrize("order", ["as read", "as it stands"])
def test_a_line_from_the_right_is_read_from_the_right(order: str) -> None:
    """Arabic, with a figure in it: each letter has its place, and files have them in either order."""
    told = "قال الجيش إن 14 رجلا قتلوا."
    letters = sorted(set(told) - set(" 14."))
    # Letters of one width stand for the Arabic ones.
    codes = dict(zip(letters, "abdeghnopqu", strict=True)) | {mark: mark for mark in " 14."}
    chars = "".join(f"<{ord(codes[one]):02x}><{ord(one):04x}>" for one in letters)
    maps = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00><ff> "
        f"endcodespacerange {len(letters)} beginbfchar {chars} endbfchar 1 beginbfrange <20><40><0020> endbfrange endcmap end end"
    )
    placed, x = [], 500.0
    for part in ("قال", " ", "الجيش", " ", "إن", " ", "14", " ", "رجلا", " ", "قتلوا", "."):
        for letter in part[::-1] if part == "14" else part:
            placed.append(at(x + (letter == ".") * 3, 700, codes[letter]))  # a narrow one
            x -= 6.2
    drawn = placed if order == "as read" else placed[::-1]
    assert read(pdf("".join(drawn), maps=maps)).text == told


def test_words_set_one_by_one_are_one_line() -> None:
    told, x = "", 60.0
    for word in "The army killed 14 men in Goma on Monday, the Congolese government said.".split():
        told += at(x, 780, word)
        x += 7.2 * len(word) + 4
    assert text(told) == "The army killed 14 men in Goma on Monday, the Congolese government said."


def test_bullets_are_one_paragraph_each() -> None:
    told = lines("Highlights", "\x95 9 March: fighters shelled Uvira, killing four civilians near the port", "of the town.",
                 "\x95 8 March: jets bombed Nyala, killing 14.")  # fmt: skip
    assert text(told).split("\n\n") == [
        "Highlights",
        "• 9 March: fighters shelled Uvira, killing four civilians near the port of the town.",
        "• 8 March: jets bombed Nyala, killing 14.",
    ]


def mapped(code: str, meaning: str) -> str:
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00><ff> "
        f"endcodespacerange 1 beginbfchar <{code}><{meaning}> endbfchar 1 beginbfrange <20><7e><0020> endbfrange endcmap end end"
    )


@pytest.mark.parametrize(
    ("meaning", "word", "wanted"),
    [("FB01", "\x01ghters", "fighters"), ("FB02", "con\x01ict", "conflict"), ("00660066", "o\x01ers", "offers"),
     ("0000", "\x01ghters", "fighters"), ("0000", "o\x01cers", "officers"), ("0000", "in\x01icted", "inflicted")],
)  # fmt: skip
def test_letters_that_were_cast_as_one_are_letters_again(meaning: str, word: str, wanted: str) -> None:
    document = read(pdf(at(60, 780, f"The {word} of both sides were told to leave."), maps=mapped("01", meaning)))
    assert document.text == f"The {wanted} of both sides were told to leave."
    assert document.provenance is not None
    assert bool(document.provenance.removed) == (meaning == "0000")


def test_rows_of_figures_are_left_and_told() -> None:
    rows = "".join(
        at(60, 700 - 14 * n, place) + at(260, 700 - 14 * n, dead) + at(400, 700 - 14 * n, hurt)
        for n, (place, dead, hurt) in enumerate(
            [("Place", "Killed", "Wounded"), ("Nyala", "14", "40"), ("Uvira", "4", "9")]
        )
    )
    document = read(pdf(lines("The army said that 14 people had been killed in Nyala on Monday.") + rows))
    assert "14 40" not in document.text
    assert document.provenance is not None
    assert "2 rows of figures in a table left out: Place, Killed, Wounded" in document.provenance.left


def test_a_row_whose_name_reaches_its_first_figure_is_a_row_of_the_table() -> None:
    rows = "".join(
        at(60, 700 - 14 * n, place) + at(x, 700 - 14 * n, dead) + at(400, 700 - 14 * n, hurt)
        for n, (place, x, dead, hurt) in enumerate([("Nyala", 170, "14", "40"), ("The town of Uvira", 170, "4", "9")])
    )
    document = read(pdf(lines("The army said that 14 people had been killed in Nyala on Monday.") + rows))
    assert "Uvira" not in document.text


def test_what_stands_at_the_head_of_every_page_is_no_text() -> None:
    pages = [lines("Situation report No. 7", f"Page {n} of 4", "", f"On day {n} the army fired on the town of Gao, its mayor said.") for n in range(1, 5)]  # fmt: skip
    document = read(pdf(*pages))
    assert "Situation report" not in document.text
    assert document.text.count("fired on the town") == 4


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_read_by_tesseract() -> None:
    import pypdfium2

    source = pypdfium2.PdfDocument(pdf(lines("The army said that 14 soldiers had been killed.", size=16, step=20)))
    picture = source[0].render(scale=200 / 72, grayscale=True)
    raw = b"".join(
        bytes(picture.buffer)[n * picture.stride : n * picture.stride + picture.width] for n in range(picture.height)
    )
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /Length {len(raw)} >>\nstream\n"
    ).encode() + raw + b"\nendstream"  # fmt: skip
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 30 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
        image,
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    document = read(bytes(out))
    assert "14 soldiers had been killed" in document.text
    assert document.provenance is not None
    assert document.provenance.method.startswith("tesseract ")
    assert "read from pictures by tesseract, which can misread figures" in document.provenance.left


def test_a_scan_without_tesseract_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.shutil, "which", lambda name: None)
    (found,) = reader.read(Capture("x.pdf", "x.pdf", pdf(""), now()), Options())
    assert isinstance(found, Failed)
    assert "a PDF without text, only pictures of it; run it through OCR" in str(found.error)
