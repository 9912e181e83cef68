"""Subtitles (SRT, WebVTT): what is said, put together from the lines in which it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

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


def transcript(value: Any) -> str | None:
    """What is said in a transcript in JSON, be it YouTube's or that of a program which hears; None where it is none.

    >>> transcript([{"text": "the army", "start": 0.0, "duration": 1.5}, {"text": "[Music]", "start": 1.5, "duration": 2}])
    'the army'
    """
    if isinstance(value, Mapping):
        if isinstance(value.get("events"), list):  # YouTube's own form, in pieces
            held = [one.get("segs") for one in value["events"] if isinstance(one, Mapping) and "tStartMs" in one]
            pieces = [str(seg.get("utf8", "")) for segs in held if isinstance(segs, list) for seg in segs if isinstance(seg, Mapping)]  # fmt: skip
            return _said("".join(pieces).split("\n")) if pieces else None
        value = next((value[name] for name in ("snippets", "segments", "transcript") if name in value), None)
    if not isinstance(value, list) or len(value) < _FEWEST or not all(isinstance(one, Mapping) for one in value):
        return None
    if not all(isinstance(one.get("text"), str) and _TIMES & set(one) and set(one) <= _FIELDS for one in value):
        return None
    return _said([one["text"] for one in value])


def _said(lines: list[str]) -> str:
    told = [" ".join(unescape(line).split()) for line in lines]
    return " ".join(line for line in told if line and not _SOUND.fullmatch(line))


_FEWEST = 2
_TIMES = {"start", "offset", "start_time", "startTime"}
_FIELDS = _TIMES | {"text", "duration", "dur", "end", "end_time", "endTime", "lang", "id", "seek", "tokens", "temperature",
                    "avg_logprob", "compression_ratio", "no_speech_prob", "speaker", "words", "confidence"}  # fmt: skip
_SOUND = re.compile(r"[\[(][^\[\]()\n]{1,40}[\])]|[♪♫]+")


def spoken(words: str) -> str:
    r"""What is said: a paragraph a speaker, and no line twice that stays on the screen.

    >>> spoken("1\n00:00:01,000 --> 00:00:02,000\nThe army\n\n2\n00:00:02,000 --> 00:00:03,000\nThe army\ndenied it.\n")
    'The army denied it.'
    """
    told: list[list[str]] = [[]]
    speaker, shown = "", {""}
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
        shown = set(lines) or shown
    return "\n\n".join(" ".join(lines) for lines in told if lines)
