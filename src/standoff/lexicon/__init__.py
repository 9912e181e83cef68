"""The language's knowledge as data: one TOML file a subject, an example sentence beside every entry."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from standoff.errors import LexiconError


@cache
def load(name: str) -> dict[str, Any]:
    """Read ``lexicon/<name>.toml``. The result is shared: callers do not change it.

    Raises:
        LexiconError: there is no such file, or it is not TOML.
    """
    path = resources.files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"lexicon/{name}.toml", "no such file") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon/{name}.toml", str(error), "mend the TOML") from None


def names() -> tuple[str, ...]:
    """Names of all lexicon files, sorted."""
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in resources.files(__name__).iterdir()
            if entry.name.endswith(".toml")
        )
    )
