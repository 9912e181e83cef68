"""How well the analysis recovers a known truth, and how fast it is: series, changes, outlook, on made-up archives.

    python benchmarks/analysis.py [recovery|changes|others|size|all] [--markdown FILE]

``recovery`` compares each account's series with what that account was made to tell, from perfect claims and from claims that
are read out of the reports' text. ``changes`` looks for planted changes of level, also in archives that have none, tries the
outlook's intervals, and looks for answers that were planted and for some that were not;
``others`` does so in archives that nothing was set on. ``size`` draws the daily series of
twenty pairs of parties over ten years out of a store of a million claims.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import archive as made_up
import numpy as np
from archive import ACCOUNTS, SIDES, Archive
from scipy.stats import spearmanr

import standoff
from standoff.analysis import deeds, outlook, reciprocity, series, tension
from standoff.model import Claim, Incident, Link, Mention, Party, Reconciliation
from standoff.reconcile import voices
from standoff.store import Store, open_store, rows
from standoff.store.tellings import coverage, tellings

CLOSE = timedelta(days=2)
CORES = 2
MILLION = (0.3, 1.4, 5.0)
"""Levels of hostility that make a million claims of twenty pairs of states in ten years."""
SEEDS, OTHERS = (1, 8), (31, 40)
"""First and last of the archives that the search for changes was set on, and of those that nothing was."""


@contextmanager
def stored(archive: Archive, claims: list[Claim]) -> Iterator[Store]:
    """A store of an archive, with the claims given, reconciled."""
    by_doc: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_doc[claim.doc].append(claim)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "made.db") as store:
        for document in archive.documents:
            store.add(document, by_doc[document.id])
        store.save(standoff.reconcile(claims, archive.documents))
        yield store


def drawn(store: Store) -> series.Series:
    found = series.draw(deeds.draw(tellings(store, SIDES), SIDES), SIDES, coverage(store))
    assert found is not None
    return found


def correlations(archive: Archive, found: series.Series) -> list[tuple[str, str, float, float]]:
    """Of each account by day and week: the rank correlation of the sum of scores, and the share of deeds that is there."""
    rows = []
    for step in (series.Step.DAY, series.Step.WEEK):
        for account in ACCOUNTS:
            truth, counted = defaultdict(float), defaultdict(float)
            for day, score in made_up.truth(archive, account).items():
                truth[step.begin(day)] += score
            sums = found.lines[account, "between"].score_sum
            for day, value in zip(found.begins, sums, strict=True):
                if not np.isnan(value):
                    counted[step.begin(day)] += float(value)
            days = sorted(counted)
            rank = spearmanr([truth[day] for day in days], [counted[day] for day in days]).statistic
            told = float(np.nansum(found.lines[account, "between"].events)) / len(archive.told[account])
            rows.append((step.value, account, float(rank), told))
    return rows


def recovery() -> list[str]:
    lines = ["| Claims | Period | Account | Rank correlation | Deeds counted, of those told |", "|---|---|---|--:|--:|"]
    for name, years in (("perfect", 2.0), ("read from the text", 0.5)):
        archive = made_up.made(years)
        claims = archive.claims
        if name != "perfect":
            claims = [claim for document in archive.documents for claim in standoff.extract(document)]
        with stored(archive, claims) as store:
            for step, account, rank, told in correlations(archive, drawn(store)):
                lines.append(f"| {name} | {step} | {account} | {rank:.3f} | {told:.0%} |")
    return lines


def known_changes(archive: Archive) -> list[date]:
    """What the search finds in the truth itself: how exactly such changes can be placed at all."""
    days = [archive.since + timedelta(days=at) for at in range((archive.until - archive.since).days + 1)]
    scores = made_up.truth(archive)
    sums = np.array([-scores[day] for day in days])
    return [days[at] for at in tension.breaks(np.sign(sums) * np.sqrt(np.abs(sums)))]


def changes(first: int, last: int) -> list[str]:
    planted = hit = false = quiet_false = 0
    years = quiet_years = 0.0
    within: list[float] = []
    helped = answered = wrongly = 0
    trials: dict[str, list[float]] = defaultdict(list)
    by_truth = 0
    for seed in range(first, last + 1):
        archive = made_up.made(2.0, seed)
        with stored(archive, archive.claims) as store:
            found = drawn(store)
            origins = {doc: voice.id for voice in voices.group(store.documents()) for doc in voice.docs}
        index = tension.draw(found, origins)
        days = [change.day for change in tension.changes(found, index)]
        planted += len(archive.changes)
        hit += sum(any(abs(day - true) <= CLOSE for day in days) for true in archive.changes)
        by_truth += sum(any(abs(day - true) <= CLOSE for day in known_changes(archive)) for true in archive.changes)
        false += sum(all(abs(day - true) > CLOSE for true in archive.changes) for day in days)
        years += 2
        told = outlook.draw(found, index)
        for trial in told.trials:
            trials[trial.name].append(trial.crps)
        within.append(told.trials[0].coverage)
        helped += bool(told.ahead)
        for answering in reciprocity.draw(found):
            clear = answering.clearest
            if answering.first == SIDES[0]:
                answered += clear is not None and clear.days == made_up.AFTER
            else:
                wrongly += clear is not None
        quiet = made_up.made(2.0, 100 + seed, levels=(made_up.LEVELS[seed % 3],))
        with stored(quiet, quiet.claims) as store:
            found = drawn(store)
        quiet_false += len(tension.changes(found, tension.draw(found)))
        quiet_years += 2
    low, high = min(within), max(within)
    best = {name: float(np.mean(scores)) for name, scores in trials.items()}
    return [
        "| What | Figure |",
        "|---|--:|",
        f"| Planted changes found within two days | {hit} of {planted} ({hit / planted:.0%}) |",
        f"| The same, were all that happened known | {by_truth} of {planted} ({by_truth / planted:.0%}) |",
        f"| Others found beside them, a year | {false / years:.2f} |",
        f"| Found a year where none was planted | {quiet_false / quiet_years:.2f} |",
        f"| Days within the 80 % interval of the outlook, over {len(within)} archives | {np.mean(within):.1%} ({low:.1%} to {high:.1%}) |",
        f"| CRPS of {', '.join(best)} | {', '.join(f'{score:.3f}' for score in best.values())} |",
        f"| Archives in which the outlook is given | {helped} of {len(within)} |",
        f"| Planted answers found at their lag | {answered} of {len(within)} |",
        f"| Answers found in the direction without any | {wrongly} of {len(within)} |",
    ]


def large(folder: str, dyads: int = 20, years: float = 10.0) -> tuple[Store, list[tuple[str, str]]]:
    """A store of about a million claims, the deeds of made-up pairs of states linked as a perfect reconciling would."""
    store = open_store(Path(folder) / "large.db")
    pairs = []
    incidents: list[Incident] = []
    for number in range(dyads):
        codes = {SIDES[0]: f"{chr(65 + number)}XA", SIDES[1]: f"{chr(65 + number)}XB"}
        pairs.append((codes[SIDES[0]], codes[SIDES[1]]))
        archive = made_up.made(years, number, levels=MILLION)
        linked: dict[tuple[date | None, str, str], list[str]] = defaultdict(list)
        by_doc: dict[str, list[Claim]] = defaultdict(list)
        for claim in archive.claims:
            moved = _moved(claim, codes, f"{number}-")
            by_doc[moved.doc].append(moved)
            assert claim.when is not None
            assert claim.where is not None
            linked[claim.when.start, claim.where.name, claim.event].append(moved.id)
        with store.writing() as connection:
            connection.execute(
                rows.tables.document.insert(),
                [
                    rows.document_row(replace(d, id=f"{number}-{d.id}", sha256=f"{number}-{d.id}"))
                    for d in archive.documents
                ],
            )
            fresh = [rows.claim_rows(held, {}, {}) for held in by_doc.values()]
            for table in (rows.tables.claim, rows.tables.claim_party, rows.tables.claim_count):
                values = [row for some in fresh for row in some[table]]
                for at in range(0, len(values), 20_000):
                    connection.execute(table.insert(), values[at : at + 20_000])
        incidents += [
            Incident(f"i{number}-{at}", tuple(Link(key, "made up", "") for key in keys))
            for at, keys in enumerate(linked.values())
            if len(keys) > 1
        ]
    store.save(Reconciliation(tuple(incidents)))
    return store, pairs


def _moved(claim: Claim, codes: dict[str, str], mark: str) -> Claim:
    def party(one: Mention) -> Mention:
        return replace(one, party=Party(codes.get(one.party.code, one.party.code)))

    return replace(
        claim,
        id=mark + claim.id,
        doc=mark + claim.doc,
        actors=tuple(map(party, claim.actors)),
        recipients=tuple(map(party, claim.recipients)),
        sources=tuple(replace(s, mention=party(s.mention)) for s in claim.sources),
    )


def size() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        store, pairs = large(folder)
        with store:
            claims = store.browse.totals()["claims"]
        path = str(Path(folder) / "large.db")
        began = time.perf_counter()
        # As many processes as the machine has cores: a pair of parties is computed on its own.
        with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(of_pair, repeat(path), pairs))
        took = time.perf_counter() - began
    periods, series_alone, tense = (sum(one[at] for one in found) for at in range(3))
    return [
        "| What | Figure |",
        "|---|--:|",
        f"| Claims, pairs of parties, days of series | {claims:,}, {len(pairs)}, {periods:,.0f} |",
        f"| All daily series, by every account and direction, on {CORES} cores | {took - tense / CORES:.1f} s |",
        f"| The same, work of one core | {series_alone:.1f} s |",
        f"| Tension with its interval, and changes, beside that on {CORES} cores | {tense / CORES:.1f} s |",
    ]


def of_pair(path: str, pair: tuple[str, str]) -> tuple[float, float, float]:
    """The days of one pair's series, what computing it took, and then tension and changes."""
    with open_store(path) as store:
        began = time.process_time()
        found = series.draw(deeds.draw(tellings(store, pair), pair), pair, coverage(store))
        assert found is not None
        drawn_at, tense_from = time.process_time(), time.perf_counter()
        tension.changes(found, tension.draw(found))
        took = time.perf_counter() - tense_from
    return len(found.begins), drawn_at - began, took


PARTS: dict[str, Callable[[], list[str]]] = {
    "recovery": recovery,
    "changes": lambda: changes(*SEEDS),
    "others": lambda: changes(*OTHERS),
    "size": size,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("part", nargs="?", default="all", choices=[*PARTS, "all"])
    asked.add_argument("--markdown", metavar="FILE", help="put the tables into this file, between its marks")
    given = asked.parse_args()
    for name, part in PARTS.items():
        if given.part not in (name, "all"):
            continue
        table = "\n".join(part())
        print(f"{name}\n{table}\n", flush=True)
        if given.markdown:
            path = Path(given.markdown)
            text = path.read_text(encoding="utf-8")
            begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
            before, _, rest = text.partition(begin)
            _, _, after = rest.partition(end)
            path.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
