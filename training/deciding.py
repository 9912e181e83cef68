"""Fits what decides between the two readers (``standoff.deciding``) to coded texts that neither was made on, and shows what it is worth.

python -m training.deciding --fit FOLDER… --test FOLDER…     # gold folders, as `python -m training.gold` writes them

Without --test nothing is shown; without --fit the shipped weights are.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from standoff import claims, confidence, deciding, plausible
from standoff.evaluate.claims import STRICT, Gold, compare, load, match, score
from standoff.language import pipeline
from standoff.language.reading.events import Read
from standoff.model import SPOKEN, AuxMode, Claim
from standoff.records import claim_record

FILE = Path(__file__).parents[1] / "src/standoff/language/data/deciding.toml"
HEAD = """\
# What decides between the rules and the learned reader (deciding.py): weights of logistic models, one a question, fitted by
# training/deciding.py to {reports} coded texts (training/README.md: on none of them the learned reader was trained; the rules were
# made on eleven of them). Positive: the event is told, the reader's value stands, the mode holds, the claim is right.
"""
QUESTIONS = ("event", "type", "actor", "recipient", "source", "place", "mode")
Sample = tuple[dict[str, float], float]


@dataclass
class Material:
    """One coded report, read once."""

    gold: Gold
    doc: Any
    rules: list[Claim]
    proposed: list[tuple[Claim, Read]]

    @property
    def pairs(self) -> list[deciding.Pair]:
        return deciding.pairs(self.rules, self.proposed, claims.answers(self.doc))

    def together(self, by: deciding.Weights | None) -> list[deciding.Chosen]:
        return deciding.together(self.rules, self.proposed, self.doc._.reading, by, claims.answers(self.doc))

    def told(self, claim: Claim, read: Read | None) -> Claim:
        return plausible.plausible(self.doc, claim, read)


def material(folder: Path) -> list[Material]:
    found = []
    for gold in load(folder):
        doc = pipeline.annotate(gold.document)
        found.append(Material(gold, doc, *claims.proposals(doc, gold.document)))
    return found


def samples(one: Material, by: dict[str, dict[str, float]] | None) -> Iterator[tuple[str, Sample]]:
    """Questions that the coded claims of a report answer. The first round, without weights, takes the rules' types."""
    reading = one.doc._.reading
    pairs = one.pairs
    others = deciding.Beside(pairs)
    firsts = []
    for pair in pairs:
        claim = pair.first
        rivals = pair.rules is not None and pair.proposed is not None and pair.rules.event != pair.proposed.event
        if rivals:
            assert pair.rules is not None
            assert pair.proposed is not None
            own, other = (bool(_matched(one, c)) for c in (pair.rules, replace(pair.rules, event=pair.proposed.event)))
            shown = deciding.type_(pair, reading)
            if own != other:
                yield "type", (shown, float(other))
            if deciding.probability(shown, (by or {}).get("type", {})) > 0.5:
                claim = replace(claim, event=pair.proposed.event)
        firsts.append(claim)
    records = [dict(claim_record(c, one.gold.document), at=n) for n, c in enumerate(firsts)]
    held = {p["at"]: g for g, p, _ in match(one.gold.claims, records)}
    for n, (pair, claim) in enumerate(zip(pairs, firsts, strict=True)):
        gold = held.get(n)
        if gold is None or not gold.get("optional"):
            yield "event", (deciding.event(pair, claim, reading, others), float(gold is not None))
        if gold is not None and pair.read is not None and pair.proposed is not None:
            yield from _slots(one, pair, claim, gold)


def _matched(one: Material, claim: Claim) -> list[Any]:
    return match(one.gold.claims, [claim_record(claim, one.gold.document)])


