"""Lines that were broken to fit a width: one paragraph is put together again, so that a sentence is one sentence.

A line goes on in the next where the next one's first word had no room on it (that is how every program breaks lines), or
where the next goes on in small letters. A line break becomes a space, so that every offset stays what it was; only what
was set in loses its indent, a word broken at its own hyphen the break, and one broken by a hyphen that too.
"""

from __future__ import annotations

import re

from standoff.ingest import byline, vocabulary

LONGEST = 132
"""Columns of the widest terminal: a longer line was not broken by a program."""
SHORTEST = 40
_SLACK = 0.15
"""Some programs balance their lines, and leave up to so much of the width free."""
_ITEM = re.compile(r"\s*(?:[-*•·▪‣●◦–—>#|+]\s|[>#|]|(?:\d{1,3}|[a-zA-Z])[.)]\s|[-=_*]{3,}\s*$)")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WORD = re.compile(r"\S+")
_HALF, _REST = re.compile(r"([^\W\d_]+)-$"), re.compile(r"[a-zà-ÿ]+")
_HYPHEN = re.compile(r"[^\W\d_]-$|\d-$")


def joined(text: str) -> str:
    r"""A text whose hard-wrapped lines are put together; any other text as it is.

    >>> joined("The army said that its planes had bombed\na convoy of the rebels near\nNyala on Monday.\n")
    'The army said that its planes had bombed a convoy of the rebels near Nyala on Monday.\n'
    >>> joined("A headline\n\nA sentence that is a paragraph.\nAnother one.")
    'A headline\n\nA sentence that is a paragraph.\nAnother one.'
    """
    lines = text.split("\n")
    width = _width(lines)
    if width is None:
        return text
    # A telegram is all in capitals: there a capital says nothing of a new sentence.
    told = [line.lower() for line in lines] if text.isupper() else lines
    breaks = [_goes_on(told, at, width) for at in range(len(lines) - 1)]
    # Without one line that ends plainly inside a sentence nothing says that a program broke these.
    if not any(on and _plainly(told[at], told[at + 1]) for at, on in enumerate(breaks)):
        return text
    out = [lines[0]]
    for at, on in enumerate(breaks):
        after = lines[at + 1]
        if not on:
            out.append(after)
            continue
        before, after = out[-1].rstrip(), after.lstrip()
        gap = "" if _HYPHEN.search(before) and after[:1].isalnum() else " "
        half, rest = _HALF.search(before), _REST.match(after)
        if half is not None and rest is not None and vocabulary.joins(half[1], rest[0]):
            before = before[:-1]  # "pro-" and "government" keep it
        out[-1] = f"{before}{gap}{after}"
    return "\n".join(out)


def flowed(text: str, delsp: bool = False) -> str:
    """Paragraphs of a mail that calls itself ``format=flowed`` (RFC 3676): a line that ends in a space goes on.

    Lines that are quoted, and the mark of a signature, stay by themselves.
    """
    out: list[str] = []
    going_on = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        line = line[1:] if line.startswith(" ") else line  # stuffed
        if going_on and line and not quoted and line not in {"-- ", "--"}:
            out[-1] += line
        else:
            out.append(line)
        going_on = line.endswith(" ") and line != "-- " and not quoted
        if going_on and delsp:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _width(lines: list[str]) -> int | None:
    """How many columns the lines were broken to; None where they were not."""
    prose = [len(line.rstrip()) for line in lines if len(line.split()) > 2]
    if len(prose) < 2:
        return None
    # One long line (an address, a table) among many short ones is no paragraph of its own.
    longest = sorted(prose)[-1 - len(prose) // 20]
    return longest if SHORTEST <= longest <= LONGEST else None


def _goes_on(lines: list[str], at: int, width: int) -> bool:
    line, after = lines[at].rstrip(), lines[at + 1]
    if not line.strip() or not after.strip() or _ITEM.match(after) or len(line) > width + 20:
        return False
    if _deeper(after) > _deeper(lines[at]) + 1 and _SENTENCE_END.search(line):
        return False  # the first line of a new paragraph, set in
    if _ITEM.match(line) is None and _deeper(after) > 8 > _deeper(line):
        return False  # something set in its own column
    if byline.is_line(after):
        return False
    first = _WORD.search(after)
    assert first is not None
    needed = len(line) + 1 + len(first.group())
    if needed > width:
        return True
    if _SENTENCE_END.search(line):
        return needed > width * (1 - _SLACK / 2)
    if after.lstrip()[:1].islower() and len(line) >= 0.55 * width:
        return True
    return needed > width * (1 - _SLACK) or (_HYPHEN.search(line) is not None and len(line) >= 0.55 * width)


def _plainly(line: str, after: str) -> bool:
    words = after.lstrip()
    return not _SENTENCE_END.search(line.rstrip()) and (words[:1].islower() or line.rstrip().endswith((",", "-")))


def _deeper(line: str) -> int:
    return len(line) - len(line.lstrip())
