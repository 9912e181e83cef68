"""What stands above the title of a printed document: a paper's name with the day, a ministry's head with its reference, the
name of a country above that of the report. The words are data (``lexicon/pages.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from standoff.ingest import byline, dateline
from standoff.ingest.pagewords import listed, words

_LINES = 14
"""Lines in which a letter says what it is about."""
_FEW = 3
"""Words of a line that is the name of a country."""
_LONGEST_NAME = 6
_PRODUCED = re.compile(r"\b[Tt]his (?:report|update|document|bulletin|publication|brief|dispatch) (?:is|was) (?:produced|issued|prepared|published|compiled) by (?:the )?(?P<who>[A-Z][\w&.-]{1,30}(?: (?:(?:of|for|and|on|the) ){0,2}[A-Z][\w&.-]{1,30}){0,7})")  # fmt: skip
_PRODUCED_IN = 1_000


def title(text: str) -> str | None:
    """What a document is called, where its first line is what stands above that; None where it is not.

    >>> title("THE WELLS MONITOR\\n\\n12 May 2026\\n\\nFive herders shot at Tamgak\\n\\nBy Ali Dirko")
    'Five herders shot at Tamgak'
    >>> title("MINISTRY OF WATER\\n\\n12 May 2026\\n\\nRE: WELLS OF TAMGAK\\n\\n1. The wells are closed.")
    'WELLS OF TAMGAK'
    """
    lines = [line.strip() for line in text[:4_000].split("\n") if line.strip()][:_LINES]
    if len(lines) < _FEW or not lines[0].isupper():
        return None
    if (about := next((found[1] for line in lines[1:] if (found := _about().fullmatch(line))), None)) is not None:
        return about
    if _is_paper(lines) and byline.find(f"{lines[2]}\n.") is None and not re.search(r"[.:;,]$", lines[2]):
        return lines[2]
    kinds = words("document_kind")
    if len(lines[0].split()) <= _FEW and any(re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", lines[1].lower()) for kind in kinds):  # fmt: skip
        return None if dateline.is_date_line(lines[1]) or re.search(r"[.;,]$", lines[1]) else lines[1]
    return None


def outlet(text: str) -> str | None:
    """Whose a document is, by the name of the paper at its head, or what it says of who made it.

    >>> outlet("THE WELLS MONITOR\\n\\n12 May 2026\\n\\nFive herders shot"), outlet("This update is produced by OCHA with others.")
    ('The Wells Monitor', 'OCHA')
    """
    lines = [line.strip() for line in text[:4_000].split("\n") if line.strip()][:_LINES]
    if len(lines) >= _FEW and _is_paper(lines):
        return lines[0].title() if lines[0].isupper() else lines[0]
    found = _PRODUCED.search(text[:_PRODUCED_IN])
    return found["who"].rstrip(".") if found is not None else None


def _is_paper(lines: Sequence[str]) -> bool:
    """Whether the first line is the name of a paper, and the next its day."""
    told = lines[0].lower().split()
    named = told[0] in listed("masthead") or told[-1] in listed("masthead")
    return named and len(told) <= _LONGEST_NAME and dateline.is_date_line(lines[1])


@cache
def _about() -> re.Pattern[str]:
    marks = "|".join(sorted(map(re.escape, words("subject_line")), key=len, reverse=True))
    return re.compile(rf"(?:{marks})\s*[:\uff1a]\s*(\S[^\n]{{3,200}}?[^.\s])", re.IGNORECASE)
