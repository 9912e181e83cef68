"""The domain's types: what a report says, who says so, and where accounts part.

Everything here is frozen, typed and free of input and output. Offsets are half-open
``[start, end)`` ranges of Unicode code points in the frozen (NFC) text of a document.
The record that a claim is written as is in :mod:`standoff.records`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

SCHEMA_VERSION = "1.0"


class AuxMode(StrEnum):
    """PLOVER's auxiliary modes, and ``attempted`` for what was tried, foiled or failed."""

    NEGATION = "negation"
    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    ATTEMPTED = "attempted"


SPOKEN = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""PLOVER types of what is done by speaking."""
FORCE = frozenset({"ASSAULT", "COERCE"})
"""PLOVER types of what is done by force."""


class CountKind(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    ARRESTED = "arrested"
    DESTROYED = "destroyed"


class Bound(StrEnum):
    """How a figure is to be read: "at least 12" leaves the top open, "up to 12" the floor, "about 12" a little on both sides."""

    EXACT = "exact"
    AT_LEAST = "at least"
    UP_TO = "up to"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    ABOUT = "about"


class Stance(StrEnum):
    """How a source commits to what it says; carried by the cue."""

    NEUTRAL = "neutral"
    CLAIM = "claim"
    DENY = "deny"
    ADMIT = "admit"
    ACCUSE = "accuse"
    WARN = "warn"
    URGE = "urge"
    PROMISE = "promise"
    DOUBT = "doubt"


class DisputeKind(StrEnum):
    """In what two accounts of an incident cannot both hold."""

    COUNT = "count"
    RESPONSIBILITY = "responsibility"
    OCCURRENCE = "occurrence"
    CHARACTER = "character"
    OUTCOME = "outcome"
    READOUT = "readout"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The quoted text."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a document came to us: what it takes to find its original again and to check what was made of it."""

    sha256: str
    """Of the original bytes, as they were read or fetched."""
    method: str
    """What made text of the bytes, and its version: ``text``, ``trafilatura 2.3.1``, ``pypdf 7.1.0``."""
    name: str = ""
    """The input as it was given, and the place in it: ``news.csv: row 12``."""
    chain: tuple[str, ...] = ()
    """The addresses followed, from the one asked for to the one that answered."""
    headers: tuple[tuple[str, str], ...] = ()
    """What the answer's head said, or the archive's."""
    encoding_declared: str | None = None
    encoding: str | None = None
    """The encoding that the bytes were read in."""
    date_method: str | None = None
    """Where the publication date was found: ``given``, ``json-ld``, ``meta``, ``feed``, ``text`` …"""
    date_bounds: tuple[date, date] | None = None
    """The earliest and the latest day that anything about the document names as its publication."""
    removed: tuple[tuple[str, int], ...] = ()
    """Characters taken out of the text that no reader sees and that can change what one sees: ``("U+202E", 2)``."""
    mixed: tuple[str, ...] = ()
    """Words in which letters of another alphabet stand for the Latin ones they look like: what they say is not coded."""
    left: tuple[str, ...] = ()
    """What of the input could not be kept, or was kept apart, each in words: ``2 attachments left out: a.jpg, b.ics``."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report. ``text`` is frozen: NFC, never changed after capture, and every offset counts in it.

    When and how it was captured is no part of what it says: two captures of one text are equal.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"
    captured: datetime | None = field(default=None, compare=False)
    author: str | None = None
    domain: str | None = None
    """The host that published it, in ASCII (``xn--`` for others), without ``www.``."""
    country: str | None = None
    """Of the outlet: ISO 3166 alpha-3."""
    provenance: Provenance | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """A state, armed group, organisation, person or outlet.

    ``code`` is the ISO 3166 alpha-3 code of the state it belongs to (for an armed group: of the
    country it fights in), or one of PLOVER's blocs (UNO, EUR, IGO, NGO, ISM, IMG, MNC), or UNK.
    ``sectors`` are PLOVER sector codes (GOV, MIL, REB, PRE, CVL, JRN ...), most specific first.
    ``alone``: it shares its code with others and is known by its name, as one organisation of many is, or one armed group of a state's.
    """

    code: str
    sectors: tuple[str, ...] = ()
    name: str = ""
    alone: bool = False

    @property
    def key(self) -> str:
        """The code at the grain of accounts: an armed group and an unrecognised state stand apart from the state, and what is ``alone``
        from the others of its code ("NGO-Human Rights Watch", "SYR-REB-Nusra Front")."""
        own = self.code
        for mark in ("REB", "PRE"):
            if mark in self.sectors and self.code not in BLOCS:
                own = f"{self.code}-{mark}"
                break
        return f"{own}-{self.name}" if self.alone else own

    @property
    def official(self) -> bool:
        """Whether its word and its deeds are its state's or body's: a gang's or a crowd's are not, though they have the state's code."""
        return not self.sectors or bool(OFFICIAL & set(self.sectors))


