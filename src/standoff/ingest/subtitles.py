"""Subtitles (SRT, WebVTT): what is said, put together from the lines in which it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from standoff.ingest import freeze
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.text import decode, default_id

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}[^\n]*")
_SRT = re.compile(rf"\s*\d{{1,6}}[ \t]*\n[ \t]*{_TIME}[ \t]+-->")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_SPEAKER = re.compile(r"<v(?:\.[\w.]+)?\s+([^<>\n]{1,80})>")
_MARK = re.compile(r"</?[a-zA-Z0-9:.][^<>\n]{0,100}>|\{\\[^{}\n]{0,60}\}")


class Subtitles:
    """A file of subtitles, known by the times of its first."""

    kind = "subtitles"

    def recognises(self, capture: Capture) -> bool:
        head = capture.head().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        return head.startswith(b"WEBVTT") or _SRT.match(head.decode("latin-1")) is not None

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(capture.whole(freeze.MAX_BYTES), capture.name, capture.charset)
        text = spoken(words.replace("\r\n", "\n").replace("\r", "\n"))
        yield freeze.document(capture, text, method="subtitles", id=default_id(capture, text), encoding=encoding)


def spoken(words: str) -> str:
    r"""What is said: a paragraph a speaker, and no line twice that stays on the screen.

    >>> spoken("1\n00:00:01,000 --> 00:00:02,000\nThe army\n\n2\n00:00:02,000 --> 00:00:03,000\nThe army\ndenied it.\n")
    'The army denied it.'
    """
    told: list[list[str]] = [[]]
    speaker, shown = "", [""]
    for block in re.split(r"\n[ \t]*\n", words):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:3]) if _CUE.match(line)), None)
        if at is None or _ASIDE.match(lines[0]):
            continue
        named = _SPEAKER.search(block)
        if named is not None and named[1].strip() != speaker:
            speaker = named[1].strip()
            told.append([f"{speaker}:"])
        lines = [" ".join(unescape(_MARK.sub("", line)).split()) for line in lines[at + 1 :]]
        lines = [line for line in lines if line]
        told[-1] += [line for line in lines if line not in shown]
        shown = lines or shown
    return "\n\n".join(" ".join(lines) for lines in told if lines)
