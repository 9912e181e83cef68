"""Reading and coding have a clock, a memory and a sentence bound: what breaks them is set aside, and the others go on."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import inputs
import kerch
import standoff
from conftest import document
from standoff import cli, coding
from standoff.errors import InputError, ModelError, SettingsError
from standoff.ingest import bounded, child, reader
from standoff.ingest.capture import Capture, Failed, Options, from_file, now
from standoff.ingest.child import Child
from standoff.ingest.feed import Feed
from standoff.ingest.html import Html
from standoff.language import pipeline
from standoff.model import Document
from standoff.settings import Settings

TEXT = "Sudan's army said on Monday that the Rapid Support Forces shelled a market in Omdurman, killing 12 people."
MODEL = Settings().model


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "c.txt").write_text(TEXT.replace("12", "15"))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that stops what is longer than these reports."""
    monkeypatch.setattr(coding, "seconds", lambda document: 1.0 if len(document.text) > 1_000 else 20.0)


@pytest.mark.usefixtures("hurried")
def test_what_takes_too_long_to_code_is_set_aside(folder: Path) -> None:
    (folder / "b.txt").write_text(f"{TEXT}\n" * 2_000)
    result = run("extract", "a.txt", "b.txt", "c.txt", "--csv")
    assert result.exit_code == 3
    assert result.stderr.startswith("standoff: b.txt: took more than 1 seconds to code; ")
    assert result.stdout.count("killing 1") == 2
    result = run("add", ".", "--store", "a.db")
    assert result.exit_code == 3
    assert "added 2, failed 1" in result.stdout
    with standoff.open_store("a.db") as store:
        assert [(one.source, one.why) for one in store.intake.failures()] == [
            ("b.txt", "took more than 1 seconds to code")
        ]
    result = run("extract", "b.txt", "c.txt", "--statements", "--jsonl")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("the army attacked the rebels and " * 1_000, "a sentence of more than 12,000 characters at character 0"),
        (f"{TEXT} " + "Aleppo, " * 2_000, "a sentence of more than 12,000 characters at character 106"),
        ("He said. " * 9_000, "more than 8,000 sentences"),
    ],
)
def test_a_sentence_that_no_writer_writes_is_refused(text: str, says: str, folder: Path) -> None:
    (folder / "b.txt").write_text(text)
    begun = time.process_time()
    result = run("extract", "b.txt", "a.txt")
    assert time.process_time() - begun < 5
    assert result.exit_code == 3
    assert says in result.stderr


def test_coding_apart_gives_what_coding_here_gives() -> None:
    for one in kerch.documents():
        assert coding.claims(one, MODEL) == standoff.extract(one)
        assert coding.statements(one, MODEL) == standoff.statements(one)


def test_what_the_child_refuses_is_said_as_it_says_it() -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline of this name"):
        coding.claims(Document("x", TEXT, "0"), "none_such")
    with pytest.raises(InputError, match="not English"):
        coding.claims(Document("x", TEXT, "0", language="fr"), MODEL)


