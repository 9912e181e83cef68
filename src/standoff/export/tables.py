"""Tables of claims, incidents, accounts, disputes and reports: CSV, a workbook, and the records themselves as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import BinaryIO

from standoff.errors import SettingsError
from standoff.export import csv, schemas, xlsx
from standoff.export.selection import Part, Selection, text, write_lines
from standoff.records import (
    Record,
    account_record,
    claim_record,
    dispute_record,
    document_record,
    dossier_record,
)
from standoff.store.browse import ClaimRow

_TABLES = ("claims", "incidents", "accounts", "disputes", "documents")


class Csv:
    """A file a table; with ``datapackage.json``, so that programs know the columns (Frictionless Data)."""

    name = "csv"
    chooses_columns = True
    says = "tables for spreadsheets, R and pandas: claims, incidents, accounts, disputes, reports"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        tables = columns_of(chosen, _TABLES)
        for table, columns in tables.items():
            yield Part(f"{table}.csv", partial(_write_csv, chosen, table, columns))
        yield Part("datapackage.json", partial(_describe, tables))


class Xlsx:
    """One workbook, a sheet a table."""

    name = "xlsx"
    chooses_columns = True
    says = "one workbook with the tables of the CSV as sheets; text is never a formula"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("standoff.xlsx", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        tables = columns_of(chosen, _TABLES)
        sheets = (xlsx.Sheet(table, columns, RECORDS[table](chosen)) for table, columns in tables.items())
        return xlsx.write_sheets(sheets, out)


class JsonLines:
    """The records themselves; what an import takes back without loss."""

    name = "jsonl"
    chooses_columns = False
    says = "the records themselves, a line each, with their JSON Schema"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        for table in ("claims", "incidents", "disputes", "documents"):
            yield Part(f"{table}.jsonl", partial(self._write, chosen, table))
        yield Part("schema.json", self._schema)

    def _write(self, chosen: Selection, table: str, out: BinaryIO) -> int:
        return write_lines(RECORDS[table](chosen), out)

    def _schema(self, out: BinaryIO) -> int:
        out.write((json.dumps(schemas.SCHEMA, indent=2) + "\n").encode())
        return 0


def columns_of(chosen: Selection, tables: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The columns of each table, or those of them that are wanted; a table with none of these is left out.

    Raises:
        SettingsError: no table has such a column.
    """
    headings = {table: {csv.heading(column): column for column in csv.COLUMNS[table]} for table in tables}
    for name in chosen.fields:
        if not any(name in known for known in headings.values()):
            some = ", ".join(headings[tables[0]])
            raise SettingsError(f"field {name!r}", "no column of any table", f"those of claims are {some}")
    if not chosen.fields:
        return {table: csv.COLUMNS[table] for table in tables}
    picked = {table: [known[name] for name in chosen.fields if name in known] for table, known in headings.items()}
    return {table: columns for table, columns in picked.items() if columns}


def claim(row: ClaimRow) -> Record:
    """A claim with its report, its incident, and what people made of it."""
    return {
        **claim_record(row.claim),
        "document": {
            "title": row.title,
            "outlet": row.outlet,
            "url": row.url,
            "published": row.published.isoformat() if row.published else None,
            "sha256": row.sha256,
        },
        "incident": row.incident,
        "verdict": row.verdict.value if row.verdict else None,
    }


def incidents(chosen: Selection) -> Iterator[Record]:
    """The incidents, with what a policy makes of those killed and injured in columns of their own."""
    for one in chosen.incidents():
        record = dossier_record(one.dossier)
        by_kind = {figure["kind"]: figure for figure in record["figures"]}
        yield {**record, "killed": by_kind.get("killed"), "injured": by_kind.get("injured")}


def accounts(chosen: Selection) -> Iterator[Record]:
    """An answer of one party to one question, a row."""
    names = chosen.names()
    for one in chosen.incidents():
        for account in one.dossier.accounts:
            held = account_record(account)
            for answer in held["answers"]:
                yield {
                    "incident": held["incident"],
                    "party": account.party,
                    "name": names.party(account.party),
                } | answer


def documents(chosen: Selection) -> Iterator[Record]:
    """The reports, their texts left out unless they are asked for."""
    for document, _ in chosen.reports():
        record = document_record(document)
        if not chosen.texts:
            del record["text"]
        yield record


RECORDS: Mapping[str, Callable[[Selection], Iterator[Record]]] = {
    "claims": lambda chosen: map(claim, chosen.claims()),
    "incidents": incidents,
    "accounts": accounts,
    "disputes": lambda chosen: map(dispute_record, chosen.disputes()),
    "documents": documents,
}
"""What each table is made of."""


def _write_csv(chosen: Selection, table: str, columns: Sequence[str], out: BinaryIO) -> int:
    with text(out) as lines:
        return csv.write(RECORDS[table](chosen), table, lines, columns)


def _describe(tables: Mapping[str, Sequence[str]], out: BinaryIO) -> int:
    resources = [
        {
            "name": table,
            "path": f"{table}.csv",
            "encoding": "utf-8",
            "format": "csv",
            "schema": {"fields": [{"name": csv.heading(c), "type": _type(c)} for c in columns]},
        }
        for table, columns in tables.items()
    ]
    body = {"name": "standoff", "profile": "tabular-data-package", "resources": resources}
    out.write((json.dumps(body, indent=2) + "\n").encode())
    return 0


def _type(column: str) -> str:
    """The type of a column; one that can hold a list is text, also where a list has one part."""
    if column in ("start", "end") or column.partition(".")[0] in ("killed", "injured") or column == "characters":
        return "integer"
    if column in ("confidence", "severity", "likely", "contest", "event_loc.lat", "event_loc.lon"):
        return "number"
    if column == "coded":
        return "boolean"
    return "string"
