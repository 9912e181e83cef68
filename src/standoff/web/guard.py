"""What stands before every page: which hosts are answered, who may write, who is asking, and what a browser may load.

A page on this machine can be reached by every other page that the reader's browser has open. So only requests for a
known host are answered (a foreign name that resolves to 127.0.0.1 is refused), a write has to come from our own pages,
and nothing is loaded or run that we did not send.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standoff.errors import SettingsError
from standoff.ingest.capture import now
from standoff.store import Store
from standoff.store.people import Person, Role
from standoff.web.guesses import Guesses
from standoff.web.refused import Refused

__all__ = ["HEADERS", "LOOPBACK", "Access", "Guard", "Refused", "hostname", "local"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
LARGEST = 64 * 2**20
"""Bytes of a request."""
SMALL = 16 * 2**10
"""Bytes of one by which somebody signs in, which nobody has been asked for yet."""
SHORTEST_TOKEN = 16
"""Characters."""
FEWEST_LETTERS = 8
LONGEST_NAME = 40
"""Characters of the name of somebody who does not sign in."""
SESSION_COOKIE = "standoff-session"
TOKEN_COOKIE = "standoff-token"  # noqa: S105 (the name of a cookie)
NAME_COOKIE = "standoff-name"

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
_HOST = re.compile(r"(?:\[[0-9a-fA-F:.%]+\]|[^\s/?#@:\[\]\\]+)(?::\d{0,5})?")
"""A name and a port, and nothing that a library could take for the path of an address."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # Not "no-referrer": with it a browser names no origin for our own forms either.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-robots-tag": "noindex",
}


@dataclass(slots=True)
class Access:
    """Who may come in. Where nobody is asked, whoever sits at this machine.

    Whether somebody is asked is settled when the pages are opened. It may become so later, when the first person gets a
    password, and it never ceases to be so: with the last person dropped, nobody comes in.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = field(default=None, repr=False)
    name: str = "reviewer"
    """Who reviews where nobody signs in."""
    asks: bool = False
    """Everybody has to show who they are."""
    guesses: Guesses = field(default_factory=Guesses, repr=False)

    def __post_init__(self) -> None:
        if self.token is not None:
            _check_token(self.token)
            self.asks = True

    def settle(self, store: Store) -> bool:
        """Whether everybody has to show who they are, from now on at the latest."""
        self.asks = self.asks or store.people.any()
        return self.asks

    def person(self, request: Request, store: Store) -> Person | None:
        """Who is asking; None where they have to sign in first."""
        if not self.settle(store):
            return Person(self._named(request), Role.ADMIN)
        key = request.cookies.get(SESSION_COOKIE)
        if key and (person := store.people.signed_in(key, now())):
            return person
        return self._holder(request, store) if self.token else None

    def _holder(self, request: Request, store: Store) -> Person | None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        given = given or request.cookies.get(TOKEN_COOKIE, "")
        if not given or not self.opens(given, request):
            return None
        name = self._named(request)
        # A name that somebody signs in with is nobody else's.
        taken = any(one.name.casefold()[:LONGEST_NAME] == name.casefold() for one in store.people.all())
        return Person(f"{name} (by token)" if taken else name, Role.ADMIN)

    def opens(self, given: str, request: Request) -> bool:
        """Whether it is the token.

        Raises:
            Refused: too many wrong ones came from where this comes from.
        """
        if self.token is None:
            return False
        right = hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())
        return self.guesses.token(request.client.host if request.client else "", given, right)

    def _named(self, request: Request) -> str:
        # A cookie is what the browser sends, and not always what was set.
        return named(request.cookies.get(NAME_COOKIE, "")) or self.name


def named(given: str) -> str:
    """The name that somebody gives without signing in, of letters that are seen, and of which none looks like another.

    >>> named("Ann\u00ad"), named("  A. B.   Clark<br>")
    ('Ann', 'A. B. Clarkbr')
    """
    plain = "".join(c for c in " ".join(given.split()) if c.isascii() and (c.isalnum() or c in " .-_"))
    return " ".join(plain.split())[:LONGEST_NAME].strip()


def _check_token(token: str) -> None:
    mend = "--token new makes one"
    if len(token) < SHORTEST_TOKEN:
        raise SettingsError("token", f"shorter than {SHORTEST_TOKEN} characters: it could be guessed", mend)
    if len(set(token)) < FEWEST_LETTERS:
        raise SettingsError("token", f"of fewer than {FEWEST_LETTERS} different characters: it could be guessed", mend)
    if token != token.strip() or not token.isprintable():
        raise SettingsError("token", "has characters that no request can carry", mend)


class Guard:
    """Middleware: refuses what no page of ours sent, and adds the headers that every answer has."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            status, words = refused
            await Response(words + "\n", status, media_type="text/plain")(scope, receive, sending)
            return
        most = SMALL if scope["path"].startswith("/sign-in") else LARGEST
        await self._app(scope, _limited(receive, most), sending)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not _HOST.fullmatch(host.strip()) or hostname(host) not in self._hosts:
            return 421, "host: not one that is served here; open the address that standoff serve printed"
        length = headers.get("content-length", "0")
        if scope["path"].startswith("/sign-in") and (not length.isdigit() or int(length) > SMALL):
            return 413, "request: larger than a name and a password"
        if not length.isdigit() or int(length) > LARGEST:
            return 413, f"request: larger than {LARGEST // 2**20} MB; add files from the command line"
        if scope["method"] in SAFE:
            return None
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        foreign = site not in (None, "same-origin", "none")
        if foreign or (origin is not None and origin.partition("://")[2].lower() != host.lower()):
            return 403, "request: sent by a page of another site; use the pages of standoff"
        return None


def hostname(host: str) -> str:
    """The host of a Host header, without its port."""
    name = host.strip().lower()
    if name.startswith("[") and "]" in name:
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def _limited(receive: Receive, most: int) -> Receive:
    """The body, cut where it outgrows what its length may have kept silent about."""
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            return {"type": "http.disconnect"}
        return message

    return receiving


def local(path: str | None) -> str:
    """Where to go on after a form: a path of this application, never another site.

    >>> local("/claims?event=ASSAULT"), local("//evil.example"), local("/\\\\evil.example"), local("https://evil.example")
    ('/claims?event=ASSAULT', '/', '/', '/')
    """
    if not path or not path.startswith("/") or path[:2] in ("//", "/\\") or any(c in path for c in "\\\r\n\t\0"):
        return "/"
    return path
