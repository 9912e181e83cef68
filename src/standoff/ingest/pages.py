"""The lines of a PDF's pages, by where each character stands: columns in order, raised figures apart. In the child.

PDFium (the reader of Chrome) gives the characters with their boxes; what belongs together is seen from these alone,
whatever order the file has them in.
"""

from __future__ import annotations

import bisect
import ctypes
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from standoff.ingest import dateline

BREAK = "\x02"
"""The line between two sizes of letters: no sentence goes on over it."""
MAX_CHARACTERS = 200_000
"""Of one page."""
_RAISED = 0.82
"""A figure that is smaller than so much of its neighbours, and stands higher, is that of a note."""
_GAP = 0.18
"""Of the size of the letters: from so much on there is a space between two."""
_HINTED = 0.05
"""The same where PDFium sees one."""
_WIDE = 1.6
"""Of the size: what stands so far apart is not of one run of words."""
_LEADING = 1.45
"""Of the usual distance of two lines: from so much on there is a paragraph between them."""
_FEW_ROWS = 4
_HEAD = 5
"""Words of the head of a column of figures."""
_MOST_EDGES = 200
"""Places at which a gap between columns is looked for."""
_NOTE = re.compile(r"[\d*†‡§,\s]{1,5}$")
_NUMBER = re.compile(r"[~<>≥≤+-]?\d[\d.,%–-]*$|[–—-]$|n/?a$", re.IGNORECASE)


@dataclass(slots=True)
class Mark:
    """One character: where it begins and ends, the line it stands on, and its size."""

    character: str
    left: float
    right: float
    base: float
    size: float
    apart: bool = False
    """Whether PDFium sees a space before it."""


