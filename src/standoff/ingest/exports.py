"""Exports of other programs, known by their heads (``lexicon/exports.toml``): which column is the text, and which hold events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from standoff import lexicon

_DEEPEST = 6
_DEEPEST_HELD, _MANY_HELD = 30, 100_000
_REDDIT = "https://www.reddit.com"
_MANY = 400
"""Fields of one record that are looked at."""


@dataclass(frozen=True)
class Export:
    """What one program writes."""

    name: str
    has: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    asked: str | None = None
    """Of event data: how to read what reports it names, when that is asked for."""
    lead: str | None = None
    """A column that holds the first sentences, which the text may go on from."""
    cut: str | None = None
    """A column with the first words of the text, and how many characters of it are missing."""
    brief: str | None = None
    """A column that sums the report up: read where its text is not there and its page cannot be had."""


def known(names: Iterable[str]) -> Export | None:
    """The export that has these columns; of several the one that is told apart by most."""
    held = set(names)
    fitting = [one for one in _exports() if one.has <= held]
    return max(fitting, key=lambda one: len(one.has), default=None)


def flat(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A record's fields by their names in lower case; one in another by both names with a dot, and of a list of
    objects the first.

    >>> flat({"Title": "x", "date": {"created": "2026-03-10"}, "source": [{"name": "OCHA"}]})
    {'title': 'x', 'date.created': '2026-03-10', 'source.name': 'OCHA'}
    """
    found: dict[str, Any] = {}

    def put(value: Any, name: str, depth: int) -> None:
        if len(found) >= _MANY or depth > _DEEPEST:
            return
        if name == "text" and isinstance(value, list) and not all(isinstance(one, str) for one in value):
            found[name] = _pieces(value)
        elif name == "body" and isinstance(value, Mapping) and "sections" in value:
            found[name] = _sections(value)
        elif isinstance(value, Mapping):
            for inner, one in value.items():
                if isinstance(inner, str):
                    put(one, f"{name}.{inner.strip().lower()}" if name else inner.strip().lower(), depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            put(value[0], name, depth + 1)
        else:
            found.setdefault(name, value)

    put(record, "", 0)
    return found


def records(whole: Any) -> tuple[list[Any], str | None] | None:
    """The records that a JSON object holds, and what it calls itself; None where it is one record."""
    if not isinstance(whole, Mapping):
        return None
    names = {name.lower(): name for name in whole if isinstance(name, str)}
    if (chats := _chats(whole)) is not None:
        return chats, None
    for holder in _holders():
        value = whole.get(names.get(holder, ""))
        if isinstance(value, Mapping) and holder in {"hits", "response"}:  # what a search engine answers
            return records(value)
        if isinstance(value, Mapping) and any(inner in value for inner in _holders()):
            return records(value)
        if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            title = whole.get("name") or whole.get("title")
            return _with_authors(whole, value), title if isinstance(title, str) else None
    return None


def within(whole: Any, name: str) -> list[Any]:
    """The objects in some JSON, however deep, that have a field of this name, each with what it is called in full, and
    with what the objects around it say.

    >>> within([{"day": "x", "a": {"b": [{"c": "one"}, {"c": "two"}]}}], "b.c")
    [{'day': 'x', 'c': 'one', 'b.c': 'one'}, {'day': 'x', 'c': 'two', 'b.c': 'two'}]
    """
    last = re.split(r"[.\[\]]+", name.strip("[].").lower())[-1]
    found: list[Any] = []

    def look(value: Any, around: Mapping[str, Any], depth: int) -> None:
        if depth > _DEEPEST_HELD or len(found) >= _MANY_HELD:
            return
        if isinstance(value, list):
            for one in value:
                look(one, around, depth + 1)
        elif isinstance(value, Mapping):
            own = {key.lower(): inner for key, inner in value.items() if isinstance(key, str)}
            plain = {key: inner for key, inner in own.items() if not isinstance(inner, list | Mapping)}
            around = {**around, **plain}
            if isinstance(own.get(last), str):
                found.append({**around, name.lower(): own[last]})
            for inner in value.values():
                if isinstance(inner, list | Mapping):
                    look(inner, around, depth + 1)

    look(whole, {}, 0)
    return found


def listings(values: Any) -> list[Any] | None:
    """The posts and comments of what Reddit answers, answers to comments after them; None where it is none of Reddit's."""
    if isinstance(values, Mapping):
        values = [values]
    if not values or not all(isinstance(one, Mapping) and one.get("kind") == "Listing" for one in values):
        return None
    found: list[Any] = []

    def look(listing: Any, depth: int) -> None:
        data = listing.get("data") if isinstance(listing, Mapping) else None
        children = data.get("children") if isinstance(data, Mapping) and depth <= _DEEPEST_HELD else None
        for child in children if isinstance(children, list) else []:
            one = child.get("data") if isinstance(child, Mapping) else None
            if isinstance(one, Mapping) and child.get("kind") != "more":
                link = str(one.get("permalink") or "")
                own = {name: value for name, value in one.items() if name != "replies"}
                found.append({**own, "permalink": _REDDIT + link} if link.startswith("/") else own)
                look(one.get("replies"), depth + 1)

    for one in values:
        look(one, 0)
    return found


def is_service(message: Mapping[Any, Any]) -> bool:
    """Whether a program of messages says in one what somebody did: joined, left, named a channel.

    >>> is_service({"type": "message", "subtype": "channel_join"}), is_service({"type": "message"})
    (True, False)
    """
    return any(str(message.get(name, "")).lower() in _services() for name in ("type", "subtype"))


def silent(many: int) -> tuple[str, ...]:
    """What is told of messages that have no words.

    >>> silent(0), silent(1), silent(12)
    ((), ('1 message without text left out',), ('12 messages without text left out',))
    """
    return (f"{many} {'message' if many == 1 else 'messages'} without text left out",) if many else ()


@cache
def _services() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("exports")["service"] for word in entry["words"])