OFFICIAL = frozenset({"GOV", "MIL", "JUD", "LEG", "SPY", "COP", "PRM"})
"""Sectors that speak and act for their state."""
OPPOSITION = "OPP"
"""The sector of a political opposition: of a state, and never speaking for it."""
PEOPLE = frozenset({"AGR", "BUS", "CVL", "EDU", "JRN", "LAB", "MED", "REL"})
"""Sectors of those who are of a state and do not speak for it."""
MANY = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
"""Codes that many parties share, each of which speaks for itself."""
BLOCS = frozenset({"UNO", "EUR", "UNK"}) | MANY
UNKNOWN = Party("UNK")


def shared_code(key: str) -> tuple[str, str]:
    """The code of an account's key, and the name of the one party of that code whose account it is, empty for all other keys.

    >>> shared_code("NGO-Human Rights Watch"), shared_code("NGO"), shared_code("SYR-REB"), shared_code("SYR-REB-Nusra Front")
    (('NGO', 'Human Rights Watch'), ('NGO', ''), ('SYR-REB', ''), ('SYR-REB', 'Nusra Front'))
    """
    code, _, name = key.partition("-")
    if code in MANY:
        return code, name
    mark, _, name = name.partition("-")
    return (f"{code}-{mark}", name) if mark == "REB" else (key, "")


