"""One page on a whole crisis: what is agreed, what is disputed and by whom, how figures moved, what nobody says, who copies whom.

It is drawn from the questions that incidents ask; it adds no word of its own to what an account holds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import pairwise

from standoff import acts
from standoff.analysis import agreement, called, order, sure
from standoff.analysis.quoting import ROOM, is_cut, quotation, sentence_of
from standoff.days import shift
from standoff.model import (
    BLOCS,
    Asked,
    AuxMode,
    Bound,
    Claim,
    CountKind,
    Dispute,
    DisputeState,
    Document,
    Holds,
    Line,
    Question,
)
from standoff.printable import many
from standoff.reconcile import told, voices
from standoff.reconcile.soundness import SOUND
from standoff.reconcile.titles import adjective, at, is_bare, place_name, undated, who
from standoff.store import Store
from standoff.store.browse import IncidentRow
from standoff.wording import (
    QUESTIONS,
    UNNAMED_THINGS,
    Names,
    in_prose,
    listed,
    long_day,
    long_days,
    number,
    sentence_case,
    speaker,
    state_name,
    states,
)

OUTLET = "outlet:"
MOST_REPORTS = 2_000
"""Reports that are compared for copies; in more of them it takes too long for a page."""
_FEW = 3
"""Words of a value that is set against another: "more than 30", "South Ossetia"."""
SHORT = 60
"""Characters of an answer that accounts can be said to share: longer, it is a clause of one of them."""
HEARD = 3
"""Claims of an account that are looked at for who speaks."""
LOOKS_BACK = 60
"""Days before the first report from which on a happening is of the time that the reports tell of."""
MOST_TOLD = 50
"""Incidents that a page is drawn from, those that most reports tell of; the whole brief has all."""
SHOWN = 140
"""Characters of a quotation that stands for an answer."""
_CONTRADICTS = re.compile(r"\b(?:contradict|refut|disput)\w*", re.IGNORECASE)
SHORTLY = 90
"""Characters of what is told of a happening below the head."""
SAID = 200
"""Happenings that are told in a sentence."""
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
    outlet_of: str = ""
    """Whose report has the words."""

    @property
    def source(self) -> str:
        """Where and when it was told: "Doha Gazette, 17 October 2017"."""
        return ", ".join(filter(None, (self.outlet_of, day_of(self.as_of))))


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
        """What stands against what: "11 against 43"; of more figures than two, the list: "6, 14 and 23"."""
        values = list(dict.fromkeys(side.now or side.value for side in self.sides if side.value))
        if len(values) < 2 or any(len(value.split()) > _FEW or value.startswith("den") for value in values):
            return ""  # clauses make no sentence with "against"
        numbers = {value: number_of(value) for value in values}
        if len(values) > 2 and None not in numbers.values():
            return listed(sorted(values, key=lambda value: numbers[value] or 0))
        return " against ".join(values)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A question that two sides answer alike."""

    question: str
    value: str
    names: tuple[str, ...]
    incident: str
    claims: tuple[str, ...]
    lines: tuple[Line, ...] = ()


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
    lines: tuple[Line, ...] = ()


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

    @property
    def what(self) -> str:
        """The title without its day, where that stands beside it."""
        return undated(self.title)[0]

    @property
    def when(self) -> str:
        """The day of the title, else the days that are told."""
        told, first, last = undated(self.title)[1], self.start, self.end or self.start
        if told or first is None or last is None:
            return told
        return long_days(first, last) if (last - first).days <= 366 else f"{first.year} to {last.year}"


@dataclass(frozen=True, slots=True)
class Copies:
    """Reports of one origin: the first published, and those that repeat it."""

    first: Document
    others: tuple[Document, ...]
    led: bool = True
    """Whether the others are known to have it from the first."""


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
    """Questions on which accounts surely part."""
    unsure: tuple[Parted, ...]
    """The others; :attr:`left` says how many there are where they are not shown."""
    moved: tuple[Moved, ...]
    unknown: tuple[tuple[str, str], ...]
    """What nobody says, each with its incident."""
    copies: tuple[Copies, ...]
    left: Mapping[str, int] = field(default_factory=dict)
    """Of each part, how many more there are."""

    @property
    def whence(self) -> str:
        """How many reports there are, from how many outlets, and how many of them repeat others."""
        copies = self.reports - self.voices if self.voices else 0
        return whence(self.reports, len(self.outlets), copies)

    faintly_told: bool = False
    """Of no incident the program is sure that it is one happening, rightly named: all that is said of them is uncertain."""
    about: str = ""
    """The two whom most incidents are of: "Sudan and Chad"; empty where there are no such."""

    @property
    def period(self) -> str:
        return long_days(self.since, self.until) if self.since and self.until else ""

    @property
    def title(self) -> str:
        """What it is called: whom it is of, and of which days the reports are."""
        name = f"What is told of {self.about}" if self.about else "What is told"
        return f"{name}, reports of {self.period}" if self.period else name


