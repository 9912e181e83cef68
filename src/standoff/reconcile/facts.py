"""What reconciling goes by in a claim and its report, taken once: kinds of act, day, place, sides, words.

A claim that names no day or place of its own takes those of its paragraph, then of its report. What is taken so is marked as
inferred; it helps to tell incidents apart and is never shown as told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.days import shift
from standoff.model import AuxMode, Claim, CountKind, Document, Where
from standoff.reconcile.terms import acts_in, classes, classes_in
from standoff.spelling import sounded

SPEECH = frozenset({"ACCUSE", "REJECT"})
"""Who accuses or denies tells of a deed; the deed is another type."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a whole report is compared by."""

    title: frozenset[str]
    """Words of its first line."""
    places: frozenset[str]
    """Names, whatever their spelling, of every place told in it, but for whole countries."""
    days: frozenset[date]
    """Days that its claims tell."""
    names: frozenset[str]
    """Names and numbers anywhere in it."""
    ages: frozenset[str]
    """How old those are whom it names: two victims of other ages are two victims."""
    dead: frozenset[int]
    """Numbers of dead that it tells."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one claim is compared by."""

    id: str
    doc: str
    event: str
    family: str
    start: int
    paragraph: int
    sentence: int
    acts: frozenset[str]
    days: tuple[date, date] | None
    """As told; else None."""
    near: tuple[date, date] | None
    """Of the paragraph or report, where none is told."""
    published: date | None
    where: Where | None
    place: str
    """Name, whatever its spelling, of the place told, or else of the paragraph's or report's; empty where there is none."""
    told_place: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    speaker: str
    classes: frozenset[str]
    sides: frozenset[str]
    modes: frozenset[str]
    hour: str
    losses: frozenset[tuple[str, int, int]]
    counted: frozenset[tuple[str, str]]
    words: frozenset[str]
    around: frozenset[str]
    """Words of its sentence and of its paragraph."""
    names: frozenset[str]
    """Names and numbers of its sentence."""
    background: bool
    unreal: bool
    rank: int
    """How many claims of its report stand before it."""
    places: frozenset[str]
    """Names, whatever their spelling, of the places told in its paragraph, but for whole countries."""
    ages: frozenset[str]
    report: ReportFacts


def of_claims(claims: Sequence[Claim], documents: Sequence[Document]) -> dict[str, Facts]:
    """The facts of every claim, report by report; each depends on its own report alone."""
    texts = {d.id: d for d in documents}
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_doc[claim.doc].append(claim)
    found: dict[str, Facts] = {}
    for doc, held in by_doc.items():
        held.sort(key=lambda c: (c.span.start, c.trigger.span.start, c.id))
        found.update(_of_report(held, texts.get(doc)))
    return found


def _of_report(claims: Sequence[Claim], document: Document | None) -> dict[str, Facts]:
    report = _Report(document)
    placed: dict[int, list[Claim]] = defaultdict(list)
    scenes: Counter[str] = Counter()
    for claim in claims:
        placed[report.paragraph(claim.span.start)].append(claim)
        if claim.where is not None and claim.where.precision != "country" and AuxMode.HISTORICAL not in claim.aux:
            scenes[sounded(claim.where.name)] += 1
    scene = min(scenes, key=lambda name: (-scenes[name], name)) if scenes else ""
    whole = _whole(claims, report)
    found = {}
    for rank, claim in enumerate(claims):
        beside = placed[report.paragraph(claim.span.start)]
        found[claim.id] = _facts(claim, report, beside, scene, rank, whole)
    return found


def _whole(claims: Sequence[Claim], report: _Report) -> ReportFacts:
    dead = {c.low for claim in claims for c in claim.counts if c.kind is CountKind.KILLED and c.low is not None}
    text = report.text or "\n".join(c.text for c in claims)
    return ReportFacts(
        stems(text.strip().partition("\n")[0]),
        _places_of(claims),
        frozenset(days[0] for c in claims if (days := days_of(c)) is not None),
        names_in(text),
        ages_in(text),
        frozenset(dead),
    )


