"""How fast standoff starts and reads: one line a figure. Run it with ``make bench``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import spacy

import standoff
from standoff import demo
from standoff.language.pipeline import DEFAULT_MODEL

ROUNDS = 5


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    help_page = [sys.executable, "-m", "standoff.cli", "--help"]
    started = median(
        seconds(lambda: subprocess.run(help_page, check=True, stdout=subprocess.DEVNULL)) for _ in range(ROUNDS)
    )
    print(f"standoff --help        {started * 1000:8.0f} ms")

    reports = list(demo.documents())
    words = sum(len(report.text.split()) for report in reports)
    first = seconds(lambda: standoff.extract(reports[0]))
    print(f"first report           {first * 1000:8.0f} ms  (loads the model)")

    spent = median(seconds(lambda: [standoff.extract(report) for report in reports]) for _ in range(ROUNDS))
    print(f"extract                {words / spent:8.0f} words/s  ({len(reports)} reports, {words} words)")

    nlp = spacy.load(DEFAULT_MODEL)
    texts = [report.text for report in reports]
    bare = median(seconds(lambda: [nlp(text) for text in texts]) for _ in range(ROUNDS))
    print(
        f"spaCy alone            {words / bare:8.0f} words/s  (the same model; extract runs at {bare / spent:.2f} of it)"
    )

    claims = [claim for report in reports for claim in standoff.extract(report)]
    tied = median(seconds(lambda: standoff.reconcile(claims, reports)) for _ in range(ROUNDS))
    print(f"reconcile              {tied * 1000:8.0f} ms  ({len(claims)} claims)")


if __name__ == "__main__":
    main()
