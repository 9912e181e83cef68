"""Feeds that are watched: when each is looked at, what it named that is new, and which disputes that brings.

What is due stands in the store, and so does every report that a feed has named and that is still to be read. A watch that
is killed at any moment goes on where it was.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import standoff
from standoff import coding
from standoff.analysis import alerts
from standoff.analysis.alerts import Alert, Rule
from standoff.errors import InputError, ReaderFault, StandoffError, StoreError, StoreFault
from standoff.ingest import address
from standoff.ingest.capture import Capture, Failed, Reference, Said, now
from standoff.ingest.feed import MAX_BYTES
from standoff.ingest.fetch import Fetcher
from standoff.ingest.sources import NO_PAGE, Sources, captured
from standoff.model import Dispute, Document
from standoff.readers.choice import Choice
from standoff.reconcile import identity
from standoff.records import dispute_record
from standoff.settings import OWN, Settings
from standoff.store import Store
from standoff.store.intake import Failure, Feed, FeedItem, holder

EVERY = 900
"""Seconds between two looks at a feed."""
LONGEST = 86_400
"""Seconds that a feed which fails is left alone at most."""
LATEST = 7 * LONGEST
"""Seconds that a server is left alone at most which asks for that."""
TRIES = 5
"""How often a report is asked for before it is left among the failures."""
AGAIN = 600
"""Seconds to the second try of a report; each further one waits twice as long."""
PATIENCE = 2.0
"""Seconds that a round waits for a host; one that wants a longer pause is left to the next round."""
MOST_OF_FEED = 500
"""Reports of one feed that are read in one round."""
ROUND = 300.0
"""Seconds that reports are read in one round, before feeds are looked at again."""
ITEM = 60.0
"""Seconds by the clock after which what is left of one address is left to its next turn: it may hold a thousand reports."""
LEASE = 900.0
"""Seconds for which a watch that gives no sign of life keeps others out."""
JITTER = 0.1
"""Share of the pause by which looks are moved apart, so that many feeds do not come due at one moment."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at everything that was due brought."""

    added: tuple[str, ...]
    failed: tuple[Failed, ...]
    disputes: tuple[Dispute, ...]
    """Those that were not there before."""
    alerts: tuple[Alert, ...] = ()
    """What the rules found that was not raised before."""


