"""What standoff runs on: versions, the model, the gazetteer, the database, and what is known to be wrong with them."""

from __future__ import annotations

import json
import platform
import pyexpat
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import standoff

# A rare race when one connection writes while another resets the write-ahead log can damage the file.
_EXPAT_MENDED = (2, 8, 0)
_PYTHON_MENDED = {(3, 11): (3, 11, 14), (3, 12): (3, 12, 12), (3, 13): (3, 13, 9)}
"""The releases in which holes in zipfile, email, html.parser and urllib that were known by the end of 2025 are mended."""
_WAL_RESET = ((3, 7, 0), (3, 51, 3))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``fault`` is a known weakness to live with; ``missing`` stops standoff from working."""

    name: str
    value: str
    fault: str = ""
    missing: bool = False


def examine(model: str) -> tuple[Finding, ...]:
    """Everything that a report of a fault should say about the machine."""
    return (
        Finding("standoff", standoff.__version__),
        _python(),
        _package("spaCy", "spacy"),
        _model(model),
        _gazetteer(),
        _sqlite(),
        _fts5(),
        _package("SQLAlchemy", "sqlalchemy"),
        _package("trafilatura", "trafilatura"),
        _package("pypdfium2", "pypdfium2"),
        _expat(),
    )


def _python() -> Finding:
    """Holes in Python itself that what standoff reads could use, by the release that mends them."""
    version = sys.version_info[:3]
    mended = _PYTHON_MENDED.get(version[:2])
    shown = platform.python_version()
    if mended is not None and version < mended:
        known = (
            f"has known holes in its readers of archives, mail and addresses: update to {'.'.join(map(str, mended))}"
        )
        return Finding("Python", shown, known + ", unless your distribution mends them in an older one")
    return Finding("Python", shown)


def _package(name: str, distribution: str) -> Finding:
    try:
        return Finding(name, metadata.version(distribution))
    except metadata.PackageNotFoundError:
        return Finding(name, "not installed", f"pip install {distribution}", missing=True)


def _model(model: str) -> Finding:
    """A pipeline is a package, or a folder with a meta.json."""
    try:
        return Finding("model", f"{model} {metadata.version(model)}")
    except (metadata.PackageNotFoundError, ValueError):
        pass
    try:
        meta = json.loads((Path(model) / "meta.json").read_text(encoding="utf-8"))
        return Finding("model", f"{model} {meta['version']}")
    except (OSError, ValueError, KeyError, TypeError):
        return Finding("model", f"{model} not installed", "pip install it, or name another with --model", missing=True)


def _gazetteer() -> Finding:
    found = sorted(Path(standoff.__file__).parent.rglob("*.sqlite"))
    if not found:
        return Finding("gazetteer", "not found", "places are found by the lexicon alone")
    try:
        with closing(sqlite3.connect(f"{found[0].resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = max(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)  # noqa: S608
    except (sqlite3.Error, ValueError):
        return Finding("gazetteer", f"{found[0].name} cannot be read", "install standoff again", missing=True)
    return Finding("gazetteer", f"{found[0].name}, {rows:,} rows")


def _expat() -> Finding:
    """The XML parser that feeds are read with."""
    version = ".".join(map(str, pyexpat.version_info))
    if pyexpat.version_info < _EXPAT_MENDED:
        return Finding(
            "expat", version, "a feed made for it can keep it busy (CVE-2026-41080): the child's clock ends that"
        )
    return Finding("expat", version)


def _sqlite() -> Finding:
    first, mended = _WAL_RESET
    version = sqlite3.sqlite_version
    if first <= sqlite3.sqlite_version_info < mended:
        return Finding(
            "SQLite",
            version,
            "has the WAL-reset fault (3.7.0 to 3.51.2, unless your distribution has mended it): "
            "let one process at a time write to a store",
        )
    return Finding("SQLite", version)


def _fts5() -> Finding:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            return Finding("FTS5", "missing", "full-text search will not work with this SQLite")
    return Finding("FTS5", "present")
