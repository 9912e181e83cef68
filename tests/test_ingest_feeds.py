"""Feeds as they come: escaped twice, with marks and notices in front, changed items, and pages that cannot be had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

import inputs
import standoff
from server import Server, serving
from standoff import watch
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Options, Reference, now
from standoff.ingest.fetch import Fetcher, retry_after
from standoff.ingest.sources import Sources
from standoff.model import Document
from standoff.store import Store
from standoff.store.intake import changed

WORDS = "Fighters of the M23 shelled Uvira on Monday, the Congolese army said, and four civilians were killed near the port."
SECOND = "A spokesman for the rebels denied that they had fired on the city."
MARKUP = f"<p>{WORDS}</p><p>{SECOND}</p>"
LINK = "https://www.example.org/p/1"


def feed(content: str, title: str = "Uvira shelled", *, tag: str = "description", before: str = "") -> str:
    return (
        f'{before}<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Wire</title><link>https://www.example.org/</link><item><title>{title}</title><link>{LINK}</link>"
        f"<pubDate>Tue, 10 Mar 2026 07:00:00 GMT</pubDate><{tag}>{content}</{tag}></item></channel></rss>"
    )


def references(data: str | bytes) -> list[Reference]:
    raw = data.encode() if isinstance(data, str) else data
    found = list(reader.read(Capture("f", "f", raw, now()), Options()))
    assert all(isinstance(one, Reference) for one in found), found
    return [one for one in found if isinstance(one, Reference)]


def document(data: str | bytes) -> Document:
    """What the feed itself says, as where its page cannot be had."""
    (found,) = Sources().follow(references(data)[0])
    assert isinstance(found, Document), found
    return found


ESCAPED = {
    "once": feed(escape(MARKUP)),
    "twice": feed(escape(escape(MARKUP))),
    "three times": feed(escape(escape(escape(MARKUP)))),
    "raw": feed(f"<![CDATA[{MARKUP}]]>"),
    "raw, escaped": feed(escape(f"<![CDATA[{MARKUP}]]>")),
    "raw, escaped inside raw": feed(f"<![CDATA[{escape(MARKUP)}]]>"),
    "raw inside raw, escaped": feed(f"<![CDATA[&lt;![CDATA[{MARKUP}]]&gt;]]>"),
    "encoded, twice": feed(escape(escape(MARKUP)), tag="content:encoded"),
    "a document type inside": feed(f'<![CDATA[<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/loose.dtd"><html><body>{MARKUP}</body></html>]]>', tag="content:encoded"),
}  # fmt: skip


@pytest.mark.parametrize("name", ESCAPED)
def test_the_words_come_without_their_markup(name: str) -> None:
    text = document(ESCAPED[name]).text
    assert text.split("\n\n") == ["Uvira shelled", WORDS, SECOND]


def test_what_is_shown_as_markup_stays() -> None:
    told = f"<p>{WORDS}</p><p>The note read &lt;b&gt;fire&lt;/b&gt; and no more, the army said.</p>"
    assert "<b>fire</b>" in document(feed(f"<![CDATA[{told}]]>")).text


TITLES = [
    ("Army &amp; rebels", "Army & rebels"),
    ("Army &amp;amp; rebels", "Army & rebels"),
    ("&amp;#8216;We did not fire&amp;#8217;", "‘We did not fire’"),
    ("&lt;b&gt;Uvira&lt;/b&gt; shelled", "Uvira shelled"),
    ("<![CDATA[Army &#38; rebels]]>", "Army & rebels"),
    ("14 &amp;lt; 20, army says", "14 < 20, army says"),
]


@pytest.mark.parametrize(("title", "wanted"), TITLES, ids=[wanted for _, wanted in TITLES])
def test_entities_in_titles_are_letters(title: str, wanted: str) -> None:
    (found,) = references(feed(escape(MARKUP), title))
    assert found.said.title == wanted


BEFORE = {
    "a mark": "\ufeff".encode() + feed(escape(MARKUP)).encode(),
    "two marks": "\ufeff\ufeff".encode() + feed(escape(MARKUP)).encode(),
    "blank lines": b"\n\n  " + feed(escape(MARKUP)).encode(),
    "a notice": b"<br />\n<b>Warning</b>: Undefined variable $x in <b>/srv/www/feed.php</b> on line <b>7</b><br />\n" + feed(escape(MARKUP)).encode(),
    "a plain notice": b"PHP Notice:  Trying to access array offset in /srv/www/a.php on line 3\n" + feed(escape(MARKUP)).encode(),
    "the name of its form": feed(escape(MARKUP)).replace("\n<rss", '\n<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x.dtd"><rss').encode(),
    "UTF-16": feed(escape(MARKUP)).replace("utf-8", "utf-16").encode("utf-16"),
    "UTF-16, the other way": b"\xfe\xff" + feed(escape(MARKUP)).replace("utf-8", "utf-16").encode("utf-16-be"),
    "UTF-16 without a mark": feed(escape(MARKUP)).replace("utf-8", "utf-16").encode("utf-16-le"),
}  # fmt: skip


@pytest.mark.parametrize("name", BEFORE)
def test_what_stands_before_a_feed_does_not_hide_it(name: str) -> None:
    assert document(BEFORE[name]).text.split("\n\n")[1:] == [WORDS, SECOND]


@pytest.mark.parametrize(
    "where", ["<!DOCTYPE rss [<!ENTITY a 'b'>]>", "<!-- x --><!DOCTYPE rss SYSTEM 'a' []>", "<!ENTITY a 'b'>"]
)
def test_a_document_type_before_the_feed_is_refused(where: str) -> None:
    data = feed(escape(MARKUP)).replace("\n<rss", f"\n{where}<rss")
    (found,) = reader.read(Capture("f", "f", data.encode(), now()), Options())
    assert not isinstance(found, Reference)


def test_a_page_about_feeds_is_a_page() -> None:
    data = f"<!DOCTYPE html><html><body><article><h1>Uvira</h1>{MARKUP}<pre>&lt;?xml ?&gt;&lt;rss&gt;</pre></article></body></html>"
    (found,) = reader.read(Capture("f", "f", data.encode(), now()), Options())
    assert isinstance(found, Document)


# ------------------------------------------------------------------- what is watched


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 12, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with standoff.open_store(tmp_path / "reports.db") as opened:
        yield opened


def round_of(store: Store, clock: Clock) -> watch.Round:
    fetcher = Fetcher(allow_loopback=True)
    found = watch.Watch(store, fetcher, Sources(fetcher, pause=0), clock=clock, chance=lambda: 0.5).round()
    clock.now += timedelta(seconds=901)
    return found


def put(server: Server, words: str, *, when: str = "Tue, 10 Mar 2026 07:00:00 GMT", title: str = "Nyala", text: str = "", page: bool = True) -> str:  # fmt: skip
    body = f"<!DOCTYPE html><html><head><title>Nyala</title></head><body><article><h1>Nyala bombed</h1><p>{words}</p><p>{SECOND}</p></article></body></html>"
    if page:
        server.page("/a", body.encode())
    item = f"<item><title>{title}</title><link>{server.url}/a</link><guid>g1</guid><pubDate>{when}</pubDate><description>{text}</description></item>"
    return server.page("/feed", inputs.rss(item), "application/rss+xml")


OLD, NEW = (f"Sudan's army bombed Nyala on Monday, killing {n} people, the RSF said." for n in (14, 19))


@pytest.mark.parametrize(
    "change",
    [{"when": "Wed, 11 Mar 2026 07:00:00 GMT"}, {"when": "Tue, 10 Mar 2026 09:30:00 GMT"}, {"title": "Nyala (updated)"},
     {"text": "The army has since raised its count of the dead to nineteen."}],
    ids=["another day", "another hour", "another title", "another text"],
)  # fmt: skip
def test_an_item_that_changed_is_read_again_as_a_new_version(
    server: Server, store: Store, change: dict[str, str]
) -> None:
    clock = Clock()
    store.intake.watch(put(server, OLD), 900, clock())
    (first,) = round_of(store, clock).added
    assert round_of(store, clock).added == ()
    put(server, NEW, **change)  # type: ignore[arg-type]
    (second,) = round_of(store, clock).added
    assert first != second
    documents = {d.id: d for d in store.documents()}
    assert "killing 14" in documents[first].text
    assert "killing 19" in documents[second].text
    assert documents[first].url == documents[second].url
    assert round_of(store, clock).added == ()


def test_an_item_that_says_it_changed_and_did_not_is_no_version(server: Server, store: Store) -> None:
    clock = Clock()
    store.intake.watch(put(server, OLD), 900, clock())
    round_of(store, clock)
    put(server, OLD, when="Wed, 11 Mar 2026 07:00:00 GMT")
    assert round_of(store, clock).added == ()
    assert len(store.documents()) == 1


def test_markup_that_changes_with_every_look_is_no_change() -> None:
    one, other = (json.dumps({"inline": f"<p>Words.</p><img src='{n}.gif'/>", "title": "x"}) for n in (1, 2))
    assert not changed(one, other)
    assert changed(one, other.replace("Words", "Others"))


@pytest.mark.parametrize("status", [403, 404, 451, 500])
def test_a_feeds_own_words_stand_in_for_a_page_that_cannot_be_had(server: Server, store: Store, status: int) -> None:
    clock = Clock()
    server.routes["/a"] = (status, {}, b"")
    store.intake.watch(put(server, "", text=WORDS, page=False), 900, clock())
    looked = round_of(store, clock)
    (document,) = store.documents()
    assert (len(looked.added), looked.failed) == (1, ())
    assert WORDS in document.text
    assert document.provenance is not None
    assert document.provenance.left == (
        f"its page could not be had (answered with status {status}); these are the feed's own words",
    )
    # What may yet be had is asked for again.
    assert store.intake.feeds()[0].waiting == (status == 500)


def test_a_headline_alone_is_no_report(server: Server, store: Store) -> None:
    clock = Clock()
    server.routes["/a"] = (403, {}, b"")
    store.intake.watch(put(server, "", title="Nyala bombed again on Monday", text="Nyala bombed again on Monday", page=False), 900, clock())  # fmt: skip
    assert len(round_of(store, clock).failed) == 1
    assert store.documents() == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_feed_is_left_alone_for_as_long_as_it_asks(server: Server, store: Store, status: int) -> None:
    clock = Clock()
    server.routes["/feed"] = (status, {"Retry-After": "7200"}, b"")
    store.intake.watch(server.url + "/feed", 900, clock())
    asked = clock()
    round_of(store, clock)
    assert (store.intake.feeds()[0].due - asked).total_seconds() == 7200


def test_a_host_is_left_alone_for_as_long_as_it_asks(server: Server, store: Store) -> None:
    clock = Clock()
    server.routes["/a"] = (429, {"Retry-After": "7200"}, b"")
    server.page("/b", inputs.page())
    items = "".join(inputs.item(server.url + path, content=False) for path in ("/a", "/b"))
    store.intake.watch(server.page("/feed", inputs.rss(items), "application/rss+xml"), 100_000, clock())
    looked = round_of(store, clock)
    assert "/b" not in server.hits
    assert looked.failed[0].error.why == "answered with status 429"
    assert "asks to be left alone" in looked.failed[1].error.why
    clock.now += timedelta(seconds=6000)
    assert round_of(store, clock).failed == ()  # not yet
    server.page("/a", inputs.page(title="Another report"))
    clock.now += timedelta(seconds=1200)
    assert len(round_of(store, clock).added) == 2


def test_retry_after_is_seconds_or_a_date() -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert 3500 < (retry_after(later) or 0) <= 3601
    assert (retry_after("120"), retry_after("soon"), retry_after(None)) == (120.0, None, None)
