"""Public corpora as examples: English Web Treebank's PropBank (who acts on whom, negation, modality, who says what).

EWT's words come from UD_English-EWT, its roles from propbank-release; both CC BY-SA 4.0. What PropBank calls a role is
mapped to ours where the two mean the same: ARG0 is the actor, ARG1 whom or what it is done to, ARGM-LOC the place, ARGM-TMP
the time, ARGM-NEG negation, ARGM-MOD of "will" the future and of "may, might, could, would" a possibility. For verbs of saying
(``sayings.toml``) ARG0 is the speaker and the clause that is ARG1 the content.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, Happening, Said, Span

_HERE = Path(__file__).parent
_FUTURE = {"will", "shall", "'ll", "wo"}
_POSSIBLE = {"may", "might", "could", "would", "'d", "should", "can"}
_LIGHT = {"be", "have", "do"}


def ewt(folder: Path) -> Iterator[Example]:
    """``folder`` holds propbank-release's ``data/google/ewt`` and UD_English-EWT's ``not-to-release/sources``."""
    sayings = set(tomllib.loads((_HERE / "sayings.toml").read_text(encoding="utf-8"))["rolesets"])
    for skeleton in sorted((folder / "data/google/ewt").glob("*/00/*.gold_skel")):
        genre, name = skeleton.parent.parent.name, skeleton.name.removesuffix(".gold_skel")
        source = folder / "not-to-release/sources" / genre / f"{name}.conllu"
        if not source.exists():
            continue
        words = [
            [line.split("\t")[1] for line in block.splitlines() if re.match(r"\d+\t", line)]
            for block in source.read_text(encoding="utf-8").split("\n\n")
        ]
        rows = [
            [line.split() for line in block.splitlines() if line.strip()]
            for block in skeleton.read_text(encoding="utf-8").split("\n\n")
        ]
        pairs = zip([w for w in words if w], [r for r in rows if r], strict=False)
        for number, (sentence, table) in enumerate(pairs):
            if len(sentence) == len(table) and 5 <= len(sentence) <= 90:
                example = _sentence(f"ewt-{genre}-{name}-{number}", sentence, table, sayings)
                if example.happenings:
                    yield example


def _sentence(name: str, words: list[str], table: list[list[str]], sayings: set[str]) -> Example:
    text, spans = "", []
    for i, word in enumerate(words):
        tight = word in {",", ".", "?", "!", ":", ";", ")", "'s", "n't", "%", "'", "’s"} or word.startswith("'")
        if i and not tight and words[i - 1] not in {"(", "$"}:
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    example = Example(name, text, [(0, len(text))], [], [], frozenset())
    verbs = [k for k, row in enumerate(table) if row[7] != "-"]
    for column, k in enumerate(verbs):
        if 8 + column >= min(len(row) for row in table):
            break
        roleset = table[k][7]
        arguments = list(_arguments([row[8 + column] for row in table]))

        def of(label: str, arguments: list[tuple[str, int, int]] = arguments) -> list[Span]:
            return [(spans[a][0], spans[b - 1][1]) for name_, a, b in arguments if name_ == label]

        if roleset.split(".")[0] in _LIGHT:
            continue
        aux = set()
        if of("ARGM-NEG"):
            aux.add("negation")
        modal = {text[a:b].lower() for a, b in of("ARGM-MOD")}
        if modal & _FUTURE:
            aux.add("future")
        if modal & _POSSIBLE:
            aux.add("hypothetical")
        roles = {
            "actor": of("ARG0"),
            "recipient": of("ARG1") or of("ARG2"),
            "place": of("ARGM-LOC"),
            "time": of("ARGM-TMP"),
        }
        example.happenings.append(
            Happening(
                spans[k],
                None,
                aux=frozenset(aux),
                roles={r: s for r, s in roles.items() if s},
                knows=frozenset({"actor", "recipient", "place", "time"}),
                knows_aux=frozenset({"negation", "future"}),
            )  # fmt: skip
        )
        if roleset in sayings:
            content = [s for s in of("ARG1") + of("ARG2") if s[1] - s[0] > 12 and " " in text[s[0] : s[1]].strip()]
            clause = [s for s in content if len(text[s[0] : s[1]].split()) >= 3]
            if clause and of("ARG0"):
                example.said.append(Said(spans[k], of("ARG0"), clause[:2]))
    return example


def _arguments(column: list[str]) -> Iterator[tuple[str, int, int]]:
    held: list[tuple[str, int]] = []
    for i, cell in enumerate(column):
        for label in re.findall(r"\(([^*()]+)", cell):
            held.append((label, i))
        for _ in range(cell.count(")")):
            if held:
                label, start = held.pop()
                if label != "V":
                    yield label, start, i + 1
