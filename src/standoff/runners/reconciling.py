"""Reconciling a bulk result too large for one reconciling: partition by partition.

A report belongs to the partition of the two states that its claims name most and of the month that most of them are dated
in. So what the parties to one conflict tell of one happening comes together, whenever it was printed; a claim in a report
that is mainly about others is not tied to theirs. How little is lost by it is measured in ``docs/scaling.md``.
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
from standoff.export import parquet
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
        parquet.arrow()

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
            documents, claims = _held(item.path)
            found = reconcile(claims, documents)
            drawn = dossier.draw(found, {claim.id: claim for claim in claims}, documents, self.policy)
            rows["incidents"] = [dossier_record(one) for one in drawn]
            rows["accounts"] = [account_record(one) for one in found.accounts]
            rows["disputes"] = [dispute_record(one) for one in found.disputes]
        tables = {name: _written(name, records) for name, records in rows.items()}
        return Coded(part.number, part.key, tables, {name: len(records) for name, records in rows.items()}, 1)


def run(out: Path, runner: Runner, work: Reconciling) -> dict[str, int]:
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
        names = _divide(chain([first] if first else [], contents), aside)
        totals = dict.fromkeys(TABLES, 0) | {"partitions": len(names)}
        listed: dict[int, Record] = {}
        for coded in runner.run(_parts(names, aside), work):
            files = {}
            for name, content in coded.tables.items():
                (aside / name / f"{names[coded.number]}.parquet").write_bytes(content)
                files[name] = {"rows": coded.rows[name], "sha256": hashlib.sha256(content).hexdigest()}
                totals[name] += coded.rows[name]
            listed[coded.number] = {"partition": names[coded.number], "files": files}
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


def partition(document: Document, claims: Sequence[Claim]) -> str:
    """The name of the partition that a report belongs to: ``IND-PAK-2025-05``."""
    states: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for claim in claims:
        named = {m.party.code for m in (*claim.actors, *claim.recipients)}
        named |= {source.mention.party.code for source in claim.sources}
        if claim.where is not None and claim.where.country:
            named.add(claim.where.country)
        states.update(code for code in named if code.isalpha() and len(code) == 3 and code not in _NOBODY)
        if claim.when is not None and claim.when.start is not None and not claim.aux:
            months[f"{claim.when.start:%Y-%m}"] += 1
    first = sorted(states, key=lambda code: (-states[code], code))[:2]
    published = f"{document.published:%Y-%m}" if document.published else "undated"
    month = min(months, key=lambda m: (-months[m], m)) if months else published
    return "-".join([*(sorted(first) or ["none"]), month])


_NOBODY = frozenset({"UNK", "UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})


def _divide(contents: Iterable[tuple[Document, Sequence[Claim]]], aside: Path) -> list[str]:
    """Write each report with its claims to the file of its partition; their names in order."""
    folder = aside / "partitions"
    folder.mkdir()
    held: dict[str, list[str]] = defaultdict(list)
    names: set[str] = set()
    size = 0
    for document, claims in contents:
        name = partition(document, claims)
        names.add(name)
        line = dumps({"document": document_record(document), "claims": [claim_record(claim) for claim in claims]})
        held[name].append(line)
        size += len(line)
        if size > HELD:
            _append(folder, held)
            size = 0
    _append(folder, held)
    return sorted(names)


HELD = 50_000_000
"""Characters that are held before they are written to the partitions' files."""


def _append(folder: Path, held: dict[str, list[str]]) -> None:
    for name, lines in held.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    held.clear()


def _parts(names: Sequence[str], aside: Path) -> Iterator[Part]:
    for number, name in enumerate(names):
        yield Part(number, name, (Partition(name, (aside / "partitions" / name).absolute()),))


def _held(path: Path) -> tuple[list[Document], list[Claim]]:
    documents, claims = [], []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            record = loads(line, f"{path.name} line {number}")
            assert isinstance(record, dict)
            documents.append(bulk.document(record["document"]))
            claims += [claim_from_record(one, f"{path.name} line {number}") for one in record["claims"]]
    return documents, claims


def _written(name: str, records: list[Record]) -> bytes:
    out = io.BytesIO()
    schema = parquet.bulk_tables()["failures"] if name == "failures" else parquet.tables()[name]
    parquet.write(records, schema, out)
    return out.getvalue()
