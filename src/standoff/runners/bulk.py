"""Reading an archive into Parquet: parts are done in any order, each once, and a run that was cut off goes on where it was.

An output folder holds, for each part, ``claims/KEY.parquet``, ``statements/…``, ``documents/…`` and ``failures/…``, where KEY
is the SHA-256 of what the part was and how it was read; ``run.json``, when its documents were captured; and at the end
``manifest.json``: the parts in the order of the input, with the hash and the rows of every file. The same input, version
and settings give the same bytes, whichever runner ran and however often it was cut off.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import standoff
from standoff.errors import InputError, StandoffError
from standoff.ingest import address
from standoff.ingest.capture import now
from standoff.model import SCHEMA_VERSION, Claim, Document
from standoff.records import Record, check_days, claim_from_record
from standoff.runners import Runner, loaded, parts
from standoff.runners.parts import Part
from standoff.runners.work import TABLES, Coded, Job

MANIFEST = "manifest.json"
STARTED = "run.json"
LARGEST_MANIFEST = 256_000_000
"""Bytes."""


@dataclass(slots=True)
class Summary:
    """What a run has done."""

    parts: int = 0
    known: int = 0
    """Parts that an earlier run had done."""
    read: int = 0
    """Reports that the gate let through."""
    files: int = 0
    bytes: int = 0
    """Of all input files."""
    bytes_done: int = 0
    """Of those that have been cut into parts."""
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 0))

    def add(self, rows: dict[str, int], read: int) -> None:
        self.parts += 1
        self.read += read
        for name, number in rows.items():
            self.rows[name] += number


def run(
    inputs: Sequence[str],
    out: Path,
    runner: Runner,
    job: Job,
    *,
    reports: int = parts.REPORTS,
    report: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Read ``inputs`` into the folder ``out``; ``report`` is called after each part.

    Raises:
        StandoffError: the folder cannot be written to, or is of another version.
    """
    taken = _started(out)
    decides = [standoff.__version__, SCHEMA_VERSION, job.model, job.gated, sorted(job.options.columns.items())]
    said = json.dumps(decides + job.said)
    sizes = [path.stat().st_size for name in inputs for path in parts.paths(name)]
    summary = Summary(files=len(sizes), bytes=sum(sizes))
    order: dict[int, str] = {}
    done: dict[str, dict[str, Any]] = {}

    def fresh() -> Iterator[Part]:
        for part in parts.cut(inputs, job.options, said, taken, reports):
            summary.bytes_done = part.passed
            order[part.number] = part.key
            known = done.get(part.key) or _entry(out, part.key)
            if known is None:
                yield part
            else:
                done[part.key] = known
                summary.known += 1
                summary.add({name: one["rows"] for name, one in known["files"].items()}, known["read"])
                report(summary)

    for coded in runner.run(fresh(), job):
        done[coded.key] = _keep(out, coded)
        summary.add(dict(coded.rows), coded.read)
        report(summary)
    listed = [done[order[number]] for number in sorted(order)]
    manifest = {"standoff": standoff.__version__, "schema_version": SCHEMA_VERSION, "parts": listed}
    _write(out / MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
    return summary


def failures(out: Path, most: int) -> Iterator[dict[str, str]]:
    """What could not be read, in the order of the input, ``most`` of it at most."""
    left = most
    for key, files in _listed(out):
        if files["failures"]["rows"] and left > 0:
            for row in islice(_rows(out, "failures", key, files), left):
                left -= 1
                yield row


def check(document: Document, claims: Iterable[Claim] = ()) -> None:
    """That a report of a result is what it says, and its claims can be.

    Raises:
        InputError: its text has another hash, its id or address cannot be one, or a claim ends before it begins.
    """
    if hashlib.sha256(document.text.encode("utf-8", "replace")).hexdigest() != document.sha256:
        raise InputError(
            document.id[:80], "its text is not the one whose hash stands beside it", "make the result again"
        )
    if not document.id.strip() or not document.id.isprintable():
        raise InputError(repr(document.id)[:80], "an id that is empty or cannot be printed", "make the result again")
    if document.url is not None and address.clean(document.url) != document.url:
        raise InputError(document.id, f"no web address: {document.url[:80]!r}", "make the result again")
    for claim in claims:
        check_days(claim)


def contents(out: Path) -> Iterator[tuple[Document, list[Claim]]]:
    """The reports of a bulk result with a claim in them, in the order of the input, each with its claims.

    Raises:
        InputError: there is no result, it is not whole, or a file is not what the manifest says.
    """
    for key, files in _listed(out):
        claims: dict[str, list[Claim]] = {}
        for number, record in enumerate(_rows(out, "claims", key, files)):
            claim = claim_from_record(record, f"{key[:12]} claim {number}")
            claims.setdefault(claim.doc, []).append(claim)
        for record in _rows(out, "documents", key, files):
            if record["text"] is not None:
                found = document(record, f"{out / 'documents' / key}.parquet")
                yield found, claims.get(found.id, [])


def _listed(out: Path) -> list[tuple[str, dict[str, Any]]]:
    """The parts of a finished result: their keys and files."""
    path = out / MANIFEST
    try:
        if not path.is_file():
            raise InputError(str(out), "no finished bulk result", "run standoff bulk into it first")
        if path.stat().st_size > LARGEST_MANIFEST:
            raise InputError(str(path), f"larger than {LARGEST_MANIFEST // 1_000_000} MB", "run standoff bulk again")
        manifest = json.loads(path.read_bytes())
        listed = [(_key(one["key"]), {n: _named(one["files"][n]) for n in TABLES}) for one in manifest["parts"]]
        version = manifest["schema_version"]
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "run standoff bulk again") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"not well formed ({str(error)[:100]})"
        raise InputError(str(path), why, "run standoff bulk again") from None
    if version != SCHEMA_VERSION:
        why = f"of schema {str(version)[:20]}, and this is {SCHEMA_VERSION}"
        raise InputError(str(out), why, "run standoff bulk again with this version")
    return listed