def whence(reports: int, outlets: int, copies: int) -> str:
    """Where reports are from; one that repeats another is no second voice, and neither is an outlet's second report.

    >>> whence(24, 12, 2), whence(1, 1, 0)
    ('24 reports from 12 outlets, 2 of them copies', '1 report')
    """
    told = many(reports, "report")
    if outlets and reports > 1:
        told += f" from {many(outlets, 'outlet')}"
    return f"{told}, {copies:,} of them {'copies' if copies > 1 else 'a copy'}" if copies else told


@dataclass(frozen=True, slots=True)
class Most:
    """How much of each part is shown."""

    told: int = 8
    led: int = 3
    """Happenings that stand at the head of the first page."""
    agreed: int = 5
    disputed: int = 6
    unsure: int = 0
    """Disputes that are shown as uncertain, whatever others there are."""
    moved: int = 4
    unknown: int = 4
    copies: int = 3


AT_LEAST = 3
"""Where fewer disputes are likely, the likeliest of the others stand beside them, marked as uncertain: of real news most archives have none that
is likely, and of those shown so two in five are disputes of the parties named (`docs/accuracy.md`)."""


WHOLE = Most(*(10_000,) * len(fields(Most)))


def draw(
    store: Store,
    names: Names,
    most: Most | None = None,
    new: frozenset[str] = frozenset(),
    compared: int = MOST_REPORTS,
    disputes: Sequence[Dispute] | None = None,
    unsure: Collection[str] | None = None,
    titles: Titles | None = None,
) -> Brief:
    """The brief of a store. ``new`` are ids of reports that somebody has not seen yet: their incidents come first.

    Up to ``compared`` reports are looked through for copies. ``disputes`` are the store's, and ``unsure`` those of them that
    are less likely ones, where they are at hand; so are ``titles``.
    """
    most = most or Most()
    reports, since, until = store.browse.days()
    titles = titles or Titles(names, store.browse.outlet_names(), store)
    many_told = 10_000 if most == WHOLE else MOST_TOLD
    rows = store.browse.most_told(many_told, SOUND)
    faintly_told = not rows
    rows = rows or store.browse.most_told(many_told)
    held = order.gravest(store.browse.disputes()) if disputes is None else disputes
    open_ = [one for one in held if one.state is not DisputeState.SETTLED]
    doubtful = sure.unsure(store, open_) if unsure is None else unsure
    standing = [one for one in open_ if one.id not in doubtful]
    faint = sorted((one for one in open_ if one.id in doubtful), key=lambda one: -one.likely)
    most = replace(most, unsure=max(most.unsure, AT_LEAST - len(standing)))
    chosen = list(
        dict.fromkeys(
            [row.id for row in rows]
            + [d.incident for d in [*standing[: 2 * most.disputed], *faint[: most.unsure]] if d.incident]
        )
    )
    questions = store.browse.questions(chosen)
    asked = {one.dispute: one for one in questions if one.dispute}
    fresh = _incidents_of(store, new)
    # What reports look back on from afar is neither what happened nor what they leave open.
    recent = [row for row in rows if not (row.start and since and row.start < shift(since, -LOOKS_BACK))] or list(rows)
    of_late = {row.id for row in recent}
    first = [row for row in _first(rows, fresh) if row.id in fresh or (row.id in of_late and not titles.is_vague(row))]
    if len(first) < most.led:
        chief = {row.id for row in first}
        first += [row for row in rows if row.id not in chief and not titles.is_vague(row)]
    shown = sorted(first[: most.told], key=_day)
    of_row: dict[str, list[Asked]] = defaultdict(list)
    for question in questions:
        of_row[question.incident].append(question)
    parting = Counter(one.incident for one in standing)
    untold = {one.id for one in held} - {one.id for one in standing}
    shown = [replace(row, disputes=parting[row.id]) for row in shown]
    led = {row.id for row in ([row for row in first if row.id in fresh] or first)[: most.led]}
    heads = titles.heads(store.browse.incidents(ids=chosen, limit=len(chosen) or 1).rows)
    of_rows = {row.id for row in rows}
    of_listed = [one for one in questions if one.incident in of_rows]
    agreed, moved = titles.agreed(of_listed), titles.moved(of_listed)
    unknown = titles.unknown(of_listed, recent, store.browse.acted([row.id for row in recent]))
    some, faintly = standing[: most.disputed], faint[: most.unsure]
    agreed = agreed[: 3 * most.agreed]  # each is looked at in its reports; what was not looked at is not called agreed
    lines = [line for one in agreed for line in one.lines]
    lines += [line for one in (*some, *faintly) if one.id in asked for line in asked[one.id].lines]
    lines += [line for one in moved[: 3 * most.moved] for line in one.lines]
    claims = claims_of(store, [key for line in lines for key in line.claims[:HEARD]])
    agreed = [
        titles.with_names(one, claims, heads)
        for one in agreed
        if titles.tells(one, claims) and not _called_false(store, one)
    ]
    shown_moves = [titles.with_steps(one, claims, heads) for one in moved[: 3 * most.moved]]
    moved = [one for one in shown_moves if one.accounts] + moved[3 * most.moved :]
    unknown = [(heads.get(id, Head()).on(text), id) for text, id in unknown]
    documents = store.documents() if reports <= compared else []
    origins = voices.group(documents)
    copied = copies_of(origins, {d.id: d for d in documents})
    parts: dict[str, Sequence[object]] = {
        "told": rows, "agreed": agreed, "disputed": standing, "unsure": faint, "moved": moved, "unknown": unknown, "copies": copied,
    }  # fmt: skip
    return Brief(
        since,
        until,
        reports,
        tuple((name, outlet.reports) for name, outlet in store.browse.outlets()),
        len(origins),
        tuple(
            replace(
                titles.happened(row, row.id in fresh),
                lead=row.id in led,
                says=_shortly(
                    row.id in led,
                    says(store, row, titles, of_row[row.id], untold)[0],
                    in_words(store, row, titles) if titles.says_little(row) else "",
                ),
            )
            if len(shown) <= SAID or row.id in led
            else titles.happened(row, row.id in fresh)
            for row in shown
        ),
        tuple(agreed[: most.agreed]),
        tuple(titles.parted(one, asked.get(one.id), claims, heads) for one in some),
        tuple(titles.parted(one, asked.get(one.id), claims, heads) for one in faintly),
        tuple(moved[: most.moved]),
        tuple(unknown[: most.unknown]),
        tuple(copied[: most.copies]),
        {name: max(0, len(held) - getattr(most, name)) for name, held in parts.items()}
        | {"told": max(0, store.browse.totals()["incidents"] - len(shown))},
        faintly_told,
        _about(rows, names),
    )


