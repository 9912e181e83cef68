"""The recorded answers, played by an endpoint: what a capable model answered to the real prompt about the reports of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path

from endpoint import Asked, Play, answers

REPORTS = Path(__file__).parent / "reports"
SAID = tomllib.loads((REPORTS / "answers.toml").read_text(encoding="utf-8"))


def held() -> dict[str, str]:
    """Answers by the text of their reports."""
    return {
        (folder / "text.txt").read_text(encoding="utf-8"): (folder / "answer.json").read_text(encoding="utf-8").strip()
        for folder in sorted(REPORTS.iterdir())
        if folder.is_dir()
    }


def play() -> Play:
    """Answers each of the reports as the model did."""
    known = held()
    return answers(lambda report: known[report], usage=None)


__all__ = ["REPORTS", "SAID", "Asked", "held", "play"]
