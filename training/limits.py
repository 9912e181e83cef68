"""What each limit of ``deciding.Limits`` is worth on coded reports: the rules alone, the reader alone, both, and both under other limits.

python -m training.limits FOLDER…        # gold folders, as `python -m training.gold` writes them
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc

from standoff import claims, deciding, plausible
from standoff.evaluate.claims import Gold, load, score
from standoff.language import pipeline
from standoff.language.reading.events import Read
from standoff.model import Claim

Material = tuple[Gold, Doc, list[Claim], list[tuple[Claim, Read]]]

NEVER = 2.0
"""A probability that nothing reaches."""

TRIED = {
    "both": deciding.LIMITS,
    "rules, filled": replace(deciding.LIMITS, add=NEVER, veto=0.0),
    "no veto": replace(deciding.LIMITS, veto=0.0),
    "veto at .05": replace(deciding.LIMITS, veto=0.05),
    "add at .9": replace(deciding.LIMITS, add=0.9, type=0.8),
    "add at .99": replace(deciding.LIMITS, add=0.99, type=0.97),
}


def material(folder: Path) -> list[Material]:
    """Each report with the rules' claims and the reader's, read once."""
    found: list[Material] = []
    for gold in load(folder):
        doc = pipeline.annotate(gold.document)
        rules, proposed = claims.proposals(doc, gold.document)
        found.append((gold, doc, rules, proposed))
    return found


def under(one: Material, limits: deciding.Limits) -> tuple[Claim, ...]:
    _, doc, rules, proposed = one
    chosen = deciding.together(rules, proposed, doc._.reading.event_in, limits)
    return tuple(plausible.plausible(doc, c.claim, c.read) for c in chosen)


def told(name: str, found: list[Material], coded: list[tuple[Claim, ...]]) -> str:
    numbered = {
        gold.document.id: tuple(replace(c, id=f"{gold.document.id}-{n}") for n, c in enumerate(one))
        for (gold, *_), one in zip(found, coded, strict=True)
    }
    result = score([gold for gold, *_ in found], numbered)
    return f"  {name:14} events {result.events.f1:.3f} strict {result.strict.f1:.3f} figures {result.counts.f1:.3f}"


def main() -> None:
    for argument in sys.argv[1:]:
        found = material(Path(argument))
        print(f"{argument}: {len(found)} reports")
        print(told("rules", found, [tuple(rules) for _, _, rules, _ in found]))
        print(told("reader", found, [tuple(c for c, r in p if r.proposal.probability >= 0.8) for *_, p in found]))
        for name, limits in TRIED.items():
            print(told(name, found, [under(one, limits) for one in found]))


if __name__ == "__main__":
    main()
