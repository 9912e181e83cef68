"""HTML pages: limits before the parser, and the parser in a child process that can be killed.

Measured on hostile pages, the best extractor there is takes 79 seconds for 200,000 paragraphs, 56 for 100,000
attributes, and cannot be interrupted from inside. So what no news page has is refused by a cheap count first, and the
rest has a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from standoff.errors import InputError
from standoff.ingest import archived, child, dates, freeze, prologue
from standoff.ingest.capture import Capture, Options, Read, Said
from standoff.ingest.text import default_id

MAX_BYTES = 5_000_000
MAX_ELEMENTS = 50_000
MAX_DEPTH = 256
MAX_TAG = 65_536
"""Bytes of one tag with its attributes."""

_START = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
# A piece of a page, as feeds carry them and people save them.
_PIECE = re.compile(rb"\s*<(?:article|main|div|section|p|h[1-6])\b[^>]{0,500}>", re.I)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_MAX_ATTRIBUTES = 2000

# Elements without an end tag, and those whose end tag is often left out: they say nothing of depth.
_UNCLOSED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp html head body".split()
)
# What stands in these is no markup.
_RAW = {tag: re.compile(rb"</" + tag, re.I) for tag in (b"script", b"style", b"textarea")}
_MEND = "save the text of the report as .txt and read that"


class Html:
    """A page, or a piece of one."""

    kind = "html"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head().removeprefix(b"\xef\xbb\xbf")
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            head = head[2:].replace(b"\0", b"")
        return bool(_START.match(prologue.after(head)) or _PIECE.match(head))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(MAX_BYTES)
        check(data, capture.name)
        found = child.shared.call(
            "standoff.ingest.article:read",
            capture.name,
            data,
            seconds=options.seconds,
            megabytes=options.megabytes,
            url=capture.said.url,
            charset=capture.charset,
        )
        candidates = tuple((how, date.fromisoformat(day)) for how, day in found["dates"])
        outlet = found["outlet"]
        if archived.is_archive(outlet):  # its head speaks of the copy: what the page shows is older
            outlet, copied = None, archived.taken(found["url"])
            candidates = tuple((how, day) for how, day in candidates if day != copied or how == "shown")
        in_address = dates.in_url(archived.original(capture.said.url or found["url"]))
        if in_address is not None:
            # Before what is only guessed from the page's words, after what the page says in its head.
            at = next((n for n, (how, _) in enumerate(candidates) if how == "htmldate"), len(candidates))
            candidates = (*candidates[:at], ("url", in_address), *candidates[at:])
        said = Said(title=found["title"], outlet=outlet, author=found["author"], url=found["url"])
        words = freeze.with_title(found["title"] or capture.said.title, found["text"])
        # A page's own headline goes before what a feed calls it; what a feed says of its date and author does not.
        own = replace(capture, said=replace(capture.said, title=None)) if found["title"] else capture
        yield freeze.document(
            own,
            words,
            method=found["method"],
            id=default_id(capture, words),
            found=said,
            dates=candidates,
            declared=found["declared"],
            encoding=found["encoding"],
            left=tuple(found["left"]),
            bounds=(date.fromisoformat(found["changed"]),) if found["changed"] and not candidates else (),
        )


def check(data: bytes, name: str) -> None:
    """Refuse what no news page is: in one pass over the bytes, in time that grows as they do.

    Raises:
        InputError: too many elements, too deep, or a tag too long.
    """
    if b"\0" in data[:1000] and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.replace(b"\0", b"")  # UTF-16: as good as ASCII for counting tags
    elements = depth = at = 0
    while found := _TAG.search(data, at):
        closing, tag = found.group(1), found.group(2).lower()
        end = data.find(b">", found.end(), found.end() + MAX_TAG)
        if end < 0:
            if len(data) - found.end() > MAX_TAG:
                raise InputError(name, f"a tag of more than {MAX_TAG:,} bytes", _MEND)
            end = len(data)
        if data.count(b"=", found.end(), end) > _MAX_ATTRIBUTES:
            raise InputError(name, f"a tag with more than {_MAX_ATTRIBUTES:,} attributes", _MEND)
        at = end
        if closing:
            depth -= tag not in _UNCLOSED
            depth = max(0, depth)
            continue
        elements += 1
        if elements > MAX_ELEMENTS:
            raise InputError(name, f"more than {MAX_ELEMENTS:,} elements", _MEND)
        if tag not in _UNCLOSED and data[end - 1 : end] != b"/":
            depth += 1
            if depth > MAX_DEPTH:
                raise InputError(name, f"elements nested more than {MAX_DEPTH} deep", _MEND)
        if tag in _RAW:
            close = _RAW[tag].search(data, end)
            if close is None:
                break
            at = close.start()
