"""E-mail: newsletters and statements by mail, one a file (EML) or many (mbox)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from email.message import EmailMessage
from typing import cast

from standoff.errors import InputError
from standoff.ingest import child, dates, encodings, freeze, html, lines, pagewords, quoted
from standoff.ingest.capture import Capture, Failed, Options, Read, Reference, Said
from standoff.ingest.text import default_id

MAX_BYTES = 20_000_000
MAX_MAILS = 100_000
_MAX_PARTS = 200
_MAX_FIELD = 2_000
"""Characters of a field of a head."""
_DEEPEST = 20
_FIELDS = (b"received", b"return-path", b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"cc",
           b"delivered-to", b"dkim-signature", b"content-type", b"content-transfer-encoding", b"reply-to", b"status",
           b"sender", b"in-reply-to", b"references", b"return-receipt-to", b"envelope-to", b"user-agent")  # fmt: skip
_REPORTS = (".txt", ".htm", ".html", ".md", ".markdown", ".mht", ".mhtml")
"""Names of reports that mail programs attach as bytes of no kind."""
_PREFIXES = (b"x-", b"list-", b"arc-", b"resent-", b"thread-", b"authentication-")
_HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "List-Id")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):")
_ENVELOPE = re.compile(rb"From \S+.{0,200}\b\d{4}\b")
# Apple Mail writes a mail's length before it, and a list of its own behind it.
_LENGTH = re.compile(rb"\s{0,8}(\d{1,10})[ \t]*\r?\n")
# As the programs write it; what only begins alike may be prose.
_STAMP = re.compile(rb"From \S+\s.{0,200}\b[A-Z][a-z]{2},? .{0,20}\d:\d\d.{0,40}\b\d{4}\b")

_RICH = {"application/rtf": "RTF", "text/rtf": "RTF", "text/richtext": "RTF", "application/ms-tnef": "TNEF (winmail.dat)",
         "application/vnd.ms-tnef": "TNEF (winmail.dat)", "application/pkcs7-mime": "an encrypted form",
         "application/x-pkcs7-mime": "an encrypted form", "application/pgp-encrypted": "an encrypted form"}  # fmt: skip
# Said of a mail's form, and of nothing that a reader would miss.
_SILENT = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/x-amp-html"}
)


class Mbox:
    """A mailbox: many mails, each behind a line that begins with ``From``."""

    kind = "mbox"

    def recognises(self, capture: Capture) -> bool:
        first, _, rest = capture.head().lstrip(b"\r\n").partition(b"\n")
        return bool(_ENVELOPE.match(first)) and bool(_FIELD.match(rest))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        for number, data in enumerate(self._mails(capture), 1):
            place = f"mail {number}"
            if number > MAX_MAILS:
                raise InputError(capture.name, f"a mailbox of more than {MAX_MAILS:,} mails", "split it")
            if len(data) > MAX_BYTES:
                name = f"{capture.name}: {place}"
                why = InputError(name, f"larger than {MAX_BYTES // 1_000_000} MB", "save its text as .txt")
                yield Failed(name, capture.root, why)
            elif data.strip():
                yield capture.part(place, data, capture.inherited)

    def _mails(self, capture: Capture) -> Iterator[bytes]:
        with capture.stream() as stream:
            held: list[bytes] = []
            size, blank = 0, True
            line = stream.readline(MAX_BYTES)
            while line:
                this, line = line, stream.readline(MAX_BYTES)
                if blank and _ENVELOPE.match(this) and (_FIELD.match(line) or _STAMP.match(this)):
                    if held:
                        yield b"".join(held)
                    held, size = [], 0
                    continue
                blank = not this.strip()
                size += len(this)
                if size <= MAX_BYTES + 1:  # the rest of what is too large is not held
                    held.append(this[1:] if re.match(rb">+From ", this) else this)
            if held:
                yield b"".join(held)


@dataclass
class _Parts:
    """What was found in one mail, in its order."""

    texts: list[str] = field(default_factory=list)
    encodings: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    inside: list[tuple[str, Said, bytes, str | None]] = field(default_factory=list)
    """Reports of their own: the place, what is said of it, its bytes, its encoding."""
    stories: list[Reference] = field(default_factory=list)
    """Reports that it leads to."""
    left: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Attachments that are not read."""
    rich: list[str] = field(default_factory=list)
    """Bodies in forms that are not read."""
    faults: list[InputError] = field(default_factory=list)
    number: int = 0


