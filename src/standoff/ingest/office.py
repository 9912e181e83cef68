"""Documents of word processors, as ministries send them: DOCX and ODT. Their text is made in the child.

mammoth makes HTML of DOCX (with what was inserted, without what was struck out), odfdo reads ODT; both then lose their
notes, pictures and tables of figures, which are told with the report.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import byline, child, clippings, dateline, dates, freeze, several
from standoff.ingest.capture import Capture, Options, Read, Said
from standoff.ingest.text import default_id

MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000
MAX_PARTS = 5_000
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError,
           OverflowError)  # fmt: skip
MAX_FIELDS = 10_000
"""Begins and ends of fields, each of which the library compares with all that are open."""
_FIELD = b":fldChar"
# Before it a comment of any length may stand, and XML comes in more than one encoding.
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_MEND = "open it and save its text as .txt"
_REFUSED = {
    "xlsb": ("an Excel workbook in its binary form, which is not read", "save its sheet as CSV, and add that"),
    "spreadsheet": ("an OpenDocument spreadsheet, which is not read", "save its sheet as CSV, and add that"),
    "pptx": ("a PowerPoint presentation, which is not read", _MEND),
    "presentation": ("an OpenDocument presentation, which is not read", _MEND),
    "epub": ("an e-book, which is not read", _MEND),
}


class Office:
    """A DOCX or ODT document."""

    kind = "office"

    def recognises(self, capture: Capture) -> bool:
        if not capture.head().startswith(b"PK\x03\x04"):
            return False
        return kind(capture) not in (None, "xlsx")

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        form = kind(capture)
        if form in _REFUSED:
            raise InputError(capture.name, *_REFUSED[form])
        found = child.shared.call(
            f"standoff.ingest.office:{form}",
            capture.name,
            capture.whole(MAX_BYTES),
            seconds=options.seconds,
            megabytes=options.megabytes,
        )
        words = found["text"]
        if clippings.looks(words):
            yield from clippings.parts(capture, words)
            return
        if parts := list(several.parts(replace(capture, left=(*capture.left, *found["left"])), words)):
            yield from parts
            return
        made = date.fromisoformat(found["made"]) if found["made"] else None
        guess = freeze.when_made(words, capture, made)
        # A file that was made of an older one: a report is not older than the days that it tells of.
        older = made is not None and any(day > made for day in dateline.each(words))
        yield freeze.document(
            capture,
            words,
            method=found["method"],
            id=default_id(capture, words),
            # Programs name who set a form up, or whose machine it was.
            found=Said(author=byline.find(words) or found["author"], title=found.get("title")),
            # Mostly the day on which it was begun: a guess, and marked as one.
            dates=(("file made", made),) if made is not None and guess and not older else (),
            left=(*found["left"], *guess),
        )


def kind(capture: Capture) -> str | None:
    """Which of the programs of an office wrote a document."""
    try:
        with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:MAX_PARTS])
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "xl/workbook.bin" in names:
                return "xlsb"
            if "ppt/presentation.xml" in names:
                return "pptx"
            if "mimetype" in names:
                with archive.open("mimetype") as told:  # a few bytes of it may grow to gigabytes
                    said = told.read(100).strip().decode("latin-1")
                if said.startswith("application/vnd.oasis.opendocument.text"):
                    return "odt" if "content.xml" in names else None
                return next((kind for kind in ("spreadsheet", "presentation", "epub") if kind in said), None)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, KeyError, NotImplementedError):
        return None
    return None


def docx(data: bytes) -> dict[str, Any]:
    """The text of a DOCX document. Runs in the child.

    Raises:
        InputError: it is broken, or larger than a report.
    """
    from importlib.metadata import version

    import mammoth

    parts = checked(data)
    body = parts.read("word/document.xml")
    hidden = _edited(body, _DOCX_CHANGE, b"commentReference")
    data, unseen = _as_shown(parts, body, data)
    hidden += unseen
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map="p.Title => h1.title:fresh",
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
            ignore_empty_paragraphs=True,
        )
    except MemoryError:
        raise
    except Exception as error:  # what is broken brings all kinds of faults about in the library
        raise InputError("", f"a broken DOCX ({error})"[:200], _MEND) from None
    text, left = _words(made.value)
    return {
        "text": text,
        "left": [*hidden, *left],
        "title": _title(made.value),
        **_said(parts, "docProps/core.xml"),
        "method": f"mammoth {version('mammoth')}",
    }


def _as_shown(parts: zipfile.ZipFile, body: bytes, data: bytes) -> tuple[bytes, list[str]]:
    """A DOCX without what Word does not print: hidden words, and what stands in a field until somebody fills it."""
    from lxml import etree

    if b"vanish" not in body and b"showingPlcHdr" not in body:
        return data, []
    tree = _parsed(body)
    if tree is None:
        return data, []
    hidden: list[str] = []
    for element in list(tree.iter()):
        name, parent = _local(element.tag), element.getparent()
        if parent is None:
            continue
        inside = [_local(one.tag) for one in element.iterchildren()]
        marks = {_local(one.tag): dict(one.attrib) for child in element if _local(child.tag) in {"rPr", "sdtPr"} for one in child}  # fmt: skip
        gone = (
            name == "r"
            and "vanish" in marks
            and "0" not in marks["vanish"].values()
            and "false" not in marks["vanish"].values()
        ) or (name == "sdt" and "showingPlcHdr" in marks and "sdtContent" in inside)
        if gone:
            if name == "r" and (words := "".join(element.itertext()).strip()):
                hidden.append(words)
            parent.remove(element)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in parts.infolist():
            shown = etree.tostring(tree) if entry.filename == "word/document.xml" else parts.read(entry)
            copy.writestr(entry.filename, shown)
    return out.getvalue(), [f"words that the document hides: “{' '.join(hidden)[:200]}”"] if hidden else []


_DOCX_CHANGE = re.compile(rb"<w:(?:del|moveFrom)[ >]")
_ODT_CHANGE = re.compile(rb"<text:(?:deletion|insertion)[ />]")


def _edited(body: bytes, change: re.Pattern[bytes], comment: bytes) -> list[str]:
    """What who edits a document sees and its reader does not: changes that were kept track of, and remarks."""
    changes, remarks = len(change.findall(body)), body.count(comment)
    told = []
    if changes:
        told.append("tracked changes: read as if all were accepted, without what they delete")
    if remarks:
        told.append(f"{remarks} {'comment' if remarks == 1 else 'comments'} left out")
    return told


def _title(page: str) -> str | None:
    from lxml import html

    from standoff.ingest import furniture

    found = html.fromstring(f"<div>{page}</div>").find_class("title")
    return furniture.text_of(found[0]) or None if found else None


def odt(data: bytes) -> dict[str, Any]:
    """The text of an ODT document. Runs in the child.

    Raises:
        InputError: it is broken, or larger than a report.
    """
    from importlib.metadata import version

    from odfdo import Document

    parts = checked(data)
    try:
        page = _odt_html(Document(io.BytesIO(data)).body)
    except MemoryError:
        raise
    except Exception as error:
        raise InputError("", f"a broken ODT ({error})"[:200], _MEND) from None
    text, left = _words(page)
    left = [*_edited(parts.read("content.xml"), _ODT_CHANGE, b"<office:annotation "), *left]
    return {"text": text, "left": left, **_said(parts, "meta.xml"), "method": f"odfdo {version('odfdo')}"}


def _odt_html(body: Any) -> str:
    """An ODT's text as plain HTML, for the one way in which both kinds are read."""
    from html import escape

    out: list[str] = []
    boxes: list[Any] = []

    def words(element: Any) -> str:
        name = _local(element.tag)
        if name in {"note", "annotation", "tracked-changes", "frame", "bookmark", "annotation-end"}:
            if name == "note":
                out_notes.append(1)
            # A box of text stands beside its paragraph, and is read after it.
            boxes.extend(one for one in element.iter() if name == "frame" and _local(one.tag) == "text-box")
            return ""
        inner = element.text or ""
        if name == "tab":
            inner = " "
        elif name == "line-break":
            inner = "\n"
        elif name == "s":
            inner = " "
        return inner + "".join(words(one) + (one.tail or "") for one in element)

    out_notes: list[int] = []
    unseen: list[str] = []

    def walk(element: Any) -> None:
        name = _local(element.tag)
        if name in {"p", "h"}:
            tag = "h2" if name == "h" else "p"
            lines = "<br>".join(escape(line) for line in words(element).split("\n"))
            out.append(f"<{tag}>{lines}</{tag}>")
            held = boxes[:]
            boxes.clear()
            for box in held:
                for one in box:
                    walk(one)
        elif name == "table":
            out.append("<table>")
            for row in element.iter():
                if _local(row.tag) == "table-row":
                    cells = [escape(" ".join(" ".join(words(p) for p in cell).split())) for cell in row]
                    out.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
            out.append("</table>")
        elif name == "list-item":
            first = len(out)
            for one in element:
                walk(one)
            if len(out) > first and out[first].startswith("<p>"):
                out[first] = out[first].replace("<p>", "<p>• ", 1)
        elif name == "section" and any(
            _local(key) == "display" and value == "none" for key, value in element.attrib.items()
        ):
            unseen.append(" ".join("".join(element.itertext()).split()))
        elif name not in {"tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls"}:
            for one in element:
                walk(one)

    walk(body._xml_element)
    notes = '<sup><a href="#n">1</a></sup>' * len(out_notes)
    hidden = "".join(f'<div hidden="">{escape(words)}</div>' for words in unseen)
    return "".join(out) + (f"<p>{notes}</p>" if notes else "") + hidden


