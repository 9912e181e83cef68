"""Several reports in one text, as who collects them writes them down: each below a head of its own (``Source:``, ``Date:``,
``Title:``), most often with a line of dashes between.

What divides nothing (a line above a footer, or between two parts of one report) is left as it is: only a head begins a
report, and one alone makes no collection. The names of fields are data (``lexicon/exports.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from standoff.errors import InputError
from standoff.ingest import dates, freeze
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.headed import DIVIDER, FEWEST, HEAD_LINES, Head, head_at, labelled
from standoff.ingest.text import decode


class Several:
    """A text of several reports, each with its head."""

    kind = "several"

    def recognises(self, capture: Capture) -> bool:
        words = capture.head().decode("utf-8", "replace")
        if "\0" in words or not any(labelled(line) for line in words.splitlines()[: 4 * HEAD_LINES]):
            return False
        try:
            whole, _ = decode(capture.whole(freeze.MAX_BYTES), capture.name, capture.charset)
        except InputError:
            return False  # named by who reads it
        return bool(heads(_lines(whole)))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(capture.whole(freeze.MAX_BYTES), capture.name, capture.charset)
        yield from parts(capture, words, encoding)


def parts(capture: Capture, words: str, encoding: str | None = None) -> Iterator[Capture]:
    """The reports of such a text, to be read in turn; none where it is one report."""
    told = _lines(words)
    found = heads(told)
    if not found:
        return
    orders = {dates.order_of(head.fields.get("published")) for head in found} - {None}
    shown = orders.pop() if len(orders) == 1 else None
    above = [line.strip() for line in told[: found[0].start] if line.strip()]
    above = [line for line in above if not DIVIDER.fullmatch(line)]
    left = (f"what stands above the reports: “{' '.join(above)[:200]}”",) if above else ()
    for number, (head, after) in enumerate(zip(found, [*(one.start for one in found[1:]), len(told)], strict=True), 1):
        said = head.said(shown)
        body = "\n".join(_bare(told[head.end : after]))
        yield capture.part(
            f"report {number}",
            freeze.with_title(said.title, body).encode("utf-8", "replace"),
            capture.inherited.over(said),
            charset="utf-8",
            left=(*(capture.left if number == 1 else ()), *left),
            container_encoding=encoding or capture.container_encoding,
        )
        left = ()


def heads(lines: Sequence[str]) -> list[Head]:
    """The heads of the reports of a text, from its top to its end; none where there are not two."""
    found: list[Head] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        apart = at > 0 and _divides(lines, at)
        if (at == 0 or apart or not lines[at - 1].strip()) and (head := head_at(lines, at, apart or at == 0)):
            found.append(head)
            at = max(head.end, at + 1)
        else:
            at += 1
    top = next((n for n, line in enumerate(lines) if line.strip() and not DIVIDER.fullmatch(line)), 0)
    divided = [head for head in found if _divides(lines, head.start)]
    # With no line between, a head is one where it names what the first does: else it may be the foot of a report.
    found = [head for head in found if head in divided or head.labels == found[0].labels]
    if not found or found[0].start > top:
        found = divided  # what is not divided may as well be the foot of what stands above it
    if len(found) < FEWEST:
        return []
    # What stands above the first is the title of the whole, unless it is a report.
    above = " ".join(lines[: found[0].start])
    return [] if _SENTENCES.search(above) else found


_SENTENCES = re.compile(r"(?:\S+\s+){12}")


def _divides(lines: Sequence[str], at: int) -> bool:
    """Whether a line of dashes or a form feed stands right above this line, but for empty ones."""
    above = at - 1
    while above >= 0 and not lines[above].strip(" \t"):
        above -= 1
    return above >= 0 and DIVIDER.fullmatch(lines[above]) is not None


def _bare(lines: Sequence[str]) -> list[str]:
    """A report's lines without those that divide it from its head and from the next."""
    told = list(lines)
    while told and (not told[0].strip() or DIVIDER.fullmatch(told[0])):
        told.pop(0)
    while told and (not told[-1].strip() or DIVIDER.fullmatch(told[-1])):
        told.pop()
    return told


def _lines(words: str) -> list[str]:
    return re.sub(r"\r\n?", "\n", words).replace("\f", "\n\f\n").split("\n")