def _slots(one: Material, pair: deciding.Pair, claim: Claim, gold: Any) -> Iterator[tuple[str, Sample]]:
    read, other = pair.read, pair.proposed
    assert read is not None
    assert other is not None
    variants: list[tuple[str, Claim, dict[str, float]]] = []
    if pair.rules is not None:
        for role in ("actor", "recipient"):
            own, theirs = getattr(claim, f"{role}s"), getattr(other, f"{role}s")
            if deciding.parted(own, theirs):
                told = replace(claim, **{f"{role}s": theirs})
                if role == "actor" and read.reciprocal:
                    told = replace(told, recipients=())
                variants.append((role, told, deciding.side(role, own, theirs, read, claim)))
        if gold.get("place") and claim.where and other.where and claim.where.name != other.where.name:
            told = replace(claim, where=other.where)
            variants.append(("place", told, deciding.place(claim.where, other.where, read, claim)))
    own, theirs = tuple(s.mention for s in claim.sources[:1]), tuple(s.mention for s in read.sources[:1])
    if claim.event not in SPOKEN and deciding.parted(own, theirs):
        told = replace(claim, sources=read.sources)
        variants.append(("source", told, deciding.side("source", own, theirs, read, claim)))
    for slot, told, shown in variants:
        first, second = (compare(gold, claim_record(one.told(c, read), one.gold.document))[slot] for c in (claim, told))
        if first != second:
            yield slot, (shown, float(second))
    wanted = set(gold.get("aux", ()))
    for mode in AuxMode:
        held = pair.rules is not None and mode in pair.rules.aux
        yield "mode", (deciding.mode(mode, held, read, claim), float(mode.value in wanted))


def _judged(one: Material, by: deciding.Weights) -> Iterator[Sample]:
    """Claims that stand, each with whether type, actor, recipient and source are right."""
    chosen = one.together(by)
    told = [one.told(c.claim, c.read) for c in chosen]
    records = [dict(claim_record(c, one.gold.document), at=n) for n, c in enumerate(told)]
    held = {p["at"]: (g, slots) for g, p, slots in match(one.gold.claims, records)}
    for n, claim in enumerate(told):
        gold, slots = held.get(n, (None, {}))
        if gold is None or not gold.get("optional"):
            good = gold is not None and all(slots[slot] for slot in STRICT)
            yield deciding.right(claim, chosen[n]), float(good)


RIDGE = 0.7


def fit(found: list[Material], strength: float = RIDGE) -> dict[str, dict[str, float]]:
    """Weights by question. The type is fitted first, since what is asked of an event depends on it."""
    by: dict[str, dict[str, float]] = {}
    for _ in range(2):
        asked: dict[str, list[Sample]] = defaultdict(list)
        for one in found:
            for question, sample in samples(one, by):
                asked[question].append(sample)
        by = {q: _logistic(asked[q], strength) for q in QUESTIONS}
    asked["right"] = [sample for one in found for sample in _judged(one, by)]
    by["right"] = _logistic(asked["right"], strength)
    for question in (*QUESTIONS, "right"):
        right = [target for _, target in asked[question]]
        print(f"{question:10} {len(right):5} answered, {np.mean(right) if right else 0:.2f} yes")
    return by


def with_signs(found: list[Material], signs: list[str]) -> dict[str, dict[str, float]]:
    """The shipped weights with those of some signs of an event fitted beside them."""
    by = {question: dict(held) for question, held in deciding.weights().items()}
    asked = [sample for one in found for question, sample in samples(one, by) if question == "event"]
    by["event"] |= _logistic(asked, RIDGE, signs, {n: w for n, w in by["event"].items() if n not in signs})
    return by


def _logistic(
    asked: list[Sample], strength: float, signs: list[str] | None = None, held: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Weights with a ridge, by Newton's steps: of all signs, or of some beside the weights of others that are held."""
    names = sorted({name for shown, _ in asked for name in shown}) if signs is None else signs
    held = held or {}
    beside = np.array([sum(held.get(name, 0.0) * value for name, value in shown.items()) for shown, _ in asked])
    x = np.array([[shown.get(name, 0.0) for name in names] for shown, _ in asked])
    y = np.array([target for _, target in asked])
    w = np.zeros(len(names))
    if not len(y):
        return {}
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w + beside, -30, 30)))
        slope = x.T @ (p - y) + w / strength
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.eye(len(names)) / strength
        w = w - np.linalg.solve(curve, slope)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}


