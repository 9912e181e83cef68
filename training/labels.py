"""Reads our own codes (``training/labels/*.txt``): the format that ``training/CODING.md`` describes.

A code points at words, not at offsets, so that coders can write it; here the words are found again in their sentence. A code
whose words are not found is reported, and left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from training.examples import AUX, LOSSES, TYPES, Example, Happening, Said, Span

_AUX = {
    "neg": "negation",
    "fut": "future",
    "hyp": "hypothetical",
    "hist": "historical",
    "att": "attempted",
    "hedge": "hedged",
}
_KEY = re.compile(r"^(?P<role>[ARPTK]|src|aux)(?:@(?P<at>\d+))?=(?P<value>.*)$", re.DOTALL)
_CODED = re.compile(r"^(?P<words>.*?)(?:\[(?P<code>[A-Za-z?|,/ *-]+)\])?$", re.DOTALL)
_AT = re.compile(r"^@(?P<at>\d+):(?P<rest>.*)$", re.DOTALL)


class Faults:
    """What could not be read, with its place."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.read = 0

    def add(self, where: str, what: str) -> None:
        self.lines.append(f"{where}: {what}")


def read(path: Path, texts: dict[str, dict], faults: Faults) -> Iterator[Example]:
    """Examples of one file of codes; ``texts`` has the texts of items that do not carry their own."""
    item: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "#doc "]:
        if line.startswith("#doc "):
            if item:
                example = _example(item, texts, faults, path.name)
                if example is not None:
                    yield example
            item = [line] if line != "#doc " else []
        elif line.strip() and item:
            item.append(line.rstrip())


def _example(lines: list[str], texts: dict[str, dict], faults: Faults, file: str) -> Example | None:
    name, *pairs = lines[0][5:].split()
    keys = dict(p.split("=", 1) for p in pairs if "=" in p)
    own = [m for m in (re.match(r"^\[(\d+)\]\s?(.*)$", x) for x in lines[1:]) if m]
    where = f"{file} {name}"
    if own:
        text, sentences = "", []
        for m in own:
            start = len(text)
            text += m.group(2).strip()
            sentences.append((start, len(text)))
            text += "\n\n" if not re.search(r"[.!?…:”\"’')]$", m.group(2).strip()) else " "
        text = text.rstrip()
    elif name in texts:
        text = texts[name]["text"]
        sentences = [tuple(s) for s in texts[name]["sents"]]
        shown = texts[name].get("shown")
        if shown:
            sentences = sentences[:shown]
            text = text[: sentences[-1][1]]
    else:
        faults.add(where, "no text of this name")
        return None
    example = Example(name, text, sentences, [], [], frozenset({"triggers", "cues"}), keys.get("published"))
    last: Said | None = None
    for line in lines[1:]:
        if line.startswith("S "):
            last = _said(example, line, last, faults, where)
        elif line.startswith("E "):
            _happening(example, line, faults, where)
    return example


def _sentence(example: Example, number: str) -> Span | None:
    at = int(number)
    return example.sentences[at - 1] if 1 <= at <= len(example.sentences) else None


_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " ", "\n": " "})


def _find(text: str, words: str, within: Span, whole: bool = True) -> Span | None:
    """Where the words stand in a sentence: verbatim but for the make of quotation marks, dashes and white space."""
    words = words.strip()
    nth = 1
    if m := re.search(r"~(\d+)$", words):
        nth, words = int(m.group(1)), words[: m.start()].strip()
    if not words:
        return None
    if m := re.split(r"\s*(?:…|\.\.\.)\s*", words):
        if len(m) == 2 and m[0] and m[1]:
            first = _find(text, m[0], within, whole=False)
            if first is None:
                return None
            last = _find(text, m[1], (first[0], within[1]), whole=False)
            return (first[0], last[1]) if last is not None else None
    stretch = text[within[0] : within[1]].translate(_SAME)
    pattern = r"\s+".join(re.escape(w) for w in words.translate(_SAME).split())
    edges = (r"(?<!\w)", r"(?!\w)") if whole else ("", "")
    for flags in (0, re.IGNORECASE):
        for left, right in (edges, ("", "")):
            found = list(
                re.finditer(
                    (left if words[0].isalnum() else "") + pattern + (right if words[-1].isalnum() else ""),
                    stretch,
                    flags,
                )
            )
            if len(found) >= nth:
                m = found[nth - 1]
                return within[0] + m.start(), within[0] + m.end()
    return None