class Watch:
    """Looks at the feeds of a store. One at a time may watch a store: two would fetch everything twice.

    With ``tell`` what a round brings is put into the store's outbox, for a webhook.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        sources: Sources,
        *,
        model: str | None = None,
        readers: Choice | None = None,
        rules: Sequence[Rule] = (),
        tell: bool = False,
        clock: Callable[[], datetime] = now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._fetcher, self._sources, self._model = store, fetcher, sources, model
        self._readers = readers
        self._rules, self._tell = rules, tell
        self._rest = 0.0
        self._clock, self._chance = clock, chance

    def round(self) -> Round:
        """Look at every feed that is due, read the reports that are waiting, and reconcile where one came.

        Raises:
            StoreError: another program watches this store.
        """
        self._alone()
        added: list[str] = []
        failed: list[Failed] = []
        for found in (*self._feeds(), *self._items()):
            if isinstance(found, Failed):
                failed.append(found)
            else:
                added.append(found)
        disputes = self._reconciled() if self._store.unreconciled() else ()
        # What a killed watch had reconciled and not yet raised is raised now: alerts are kept, rounds are not.
        raised = alerts.raise_new(self._store, self._rules, self._clock(), tell=self._tell) if self._rules else []
        return Round(tuple(added), tuple(failed), disputes, tuple(raised))

    def until_next(self) -> float:
        """Seconds until something is due; of a store without feeds, a minute."""
        feeds = [feed for feed in self._store.intake.feeds() if not feed.paused]
        left = min((0.0 if self._is_due(feed) else self._left(feed) for feed in feeds), default=60.0)
        if any(feed.waiting for feed in feeds):
            left = min(left, self._rest or 60.0)
        return max(1.0, min(left, LEASE / 3))

    def done(self) -> None:
        """Let others watch."""
        self._store.intake.release("watch", holder())

    def _alone(self) -> None:
        other = self._store.intake.lease("watch", holder(), self._clock(), LEASE)
        if other is not None:
            raise StoreError(self._store.name, f"another program watches it ({other})", "stop that one, or wait")

    def _left(self, feed: Feed) -> float:
        return (feed.due - self._clock()).total_seconds()

    def _is_due(self, feed: Feed) -> bool:
        """By its time; and where that is further off than it was ever put, by a clock that was wrong."""
        left = self._left(feed)
        return left <= 0 or left > max(LATEST, feed.every * (1 + JITTER)) + 60

    # -- feeds -------------------------------------------------------------------------------------------------------

    def _feeds(self) -> Iterator[str | Failed]:
        for feed in self._store.intake.feeds():
            if not feed.paused and self._is_due(feed):
                try:
                    yield from self._feed(feed)
                except StoreFault:
                    raise
                except Exception as error:  # whatever one feed brings about, the others are looked at
                    if sys.flags.dev_mode:
                        raise
                    yield self._missed(feed, _ours(feed.url, error))

    def _feed(self, feed: Feed) -> Iterator[str | Failed]:
        asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        headers = {name: value for name, value in asked.items() if value}
        try:
            answer = self._fetcher.get(feed.url, headers=headers, statuses=(200, 304), limit=MAX_BYTES)
            if answer.status == 304:
                self._store.intake.took(feed, (), self._clock(), self._due(feed), feed.etag, feed.modified)
                return
            capture = captured(answer, feed.url, Said(outlet=feed.outlet))
            items, inline = [], []
            for found in self._sources.references(capture):
                if isinstance(found, Failed):
                    if found.name == capture.name:
                        raise found.error
                    yield self._keep_failure(found)
                elif isinstance(found, Reference):
                    items.append(FeedItem(feed.url, found.url, _item_record(found)))
                else:
                    inline.append(found)
        except InputError as error:
            yield self._missed(feed, error)
            return
        # What a feed carries without a page of its own is kept first: once the feed is marked as read it is gone.
        for document in inline:
            yield from self._keep(document)
        tags = answer.headers.get("etag"), answer.headers.get("last-modified")
        self._store.intake.took(feed, items, self._clock(), self._due(feed), *tags)

    def _missed(self, feed: Feed, error: StandoffError) -> Failed:
        due = self._not_before(self._due(feed, feed.failures + 1), error)
        self._store.intake.missed(feed, _clean(error.why), due)
        return Failed(feed.url, feed.url, error)

    def _due(self, feed: Feed, failures: int = 0) -> datetime:
        pause = min(feed.every * 2**failures, max(LONGEST, feed.every))
        return self._clock() + timedelta(seconds=pause * (1 + JITTER * (2 * self._chance() - 1)))

    def _not_before(self, due: datetime, error: Exception) -> datetime:
        """Later, where the server asks for that; within reason."""
        after = error.after if isinstance(error, InputError) else None
        return due if after is None else max(due, self._clock() + timedelta(seconds=min(after, LATEST)))

    # -- reports -----------------------------------------------------------------------------------------------------

    def _items(self) -> Iterator[str | Failed]:
        """Hosts take turns, and so do feeds: neither one that wants a long pause between two requests nor one that names a
        thousand hosts holds up another."""
        begun, self._rest = time.monotonic(), 0.0
        lines: dict[tuple[str, str], deque[FeedItem]] = {}
        named: Counter[str] = Counter()
        for item in self._store.intake.waiting(self._clock()):
            named[item.feed] += 1
            if named[item.feed] <= MOST_OF_FEED:
                host = address.domain(address.clean(item.url)) or item.url
                lines.setdefault((item.feed, host), deque()).append(item)
        read: Counter[str] = Counter()
        while lines:
            pauses = {one: self._sources.left(line[0].url) for one, line in lines.items()}
            first = min(pauses, key=lambda one: (pauses[one], read[one[0]]))
            if pauses[first] > PATIENCE or time.monotonic() - begun > ROUND:
                self._rest = max(1.0, pauses[first])
                return
            line = lines.pop(first)
            item = line.popleft()
            if line:
                lines[first] = line  # at the end: the others come first
            read[item.feed] += 1
            self._alone()
            yield from self._item(item)

    def _item(self, item: FeedItem) -> Iterator[str | Failed]:
        failed = False
        asked: datetime | None = None
        try:
            begun = None
            for found in self._sources.follow(_reference(item)):
                begun = begun or time.monotonic()  # reading has a time of its own, and is over when the first comes
                if time.monotonic() - begun > ITEM:
                    why = f"holds more than could be coded in {ITEM:g} seconds; the rest is left to another turn"
                    error = InputError(item.url, why, "or have it at once: standoff add, with this address")
                    failed = True
                    yield self._keep_failure(Failed(item.url, item.url, error))
                    break
                if isinstance(found, Document):
                    failed = failed or _for_now(found)
                    for outcome in self._keep(found):
                        failed = failed or isinstance(outcome, Failed)
                        yield outcome
                else:
                    failed = True
                    if isinstance(found.error, InputError) and found.error.after is not None:
                        asked = self._not_before(self._clock(), found.error)
                    yield self._keep_failure(found)
        except StoreFault:
            raise
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            failed = True
            yield self._keep_failure(Failed(item.url, item.url, _ours(item.url, error)))
        again = None
        if failed and item.tries + 1 < TRIES:
            again = self._clock() + timedelta(seconds=AGAIN * 2**item.tries)
        self._store.intake.settle(item, max(again, asked) if again and asked else again)

    def _keep(self, document: Document) -> Iterator[str | Failed]:
        try:
            if keep(self._store, document, self._model, readers=self._readers):
                yield document.id
        except StoreFault:
            raise
        except (InputError, ReaderFault, StoreError) as error:  # a model that cannot be asked now is asked again later
            name = document.provenance.name if document.provenance else document.id
            yield self._keep_failure(Failed(name, document.url or name, error))

    def _keep_failure(self, failed: Failed) -> Failed:
        self._store.intake.fail(failure(failed, self._clock()))
        return failed

    def _reconciled(self) -> tuple[Dispute, ...]:
        was = self._store.reconciliation()
        before = {dispute.id for dispute in was.disputes}
        documents = self._store.documents()
        found = standoff.reconcile(
            self._store.claims(reviewed=True), documents, self._store.decisions(), self._store.decided.standing()
        )
        found, _ = identity.held(found, was)  # the ids that it will be kept under
        new = tuple(dispute for dispute in found.standing if dispute.id not in before)
        if self._tell:  # before they are saved: a watch that is killed in between tells them twice, and loses none
            told = {f"dispute/{one.id}": dispute_record(one) for one in new}
            self._store.outbox.put(told, self._clock())
        self._store.save(found, [document.id for document in documents])
        return new


def keep(
    store: Store,
    document: Document,
    model: str | None = None,
    *,
    recode: bool = False,
    readers: Choice | None = None,
    unread: bool = False,
) -> bool:
    """Code a document into a store; False where it is there already, just so, and read by those who are to read it.

    What none of ``readers`` (else our own) knows the language of is kept without claims, and with ``unread`` also what a
    model cannot read now, to be read later. A page whose words have changed is kept beside the older version.

    Raises:
        InputError, ReaderFault: it could not be read.
        StoreError: the store holds another text under this id, or cannot be written to.
    """
    held = store.document(document.id)
    if held is not None and held.text != document.text and _same_page(held, document):
        document = replace(document, id=f"{document.id}-{document.sha256[:8]}")
        held = store.document(document.id)
    readers = readers or coding.own(model or Settings().model)
    wanted = readers.of(document)
    # A store of before readings were kept was read by our own reader.
    nobody = () if store.readings.unread(document.id) else (OWN,)
    known = set(store.readings.readers(document.id).get(document.id, nobody))
    # A feed that dates the same words anew does not make them news.
    redated = held is not None and held.text == document.text and "feed" == _dated_by(held) == _dated_by(document)
    # Only a model that is named reads a known report once more; our own reader takes its place where that is asked for.
    if (held == document or redated) and not recode and ((readers.named is None and known) or known >= set(wanted)):
        _settle(store, document)
        return False
    if wanted:
        coding.check(document)
        unread = unread and readers.named is not None
        if unread and held is None:  # kept before it is read: a run that is killed loses no report
            store.add(document, (), readers.unread(document, "its reading was not ended"))
        try:
            read = coding.read(readers, document)
        except (InputError, ReaderFault) as error:
            if unread:
                store.readings.missed(readers.unread(document, error.why))
            raise
        store.add(document, read.claims, read.readings)
    else:
        store.add(document, ())
    _settle(store, document)
    return True


def failure(failed: Failed, at: datetime) -> Failure:
    """What the store keeps of an input that could not be read."""
    return Failure(failed.name, failed.root, failed.error.why, failed.error.mend, at)


def tell(store: Store, fetcher: Fetcher, webhook: str) -> None:
    """Post what waits in the outbox to a webhook, as one JSON object; what it has taken waits no more.

    Raises:
        InputError: it cannot be reached, or refuses; everything goes on waiting.
    """
    while waiting := store.outbox.waiting():
        body = {
            kind + "s": [record for key, record in waiting.items() if key.startswith(f"{kind}/")]
            for kind in ("dispute", "alert")
        }
        status = fetcher.post(webhook, json.dumps(body, ensure_ascii=False).encode())
        if status >= 300:
            why = f"answered with status {status}"
            raise InputError(address.shown(webhook), why, "check the webhook; it will be told again")
        store.outbox.told(waiting)


def _ours(name: str, error: Exception) -> StandoffError:
    if isinstance(error, StandoffError):
        return error
    return InputError(name, f"standoff failed on it ({error!r})"[:300], "please report it, with the input")


def _clean(words: str) -> str:
    return words.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _dated_by(document: Document) -> str | None:
    return document.provenance.date_method if document.provenance else None


def _for_now(document: Document) -> bool:
    """Whether a feed's own words stand in for a page that may yet be had: not one that is refused or gone."""
    left = document.provenance.left if document.provenance else ()
    return any(one.startswith(NO_PAGE) and not re.search(r"status 4(?!29)|robots|no safe", one) for one in left)