def among(wanted: str | None, keys: Iterable[str]) -> bool:
    """Whether a party that is asked for is among the keys of accounts: all are for None, and every one that shares a code is for that.

    >>> among("NGO", ["SYR", "NGO-Human Rights Watch"]), among("NGO-Oxfam", ["NGO"]), among(None, [])
    (True, False, True)
    """
    return wanted is None or any(wanted in (key, shared_code(key)[0]) for key in keys)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to a party."""

    party: Party
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """One link of a source chain: who says so, and the word that shows it (``cue``, empty where none stands)."""

    mention: Mention
    cue: str = ""
    cue_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: a source chain (outermost first), its cue, and the content it answers for."""

    sources: tuple[Source, ...]
    cue: str
    cue_span: Span
    content: tuple[Span, ...]
    stance: Stance = Stance.NEUTRAL
    quoted: bool = False
    source_span: Span | None = None
    attitude: bool = False
    """True where the content is what the source wants, backs or judges, not what it says to be so."""
    untrue: tuple[Span, ...] = ()
    """Of the content, what the source calls untrue: "the report that 30 soldiers had died" of one that it says is false."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of losses. ``low`` and ``high`` are null for a vague amount; its words stay in ``text``."""

    kind: CountKind
    low: int | None
    high: int | None
    best: int | None
    unit: str
    text: str
    span: Span
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class When:
    """A time expression: its words, and the days it resolves to (null where it cannot be resolved)."""

    start: date | None
    end: date | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Where:
    """A place named in the text. ``precision``: point, city, region, country or area."""

    name: str
    text: str
    span: Span
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    precision: str = "area"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word or words that carry the event."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One event as one source tells it. An empty source chain is the outlet's own voice."""

    id: str
    doc: str
    event: str
    trigger: Trigger
    span: Span
    text: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    sources: tuple[Source, ...] = ()
    aux: tuple[AuxMode, ...] = ()
    counts: tuple[Count, ...] = ()
    when: When | None = None
    where: Where | None = None
    confidence: float = 0.5
    targets: tuple[str, ...] = ()
    """Words of the text for what was hit ("terrorist camps"), for disputes over character."""
    reader: str = ""
    """The language model that read it, by the name it has in the settings; empty for our own reader."""
    gloss: str = ""
    """The clause in English, in that model's words, where the report is in another language. No part of the report."""

    @property
    def actor_keys(self) -> frozenset[str]:
        return frozenset(m.party.key for m in self.actors) - {"UNK"}

    @property
    def recipient_keys(self) -> frozenset[str]:
        return frozenset(m.party.key for m in self.recipients) - {"UNK"}

    @property
    def speaker(self) -> str | None:
        """Key of the outermost source; None for the outlet's own voice."""
        return self.sources[0].mention.party.key if self.sources else None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A value that a reader gave and that was not taken: what it was to be, why not, and its words."""

    what: str
    why: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one reader read one report: who it was, where it ran, what it took, and what of its word was not taken."""

    doc: str
    reader: str
    """``standoff``, or the name of a model in the settings."""
    model: str = ""
    prompt: str = ""
    """Version and hash of what a language model was asked."""
    where: str = ""
    """Where it ran: the endpoint's address; empty for this machine."""
    at: datetime | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    parts: int = 1
    values: int = 0
    """Values that it gave: quotations, figures, kinds."""
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
    fault: str = ""
    """Why it has not read the report, which is kept to be read later; empty where it has."""
    claims: tuple[Claim, ...] = field(default=(), compare=False)
    """All that it read, also what does not stand in the store."""

    @property
    def grounded(self) -> float:
        """The share of its values that the report bears out."""
        return 1 - len(self.dropped) / self.values if self.values else 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim belongs to an incident: made by a version, and undone by removing it."""

    claim: str
    reason: str
    version: str


@dataclass(frozen=True, slots=True)
class HandLink:
    """What a person decided about two claims: that they tell of one happening, or that they do not. It outlives reruns."""

    first: str
    second: str
    together: bool
    reason: str = ""


class Verdict(StrEnum):
    """What a person says of a claim that the machine read."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Review:
    """One person's word on one claim, kept beside what the machine read; an undone one is kept too, and counts no more.

    A correction gives one ``slot`` of the claim record (``event``, ``actor``, ``counts`` …) another value: ``value`` is
    the JSON of that field or, for ``date``, of the two days.
    """

    claim: str
    doc: str
    reviewer: str
    verdict: Verdict
    at: datetime
    slot: str | None = None
    value: str | None = None
    reason: str = ""
    number: int = 0
    undone: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Renaming:
    """A person's word on a name: who ``name``, read as ``code``, is to be taken for. It merges two names, or parts one off."""

    name: str
    code: str
    party: Party
    reviewer: str
    at: datetime
    reason: str = ""
    number: int = 0
    undone: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class SourceGrade:
    """An Admiralty grade that a person gave: an outlet's reliability A to F, or a report's credibility 1 to 6."""

    kind: str
    """``outlet`` or ``document``."""
    subject: str
    grade: str
    reviewer: str
    at: datetime
    reason: str = ""


class Doing(StrEnum):
    """What a person decided by hand; it stands above the rules in every later run, until it is undone."""

    TOGETHER = "together"
    """``claims`` tell of one happening: an incident made, or incidents joined."""
    APART = "apart"
    """None of ``claims`` tells of the happening that ``others`` tell of: an incident split."""
    MOVE = "move"
    """``claims`` belong with ``into``, and not with ``others``."""
    NAME = "name"
    """The incident of ``claims`` is called ``words``."""
    NO_DISPUTE = "no dispute"
    """The dispute of ``claims``, of the kind of question in ``words``, is none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that a person decided about incidents and disputes. It names claims, whose ids last; an incident's may not."""

    doing: Doing
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    words: str = ""
    reason: str = ""
    reviewer: str = ""
    at: datetime | None = None
    number: int = 0
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims about the same happening: linked, never merged."""

    id: str
    links: tuple[Link, ...]
    under: str | None = None
    """The incident that this one followed as a part of it: "a second strike hit the rescuers"."""
    title: str = ""
    """A headline made from its claims, or given by a person."""
    likely: float = 1.0
    """From 0 to 1: how likely it is one happening, and of the kind that its headline says; 1 where a person made it or named it."""
    place: str = ""
    """Where it was, as its claims name it; empty where none is told, or no place is likely it."""

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(link.claim for link in self.links)


class Question(StrEnum):
    """What an account answers, and what an incident asks."""

    HAPPENED = "happened"
    WHO = "who"
    BEGAN = "began"
    """Who began it: fired first, or without cause."""
    WHOM = "whom"
    WHAT = "what"
    """What was hit, and what it was: fighters, a base, homes, a hospital."""
    HOW_MANY = "how many"
    WHEN = "when"
    WHERE = "where"
    OUTCOME = "outcome"
    ASKED = "asked"
    """Who asked for the talks or the truce."""
    MEDIATED = "mediated"
    AGREED = "agreed"
    SAID = "said"
    """What was said at a meeting or in a call."""
    CALLED = "called"
    """In law or in morals: a war crime, terrorism, self-defence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One value that a party gives to one question, with what carries it: claims, voices, first and latest report."""

    question: Question
    value: str
    claims: tuple[str, ...]
    voices: tuple[str, ...] = ()
    first: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What one party holds about an incident, drawn from its claims; the newest figure stands last."""

    incident: str
    party: str
    claims: tuple[str, ...]
    counts: tuple[Count, ...] = ()
    answers: tuple[Answer, ...] = ()


