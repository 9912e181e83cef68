"""The documentation builds without a warning, its code runs, and its tutorial shows what the program prints."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff import cli
from standoff.store import Store

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs")
    into = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", into],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return into


def test_the_site_is_built_without_a_warning_and_fetches_nothing(site: Path) -> None:
    fetched = re.compile(
        r'<(?:script|img|iframe)[^>]+src="(https?:)?//|<link[^>]+rel="(?:stylesheet|preload)"[^>]+href="(https?:)?//'
    )
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    assert [page for page in pages if fetched.search(page.read_text(encoding="utf-8"))] == []


def test_the_generated_pages_say_what_the_code_says(site: Path) -> None:
    commands = (site / "reference" / "commands" / "index.html").read_text(encoding="utf-8")
    assert "standoff export" in commands
    assert "standoff sources add" in commands
    assert "--policy" in commands
    codebook = (site / "reference" / "codebook" / "index.html").read_text(encoding="utf-8")
    assert "besiege" in codebook
    assert "heavy-weapons" in codebook
    python = (site / "reference" / "python" / "index.html").read_text(encoding="utf-8")
    assert "half-open range of code points" in python


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_store: Store) -> Path:
    """A folder as a reader of the guides has it: a report, some reports, a store."""
    folder = tmp_path / "desk"
    (folder / "reports").mkdir(parents=True)
    source = ROOT / "tests" / "kerch"
    for text in source.glob("*.txt"):
        shutil.copy(text, folder / "reports")
    shutil.copy(source / "wire.txt", folder / "report.txt")
    sample_store.close()
    shutil.copy(sample_store.name, folder / "crisis.db")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda p: p.stem)
def test_the_code_of_a_page_runs(page: Path, desk: Path) -> None:
    program = "\n".join(blocks(page, "python"))
    (desk / "page.py").write_text(f"if __name__ == '__main__':\n{indented(program)}", encoding="utf-8")
    done = subprocess.run([sys.executable, "page.py"], cwd=desk, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def indented(program: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in program.split("\n"))


def test_the_sql_of_the_pages_runs(desk: Path) -> None:
    held = [query for page in PAGES for query in blocks(page, "sql")]
    assert held
    with sqlite3.connect("crisis.db") as connection:
        for query in held:
            assert connection.execute(query).fetchall()


def test_the_tutorial_shows_what_the_program_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    import sample_site

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANDOFF_ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("STANDOFF_PAUSE", "0")
    monkeypatch.setenv("STANDOFF_FETCH_LOG", "")
    shown = 0
    with sample_site.served(8765) as base:
        Path("links.csv").write_text(sample_site.links(base), encoding="utf-8")
        for block in blocks(DOCS / "tutorial.md", "console"):
            output = ""
            for line in block.splitlines():
                if line.startswith("$ standoff "):
                    done = CliRunner().invoke(cli.app, line.split()[2:])
                    assert done.exit_code in (0, 3), done.output
                    output = done.stdout
                else:
                    assert _printed(line.rstrip(), output), line
                    shown += 1
    assert shown > 10


def _printed(line: str, output: str) -> bool:
    """Whether a line is printed, the size of a file but for a hundredth of it: the last digits of a likelihood, and so how many
    there are, differ from processor to processor."""
    told = re.fullmatch(r"(.*) ([\d,]+) bytes", line)
    if told is None:
        return line in output
    wanted = int(told[2].replace(",", ""))
    sizes = re.findall(rf"{re.escape(told[1])} ([\d,]+) bytes", output)
    return any(abs(int(one.replace(",", "")) - wanted) <= wanted / 100 for one in sizes)


def test_every_command_on_a_page_is_one(desk: Path) -> None:
    help_page = CliRunner().invoke(cli.app, ["--help"]).stdout
    for page in [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        for line in re.findall(r"^\$? ?standoff ([a-z]+)", page.read_text(encoding="utf-8"), re.M):
            if line not in ("reads", "evaluate"):
                assert f"│ {line} " in help_page, (page.name, line)


def test_the_notebook_runs(tmp_path: Path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.read(DOCS / "notebook.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "outputs are made, not kept"
    ran = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": ROOT / "docs"}}
    )
    ran.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs), "a plot"
    tables = "".join(output.get("data", {}).get("text/html", "") for output in outputs)
    # Which figures are read is another test's: here both sides stand in the table of disputes.
    assert re.search(r"<td>Armenia</td>\s*<td>", tables)
    assert re.search(r"<td>Azerbaijan</td>\s*<td>", tables)
