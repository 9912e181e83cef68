"""What people have, to documents: each input is known by its bytes, and what it holds is read in turn.

Ingesters are entry points of the group ``standoff.ingesters``: another package's joins the built-in ones and is asked
before them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from standoff.errors import InputError, StandoffError
from standoff.ingest import beside, condense, pagewords
from standoff.ingest.account import Account
from standoff.ingest.address_list import Addresses
from standoff.ingest.capture import Capture, Failed, Ingester, Options, Read, Reference, written
from standoff.ingest.chat import Chat
from standoff.ingest.chatlog import ChatLog
from standoff.ingest.clippings import Clippings
from standoff.ingest.eventmap import EventMap
from standoff.ingest.feed import Feed
from standoff.ingest.html import Html
from standoff.ingest.json_lines import JsonLines
from standoff.ingest.mail import Mail, Mbox
from standoff.ingest.mhtml import Mhtml
from standoff.ingest.office import Office
from standoff.ingest.packed import Tar, Zip
from standoff.ingest.parquet import Parquet
from standoff.ingest.pdf import Pdf
from standoff.ingest.references import References
from standoff.ingest.several import Several
from standoff.ingest.slack import Slack
from standoff.ingest.subtitles import Subtitles
from standoff.ingest.table import Csv
from standoff.ingest.telegram import Telegram
from standoff.ingest.text import Markdown, Text
from standoff.ingest.warc import Wacz, Warc
from standoff.ingest.wire import Wire
from standoff.ingest.workbook import Workbook
from standoff.model import Document

GROUP = "standoff.ingesters"
MAX_DEPTH = 3
"""A page in a WARC in a WACZ; more is a bomb."""

# The most certain marks first; what is nothing else is text.
BUILT_IN: tuple[Ingester, ...] = (
    Pdf(), Wacz(), Workbook(), Office(), Warc(), Parquet(), Account(), Slack(), Zip(), Tar(), Feed(), Telegram(), EventMap(), Clippings(), Html(), JsonLines(), Mhtml(), ChatLog(), Mbox(), Mail(), Addresses(), Chat(), Subtitles(), References(), Csv(), Wire(), Several(), Markdown(), Text(),
)  # fmt: skip


CONTAINERS = frozenset(
    {
        "wacz",
        "warc",
        "feed",
        "telegram",
        "mbox",
        "jsonl",
        "csv",
        "parquet",
        "list",
        "zip",
        "tar",
        "xlsx",
        "account",
        "clippings",
        "several",
        "wire",
        "slack",
        "chatlog",
        "eventmap",
        "chat",
        "ris",
    }
)
"""Kinds that hold reports, each to be read by itself."""
_OF_TABLES = frozenset({"jsonl", "parquet", "xlsx", "zip", "tar", "csv"})
"""Kinds that have columns, or hold what has."""


class Spent(InputError):
    """All that one input may take is used up: what is left of it is not read."""


def level(capture: Capture, options: Options) -> Iterator[Read]:
    """What an input holds: its document, or what lies in it, to be read in turn."""
    return condense.condensed(recognise(capture, options).read(capture, options), capture)


def read(
    capture: Capture, options: Options, how: Callable[[Capture, Options], Iterator[Read]] = level
) -> Iterator[Document | Reference | Failed]:
    """The documents of an input, links to others, and what could not be read. One that fails stops no other.

    ``how`` reads one level of it: here, or in a child (:mod:`standoff.ingest.bounded`).
    """
    try:
        yield from condense.condensed(_read(capture, options, how), capture)
    except StandoffError as error:
        yield Failed(capture.name, capture.root, error)


def _read(
    capture: Capture, options: Options, how: Callable[[Capture, Options], Iterator[Read]]
) -> Iterator[Document | Reference | Failed]:
    try:
        if capture.depth > MAX_DEPTH:
            raise InputError(capture.name, "packed too deep", "unpack it first")
        for found in how(capture, options):
            if isinstance(found, Capture):
                yield from _read(found, options, how)
            else:
                yield found
    except Spent:
        raise
    except StandoffError as error:
        yield Failed(capture.name, capture.root, error)
    except Exception as error:  # a fault of an ingester, maybe another package's, stops no other input
        if sys.flags.dev_mode:
            raise
        why = f"standoff failed on it ({error!r})"[:300]
        yield Failed(capture.name, capture.root, InputError(capture.name, why, "please report it, with the input"))


def recognise(capture: Capture, options: Options) -> Ingester:
    """Who reads this input, by its bytes alone. Columns that a user names say that it is a table, be it one of several in
    a workbook or a packed folder."""
    found = next(one for one in ingesters() if one.recognises(capture))
    return found if not options.columns or capture.depth or found.kind in _OF_TABLES else Csv()


@cache
def ingesters() -> tuple[Ingester, ...]:
    """Those of other packages by name, then the built-in ones."""
    others = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    found = []
    for entry in others:
        try:
            found.append(entry.load()())
        except Exception as error:
            why = f"cannot be loaded ({error!r})"
            raise InputError(f"ingester {entry.name!r}", why, "mend or uninstall the package that brings it") from error
    return (*found, *BUILT_IN)


def _belongs_to(folder: str) -> str | None:
    """The page that a folder was saved with: ``report_files``, ``report-Dateien``, ``report.files``."""
    stem, mark, kind = max((folder.rpartition(mark) for mark in "_-."), key=lambda parts: len(parts[0]))
    return stem if mark and kind.lower() in pagewords.listed("saved_with") else None


def files(path: Path) -> Iterator[Path]:
    """The files of a folder and of the folders in it, by name; hidden ones, links and what may not be read are left, and
    so is what a browser saved with a page: its pictures and frames, in a folder called after it."""
    return (found for found in walk(path) if isinstance(found, Path))


def walk(path: Path) -> Iterator[Path | Failed]:
    """The same, with the folders that cannot be looked into; the others are. However deep they lie.

    Raises:
        OSError: the folder itself cannot be looked into.
    """
    left = _listed(path)
    while left:
        entry = left.pop()
        try:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                left.extend(_listed(entry))
            elif entry.is_file() and not beside.is_system(entry.name):
                yield entry
        except OSError as error:
            name = written(entry)
            why = f"cannot be looked into ({error.strerror})"
            yield Failed(name, name, InputError(name, why, "change its permissions, or move what is in it"))


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder, the last name first, without what belongs to a page that was saved beside it."""
    entries = sorted(folder.iterdir(), reverse=True)
    pages = {entry.stem for entry in entries if entry.suffix.lower() in _PAGES}
    return [entry for entry in entries if _belongs_to(entry.name) not in pages or not entry.is_dir()]


_PAGES = {".html", ".htm", ".xhtml"}