def _said(example: Example, line: str, last: Said | None, faults: Faults, where: str) -> Said | None:
    parts = [p.strip() for p in line[2:].split("|")]
    if len(parts) < 4:
        faults.add(where, f"a statement needs four parts: {line}")
        return last
    sentence = _sentence(example, parts[0])
    if sentence is None:
        faults.add(where, f"no such sentence: {line}")
        return last
    content = _find(example.text, " | ".join(parts[3:]), sentence)
    if content is None:
        faults.add(where, f"content not found: {line}")
        return last
    colon = _find(example.text, parts[1] + ":", sentence) if parts[2] == "-" and parts[1] not in {"-", "^"} else None
    if colon is not None:
        parts[2] = ":"
    if parts[2] in {"^", "-"}:  # speech that goes on, or stands without a word that says whose it is
        if last is not None:
            last.content.append(content)
        return last
    cue = (colon[1] - 1, colon[1]) if colon is not None else _find(example.text, parts[2], sentence)
    if cue is None:
        faults.add(where, f"cue not found: {line}")
        return last
    speaker: list[Span] = []
    if parts[1] not in {"-", "^", ""}:
        words, within = parts[1], sentence
        if m := re.match(r"@(\d+)[:=](.*)", words):
            words, within = m.group(2), _sentence(example, m.group(1)) or sentence
        found = _find(example.text, _CODED.match(words).group("words"), within)
        if found is None:
            faults.add(where, f"source not found: {line}")
        else:
            speaker.append(found)
    elif parts[1] == "^" and last is not None:
        speaker = list(last.speaker)
    said = Said(cue, speaker, [content])
    example.said.append(said)
    faults.read += 1
    return said


def _happening(example: Example, line: str, faults: Faults, where: str) -> None:
    parts = [p.strip() for p in line[2:].split(" | ")]
    sentence = _sentence(example, parts[0]) if parts[0].isdigit() else None
    if sentence is None or len(parts) < 3:
        faults.add(where, f"no such sentence or too few parts: {line}")
        return
    trigger = _find(example.text, parts[1], sentence)
    kind, _, modes = parts[2].partition(".")
    kind = kind.strip()
    if trigger is None or kind not in TYPES:
        faults.add(where, f"trigger not found, or no such type: {line}")
        return
    # One word carries the event; of a phrase, its last word of letters.
    words = list(re.finditer(r"[\w'’-]+", example.text[trigger[0] : trigger[1]]))
    if len(words) > 1 and words[-1].group().lower() in {
        "down",
        "up",
        "out",
        "off",
        "back",
        "in",
        "on",
        "over",
        "for",
        "to",
        "with",
        "of",
        "away",
    }:
        words = words[:-1]
    if words:
        trigger = (trigger[0] + words[-1].start(), trigger[0] + words[-1].end())
    got = Happening(trigger, kind, tuple(m.strip() for m in modes.split("+") if m.strip()))
    aux: set[str] = set()
    for part in parts[3:]:
        if part == "recip":
            got.reciprocal = True
            continue
        m = _KEY.match(part)
        if m is None:
            faults.add(where, f"not understood {part!r}: {line}")
            continue
        role, value = m.group("role"), m.group("value").strip()
        within = (_sentence(example, m.group("at")) or sentence) if m.group("at") else sentence
        if role == "aux":
            aux |= {_AUX[a.strip()] for a in value.split(",") if a.strip() in _AUX}
            continue
        if role == "src":
            if value != "-":
                for link in value.split(" > "):
                    at = _AT.match(link.strip())
                    stretch = (_sentence(example, at.group("at")) or sentence) if at else sentence
                    _add(example, got, "source", at.group("rest") if at else link, stretch, faults, where, line)
            continue
        if role == "K":
            loss, _, words_ = value.partition(":")
            if loss.strip() in LOSSES:
                _add(example, got, loss.strip(), words_, within, faults, where, line)
            else:
                faults.add(where, f"no such loss {loss!r}: {line}")
            continue
        _add(
            example,
            got,
            {"A": "actor", "R": "recipient", "P": "place", "T": "time"}[role],
            value,
            within,
            faults,
            where,
            line,
        )
    got.aux = frozenset(aux) & frozenset(AUX)
    example.happenings.append(got)
    faults.read += 1


def _add(
    example: Example, got: Happening, role: str, value: str, within: Span, faults: Faults, where: str, line: str
) -> None:
    m = _CODED.match(value.strip())
    words, code = m.group("words").strip(), m.group("code")
    if role in {"actor", "recipient", "source"}:
        got.codes.setdefault(role, []).append(code or "UNK")
    if words in {"-", ""}:
        return
    found = _find(example.text, words, within)
    if found is None:
        # A coder may have named the sentence wrongly: the nearest one that has the words.
        near = sorted(example.sentences, key=lambda s: abs(s[0] - within[0]))
        found = next((f for f in (_find(example.text, words, s) for s in near) if f is not None), None)
    if found is None:
        faults.add(where, f"{role} not found {words!r}: {line}")
    else:
        got.roles.setdefault(role, []).append(found)


def load(folder: Path, texts_file: Path | None = None, pattern: str = "*.txt") -> tuple[list[Example], Faults]:
    texts = json.loads(texts_file.read_text(encoding="utf-8")) if texts_file and texts_file.exists() else {}
    faults, found = Faults(), []
    for path in sorted(folder.glob(pattern)):
        found.extend(read(path, texts, faults))
    return found, faults


if __name__ == "__main__":
    got, bad = load(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    print(
        len(got),
        "items",
        sum(len(e.happenings) for e in got),
        "events",
        sum(len(e.said) for e in got),
        "statements",
        len(bad.lines),
        "faults",
    )
    for fault in bad.lines[:60]:
        print(" ", fault)
