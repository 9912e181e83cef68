"""Plain text and Markdown: bytes to a frozen document.

What is read stays as it was: a text that is NFC, has ``\\n`` line ends and nothing unseen in it keeps every character,
so that offsets made by others hold here too; in place of a line that is no text of a report stand as many spaces. Markdown is read as its reader sees it, without the marks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, child, encodings, endnotes, freeze, headed, lines, scraps, vault
from standoff.ingest.capture import STDIN, Capture, Options, Read, Said
from standoff.ingest.dates import iso_day
from standoff.model import Document

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# (first bytes, what it is, mend)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive", "unpack it, and add the folder"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office or Outlook file (.doc, .xls, .msg)",
        "open it, and save it as .docx, .csv or .eml",
    ),
    (b"\x89PNG", "a PNG image", "read the text of the report, not its picture"),
    (b"\xff\xd8\xff", "a JPEG image", "read the text of the report, not its picture"),
    (b"GIF8", "a GIF image", "read the text of the report, not its picture"),
    (b"\x1f\x8b", "gzip-compressed", "unpack it first: gunzip FILE"),
    (b"BZh", "bzip2-compressed", "unpack it first: bunzip2 FILE"),
    (b"\xfd7zXZ", "xz-compressed", "unpack it first: unxz FILE"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "unpack it first: unzstd FILE"),
    (b"filedesc://", "an ARC archive, the old form of WARC", "turn it into WARC first: warcio recompress FILE OUT"),
    (b"SQLite format 3\x00", "an SQLite database", "to see what a store holds: standoff claims --store FILE"),
    (b"bplist00", "a web archive of Safari, or another list of Apple's", "save the page as HTML, and add that"),
    (b"BEGIN:VCALENDAR", "a calendar", "save the text of the report as .txt"),
    (b"BEGIN:VCARD", "a card with an address", "save the text of the report as .txt"),
    (b"\x7fELF", "a program", "give the text of a report"),
)

# A declaration, and what stands before the first element; what is a page or a feed is known before.
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]{1,200}\?>(?:\s|<!--.{0,2000}?-->|<\?[^>]{0,300}\?>|<!DOCTYPE[^<>\[\]]{0,500}>)*<([A-Za-z_][\w:.-]{0,80})[\s/>]",
    re.S,
)

_BIBTEX = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|%[^\n]{0,300}\n)*@[A-Za-z]{3,20}\{[^\s,{}]{1,100},\s*\n\s*[\w-]{2,30}\s*=\s*[{\"\d]"
)
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]\n]{1,300}\]\(\s*<?https?://[^)\s]{1,2000}>?[^)\n]{0,300}\)")
_TABLE = re.compile(r"^\|?[^|\n]{1,200}\|[^\n]{0,2000}\n\|?[ \t]*:?-{2,}:?[ \t]*\|[-: |\t]*$", re.MULTILINE)
_FRONT = re.compile(r"---\n((?:[A-Za-z_][\w-]*:[^\n]*\n|[ \t-][^\n]*\n){1,60})(?:---|\.\.\.)\n")
_FRONT_ITEM = re.compile(r"\s*-\s+(\S.*)")
_TOML = re.compile(r"\+\+\+\n((?:[^\n]*\n){1,60}?)\+\+\+\n")
_UNDERLINED = re.compile(r"^[^\n|>#*=-][^\n]{2,150}\n={3,}[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^[\w-]{1,40}\]:[^\n]*(?:\n(?:[ \t]+\S[^\n]*|(?=\n[ \t])))*", re.MULTILINE)
_NOTED = re.compile(r"\[\^[\w-]{1,40}\]")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,500}[>%]\}\}")
_FRONT_FIELDS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link", "canonical", "source_url"),
    "published": ("date", "published", "publishdate", "pubdate"),
}


class Text:
    """Plain text: what is nothing else, so it comes last."""

    kind = "text"

    def recognises(self, capture: Capture) -> bool:
        return True

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(capture.whole(freeze.MAX_BYTES), capture.name, capture.charset)
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        notes = endnotes.spans(words)
        noted = endnotes.told(notes, words)
        words = scraps.blanked(words, notes)
        head = headed.top(words)
        words = scraps.blanked(words, head.fields_at(words) if head else [])
        whole = lines.joined(words)
        method = "text" if whole == words else "text, broken lines joined"
        gone = scraps.spans(whole)
        yield freeze.document(
            capture,
            scraps.blanked(whole, gone),
            method=method,
            id=default_id(capture, whole),
            found=head.said() if head else None,
            encoding=encoding,
            left=(*noted, *scraps.told(whole, gone)),
        )


class Markdown:
    """Markdown: known by a heading, a link or the fields in front, which no plain report has."""

    kind = "markdown"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head()
        if any(head.startswith(magic) for magic, _, _ in _MAGIC) or b"\0" in head:
            return False
        words = head.decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")
        return any(
            (
                _FRONT.match(words),
                _TOML.match(words),
                _UNDERLINED.search(words),
                _HEADING.search(words),
                _LINK.search(words),
                _TABLE.search(words),
            )
        )

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(capture.whole(freeze.MAX_BYTES), capture.name, capture.charset)
        yield self._document(capture, words, encoding, options)

    def _document(self, capture: Capture, words: str, encoding: str, options: Options) -> Document:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        fields: dict[str, str] = {}
        if front := _FRONT.match(words):
            fields = _front(front.group(1))
            words = words[front.end() :]
        elif front := _TOML.match(words):
            fields = _toml(front.group(1))
            words = words[front.end() :]
        words, told = vault.cleaned(words)
        words, below, unknown = vault.properties(words)
        fields = {**below, **fields}
        # In the child: what is nested without end takes time by the square.
        found = child.shared.call(
            "standoff.ingest.text:plain",
            capture.name,
            words.encode("utf-8", "replace"),
            seconds=options.seconds,
            megabytes=options.megabytes,
        )
        body = found["text"]
        said = Said(
            title=fields.get("title"), outlet=fields.get("outlet"), author=fields.get("author"), url=fields.get("url")
        )
        day = iso_day(fields.get("published"))
        return freeze.document(
            capture,
            freeze.with_title(fields.get("title"), body),
            method=found["method"],
            id=default_id(capture, body),
            found=said,
            dates=(("front", day),) if day else (),
            encoding=encoding,
            left=(*found["left"], *told, *unknown),
        )


def decode(data: bytes, name: str, charset: str | None = None) -> tuple[str, str]:
    """The words of some bytes and their encoding: UTF-8, UTF-16 with a byte order mark, or what their sender declared.

    Raises:
        InputError: they are not text, or not in an encoding that is certain.
    """
    if not data:
        raise InputError(name, "empty", "give a file with the text of a report")
    for magic, what, mend in _MAGIC:
        if data.startswith(magic):
            raise InputError(name, f"{what}, not text", mend)
    if (root := _XML.match(data[:4096])) is not None:
        kind = root.group(1).decode("ascii", "replace")
        raise InputError(name, f"XML of a kind that is not read (<{kind}>)", "save the text of the report as .txt")
    if _BIBTEX.match(data[:4096]):
        raise InputError(name, "a list of references (BibTeX), not reports", "export it as RIS or CSV, and add that")
    for mark, marked in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], marked, len(mark), name), marked
    if b"\0" in data[:1000] and (guess := _utf16_without_mark(data)):
        raise InputError(name, f"{guess} without a byte order mark", f"iconv -f {guess} -t UTF-8 FILE")
    try:
        return _decoded(data, "utf-8", 0, name), "utf-8"
    except InputError:
        if charset is None:
            raise
    try:
        if not encodings.of_letters(charset):
            raise LookupError(charset)
        return data.decode(charset), charset.lower()
    except (LookupError, ValueError):
        raise InputError(name, f"not {charset}, which its sender declared", "save it again as UTF-8") from None


def default_id(capture: Capture, words: str) -> str:
    """A document's id where none was given: of a file its name, of a page its address, of a part of a container both."""
    root = "stdin" if capture.root == STDIN else PurePath(capture.root).stem
    if capture.chain or address.is_url(capture.root) or (capture.depth and capture.said.url):
        url = address.clean(capture.said.url) or capture.root
        return f"{address.slug(url)}-{freeze.short_hash(words)}"
    return f"{root}-{freeze.short_hash(words)}" if capture.depth else root


