"""The head of a table: which line it is, what parts its cells, and which of our fields its columns hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.ingest import exports
from standoff.ingest.capture import HEAD, Capture, Options
from standoff.ingest.record import WORDY, known_fields

_HEAD_LINES = 15
"""Lines at the top of a table in which its head is looked for."""
_SEPARATOR = re.compile(r"sep=(\\t|[,;|\t])", re.I)
"""Excel's own line before a table."""


@dataclass(frozen=True)
class Head:
    """The first line of a table that names its columns."""

    names: tuple[str, ...]
    separator: str
    skipped: int = 0
    """Lines in front of it: ``sep=;``, a title."""
    above: tuple[str, ...] = ()
    """What these say, in words."""

    def called(self, name: str) -> str | None:
        """A column as the table writes it."""
        return next((one for one in self.names if one.strip().lower() == name), None)


def head_of(capture: Capture, separators: str = ",;\t|") -> Head:
    """The head, parted as most of its cells ask for."""
    words = _head_words(capture)
    skipped = 0
    line = _first_row(words)
    if (said := _SEPARATOR.fullmatch(line.strip(" \r"))) is not None:
        separators, skipped = said.group(1).replace("\\t", "\t"), 1
        line = _first_row(words.partition("\n")[2])
    if skipped == 0 and (lower := _lower_head(capture, separators)) is not None:
        return lower
    best = Head((line,), separators[0], skipped)
    for separator in separators:
        cells = _cells(line, separator)
        if len(cells) > len(best.names) or (len(cells) == len(best.names) == 1 and separator == separators[0]):
            best = Head(tuple(cells), separator, skipped)
    return best


def _first_row(words: str) -> str:
    """The first line, and what it goes on with where it ends amid a quoted cell: questions of a form have line ends."""
    lines = words.split("\n")[:_HEAD_LINES]
    many = next((n for n in range(1, len(lines)) if "\n".join(lines[:n]).count('"') % 2 == 0), 1)
    return "\n".join(lines[:many]).strip("\r")


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line; none where it is no line of a table."""
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def _lower_head(capture: Capture, separators: str) -> Head | None:
    """A head that stands below a title and the like: the first of the lines that names a text and something beside it."""
    words = _head_words(capture)
    wanted = {name for names in known_fields().values() for name in names}
    texts = {*known_fields()["text"], *_less(), *known_fields()["url"]}
    lines = [line.strip("\r") for line in words.split("\n")[: _HEAD_LINES + 1]][:-1]
    for number, line in enumerate(lines):
        for separator in separators:
            cells = _cells(line, separator)
            told = [cell.strip().lower() for cell in cells if cell.strip()]
            if (
                len(told) < 2
                or len(set(told)) < len(told)
                or sum(cell in wanted for cell in told) < 2
                or not (texts & set(told) or _prose_in(cells, lines[number + 1 :], separator))
            ):
                continue
            above = [" ".join(one.replace(separator, " ").split()) for one in lines[:number]]
            above = [one for one in above if one and not _SEPARATOR.fullmatch(one)]
            said = f"{len(above)} {'line' if len(above) == 1 else 'lines'} above the table: “{'; '.join(above)[:200]}”"
            return Head(tuple(cells), separator, number, (said,) if above else ())
    return None


def _less() -> tuple[str, ...]:
    """Columns that hold a text where no other does."""
    return (*exports.columns()["narrative"], *exports.columns()["summary"])


def _prose_in(names: Sequence[str], lines: Sequence[str], separator: str) -> str | None:
    """The one column whose cells are sentences, whatever it is called; of several that which has twice the words of any
    other; None where there is none."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if len(row) == len(names)][:_SAMPLE]
    except csv.Error:
        return None
    telling = {
        name: sum(len(row[at].split()) for row in rows)
        for at, name in enumerate(names)
        if name.strip()
        and rows
        and sum(_SENTENCE.fullmatch(row[at].strip()) is not None for row in rows) > 0.6 * len(rows)
    }
    if not telling:
        return None
    most, *others = sorted(telling, key=lambda name: -telling[name])
    return most if all(telling[most] >= 2 * telling[other] for other in others) else None


def _is_wordy(capture: Capture, head: Head, name: str) -> bool:
    """Whether what a column says is mostly longer than a word on the page that an address beside it leads to."""
    at, lines = head.names.index(name), _head_words(capture).split("\n")[head.skipped :]
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=head.separator))[1:][:_SAMPLE]
    except csv.Error:
        return False
    told = [len(row[at].split()) for row in rows if len(row) == len(head.names) and row[at].strip()]
    return bool(told) and sum(told) >= WORDY * len(told)


_SAMPLE = 20
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S*[.!?。][\"”’)\]]*", re.DOTALL)


def _head_words(capture: Capture) -> str:
    head = capture.head()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) - len(head) % 2].decode("utf-16", "replace").lstrip("\ufeff")
    if len(head) > 3 and head[1:4:2] == b"\0\0":
        return head[: len(head) - len(head) % 2].decode("utf-16-le", "replace")
    try:
        return head.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # torn at the end of what was looked at
            return head[: error.start].decode("utf-8").lstrip("\ufeff")
        return head.decode("cp1252", "replace")


