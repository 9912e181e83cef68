"""Write anew what README and tutorial show of the program: ``make figures``, after a change of what is read.

The README's dispute and picture come from the sample reports, each block of the tutorial from the commands that stand in it. Lines
that a block leaves out are left out again: which lines of an output are shown is said here, by command.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

import demo_picture
import sample_site

from standoff import cli

ROOT = Path(__file__).parents[1]
README, TUTORIAL, PICTURE = ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "docs" / "demo.svg"
PORT = 8765
"""As the tutorial has it."""

Shown = Callable[[list[str]], list[str]]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ |= {"STANDOFF_ALLOW_LOOPBACK": "true", "STANDOFF_PAUSE": "0", "STANDOFF_FETCH_LOG": ""}
        README.write_text(_readme(README.read_text(encoding="utf-8")), encoding="utf-8")
        demo_picture.draw(PICTURE)
        with sample_site.served(PORT) as base:
            Path("links.csv").write_text(sample_site.links(base), encoding="utf-8")
            TUTORIAL.write_text(_tutorial(TUTORIAL.read_text(encoding="utf-8")), encoding="utf-8")


def _readme(text: str) -> str:
    """The README with the shortest dispute of the demo, of those about a figure where there are any."""
    panels = [f"╭─{part.partition('─╯')[0]}─╯" for part in printed("demo").split("╭─")[1:]]
    shown = min(panels, key=lambda one: ("How many" not in one, one.count("\n")))
    blocks = text.split("```")
    at = next(number for number, block in enumerate(blocks) if "╭─" in block)
    blocks[at] = f"\n{shown}\n"
    return "```".join(blocks)


def _tutorial(text: str) -> str:
    """The tutorial with its commands run again, in their order."""
    blocks = text.split("```console\n")
    for at, block in enumerate(blocks[1:], 1):
        inside, rest = block.split("```", 1)
        lines = []
        for line in inside.splitlines():
            if line.startswith("$ standoff "):
                lines.append(line)
                lines += _chosen(line.removeprefix("$ "), printed(*line.split()[2:]).splitlines())
        blocks[at] = "\n".join(lines) + "\n```" + rest
    return "```console\n".join(blocks)


def _chosen(command: str, output: list[str]) -> list[str]:
    shown = next((choose for begin, choose in SHOWN.items() if command.startswith(begin)), None)
    if shown is None:
        raise SystemExit(f"{command}: no word here on which lines of its output the tutorial shows; add it to SHOWN")
    lines = [line.rstrip() for line in shown([line for line in output if line.strip()])]
    if not lines:
        raise SystemExit(
            f"{command}: none of the lines that the tutorial shows is in its output; choose others in SHOWN"
        )
    return lines


def _with(*words: str, most: int = 1) -> Shown:
    return lambda output: [line for line in output if any(word in line for word in words)][:most]


def _panel(output: list[str]) -> list[str]:
    """The sides of the first dispute: their names, what each holds, and the first words that say so."""
    inside = [line for line in output if line.count("│") == 3 and line.replace("│", "").strip()]
    return inside[:3]


SHOWN: dict[str, Shown] = {
    "standoff add": lambda output: output[-2:],
    "standoff documents --failed": _with("status 404"),
    "standoff documents": _with("nobody"),
    "standoff disputes --kind count": _panel,
    "standoff disputes --csv": lambda output: [output[0], *_with("figures do not meet")(output)],
    "standoff incidents --policy": _with("by the rule of"),
    "standoff incidents": _with("killed"),
    "standoff export": _with("records", most=2),
}
"""Which lines of a command's output the tutorial shows, by how the command begins."""


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(cli.app, list(arguments))
    if done.exit_code not in (0, 3):
        raise SystemExit(done.output)
    return done.stdout


if __name__ == "__main__":
    main()
