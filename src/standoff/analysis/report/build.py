"""The report out of a store: which sentences stand in it, and what each rests on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from standoff import ontology
from standoff.analysis import charts, study
from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD, Deed, Dyad, of
from standoff.analysis.report import (
    Block,
    How,
    Note,
    Paragraph,
    Part,
    Picture,
    Points,
    Report,
    Section,
    Sentence,
    Table,
)
from standoff.analysis.study import Study
from standoff.errors import InputError, SettingsError
from standoff.model import (
    AuxMode,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    DisputeState,
    Document,
    Position,
    Reconciliation,
)
from standoff.reconcile import dossier, policies
from standoff.reconcile.accounts import holders
from standoff.reconcile.dossier import Dossier
from standoff.reconcile.side_by_side import in_order, side_by_side
from standoff.store import Store, tellings
from standoff.wording import (
    AUX,
    QUESTIONS,
    Names,
    clause,
    clip,
    figure,
    in_prose,
    listed,
    long_day,
    long_days,
    sentence_case,
    state_name,
)

INCIDENTS = 12
"""Told in full; the others are in the table of figures and in the store."""
LEADING = 3
"""Incidents in the summary."""
CITED = 6
"""Sources that are cited behind one sentence; what a number rests on is all in the report's JSON."""
SAYINGS = 8
"""Sentences on one incident, what most claims say first; the table beside has the rest."""
QUOTES = 4
"""Words of one party that are quoted in a row."""
GRAVEST = 2
"""Disputes in the summary."""
PAIRS = 2
"""Pairs of parties whose series stand in the report."""
COLUMNS = 4
"""Accounts beside each other."""
QUOTED = 160
"""Letters of what somebody said."""
FEWEST = 3
"""Happenings of a second pair whose series is worth the room."""
SHORTEST = 3
"""Periods that a chart is drawn of."""
ROWS = 60
"""Periods of a series that are given as a table too."""
VERBAL = frozenset({1, 3})
"""Quad classes of what is said."""
SPOKEN = frozenset({3})
"""Of what one says alone; talks and agreements take two, who may tell them differently."""
OVER = {
    DisputeKind.COUNT: "over figures",
    DisputeKind.RESPONSIBILITY: "over who did it",
    DisputeKind.OCCURRENCE: "over whether it happened",
    DisputeKind.CHARACTER: "over what it was",
    DisputeKind.OUTCOME: "over how it ended",
    DisputeKind.READOUT: "over what was said at a meeting",
}
NOT_HERE = frozenset({AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.HISTORICAL})


@dataclass(frozen=True, slots=True)
class Held:
    """What a report is made of."""

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    dossiers: Sequence[Dossier]
    disputes: Sequence[Dispute]
    names: Names
    since: date
    until: date
    policy: str

    def new(self, doc: str) -> bool:
        """The report came in the time that is looked at."""
        published = self.documents[doc].published
        return published is not None and self.since <= published <= self.until

    def name(self, key: str) -> str:
        """A party as a sentence has it."""
        return in_prose(self.names.party(key))

    def outlet(self, doc: str) -> str:
        one = self.documents[doc]
        return one.outlet or one.domain or one.title or one.id


def draw(
    store: Store,
    *,
    party: str | None = None,
    since: date | None = None,
    until: date | None = None,
    policy: str = "ucdp",
) -> Report:
    """The report on what was published from ``since`` to ``until``, of one party or all.

    Raises:
        InputError: nothing was published then that tells of the party; or there is no such party.
        SettingsError: no policy has that name.
    """
    policies.policy(policy)
    names = Names(store.browse.parties())
    key = study.party(store.browse.parties(), party) if party else None
    documents = {d.id: d for d in store.documents()}
    days = sorted(d.published for d in documents.values() if d.published)
    if not days:
        raise InputError("report", f"no report in {store.name} has a date", "add reports with --published DATE")
    first, last = since or days[0], until or days[-1]
    claims = {c.id: c for c in store.claims(reviewed=True) if until is None or _by(documents[c.doc], until)}
    found = store.reconciliation()
    drawn = [
        one
        for one in dossier.draw(_within(found, claims), claims, list(documents.values()), policy)
        if one.incident.links and (key is None or key in one.parties or any(a.party == key for a in one.accounts))
    ]
    held = Held(claims, documents, drawn, found.disputes, names, first, last, policy)
    new = [
        c
        for c in claims.values()
        if held.new(c.doc) and (key is None or key in c.actor_keys | c.recipient_keys or key in holders(c))
    ]
    if not new:
        whose = f" that tells of {names.party(key)}" if key else ""
        raise InputError("report", f"nothing was published from {first} to {last}{whose}", "ask for other days")
    current = sorted(
        (one for one in drawn if any(held.new(doc) for doc in one.docs)),
        key=lambda one: (
            -max((d.severity for d in one.disputes), default=0.0),
            -len(one.incident.links),
            one.incident.id,
        ),
    )
    disputes = _disputes(held, current)
    studies = _studies(store, key, since, until, policy)
    sections = [
        Section("Summary", 2, (Points(tuple(_summary(held, new, current, disputes, studies))),)),
        *_news(held, new, current),
        *_incidents(held, current[:INCIDENTS]),
        *_dispute_sections(held, disputes),
        *_figures(held, current),
        *_over_time(held, studies),
    ]
    about = held.name(key) if key else "the crisis"
    title = f"Situation report on {about}, {long_days(first, last)}"
    return Report(title, first, last, tuple(sections), _method(held, studies), _notes(sections, held), policy)


