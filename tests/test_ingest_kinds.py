"""Every kind of input, known by its bytes: the right text, title, date and outlet, and what is kept of its source."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import inputs
import standoff
from standoff import cli
from standoff.errors import InputError
from standoff.ingest import dates, outlets, pdf, reader
from standoff.ingest.capture import Options, from_file
from standoff.lexicon import load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANDOFF_FETCH_LOG", "")
    return tmp_path


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, list(args), input=stdin)


def documents() -> list[dict[str, object]]:
    return json.loads(run("documents", "--json").stdout)["documents"]


FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("text", inputs.text, "text"),
    ("markdown", inputs.markdown, "front"),
    ("html", inputs.page, "json-ld"),
    ("pdf", inputs.pdf, "text"),
    ("eml", inputs.mail, "mail"),
    ("eml", inputs.mail_in_html, "mail"),
    ("jsonl", inputs.jsonl, "column"),
    ("csv", inputs.csv, "column"),
    ("warc", inputs.warc, "json-ld"),
    ("warc", inputs.warc_gz, "json-ld"),
    ("wacz", inputs.wacz, "json-ld"),
    ("feed", inputs.rss, "feed"),
    ("feed", inputs.atom, "feed"),
    ("feed", inputs.json_feed, "feed"),
]


@pytest.mark.parametrize(("kind", "make", "method"), FILES, ids=[make.__name__ for _, make, _ in FILES])
def test_an_input_of_each_kind_is_known_by_its_bytes(
    folder: Path, kind: str, make: Callable[[], bytes], method: str
) -> None:
    (folder / "unnamed").write_bytes(make())
    assert reader.recognise(from_file(folder / "unnamed"), Options()).kind == kind
    result = run("add", "unnamed", "--offline")
    assert result.exit_code == 0, result.stderr
    (found,) = documents()
    assert found["title"] == inputs.TITLE
    assert found["published"] == inputs.DAY
    assert found["provenance"]["date_method"] == method
    text = str(found["text"])
    assert all(line in " ".join(text.split()) for line in inputs.PARAGRAPHS)
    assert text.count(inputs.TITLE) == 1
    assert len(text) < len(inputs.WHOLE) + 40  # nothing of the wrapping has come along
    if kind not in {"text", "pdf"}:
        assert found["outlet"] == inputs.OUTLET
    claims = [json.loads(line) for line in run("claims").stdout.splitlines()]
    assert {"ACCUSE", "REJECT", "REQUEST"} <= {claim["event"] for claim in claims}
    assert all(text[c["start"] : c["end"]] == c["event_text"] for c in claims)


@pytest.mark.parametrize("make", [make for _, make, _ in FILES], ids=[make.__name__ for _, make, _ in FILES])
def test_the_same_again_changes_nothing(folder: Path, make: Callable[[], bytes]) -> None:
    (folder / "unnamed").write_bytes(make())
    run("add", "unnamed", "--offline")
    before = run("documents", "--jsonl").stdout, run("claims").stdout
    again = run("add", "unnamed", "--offline")
    assert again.stdout == "added 0, known 1\n"
    assert (run("documents", "--jsonl").stdout, run("claims").stdout) == before


def test_standard_input_may_be_of_any_kind(folder: Path) -> None:
    assert run("add", "-", stdin=inputs.page()).exit_code == 0
    (found,) = documents()
    assert (found["id"], found["title"], found["url"]) == ("stdin", inputs.TITLE, inputs.URL)


def test_a_folder_is_read_through(folder: Path) -> None:
    inside = folder / "reports" / "2018"
    inside.mkdir(parents=True)
    (inside / "a.html").write_bytes(inputs.page())
    (inside / "b.pdf").write_bytes(inputs.pdf())
    (folder / "reports" / "c.txt").write_bytes(inputs.text())
    (folder / "reports" / ".hidden").write_bytes(inputs.text())
    (folder / "reports" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("add", "reports")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "broken.png: a PNG image, not text; " in result.stderr
    assert {d["id"] for d in documents()} == {"a", "b", "c"}


def test_what_is_kept_of_a_source(folder: Path) -> None:
    import hashlib

    (folder / "saved.html").write_bytes(inputs.page())
    run("add", "saved.html")
    (found,) = documents()
    kept = found["provenance"]
    assert kept["sha256"] == hashlib.sha256(inputs.page()).hexdigest()
    assert kept["method"].startswith("trafilatura 2.")
    assert (kept["encoding_declared"], kept["encoding"]) == ("utf-8", "utf-8")
    assert kept["date_bounds"] == [inputs.DAY, inputs.DAY]
    assert (found["author"], found["domain"], found["url"]) == ("Example Desk", "example.org", inputs.URL)
    assert found["captured"]


def test_an_archive_gives_the_time_and_the_head_of_its_capture(folder: Path) -> None:
    (folder / "crawl").write_bytes(inputs.warc_gz())
    run("add", "crawl")
    (found,) = documents()
    assert found["captured"] == "2018-11-27T01:02:03+00:00"
    assert ["content-type", "text/html; charset=utf-8"] in found["provenance"]["headers"]
    assert found["provenance"]["chain"] == [inputs.URL]
    assert str(found["id"]).startswith("example.org-kerch-strait-")


# ------------------------------------------------------------------------- tables


def test_columns_can_be_named(folder: Path) -> None:
    (folder / "export.csv").write_text(f"Nummer;Bericht;Blatt\n7;{inputs.PARAGRAPHS[0]};Example Wire\n")
    refused = run("add", "export.csv", "--column", "text=Report")
    assert refused.exit_code == 1
    assert "a table without a column for text or address; name the columns: --column text=NAME" in refused.stderr
    assert run("add", "export.csv", "--column", "text=Bericht", "--column", "outlet=Blatt").exit_code == 0
    assert [(d["text"], d["outlet"]) for d in documents()] == [(inputs.PARAGRAPHS[0], inputs.OUTLET)]
    assert run("add", "export.csv", "--column", "colour=Blatt").exit_code == 2


def test_rows_that_cannot_be_read_are_named_and_the_rest_go_on(folder: Path) -> None:
    lines = ["{", "[]", json.dumps({"title": "no text"}), json.dumps({"url": "ftp://x.org/a"}), "[" * 100_000]
    (folder / "r.jsonl").write_bytes(inputs.jsonl() + "\n".join(lines).encode())
    result = run("add", "r.jsonl")
    assert result.exit_code == 3
    assert [line.partition("; ")[0] for line in result.stderr.splitlines()] == [
        "standoff: r.jsonl: line 2: not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))",
        "standoff: r.jsonl: line 3: no object with fields",
        "standoff: r.jsonl: line 4: neither a text nor an address",
        "standoff: r.jsonl: line 5: no web address: ftp://x.org/a",
        "standoff: r.jsonl: line 6: nested too deep",
    ]
    failed = json.loads(run("documents", "--failed", "--json").stdout)["failures"]
    assert [one["source"] for one in failed] == [f"r.jsonl: line {n}" for n in range(2, 7)]


def test_a_list_of_links_needs_the_network(folder: Path) -> None:
    (folder / "links").write_text(f"# to read\n{inputs.URL}\n")
    assert reader.recognise(from_file(folder / "links"), Options()).kind == "list"
    result = run("add", "links", "--offline")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr
        == f"standoff: {inputs.URL}: not fetched: this run is offline; leave out --offline, or save the page and add the file\n"
    )


def test_a_report_that_begins_like_a_table_is_a_report(folder: Path) -> None:
    text = "Text, lies and a ceasefire.\nThe army said ten soldiers had been killed near the border on Monday."
    (folder / "r").write_text(text)
    assert reader.recognise(from_file(folder / "r"), Options()).kind == "text"


# ------------------------------------------------------------ archives, mails, PDFs


def test_a_torn_archive_is_read_up_to_the_tear(folder: Path) -> None:
    whole = inputs.warc_record(inputs.page()) + inputs.warc_record(
        inputs.page(title="Another report"), inputs.URL + "2"
    )
    (folder / "torn").write_bytes(whole[:-400])
    result = run("add", "torn")
    assert [d["title"] for d in documents()][:1] == [inputs.TITLE]
    assert "Traceback" not in result.stderr


def test_pictures_and_errors_in_an_archive_are_passed_over(folder: Path) -> None:
    records = inputs.warc_record(b"\x89PNG", inputs.URL + "a.png", kind="image/png") + inputs.warc()
    records += inputs.warc_record(b"", inputs.URL + "b").replace(b"200 OK", b"404 No")
    (folder / "w").write_bytes(records)
    result = run("add", "w")
    assert (result.exit_code, len(documents())) == (0, 1)


def test_an_entry_that_leads_out_of_a_wacz_leads_nowhere(folder: Path) -> None:
    (folder / "evil.wacz").write_bytes(inputs.wacz("archive/../../evil.warc.gz"))
    result = run("add", "evil.wacz")
    assert result.exit_code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["evil.wacz"]


def test_lines_of_a_page_are_put_together() -> None:
    lines = (
        "STATEMENT ON LYMAN",
        "The army said on Monday evening that its for-",
        "ces had taken the whole of the town of Lyman",
        "after a week of fighting.",
        "It gave no figures at all for its own or for",
        "",
        "8",
        "",
        "any other losses, and named no commanders.",
        "• Roads are closed.",
    )
    assert pdf.unwrap("\n".join(lines)).split("\n\n") == [
        "STATEMENT ON LYMAN",
        "The army said on Monday evening that its forces had taken the whole of the town of Lyman after a week of fighting.",
        "It gave no figures at all for its own or for any other losses, and named no commanders.",
        "• Roads are closed.",
    ]


def test_a_pdf_of_pictures_is_named(folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(inputs.pdf(("",)))
    assert "a PDF without text, only pictures of it; run it through OCR" in run("add", "scan.pdf").stderr


# ------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-05-08", date(2025, 5, 8)),
        ("2025-05-08T23:30:00-10:00", date(2025, 5, 8)),
        ("20250508", date(2025, 5, 8)),
        ("Thu, 08 May 2025 10:00:00 GMT", date(2025, 5, 8)),
        ("May 8, 2025", date(2025, 5, 8)),
        ("10:32 AM EDT, Thu May 8, 2025", date(2025, 5, 8)),
        ("   10:32 EDT, Thu May 8, 2025", date(2025, 5, 8)),
        ("10:32 AM EDT, Fri May 8, 2025", None),  # it was a Thursday
        ("08-May-2025", date(2025, 5, 8)),
        ("8-May-25", None),  # the 8th, or 2008
        (1746698400, date(2025, 5, 8)),
        (1746698400000, date(2025, 5, 8)),
        ("08/05/2025", None),  # August or May
        ("2025-02-30", None),
        ("May 32, 2025", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        (0, None),
        ("1970-01-01T00:00:00Z", date(1970, 1, 1)),
        (10**20, None),
        (True, None),
        ("", None),
    ],
)
def test_dates_of_machines(written: object, day: date | None) -> None:
    assert dates.iso_day(written) == day


@pytest.mark.parametrize(
    ("head", "url", "day", "how", "bounds"),
    [
        ("", "https://x.org/a", "2018-11-26", "json-ld", ["2018-11-26", "2018-11-26"]),
        ('<meta property="article:published_time" content="2018-11-25">', "https://x.org/a", "2018-11-26", "json-ld", ["2018-11-25", "2018-11-26"]),
        ("", "https://x.org/2018/11/24/a", "2018-11-26", "json-ld", ["2018-11-24", "2018-11-26"]),
    ],
)  # fmt: skip
def test_where_dates_of_a_page_part_all_are_kept(
    folder: Path, head: str, url: str, day: str, how: str, bounds: list[str]
) -> None:
    (folder / "p.html").write_bytes(inputs.page(head=head))
    run("add", "p.html", "--url", url)
    (found,) = documents()
    assert (found["published"], found["provenance"]["date_method"], found["provenance"]["date_bounds"]) == (
        day,
        how,
        bounds,
    )


@pytest.mark.parametrize("poison", ["9999-01-01", "0001-01-01", "2040-01-01", "1899-12-31", "2018-13-01", "soon"])
def test_a_poisoned_date_is_no_date(folder: Path, poison: str) -> None:
    (folder / "p.html").write_bytes(inputs.page().replace(f"{inputs.DAY}T08:30:00+02:00".encode(), poison.encode()))
    run("add", "p.html", "--url", "https://x.org/a")
    (found,) = documents()
    assert found["published"] in {None, inputs.DAY}
    assert found["provenance"]["date_method"] != "json-ld"


def test_what_the_user_says_goes_before_all(folder: Path) -> None:
    (folder / "p.html").write_bytes(inputs.page())
    run(
        "add",
        "p.html",
        "--published",
        "2018-12-01",
        "--outlet",
        "My Paper",
        "--url",
        "https://a.org/x",
        "--doc-id",
        "mine",
    )
    (found,) = documents()
    assert (found["id"], found["published"], found["outlet"], found["url"]) == (
        "mine",
        "2018-12-01",
        "My Paper",
        "https://a.org/x",
    )
    assert found["provenance"]["date_method"] == "given"


# ----------------------------------------------------------- what is not to be seen


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\u00ad", "\u200f", "\ufeff", "\x07", "\U000e0041"])
def test_what_cannot_be_seen_is_taken_out_and_noted(folder: Path, mark: str) -> None:
    (folder / "r.txt").write_text(
        f"The army said 6{mark}2 soldiers were killed near Odesa on Monday.", encoding="utf-8"
    )
    document = standoff.read("r.txt")
    assert document.text == "The army said 62 soldiers were killed near Odesa on Monday."
    assert document.provenance is not None
    assert document.provenance.removed == ((f"U+{ord(mark):04X}", 1),)
    (claim,) = standoff.extract(document)
    assert [count.low for count in claim.counts] == [62]


# -------------------------------------------------------------- outlets and versions


def test_every_outlet_is_known_by_its_example() -> None:
    for entry in load("outlets")["outlet"]:
        found = outlets.known(entry["example"].split("/")[2])
        assert found == outlets.Outlet(entry["name"], entry.get("country"))


@pytest.mark.parametrize(
    "look_alike", ["https://www.dаwn.com/a", "https://dawn.com.evil.org/a", "https://dawn-com.org/a"]
)
def test_who_only_looks_like_an_outlet_is_not_it(folder: Path, look_alike: str) -> None:
    (folder / "p.html").write_bytes(inputs.page())
    run("add", "p.html", "--url", look_alike)
    (found,) = documents()
    assert found["outlet"] == inputs.OUTLET  # what the page says of itself; not the outlet of the table
    assert str(found["domain"]).isascii()
    assert found["domain"] != "dawn.com"
    assert outlets.known("www.dawn.com") == outlets.Outlet("Dawn", "PAK")


def test_a_changed_page_is_a_new_version_beside_the_old(folder: Path) -> None:
    (folder / "p.html").write_bytes(inputs.page())
    run("add", "p.html")
    (folder / "p.html").write_bytes(inputs.page().replace(b"six sailors", b"seven sailors"))
    result = run("add", "p.html")
    assert result.exit_code == 0, result.stderr
    old, new = documents()
    assert (old["id"], str(new["id"]).startswith("p-")) == ("p", True)
    assert "seven sailors" in run("versions", "--jsonl").stdout
    assert run("versions", "--csv").exit_code == 0


def test_another_ingester_joins_by_its_entry_point(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    entry = EntryPoint("telegram", "test_ingest_kinds:Telegram", reader.GROUP)
    monkeypatch.setattr(reader, "entry_points", lambda group: [entry])
    reader.ingesters.cache_clear()
    try:
        (folder / "t").write_bytes(b"TELEGRAM\n" + inputs.PARAGRAPHS[0].encode())
        assert standoff.read("t").text == inputs.PARAGRAPHS[0]
    finally:
        monkeypatch.undo()
        reader.ingesters.cache_clear()


class Telegram:
    """An ingester as another package would bring it."""

    kind = "telegram"

    def recognises(self, capture: object) -> bool:
        return capture.head().startswith(b"TELEGRAM\n")  # type: ignore[attr-defined]

    def read(self, capture: object, options: object):  # type: ignore[no-untyped-def]
        yield capture.part("post", capture.whole(1000).partition(b"\n")[2])  # type: ignore[attr-defined]


def test_several_reports_are_too_many_for_read(folder: Path) -> None:
    (folder / "two").write_bytes(inputs.jsonl() + inputs.jsonl().replace(b"three", b"four"))
    with pytest.raises(InputError, match=r"holds several reports; read them with standoff\.read_all"):
        standoff.read("two")
    assert [type(one).__name__ for one in standoff.read_all("two")] == ["Document", "Document"]


def test_the_same_words_in_two_files_are_named_as_one_voice(folder: Path) -> None:
    for day in ("2026-03-05", "2026-03-09"):
        (folder / day).mkdir()
        (folder / day / f"raid {day}.txt").write_text(
            "Raiders killed 8 people at Djibo on Monday, two residents said.\n"
        )
    result = run("add", "2026-03-05", "2026-03-09")
    assert "word for word the same as raid 2026-03-05: one voice, not two" in result.output


@pytest.mark.parametrize(
    ("text", "published", "how", "said"),
    [
        ("Monitor AFP Sunday 18 Sep 2016 Sixty soldiers were killed in the strike, a monitor said.", "2016-09-18", "text", True),
        ("Date of publication 3 October 2017 Coalition planes hit a well in the city, a monitor said.", "2017-10-03", "text", True),
        ("Published July 27 2016 A twin bombing struck a crowd in the town on Wednesday.", "2016-07-27", "text", True),
        ("TALVAR, 11 September 2016 - Shells struck the town on Sunday.", "2016-09-12", "column", False),
        ("The army said Sunday 4 September 2016 was the worst day. Shells struck the town.", "2016-09-12", "column", False),
        ("TALVAR, 11 September 2244 - Shells struck the town on Sunday.", "2016-09-12", "column", False),
        ("Shells struck the town on Sunday.", "2016-09-12", "column", False),
    ],
)  # fmt: skip
def test_the_day_that_a_report_gives_itself_stands_before_that_of_a_table(
    folder: Path, text: str, published: str, how: str, said: bool
) -> None:
    (folder / "r.csv").write_text(f'id,date,text\na,2016-09-12,"{text}"\n', encoding="utf-8")
    run("add", "r.csv")
    (found,) = documents()
    assert (found["published"], found["provenance"]["date_method"]) == (published, how)
    left = "the day that the table gives, which is another than its own: 12 September 2016"
    assert (left in found["provenance"].get("left", [])) is said
