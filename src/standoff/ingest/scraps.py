"""Lines that are no text of a report, where it was copied off a page: tags, share buttons, teasers, navigation, counters.

A page's own furniture is seen from its elements (:mod:`standoff.ingest.furniture`); where only the words are left, a scrap
is known by how it begins, by what it holds, or by standing under a heading of teasers. What was left out is told. A line
that is a sentence stays, unless it says nothing but what every page of an outlet says. The words are data
(``lexicon/pages.toml``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from standoff.ingest import dateline, furniture
from standoff.ingest.pagewords import listed, words

_LONGEST = 40
"""Words of the longest scrap."""
_CREDIT = 20
"""Words of the longest line that says who else wrote."""
_TOLD = 60
_END = re.compile(r"[.!?…][\"”’)\]]*$")
_CELLS = re.compile(r"\s*[|›»>•·]\s*|\s+/\s+|\s-\s")
_NUMBER = re.compile(r"\d[\d.,’']*")
_MARKS = " \t:–—-•·*|#>»›"


def is_scrap(line: str) -> bool:
    """Whether a line is no text.

    >>> is_scrap("Tags: Sudan, drone, Darfur"), is_scrap("Read 1,284 times"), is_scrap("Facebook Twitter WhatsApp")
    (True, True, True)
    >>> is_scrap("The army shared its figures."), is_scrap("Killed: 5 | Wounded: 8")
    (False, False)
    """
    told = " ".join(line.split()).lower()
    if not told or len(told.split()) > _LONGEST or dateline.is_date_line(line):
        return False
    bare = told.strip(_MARKS)
    counted = _NUMBER.sub("#", bare)
    if counted in listed("scrap") or counted.strip(_MARKS + "#").strip() in listed("scrap"):
        return True
    if any(phrase in told for phrase in words("scrap_within")) and len(told.split()) <= 25:
        return True
    if bare.startswith(words("scrap_credit")) and len(told.split()) <= _CREDIT:
        return True
    if any(_begins(bare, start, told) for start in words("scrap_start")):
        return True
    return _shares(bare) or _navigates(bare)


def _begins(told: str, start: str, line: str) -> bool:
    if not told.startswith(start) or told[len(start) : len(start) + 1].isalnum():
        return False
    rest = told[len(start) :].lstrip()
    if not rest:
        return True
    if rest[0] in ":：—–|-":
        # "Source: the ministry said that 40 men had died." is a sentence.
        return len(rest.split()) <= 12 or not _END.search(line)
    return " " in start and not _END.search(line)


def _shares(told: str) -> bool:
    """Whether a line is the names of share buttons and nothing more."""
    known = listed("share")
    parts = [part for part in re.split(r"[\s,|/•·]+", re.sub(r"\d+", "", told)) if part]
    return len(parts) >= 2 and sum(part in known for part in parts) == len(parts)


def _navigates(told: str) -> bool:
    """Whether a line is the names of a site's parts: "Home | World | Africa"."""
    cells = [cell for cell in _CELLS.split(told) if cell]
    known = listed("navigation")
    return len(cells) >= 3 and all(len(cell.split()) <= 4 for cell in cells) and any(cell in known for cell in cells)


def found(lines: Sequence[str], known: Iterable[str] = ()) -> list[int]:
    """Which of a text's lines are scraps: by themselves, by standing under a heading of teasers, or by standing in many
    reports of one input (``known``)."""
    repeated = set(known)
    out: list[int] = []
    below = False
    for n, line in enumerate(lines):
        told = " ".join(line.split())
        if not told:
            continue
        if told in repeated or is_scrap(told):
            out.append(n)
            below = False
        elif furniture.says(told, "heading") and told.lower().strip(_MARKS) not in listed("section"):
            out.append(n)
            below = True
        elif below and not _END.search(told) and len(told.split()) <= 25 and not dateline.is_date_line(told):
            out.append(n)
        else:
            below = False
    gone = set(out)
    held = any(line.strip() and n not in gone for n, line in enumerate(lines))
    return out if held else []