def _places_of(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(sounded(c.where.name) for c in claims if c.where is not None and c.where.precision != "country")


class _Report:
    """Where the paragraphs and sentences of a report's text begin."""

    def __init__(self, document: Document | None) -> None:
        self.text = document.text if document else ""
        self.published = document.published if document else None
        self.paragraphs = [0, *(m.end() for m in re.finditer(r"\n\s*\n|\n", self.text))]
        self.sentences = sorted(
            {0, *self.paragraphs, *(m.end() for m in re.finditer(r"[.!?][\"”’']?\s+(?=[\"“‘'A-Z0-9])", self.text))}
        )

    def paragraph(self, at: int) -> int:
        return _rank(self.paragraphs, at)

    def sentence(self, at: int) -> int:
        return _rank(self.sentences, at)

    def words_of(self, starts: Sequence[int], rank: int) -> str:
        end = starts[rank + 1] if rank + 1 < len(starts) else len(self.text)
        return self.text[starts[rank] : end]


def _rank(starts: Sequence[int], at: int) -> int:
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= at else (low, middle)
    return low


def _facts(claim: Claim, report: _Report, beside: Sequence[Claim], scene: str, rank: int, whole: ReportFacts) -> Facts:
    days = days_of(claim)
    where = claim.where
    place = sounded(where.name) if where is not None else ""
    if not place:
        place = _nearest_place(claim, beside) or scene
    paragraph, sentence = report.paragraph(claim.span.start), report.sentence(claim.span.start)
    around = report.words_of(report.sentences, sentence) if report.text else claim.text
    wider = report.words_of(report.paragraphs, paragraph) if report.text else claim.text
    targets = " ".join((*claim.targets, *(c.unit for c in claim.counts)))
    named = classes_in(f"{claim.text} {targets}")
    hours = _hour(claim.text) or _hour(around)
    return Facts(
        id=claim.id,
        doc=claim.doc,
        event=claim.event,
        family=family(claim.event),
        start=claim.span.start,
        paragraph=paragraph,
        sentence=sentence,
        acts=acts_in(claim.text) or acts_in(around),
        days=days,
        near=None if days else _nearest_days(claim, beside),
        published=report.published,
        where=where,
        place=place,
        told_place=where is not None,
        actors=claim.actor_keys,
        recipients=claim.recipient_keys,
        speaker=claim.speaker or f"outlet:{claim.doc}",
        classes=frozenset(named),
        sides=frozenset(side for name in named if (side := classes()[name].side)),
        modes=frozenset(claim.modes),
        hour=hours,
        losses=frozenset(
            (c.kind.value, c.low, c.high) for c in claim.counts if c.low is not None and c.high is not None
        ),
        counted=frozenset(
            (c.kind.value, name) for c in claim.counts for name in (classes_in(c.unit) or ("people",))[:1]
        ),
        words=stems(claim.text),
        around=stems(wider),
        names=names_in(around),
        background=AuxMode.HISTORICAL in claim.aux,
        unreal=bool({AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux)),
        rank=rank,
        places=_places_of(beside),
        ages=ages_in(around),
        report=whole,
    )


def _nearest_days(claim: Claim, beside: Sequence[Claim]) -> tuple[date, date] | None:
    told = [c for c in beside if days_of(c) is not None and AuxMode.HISTORICAL not in c.aux]
    nearest = min(told, key=lambda c: (abs(c.span.start - claim.span.start), c.id), default=None)
    return days_of(nearest) if nearest else None


def _nearest_place(claim: Claim, beside: Sequence[Claim]) -> str:
    told = [c for c in beside if c.where is not None and c.where.precision != "country"]
    nearest = min(told, key=lambda c: (abs(c.span.start - claim.span.start), c.id), default=None)
    return sounded(nearest.where.name) if nearest and nearest.where else ""


MANY = 8
"""In so many claims of deeds one that alone names a place names it for none of the others."""


def place_of(deeds: Sequence[Claim]) -> str:
    """The place that most of some deeds tell, by its name; empty where none is told, or one by one of many alone."""
    places = Counter(claim.where.name for claim in deeds if claim.where is not None)
    place = min(places, key=lambda name: (-places[name], name)) if places else ""
    return place if places[place] > 1 or len(deeds) < MANY else ""


def family(event: str) -> str:
    """Capturing and arresting are told as ASSAULT by one side and as COERCE by the other; who accuses or denies tells of
    any deed; talks and what comes of them are one family."""
    if event in {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION", "RETREAT"}:
        return "force"
    if event in {"CONSULT", "AGREE", "REQUEST", "COOPERATE", "SUPPORT", "CONCEDE", "AID"}:
        return "talks"
    return "verdict"


def days_of(claim: Claim) -> tuple[date, date] | None:
    """The days that a claim tells, first and last."""
    if claim.when is not None and claim.when.start is not None:
        return claim.when.start, claim.when.end or claim.when.start
    return None


def reach(facts: Facts) -> tuple[date, date] | None:
    """The days on which it can have happened: told, taken from the paragraph, or else shortly before the report."""
    if facts.days is not None:
        return facts.days
    if facts.near is not None:
        return facts.near
    if facts.published is None:
        return None
    return shift(facts.published, -2), facts.published


_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]{2,}")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b(?:[A-ZÀ-Þ][a-zß-ÿ]{2,}|\d{2,}(?:,\d{3})*)\b")


def stems(text: str) -> frozenset[str]:
    """The words that carry something, without their endings.

    >>> sorted(stems("The jets bombed the markets"))
    ['bomb', 'jet', 'market']
    """
    return frozenset(_stem(word) for word in (w.lower() for w in _WORD.findall(text)) if word not in _empty())


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def names_in(text: str) -> frozenset[str]:
    """Names and numbers of the text, but for the names of days and months."""
    return frozenset(name for name in _NAME.findall(text) if name.lower() not in _empty())


_AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b|(?<=[a-z]), (\d{1,2})(?=,)|\baged? (\d{1,2})\b")


def ages_in(text: str) -> frozenset[str]:
    """How old the text says that people are.

    >>> sorted(ages_in("Lena Orr, 34, and a 9-year-old boy were hurt"))
    ['34', '9']
    """
    return frozenset(number for groups in _AGE.findall(text) for number in groups if number)


@cache
def _empty() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("common")["empty"] for word in entry["words"])


@cache
def _hours() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["name"], re.compile(rf"\b(?:{'|'.join(map(re.escape, row['words']))})\b", re.IGNORECASE))
        for row in lexicon.load("common")["hour"]
    )


def _hour(text: str) -> str:
    told = {name for name, pattern in _hours() if pattern.search(text)}
    return told.pop() if len(told) == 1 else ""
