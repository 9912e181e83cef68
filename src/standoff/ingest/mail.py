"""E-mail (EML): newsletters and statements by mail."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from standoff.errors import InputError
from standoff.ingest import dates, freeze
from standoff.ingest.capture import Capture, Options, Read, Said
from standoff.ingest.text import decode, default_id

MAX_BYTES = 20_000_000
_MAX_PARTS = 200
_MAX_FIELD = 2_000
"""Characters of a field of a head."""
_FIELDS = (b"received:", b"return-path:", b"from:", b"to:", b"subject:", b"date:", b"message-id:", b"mime-version:",
           b"delivered-to:", b"dkim-signature:", b"content-type:", b"reply-to:", b"x-", b"list-", b"arc-")  # fmt: skip
_HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "List-Id")


class Mail:
    """One message. Its plain text where it has one, else its HTML; what is attached is not read."""

    kind = "eml"

    def recognises(self, capture: Capture) -> bool:
        lines = capture.head().lstrip(b"\r\n").split(b"\n", 40)
        if not lines[0].lower().startswith((*_FIELDS, b"from ")):
            return False
        names = {line.partition(b":")[0].lower() for line in lines if b":" in line}
        return (
            bool({b"from", b"date", b"subject", b"message-id", b"mime-version"} & names)
            and len({name + b":" for name in names} & set(_FIELDS)) >= 3
        )

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(MAX_BYTES)
        try:
            message = cast(EmailMessage, email.message_from_bytes(data, policy=_Short()))
            said, headers, plain, markup = self._parts(message, capture.name)
        except InputError:
            raise
        except Exception as error:  # the standard library's parser raises whatever a field brings about
            raise InputError(capture.name, f"a broken e-mail ({error})"[:200], "save its text as .txt") from None
        if plain is not None:
            words, encoding = decode(plain, capture.name, "cp1252")
            whole = freeze.with_title(said.title, words)
            yield freeze.document(
                _with(capture, headers),
                whole,
                method="email",
                id=default_id(capture, whole),
                found=said,
                dates=(("mail", said.published),) if said.published else (),
                encoding=encoding,
            )
        elif markup is not None:
            yield capture.part("HTML", markup, capture.said.over(said), headers=headers, depth=capture.depth)
        else:
            raise InputError(capture.name, "an e-mail without text", "save what is attached to it, and add that")

    def _parts(
        self, message: EmailMessage, name: str
    ) -> tuple[Said, tuple[tuple[str, str], ...], bytes | None, bytes | None]:
        headers = tuple((field, str(message[field])) for field in _HEADERS if message[field])
        sender, _ = parseaddr(str(message["From"] or ""))
        day = dates.iso_day(str(message["Date"] or ""))
        said = Said(
            title=str(message["Subject"] or "") or None,
            outlet=sender or None,
            published=day,
            date_method="mail" if day else None,
        )
        found: dict[str, bytes] = {}
        for number, part in enumerate(message.walk()):
            if number > _MAX_PARTS:
                raise InputError(name, f"an e-mail of more than {_MAX_PARTS} parts", "save its text as .txt")
            kind = part.get_content_type()
            if part.is_multipart() or part.get_content_disposition() == "attachment":
                continue
            if kind in {"text/plain", "text/html"} and kind not in found:
                body = part.get_payload(decode=True)
                if not isinstance(body, bytes) or not body.strip():
                    continue
                charset = part.get_content_charset() or "utf-8"
                try:
                    found[kind] = body.decode(charset).encode()
                except (LookupError, ValueError):
                    found[kind] = body
        return said, headers, found.get("text/plain"), found.get("text/html")


class _Short(email.policy.EmailPolicy):
    """The standard policy with fields no longer than anybody writes: its parser takes time by the square of a field."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MAX_FIELD]


def _with(capture: Capture, headers: tuple[tuple[str, str], ...]) -> Capture:
    from dataclasses import replace

    return replace(capture, headers=headers)
