"""What is new, and each incident by every account, with its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from standoff import ontology
from standoff.analysis.report import Block, How, Paragraph, Part, Points, Section, Sentence, Table, disputes
from standoff.analysis.report.sentences import (
    Held,
    called,
    capital,
    count_part,
    counted,
    fullest,
    named,
    quote,
    say,
    sayings,
    sentence,
    tellers,
)
from standoff.model import AuxMode, Claim, Count, CountKind
from standoff.reconcile import policies
from standoff.reconcile.dossier import Dossier
from standoff.reconcile.side_by_side import in_order, side_by_side
from standoff.wording import figure, listed, long_day, sentence_case

INCIDENTS = 12
"""Told in full; the others are in the table of figures and in the store."""
SAYINGS = 8
"""Sentences on one incident, what most claims say first; the table beside has the rest."""
QUOTES = 4
"""Words of one party that are quoted in a row."""
COLUMNS = 4
"""Accounts beside each other."""
LOSSES = 40
"""Figures in the table."""
VERBAL = frozenset({1, 3})
"""Quad classes of what is said."""
NOT_HERE = frozenset({AuxMode.FUTURE, AuxMode.HYPOTHETICAL, AuxMode.HISTORICAL})


def news(held: Held, new: Sequence[Claim], current: Sequence[Dossier], told_before: Iterable[str]) -> Iterator[Section]:
    """What was first told in this time and not said before in the report, happening by happening, the most told first."""
    in_incident = {key for one in held.dossiers for key in one.incident.claims}
    fresh = [one for one in current if all(held.new(doc) for doc in one.docs)]
    items: list[Sentence] = []
    for one in fresh:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        deeds = [c for c in told if c.event not in ("ACCUSE", "REJECT") and not NOT_HERE & set(c.aux)] or told
        items.append(say(held, fullest(sayings(held, deeds))))
    alone = [c for c in new if c.id not in in_incident and not NOT_HERE & set(c.aux)]
    said = [c for c in alone if ontology.quad(c.event) in VERBAL and not c.counts]
    items += [say(held, one) for one in sayings(held, [c for c in alone if c not in said])]
    before = set(told_before)
    items = [one for one in items if one.text not in before]
    if items:
        yield Section("What is new", 2, (Points((*items[:INCIDENTS], *_more(items[INCIDENTS:], "more happening"))),))
    if said:
        yield Section("Statements", 2, (Points(tuple(positions(held, said))),))


def _more(left: Sequence[Sentence], word: str) -> Iterator[Sentence]:
    """How many are not shown."""
    if left:
        claims = [one.claims[0] for one in left]
        yield sentence("And ", counted(claims, claims, word), ".")


def positions(held: Held, said: Sequence[Claim]) -> Iterator[Sentence]:
    """What parties said that belongs to no incident, in their own and the reports' words; who says most comes first."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(said, key=lambda c: (held.documents[c.doc].published or date.min, c.doc, c.span.start)):
        groups[listed([called(held, key) for key in tellers(held, [claim])])].append(claim)
    for who, claims in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:INCIDENTS]:
        parts: list[Part | str] = [f"{sentence_case(who)}: "]
        quoted: dict[str, Part] = {}
        for claim in claims:
            part = quote(claim)
            quoted.setdefault(part.text.casefold(), part)
        shown = list(quoted.values())[:QUOTES]
        for at, part in enumerate(shown):
            parts += ["; " if at else "", part]
        left = [c.id for c in claims if quote(c).text.casefold() not in {p.text.casefold() for p in shown}]
        if left:
            parts += ["; and ", counted(left, left, "more", "more")]
        yield sentence(*parts, ".")


def incidents(held: Held, current: Sequence[Dossier]) -> Iterator[Section]:
    if not current:
        return
    yield Section("Incidents, by each account", 2, ())
    for one in current:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        blocks: list[Block] = []
        blocks.append(Paragraph(tuple(say(held, saying) for saying in sayings(held, told)[:SAYINGS])))
        if len(one.accounts) > 1:
            blocks += _beside(held, one)
        lost = tuple(capital(each) for each in losses(held, one))
        if lost:
            blocks.append(Paragraph(lost))
        if one.disputes:
            blocks.append(Points(tuple(disputes.dispute(held, d, None, placed=False) for d in one.disputes)))
        yield Section(title_of(held, one), 3, tuple(blocks))