KINDS = ("text", "markdown", "page", "pdf", "mail", "mail_in_html", "jsonl", "csv", "warc", "warc_gz", "wacz", "rss",
         "atom", "json_feed", "sitemap")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_reading_apart_gives_what_reading_here_gives(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    (folder / "report").write_bytes(getattr(inputs, kind)())
    for capture in (from_file("report"), Capture("x", "y", (folder / "report").read_bytes(), now())):
        here, apart = list(reader.read(capture, Options())), list(bounded.read(capture, Options()))
        assert here
        assert apart == here
        for one, other in zip(here, apart, strict=True):
            if isinstance(one, Document):
                assert isinstance(other, Document)
                assert (one.provenance, one.captured) == (other.provenance, other.captured)


@pytest.mark.parametrize("name", ["page", "feed"])
def test_forty_empty_comments_hang_nothing(name: str) -> None:
    data = b"<!---->" * 1_000 + (inputs.page() if name == "page" else inputs.rss())
    begun = time.process_time()
    for comments in (b"<!---->" * 40, b"<!-- a -->\n" * 300, b"<?a?>" * 200, b"<!-->" * 40):
        capture = Capture("x", "x", comments + (inputs.page() if name == "page" else inputs.rss()), now())
        assert (Html() if name == "page" else Feed()).recognises(capture)
    list(reader.read(Capture("x", "x", data, now()), Options()))
    assert time.process_time() - begun < 4


# -- the child ---------------------------------------------------------------------------------------------------------


def test_what_came_before_the_end_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))))
    one = Child("test_bounded")  # loaded before its clock runs
    for function, says in (
        ("hangs", "took more than 1 seconds"),
        ("dies", "broke the program"),
        ("grows", "memory"),
        ("starves", "memory"),
    ):
        found = one.each(f"test_bounded:{function}", "x", b"", seconds=1, megabytes=300)
        assert [next(found), next(found)] == [(0, b"body"), (1, b"body")]
        with pytest.raises(InputError, match=says):
            next(found)
    with pytest.raises(SettingsError, match="a: b; c"):
        list(one.each("test_bounded:settings", "x", b"", seconds=1, megabytes=300))
    assert list(one.each("test_bounded:two", "x", b"", seconds=1, megabytes=300)) == [(0, b"body"), (1, b"body")]


def test_an_answer_that_nobody_waited_for_is_not_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))))
    one = Child()
    hear = Child._hear

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Child, "_hear", interrupted)
    with pytest.raises(KeyboardInterrupt):
        one.call("test_bounded:said", "x", b"first", seconds=5, megabytes=300)
    monkeypatch.setattr(Child, "_hear", hear)
    assert one.call("test_bounded:said", "x", b"second", seconds=5, megabytes=300) == "second"


def said(data: bytes) -> str:
    return data.decode()


def test_one_that_is_in_the_middle_of_something_is_left_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))))
    some = child.Children()
    pairs = [
        (outer, [inner for inner, _ in some.each("test_bounded:two", "x", b"", seconds=5, megabytes=300)])
        for outer, _ in some.each("test_bounded:two", "x", b"", seconds=5, megabytes=300)
    ]
    assert pairs == [(0, [0, 1]), (1, [0, 1])]
    first = some.each("test_bounded:two", "x", b"", seconds=5, megabytes=300)
    assert next(first) == (0, b"body")
    first.close()  # type: ignore[attr-defined]
    assert len(list(some.each("test_bounded:two", "x", b"", seconds=5, megabytes=300))) == 2


def test_a_row_that_cannot_be_read_ends_no_table(folder: Path) -> None:
    (folder / "t.csv").write_text(f'id,text\none,"{TEXT}"\ntwo,"{"x" * 5_000}"\nthree,"{TEXT.replace("12", "13")}"\n')
    found = list(bounded.read(from_file("t.csv"), Options()))
    assert [type(one) for one in found] == [Document, Failed, Document]


def two(data: bytes):  # type: ignore[no-untyped-def]
    yield from ((number, b"body") for number in range(2))


def hangs(data: bytes):  # type: ignore[no-untyped-def]
    yield from two(data)
    while True:
        pass


def dies(data: bytes):  # type: ignore[no-untyped-def]
    yield from two(data)
    os.abort()


def grows(data: bytes):  # type: ignore[no-untyped-def]
    yield from two(data)
    bytearray(2_000_000_000)


def starves(data: bytes):  # type: ignore[no-untyped-def]
    yield from two(data)

    def no_memory(*_: object) -> None:
        raise MemoryError

    sys.modules["__main__"]._send = no_memory  # type: ignore[attr-defined]
    raise MemoryError


def settings(data: bytes):  # type: ignore[no-untyped-def]
    raise SettingsError("a", "b", "c")
    yield


# -- growth ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["he said ", "12 ", "12 people were killed, ", "the army attacked the rebels and "])
def test_what_coding_takes_grows_as_the_text_does(unit: str) -> None:
    """Four times as long takes about four times as long, where it took thirty times (``benchmarks/growth.py`` has more)."""

    def seconds(size: int) -> float:
        made = Document("growth", (unit * size)[:size], "0")
        begun = time.process_time()
        standoff.extract(made)
        return time.process_time() - begun

    seconds(500)
    assert seconds(4_800) < 12 * seconds(1_200)


