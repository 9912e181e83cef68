"""What the README shows is what the program prints."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def printed(*args: str) -> str:
    result = CliRunner().invoke(cli.app, list(args))
    assert result.exit_code == 0
    return result.stdout.strip("\n")


def test_the_six_sentences() -> None:
    assert printed("extract", str(ROOT / "docs" / "six.txt"), "--table") in README


def test_the_dispute_of_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = next(block for block in README.split("```") if "╭─" in block).strip()
    assert shown in printed("demo")


def test_the_commands_are_there() -> None:
    code = "\n".join(README.split("```")[1::2])
    commands = {line.split()[1] for line in code.splitlines() if line.startswith("standoff ")}
    help_page = printed("--help")
    assert commands
    assert [command for command in commands if command not in help_page] == []


def test_the_version_is_that_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert printed("--version").endswith(version)
