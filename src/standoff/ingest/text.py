"""Plain text: bytes of a file or of standard input to a frozen document.

What is read stays as it was: a text that is NFC and has ``\\n`` line ends keeps every character, so that offsets
made by others hold here too.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from datetime import date, datetime
from pathlib import Path

from standoff.errors import InputError, SettingsError
from standoff.ingest import dateline, english
from standoff.model import Document

STDIN = "-"

MAX_BYTES = 1_000_000
"""A report is seldom over 100 kB; the language stage takes about a gigabyte of memory at a million characters."""

# No word of any report is as long; a parser given one would be busy for minutes.
_ENDLESS = re.compile(r"\w{1000}|\S{10000}")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROLS_IN_TEXT = 1 / 1000

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# (first bytes, what it is, mend)
_PAGE = "save the article's text and read that"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "turn it into text first: pdftotext FILE - | standoff extract -"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "save the text of the report as .txt"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text"),
    (b"\x89PNG", "a PNG image", "read the text of the report, not its picture"),
    (b"\xff\xd8\xff", "a JPEG image", "read the text of the report, not its picture"),
    (b"GIF8", "a GIF image", "read the text of the report, not its picture"),
    (b"\x1f\x8b", "gzip-compressed", "unpack it first: gunzip FILE"),
    (b"BZh", "bzip2-compressed", "unpack it first: bunzip2 FILE"),
    (b"\xfd7zXZ", "xz-compressed", "unpack it first: unxz FILE"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "unpack it first: unzstd FILE"),
    (b"SQLite format 3\x00", "an SQLite database", "to see what a store holds: standoff claims --store FILE"),
    (b"\x7fELF", "a program", "give the text of a report"),
)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def read(
    source: str | Path,
    *,
    published: date | str | None = None,
    doc_id: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Document:
    """Read one report from a file, or from standard input where ``source`` is ``-``.

    The title and the publication date are taken from the text where they stand at its head beyond doubt;
    ``published`` goes before the text's own date.

    Raises:
        InputError: the input is not an English text that can be read; the message names the mend.
        SettingsError: ``published`` or ``doc_id`` cannot be used.
    """
    name = "standard input" if str(source) == STDIN else str(source)
    day = parse_date(published)
    text = decode(_bytes(source, name), name)
    english.check(text, name)
    return Document(
        id=_id(doc_id) if doc_id is not None else "stdin" if str(source) == STDIN else Path(source).stem,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=title(text),
        outlet=outlet,
        url=url,
        published=day or dateline.find(text),
    )


def decode(data: bytes, name: str) -> str:
    """The frozen text of some bytes: UTF-8, or UTF-16 with a byte order mark; NFC; line ends as ``\\n``.

    Raises:
        InputError: they are not text, or not in an encoding that is certain.
    """
    if not data:
        raise InputError(name, "empty", "give a file with the text of a report")
    if len(data) > MAX_BYTES:
        raise InputError(name, f"larger than {MAX_BYTES // 1_000_000} MB", "split it into one file a report")
    for magic, what, mend in _MAGIC:
        if data.startswith(magic):
            raise InputError(name, f"{what}, not text", mend)
    if _HTML.match(data[:4096]):
        raise InputError(name, "an HTML page, not plain text", _PAGE)
    text = _decoded(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > len(text) * _CONTROLS_IN_TEXT + 1:
        raise InputError(name, "binary data, not text", "give a file with the text of a report")
    if not any(character.isalpha() for character in text):
        why = "no text in it, only white space" if not text.strip() else "no words in it"
        raise InputError(name, why, "give a file with the text of a report")
    if endless := _ENDLESS.search(text):
        start = endless.start()
        raise InputError(name, f"a word without end at character {start}", "give the text of a report, with its spaces")
    return text


def parse_date(value: date | str | None) -> date | None:
    """A publication date as given: ``2025-05-08``.

    >>> parse_date("2025-05-08")
    datetime.date(2025, 5, 8)

    Raises:
        SettingsError: it is no day of the calendar, or not written as year, month and day.
    """
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    what = f"publication date {value!r}"
    mend = "write it as YYYY-MM-DD, as in 2025-05-08"
    parts = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value.strip(), re.ASCII)
    if not parts:
        raise SettingsError(what, "not an ISO date", mend)
    year, month, day = (int(part) for part in parts.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        raise SettingsError(what, "no such day in the calendar", mend) from None
    if found.year not in dateline.YEARS:
        years = f"{dateline.YEARS.start} and {dateline.YEARS.stop - 1}"
        raise SettingsError(what, f"not between {years}", mend)
    return found


def title(text: str) -> str | None:
    """The first line, where it is plainly a headline: short, not a sentence, not a date, with text after it."""
    head, line_end, rest = text.lstrip("\n").partition("\n")
    head = head.strip()
    if not (line_end and rest.strip() and head) or len(head) >= 200 or not any(c.isalpha() for c in head):
        return None
    if re.search(r"[.:;,][\"”’')]*$", head) or dateline.is_date_line(head):
        return None
    return head


def _bytes(source: str | Path, name: str) -> bytes:
    """At most a byte more than is allowed, so that an endless stream ends here."""
    try:
        if str(source) == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(source).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(name, "no such file", "check the name") from None
    except IsADirectoryError:
        raise InputError(name, "a folder, not a file", "name the files in it") from None
    except PermissionError:
        raise InputError(name, "not allowed to read it", "change its permissions, or read a copy") from None
    except ValueError:
        raise InputError(name, "not a file name", "check the name") from None
    except OSError as error:
        raise InputError(name, f"cannot be read ({error.strerror})", "check the file and its disk") from None


def _decoded(data: bytes, name: str) -> str:
    encoding, skip = "utf-8", 0
    for mark, marked in _BOMS:
        if data.startswith(mark):
            encoding, skip = marked, len(mark)
            break
    else:
        if b"\0" in data[:1000] and (guess := _utf16_without_mark(data)):
            raise InputError(name, f"{guess} without a byte order mark", f"iconv -f {guess} -t UTF-8 FILE")
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + skip
        if encoding != "utf-8":
            raise InputError(name, f"broken {encoding.upper()} at byte {offset}", "save it again as UTF-8") from None
        raise InputError(
            name,
            f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset}",
            f"turn it into UTF-8 with iconv -f {_eight_bit(data)} -t UTF-8 FILE",
        ) from None


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte."""
    head = data[:1000]
    half = len(head) // 2
    if head[1::2].count(0) > 0.8 * half and head[0::2].count(0) == 0:
        return "UTF-16LE"
    if head[0::2].count(0) > 0.8 * half and head[1::2].count(0) == 0:
        return "UTF-16BE"
    return None


def _eight_bit(data: bytes) -> str:
    """What English that is not UTF-8 is most often in."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "ISO-8859-1"
    return "WINDOWS-1252"


def _id(given: str) -> str:
    if not given.strip() or not given.isprintable():
        raise SettingsError(f"document id {given!r}", "empty or not printable", "give a short name, as in 'dawn-0508'")
    return given