def _by(document: Document, until: date) -> bool:
    return document.published is None or document.published <= until


def _within(found: Reconciliation, claims: Mapping[str, Claim]) -> Reconciliation:
    """What was reconciled, of the claims that are looked at alone."""
    incidents = [replace(i, links=tuple(k for k in i.links if k.claim in claims)) for i in found.incidents]
    kept = [i for i in incidents if i.links]
    return Reconciliation(
        tuple(kept),
        tuple(a for a in found.accounts if all(key in claims for key in a.claims)),
        tuple(d for d in found.disputes if all(key in claims for p in d.positions for key in p.claims)),
    )


# -- sentences ---------------------------------------------------------------------------------------------------------


def sentence(*parts: Part | str, cites: Iterable[str] = ()) -> Sentence:
    """Parts and plain words in a row. Cited is a claim of each part, and then the first few of the others."""
    whole = tuple(Part(one) if isinstance(one, str) else one for one in parts if one)
    of_each = dict.fromkeys(part.claims[0] for part in whole if part.claims)
    rest = dict.fromkeys((*cites, *(key for part in whole for key in part.claims)))
    return Sentence(whole, tuple(of_each | rest)[: max(CITED, len(of_each))])


def _counted(things: Sequence[str], claims: Iterable[str], word: str, words: str | None = None) -> Part:
    """A number of things, with the word for them."""
    number = len(things)
    said = word if number == 1 else f"{word}s" if words is None else words
    return Part(f"{number:,} {said}".strip(), How.COUNTED, tuple(claims), tuple(things))


def _day(day: date, claims: Iterable[str]) -> Part:
    return Part(long_day(day), How.TOLD, tuple(claims))


def _count(count: Count, claim: str) -> Part:
    return Part(figure(count), How.TOLD, (claim,), count=count)


def _tellers(held: Held, claims: Sequence[Claim]) -> list[str]:
    """Who answers for the claims, named as they are; an outlet by its own name."""
    outlets = {c.doc: held.outlet(c.doc) for c in claims}
    found = dict.fromkeys(key for c in claims for key in holders(c, outlets))
    return [held.name(key) if key in held.names else key for key in found]


def _says(held: Held, claims: Sequence[Claim], verb: str = "say") -> str:
    """Who answers for the claims, with the verb: several say, one says, outlets report."""
    outlets = {c.doc: held.outlet(c.doc) for c in claims}
    tellers = _tellers(held, claims)
    if verb == "say" and not any(key in held.names for c in claims for key in holders(c, outlets)):
        verb = "report"
    if len(tellers) == 1:
        verb = {"say": "says", "report": "reports", "deny": "denies"}[verb]
    return sentence_case(f"{listed(tellers)} {verb}")


@dataclass(frozen=True, slots=True)
class Saying:
    """One clause, and the claims that say it."""

    text: str
    aux: tuple[AuxMode, ...]
    claims: tuple[Claim, ...]

    @property
    def sides(self) -> int:
        """How many of the two sides it names."""
        return bool(self.claims[0].actor_keys) + bool(self.claims[0].recipient_keys)


def _sayings(held: Held, claims: Sequence[Claim]) -> list[Saying]:
    """What is said, the same clause once, what most claims say first."""
    groups: dict[tuple[str, tuple[AuxMode, ...]], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_clause(held, claim), claim.aux].append(claim)
    found = [Saying(text, aux, tuple(told)) for (text, aux), told in groups.items()]
    return sorted(found, key=lambda one: -len(one.claims))


def _clause(held: Held, claim: Claim, it: str = "") -> str:
    """What a claim says happened; ``it`` is the key of a party that the sentence has named already."""
    sides = [
        list(
            dict.fromkeys(
                "it" if m.party.key == it else held.name(m.party.key) for m in mentions if m.party.key != "UNK"
            )
        )
        for mentions in (claim.actors, claim.recipients)
    ]
    # Two parties that act together on nobody else do so with each other.
    if len(sides[0]) > 1 and not sides[1] and claim.event in ("CONSULT", "AGREE", "COOPERATE"):
        sides = [sides[0][:1], sides[0][1:]]
    return clause(claim.event, claim.modes, *sides)


