"""Parquet for pyarrow, DuckDB, polars and R: a file a table, typed, lists as lists, written a group of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from standoff.errors import SettingsError
from standoff.export.columnar import arrow, tables, write
from standoff.export.selection import Part, Selection
from standoff.export.tables import RECORDS


class Parquet:
    """``claims``, ``incidents``, ``accounts``, ``disputes`` and ``documents``; the version of the schema is in the metadata."""

    name = "parquet"
    chooses_columns = True
    says = "typed tables with lists as lists, for pyarrow, DuckDB, polars and R"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        arrow()
        for table, schema in tables(chosen.texts).items():
            if chosen.fields and not set(chosen.fields) & set(schema.names):
                continue
            yield Part(f"{table}.parquet", partial(self._write, chosen, table, schema))
        unknown = [f for f in chosen.fields if not any(f in schema.names for schema in tables(chosen.texts).values())]
        if unknown:
            raise SettingsError(f"field {unknown[0]!r}", "no column of any table", "see docs/exports.md")

    def _write(self, chosen: Selection, table: str, schema: Any, out: BinaryIO) -> int:
        names = [name for name in schema.names if not chosen.fields or name in chosen.fields]
        return write(RECORDS[table](chosen), arrow().schema([schema.field(name) for name in names]), out)