def _same_page(one: Document, other: Document) -> bool:
    from standoff.reconcile.versions import page

    return one.url is not None and page(one.url) == page(other.url)


def _settle(store: Store, document: Document) -> None:
    """What failed before and has been read now is no failure any more."""
    name = document.provenance.name if document.provenance else document.id
    if store.intake.has_failed(name):
        store.intake.forget([name])


def _item_record(found: Reference) -> str:
    said = found.said
    inline = found.inline.content if found.inline is not None else None
    record = {
        "name": found.name,
        "title": said.title,
        "outlet": said.outlet,
        "author": said.author,
        "published": said.published.isoformat() if said.published else None,
        "inline": inline.decode("utf-8", "replace") if isinstance(inline, bytes) else None,
        "stamp": found.stamp,
    }
    return _clean(json.dumps(record, ensure_ascii=False))


def _reference(item: FeedItem) -> Reference:
    record = json.loads(item.record)
    day = date.fromisoformat(record["published"]) if record["published"] else None
    said = Said(
        title=record["title"],
        outlet=record["outlet"],
        author=record["author"],
        url=address.clean(item.url),
        published=day,
        date_method="feed" if day else None,
    )
    inline = None
    if record["inline"]:
        inline = Capture(item.url, item.url, record["inline"].encode(), now(), said, charset="utf-8", depth=1)
    return Reference(record["name"], item.url, item.url, said, inline)