class Holds(StrEnum):
    """How an account answers a question of yes or no."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Turn:
    """One step in what a party holds: what it held from then on."""

    party: str
    value: str
    claim: str
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One account's answer to one question, drawn from all reports: its last word, and how it came to it."""

    party: str
    value: str
    """What it holds now, in a phrase: "at least 31", "denies it", "a training camp"."""
    claims: tuple[str, ...]
    """All that carry it, in the order of telling; the last one carries ``value``."""
    holds: Holds = Holds.OPEN
    low: int | None = None
    high: int | None = None
    bound: Bound = Bound.EXACT
    """Of a figure, as the party gave it last; a bound leaves the other end open."""
    as_of: date | None = None
    """The day that its last word holds for."""
    voices: tuple[str, ...] = ()
    """The independent origins that carry it."""
    first: date | None = None
    latest: date | None = None
    words: str = ""
    """The words of the report that carry its last word."""
    series: tuple[Turn, ...] = ()
    """What it held before, and holds now: a later figure of one party supersedes its earlier one and disputes nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that an incident asks, with one line an account. A dispute is one whose lines part."""

    id: str
    incident: str
    question: Question
    text: str
    """In words: "How many Indian jets were shot down on 7 May?"."""
    lines: tuple[Line, ...]
    subject: str = ""
    """Of figures, what is counted, and whose: "killed civilians PAK"."""
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a dispute: the party, the claims that carry it, and what it holds in a few words."""

    party: str
    claims: tuple[str, ...]
    value: str


class DisputeState(StrEnum):
    """How a dispute stands after the last report."""

    OPEN = "open"
    NARROWED = "narrowed"
    """The figures still part, by less than they first did."""
    SETTLED = "settled"
    """The parties' last words no longer part."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing said of a meeting or call: who tells it, and whether they tell it alike."""

    topic: str
    parties: tuple[str, ...]
    claims: tuple[str, ...]
    told: str
    """``both``, ``one`` (only by one of them) or ``differently``."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Where accounts of one incident cannot both hold."""

    id: str
    docs: tuple[str, ...]
    kind: DisputeKind
    positions: tuple[Position, ...]
    incident: str | None = None
    reason: str = ""
    severity: float = 0.0
    """From 0 to 1: how far the accounts are apart, times v / (v + 1) for the v independent voices that carry them, times
    ``likely``."""
    state: DisputeState = DisputeState.OPEN
    history: tuple[Turn, ...] = ()
    topics: tuple[Topic, ...] = ()
    question: str = ""
    """What the accounts part on, in words: "How many Indian jets were shot down on 7 May?"."""
    title: str = ""
    """Who holds what, in a sentence: "Pakistan says five Indian jets were shot down; India says none"."""
    likely: float = 1.0
    """From 0 to 1: how likely it is a dispute, by how surely both sides were read and all else that is seen of it."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What reconciling adds to claims: incidents, the questions they ask, accounts and disputes; the claims themselves
    stay as they were."""

    incidents: tuple[Incident, ...] = ()
    accounts: tuple[Account, ...] = ()
    disputes: tuple[Dispute, ...] = field(default=())
    """All, also those that later reports settled; :attr:`standing` leaves these out."""
    questions: tuple[Asked, ...] = ()

    @property
    def standing(self) -> tuple[Dispute, ...]:
        return tuple(d for d in self.disputes if d.state is not DisputeState.SETTLED)
