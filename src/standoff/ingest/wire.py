"""What news agencies send: a bulletin between ``ZCZC`` and ``NNNN``, below lines with its slug and its headline.

The lines of the wire itself (numbers, slugs, ``MORE``, ``ENDS``, key words) are no part of the report, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.ingest import dateline, dates, freeze
from standoff.ingest.capture import Capture, Options, Read, Said
from standoff.ingest.pagewords import listed, words
from standoff.ingest.text import decode

_BEGIN = re.compile(r"^[ \t]*ZCZC\b[^\n]{0,80}$", re.MULTILINE)
_END = re.compile(r"^[ \t]*NNNN\b[^\n]{0,20}$", re.MULTILINE)
# "bc-sudan-attack/1st ld", "BC-SOMALIA-ATTACK/ (URGENT, PIX)", "u i BYLSUD 05-18 0340", "SOMALIA ATTACK/"
_SLUG = re.compile(
    r"[ \t]*(?:\^?[Bb][Cc]-\S[^\n]{0,80}|(?:[a-z] ){2}[^\n]{2,40}|[A-Z0-9][A-Z0-9 ./,()-]{1,60}/[A-Z0-9 ,()-]{0,40})"
)
_PLACED = re.compile(r"[ \t]*[^\W\d_a-z][^\n()]{2,80}\((?P<agency>[^()\n\d]{2,40})\)[ \t]*(?:--?|–|—)[ \t]")
_LONGEST_HEADLINE = 20


class Wire:
    """A bulletin of a news agency, or several."""

    kind = "wire"

    def recognises(self, capture: Capture) -> bool:
        return (
            _BEGIN.match(capture.head().decode("utf-8", "replace").lstrip("\ufeff\r\n \t\x01").replace("\r", ""))
            is not None
        )

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        told, encoding = decode(capture.whole(freeze.MAX_BYTES), capture.name, capture.charset)
        told = re.sub(r"\r\n?", "\n", told).replace("\x01", "")
        for number, bulletin in enumerate(_BEGIN.split(told)[1:], 1):
            body, said, gone = _read(_END.split(bulletin, maxsplit=1)[0])
            left = (f"the wire's own lines: “{'; '.join(gone)[:200]}”",) if gone else ()
            yield capture.part(
                f"bulletin {number}",
                freeze.with_title(said.title, body).encode("utf-8", "replace"),
                capture.inherited.over(said),
                charset="utf-8",
                left=(*(capture.left if number == 1 else ()), *left),
                container_encoding=encoding,
            )


def _read(bulletin: str) -> tuple[str, Said, list[str]]:
    """A bulletin's text, what is said of it, and the lines that are the wire's own."""
    kept: list[str] = []
    gone: list[str] = []
    headline: list[str] = []
    day = outlet = None
    for line in bulletin.split("\n"):
        told = line.strip()
        bare = told.strip(" -=+*.#").lower()
        if placed := _PLACED.match(line):
            outlet = outlet or placed["agency"].strip()
        if told and dateline.is_date_line(line):
            day = day or dates.iso_day(told)
        elif _SLUG.fullmatch(line) or bare in listed("wire_line") or told.lower().startswith(words("wire_start")):
            gone.append(told)
        elif told.startswith("^"):
            headline.append(told.strip("^ "))
        elif not kept and not headline and told and len(told.split()) <= _LONGEST_HEADLINE and not told.endswith("."):
            headline.append(told)
        elif kept or told:
            kept.append(line)
    said = Said(title=" ".join(headline) or None, outlet=outlet, published=day, date_method="text" if day else None)
    return "\n".join(kept).strip("\n"), said, gone
