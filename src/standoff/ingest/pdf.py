"""PDF: official statements and reports, their text read in the child process.

PDFium reads them (through pypdfium2), because it gives each character with its place: what a file writes in any order,
in columns, or word by word, is put together as it stands on the page.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import byline, child, dateline, freeze, furniture, letterhead
from standoff.ingest import pages as by_place
from standoff.ingest.capture import Capture, Options, Read, Said
from standoff.ingest.text import default_id
from standoff.ingest.vocabulary import english, joins

MAX_BYTES = 20_000_000
MAX_PAGES = 300
MAX_SCANNED = 20
"""Pages of pictures that are read by tesseract, which takes some seconds for each."""
_SECONDS_A_SCAN = 15.0
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010]$|\d[-\u2010]$")
_END = 60
"""Characters of a line in which its end shows, with its last word."""
_BULLETS = "•·▪‣●○◦■□➢➤–—"
_SENTENCE_END = re.compile(r"[.!?:;][\"”’)\]]*$")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*", re.I)
_LAYERS = re.compile(rb"/OFF\s*\[\s*\d+\s+\d+\s+R")
"""Layers that are switched off, in the file's own list of them."""
_LETTERED = re.compile("[\uf000-\uf0ff]")
"""What a font of signs has in place of letters: bullets, mostly."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CAST = ("fi", "fl", "ff", "ffi", "ffl", "ti", "tt", "th")
"""Pairs of letters that are cast as one."""


class Pdf:
    """A PDF with text in it; one of pictures alone where tesseract is installed."""

    kind = "pdf"

    def recognises(self, capture: Capture) -> bool:
        return b"%PDF-" in capture.head()[:1024]

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(MAX_BYTES)
        try:
            found = child.shared.call(
                "standoff.ingest.pdf:pages", capture.name, data, seconds=options.seconds, megabytes=options.megabytes
            )
        except InputError as error:
            if "broke the program" not in error.why:
                raise
            # PDFium ends its program where it runs out of memory.
            why = "a PDF that is broken, or takes more memory than a report may"
            raise InputError(capture.name, why, "open it and print it to a new PDF") from None
        if found["text"] is None:
            if shutil.which("tesseract") is None:
                why = "a PDF without text, only pictures of it"
                raise InputError(capture.name, why, "run it through OCR first: ocrmypdf FILE OUT")
            found |= child.shared.call(
                "standoff.ingest.scan:pages",
                capture.name,
                data,
                seconds=_SECONDS_A_SCAN * min(found["pages"], MAX_SCANNED),
                megabytes=2 * options.megabytes,
            )
        made = _DATE.match(found["made"] or "")
        day = _day(made) if made else None
        words = unwrap(found["text"])
        head = _in_heads(found.get("heads", ())) if dateline.find(words) is None else None
        days = list(_days_of_parts(words))
        if len(days) > 1:
            named = " and ".join(f"{one.day} {one:%B %Y}" for one in days[:4])
            found["left"].append(f"the days of its other parts: it may hold several reports, of {named}")
        yield freeze.document(
            capture,
            words,
            method=found["method"],
            id=default_id(capture, words),
            found=Said(author=byline.find(words) or found["author"], outlet=letterhead.outlet(words)),
            dates=(("page head", head),) if head is not None else (),
            left=(*found["left"], *(() if head is not None else freeze.when_made(words, capture, day))),
            removed=tuple((mark, times) for mark, times in found["removed"]),
        )


def pages(data: bytes) -> dict[str, Any]:
    """The text of a PDF's pages, one after the other, and what its head says. Runs in the child.

    Raises:
        InputError: it is locked, or has more pages than a report has.
    """
    import pypdfium2

    document = opened(data)
    try:
        found = by_place.read(document)
        told = document.get_metadata_dict()
        count = len(document)
        stamped = _is_stamp(found.lines) and all(map(_is_picture, document))
    except MemoryError:
        raise
    except Exception as error:  # what is broken brings all kinds of faults about
        raise InputError("", f"a broken PDF ({error})"[:200], "open it and print it to a new PDF") from None
    text = _whole_words("\n".join(found.lines))
    left = [*dict.fromkeys(found.set_apart)][:10] + _held(document)
    if _LAYERS.search(data):
        left.append("layers that are switched off, whose words may stand in the text")
    if found.raised:
        left.append(f"{found.raised} raised {'figure of a note' if found.raised == 1 else 'figures of notes'} left out")
    if found.notes:
        left.append(f"the notes at the foot of {found.notes} {'page' if found.notes == 1 else 'pages'} left out")
    if found.rows:
        of = f": {'; '.join(dict.fromkeys(found.heads))}"[:400] if found.heads else ""
        left.append(f"{found.rows} {'row' if found.rows == 1 else 'rows'} of figures in a table left out{of}")
    if found.empty and len(found.empty) < count:
        left.append(f"pages without text, only pictures of it, left out: {', '.join(map(str, found.empty[:20]))}")
    return {
        "text": text if any(character.isalpha() for character in text) and not stamped else None,
        "pages": count,
        "author": told.get("Author") or None,
        "made": told.get("CreationDate") or None,
        "left": left,
        "heads": found.repeated[:20],
        "removed": sorted(found.controls.items()),
        "method": f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO.version}",
    }


def _is_stamp(lines: Iterable[str]) -> bool:
    """Whether all words are one short line again and again: what a program that takes pictures of pages puts under each."""
    told = {" ".join(line.split()) for line in lines if line.strip()}
    return len(told) == 1 and all(len(line.split()) <= _STAMP for line in told)


_STAMP = 6
"""Words of the longest stamp under a scanned page."""


def _is_picture(page: Any) -> bool:
    """Whether a picture covers most of a page."""
    from pypdfium2 import raw

    whole = page.get_width() * page.get_height()
    for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, low, right, high = one.get_bounds()
        if (right - left) * (high - low) > 0.5 * whole:
            return True
    return False


def _held(document: Any) -> list[str]:
    """What a PDF holds beside its pages: files, notes, layers that are not shown."""
    from pypdfium2 import raw

    left = []
    files = raw.FPDFDoc_GetAttachmentCount(document.raw)
    if files > 0:
        names = []
        for at in range(min(files, 20)):
            with contextlib.suppress(Exception):  # a name that is broken
                names.append(document.get_attachment(at).get_name())
        left.append(
            f"{files} attached {'file' if files == 1 else 'files'} left out: {', '.join(names)[:200]}".rstrip(": ")
        )
    notes = 0
    for at in range(len(document)):
        page = document[at]
        for n in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 1000)):
            if (note := raw.FPDFPage_GetAnnot(page.raw, n)) is not None:
                notes += raw.FPDFAnnot_GetSubtype(note) in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT)
                raw.FPDFPage_CloseAnnot(note)
        page.close()
    if notes:
        left.append(f"{notes} {'note' if notes == 1 else 'notes'} of a reader left out")
    return left


def opened(data: bytes) -> Any:
    """A PDF, opened.

    Raises:
        InputError: it is locked, broken, or has too many pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise InputError("", "a PDF locked with a password", "open it and print it to a new PDF") from None
        raise InputError("", f"a broken PDF ({error})"[:200], "open it and print it to a new PDF") from None
    if count > MAX_PAGES:
        raise InputError("", f"a PDF of {count} pages", f"split it into parts of at most {MAX_PAGES}")
    return document


