"""The report out of a store: which sections stand in it, and in what order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from standoff.analysis import brief, study, sure
from standoff.analysis.report import How, Note, Part, Points, Report, Section, Sentence, disputes, incidents, over_time
from standoff.analysis.report.sentences import (
    Held,
    called,
    counted,
    fullest,
    say,
    sayings,
    sentence,
    tellers,
)
from standoff.analysis.study import Study
from standoff.errors import InputError
from standoff.model import Asked, Claim, DisputeKind, DisputeState, Document, Reconciliation, among
from standoff.reconcile import dossier, policies
from standoff.reconcile.accounts import holders
from standoff.reconcile.dossier import Dossier
from standoff.reconcile.soundness import SOUND
from standoff.store import Store
from standoff.wording import Names, listed, long_days, sentence_case

LEADING = 3
"""Incidents in the summary."""
GRAVEST = 2
"""Disputes in the summary."""


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
        if one.incident.links and among(key, (*one.parties, *(a.party for a in one.accounts)))
    ]
    titles = brief.Titles(names, store.browse.outlet_names(), store)
    ids = [one.incident.id for one in drawn]
    asked: dict[str, list[Asked]] = defaultdict(list)
    for question in store.browse.questions(ids):
        asked[question.incident].append(question)
    rows = {row.id: row for row in store.browse.incidents(ids=ids, limit=len(ids) or 1).rows}
    heads = {id: titles.incident(row) for id, row in rows.items()}
    doubtful = sure.unsure(store, found.disputes)
    held = Held(claims, documents, drawn, found.disputes, names, first, last, policy, titles, heads, asked, doubtful)
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
        key=lambda one: (one.incident.likely < SOUND, -len(one.docs), -len(one.incident.links), one.incident.id),
    )
    untold = {one.id for one in found.disputes if one.state is DisputeState.SETTLED or one.id in doubtful}
    leading = {
        one.incident.id: brief.says(store, rows[one.incident.id], titles, asked[one.incident.id], untold)
        for one in current[:LEADING]
        if one.incident.id in rows
    }
    parted = disputes.draw(held)
    studies = over_time.studies(store, key, since, until, policy)
    summary = tuple(_summary(held, new, current, leading, parted, studies))
    sections = [
        Section("Summary", 2, (Points(summary),)),
        *disputes.sections(held, parted),
        *incidents.figures(held, current),
        *incidents.incidents(held, current),
        # Of a whole crisis everything is new.
        *(incidents.news(held, new, current, (one.text for one in summary)) if first > days[0] else ()),
        *incidents.statements(held, new),
        *over_time.section(held, studies),
    ]
    about = held.name(key) if key else "the crisis"
    title = f"Situation report on {about}, {long_days(first, last)}"
    return Report(title, first, last, tuple(sections), _method(held, studies), _notes(sections, held), policy)


def _by(document: Document, until: date) -> bool:
    return document.published is None or document.published <= until


def _within(found: Reconciliation, claims: Mapping[str, Claim]) -> Reconciliation:
    """What was reconciled, of the claims that are looked at alone."""
    cut = [replace(i, links=tuple(k for k in i.links if k.claim in claims)) for i in found.incidents]
    kept = [i for i in cut if i.links]
    return Reconciliation(
        tuple(kept),
        tuple(a for a in found.accounts if all(key in claims for key in a.claims)),
        tuple(d for d in found.disputes if all(key in claims for p in d.positions for key in p.claims)),
    )


def _summary(
    held: Held,
    new: Sequence[Claim],
    current: Sequence[Dossier],
    leading: Mapping[str, tuple[str, tuple[str, ...]]],
    parted: disputes.Found,
    studies: Sequence[Study],
) -> Iterator[Sentence]:
    docs = sorted({c.doc for c in new})
    ids = [c.id for c in new]
    happened = [one.incident.id for one in current]
    of_incidents = [key for one in current for key in one.incident.claims if key in held.claims]
    days = sorted(day for doc in docs if (day := held.documents[doc].published) is not None)
    standing = [d for kind in ("opened", "narrowed", "open") for d, _ in parted[kind]]
    faint = [d for d in standing if d.id in held.unsure]
    yield sentence(
        counted(docs, ids, "report"),
        f" published {'on' if days[0] == days[-1] else 'from'} ",
        Part(long_days(days[0], days[-1]), How.TOLD, tuple(ids)),
        f" tell{'s' if len(docs) == 1 else ''} of ",
        counted(happened, of_incidents, "incident"),
        ", in ",
        counted(ids, ids, "claim"),
        ".",
    )
    for one in current[:LEADING]:
        text, keys = leading.get(one.incident.id, ("", ()))
        if text and all(key in held.claims for key in keys):
            yield incidents.headed(held, one, sentence(Part(text, How.TOLD, keys)))
            continue
        told = [held.claims[key] for key in one.incident.claims if key in held.claims]
        deeds = [c for c in told if c.event == one.event and not c.aux] or told
        saying = fullest(sayings(held, deeds))
        # A clause alone, with no day, place or figure, tells a reader nothing yet.
        if any(c.counts or c.where or c.when for c in saying.claims):
            yield incidents.headed(held, one, say(held, saying))
    if standing:
        parts: list[Part | str] = [
            counted([d.id for d in standing], disputes.held_by(standing), "dispute stands", "disputes stand"),
            ": ",
        ]
        kinds = [kind for kind in DisputeKind if any(d.kind is kind for d in standing)]
        for at, kind in enumerate(kinds):
            of_kind = [d for d in standing if d.kind is kind]
            over = disputes.OVER[kind]
            parts += [
                "" if at == 0 else " and " if at == len(kinds) - 1 else ", ",
                counted([d.id for d in of_kind], disputes.held_by(of_kind), over, over),
            ]
        if faint:
            parts += ["; ", counted([d.id for d in faint], disputes.held_by(faint), "of them", "of them")]
            parts += [(" is" if len(faint) == 1 else " are") + " uncertain"]
        yield sentence(*parts, ".")
        surely = [d for d in standing if d.id not in held.unsure]
        yield from (disputes.dispute(held, d, None) for d in surely[:GRAVEST])
    for found in studies[:1]:
        yield next(over_time.trend(held, found))


def _method(held: Held, studies: Sequence[Study]) -> tuple[str, ...]:
    said = [
        "Each sentence rests on claims that reports make; the numbers in brackets name the first of them. Nothing here says who is right.",
        f"Figures of losses are made by {policies.called(held.policy)} ({policies.policy(held.policy).says}).",
    ]
    if studies:
        said.append(
            "Series count happenings, not claims: what one account tells of one happening in one class counts once, on the day"
            " told, or else the day of the report; denials, background, plans and conditions are left out."
        )
        said.append(
            "Tension is the root of the sum of the scores of the happenings between two parties, as the scale of PLOVER has them,"
            " hostile as positive; the range beside it shows how sure the value is."
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
        Note(number, held.claims[key], held.documents[held.claims[key].doc], _teller(held, held.claims[key]))
        for number, key in enumerate((key for key in cited if key in held.claims), 1)
    )


def _teller(held: Held, claim: Claim) -> str:
    return sentence_case(listed([called(held, key) for key in tellers(held, [claim])]))


def of_pair(store: Store, found: Study, policy: str = "ucdp") -> Report:
    """A report on the series of two parties alone, as ``standoff series --html`` shows it."""
    names = Names(store.browse.parties())
    documents = {d.id: d for d in store.documents_of({one.doc for deed in found.series.deeds for one in deed.told})}
    wanted = sorted({one.claim for deed in found.series.deeds for one in deed.told})
    claims = {
        row.claim.id: row.claim for at in range(0, len(wanted), 500) for row in store.browse.rows(wanted[at : at + 500])
    }
    held = Held(claims, documents, (), (), names, found.series.begins[0], found.series.until, policy)
    sections = tuple(over_time.section(held, [found]))[1:]
    first, second = (names.party(key) for key in found.series.dyad)
    title = f"{first} and {second}, {long_days(held.since, held.until)}"
    whole = tuple(
        Section("Over time" if section.level == 3 else section.title, 2, section.blocks) for section in sections
    )
    return Report(title, held.since, held.until, whole, _method(held, [found]), _notes(whole, held), policy)
