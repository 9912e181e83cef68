"""Attribution spans against a brat corpus such as PolNeAR (Newell et al. 2018): who says what.

An attribution is found when its content and a gold content share at least half of their union in characters;
with source, when its source also touches the gold source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from standoff.errors import InputError
from standoff.evaluate.claims import Tally
from standoff.model import Span, Statement

Chars = set[int]


def _chars(spans: Iterable[tuple[int, int]]) -> Chars:
    return {i for start, end in spans for i in range(start, end)}


def _read(path: Path) -> Iterator[tuple[Chars, Chars]]:
    """(content, source) characters of every attribution in one annotation file."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("T"):
            key, where, _ = line.split("\t", 2)
            _, offsets = where.split(" ", 1)
            spans[key] = [(int(a), int(b)) for a, b in (piece.split() for piece in offsets.split(";"))]
        elif line.startswith("E"):
            events.append(dict(part.rsplit(":", 1) for part in line.split("\t")[1].split()))
    seen: dict[tuple[tuple[int, int], ...], tuple[Chars, Chars]] = {}
    for event in events:
        roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for name, key in event.items():
            roles[re.sub(r"\d+$", "", name)] += spans[key]
        if roles["Content"]:
            seen[tuple(sorted(roles["Content"]))] = (_chars(roles["Content"]), _chars(roles["Source"]))
    yield from seen.values()


def corpus(root: Path) -> Iterator[tuple[str, str, list[tuple[Chars, Chars]]]]:
    """(name, text, attributions) of every text that has annotations; the first annotator counts.

    Raises:
        InputError: the folder has no ``text`` and ``attributions`` beside each other.
    """
    if not (root / "text").is_dir() or not (root / "attributions").is_dir():
        raise InputError(str(root), "no brat corpus", "it needs the folders text and attributions")
    for path in sorted((root / "text").glob("*.txt")):
        annotated = [a for a in sorted((root / "attributions").glob("*.ann")) if a.stem.rsplit("_", 1)[0] == path.stem]
        if annotated:
            yield path.stem, path.read_text(encoding="utf-8"), list(_read(annotated[0]))


def score(root: Path, attribute: Callable[[str, str], Sequence[Statement]]) -> dict[str, Tally]:
    """Tallies of attributions and of attributions with their source; ``attribute`` takes a name and a text."""
    found, with_source = Tally(), Tally()
    for name, text, gold in corpus(root):
        predicted = attribute(name, text)
        contents = [_chars((s.start, s.end) for s in p.content) for p in predicted]
        for tally in (found, with_source):
            tally.wanted += len(gold)
            tally.found += len(predicted)
        pairs = sorted(
            (
                (len(content & other) / len(content | other), i, j)
                for i, (content, _) in enumerate(gold)
                for j, other in enumerate(contents)
                if content & other
            ),
            reverse=True,
        )
        used_gold: set[int] = set()
        used: set[int] = set()
        for share, i, j in pairs:
            if share < 0.5 or i in used_gold or j in used:
                continue
            used_gold.add(i)
            used.add(j)
            found.right += 1
            source: Span | None = predicted[j].source_span
            if gold[i][1] and source is not None and _chars([(source.start, source.end)]) & gold[i][1]:
                with_source.right += 1
    return {"attributions": found, "with source": with_source}
