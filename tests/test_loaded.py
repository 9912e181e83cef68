"""A bulk result that comes from elsewhere: whatever is in its tables, loading it is one clear line."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq
from typer.testing import CliRunner, Result

import standoff
from conftest import document
from standoff import cli
from standoff.errors import InputError
from standoff.export import columnar
from standoff.records import Record, claim_record, document_record
from standoff.runners import bulk, loaded

KEY = "ab" * 32


def load(out: Path) -> Result:
    return CliRunner().invoke(cli.app, ["load", str(out), "--store", str(out / "a.db")])


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Record]]:
    report = document("Russia said on 5 May 2025 that Ukraine shelled Belgorod, killing 3 people.", "one")
    claims = standoff.extract(report)
    told = document_record(report) | {"text": report.text, "parsed": True, "characters": len(report.text)}
    return {"claims": [claim_record(one) for one in claims], "statements": [], "documents": [told], "failures": []}


@pytest.fixture
def result(tables: dict[str, list[Record]], tmp_path: Path) -> Path:
    """A sound result of one report."""
    for name, records in tables.items():
        (tmp_path / name).mkdir()
        with (tmp_path / name / f"{KEY}.parquet").open("wb") as out:
            columnar.write(records, columnar.bulk_tables()[name], out)
    return listed(tmp_path)


def listed(out: Path, key: str = KEY) -> Path:
    """Name the tables as they are now in the manifest."""
    files: dict[str, Any] = {}
    for name in columnar.bulk_tables():
        content = (out / name / f"{KEY}.parquet").read_bytes()
        files[name] = {"rows": 1, "sha256": hashlib.sha256(content).hexdigest()}
    manifest = {"schema_version": standoff.model.SCHEMA_VERSION, "parts": [{"key": key, "files": files}]}
    (out / bulk.MANIFEST).write_text(json.dumps(manifest))
    return out


def refused(out: Path, *words: str) -> None:
    found = load(out)
    assert found.exit_code == 1, (found.exit_code, found.stdout, found.stderr)
    assert found.exception is None or isinstance(found.exception, SystemExit)
    (line,) = found.stderr.splitlines()
    assert line.startswith("standoff: ")
    assert line.count("; ") >= 1  # the mend
    for word in words:
        assert word in line


def test_what_reads_the_tables_starts_without_the_language_stage() -> None:
    """It is started anew after each table that is refused, and took ten times as long."""
    loads = "import sys, standoff.runners.loaded; print({'spacy', 'sqlalchemy'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_sound_result_is_loaded(result: Path) -> None:
    found = load(result)
    assert found.exit_code == 0, found.stderr
    assert "added 1" in found.stdout


def test_a_table_that_grows_without_end_is_left(result: Path, tables: dict[str, list[Record]]) -> None:
    """A text of a megabyte stands in the file once, and for ten thousand rows."""
    schema = columnar.bulk_tables()["documents"]
    row = tables["documents"][0] | {"text": "x" * 1_000_000, "published": None}
    batch = pa.Table.from_pylist([{name: row.get(name) for name in schema.names}] * 100, schema=schema)
    path = result / "documents" / f"{KEY}.parquet"
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        for _ in range(100):
            out.write_table(batch)
    assert path.stat().st_size < 1_000_000
    begun = time.process_time()
    with pytest.raises(InputError, match=r"documents/.*: grows more than 100 times when unpacked, at row 64"):
        list(bulk.contents(listed(result)))
    assert time.process_time() - begun < 20


def test_a_table_that_needs_more_memory_than_there_is_is_left(
    result: Path, tables: dict[str, list[Record]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaded, "MEGABYTES", 200)
    schema = columnar.bulk_tables()["documents"]
    row = {name: tables["documents"][0].get(name) for name in schema.names} | {"published": None}
    batch = pa.Table.from_pylist([row | {"text": "x" * 300_000_000}], schema=schema)
    pq.write_table(batch, result / "documents" / f"{KEY}.parquet", compression="zstd")
    refused(listed(result), "took more than 200 MB of memory to read")


@pytest.mark.parametrize("name", ["claims", "documents"])
@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_table_is_one_line(seed: int, name: str, result: Path) -> None:
    path = result / name / f"{KEY}.parquet"
    spoilt, luck = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(luck.choice((1, 4, 30))):
        at = luck.randrange(4, len(spoilt) - 4)
        spoilt[at : at + 2] = luck.randbytes(2)
    path.write_bytes(spoilt[: luck.choice((len(spoilt), len(spoilt) // 2))])
    found = load(listed(result))
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    assert found.exit_code == 0 or found.stderr.startswith("standoff: ")


def without(name: str) -> Callable[[Record], Record]:
    return lambda record: {key: value for key, value in record.items() if key != name}


HOSTILE: dict[str, tuple[str, Callable[[Record], Record], str]] = {
    "no text": ("documents", without("text"), "no column text"),
    "no id": ("documents", without("id"), "no column id"),
    "id is null": ("documents", lambda record: record | {"id": None}, "has no id"),
    "id is a number": ("documents", lambda record: record | {"id": 7}, "column id: string is wanted"),
    "hash is null": ("documents", lambda record: record | {"sha256": None}, "has no sha256"),
    "captured is no time": ("documents", lambda record: record | {"captured": "now"}, "'now'"),
    "published is a text": ("documents", lambda record: record | {"published": "2025-05-05"}, "date32[day] is wanted"),
    "no doc": ("claims", without("doc"), "no column doc"),
    "event of no kind": ("claims", lambda record: record | {"event": "NONE"}, "one of PLOVER's event types"),
    "trigger is null": ("claims", lambda record: record | {"trigger": None}, "trigger: an object is wanted"),
    "actor is a text": ("claims", lambda record: record | {"actor": "RUS"}, "column actor"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_table_is_one_line(case: str, result: Path, tables: dict[str, list[Record]]) -> None:
    name, spoil, words = HOSTILE[case]
    record = dict.fromkeys(columnar.bulk_tables()[name].names) | tables[name][0] | {"date": None, "enddate": None}
    wanted = columnar.bulk_tables()[name]
    spoilt = spoil(record)
    fields = []
    for column in spoilt:
        odd = spoilt[column] is not record[column] and spoilt[column] is not None
        if odd and not (isinstance(spoilt[column], str) and wanted.field(column).type == pa.string()):
            fields.append(pa.field(column, pa.array([spoilt[column]]).type))
        elif column in wanted.names:
            fields.append(wanted.field(column))
    schema = pa.schema(fields)
    if schema.get_field_index("published") >= 0 and schema.field("published").type == pa.date32():
        spoilt |= {"published": None}
    row = {column: spoilt[column] for column in schema.names}
    pq.write_table(pa.Table.from_pylist([row], schema=schema), result / name / f"{KEY}.parquet")
    refused(listed(result), words)


def test_a_claim_that_ends_before_it_begins_is_not_loaded(result: Path, tables: dict[str, list[Record]]) -> None:
    spoilt = tables["claims"][0] | {"date": "2025-05-05", "enddate": "2025-05-04"}
    with (result / "claims" / f"{KEY}.parquet").open("wb") as out:
        columnar.write([spoilt], columnar.bulk_tables()["claims"], out)
    refused(listed(result), f"claim {spoilt['id']}: its enddate 2025-05-04 is before its date 2025-05-05")


def test_a_manifest_names_no_file_elsewhere(result: Path) -> None:
    refused(listed(result, "../../" + KEY), bulk.MANIFEST, "is no key of a part")


@pytest.mark.parametrize("words", ["[" * 100_000, "null", '{"parts": 1}', '{"parts": [{"key": 1}]}', "\xff"])
def test_a_manifest_that_is_none_is_one_line(words: str, result: Path) -> None:
    (result / bulk.MANIFEST).write_text(words, encoding="latin-1")
    refused(result, bulk.MANIFEST, "not well formed")


def test_a_pipe_is_not_waited_for(result: Path) -> None:
    (result / "claims" / f"{KEY}.parquet").unlink()
    os.mkfifo(result / "claims" / f"{KEY}.parquet")
    refused(result, "not a regular file")
    (result / bulk.MANIFEST).unlink()
    os.mkfifo(result / bulk.MANIFEST)
    refused(result, "no finished bulk result")
