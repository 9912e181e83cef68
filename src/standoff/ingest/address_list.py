"""A plain list of addresses, each of which leads to a report."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.ingest import address
from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.record import each_line, report


class Addresses:
    """A list of addresses, one a line; lines that begin with # say something else."""

    kind = "list"

    def recognises(self, capture: Capture) -> bool:
        lines = [line.strip() for line in capture.head().decode("utf-8", "replace").splitlines()[:20]]
        told = [line for line in lines if line and not line.startswith("#")]
        whole = told if len(capture.head()) < 8192 else told[:-1]
        return bool(whole) and all(address.is_url(line) for line in whole)

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        seen = set()
        with capture.stream() as file:
            for number, line in enumerate(each_line(file), 1):
                words = line.decode("utf-8", "replace").strip()
                if words and not words.startswith("#") and words not in seen:  # once is enough for a page
                    seen.add(words)
                    yield report(capture, f"line {number}", {"url": words}, Options())
