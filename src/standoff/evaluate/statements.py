"""Attribution spans against a brat corpus such as PolNeAR (Newell et al. 2018): who says what.

An attribution is found when its content and a gold content share at least half of their union in characters;
with source, when its source also touches the gold source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from standoff.errors import InputError
from standoff.evaluate.tally import Tally
from standoff.evaluate.text import excerpt
from standoff.model import Statement

Chars = set[int]
FOUND_FROM = 0.5
EXACT_FROM = 0.95


@dataclass(frozen=True, slots=True)
class Attribution:
    """The characters of content, source and cue."""

    content: Chars
    source: Chars
    cue: Chars


def corpus(root: Path) -> Iterator[tuple[str, str, list[Attribution]]]:
    """(name, text, attributions) of every text that has annotations; the first annotator counts.

    Raises:
        InputError: the folder has no ``text`` and ``attributions`` beside each other, or a file that is no brat.
    """
    if not (root / "text").is_dir() or not (root / "attributions").is_dir():
        raise InputError(str(root), "no brat corpus", "it needs the folders text and attributions")
    annotators: dict[str, Path] = {}
    for path in sorted((root / "attributions").glob("*.ann")):
        annotators.setdefault(path.stem.rsplit("_", 1)[0], path)
    for path in sorted((root / "text").glob("*.txt")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError(str(path), f"not UTF-8: {error.reason}", "save it as UTF-8") from None
        # A text without annotations has nothing to find, and what is found in it is false.
        yield path.stem, text, list(_read(annotators[path.stem])) if path.stem in annotators else []


def _read(path: Path) -> Iterator[Attribution]:
    spans: dict[str, list[tuple[int, int]]] = {}
    seen: dict[tuple[tuple[int, int], ...], Attribution] = {}
    events: list[dict[str, str]] = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                key, where, _ = line.split("\t", 2)
                _, offsets = where.split(" ", 1)
                spans[key] = [(int(a), int(b)) for a, b in (piece.split() for piece in offsets.split(";"))]
            elif line.startswith("E"):
                events.append(dict(part.rsplit(":", 1) for part in line.split("\t")[1].split()))
        for event in events:
            roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for name, key in event.items():
                roles[re.sub(r"\d+$", "", name)] += spans[key]
            if roles["Content"]:
                parts = (_chars(roles[role]) for role in ("Content", "Source", "Cue"))
                seen[tuple(sorted(roles["Content"]))] = Attribution(*parts)
    except (ValueError, KeyError, IndexError) as error:
        raise InputError(str(path), f"no brat annotation: {error!r}", "see brat's standoff format") from None
    yield from seen.values()


def score(
    root: Path, attribute: Callable[[str, str], Sequence[Statement]], misses: list[str] | None = None
) -> dict[str, Tally]:
    """Tallies of a corpus; ``attribute`` takes a name and a text. What is wrong is added to ``misses``."""
    found, with_source, characters = Tally(), Tally(), Tally()
    source, cue, exact = Tally(), Tally(), Tally()
    for name, text, gold in corpus(root):
        predicted = attribute(name, text)
        contents = [_chars((s.start, s.end) for s in p.content) for p in predicted]
        for tally in (found, with_source):
            tally.wanted += len(gold)
            tally.found += len(predicted)
        told, wanted = _union(contents), _union(g.content for g in gold)
        characters.add(len(told & wanted), len(told), len(wanted))
        pairs = _pairs(gold, contents)
        for i, (j, share) in pairs.items():
            statement, at = predicted[j], _source(predicted[j])
            same = bool(at & gold[i].source)
            found.right += 1
            with_source.right += same
            if gold[i].source:
                source.add(same, 1, 1)
            cue.add(bool(_chars([(statement.cue_span.start, statement.cue_span.end)]) & gold[i].cue), 1, 1)
            exact.add(share > EXACT_FROM, 1, 1)
            if misses is not None and gold[i].source and not same:
                named = _words(text, at) or "nobody"
                misses.append(
                    f"SOURCE {name}: {named!r}, not {_words(text, gold[i].source)!r}: {excerpt(text, *_ends(gold[i].content))}"
                )
        if misses is not None:
            taken = {j for j, _ in pairs.values()}
            misses += [f"MISS {name}: {excerpt(text, *_ends(g.content))}" for i, g in enumerate(gold) if i not in pairs]
            misses += [
                f"FALSE {name} {p.cue}: {excerpt(text, *_ends(contents[j]))}"
                for j, p in enumerate(predicted)
                if j not in taken and contents[j]
            ]
    return {
        "attributions": found,
        "with source": with_source,
        "content characters": characters,
        "source where found": source,
        "cue where found": cue,
        "content to the letter": exact,
    }


def _source(statement: Statement) -> Chars:
    """Characters of the outermost source."""
    at = statement.source_span
    return set() if at is None else _chars([(at.start, at.end)])


def _pairs(gold: Sequence[Attribution], contents: Sequence[Chars]) -> dict[int, tuple[int, float]]:
    """Gold attribution to the predicted one it is paired with and their share, best pairs first, one to one."""
    ranked = sorted(
        (
            (len(one.content & other) / len(one.content | other), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(contents)
            if one.content & other
        ),
        reverse=True,
    )
    pairs: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for share, i, j in ranked:
        if share >= FOUND_FROM and i not in pairs and j not in used:
            pairs[i] = j, share
            used.add(j)
    return pairs


def _chars(spans: Iterable[tuple[int, int]]) -> Chars:
    return {i for start, end in spans for i in range(start, end)}


def _union(sets: Iterable[Chars]) -> Chars:
    return set().union(*sets)


def _ends(chars: Chars) -> tuple[int, int]:
    return min(chars), max(chars) + 1


def _words(text: str, chars: Chars) -> str:
    return text[slice(*_ends(chars))] if chars else ""
