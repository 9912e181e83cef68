"""The columns of every table with their types, and how records are written as rows of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, BinaryIO

from standoff.errors import SettingsError
from standoff.model import SCHEMA_VERSION
from standoff.records import Record

GROUP = 10_000
"""Rows of a group: what is held in memory."""


def write(records: Iterable[Record], schema: Any, out: BinaryIO) -> int:
    """Records as rows of a schema; what a record has beyond it is left out. How many rows were written."""
    from pyarrow import parquet

    pa = arrow()
    schema = schema.with_metadata({"standoff_schema_version": SCHEMA_VERSION})
    rows = iter(records)
    number = 0
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            number += len(group)
            writer.write_table(pa.Table.from_pylist([_row(record, schema.names) for record in group], schema=schema))
    return number


def arrow() -> Any:
    """pyarrow.

    Raises:
        SettingsError: it is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise SettingsError("parquet", "pyarrow is not installed", "pip install 'standoff[parquet]'") from None
    return pyarrow


@cache
def tables(texts: bool = False) -> dict[str, Any]:
    """The schema of each table."""
    pa = arrow()
    word, whole, number, words = pa.string(), pa.int64(), pa.float64(), pa.list_(pa.string())
    entity = [
        ("code", word),
        ("sector", words),
        ("name", word),
        ("entity_text", word),
        ("start", whole),
        ("end", whole),
    ]
    source = [*entity, ("cue", word), ("cue_span", pa.list_(whole))]
    count = [("kind", word), ("low", whole), ("high", whole), ("best", whole), ("unit", word), ("text", word),
             ("bound", word), ("start", whole), ("end", whole)]  # fmt: skip
    place = [("name", word), ("country", word), ("lat", number), ("lon", number), ("geonames_id", whole),
             ("precision", word), ("text", word), ("start", whole), ("end", whole)]  # fmt: skip
    figure = [("kind", word), ("low", whole), ("best", whole), ("high", whole), ("policy", word), ("reason", word)]
    report = [("title", word), ("outlet", word), ("url", word), ("published", word), ("sha256", word)]

    def many(fields: Sequence[tuple[str, Any]]) -> Any:
        return pa.list_(pa.struct(fields))

    claims = [
        ("id", word), ("doc", word), ("event", word), ("mode", words), ("context", words), ("actor", many(entity)),
        ("recipient", many(entity)), ("sources", many(source)), ("aux", words), ("counts", many(count)), ("date", pa.date32()),
        ("enddate", pa.date32()), ("date_text", word), ("date_span", pa.list_(whole)), ("event_loc", pa.struct(place)),
        ("start", whole), ("end", whole), ("trigger", pa.struct([("text", word), ("start", whole), ("end", whole)])),
        ("event_text", word), ("confidence", number), ("event_scale", number), ("quad_code", whole), ("targets", words),
        ("schema_version", word), ("document", pa.struct(report)), ("incident", word), ("verdict", word),
        ("reader", word), ("gloss", word),
    ]  # fmt: skip
    incidents = [
        ("id", word), ("under", word), ("title", word), ("likely", number), ("event", word), ("parties", words), ("date", pa.date32()), ("enddate", pa.date32()),
        ("event_loc", word), ("docs", words), ("voices", words), ("figures", many(figure)),
        ("links", many([("claim", word), ("reason", word), ("version", word)])),
        ("responsibility", many([("by", word), ("accused", word), ("standing", word), ("claims", words)])),
        ("corroborated",
         many([("what", word), ("by", word), ("parties", words), ("voices", words), ("claims", words)])),
        ("grade", word), ("grade_reason", word), ("contest", number), ("disputes", words), ("schema_version", word),
    ]  # fmt: skip
    accounts = [
        ("incident", word), ("party", word), ("name", word), ("question", word), ("value", word), ("claims", words),
        ("voices", words), ("first", pa.date32()), ("latest", pa.date32()),
    ]  # fmt: skip
    disputes = [
        ("id", word), ("docs", words), ("kind", word), ("incident", word),
        ("positions", many([("party", word), ("name", word), ("claims", words), ("value", word)])), ("reason", word), ("severity", number),
        ("likely", number),
        ("state", word), ("history", many([("party", word), ("value", word), ("claim", word), ("reported", word)])),
        ("topics", many([("topic", word), ("parties", words), ("claims", words), ("told", word)])),
        ("question", word), ("title", word),
        ("schema_version", word),
    ]  # fmt: skip
    documents = [
        ("id", word), ("title", word), ("outlet", word), ("domain", word), ("country", word), ("author", word), ("url", word),
        ("published", pa.date32()), ("language", word), ("coded", pa.bool_()), ("captured", word), ("sha256", word),
        ("characters", whole), ("schema_version", word), *([("text", word)] if texts else []),
    ]  # fmt: skip
    found = {
        "claims": claims,
        "incidents": incidents,
        "accounts": accounts,
        "disputes": disputes,
        "documents": documents,
    }
    return {table: pa.schema(fields) for table, fields in found.items()}


@cache
def bulk_tables() -> dict[str, Any]:
    """The schemas of what reading in bulk gives: claims, statements, documents with the text that claims point into, failures."""
    pa = arrow()
    word, whole = pa.string(), pa.int64()
    spans = pa.list_(pa.list_(whole))
    claims, documents = tables(texts=True)["claims"], tables(texts=True)["documents"]
    statements = [
        ("doc", word), ("source", pa.list_(whole)), ("cue", pa.list_(whole)), ("content", spans), ("source_text", word),
        ("cue_text", word), ("content_text", pa.list_(word)), ("sources", claims.field("sources").type), ("stance", word),
        ("quoted", pa.bool_()), ("attitude", pa.bool_()), ("schema_version", word),
    ]  # fmt: skip
    failures = [("name", word), ("why", word), ("mend", word), ("schema_version", word)]
    return {
        "claims": claims,
        "statements": pa.schema(statements),
        "documents": documents.append(pa.field("parsed", pa.bool_())),
        "failures": pa.schema(failures),
    }


_DAYS = ("date", "enddate", "first", "latest", "published")


def _row(record: Record, names: Sequence[str]) -> Record:
    days = {name: date.fromisoformat(record[name]) for name in _DAYS if name in names and record.get(name)}
    return {name: record.get(name) for name in names} | days
