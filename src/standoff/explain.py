"""Where a claim comes from: for each of its values what the rules and the learned reader proposed, how sure that was, and what decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff import claims
from standoff.language import pipeline
from standoff.language.reading.events import Read
from standoff.language.reading.model import network
from standoff.model import Claim, Document, Mention, Source


@dataclass(frozen=True, slots=True)
class Step:
    """One slot of a claim. ``rules`` and ``reader`` are what each proposed (empty where nothing), ``probability`` the reader's of
    the words it took, ``decided`` whose value stands."""

    slot: str
    value: str
    rules: str
    reader: str
    probability: float | None
    decided: str


@dataclass(frozen=True, slots=True)
class Explanation:
    claim: Claim
    steps: tuple[Step, ...]


def explain(document: Document, model: str = pipeline.DEFAULT_MODEL) -> Iterator[Explanation]:
    """Every claim of a document with its steps, in the order of the text.

    >>> import standoff, tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "one.txt"
    >>> _ = path.write_text("Kenyan police arrested nine protesters in Nairobi on Tuesday.")
    >>> [(one.claim.event, one.steps[0].decided) for one in explain(standoff.read(path))]
    [('COERCE', 'both')]
    """
    doc = pipeline.annotate(document, model)
    for origin in claims.origins(doc, document):
        yield Explanation(origin.claim, tuple(_steps(origin)))


DOUBTED = "the words around it, which say that it is not so, not known or only may be"
TALLIED = "the words in which a figure is given for a loss, beside the attack that is told before"


def _steps(origin: claims.Origin) -> Iterator[Step]:
    made, rule, read, other = origin.claim, origin.by_rules, origin.read, origin.proposed
    name = network().manifest.name
    second = (
        "" if read is None else f"{read.proposal.event} (next: {read.proposal.second[0]} {read.proposal.second[1]:.2f})"
    )
    both = (
        TALLIED
        if rule is None and read is None
        else "both"
        if rule is not None and read is not None
        else "rules"
        if read is None
        else f"reader {name}"
    )
    sure = "" if origin.told is None else f", told with {origin.told:.2f}"
    likely = None if read is None else read.proposal.probability
    yield Step("event", made.event, "" if rule is None else rule.event, second, likely, both + sure)
    for slot in ("actors", "recipients", "sources"):
        if slot == "sources":
            read_sources = read.sources if read is not None else ()
            mine = rule if rule is not None else other
            values = [_cues(made.sources), _cues(mine.sources if mine is not None else ()), _cues(read_sources)]
        else:
            values = [_parties(getattr(c, slot)) if c is not None else "" for c in (made, rule, other)]
        role = slot.removesuffix("s")
        sides = [] if read is None else [p.probability for p in read.proposal.role(role)]
        yield Step(
            role,
            values[0],
            values[1],
            values[2],
            max(sides, default=None),
            _decided(values, name, origin.slots.get(role)) + _meant(read, role),
        )
    flags = "" if read is None else ", ".join(f"{k} {v:.2f}" for k, v in read.proposal.flags.items() if v >= 0.1)
    aux = [", ".join(c.aux) if c is not None else "" for c in (made, rule, other)]
    doubted = bool(aux[0]) and aux[0] not in aux[1:] and (rule is not None or read is not None)
    whose = DOUBTED if doubted else _decided(aux, name, origin.slots.get("really"))
    yield Step("really", aux[0] or "told as so", aux[1], flags, None, whose)
    for slot in ("counts", "when", "where"):
        words = [_words(c, slot) if c is not None else "" for c in (made, rule, other)]
        if any(words):
            named = {"counts": "figures", "when": "time", "where": "place"}[slot]
            yield Step(named, words[0], words[1], words[2], None, _decided(words, name, origin.slots.get(named)))


def _meant(read: Read | None, role: str) -> str:
    """The two parties that the reader's words in a role mean most likely, and what speaks for the first."""
    likely = sorted(read.likely.get(role, {}).items(), key=lambda kv: -kv[1])[:2] if read is not None else []
    if read is None or not likely:
        return ""
    return f"; the reader's words mean {' or '.join(f'{key} {p:.2f}' for key, p in likely)} ({read.why[role]})"


def _decided(values: list[str], name: str, reader: float | None) -> str:
    """Whose value stands, with the probability that it is the reader's that is right, where the two part."""
    return _whose(values, name) + ("" if reader is None else f", {reader:.2f} for the reader")


def _whose(values: list[str], name: str) -> str:
    made, rule, read = values
    if made == rule == read:
        return "both"
    if made == rule:
        return "rules"
    if made == read:
        return f"reader {name}"
    if made and made.startswith(rule or read):
        return TALLIED
    return "plausibility: what the words do not bear is left out"


def _parties(mentions: tuple[Mention, ...]) -> str:
    return ", ".join(f"{m.party.name or m.text} ({m.party.key})" for m in mentions)


def _cues(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"{s.mention.text} ({s.mention.party.key}) {s.cue}".strip() for s in sources)


def _words(claim: Claim, slot: str) -> str:
    if slot == "counts":
        return ", ".join(f"{c.kind.value}: {c.text}" for c in claim.counts)
    found = claim.when if slot == "when" else claim.where
    return found.text if found is not None else ""