@dataclass(slots=True)
class Run:
    """Words that stand beside each other on one line."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class Found:
    """The lines of the pages, an empty one between paragraphs, and what was set apart."""

    lines: list[str] = field(default_factory=list)
    notes: int = 0
    raised: int = 0
    rows: int = 0
    heads: list[str] = field(default_factory=list)
    """Of tables of figures, which are left out."""
    controls: Counter[str] = field(default_factory=Counter)
    set_apart: list[str] = field(default_factory=list)
    """What stands across a page, or is not seen on it, in words."""
    repeated: list[str] = field(default_factory=list)
    """Heads and feet of pages."""
    empty: list[int] = field(default_factory=list)
    """Pages without a letter on them."""


def read(document: Any) -> Found:
    """The lines of a document."""
    found = Found()
    pages: list[list[Run | None]] = []
    for number in range(len(document)):
        page = document[number]
        marks = list(_marks(page, found))
        page.close()
        if not any(mark.character.isalpha() for mark in marks):
            found.empty.append(number + 1)
        pages.append(_without_notes(_in_order(_rows(marks, found), found), found))
    repeated = _repeated(pages)
    for number, lines in enumerate(pages):
        gone = repeated | (_said_before(pages) if number == 1 and len(pages) == 2 else set())
        found.repeated += [one.text for one in lines if one is not None and _plain(one.text) in gone]
        kept = [one for one in lines if one is None or _plain(one.text) not in gone]
        told = [one for one in kept if one is not None]
        for end in (told[0], told[-1]) if len(told) > 1 else ():
            if end.text.strip().isdigit() and len(end.text.strip()) < 4:
                kept.remove(end)  # the number of the page
        above: Run | None = None
        for one in kept:
            if one is not None and above is not None and _differ(above.size, one.size):
                found.lines.append(BREAK)
            found.lines.append("" if one is None else one.text)
            above = one or above
        found.lines.append("")
    return found


def _marks(page: Any, found: Found) -> Iterator[Mark]:
    from pypdfium2 import raw

    text = page.get_textpage()
    controls = found.controls
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    matrix, colours = raw.FS_MATRIX(), [ctypes.c_uint() for _ in range(4)]
    count = min(text.count_chars(), MAX_CHARACTERS)
    turn = _turned(text, count, matrix)
    width, height = page.get_width(), page.get_height()
    apart = False
    dark: list[tuple[float, float, float, float]] | None = None
    hidden: list[str] = []
    aside: list[str] = []
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        apart = apart or code == 32
        if code in (10, 13) or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue  # line ends and spaces that PDFium puts in: the boxes say more
        if raw.FPDFText_GetMatrix(text.raw, at, matrix) and _way(matrix) != turn:
            aside.append(chr(code) if 32 <= code < 0xD800 else " ")
            continue  # a stamp or a watermark, written across the page
        raw.FPDFText_GetLooseCharBox(text.raw, at, box)
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
        if raw.FPDFText_GetFillColor(text.raw, at, *colours) and _unseen([one.value for one in colours]):
            dark = _painted(page) if dark is None else dark
            if not any(left <= x.value <= right and low - 1 <= y.value <= high for left, low, right, high in dark):
                hidden.append(chr(code) if 32 <= code < 0xD800 else " ")
                continue
        if turn:  # as who turns the page sees it
            left, base, right, top, bottom = _as_turned(turn, box, x.value, y.value, width, height)
            box.left, box.right, box.top, box.bottom = left, right, top, bottom
            x.value, y.value = left, base
        if code == 2 or code in (0xFFFE, 0xFFFF):  # how PDFium marks a hyphen at a line's end
            code = 0x2D
        character = chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
        if code < 32 or 0x7F <= code < 0xA0:
            controls[f"U+{code:04X}"] += 1
            if code:
                continue
            # A letter that the file has no name for, most often two that were cast as one.
        yield Mark(character, x.value, max(box.right, x.value), y.value, max(box.top - box.bottom, 1.0), apart)
        apart = code == 32
    text.close()
    for what, words in (
        ("words across the page", "".join(aside)),
        ("words in white, which are not seen", "".join(hidden)),
    ):
        if any(letter.isalnum() for letter in words):
            found.set_apart.append(f"{what}: “{' '.join(words.split())[:100]}”")


def _way(matrix: Any) -> int:
    """In which of the four directions a letter stands, in quarters of a turn; -1 for what stands askew."""
    a, b = matrix.a, matrix.b
    if abs(b) < _ASKEW * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < _ASKEW * abs(b):
        return 1 if b > 0 else 3
    return -1


def _turned(text: Any, count: int, matrix: Any) -> int:
    """The direction in which most letters of a page stand."""
    from pypdfium2 import raw

    ways: Counter[int] = Counter()
    for at in range(0, count, max(1, count // 500)):
        if raw.FPDFText_GetUnicode(text.raw, at) > 32 and raw.FPDFText_GetMatrix(text.raw, at, matrix):
            ways[_way(matrix)] += 1
    best = ways.most_common(1)
    return best[0][0] if best and best[0][0] >= 0 else 0


def _as_turned(
    turn: int, box: Any, x: float, y: float, width: float, height: float
) -> tuple[float, float, float, float, float]:
    """Left, base line, right, top and bottom of a letter on a page that is turned until it stands upright."""
    if turn == 1:  # written upwards
        return y, -x, box.top, -box.left, -box.right
    if turn == 2:
        return -x, -y, -box.left, -box.bottom, -box.top
    return -y, x, -box.bottom, box.right, box.left  # written downwards


def _unseen(colour: Sequence[int]) -> bool:
    """Whether letters are white, or not painted at all."""
    red, green, blue, alpha = colour
    return alpha == 0 or min(red, green, blue) >= _WHITE


def _painted(page: Any) -> list[tuple[float, float, float, float]]:
    """What is painted on a page beside letters, on which white ones are seen: left, bottom, right, top."""
    from pypdfium2 import raw

    found = []
    sides = [ctypes.c_float() for _ in range(4)]
    colours = [ctypes.c_uint() for _ in range(4)]
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        one = raw.FPDFPage_GetObject(page.raw, at)
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(one, *sides):
            continue
        if (
            kind == raw.FPDF_PAGEOBJ_PATH
            and raw.FPDFPageObj_GetFillColor(one, *colours)
            and _unseen([c.value for c in colours])
        ):
            continue
        left, low, right, high = (side.value for side in sides)
        found.append((left, low, right, high))
    return found


_MOST_OBJECTS = 20_000
_ASKEW = 0.09
_WHITE = 250


def _rows(marks: Sequence[Mark], found: Found) -> list[list[Run]]:
    """Runs of words line by line, from the top."""
    lines: list[list[Mark]] = []
    bases: list[tuple[float, float]] = []
    spaces = [m for m in marks if m.character == " "]
    for mark in sorted((m for m in marks if m.character.strip() or m.character == "\0"), key=lambda m: -m.size):
        # The largest first: a raised figure finds the line it belongs to.
        best = None
        for at in range(len(bases) - 1, -1, -1):
            base, size = bases[at]
            if abs(base - mark.base) <= 0.25 * size or (
                mark.size < _RAISED * size and -0.25 * size < mark.base - base < 0.65 * size
                and any(0 <= mark.left - other.right < 0.5 * size or 0 <= other.left - mark.right < 0.5 * size for other in lines[at])
            ):  # fmt: skip
                best = at
                break
        if best is None:
            lines.append([mark])
            bases.append((mark.base, mark.size))
        else:
            lines[best].append(mark)
    rows = []
    for (base, size), line in sorted(zip(bases, lines, strict=True), key=lambda pair: -pair[0][0]):
        line.sort(key=lambda m: m.left)
        if _right_to_left("".join(mark.character for mark in line)):
            _part(line, [space for space in spaces if abs(space.base - base) < 0.25 * size])
        rows.append(list(_runs(line, size, found)))
    return [row for row in rows if row]


def _runs(line: list[Mark], size: float, found: Found) -> Iterator[Run]:
    words: list[str] = []
    held: list[Mark] = []
    usual = sorted(mark.size for mark in line)[len(line) // 2]
    base = Counter(round(mark.base, 1) for mark in line).most_common(1)[0][0]
    at = 0
    while at < len(line):
        end = at
        while end < len(line) and line[end].size < _RAISED * usual and line[end].base > base + 0.12 * usual:
            end += 1
        if end > at:
            raised = "".join(mark.character for mark in line[at:end])
            if _NOTE.match(raised):
                found.raised += 1
                if held:
                    held.append(Mark("", line[at].left, line[end - 1].right, base, usual))
                at = end
                continue
        mark = line[at]
        at += 1
        if held:
            gap = mark.left - held[-1].right
            if gap > _WIDE * usual:
                yield _run(words, held)
                words, held = [], []
            elif gap > (_HINTED if mark.apart else _GAP) * usual or (mark.apart and _right_to_left(mark.character)):
                words.append(" ")
        words.append(mark.character)
        held.append(mark)
    if held:
        yield _run(words, held)


def _part(line: list[Mark], spaces: list[Mark]) -> None:
    """Of a line from the right, whose letters a file may have in either order: where its spaces stand."""
    places = sorted(space.left for space in spaces)
    for before, mark in itertools.pairwise(line):
        at = bisect.bisect_left(places, before.left)
        mark.apart = at < len(places) and places[at] < mark.left


def _run(words: list[str], held: list[Mark]) -> Run:
    sizes = sorted(mark.size for mark in held)
    return Run(_as_read("".join(words)), held[0].left, max(m.right for m in held), held[0].base, sizes[len(sizes) // 2])


def _in_order(rows: list[list[Run]], found: Found) -> list[Run | None]:
    """The lines as they are read: what stands above two columns, one column after the other, what stands below them; and
    rows of figures left out."""
    part = _columns(rows)
    if part is None:
        return _spaced(_joined(rows, found))
    first, end, gutter = part
    sides = [
        [half for row in rows[first:end] if (half := [run for run in row if (run.left >= gutter) == far])]
        for far in (False, True)
    ]
    if _right_to_left("".join(run.text for row in rows[first:end] for run in row)):
        sides.reverse()
    lines: list[Run | None] = []
    for piece in (rows[:first], *sides, rows[end:]):
        if piece:
            told = _in_order(piece, found)
            # The notes at the foot of the first column stand amid what goes on in the second.
            lines += [*(_without_notes(told, found) if piece in sides else told), None]
    return lines


def _columns(rows: list[list[Run]]) -> tuple[int, int, float] | None:
    """The rows of two columns of prose (from, to) and where they part; None where there is one column.

    The lines of two columns need not stand at one height: what counts is that no run of words crosses the gap.
    """
    best, most = None, 0
    for x in sorted({int(run.left) for row in rows for run in row})[:_MOST_EDGES]:
        first = 0
        for at in range(len(rows) + 1):
            if at < len(rows) and not any(run.left < x - 1 and run.right > x for run in rows[at]):
                continue
            end = _end_of_columns(rows, first, at, x)
            beside = _beside(rows[first:end], x)
            if beside > most:
                most, best = beside, (first, end, x)
            first = at + 1
    return best


def _beside(rows: list[list[Run]], x: float) -> int:
    """How many lines stand beside one another on the two sides of a gap; none where it parts no prose."""
    sides = [[[run for run in row if (run.left >= x) == far] for row in rows] for far in (False, True)]
    lines = [[(n, half) for n, half in enumerate(side) if half] for side in sides]
    if (
        min(map(len, lines)) < _FEW_ROWS
        and not (min(map(len, lines)) == _FEW_ROWS - 1 and all(_runs_on(side) for side in lines))
        and not _goes_over(*lines)
    ):
        return 0
    (left, right) = lines
    # They stand beside each other, and not one below the other.
    shared = min(left[-1][0], right[-1][0]) - max(left[0][0], right[0][0])
    if shared < 0.5 * min(side[-1][0] - side[0][0] for side in lines):
        return 0
    # Columns of words, not of figures: several words a line on both sides.
    many = [sum(len(run.text.split()) for _, half in side for run in half) / len(side) for side in lines]
    prose, box = lines if many[0] > many[1] else lines[::-1]
    if min(many) < 3.0 and not (max(many) >= _PROSE and (_runs_on(prose) or _is_key_figures(box))):
        return 0  # beside a text that runs on, a box of a few words a line is a column too
    return min(map(len, lines))


_PROSE = 6.0


def _is_key_figures(side: list[tuple[int, list[Run]]]) -> bool:
    """Whether a column is a box of figures, each with a few words on what it is: "81.8K", "people displaced"."""
    told = [" ".join(run.text for run in half).strip() for _, half in side]
    figures = sum(_FIGURE.fullmatch(one) is not None for one in told)
    words = sum(any(letter.isalpha() for letter in one) and _FIGURE.fullmatch(one) is None for one in told)
    return figures >= _FEWEST_FIGURES and words >= figures


_FIGURE = re.compile(r"[~<>≥≤+]?(?:US\$|\$|€)?\d[\d.,]*\s?(?:[KMB%]|million|billion|thousand)?\+?", re.IGNORECASE)
_FEWEST_FIGURES = 2


def _goes_over(left: list[tuple[int, list[Run]]], right: list[tuple[int, list[Run]]]) -> bool:
    """Whether a text goes on from line to line in two columns, of two lines perhaps, and from the foot of one to the head
    of the other."""
    head = max(left[0][0], right[0][0]) if left and right else 0  # what stands above both is no part of them
    beside = [[line for line in side if line[0] >= head] for side in (left, right)]
    return min(map(len, beside)) > 1 and all(_runs_on(side) for side in (*beside, [left[-1], right[0]]))


def _runs_on(side: list[tuple[int, list[Run]]]) -> bool:
    """Whether the lines of a column go on in one another, as those of a text do and those of a table do not."""
    told = [" ".join(run.text for run in half) for _, half in side]
    on = [
        not re.search(r"[.!?:]$", one) and (other[:1].islower() or one.endswith(("-", ",")))
        for one, other in itertools.pairwise(told)
    ]
    return sum(on) >= 0.4 * len(on)


def _end_of_columns(rows: list[list[Run]], first: int, end: int, x: float) -> int:
    """Where columns end: a line on the left that stands well below both of them is a new beginning."""
    last = max((n for n in range(first, end) if rows[n][-1].left >= x), default=end)
    for n in range(last + 1, end):
        above = rows[n - 1][0]
        if above.base - rows[n][0].base > 2.5 * above.size:
            return n
    return end


def _right_to_left(words: str) -> bool:
    """Whether most letters of some words are of a script that is written from the right (Arabic, Hebrew)."""
    letters = [unicodedata.bidirectional(letter) for letter in words if letter.isalpha()]
    return sum(way in {"R", "AL"} for way in letters) > len(letters) / 2


def _as_read(words: str) -> str:
    """Letters as they stand from the left, in the order in which they are read."""
    if not _right_to_left(words):
        return words
    words = unicodedata.normalize("NFKC", words[::-1]) if _SHAPED.search(words) else words[::-1]
    words = words.translate(_MIRRORED)
    return _FROM_LEFT.sub(lambda found: found.group()[::-1], words)


_SHAPED = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
# Figures, and words in another script, are written from the left in a line from the right too.
_FROM_LEFT = re.compile(
    r"[\d\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/\u066b\u066c-]?[\d\u0660-\u0669\u06f0-\u06f9]+)*|[A-Za-z][A-Za-z0-9 .&'-]*[A-Za-z0-9]|[A-Za-z]"
)


def _joined(rows: Iterable[list[Run]], found: Found) -> list[Run]:
    """Each row as one line; those of figures in columns, with the heads above them, are counted and left out."""
    rows = list(rows)
    tabular = {n for n, row in enumerate(rows) if _is_figures(row, fewest=3)}
    for n in sorted(tabular):  # the row whose name is so long that its first figure stands close to it
        tabular |= {m for m in (n - 1, n + 1) if 0 <= m < len(rows) and _is_figures(rows[m], fewest=2)}
    found.rows += len(tabular)
    dated = [n for n, row in enumerate(rows) if len(row) > 1 and any(dateline.is_date_line(row[at].text) for at in (0, -1))]  # fmt: skip
    dated = dated if len(dated) == 1 else []  # more are the days of a table
    lines = []
    for n, row in enumerate(rows):
        told = row[::-1] if _right_to_left("".join(run.text for run in row)) else row
        heads = [run.text.strip() for run in told]
        if n in tabular:
            continue
        # Heads that stand close together are one run, which begins to the right of the names below it.
        close = len(row) == 1 and n + 1 in tabular and row[0].left > rows[n + 1][0].left + row[0].size and 2 <= len(heads[0].split()) <= len(rows[n + 1]) + 2  # fmt: skip
        if n + 1 in tabular and (len(row) >= 2 or close) and all(len(head.split()) <= _HEAD for head in heads):
            found.heads.append(", ".join(heads))
            continue
        if n in dated:  # the day beside the name of a paper, or the number of a letter
            lines += [replace(run, text=run.text.strip()) for run in told]
            continue
        lines.append(Run(" ".join(heads), row[0].left, row[-1].right, row[0].base, max(run.size for run in row)))
    return lines


def _is_figures(row: list[Run], fewest: int) -> bool:
    """Whether a row holds figures in columns: two at least, each at the end of what stands in its column."""
    ends = [run.text.split()[-1] for run in row if run.text.strip()]
    if len(row) < fewest or sum(bool(_NUMBER.match(end)) for end in ends) < 2:
        return False
    return fewest < 3 or sum(bool(_NUMBER.match(run.text.strip())) for run in row) >= 2


def _spaced(lines: list[Run]) -> list[Run | None]:
    """With a gap where there is one between two paragraphs, or two sizes of letters."""
    steps = sorted(a.base - b.base for a, b in itertools.pairwise(lines) if 0 < a.base - b.base < 4 * a.size)
    usual = steps[len(steps) // 2] if steps else 0.0
    out: list[Run | None] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and (before.base - line.base > _LEADING * usual or _differ(before.size, line.size)):
            out.append(None)
        out.append(line)
    return out


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > 0.15 * max(one, other)


def _without_notes(lines: list[Run | None], found: Found) -> list[Run | None]:
    """Without the notes at the foot of a page: smaller than the text, and begun by a figure or a mark."""
    sizes = Counter(round(line.size, 1) for line in lines if line is not None for _ in range(len(line.text)))
    if not sizes:
        return lines
    body = sizes.most_common(1)[0][0]
    at = len(lines)
    for n in range(len(lines) - 1, 0, -1):
        line = lines[n]
        if line is None:
            continue
        if line.size > 0.9 * body:
            break
        if re.match(r"(?:\d{1,3}|[*†‡§])[.)]?\s*\S", line.text) or (found.raised and re.match(r"[A-Z]", line.text)):
            at = n
    if at < len(lines):
        found.notes += 1
    return lines[:at]


def _repeated(pages: list[list[Run | None]]) -> set[str]:
    """First and last lines that stand on most pages: what a document says of itself at their head and foot."""
    seen = Counter(line for lines in pages for line in _ends(lines))
    return {line for line, times in seen.items() if times >= 3 and times > 0.5 * len(pages) and line}


def _said_before(pages: list[list[Run | None]]) -> set[str]:
    """The same of a document of two pages, whose first may have it as a title: what stands at the head of a part of the second
    and at an end of the first."""
    first, second = pages
    heads = [line for before, line in itertools.pairwise([None, *second]) if before is None and line is not None]
    ends = _ends(first)
    return {
        words
        for line in heads
        if len(words := _plain(line.text)) >= _HEAD_LETTERS and any(words in end for end in ends)
    }


_HEAD_LETTERS = 12


def _ends(lines: list[Run | None]) -> set[str]:
    told = [line.text for line in lines if line is not None]
    return {
        _plain(line) for line in (*told[:2], *told[-2:]) if len(line) < 150 and not re.search(r"[.!?][\"”’)]*$", line)
    }


def _plain(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()