class Mail:
    """One mail: its texts in their order, without what they quote. Mails and reports in it are reports of their own."""

    kind = "eml"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head()
        if length := _LENGTH.match(head):
            head = head[length.end() :]
        head = head.lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        told = [line for line in head.split(b"\n")[:60] if not line.startswith((b" ", b"\t"))]
        if told and told[0].lower().startswith(b"from "):
            told = told[1:]
        found = [field.group(1).lower() for line in told if (field := _FIELD.match(line))]
        if not found or len(found) < min(len(told), 60) - (len(capture.head()) >= 8192):
            return False  # a line among them that is no field
        known = {name for name in found if name in _FIELDS or name.startswith(_PREFIXES)}
        return len(known) >= 3 and bool({b"from", b"received", b"message-id", b"mime-version", b"return-path"} & known)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(MAX_BYTES)
        if length := _LENGTH.match(data):
            data = data[length.end() : length.end() + int(length.group(1))]
        try:
            message = cast(EmailMessage, email.message_from_bytes(data, policy=_Short()))
            _check(message, capture.name)
            said, headers = self._head(message)
            parts = _Parts()
            self._walk(message, capture, options, said, parts, 0)
        except InputError:
            raise
        except Exception as error:  # the standard library's parser raises whatever a field brings about
            raise InputError(capture.name, f"a broken e-mail ({error})"[:200], "save its text as .txt") from None
        texts = [text for text in parts.texts if text.strip()]
        if texts and parts.inside and quoted.covers(" ".join(texts)):
            parts.left.append(quoted.covered(" ".join(texts)))
            texts = []
        left = (*capture.left, *dict.fromkeys(parts.left), *_listed(parts))
        own = replace(capture, headers=headers, left=left)
        if texts:
            whole = freeze.with_title(said.title, "\n\n".join(text.strip("\n") for text in texts))
            yield freeze.document(
                own,
                whole,
                method=", ".join(dict.fromkeys(("email", *filter(None, parts.methods)))),
                id=default_id(capture, whole),
                found=said,
                dates=(("mail", said.published),) if said.published else (),
                encoding=parts.encodings[0] if parts.encodings else None,
            )
        for number, (place, told, body, charset) in enumerate(parts.inside):
            # What was left out is told once, with the first report that there is.
            first = left if not texts and number == 0 else ()
            yield capture.part(place, body, told, headers=headers, charset=charset, left=first)
        yield from parts.stories
        for fault in parts.faults:
            yield Failed(capture.name, capture.root, fault)
        if not texts and not parts.inside and not parts.faults and not parts.stories:
            if parts.rich:
                why = f"an e-mail whose body is in {parts.rich[0]}, which is not read"
                raise InputError(capture.name, why, "open it and save its text as .txt")
            what = f" ({'; '.join(left)})" if left else ""
            raise InputError(capture.name, f"an e-mail without text{what}"[:300], "save what it holds, and add that")

    def _head(self, message: EmailMessage) -> tuple[Said, tuple[tuple[str, str], ...]]:
        headers = tuple((field, str(message[field])) for field in _HEADERS if message[field])
        outlet, author = quoted.sent_by(str(message["From"] or ""))
        day = dates.iso_day(str(message["Date"] or ""))
        said = Said(
            title=str(message["Subject"] or "") or None,
            outlet=outlet,
            author=author,
            published=day,
            date_method="mail" if day else None,
        )
        return said, headers

    def _walk(
        self, part: EmailMessage, capture: Capture, options: Options, said: Said, found: _Parts, depth: int
    ) -> None:
        found.number += 1
        if found.number > _MAX_PARTS or depth > _DEEPEST:
            raise InputError(capture.name, f"an e-mail of more than {_MAX_PARTS} parts", "save its text as .txt")
        kind = part.get_content_type()
        if kind in {"message/rfc822", "message/global"} and depth:
            if (headless := _only_parts(part)) is not None:
                self._walk(headless, capture, options, said, found, depth + 1)
            else:
                self._mail(part, capture, found)
        elif part.is_multipart() and kind.startswith("multipart/"):
            inner = [one for one in part.get_payload() if isinstance(one, EmailMessage)]
            if kind == "multipart/alternative":
                inner = self._best(inner)
            elif any(one.get_content_type() == "multipart/digest" for one in inner):
                # Beside the mails of a digest stand its list of contents and the list's own words, which say that they are.
                kept = [one for one in inner if not one["Content-Description"]]
                if len(kept) < len(inner):
                    inner = kept
                    found.left.append("the contents of the digest left out")
            elif kind == "multipart/encrypted":
                found.rich.append("an encrypted form")
                return
            for one in inner:
                if kind == "multipart/digest" and not one.is_multipart() and one.get_content_type() == "text/plain":
                    one.set_type("message/rfc822")
                self._walk(one, capture, options, said, found, depth + 1)
        else:
            self._leaf(part, kind, capture, options, said, found)

    def _best(self, inner: list[EmailMessage]) -> list[EmailMessage]:
        """Of several forms of one text the plain one, unless it only says that there is another."""
        plain = [one for one in inner if one.get_content_type() == "text/plain"]
        other = [one for one in inner if one.get_content_type() not in {"text/plain", "text/x-amp-html"}]
        others = [one for one in other if one.get_content_type() != "text/calendar"]
        if plain and any("schema.org/Article" in _words(one)[0] for one in others):
            return others[-1:]  # which names its stories one by one
        if plain and others:
            short = len(_words(plain[0])[0].split())
            rich = next(
                (one for whole in others for one in whole.walk() if one.get_content_type() == "text/html"), None
            )
            if rich is not None and short < 40 and len(re.sub(r"<[^>]*>", " ", _words(rich)[0]).split()) > 3 * short:
                return [others[-1]]
        return plain[:1] or others[-1:] or other[-1:] or inner[:1]

    def _mail(self, part: EmailMessage, capture: Capture, found: _Parts) -> None:
        """A mail inside this one."""
        held = part.get_payload()
        try:
            inner = held[0] if isinstance(held, list) else None
            whole = isinstance(inner, EmailMessage)
            body = inner.as_bytes(policy=email.policy.compat32) if whole else part.get_payload(decode=True)  # type: ignore[union-attr]
        except Exception:  # a head that cannot be written again
            body = str(held[0] if isinstance(held, list) else held).encode("utf-8", "replace")
        if isinstance(body, bytes) and body.strip():
            place = f"mail {1 + sum(where.startswith('mail') for where, *_ in found.inside)}"
            found.inside.append((place, capture.inherited, body, None))

    def _leaf(
        self, part: EmailMessage, kind: str, capture: Capture, options: Options, said: Said, found: _Parts
    ) -> None:
        name = part.get_filename() or ""
        attached = part.get_content_disposition() == "attachment"
        if kind in {"text/plain", "text/html"} and not attached:
            words, encoding = _words(part)
            if kind == "text/html":
                self._html(words, capture, options, said, found)
            else:
                self._plain(part, words, capture, said, found)
            if words.strip():
                found.encodings.append(encoding)
            return
        if kind in _RICH:
            found.rich.append(_RICH[kind])
            return
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body.strip() or kind in _SILENT:
            return
        head = body[:1024].decode("latin-1")
        # "application/octet-stream" and a report's name: what it is is seen by its bytes, as of any file.
        if kind in {"text/plain", "text/html"} or "%PDF-" in head or _is_document(body):
            told = capture.inherited.over(Said(outlet=said.outlet))
            charset = part.get_content_charset() if kind.startswith("text/") else None
            found.inside.append((name or f"attachment {found.number}", told, body, charset))
        elif name.lower().endswith(".eml"):
            found.inside.append((name, capture.inherited, body, None))
        elif name.lower().endswith(_REPORTS) and b"\0" not in body[:1024]:
            found.inside.append((name, capture.inherited.over(Said(outlet=said.outlet)), body, None))
        else:
            found.unread.append(name or kind)

    def _plain(self, part: EmailMessage, words: str, capture: Capture, said: Said, found: _Parts) -> None:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        if words.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
            found.rich.append("an encrypted form")
            return
        if str(part.get_param("format", "")).lower() == "flowed":
            words = lines.flowed(words, str(part.get_param("delsp", "")).lower() == "yes")
        split = quoted.plain(words, said.title or "")
        found.texts.append(lines.joined(split.own))
        found.left.extend(split.left)
        for told, text in split.inside:
            self._inside(capture, told, lines.joined(text), found)

    def _html(self, words: str, capture: Capture, options: Options, said: Said, found: _Parts) -> None:
        if not words.strip():
            return
        data = words.encode("utf-8", "replace")
        try:
            html.check(data, capture.name)
            read = child.shared.call(
                "standoff.ingest.quoted:html",
                capture.name,
                data,
                seconds=options.seconds,
                megabytes=options.megabytes,
                charset="utf-8",
                subject=said.title or "",
            )
        except InputError as error:
            found.faults.append(error)
            return
        for one in read["stories"]:
            told = Said(title=one["title"], outlet=one["outlet"], url=one["url"])
            where = f"{capture.name}: story {len(found.stories) + 1}"
            found.stories.append(Reference(where, capture.root, one["url"], capture.inherited.over(told)))
        found.texts.append(read["text"])
        found.methods.append(read["method"])
        found.left.extend(read["left"])
        for one in read["inside"]:
            day = date.fromisoformat(one["day"]) if one["day"] else None
            told = Said(
                title=one["title"],
                outlet=one["outlet"],
                author=one["author"],
                published=day,
                date_method="mail" if day else None,
            )
            self._inside(capture, told, one["text"], found)

    def _inside(self, capture: Capture, told: Said, text: str, found: _Parts) -> None:
        """A mail that this one passes on in its text."""
        whole = freeze.with_title(told.title, text)
        place = f"forwarded mail {1 + sum(where.startswith('forwarded') for where, *_ in found.inside)}"
        found.inside.append((place, capture.inherited.over(told), whole.encode("utf-8", "replace"), "utf-8"))


