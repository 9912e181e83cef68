"""Reconciling a bulk result too large for one reconciling: partition by partition.

A report belongs to the state that its claims are about most. All reports on a state are one partition, unless they hold more
claims than a worker should: then they are cut between two months. A claim is not tied to one in a report that is mainly
about another state, nor over a cut. How little is lost by it is measured in ``docs/scaling.md``.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import standoff
from standoff.errors import InputError
from standoff.export import columnar
from standoff.ingest.capture import Failed
from standoff.model import Claim, Document
from standoff.reconcile import dossier, reconcile
from standoff.records import (
    Record,
    account_record,
    claim_from_record,
    claim_record,
    dispute_record,
    document_record,
    dossier_record,
    dumps,
    loads,
)
from standoff.runners import Runner, bulk
from standoff.runners.parts import Part, Partition
from standoff.runners.work import Coded, Sign, failure

FOLDER = "reconciled"
TABLES = ("incidents", "accounts", "disputes", "failures")


@dataclass(frozen=True, slots=True)
class Reconciling:
    """The work: one partition a part. ``policy`` turns figures into ranges."""

    policy: str = "ucdp"

    def ready(self) -> None:
        """Load what it needs."""
        columnar.arrow()

    def code(
        self, part: Part, sign: Sign | None = None, alone: bool = False, spoilt: Mapping[int, str] | None = None
    ) -> Coded:
        """Reconcile a partition; see :class:`standoff.runners.work.Work`."""
        rows: dict[str, list[Record]] = {name: [] for name in TABLES}
        (item,) = part.items
        assert isinstance(item, Partition)
        if sign is not None:
            sign(0, 1)
        if spoilt:
            why = InputError(item.name, spoilt[0], "give the workers more memory")
            rows["failures"].append(failure(Failed(item.name, item.name, why)))
        else:
            documents, claims = _held(item.paths)
            found = reconcile(claims, documents)
            drawn = dossier.draw(found, {claim.id: claim for claim in claims}, documents, self.policy)
            rows["incidents"] = [dossier_record(one) for one in drawn]
            rows["accounts"] = [account_record(one) for one in found.accounts]
            rows["disputes"] = [dispute_record(one) for one in found.disputes]
        tables = {name: _written(name, records) for name, records in rows.items()}
        return Coded(part.number, part.key, tables, {name: len(records) for name, records in rows.items()}, 1)


MOST = 500_000
"""Claims of a partition, beyond which a conflict is cut between two months: two minutes and a few gigabytes of a worker."""


def run(out: Path, runner: Runner, work: Reconciling, most: int = MOST) -> dict[str, int]:
    """Reconcile the bulk result ``out`` into its folder ``reconciled``; how many rows each table has.

    Raises:
        InputError: there is no result, or it is not whole.
    """
    target, aside = out / FOLDER, out / f".{FOLDER}"
    contents = bulk.contents(out)
    first = next(contents, None)  # what is no result is left as it is
    shutil.rmtree(aside, ignore_errors=True)
    for name in TABLES:
        (aside / name).mkdir(parents=True)
    try:
        parted = _divide(chain([first] if first else [], contents), aside / "partitions", most)
        parts = (Part(number, one.name, (one,)) for number, one in enumerate(parted))
        totals = dict.fromkeys(TABLES, 0) | {"partitions": len(parted)}
        listed: dict[int, Record] = {}
        for coded in runner.run(parts, work):
            files = {}
            for name, content in coded.tables.items():
                (aside / name / f"{coded.key}.parquet").write_bytes(content)
                files[name] = {"rows": coded.rows[name], "sha256": hashlib.sha256(content).hexdigest()}
                totals[name] += coded.rows[name]
            listed[coded.number] = {"partition": coded.key, "files": files}
        manifest = {
            "standoff": standoff.__version__,
            "policy": work.policy,
            "partitions": [listed[n] for n in sorted(listed)],
        }
        (aside / bulk.MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(aside / "partitions", ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)
        aside.replace(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return totals


def place(document: Document, claims: Sequence[Claim]) -> tuple[str, str]:
    """The state that a report is about, and the month that it was published in (or that most of its claims are dated in)."""
    states: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for claim in claims:
        # Where it happened and who suffered it are what opposing accounts share; who tells it is not.
        named = [m.party.code for m in (*claim.actors, *claim.recipients)]
        if claim.where is not None and claim.where.country:
            named += [claim.where.country] * 2
        states.update(code for code in named if code.isalpha() and len(code) == 3 and code not in _NOBODY)
        if claim.when is not None and claim.when.start is not None:
            months[f"{claim.when.start:%Y-%m}"] += 1
    state = min(states, key=lambda code: (-states[code], code)) if states else "none"
    if document.published is not None:
        return state, f"{document.published:%Y-%m}"
    return state, min(months, key=lambda month: (-months[month], month)) if months else "undated"


_NOBODY = frozenset({"UNK", "UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})


def _divide(contents: Iterable[tuple[Document, Sequence[Claim]]], folder: Path, most: int) -> list[Partition]:
    """Write each report with its claims to a file of its state and month, and join months to partitions of ``most`` claims."""
    held: dict[str, list[str]] = defaultdict(list)
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    waiting = 0
    folder.mkdir()
    for document, claims in contents:
        state, month = place(document, claims)
        sizes[state][month] += len(claims)
        line = dumps({"document": document_record(document), "claims": [claim_record(claim) for claim in claims]})
        held[f"{state}-{month}"].append(line)
        waiting += len(line)
        if waiting > HELD:
            _append(folder, held)
            waiting = 0
    _append(folder, held)
    return [one for state in sorted(sizes) for one in _joined(state, sizes[state], folder, most)]


def _joined(state: str, months: Mapping[str, int], folder: Path, most: int) -> Iterator[Partition]:
    """Months one after the other, until a partition is full."""
    window: list[str] = []
    size = 0
    for month in sorted(months):
        if window and size + months[month] > most:
            yield _partition(state, window, folder)
            window, size = [], 0
        window.append(month)
        size += months[month]
    yield _partition(state, window, folder)


def _partition(state: str, months: Sequence[str], folder: Path) -> Partition:
    paths = tuple((folder / f"{state}-{month}").absolute() for month in months)
    return Partition("-".join([state, *dict.fromkeys((months[0], months[-1]))]), paths)


HELD = 50_000_000
"""Characters that are held before they are written to the partitions' files."""


def _append(folder: Path, held: dict[str, list[str]]) -> None:
    for name, lines in held.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    held.clear()


def _held(paths: Sequence[Path]) -> tuple[list[Document], list[Claim]]:
    documents, claims = [], []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                record = loads(line, f"{path.name} line {number}")
                assert isinstance(record, dict)
                documents.append(bulk.document(record["document"], f"{path.name} line {number}"))
                claims += [claim_from_record(one, f"{path.name} line {number}") for one in record["claims"]]
    return documents, claims


def _written(name: str, records: list[Record]) -> bytes:
    out = io.BytesIO()
    schema = columnar.bulk_tables()["failures"] if name == "failures" else columnar.tables()[name]
    columnar.write(records, schema, out)
    return out.getvalue()