def _chats(whole: Mapping[Any, Any]) -> list[Any] | None:
    """The messages of every chat of an account, which Telegram Desktop writes into one file, each with its chat's name."""
    chats = whole.get("chats")
    held = chats.get("list") if isinstance(chats, Mapping) else None
    if not isinstance(held, list):
        return None
    return [
        {**one, "chat": chat.get("name"), "from": one.get("forwarded_from") or chat.get("name") or one.get("from")}
        for chat in held
        if isinstance(chat, Mapping) and isinstance(chat.get("messages"), list)
        for one in chat["messages"]
        if isinstance(one, Mapping)
    ]


def unpacked(record: Any) -> Any:
    """A record without the wrapping that some programs put around each."""
    for _ in range(2):
        if isinstance(record, Mapping):
            for name in ("_source", "fields", "tweet", "attributes"):
                inner = record.get(name)
                if isinstance(inner, Mapping) and (name != "fields" or len(record) < 12):
                    record = {**{k: v for k, v in record.items() if k != name}, **inner}
    return record


def _with_authors(whole: Mapping[Any, Any], held: list[Any]) -> list[Any]:
    """Posts with their authors' names, which X gives apart."""
    includes = whole.get("includes")
    users = includes.get("users") if isinstance(includes, Mapping) else None
    if not isinstance(users, list):
        return held
    by_id = {user.get("id"): user for user in users if isinstance(user, Mapping)}
    return [
        {**one, "author": by_id[one["author_id"]]} if isinstance(one, dict) and one.get("author_id") in by_id else one
        for one in held
    ]


def _pieces(value: list[Any]) -> str:
    """A text that Telegram gives in pieces, each plain or an object."""
    return "".join(
        one if isinstance(one, str) else str(one.get("text", "")) if isinstance(one, Mapping) else "" for one in value
    )


def _sections(body: Mapping[Any, Any]) -> str:
    """An article that Fundus gives in sections."""

    def lines(value: Any) -> list[str]:
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    parts = lines(body.get("summary"))
    for section in body.get("sections") or []:
        if isinstance(section, Mapping):
            parts += [*lines(section.get("headline")), *lines(section.get("paragraphs"))]
    return "\n\n".join(part for part in parts if part.strip())


@cache
def _exports() -> tuple[Export, ...]:
    return tuple(
        Export(
            entry["name"],
            frozenset(entry["has"]),
            {field: tuple(columns) for field, columns in entry.get("columns", {}).items()},
            entry.get("asked") if entry.get("events") else None,
            entry.get("lead"),
            entry.get("cut"),
            entry.get("brief"),
        )
        for entry in lexicon.load("exports")["export"]
    )


@cache
def columns() -> Mapping[str, tuple[str, ...]]:
    """What columns are called otherwise, and in other languages than English, by our field."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in lexicon.load("exports")["column"]:
        found[entry["field"]] = (*found.get(entry["field"], ()), *entry["words"])
    return found


@cache
def _holders() -> tuple[str, ...]:
    return tuple(word for entry in lexicon.load("exports")["holder"] for word in entry["words"])
