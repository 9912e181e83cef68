"""One page on a whole crisis: what is agreed, what is disputed and by whom, how figures moved, what nobody says, who copies whom.

It is drawn from the questions that incidents ask; it adds no word of its own to what an account holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from standoff import acts
from standoff.model import Asked, AuxMode, Bound, Claim, Dispute, DisputeState, Document, Holds, Line, Question
from standoff.reconcile import told, voices
from standoff.store import Store
from standoff.store.browse import IncidentRow
from standoff.wording import Names, in_prose, listed, long_day, long_days, sentence_case

OUTLET = "outlet:"
MOST_REPORTS = 2_000
"""Reports that are compared for copies; in more of them it takes too long for a page."""
SHORT = 60
"""Characters of an answer that accounts can be said to share: longer, it is a clause of one of them."""
TOLD_BY = 60
"""Claims of an incident that are looked through for what most tell of it."""
_ASIDE = frozenset(AuxMode)
"""A denial, a plan, background: what does not say that it happened."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one account holds."""

    party: str
    name: str
    value: str
    claims: tuple[str, ...] = ()
    as_of: date | None = None
    outlet: bool = False
    now: str = ""
    """What it holds last, where ``value`` says too what it held before."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A question on which accounts part."""

    question: str
    sides: tuple[Side, ...]
    incident: str | None
    dispute: str
    kind: str
    severity: float

    @property
    def differ(self) -> str:
        """What stands against what: "11 against 43"."""
        values = list(dict.fromkeys(side.now or side.value for side in self.sides if side.value))
        short = len(values) > 1 and all(len(value) <= 40 for value in values)
        return " against ".join(values) if short else ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A question that independent accounts answer alike."""

    question: str
    value: str
    names: tuple[str, ...]
    incident: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A figure as an account gave it on a day."""

    value: str
    day: date | None
    claim: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that changed, account by account."""

    question: str
    accounts: tuple[tuple[str, tuple[Step, ...]], ...]
    incident: str
    asked: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident by its headline."""

    id: str
    title: str
    start: date | None
    end: date | None
    reports: int
    disputes: int
    new: bool = False
    lead: bool = False
    """It stands at the head: of what is new, or else of all, what most tell of."""
    says: str = ""
    """What most accounts tell of it, and whose they are: a sentence."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Reports of one origin: the first published, and those that repeat it."""

    first: Document
    others: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    since: date | None
    until: date | None
    reports: int
    outlets: tuple[tuple[str, int], ...]
    voices: int
    """Independent origins of the reports; 0 where they were too many to be compared."""
    told: tuple[Happened, ...]
    """The incidents that most tell of, by day."""
    agreed: tuple[Agreed, ...]
    disputed: tuple[Parted, ...]
    moved: tuple[Moved, ...]
    unknown: tuple[tuple[str, str], ...]
    """What nobody says, each with its incident."""
    copies: tuple[Copies, ...]
    left: Mapping[str, int] = field(default_factory=dict)
    """Of each part, how many more there are."""

    @property
    def period(self) -> str:
        return long_days(self.since, self.until) if self.since and self.until else ""


@dataclass(frozen=True, slots=True)
class Most:
    """How much of each part is shown."""

    told: int = 8
    led: int = 3
    """Happenings that are told in a sentence."""
    agreed: int = 5
    disputed: int = 6
    moved: int = 4
    unknown: int = 4
    copies: int = 3


WHOLE = Most(*(10_000,) * 7)


def draw(
    store: Store,
    names: Names,
    most: Most | None = None,
    new: frozenset[str] = frozenset(),
    compared: int = MOST_REPORTS,
    disputes: Sequence[Dispute] | None = None,
) -> Brief:
    """The brief of a store. ``new`` are ids of reports that somebody has not seen yet: their incidents come first.

    Up to ``compared`` reports are looked through for copies. ``disputes`` are the store's, where they are at hand.
    """
    most = most or Most()
    reports, since, until = store.browse.days()
    titles = Titles(names, store.browse.outlet_names())
    rows = store.browse.most_told(10_000 if most == WHOLE else 80)
    held = store.browse.disputes() if disputes is None else disputes
    standing = [one for one in held if one.state is not DisputeState.SETTLED]
    chosen = list(dict.fromkeys([row.id for row in rows] + [d.incident for d in standing[:30] if d.incident]))
    questions = store.browse.questions(chosen)
    asked = {one.dispute: one for one in questions if one.dispute}
    fresh = _incidents_of(store, new)
    first = _first(rows, fresh) if fresh else rows
    shown = sorted(first[: most.told], key=_day)
    led = {row.id for row in ([row for row in first if row.id in fresh] or first)[: most.led]}
    parted = [titles.parted(one, asked.get(one.id)) for one in standing]
    agreed, moved = titles.agreed(questions), titles.moved(questions)
    unknown = titles.unknown(questions, rows, store.browse.acted([row.id for row in rows]))
    documents = store.documents() if reports <= compared else []
    origins = voices.group(documents)
    copied = _copies(origins, {d.id: d for d in documents})
    parts = {"told": rows, "agreed": agreed, "disputed": parted, "moved": moved, "unknown": unknown, "copies": copied}
    return Brief(
        since,
        until,
        reports,
        tuple((name, outlet.reports) for name, outlet in store.browse.outlets()),
        len(origins),
        tuple(
            replace(titles.happened(row, row.id in fresh), lead=True, says=_says(store, row, titles))
            if row.id in led
            else titles.happened(row, row.id in fresh)
            for row in shown
        ),
        tuple(agreed[: most.agreed]),
        tuple(parted[: most.disputed]),
        tuple(moved[: most.moved]),
        tuple(unknown[: most.unknown]),
        tuple(copied[: most.copies]),
        {name: max(0, len(held) - getattr(most, name)) for name, held in parts.items()},
    )


