"""What models answered, kept by what they were asked: the same question again costs nothing and gets the same answer."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from standoff.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: its words, what it took, and when it was given."""

    text: str
    tokens_in: int
    tokens_out: int
    finish: str
    at: str


def key(question: dict[str, Any]) -> str:
    """What a question is known by: model, messages, form and options, and not the place where it is asked."""
    return hashlib.sha256(json.dumps(question, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


class Answers:
    """A folder of answers, a file each; None for nowhere."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> Kept | None:
        """The answer to a question; None where there is none, or its file is spoilt."""
        if self._folder is None:
            return None
        try:
            held = json.loads(self._path(key).read_bytes())
            counted = int(held["tokens_in"]), int(held["tokens_out"])
            kept = Kept(str(held["text"]), *counted, str(held["finish"]), str(held["at"]))
            datetime.fromisoformat(kept.at)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return kept

    def put(self, key: str, answer: Kept) -> None:
        """Keep an answer, whole or not at all.

        Raises:
            SettingsError: the folder cannot be written to.
        """
        if self._folder is None:
            return
        path = self._path(key)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # For the user alone: answers quote the reports.
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(answer), file, ensure_ascii=False)
            beside.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink()
            why = f"cannot be written ({error.strerror})"
            raise SettingsError(
                f"answers {self._folder}", why, "set answers to another folder, or to nothing"
            ) from None

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / f"{key}.json"
