"""Crises whose truth is known: a folder with ``reports.csv`` (``id``, ``title``, ``outlet``, ``url``, ``published``, ``text``),
``truth.json`` (happenings, disputes, figures, each with verbatim quotes) and ``meta.json``."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.model import Document

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Crisis:
    """An archive whose truth is known."""

    name: str
    documents: tuple[Document, ...]
    truth: Row
    voices: dict[str, str]
    """Of outlets that speak for a body, its party."""


def load(folder: Path) -> Crisis:
    """The crisis of a folder.

    Raises:
        InputError: a file is missing or not well formed.
    """
    try:
        with (folder / "reports.csv").open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        voices = json.loads((folder / "meta.json").read_text(encoding="utf-8")).get("voices", {})
        documents = tuple(_document(row) for row in rows)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(str(folder), f"no crisis: {error!r}", "it has reports.csv, truth.json and meta.json") from None
    return Crisis(folder.name, documents, truth, voices)


def _document(row: Row) -> Document:
    text = f"{row['title']}\n\n{row['text']}"
    return Document(
        row["id"],
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=date.fromisoformat(row["published"]),
    )
