"""A chat that WhatsApp wrote as text: a message a report, by who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from standoff.ingest import dates, exports
from standoff.ingest.capture import Capture, Options, Read, Said
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
        words, encoding = decode(capture.whole(MAX_BYTES), capture.name, capture.charset)
        yield from reports(capture, _messages(words), encoding)


def reports(capture: Capture, told: Sequence[tuple[str, str, str]], encoding: str) -> Iterator[Read]:
    """A report a message, of day, writer and words of each; those without words are told, and where a day is not certain, that."""
    order = _order([stamp for stamp, *_ in told])
    left = exports.silent(sum(not text for *_, text in told))
    for number, (stamp, who, text) in enumerate(told, 1):
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


def _messages(words: str) -> list[tuple[str, str, str]]:
    """Day, writer and words of each message, whose words are none where it is a picture, or says what the program did."""
    found: list[tuple[str, list[str]]] = []
    for line in words.replace("\r\n", "\n").split("\n"):
        if stamp := _STAMP.match(line):
            # Its year may have two figures.
            found.append((re.sub(r"(?<=[./-])(\d{2})$", r"20\1", stamp["day"]), [stamp["rest"]]))
        elif found:
            found[-1][1].append(line)
    return [(day, *_said("\n".join(told))) for day, told in found]


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


def _order(days: Sequence[str]) -> str | None:
    """Whether the day or the month goes first, as the whole chat shows."""
    shown = {dates.order_of(day) for day in days} - {None}
    return shown.pop() if len(shown) == 1 else None