class Titles:
    """Headlines, questions and accounts in words, with the names of one store."""

    def __init__(self, names: Names, outlets: Mapping[str, str]) -> None:
        self._names = names
        self._outlets = outlets
        self._telling = frozenset(outlets.values())

    def is_outlet(self, key: str) -> bool:
        """An account of a report in its own words: by the outlet's name, or the report's where it names none."""
        return key.startswith(OUTLET) or (key in self._telling and key not in self._names)

    def account(self, key: str) -> str:
        """What an account is called; an outlet's by its name."""
        if key.startswith(OUTLET):
            own = key.removeprefix(OUTLET)
            return self._outlets.get(own, own)
        return self._names.party(key)

    def incident(self, row: IncidentRow) -> str:
        """An incident's headline."""
        return headline(row, self._names)

    def happened(self, row: IncidentRow, new: bool = False) -> Happened:
        return Happened(row.id, self.incident(row), row.start, row.end, row.reports, row.disputes, new)

    def deed(self, claim: Claim) -> str:
        """What a claim tells of, in words."""
        return acts.words(
            claim, {m.party.key: self._names.party(m.party.key) for m in (*claim.actors, *claim.recipients)}
        )

    def teller(self, claim: Claim) -> str:
        """Whose word a claim is."""
        if claim.sources:
            return self._names.mention(claim.sources[0].mention)
        return self._outlets.get(claim.doc, claim.doc)

    def side(self, line: Line) -> Side:
        """One account's answer as a phrase."""
        before = [turn.value for turn in line.series[:-1] if turn.value != line.value]
        value = now = phrase(line)
        if before:
            value += f" (before: {', '.join(dict.fromkeys(before))})"
        own = self.is_outlet(line.party)
        return Side(line.party, self.account(line.party), value, line.claims, line.as_of or line.latest, own, now)

    def parted(self, one: Dispute, asked: Asked | None) -> Parted:
        """A dispute as its question with what each side holds."""
        held = {line.party: line for line in asked.lines} if asked else {}
        sides = tuple(
            self.side(held[p.party])
            if p.party in held
            else Side(
                p.party,
                self.account(p.party),
                plain(self._names.value(p.value)),
                p.claims,
                None,
                self.is_outlet(p.party),
            )
            for p in one.positions
        )
        from standoff.wording import QUESTIONS

        text = one.question or (asked.text if asked else "") or QUESTIONS[one.kind]
        return Parted(text, sides, one.incident, one.id, one.kind.value, one.severity)

    def agreed(self, questions: Sequence[Asked]) -> list[Agreed]:
        """Questions that two independent accounts or more answer alike, those of most accounts first."""
        found = []
        for one in questions:
            if one.dispute or one.question in (Question.WHEN, Question.WHERE, Question.SAID):
                continue
            by_value: dict[str, list[Line]] = defaultdict(list)
            for line in one.lines:
                if phrase(line):
                    by_value[phrase(line).casefold()].append(line)
            if len(by_value) != 1:
                continue
            (lines,) = by_value.values()
            if len(lines) < 2 or len(phrase(lines[0])) > SHORT:
                continue
            names = tuple(dict.fromkeys(self.account(line.party) for line in lines))
            claims = tuple(dict.fromkeys(key for line in lines for key in line.claims))
            found.append((len(lines), Agreed(one.text, phrase(lines[0]), names, one.incident, claims)))
        return [one for _, one in sorted(found, key=lambda pair: -pair[0])]

    def moved(self, questions: Sequence[Asked]) -> list[Moved]:
        """Figures that somebody gave more than one value of."""
        found = []
        for one in questions:
            if one.question is not Question.HOW_MANY:
                continue
            accounts = []
            for line in one.lines:
                steps = steps_of(line)
                # Two figures of one day are two things that were counted, not one that moved.
                if len({step.value for step in steps}) > 1 and len({step.day for step in steps}) > 1:
                    accounts.append((self.account(line.party), tuple(steps)))
            if accounts:
                found.append(Moved(one.text, tuple(accounts), one.incident, one.id))
        return sorted(found, key=lambda one: -sum(len(steps) for _, steps in one.accounts))

    def unknown(
        self, questions: Sequence[Asked], rows: Sequence[IncidentRow], acted: Collection[str] = ()
    ) -> list[tuple[str, str]]:
        """What the reports leave open: questions nobody answers, attacks for which nobody is named; for ``acted`` somebody is."""
        found = [(one.text, one.incident) for one in questions if not any(phrase(line) for line in one.lines)]
        who = {one.incident for one in questions if one.question is Question.WHO and one.lines}
        known = {one.incident for one in questions}
        for row in rows:
            if row.event == "ASSAULT" and row.id in known and row.id not in who and row.id not in acted:
                found.append((f"Who did it: {self.incident(row)}", row.id))
        return found


