"""A chat that WhatsApp wrote as text: a message a report, by who wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from standoff.errors import InputError
from standoff.ingest import dates, exports, freeze
from standoff.ingest.capture import Capture, Failed, Options, Read, Said
from standoff.ingest.pagewords import listed
from standoff.ingest.text import decode

MAX_BYTES = 20_000_000
_STAMP = re.compile(
    r"[\u200e\u200f\ufeff]*\[?(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[ \u202f\u00a0]?[AaPp]\.?[ \u00a0]?[Mm]\.?)?(?:\] | - )(?P<rest>[^\n]*)"
)
_SAID = re.compile(r"(?P<who>[^:\n]{1,60}): (?P<words>.*)", re.DOTALL)
_EDITED = re.compile(r"<[^<>\n]{3,40}>\Z")
_MARKS = "\u200e\u200f\u202f\u00a0 \t\r\n~"
_FEWEST = 2
_MEND = "export it with its messages, or save what it says as .txt"

Message = tuple[str, str, str | None]
"""Its day, who wrote it, and its words: none of a picture; None where they are more than a report may have."""


class Chat:
    """A text whose lines begin with day and hour, most of them with a name behind these."""

    kind = "chat"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head().decode("utf-8", "replace").lstrip("\ufeff\u200e\r\n ")
        if _STAMP.match(head) is None:
            return False
        stamped = [found for line in head.splitlines() if (found := _STAMP.match(line))]
        return len(stamped) >= _FEWEST and any(_SAID.match(found["rest"]) for found in stamped)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(whole(capture), capture.name, capture.charset)
        yield from reports(capture, lambda: _messages(words), encoding)


def whole(capture: Capture) -> bytes:
    """The bytes of a chat.

    Raises:
        InputError: there are none, or too many.
    """
    return capture.whole(MAX_BYTES, f"a chat of more than {MAX_BYTES // 1_000_000} MB", "export it in parts")


def reports(capture: Capture, told: Callable[[], Iterable[Message]], encoding: str) -> Iterator[Read]:
    """A report a message, of day, writer and words of each; those without words are told, and where a day is not certain, that.

    ``told`` gives the messages from the first on: they are gone through twice and never held together.

    Raises:
        InputError: none of them has words.
    """
    orders: set[str] = set()
    silent = number = 0
    for stamp, _, text in told():
        number += 1
        silent += text == ""
        if shown := dates.order_of(stamp):
            orders.add(shown)
    if silent == number:
        raise InputError(capture.name, "a chat without a message in words", _MEND)
    # Whether the day or the month goes first, as the whole chat shows.
    order = orders.pop() if len(orders) == 1 else None
    left = exports.silent(silent)
    for number, (stamp, who, text) in enumerate(told(), 1):
        if text is None:
            yield _too_long(capture, f"message {number}")
            continue
        if not text:
            continue
        day = dates.iso_day(stamp) or dates.numbered(stamp, order)
        said = Said(outlet=who or None, author=who or None, published=day, date_method="message" if day else None)
        unsure = () if day else (f"its day, which is not certain: {stamp}",)
        yield capture.part(
            f"message {number}",
            text.encode("utf-8", "replace"),
            capture.inherited.over(said),
            charset="utf-8",
            left=(*capture.left, *left, *unsure),
            container_encoding=encoding,
        )
        left = ()


def _too_long(capture: Capture, place: str) -> Failed:
    where = f"{capture.name}: {place}"
    why = f"larger than {freeze.MAX_BYTES // 1_000_000} MB"
    return Failed(where, capture.root, InputError(where, why, "save its text as .txt, and split it"))


def lines_of(words: str) -> Iterator[str]:
    r"""The lines of a chat, one after the other: all at once they may take ten times what the chat does.

    >>> list(lines_of("a\r\nb\n"))
    ['a', 'b', '']
    """
    at = 0
    while (end := words.find("\n", at)) >= 0:
        yield words[at : end - (end > at and words[end - 1] == "\r")]
        at = end + 1
    yield words[at:]


@dataclass
class Held:
    """The lines of a message, of which no more are held than a report may have."""

    lines: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, line: str) -> None:
        """Hold a line too."""
        if self.size <= freeze.MAX_BYTES:
            self.lines.append(line)
            self.size += len(line) + 1

    @property
    def text(self) -> str | None:
        """All of them; None where they are more than a report may have."""
        return "\n".join(self.lines) if self.size <= freeze.MAX_BYTES else None


def _messages(words: str) -> Iterator[Message]:
    """Day, writer and words of each message, whose words are none where it is a picture, or says what the program did."""
    day = ""
    held: Held | None = None
    for line in lines_of(words):
        if stamp := _STAMP.match(line):
            if held is not None:
                yield _message(day, held.text)
            # Its year may have two figures.
            day, held = re.sub(r"(?<=[./-])(\d{2})$", r"20\1", stamp["day"]), Held()
            held.add(stamp["rest"])
        elif held is not None:
            held.add(line)
    if held is not None:
        yield _message(day, held.text)


def _message(day: str, rest: str | None) -> Message:
    return (day, "", None) if rest is None else (day, *_said(rest))


def _said(rest: str) -> tuple[str, str]:
    parts = _SAID.match(rest)
    if parts is None:
        return "", ""
    text = _EDITED.sub("", parts["words"].rstrip()).strip(_MARKS)
    # The program's own words stand behind a mark that nobody types.
    own = parts["words"].startswith("\u200e") and "\n" not in text
    return parts["who"].strip(_MARKS), "" if own or parts["words"].casefold().strip(f"<>.{_MARKS}") in listed(
        "chat_own"
    ) else text
