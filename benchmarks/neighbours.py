"""standoff and textacy on the same attributions, scored alike: ``make neighbours`` (CORPORA=../shared).

textacy finds direct quotations (``textacy.extract.direct_quotations``), with the parse of the same spaCy model.
An article that it refuses counts as one in which it found nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.tokens import Token
from textacy.extract import direct_quotations

from standoff.evaluate.statements import score
from standoff.language import pipeline
from standoff.language.pipeline import load
from standoff.model import Document, Span, Stance, Statement

Attribute = Callable[[str, str], Sequence[Statement]]


def ours(name: str, text: str) -> Sequence[Statement]:
    found: Sequence[Statement] = pipeline.annotate(Document(name, text, ""))._.statements
    return found


class Textacy:
    """textacy's quotations as statements, and the articles that it refused."""

    def __init__(self) -> None:
        self.nlp = load(pipeline.DEFAULT_MODEL)
        self.refused = 0

    def __call__(self, name: str, text: str) -> Sequence[Statement]:
        with self.nlp.select_pipes(disable=[pipe for pipe in self.nlp.pipe_names if pipe.startswith("standoff_")]):
            doc = self.nlp(text)
        try:
            return [_statement(quotation) for quotation in direct_quotations(doc)]
        except ValueError:  # "an unclosed quotation"
            self.refused += 1
            return []


def _statement(quotation: object) -> Statement:
    speaker, cue, content = quotation  # type: ignore[misc]
    return Statement(
        sources=(),
        cue=" ".join(token.text for token in cue),
        cue_span=_span(cue),
        content=(Span(content.start_char, content.end_char),),
        stance=Stance.NEUTRAL,
        quoted=True,
        source_span=_span(speaker) if speaker else None,
    )


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def main() -> None:
    corpus = Path(sys.argv[1])
    texts = sum(1 for _ in (corpus / "text").glob("*.txt"))
    print(f"{texts} articles of {corpus.name}{'':<12}{'attributions':<26}with source")
    print(f"{'':<32}{'P':>6}{'R':>7}{'F1':>7}{'P':>11}{'R':>7}{'F1':>7}{'seconds':>10}")
    textacy = Textacy()
    readers: dict[str, Attribute] = {"standoff": ours, "textacy": textacy}
    ours("warm", "The army said that the town had been taken.")
    for name, attribute in readers.items():
        started = time.perf_counter()
        tallies = score(corpus, attribute)
        took = time.perf_counter() - started
        cells = [
            f"{share:>{width}.3f}"
            for tally, first in ((tallies["attributions"], 6), (tallies["with source"], 11))
            for share, width in ((tally.precision, first), (tally.recall, 7), (tally.f1, 7))
        ]
        print(f"{name:<32}{''.join(cells)}{took:>10.1f}")
    print(f"textacy refused {textacy.refused} of {texts} articles")


if __name__ == "__main__":
    main()