def unwrap(text: str) -> str:
    """Lines of a page as paragraphs: a line as long as most goes on in the next, a short one or a sentence's end does not.

    >>> unwrap("The army said that its for-\\nces had taken the whole of the\\n\\n12\\ntown of Lyman.\\nIt gave no figures.")
    'The army said that its forces had taken the whole of the town of Lyman.\\n\\nIt gave no figures.'
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[list[str]] = []
    going_on = False
    for line in lines:
        if line == by_place.BREAK:
            going_on = False
            continue
        # A blank line or a page's number inside a sentence is the end of a page, not of a paragraph.
        if not line or (_PAGE_NUMBER.fullmatch(line) and (going_on or not line.isdigit())):
            going_on = going_on and not _SENTENCE_END.search(paragraphs[-1][-1][-_END:])
        elif going_on and line[0] in _BULLETS:
            paragraphs.append([line])
            going_on = True
        elif going_on and _sets_off(paragraphs[-1], line):
            paragraphs.append([line])
            going_on = _is_full(line, usual)
        elif (
            len(line) <= _HEAD_LINE
            and (dateline.is_date_line(line) or dateline.find(line) is not None)
            and not _LEAD.search(line)
        ):
            paragraphs.append([line])  # the day of it is a line of its own
            going_on = False
        elif going_on:
            held = paragraphs[-1]
            end = held[-1][-_END:]
            held[-1] = held[-1].removesuffix(end)
            held.append(_together(end, line))
            going_on = _is_full(line, usual)
        else:
            paragraphs.append([line])
            going_on = _is_full(line, usual) or (line[0] in _BULLETS and not _SENTENCE_END.search(line[-_END:]))
    return "\n\n".join(map("".join, paragraphs))


def _sets_off(above: list[str], line: str) -> bool:
    """Whether a line in capitals, or one that begins with a day, stands above and no sentence goes on from it."""
    if len(above) > 1 or (not line[:1].isupper() and not line[:1].isdigit()):
        return False
    capitals = above[0].isupper() and len(above[0].split()) > 1 and not line.isupper()
    dated = (
        _BEGINS_WITH_DAY.match(above[0]) is not None
        and not _SENTENCE_END.search(above[0][-_END:])
        and len(above[0]) <= _HEAD_LINE
    )
    return capitals or dated


_BEGINS_WITH_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}\b(?!,? (?:[a-z]|The |A ))")
_HEAD_LINE = 90
_LEAD = re.compile(r"\d{4}\s*(?:\([^)]{1,40}\)\s*)?[:–—-]+\s+(?:[A-Z][\w’'-]*\s+)*[a-z]")
"""A dateline with its sentence behind it."""


def _together(before: str, line: str) -> str:
    """Two lines of one paragraph. A hyphen between them stays where the word is not one without it."""
    found = _HYPHEN.search(before)
    if found is None:
        return f"{before} {line}"
    half, rest = found.group(1), re.match(r"[^\W\d_]+", line)
    if half is None or rest is None:
        return before + line if line[:1].isalnum() else f"{before} {line}"
    if rest.group()[0].islower() and joins(half, rest.group()):
        return before[:-1] + line
    return before + line


def _whole_words(text: str) -> str:
    """Letters that were cast together as letters again; one without a name is what alone makes its word a word."""
    text = _LETTERED.sub("•", text)
    for cast, letters in _LIGATURES.items():
        text = text.replace(cast, letters)
    return re.sub(r"[^\W\d_]*\0[^\W\d_]*(?:\0[^\W\d_]*)*", _restored, text) if "\0" in text else text


def _restored(found: re.Match[str]) -> str:
    broken = found.group()
    if not broken.replace("\0", ""):
        return "•"  # by itself it is no letter
    if broken.count("\0") <= 2:
        tries = [broken]
        for _ in range(broken.count("\0")):
            tries = [one.replace("\0", pair, 1) for one in tries for pair in _CAST]
        fitting = [one for one in tries if one.lower() in english()]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return max(fitting, key=lambda word: english()[word.lower()])
    return broken.replace("\0", "\ufffd")


def _is_full(line: str, usual: int) -> bool:
    if _HYPHEN.search(line):
        return True
    return len(line) >= (0.85 if _SENTENCE_END.search(line) else 0.6) * usual


def _days_of_parts(words: str) -> dict[date, None]:
    """The days of the lines that only say what stands below them, and of which day."""
    found: dict[date, None] = {}
    for line in words.split("\n\n"):
        if len(line) <= _HEAD_LINE and (day := dateline.find(line)) is not None:
            found[day] = None
    return found


def _in_heads(lines: Iterable[str]) -> date | None:
    """The one day that stands at the head or foot of every page."""
    days = {day for line in lines if not furniture.begins(line, "changed") for day in dateline.each(line)}
    return days.pop() if len(days) == 1 else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
