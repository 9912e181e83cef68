"""What goes wrong around a watch: odd titles, slow hosts, wrong clocks, a second watch, a webhook that is down."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import inputs
from server import Server
from standoff import watch
from standoff.errors import StoreError
from standoff.ingest.fetch import Fetcher
from standoff.ingest.robots import Robots
from standoff.ingest.sources import Sources
from standoff.store import Store
from standoff.store.intake import FeedItem
from test_watch import KYIV, MOSCOW, Clock, clock, feed, folder, report, run, server, store, watching

__all__ = ["clock", "folder", "server", "store"]


@pytest.mark.parametrize("odd", ["\\ud83d", "\\u0000", "\\udc00 shelling"])
def test_half_an_emoji_in_a_title_stops_no_watch(odd: str, server: Server, store: Store, clock: Clock) -> None:
    page = report(server, "/a", KYIV, "A")
    body = '{"version": "https://jsonfeed.org/version/1", "title": "%s", "items": [{"id": "1", "url": "%s", "title": "B %s"}]}'
    url = server.page("/odd", (body % (odd, page, odd)).encode(), "application/json")
    store.intake.watch(url, 900, clock())
    looked = watching(store, clock).round()
    assert (len(looked.added), looked.failed) == (1, ())


def test_a_fault_of_one_feed_stops_no_other(
    server: Server, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = feed(server, report(server, "/a", KYIV, "A"))
    bad = server.page("/bad", inputs.rss(), "application/rss+xml")
    for url in (bad, good):
        store.intake.watch(url, 900, clock())
    took = store.intake.took

    def fails(one: object, *rest: object) -> int:
        if getattr(one, "url", None) == bad:
            raise StoreError("reports.db", "a text holds half of a surrogate pair")
        return took(one, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(store.intake, "took", fails)
    looked = watching(store, clock).round()
    assert len(looked.added) == 1
    assert [one.root for one in looked.failed] == [bad]
    faults = {one.url: one.fault for one in store.intake.feeds()}
    assert faults == {bad: "a text holds half of a surrogate pair", good: None}


class Slow(Robots):
    """Hosts, one of which wants a minute between two requests; nobody sleeps."""

    def __init__(self, slow: str) -> None:
        super().__init__(Fetcher(allow_loopback=True), 0)
        self.slow, self.slept = slow, 0.0

    def check(self, url: str) -> None:
        host = url.partition("//")[2].partition("/")[0].partition(":")[0]
        self._pauses[host] = 60.0 if host == self.slow else 0.0
        if host in self._last:
            self.slept += self._pauses[host]
        self._last[host] = self._clock()


def test_a_host_that_wants_long_pauses_holds_up_no_other(server: Server, store: Store, clock: Clock) -> None:
    names = [report(server, f"/{n}", KYIV.replace("12", str(12 + n)), f"Shelling {n}") for n in range(6)]
    slow = [url.replace("127.0.0.1", "localhost") for url in names[:3]]
    store.intake.watch(feed(server, *slow, *names[3:]), 900, clock())
    looking = watching(store, clock)
    looking._sources._robots = robots = Slow("localhost")
    looked = looking.round()
    assert robots.slept == 0
    assert len(looked.added) == 4  # one of the slow host, all of the other
    assert store.intake.feeds()[0].waiting == 2
    assert 50 < looking.until_next() <= 60
    robots._last.clear()  # a minute later
    assert len(looking.round().added) == 1


def test_a_feed_that_names_many_hosts_holds_up_no_other(
    server: Server, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = server.url + "/a-feed"
    store.intake.watch(many, 900, clock())
    store.intake.watch(server.url + "/z-feed", 900, clock())
    for one in store.intake.feeds():
        hosts = [f"http://h{n}.example/" for n in range(40)] if one.url == many else ["http://good.example/"] * 3
        items = [FeedItem(one.url, f"{host}{n}", "{}") for n, host in enumerate(hosts)]
        store.intake.took(one, items, clock(), clock() + timedelta(hours=1))
    looking = watching(store, clock)
    read: list[str] = []
    monkeypatch.setattr(looking, "_item", lambda item: (read.append(item.feed[-6:]), ())[1])
    monkeypatch.setattr(watch, "MOST_OF_FEED", 10)
    list(looking._items())
    assert sorted(read[:6]) == ["a-feed"] * 3 + ["z-feed"] * 3
    assert len(read) == 13


def test_an_address_that_holds_many_reports_has_its_turn_and_no_more(
    server: Server, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for n in range(12, 15):
            archive.writestr(f"{n}.txt", KYIV.replace("12", str(n)))
    url = server.page("/a.zip", held.getvalue(), "application/zip")
    store.intake.watch(feed(server, url, report(server, "/b", MOSCOW, "B")), 900, clock())
    kept = watch.keep

    def slow(*given: Any, **named: Any) -> bool:
        fresh = kept(*given, **named)
        time.sleep(0.3 * fresh)
        return fresh

    monkeypatch.setattr(watch, "keep", slow)
    monkeypatch.setattr(watch, "ITEM", 0.2)
    looked = watching(store, clock).round()
    assert len(looked.added) == 2  # one of the archive, and the other's
    assert ["the rest is left to another turn" in one.error.why for one in looked.failed] == [True]
    for _ in range(2):
        clock.forward(watch.AGAIN * 4)
        assert len(watching(store, clock).round().added) == 1
    assert len(store.ids()) == 4


@pytest.mark.parametrize("years", [10, 5000])
def test_a_clock_that_was_wrong_silences_no_feed(years: int, server: Server, store: Store, clock: Clock) -> None:
    url = feed(server, report(server, "/a", KYIV, "A"))
    right = clock.now
    clock.now = right.replace(year=min(9000, right.year + years))
    store.intake.watch(url, 900, clock())
    (held,) = store.intake.feeds()
    store.intake.took(held, [FeedItem(url, server.url + "/a", json.dumps({"name": "a", "title": None, "outlet": None,
        "author": None, "published": None, "inline": None}))], clock(), clock() + timedelta(seconds=900))  # fmt: skip
    clock.now = right
    looking = watching(store, clock)
    assert looking.until_next() == 1.0
    assert len(looking.round().added) == 1
    assert store.intake.feeds()[0].due < right + timedelta(hours=1)


def test_two_watches_do_not_fetch_everything_twice(server: Server, store: Store, clock: Clock, tmp_path: Path) -> None:
    url = feed(server, report(server, "/a", KYIV, "A"))
    store.intake.watch(url, 900, clock())
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    import platform

    holder = f"{platform.node()}, process {other.pid}"
    assert store.intake.lease("watch", holder, clock(), 900) is None
    with pytest.raises(StoreError, match=f"another program watches it .*process {other.pid}"):
        watching(store, clock).round()
    assert server.hits == []
    other.kill()
    other.wait()
    assert len(watching(store, clock).round().added) == 1  # one that was killed keeps nobody out
    assert store.intake.lease("watch", "elsewhere, process 1", clock(), 900) is not None
    clock.forward(901)
    assert store.intake.lease("watch", "elsewhere, process 1", clock(), 900) is None
    with pytest.raises(StoreError, match="elsewhere"):
        watching(store, clock).round()
    clock.forward(-10 * 86_400)  # it was taken by a clock that was wrong
    watching(store, clock).round()


def test_what_a_webhook_did_not_take_is_told_again(folder: Path, server: Server) -> None:
    (folder / "rules.toml").write_text('[[alert]]\nname = "any"\nwhen = "dispute"\n', encoding="utf-8")
    url = feed(
        server, report(server, "/kyiv", KYIV, "Shelling kills 12"), report(server, "/moscow", MOSCOW, "Moscow says")
    )
    command = ("watch", "--once", "--jsonl", "--alerts", "rules.toml", "--webhook")
    found = run(*command, "http://127.0.0.1:9/hook", url)
    assert found.exit_code == 3
    assert "http://127.0.0.1:9: " in found.stderr
    assert "refused" in found.stderr
    printed = [json.loads(line) for line in found.stdout.splitlines()]
    found = run(*command, server.url + "/hook")
    assert found.exit_code == 0
    (body,) = map(json.loads, server.posts)
    assert [*body["disputes"], *body["alerts"]] == printed
    run(*command, server.url + "/hook")
    assert len(server.posts) == 1


def test_a_watch_that_is_killed_before_it_posts_loses_no_alert(server: Server, store: Store, clock: Clock) -> None:
    url = feed(server, report(server, "/k", KYIV, "Shelling kills 12"), report(server, "/m", MOSCOW, "Moscow says"))
    store.intake.watch(url, 900, clock())
    looking = watch.Watch(store, Fetcher(allow_loopback=True), Sources(Fetcher(allow_loopback=True), pause=0), clock=clock, tell=True)  # fmt: skip
    found = looking.round().disputes
    assert found  # and here it is killed
    watch.tell(store, Fetcher(allow_loopback=True), server.url + "/hook")
    assert [one["id"] for one in json.loads(server.posts[0])["disputes"]] == [one.id for one in found]
    assert store.outbox.waiting() == {}


@pytest.mark.parametrize("hook", ["{}/T0/geheim?token=geheim", "{}/hook/geheim", "http://me:geheim@127.0.0.1/", "http://127.0.0.1:geheim/", "http://127.0.0.1:9/geheim"])  # fmt: skip
def test_what_is_secret_of_a_webhook_stands_in_no_message_and_no_log(
    hook: str, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDOFF_FETCH_LOG", str(folder / "log.jsonl"))
    url = feed(server, report(server, "/k", KYIV, "Shelling kills 12"), report(server, "/m", MOSCOW, "Moscow says"))
    found = run("watch", url, "--once", "--jsonl", "--webhook", hook.format(server.url))
    assert found.exit_code == (0 if "{}" in hook else 3)
    assert "geheim" not in found.stderr + found.stdout
    told = any(f"standoff: {what}" in found.stderr for what in ("http://127.0.0.1:9: ", "the address: "))
    assert told or "{}" in hook
    logged = (folder / "log.jsonl").read_text(encoding="utf-8")
    assert "geheim" not in logged
    assert ('"POST"' in logged) == ("@" not in hook and ":geheim" not in hook)
