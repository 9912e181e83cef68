"""What lies beside reports and is none: files of a system or a program, and pictures."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

from standoff import lexicon

_PICTURES = ((b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"BM", "a picture"),
             (b"\x00\x00\x00 ftyp", "a film"), (b"ID3", "a recording"), (b"OggS", "a recording"))  # fmt: skip


def is_system(name: str) -> bool:
    """Whether a file is one that a system or a program put there for itself.

    >>> is_system("2026/Thumbs.db"), is_system("__MACOSX/._a.html"), is_system("~$dori.docx"), is_system("a.html")
    (True, True, True, False)
    """
    path = PurePath(name.replace("\\", "/"))
    names, starts = _known()
    return path.name.lower() in names or any(part.startswith(starts) for part in path.parts)


def picture(data: bytes) -> str | None:
    """What a file is that holds no words."""
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture"
    if data[4:8] == b"ftyp":
        return "a film"
    return next(
        (what for mark, what in _PICTURES if data.startswith(mark) and (mark != b"BM" or b"\0" in data[:20])), None
    )


@cache
def _known() -> tuple[frozenset[str], tuple[str, ...]]:
    entries = lexicon.load("pages")["system_file"]
    return frozenset(name.lower() for entry in entries for name in entry["names"]), tuple(start for entry in entries for start in entry["starts"])  # fmt: skip