def phrase(line: Line) -> str:
    """What an account holds, with the bound it puts on a figure; of a denial, that it is one."""
    if line.holds is Holds.NO and line.low is None and line.high is None:
        return denial(line.value)
    value = plain(line.value)
    if line.bound is not Bound.EXACT and value and not value.lower().startswith(line.bound.value):
        value = f"{line.bound.value} {value}"
    return value


def bare(question: str, title: str) -> str:
    """A question without its incident's title, for where that stands above it.

    >>> bare("What was hit? (Bombing in Gori)", "Bombing in Gori")
    'What was hit?'
    """
    return question.removesuffix(f" ({title})")


def denial(value: str) -> str:
    """What somebody denies, in words that cannot be taken for what they say.

    >>> denial("that it had fired the missile"), denial("Turkey did not shoot down any aircraft")
    ('denies that it had fired the missile', 'Turkey did not shoot down any aircraft')
    >>> denial("use of cluster munitions")
    'denies it: use of cluster munitions'
    """
    value = value.strip()
    if told.found("denies", value):
        return plain(value)
    return f"denies {value}" if value.startswith("that ") else f"denies it: {value}" if value else "denies it"


def plain(value: str) -> str:
    """A clause as an answer: "that it had lost two aircraft" is "it had lost two aircraft".

    >>> plain("that it had lost two aircraft"), plain("That day")
    ('it had lost two aircraft', 'That day')
    """
    return value.strip().removeprefix("that ")


def steps_of(line: Line) -> list[Step]:
    """What an account held, step by step; an account that never changed its word has one."""
    steps: list[Step] = []
    for turn in line.series:
        if not steps or steps[-1].value != turn.value:
            steps.append(Step(turn.value, turn.reported, turn.claim))
    return steps or [Step(phrase(line), line.as_of or line.latest, line.claims[-1] if line.claims else "")]


def headline(row: IncidentRow, names: Names) -> str:
    """An incident's title, or what is known of it in the order a headline has."""
    if row.title:
        return row.title
    between = listed([in_prose(names.party(key)) for key in row.parties[:3]])
    parts = [acts.label("event", row.event), *([f"involving {between}"] if between else [])]
    where = [f"in {row.place}"] if row.place else []
    when = [long_days(row.start, row.end or row.start)] if row.start else []
    return sentence_case(", ".join([" ".join([*parts, *where]), *when]))


def number_of(value: str) -> int | None:
    """The figure that stands in a phrase, for a chart; None where it has none."""
    found = re.search(r"\d[\d,]*", value)
    return int(found.group().replace(",", "")) if found else None


def _says(store: Store, row: IncidentRow, titles: Titles) -> str:
    """What most reports of an incident tell of it, with whose word it is; empty where none tells of a deed."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for one in store.browse.of_incident(row.id, TOLD_BY):
        if one.claim.event == row.event and _named(one.claim) and not _ASIDE & set(one.claim.aux):
            found[titles.deed(one.claim)].append(one.claim)
    if not found:
        return ""
    deed = max(found, key=lambda words: (len({c.doc for c in found[words]}), any(c.counts for c in found[words])))
    if len({c.doc for c in found[deed]}) < min(2, row.reports):
        return ""
    names = list(dict.fromkeys(titles.teller(claim) for claim in found[deed]))
    who = names[:3] if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
    return f"{deed}, according to {listed([in_prose(name) for name in who])}."


def _named(claim: Claim) -> bool:
    """It says who did what, and everybody in it is known; a denial is no deed."""
    parties = [m.party for m in (*claim.actors, *claim.recipients)]
    return bool(claim.actors) and claim.event != "REJECT" and all(party.code != "UNK" for party in parties)


def _incidents_of(store: Store, docs: frozenset[str]) -> set[str]:
    if not docs:
        return set()
    claims = [claim.id for doc in sorted(docs)[:200] for claim in store.claims(doc)]
    return set(store.browse.incident_of(claims).values())


def _first(rows: Sequence[IncidentRow], fresh: set[str]) -> list[IncidentRow]:
    return sorted(rows, key=lambda row: row.id not in fresh)


def _day(row: IncidentRow) -> tuple[bool, date]:
    return row.start is None, row.start or date.min


def _copies(origins: Sequence[voices.Voice], documents: Mapping[str, Document]) -> list[Copies]:
    found = []
    for voice in origins:
        held = [documents[key] for key in voice.docs]
        outlets = {d.outlet or d.domain or d.id for d in held}
        if len(held) > 1 and len(outlets) > 1:
            found.append(Copies(held[0], tuple(held[1:])))
    return sorted(found, key=lambda one: -len(one.others))


def day_of(one: date | None) -> str:
    return long_day(one) if one else ""
