"""Fuzz one ingester with atheris (coverage-guided), from good inputs on.

    pip install atheris
    python benchmarks/fuzz.py html -max_total_time=600

What an ingester makes of any bytes is documents, or reasons in one line; everything else is a fault, and is shown with the
bytes that bring it about. What runs in the child otherwise is called here directly, so that its coverage is seen.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["standoff.ingest"]):
    from seeds import SEEDS, Here

    from standoff.errors import InputError
    from standoff.ingest import child
    from standoff.ingest.capture import Capture, Options, now


def main() -> None:
    ingester, seeds = SEEDS[sys.argv.pop(1)]
    child.shared = Here()
    options = Options()

    def one(data: bytes) -> None:
        capture = Capture("x", "x", data, now())
        ingester.recognises(capture)
        try:
            for found in ingester.read(capture, options):
                str(found)
        except InputError as error:
            if "\n" in str(error):
                raise RuntimeError("a reason of several lines") from error

    corpus = Path(sys.argv[0]).with_name(f".corpus-{ingester.kind}")
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    atheris.Setup([*sys.argv, "-rss_limit_mb=4096", "-timeout=30", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
