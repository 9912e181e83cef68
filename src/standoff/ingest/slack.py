"""What Slack exports of a workspace: a ZIP with a folder a channel and a file a day, and the names of its members apart."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from standoff.errors import InputError
from standoff.ingest import exports, packed, record
from standoff.ingest.capture import Capture, Failed, Options, Read

_DAY = re.compile(r"(?:[^/]+/)*(?P<channel>[^/]+)/\d{4}-\d{2}-\d{2}\.json")
_ROSTER = re.compile(r"(?:[^/]+/)?(?:users|channels)\.json")
_MENTION = re.compile(r"<@([A-Z0-9]{1,20})(?:\|([^<>\n]{1,80}))?>")
_LABELLED = re.compile(r"<(?:[!#]|https?:|mailto:)[^<>|\n]{1,2000}\|([^<>\n]{1,300})>")
_PLAIN = re.compile(r"<((?:https?:|mailto:)[^<>|\n]{1,2000})>|<!(\w{1,20})[^<>\n]{0,80}>")
MAX_DAY = 20_000_000
"""Bytes of one day, which has to be held whole."""
_MEND = "export it again, or unpack it and add the folder"


class Slack:
    """The export of a workspace: a message a report."""

    kind = "slack"

    def recognises(self, capture: Capture) -> bool:
        if not capture.head().startswith(b"PK\x03\x04"):
            return False
        try:
            with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
                names = archive.namelist()[: packed.MAX_ENTRIES]
        except packed.BROKEN:
            return False
        return any(map(_ROSTER.fullmatch, names)) and any(map(_DAY.fullmatch, names))

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        try:
            with capture.stream() as stream, zipfile.ZipFile(stream) as archive:
                entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
                if len(entries) > packed.MAX_ENTRIES:
                    raise InputError(capture.name, f"a ZIP of more than {packed.MAX_ENTRIES:,} files", "split it")

                def listed(name: str) -> list[Any]:
                    held = json.loads(_told(archive, entries[name])) if name in entries else []
                    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []

                yield from _messages(capture, sorted(entries), listed)
        except packed.BROKEN as error:
            raise InputError(capture.name, f"a broken export of Slack ({error})"[:200], _MEND) from None


def _told(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > MAX_DAY:
        raise InputError("", f"a day of more than {MAX_DAY // 1_000_000} MB", "unpack it, and split this file")
    return packed.unzipped(archive, entry)


def _messages(capture: Capture, files: list[str], listed: Callable[[str], list[Any]]) -> Iterator[Read]:
    """The messages day by day, and with the last how many have no words. A file that cannot be read stops no other."""
    names: dict[str, str] = {}
    held: tuple[str, dict[str, Any]] | None = None
    silent, failed = 0, False
    for name in sorted(files, key=lambda one: not _ROSTER.fullmatch(one)):
        users, day = _ROSTER.fullmatch(name) is not None and name.endswith("users.json"), _DAY.fullmatch(name)
        if not users and not day:
            continue
        try:
            told = listed(name)
        except (*packed.BROKEN, RecursionError, MemoryError, InputError) as error:
            failed = True
            yield _failed(capture, name, error)
            continue
        if users:
            names = names or {str(one.get("id")): _called(one) for one in told}
            continue
        for number, message in enumerate(told, 1):
            text = "" if exports.is_service(message) else shown(str(message.get("text") or _attached(message)), names)
            if not text.strip():
                silent += 1
                continue
            who = names.get(str(message.get("user"))) or _called(message.get("user_profile") or {}) or message.get("username")  # fmt: skip
            if held is not None:
                yield record.report(capture, *held, Options())
            held = f"{name}: message {number}", {"ts": message.get("ts"), "text": text, "author": who, "outlet": who}
    if held is not None:
        left = (*capture.left, *exports.silent(silent))
        yield record.report(replace(capture, left=left), *held, Options())
    elif not failed:
        raise InputError(capture.name, "a workspace without a message in words", _MEND)


def _failed(capture: Capture, name: str, error: Exception) -> Failed:
    where = f"{capture.name}: {name}"
    if isinstance(error, InputError):
        return Failed(where, capture.root, InputError(where, error.why, error.mend))
    why = "needs more memory than there is" if isinstance(error, MemoryError) else f"no list of messages ({error})"
    return Failed(where, capture.root, InputError(where, why[:200], _MEND))


def _called(user: Any) -> str:
    """A member's name: the one that others see of those that there are."""
    profile = user.get("profile") if isinstance(user, Mapping) else None
    held = [one for one in (profile, user) if isinstance(one, Mapping)]
    return next((str(one[name]) for name in ("real_name", "display_name", "name") for one in held if one.get(name)), "")


def _attached(message: Mapping[str, Any]) -> str:
    """The words of what a program posted, which stand beside its message."""
    held = message.get("attachments")
    parts = [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []
    return "\n\n".join(str(one.get("text") or one.get("fallback") or "") for one in parts)


def shown(text: str, names: Mapping[str, str]) -> str:
    """A message as its readers see it.

    >>> shown("<@U1> told &amp; wrote <https://www.example.org/a|here>", {"U1": "Ali"})
    '@Ali told & wrote here'
    """
    text = _MENTION.sub(lambda found: f"@{names.get(found[1]) or found[2] or found[1]}", text)
    text = _PLAIN.sub(lambda found: found[1] or f"@{found[2]}", _LABELLED.sub(r"\1", text))
    return unescape(text)
