"""Reports in a Parquet file, one a row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from standoff.errors import InputError
from standoff.ingest import scraps
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.record import report, texts

MAX_RATIO = 100
LEAST_GROWN = 8_000_000
"""Characters to which a Parquet file may grow, however small it is: one text can stand there for a million."""
ROWS = 256
"""Rows of a Parquet file that are held at once."""


class Parquet:
    """A Parquet file with a row a report, read a group of rows at a time."""

    kind = "parquet"

    def recognises(self, capture: Capture) -> bool:
        return capture.head().startswith(b"PAR1")

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            from pyarrow import ArrowException, parquet
        except ImportError:
            raise InputError(capture.name, "Parquet, which pyarrow reads", "pip install 'standoff[parquet]'") from None
        try:
            with capture.stream() as file, parquet.ParquetFile(file) as table:
                number = grown = 0
                most = max(LEAST_GROWN, MAX_RATIO * file.seek(0, io.SEEK_END))
                known = None
                for batch in table.iter_batches(batch_size=ROWS, use_threads=False):
                    records = batch.to_pylist()
                    known = scraps.repeated(texts(records)) if known is None else known
                    for record in records:
                        number += 1
                        grown += sum(len(value) for value in record.values() if isinstance(value, str))
                        if grown > most:
                            why = f"grows more than {MAX_RATIO} times when unpacked, at row {number}"
                            raise InputError(capture.name, why, "write it as CSV or JSON Lines")
                        plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in record.items()}
                        yield report(capture, f"row {number}", plain, options, known=known)
        except (ArrowException, OSError, ValueError) as error:
            raise InputError(capture.name, f"broken Parquet ({error})"[:200], "write the file again") from None
