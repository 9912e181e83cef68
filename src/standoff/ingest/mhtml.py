"""MHTML: a page that a browser saved as one file, with its pictures; the page alone is read."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime

from standoff.errors import InputError
from standoff.ingest import address
from standoff.ingest.capture import Capture, Options, Read, Said

MAX_BYTES = 50_000_000


class Mhtml:
    """A page with what belongs to it, as Chrome and others save it (RFC 2557)."""

    kind = "mhtml"

    def recognises(self, capture: Capture) -> bool:
        head, _, rest = capture.head().lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")
        head = head.lower()
        if not (b"\nmime-version:" in b"\n" + head and b"multipart/related" in head):
            return False
        saved = b"snapshot-content-location:" in head or b"saved by" in head
        return saved or (b"\nto:" not in head and b"\ncontent-location:" in b"\n" + rest.lower())

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            data = capture.whole(MAX_BYTES)
            message = email.message_from_bytes(data, policy=email.policy.default)
            pages = [
                part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}
            ]
            body = pages[0].get_payload(decode=True) if pages else None
            url = address.clean(str(message["Snapshot-Content-Location"] or pages[0]["Content-Location"] or ""))
            charset = pages[0].get_content_charset()
        except InputError:
            raise
        except Exception as error:  # the standard library's parser raises whatever a field brings about
            raise InputError(capture.name, f"a broken saved page ({error})"[:200], "save it again as HTML") from None
        if not isinstance(body, bytes) or not body.strip():
            raise InputError(capture.name, "a saved page without a page in it", "save it again as HTML")
        left = []
        if len(pages) > 1:
            left.append(f"{len(pages) - 1} framed {'page' if len(pages) == 2 else 'pages'} left out")
        if (mark := message.get_boundary()) and f"--{mark}--".encode("latin-1", "replace") not in data:
            left.append("what comes behind its end: the file is cut off")
        try:
            # When it was saved, which is not when it was published.
            saved = parsedate_to_datetime(str(message["Date"])).astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            saved = capture.taken
        yield capture.part(
            "page",
            body,
            capture.said.over(Said(url=url)),
            charset=charset,
            taken=min(saved, capture.taken),
            left=tuple(left),
        )