def shown(name: str, found: list[Material], coded: list[tuple[Claim, ...]]) -> str:
    """Precision, recall and F1 of events, F1 of strict with its 95 % interval over drawings of the reports, and the slots."""
    numbered = {
        one.gold.document.id: tuple(replace(c, id=f"{one.gold.document.id}-{n}") for n, c in enumerate(claims_))
        for one, claims_ in zip(found, coded, strict=True)
    }
    result = score([one.gold for one in found], numbered)
    alone = [score([one.gold], numbered) for one in found]
    events = np.array([(s.events.right, s.events.found, s.events.wanted) for s in alone])
    strict = np.array([(s.strict.right, s.strict.found, s.strict.wanted) for s in alone])
    slots = "  ".join(f"{slot} {tally.recall:.2f}" for slot, tally in result.slots.items() if slot != "mode")
    told = f"events {result.events.precision:.2f} {result.events.recall:.2f} {result.events.f1:.3f} {_interval(events)}"
    return (
        f"  {name:8} {told} strict {result.strict.f1:.3f} {_interval(strict)} figures {result.counts.f1:.3f}  {slots}"
    )


def _interval(tallies: Any, times: int = 1000) -> str:
    """Where F1 lies in 95 of 100 drawings of the reports with replacement."""
    drawn = np.random.default_rng(1).integers(0, len(tallies), (times, len(tallies)))
    right, found, wanted = tallies[drawn].sum(axis=1).T
    low, high = np.percentile(2 * right / np.maximum(1, found + wanted), (2.5, 97.5))
    return f"[{low:.2f}–{high:.2f}]"


def reliability(found: list[Material], by: deciding.Weights) -> str:
    """Said and true shares of claims that are right, by how sure."""
    tried = [(confidence.probability(shown, by["right"]), right) for one in found for shown, right in _judged(one, by)]
    rows = []
    for low, high in pairwise((0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)):
        held = [(p, good) for p, good in tried if low <= p < high]
        if held:
            rows.append(f"{np.mean([p for p, _ in held]):.2f}→{np.mean([g for _, g in held]):.2f} ({len(held)})")
    return "  said → right: " + "  ".join(rows)


def both(one: Material, by: deciding.Weights | None) -> tuple[Claim, ...]:
    chosen = one.together(by)
    return tuple(one.told(c.claim, c.read) for c in chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", type=Path, nargs="*", default=[])
    parser.add_argument("--test", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true", help="ship the fitted weights")
    parser.add_argument(
        "--signs", nargs="*", help="fit the weights of these signs of an event; what is shipped of the rest stays"
    )
    given = parser.parse_args()
    by = None
    if given.fit:
        found = [one for folder in given.fit for one in material(folder)]
        by = fit(found) if given.signs is None else with_signs(found, given.signs)
        if given.write:
            lines = [f"\n[{q}]\n" + "".join(f'"{n}" = {w}\n' for n, w in by[q].items()) for q in (*QUESTIONS, "right")]
            FILE.write_text(HEAD.format(reports=len(found)) + "".join(lines), encoding="utf-8")
    for folder in given.test:
        found = material(folder)
        print(f"{folder}: {len(found)} texts")
        print(shown("rules", found, [tuple(one.rules) for one in found]))
        alone = [tuple(c for c, r in one.proposed if r.proposal.probability >= 0.6) for one in found]
        print(shown("reader", found, alone))
        print(shown("both", found, [both(one, by) for one in found]))
        print(reliability(found, by if by is not None else deciding.weights()))


if __name__ == "__main__":
    main()
