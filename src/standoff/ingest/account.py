"""Everything of one account, as X and Substack give it to its owner: a ZIP in which what was published lies among much else.

Who follows whom, letters, drafts, what others wrote and lists of readers are no reports; they are named and not opened.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from standoff.errors import InputError
from standoff.ingest import dates, packed, record
from standoff.ingest.capture import Capture, Failed, Options, Read, Said
from standoff.ingest.json_lines import SCRIPT

_POSTS = re.compile(r"(?:^|/)data/tweets?(?:-part\d+)?\.js$")
_LONG = re.compile(r"(?:^|/)data/note-tweet(?:-part\d+)?\.js$")
_OWNER = re.compile(r"(?:^|/)data/account\.js$")
_LETTER = re.compile(r"(?:^|/)posts/(\d+\.[^/]+)\.html$")
_LIST = re.compile(r"(?:^|/)posts\.csv$")
_SAME = 100
"""Letters by which the beginning of a long post is known in the list of posts, which has no more of it."""
_MEND = "ask for the archive again, or unpack it and add the folder"


class Account:
    """The archive of an account."""

    kind = "account"

    def recognises(self, capture: Capture) -> bool:
        if not capture.head().startswith(b"PK\x03\x04"):
            return False
        names = _names(capture)
        return any(map(_POSTS.search, names)) or (any(map(_LIST.search, names)) and any(map(_LETTER.search, names)))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
                entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
                if len(entries) > packed.MAX_ENTRIES:
                    raise InputError(capture.name, f"a ZIP of more than {packed.MAX_ENTRIES:,} files", "split it")

                def whole(name: str) -> bytes:
                    return packed.unzipped(archive, entries[name])

                how = _x if any(map(_POSTS.search, entries)) else _substack
                yield from how(capture, list(entries), whole)
        except (*packed.BROKEN, csv.Error) as error:
            raise InputError(capture.name, f"a broken archive ({error})"[:200], _MEND) from None


def _names(capture: Capture) -> list[str]:
    try:
        with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
            return archive.namelist()[: packed.MAX_ENTRIES]
    except packed.BROKEN:
        return []


def _x(capture: Capture, names: Sequence[str], whole: Any) -> Iterator[Read]:
    posts = [name for name in names if _POSTS.search(name)]
    long = [name for name in names if _LONG.search(name)]
    owner = next((name for name in names if _OWNER.search(name)), None)
    left = _others(name for name in names if name not in {*posts, *long, owner} and name.endswith(".js"))
    who = _owner(whole(owner)) if owner else Said()
    notes = [text for name in long for one in _list(whole(name)) if (text := _deep(one, "noteTweet", "core", "text"))]
    held: list[Mapping[str, Any]] = []
    passed_on = 0
    for name in posts:
        for one in _list(whole(name)):
            post = one.get("tweet", one) if isinstance(one, Mapping) else None
            if not isinstance(post, Mapping):
                yield record.failed(capture, name, "no object with fields", _MEND)
            elif str(post.get("full_text", "")).startswith("RT @"):
                passed_on += 1
            else:
                held.append(post)
    if passed_on:
        left = (*left, f"{passed_on} {'post' if passed_on == 1 else 'posts'} of others, passed on")
    for number, post in enumerate(held, 1):
        told = unescape(str(post.get("full_text", "")))
        begins = told.rstrip("… ").rsplit(" https://t.co/", 1)[0].rstrip("… ")[:_SAME]
        longer = next((text for text in notes if begins and text.startswith(begins)), None)
        yield record.report(
            replace(capture, said=capture.said.over(who), left=(*capture.left, *left) if number == 1 else capture.left),
            f"post {post.get('id_str') or number}",
            {**post, "full_text": longer or told},
            Options(),
        )


def _substack(capture: Capture, names: Sequence[str], whole: Any) -> Iterator[Read]:
    listed = next(name for name in names if _LIST.search(name))
    rows = {
        row.get("post_id", ""): row for row in csv.DictReader(io.StringIO(whole(listed).decode("utf-8-sig", "replace")))
    }
    letters = {name: rows.get(found.group(1), {}) for name in names if (found := _LETTER.search(name))}
    drafts = [name for name, row in letters.items() if str(row.get("is_published", "true")).lower() == "false"]
    left = _others(name for name in names if name not in letters and name != listed)
    if drafts:
        left = (*left, f"{len(drafts)} {'draft' if len(drafts) == 1 else 'drafts'}, never published")
    for number, name in enumerate((name for name in letters if name not in drafts), 1):
        try:
            page = whole(name)
        except InputError as error:
            where = f"{capture.name}: {name}"
            yield Failed(where, capture.root, InputError(where, error.why, error.mend))
            continue
        row = letters[name]
        day = dates.iso_day(row.get("post_date"))
        said = Said(title=row.get("title") or None, published=day, date_method="column" if day else None)
        yield capture.part(
            name,
            b"<html><body><article>" + page + b"</article></body></html>",
            capture.inherited.over(said),
            charset="utf-8",
            file=name,
            left=(*capture.left, *left) if number == 1 else capture.left,
        )


def _others(names: Iterator[str]) -> tuple[str, ...]:
    """What is no report, by its names."""
    told = sorted({name.rpartition("/")[2] for name in names})
    return (f"{len(told)} files of it, which are no reports: {', '.join(told[:10])}",) if told else ()


def _list(data: bytes) -> list[Any]:
    """The list that a script of X holds."""
    try:
        found = json.loads(SCRIPT.sub("", data.decode("utf-8-sig", "replace")))
    except (ValueError, RecursionError) as error:
        raise InputError("", f"not JSON ({error})"[:200], _MEND) from None
    return found if isinstance(found, list) else []


def _owner(data: bytes) -> Said:
    """Whose archive it is."""
    for one in _list(data):
        account = one.get("account") if isinstance(one, Mapping) else None
        if isinstance(account, Mapping):
            name, handle = account.get("accountDisplayName"), account.get("username")
            return Said(author=str(name) if name else None, outlet=f"@{handle}" if handle else None)
    return Said()


def _deep(value: Any, *names: str) -> str | None:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None