def headless(head: Head) -> exports.Export | None:
    """GDELT's own files, which have no head: known by their many columns and by what stands in the first."""
    cells = head.names
    if head.separator == "\t" and len(cells) in (58, 61) and cells[0].isdigit() and re.fullmatch(r"\d{8}", cells[1]):
        return exports.known(["globaleventid", "goldsteinscale", "sourceurl"])
    if head.separator == "\t" and len(cells) == 27 and re.fullmatch(r"\d{14}-T?\d+", cells[0]):
        return exports.known(["gkgrecordid", "v2.1date", "v2documentidentifier"])
    if head.separator == "\t" and len(cells) in (14, 15, 16) and all(re.fullmatch(r"\d{14}", c) for c in cells[1:3]):
        return exports.known(["globaleventid", "mentiontimedate", "mentionidentifier"])
    return None


def names_reports(capture: Capture, options: Options) -> bool:
    """Whether a table has a column for text or address, or holds what is known as event data."""
    return columns_of(capture, options.columns) is not None or exports.known(n.strip().lower() for n in head_of(capture).names) is not None  # fmt: skip


def is_table(capture: Capture) -> bool:
    """Whether an input is plainly a table, though none of its columns is known: better refused than read as a text."""
    head = head_of(capture)
    names = [name.strip() for name in head.names]
    if headless(head) is not None:
        return True
    fewest = 3 if head.separator in ",|" else 2
    if len(names) < fewest or len(set(names)) < len(names) or not all(names):
        return False
    if any(len(name) > 40 or len(name.split()) > 5 or name[-1] in ".!?:" for name in names) and not _is_grid(
        capture, head
    ):
        return False
    if head.separator == "," and any(name.startswith(" ") for name in head.names):
        return False  # "One, two and three": a sentence
    words = _head_words(capture)
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=head.separator))[1 + head.skipped :]
    except csv.Error:
        return False
    rows = [row for row in rows if row][: 20 if len(words) < HEAD - 4 else -1]
    alike = [row for row in rows if len(row) == len(names)]
    if not alike or len(alike) < 0.8 * len(rows):
        return False
    return exports.known(name.lower() for name in names) is not None or (
        len(alike) >= 2 and any(re.fullmatch(r"[\d.,:/ +-]+", cell.strip() or "x") for row in alike for cell in row)
    )


def _is_grid(capture: Capture, head: Head) -> bool:
    """Whether every row has as many cells as the head, three at least, which no text has: then its names may be questions."""
    if len(head.names) < 3 or any(name.startswith(" ") for name in head.names):
        return False
    words = _head_words(capture)
    lines = words.split("\n")[head.skipped :]
    try:
        rows = [row for row in csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=head.separator) if row]
    except csv.Error:
        return False
    whole = rows[: None if len(words) < HEAD - 4 else -1]  # the last one may be torn
    cells = [cell for row in whole for cell in row]
    return (
        len(whole) > 1
        and all(len(row) == len(head.names) for row in whole)
        and sum(cell.startswith(" ") for cell in cells) < 0.1 * len(cells)  # "One, two and three": a sentence
    )


def named(cell: str) -> str:
    """What a column is called, in lower case, on one line, and without the group of a form that it stands in.

    >>> named("Grp_inc/Narrative"), named("What\\nhappened?")
    ('narrative', 'what happened?')
    """
    name = " ".join(cell.split()).lower()
    return name.rpartition("/")[2] if _GROUPED.fullmatch(name) else name


_GROUPED = re.compile(r"[\w-]+(?:/[\w-]+)+")


def columns_of(capture: Capture, given: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """The separator of a table and the columns of our fields; None where its head names no text and no address."""
    for separator in (head_of(capture).separator, ",", ";", "\t"):
        head = head_of(capture, separator)
        if head.separator != separator:
            continue
        cells = {named(cell): cell for cell in head.names} | {
            " ".join(cell.split()).lower(): cell for cell in head.names
        }
        if len(head.names) == 1 and separator != ",":
            continue
        export = exports.known(cells)
        known = {**known_fields(), **(export.columns if export is not None else {})}
        found = {}
        for field, names in known.items():
            wanted = (" ".join(given[field].split()).lower(),) if field in given else names
            column = next((cells[name] for name in wanted if name in cells), None)
            if column is not None:
                found[field] = column
        if "text" not in {*found, *given} and len(cells) > 1 and len({*found} - {"id"}) > 0:
            if "url" in found:
                names = exports.columns()["narrative"]
                less = next((cells[name] for name in names if name in cells and _is_wordy(capture, head, cells[name])), None)  # fmt: skip
            else:
                less = next((cells[name] for name in _less() if name in cells), None)
            if less is None and "url" not in found:
                less = _prose_in(head.names, _head_words(capture).split("\n")[head.skipped + 1 :], separator)
            if less is not None:
                found["text"] = less
        blanks = sum(not cell.strip() for cell in head.names)
        plain = all(len(cell) <= 40 and not re.search(r"[.!?]\s|\s\w+\s\w+\s\w+\s", cell) for cell in head.names)
        told = {cell.strip().lower() for cell in head.names} - {""}
        asked = "text" in found and "text" in given
        if (
            ("text" in found or "url" in found)
            and len(told) == len(head.names) - blanks
            and (plain or asked or _is_grid(capture, head))
        ):
            return separator, found
    return None
