"""Word pieces of an example in windows, with the targets of every head. Windows are whole sentences, filled up to ``LIMIT``."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from standoff.language.reading.windows import LIMIT, split
from training.examples import AUX, ROLES, SAID, TYPES, Example, Span

TYPE_AT = {code: i + 1 for i, code in enumerate(TYPES)}


@dataclass(slots=True)
class Window:
    """Targets of one window; indices count word pieces, [CLS] being 0."""

    ids: list[int]
    offsets: list[Span]
    triggers: np.ndarray | None
    """``(pieces,)`` class of each piece, -100 where it is not asked; None where the corpus does not label triggers."""
    cues: np.ndarray | None
    events: list[
        tuple[int, dict[str, list[int]], frozenset[str], set[str], frozenset[str], tuple[str, ...], str | None]
    ] = field(default_factory=list)
    sayings: list[tuple[int, dict[str, list[int]]]] = field(default_factory=list)
    phrases: list[tuple[list[int], set[str]]] = field(default_factory=list)
    """Pieces of a phrase in a role, and the party keys it was coded with."""
    names: list[tuple[list[int], str, str]] = field(default_factory=list)
    weight: float = 1.0
    example: str = ""


def of(example: Example, tokenizer: Tokenizer, modes: dict[str, int]) -> list[Window]:
    made = []
    for ids, offsets in split(example.text, example.sentences, tokenizer):
        starts = np.array([s for s, _ in offsets])
        ends = np.array([e for _, e in offsets])

        def pieces(span: Span, starts: np.ndarray = starts, ends: np.ndarray = ends) -> list[int]:
            return [int(i) + 1 for i in np.nonzero((starts < span[1]) & (ends > span[0]))[0]]

        window = Window(ids, offsets, None, None, weight=example.weight, example=example.id)
        size = len(ids)
        if "triggers" in example.knows:
            window.triggers = np.zeros(size, dtype=np.int64)
            _inside_words(window.triggers, offsets, example.text)
        if "cues" in example.knows:
            window.cues = np.zeros(size, dtype=np.int64)
            _inside_words(window.cues, offsets, example.text)
        for one in example.happenings:
            at = pieces(one.trigger)
            if not at:
                continue
            if window.triggers is not None and one.type is not None:
                window.triggers[at[0]] = TYPE_AT[one.type]
            roles = {}
            for role in ROLES:
                if role in one.knows:
                    roles[role] = sorted({p for s in one.roles.get(role, []) for p in pieces(s)})
            known = tuple(m for m in (f"{one.type}.{mode}" for mode in one.modes) if m in modes)
            window.events.append((at[0], roles, one.knows, set(one.aux), one.knows_aux, known, one.type))
        for said in example.said:
            at = pieces(said.cue)
            if not at:
                continue
            if window.cues is not None:
                window.cues[at[0]] = 1
            roles = {"speaker": sorted({p for s in said.speaker for p in pieces(s)}),
                     "content": sorted({p for s in said.content for p in pieces(s)})}  # fmt: skip
            window.sayings.append((at[0], roles))
        seen: set[tuple[int, ...]] = set()
        for one in example.happenings:
            for role in ("actor", "recipient", "source"):
                spans, codes = one.roles.get(role, []), one.codes.get(role, [])
                for span, code in zip(spans, codes, strict=False):
                    at = pieces(span)
                    if at and len(spans) == len(codes) and tuple(at) not in seen and code not in {"?", ""}:
                        seen.add(tuple(at))
                        window.phrases.append((at, {c.strip() for c in code.replace("|", ",").split(",")}))
        for start, end, party, land in example.named:
            at = pieces((start, end))
            if at:
                window.names.append((at, party, land))
        if window.events or window.sayings or window.triggers is not None:
            made.append(window)
    return made


def _inside_words(target: np.ndarray, offsets: list[Span], text: str) -> None:
    """Only the first piece of a word is asked."""
    target[0] = target[-1] = -100
    for i in range(1, len(offsets)):
        if (
            offsets[i][0] == offsets[i - 1][1]
            and text[offsets[i][0]].isalnum()
            and text[offsets[i - 1][1] - 1].isalnum()
        ):
            target[i + 1] = -100


__all__ = ["AUX", "LIMIT", "ROLES", "SAID", "Window", "of"]