OF_MOST = 0.6
"""The share of the incidents that two parties are in whose crisis an archive is called by."""


def _about(rows: Sequence[IncidentRow], names: Names) -> str:
    """The two states or groups that most incidents have, where they are together in many; else the one that most have, if any."""
    counts = Counter(
        key for row in rows for key in row.parties if key not in BLOCS and called.is_name(names.party(key))
    )
    chief = [key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]]
    with_both = sum(set(chief) <= set(row.parties) for row in rows)
    with_one = sum(bool(set(chief) & set(row.parties)) for row in rows)
    if len(chief) < 2 or with_one < OF_MOST * len(rows) or 2 * with_both < OF_MOST * len(rows):
        chief = [key for key in chief[:1] if counts[key] >= OF_MOST * len(rows)]
    return listed([in_prose(names.party(key)) for key in chief])


@dataclass(frozen=True, slots=True)
class Head:
    """What an incident's questions end in, and what they are to end in."""

    title: str = ""
    headline: str = ""

    def on(self, question: str) -> str:
        """A question with the headline in place of a title that says too little."""
        if self.title == self.headline or not question.endswith(f" ({self.title})"):
            return question
        return f"{question.removesuffix(f'({self.title})')}({self.headline})"


class Titles:
    """Headlines, questions and accounts in words, with the names of one store."""

    def __init__(self, names: Names, outlets: Mapping[str, str], store: Store | None = None) -> None:
        """``store`` is looked into for the sentences that clauses were cut from."""
        self._names = names
        self._store = store
        self._outlets = outlets
        self._telling = frozenset(outlets.values())

    def is_outlet(self, key: str) -> bool:
        """An account of a report in its own words: by the outlet's name, or the report's where it names none."""
        return key.startswith(OUTLET) or (key in self._telling and key not in self._names)

    def account(self, key: str, claims: Iterable[Claim] = ()) -> str:
        """What an account is called; an outlet's by its name, a party's by who speaks in its claims, where they are given."""
        if key.startswith(OUTLET):
            own = key.removeprefix(OUTLET)
            return self._outlets.get(own, own)
        return called.account(key, claims, self._names) if not self.is_outlet(key) else key

    def incident(self, row: IncidentRow) -> str:
        """An incident's headline."""
        return headline(row, self._names)

    def is_vague(self, row: IncidentRow) -> bool:
        """A title that names neither whom, nor where but for a country, nor when: "Attack", "Attack on Syria"."""
        if not row.title:
            return row.start is None and not row.place
        dated = bool(undated(row.title)[1])
        return is_bare(row.title) or (
            not dated and row.place in states().values() and row.title.endswith(f" {row.place}")
        )

    def says_little(self, row: IncidentRow) -> bool:
        """A title that says only what kind of deed it was, and perhaps between whom: "Attack involving Chad"."""
        return not row.title or is_bare(undated(row.title)[0])

    def heads(self, rows: Iterable[IncidentRow]) -> dict[str, Head]:
        return {row.id: Head(row.title, self.incident(row)) for row in rows}

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
            return speaker(claim.sources[0].mention)
        return self._outlets.get(claim.doc, claim.doc)

    def side(
        self,
        line: Line,
        claims: Mapping[str, Claim] | None = None,
        question: Question | None = None,
        disputed: bool = False,
    ) -> Side:
        """One account's answer as a phrase; where its claims are given, by who speaks in them.

        A clause that had to be cut answers who did it less well than the name that its claims give.
        """
        claims = claims or {}
        value = now = phrase(line)
        if line.low is not None or line.high is not None:
            steps = steps_of(line, claims, disputed)
            now = steps[-1].value if steps[-1].value != line.value else value
            before = [one.value for one in steps[:-1] if one.value != now]
        else:
            before = [turn.value for turn in line.series[:-1] if turn.value != line.value]
        if question is Question.WHO and now.endswith("…") and not now.startswith("den"):
            now = self._blamed(line, claims) or now
        told = _nearest(now, line.claims, claims)
        if line.low is not None and number_of(now) in (None, line.low):
            # Under a number stand first the words that give it.
            told = tuple(sorted(told, key=lambda key: not (key in claims and _gives(claims[key], line.low))))
        heard = [claims[key] for key in told if key in claims]
        if heard and (words := self._instead(now, line, heard)):
            now, before = words, []
        value = f"{now} (before: {', '.join(dict.fromkeys(before))})" if before else now
        own = self.is_outlet(line.party)
        name = self.account(line.party, _heard(line.claims, claims))
        outlet = self._outlets.get(claims[told[0]].doc, "") if told and told[0] in claims else ""
        return Side(line.party, name, value, told, line.as_of or line.latest, own, now, outlet)

    def _instead(self, value: str, line: Line, told: Sequence[Claim]) -> str:
        """The report's own words in place of an answer that breaks off, or that its report contradicts; empty where it stands.

        "At least two were shot down, officials said, contradicting Khartoum, which says that none was lost" gives the word of
        Khartoum, and is no "none" of who says it.
        """
        if line.low is None and line.high is None:
            return self._quoted(told[0]) if is_cut(value) else ""
        if not line.low == line.high == 0:
            return ""
        none = {claim.doc for claim in told if AuxMode.NEGATION in claim.aux or _gives(claim, 0)}
        some = [c for c in told if c.doc in none and AuxMode.NEGATION not in c.aux and any(n.low for n in c.counts)]
        if some:
            return self._quoted(max(some, key=lambda claim: claim.confidence))
        return self._quoted(told[0]) if _CONTRADICTS.search(sentence_of(told[0], self._document(told[0]))) else ""

    def _document(self, claim: Claim) -> Document | None:
        found = self._store.documents_of({claim.doc}) if self._store is not None else ()
        return next(iter(found), None)

    def _quoted(self, claim: Claim) -> str:
        return quotation(claim, self._document(claim), SHOWN)

    def given(self, one: Asked, claims: Mapping[str, Claim]) -> list[tuple[str, list[str], date | None]]:
        """The last figure of each account with its day, the latest first; the accounts that give the same stand together.

        An outlet's own word beside that of a party it repeats is left out.
        """
        found: dict[str, list[tuple[bool, date | None, str]]] = {}
        for line in one.lines:
            if line.low is None and line.high is None:
                continue
            step = steps_of(line, claims, one.dispute is not None)[-1]
            name = self.account(line.party, _heard(line.claims, claims))
            value = step.value if number_of(step.value) is not None or not line.value[:1].isdigit() else line.value
            found.setdefault(value, []).append((self.is_outlet(line.party), step.day, name))
        given = []
        for value, held in found.items():
            own = [one for one in held if not one[0]] or held
            days = [day for _, day, _ in own if day]
            given.append((all(one[0] for one in held), max(days, default=None), value, [name for *_, name in own]))
        given.sort(key=lambda each: (each[0], -(each[1] or date.min).toordinal()))
        return [(value, list(dict.fromkeys(names))[:3], day) for _, day, value, names in given]

    def _blamed(self, line: Line, claims: Mapping[str, Claim]) -> str:
        """ "blames Syria": whom the surest claims of an account name as having done it; empty where they name nobody, or several."""
        named: Counter[str] = Counter()
        for claim in (claims[key] for key in line.claims if key in claims and claims[key].event != "REJECT"):
            whom = claim.recipients if claim.event == "ACCUSE" else claim.actors
            for key in {m.party.key for m in whom if m.party.code != "UNK"}:
                named[key] += 1
        first, second = [*named.most_common(2), ("", 0), ("", 0)][:2]
        if first[0] in ("", line.party) or first[1] == second[1]:
            return ""
        return f"blames {in_prose(self._names.party(first[0]))}"

    def parted(
        self,
        one: Dispute,
        asked: Asked | None,
        claims: Mapping[str, Claim] | None = None,
        heads: Mapping[str, Head] | None = None,
    ) -> Parted:
        """A dispute as its question with what each side holds."""
        held = {line.party: line for line in asked.lines} if asked else {}
        sides = tuple(
            self.side(held[p.party], claims, asked.question if asked else None, True)
            if p.party in held
            else Side(
                p.party,
                self.account(p.party, _heard(p.claims, claims or {})),
                plain(self._names.value(p.value)),
                p.claims,
                None,
                self.is_outlet(p.party),
            )
            for p in one.positions
        )
        text = one.question or (asked.text if asked else "") or QUESTIONS[one.kind]
        text = (heads or {}).get(one.incident or "", Head()).on(text)
        return Parted(text, sides, one.incident, one.id, one.kind.value, one.severity)

    def agreed(self, questions: Sequence[Asked]) -> list[Agreed]:
        """Questions that two named sides or more answer alike, those of most sides first; of what somebody denies nothing is
        agreed."""
        found = []
        denied = {one.incident for one in questions for line in one.lines if line.holds is Holds.NO}
        for one in questions:
            if one.incident in denied or one.dispute or one.question in (Question.WHEN, Question.WHERE, Question.SAID):
                continue
            by_value: dict[str, list[Line]] = defaultdict(list)
            for line in one.lines:
                if phrase(line):
                    by_value[phrase(line).casefold()].append(line)
            if len(by_value) != 1:
                continue
            (lines,) = by_value.values()
            lines = agreement.sides(lines, {line.party for line in lines if self.is_outlet(line.party)})
            voices = {voice for line in lines for voice in line.voices}
            # A wire and the paper that prints it are one voice.
            if len(lines) < 2 or len(voices) == 1 or len(phrase(lines[0])) > SHORT:
                continue
            if one.question not in (Question.HOW_MANY, Question.WHAT) and any(" " in phrase(line) for line in lines):
                continue  # a clause that two reports share is one's words
            names = tuple(dict.fromkeys(self.account(line.party) for line in lines))
            if len({name.casefold() for name in names}) < 2:
                continue  # an agency that speaks of itself
            claims = tuple(dict.fromkeys(key for line in lines for key in line.claims))
            found.append((len(lines), Agreed(one.text, phrase(lines[0]), names, one.incident, claims, tuple(lines))))
        return [one for _, one in sorted(found, key=lambda pair: -pair[0])]

    def tells(self, one: Agreed, claims: Mapping[str, Claim]) -> bool:
        """An outlet and whom it quotes are one telling: what is agreed stands with two."""
        docs = {claims[key].doc for key in one.claims if key in claims}
        return len({self._outlets.get(doc, doc) for doc in docs}) > 1

    def with_names(self, one: Agreed, claims: Mapping[str, Claim], heads: Mapping[str, Head]) -> Agreed:
        """What is agreed, by who speaks, under the incident's headline."""
        names = tuple(dict.fromkeys(self.account(line.party, _heard(line.claims, claims)) for line in one.lines))
        return replace(one, names=names, question=heads.get(one.incident, Head()).on(one.question))

    def with_steps(self, one: Moved, claims: Mapping[str, Claim], heads: Mapping[str, Head]) -> Moved:
        """A figure's steps with those of one report taken as one; no account is left where none moved."""
        accounts = [
            (self.account(line.party, _heard(line.claims, claims)), tuple(_by_day(steps)))
            for line in one.lines
            if _moves(steps := steps_of(line, claims))
        ]
        return replace(one, accounts=tuple(accounts), question=heads.get(one.incident, Head()).on(one.question))

    def moved(self, questions: Sequence[Asked]) -> list[Moved]:
        """Figures that somebody gave more than one value of."""
        found = []
        for one in questions:
            if one.question is not Question.HOW_MANY:
                continue
            lines = tuple(line for line in one.lines if _moves(steps_of(line)))
            if lines:
                accounts = tuple((self.account(line.party), tuple(steps_of(line))) for line in lines)
                found.append(Moved(one.text, accounts, one.incident, one.id, lines))
        return sorted(found, key=lambda one: -sum(len(steps) for _, steps in one.accounts))

    def unknown(
        self, questions: Sequence[Asked], rows: Sequence[IncidentRow], acted: Collection[str] = ()
    ) -> list[tuple[str, str]]:
        """What the reports leave open: questions nobody answers, attacks for which nobody is named; for ``acted`` somebody is."""
        found = [(one.text, one.incident) for one in questions if not any(phrase(line) for line in one.lines)]
        named = {one.incident for one in questions if one.question is Question.WHO and one.lines}
        known = {one.incident for one in questions}
        for row in rows:
            if (
                row.event == "ASSAULT"
                and row.reports > 1  # what one report alone tells it need not tell in full
                and not self.is_vague(row)
                and row.id in known
                and row.id not in named
                and row.id not in acted
            ):
                found.append((who(self.incident(row)), row.id))
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
    if told.found("denies", value) or value[:1].isupper():
        return plain(value)
    return f"denies {value}" if value.startswith("that ") else f"denies it: {value}" if value else "denies it"


