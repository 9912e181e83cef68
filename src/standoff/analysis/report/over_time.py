"""Two parties over time, in sentences, a chart and a table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

import numpy as np

from standoff.analysis import charts, study
from standoff.analysis.deeds import ALL, BETWEEN, OUTLETS, THIRD, Deed, Dyad, of
from standoff.analysis.report import Block, How, Paragraph, Part, Picture, Section, Sentence, Table
from standoff.analysis.report.sentences import Held, counted, sayings, sentence
from standoff.analysis.study import Study
from standoff.errors import SettingsError
from standoff.store import Store, tellings
from standoff.wording import long_day

PAIRS = 2
"""Pairs of parties whose series stand in the report."""
FEWEST = 3
"""Happenings of a second pair whose series is worth the room."""
SHORTEST = 3
"""Periods that a chart is drawn of."""
AROUND = 14
"""Days on either side of a change whose claims it rests on, where nothing drives it."""
ROWS = 10
"""Periods of a series that are given as a table too: those of which most is told."""


def studies(store: Store, party: str | None, since: date | None, until: date | None, policy: str) -> list[Study]:
    """Of the pairs of parties between which most is told, with the party where one is asked for."""
    pairs: list[Dyad] = tellings.pairs(store, party)[:PAIRS]
    drawn = [study.draw(store, pair, since=since, until=until, policy=policy) for pair in pairs]
    found = [one for one in drawn if one is not None]
    return [one for at, one in enumerate(found) if at == 0 or sum(1 for _ in of(one.series.deeds)) >= FEWEST]


def section(held: Held, studies: Sequence[Study]) -> Iterator[Section]:
    if not studies:
        return
    yield Section("Over time", 2, ())
    for found in studies:
        first, second = (held.names.party(key) for key in found.series.dyad)
        blocks: list[Block] = [Paragraph(tuple(trend(held, found)))]
        if len(found.series.begins) >= SHORTEST:
            # Without matplotlib there are the sentences.
            with suppress(SettingsError):
                svg, png = (charts.picture(found, held.names, form) for form in ("svg", "png"))
                blocks.append(Picture(charts.alt(found, held.names), svg, png, claims_of(of(found.series.deeds))))
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
        "Range of tension",
    )
    deeds: dict[tuple[int, str], list[Deed]] = defaultdict(list)
    for deed in series.deeds:
        if deed.direction == BETWEEN:
            deeds[bisect_right(series.begins, deed.day) - 1, deed.account].append(deed)
    rows = []
    most = sorted(range(len(series.begins)), key=lambda at: (-len(deeds[at, ALL]), at))[:ROWS]
    for at in sorted(at for at in most if deeds[at, ALL]):
        begin = series.begins[at]
        everything = claims_of(deeds[at, ALL])
        cells = [
            Sentence(
                () if series.gap[at] else (counted([f"{d.happening}/{d.quad}" for d in told], claims_of(told), "", ""),)
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
        day = Sentence((Part(long_day(begin), How.COMPUTED, everything, ("period",)),))
        rows.append((day, *cells, computed[0], interval))
    left = len(series.begins) - len(rows)
    more = (
        f"; {left} more {series.step.value}{'s' if left != 1 else ''} on the page Two parties over time" if left else ""
    )
    caption = f"Happenings that each account tells of, the {series.step.value}s of which most is told{more}"
    return Table(caption, head, tuple(rows), (1, 2, 3, 4, 5, 6))


def _several(groups: Mapping[str, Sequence[Deed]]) -> str:
    """Why the parts come to more than the whole."""
    whole = {(one.happening, one.quad) for one in groups[ALL]}
    parts = sum(len({(one.happening, one.quad) for one in told}) for key, told in groups.items() if key != ALL)
    return " (some by several)" if parts > len(whole) else ""


def trend(held: Held, found: Study) -> Iterator[Sentence]:
    series = found.series
    names = [held.name(key) for key in series.dyad]
    groups = {account: list(of(series.deeds, account, BETWEEN)) for account in (ALL, *series.dyad, THIRD, OUTLETS)}

    def number(account: str, word: str = "", words: str = "") -> Part:
        deeds = groups[account]
        return counted([f"{d.happening}/{d.quad}" for d in deeds], claims_of(deeds), word, words)

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
        f"Between {names[0]} and {names[1]}, ",
        number(ALL, "happening is", "happenings are"),
        " told: ",
        *told,
        _several(groups),
        ".",
    )
    known = series.divergence[~np.isnan(series.divergence)]
    if len(known) and np.mean(known) >= 0.005:
        both = claims_of([*groups[series.dyad[0]], *groups[series.dyad[1]]])
        yield sentence(
            f"Where both tell of the same {series.step.value}, their tellings diverge by ",
            Part(f"{float(np.mean(known)):.2f}", How.COMPUTED, both, ("divergence",)),
            " on average, on a scale from nought (alike) to one (nothing in common).",
        )
    for change in found.changes[-3:]:
        behind = [d for d in groups[ALL] if d.happening in {driver.happening for driver in change.drivers}]
        near = [d for d in groups[ALL] if abs((d.day - change.day).days) <= AROUND]
        claims = claims_of(behind) or claims_of(near) or claims_of(groups[ALL])
        parts: list[Part | str] = [
            f"Tension {'rose' if change.rises else 'fell'} on ",
            Part(long_day(change.day), How.COMPUTED, claims, ("change",)),
            ", from ",
            Part(f"{change.before:.1f}", How.COMPUTED, claims, ("change",)),
            " to ",
            Part(f"{change.after:.1f}", How.COMPUTED, claims, ("change",)),
        ]
        if behind:
            said = sayings(
                held, [held.claims[one.claim] for d in behind[:3] for one in d.told if one.claim in held.claims]
            )
            parts.append("; behind it: " + "; ".join(dict.fromkeys(s.text for s in said[:3])))
        yield sentence(*parts, ".", cites=claims)
    for answering in found.answers:
        clear = answering.clearest
        if clear is not None:
            claims = claims_of(groups[ALL])
            yield sentence(
                f"Hostile deeds{'' if answering.deeds else ' and words'} of {held.name(answering.then)} follow those of"
                f" {held.name(answering.first)} after ",
                Part(f"{clear.days}", How.COMPUTED, claims, ("answer",)),
                f" day{'s' if clear.days != 1 else ''} more often than chance makes (p ",
                Part(f"{clear.p:.3f}", How.COMPUTED, claims, ("answer",)),
                "): an association in time, no proof of a cause.",
            )
    ahead = found.outlook.ahead
    if ahead:
        claims = claims_of(groups[ALL])
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


def claims_of(deeds: Iterable[Deed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.claim for deed in deeds for one in deed.told))
