"""The lines of a PDF's pages, by where each character stands: columns in order, raised figures apart. In the child.

PDFium (the reader of Chrome) gives the characters with their boxes; what belongs together is seen from these alone,
whatever order the file has them in.
"""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

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
_FEW_ROWS = 5
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
    controls: Counter[str] = field(default_factory=Counter)
    empty: list[int] = field(default_factory=list)
    """Pages without a letter on them."""


def read(document: Any) -> Found:
    """The lines of a document."""
    found = Found()
    pages: list[list[Run | None]] = []
    for number in range(len(document)):
        page = document[number]
        marks = list(_marks(page, found.controls))
        page.close()
        if not any(mark.character.isalpha() for mark in marks):
            found.empty.append(number + 1)
        pages.append(_without_notes(_in_order(_rows(marks, found), found), found))
    repeated = _repeated(pages)
    for lines in pages:
        kept = [one for one in lines if one is None or _plain(one.text) not in repeated]
        found.lines.extend("" if one is None else one.text for one in kept)
        found.lines.append("")
    return found


def _marks(page: Any, controls: Counter[str]) -> Iterator[Mark]:
    from pypdfium2 import raw

    text = page.get_textpage()
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    apart = False
    for at in range(min(text.count_chars(), MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        apart = apart or code == 32
        if code in (10, 13) or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue  # line ends and spaces that PDFium puts in: the boxes say more
        raw.FPDFText_GetLooseCharBox(text.raw, at, box)
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
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


def _rows(marks: Sequence[Mark], found: Found) -> list[list[Run]]:
    """Runs of words line by line, from the top."""
    lines: list[list[Mark]] = []
    bases: list[tuple[float, float]] = []
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
    for (_, size), line in sorted(zip(bases, lines, strict=True), key=lambda pair: -pair[0][0]):
        line.sort(key=lambda m: m.left)
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
            elif gap > (_HINTED if mark.apart else _GAP) * usual:
                words.append(" ")
        words.append(mark.character)
        held.append(mark)
    if held:
        yield _run(words, held)


def _run(words: list[str], held: list[Mark]) -> Run:
    sizes = sorted(mark.size for mark in held)
    return Run("".join(words), held[0].left, max(m.right for m in held), held[0].base, sizes[len(sizes) // 2])


def _in_order(rows: list[list[Run]], found: Found) -> list[Run | None]:
    """The lines as they are read: one column after the other, and rows of figures left out."""
    gutter = _gutter(rows)
    if gutter is None:
        return _spaced(_joined(rows, found))
    lines: list[Run | None] = []
    sides: tuple[list[list[Run]], list[list[Run]]] = ([], [])

    def flush() -> None:
        for side in sides:
            if side:
                lines.extend(_in_order(side[:], found))
                lines.append(None)
            side.clear()

    for row in rows:
        if any(run.left < gutter - 1 and run.right > gutter + 1 for run in row):
            flush()
            lines.extend(_joined([row], found))
            continue
        for side, half in zip(sides, ([r for r in row if r.right <= gutter + 1], [r for r in row if r.left >= gutter - 1]), strict=True):  # fmt: skip
            if half:
                side.append(half)
    flush()
    return lines


def _gutter(rows: list[list[Run]]) -> float | None:
    """Where two columns of prose part; None where there is one column."""
    split = [row for row in rows if len(row) >= 2]
    if len(split) < _FEW_ROWS:
        return None
    edges = sorted({(a.right + b.left) / 2 for row in split for a, b in itertools.pairwise(row)})
    best, most = None, 0
    for x in edges:
        apart = [row for row in rows if not any(run.left < x < run.right for run in row)]
        both = [row for row in apart if row[0].left < x < row[-1].right]
        across = len(rows) - len(apart)
        if len(both) > most and len(both) >= _FEW_ROWS and len(both) > across:
            sides = [[r for row in both for r in row if r.right < x], [r for row in both for r in row if r.left > x]]
            # Columns of words, not of figures: several words a line on both sides.
            if all(side and sum(len(r.text.split()) for r in side) >= 3.0 * len(both) for side in sides):
                best, most = x, len(both)
    return best


def _joined(rows: Iterable[list[Run]], found: Found) -> list[Run]:
    """Each row as one line; one of figures in columns is counted and left out."""
    lines = []
    for row in rows:
        if len(row) >= 3 and sum(bool(_NUMBER.match(run.text.strip())) for run in row) >= 2:
            found.rows += 1
            continue
        text = " ".join(run.text.strip() for run in row)
        lines.append(Run(text, row[0].left, row[-1].right, row[0].base, max(run.size for run in row)))
    return lines


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
    seen: Counter[str] = Counter()
    for lines in pages:
        told = [line.text for line in lines if line is not None]
        ends = {line for line in (*told[:2], *told[-2:]) if len(line) < 150 and not re.search(r"[.!?][\"”’)]*$", line)}
        seen.update(map(_plain, ends))
    return {line for line, times in seen.items() if times >= 3 and times > 0.5 * len(pages) and line}


def _plain(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()