class _Short(email.policy.EmailPolicy):
    """The standard policy with fields no longer than anybody writes: its parser takes time by the square of a field."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MAX_FIELD]


def _check(message: EmailMessage, name: str) -> None:
    """Whether a mail is one of those that are no report, whatever it brings back.

    Raises:
        InputError: a mail server's notice that a mail could not be delivered, or a receipt.
    """
    mend = "add the mail itself, if it is a report"
    kind = message.get_content_type()
    report = str(message.get_param("report-type", "")).lower()
    sender, subject = str(message["From"] or "").lower(), str(message["Subject"] or "").lower()
    by_server = any(word in sender for word in pagewords.words("bounce")) and any(
        word in subject for word in pagewords.words("bounce_subject")
    )
    if by_server or (kind == "multipart/report" and report == "delivery-status"):
        raise InputError(name, "a mail server's notice that a mail was not delivered", mend)
    if kind == "multipart/report" and report == "disposition-notification":
        raise InputError(name, "a receipt, which says that a mail was read", mend)


def _only_parts(part: EmailMessage) -> EmailMessage | None:
    """A mail inside a mail that has no head of its own and only holds others, as a digest in a digest."""
    held = part.get_payload()
    inner = held[0] if isinstance(held, list) and held else None
    if isinstance(inner, EmailMessage) and inner.is_multipart() and not any(inner[name] for name in _HEADERS):
        return inner
    return None


def _words(part: EmailMessage) -> tuple[str, str]:
    """The text of a part and its encoding: the one it declares where it fits, else UTF-8, else the best guess."""
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return "", "utf-8"
    declared = (part.get_content_charset() or "").lower()
    if declared in {"us-ascii", "ascii", "iso-8859-1", "latin1"}:
        declared = ""  # what says so is one of the two below
    if declared and not encodings.of_letters(declared):
        declared = ""
    if declared and encodings.of_one_byte(declared):
        declared, second = "utf-8", declared  # whose signs make UTF-8 is UTF-8: "â€™" is nobody's word
    else:
        second = "utf-8"
    for charset in (declared, second):
        try:
            if charset:
                return body.decode(charset), charset
        except (LookupError, ValueError):
            continue
    guess = encodings.eight_bits(body[:200_000]) or "cp1252"
    return body.decode(guess, "replace"), guess


def _is_document(body: bytes) -> bool:
    """An office document: a ZIP with its text in a known place."""
    return body.startswith(b"PK\x03\x04") and (b"word/document" in body or b"opendocument.text" in body[:200])


def _listed(parts: _Parts) -> list[str]:
    found = []
    if parts.unread:
        many = len(parts.unread)
        found.append(f"{many} {'attachment' if many == 1 else 'attachments'} left out: {', '.join(parts.unread[:10])}")
    if parts.rich and (parts.texts or parts.inside):
        found.append(f"a part in {parts.rich[0]} left out")
    return found
