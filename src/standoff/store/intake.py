"""What is still to be read: the inputs that failed, and the feeds that are watched with what they named.

Times are UTC, as ISO text to the second, so that they sort as they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, func, insert, select, update

from standoff.errors import InputError
from standoff.store import tables

if TYPE_CHECKING:
    from standoff.store import Store


MOST_FAILURES = 10_000
"""Inputs that failed which are kept. Where more do, those that failed longest ago go: a feed may name new ones for ever."""
LONGEST_NAME = 2_000
"""Bytes of the name of an input that failed."""
FURTHEST = 400 * 86_400.0
"""Seconds from now beyond which nothing is due."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, with what is wrong and the mend."""

    source: str
    """The input, and the place in it: ``news.csv: row 12``."""
    root: str
    """What to read again to try again: the file that holds it, or its address."""
    why: str
    mend: str
    failed: datetime
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is watched."""

    url: str
    every: int
    """Seconds between two looks."""
    due: datetime
    outlet: str | None = None
    paused: bool = False
    etag: str | None = None
    modified: str | None = None
    fetched: datetime | None = None
    failures: int = 0
    fault: str | None = None
    read: int = 0
    """How many of its reports are settled, and how many still wait."""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A report that a feed named and that is still to be read; ``record`` is what the feed says about it, as JSON."""

    feed: str
    url: str
    record: str
    tries: int = 0


