"""Feeds that are watched: due times, what is new, what fails and comes again, and the disputes that arise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import inputs
import standoff
from server import Server, serving
from standoff import cli, watch
from standoff.errors import InputError
from standoff.ingest.fetch import Fetcher
from standoff.ingest.sources import Sources
from standoff.store import Store

KYIV = "Ukraine said on Monday that Russian shelling in Avdiivka had killed 12 Ukrainian soldiers."
MOSCOW = "Russia said on Monday that its shelling in Avdiivka had killed 60 Ukrainian soldiers."


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with standoff.open_store(tmp_path / "reports.db") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


def watching(store: Store, clock: Clock) -> watch.Watch:
    fetcher = Fetcher(allow_loopback=True)
    return watch.Watch(store, fetcher, Sources(fetcher, pause=0), clock=clock, chance=lambda: 0.5)


def report(server: Server, path: str, words: str, title: str) -> str:
    page = inputs.page(
        f"<p>{words}</p><p>No further details were given by either side on Monday evening.</p>", title=title
    )
    return server.page(path, page.replace(inputs.URL.encode(), (server.url + path).encode()))


def feed(server: Server, *urls: str, **headers: str) -> str:
    items = "".join(inputs.item(url, content=False) for url in urls)
    return server.page("/feed", inputs.rss(items), "application/rss+xml", **headers)


def test_what_a_feed_names_is_read_once_and_new_disputes_are_given(server: Server, store: Store, clock: Clock) -> None:
    first = report(server, "/kyiv", KYIV, "Shelling kills 12")
    url = feed(server, first)
    assert store.intake.watch(url, 900, clock()) is True
    looked = watching(store, clock).round()
    assert (len(looked.added), looked.failed, looked.disputes) == (1, (), ())
    assert watching(store, clock).round().added == ()  # nothing is due
    feed(server, first, report(server, "/moscow", MOSCOW, "Moscow says soldiers killed"))
    clock.forward(901)
    looked = watching(store, clock).round()
    assert len(looked.added) == 1
    assert {dispute.kind.value for dispute in looked.disputes}
    assert server.hits.count("/kyiv") == 1
    (held,) = store.intake.feeds()
    assert (held.read, held.waiting, held.failures) == (2, 0, 0)
    clock.forward(901)
    assert watching(store, clock).round() == watch.Round((), (), ())


def test_a_feed_that_has_not_changed_is_not_sent_again(server: Server, store: Store, clock: Clock) -> None:
    url = feed(
        server, report(server, "/a", KYIV, "A"), ETag='"1"', **{"Last-Modified": "Mon, 05 Jan 2026 11:00:00 GMT"}
    )
    store.intake.watch(url, 900, clock())
    watching(store, clock).round()
    server.routes["/feed"] = (304, {}, b"")
    clock.forward(901)
    assert watching(store, clock).round().failed == ()
    asked = [head for hit, head in zip(server.hits, server.heads, strict=True) if hit == "/feed"][-1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Mon, 05 Jan 2026 11:00:00 GMT")
    (held,) = store.intake.feeds()
    assert held.etag == '"1"'


def test_a_feed_that_fails_is_left_alone_ever_longer(server: Server, store: Store, clock: Clock) -> None:
    store.intake.watch(server.url + "/feed", 600, clock())
    pauses = []
    for _ in range(10):
        (failed,) = watching(store, clock).round().failed
        assert failed.error.why == "answered with status 404"
        (held,) = store.intake.feeds()
        pauses.append((held.due - clock()).total_seconds())
        clock.now = held.due
    assert pauses[:4] == [1200, 2400, 4800, 9600]
    assert pauses[-1] == watch.LONGEST
    assert held.fault == "answered with status 404"
    feed(server, report(server, "/a", KYIV, "A"))
    assert len(watching(store, clock).round().added) == 1
    assert store.intake.feeds()[0].failures == 0


def test_a_report_that_fails_is_tried_again_and_kept_among_the_failures(
    server: Server, store: Store, clock: Clock
) -> None:
    store.intake.watch(feed(server, server.url + "/late"), 10_000_000, clock())
    looks = watching(store, clock)
    for tries in range(1, watch.TRIES + 1):
        (failed,) = looks.round().failed
        (held,) = store.intake.failures()
        assert (held.source, held.tries) == (server.url + "/late", tries)
        assert looks.round().failed == ()
        clock.forward(watch.AGAIN * 2**tries)
    assert store.intake.feeds()[0].waiting == 0
    report(server, "/late", KYIV, "Late")
    assert looks.round().added == ()  # it was tried often enough; add --retry reads it
    assert failed.root == server.url + "/late"


def test_jitter_moves_looks_apart(server: Server, store: Store, clock: Clock) -> None:
    url = feed(server, report(server, "/a", KYIV, "A"))
    store.intake.watch(url, 1000, clock())
    fetcher = Fetcher(allow_loopback=True)
    watch.Watch(store, fetcher, Sources(fetcher, pause=0), clock=clock, chance=lambda: 1.0).round()
    assert (store.intake.feeds()[0].due - clock()).total_seconds() == 1100


def test_what_was_named_before_a_kill_is_read_after_it(
    server: Server, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [report(server, f"/{n}", KYIV.replace("12", str(n)), f"Report {n}") for n in range(11, 15)]
    store.intake.watch(feed(server, *urls), 900, clock())
    kept = watch.keep
    calls = iter(range(9))

    def killed(*args: object, **given: object) -> bool:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return kept(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(watch, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        watching(store, clock).round()
    assert (len(store.documents()), store.intake.feeds()[0].waiting) == (2, 2)
    monkeypatch.undo()
    assert len(watching(store, clock).round().added) == 2
    assert len(store.documents()) == 4


def test_a_feed_can_be_paused_resumed_and_dropped(server: Server, store: Store, clock: Clock) -> None:
    url = feed(server, report(server, "/a", KYIV, "A"))
    store.intake.watch(url, 900, clock())
    store.intake.pause(url, True)
    assert watching(store, clock).round().added == ()
    store.intake.pause(url, False)
    assert len(watching(store, clock).round().added) == 1
    store.intake.drop(url)
    assert (store.intake.feeds(), len(store.documents())) == ([], 1)
    for unknown in (lambda: store.intake.pause(url, True), lambda: store.intake.drop(url)):
        with pytest.raises(InputError, match="no feed of "):
            unknown()


# --------------------------------------------------------------------- command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, value in (("ALLOW_LOOPBACK", "true"), ("FETCH_LOG", ""), ("PAUSE", "0")):
        monkeypatch.setenv(f"STANDOFF_{name}", value)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.app, list(args))


def test_sources_are_listed_added_paused_and_dropped(folder: Path, server: Server) -> None:
    url = feed(server, report(server, "/a", KYIV, "A"))
    assert run("sources").exit_code == 1  # no store yet
    assert run("sources", "add", "nonsense").stderr.startswith("standoff: nonsense: no web address; ")
    assert (
        run("sources", "add", url, "--every", "600", "--outlet", "My Paper").stdout
        == f"{url}: watched, every 600 seconds\n"
    )
    (held,) = json.loads(run("sources", "--json").stdout)["feeds"]
    assert (held["url"], held["every"], held["outlet"], held["paused"]) == (url, 600, "My Paper", False)
    assert run("sources", "pause", url).exit_code == 0
    assert json.loads(run("sources", "--jsonl").stdout)["paused"] is True
    assert "paused" in run("sources", "--table").stdout
    assert run("watch", "--once").stdout == ""
    assert run("sources", "resume", url).exit_code == 0
    assert run("watch", "--once").stderr == "standoff: 1 new report, 0 new disputes\n"
    assert json.loads(run("documents", "--jsonl").stdout)["outlet"] == "My Paper"
    assert run("sources", "drop", url).exit_code == 0
    assert run("sources", "--csv").stdout.count("\n") == 1
    assert run("watch", "--once").stderr == "standoff: standoff.db: no feed is watched; standoff sources add URL\n"


def test_watch_prints_new_disputes_and_posts_them(folder: Path, server: Server) -> None:
    url = feed(
        server, report(server, "/kyiv", KYIV, "Shelling kills 12"), report(server, "/moscow", MOSCOW, "Moscow says")
    )
    found = run("watch", url, "--once", "--jsonl", "--webhook", server.url + "/hook")
    assert found.exit_code == 0, found.stderr
    printed = [json.loads(line) for line in found.stdout.splitlines()]
    assert printed
    assert [json.loads(body)["disputes"] for body in server.posts] == [printed]
    assert run("watch", "--once").stdout == ""


def test_watch_tells_of_what_rules_wait_for_once(folder: Path, server: Server) -> None:
    rules = folder / "rules.toml"
    rules.write_text('[[alert]]\nname = "any"\nwhen = "dispute"\n', encoding="utf-8")
    url = feed(
        server, report(server, "/kyiv", KYIV, "Shelling kills 12"), report(server, "/moscow", MOSCOW, "Moscow says")
    )
    found = run("watch", url, "--once", "--jsonl", "--alerts", "rules.toml", "--webhook", server.url + "/hook")
    assert found.exit_code == 0, found.stderr
    raised = [record for record in map(json.loads, found.stdout.splitlines()) if record.get("rule") == "any"]
    assert raised
    assert [json.loads(body)["alerts"] for body in server.posts] == [raised]
    assert run("watch", "--once", "--alerts", "rules.toml").stdout == ""
    listed = run("alerts", "--jsonl")
    assert [json.loads(line) for line in listed.stdout.splitlines()] == raised
    (folder / "rules.toml").write_text("[[alert]]\nwhen = 3\n", encoding="utf-8")
    refused = run("watch", "--once", "--alerts", "rules.toml")
    assert (refused.exit_code, "rules.toml: rule 1" in refused.stderr) == (1, True)


def test_what_failed_can_be_tried_again(folder: Path, server: Server) -> None:
    (folder / "good.txt").write_text(KYIV)
    assert run("add", "good.txt", server.url + "/a", "later.txt").exit_code == 3
    failed = json.loads(run("documents", "--failed", "--json").stdout)["failures"]
    assert [(one["source"], one["why"]) for one in failed] == [
        (server.url + "/a", "answered with status 404"),
        ("later.txt", "no such file"),
    ]
    assert "later.txt" in run("documents", "--failed", "--table").stdout
    report(server, "/a", MOSCOW, "Now it is there")
    (folder / "later.txt").write_text(MOSCOW)
    result = run("add", "--retry")
    assert result.exit_code == 0, result.stderr
    assert json.loads(run("documents", "--failed", "--json").stdout)["failures"] == []
    assert len(json.loads(run("documents", "--json").stdout)["documents"]) == 3
    assert "nothing in standoff.db is to be tried again" in run("add", "--retry").stderr


def test_the_table_of_documents_names_each(folder: Path) -> None:
    (folder / "good.txt").write_text(KYIV)
    run("add", "good.txt", "--published", "2026-01-05", "--outlet", "My Paper")
    shown = run("documents", "--table").stdout
    assert all(word in shown for word in ("good", "2026-01-05", "given", "My Paper"))
    assert run("documents", "--csv").stdout.splitlines()[1].startswith("good,")
