"""What stands in a text and is not seen in it, and what is seen and is not what it looks like.

A joiner in the middle of a name, a filler between two digits: a reader sees "Russian" and "12", a program does not. And
a word in which a Cyrillic letter stands for the Latin one that it looks like is read as no name at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from standoff.ingest.vocabulary import english

# Controls, marks that turn the direction of writing around (CVE-2021-42574), and what takes no room on a page: a
# figure can be made to read otherwise than it stands.
_NEVER = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# Joiners, fillers and selectors of a form: part of the words of some scripts, and of emoji; between Latin letters and
# digits they are only there to be unseen.
_ELSEWHERE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u3164\ufe00-\ufe0f\uffa0\U000e0080-\U000e0fff"
_RUN = re.compile(f"[{_NEVER}{_ELSEWHERE}]+")
_ALWAYS = re.compile(f"[{_NEVER}]")

# Scripts whose letters never need them.
_PLAIN = re.compile(
    "[0-9A-Za-z\u00aa-\u02af\u0370-\u058f\u10a0-\u10ff\u1d00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f\uff10-\uff5a]"
)
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff\uffa1-\uffdc]")
_FILLERS = "\u115f\u1160\u3164\uffa0"
# A dot or a stroke over a plain letter or a digit that no alphabet has there (what has one is one letter when composed), or
# what takes no room behind it: by its category, whatever its script.
_STRAY = re.compile("(?<=[0-9A-Za-z])[^\\w\\s\x00-\xbf\u2010-\u2027\u2030-\u205e]+")
_NO_LETTERS = frozenset({"Mn", "Me", "Cf", "Cc", "Cn", "Co"})
_NULL_NOTE = "\U0001d159"
# Ends of lines in other forms than "\n", which many programs show as nothing.
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]+")
_LETTERS_BEFORE, _LETTERS_AFTER = re.compile("[0-9A-Za-z]+$"), re.compile("[0-9A-Za-z]+")
_LONGEST = 30
# Letters that were cast as one.
_CAST = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb06": "st"}
_CAST_ONE = re.compile("[\ufb00-\ufb04\ufb06]")

_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Letters of other alphabets that look like Latin ones.
_ALIKE = re.compile(
    "[\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03f2\u03f3"
    "\u0400-\u0408\u0410\u0412\u0415\u0417\u041a\u041c-\u041e\u0420-\u0423\u0425\u042c\u0430\u0432\u0433\u0435\u043a\u043c-\u043e"
    "\u0440-\u0443\u0445\u044c\u0450-\u0458\u04ae\u04af\u04ba\u04bb\u04c0\u04cf\u0501\u050c\u050d\u051a-\u051d"
    "\u054d\u054f\u0555\u0561\u0563\u0566\u0570\u0578\u057a\u057d\u0581\u0584\u0585"
    "\u13a0-\u13f5\ua4d0-\ua4f7\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]"
)
# Letters that look like digits, beside a digit; and letters of mathematics, which are no text's.
_AS_DIGIT = re.compile(
    "(?<=[0-9])[\u041e\u043e\u0417\u0437\u0406\u0456\u039f\u03bf]|[\u041e\u043e\u0417\u0437\u0406\u0456\u039f\u03bf](?=[0-9])"
)
_OF_MATHEMATICS = re.compile("[\U0001d400-\U0001d7ff]")
# Small capitals and letters of phonetics, which stand in no word; those of Hausa, Ewe, Azeri and others are no such letters.
_IN_LATIN = re.compile(
    "[\u0251\u0261\u0262\u026a\u0274\u0276\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d2b\ua730\ua731\ua7af\u2100-\u2188]"
)
_ELSE, _ASCII = re.compile("[\u0370-\u058f]"), re.compile("[A-Za-z]")
# Marks that stand on a letter are neither of a word nor white space; no letter of any script bears thirty.
_PILE = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_BORNE = 30
MOST = 20
"""Words that are noted."""


def taken_out(text: str) -> tuple[str, Counter[str]]:
    """The text, composed, without what is not seen in it; and what was taken out, how often.

    >>> taken_out("Ru\\u200dssian forces killed 1\\u034f2")
    ('Russian forces killed 12', Counter({'\\u200d': 1, '\\u034f': 1}))
    """
    removed: Counter[str] = Counter()

    def out(found: re.Match[str]) -> str:
        run, before = found.group(), text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        kept = "".join(mark for mark in run if not _ALWAYS.match(mark) and _belongs(mark, before, after))
        removed.update(Counter(run) - Counter(kept))
        return kept

    def stray(found: re.Match[str]) -> str:
        run = found.group()
        gone = next((n for n, mark in enumerate(run) if not _is_stray(mark)), len(run))
        removed.update(run[:gone])
        return run[gone:]

    def line_end(found: re.Match[str]) -> str:
        whole = found.string
        ahead = _LETTERS_BEFORE.search(whole[max(0, found.start() - _LONGEST) : found.start()])
        behind = _LETTERS_AFTER.match(whole[found.end() : found.end() + _LONGEST])
        if ahead is not None and behind is not None:
            before, after = ahead.group().lower(), behind.group().lower()
            one_word = before + after in english() and not (before in english() and after in english())
            if one_word or (before[-1].isdigit() and after[0].isdigit()):
                removed.update(found.group())
                return ""
        return found.group()

    def cast(found: re.Match[str]) -> str:
        removed.update(found.group())
        return _CAST[found.group()]

    def piled(found: re.Match[str]) -> str:
        kept, marks = [], 0
        for mark in found.group():
            marks = marks + 1 if unicodedata.combining(mark) else 0
            if marks <= _BORNE:
                kept.append(mark)
            else:
                removed[mark] += 1
        return "".join(kept)

    # Composing puts marks in order, which of a pile of them takes the square of its height.
    text = _PILE.sub(piled, _LINE_ENDS.sub(line_end, _RUN.sub(out, _CAST_ONE.sub(cast, text))))
    text = unicodedata.normalize("NFC", text)
    # Composed once is not always composed: taking a mark out can bring two together that compose.
    return unicodedata.normalize("NFC", _STRAY.sub(stray, text)), removed


def _is_stray(mark: str) -> bool:
    return unicodedata.category(mark) in _NO_LETTERS or mark == _NULL_NOTE


def _belongs(mark: str, before: str, after: str) -> bool:
    if not before or not before.isprintable() or before.isspace():
        return False
    if mark in _FILLERS:
        return bool(_HANGUL.match(before) or _HANGUL.match(after))
    kind = unicodedata.category(before)
    if kind in ("So", "Sk", "Sm"):
        return True  # an emoji, and what makes one of several
    return kind[0] in "LM" and not _PLAIN.match(before) and not _STRAY_BASE.match(before)


_STRAY_BASE = re.compile("[\u0300-\u036f]")


def mixed(text: str) -> list[tuple[int, int]]:
    """Words in letters that only look like Latin ones, some of them or all: where each begins and ends.

    >>> mixed("Ru\\u0455sian forces in Kyiv")
    [(0, 7)]
    """
    found, alike = [], []
    for word in _WORD.finditer(text):
        letters = word.group()
        if letters.isascii():
            continue
        if (
            (_LATIN.search(letters) and (_ALIKE.search(letters) or _IN_LATIN.search(letters)))
            or _OF_MATHEMATICS.search(letters)
            or unicodedata.normalize("NFKC", letters).isascii()
        ):
            found.append(word.span())
        elif all(map(_ALIKE.match, letters)):
            alike.append(word.span())
    if alike and 3 * _count(_ELSE, text) < _count(_ASCII, text):  # of Latin text: "ТАСС" in a Russian one is none
        found += alike
    found += [one.span() for one in _AS_DIGIT.finditer(text)]
    return sorted(found)


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in letters.finditer(text))


def words(text: str) -> tuple[str, ...]:
    """The same words, each once, as many as are noted."""
    return tuple(dict.fromkeys(text[start:end] for start, end in mixed(text)))[:MOST]
