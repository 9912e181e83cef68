"""What is new, and each incident by every account, with its figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from standoff import ontology
from standoff.analysis.brief import bare
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
from standoff.wording import figure, listed, long_day, lost, sentence_case

INCIDENTS = 6
"""Told in full, those that most reports tell of."""
NEW = 8
"""Happenings that are new."""
SAYINGS = 4
"""Sentences on one incident, what most claims say first; the table beside has the rest."""
SPEAKERS = 6
"""Whose statements are quoted."""
QUOTES = 3
"""Words of one party that are quoted in a row."""
COLUMNS = 4
"""Accounts beside each other."""
LOSSES = 15
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
        items.append(headed(held, one, say(held, fullest(sayings(held, deeds)))))
    alone = [c for c in new if c.id not in in_incident and not NOT_HERE & set(c.aux) and not _is_said(c)]
    items += [say(held, one) for one in sayings(held, alone)]
    before = set(told_before)
    items = [one for one in items if one.text not in before]
    if items:
        yield Section("What is new", 2, (Points((*items[:NEW], *_more(items[NEW:], "happening", "Incidents"))),))


def statements(held: Held, new: Sequence[Claim]) -> Iterator[Section]:
    """What was said that belongs to no incident."""
    in_incident = {key for one in held.dossiers for key in one.incident.claims}
    said = [c for c in new if c.id not in in_incident and not NOT_HERE & set(c.aux) and _is_said(c)]
    if said:
        yield Section("Statements", 2, (Points(tuple(positions(held, said))),))


def _is_said(claim: Claim) -> bool:
    return ontology.quad(claim.event) in VERBAL and not claim.counts


def headed(held: Held, one: Dossier, said: Sentence) -> Sentence:
    """A sentence under its incident's headline."""
    return sentence(*disputes.head(held, one), *said.parts, cites=said.cites)


def _more(left: Sequence[Sentence], word: str, page: str) -> Iterator[Sentence]:
    """How many are not shown, and where they are."""
    if left:
        claims = [one.claims[0] for one in left]
        yield sentence("And ", counted(claims, claims, f"more {word}"), f", on the page {page}.")


def positions(held: Held, said: Sequence[Claim]) -> Iterator[Sentence]:
    """What parties said that belongs to no incident, in their own and the reports' words; who says most comes first."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(said, key=lambda c: (held.documents[c.doc].published or date.min, c.doc, c.span.start)):
        groups[listed([called(held, key) for key in tellers(held, [claim])])].append(claim)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    for who, claims in ordered[:SPEAKERS]:
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
    if rest := [claim.id for _, claims in ordered[SPEAKERS:] for claim in claims]:
        yield sentence("And ", counted(rest, rest, "more statement"), " of others, on the page Claims.")


def incidents(held: Held, current: Sequence[Dossier]) -> Iterator[Section]:
    if not current:
        return
    shown, left = current[:INCIDENTS], current[INCIDENTS:]
    begin = (Paragraph(tuple(_others(held, left))),) if left else ()
    yield Section("Incidents, by each account", 2, begin)
    for one in shown:
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        blocks: list[Block] = []
        blocks.append(Paragraph(tuple(say(held, saying) for saying in sayings(held, told)[:SAYINGS])))
        blocks += _beside(held, one)
        lost_ = tuple(capital(each) for each in losses(held, one))
        if lost_:
            blocks.append(Paragraph(lost_))
        if one.disputes:
            blocks.append(Points(tuple(disputes.dispute(held, d, None, placed=False) for d in one.disputes)))
        yield Section(title_of(held, one), 3, tuple(blocks))


def _others(held: Held, left: Sequence[Dossier]) -> Iterator[Sentence]:
    """How many incidents are not told here."""
    ids = [one.incident.id for one in left]
    claims = [key for one in left for key in one.incident.claims if key in held.claims]
    yield sentence(
        "Those that most reports tell of; ",
        counted(ids, claims, "more stands", "more stand"),
        " on the page Incidents.",
    )


def title_of(held: Held, one: Dossier) -> str:
    """Its headline; of a store that has none, what is told of it."""
    if title := held.heads.get(one.incident.id):
        return title
    told = [held.claims[key] for key in one.incident.claims if key in held.claims]
    deeds = [c for c in told if c.event == one.event] or told
    text = fullest(sayings(held, deeds)).text
    where = f", {one.place}" if one.place and one.place not in text else ""
    when = f", {long_day(one.start)}" if one.start else ""
    return text[:1].upper() + text[1:] + where + when


def _beside(held: Held, one: Dossier) -> list[Block]:
    """Its questions, and what the accounts that answer most of them answer; how many more there are."""
    titles = held.titles
    asked = [
        (question, [line for line in question.lines if all(key in held.claims for key in line.claims)])
        for question in held.questions.get(one.incident.id, ())
    ]
    asked = [(question, lines) for question, lines in asked if lines]
    answering = Counter(line.party for _, lines in asked for line in lines)
    if titles is None or len(answering) < 2:
        return []
    ordered = sorted(answering, key=lambda key: (-answering[key], titles.is_outlet(key), key))
    columns, left = ordered[:COLUMNS], ordered[COLUMNS:]
    spoken = {
        key: [held.claims[c] for _, lines in asked for line in lines if line.party == key for c in line.claims]
        for key in columns
    }
    head = ("Question", *(titles.account(key, spoken[key]) for key in columns))
    body = []
    for question, lines in asked:
        of = {line.party: line for line in lines}
        if not of.keys() & set(columns):
            continue
        row = [Sentence((Part(bare(question.text, one.incident.title)),), ())]
        for key in columns:
            side = (
                titles.side(of[key], held.claims, question.question, question.dispute is not None)
                if key in of
                else None
            )
            row.append(sentence(Part(side.value, How.TOLD, side.claims)) if side and side.value else Sentence(()))
        body.append(tuple(row))
    more = f"; {len(left)} more account{'s' if len(left) != 1 else ''} on the incident's page" if left else ""
    return [Table(f"What each account holds{more}", head, tuple(body))]


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
        parts: list[Part | str] = [f"{lost(kind)} ", rule, f" by {policies.called(estimate.policy)}"]
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
    rows: list[tuple[tuple[bool, int], tuple[Sentence, ...]]] = []
    for one in current:
        for kind, estimate in one.figures:
            most = max((n for n in (estimate.high, estimate.best, estimate.low) if n is not None), default=0)
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
                    (kind is not CountKind.KILLED, -most),
                    (
                        Sentence((Part(title_of(held, one)),), tuple(claims)[:1]),
                        Sentence((Part(lost(kind)),), ()),
                        *(Sentence(cell.parts, ()) for cell in numbers),
                        sentence(*says) if says else Sentence(()),
                    ),
                )
            )
    if rows:
        head = ("Incident", "What became of them", "Lowest", "Best", "Highest", "As told by")
        more = f"; {len(rows) - LOSSES} more on the page Figures" if len(rows) > LOSSES else ""
        caption = f"Losses as one range, by {policies.called(held.policy)}, the most dead first{more}"
        rows.sort(key=lambda row: row[0])
        yield Section("Figures", 2, (Table(caption, head, tuple(row for _, row in rows[:LOSSES]), (2, 3, 4)),))
