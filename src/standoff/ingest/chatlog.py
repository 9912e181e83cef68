"""Chats that Discord's and Signal's exporters write as text: a head with the writer and the time above each message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from standoff.ingest import chat
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.pagewords import listed
from standoff.ingest.text import decode

# "[12-Jul-25 06:00 PM] Kordofan Watch", with nothing behind the name.
_DISCORD = re.compile(
    r"\[(?P<day>[\w./-]{6,12}),? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?\] (?P<who>[^\n:]{1,60})"
)
_SIGNAL = re.compile(r"(From|Type|Sent|Received|Attachment|Edited|Quote|Reaction|Expires|Expiration): ([^\n]{1,300})")
_NUMBER = re.compile(r"\s*\(?\+?\d[\d ()-]{6,20}\)?\s*$")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/. ]([A-Za-z]{3,9})[-/. ](\d{2})")
_ASIDE = re.compile(r"\{(?:Attachments|Embed|Reactions|Stickers)\}")
_RULE = re.compile(r"={10,}")
_FIELDS = 12
"""Lines of the longest head of a message."""
_TOP = 20
"""Lines in which the first message begins."""


@dataclass
class _Message:
    who: str
    when: str
    held: chat.Held = field(default_factory=chat.Held)


class ChatLog:
    """A text with two such heads at least, the first near its top."""

    kind = "chatlog"

    def recognises(self, capture: Capture) -> bool:
        lines = capture.head().decode("utf-8", "replace").replace("\r\n", "\n").lstrip("\ufeff").split("\n")
        if not any(_DISCORD.fullmatch(line) or line.startswith("From: ") for line in lines[:_TOP]):
            return False
        return any(_signal(lines)) or len(list(_discord(lines))) > 1

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(chat.whole(capture), capture.name, capture.charset)
        how = _signal if any(_signal(chat.lines_of(words))) else _discord
        yield from chat.reports(
            capture,
            lambda: map(_told, how(chat.lines_of(words))),
            encoding,
        )


def _told(message: _Message) -> chat.Message:
    text = message.held.text
    return _whole(message.when), message.who, None if text is None else text.strip()


def _whole(when: str) -> str:
    """A day with all figures of its year: "12-Jul-25"."""
    short = _SHORT_YEAR.fullmatch(when)
    return f"{short[1]} {short[2]} 20{short[3]}" if short else when


def _discord(lines: Iterable[str]) -> Iterator[_Message]:
    told: _Message | None = None
    aside = False
    for line in lines:
        if head := _DISCORD.fullmatch(line):
            if told is not None:
                yield told
            when = re.sub(r"(?<=[./])(\d{2})$", r"20\1", head["day"])
            told = _Message(re.sub(r"\s*\(pinned\)$", "", head["who"]).strip(), when)
            aside = False
        elif told is not None and _RULE.fullmatch(line):
            break  # below it stands how many they were
        elif told is not None:
            aside = (aside and bool(line.strip())) or _ASIDE.fullmatch(line.strip()) is not None
            if not aside and line.strip(" .").casefold() not in listed("chat_own"):
                told.held.add(line)
    if told is not None:
        yield told


def _signal(lines: Iterable[str]) -> Iterator[_Message]:
    """Messages below a block of fields that begins with whom it is from and says when it was sent."""
    told: _Message | None = None
    block: list[str] = []
    fields: dict[str, str] = {}
    for line in chain(lines, [None]):
        found = _SIGNAL.fullmatch(line) if line is not None and len(block) < _FIELDS else None
        if found is not None and (block or found[1] == "From"):
            block.append(line)  # type: ignore[arg-type]
            fields.setdefault(found[1], found[2])
            continue
        if "Sent" in fields and {"Type", "Received"} & set(fields):
            if told is not None:
                yield told
            who = _NUMBER.sub("", fields["From"]).strip()
            told = _Message("" if who == "You" else who, fields["Sent"])
        elif told is not None:
            for one in block:
                told.held.add(one)
        again = line is not None and _SIGNAL.fullmatch(line)
        block, fields = [], {}
        if again and again[1] == "From":
            block, fields = [again[0]], {again[1]: again[2]}
        elif told is not None and line is not None:
            told.held.add(line)
    if told is not None:
        yield told
