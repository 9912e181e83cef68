"""Feeds that are watched: when each is looked at, what it named that is new, and which disputes that brings.

What is due stands in the store, and so does every report that a feed has named and that is still to be read. A watch that
is killed at any moment goes on where it was.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import standoff
from standoff.analysis import alerts
from standoff.analysis.alerts import Alert, Rule
from standoff.errors import InputError, StoreError, StoreFault
from standoff.ingest import address
from standoff.ingest.capture import Capture, Failed, Reference, Said, now
from standoff.ingest.feed import MAX_BYTES
from standoff.ingest.fetch import Fetcher
from standoff.ingest.sources import Sources, captured
from standoff.model import Dispute, Document
from standoff.records import dispute_record
from standoff.store import Store
from standoff.store.intake import Failure, Feed, FeedItem

EVERY = 900
"""Seconds between two looks at a feed."""
LONGEST = 86_400
"""Seconds that a feed which fails is left alone at most."""
TRIES = 5
"""How often a report is asked for before it is left among the failures."""
AGAIN = 600
"""Seconds to the second try of a report; each further one waits twice as long."""
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
    """Looks at the feeds of a store. One at a time may watch a store: two would fetch everything twice."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        sources: Sources,
        *,
        model: str | None = None,
        rules: Sequence[Rule] = (),
        clock: Callable[[], datetime] = now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._fetcher, self._sources, self._model = store, fetcher, sources, model
        self._rules = rules
        self._clock, self._chance = clock, chance

    def round(self) -> Round:
        """Look at every feed that is due, read every report that is waiting, and reconcile where one came."""
        added: list[str] = []
        failed: list[Failed] = []
        for found in (*self._feeds(), *self._items()):
            if isinstance(found, Failed):
                failed.append(found)
            else:
                added.append(found)
        disputes = self._reconciled() if self._store.unreconciled() else ()
        # What a killed watch had reconciled and not yet raised is raised now: alerts are kept, rounds are not.
        raised = alerts.raise_new(self._store, self._rules, self._clock()) if self._rules else []
        return Round(tuple(added), tuple(failed), disputes, tuple(raised))

    def until_next(self) -> float:
        """Seconds until something is due; of a store without feeds, a minute."""
        feeds = [feed for feed in self._store.intake.feeds() if not feed.paused]
        left = min(((feed.due - self._clock()).total_seconds() for feed in feeds), default=60.0)
        return max(1.0, min(left, 60.0 if any(feed.waiting for feed in feeds) else left))

    # -- feeds -------------------------------------------------------------------------------------------------------

    def _feeds(self) -> Iterator[str | Failed]:
        for feed in self._store.intake.feeds():
            if not feed.paused and feed.due <= self._clock():
                yield from self._feed(feed)

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
            self._store.intake.missed(feed, error.why, self._due(feed, feed.failures + 1))
            yield Failed(feed.url, feed.url, error)
            return
        # What a feed carries without a page of its own is kept first: once the feed is marked as read it is gone.
        for document in inline:
            yield from self._keep(document)
        tags = answer.headers.get("etag"), answer.headers.get("last-modified")
        self._store.intake.took(feed, items, self._clock(), self._due(feed), *tags)

    def _due(self, feed: Feed, failures: int = 0) -> datetime:
        pause = min(feed.every * 2**failures, max(LONGEST, feed.every))
        return self._clock() + timedelta(seconds=pause * (1 + JITTER * (2 * self._chance() - 1)))

    # -- reports -----------------------------------------------------------------------------------------------------

    def _items(self) -> Iterator[str | Failed]:
        for item in self._store.intake.waiting(self._clock()):
            failed = False
            for found in self._sources.follow(_reference(item)):
                if isinstance(found, Document):
                    for outcome in self._keep(found):
                        failed = failed or isinstance(outcome, Failed)
                        yield outcome
                else:
                    failed = True
                    yield self._keep_failure(found)
            again = None
            if failed and item.tries + 1 < TRIES:
                again = self._clock() + timedelta(seconds=AGAIN * 2**item.tries)
            self._store.intake.settle(item, again)

    def _keep(self, document: Document) -> Iterator[str | Failed]:
        try:
            if keep(self._store, document, self._model):
                yield document.id
        except StoreFault:
            raise
        except (InputError, StoreError) as error:
            name = document.provenance.name if document.provenance else document.id
            yield self._keep_failure(Failed(name, document.url or name, error))

    def _keep_failure(self, failed: Failed) -> Failed:
        self._store.intake.fail(failure(failed, self._clock()))
        return failed

    def _reconciled(self) -> tuple[Dispute, ...]:
        before = {dispute.id for dispute in self._store.disputes()}
        documents = self._store.documents()
        found = standoff.reconcile(
            self._store.claims(reviewed=True), documents, self._store.decisions(), self._store.decided()
        )
        self._store.save(found, [document.id for document in documents])
        return tuple(dispute for dispute in found.standing if dispute.id not in before)


def keep(store: Store, document: Document, model: str | None = None, *, recode: bool = False) -> bool:
    """Code a document into a store; False where it is there already, just so.

    What is not English is kept without claims. A page whose words have changed is kept beside the older version.

    Raises:
        StoreError: the store holds another text under this id, or cannot be written to.
    """
    held = store.document(document.id)
    if held is not None and held.text != document.text and _same_page(held, document):
        document = replace(document, id=f"{document.id}-{document.sha256[:8]}")
        held = store.document(document.id)
    if held == document and not recode:
        _settle(store, document)
        return False
    store.add(document, standoff.extract(document, model=model) if document.language == "en" else ())
    _settle(store, document)
    return True


def failure(failed: Failed, at: datetime) -> Failure:
    """What the store keeps of an input that could not be read."""
    return Failure(failed.name, failed.root, failed.error.why, failed.error.mend, at)


def webhook_body(disputes: Sequence[Dispute], raised: Sequence[Alert] = ()) -> bytes:
    """New disputes and alerts as one JSON object, as a webhook gets them."""
    body = {"disputes": [dispute_record(one) for one in disputes], "alerts": [alerts.record(one) for one in raised]}
    return json.dumps(body, ensure_ascii=False).encode()


def _same_page(one: Document, other: Document) -> bool:
    from standoff.reconcile.versions import page

    return one.url is not None and page(one.url) == page(other.url)


def _settle(store: Store, document: Document) -> None:
    """What failed before and has been read now is no failure any more."""
    name = document.provenance.name if document.provenance else document.id
    if any(failed.source == name for failed in store.intake.failures()):
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
    }
    return json.dumps(record, ensure_ascii=False)


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