def _key(given: object) -> str:
    """The key of a part, which names its files: a hash, and no way to another folder."""
    if not isinstance(given, str) or not re.fullmatch(r"[0-9a-f]{64}", given):
        raise ValueError(f"{str(given)[:80]!r} is no key of a part")
    return given


def _named(given: dict[str, Any]) -> dict[str, Any]:
    return {"rows": int(given["rows"]), "sha256": str(given["sha256"])}


def _started(out: Path) -> datetime:
    """When the first run into a folder began: documents of later ones are captured then too."""
    path = out / STARTED
    try:
        for name in TABLES:
            (out / name).mkdir(parents=True, exist_ok=True)
        if path.exists():
            return datetime.fromisoformat(json.loads(path.read_bytes())["captured"])
        taken = now()
        _write(path, json.dumps({"captured": taken.isoformat()}).encode())
    except (OSError, ValueError, KeyError) as error:
        raise StandoffError(str(out), f"cannot be written to ({error})", "name another folder with --out") from None
    return taken.astimezone(UTC)


def _keep(out: Path, coded: Coded) -> dict[str, Any]:
    """Write what a part gave. The file of failures comes last, and says that the part is whole."""
    files = {}
    for name in TABLES:
        content = coded.tables[name]
        _write(out / name / f"{coded.key}.parquet", content)
        files[name] = {"rows": coded.rows[name], "sha256": hashlib.sha256(content).hexdigest()}
    entry = {"key": coded.key, "read": coded.read, "files": files}
    _write(out / "failures" / f"{coded.key}.json", json.dumps(entry).encode())
    return entry


def _entry(out: Path, key: str) -> dict[str, Any] | None:
    """What an earlier run wrote for a part; None where there is none, or it is not whole any more."""
    try:
        entry: dict[str, Any] = json.loads((out / "failures" / f"{key}.json").read_bytes())
        for name in TABLES:
            if _digest(out / name / f"{key}.parquet") != entry["files"][name]["sha256"]:
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return entry


def _write(path: Path, content: bytes) -> None:
    """A file, whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = f"cannot be written ({error.strerror})"
        raise StandoffError(str(path), why, "make room on the disk and run it again: what is done is kept") from None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows(out: Path, name: str, key: str, files: dict[str, Any]) -> Iterator[Record]:
    return loaded.rows(out / name / f"{key}.parquet", name, files[name]["sha256"])


def document(record: Record, where: str) -> Document:
    """A report from its row.

    Raises:
        InputError: it has no id, text or hash, or a time that is none.
    """
    try:
        published, captured = record.get("published"), record.get("captured")
        return Document(
            id=_text(record, "id"),
            text=_text(record, "text"),
            sha256=_text(record, "sha256"),
            title=record.get("title"),
            outlet=record.get("outlet"),
            url=record.get("url"),
            published=date.fromisoformat(published) if published else None,
            language=_text(record, "language"),
            captured=datetime.fromisoformat(captured) if captured else None,
            author=record.get("author"),
            domain=record.get("domain"),
            country=record.get("country"),
        )
    except ValueError as error:
        what = f"{where}: report {str(record.get('id'))[:80]}"
        raise InputError(what, str(error)[:100], "run standoff bulk again") from None


def _text(record: Record, name: str) -> str:
    if not isinstance(value := record.get(name), str):
        raise ValueError(f"has no {name}")
    return value
