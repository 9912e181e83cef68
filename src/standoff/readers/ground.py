"""Quotations, found again in the frozen text: as they stand, else by white space and quotation marks alone."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from standoff.model import Span

_DOUBLE = "“”„‟«»″＂〝〞"
_SINGLE = "‘’‚‛′＇`´ʼ"
_MARKS = {ord(c): '"' for c in _DOUBLE} | {ord(c): "'" for c in _SINGLE}
_CLINGING = frozenset(
    {"ARABIC", "HEBREW", "SYRIAC", "THAI", "LAO", "KHMER", "MYANMAR", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"}
)
"""Scripts in which "and", an article or a case clings to a word, or words stand without a space: a quotation may begin and end in one."""


class Ground:
    """One text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._at = _plain(text)

    def find(self, quote: str, near: Span | None = None, within: Span | None = None) -> Span | None:
        """Where a quotation stands; None where it does not.

        Of several places the one inside ``near`` is taken, else the one before it that is nearest, else the one after it.
        ``within`` bounds the search.

        >>> Ground("She  said “no” to it").find('said "no"')
        Span(start=5, end=14)
        >>> Ground("the USSR").find("US") is None
        True
        """
        places = self._all(unicodedata.normalize("NFC", quote), within)
        if not places:
            return None
        if near is None:
            return places[0]
        inside = [one for one in places if near.covers(one)]
        if inside:
            return inside[0]
        before = [one for one in places if one.start < near.start]
        return before[-1] if before else places[0]

    def _all(self, quote: str, within: Span | None) -> list[Span]:
        wanted = quote.strip()
        if not any(c.isalnum() for c in wanted):
            return []
        low, high = (within.start, within.end) if within else (0, len(self.text))
        exact = [Span(m.start(), m.end()) for m in re.finditer(re.escape(wanted), self.text[:high]) if m.start() >= low]
        if found := [one for one in exact if self._whole(one)]:
            return found
        plain, _ = _plain(wanted)
        plain = plain.strip()
        first, last = bisect_left(self._at, low), bisect_left(self._at, high)
        loose = [
            Span(self._at[m.start()], self._at[m.end() - 1] + 1)
            for m in re.finditer(re.escape(plain), self._plain[:last])
            if m.start() >= first
        ]
        return [one for one in loose if self._whole(one)]

    def _whole(self, span: Span) -> bool:
        """Whether a span cuts no word."""
        return not (_cuts(self.text, span.start) or _cuts(self.text, span.end))


def _cuts(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after) or unicodedata.category(after).startswith("M"):
        return True
    if not (_word(before) and _word(after)):
        return False
    return before.isdigit() or after.isdigit() or not {_script(before), _script(after)} & _CLINGING


def _word(c: str) -> bool:
    return c.isalnum() or unicodedata.category(c).startswith("M")


def _script(c: str) -> str:
    return unicodedata.name(c, "").partition(" ")[0]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one kind of quotation marks and one space for any white space, and where each character stood."""
    plain: list[str] = []
    at: list[int] = []
    for index, c in enumerate(text.translate(_MARKS)):
        if c.isspace():
            if plain and plain[-1] == " ":
                continue
            c = " "
        plain.append(c)
        at.append(index)
    return "".join(plain), at
