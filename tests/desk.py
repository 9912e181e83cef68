"""A language model as the reader, over an endpoint of ours: by settings, or in a folder whose standoff.toml names it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

import recorded
from endpoint import KEY, Endpoint, endpoint
from standoff import cli
from standoff.readers.choice import choose
from standoff.readers.named import Named
from standoff.settings import Settings


def settings(
    found: Endpoint, *, answers: str | Path = "", log: str = "", offline: bool = False, **more: object
) -> Settings:
    """Settings that name the endpoint as the reader, with what they say of it besides."""
    held: dict[str, Any] = {"address": found.address, "model": "test-model", "seconds": 20, **more}
    return Settings(reader="m", readers={"m": held}, answers=str(answers), fetch_log=log, offline=offline)


def named(found: Endpoint, **more: Any) -> Named:
    """The reader of an endpoint; it waits for nothing."""
    reader = choose(settings(found, **more)).named
    assert reader is not None
    reader.client.sleep = lambda seconds: None
    return reader


@contextmanager
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, **more: object) -> Iterator[Endpoint]:
    """The folder as the one that is worked in; its model answers as it was recorded."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("STANDOFF_FETCH_LOG", "")
    monkeypatch.setenv("M_KEY", KEY)
    with endpoint(recorded.play()) as found:
        write(found, **more)
        yield found


def write(found: Endpoint, **more: object) -> None:
    """The settings of the folder, with what they say of the model besides."""
    held = {"address": found.address, "model": "test-model", "key": "M_KEY", **more}
    lines = [f"{name} = {json.dumps(value)}" for name, value in held.items()]
    Path("standoff.toml").write_text('answers = "answers"\n[readers.m]\n' + "\n".join(lines) + "\n", encoding="utf-8")


def run(*arguments: str, code: int = 0) -> Result:
    """A command that ends with this status, and nowhere says the key."""
    done = CliRunner().invoke(cli.app, list(arguments))
    assert done.exit_code == code, done.output
    assert KEY not in done.output
    return done