class Intake:
    """Failures and feeds of a store; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- failures ----------------------------------------------------------------------------------------------------

    def fail(self, failure: Failure) -> None:
        """Keep why an input could not be read; a failure of the same input before it is counted."""
        table = tables.failure
        failure = replace(failure, source=_key(failure.source))
        with self._store.writing() as connection:
            tries = connection.execute(select(table.c.tries).where(table.c.source == failure.source)).scalar() or 0
            connection.execute(delete(table).where(table.c.source == failure.source))
            words = {
                "why": _kept(failure.why),
                "mend": failure.mend,
                "failed": stamp(failure.failed),
                "tries": tries + 1,
            }
            connection.execute(insert(table).values(source=failure.source, root=_kept(failure.root), **words))
            if (held := connection.execute(select(func.count()).select_from(table)).scalar() or 0) > MOST_FAILURES:
                over = held - MOST_FAILURES * 9 // 10  # some at once: looking for the oldest takes all of them
                oldest = select(table.c.source).order_by(table.c.failed, table.c.source).limit(over)
                connection.execute(delete(table).where(table.c.source.in_(oldest)))

    def failures(self) -> list[Failure]:
        """Every input that failed and has not been read since, by name; the last ten thousand."""
        with self._store.reading() as connection:
            return _failures(connection.execute(select(tables.failure).order_by(tables.failure.c.source)))

    def last_failures(self, most: int) -> tuple[list[Failure], int]:
        """Those that failed last, the latest first; and how many there are in all."""
        table = tables.failure
        with self._store.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.failed.desc(), table.c.source).limit(most))
            return _failures(rows), connection.execute(select(func.count()).select_from(table)).scalar() or 0

    def has_failed(self, source: str) -> bool:
        """Whether an input is among them."""
        table = tables.failure
        with self._store.reading() as connection:
            return connection.execute(select(table.c.source).where(table.c.source == _key(source))).first() is not None

    def forget(self, sources: Iterable[str]) -> None:
        """Inputs that have been read after all."""
        table = tables.failure
        known = sorted({_key(source) for source in sources})
        with self._store.writing() as connection:
            for source in known:
                connection.execute(delete(table).where(table.c.source == source))

    # -- feeds -------------------------------------------------------------------------------------------------------

    def watch(self, url: str, every: int, now: datetime, outlet: str | None = None) -> bool:
        """Watch a feed from now on. False where it was watched before: then only ``every`` and ``outlet`` change."""
        table = tables.feed
        with self._store.writing(contents=False) as connection:
            known = connection.execute(select(table.c.outlet).where(table.c.url == url)).one_or_none()
            if known is not None:
                values = {"every": every, "outlet": outlet or known.outlet, "paused": 0}
                connection.execute(update(table).where(table.c.url == url).values(**values))
                return False
            values = {"every": every, "outlet": outlet, "paused": 0, "failures": 0, "due": stamp(now)}
            connection.execute(insert(table).values(url=url, **values))
            return True

    def pause(self, url: str, paused: bool) -> None:
        """Leave a feed alone, or look at it again.

        Raises:
            InputError: it is not watched.
        """
        self._change(url, paused=int(paused))

    def drop(self, url: str) -> None:
        """Watch a feed no longer. The reports that came from it stay.

        Raises:
            InputError: it is not watched.
        """
        with self._store.writing(contents=False) as connection:
            # A store that is opened by an older SQLite may not cascade.
            connection.execute(delete(tables.feed_item).where(tables.feed_item.c.feed == url))
            if not connection.execute(delete(tables.feed).where(tables.feed.c.url == url)).rowcount:
                raise self._unknown(url)

    def feeds(self) -> list[Feed]:
        """Every feed, by address."""
        feed, item = tables.feed, tables.feed_item
        count = select(item.c.feed, func.count().label("named"), func.count(item.c.due).label("waiting"))
        with self._store.reading() as connection:
            held = {row.feed: (row.named, row.waiting) for row in connection.execute(count.group_by(item.c.feed))}
            rows = connection.execute(select(feed).order_by(feed.c.url)).all()
        found = []
        for row in rows:
            named, waiting = held.get(row.url, (0, 0))
            found.append(
                Feed(
                    url=row.url,
                    every=row.every,
                    due=_time(row.due),
                    outlet=row.outlet,
                    paused=bool(row.paused),
                    etag=row.etag,
                    modified=row.modified,
                    fetched=_time(row.fetched) if row.fetched else None,
                    failures=row.failures,
                    fault=row.fault,
                    read=named - waiting,
                    waiting=waiting,
                )
            )
        return found

    def took(
        self,
        feed: Feed,
        items: Iterable[FeedItem],
        now: datetime,
        due: datetime,
        etag: str | None = None,
        modified: str | None = None,
    ) -> int:
        """A feed was read: keep what it named that is new or has changed, to be read now; how many those are."""
        table = tables.feed_item
        with self._store.writing(contents=False) as connection:
            of_feed = select(table.c.url, table.c.record).where(table.c.feed == feed.url)
            known = {row.url: row.record for row in connection.execute(of_feed)}
            fresh: dict[str, FeedItem] = {}
            for item in items:  # the first of two that have one address is the newer
                if item.url not in known or changed(known[item.url], item.record):
                    fresh.setdefault(item.url, item)
            for item in fresh.values():
                values = {"record": item.record, "due": stamp(now), "tries": 0}
                if item.url in known:
                    again = (table.c.feed == feed.url) & (table.c.url == item.url)
                    connection.execute(update(table).where(again).values(**values))
                else:
                    connection.execute(insert(table).values(feed=feed.url, url=item.url, **values))
            values = {"etag": etag, "modified": modified, "fetched": stamp(now), "due": stamp(due)}
            kept = tables.feed.c.url == feed.url
            connection.execute(update(tables.feed).where(kept).values(**values, failures=0, fault=None))
            return len(fresh)

    def missed(self, feed: Feed, fault: str, due: datetime) -> None:
        """A feed could not be read."""
        self._change(feed.url, failures=feed.failures + 1, fault=fault, due=stamp(due))

    def waiting(self, now: datetime) -> list[FeedItem]:
        """What feeds that are not paused named and is due, by feed and address."""
        item, feed = tables.feed_item, tables.feed
        # What is due years from now was put off by a clock that was wrong.
        beyond = stamp(now + timedelta(seconds=FURTHEST))
        due = (item.c.due <= stamp(now)) | (item.c.due > beyond)
        wanted = (
            select(item)
            .join(feed, feed.c.url == item.c.feed)
            .where(item.c.due.is_not(None), due, feed.c.paused == 0)
            .order_by(item.c.feed, item.c.url)
        )
        with self._store.reading() as connection:
            return [FeedItem(row.feed, row.url, row.record, row.tries) for row in connection.execute(wanted)]

    def settle(self, item: FeedItem, again: datetime | None = None) -> None:
        """A report of a feed has been read, or has failed and is tried again then."""
        table = tables.feed_item
        due = stamp(again) if again else None
        with self._store.writing(contents=False) as connection:
            kept = (table.c.feed == item.feed) & (table.c.url == item.url)
            connection.execute(update(table).where(kept).values(due=due, tries=item.tries + 1))

    # -- who is at work ----------------------------------------------------------------------------------------------

    def lease(self, name: str, holder: str, now: datetime, seconds: float) -> str | None:
        """Take what one alone may do, or hold it longer. None where it is taken; else who has it, for how long yet.

        A holder whose time is over, or who is a program of this machine that runs no more, has it no longer.
        """
        table = tables.lease
        with self._store.writing(contents=False) as connection:
            held = connection.execute(select(table).where(table.c.name == name)).one_or_none()
            if held is not None and held.holder != holder:
                left = (_time(held.until) - now).total_seconds()
                if 0 < left <= 2 * seconds and _alive(held.holder):
                    return f"{held.holder}, for {left:.0f} seconds at most"
            connection.execute(delete(table).where(table.c.name == name))
            until = stamp(now + timedelta(seconds=seconds))
            connection.execute(insert(table).values(name=name, holder=holder, until=until))
        return None

    def release(self, name: str, holder: str) -> None:
        """Others may have it."""
        table = tables.lease
        with self._store.writing(contents=False) as connection:
            connection.execute(delete(table).where((table.c.name == name) & (table.c.holder == holder)))

    def _change(self, url: str, **values: object) -> None:
        with self._store.writing(contents=False) as connection:
            if not connection.execute(update(tables.feed).where(tables.feed.c.url == url).values(**values)).rowcount:
                raise self._unknown(url)

    def _unknown(self, url: str) -> InputError:
        return InputError(url, f"no feed of {self._store.name}", "standoff sources lists them")


def _failures(rows: Iterable[Row[Any]]) -> list[Failure]:
    return [Failure(row.source, row.root, row.why, row.mend, _time(row.failed), row.tries) for row in rows]


def _key(source: str) -> str:
    """The name of an input, no longer than the key of a table may be (PostgreSQL: 2,700 bytes)."""
    kept = _kept(source)
    if len(kept.encode()) <= LONGEST_NAME:
        return kept
    mark = hashlib.sha256(kept.encode()).hexdigest()[:12]
    return f"{kept.encode()[:LONGEST_NAME].decode(errors='ignore')}… ({mark})"


def _kept(words: str) -> str:
    """Words that any database takes, whatever an input was called."""
    return words.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")[:4_000]


def holder() -> str:
    """This program, as others may look whether it is still there."""
    return f"{platform.node()}, process {os.getpid()}"


def _alive(holder: str) -> bool:
    """Whether a program may still be at work; of another machine that cannot be known."""
    node, _, process = holder.rpartition(", process ")
    if node != platform.node() or not process.isdecimal():
        return True
    return running(int(process))


def running(process: int) -> bool:
    """Whether a program of this machine runs; where that cannot be known, it may."""
    if os.name != "posix":
        return True  # a signal would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def changed(before: str, after: str) -> bool:
    """Whether what a feed says of a report is not what it said: another time, title or text. What an older version of
    standoff did not keep says nothing."""
    old, new = json.loads(before), json.loads(after)
    if any(name in old and old[name] != new.get(name) for name in ("stamp", "published", "title")):
        return True
    # Of the text the words: addresses of pictures and counters in its markup change with every look.
    return _words(old.get("inline")) != _words(new.get("inline"))


def _words(markup: str | None) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", markup or "").split())


def stamp(time: datetime) -> str:
    """UTC to the second.

    >>> stamp(datetime(2025, 5, 8, 10, 30, tzinfo=UTC))
    '2025-05-08T10:30:00+00:00'
    """
    return time.astimezone(UTC).replace(microsecond=0).isoformat()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