def _front(told: str) -> dict[str, str]:
    """The fields that stand in front of a text, by our names."""
    given: dict[str, str] = {}
    last = ""
    for line in told.splitlines():
        if (item := _FRONT_ITEM.match(line)) is not None:
            if last:  # a list, an item a line
                given[last] = ", ".join(filter(None, (given.get(last), item[1].strip("\"'"))))
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon and not value.strip() else ""
        if colon and value.strip():
            given.setdefault(name.strip().lower(), _front_value(value.strip()))
    return {ours: given[key] for ours, theirs in _FRONT_FIELDS.items() for key in reversed(theirs) if key in given}


def _front_value(value: str) -> str:
    """A value without its quotes; of a list in brackets its items."""
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(one.strip().strip("\"'") for one in value[1:-1].split(",") if one.strip())
    return vault.unlinked(value.strip("\"'"))


def _toml(told: str) -> dict[str, str]:
    """The same where they are TOML."""
    try:
        given = tomllib.loads(told)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _front(told.replace(" = ", ": "))
    lower = {name.lower(): value for name, value in given.items()}
    return {
        ours: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for ours, theirs in _FRONT_FIELDS.items()
        for name in reversed(theirs)
        if (value := lower.get(name))
    }


def plain(data: bytes) -> dict[str, Any]:
    """What a reader of Markdown sees: paragraphs and headings, with their links and emphasis as words. In the child."""
    from markdown_it import MarkdownIt, __version__
    from markdown_it.token import Token

    struck: list[str] = []

    def inline(tokens: list[Token]) -> str:
        parts = []
        gone = 0
        for token in tokens:
            gone += (token.type == "s_open") - (token.type == "s_close")
            if gone:
                struck.append(token.content)  # taken back by who wrote it
            elif token.type == "softbreak":
                parts.append(" ")  # a line of Markdown goes on in the next
            elif token.type == "hardbreak":
                parts.append("\n")
            elif token.type in {"text", "code_inline"}:
                parts.append(token.content)
        return "".join(parts)

    blocks: list[str] = []
    left: list[str] = []
    heads: list[str] | None = None
    rows = 0
    words = re.sub(r"<!--.*?-->", "", data.decode(), flags=re.DOTALL)
    words, notes = _NOTE.subn("", _SHORTCODE.sub("", words))
    words = _NOTED.sub("", words)
    for token in MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(words):
        if token.type == "table_open":
            heads, rows = [], 0
        elif token.type == "table_close":
            left.append(f"a table of {rows} rows left out: {', '.join(head for head in heads or () if head)[:400]}")
            heads = None
        elif heads is not None:
            rows += token.type == "tr_open"
            if token.type == "inline" and rows == 1:
                heads.append(inline(token.children or []))
        elif token.type == "inline":
            blocks.append(inline(token.children or []))
        elif token.type in {"fence", "code_block"}:
            blocks.append(token.content.rstrip("\n"))
    if notes:
        left.append(f"{notes} {'note' if notes == 1 else 'notes'} left out")
    if told := " ".join("".join(struck).split()):
        left.append(f"struck out: “{told[:200]}”")
    return {
        "text": "\n\n".join(block for block in blocks if block.strip()),
        "left": left,
        "method": f"markdown-it {__version__}",
    }


def _decoded(data: bytes, encoding: str, skipped: int, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + skipped
        if encoding != "utf-8":
            raise InputError(name, f"broken {encoding.upper()} at byte {offset}", "save it again as UTF-8") from None
        raise InputError(
            name,
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {offset}",
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
    """What it is most likely in, as iconv calls it."""
    guess = encodings.eight_bits(data[:_SAMPLE]) or "iso-8859-1"
    return re.sub(r"^CP(?=125\d$)", "WINDOWS-", guess.upper().replace("_", "-"))


_SAMPLE = 200_000