def _referring(held: Held, claims: Sequence[Claim]) -> str:
    """The clause with "it" for the one state that says so; empty where that would not be English, or several say so."""
    tellers = {key for c in claims for key in holders(c)}
    key = tellers.pop() if len(tellers) == 1 else ""
    if not state_name(key):
        return ""
    text = _clause(held, claims[0], key)
    return "" if re.search(r"\bof it\b|\band it\b|\bit and\b|\bit,|, it\b", text) else text


def _say(held: Held, saying: Saying) -> Sentence:
    """A saying as a sentence: who says so, what, when, where, with which figures, and in which words."""
    claims = saying.claims
    counted = any(c.counts for c in claims)
    quoted = max(claims, key=_telling)
    own = all(not c.sources and c.actor_keys and set(holders(c)) <= c.actor_keys for c in claims)
    if own and not saying.aux and not counted and ontology.quad(quoted.event) in SPOKEN:
        # What somebody says is their own account of it, in words that need no others.
        return sentence(
            f"{sentence_case(listed(_tellers(held, claims)))}: ", _quote(quoted), ".", cites=(c.id for c in claims)
        )
    parts: list[Part | str] = []
    if AuxMode.NEGATION in saying.aux:
        parts.append(f"{_says(held, claims, 'deny')} that {_referring(held, claims) or saying.text}")
    elif own:
        parts.append(sentence_case(saying.text))
    else:
        parts.append(f"{_says(held, claims)} that {_referring(held, claims) or saying.text}")
    days = list(dict.fromkeys(c.when.start for c in claims if c.when is not None and c.when.start is not None))
    if len(days) == 1:
        parts += [" on ", _day(days[0], (c.id for c in claims if c.when is not None and c.when.start == days[0]))]
    places = list(dict.fromkeys(c.where.name for c in claims if c.where is not None and c.where.precision != "country"))
    notes = [*places[: len(places) == 1], *(AUX[mode] for mode in saying.aux if mode is not AuxMode.NEGATION)]
    if notes:
        parts.append(f" ({'; '.join(notes)})")
    parts += _told_figures(held, claims) if counted else [": ", _quote(quoted)]
    return sentence(*parts, ".", cites=(c.id for c in claims))


def _telling(claim: Claim) -> tuple[bool, bool, int, int]:
    """How well the words of a claim can be quoted: they name who acts, are not cut, and say more than others."""
    own = any(claim.span.start <= m.span.start < claim.span.end for m in claim.actors or claim.recipients)
    whole = len(claim.text) <= QUOTED
    return own, whole, len(claim.text) if whole else -len(claim.text), -claim.span.start


def _quote(claim: Claim) -> Part:
    words = clip(" ".join(claim.text.split()), QUOTED)
    return Part(f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}", How.TOLD, (claim.id,))


def _told_figures(held: Held, claims: Sequence[Claim]) -> list[Part | str]:
    """The figures of the claims, each with whose it is where several tell."""
    told: dict[str, dict[str, Part]] = {}
    for claim in claims:
        for who in _tellers(held, [claim]):
            for count in claim.counts:
                told.setdefault(who, {}).setdefault(figure(count), _count(count, claim.id))
    parts: list[Part | str] = []
    for who, figures in told.items():
        parts.append("; " if parts else ": ")
        if len(_tellers(held, claims)) > 1:
            parts.append(f"{who} gives ")
        for at, part in enumerate(figures.values()):
            parts += [", " if at else "", part]
    return parts


# -- sections ----------------------------------------------------------------------------------------------------------


