"""Reports of an evaluation for the eye, for programs, and for the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from standoff.errors import InputError
from standoff.evaluate.report import Report, Table, markdown
from standoff.printable import printable

BEGIN = "<!-- figures: begin -->"
END = "<!-- figures: end -->"


def draw(report: Report, console: Console, *, by_type: bool = False, misses: bool = False) -> None:
    """Print a report: its tables, those by type where asked, and every miss with its sentence."""
    lines = [Text(report.name, style="bold") + Text(f"  {report.size}", style="dim"), Text()]
    for table in _tables(report, by_type):
        lines += [Text(table.title, style="italic")]
        _print(console, *lines, _grid(table), Text())
        lines = []
    # A miss is one line whatever its length, so that grep and sort can work on it.
    for miss in report.misses if misses else ():
        console.file.write(printable(miss.replace("\n", " ")) + "\n")
    if misses:
        console.file.write("\n")


def record(report: Report, *, by_type: bool = False, misses: bool = False) -> dict[str, object]:
    """A report as one JSON object."""
    return {
        "corpus": report.path,
        "kind": report.kind,
        "fingerprint": report.fingerprint,
        "limit": report.limit,
        "figures": dict(report.figures),
        "tables": {table.title: _rows(table) for table in _tables(report, by_type)},
        **({"misses": list(report.misses)} if misses else {}),
    }


def _rows(table: Table) -> list[dict[str, str]]:
    return [{"name": name, **dict(zip(table.columns[1:], rest, strict=True))} for name, *rest in table.rows]


def write_markdown(reports: Iterable[Report], file: Path) -> None:
    """Put the tables between the two marks of a Markdown file; what stands around them is left. A new file is made.

    Raises:
        InputError: the file has no such marks.
    """
    body = f"{BEGIN}\n\n{markdown(reports)}\n{END}"
    if not file.exists():
        file.write_text(f"# Accuracy\n\n{body}\n", encoding="utf-8")
        return
    before, begin, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InputError(str(file), "has no place for the tables", f"mark it by the lines {BEGIN} and {END}")
    file.write_text(before + body + after, encoding="utf-8")


def _tables(report: Report, by_type: bool) -> tuple[Table, ...]:
    return report.tables + (report.by_type if by_type else ())


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
    for number, name in enumerate(table.columns):
        grid.add_column(name, justify="right" if number else "left", no_wrap=True)
    for row in table.rows:
        grid.add_row(*row)
    return grid


def _print(console: Console, *parts: Text | Grid) -> None:
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    # A table fills its lines with spaces, which a file has no use for.
    console.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))
