"""PDF: official statements and reports, their text read in the child process.

pypdf rather than PyMuPDF: the second is quicker and under a licence (AGPL) that this project cannot pass on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import child, freeze
from standoff.ingest.capture import Capture, Options, Read, Said
from standoff.ingest.text import default_id

MAX_BYTES = 20_000_000
MAX_PAGES = 300
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
_END = 20
"""Characters of a line in which its end shows."""
_BULLETS = "•·▪‣●–—"
_SENTENCE_END = re.compile(r"[.!?:;][\"”’)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.I)


class Pdf:
    """A PDF with text in it."""

    kind = "pdf"

    def recognises(self, capture: Capture) -> bool:
        return b"%PDF-" in capture.head()[:1024]

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        found = child.shared.call(
            "standoff.ingest.pdf:pages",
            capture.name,
            capture.whole(MAX_BYTES),
            seconds=options.seconds,
            megabytes=options.megabytes,
        )
        made = _DATE.match(found["made"] or "")
        day = _day(made) if made else None
        words = unwrap(found["text"])
        yield freeze.document(
            capture,
            words,
            method=found["method"],
            id=default_id(capture, words),
            found=Said(author=found["author"]),
            # What the text's own head says goes before when the file was made; see freeze.
            dates=_with_head(words, day),
        )


def pages(data: bytes) -> dict[str, Any]:
    """The text of a PDF's pages, one after the other, and what its head says. Runs in the child.

    Raises:
        InputError: it is locked, has no text, or more pages than a report has.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("", "a PDF locked with a password", "open it and print it to a new PDF")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise InputError("", f"a PDF of {count} pages", f"split it into parts of at most {MAX_PAGES}")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        info = reader.metadata
    except (InputError, MemoryError):
        raise
    except Exception as error:  # what is broken brings all kinds of faults about in the library, its assertions too
        raise InputError("", f"a broken PDF ({error})"[:200], "open it and print it to a new PDF") from None
    if not any(character.isalpha() for character in text):
        raise InputError("", "a PDF without text, only pictures of it", "run it through OCR first: ocrmypdf FILE OUT")
    return {
        "text": text,
        "author": _said(info, "/Author"),
        "made": _said(info, "/CreationDate"),
        "method": f"pypdf {pypdf.__version__}",
    }


def unwrap(text: str) -> str:
    """Lines of a page as paragraphs: a line as long as most goes on in the next, a short one or a sentence's end does not.

    >>> unwrap("The army said that its for-\\nces had taken the whole of the\\ntown of Lyman.\\n\\n12\\nIt gave no figures.")
    'The army said that its forces had taken the whole of the town of Lyman.\\n\\nIt gave no figures.'
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[list[str]] = []
    going_on = False
    for line in lines:
        # A blank line or a page's number inside a sentence is the end of a page, not of a paragraph.
        if not line or _PAGE_NUMBER.fullmatch(line):
            going_on = going_on and not _SENTENCE_END.search(paragraphs[-1][-1][-_END:])
        elif going_on and line[0] in _BULLETS:
            paragraphs.append([line])
            going_on = True
        elif going_on:
            held = paragraphs[-1]
            if _HYPHEN.search(held[-1][-_END:]) and line[0].islower():
                held[-1] = held[-1][:-1]
                held.append(line)
            else:
                held += [" ", line]
            going_on = _is_full(line, usual)
        else:
            paragraphs.append([line])
            going_on = _is_full(line, usual)
    return "\n\n".join(map("".join, paragraphs))


def _is_full(line: str, usual: int) -> bool:
    return len(line) >= (0.85 if _SENTENCE_END.search(line) else 0.6) * usual


def _said(info: Any, name: str) -> str | None:
    value = info.get(name) if info else None
    return str(value) if isinstance(value, str) and value.strip() else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _with_head(words: str, made: date | None) -> tuple[tuple[str, date], ...]:
    from standoff.ingest import dateline

    head = dateline.find(words)
    return (*((("text", head),) if head else ()), *((("pdf", made),) if made else ()))