def _summary(
    held: Held,
    new: Sequence[Claim],
    current: Sequence[Dossier],
    disputes: Mapping[str, Sequence[tuple[Dispute, date | None]]],
    studies: Sequence[Study],
) -> Iterator[Sentence]:
    docs = sorted({c.doc for c in new})
    ids = [c.id for c in new]
    incidents = [one.incident.id for one in current]
    of_incidents = [key for one in current for key in one.incident.claims if key in held.claims]
    days = sorted(day for doc in docs if (day := held.documents[doc].published) is not None)
    yield sentence(
        _counted(docs, ids, "report"),
        f" published {'on' if days[0] == days[-1] else 'from'} ",
        Part(long_days(days[0], days[-1]), How.TOLD, tuple(ids)),
        f" make{'s' if len(docs) == 1 else ''} ",
        _counted(ids, ids, "claim"),
        "; ",
        _counted(incidents, of_incidents, "incident is", "incidents are"),
        " told of more than once.",
    )
    for one in current[:LEADING]:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        deeds = [c for c in told if c.event == one.event and not c.aux] or told
        saying = _fullest(_sayings(held, deeds))
        # A clause alone, with no day, place or figure, tells a reader nothing yet.
        if any(c.counts or c.where or c.when for c in saying.claims):
            yield _say(held, saying)
    opened = disputes["opened"]
    if opened:
        parts: list[Part | str] = [
            _counted([d.id for d, _ in opened], _carried(opened), "dispute"),
            " came up in this time: ",
        ]
        kinds = [kind for kind in DisputeKind if any(d.kind is kind for d, _ in opened)]
        for at, kind in enumerate(kinds):
            of_kind = [(d, day) for d, day in opened if d.kind is kind]
            parts += [
                "" if at == 0 else " and " if at == len(kinds) - 1 else ", ",
                _counted([d.id for d, _ in of_kind], _carried(of_kind), OVER[kind], OVER[kind]),
            ]
        yield sentence(*parts, ".")
        yield from (_dispute(held, d, None) for d, _ in opened[:GRAVEST])
    deaths = [
        (one, estimate)
        for one in current
        for kind, estimate in one.figures
        if kind in (CountKind.KILLED, CountKind.INJURED) and (estimate.best or estimate.high or estimate.low)
    ]
    deaths.sort(key=lambda pair: -(pair[1].high or 0))
    for one, _ in deaths[:1]:
        told_of: list[Part | str] = [*_where_and_when(held, one)]
        for loss in _losses(held, one):
            told_of += [" ", *_capital(loss).parts] if told_of and told_of[-1] == Part(".") else [*loss.parts]
        yield _capital(sentence(*told_of))
    for found in studies[:1]:
        yield from _trend(held, found)


def _where_and_when(held: Held, one: Dossier) -> tuple[Part, ...]:
    """Where and when an incident was, to lead a sentence."""
    parts = [Part(one.place)] if one.place else []
    if one.start is not None:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        dated = [c.id for c in told if c.when is not None and c.when.start == one.start] or [c.id for c in told]
        parts += [Part(", " if parts else ""), _day(one.start, dated)]
    return (*parts, Part(": ")) if parts else ()


def _carried(disputes: Sequence[tuple[Dispute, date | None]]) -> list[str]:
    return [key for d, _ in disputes for p in d.positions for key in p.claims]


def _news(held: Held, new: Sequence[Claim], current: Sequence[Dossier]) -> Iterator[Section]:
    """What was first told in this time, happening by happening, the most told first."""
    in_incident = {key for one in held.dossiers for key in one.incident.claims}
    fresh = [one for one in current if all(held.new(doc) for doc in one.docs)]
    items: list[Sentence] = []
    for one in fresh[: 2 * INCIDENTS]:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        deeds = [c for c in told if c.event not in ("ACCUSE", "REJECT") and not NOT_HERE & set(c.aux)] or told
        items.append(_say(held, _fullest(_sayings(held, deeds))))
    alone = [c for c in new if c.id not in in_incident and not NOT_HERE & set(c.aux)]
    said = [c for c in alone if ontology.quad(c.event) in VERBAL and not c.counts]
    deeds = [c for c in alone if c not in said]
    items += [_say(held, saying) for saying in _sayings(held, deeds)[:INCIDENTS]]
    if items:
        yield Section("What is new", 2, (Points(tuple(items)),))
    if said:
        yield Section("Statements", 2, (Points(tuple(_positions(held, said))),))


