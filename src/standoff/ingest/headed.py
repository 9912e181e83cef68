"""The head that stands above a report in a text: ``Source:``, ``Date:``, ``Title:``, ``By:``, each on a line of its own.

The names of fields are data (``lexicon/exports.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from standoff import lexicon
from standoff.ingest import byline, dateline, dates
from standoff.ingest.capture import Said

DIVIDER = re.compile(r"[ \t>]*(?:([=*_~#+-])(?:[ \t]?\1){2,}|[\u2013\u2014\u2500\u2550]{3,})[ \t]*|\f[ \t]*")
_FIELD = re.compile(r"[ \t#*_>-]{0,12}([^\W\d_][^\W\d_ /-]{1,20}(?:[ -][^\W\d_]{1,20}){0,2})[*_ \t]{0,6}[:\uff1a][*_ \t]{0,6}(\S[^\n]{0,2000})")  # fmt: skip
_MARKED = re.compile(r"[ \t]*#{1,6} +|[ \t]*(?:\*\*|__)(?=\S)")
_END = re.compile(r"[.!?…:;,][\"”’)\]*_]*$")
HEAD_LINES = 12
_LONGEST_TITLE = 200
FEWEST = 2
"""Fields that make a head."""
_NEAR = 40
"""Lines below a head in which its text begins."""
_LEAST_TEXT = 5
"""Words of the shortest text below one."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a report: its lines, from one to the next that is no longer in it, and what they say."""

    start: int
    end: int
    labels: tuple[str, ...]
    fields: Mapping[str, str]

    def fields_at(self, words: str) -> list[tuple[int, int]]:
        """Where its fields stand in a text that it is at the top of; of its title the name of the field alone."""
        found, at = [], 0
        for n, line in enumerate(words.split("\n")):
            if self.start <= n < self.end and (field := labelled(line)) is not None:
                found.append((at, at + (line.index(field[1]) if field[0] == "title" else len(line))))
            at += len(line) + 1
        return found

    def said(self, order: str | None = None) -> Said:
        day = self.fields.get("published", "")
        when = dates.iso_day(day) or dates.numbered(day, order) or next(dateline.each(day), None)
        return Said(
            title=self.fields.get("title"),
            outlet=self.fields.get("outlet"),
            author=self.fields.get("author"),
            url=self.fields.get("url"),
            published=when,
            date_method="text" if when else None,
        )


def top(words: str) -> Head | None:
    """The head at the top of a text."""
    lines = words.split("\n")
    at = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    return head_at(lines, at) if at < len(lines) else None


def head_at(lines: Sequence[str], at: int, divided: bool = False) -> Head | None:
    """The head that begins with this line, with a text below it; None where none does. Where nothing divides it from what
    stands above, it has to have two fields that are named."""
    fields: dict[str, str] = {}
    labels: list[str] = []
    n = at
    while n < len(lines) and n - at < HEAD_LINES:
        line = lines[n]
        if (field := labelled(line)) is not None and field[0] not in labels:
            labels.append(field[0])
            fields[field[0]] = field[1]
        elif byline.is_line(line):
            fields.setdefault("author", byline.find(line.strip() + "\n.") or line.strip())
        elif line.strip() and dateline.is_date_line(line):
            fields.setdefault("published", line.strip())
        elif line.strip() and n == at and _is_title(line):
            fields["title"] = _MARKED.sub("", line).strip(" *_#")
        elif line.strip() and not (n == at + 1 and "title" in fields and DIVIDER.fullmatch(line)):
            break
        n += 1
    if lines[at].strip() == "" or not labels:
        return None
    if len(labels) < FEWEST and not (divided and len(fields) >= FEWEST):
        return None
    below: list[str] = []
    for line in lines[n : n + _NEAR]:
        if DIVIDER.fullmatch(line) and below:
            break
        below += line.split()[:_LEAST_TEXT]
        if len(below) >= _LEAST_TEXT:
            return Head(at, n, tuple(labels), fields)
    return None


def _is_title(line: str) -> bool:
    told = line.strip()
    return len(told) <= _LONGEST_TITLE and _END.search(told) is None and any(letter.isalpha() for letter in told)


def labelled(line: str) -> tuple[str, str] | None:
    """Our field and its value, where a line is one of those."""
    found = _FIELD.fullmatch(line.rstrip())
    if found is None or (field := _names().get(" ".join(found[1].casefold().split()))) is None:
        return None
    return field, found[2].strip(" *_<>")


@cache
def _names() -> Mapping[str, str]:
    return {word: entry["field"] for entry in lexicon.load("exports")["head"] for word in entry["words"]}
