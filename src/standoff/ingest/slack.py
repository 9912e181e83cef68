"""What Slack exports of a workspace: a ZIP with a folder a channel and a file a day, and the names of its members apart."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from standoff.errors import InputError
from standoff.ingest import exports, packed, record
from standoff.ingest.capture import Capture, Options, Read

_DAY = re.compile(r"(?:[^/]+/)*(?P<channel>[^/]+)/\d{4}-\d{2}-\d{2}\.json")
_ROSTER = re.compile(r"(?:[^/]+/)?(?:users|channels)\.json")
_MENTION = re.compile(r"<@([A-Z0-9]{1,20})(?:\|([^<>\n]{1,80}))?>")
_LABELLED = re.compile(r"<(?:[!#]|https?:|mailto:)[^<>|\n]{1,2000}\|([^<>\n]{1,300})>")
_PLAIN = re.compile(r"<((?:https?:|mailto:)[^<>|\n]{1,2000})>|<!(\w{1,20})[^<>\n]{0,80}>")
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
                    held = json.loads(packed.unzipped(archive, entries[name])) if name in entries else []
                    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []

                users = next((name for name in entries if name.endswith("users.json") and _ROSTER.fullmatch(name)), "")
                names = {str(one.get("id")): _called(one) for one in listed(users)}
                yield from _messages(capture, [name for name in sorted(entries) if _DAY.fullmatch(name)], listed, names)
        except (*packed.BROKEN, RecursionError) as error:
            raise InputError(capture.name, f"a broken export of Slack ({error})"[:200], _MEND) from None


def _messages(capture: Capture, days: list[str], listed: Any, names: Mapping[str, str]) -> Iterator[Read]:
    silent = 0
    told: list[tuple[str, dict[str, Any]]] = []
    for name in days:
        for number, message in enumerate(listed(name), 1):
            text = "" if exports.is_service(message) else shown(str(message.get("text") or _attached(message)), names)
            if not text.strip():
                silent += 1
                continue
            who = names.get(str(message.get("user"))) or _called(message.get("user_profile") or {}) or message.get("username")  # fmt: skip
            told.append((f"{name}: message {number}", {"ts": message.get("ts"), "text": text, "author": who, "outlet": who}))  # fmt: skip
    left = exports.silent(silent)
    for where, one in told:
        yield record.report(replace(capture, left=(*capture.left, *left)), where, one, Options())
        left = ()


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