@pytest.mark.parametrize(
    ("unit", "most"),
    [("• 3 killed in Aleppo\n", 4.5), ("“The army shelled Kharkiv. ", 4.9),
     ("Russia shelled Lyman on Monday, killing 3. ", 5.5)],
)  # fmt: skip
def test_what_is_looked_at_grows_as_the_text_does(unit: str, most: float) -> None:
    """The calls that coding makes, which no busy machine changes: of four times the text about four times as many."""

    def calls(size: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(standoff.extract, Document("growth", (unit * size)[:size], "0"))
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(500)
    assert calls(6_000) < most * calls(1_500)


def test_a_word_of_brackets_without_end_is_cut_and_keeps_its_letters() -> None:
    text = f"{TEXT} {'(' * 30_000}the army attacked{')' * 30_000} {TEXT}"
    nlp = pipeline.load()
    begun = time.process_time()
    words = pipeline._tokens(nlp, text)
    assert time.process_time() - begun < 5
    assert words.text == text
    assert [t.text for t in words[: len(nlp.make_doc(TEXT))]] == [t.text for t in nlp.make_doc(TEXT)]
    assert [t.text for t in pipeline._tokens(nlp, TEXT)] == [t.text for t in nlp.make_doc(TEXT)]


def test_a_sentence_without_end_is_cut_at_a_comma_and_one_of_a_writer_is_not() -> None:
    long = "The army said that " + "its men, who had come from the north, and others " * 15 + "had left the town."
    endless = "Aleppo, Kharkiv, Goma, Mosul, " * 100
    annotated = pipeline.annotate(document(f"{long}\n\n{endless}\n\n{TEXT}"))
    first, *rest = annotated.sents
    assert first.text.strip() == long
    cut = [s for s in rest if "Aleppo" in s.text or "Goma" in s.text]
    assert len(cut) > 2
    assert all(len(s) < 230 and s.text.rstrip().endswith(",") for s in cut)
    assert TEXT in annotated.text
    assert any(s.text.strip() == TEXT for s in rest)


def _zip(*texts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    return held.getvalue()


def test_a_container_has_one_time_for_all_that_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    truly, told = bounded.level, 0

    def timed(capture: Capture, options: Options, took: child.Took) -> Iterator[object]:
        """As it reads, with a tenth of a second for whatever the child tells a time of: how busy the machine is stays out."""

        def tell(seconds: float) -> None:
            nonlocal told
            told += seconds > 0
            took(0.1)

        return truly(capture, options, tell)

    monkeypatch.setattr(bounded, "level", timed)
    capture = Capture("z.zip", "z.zip", _zip(*(TEXT.replace("12", str(n)) for n in range(20, 220))), now())
    assert len(list(bounded.read(capture, Options()))) == 200
    assert told >= 200
    *read, left = bounded.read(capture, Options(altogether=8.0))
    assert 0 < len(read) < 80
    assert isinstance(left, Failed)
    assert str(left.error).startswith(
        "z.zip: what it holds took more than 8 seconds to read; the rest of it was not read"
    )


def test_files_that_are_refused_for_their_time_end_their_container(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(capture: Capture, options: Options, took: child.Took) -> Iterator[Capture]:
        if capture.depth < 2:  # files in an archive in an archive
            yield from (capture.part(f"{n}", b"x") for n in range(1_000))
        else:
            took(options.seconds)
            raise InputError(capture.name, "took more than 8 seconds to read")

    monkeypatch.setattr(bounded, "level", slow)
    found = list(bounded.read(Capture("z", "z", b"x", now()), Options()))
    assert all(isinstance(one, Failed) for one in found)
    assert len(found) == bounded.FILES + 2  # the one that is too many, and what is left
    assert "the rest of it was not read" in str(found[-1])
