"""Text of others on a terminal: what would move the cursor, colour or turn the line around is shown, not obeyed."""

from __future__ import annotations

import re

# C0 and C1 controls (a line feed is left to the caller), and the marks that change the direction of writing.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]"
)

NOTE = "note: "
"""Begins a line of a command that is good to know, and no fault."""


def printable(text: str) -> str:
    r"""The text with every control character written out.

    >>> printable("\x1b[2Jgone")
    '\\x1b[2Jgone'
    """
    return _UNSEEN.sub(_written_out, text)


def one_line(text: str) -> str:
    """The same, on one line."""
    return printable(text).replace("\n", "\\n")


def json_safe(encoded: str) -> str:
    """JSON that says the same with the unseen characters as escapes, so that a terminal may show it."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", encoded)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def many(number: int, of: str) -> str:
    """So many of what is named by its word for one.

    >>> many(1, "claim"), many(1_200, "report")
    ('1 claim', '1,200 reports')
    """
    return f"{number:,} {of}{'s' if number != 1 else ''}"