def _parsed(part: bytes) -> Any:
    """The tree of a document's part, which opens nothing; None where nothing of it can be read."""
    from lxml import etree

    try:
        return etree.fromstring(
            part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        )
    except etree.XMLSyntaxError:
        return None


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(page: str) -> tuple[str, list[str]]:
    """The paragraphs of a document made HTML, and what of it was left."""
    from lxml import html

    from standoff.ingest import article, furniture

    if not page.strip():
        raise InputError("", "a document without text", _MEND)
    tree = html.fromstring(f"<html><body>{page}</body></html>")
    left = []
    # Raised figures that lead to a note are no part of the number before them.
    marks = [one for one in tree.iter("sup") if one.find(".//a") is not None or furniture.text_of(one).isdigit()]
    notes = [one for one in tree.iter("ol", "li") if any("note" in (li.get("id") or "") for li in one.iter("li"))]
    if marks:
        left.append(f"{len(marks)} {'note' if len(marks) == 1 else 'notes'} left out")
    pictures = len(list(tree.iter("img")))
    if pictures:
        left.append(f"{pictures} {'picture' if pictures == 1 else 'pictures'} left out")
    for one in list(tree.iter("div")):
        if one.get("hidden") is not None:
            left.append(f"words that the document hides: “{furniture.text_of(one)[:200]}”")
            furniture.drop(one)
    for one in (*marks, *notes):
        furniture.drop(one)
    for one in list(tree.iter("br")):
        # A line that goes on in small letters is one sentence with the line above it.
        if (one.tail or "").lstrip()[:1].islower():
            one.tail = furniture.settable(f" {(one.tail or '').lstrip()}")
            one.drop_tag()
    left += furniture.clear_document(tree)
    for item in tree.iter("li"):
        item.text = furniture.settable(f"• {item.text or ''}")
    # Word's hyphen that is not broken at is a hyphen to whoever reads.
    text = article.all_words(html.tostring(tree, encoding="unicode")).replace("\u2011", "-")
    if not any(character.isalpha() for character in text):
        raise InputError("", "a document without text", _MEND)
    return text, left


