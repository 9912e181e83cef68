"""Quotation marks: which stretches of a text are quoted words.

Straight marks are paired within a paragraph; a paragraph that opens a curly quotation and does not close it
carries on in the next one, as newspapers print long quotations. An apostrophe is a mark only where a word begins
after it and the quotation's end can be told: after a stop, or not after the s of a plural.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from standoff.language import extensions, syntax
from standoff.model import Span

extensions.register()

_CURLY = {"“": "”", "«": "»", "„": "“"}
_STRAIGHT = re.compile(r"\"+|''|``|“|”|«|»|„|‘|’|'")
_CLITIC = re.compile(r"(?:s|t|d|m|re|ve|ll|em|cause|til|round|n)\b|\d", re.IGNORECASE)
_STOPPED = re.compile(r"(?<=[.,!?…])'(?=\s|$)")
_SHORT = re.compile(r"(?<=[A-Za-rt-z0-9])'(?=[\s.,;:!?)]|$)")
LONGEST = 20_000
"""Characters within which what straight single marks open is looked for."""
SCARE = 60
"""Characters within which a word in single marks ends without a stop before the mark."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``span`` includes its marks, ``inner`` does not. ``open`` is true when it was never closed."""

    span: Span
    inner: Span
    open: bool = False


def of(doc: Doc) -> tuple[Quote, ...]:
    """The quotations of a document, found once."""
    found: tuple[Quote, ...] | None = doc._.quotes
    if found is None:
        found = doc._.quotes = find(syntax.text_of(doc))
    return found


def find(text: str) -> tuple[Quote, ...]:
    """All outermost quotations, in order."""
    found: list[Quote] = []
    position = 0
    carried = False
    for line in text.splitlines(keepends=True):
        quotes, carried = _in_paragraph(line, position, carried)
        found.extend(quotes)
        position += len(line)
    return tuple(found)


def _in_paragraph(line: str, offset: int, carried: bool) -> tuple[list[Quote], bool]:
    found: list[Quote] = []
    opened: tuple[int, int, str] | None = None
    last_end = 0
    # Doubled marks are one mark, as spreadsheets write them.
    for match in _STRAIGHT.finditer(line):
        mark, start, end = match.group(), match.start(), match.end()
        if start < last_end:
            continue
        if mark == "'":
            closing = _single(line, start) if opened is None else None
            if closing is not None:
                left_open = closing == len(line.rstrip())
                span = Span(offset + start, offset + min(closing + 1, len(line.rstrip())))
                found.append(Quote(span, Span(offset + end, offset + closing), left_open))
                last_end = closing + 1
            continue
        if mark in {"''", "``"}:
            mark = '"'  # two strokes for one mark, as typewriters and plain text have them
        if mark == "’":
            if opened and opened[2] == "’" and not (end < len(line) and line[end].isalnum()):
                found.append(_quote(offset, opened[0], opened[1], start, end))
                opened, last_end = None, end
            continue
        if mark == "‘":
            if opened is None and not (start > 0 and line[start - 1].isalnum()):
                opened = (start, end, "’")
            continue
        closer = _CURLY.get(mark)
        if closer is not None:
            if opened is None:
                opened = (start, end, closer)
            continue
        if opened is not None and opened[2] in {mark, '"'} and (mark == opened[2] or mark.startswith('"')):
            found.append(_quote(offset, opened[0], opened[1], start, end))
            opened, last_end = None, end
        elif mark.startswith('"'):
            if opened is None:
                if _closes(line, start, end) and not found:
                    # A closing mark with no opening one: the quotation began with the sentence.
                    begin = max(last_end, _sentence_start(line, start))
                    found.append(Quote(Span(offset + begin, offset + end), Span(offset + begin, offset + start), True))
                    last_end = end
                else:
                    opened = (start, end, '"')
        elif mark in {"”", "»"} and opened is None and not found:
            begin = max(last_end, _sentence_start(line, start))
            found.append(Quote(Span(offset + begin, offset + end), Span(offset + begin, offset + start), True))
            last_end = end
    if opened is not None:
        body = line.rstrip()
        curly = opened[2] in {"”", "»"} or line[: opened[0]].strip() == ""
        if opened[2] != "’" and len(body) > opened[1] and curly:
            found.append(
                Quote(Span(offset + opened[0], offset + len(body)), Span(offset + opened[1], offset + len(body)), True)
            )
            return found, True
    return found, False


def _single(line: str, start: int) -> int | None:
    """Where a quotation in straight single marks ends: at its mark, or with a paragraph that it opens and leaves open."""
    if start > 0 and not (line[start - 1].isspace() or line[start - 1] in "([—–-"):
        return None
    after = line[start + 1 : start + 8]
    if not after[:1].isalpha() or _CLITIC.match(after):
        return None
    stopped = _STOPPED.search(line, start + 1, start + LONGEST)
    short = _SHORT.search(line, start + 1, start + LONGEST)
    if short is not None and short.start() - start <= SCARE and (stopped is None or short.start() < stopped.start()):
        return short.start()
    if stopped is not None:
        return stopped.start()
    paragraph = not line[:start].strip() and after[:1].isupper() and line.rstrip().endswith((".", "!", "?"))
    return len(line.rstrip()) if paragraph else None


def _quote(offset: int, start: int, inner_start: int, inner_end: int, end: int) -> Quote:
    return Quote(Span(offset + start, offset + end), Span(offset + inner_start, offset + inner_end))


def _closes(line: str, start: int, end: int) -> bool:
    """A straight mark that can only close: something stands right before it, and space or an end after it."""
    before = start > 0 and not line[start - 1].isspace()
    after = end >= len(line) or line[end].isspace() or line[end] in ".,;:!?)"
    return before and after


def _sentence_start(line: str, before: int) -> int:
    cut = max(line.rfind(mark, 0, max(0, before - 1)) for mark in (". ", "! ", "? "))
    return cut + 2 if cut >= 0 else 0
