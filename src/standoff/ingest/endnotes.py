"""Notes below a text that was copied off a page, and the figures that lead to them: "…, its mayor said.[12]"

Figures in brackets are those of notes where a list at the end has the same numbers, each on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOTE = re.compile(r"^[ \t]*\[(\d{1,3})\][ \t]*(\S[^\n]*)$", re.MULTILINE)
_MARK = re.compile(r"[ \t]?\[\d{1,3}\](?:[ \t]?\[\d{1,3}\])*")
_FEWEST = 2


def spans(text: str) -> list[tuple[int, int]]:
    """The notes of a text and the figures that lead to them, from character to character; none where it has no list of notes.

    >>> text = "It fell.[1] They fled.[2]\\n\\n[1] https://a.example\\n[2] https://b.example\\n"
    >>> [text[start:end] for start, end in spans(text)]
    ['[1]', '[2]', '[1] https://a.example', '[2] https://b.example']
    """
    notes = _below(text)
    if not notes:
        return []
    begin = notes[0].start()
    numbers = {note[1] for note in notes}
    marks = [mark for mark in _MARK.finditer(text, 0, begin) if numbers >= set(re.findall(r"\d+", mark[0]))]
    if len(marks) < _FEWEST:
        return []
    return [(mark.start(), mark.end()) for mark in marks] + [(note.start(), note.end()) for note in notes]


def told(found: Sequence[tuple[int, int]], text: str) -> tuple[str, ...]:
    """What was left out, in words."""
    many = sum(_MARK.fullmatch(text[start:end]) is None for start, end in found)
    return (f"{many} notes below the text left out",) if many else ()


def _below(text: str) -> list[re.Match[str]]:
    """The notes at a text's end, from the first on: nothing else stands between them or behind."""
    notes = list(_NOTE.finditer(text))
    kept: list[re.Match[str]] = []
    after = len(text)
    for note in reversed(notes):
        if text[note.end() : after].strip() or (kept and int(note[1]) >= int(kept[-1][1])):
            break
        kept.append(note)
        after = note.start()
    kept.reverse()
    return kept if len(kept) >= _FEWEST and int(kept[0][1]) == 1 else []
