"""A sheet of corrections: CSV with a row a claim and a column a slot, in the form of :mod:`standoff.review`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from standoff import review
from standoff.errors import InputError
from standoff.export.csv import safe
from standoff.imports.word import Left, Word, known
from standoff.model import Verdict
from standoff.store import Store

LONGEST = 131_072
"""Characters of a cell."""


def read(store: Store, text: str, name: str) -> Iterator[Word | Left]:
    """What each row says of its claim; columns that are missing say nothing.

    Raises:
        InputError: a cell is not of its slot's form; the message names the row.
    """
    csv.field_size_limit(LONGEST)  # of the whole process, and whoever reads tables sets it for theirs
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        columns = rows.fieldnames or []
        yield from _read(store, rows, columns, name)
    except csv.Error as error:
        raise InputError(
            f"{name} line {rows.line_num + 1}", f"no row of a table ({error})", "save the sheet again"
        ) from None


def _read(store: Store, rows: csv.DictReader[str], columns: Sequence[str], name: str) -> Iterator[Word | Left]:
    if not set(columns) & {*review.SLOTS, "verdict"}:
        raise InputError(
            name, "a table without a slot of claims or a verdict", f"the slots are {', '.join(review.SLOTS)}"
        )
    for row in rows:
        where = f"{name} line {rows.line_num}"
        key = (row.get("id") or "").strip()
        if not key:
            continue
        held = known(store, key)
        if held is None:
            yield Left(where, f"claim {key[:60]} is not in the store")
            continue
        slots: dict[str, str] = {}
        for slot in review.SLOTS:
            cell = row.get(slot)
            if slot not in columns or cell is None:
                continue
            before, after = review.written(held.claim, slot), " ".join(cell.split())
            if after in (" ".join(before.split()), " ".join(safe(before).split())):
                continue
            try:
                slots[slot] = review.read(after.removeprefix("'"), slot, held.claim, held.document.text)
            except InputError as error:
                raise InputError(f"{where}, {slot}", f"{error.what}: {error.why}", error.mend) from None
        said = (row.get("verdict") or "").strip().lower()
        if said and said not in set(Verdict):
            raise InputError(f"{where}, verdict", f"{said!r} is not known", f"one of {', '.join(Verdict)}")
        yield Word(key, Verdict(said) if said else None, slots, " ".join((row.get("reason") or "").split())[:500])