def _positions(held: Held, said: Sequence[Claim]) -> Iterator[Sentence]:
    """What parties said that belongs to no incident, in their own and the reports' words; who says most comes first."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(said, key=lambda c: (held.documents[c.doc].published or date.min, c.doc, c.span.start)):
        groups[listed(_tellers(held, [claim]))].append(claim)
    for who, claims in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:INCIDENTS]:
        parts: list[Part | str] = [f"{sentence_case(who)}: "]
        quoted: dict[str, Part] = {}
        for claim in claims:
            part = _quote(claim)
            quoted.setdefault(part.text.casefold(), part)
        shown = list(quoted.values())[:QUOTES]
        for at, part in enumerate(shown):
            parts += ["; " if at else "", part]
        left = [c.id for c in claims if _quote(c).text.casefold() not in {p.text.casefold() for p in shown}]
        if left:
            parts += ["; and ", _counted(left, left, "more", "more")]
        yield sentence(*parts, ".")


def _incidents(held: Held, current: Sequence[Dossier]) -> Iterator[Section]:
    if not current:
        return
    yield Section("Incidents, by each account", 2, ())
    for one in current:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        blocks: list[Block] = []
        blocks.append(Paragraph(tuple(_say(held, saying) for saying in _sayings(held, told)[:SAYINGS])))
        if len(one.accounts) > 1:
            blocks += _beside(held, one)
        losses = tuple(_capital(one) for one in _losses(held, one))
        if losses:
            blocks.append(Paragraph(losses))
        if one.disputes:
            blocks.append(Points(tuple(_dispute(held, d, None) for d in one.disputes)))
        yield Section(_title(held, one), 3, tuple(blocks))


def _title(held: Held, one: Dossier) -> str:
    told = [held.claims[key] for key in one.incident.claims if key in held.claims]
    deeds = [c for c in told if c.event == one.event] or told
    text = _fullest(_sayings(held, deeds)).text
    where = f", {one.place}" if one.place and one.place not in text else ""
    when = f", {long_day(one.start)}" if one.start else ""
    return text[:1].upper() + text[1:] + where + when


def _fullest(sayings: Sequence[Saying]) -> Saying:
    """The saying that names most of the sides; of equals what most claims say."""
    return max(sayings, key=lambda one: (AuxMode.NEGATION not in one.aux, one.sides, len(one.claims)))


def _beside(held: Held, one: Dossier) -> list[Block]:
    """The accounts in columns, a few at a time."""
    ordered = in_order(one, held.names)
    found: list[Block] = []
    rows = side_by_side(ordered, held.names.value, held.names.party)
    accounts = ordered.accounts
    for begin in range(0, len(accounts), COLUMNS):
        columns = range(begin, min(begin + COLUMNS, len(accounts)))
        head = ("", *(held.names.party(accounts[at].party) for at in columns))
        body = []
        for row in rows:
            cells = [row.cells[at] for at in columns]
            if not any(cell.answers for cell in cells):
                continue
            line = [Sentence((Part(row.question),), ())]
            for cell in cells:
                values: dict[str, tuple[str, list[str]]] = {}
                for value, answer in cell.answers:
                    claims = [key for key in answer.claims if key in held.claims]
                    values.setdefault(value.casefold(), (value, []))[1].extend(claims)
                parts: list[Part | str] = []
                for value, claims in values.values():
                    parts += ["; " if parts else "", Part(value, How.TOLD, tuple(dict.fromkeys(claims)))]
                line.append(sentence(*parts) if parts else Sentence(()))
            body.append(tuple(line))
        found.append(Table(f"What each account holds{', continued' if found else ''}", head, tuple(body)))
    return found


def _capital(one: Sentence) -> Sentence:
    first, *others = one.parts
    return replace(one, parts=(replace(first, text=sentence_case(first.text)), *others))


def _losses(held: Held, one: Dossier) -> Iterator[Sentence]:
    """What the policy makes of each kind of loss, and what each account says."""
    for kind, estimate in one.figures:
        claims, told = _counting(held, one, kind)
        rule = Part(
            _range(estimate.low, estimate.best, estimate.high),
            How.POLICY,
            claims,
            (one.incident.id, kind.value, estimate.policy),
        )
        parts: list[Part | str] = [f"{kind.value} ", rule, f" by the policy {estimate.policy}"]
        for at, (who, count, claim) in enumerate(told):
            parts += [", " if at else "; ", f"{who} {'gives' if at == 0 else ''}".rstrip() + " ", _count(count, claim)]
        yield sentence(*parts, ".")


def _range(low: int | None, best: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "no number"
    if low == high:
        return f"{low:,}"
    span = f"{low:,} to {high:,}" if low is not None and high is not None else f"{low if low is not None else high:,}"
    return f"{span}, best {best:,}" if best is not None else span


def _counting(held: Held, one: Dossier, kind: CountKind) -> tuple[tuple[str, ...], list[tuple[str, Count, str]]]:
    """The claims that tell of one kind of loss, and what each account says last."""
    claims = []
    latest: dict[str, tuple[Count, str]] = {}
    told = [held.claims[key] for key in one.incident.claims if key in held.claims]
    told.sort(key=lambda c: (held.documents[c.doc].published or date.min, c.doc, c.span.start, c.id))
    for claim in told:
        counts = [count for count in claim.counts if count.kind is kind]
        if not counts or {AuxMode.NEGATION, AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux):
            continue
        claims.append(claim.id)
        for who in _tellers(held, [claim]):
            latest[who] = (counts[-1], claim.id)
    return tuple(claims), [(who, count, claim) for who, (count, claim) in latest.items()]


# -- disputes ----------------------------------------------------------------------------------------------------------

_Found = Mapping[str, Sequence[tuple[Dispute, date | None]]]


def _disputes(held: Held, current: Sequence[Dossier]) -> dict[str, list[tuple[Dispute, date | None]]]:
    """Disputes that came up, narrowed or were settled in this time, with the day, the gravest first."""
    shown = {one.incident.id for one in held.dossiers}
    found: dict[str, list[tuple[Dispute, date | None]]] = {"opened": [], "narrowed": [], "settled": [], "open": []}
    for one in sorted(held.disputes, key=lambda d: (-d.severity, d.id)):
        if not all(key in held.claims for p in one.positions for key in p.claims):
            continue  # rests on what was published later
        if one.incident is not None and one.incident not in shown:
            continue
        opened = _opened(one)
        last = max((turn.reported for turn in one.history if turn.reported), default=None)
        fresh = last is not None and held.since <= last <= held.until
        if one.state is DisputeState.SETTLED and fresh:
            found["settled"].append((one, last))
        elif one.state is DisputeState.NARROWED and fresh:
            found["narrowed"].append((one, last))
        elif opened is not None and held.since <= opened <= held.until:
            found["opened"].append((one, opened))
        elif one.state is not DisputeState.SETTLED and opened is not None and opened < held.since:
            found["open"].append((one, opened))
    return found


def _opened(one: Dispute) -> date | None:
    """The day on which a second party had spoken."""
    seen: set[str] = set()
    for turn in one.history:
        seen.add(turn.party)
        if len(seen) > 1:
            return turn.reported
    return max((turn.reported for turn in one.history if turn.reported), default=None)


def _dispute(held: Held, one: Dispute, day: date | None) -> Sentence:
    claims = [key for p in one.positions for key in p.claims]
    parts: list[Part | str] = [_question(held, one), " "]
    for at, position in enumerate(one.positions):
        parts += ["; " if at else "", *_position(held, one, position)]
    if one.state is not DisputeState.OPEN:
        parts.append(f" ({one.state.value})")
    if day is not None:
        parts += [" (", _day(day, claims), ")"]
    # Each side's first claim is cited before any side's second.
    order = [
        p.claims[at]
        for at in range(max(len(p.claims) for p in one.positions))
        for p in one.positions
        if at < len(p.claims)
    ]
    return sentence(*parts, ".", cites=order)


def _question(held: Held, one: Dispute) -> str:
    """What a dispute is about; of figures, of which loss."""
    if one.kind is not DisputeKind.COUNT:
        return QUESTIONS[one.kind]
    values = {p.value for p in one.positions}
    kinds = {
        count.kind.value: None
        for p in one.positions
        for key in p.claims
        for count in held.claims[key].counts
        if figure(count).removesuffix(f" {count.kind.value}") in values
    }
    return f"How many {' or '.join(kinds)}?" if kinds else QUESTIONS[one.kind]


def _position(held: Held, one: Dispute, position: Position) -> tuple[Part | str, ...]:
    """What a side holds: a party that it names, a figure, or its words."""
    who = sentence_case(held.name(position.party)) if position is one.positions[0] else held.name(position.party)
    value = position.value
    if any(" ".join(value.split()) in " ".join(held.claims[key].text.split()) for key in position.claims):
        words = clip(" ".join(value.split()), QUOTED)
        said = f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
        return f"{who}: ", Part(said, How.TOLD, position.claims)
    named = value.split(", ")
    if one.kind is DisputeKind.RESPONSIBILITY and all(part.removeprefix("not ") in held.names for part in named):
        others = [
            ("not " if p.startswith("not ") else "") + held.name(p.removeprefix("not "))
            for p in named
            if p != position.party
        ]
        said = listed([*others, *(["itself"] if position.party in named else [])])
        return f"{who} names ", Part(said, How.TOLD, position.claims)
    return f"{who} says ", Part(held.names.value(value), How.TOLD, position.claims)


def _dispute_sections(held: Held, disputes: _Found) -> Iterator[Section]:
    if not any(disputes.values()):
        return
    yield Section("Disputes", 2, ())
    for name, title in (
        ("opened", "Came up in this time"),
        ("narrowed", "Narrowed"),
        ("settled", "Settled"),
        ("open", "Still open from before"),
    ):
        if disputes[name]:
            yield Section(title, 3, (Points(tuple(_dispute(held, d, day) for d, day in disputes[name])),))


# -- figures -----------------------------------------------------------------------------------------------------------


def _figures(held: Held, current: Sequence[Dossier]) -> Iterator[Section]:
    rows = []
    for one in current:
        for kind, estimate in one.figures:
            claims, told = _counting(held, one, kind)
            trace = (one.incident.id, kind.value, estimate.policy)
            numbers = [
                sentence(Part(f"{value:,}", How.POLICY, claims, trace)) if value is not None else Sentence(())
                for value in (estimate.low, estimate.best, estimate.high)
            ]
            says: list[Part | str] = []
            for who, count, claim in told:
                says += ["; " if says else "", f"{who}: ", _count(count, claim)]
            rows.append(
                (
                    Sentence((Part(_title(held, one)),), tuple(claims)[:1]),
                    Sentence((Part(kind.value),), ()),
                    *(Sentence(cell.parts, ()) for cell in numbers),
                    sentence(*says) if says else Sentence(()),
                )
            )
    if rows:
        head = ("Incident", "Loss", "Low", "Best", "High", "As told by")
        yield Section("Figures", 2, (Table(f"Losses by the policy {held.policy}", head, tuple(rows), (2, 3, 4)),))


# -- over time ---------------------------------------------------------------------------------------------------------


def _studies(store: Store, party: str | None, since: date | None, until: date | None, policy: str) -> list[Study]:
    """Of the pairs of parties between which most is told, with the party where one is asked for."""
    pairs: list[Dyad] = tellings.pairs(store, party)[:PAIRS]
    drawn = [study.draw(store, pair, since=since, until=until, policy=policy) for pair in pairs]
    found = [one for one in drawn if one is not None]
    return [one for at, one in enumerate(found) if at == 0 or sum(1 for _ in of(one.series.deeds)) >= FEWEST]


def _over_time(held: Held, studies: Sequence[Study]) -> Iterator[Section]:
    if not studies:
        return
    yield Section("Over time", 2, ())
    for found in studies:
        first, second = (held.names.party(key) for key in found.series.dyad)
        blocks: list[Block] = [Paragraph(tuple(_trend(held, found)))]
        if len(found.series.begins) >= SHORTEST:
            # Without matplotlib there are the sentences.
            with suppress(SettingsError):
                svg, png = (charts.picture(found, held.names, form) for form in ("svg", "png"))
                blocks.append(Picture(charts.alt(found, held.names), svg, png, _claims(of(found.series.deeds))))
        if len(found.series.begins) <= ROWS:
            blocks.append(_series_table(held, found))
        yield Section(f"{first} and {second}", 3, tuple(blocks))


def _series_table(held: Held, found: Study) -> Table:
    """What the chart shows, in numbers."""
    series, tension = found.series, found.tension[ALL]
    accounts = (*series.dyad, THIRD, OUTLETS, ALL)
    head = (
        series.step.value.capitalize(),
        *(held.names.party(key) for key in series.dyad),
        "Third parties",
        "Outlets",
        "All",
        "Tension",
        "80 % interval",
    )
    deeds: dict[tuple[int, str], list[Deed]] = defaultdict(list)
    for deed in series.deeds:
        if deed.direction == BETWEEN:
            deeds[bisect_right(series.begins, deed.day) - 1, deed.account].append(deed)
    rows = []
    for at, begin in enumerate(series.begins):
        everything = _claims(deeds[at, ALL])
        cells = [
            Sentence(
                () if series.gap[at] else (_counted([f"{d.happening}/{d.quad}" for d in told], _claims(told), "", ""),)
            )
            for told in (deeds[at, account] for account in accounts)
        ]
        computed = [
            Sentence(() if np.isnan(value) else (Part(f"{value:.1f}", How.COMPUTED, everything, ("tension",)),))
            for value in (tension.index[at], tension.low[at], tension.high[at])
        ]
        interval = (
            Sentence((*computed[1].parts, Part(" to "), *computed[2].parts)) if computed[1].parts else Sentence(())
        )
        day = Sentence((Part(begin.isoformat(), How.COMPUTED, everything, ("period",)),))
        rows.append((day, *cells, computed[0], interval))
    return Table("Happenings that each account tells of; empty: no reports", head, tuple(rows), (1, 2, 3, 4, 5, 6))


def _trend(held: Held, found: Study) -> Iterator[Sentence]:
    series = found.series
    names = [held.name(key) for key in series.dyad]
    groups = {account: list(of(series.deeds, account, BETWEEN)) for account in (ALL, *series.dyad, THIRD, OUTLETS)}

    def number(account: str, word: str = "", words: str = "") -> Part:
        deeds = groups[account]
        return _counted([f"{d.happening}/{d.quad}" for d in deeds], _claims(deeds), word, words)

    tellers = {
        series.dyad[0]: f" by {names[0]}",
        series.dyad[1]: f" by {names[1]}",
        THIRD: " by third parties",
        OUTLETS: " by outlets in their own words",
    }
    told: list[Part | str] = []
    telling = [account for account in tellers if groups[account]]
    for at, account in enumerate(telling):
        told += ["" if at == 0 else " and " if at == len(telling) - 1 else ", ", number(account), tellers[account]]
    yield sentence(
        f"Between {names[0]} and {names[1]}, ", number(ALL, "happening is", "happenings are"), " told: ", *told, "."
    )
    known = series.divergence[~np.isnan(series.divergence)]
    if len(known):
        both = _claims([*groups[series.dyad[0]], *groups[series.dyad[1]]])
        yield sentence(
            f"Where both tell of the same {series.step.value}, their tellings diverge by ",
            Part(f"{float(np.mean(known)):.2f}", How.COMPUTED, both, ("divergence",)),
            " on average, on a scale from nought (alike) to one (nothing in common).",
        )
    for change in found.changes[-3:]:
        behind = [d for d in groups[ALL] if d.happening in {driver.happening for driver in change.drivers}]
        claims = _claims(behind) or _claims(groups[ALL])[:CITED]
        parts: list[Part | str] = [
            f"Tension {'rose' if change.rises else 'fell'} on ",
            Part(long_day(change.day), How.COMPUTED, claims, ("change",)),
            ", from ",
            Part(f"{change.before:.1f}", How.COMPUTED, claims, ("change",)),
            " to ",
            Part(f"{change.after:.1f}", How.COMPUTED, claims, ("change",)),
        ]
        if behind:
            sayings = _sayings(
                held, [held.claims[one.claim] for d in behind[:3] for one in d.told if one.claim in held.claims]
            )
            parts.append("; behind it: " + "; ".join(dict.fromkeys(s.text for s in sayings[:3])))
        yield sentence(*parts, ".", cites=claims)
    for answering in found.answers:
        clear = answering.clearest
        if clear is not None:
            claims = _claims(groups[ALL])
            yield sentence(
                f"Hostility of {held.name(answering.then)} follows that of {held.name(answering.first)} after ",
                Part(f"{clear.days}", How.COMPUTED, claims, ("answer",)),
                f" day{'s' if clear.days != 1 else ''} more often than chance makes (p ",
                Part(f"{clear.p:.3f}", How.COMPUTED, claims, ("answer",)),
                "): an association in time, no proof of a cause.",
            )
    ahead = found.outlook.ahead
    if ahead:
        claims = _claims(groups[ALL])
        level = [
            Part(f"{value:.1f}", How.COMPUTED, claims, ("outlook",))
            for value in (ahead[0].level, ahead[0].low, ahead[0].high)
        ]
        yield sentence(
            "For the next day a level of tension of ",
            level[0],
            " is expected, in four of five cases between ",
            level[1],
            " and ",
            level[2],
            ".",
        )


def _claims(deeds: Iterable[Deed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.claim for deed in deeds for one in deed.told))


# -- the end -----------------------------------------------------------------------------------------------------------


def _method(held: Held, studies: Sequence[Study]) -> tuple[str, ...]:
    said = [
        "Each sentence rests on claims that reports make; the numbers in brackets name the first of them. Nothing here says who is right.",
        f"Figures of losses are made by the policy {held.policy} ({policies.policy(held.policy).says}).",
    ]
    if studies:
        said.append(
            "Series count happenings, not claims: what one account tells of one happening in one class counts once, on the day"
            " told, or else the day of the report; denials, background, plans and conditions are left out."
        )
        said.append(
            "Tension is the root of the sum of the PLOVER scores of the happenings between two parties, hostile as positive,"
            " with the 80 % interval of a bootstrap over voices and happenings."
        )
        for found in studies:
            pair = " and ".join(held.name(key) for key in found.series.dyad)
            if found.outlook.says:
                said.append(f"Outlook for {pair}: {found.outlook.says}.")
        said += dict.fromkeys(found.lacking for found in studies if found.lacking)
    return tuple(said)


def _notes(sections: Sequence[Section], held: Held) -> tuple[Note, ...]:
    cited: dict[str, None] = {}
    for one in Report("", held.since, held.until, tuple(sections), (), (), "").sentences():
        cited |= dict.fromkeys(one.cites)
    return tuple(
        Note(number, held.claims[key], held.documents[held.claims[key].doc], listed(_tellers(held, [held.claims[key]])))
        for number, key in enumerate((key for key in cited if key in held.claims), 1)
    )


def over_time(store: Store, found: Study, policy: str = "ucdp") -> Report:
    """A report on the series of two parties alone, as ``standoff series --html`` shows it."""
    names = Names(store.browse.parties())
    documents = {d.id: d for d in store.documents_of({one.doc for deed in found.series.deeds for one in deed.told})}
    wanted = sorted({one.claim for deed in found.series.deeds for one in deed.told})
    claims = {
        row.claim.id: row.claim for at in range(0, len(wanted), 500) for row in store.browse.rows(wanted[at : at + 500])
    }
    held = Held(claims, documents, (), (), names, found.series.begins[0], found.series.until, policy)
    sections = tuple(_over_time(held, [found]))[1:]
    first, second = (names.party(key) for key in found.series.dyad)
    title = f"{first} and {second}, {long_days(held.since, held.until)}"
    whole = tuple(
        Section("Over time" if section.level == 3 else section.title, 2, section.blocks) for section in sections
    )
    return Report(title, held.since, held.until, whole, _method(held, [found]), _notes(whole, held), policy)
