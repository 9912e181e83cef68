"""A sheet to correct claims in: a row a claim, each slot as the line that the review page takes.

What is changed in a spreadsheet, or entered as a verdict, comes back with ``standoff import`` as a person's correction. The
form of each slot is that of :mod:`standoff.review`: ``IND-MIL Indian Air Force; PAK``, ``killed 40-50 soldiers``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from standoff.export.csv import safe
from standoff.export.selection import Part, Selection, text
from standoff.review import SLOTS, written

COLUMNS = ("id", "quote", *SLOTS, "verdict", "reason")


class Corrections:
    """One table, to be edited and imported again."""

    name = "corrections"
    chooses_columns = False
    says = "a CSV to correct claims in: a row a claim, a column a slot; take it back with standoff import"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("corrections.csv", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        number = 0
        with text(out) as lines:
            rows = csv.writer(lines, lineterminator="\n")
            rows.writerow(COLUMNS)
            for row in chosen.claims():
                number += 1
                cells = [row.claim.id, " ".join(row.claim.text.split()), *(written(row.claim, slot) for slot in SLOTS)]
                rows.writerow(safe(cell) for cell in [*cells, row.verdict.value if row.verdict else "", ""])
        return number
