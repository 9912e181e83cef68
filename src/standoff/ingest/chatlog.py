"""Chats that Discord's and Signal's exporters write as text: a head with the writer and the time above each message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
    lines: list[str] = field(default_factory=list)


class ChatLog:
    """A text with two such heads at least, the first near its top."""

    kind = "chatlog"

    def recognises(self, capture: Capture) -> bool:
        lines = capture.head().decode("utf-8", "replace").replace("\r\n", "\n").lstrip("\ufeff").split("\n")
        if not any(_DISCORD.fullmatch(line) or line.startswith("From: ") for line in lines[:_TOP]):
            return False
        return bool(_signal(lines)) or len(_discord(lines)) > 1

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(capture.whole(chat.MAX_BYTES), capture.name, capture.charset)
        lines = words.replace("\r\n", "\n").split("\n")
        told = _signal(lines) or _discord(lines)
        yield from chat.reports(
            capture, [(_whole(one.when), one.who, "\n".join(one.lines).strip()) for one in told], encoding
        )


def _whole(when: str) -> str:
    """A day with all figures of its year: "12-Jul-25"."""
    short = _SHORT_YEAR.fullmatch(when)
    return f"{short[1]} {short[2]} 20{short[3]}" if short else when


def _discord(lines: list[str]) -> list[_Message]:
    told: list[_Message] = []
    aside = False
    for line in lines:
        if head := _DISCORD.fullmatch(line):
            when = re.sub(r"(?<=[./])(\d{2})$", r"20\1", head["day"])
            told.append(_Message(re.sub(r"\s*\(pinned\)$", "", head["who"]).strip(), when))
            aside = False
        elif told and _RULE.fullmatch(line):
            break  # below it stands how many they were
        elif told:
            aside = (aside and bool(line.strip())) or _ASIDE.fullmatch(line.strip()) is not None
            if not aside and line.strip(" .").casefold() not in listed("chat_own"):
                told[-1].lines.append(line)
    return told


def _signal(lines: list[str]) -> list[_Message]:
    """Messages below a block of fields that begins with whom it is from and says when it was sent."""
    told: list[_Message] = []
    at = 0
    while at < len(lines):
        fields: dict[str, str] = {}
        n = at
        if lines[at].startswith("From: "):
            while n < len(lines) and n - at < _FIELDS and (found := _SIGNAL.fullmatch(lines[n])):
                fields.setdefault(found[1], found[2])
                n += 1
        if "Sent" in fields and {"Type", "Received"} & set(fields):
            who = _NUMBER.sub("", fields["From"]).strip()
            told.append(_Message("" if who == "You" else who, fields["Sent"]))
            at = n
        else:
            if told:
                told[-1].lines.append(lines[at])
            at += 1
    return told