def checked(data: bytes) -> zipfile.ZipFile:
    """The parts of a document, none of which grows beyond reason.

    Raises:
        InputError: it is locked, broken, or too large.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise InputError("", "a document larger than a report", "split it into one file a report")
        if any(entry.flag_bits & 1 for entry in entries):
            raise InputError("", "a document locked with a password", "save it without one")
        for entry in entries:
            # Each is read once here, so that what is torn is named before the library meets it.
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            part = archive.read(entry)
            if any(mark in part for mark in _DOCTYPES):
                raise InputError("", "a document that declares a document type", _MEND)
            if part.count(_FIELD) > MAX_FIELDS:
                raise InputError("", f"a document of more than {MAX_FIELDS:,} fields", _MEND)
    except _BROKEN as error:
        raise InputError("", f"a broken document ({error})"[:200], _MEND) from None
    return archive


def _said(archive: zipfile.ZipFile, name: str) -> dict[str, str | None]:
    """Author and day that a document's own head names."""
    found: dict[str, str | None] = {"author": None, "made": None}
    if name not in archive.namelist():
        return found
    root = _parsed(archive.read(name))
    for element in root.iter() if root is not None else ():
        told = (element.text or "").strip()
        if _local(element.tag) in {"creator", "initial-creator"} and told:
            found["author"] = found["author"] or told
        if _local(element.tag) in {"created", "creation-date"} and (day := dates.iso_day(told)):
            found["made"] = found["made"] or day.isoformat()
    return found
