"""The only way out: what it refuses to connect to, how it follows, and where it ends what would not end."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import trustme

import inputs
import standoff
from server import Server, serving
from standoff.errors import InputError, SettingsError
from standoff.ingest import address, robots
from standoff.ingest.capture import Failed
from standoff.ingest.fetch import Fetcher, Limits, is_public
from standoff.ingest.sources import Sources
from standoff.model import Document


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


FETCHER = Fetcher(allow_loopback=True, limits=Limits(bytes=300_000, connect=1.0, total=2.0))

# ------------------------------------------------------------------------ addresses

# Every way that was ever used to write an inner address, as {port} of a server that must not be reached.
FORMS = [
    "http://127.0.0.1:{port}/", "http://127.1:{port}/", "http://127.0.1:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://0x7f.0.0.1:{port}/", "http://0x7f.1:{port}/", "http://017700000001:{port}/",
    "http://0177.0.0.1:{port}/", "http://127.0.0.1.:{port}/", "http://127.8.8.8:{port}/", "http://0.0.0.0:{port}/",
    "http://0:{port}/", "http://localhost:{port}/", "http://LOCALHOST:{port}/", "http://localhost.:{port}/",
    "http://[::1]:{port}/", "http://[::]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/", "http://[::127.0.0.1]:{port}/", "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/", "http://[2002:7f00:1::]:{port}/", "http://[2001:0:7f00:1::]:{port}/",
    "http://[::1%25lo]:{port}/", "http://[fe80::1%25eth0]:{port}/", "http://[fc00::1]:{port}/", "http://[fec0::1]:{port}/",
    "http://user:pass@127.0.0.1:{port}/", "http://example.org@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@example.org/",
    "http://①②⑦.⓪.⓪.①:{port}/", "http://127。0。0。1:{port}/", "http://127.0.0.1:{port}#@example.org/",
    "http://10.0.0.1:{port}/", "http://172.16.0.1:{port}/", "http://192.168.0.1:{port}/", "http://169.254.169.254:{port}/",
    "http://100.64.0.1:{port}/", "http://192.0.0.1:{port}/", "http://198.18.0.1:{port}/", "http://224.0.0.1:{port}/",
    "http://255.255.255.255:{port}/", "http://240.0.0.1:{port}/", "http://192.88.99.1:{port}/",
    "gopher://127.0.0.1:{port}/", "file:///etc/passwd", "ftp://127.0.0.1:{port}/", "data:text/html,x",
    "http://127.0.0.1:{port}\t/", "http://127.0.0.1\n:{port}/", "//127.0.0.1:{port}/", "http:///127.0.0.1:{port}/",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_an_inner_address_is_connected_to(server: Server, form: str) -> None:
    canary = server.page("/", b"secret")
    assert canary.endswith(f":{server.port}/")
    fetcher = Fetcher(ports=(80, 443, server.port))
    with pytest.raises(InputError) as caught:
        fetcher.get(form.format(port=server.port))
    assert server.hits == []
    assert "secret" not in str(caught.value)
    assert caught.value.mend


@pytest.mark.parametrize("form", FORMS[:20])
def test_a_proxy_is_not_asked_for_an_inner_address(server: Server, form: str) -> None:
    with pytest.raises(InputError):
        Fetcher(ports=(80, 443, server.port), proxy=server.url).get(form.format(port=server.port))
    assert server.hits == []


def test_a_proxy_that_was_asked_for_gets_the_whole_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.routes["http://news.example/a"] = (200, {}, b"through the proxy")
    assert Fetcher(proxy=server.url).get("http://news.example/a").body == b"through the proxy"
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("HTTP_PROXY", server.url)
    with pytest.raises(InputError, match="no such host"):
        Fetcher(resolve=lambda host, port: []).get("http://news.example/a")
    assert server.hits == ["http://news.example/a"]  # the environment's proxy was not asked
    with pytest.raises(SettingsError, match="proxy 'socks5://x'"):
        Fetcher(proxy="socks5://x").get("http://news.example/a")


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True), ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::5db8:d822", False), ("2002:5db8:d822::", False),
        ("ff02::1", False), ("fe80::1", False), ("fe80::1%eth0", False), ("2001:db8::1", False), ("not an address", False),
    ],
)  # fmt: skip
def test_what_is_public(text: str, public: bool) -> None:
    assert is_public(text) is public


METADATA = (
    "168.63.129.16", "169.254.169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254",
    "fd00:c1::a9fe:a9fe", "fe80::a9fe:a9fe",
)  # fmt: skip


@pytest.mark.parametrize("inner", [False, True])
@pytest.mark.parametrize("text", METADATA)
def test_where_a_cloud_tells_a_machine_its_keys_is_never_asked(text: str, inner: bool) -> None:
    """Azure's looks public, and Alibaba's and Amazon's lie where a machine of one's own may."""
    forms = [text]
    if "." in text:
        a, b, c, d = (int(part) for part in text.split("."))
        two = f"{a:02x}{b:02x}:{c:02x}{d:02x}"
        forms += [
            f"::ffff:{two}",
            f"64:ff9b::{two}",
            f"64:ff9b:1::{two}",
            f"2002:{two}::1",
            f"::{two}",
            f"::ffff:0:{two}",
        ]
    only = "http://meta.example:80"
    for form in forms:
        fetcher = Fetcher(resolve=lambda host, port, form=form: [form], only=only if inner else None, inner=inner)  # type: ignore[misc]
        assert not is_public(form)
        with pytest.raises(InputError, match="is not on the public internet"):
            fetcher.get("http://meta.example/latest/meta-data/")


def test_a_proxy_is_not_asked_for_a_clouds_own_names(server: Server) -> None:
    for host in ("metadata.google.internal", "metadata.goog", "168.63.129.16", "0xa83f8110", "instance-data"):
        with pytest.raises(InputError, match="not on the public internet"):
            Fetcher(proxy=server.url).get(f"http://{host}/")
    assert server.hits == []


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(server: Server) -> None:
    """A resolver that is asked twice can say two things (DNS rebinding)."""
    asked = []

    def flips(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["198.51.100.1"] if len(asked) == 1 else ["127.0.0.1"]

    fetcher = Fetcher(ports=(server.port,), resolve=flips, limits=Limits(connect=0.3, total=0.5))
    with pytest.raises(InputError):
        fetcher.get(f"http://rebind.example:{server.port}/")
    assert (asked, server.hits) == (["rebind.example"], [])


def test_one_inner_address_among_public_ones_is_enough_to_refuse(server: Server) -> None:
    fetcher = Fetcher(ports=(server.port,), resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(InputError, match=r"not on the public internet \(127\.0\.0\.1\)"):
        fetcher.get(f"http://mixed.example:{server.port}/")
    assert server.hits == []


def test_the_host_is_sent_though_the_address_is_connected_to(server: Server) -> None:
    server.page("/a", b"x")
    fetcher = Fetcher(allow_loopback=True, ports=(server.port,), resolve=lambda host, port: ["127.0.0.1"])
    assert fetcher.get(f"http://news.example:{server.port}/a").body == b"x"
    assert server.heads[0]["host"] == f"news.example:{server.port}"
    assert server.heads[0]["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "//[::ffff:10.0.0.1]/",
        "http://a:b@127.0.0.1/",
    ],
)
def test_each_redirect_is_looked_at(server: Server, target: str) -> None:
    server.routes["/"] = (302, {"Location": target}, b"")
    with pytest.raises(InputError):
        FETCHER.get(server.url + "/")
    assert server.hits == ["/"]


def test_redirects_are_followed_and_kept_and_end(server: Server) -> None:
    for at in range(5):
        server.routes[f"/{at}"] = (301, {"Location": f"/{at + 1}"}, b"unread" * 100)
    server.page("/5", b"here")
    assert [step.rpartition("/")[2] for step in FETCHER.get(f"{server.url}/0").chain] == list("012345")
    server.routes["/5"] = (307, {"Location": "/6"}, b"")
    with pytest.raises(InputError, match="redirected more than 5 times"):
        FETCHER.get(f"{server.url}/0")


def test_the_certificate_is_that_of_the_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    with serving(context=context) as server:
        server.page("/a", b"safe")

        def get(host: str) -> bytes:
            fetcher = Fetcher(allow_loopback=True, ports=(server.port,), resolve=lambda host, port: ["127.0.0.1"])
            return fetcher.get(f"https://{host}:{server.port}/a").body

        with pytest.raises(InputError, match="no safe connection"):
            get("news.example")  # nobody vouches for it
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert get("news.example") == b"safe"
        with pytest.raises(InputError, match="no safe connection"):
            get("other.example")


# --------------------------------------------------------------------------- limits


def test_a_body_is_counted_after_unpacking(server: Server) -> None:
    page = b"<p>The army said so.</p>" * 2000
    server.routes["/ok"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(page))
    assert FETCHER.get(server.url + "/ok").body == page
    server.routes["/large"] = (200, {}, b"a" * 300_001)
    server.routes["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 20_000_000))
    for path in ("/large", "/bomb"):
        with pytest.raises(InputError, match=r"larger than 0\.3 MB"):
            FETCHER.get(server.url + path)
    wide = Fetcher(allow_loopback=True, limits=Limits(bytes=10**9))
    with pytest.raises(InputError, match="grows more than 100 times"):
        wide.get(server.url + "/bomb")


@pytest.mark.parametrize(
    ("headers", "body", "says"),
    [
        ({"Content-Encoding": "br"}, b"x", "answered packed with br"),
        ({"Content-Encoding": "gzip, gzip"}, b"x", "answered packed with gzip, gzip"),
        ({"Content-Encoding": "gzip"}, b"no gzip at all", "broken gzip"),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"cut off" * 99, mtime=0)[:-9], "broke off"),
        ({"Content-Length": "999"}, b"short", "cannot be reached|broke off"),
    ],
)
def test_an_answer_that_is_not_whole(server: Server, headers: dict[str, str], body: bytes, says: str) -> None:
    server.routes["/"] = (200, headers, body)
    with pytest.raises(InputError, match=says):
        FETCHER.get(server.url + "/")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_a_status_is_said_with_what_to_do(server: Server, status: int) -> None:
    server.routes["/"] = (status, {}, b"no")
    with pytest.raises(InputError, match=f"answered with status {status}") as caught:
        FETCHER.get(server.url + "/")
    assert caught.value.mend


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.1)


def _drip_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for at in range(100):
        handler.wfile.write(b"X-%d: a\r\n" % at)
        handler.wfile.flush()
        time.sleep(0.1)


def _hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(5)


@pytest.mark.parametrize("slow", [_drip, _drip_head, _hang])
def test_a_slow_answer_has_an_end(server: Server, slow: object) -> None:
    server.routes["/"] = slow
    start = time.monotonic()
    with pytest.raises(InputError, match="took too long to answer"):
        FETCHER.get(server.url + "/")
    assert time.monotonic() - start < 4


def _babble(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\xff\xfe\0garbage" * 50)


def _endless_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000)


@pytest.mark.parametrize("odd", [_babble, _endless_head])
def test_what_is_no_answer(server: Server, odd: object) -> None:
    server.routes["/"] = odd
    with pytest.raises(InputError, match="cannot be reached"):
        FETCHER.get(server.url + "/")


# ------------------------------------------------------------------------------ log


def test_each_request_is_written_down(server: Server, tmp_path: Path) -> None:
    log = tmp_path / "state" / "fetched.jsonl"
    fetcher = Fetcher(allow_loopback=True, log=log)
    server.routes["/a"] = (302, {"Location": "/b"}, b"")
    server.page("/b", b"text")
    fetcher.get(server.url + "/a")
    with pytest.raises(InputError):
        fetcher.get(server.url + "/gone")
    with pytest.raises(InputError):
        fetcher.get("http://10.0.0.1/")
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(e["url"].partition(str(server.port))[2], e.get("status")) for e in entries] == [
        ("/a", 302),
        ("/b", 200),
        ("/gone", 404),
        ("", None),
    ]
    assert (entries[1]["bytes"], entries[1]["address"]) == (4, "127.0.0.1")
    assert "not on the public internet" in entries[3]["error"]
    with pytest.raises(SettingsError, match="fetch_log"):
        Fetcher(allow_loopback=True, log=Path("/dev/null/x")).get(server.url + "/b")


# ------------------------------------------------------------------- robots, sources


def sources(server: Server) -> Sources:
    return Sources(FETCHER, pause=0)


def test_robots_are_asked_before_a_link_is_followed(server: Server) -> None:
    server.page("/robots.txt", b"User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n", "text/plain")
    for path in ("/open/a", "/private/b"):
        server.page(path, inputs.page())
    links = "\n".join((server.url + "/open/a", server.url + "/private/b"))
    slept: list[float] = []
    reader = sources(server)
    reader._robots = robots.Robots(FETCHER, 0, clock=lambda: 100.0, sleep=slept.append)
    server.page("/list", links.encode(), "text/plain")
    good, bad = reader.read(server.url + "/list")
    assert isinstance(good, Document)
    assert isinstance(bad, Failed)
    assert bad.error.why == "its robots.txt asks programs not to read it"
    assert bad.root == server.url + "/private/b"
    assert "/private/b" not in server.hits
    assert slept == []  # the second was refused before it had to wait
    reader._robots.check(server.url + "/open/c")
    assert slept == [7.0]
    assert isinstance(next(iter(reader.read(server.url + "/private/b"))), Document)  # what a person asks for is read


def test_a_page_is_read_from_its_address(server: Server) -> None:
    server.routes["/r"] = (302, {"Location": "/a"}, b"")
    server.page("/a", inputs.page().replace(inputs.URL.encode(), b""), ETag='"7"')
    (found,) = sources(server).read(server.url + "/r")
    assert isinstance(found, Document)
    assert (found.title, found.url, found.domain) == (inputs.TITLE, server.url + "/a", "127.0.0.1")
    assert found.provenance is not None
    assert found.provenance.chain == (server.url + "/r", server.url + "/a")
    assert ("etag", '"7"') in found.provenance.headers


def test_a_feed_is_followed_and_its_own_text_stands_in(server: Server) -> None:
    server.page("/a", inputs.page(title="Read from its page"))
    items = inputs.item(server.url + "/a") + inputs.item(server.url + "/gone", title="Read from the feed")
    server.page("/feed", inputs.rss(items + inputs.item(server.url + "/lost", content=False)), "application/rss+xml")
    page, inline, lost = sources(server).read(server.url + "/feed")
    assert isinstance(page, Document)
    assert page.text.startswith("Read from its page")
    assert isinstance(inline, Document)
    assert (inline.title, inline.url) == ("Read from the feed", server.url + "/gone")
    assert isinstance(lost, Failed)
    assert lost.error.why == "answered with status 404"


def test_a_link_to_a_list_of_links_is_not_followed_on(server: Server) -> None:
    server.page("/feed", inputs.rss(inputs.item(server.url + "/feed", content=False)), "application/rss+xml")
    (found,) = sources(server).read(server.url + "/feed")
    assert isinstance(found, Failed)
    assert found.error.why == "a list of links, where a report was to be"
    assert server.hits.count("/feed") == 2


def test_news_sitemaps(server: Server) -> None:
    server.page("/a", inputs.page())
    server.page("/sitemap.xml", inputs.sitemap(server.url + "/a"), "application/xml")
    (found,) = sources(server).read(server.url + "/sitemap.xml")
    assert isinstance(found, Document)
    assert found.outlet == inputs.OUTLET


def test_offline_fetches_nothing(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("STANDOFF_OFFLINE", "true")
    monkeypatch.setenv("STANDOFF_ALLOW_LOOPBACK", "true")
    with pytest.raises(InputError, match="this run is offline"):
        standoff.read(server.page("/a", inputs.page()))
    assert server.hits == []


# ------------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTP://Example.ORG:80/a b", None),
        ("HTTP://Example.ORG:80/a%20b#top", "http://example.org/a%20b"),
        ("https://пример.рф/новости", "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:99999/", None),
        ("javascript:alert(1)", None),
        ("https://user@example.org/", None),
        ("https://example.org\\@evil.org/", None),
        ("https://" + "a" * 3000, None),
        ("", None),
    ],
)
def test_addresses_are_written_in_one_way(url: str, clean: str | None) -> None:
    assert address.clean(url) == clean
    if clean is not None:
        assert address.clean(clean) == clean


SECRET = "sk-0123456789abcdef"


@pytest.mark.parametrize(
    "answer",
    [
        f"Bearer {SECRET}\r\n\r\n",
        f"HTTP/9.{SECRET} 200 OK\r\n\r\n",
        f"HTTP/1.1 {SECRET} OK\r\n\r\n",
        f"HTTP/1.1 200 OK\r\nContent-Encoding: {SECRET}\r\nContent-Length: 2\r\n\r\n{{}}",
        f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{SECRET}\r\nxx",
    ],
    ids=["no status", "version", "status", "packing", "length of a piece"],
)
def test_nothing_that_a_server_says_back_stands_in_a_fault_or_the_log(answer: str, tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answering() -> None:
            taken, _ = listening.accept()
            with taken:
                taken.recv(65_536)
                taken.sendall(answer.encode())

        threading.Thread(target=answering, daemon=True).start()
        fetcher = Fetcher(allow_loopback=True, limits=Limits(connect=1.0, total=2.0), log=tmp_path / "log")
        with pytest.raises(InputError) as told:
            fetcher.get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert SECRET not in str(told.value)
    assert SECRET not in (tmp_path / "log").read_text()


def test_a_host_of_many_addresses_has_one_time_for_all(server: Server) -> None:
    def broken_off(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.7)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx")

    server.routes["/"] = broken_off
    many = [f"127.0.0.{n}" for n in range(1, 31)]
    fetcher = Fetcher(allow_loopback=True, limits=Limits(connect=1.0, total=2.0), resolve=lambda host, port: many)
    started = time.monotonic()
    with pytest.raises(InputError):
        fetcher.get(f"http://localhost:{server.port}/")
    assert time.monotonic() - started < 8
