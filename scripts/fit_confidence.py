"""Fit the weights of confidence to hand-coded reports: python scripts/fit_confidence.py FOLDER…

Writes ``src/standoff/language/data/confidence.toml`` and prints how such a fit holds on reports that it has not seen.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import standoff
from standoff.evaluate import claims, reliability

FILE = Path(__file__).parents[1] / "src/standoff/language/data/confidence.toml"
HEAD = """\
# Weights of the logistic model in confidence.py, fitted to {claims} claims of {reports} hand-coded reports by
# scripts/fit_confidence.py. Positive: surer. The base rate "one" is {shift} in log-odds below the fit: reports on which the
# rules were made are read better than others (docs/accuracy.md, "Where nobody looked").

[weights]
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--shift", type=float, default=0.8, help="log-odds by which reports that nobody read fall short")
    given = asked.parse_args()
    golds = [gold for folder in given.folders for gold in claims.load(folder)]
    coded = {gold.document.id: standoff.extract(gold.document) for gold in golds}
    judged = reliability.judge(golds, coded)
    for row in reliability.curve(reliability.held_out(judged)).rows:
        print("  ".join(f"{cell:>25}" if n == 0 else f"{cell:>6}" for n, cell in enumerate(row)))
    fitted = reliability.fit(judged)
    fitted["one"] = round(fitted["one"] - given.shift, 3)
    lines = "".join(f'"{name}" = {weight}\n' for name, weight in fitted.items())
    FILE.write_text(HEAD.format(claims=len(judged), reports=len(golds), shift=given.shift) + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