def tail(line: str) -> int | None:
    """Where, in a text whose lines were run together, the scraps behind its last sentence begin.

    >>> line = "The army fired on the town. ... 24 Related Ceasefire Violations Recorded Tags shelling Aleppo"
    >>> line[: tail(line)]
    'The army fired on the town.'
    """
    for marked in _tail_words().finditer(line, max(0, len(line) - _TAIL)):
        rest = line[marked.start() :]
        if len(rest.split()) > 3 * _LONGEST or _END.search(rest) or _SENTENCE.search(rest):
            continue
        before = line[: marked.start()].rstrip()
        # Marks of what was cut ("... 24") are part of it; what is no sentence before it may be the text's.
        cut = re.sub(r"(?<=[.!?\"”])[\s.\d…]+$", "", before)
        return len(cut) if _END.search(cut) else None
    return None


_TAIL = 3_000
"""Characters from the end in which scraps may begin: more of them are more words than a tail has."""
_SENTENCE = re.compile(r"[^\W\d][.!?][\"”’)]*\s+[^\sa-z]")


@cache
def _tail_words() -> re.Pattern[str]:
    tails = "|".join(re.escape(word) for word in words("scrap_tail"))
    return re.compile(rf"(?<!\w)(?:{tails})(?!\w)")


def head(line: str) -> int:
    """Where, in such a text, what stands in front of its first sentence ends.

    >>> line = "28.05.2017 Get short URL 6319 An airstrike killed 20 people."
    >>> line[head(line) :]
    'An airstrike killed 20 people.'
    """
    marked = re.search("|".join(re.escape(word) for word in words("scrap_head")), line[:120])
    if marked is None or re.search(r"[a-z]{3,}\.\s", line[: marked.start()]):
        return 0
    after = re.match(r"[\s\d:|–-]*", line[marked.end() :])
    return marked.end() + (after.end() if after else 0)


def spans(text: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
    """The scraps of a text, from character to character; a whole line without its end."""
    lines = text.split("\n")
    gone = set(found(lines, known))
    out, at, last = [], 0, max((n for n, line in enumerate(lines) if line.strip() and n not in gone), default=-1)
    for n, line in enumerate(lines):
        if n in gone:
            out.append((at, at + len(line)))
        elif len(line) > 200:
            if begins := head(line):
                out.append((at, at + begins))
            if n == last and (ends := tail(line)) is not None:
                out.append((at + ends, at + len(line)))
        at += len(line) + 1
    return out


def told(text: str, gone: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """What was left out, in words."""
    parts = [" ".join(text[start:end].split()) for start, end in gone]
    shown = "; ".join(f"“{part if len(part) <= _TOLD else part[: _TOLD - 1] + '…'}”" for part in parts[:5])
    more = f" and {len(parts) - 5} more" if len(parts) > 5 else ""
    what = "a line that is no text of it" if len(parts) == 1 else f"{len(parts)} lines that are no text of it"
    return (f"{what}: {shown}{more}",) if parts else ()


def without(text: str, known: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """A text without its scraps, and what they were."""
    gone = spans(text, known)
    return (cut(text, gone), told(text, gone)) if gone else (text, ())


def cut(text: str, gone: Sequence[tuple[int, int]]) -> str:
    """A text without some of its parts."""
    kept, at = [], 0
    for start, end in gone:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", "".join(kept)).strip()


def blanked(text: str, gone: Sequence[tuple[int, int]]) -> str:
    """The same with spaces in their place, so that every offset stays what it was; those at its end go.

    >>> blanked("Home\\nIt fell.\\nTags: a, b\\n", [(0, 4), (14, 24)])
    '    \\nIt fell.\\n'
    """
    for start, end in gone:
        text = text[:start] + " " * (end - start) + text[end:]
    body = text.rstrip()
    return body + ("\n" if text[len(body) :].startswith("\n") else "") if gone and gone[-1][1] > len(body) else text


def repeated(texts: Iterable[str]) -> frozenset[str]:
    """Lines that stand in so many of an input's reports that they are no report's own: never a sentence, never a day, and
    never in texts that are the same as a whole."""
    seen: Counter[str] = Counter()
    many = 0
    whole: set[str] = set()
    for text in texts:
        lines = {" ".join(line.split()) for line in text.split("\n")}
        body = "\n".join(sorted(line for line in lines if _END.search(line)))
        if body in whole:
            continue  # a reprint repeats everything
        whole.add(body)
        many += 1
        seen.update(line for line in lines if line and not _END.search(line) and len(line.split()) <= _LONGEST)
    fewest = max(3, many // 4)
    return frozenset(line for line, times in seen.items() if times >= fewest and not dateline.is_date_line(line) and dateline.find(line) is None)  # fmt: skip
