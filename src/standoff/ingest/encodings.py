"""Which encoding a file of lines is in, before it is read line by line."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import BinaryIO

_PIECE = 1 << 20
_SAMPLE = 200_000
_FEW = 0.15


def detect(stream: BinaryIO) -> str | None:
    """UTF-8 (also with its mark), UTF-16, else what Windows writes or the best guess; None where nothing fits."""
    head = stream.read(4)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if len(head) == 4 and head[1::2] == b"\0\0":
        return "utf-16-le"
    if len(head) == 4 and head[0::2] == b"\0\0":
        return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece, odd = head, b""
    while piece:
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            odd = piece
            break
        piece = stream.read(_PIECE)
    else:
        try:
            decoder.decode(b"", final=True)
            return "utf-8-sig"
        except UnicodeDecodeError:
            odd = b"\xff"
    while len(odd) < _SAMPLE and (piece := stream.read(_SAMPLE)):
        odd += piece
    return eight_bits(odd[:_SAMPLE])


def of_letters(charset: str) -> bool:
    """Whether what a sender declares is an encoding that texts are sent in, and no other codec that Python happens to have:
    they take time by the square of the length, or make one text of another.

    >>> of_letters("windows-1251"), of_letters("punycode"), of_letters("unicode_escape"), of_letters("none such")
    (True, False, False, False)
    """
    try:
        found = codecs.lookup(charset)
    except (LookupError, ValueError):
        return False
    text = getattr(found, "_is_text_encoding", True)
    return bool(text) and found.name.replace("-", "_") not in _CODECS


def of_one_byte(charset: str) -> bool:
    """Whether an encoding has a byte for each letter, and ASCII among them.

    >>> of_one_byte("windows-1251"), of_one_byte("gb18030"), of_one_byte("iso-2022-jp")
    (True, False, False)
    """
    try:
        words = _ALL_BYTES.decode(charset, "replace")
    except (LookupError, ValueError):
        return False
    return len(words) == len(_ALL_BYTES) and words.count("\ufffd") < 0x40


_ALL_BYTES = b"+AB-" + bytes(range(0x80, 0x100))
_CODECS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})


def latin(sample: bytes) -> str:
    """Windows-1252, or Windows-1250 where the other would put signs into words: "¯o³nierze" is "Żołnierze".

    Raises:
        UnicodeDecodeError: it is neither.
    """
    words = sample.decode("cp1252")
    if len(_SIGN_IN_WORD.findall(words)) >= _SIGNS:
        with contextlib.suppress(UnicodeDecodeError):
            if len(_SIGN_IN_WORD.findall(sample.decode("cp1250"))) == 0:
                return "cp1250"
    return "cp1252"


_SIGN_IN_WORD = re.compile(r"[^\W\d_][¹²³¯¿£¥¦¬®±¼½¾¡¢¤¶][^\W\d_]|\b[¯£¿¡¥][a-zà-ÿ]|[^\W\d_][³¹¿¶¼][\s.,;:]")
_SIGNS = 2


def eight_bits(sample: bytes) -> str | None:
    """The encoding of what is not UTF-8."""
    high = sum(byte > 0x7F for byte in sample)
    if high < _FEW * len(sample):
        # Latin letters with a few marks among them: Windows-1252, of which guesses make Polish and Turkish.
        try:
            return latin(sample)
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return str(best.encoding) if best is not None else None