def plain(value: str) -> str:
    """A clause as an answer: "that it had lost two aircraft" is "it had lost two aircraft".

    >>> plain("that it had lost two aircraft"), plain("That day")
    ('it had lost two aircraft', 'That day')
    """
    return value.strip().removeprefix("that ")


def steps_of(line: Line, claims: Mapping[str, Claim] | None = None, disputed: bool = False) -> list[Step]:
    """What an account held, step by step; an account that never changed its word has one.

    Where the claims are given, a report that has several figures is taken by the first: what follows in it counts something else.
    Of what is ``disputed`` it is taken by the figure over which accounts part.
    """
    steps: list[Step] = []
    told: set[str] = set()
    docs = [claims[turn.claim].doc if claims and turn.claim in claims else turn.claim for turn in line.series]
    parting = {doc for turn, doc in zip(line.series, docs, strict=True) if disputed and turn.value == line.value}
    for turn, doc in zip(line.series, docs, strict=True):
        if doc in told or (doc in parting and turn.value != line.value):
            continue
        told.add(doc)
        if not steps or steps[-1].value != turn.value:
            steps.append(Step(turn.value, turn.reported, turn.claim))
    # What an account holds now is its last step: what came after it in the telling was corrected, and is none.
    last = max((at for at, step in enumerate(steps) if step.value == line.value), default=len(steps))
    steps = steps[: last + 1]
    return steps or [Step(phrase(line), line.as_of or line.latest, line.claims[-1] if line.claims else "")]