def title_of(held: Held, one: Dossier) -> str:
    told = [held.claims[key] for key in one.incident.claims if key in held.claims]
    deeds = [c for c in told if c.event == one.event] or told
    text = fullest(sayings(held, deeds)).text
    where = f", {one.place}" if one.place and one.place not in text else ""
    when = f", {long_day(one.start)}" if one.start else ""
    return text[:1].upper() + text[1:] + where + when


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


def losses(held: Held, one: Dossier) -> Iterator[Sentence]:
    """What the policy makes of each kind of loss, and what each account says."""
    for kind, estimate in one.figures:
        claims, told = counting(held, one, kind)
        rule = Part(
            _range(estimate.low, estimate.best, estimate.high),
            How.POLICY,
            claims,
            (one.incident.id, kind.value, estimate.policy),
        )
        parts: list[Part | str] = [f"{kind.value} ", rule, f" by {policies.called(estimate.policy)}"]
        for at, (whose, count, claim) in enumerate(told):
            gives = " " if at else " gives " if len(whose) == 1 else " give "
            parts += [", " if at else "; ", *named(held, whose, claims), gives, count_part(count, claim)]
        yield sentence(*parts, ".")


def _range(low: int | None, best: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "no number"
    if low == high:
        return f"{low:,}"
    span = f"{low:,} to {high:,}" if low is not None and high is not None else f"{low if low is not None else high:,}"
    return f"{span}, best {best:,}" if best is not None else span


def counting(held: Held, one: Dossier, kind: CountKind) -> tuple[tuple[str, ...], list[tuple[list[str], Count, str]]]:
    """The claims that tell of one kind of loss, and what each account says last, those who say the same together."""
    claims = []
    latest: dict[str, tuple[Count, str]] = {}
    told = [held.claims[key] for key in one.incident.claims if key in held.claims]
    told.sort(key=lambda c: (held.documents[c.doc].published or date.min, c.doc, c.span.start, c.id))
    for claim in told:
        counts = [count for count in claim.counts if count.kind is kind]
        if not counts or {AuxMode.NEGATION, AuxMode.FUTURE, AuxMode.HYPOTHETICAL} & set(claim.aux):
            continue
        claims.append(claim.id)
        for who in tellers(held, [claim]):
            latest[who] = (counts[-1], claim.id)
    alike: dict[str, list[str]] = {}
    for who, (count, _) in latest.items():
        alike.setdefault(figure(count), []).append(who)
    return tuple(claims), [(whose, *latest[whose[0]]) for whose in alike.values()]


def figures(held: Held, current: Sequence[Dossier]) -> Iterator[Section]:
    rows = []
    for one in current:
        for kind, estimate in one.figures:
            claims, told = counting(held, one, kind)
            trace = (one.incident.id, kind.value, estimate.policy)
            numbers = [
                sentence(Part(f"{value:,}", How.POLICY, claims, trace)) if value is not None else Sentence(())
                for value in (estimate.low, estimate.best, estimate.high)
            ]
            says: list[Part | str] = []
            for whose, count, claim in told:
                says += ["; " if says else "", *named(held, whose, claims), ": ", count_part(count, claim)]
            rows.append(
                (
                    Sentence((Part(title_of(held, one)),), tuple(claims)[:1]),
                    Sentence((Part(kind.value),), ()),
                    *(Sentence(cell.parts, ()) for cell in numbers),
                    sentence(*says) if says else Sentence(()),
                )
            )
    if rows:
        head = ("Incident", "Loss", "Low", "Best", "High", "As told by")
        of_all = f", the first {LOSSES} of {len(rows)}" if len(rows) > LOSSES else ""
        caption = f"Losses by {policies.called(held.policy)}{of_all}"
        yield Section("Figures", 2, (Table(caption, head, tuple(rows[:LOSSES]), (2, 3, 4)),))