def _by_day(steps: Sequence[Step]) -> list[Step]:
    """The steps with those of one day as one: "24 to 43" where reports of a day give several numbers."""
    found: dict[date | None, list[Step]] = {}
    for step in steps:
        found.setdefault(step.day, []).append(step)
    return [_as_one(held) for held in found.values()]


def _as_one(steps: Sequence[Step]) -> Step:
    numbers = {number_of(step.value): step.value for step in steps}
    if len(numbers) == 1 or None in numbers:
        return steps[-1]
    low, high = (numbers[at] for at in (min(numbers, key=int), max(numbers, key=int)))  # type: ignore[arg-type]
    bound = next(
        (one.value for one in Bound if low.startswith(f"{one.value} ") and high.startswith(f"{one.value} ")), ""
    )
    return replace(steps[-1], value=f"{low} to {high.removeprefix(bound).strip()}")


FALLS = 0.5
"""A figure that falls to less than such a share of itself is another's."""


def _moves(steps: Sequence[Step]) -> bool:
    """Another number on another day; two of one day are two things that were counted, and "at least 21" is no other than 21.

    What falls to less than half is hardly one figure: 70 dead on Friday and 10 on Monday are of two attacks.
    """
    numbers = [number for step in steps if (number := number_of(step.value)) is not None]
    falls = any(FALLS * before > after for before, after in pairwise(numbers))
    return len({number_of(step.value) for step in steps}) > 1 and len({step.day for step in steps}) > 1 and not falls


def claims_of(store: Store, keys: Sequence[str]) -> dict[str, Claim]:
    """Claims by id."""
    return {row.claim.id: row.claim for row in store.browse.rows(list(dict.fromkeys(keys)))}


def _nearest(value: str, keys: Sequence[str], claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """The claims of an answer, first those whose words are nearest to what it holds; of equals the first told."""
    wanted = _words(value)
    return tuple(sorted(keys, key=lambda key: -len(wanted & _words(claims[key].text)) if key in claims else 0))


def _gives(claim: Claim, number: int | None) -> bool:
    return any(number in (one.low, one.high) for one in claim.counts)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[\w-]+", text.casefold()) if len(word) > 3 or word.isdecimal())


def _heard(keys: Sequence[str], claims: Mapping[str, Claim]) -> list[Claim]:
    return [claims[key] for key in keys[:HEARD] if key in claims]


def headline(row: IncidentRow, names: Names) -> str:
    """An incident's title, or what is known of it in the order a headline has."""
    head, day = undated(row.title)
    own = [key for key in row.parties if key not in BLOCS and not (head and head.startswith(adjective(key) or "\0"))][
        :3
    ]
    if row.title and (not is_bare(head) or not own):
        return row.title
    own = [key for key in own if state_name(key) or called.is_name(names.party(key))] or own
    between = listed([in_prose(names.party(key)) for key in own or row.parties[:3]])
    parts = [head or acts.label("event", row.event), *([f"involving {between}"] if between else [])]
    where = [f"{at(row.place)} {place_name(row.place)}"] if row.place else []
    when = day if row.title else long_days(row.start, row.end or row.start) if row.start else ""
    return sentence_case(", ".join(filter(None, (" ".join([*parts, *where]), when))))


def number_of(value: str) -> int | None:
    """The figure that stands in a phrase, for a chart; None where it has none."""
    found = re.search(r"\d[\d,]*", value)
    return int(found.group().replace(",", "")) if found else None


def says(
    store: Store, row: IncidentRow, titles: Titles, asked: Sequence[Asked], untold: Collection[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """What most reports of an incident tell of it, with whose word it is, and who denies it, and the claims that tell it; empty
    where none tells of a deed.

    A figure that others give otherwise, or that was given anew, stands with the last one of every account. ``untold`` are
    disputes, by id, over which nobody parts any more, and those that the program is not sure of: no denial is told of them.
    """
    rows = store.browse.of_incident(row.id, TOLD_BY)
    claims = {one.claim.id: one.claim for one in rows}
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in (one.claim for one in rows if sure.is_sure(one)):
        if claim.event == row.event and (claim.actors or claim.counts) and not _ASIDE & set(claim.aux):
            found[titles.deed(claim)].append(claim)
    if not found:
        # Nothing was read surely enough to be told in our words: the report's own are never wrong.
        spoken = [one.claim for one in rows if sure.is_sure(one, sure.FAINT) and not _ASIDE & set(one.claim.aux)]
        return _in_its_words(store, [c for c in spoken if c.event == row.event] or spoken, titles)
    deed, told = max(found.items(), key=lambda item: _telling(*item))
    against = _against([one for one in asked if one.dispute not in untold], told, titles, claims)
    if figures := _figures(store, asked, told, titles):
        return f"{figures}{against}.", tuple(claim.id for claim in told)
    if not any(claim.counts for claim in told) or any(_of_things(claim) for claim in told):
        # A deed without a figure is told better by the report than by our words for its kind.
        quoted = max(
            told,
            key=lambda claim: (bool(claim.sources), bool(claim.actors), len(claim.text) <= ROOM, -claim.span.start),
        )
        (document,) = store.documents_of({quoted.doc}) or (None,)
        return _quote(titles.teller(quoted), quoted, document, against), (quoted.id,)
    names = list(dict.fromkeys(titles.teller(claim) for claim in told))
    names = [name for name in names if name[:1].isupper()] or names
    who = names[:3] if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
    said = f"{deed}, according to {listed([in_prose(name) for name in who])}"
    return f"{said}{against}.", tuple(claim.id for claim in told)


GIVEN = 4
"""Figures of one question that a headline names."""
_OF_MANY = re.compile(r"How many (.+?) (?:was|were) (.+?)(, in all)?")


def _in_its_words(store: Store, claims: Sequence[Claim], titles: Titles) -> tuple[str, tuple[str, ...]]:
    """The claim that says most as its report has it, and who says it: "Chad: “Its marines beat back a landing”"."""
    if not claims:
        return "", ()
    quoted = max(claims, key=lambda c: (bool(c.sources), bool(c.actors), len(c.text) <= ROOM, c.confidence, c.id))
    (document,) = store.documents_of({quoted.doc}) or (None,)
    return _quote(titles.teller(quoted), quoted, document), (quoted.id,)


def _quote(teller: str, claim: Claim, document: Document | None, more: str = "") -> str:
    """Who says it, the words, and where and when: "Chad: “Its marines beat back a landing” (Radio Chari, 14 October 2017)."."""
    words = quotation(claim, document)
    said, name = (text.casefold().removeprefix("the ") for text in (words.strip("“"), teller))
    if document and document.outlet and (said.startswith(name) or (" " in name and name in said)):
        teller = document.outlet  # the words themselves say whose they are
    outlet = document.outlet if document and document.outlet and document.outlet != teller else ""
    where = ", ".join(filter(None, (outlet, day_of(document.published) if document else "")))
    return f"{sentence_case(teller)}: {words}{f' ({where})' if where else ''}{more}."


def in_words(store: Store, row: IncidentRow, titles: Titles) -> str:
    """What a report says of an incident, and who says it, for where its title says little."""
    told = [one.claim for one in store.browse.of_incident(row.id, TOLD_BY)]
    told = [claim for claim in told if not _ASIDE & set(claim.aux)] or told
    return _in_its_words(store, [claim for claim in told if claim.event == row.event] or told, titles)[0]


def _shortly(led: bool, told: str, words: str) -> str:
    """What is said below the head: a page has no room for every sentence, but a title that says little is given one."""
    return told if led or 0 < len(told) <= SHORTLY else words


def _of_things(claim: Claim) -> bool:
    """A figure of what was destroyed, and not said what."""
    return any(one.kind is CountKind.DESTROYED and one.unit in ("", UNNAMED_THINGS) for one in claim.counts)


def _figures(store: Store, asked: Sequence[Asked], told: Sequence[Claim], titles: Titles) -> str:
    """The last figure of every account, with its day, where they part or one was given anew: "People killed: 40 by Sudan
    (10 October), 12 by Chad (9 October)"; empty where all that is given is one number."""
    keys = {claim.id for claim in told}
    counting = [one for one in asked if one.question is Question.HOW_MANY]
    found = [one for one in counting if keys & {key for line in one.lines for key in line.claims}]
    own: list[tuple[str, list[str], date | None]] = []
    if not found:  # what is told here answers none of the questions: it stands beside what others answer
        dead = f"{CountKind.KILLED.value} people "
        for claim in told:
            own += [(number(c), [titles.teller(claim)], None) for c in claim.counts if c.kind is CountKind.KILLED]
        own = own[:1]
        found = [
            one for one in counting if own and f"{one.subject} ".startswith(dead) and "cumulative" not in one.subject
        ]
    for one in sorted(found, key=lambda one: not one.subject.startswith(CountKind.KILLED.value)):
        claims = claims_of(store, [key for line in one.lines for key in (*line.claims[:HEARD], *_turns(line))])
        given = titles.given(one, claims)
        given += [each for each in own if each[0] not in {value for value, _, _ in given}]
        moved = any(_moves(steps_of(line, claims, one.dispute is not None)) for line in one.lines)
        if len({value for value, _, _ in given}) > 1 or (moved and given):
            years = {day.year for _, _, day in given if day}
            parts = [
                f"{value} by {listed([in_prose(name) for name in names])}{_on_day(day, len(years) > 1)}"
                for value, names, day in given[:GIVEN]
            ]
            if len(given) > GIVEN:
                parts.append(f"and {many(len(given) - GIVEN, 'other figure')}")
            return f"{_counted_of(one)}: {', '.join(parts)}"
    return ""


def _turns(line: Line) -> list[str]:
    return [turn.claim for turn in line.series]


def _counted_of(one: Asked) -> str:
    """What a question counts: "Chadians killed"."""
    text = re.sub(r" \([^()]*\)$", "", one.text).rstrip("?")
    whole = _OF_MANY.fullmatch(text)
    words = f"{whole[1]} {whole[2]}{' in all' if whole[3] else ''}" if whole else text.removeprefix("How many ")
    return sentence_case(words)


def _on_day(day: date | None, with_year: bool) -> str:
    if day is None:
        return ""
    return f" ({long_day(day) if with_year else long_day(day).rsplit(' ', 1)[0]})"


def _against(asked: Sequence[Asked], claims: Sequence[Claim], titles: Titles, known: Mapping[str, Claim]) -> str:
    """Who denies it, in what words: a bare denial only of what is told here."""
    told_here = {claim.id for claim in claims}
    said: dict[str, list[str]] = defaultdict(list)
    heard: set[str] = set()
    for one in asked:
        if one.dispute is None or one.question not in (Question.HAPPENED, Question.WHO):
            continue
        yes = {key for line in one.lines if line.holds is not Holds.NO for key in line.claims}
        for line in one.lines:
            words = phrase(line)
            if titles.is_outlet(line.party) or line.party in heard or words.endswith("…"):
                continue
            if not words.startswith("den") or (len(words) < 12 and not told_here & yes):
                continue
            heard.add(line.party)
            said[words].append(titles.account(line.party, _heard(line.claims, known)))
    phrases = []
    for words, names in list(said.items())[:2]:
        many = len(names) > 1
        phrases.append(
            f"{listed([in_prose(name) for name in names])} {words.replace('denies', 'deny', 1) if many else words}"
        )
    return "".join(f"; {words}" for words in phrases)


def _telling(deed: str, claims: Sequence[Claim]) -> tuple[bool, int, bool, int]:
    """How much a deed says: everybody in it is known and nobody does it to themselves, many reports tell it, it has a figure."""
    one = claims[0]
    parties = [m.party for m in (*one.actors, *one.recipients)]
    named = bool(one.actors) and all(party.code != "UNK" for party in parties)
    own = {m.party.key for m in one.actors} & {m.party.key for m in one.recipients}
    full = not own and (named or not one.actors) and bool(one.recipients or one.counts)
    return full, len({c.doc for c in claims}), any(c.counts for c in claims), -len(deed)


def _called_false(store: Store, one: Agreed) -> bool:
    """Whether a report of the incident has anybody call false what is told there of the same number, or in the same sentence."""
    beside = [row.claim for row in store.browse.of_incident(one.incident, agreement.CLOSE)]
    numbers = {count.low for claim in beside if claim.id in one.claims for count in claim.counts}
    claims = [c for c in beside if c.id in one.claims or numbers & {count.low for count in c.counts}]
    documents = {d.id: d for d in store.documents_of({claim.doc for claim in claims})}
    return agreement.called_false(claims, documents)


def _incidents_of(store: Store, docs: frozenset[str]) -> set[str]:
    if not docs:
        return set()
    claims = [claim.id for doc in sorted(docs)[:200] for claim in store.claims(doc)]
    return set(store.browse.incident_of(claims).values())


def _first(rows: Sequence[IncidentRow], fresh: set[str]) -> list[IncidentRow]:
    return sorted(rows, key=lambda row: row.id not in fresh)


def _day(row: IncidentRow) -> tuple[bool, date]:
    return row.start is None, row.start or date.min


def copies_of(origins: Sequence[voices.Voice], documents: Mapping[str, Document]) -> list[Copies]:
    """Reports of one origin that several outlets print, what most repeat first."""
    found = []
    for voice in origins:
        held = [documents[key] for key in voice.docs]
        outlets = {d.outlet or d.domain or d.id for d in held}
        if len(held) > 1 and len(outlets) > 1:
            found.append(Copies(held[0], tuple(held[1:]), voice.led(documents)))
    return sorted(found, key=lambda one: -len(one.others))


def day_of(one: date | None) -> str:
    return long_day(one) if one else ""
